//! The settings of a site (`site.toml`).

use super::level::Assessor;
use super::text::{LanguageCode, Text};

/// The settings of a site (`site.toml`).
#[derive(Debug, Clone)]
pub struct Site {
    /// The portal's name.
    pub title: Text,
    /// The address that the portal is published at, with a `/` at its end.
    pub base_url: String,
    /// The languages of the portal; the first is the default, at the root.
    pub languages: Vec<LanguageCode>,
    /// The assessor whose levels the charts show.
    pub headline: Assessor,
    /// The theme's name.
    pub theme: String,
    /// Where the site's files can be edited: an address to which a file's path is added.
    pub repository: Option<String>,
    /// Where to report a mistake: an address or a `mailto:`.
    pub report_mistakes: Option<String>,
    /// Who runs the portal.
    pub publisher: Option<Text>,
    /// What readers may do with the texts and data.
    pub licence: Option<Licence>,
    /// Whether pages have a picture for those who share them.
    pub cards: bool,
    /// One sentence, shown on every page of a translated language, that says what kind of
    /// translation it is.
    pub translation_notes: Vec<(LanguageCode, String)>,
}

impl Site {
    /// The language at the portal's root.
    pub fn default_language(&self) -> &LanguageCode {
        &self.languages[0]
    }

    /// What kind of translation the texts in `language` are.
    pub fn translation_note(&self, language: &LanguageCode) -> Option<&str> {
        let note = self.translation_notes.iter().find(|(code, _)| code == language);
        note.map(|(_, note)| note.as_str())
    }
}

/// A field of a contact that a site may publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactField {
    /// The person's name.
    Name,
    /// What they do.
    Role,
    /// Where in the agency.
    Department,
    /// The mailbox.
    Email,
    /// The telephone.
    Phone,
}

impl ContactField {
    /// The key in `[contact]` with its field.
    pub const ALL: [(&'static str, ContactField); 5] = [
        ("name", ContactField::Name),
        ("role", ContactField::Role),
        ("department", ContactField::Department),
        ("email", ContactField::Email),
        ("phone", ContactField::Phone),
    ];
}

/// What readers may do with the texts and data.
#[derive(Debug, Clone)]
pub struct Licence {
    /// As in `CC BY 4.0`.
    pub title: String,
    /// The licence's text.
    pub url: String,
}
