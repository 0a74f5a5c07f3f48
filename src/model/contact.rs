//! The person responsible for a commitment.

use super::text::{KeyedText, Text, texts};

/// The first part of the domain of each provider at which anyone can get an email address.
const PUBLIC_PROVIDERS: [&str; 14] = [
    "aol",
    "gmail",
    "googlemail",
    "gmx",
    "hotmail",
    "icloud",
    "live",
    "mail",
    "outlook",
    "proton",
    "protonmail",
    "ymail",
    "yahoo",
    "yandex",
];

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

/// Whether an email address is at a provider at which anyone can get one.
pub fn is_private_mailbox(address: &str) -> bool {
    let domain = address.rsplit('@').next().unwrap_or_default().to_lowercase();
    let provider = domain.split('.').next().unwrap_or_default();
    // `mail.gov.mn` belongs to an office, `mail.ru` does not.
    let is_public = PUBLIC_PROVIDERS.contains(&provider) && domain.matches('.').count() == 1;
    // Yahoo also has domains of countries, such as `yahoo.co.jp`.
    is_public || provider == "yahoo"
}
