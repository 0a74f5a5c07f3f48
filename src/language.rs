//! The words of the portal itself, and how a language writes dates and numbers.
//!
//! MessageFile come from the theme's `languages/xx.toml`; dates, numbers, plurals, sorting and the
//! direction of writing come from ICU4X, for any language by its code. One more language is one more
//! file. What the words are used for is not known here.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use icu::calendar::{Date, Gregorian};
use icu::collator::{CollatorBorrowed, options::CollatorOptions};
use icu::datetime::{DateTimeFormatter, fieldsets};
use icu::decimal::{DecimalFormatter, input::Decimal};
use icu::list::{ListFormatter, options::ListFormatterOptions};
use icu::locale::{Direction, Locale, LocaleDirectionality};
use icu::plurals::{PluralCategory, PluralRules};

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Table, Value};
use crate::model::{
    Assessor, Commitment, CompletionLevel, LanguageCode, PartialDate, Standing, Tally, Text,
    natural_order,
};
use crate::problems;
use crate::settings::Settings;
use crate::source::{Passage, Source, SourceId, Sources};
use crate::theme_files::{self, ThemeFiles};

/// A language of the portal.
pub struct Language {
    /// Its code.
    pub code: LanguageCode,
    /// Its name in itself.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    messages: BTreeMap<String, Message>,
    plurals: PluralRules,
    numbers: DecimalFormatter,
    days: DateTimeFormatter<fieldsets::YMD>,
    months: DateTimeFormatter<fieldsets::YM>,
    years: DateTimeFormatter<fieldsets::Y>,
    lists: ListFormatter,
    /// What is said most often: by the place of each standing among all.
    standings: [StandingMessages; Standing::ALL.len()],
    collator: CollatorBorrowed<'static>,
}

/// The words of a standing.
#[derive(Default)]
struct StandingMessages {
    label: String,
    meaning: String,
}

/// A value for a place-holder.
#[derive(Debug, Clone)]
pub enum Argument<'a> {
    /// Written as the language writes numbers.
    Number(usize),
    /// Written as it is.
    Text(&'a str),
}

/// A sentence with place-holders, in as many forms as the language has for different counts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Message {
    Plain(Vec<Segment>),
    /// By the CLDR category of the argument `count`; `other` is always there.
    Plural(Vec<(PluralCategory, Vec<Segment>)>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Placeholder(String),
}

/// The CLDR plural categories and their keys.
const CATEGORIES: [(&str, PluralCategory); 6] = [
    ("zero", PluralCategory::Zero),
    ("one", PluralCategory::One),
    ("two", PluralCategory::Two),
    ("few", PluralCategory::Few),
    ("many", PluralCategory::Many),
    ("other", PluralCategory::Other),
];

/// The language whose words are the measure for all others.
const REFERENCE: &str = "languages/en.toml";

/// Reads the words of all the site's languages, the default first.
pub fn read_all(
    settings: &Settings,
    files: &ThemeFiles,
    diagnostics: &mut Diagnostics,
) -> Vec<Language> {
    let built_in = Sources::new(vec![theme_files::built_in(REFERENCE)], Vec::new());
    let (id, file) = built_in.texts().next().expect("one file");
    let mut of_program = Diagnostics::default();
    let built_in = read_message_file(id, file, None, &mut of_program).expect("a sound file");
    assert!(of_program.is_empty(), "the program's own words have faults");
    // A theme may have more words than the default's; then all its languages need those.
    let (own_id, own_file) = files.find(REFERENCE).expect("a part of the program");
    let own =
        read_message_file(own_id, own_file, Some((&built_in, UnknownKeys::Allowed)), diagnostics);
    let reference = own.unwrap_or(built_in);
    let mut languages = Vec::new();
    for (code, &at) in settings.site.languages.iter().zip(&settings.language_spans) {
        let Ok(locale) = code.as_str().parse::<Locale>() else {
            diagnostics.add(problems::not_a_language(at, code.as_str()));
            continue;
        };
        let path = format!("languages/{code}.toml");
        let Some((id, file)) = files.find(&path) else {
            let path = format!("themes/{}/{path}", settings.site.theme);
            diagnostics.add(problems::no_words_for_language(at, code.as_str(), &path));
            continue;
        };
        let words = if id == own_id {
            Some(reference.clone())
        } else {
            read_message_file(id, file, Some((&reference, UnknownKeys::Unknown)), diagnostics)
        };
        let Some(words) = words else { continue };
        let locale = words.locale.clone().unwrap_or(locale);
        languages.push(Language::new(code.clone(), words, &locale));
    }
    languages
}

