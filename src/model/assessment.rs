//! Assessments, and the evidence that supports them.

use std::sync::Arc;

use strum::{IntoStaticStr, VariantArray};

use super::date::PartialDate;
use super::irm::IrmCodes;
use super::level::{AssessedLevel, CompletionLevel};
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
    /// What stands in the way.
    pub challenges: Box<[Challenge]>,
    /// The codes of the Independent Reporting Mechanism.
    pub irm: Option<IrmCodes>,
    /// What the report says about milestones of the commitment.
    pub milestones: Box<[AssessedMilestone]>,
}

/// What a report says about one milestone.
#[derive(Debug)]
pub struct AssessedMilestone {
    /// The index of the milestone in its commitment.
    pub index: usize,
    pub level: CompletionLevel,
    pub texts: AssessedMilestoneTexts,
}

texts! {
    /// The optional texts of an assessed milestone, which are Markdown.
    pub struct AssessedMilestoneTexts {
        /// What the report says about it.
        note,
    }
}

/// What stands in the way of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Challenge {
    Funding,
    Resources,
    Priorities,
    Approvals,
    Dependency,
    Law,
    Other,
}

impl Challenge {
    /// Returns the name in files and data.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl Assessment {
    /// Returns what the report says about a milestone, by the index of the milestone in the commitment.
    pub fn milestone(&self, index: usize) -> Option<&AssessedMilestone> {
        self.milestones.iter().find(|milestone| milestone.index == index)
    }

    /// Returns every text of the assessment with its key.
    pub fn all_texts(&self) -> impl Iterator<Item = KeyedText<'_>> {
        let evidence = self.evidence.iter().flat_map(Evidence::own_texts);
        let milestones = self.milestones.iter().flat_map(|milestone| milestone.texts.all());
        self.texts.all().chain(evidence).chain(milestones)
    }

    /// Whether both assessments come from one body, so that the newer one replaces the older one.
    pub fn is_on_track_of(&self, other: &Assessment) -> bool {
        let assessor = &self.report.assessor;
        assessor.id == other.report.assessor.id && assessor.is_one_body()
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
    /// The URL of a permanent copy.
    pub archived: Option<String>,
    /// When the document was seen at its address.
    pub accessed: Option<PartialDate>,
}

impl Evidence {
    pub fn own_texts(&self) -> impl Iterator<Item = KeyedText<'_>> + Clone {
        [("title", Some(&self.title))].into_iter()
    }
}
