//! A table with its translations, which are the tables in it that are named after languages.

use std::cell::RefCell;

use super::table::{Table, Value};
use crate::model::{LanguageCode, Text};
use crate::problems;
use crate::source::{Passage, Span, Spanned};

/// A table that may contain a table of translated texts for each language other than the default.
pub struct Translated<'d> {
    /// The table in the site's default language, which also contains the keys that are not texts.
    pub table: Table<'d>,
    default: &'d LanguageCode,
    others: Vec<(&'d LanguageCode, Table<'d>)>,
    languages: &'d [LanguageCode],
    /// Translations without an original: the key, the span of the translation, and the language.
    without_original: RefCell<Vec<(&'static str, Span, &'d LanguageCode)>>,
}

impl<'d> Translated<'d> {
    /// Finds the translations of `table`. The first of `languages` is the site's default language.
    pub fn new(table: Table<'d>, languages: &'d [LanguageCode]) -> Self {
        let (default, others) = languages.split_first().expect("a site has a language");
        let in_language = |code: &'d LanguageCode| {
            let value = table.value(code.as_str())?;
            Some((code, value.table(label_of_translation(&table.label, code), &[])?))
        };
        let others = others.iter().filter_map(in_language).collect();
        Translated { table, default, others, languages, without_original: RefCell::default() }
    }

    /// Returns a required text of one line.
    pub fn required_line(&self, key: &'static str) -> Option<Text> {
        self.read(key, self.table.required(key), Value::line)
    }

    /// Returns an optional text of one line.
    pub fn line(&self, key: &'static str) -> Option<Text> {
        self.read(key, self.table.optional(key), Value::line)
    }

    /// Returns a required text.
    pub fn required_text(&self, key: &'static str) -> Option<Text> {
        self.read(key, self.table.required(key), Value::text)
    }

    /// Returns an optional text.
    pub fn text(&self, key: &'static str) -> Option<Text> {
        self.read(key, self.table.optional(key), Value::text)
    }

    /// Returns an optional list of texts of one line.
    pub fn lines(&self, key: &'static str) -> Vec<Text> {
        let originals = self.table.list(key);
        let mut translations = Vec::new();
        for (code, table) in &self.others {
            let Some(value) = table.optional(key) else { continue };
            let Some(lines) = value.elements() else { continue };
            if lines.len() == originals.len() {
                translations.push((*code, lines));
            } else {
                let (original, translated) = (originals.len(), lines.len());
                let problem = problems::translation_length(value.span(), key, original, translated);
                table.report(problem);
            }
        }
        let text = |(index, original): (usize, Value<'d>)| {
            let translated = |(code, lines): &(&LanguageCode, Vec<Value<'d>>)| {
                Some(((*code).clone(), lines[index].line()?))
            };
            let translations = translations.iter().filter_map(translated).collect();
            Some(Text::new(self.default.clone(), original.line()?, translations))
        };
        originals.into_iter().enumerate().filter_map(text).collect()
    }

    /// Returns a text of one line that only translations have, with its language.
    pub fn line_in_translations(&self, key: &'static str) -> Vec<(LanguageCode, Passage)> {
        let line = |(code, table): &(&LanguageCode, Table<'d>)| {
            Some(((*code).clone(), table.optional(key)?.line()?))
        };
        self.others.iter().filter_map(line).collect()
    }

    /// Returns the optional table `[key]` with its translations.
    pub fn inner_table(&self, key: &'static str) -> Option<Translated<'d>> {
        Some(Translated::new(self.table.table(key)?, self.languages))
    }

    /// Returns the tables `[[key]]` with their translations.
    pub fn inner_tables(&self, key: &'static str) -> Vec<Translated<'d>> {
        let tables = self.table.tables(key).into_iter();
        tables.map(|table| Translated::new(table, self.languages)).collect()
    }

    /// Reports missing and unknown keys of the table and its translations, translations without an
    /// original, and tables that are named after a language that the site does not have.
    pub fn finish(self) {
        for (key, span, code) in self.without_original.into_inner() {
            // A missing or misspelt key is reported in the default language.
            if !self.table.lacks(key) {
                let problem = problems::translation_of_nothing(span, key, code.as_str());
                self.table.report(problem);
            }
        }
        let outer = self.table.keys_for_inner();
        for (_, mut translation) in self.others {
            translation.outer.clone_from(&outer);
            translation.finish();
        }
        let known: Vec<&str> = self.languages.iter().map(LanguageCode::as_str).collect();
        let mut handled: Vec<&str> = known[1..].to_vec();
        for key in self.table.table_keys() {
            let is_known =
                handled.contains(&key.value) || self.table.requested.borrow().contains(&key.value);
            if key.value == known[0] {
                self.table.report(problems::header_for_default_language(key.span, key.value));
                handled.push(key.value);
            } else if !is_known && looks_like_language(key.value) {
                self.table.report(problems::unknown_language(key.span, key.value, &known));
                handled.push(key.value);
            }
        }
        self.table.finish_except(&handled);
    }

    fn read(
        &self,
        key: &'static str,
        original: Option<Value<'d>>,
        convert: impl Fn(Value<'d>) -> Option<Passage>,
    ) -> Option<Text> {
        let mut translations = Vec::new();
        for (code, table) in &self.others {
            let Some(value) = table.optional(key) else { continue };
            if original.is_none() {
                self.without_original.borrow_mut().push((key, value.span(), *code));
            }
            translations.extend(convert(value).map(|passage| ((*code).clone(), passage)));
        }
        Some(Text::new(self.default.clone(), convert(original?)?, translations))
    }
}

impl<'d> Table<'d> {
    /// Whether a required key is missing, or the table contains a misspelt form of the key.
    fn lacks(&self, key: &str) -> bool {
        let requested = self.requested.borrow();
        let is_misspelt = |(name, _): (&toml::Spanned<_>, _)| {
            let name: &std::borrow::Cow<'_, str> = name.get_ref();
            !requested.contains(&name.as_ref()) && problems::words::closest(name, [key]).is_some()
        };
        self.missing.borrow().contains(&key) || self.entries.iter().any(is_misspelt)
    }

    fn table_keys(&self) -> impl Iterator<Item = Spanned<&'d str>> {
        let tables = self.entries.iter().filter(|(_, value)| value.get_ref().is_table());
        tables.map(|(key, _)| Spanned {
            value: key.get_ref().as_ref(),
            span: self.document.span(key.span()),
        })
    }
}

/// Returns the label of a translation: `[mn]`, or `[contact.mn]` within `[contact]`.
fn label_of_translation(outer: &str, code: &LanguageCode) -> String {
    let name = outer.trim_matches('`').trim_matches(['[', ']']);
    match outer.starts_with("`[") {
        true => format!("`[{name}.{code}]`"),
        false => format!("`[{code}]`"),
    }
}

/// Whether a key has the form of a language tag: `mn`, `kaa` or `pt-BR`.
fn looks_like_language(key: &str) -> bool {
    let (language, rest) = key.split_once('-').unwrap_or((key, ""));
    matches!(language.len(), 2 | 3)
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
