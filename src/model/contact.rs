//! The person responsible for a commitment.

use super::text::Text;

/// Who answers for a commitment, as far as the site publishes it.
#[derive(Debug, Default)]
pub struct Contact {
    /// The person.
    pub name: Option<Text>,
    /// What they do there.
    pub role: Option<Text>,
    /// Where in the agency.
    pub department: Option<Text>,
    /// Their mailbox at work.
    pub email: Option<String>,
    /// Their telephone at work.
    pub phone: Option<String>,
}

impl Contact {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        let Contact { name, role, department, email, phone } = self;
        name.is_none()
            && role.is_none()
            && department.is_none()
            && email.is_none()
            && phone.is_none()
    }
}
