//! A TOML document, its tables and its values.

use std::borrow::Cow;
use std::cell::RefCell;

use toml::de::{DeTable, DeValue};

use super::syntax::{self, DateGuess};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{EndDate, PartialDate};
use crate::problems;
use crate::source::{Passage, SharedText, Source, SourceId, Span, Spanned};

/// A parsed TOML file, and the problems found in it so far.
pub struct Document<'s> {
    source: SourceId,
    /// The text of the whole file.
    text: &'s SharedText,
    /// The length in bytes of the byte-order mark, which the parser does not get.
    offset: usize,
    root: toml::Spanned<DeTable<'s>>,
    diagnostics: RefCell<Diagnostics>,
    /// Keys reported below the wrong header. They are not also reported as missing in their own
    /// table.
    misplaced: RefCell<Vec<String>>,
}

impl<'s> Document<'s> {
    /// Parses a file.
    ///
    /// # Errors
    /// Returns every syntax problem of the file. Returns no problems for a file that could not be
    /// read as text, because reading it reported that.
    pub fn parse(source: SourceId, file: &'s Source) -> Result<Self, Diagnostics> {
        if !file.is_readable {
            return Err(Diagnostics::default());
        }
        let whole = &file.text;
        let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
        let offset = whole.len() - text.len();
        let (root, errors) = DeTable::parse_recoverable(text);
        // Within a text of several lines, the conflict markers of Git are valid TOML.
        let is_conflict = |(start, _): (usize, &str)| text[start..].starts_with("<<<<<<< ");
        let mut found = Vec::new();
        if !errors.is_empty() || text.match_indices('<').any(is_conflict) {
            found = syntax::diagnose(source, text, offset);
        }
        if let (Some(error), []) = (errors.first(), found.as_slice()) {
            let range = error.span().unwrap_or(0..0);
            let span = Span::new(source, range.start + offset..range.end + offset);
            found.push(problems::syntax(span));
        }
        if !found.is_empty() {
            let mut diagnostics = Diagnostics::default();
            diagnostics.extend(found);
            return Err(diagnostics);
        }
        let (diagnostics, misplaced) = (RefCell::default(), RefCell::default());
        Ok(Document { source, text: whole, offset, root, diagnostics, misplaced })
    }

    /// Returns the top-level table. `label` names it in messages, as in "the commitment".
    pub fn root(&self, label: &'static str) -> Table<'_> {
        let span = self.span(0..0);
        Table::new(self, label.to_owned(), span, self.root.get_ref(), &[])
    }

    /// Returns the problems found while the tables were read.
    pub fn into_diagnostics(self) -> Diagnostics {
        self.diagnostics.into_inner()
    }

    pub(super) fn report(&self, problem: Diagnostic) {
        self.diagnostics.borrow_mut().add(problem);
    }

    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.source, range.start + self.offset..range.end + self.offset)
    }
}

/// A table of a document, and the keys requested from it so far.
pub struct Table<'d> {
    pub(super) document: &'d Document<'d>,
    /// The name of the table in messages: "the commitment" or "`[contact]`".
    pub(super) label: String,
    span: Span,
    pub(super) entries: &'d DeTable<'d>,
    pub(super) requested: RefCell<Vec<&'static str>>,
    /// The required keys that the table does not contain.
    pub(super) missing: RefCell<Vec<&'static str>>,
    /// The known keys of the tables around this one.
    pub(super) outer: Vec<&'static str>,
}

