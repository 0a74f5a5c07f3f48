//! A table of a document with its translations, which are the tables in it that are named after
//! languages.

use std::borrow::Cow;
use std::cell::RefCell;

use toml::de::{DeTable, DeValue};

use super::file::{Document, TextsOfTable, WrittenText};
use super::value::Value;
use crate::diagnostic::Diagnostic;
use crate::format::{Key, Kind, SectionShape, TableFormat, TablePath, ValueType, inner_section};
use crate::model::{EndDate, LanguageCode, PartialDate, Quantity, Term, Text, TextKind};
use crate::problems::{self, Expected, ValuePlace};
use crate::source::{Passage, Span, Spanned};

/// A table whose keys `format` declares. A method that reads a key takes the type of the value from
/// the declaration, and returns `None` or nothing if the key is missing or its value is invalid.
///
/// # Panics
/// The methods panic if the declaration has no such key, or if it declares another type.
pub struct Table<'d> {
    document: &'d Document<'d>,
    path: TablePath,
    format: &'static TableFormat,
    /// The site's languages, the default first.
    languages: &'d [LanguageCode],
    /// The span of the header, or the start of the file for the top-level table.
    span: Span,
    entries: &'d DeTable<'d>,
    translations: Vec<Translation<'d>>,
    /// The tables around this one, the top-level table first.
    outer: Vec<Outer<'d>>,
    texts: RefCell<Vec<WrittenText>>,
    /// The keys that were read.
    read: RefCell<Vec<&'static str>>,
}

/// A table around another.
#[derive(Clone)]
struct Outer<'d> {
    path: TablePath,
    format: &'static TableFormat,
    entries: &'d DeTable<'d>,
}

/// The texts of a table in another language.
struct Translation<'d> {
    language: &'d LanguageCode,
    entries: &'d DeTable<'d>,
}

impl<'s> Document<'s> {
    /// Returns the top-level table. The first of `languages` is the site's default language.
    pub fn root<'d>(&'d self, kind: Kind, languages: &'d [LanguageCode]) -> Table<'d> {
        let (path, span) = (TablePath::root(kind), self.span(0..0));
        Table::new(self, path, kind.table(), languages, span, self.root.get_ref(), Vec::new())
    }

    fn value<'d>(&'d self, entries: &'d DeTable<'d>, key: &str) -> Option<Value<'d>> {
        let (key, value) = entries.get_key_value(key)?;
        let span = self.span(value.span());
        let (key, value) = (key.get_ref(), value.get_ref());
        Some(Value { document: self, key, span, value, place: ValuePlace::OptionalKey })
    }
}