/// What is said of keys that the reference does not have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum UnknownKeys {
    Allowed,
    Unknown,
}

#[derive(Clone)]
struct MessageFile {
    name: String,
    locale: Option<Locale>,
    messages: BTreeMap<String, Message>,
}

fn read_message_file(
    id: SourceId,
    file: &Source,
    reference: Option<(&MessageFile, UnknownKeys)>,
    diagnostics: &mut Diagnostics,
) -> Option<MessageFile> {
    let document = match Document::parse(id, file) {
        Ok(document) => document,
        Err(errors) => {
            diagnostics.append(errors);
            return None;
        }
    };
    let root = document.root("the language file");
    let name = root.required("name").and_then(Value::name);
    let locale = root.optional("locale").and_then(Value::name);
    let table = root.required("messages").and_then(|value| value.table_called("`[messages]`"));
    let messages = table.map(|table| read_messages(&table, reference));
    let locale = locale.and_then(|name| match name.value.parse() {
        Ok(locale) => Some(locale),
        Err(_) => {
            root.report(problems::not_a_language(name.span, &name.value));
            None
        }
    });
    root.finish();
    diagnostics.append(document.into_diagnostics());
    Some(MessageFile { name: name?.value, locale, messages: messages? })
}

/// Reads the messages of a language. Whatever the reference has and this language has not, or has in a
/// way that could not be said, is told and taken from the reference.
fn read_messages(
    table: &Table<'_>,
    reference: Option<(&MessageFile, UnknownKeys)>,
) -> BTreeMap<String, Message> {
    let mut messages = BTreeMap::new();
    for (key, value) in table.entries() {
        let Some(message) = read_message(value) else { continue };
        let is_sound = match reference.map(|(words, _)| words.messages.get(key.value)) {
            None => true,
            Some(Some(model)) => has_known_placeholders(key.value, &message, model, value, table),
            Some(None) => {
                if let Some((words, UnknownKeys::Unknown)) = reference {
                    let known: Vec<&str> = words.messages.keys().map(String::as_str).collect();
                    table.report(problems::unknown_key(
                        key.span,
                        "`[messages]`",
                        key.value,
                        &known,
                    ));
                }
                true
            }
        };
        if is_sound {
            messages.insert(key.value.to_owned(), message);
        }
    }
    if let Some((words, _)) = reference {
        let missing: Vec<&str> = words
            .messages
            .keys()
            .map(String::as_str)
            .filter(|key| !table.has_any(&[key]))
            .collect();
        if !missing.is_empty() {
            table.report(problems::missing_keys(table.at(), "`[messages]`", &missing));
        }
        for (key, message) in &words.messages {
            messages.entry(key.clone()).or_insert_with(|| message.clone());
        }
    }
    messages
}

/// Whether a message asks only for what its model is given.
fn has_known_placeholders(
    key: &str,
    message: &Message,
    model: &Message,
    value: Value<'_>,
    table: &Table<'_>,
) -> bool {
    let known = model.placeholders();
    let unknown: Vec<&str> =
        message.placeholders().into_iter().filter(|name| !known.contains(name)).collect();
    for name in &unknown {
        table.report(problems::unknown_placeholder(value.at(), key, name, &known));
    }
    unknown.is_empty()
}

