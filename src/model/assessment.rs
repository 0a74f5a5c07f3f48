//! Assessments, and the evidence that supports them.

use std::sync::Arc;

use super::level::AssessedLevel;
use super::location::DocumentLocation;
use super::report::Report;
use super::text::{LanguageCode, Text};

/// What one report says about one commitment. The texts are Markdown.
#[derive(Debug)]
pub struct Assessment {
    pub report: Arc<Report>,
    pub level: AssessedLevel,
    /// What was done.
    pub results: Option<Text>,
    /// What will be done next.
    pub next_steps: Option<Text>,
    /// What remains to be done, and what prevents it.
    pub additional_information: Option<Text>,
    /// Why the portal shows this assessment as it does: a remark of the editors, not of the report.
    pub note: Option<Text>,
    pub evidence: Box<[Evidence]>,
}

/// A titled link or file that supports a claim.
#[derive(Debug)]
pub struct Evidence {
    pub title: Text,
    pub location: DocumentLocation,
    /// The language of the document; `None` if the site does not give it.
    pub language: Option<LanguageCode>,
}
