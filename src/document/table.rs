//! A TOML file, its tables and its values.

use std::borrow::Cow;
use std::cell::RefCell;

use toml::de::{DeTable, DeValue};

use super::syntax::{self, DateGuess};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{EndDate, PartialDate};
use crate::problems;
use crate::source::{Passage, SharedText, Source, SourceId, Span, Spanned};

/// A file that follows TOML.
pub struct Document<'s> {
    source: SourceId,
    /// The whole file.
    text: &'s SharedText,
    /// Bytes before what is read: a byte-order mark.
    offset: usize,
    root: toml::Spanned<DeTable<'s>>,
    diagnostics: RefCell<Diagnostics>,
    /// Keys found below the wrong header, which are therefore not missing where they belong.
    misplaced: RefCell<Vec<String>>,
}

impl<'s> Document<'s> {
    /// Parses a file. One with syntax errors gives all of those and nothing else; one that is not
    /// text gives nothing.
    pub fn parse(source: SourceId, file: &'s Source) -> Result<Self, Diagnostics> {
        if !file.is_readable {
            return Err(Diagnostics::default());
        }
        let whole = &file.text;
        let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
        let offset = whole.len() - text.len();
        let (root, errors) = DeTable::parse_recoverable(text);
        // Within quotes, the marks of Git are no errors of TOML.
        let begins_conflict = |(at, _): (usize, &str)| text[at..].starts_with("<<<<<<< ");
        let mut faults = Vec::new();
        if !errors.is_empty() || text.match_indices('<').any(begins_conflict) {
            faults = syntax::faults(source, text, offset);
        }
        if let (Some(error), []) = (errors.first(), faults.as_slice()) {
            let range = error.span().unwrap_or(0..0);
            let at = Span::new(source, range.start + offset..range.end + offset);
            faults.push(problems::syntax(at));
        }
        if !faults.is_empty() {
            let mut diagnostics = Diagnostics::default();
            faults.into_iter().for_each(|fault| diagnostics.add(fault));
            return Err(diagnostics);
        }
        let (diagnostics, misplaced) = (RefCell::default(), RefCell::default());
        Ok(Document { source, text: whole, offset, root, diagnostics, misplaced })
    }

    /// The table that is the file; `what` names it in messages, as in "the commitment".
    pub fn root(&self, what: &'static str) -> Table<'_> {
        let span = self.span(0..0);
        Table::new(self, what.to_owned(), span, self.root.get_ref(), &[])
    }

    /// What was found wrong while the file was asked.
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

/// A table of a document, and which of its keys were asked for.
pub struct Table<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) what: String,
    span: Span,
    pub(super) entries: &'d DeTable<'d>,
    pub(super) asked: RefCell<Vec<&'static str>>,
    pub(super) missing: RefCell<Vec<&'static str>>,
    /// Keys of the tables around this one.
    pub(super) outer: Vec<&'static str>,
}

