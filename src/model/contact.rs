//! The person responsible for a commitment.

use super::text::Text;

/// The person responsible for a commitment. A field that the site does not publish is `None`.
#[derive(Debug, Default)]
pub struct Contact {
    pub name: Option<Text>,
    pub role: Option<Text>,
    pub department: Option<Text>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

impl Contact {
    /// Whether every field is `None`.
    pub fn is_empty(&self) -> bool {
        let Contact { name, role, department, email, phone } = self;
        name.is_none()
            && role.is_none()
            && department.is_none()
            && email.is_none()
            && phone.is_none()
    }
}
