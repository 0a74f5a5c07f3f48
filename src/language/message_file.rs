//! The language files of a theme: `languages/xx.toml`, and `languages/xx.columns.toml` with the
//! descriptions of the columns of the data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use icu::locale::Locale;

use super::format::{Format, has_data};
use super::message::Message;
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Table, Value};
use crate::format::Kind;
use crate::model::LanguageCode;
use crate::problems;
use crate::source::{Source, SourceId, Spanned};

/// The share of sentences equal to the English ones from which a language file counts as a copy.
const MIN_COPIED_PERCENT: usize = 90;

/// The beginning of the keys that a language may lack without a warning.
const COLUMN: &str = "column_";

/// The files of a language.
pub(super) struct LanguageFiles<'f> {
    pub texts: (SourceId, &'f Source),
    /// The descriptions of columns.
    pub columns: Option<(SourceId, &'f Source)>,
}

/// What the files of a language contain.
#[derive(Clone)]
pub(super) struct MessageFile {
    /// The name of the language in itself.
    pub name: String,
    /// Whether nobody whose language it is has read the texts.
    pub is_draft: bool,
    /// Dates, numbers and plural forms as in the file's `locale`, or else as usual in its language.
    pub format: Arc<Format>,
    pub messages: BTreeMap<String, Message>,
    /// The keys of the messages that are in English, because the file has none.
    pub in_english: BTreeSet<String>,
}

/// Whether a file may contain keys that the reference does not have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ExtraKeys {
    Allowed,
    Reported,
}

impl MessageFile {
    /// Reads the files of a language. Where they lack a message of the `reference`, or have one that
    /// cannot be filled in, the language gets that of the reference, and `diagnostics` says so. Returns
    /// `None` if the language cannot be used.
    pub(super) fn read(
        files: &LanguageFiles<'_>,
        code: &LanguageCode,
        reference: Option<(&MessageFile, ExtraKeys)>,
        diagnostics: &mut Diagnostics,
    ) -> Option<MessageFile> {
        let document = parse(files.texts, diagnostics)?;
        let root = document.root(Kind::Language, &[]);
        let name = root.string("name");
        let is_reviewed = !root.strings("reviewed_by").is_empty();
        let is_draft = *code != LanguageCode::english() && !is_reviewed;
        let language: Locale = code.as_str().parse().expect("a language code is a locale");
        let locale = root.string("locale").and_then(|name| read_locale(&name, &language, &root));
        let format = Format::new(&language, locale.as_ref().unwrap_or(&language));
        let table = root.table("messages");
        let mut messages = match &table {
            Some(table) => read_messages(table, code, &format, reference),
            None => BTreeMap::new(),
        };
        let table = table.as_ref().unwrap_or(&root);
        if let Some((reference, _)) = reference {
            check_for_copy(&messages, reference, code, table);
        }
        for (key, message) in read_columns(files, code, &format, reference, diagnostics) {
            messages.entry(key).or_insert(message);
        }
        let in_english = match reference {
            Some((reference, _)) => add_missing(&mut messages, reference, code, table),
            None => BTreeSet::new(),
        };
        root.finish();
        diagnostics.append(document.into_parts().0);
        let (name, format) = (name?.value, Arc::new(format));
        Some(MessageFile { name, is_draft, format, messages, in_english })
    }
}

fn parse<'f>(
    (id, file): (SourceId, &'f Source),
    diagnostics: &mut Diagnostics,
) -> Option<Document<'f>> {
    Document::parse(id, file).map_err(|errors| diagnostics.append(errors)).ok()
}

