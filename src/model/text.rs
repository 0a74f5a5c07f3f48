//! Words in several languages.

use std::fmt;
use std::sync::Arc;

use crate::source::Passage;

/// A BCP 47 language tag, as in `en`, `mn` or `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageCode(Arc<str>);

impl LanguageCode {
    /// Takes a tag.
    pub fn new(tag: &str) -> Self {
        LanguageCode(tag.into())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A text in the site's default language, and in those others that somebody translated it to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(Arc<Versions>);

#[derive(Debug, PartialEq, Eq)]
struct Versions {
    original: (LanguageCode, Passage),
    translations: Vec<(LanguageCode, Passage)>,
}

impl Text {
    /// A text and its translations.
    pub fn new(
        language: LanguageCode,
        passage: Passage,
        translations: Vec<(LanguageCode, Passage)>,
    ) -> Self {
        Text(Arc::new(Versions { original: (language, passage), translations }))
    }

    /// The text in `language`, or else as it was first written; and the language that it is in.
    pub fn in_language(&self, language: &LanguageCode) -> (&Passage, &LanguageCode) {
        let translated = self.0.translations.iter().find(|(code, _)| code == language);
        let (code, passage) = translated.unwrap_or(&self.0.original);
        (passage, code)
    }

    /// The text in the site's default language.
    pub fn original(&self) -> &Passage {
        &self.0.original.1
    }

    /// The text in every language that it is written in, the original first.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        std::iter::once(&self.0.original).chain(&self.0.translations).map(|(_, passage)| passage)
    }

    /// The translations, in the order of the site's languages.
    pub fn translations(&self) -> &[(LanguageCode, Passage)] {
        &self.0.translations
    }
}