impl<'d> Table<'d> {
    fn new(
        document: &'d Document<'d>,
        path: TablePath,
        format: &'static TableFormat,
        languages: &'d [LanguageCode],
        span: Span,
        entries: &'d DeTable<'d>,
        outer: Vec<Outer<'d>>,
    ) -> Self {
        let others = languages.get(1..).unwrap_or_default().iter();
        let others = others.filter(|_| format.translated().next().is_some());
        let in_language = |language: &'d LanguageCode| {
            let value = document.value(entries, language.as_str())?;
            let DeValue::Table(entries) = value.value else {
                return value.wrong_type(Expected::Section);
            };
            Some(Translation { language, entries })
        };
        Table {
            document,
            path,
            format,
            languages,
            span,
            entries,
            translations: others.filter_map(in_language).collect(),
            outer,
            texts: RefCell::default(),
            read: RefCell::default(),
        }
    }

    /// Returns the span of the header, or the start of the file for the top-level table.
    pub fn span(&self) -> Span {
        self.span
    }

    pub fn path(&self) -> &TablePath {
        &self.path
    }

    /// Adds a problem that the caller found in the table.
    pub fn report(&self, problem: Diagnostic) {
        self.document.report(problem);
    }

    /// Whether the table contains a key, which may have an invalid value.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Returns the value of a key, for callers that need its span.
    pub fn value(&self, key: &str) -> Option<Value<'d>> {
        let value = self.document.value(self.entries, key)?;
        let is_required = self.format.key(key).is_some_and(|key| key.is_required);
        let place = if is_required { ValuePlace::RequiredKey } else { value.place };
        Some(Value { place, ..value })
    }

    /// Notes that the caller has read keys from another [`Table`] of the same file.
    pub fn mark_read(&self, keys: &[&'static str]) {
        self.read.borrow_mut().extend(keys);
    }

    /// Returns a text with its translations.
    pub fn text(&self, key: &'static str) -> Option<Text> {
        let declared = self.declared(key);
        let (kind, convert): (_, fn(Value<'d>) -> Option<Passage>) = match declared.value_type {
            ValueType::Line => (TextKind::Line, Value::line),
            ValueType::Markdown => (TextKind::Markdown, Value::text),
            _ => mismatch(declared),
        };
        let translated = |translation: &Translation<'d>| {
            let value = self.document.value(translation.entries, key)?;
            Some((translation.language.clone(), convert(value)?))
        };
        // Problems in translations are reported even if there is no original.
        let translations = self.translations.iter().filter_map(translated).collect();
        let original = convert(self.value(key)?)?;
        let text = Text::new(kind, self.languages.first()?.clone(), original, translations);
        self.record(key, &text);
        Some(text)
    }

    /// Returns a list of texts with their translations.
    pub fn texts(&self, key: &'static str) -> Vec<Text> {
        let declared = self.declared(key);
        let ValueType::Lines = declared.value_type else { mismatch(declared) };
        let Some(originals) = self.value(key).and_then(|value| value.list(Expected::List)) else {
            return Vec::new();
        };
        let mut translations = Vec::new();
        for Translation { language, entries } in &self.translations {
            let Some(value) = self.document.value(entries, key) else { continue };
            let Some(lines) = value.list(Expected::List) else { continue };
            if lines.len() == originals.len() {
                translations.push((*language, lines));
            } else {
                let (original, translated) = (originals.len(), lines.len());
                let problem = problems::translation_length(value.span(), key, original, translated);
                self.report(problem);
            }
        }
        let text = |(index, original): (usize, Value<'d>)| {
            let translated = |(language, lines): &(&LanguageCode, Vec<Value<'d>>)| {
                Some(((*language).clone(), lines[index].line()?))
            };
            let translations = translations.iter().filter_map(translated).collect();
            let language = self.languages.first()?.clone();
            Some(Text::new(TextKind::Line, language, original.line()?, translations))
        };
        let texts: Vec<Text> = originals.into_iter().enumerate().filter_map(text).collect();
        texts.iter().for_each(|text| self.record(key, text));
        texts
    }

    /// Returns a text that only translations have, with its language.
    pub fn line_of_translations(&self, key: &'static str) -> Vec<(LanguageCode, Passage)> {
        let declared = self.declared(key);
        let ValueType::LineOfTranslations = declared.value_type else { mismatch(declared) };
        let line = |translation: &Translation<'d>| {
            let value = self.document.value(translation.entries, key)?;
            Some((translation.language.clone(), value.line()?))
        };
        self.translations.iter().filter_map(line).collect()
    }

    /// Returns a text that is the same in every language: a name, a path or an address.
    pub fn string(&self, key: &'static str) -> Option<Spanned<String>> {
        let declared = self.declared(key);
        let value_type @ (ValueType::Name
        | ValueType::File
        | ValueType::WebAddress
        | ValueType::FolderAddress
        | ValueType::ContactAddress
        | ValueType::EmailAddress) = declared.value_type
        else {
            mismatch(declared)
        };
        let string = self.value(key)?.string(value_type)?;
        if let ValueType::WebAddress = value_type {
            self.document.add_address(&string);
        }
        Some(string)
    }

    /// Returns a name. Returns a value of the wrong type, which it reports, as it is written: references to it
    /// are not further problems.
    pub fn id(&self, key: &'static str) -> Option<Spanned<String>> {
        self.string(key).or_else(|| self.value(key).map(Value::written))
    }

    /// Returns the number of the line in which the table begins.
    pub fn line(&self) -> usize {
        self.document.line_number(self.span)
    }

    /// Returns a list of names. Where the declaration allows it, one name can stand for a list.
    pub fn strings(&self, key: &'static str) -> Vec<Spanned<String>> {
        let declared = self.declared(key);
        match (declared.value_type, self.value(key)) {
            (ValueType::OneOrMoreNames, Some(value)) if !value.is_list() => {
                value.name().into_iter().collect()
            }
            (ValueType::Names | ValueType::OneOrMoreNames, _) => self.elements(key, Value::name),
            _ => mismatch(declared),
        }
    }

    /// Returns a value of a closed list.
    pub fn choice<T: Term>(&self, key: &'static str) -> Option<Spanned<T>> {
        let declared = self.declared(key);
        match declared.value_type {
            ValueType::Choice(vocabulary) if vocabulary == T::VOCABULARY => {
                self.value(key)?.choice()
            }
            _ => mismatch(declared),
        }
    }

    /// Returns several values of a closed list.
    pub fn choices<T: Term>(&self, key: &'static str) -> Vec<Spanned<T>> {
        let declared = self.declared(key);
        match declared.value_type {
            ValueType::Choices(vocabulary) if vocabulary == T::VOCABULARY => {
                self.elements(key, Value::choice)
            }
            _ => mismatch(declared),
        }
    }

    pub fn language_code(&self, key: &'static str) -> Option<Spanned<LanguageCode>> {
        let declared = self.declared(key);
        let ValueType::LanguageCode = declared.value_type else { mismatch(declared) };
        self.value(key)?.language_code()
    }

    pub fn language_codes(&self, key: &'static str) -> Vec<Spanned<LanguageCode>> {
        let declared = self.declared(key);
        let ValueType::LanguageCodes = declared.value_type else { mismatch(declared) };
        self.elements(key, Value::language_code)
    }

    pub fn date(&self, key: &'static str) -> Option<Spanned<PartialDate>> {
        let declared = self.declared(key);
        let ValueType::Date = declared.value_type else { mismatch(declared) };
        self.value(key)?.date()
    }

    pub fn end_date(&self, key: &'static str) -> Option<Spanned<EndDate>> {
        let declared = self.declared(key);
        let ValueType::EndDate = declared.value_type else { mismatch(declared) };
        self.value(key)?.end_date()
    }

    pub fn boolean(&self, key: &'static str) -> Option<bool> {
        let declared = self.declared(key);
        let ValueType::Boolean = declared.value_type else { mismatch(declared) };
        self.value(key)?.boolean()
    }

    pub fn decimal(&self, key: &'static str) -> Option<Spanned<Quantity>> {
        let declared = self.declared(key);
        let ValueType::Decimal = declared.value_type else { mismatch(declared) };
        self.value(key)?.decimal()
    }

    pub fn number(&self, key: &'static str) -> Option<u16> {
        let declared = self.declared(key);
        let ValueType::Number(lowest, highest) = declared.value_type else { mismatch(declared) };
        self.value(key)?.number(lowest, highest)
    }

    /// Returns a table of which there is at most one.
    pub fn table(&self, key: &'static str) -> Option<Table<'d>> {
        let declared = self.declared(key);
        let (format, shape, expected) = match declared.value_type {
            ValueType::Table(format) => (format, SectionShape::Single, Expected::Section),
            ValueType::InlineTable(format) => {
                let header = self.entries.get(key).and_then(|value| self.header(value));
                let shape = header.map_or(SectionShape::Inline, |_| SectionShape::Single);
                (format, shape, Expected::InlineTable)
            }
            ValueType::Entries => (&TableFormat::EMPTY, SectionShape::Single, Expected::Section),
            _ => mismatch(declared),
        };
        self.inner(self.value(key)?, key, format, shape, expected)
    }

    /// Returns the tables of a list.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'d>> {
        let declared = self.declared(key);
        let value = self.value(key);
        let (format, shape, list, element) = match declared.value_type {
            ValueType::Tables(format) => {
                (format, SectionShape::Repeated, Expected::Sections, Expected::Section)
            }
            ValueType::InlineTables(format) => {
                (format, SectionShape::Inline, Expected::InlineTables, Expected::InlineElement)
            }
            ValueType::OneOrMoreTables(format) => match value {
                Some(value) if value.is_table() => {
                    let table =
                        self.inner(value, key, format, SectionShape::Single, Expected::Section);
                    return table.into_iter().collect();
                }
                _ => (format, SectionShape::Repeated, Expected::Section, Expected::Section),
            },
            _ => mismatch(declared),
        };
        if let Some(value) = value
            && let Some(language) = self.only_language(value, format)
        {
            self.report(problems::translation_without_section(value.span, key, language.as_str()));
            return Vec::new();
        }
        let elements = value.and_then(|value| value.list(list)).unwrap_or_default();
        elements
            .into_iter()
            .filter_map(|value| self.inner(value, key, format, shape, element))
            .collect()
    }

    /// Returns all keys and values of a table whose keys are data.
    pub fn entries(&self) -> impl Iterator<Item = (Spanned<&'d str>, Value<'d>)> {
        self.entries.keys().filter_map(|key| {
            let name = key.get_ref().as_ref();
            let spanned = Spanned { value: name, span: self.document.span(key.span()) };
            Some((spanned, self.value(name)?))
        })
    }

    /// Returns the value of an entry as a table.
    pub fn entry_table(&self, value: Value<'d>, format: &'static TableFormat) -> Option<Table<'d>> {
        let DeValue::Table(entries) = value.value else {
            return value.wrong_type(Expected::InlineTable);
        };
        let path = self.path.section(value.key.to_owned(), SectionShape::Inline);
        Some(Table::new(self.document, path, format, &[], value.span, entries, Vec::new()))
    }

    /// Returns the language of a table that contains nothing but translations.
    fn only_language(&self, value: Value<'d>, format: &TableFormat) -> Option<&'d LanguageCode> {
        format.translated().next()?;
        let DeValue::Table(entries) = value.value else { return None };
        let find = |key: &str| self.languages.iter().find(|language| language.as_str() == key);
        let mut languages = entries.keys().map(|key| find(key.get_ref()));
        let first = languages.next()??;
        languages.all(|language| language.is_some()).then_some(first)
    }

    fn inner(
        &self,
        value: Value<'d>,
        key: impl Into<Cow<'static, str>>,
        format: &'static TableFormat,
        shape: SectionShape,
        expected: Expected,
    ) -> Option<Table<'d>> {
        let DeValue::Table(entries) = value.value else { return value.wrong_type(expected) };
        let outer = self.with_outer();
        let (path, span) = (self.path.section(key, shape), value.span);
        Some(Table::new(self.document, path, format, self.languages, span, entries, outer))
    }

    fn elements<T>(&self, key: &str, read: impl Fn(Value<'d>) -> Option<T>) -> Vec<T> {
        let header = self.entries.get(key).and_then(|value| self.header(value));
        if let Some((span, _)) = header
            && let Some(header) = inner_section(key)
        {
            self.report(problems::section_of_section(span, key, &header));
            return Vec::new();
        }
        let elements = self.value(key).and_then(|value| value.list(Expected::List));
        elements.into_iter().flatten().filter_map(read).collect()
    }

    fn declared(&self, key: &'static str) -> &'static Key {
        self.read.borrow_mut().push(key);
        let declared = self.format.key(key);
        declared.unwrap_or_else(|| panic!("`{key}` is not declared in {}", self.path))
    }

    /// Notes a text, for the checks of every text.
    fn record(&self, key: &'static str, text: &Text) {
        let is_written = |language: &LanguageCode| {
            let mut translations = self.translations.iter();
            match translations.find(|translation| translation.language == language) {
                Some(Translation { entries, .. }) => {
                    entries.contains_key(key) || has_misspelt(entries, key, self.format)
                }
                None => self.has(language.as_str()),
            }
        };
        if self.format.key(key).is_some_and(|key| key.may_lack_translation) {
            return;
        }
        let others = self.languages.get(1..).unwrap_or_default().iter();
        let untranslated = others.filter(|language| !is_written(language)).cloned().collect();
        self.texts.borrow_mut().push(WrittenText { key, text: text.clone(), untranslated });
    }

    /// Reports missing and unknown keys of the table and its translations, translations without an
    /// original, and tables that are named after a language that the site does not have.
    pub fn finish(self) {
        let read = self.read.borrow();
        if cfg!(debug_assertions) {
            let unread = self.format.keys.iter().find(|key| !read.contains(&key.name));
            assert!(unread.is_none(), "{}: `{}` is not read", self.path, unread.unwrap().name);
        }
        self.check_translations();
        let mut missing: Vec<&str> = self
            .format
            .keys
            .iter()
            .filter(|key| key.is_required && !self.has(key.name))
            .map(|key| key.name)
            .collect();
        let known: Vec<&str> = self.format.originals().map(|key| key.name).collect();
        let languages = self.check_languages();
        let inside =
            Inside { path: &self.path, entries: self.entries, known: &known, outer: &self.outer };
        let block = self.second_block(&inside);
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            if known.contains(&name) || languages.contains(&name) {
                continue;
            }
            // A misspelt key is not also reported as missing.
            let meant = problems::words::closest(name, missing.iter().copied());
            if self.report_unknown(key, &inside, block) {
                missing.retain(|&key| Some(key) != meant);
            }
        }
        missing.retain(|key| !self.document.is_misplaced(key));
        if !missing.is_empty() {
            self.report(problems::missing_keys(self.span, &self.path, &missing));
        }
        let texts = self.texts.take();
        if !texts.is_empty() {
            self.document.add_texts(TextsOfTable { path: self.path.clone(), texts });
        }
    }

    fn check_translations(&self) {
        let known: Vec<&str> = self.format.translated().map(|key| key.name).collect();
        let outer = self.with_outer();
        for Translation { language, entries } in &self.translations {
            let path = self.path.translation(language);
            let inside = Inside { path: &path, entries, known: &known, outer: &outer };
            let block = self.second_block(&inside);
            for (key, value) in *entries {
                let name = key.get_ref().as_ref();
                if !known.contains(&name) {
                    self.report_unknown(key, &inside, block);
                    continue;
                }
                let has_original = self.has(name)
                    || self.format.originals().all(|key| key.name != name)
                    || self.is_reported_as_missing(name);
                if !has_original {
                    let span = self.document.span(value.span());
                    let problem = problems::translation_of_nothing(span, name, language.as_str());
                    self.report(problem);
                }
            }
        }
    }

    /// Whether a missing key is a problem of the table in the default language: it is required, or
    /// the table contains a misspelt form of it.
    fn is_reported_as_missing(&self, key: &str) -> bool {
        self.format.key(key).is_some_and(|key| key.is_required)
            || has_misspelt(self.entries, key, self.format)
    }

    /// Reports the tables that are named after a language that the site does not have. Returns the
    /// keys that are languages.
    fn check_languages(&self) -> Vec<&'d str> {
        let known: Vec<&str> = self.languages.iter().map(LanguageCode::as_str).collect();
        let mut languages = known.get(1..).unwrap_or_default().to_vec();
        if self.format.translated().next().is_none() {
            return Vec::new();
        }
        for (key, value) in self.entries {
            let name = key.get_ref().as_ref();
            let span = self.document.span(key.span());
            let is_unknown = !languages.contains(&name)
                && self.format.key(name).is_none()
                && inner_section(name).is_none();
            if !value.get_ref().is_table() {
                continue;
            }
            if known.first() == Some(&name) {
                self.report(problems::header_for_default_language(span, &self.path, name));
                languages.push(name);
            } else if is_unknown
                && LanguageCode::parse(name).is_some_and(|code| code.as_str() == name)
            {
                self.report(problems::unknown_language(span, name, &known));
                languages.push(name);
            }
        }
        languages
    }

    /// The tables around those that this table contains.
    fn with_outer(&self) -> Vec<Outer<'d>> {
        let this = Outer { path: self.path.clone(), format: self.format, entries: self.entries };
        self.outer.iter().cloned().chain([this]).collect()
    }

    /// Reports the first key that belongs to a table around `inside` if that table has the key already and
    /// there can be several such tables: another one begins there without its header. Returns the offset of
    /// the key.
    fn second_block(&self, inside: &Inside<'_, 'd>) -> Option<u32> {
        let is_second =
            |outer: &&Outer<'_>| matches!(outer.path.last(), Some((_, SectionShape::Repeated)));
        let keys =
            inside.entries.keys().filter(|key| !inside.known.contains(&key.get_ref().as_ref()));
        let begins = keys.filter_map(|key| {
            let name = key.get_ref().as_ref();
            let outer = inside.owner(name).filter(is_second)?;
            // A second one has the first required key again.
            let first = outer.format.keys.iter().find(|key| key.is_required);
            let may_begin = first.is_none_or(|key| inside.entries.contains_key(key.name));
            let is_written = outer.entries.contains_key(name) && may_begin;
            is_written.then(|| (self.document.span(key.span()), outer))
        });
        let (span, outer) = begins.min_by_key(|(span, _)| span.start)?;
        let (section, _) = outer.path.last()?;
        let line = self.document.line_number(span);
        self.report(problems::block_without_header(span, section, line));
        Some(span.start)
    }

    /// Reports a key that the table at `inside` cannot contain, unless it is in a block without header
    /// that begins at `block`. Returns whether the key belongs to none of the tables around it.
    fn report_unknown(
        &self,
        key: &toml::Spanned<Cow<'_, str>>,
        inside: &Inside<'_, 'd>,
        block: Option<u32>,
    ) -> bool {
        let name = key.get_ref().as_ref();
        let span = self.document.span(key.span());
        let is_inline = matches!(inside.path.last(), Some((_, SectionShape::Inline)));
        // The title of a milestone is a way to say which one a report assesses.
        let is_other = name == "title" && inside.path.to_string() == "[[assessments.milestones]]";
        if is_other {
            self.document.add_misplaced("id");
        }
        let Some(owner) = inside.owner(name).filter(|_| !is_inline && !is_other) else {
            let header = inside.entries.get(name).and_then(|value| self.header(value));
            self.report(match header.filter(|_| inside.path.last().is_none()) {
                Some((span, header)) => {
                    problems::unknown_section(span, inside.path, (name, header), inside.known)
                }
                None => problems::unknown_key(span, inside.path, name, inside.known),
            });
            return true;
        };
        self.document.add_misplaced(name);
        if block.is_some_and(|block| span.start >= block) {
            return false;
        }
        let value = inside.entries.get(name);
        let is_section = |value: &toml::Spanned<DeValue<'_>>| {
            value.get_ref().is_table() || self.header(value).is_some()
        };
        self.report(match value.is_some_and(is_section) {
            true => problems::misplaced_table(span, name, inside.path),
            false => {
                let end = value.map_or(span, |value| self.document.span(value.span()));
                let lines = self.document.line_number(span)..=self.document.last_line_number(end);
                let above = self.first_header(owner);
                problems::misplaced_key(span, name, &owner.path, lines, above)
            }
        });
        false
    }

    /// Returns the first header in a table, with the number of its line.
    fn first_header(&self, outer: &Outer<'d>) -> Option<(&'d str, usize)> {
        let headers = outer.entries.values().filter_map(|value| self.header(value));
        let (span, header) = headers.min_by_key(|(span, _)| span.start)?;
        Some((header, self.document.line_number(span)))
    }

    /// Returns the header of a section, or the first one of several, with its span. Returns `None` for other
    /// values.
    fn header(&self, value: &toml::Spanned<DeValue<'_>>) -> Option<(Span, &'d str)> {
        let range = match value.get_ref() {
            DeValue::Table(_) => value.span(),
            DeValue::Array(elements) => {
                elements.iter().next().filter(|element| element.get_ref().is_table())?.span()
            }
            _ => return None,
        };
        let span = self.document.span(range);
        let text = &self.document.text[span.range()];
        Some((span, text.lines().next()?)).filter(|(_, header)| header.starts_with('['))
    }
}

/// The table of an unknown key.
struct Inside<'t, 'd> {
    path: &'t TablePath,
    entries: &'d DeTable<'d>,
    /// The keys that the table can contain.
    known: &'t [&'static str],
    outer: &'t [Outer<'d>],
}

impl<'t, 'd> Inside<'t, 'd> {
    /// Returns the innermost table around this one that can contain a key.
    fn owner(&self, key: &str) -> Option<&'t Outer<'d>> {
        self.outer.iter().rev().find(|outer| outer.format.key(key).is_some())
    }
}

/// Whether a table contains a misspelt form of a key.
fn has_misspelt(entries: &DeTable<'_>, key: &str, format: &TableFormat) -> bool {
    entries.keys().any(|name| {
        let name = name.get_ref();
        format.key(name).is_none() && problems::words::closest(name, [key]).is_some()
    })
}

/// Our own bug: the caller reads a key with the method for another type.
fn mismatch(key: &Key) -> ! {
    panic!("`{}` is declared as {:?}", key.name, key.value_type)
}