impl<'d> Table<'d> {
    fn new(
        document: &'d Document<'d>,
        what: String,
        span: Span,
        entries: &'d DeTable<'d>,
        outer: &[&'static str],
    ) -> Self {
        let (asked, missing) = (RefCell::default(), RefCell::default());
        Table { document, what, span, entries, asked, missing, outer: outer.to_vec() }
    }

    /// Where the table begins: its header, or the beginning of the file.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The value of a key that may be left out.
    pub fn optional(&self, key: &'static str) -> Option<Value<'d>> {
        self.asked.borrow_mut().push(key);
        self.value(key)
    }

    /// The value of a key that must be there; [`Table::finish`] reports it if it is not.
    pub fn required(&self, key: &'static str) -> Option<Value<'d>> {
        let value = self.optional(key);
        if value.is_none() {
            self.missing.borrow_mut().push(key);
        }
        value
    }

    /// The elements of a key that holds a list and may be left out.
    pub fn list(&self, key: &'static str) -> Vec<Value<'d>> {
        self.optional(key).map(Value::list).unwrap_or_default()
    }

    /// The table below `[key]`, which may be left out.
    pub fn table(&self, key: &'static str) -> Option<Table<'d>> {
        self.optional(key)?.table(format!("`[{key}]`"), &self.keys_for_inner())
    }

    /// The tables below each `[[key]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'d>> {
        let outer = self.keys_for_inner();
        let entries = self.list(key);
        entries
            .into_iter()
            .filter_map(|entry| entry.table(format!("`[[{key}]]`"), &outer))
            .collect()
    }

    /// Reports the keys that are missing, and those that nobody asked for.
    pub fn finish(self) {
        self.finish_but(&[]);
    }

    /// The same, where the keys in `named` are data and were seen to.
    pub(super) fn finish_but(self, named: &[&str]) {
        let asked = self.asked.take();
        let mut missing = self.missing.take();
        missing.retain(|key| !self.document.misplaced.borrow().iter().any(|found| found == key));
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            let at = self.document.span(key.span());
            if asked.contains(&name) || named.contains(&name) {
                continue;
            }
            if self.outer.contains(&name) {
                self.document.misplaced.borrow_mut().push(name.to_owned());
                let header = self.what.trim_matches('`');
                let is_table = self.value(name).is_some_and(Value::is_table);
                self.document.report(match is_table {
                    true => problems::misplaced_table(at, name, header),
                    false => problems::misplaced_key(at, name, header),
                });
                continue;
            }
            // A misspelt key is one mistake, not also a missing one.
            let meant = problems::words::closest(name, missing.iter().copied());
            missing.retain(|&key| Some(key) != meant);
            self.document.report(problems::unknown_key(at, &self.what, name, &asked));
        }
        if !missing.is_empty() {
            self.document.report(problems::missing_keys(self.span, &self.what, &missing));
        }
    }

    /// Every key and its value, for a table whose keys are data.
    pub fn entries(&self) -> impl Iterator<Item = (Spanned<&'d str>, Value<'d>)> {
        self.entries.keys().filter_map(|key| {
            let name = key.get_ref().as_ref();
            let spanned = Spanned { value: name, span: self.document.span(key.span()) };
            Some((spanned, self.value(name)?))
        })
    }

    /// Whether one of these keys is there, whatever it holds.
    pub fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.entries.contains_key(*key))
    }

    /// Adds a problem that the reader of the table found.
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
        self.outer.iter().chain(self.asked.borrow().iter()).copied().collect()
    }
}

/// A value of a key, or one element of its list.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    document: &'d Document<'d>,
    key: &'d str,
    span: Span,
    value: &'d DeValue<'d>,
}

impl<'d> Value<'d> {
    /// Where the value stands.
    pub fn span(self) -> Span {
        self.span
    }