fn read_message(value: Value<'_>) -> Option<Message> {
    if !value.is_table() {
        return Some(Message::Plain(segments(&value.line()?)));
    }
    let table = value.table_called("a message with plural forms")?;
    let forms = CATEGORIES
        .iter()
        .filter_map(|&(key, category)| {
            let value = if key == "other" { table.required(key) } else { table.optional(key) };
            Some((category, segments(&value?.line()?)))
        })
        .collect();
    table.finish();
    Some(Message::Plural(forms))
}

/// Takes a sentence apart: `{name}` is a place-holder, everything else stands for itself.
fn segments(passage: &Passage) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut rest: &str = &passage.text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            segments.push(Segment::Literal(before.to_owned()));
        }
        segments.push(Segment::Placeholder(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        segments.push(Segment::Literal(rest.to_owned()));
    }
    segments
}

impl Message {
    fn placeholders(&self) -> Vec<&str> {
        let forms: Vec<&Vec<Segment>> = match self {
            Message::Plain(segments) => vec![segments],
            Message::Plural(forms) => forms.iter().map(|(_, segments)| segments).collect(),
        };
        let mut names: Vec<&str> = forms
            .into_iter()
            .flatten()
            .filter_map(|segment| match segment {
                Segment::Placeholder(name) => Some(name.as_str()),
                Segment::Literal(_) => None,
            })
            .collect();
        if let Message::Plural(_) = self {
            names.push("count");
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Language {
    fn new(code: LanguageCode, file: MessageFile, locale: &Locale) -> Self {
        // ICU4X falls back to rules without a language where it has none for this one.
        const DATA: &str = "the program contains ICU4X's data";
        let directionality = LocaleDirectionality::new_common();
        let direction = match directionality.get(&locale.id) {
            Some(Direction::RightToLeft) => "rtl",
            _ => "ltr",
        };
        let mut language = Language {
            code,
            name: file.name,
            direction,
            messages: file.messages,
            plurals: PluralRules::try_new_cardinal(locale.into()).expect(DATA),
            numbers: DecimalFormatter::try_new(locale.into(), Default::default()).expect(DATA),
            days: DateTimeFormatter::try_new(locale.into(), fieldsets::YMD::long()).expect(DATA),
            months: DateTimeFormatter::try_new(locale.into(), fieldsets::YM::long()).expect(DATA),
            years: DateTimeFormatter::try_new(locale.into(), fieldsets::Y::long()).expect(DATA),
            lists: ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default())
                .expect(DATA),
            standings: Default::default(),
            collator: CollatorBorrowed::try_new(locale.into(), CollatorOptions::default())
                .expect(DATA),
        };
        language.standings = Standing::ALL.map(|standing| {
            let key = standing.name().replace('-', "_");
            let message = |what: &str| language.message(&format!("{what}_{key}"), &[]);
            StandingMessages { label: message("standing"), meaning: message("meaning") }
        });
        language
    }

    /// The portal's own words for `key`, with its place-holders filled in. `None` if the theme has
    /// no such key, or the message needs an argument that is not there.
    pub fn try_message(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> Option<String> {
        let argument = |name: &str| arguments.iter().find(|(it, _)| *it == name).map(|(_, it)| it);
        let segments = match self.messages.get(key)? {
            Message::Plain(segments) => segments,
            Message::Plural(forms) => {
                let Argument::Number(count) = argument("count")? else { return None };
                let category = self.plurals.category_for(*count);
                let form = |wanted| forms.iter().find(|(category, _)| *category == wanted);
                &form(category).or_else(|| form(PluralCategory::Other))?.1
            }
        };
        let mut said = String::new();
        for segment in segments {
            match segment {
                Segment::Literal(text) => said.push_str(text),
                Segment::Placeholder(name) => match argument(name)? {
                    Argument::Number(number) => said.push_str(&self.number(*number)),
                    Argument::Text(text) => said.push_str(text),
                },
            }
        }
        Some(said)
    }

    /// The portal's own words that are the same each time, with their keys.
    pub fn plain(&self) -> impl Iterator<Item = (&str, String)> {
        let plain = self.messages.iter().filter(|(_, message)| message.placeholders().is_empty());
        plain.filter_map(|(key, _)| Some((key.as_str(), self.try_message(key, &[])?)))
    }

    /// The portal's own words for a key that the program itself uses.
    ///
    /// # Panics
    /// If the message or an argument is missing: the default theme has every such key, and other
    /// themes are held against it.
    pub fn message(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        match self.try_message(key, arguments) {
            Some(said) => said,
            None => panic!("no words for `{key}` in `{}`", self.code),
        }
    }

    /// A text in this language, or else as it was first written; and what [`Language::foreign`] says
    /// of it.
    pub fn localized<'t>(&self, text: &'t Text) -> (&'t str, &'t str) {
        let (passage, code) = text.in_language(&self.code);
        (passage.text.trim(), self.lang_attribute(code))
    }

    /// The code of another language, for `lang` attributes; empty for this one.
    pub fn lang_attribute<'c>(&self, code: &'c LanguageCode) -> &'c str {
        if *code == self.code { "" } else { code.as_str() }
    }

