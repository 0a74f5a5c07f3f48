//! The person responsible for a commitment.

use super::text::{KeyedText, Text, texts};

/// The person responsible for a commitment. A field that the site does not publish is `None`.
#[derive(Debug)]
pub struct Contact {
    pub texts: ContactTexts,
    pub email: Option<String>,
    pub phone: Option<String>,
}

texts! {
    /// What a contact says in words.
    pub struct ContactTexts {
        /// The person's name.
        name,
        /// The person's position.
        role,
        /// The part of the agency.
        department,
    }
}

impl Contact {
    /// Whether every field is `None`.
    pub fn is_empty(&self) -> bool {
        let Contact { texts, email, phone } = self;
        texts.all().all(|(_, text)| text.is_none()) && email.is_none() && phone.is_none()
    }
}
