//! Items of content, their parts, and the facts that both state.

use std::fmt::Display;

use strum::IntoStaticStr;

use crate::model::{KeyedText, LanguageCode};

/// A kind of content, in the order of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum ItemKind {
    Commitment,
    ActionPlan,
    Report,
    Agency,
    Assessor,
    Article,
    Settings,
    /// A file that is not read as text: evidence, a logo, a font.
    File,
    ThemeFile,
}

impl ItemKind {
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A kind of section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum PartKind {
    Assessment,
    AssessedMilestone,
    Chapter,
    Contact,
    Correction,
    Evidence,
    FormerName,
    Indicator,
    IndicatorValue,
    Milestone,
    Partner,
    Reschedule,
    Section,
    Succession,
    Update,
    Withdrawal,
}

impl PartKind {
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether a part is identified by what it says, and not by a report, a date or an id: an edited part
    /// then has another identity.
    pub(super) fn is_identified_by_text(self) -> bool {
        use PartKind::{Correction, Evidence, FormerName, Milestone, Partner, Section, Update};

        matches!(self, Correction | Evidence | FormerName | Milestone | Partner | Section | Update)
    }
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactStyle {
    /// A name of the program, such as `not-started`.
    Code,
    /// A short value on one line.
    Line,
    /// The address of a document.
    Address,
    /// A text of any length.
    Text,
    /// The content of a file, which nobody reads here.
    Content,
}

/// A value of a key.
#[derive(Debug, Clone)]
pub struct Fact {
    /// A key of the file format, or `standing`, `licence_url`, `size` or `content`.
    pub key: &'static str,
    /// `None` for the site's default language.
    pub language: Option<LanguageCode>,
    pub style: FactStyle,
    /// What is compared.
    pub value: String,
    /// What people see.
    pub shown: String,
}

impl Fact {
    fn new(key: &'static str, style: FactStyle, value: &str, shown: &str) -> Self {
        let (value, shown) = (value.to_owned(), shown.to_owned());
        Fact { key, language: None, style, value, shown }
    }

    pub(super) fn code(key: &'static str, code: &'static str) -> Self {
        Fact::new(key, FactStyle::Code, code, code)
    }

    pub(super) fn address(key: &'static str, address: &str) -> Self {
        Fact::new(key, FactStyle::Address, address, address)
    }

    /// The ids of other content, and its names.
    pub(super) fn named(key: &'static str, ids: &str, names: &str) -> Self {
        Fact::new(key, FactStyle::Line, ids, names)
    }

    pub(super) fn content(key: &'static str, content: &str) -> Self {
        Fact::new(key, FactStyle::Content, content, "")
    }
}

/// Returns the fact of a date or number.
pub(super) fn number(key: &'static str, value: impl Display) -> Fact {
    let value = value.to_string();
    Fact::new(key, FactStyle::Line, &value, &value)
}

/// Returns the fact of a list; `None` if it is empty.
pub(super) fn lines(
    key: &'static str,
    values: impl IntoIterator<Item = impl Display>,
) -> Option<Fact> {
    let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    (!values.is_empty()).then(|| number(key, values.join(", ")))
}

/// Returns the facts of texts, in all their languages.
pub(super) fn text_facts<'t>(texts: impl Iterator<Item = KeyedText<'t>>) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (key, text) in texts.filter_map(|(key, text)| Some((key, text?))) {
        let original = text.trimmed_original();
        facts.push(Fact::new(key, FactStyle::Text, original, original));
        facts.extend(text.translations().iter().map(|(language, passage)| {
            let translation = passage.text.trim();
            let fact = Fact::new(key, FactStyle::Text, translation, translation);
            Fact { language: Some(language.clone()), ..fact }
        }));
    }
    facts
}

/// Content that has a name of its own: a commitment, an agency.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub kind: ItemKind,
    pub id: String,
    pub title: String,
    pub former_ids: Vec<String>,
    pub facts: Vec<Fact>,
    pub parts: Vec<Part>,
}

impl Item {
    pub(super) fn new(kind: ItemKind, id: &str, title: &str) -> Self {
        let (id, title) = (id.to_owned(), title.to_owned());
        Item { kind, id, title, former_ids: Vec::new(), facts: Vec::new(), parts: Vec::new() }
    }
}

/// A section of an item or of another part.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub name: PartName,
    pub facts: Vec<Fact>,
    pub parts: Vec<Part>,
}

/// What identifies a part among those of its kind.
#[derive(Debug, Clone)]
pub struct PartName {
    pub kind: PartKind,
    pub id: String,
    pub title: String,
}

impl Part {
    pub(super) fn new(kind: PartKind, id: &str, title: &str) -> Self {
        let name = PartName { kind, id: id.to_owned(), title: title.to_owned() };
        Part { name, facts: Vec::new(), parts: Vec::new() }
    }
}