    /// The name of a standing.
    pub fn standing(&self, standing: Standing) -> &str {
        &self.standings[standing as usize].label
    }

    /// What a standing means, in one sentence.
    pub fn meaning(&self, standing: Standing) -> &str {
        &self.standings[standing as usize].meaning
    }

    /// How many of some commitments are completed, as a sentence.
    pub fn summary(&self, tally: &Tally) -> String {
        let total = tally.total();
        let completed = tally.count(Standing::Completed);
        let levels: usize =
            CompletionLevel::ALL.map(|level| tally.count(level.into())).iter().sum();
        if levels == 0 && total > 0 {
            return self.message("summary_no_level", &[("count", Argument::Number(total))]);
        }
        let key = match (completed, total) {
            (_, 0) => "summary_empty",
            (0, 1) => "summary_one_not_completed",
            (1, 1) => "summary_one_completed",
            (0, _) => "summary_none",
            _ if completed == total => "summary_all",
            _ => "summary_some",
        };
        let words = [("count", Argument::Number(completed)), ("total", Argument::Number(total))];
        self.message(key, &words)
    }

    /// That another assessor sees a commitment differently, as a sentence; empty if none does.
    pub fn disagreement(&self, commitment: &Commitment, headline: Assessor) -> String {
        let Some(assessment) = commitment.disagreements(headline).last() else {
            return String::new();
        };
        let (level, assessor) =
            (self.standing(assessment.level.into()), self.assessor(assessment.report.assessor));
        let words = [("assessor", Argument::Text(&assessor)), ("level", Argument::Text(level))];
        self.message("disagreement_short", &words)
    }

    /// Who judges, as in "The government".
    pub fn assessor(&self, assessor: Assessor) -> String {
        self.message(&format!("assessor_{}", assessor.name().replace('-', "_")), &[])
    }

    /// A whole number.
    pub fn number(&self, number: usize) -> String {
        self.numbers.format_to_string(&Decimal::from(number))
    }

    /// A date, as exact as it is known.
    pub fn date(&self, date: PartialDate) -> String {
        let (year, month, day) = date.earliest();
        let gregorian = Date::<Gregorian>::try_new_gregorian(i32::from(year), month, day)
            .expect("a checked date");
        match date {
            PartialDate::Year(_) => self.years.format(&gregorian).to_string(),
            PartialDate::Month(..) => self.months.format(&gregorian).to_string(),
            PartialDate::Day(..) => self.days.format(&gregorian).to_string(),
        }
    }

    /// "a, b and c" in this language.
    pub fn list(&self, items: &[String]) -> String {
        self.lists.format_to_string(items.iter())
    }

    /// The order of a dictionary in this language.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b).then_with(|| natural_order(a, b))
    }
}
