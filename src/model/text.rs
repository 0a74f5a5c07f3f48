//! Texts with their translations.

use std::fmt;
use std::sync::Arc;

use crate::source::Passage;

/// A BCP 47 language tag, such as `en`, `mn` or `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageCode(Arc<str>);

impl LanguageCode {
    pub fn new(tag: &str) -> Self {
        LanguageCode(tag.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A text in the site's default language with its translations, which may not cover every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(Arc<Versions>);

#[derive(Debug, PartialEq, Eq)]
struct Versions {
    original: (LanguageCode, Passage),
    translations: Vec<(LanguageCode, Passage)>,
}

impl Text {
    /// Creates a text from the original in `language`, the site's default, and its translations in
    /// the order of the site's languages.
    pub fn new(
        language: LanguageCode,
        passage: Passage,
        translations: Vec<(LanguageCode, Passage)>,
    ) -> Self {
        Text(Arc::new(Versions { original: (language, passage), translations }))
    }

    /// Returns the text in `language`, or the original if there is no translation, and the language
    /// of the returned text.
    pub fn in_language(&self, language: &LanguageCode) -> (&Passage, &LanguageCode) {
        let translated = self.0.translations.iter().find(|(code, _)| code == language);
        let (code, passage) = translated.unwrap_or(&self.0.original);
        (passage, code)
    }

    /// Returns the text in the site's default language.
    pub fn original(&self) -> &Passage {
        &self.0.original.1
    }

    /// Returns the original and then the translations.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        std::iter::once(&self.0.original).chain(&self.0.translations).map(|(_, passage)| passage)
    }

    /// Returns the translations, in the order of the site's languages.
    pub fn translations(&self) -> &[(LanguageCode, Passage)] {
        &self.0.translations
    }
}
