//! Reports, which assess commitments, and their sections.

use std::sync::Arc;

use strum::{IntoStaticStr, VariantArray};

use super::action_plan::ActionPlan;
use super::assessor::Assessor;
use super::date::PartialDate;
use super::id::ReportId;
use super::location::DocumentLocation;
use super::text::{KeyedText, Text, texts};

/// What a report is in OGP's cycle. OGP's dataset has columns for some kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum ReportKind {
    MidtermSelfAssessment,
    EndOfTermSelfAssessment,
    Design,
    Progress,
    EndOfTerm,
    Transitional,
    ActionPlanReview,
    MidtermReview,
    Results,
    MonitoringBody,
    Scorecard,
}

impl ReportKind {
    /// Returns the name in files and data.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A published document that assesses commitments of one action plan.
#[derive(Debug)]
pub struct Report {
    pub id: ReportId,
    /// The path relative to the site folder.
    pub file: String,
    pub title: Text,
    pub assessor: Arc<Assessor>,
    /// `None` if it is not known.
    pub kind: Option<ReportKind>,
    pub plan: Arc<ActionPlan>,
    /// The date of publication.
    pub date: PartialDate,
    pub location: Option<DocumentLocation>,
    /// Whether only some of the report's assessments are entered in the portal.
    pub partial: bool,
    pub texts: ReportTexts,
    /// The sections that do not assess a commitment, such as the introduction.
    pub sections: Vec<Section>,
}

texts! {
    /// The optional texts of a report, which are Markdown.
    pub struct ReportTexts {
        /// How the portal reads the report: a remark of the editors, not of the report.
        note,
    }
}

/// A section of a report. The text is Markdown.
#[derive(Debug, Clone)]
pub struct Section {
    pub title: Text,
    pub text: Option<Text>,
}