/// Reads the descriptions of columns; none if the language has none.
fn read_columns(
    files: &LanguageFiles<'_>,
    code: &LanguageCode,
    format: &Format,
    reference: Option<(&MessageFile, ExtraKeys)>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Message> {
    let Some(document) = files.columns.and_then(|file| parse(file, diagnostics)) else {
        return BTreeMap::new();
    };
    let root = document.root(Kind::Columns, &[]);
    let table = root.table("messages");
    let columns = table.map(|table| read_messages(&table, code, format, reference));
    root.finish();
    diagnostics.append(document.into_parts().0);
    columns.unwrap_or_default()
}

/// Reads the `locale` of a file. Reports that of another language if `language` has data of its own.
fn read_locale(name: &Spanned<String>, language: &Locale, root: &Table<'_>) -> Option<Locale> {
    let Ok(locale) = name.value.parse::<Locale>() else {
        root.report(problems::not_a_language(name.span, &name.value, None));
        return None;
    };
    if locale.id.language != language.id.language && has_data(language) {
        let language = language.to_string();
        root.report(problems::locale_of_another_language(name.span, &name.value, &language));
        return None;
    }
    Some(locale)
}

fn read_messages(
    table: &Table<'_>,
    code: &LanguageCode,
    format: &Format,
    reference: Option<(&MessageFile, ExtraKeys)>,
) -> BTreeMap<String, Message> {
    let mut messages = BTreeMap::new();
    let mut incomplete = Vec::new();
    for (key, value) in table.entries() {
        let (message, missing) = Message::read(value, table, format);
        if !missing.is_empty() {
            incomplete.push((key.value, missing));
        }
        let Some(message) = message else { continue };
        let is_usable = match reference {
            None => true,
            Some((file, extra_keys)) => match file.messages.get(key.value) {
                Some(model) => has_known_placeholders(key.value, &message, model, value, table),
                None => {
                    if extra_keys == ExtraKeys::Reported {
                        let known: Vec<&str> = file.messages.keys().map(String::as_str).collect();
                        let problem =
                            problems::unknown_key(key.span, table.path(), key.value, &known);
                        table.report(problem);
                    }
                    true
                }
            },
        };
        if is_usable {
            messages.insert(key.value.to_owned(), message);
        }
    }
    if !incomplete.is_empty() {
        table.report(problems::missing_plural_forms(table.span(), code.as_str(), &incomplete));
    }
    messages
}

/// Reports the messages that a language lacks, except descriptions of columns, and takes all from the
/// reference, whose keys it returns. `table` contains those that it has.
fn add_missing(
    messages: &mut BTreeMap<String, Message>,
    reference: &MessageFile,
    code: &LanguageCode,
    table: &Table<'_>,
) -> BTreeSet<String> {
    let keys = reference.messages.keys().map(String::as_str);
    let needed: Vec<&str> = keys.filter(|key| !key.starts_with(COLUMN)).collect();
    let missing: Vec<&str> = needed.iter().filter(|key| !table.has(key)).copied().collect();
    if !missing.is_empty() {
        let total = needed.len();
        let problem = problems::missing_phrases(table.span(), code.as_str(), &missing, total);
        table.report(problem);
    }
    let mut added = BTreeSet::new();
    for (key, message) in &reference.messages {
        if !messages.contains_key(key) {
            messages.insert(key.clone(), message.clone());
            added.insert(key.clone());
        }
    }
    added
}

/// Reports a file in another language whose sentences are nearly all those of the reference.
fn check_for_copy(
    messages: &BTreeMap<String, Message>,
    reference: &MessageFile,
    code: &LanguageCode,
    table: &Table<'_>,
) {
    let is_english = code.as_str().split('-').next() == Some("en");
    let sentences: Vec<_> = messages.iter().filter(|(_, message)| message.is_sentence()).collect();
    let is_copied = |(key, message): &&(&String, &Message)| {
        reference.messages.get(*key).is_some_and(|model| message.is_same_as(model))
    };
    let copied = sentences.iter().filter(is_copied).count();
    if !is_english && copied > 0 && copied * 100 >= sentences.len() * MIN_COPIED_PERCENT {
        let (total, name) = (sentences.len(), code.as_str());
        table.report(problems::untranslated_copy(table.span(), name, copied, total));
    }
}

/// Reports placeholders that the model of a message does not have: they would never be filled in.
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
        table.report(problems::unknown_placeholder(value.span(), key, name, &known));
    }
    unknown.is_empty()
}