impl<'d> Table<'d> {
    fn new(
        document: &'d Document<'d>,
        label: String,
        span: Span,
        entries: &'d DeTable<'d>,
        outer: &[&'static str],
    ) -> Self {
        let (requested, missing) = (RefCell::default(), RefCell::default());
        Table { document, label, span, entries, requested, missing, outer: outer.to_vec() }
    }

    /// Returns the span of the header, or the start of the file for the top-level table.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the value of a key, or `None` if the table does not contain it.
    pub fn optional(&self, key: &'static str) -> Option<Value<'d>> {
        self.requested.borrow_mut().push(key);
        self.value(key)
    }

    /// Returns the value of a required key. If it is missing, [`Table::finish`] reports that.
    pub fn required(&self, key: &'static str) -> Option<Value<'d>> {
        let value = self.optional(key);
        if value.is_none() {
            self.missing.borrow_mut().push(key);
        }
        value
    }

    /// Returns the elements of an optional list, or none if the list is missing.
    pub fn list(&self, key: &'static str) -> Vec<Value<'d>> {
        self.optional(key).map(Value::list).unwrap_or_default()
    }

    /// Returns the optional table `[key]`.
    pub fn table(&self, key: &'static str) -> Option<Table<'d>> {
        self.optional(key)?.table(format!("`[{key}]`"), &self.keys_for_inner())
    }

    /// Returns the tables `[[key]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'d>> {
        let outer = self.keys_for_inner();
        let entries = self.list(key);
        entries
            .into_iter()
            .filter_map(|entry| entry.table(format!("`[[{key}]]`"), &outer))
            .collect()
    }

    /// Reports the required keys that are missing and the keys that were not requested.
    pub fn finish(self) {
        self.finish_except(&[]);
    }

    /// Reports the same as [`Table::finish`], except the keys in `handled`.
    pub(super) fn finish_except(self, handled: &[&str]) {
        let requested = self.requested.take();
        let mut missing = self.missing.take();
        missing.retain(|key| {
            !self.document.misplaced.borrow().iter().any(|misplaced| misplaced == key)
        });
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            let span = self.document.span(key.span());
            if requested.contains(&name) || handled.contains(&name) {
                continue;
            }
            if self.outer.contains(&name) {
                self.document.misplaced.borrow_mut().push(name.to_owned());
                let header = self.label.trim_matches('`');
                let is_table = self.value(name).is_some_and(Value::is_table);
                self.document.report(match is_table {
                    true => problems::misplaced_table(span, name, header),
                    false => problems::misplaced_key(span, name, header),
                });
                continue;
            }
            // A misspelt key is not also reported as missing.
            let meant = problems::words::closest(name, missing.iter().copied());
            missing.retain(|&key| Some(key) != meant);
            self.document.report(problems::unknown_key(span, &self.label, name, &requested));
        }
        if !missing.is_empty() {
            self.document.report(problems::missing_keys(self.span, &self.label, &missing));
        }
    }

    /// Iterates over all keys and values, for a table whose keys are data.
    pub fn entries(&self) -> impl Iterator<Item = (Spanned<&'d str>, Value<'d>)> {
        self.entries.keys().filter_map(|key| {
            let name = key.get_ref().as_ref();
            let spanned = Spanned { value: name, span: self.document.span(key.span()) };
            Some((spanned, self.value(name)?))
        })
    }

    /// Whether the table contains at least one of the keys.
    pub fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.entries.contains_key(*key))
    }

    /// Adds a problem that the caller found in the table.
    pub fn report(&self, problem: Diagnostic) {
        self.document.report(problem);
    }

    pub(super) fn value(&self, key: &str) -> Option<Value<'d>> {
        let (key, value) = self.entries.get_key_value(key)?;
        Some(Value {
            document: self.document,
            key: key.get_ref(),
            span: self.document.span(value.span()),
            value: value.get_ref(),
        })
    }

    pub(super) fn keys_for_inner(&self) -> Vec<&'static str> {
        self.outer.iter().chain(self.requested.borrow().iter()).copied().collect()
    }
}

/// The value of a key, or one element of its list. A method that returns `None` has reported why
/// the value is not of the requested kind.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    document: &'d Document<'d>,
    key: &'d str,
    span: Span,
    value: &'d DeValue<'d>,
}

impl<'d> Value<'d> {
    pub fn span(self) -> Span {
        self.span
    }

