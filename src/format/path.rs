//! The position of a table in a file.

use std::borrow::Cow;
use std::fmt;

use super::declaration::Kind;
use crate::model::LanguageCode;

/// The position of a table in a file: the sections that lead to it, and its language if it contains
/// translations. Displays as the header that an editor writes, such as `[[assessments]]` or
/// `[assessments.mn]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePath {
    pub kind: Kind,
    sections: Vec<(Cow<'static, str>, SectionShape)>,
    language: Option<LanguageCode>,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionShape {
    /// Below a header in single brackets.
    Single,
    /// Below a header in double brackets, any number of times.
    Repeated,
    /// In braces, on the line of its key.
    Inline,
}

impl TablePath {
    /// Returns the path of the table that a whole file is.
    pub fn root(kind: Kind) -> Self {
        TablePath { kind, sections: Vec::new(), language: None }
    }

    /// Returns the path of a table within this one.
    pub fn section(&self, key: impl Into<Cow<'static, str>>, shape: SectionShape) -> Self {
        let mut inner = self.clone();
        inner.sections.push((key.into(), shape));
        inner
    }

    /// Returns the path of the table with the translations of this one into a language.
    pub fn translation(&self, language: &LanguageCode) -> Self {
        TablePath { language: Some(language.clone()), ..self.clone() }
    }

    pub fn language(&self) -> Option<&LanguageCode> {
        self.language.as_ref()
    }

    /// Returns the key and the shape of the innermost section, or `None` for a whole file.
    pub fn last(&self) -> Option<(&str, SectionShape)> {
        self.sections.last().map(|(key, shape)| (key.as_ref(), *shape))
    }
}

impl fmt::Display for TablePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = self.sections.iter().map(|(key, _)| key.as_ref());
        let keys: Vec<&str> =
            keys.chain(self.language.as_ref().map(LanguageCode::as_str)).collect();
        let keys = keys.join(".");
        match (self.last(), &self.language) {
            (Some((_, SectionShape::Repeated)), None) => write!(out, "[[{keys}]]"),
            _ => write!(out, "[{keys}]"),
        }
    }
}
