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

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::model::{
    Assessor, LanguageCode, PartialDate, Quantity, Standing, Term, Text, Vocabulary,
};
use crate::problems;
use crate::settings::Settings;
use crate::source::{Source, SourceId, Sources};
use crate::theme_files::{self, ThemeFiles};
use format::Format;
pub use format::attributes;
use message::{Message, Segment};
use message_file::{ExtraKeys, LanguageFiles, MessageFile};

/// The language that every other one is compared with.
const REFERENCE: &str = "en";

/// A language of the portal.
pub struct Language {
    pub code: LanguageCode,
    /// The language's own name for itself, such as `Монгол`.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Whether nobody whose language it is has read the theme's texts in it.
    pub is_draft: bool,
    messages: BTreeMap<String, Message>,
    in_english: BTreeSet<String>,
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
    let file = files_of(REFERENCE, |path| files.find(path)).expect("a part of the program");
    let allowed = Some((&built_in, ExtraKeys::Allowed));
    let reference = MessageFile::read(&file, &english, allowed, diagnostics).unwrap_or(built_in);
    let mut languages = Vec::new();
    for (code, &span) in settings.site.languages.iter().zip(&settings.language_spans) {
        let Some(file) = files_of(code.as_str(), |path| files.find(path)) else {
            let path = format!("themes/{}/languages/{code}.toml", settings.site.theme);
            diagnostics.add(problems::no_messages_for_language(span, code.as_str(), &path));
            continue;
        };
        let message_file = if code.as_str() == REFERENCE {
            Some(reference.clone())
        } else {
            let reported = Some((&reference, ExtraKeys::Reported));
            MessageFile::read(&file, code, reported, diagnostics)
        };
        let Some(message_file) = message_file else { continue };
        let language = Language::new(code.clone(), message_file);
        if !language.format.has_data {
            let path = file.texts.1.path.as_str();
            diagnostics.add(problems::no_locale_data(span, code.as_str(), path));
        }
        languages.push(language);
    }
    languages
}

/// The name of a language in itself, as in "Монгол"; its code if it is not known.
pub fn own_name(code: &LanguageCode) -> String {
    format::own_name(&code.as_str().parse().expect("a language code is a locale"))
}

/// The English name of a country (ISO 3166-1 alpha-2), as in "Mongolia"; its code if there is no name.
pub fn english_name_of_country(code: &str) -> String {
    let english = REFERENCE.parse().expect("a locale");
    Format::new(&english, &english).country(code)
}

/// Whether the default theme has the texts of a language.
pub fn is_built_in(code: &LanguageCode) -> bool {
    theme_files::built_in(&paths_of(code.as_str())[0]).is_some()
}

/// Returns a language file for a new language: the English one, in which each text is a comment until
/// somebody translates it, and its path in the theme.
pub fn file_to_translate(code: &LanguageCode) -> (String, String) {
    let [path, _] = paths_of(code.as_str());
    let [english, _] = paths_of(REFERENCE);
    let english = theme_files::built_in(&english).expect("a part of the program");
    let (_, messages) = english.text.split_once("\n[messages]\n").expect("it has a section");
    let name = own_name(code);
    let mut text = format!(
        "# The interface texts in {name}. Each line that begins with `# ` and has a key is still in English: \
         delete the `# `,\n# and translate the text after `=`. `{{…}}` is a placeholder: keep it. A text with \
         the forms `one`, `other` …\n# follows the number in `{{count}}`; `milepost check` names the forms \
         that the language needs.\nname = {}\n# reviewed_by = [\"…\"]  # who has read the texts as a native speaker; until \
         then, they are a draft\n\n[messages]\n",
        problems::words::in_marks(&name)
    );
    for line in messages.lines() {
        let is_comment = line.is_empty() || line.starts_with('#');
        text.push_str(if is_comment { "" } else { "# " });
        text.push_str(line);
        text.push('\n');
    }
    (path, text)
}

/// The paths of the files of a language in its theme.
fn paths_of(language: &str) -> [String; 2] {
    [format!("languages/{language}.toml"), format!("languages/{language}.columns.toml")]
}

