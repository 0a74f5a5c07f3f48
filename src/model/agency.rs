//! An agency: the body that carries out a commitment.

use super::id::AgencyId;
use super::text::Text;

/// Who carries a commitment out.
#[derive(Debug)]
pub struct Agency {
    /// The file name.
    pub id: AgencyId,
    /// The file.
    pub file: String,
    /// Its full name.
    pub name: Text,
    /// A name for narrow places.
    pub short_name: Option<Text>,
    /// Its own site.
    pub website: Option<String>,
    /// Ids that it once had, whose addresses lead here.
    pub aliases: Vec<String>,
}
