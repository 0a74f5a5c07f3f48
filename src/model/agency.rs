//! An agency: the body that carries out a commitment.

use super::id::AgencyId;
use super::text::Text;

/// A government body that carries out commitments.
#[derive(Debug)]
pub struct Agency {
    pub id: AgencyId,
    /// The path relative to the site folder.
    pub file: String,
    /// The full name.
    pub name: Text,
    /// The name for table cells and other narrow places.
    pub short_name: Option<Text>,
    /// The URL of the agency's own site.
    pub website: Option<String>,
    /// Former ids. Their addresses redirect to the agency's page.
    pub aliases: Vec<String>,
}
