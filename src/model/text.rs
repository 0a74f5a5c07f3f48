//! Texts with their translations.

use std::fmt;
use std::sync::Arc;

use icu::locale::{LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleExpander};

use crate::source::Passage;

/// A BCP 47 language tag, such as `en`, `mn` or `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageCode(Arc<str>);

impl LanguageCode {
    /// Parses a tag: a language of two or three letters, then for example a script or a region. The
    /// result has the usual form, in which only regions are in capital letters. Returns `None` for
    /// any other text.
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.split('-').next().unwrap_or_default();
        let locale = tag.parse::<Locale>().ok()?;
        matches!(language.len(), 2 | 3).then(|| LanguageCode(locale.to_string().into()))
    }

    /// Returns the most spoken language of the country with a code, such as `ka` for `GE` (Unicode CLDR,
    /// likely subtags).
    pub fn of_country(code: &str) -> Option<Self> {
        let region = code.parse().ok()?;
        let mut id = LanguageIdentifier::UNKNOWN;
        id.region = Some(region);
        LocaleExpander::new_common().maximize(&mut id);
        (!id.language.is_unknown()).then(|| LanguageCode(id.language.to_string().into()))
    }

    /// Returns the usual code of a language for any of its codes, such as `mn` for `mon` (Unicode CLDR,
    /// aliases).
    pub fn shortest(code: &str) -> Option<Self> {
        let mut locale = code.to_lowercase().parse::<Locale>().ok()?;
        LocaleCanonicalizer::new_common().canonicalize(&mut locale);
        Some(LanguageCode(locale.to_string().into()))
    }

    /// English: the language of a site whose settings name none.
    pub fn english() -> Self {
        LanguageCode("en".into())
    }

    /// Returns the tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// One line without markup.
    Line,
    /// Markdown, in a key of a TOML file.
    Markdown,
    /// The body of an article: Markdown that must not contain a second title.
    Article,
}

/// A text in the site's default language with its translations, which may not cover every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(Arc<Versions>);

#[derive(Debug, PartialEq, Eq)]
struct Versions {
    kind: TextKind,
    original: (LanguageCode, Passage),
    translations: Vec<(LanguageCode, Passage)>,
}

impl Text {
    /// Creates a text from the original in `language`, the site's default, and its translations in
    /// the order of the site's languages.
    pub fn new(
        kind: TextKind,
        language: LanguageCode,
        passage: Passage,
        translations: Vec<(LanguageCode, Passage)>,
    ) -> Self {
        Text(Arc::new(Versions { kind, original: (language, passage), translations }))
    }

    pub fn kind(&self) -> TextKind {
        self.0.kind
    }

    /// Returns the text in `language`, or the original if there is no translation, and the language
    /// of the returned text.
    pub fn in_language(&self, language: &LanguageCode) -> (&Passage, &LanguageCode) {
        let translated = self.0.translations.iter().find(|(code, _)| code == language);
        let (code, passage) = translated.unwrap_or(&self.0.original);
        (passage, code)
    }

    /// Returns the text in `language`, if it is written in it.
    pub fn passage_in(&self, language: &LanguageCode) -> Option<&Passage> {
        let (passage, code) = self.in_language(language);
        (code == language).then_some(passage)
    }

    /// Returns the text in the site's default language.
    pub fn original(&self) -> &Passage {
        &self.0.original.1
    }

    /// Returns the text in the site's default language without the white space around it.
    pub fn trimmed_original(&self) -> &str {
        self.original().text.trim()
    }

    /// Returns the original and then the translations.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        std::iter::once(&self.0.original).chain(&self.0.translations).map(|(_, passage)| passage)
    }

    /// Whether the text is this one in any language, apart from the white space around it.
    pub fn has_version(&self, text: &str) -> bool {
        self.passages().any(|passage| passage.text.trim() == text)
    }

    /// Returns the translations, in the order of the site's languages.
    pub fn translations(&self) -> &[(LanguageCode, Passage)] {
        &self.0.translations
    }
}

/// A key of the file format with its text, if there is one.
pub type KeyedText<'t> = (&'static str, Option<&'t Text>);

/// Declares a struct of optional texts, one for each key. A draft and the portal share the struct,
/// because an optional text needs no check: a new text is one line here.
macro_rules! texts {
    (
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$meaning:meta])* $key:ident,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone)]
        pub struct $name {
            $($(#[$meaning])* pub $key: Option<Text>,)*
        }

        impl $name {
            /// Reads each text by its key.
            pub fn read(mut text: impl FnMut(&'static str) -> Option<Text>) -> Self {
                $name { $($key: text(stringify!($key)),)* }
            }

            /// Returns every key, with its text if there is one.
            pub fn all(&self) -> impl Iterator<Item = KeyedText<'_>> + Clone {
                [$((stringify!($key), self.$key.as_ref()),)*].into_iter()
            }
        }
    };
}

pub(super) use texts;
