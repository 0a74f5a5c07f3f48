//! The settings of a site that pages and data show.

use std::sync::Arc;

use strum::{IntoStaticStr, VariantArray};

use super::assessor::Assessor;
use super::text::{LanguageCode, Text};

/// The settings in `site.toml`, without those that only checks use.
#[derive(Debug, Clone)]
pub struct Site {
    pub title: Text,
    /// The URL of the portal's home page: a URI in ASCII that ends with `/`.
    pub base_url: String,
    /// The languages of the portal. The first is the default; its pages are at the root.
    pub languages: Vec<LanguageCode>,
    /// The assessor whose levels the charts show.
    pub headline: Arc<Assessor>,
    /// The code of the country (ISO 3166-1 alpha-2).
    pub country: Option<String>,
    pub level_of_government: Option<LevelOfGovernment>,
    /// The name of the theme's folder.
    pub theme: String,
    /// The URL at which the site's files can be edited. A file's path is appended to it.
    pub repository: Option<String>,
    /// The address at which readers report mistakes: `https:`, `http:` or `mailto:`.
    pub report_mistakes: Option<String>,
    /// The body that runs the portal.
    pub publisher: Option<Text>,
    pub licence: Option<Licence>,
    /// Whether pages have a share image.
    pub cards: bool,
    pub links: LinkStyle,
    /// Whether search engines are asked to leave the portal out, as in a preview.
    pub noindex: bool,
    /// For each translated language, a sentence on the kind of translation, such as "machine
    /// translation". Every page in the language shows it.
    pub translation_notes: Vec<(LanguageCode, String)>,
}

impl Site {
    pub fn default_language(&self) -> &LanguageCode {
        &self.languages[0]
    }

    /// Returns the sentence on the kind of translation for pages in `language`.
    pub fn translation_note(&self, language: &LanguageCode) -> Option<&str> {
        let note = self.translation_notes.iter().find(|(code, _)| code == language);
        note.map(|(_, note)| note.as_str())
    }
}

/// Whose commitments the portal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum LevelOfGovernment {
    National,
    Local,
}

impl LevelOfGovernment {
    /// Returns the name in files and data.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// What links between pages end with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum LinkStyle {
    /// With the folder of the page, for which a web server sends the page.
    Folders,
    /// With `index.html`, for hosts that do not, and for pages that are opened as files.
    Files,
}

impl LinkStyle {
    /// Returns the name in files.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A field of a contact that a site may publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactField {
    Name,
    Role,
    Department,
    Email,
    Phone,
}

impl ContactField {
    pub const ALL: [ContactField; 5] = [
        ContactField::Name,
        ContactField::Role,
        ContactField::Department,
        ContactField::Email,
        ContactField::Phone,
    ];

    /// Returns the key in `[contact]`.
    pub fn name(self) -> &'static str {
        match self {
            ContactField::Name => "name",
            ContactField::Role => "role",
            ContactField::Department => "department",
            ContactField::Email => "email",
            ContactField::Phone => "phone",
        }
    }
}

/// The licence of the portal's texts and data.
#[derive(Debug, Clone)]
pub struct Licence {
    /// The short name, such as `CC BY 4.0`.
    pub title: String,
    /// The URL of the licence's text.
    pub url: String,
}