    /// Returns a text of one or more lines.
    pub fn text(self) -> Option<Passage> {
        let DeValue::String(text) = self.value else { return self.wrong_type("text in quotes") };
        let is_blank =
            |letter: char| letter.is_whitespace() || problems::words::is_invisible(letter);
        if text.chars().all(is_blank) {
            self.document.report(problems::empty_text(self.span, self.key));
            return None;
        }
        if let Some(character) = problems::words::first_harmful(text) {
            self.document.report(problems::control_character(self.span, character));
            return None;
        }
        Some(match text {
            // The parser copies a text only if it contains escape sequences.
            Cow::Borrowed(text) => {
                let whole = self.document.text;
                let start = text.as_ptr() as usize - whole.as_ptr() as usize;
                let text = whole.part(start..start + text.len());
                Passage { text, span: self.span, is_verbatim: true }
            }
            Cow::Owned(text) => {
                Passage { text: text.as_str().into(), span: self.span, is_verbatim: false }
            }
        })
    }

    /// Returns a text of one line.
    pub fn line(self) -> Option<Passage> {
        let passage = self.text()?;
        if passage.text.trim_end().contains(['\n', '\r']) {
            self.document.report(problems::line_break(self.span, self.key));
            return None;
        }
        Some(passage)
    }

    /// Returns a text of one line without the white space around it.
    pub fn name(self) -> Option<Spanned<String>> {
        let passage = self.line()?;
        Some(Spanned { value: passage.text.trim().to_owned(), span: self.span })
    }

    /// Returns one of a closed list of choices. `noun` names the list, as in "completion level".
    pub fn choice<T: Copy>(self, noun: &str, choices: &[(&'static str, T)]) -> Option<Spanned<T>> {
        let written = self.name()?;
        match choices.iter().find(|(name, _)| *name == written.value) {
            Some(&(_, value)) => Some(Spanned { value, span: self.span }),
            None => {
                let known: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
                let problem = problems::unknown_choice(self.span, noun, &written.value, &known);
                self.document.report(problem);
                None
            }
        }
    }

    /// Returns a year, month or day from a text or a TOML date.
    pub fn date(self) -> Option<Spanned<PartialDate>> {
        let written = match self.value {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            _ => return self.wrong_type("a date"),
        };
        let is_number = matches!(self.value, DeValue::Integer(_));
        let problem = match PartialDate::parse(&written) {
            Some(date) if !is_number => return Some(Spanned { value: date, span: self.span }),
            Some(_) => problems::unquoted_date(self.span, self.key, &written),
            None => match syntax::guess_date(&written) {
                Some(DateGuess::Reordered(date)) => {
                    problems::reordered_date(self.span, &written, &date.to_string())
                }
                Some(DateGuess::Impossible) => problems::impossible_date(self.span, &written),
                _ => problems::not_a_date(self.span, self.key, &written),
            },
        };
        self.document.report(problem);
        None
    }

    /// Returns a date, or [`EndDate::NotApplicable`] for the text `not-applicable`.
    pub fn end_date(self) -> Option<Spanned<EndDate>> {
        match self.value {
            DeValue::String(text) if text == "not-applicable" => {
                Some(Spanned { value: EndDate::NotApplicable, span: self.span })
            }
            _ => self.date().map(|date| date.map(EndDate::On)),
        }
    }

    pub fn boolean(self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(value) => Some(*value),
            _ => self.wrong_type("`true` or `false`"),
        }
    }

    /// Returns an integer between `lowest` and `highest`, inclusive.
    pub fn number(self, lowest: i64, highest: i64) -> Option<i64> {
        let DeValue::Integer(number) = self.value else { return self.wrong_type("a number") };
        let digits = number.as_str().replace('_', "");
        let number = i64::from_str_radix(&digits, number.radix()).ok();
        let in_range = number.filter(|number| (lowest..=highest).contains(number));
        if in_range.is_none() {
            let problem = problems::number_out_of_range(self.span, self.key, lowest, highest);
            self.document.report(problem);
        }
        in_range
    }

    /// Returns an `https` or `http` URL.
    pub fn web_address(self) -> Option<Spanned<String>> {
        self.address(&["https://", "http://"])
    }

    /// Returns the URL of a folder, to which the paths of pages can be appended.
    pub fn folder_address(self) -> Option<Spanned<String>> {
        let written = self.web_address()?;
        if !is_folder_address(&written.value) {
            let allowed = "the address of the portal's home page, without `?`, `#` or a file name";
            let problem = problems::not_an_address(self.span, self.key, &written.value, allowed);
            self.document.report(problem);
            return None;
        }
        Some(written)
    }

    /// Returns an address that starts with one of `schemes`, such as `https://`. An address with
    /// white space or with a character that no URL contains is invalid.
    pub fn address(self, schemes: &[&str]) -> Option<Spanned<String>> {
        let written = self.name()?;
        let rest = schemes.iter().find_map(|scheme| written.value.strip_prefix(scheme));
        let is_address = rest.is_some_and(|rest| {
            !rest.is_empty()
                && !rest.starts_with('/')
                && !written.value.contains(is_forbidden_in_url)
        });
        if !is_address {
            let schemes = problems::words::one_of(schemes.iter().copied());
            let allowed = format!("an address that starts with {schemes}");
            let problem = problems::not_an_address(self.span, self.key, &written.value, &allowed);
            self.document.report(problem);
            return None;
        }
        Some(written)
    }

    /// Returns an email address: a name, an `@`, and a domain with a dot. RFC 5321 allows more
    /// forms, but offices do not use them.
    pub fn mailbox(self) -> Option<Spanned<String>> {
        let written = self.name()?;
        let is_mailbox = written.value.split_once('@').is_some_and(|(name, domain)| {
            let is_plain = |letter: char| letter.is_alphanumeric() || "._%+-".contains(letter);
            let has_dot = domain.trim_matches('.').contains('.') && !domain.ends_with('.');
            !name.is_empty()
                && name.chars().all(is_plain)
                && has_dot
                && domain.chars().all(is_plain)
        });
        if !is_mailbox {
            let allowed = "an email address, such as \"office@ministry.gov.mn\"";
            let problem = problems::not_an_address(self.span, self.key, &written.value, allowed);
            self.document.report(problem);
            return None;
        }
        Some(written)
    }

    /// Returns the elements of a list, or none if the value is not a list.
    pub fn list(self) -> Vec<Value<'d>> {
        self.elements().unwrap_or_default()
    }

