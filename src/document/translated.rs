//! A table and its translations: the tables below it that are named after languages.

use std::cell::RefCell;

use super::table::{Table, Value};
use crate::model::{LanguageCode, Text};
use crate::problems;
use crate::source::{Passage, Span, Spanned};

/// A table whose texts may stand once more in a table for each other language of the site.
pub struct Translated<'d> {
    /// The table in the site's default language.
    pub table: Table<'d>,
    default: &'d LanguageCode,
    others: Vec<(&'d LanguageCode, Table<'d>)>,
    languages: &'d [LanguageCode],
    /// Translations whose original was not found: key, place, language.
    of_nothing: RefCell<Vec<(&'static str, Span, &'d LanguageCode)>>,
}

impl<'d> Translated<'d> {
    /// Finds the translations of `table`. The first of `languages` is the site's default.
    pub fn new(table: Table<'d>, languages: &'d [LanguageCode]) -> Self {
        let (default, others) = languages.split_first().expect("a site has a language");
        let in_language = |code: &'d LanguageCode| {
            let value = table.value(code.as_str())?;
            Some((code, value.table(header(&table.what, code), &[])?))
        };
        let others = others.iter().filter_map(in_language).collect();
        Translated { table, default, others, languages, of_nothing: RefCell::default() }
    }

    /// A text of one line that must be there.
    pub fn required_line(&self, key: &'static str) -> Option<Text> {
        self.read(key, self.table.required(key), Value::line)
    }

    /// A text of one line.
    pub fn line(&self, key: &'static str) -> Option<Text> {
        self.read(key, self.table.optional(key), Value::line)
    }

    /// A text that must be there.
    pub fn required_text(&self, key: &'static str) -> Option<Text> {
        self.read(key, self.table.required(key), Value::text)
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<Text> {
        self.read(key, self.table.optional(key), Value::text)
    }

    /// A list of texts of one line.
    pub fn lines(&self, key: &'static str) -> Vec<Text> {
        let originals = self.table.list(key);
        let mut translations = Vec::new();
        for (code, table) in &self.others {
            let Some(value) = table.optional(key) else { continue };
            let Some(lines) = value.elements() else { continue };
            if lines.len() == originals.len() {
                translations.push((*code, lines));
            } else {
                let counts = (originals.len(), lines.len());
                table.report(problems::translation_length(value.span(), key, counts.0, counts.1));
            }
        }
        let text = |(at, original): (usize, Value<'d>)| {
            let translated = |(code, lines): &(&LanguageCode, Vec<Value<'d>>)| {
                Some(((*code).clone(), lines[at].line()?))
            };
            let translations = translations.iter().filter_map(translated).collect();
            Some(Text::new(self.default.clone(), original.line()?, translations))
        };
        originals.into_iter().enumerate().filter_map(text).collect()
    }

    /// A line that makes sense in translations only.
    pub fn line_of_translations(&self, key: &'static str) -> Vec<(LanguageCode, Passage)> {
        let line = |(code, table): &(&LanguageCode, Table<'d>)| {
            Some(((*code).clone(), table.optional(key)?.line()?))
        };
        self.others.iter().filter_map(line).collect()
    }

    /// The table below `[key]`, which may be left out, with its translations.
    pub fn part(&self, key: &'static str) -> Option<Translated<'d>> {
        Some(Translated::new(self.table.table(key)?, self.languages))
    }

    /// The tables below each `[[key]]`, with their translations.
    pub fn tables(&self, key: &'static str) -> Vec<Translated<'d>> {
        let tables = self.table.tables(key).into_iter();
        tables.map(|table| Translated::new(table, self.languages)).collect()
    }

    /// Reports what is missing or unknown, here and in the translations.
    pub fn finish(self) {
        for (key, at, code) in self.of_nothing.into_inner() {
            // A key that is missing or misspelt is told already.
            if !self.table.misses(key) {
                let problem = problems::translation_of_nothing(at, key, code.as_str());
                self.table.report(problem);
            }
        }
        let outer = self.table.keys_for_inner();
        for (_, mut other) in self.others {
            other.outer.clone_from(&outer);
            other.finish();
        }
        let known: Vec<&str> = self.languages.iter().map(LanguageCode::as_str).collect();
        let mut named: Vec<&str> = known[1..].to_vec();
        for key in self.table.table_keys() {
            let is_known =
                named.contains(&key.value) || self.table.asked.borrow().contains(&key.value);
            if key.value == known[0] {
                self.table.report(problems::header_of_first_language(key.span, key.value));
                named.push(key.value);
            } else if !is_known && looks_like_language(key.value) {
                self.table.report(problems::unknown_language(key.span, key.value, &known));
                named.push(key.value);
            }
        }
        self.table.finish_but(&named);
    }

    fn read(
        &self,
        key: &'static str,
        original: Option<Value<'d>>,
        form: impl Fn(Value<'d>) -> Option<Passage>,
    ) -> Option<Text> {
        let mut translations = Vec::new();
        for (code, table) in &self.others {
            let Some(value) = table.optional(key) else { continue };
            if original.is_none() {
                self.of_nothing.borrow_mut().push((key, value.span(), *code));
            }
            translations.extend(form(value).map(|passage| ((*code).clone(), passage)));
        }
        Some(Text::new(self.default.clone(), form(original?)?, translations))
    }
}

impl<'d> Table<'d> {
    /// Whether a key must be there and is not, or stands there misspelt.
    fn misses(&self, key: &str) -> bool {
        let asked = self.asked.borrow();
        let is_misspelt = |(name, _): (&toml::Spanned<_>, _)| {
            let name: &std::borrow::Cow<'_, str> = name.get_ref();
            !asked.contains(&name.as_ref()) && problems::words::closest(name, [key]).is_some()
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

/// The header of a translation: `[mn]`, or `[contact.mn]` within `[contact]`.
fn header(what: &str, code: &LanguageCode) -> String {
    let name = what.trim_matches('`').trim_matches(['[', ']']);
    match what.starts_with("`[") {
        true => format!("`[{name}.{code}]`"),
        false => format!("`[{code}]`"),
    }
}

/// Whether a key is written like a language tag: `mn`, `kaa` or `pt-BR`.
fn looks_like_language(key: &str) -> bool {
    let (language, rest) = key.split_once('-').unwrap_or((key, ""));
    matches!(language.len(), 2 | 3)
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
