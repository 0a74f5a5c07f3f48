//! A parsed TOML file, and what was found in it so far.

use std::cell::RefCell;

use toml::de::DeTable;

use super::syntax;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::TablePath;
use crate::model::{LanguageCode, Text};
use crate::problems;
use crate::source::{SharedText, Source, SourceId, Span, Spanned, line_number};

/// A parsed TOML file.
pub struct Document<'s> {
    source: SourceId,
    /// The text of the whole file.
    pub(super) text: &'s SharedText,
    /// The length in bytes of the byte-order mark, which the parser does not get.
    offset: usize,
    pub(super) root: toml::Spanned<DeTable<'s>>,
    diagnostics: RefCell<Diagnostics>,
    texts: RefCell<Vec<TextsOfTable>>,
    /// The addresses of pages of other sites.
    addresses: RefCell<Vec<Spanned<String>>>,
    /// Keys reported below the wrong header. They are not also reported as missing in their own
    /// table.
    misplaced: RefCell<Vec<String>>,
}

/// The texts of one table.
pub struct TextsOfTable {
    pub path: TablePath,
    pub texts: Vec<WrittenText>,
}

/// A text as written.
pub struct WrittenText {
    pub key: &'static str,
    pub text: Text,
    /// The site's languages in which nothing is written for the key, not even with a mistake.
    pub untranslated: Vec<LanguageCode>,
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
        Ok(Document {
            source,
            text: whole,
            offset,
            root,
            diagnostics: RefCell::default(),
            texts: RefCell::default(),
            addresses: RefCell::default(),
            misplaced: RefCell::default(),
        })
    }

    /// Returns the problems, and the texts of every table that was read.
    pub fn into_parts(self) -> (Diagnostics, Vec<TextsOfTable>) {
        (self.diagnostics.into_inner(), self.texts.into_inner())
    }

    /// Takes out the addresses of pages of other sites, outside texts, that were read so far.
    pub fn take_addresses(&self) -> Vec<Spanned<String>> {
        self.addresses.take()
    }

    pub(super) fn add_address(&self, address: &Spanned<String>) {
        self.addresses.borrow_mut().push(address.clone());
    }

    pub(super) fn report(&self, problem: Diagnostic) {
        self.diagnostics.borrow_mut().add(problem);
    }

    pub(super) fn add_texts(&self, texts: TextsOfTable) {
        self.texts.borrow_mut().push(texts);
    }

    pub(super) fn add_misplaced(&self, key: &str) {
        self.misplaced.borrow_mut().push(key.to_owned());
    }

    pub(super) fn is_misplaced(&self, key: &str) -> bool {
        self.misplaced.borrow().iter().any(|misplaced| misplaced == key)
    }

    /// Returns the number of the line in which a span starts, counted from 1.
    pub(super) fn line_number(&self, span: Span) -> usize {
        line_number(self.text, span.start as usize)
    }

    /// Returns the number of the line in which a span ends, counted from 1.
    pub(super) fn last_line_number(&self, span: Span) -> usize {
        line_number(self.text, span.end as usize)
    }

    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.source, range.start + self.offset..range.end + self.offset)
    }
}