    /// Returns the elements of a list, or `None` if the value is not a list.
    pub(super) fn elements(self) -> Option<Vec<Value<'d>>> {
        let DeValue::Array(elements) = self.value else {
            return self.wrong_type("a list in `[` `]`");
        };
        let element = |value: &'d toml::Spanned<DeValue<'d>>| Value {
            span: self.document.span(value.span()),
            value: value.get_ref(),
            ..self
        };
        Some(elements.iter().map(element).collect())
    }

    pub fn is_table(self) -> bool {
        self.value.is_table()
    }

    /// Returns a table. `label` names it in messages.
    pub fn as_table(self, label: &str) -> Option<Table<'d>> {
        self.table(label.to_owned(), &[])
    }

    /// Returns a table. `label` names it in messages, and `outer` lists the known keys of the
    /// tables around it.
    pub(super) fn table(self, label: String, outer: &[&'static str]) -> Option<Table<'d>> {
        let DeValue::Table(entries) = self.value else {
            return self.wrong_type("a group of keys");
        };
        Some(Table::new(self.document, label, self.span, entries, outer))
    }

    fn wrong_type<T>(self, expected: &str) -> Option<T> {
        let found = match self.value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number without quotation marks",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a group of keys",
        };
        self.document.report(problems::wrong_type(self.span, self.key, expected, found));
        None
    }
}

/// Whether a text is the `https` or `http` URL of a folder: it has no query, no fragment and no
/// file name.
pub fn is_folder_address(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let Some(rest) = rest.filter(|rest| !rest.is_empty() && !rest.starts_with('/')) else {
        return false;
    };
    let last_part = rest.rsplit('/').next().unwrap_or_default();
    let is_page = [".html", ".htm", ".php"].iter().any(|ending| last_part.ends_with(ending));
    !is_page && !rest.contains(is_forbidden_in_url) && !rest.contains(['?', '#'])
}

/// Whether a character is not allowed in a URL (RFC 3986) and could end the text around the URL,
/// such as an attribute or a Markdown link.
fn is_forbidden_in_url(character: char) -> bool {
    character.is_whitespace()
        || problems::words::is_invisible(character)
        || matches!(character, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^')
}
