//! A commitment with its milestones, updates and withdrawal.

use std::sync::Arc;

use super::action_plan::{ActionPlan, Chapter};
use super::agency::Agency;
use super::assessment::{Assessment, Evidence};
use super::contact::Contact;
use super::date::{EndDate, PartialDate};
use super::id::CommitmentId;
use super::level::{AssessedLevel, Assessor, CompletionLevel, Standing};
use super::ogp::{OgpValue, PolicyArea};
use super::text::Text;

/// One promise of an action plan. The keys follow OGP's Commitment Completion Template;
/// `objective`, `description`, `relevance` and `ambition` are Markdown.
#[derive(Debug)]
pub struct Commitment {
    pub id: CommitmentId,
    pub plan: Arc<ActionPlan>,
    pub chapter: Option<Chapter>,
    /// OGP's own identifier, such as `MN0003`.
    pub ogp_id: Option<String>,
    pub title: Text,
    /// The agency that is responsible for carrying out the commitment.
    pub lead: Arc<Agency>,
    /// Other agencies that take part.
    pub supporting: Box<[Arc<Agency>]>,
    /// Non-government actors that take part.
    pub partners: Box<[Text]>,
    pub values: Box<[OgpValue]>,
    pub policy_areas: Box<[PolicyArea]>,
    pub start_date: Option<PartialDate>,
    pub end_date: Option<EndDate>,
    /// The result that the commitment aims at.
    pub objective: Text,
    /// The promise in brief.
    pub description: Text,
    /// How the commitment serves OGP's values.
    pub relevance: Option<Text>,
    /// What will be better once the commitment is completed.
    pub ambition: Option<Text>,
    /// The commitment of an earlier plan that this one continues.
    pub carried_from: Option<CommitmentId>,
    pub contact: Option<Contact>,
    pub withdrawn: Option<Withdrawal>,
    pub milestones: Box<[Milestone]>,
    /// Sorted by the date of the report, oldest first. Dates without a certain order, such as 2015 and
    /// July 2015, are in the order of the file.
    pub assessments: Box<[Assessment]>,
    /// Sorted by date, oldest first.
    pub updates: Box<[Update]>,
    /// Former numbers in the plan. Their addresses redirect to the commitment's page.
    pub aliases: Box<[String]>,
    /// See [`standing`].
    pub standing: Standing,
}

impl Commitment {
    /// Returns the index of the commitment's chapter in its plan, or `None` if it has no chapter.
    pub fn chapter_index(&self) -> Option<usize> {
        let number = &self.chapter.as_ref()?.number;
        self.plan.chapters.iter().position(|chapter| chapter.number == *number)
    }

    /// Returns the newest date of a report that assesses the commitment, of an update or of the
    /// withdrawal.
    pub fn newest_date(&self) -> Option<PartialDate> {
        let assessed = self.assessments.iter().map(|assessment| assessment.report.date);
        let updated = self.updates.iter().map(|update| update.date);
        let withdrawn = self.withdrawn.iter().filter_map(|withdrawal| withdrawal.date);
        assessed.chain(updated).chain(withdrawn).max()
    }

    /// Returns the newest assessment by `assessor`.
    pub fn newest_assessment(&self, assessor: Assessor) -> Option<&Assessment> {
        self.assessments.iter().rfind(|assessment| assessment.report.assessor == assessor)
    }

    /// Returns the newest assessment of each assessor whose level differs from the newest level of
    /// the headline assessor. An assessor that reported no level disagrees with no other.
    pub fn disagreements(&self, headline: Assessor) -> impl Iterator<Item = &Assessment> {
        let newest = self.newest_assessment(headline).map(|assessment| assessment.level);
        let level = newest.filter(|level| *level != AssessedLevel::NotReported);
        Assessor::ALL
            .into_iter()
            .filter(move |&assessor| assessor != headline)
            .filter_map(|assessor| self.newest_assessment(assessor))
            .filter(|assessment| assessment.level != AssessedLevel::NotReported)
            .filter(move |other| level.is_some_and(|level| level != other.level))
    }
}

/// A dated note on progress between reports. The text is Markdown.
#[derive(Debug)]
pub struct Update {
    pub date: PartialDate,
    pub text: Text,
    pub evidence: Box<[Evidence]>,
}

/// One dated step of a commitment. The description is Markdown.
#[derive(Debug)]
pub struct Milestone {
    pub title: Text,
    pub start_date: Option<PartialDate>,
    pub end_date: Option<EndDate>,
    pub level: Option<CompletionLevel>,
    pub description: Option<Text>,
}

/// The government's decision not to carry out a commitment. The reason is Markdown.
#[derive(Debug)]
pub struct Withdrawal {
    pub date: Option<PartialDate>,
    pub reason: Option<Text>,
}

/// Returns what the portal shows for a commitment: *withdrawn*, or else the level in the newest
/// assessment by the headline assessor. `assessments` are sorted by date, oldest first.
pub fn standing(
    withdrawn: Option<&Withdrawal>,
    assessments: &[Assessment],
    headline: Assessor,
) -> Standing {
    if withdrawn.is_some() {
        return Standing::Withdrawn;
    }
    let newest = assessments.iter().rfind(|assessment| assessment.report.assessor == headline);
    newest.map_or(Standing::NotReported, |assessment| assessment.level.into())
}
