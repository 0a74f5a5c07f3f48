//! Assessments, and the evidence that supports them.

use std::sync::Arc;

use super::level::AssessedLevel;
use super::location::DocumentLocation;
use super::report::Report;
use super::text::{KeyedText, LanguageCode, Text, texts};

/// What one report says about one commitment.
#[derive(Debug)]
pub struct Assessment {
    pub report: Arc<Report>,
    pub level: AssessedLevel,
    pub texts: AssessmentTexts,
    pub evidence: Box<[Evidence]>,
}

impl Assessment {
    /// Whether both assessments come from one body, so that the newer one replaces the older one.
    pub fn is_on_track_of(&self, other: &Assessment) -> bool {
        let assessor = self.report.assessor;
        assessor == other.report.assessor && assessor.is_one_body()
    }
}

texts! {
    /// The texts of an assessment, which are Markdown.
    pub struct AssessmentTexts {
        /// What was done.
        results,
        /// What will be done next.
        next_steps,
        /// What remains to be done, and what prevents it.
        additional_information,
        /// Why the portal shows this assessment as it does: a remark of the editors, not of the
        /// report.
        note,
    }
}

/// A titled link or file that supports a claim.
#[derive(Debug)]
pub struct Evidence {
    pub title: Text,
    pub location: DocumentLocation,
    /// The language of the document; `None` if the site does not give it.
    pub language: Option<LanguageCode>,
}

impl Evidence {
    pub fn own_texts(&self) -> impl Iterator<Item = KeyedText<'_>> + Clone {
        [("title", Some(&self.title))].into_iter()
    }
}
