//! The languages of the portal: interface texts, dates and numbers.
//!
//! Texts come from the theme's `languages/xx.toml`; dates, numbers, plurals, sorting and the direction
//! of writing come from ICU4X, for any language by its code. One more language is one more file. This
//! module does not know what a text is used for.

mod claims;
mod format;
mod message;
mod message_file;
mod plural;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::model::{Assessor, LanguageCode, PartialDate, Standing, Text};
use crate::problems;
use crate::settings::Settings;
use crate::source::Sources;
use crate::theme_files::{self, ThemeFiles};
use format::Format;
use message::{Message, Segment};
use message_file::{ExtraKeys, MessageFile};

/// The language file that every other one is compared with.
const REFERENCE: &str = "languages/en.toml";

/// A language of the portal.
pub struct Language {
    pub code: LanguageCode,
    /// The language's own name for itself, such as `Монгол`.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    messages: BTreeMap<String, Message>,
    format: Arc<Format>,
    /// By standing, in the order of [`Standing::ALL`].
    standings: [StandingMessages; Standing::ALL.len()],
}

#[derive(Default)]
struct StandingMessages {
    label: String,
    meaning: String,
}

/// A value for a placeholder.
#[derive(Debug, Clone)]
pub enum Argument<'a> {
    /// Written as the language writes numbers.
    Number(usize),
    /// Written unchanged.
    Text(&'a str),
}

/// Reads the language files of the site's languages, the default first. A language without a usable
/// file is left out, and `diagnostics` says so.
pub fn read_all(
    settings: &Settings,
    files: &ThemeFiles,
    diagnostics: &mut Diagnostics,
) -> Vec<Language> {
    let english = LanguageCode::english();
    let built_in = built_in_reference();
    // A theme may have more messages than the default theme. All its languages need them.
    let (reference_id, file) = files.find(REFERENCE).expect("the program contains this file");
    let allowed = Some((&built_in, ExtraKeys::Allowed));
    let reference =
        MessageFile::read(reference_id, file, &english, allowed, diagnostics).unwrap_or(built_in);
    let mut languages = Vec::new();
    for (code, &span) in settings.site.languages.iter().zip(&settings.language_spans) {
        let path = format!("languages/{code}.toml");
        let Some((id, file)) = files.find(&path) else {
            let path = format!("themes/{}/{path}", settings.site.theme);
            diagnostics.add(problems::no_messages_for_language(span, code.as_str(), &path));
            continue;
        };
        let message_file = if id == reference_id {
            Some(reference.clone())
        } else {
            MessageFile::read(id, file, code, Some((&reference, ExtraKeys::Reported)), diagnostics)
        };
        let Some(message_file) = message_file else { continue };
        let language = Language::new(code.clone(), message_file);
        if !language.format.has_data {
            let path = file.path.as_str();
            diagnostics.add(problems::no_locale_data(span, code.as_str(), path));
        }
        languages.push(language);
    }
    languages
}

/// The English texts of the default theme, whatever the site's theme is.
fn built_in_reference() -> MessageFile {
    let sources = Sources::new(
        vec![theme_files::built_in(REFERENCE).expect("a part of the program")],
        Vec::new(),
    );
    let (id, file) = sources.texts().next().expect("there is one file");
    let mut diagnostics = Diagnostics::default();
    let reference = MessageFile::read(id, file, &LanguageCode::english(), None, &mut diagnostics);
    assert!(diagnostics.is_empty(), "the built-in language file has errors");
    reference.expect("a file without errors can be used")
}

impl Language {
    fn new(code: LanguageCode, file: MessageFile) -> Self {
        let mut language = Language {
            code,
            name: file.name,
            direction: file.format.direction,
            messages: file.messages,
            format: file.format,
            standings: Default::default(),
        };
        language.standings = Standing::ALL.map(|standing| {
            let key = standing.name().replace('-', "_");
            let message = |prefix: &str| language.message(&format!("{prefix}_{key}"), &[]);
            StandingMessages { label: message("standing"), meaning: message("meaning") }
        });
        language
    }

    /// The interface text for `key`, with its placeholders filled in. Returns `None` if the theme has
    /// no such key, or if an argument is missing.
    pub fn try_message(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> Option<String> {
        let argument = |wanted: &str| {
            arguments.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value)
        };
        let category = || match argument("count")? {
            Argument::Number(count) => Some(self.format.plurals.category(*count)),
            Argument::Text(_) => None,
        };
        let mut text = String::new();
        for segment in self.messages.get(key)?.form(category)? {
            match segment {
                Segment::Literal(literal) => text.push_str(literal),
                Segment::Placeholder(name) => match argument(name)? {
                    Argument::Number(number) => text.push_str(&self.number(*number)),
                    Argument::Text(value) => text.push_str(value),
                },
            }
        }
        Some(text)
    }

    /// The interface text for a key that the program itself uses.
    ///
    /// # Panics
    /// If the message or an argument is missing. The default theme has every such key, and other
    /// themes are compared with it.
    pub fn message(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        match self.try_message(key, arguments) {
            Some(text) => text,
            None => panic!("no message `{key}` in `{}`", self.code),
        }
    }

    /// A text in this language, or in the original one if it is not translated, and its `lang`
    /// attribute (see [`Language::lang_attribute`]).
    pub fn localized<'t>(&self, text: &'t Text) -> (&'t str, &'t str) {
        let (passage, code) = text.in_language(&self.code);
        (passage.text.trim(), self.lang_attribute(code))
    }

    /// The value of a `lang` attribute: the code of another language, or empty for this one.
    pub fn lang_attribute<'c>(&self, code: &'c LanguageCode) -> &'c str {
        if *code == self.code { "" } else { code.as_str() }
    }

    pub fn standing(&self, standing: Standing) -> &str {
        &self.standings[standing as usize].label
    }

    /// What a standing means, in one sentence.
    pub fn meaning(&self, standing: Standing) -> &str {
        &self.standings[standing as usize].meaning
    }

    /// The name of an assessor, as in "The government".
    pub fn assessor(&self, assessor: Assessor) -> String {
        self.message(&format!("assessor_{}", assessor.name().replace('-', "_")), &[])
    }

    /// Formats a whole number.
    pub fn number(&self, number: usize) -> String {
        self.format.number(number)
    }

    /// A date with the precision that it was written with.
    pub fn date(&self, date: PartialDate) -> String {
        self.format.date(date)
    }

    /// "a, b and c" in this language.
    pub fn list(&self, items: &[String]) -> String {
        self.format.list(items)
    }

    /// Compares two texts in the dictionary order of this language.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.format.compare(a, b)
    }
}