    /// A text of one or many lines.
    pub fn text(self) -> Option<Passage> {
        let DeValue::String(text) = self.value else { return self.wrong_type("text in quotes") };
        let is_hidden = |it: char| it.is_whitespace() || problems::words::is_invisible(it);
        if text.chars().all(is_hidden) {
            self.document.report(problems::empty_text(self.span, self.key));
            return None;
        }
        if let Some(character) = problems::words::first_harmful(text) {
            self.document.report(problems::control_character(self.span, character));
            return None;
        }
        Some(match text {
            // The parser copies a text only to resolve escapes in it.
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

    /// A text of one line.
    pub fn line(self) -> Option<Passage> {
        let passage = self.text()?;
        if passage.text.trim_end().contains(['\n', '\r']) {
            self.document.report(problems::line_break(self.span, self.key));
            return None;
        }
        Some(passage)
    }

    /// A name: a text of one line of which only the words matter.
    pub fn name(self) -> Option<Spanned<String>> {
        let passage = self.line()?;
        Some(Spanned { value: passage.text.trim().to_owned(), span: self.span })
    }

    /// One of a closed list of words; `what` names the list, as in "completion level".
    pub fn choice<T: Copy>(self, what: &str, choices: &[(&'static str, T)]) -> Option<Spanned<T>> {
        let written = self.name()?;
        match choices.iter().find(|(name, _)| *name == written.value) {
            Some(&(_, value)) => Some(Spanned { value, span: self.span }),
            None => {
                let known: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
                let problem = problems::unknown_choice(self.span, what, &written.value, &known);
                self.document.report(problem);
                None
            }
        }
    }

    /// A year, month or day; a text or a TOML date.
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
            None => match syntax::as_date(&written) {
                Some(DateGuess::Reordered(date)) => {
                    problems::other_date(self.span, &written, &date.to_string())
                }
                Some(DateGuess::Impossible) => problems::impossible_date(self.span, &written),
                _ => problems::not_a_date(self.span, self.key, &written),
            },
        };
        self.document.report(problem);
        None
    }

    /// A date, or the words "not-applicable".
    pub fn end_date(self) -> Option<Spanned<EndDate>> {
        match self.value {
            DeValue::String(text) if text == "not-applicable" => {
                Some(Spanned { value: EndDate::NotApplicable, span: self.span })
            }
            _ => self.date().map(|date| date.map(EndDate::On)),
        }
    }

    /// `true` or `false`.
    pub fn truth(self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(truth) => Some(*truth),
            _ => self.wrong_type("`true` or `false`"),
        }
    }

    /// A whole number from `lowest` to `highest`.
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

    /// An address on the web.
    pub fn web_address(self) -> Option<Spanned<String>> {
        self.address(&["https://", "http://"])
    }

    /// The address of a folder on the web, below which other addresses can be made.
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

    /// An address that begins with one of `schemes`, as in `https://`. A place of a file or a
    /// script is none, and neither is one with spaces or control characters.
    pub fn address(self, schemes: &[&str]) -> Option<Spanned<String>> {
        let written = self.name()?;
        let rest = schemes.iter().find_map(|scheme| written.value.strip_prefix(scheme));
        let is_address = rest.is_some_and(|rest| {
            !rest.is_empty() && !rest.starts_with('/') && !written.value.contains(is_no_part_of_url)
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

    /// A mailbox: something, an `@`, and a domain with a dot (RFC 5321 allows more than people use).
    pub fn mailbox(self) -> Option<Spanned<String>> {
        let written = self.name()?;
        let is_mailbox = written.value.split_once('@').is_some_and(|(name, domain)| {
            let is_plain = |it: char| it.is_alphanumeric() || "._%+-".contains(it);
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

    /// The elements of a list.
    pub fn list(self) -> Vec<Value<'d>> {
        self.elements().unwrap_or_default()
    }

    /// The elements of a list; `None` if it is no list.
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

    /// Whether the value is a table of keys.
    pub fn is_table(self) -> bool {
        self.value.is_table()
    }

    /// A table of keys; `what` names it in messages.
    pub fn table_called(self, what: &str) -> Option<Table<'d>> {
        self.table(what.to_owned(), &[])
    }

    /// A table; `what` names it in messages, `outer` are the keys of the tables around it.
    pub(super) fn table(self, what: String, outer: &[&'static str]) -> Option<Table<'d>> {
        let DeValue::Table(entries) = self.value else {
            return self.wrong_type("a group of keys");
        };
        Some(Table::new(self.document, what, self.span, entries, outer))
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

/// Whether a text is the address of a folder on the web.
pub fn is_folder_address(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let Some(rest) = rest.filter(|rest| !rest.is_empty() && !rest.starts_with('/')) else {
        return false;
    };
    let last_part = rest.rsplit('/').next().unwrap_or_default();
    let is_page = [".html", ".htm", ".php"].iter().any(|ending| last_part.ends_with(ending));
    !is_page && !rest.contains(is_no_part_of_url) && !rest.contains(['?', '#'])
}

/// Characters that RFC 3986 does not allow in a URL and that could break out of where it stands.
fn is_no_part_of_url(character: char) -> bool {
    character.is_whitespace()
        || problems::words::is_invisible(character)
        || matches!(character, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^')
}
