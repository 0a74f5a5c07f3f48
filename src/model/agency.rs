//! An agency: the body that carries out a commitment.

use strum::{IntoStaticStr, VariantArray};

use super::date::PartialDate;
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
    /// When it was founded.
    pub from: Option<PartialDate>,
    /// When it was abolished.
    pub until: Option<PartialDate>,
    /// Sorted by date, oldest first.
    pub former_names: Vec<FormerName>,
    /// The agencies that took over its work.
    pub became: Vec<Succession>,
}

/// A name that an agency had.
#[derive(Debug)]
pub struct FormerName {
    pub name: Text,
    /// The last date on which it had the name.
    pub until: PartialDate,
}

/// An agency that took over the work of another.
#[derive(Debug)]
pub struct Succession {
    pub agency: AgencyId,
    pub date: PartialDate,
    pub kind: Option<SuccessionKind>,
}

/// How an agency became another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum SuccessionKind {
    Renamed,
    Merged,
    Split,
}

impl SuccessionKind {
    /// Returns the name in files and data.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl Agency {
    /// Returns the name that the agency had on a date.
    pub fn name_on(&self, date: PartialDate) -> &Text {
        let former = self.former_names.iter().find(|former| !former.until.is_before(date));
        former.map_or(&self.name, |former| &former.name)
    }
}
