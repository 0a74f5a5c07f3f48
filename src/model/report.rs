//! A report that assesses commitments.

use std::sync::Arc;

use super::action_plan::ActionPlan;
use super::date::PartialDate;
use super::id::ReportId;
use super::level::Assessor;
use super::location::DocumentLocation;
use super::text::Text;

/// A published document that judges commitments.
#[derive(Debug)]
pub struct Report {
    /// The file name.
    pub id: ReportId,
    /// The file.
    pub file: String,
    /// Its name.
    pub title: Text,
    /// Who judges in it.
    pub assessor: Assessor,
    /// The plan that it judges.
    pub plan: Arc<ActionPlan>,
    /// When it was published.
    pub date: PartialDate,
    /// Where it can be read.
    pub location: Option<DocumentLocation>,
    /// That only a part of it is entered in this portal.
    pub partial: bool,
    /// Its own sections besides the commitments.
    pub sections: Vec<Section>,
}

/// A section of a report.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its heading.
    pub title: Text,
    /// What it says. Markdown.
    pub text: Option<Text>,
}
