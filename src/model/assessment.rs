//! What one report says about one commitment, and the evidence for it.

use std::sync::Arc;

use super::level::AssessedLevel;
use super::location::DocumentLocation;
use super::report::Report;
use super::text::{LanguageCode, Text};

/// What one report says of a commitment.
#[derive(Debug)]
pub struct Assessment {
    /// The report.
    pub report: Arc<Report>,
    /// The level it gives, or that it gives none.
    pub level: AssessedLevel,
    /// What was done. Markdown.
    pub results: Option<Text>,
    /// What is to be done next. Markdown.
    pub next_steps: Option<Text>,
    /// What remains, what stands in the way. Markdown.
    pub additional_information: Option<Text>,
    /// How the portal came to show this. Markdown.
    pub note: Option<Text>,
    /// What shows it.
    pub evidence: Box<[Evidence]>,
}

/// A titled link or file that shows what was done.
#[derive(Debug)]
pub struct Evidence {
    /// What is to be seen there.
    pub title: Text,
    /// Where it is.
    pub location: DocumentLocation,
    /// The language that it is in, where the site says so.
    pub language: Option<LanguageCode>,
}