/// The files of a language, which `find` finds in its theme.
fn files_of<'f>(
    language: &str,
    find: impl Fn(&str) -> Option<(SourceId, &'f Source)>,
) -> Option<LanguageFiles<'f>> {
    let [texts, columns] = paths_of(language);
    Some(LanguageFiles { texts: find(&texts)?, columns: find(&columns) })
}

/// The English texts of the default theme, whatever the site's theme is.
fn built_in_reference() -> MessageFile {
    let built_in = |path: &String| theme_files::built_in(path).expect("a part of the program");
    let paths = paths_of(REFERENCE);
    let sources = Sources::new(paths.iter().map(built_in).collect(), Vec::new());
    let file = |path: &str| {
        let mut texts = sources.texts();
        texts.find(|(_, source)| source.path.ends_with(path)).map(|(id, source)| (id, &**source))
    };
    let files = files_of(REFERENCE, file).expect("a part of the program");
    let mut diagnostics = Diagnostics::default();
    let reference = MessageFile::read(&files, &LanguageCode::english(), None, &mut diagnostics);
    assert!(diagnostics.is_empty(), "the built-in language file has errors");
    reference.expect("a file without errors can be used")
}

impl Language {
    fn new(code: LanguageCode, file: MessageFile) -> Self {
        let mut language = Language {
            code,
            name: file.name,
            is_draft: file.is_draft,
            direction: file.format.direction,
            messages: file.messages,
            in_english: file.in_english,
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
                    Argument::Text(value) => text.push_str(&self.isolated(value)),
                },
            }
        }
        Some(text)
    }

    /// A name or an address as a part of a sentence. If the language runs right to left, it is isolated, so
    /// that it keeps its own direction and does not change the order of the words and marks around it
    /// (UAX #9). The first letter decides the direction (FSI), but not one within isolates: a phrase with
    /// names, which this language has composed, runs right to left (RLI).
    pub fn isolated<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.direction {
            "rtl" if text.contains('\u{2068}') => Cow::Owned(format!("\u{2067}{text}\u{2069}")),
            "rtl" => Cow::Owned(format!("\u{2068}{text}\u{2069}")),
            _ => Cow::Borrowed(text),
        }
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

    /// The `lang` attribute of a message: English if the language has no text of its own.
    pub fn message_lang(&self, key: &str) -> &'static str {
        if self.in_english.contains(key) { REFERENCE } else { "" }
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
    pub fn assessor(&self, assessor: &Assessor) -> String {
        match &assessor.details {
            Some(details) => self.localized(&details.name).0.to_owned(),
            None => {
                self.message(&format!("assessor_{}", assessor.kind.name().replace('-', "_")), &[])
            }
        }
    }

    /// The name of a value of a closed list that readers see, as in "access to information".
    pub fn term<T: Term>(&self, term: T) -> String {
        let list = match T::VOCABULARY {
            Vocabulary::OgpValue => "value",
            Vocabulary::Challenge => "challenge",
            Vocabulary::ReportKind => "kind",
            Vocabulary::PolicyArea => "area",
            Vocabulary::AssessorKind => "assessor_kind",
            Vocabulary::Specificity => "specificity",
            Vocabulary::PotentialImpact => "impact",
            Vocabulary::PotentialForResults => "potential",
            Vocabulary::OpenedGovernment => "opened",
            Vocabulary::EarlyResults => "early_results",
            Vocabulary::SuccessionKind => "became",
            other => unreachable!("no page names a value of {other:?}"),
        };
        self.message(&format!("{list}_{}", term.name().replace('-', "_")), &[])
    }

    /// The name of a country (ISO 3166-1 alpha-2), as in "Mongolia"; its code if there is no name.
    pub fn country(&self, code: &str) -> String {
        self.format.country(code)
    }

    /// Formats a whole number.
    pub fn number(&self, number: usize) -> String {
        self.format.number(number)
    }

    /// Formats a number with its decimals.
    pub fn quantity(&self, quantity: Quantity) -> String {
        self.format.quantity(quantity)
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
