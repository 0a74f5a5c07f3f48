//! One promise, and what became of it.

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

/// One promise of an action plan. The texts follow OGP's Commitment Completion Template.
#[derive(Debug)]
pub struct Commitment {
    /// Its plan and its number there.
    pub id: CommitmentId,
    /// The plan.
    pub plan: Arc<ActionPlan>,
    /// The chapter of the plan.
    pub chapter: Option<Chapter>,
    /// OGP's own identifier, as in `MN0003`.
    pub ogp_id: Option<String>,
    /// The promise in plain words.
    pub title: Text,
    /// The agency that carries it out.
    pub lead: Arc<Agency>,
    /// Agencies that help.
    pub supporting: Box<[Arc<Agency>]>,
    /// Actors outside the government.
    pub partners: Box<[Text]>,
    /// Which of OGP's values it serves.
    pub values: Box<[OgpValue]>,
    /// Which of OGP's policy areas it belongs to.
    pub policy_areas: Box<[PolicyArea]>,
    /// When work begins.
    pub start_date: Option<PartialDate>,
    /// When it is due.
    pub end_date: Option<EndDate>,
    /// What it is to achieve. Markdown.
    pub objective: Text,
    /// What is promised, in short. Markdown.
    pub description: Text,
    /// How it serves OGP's values. Markdown.
    pub relevance: Option<Text>,
    /// What will be better when it is done. Markdown.
    pub ambition: Option<Text>,
    /// The commitment of an earlier plan that it continues.
    pub carried_from: Option<CommitmentId>,
    /// Who answers for it.
    pub contact: Option<Contact>,
    /// That the government dropped it.
    pub withdrawn: Option<Withdrawal>,
    /// Its dated steps.
    pub milestones: Box<[Milestone]>,
    /// What reports say of it, oldest first.
    pub assessments: Box<[Assessment]>,
    /// Notes on progress between reports, oldest first.
    pub updates: Box<[Update]>,
    /// Numbers that it once had, whose addresses lead here.
    pub aliases: Box<[String]>,
    /// What the headline assessor's newest report says of it, or that it was withdrawn.
    pub standing: Standing,
}

impl Commitment {
    /// The place of its chapter among those of its plan; `None` if it is in none.
    pub fn chapter_index(&self) -> Option<usize> {
        let own = self.chapter.as_ref()?;
        self.plan.chapters.iter().position(|chapter| chapter.number == own.number)
    }

    /// The newest date of a report that judges it, of an update or of its withdrawal.
    pub fn newest_date(&self) -> Option<PartialDate> {
        let assessments = self.assessments.iter().map(|it| it.report.date);
        let updates = self.updates.iter().map(|update| update.date);
        let withdrawn = self.withdrawn.iter().filter_map(|it| it.date);
        assessments.chain(updates).chain(withdrawn).max()
    }

    /// What `assessor` last said of it.
    pub fn newest_assessment(&self, assessor: Assessor) -> Option<&Assessment> {
        self.assessments.iter().rfind(|assessment| assessment.report.assessor == assessor)
    }

    /// The newest assessments of other assessors that find something else than the headline
    /// assessor's newest. Who has said nothing disagrees with nobody.
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

/// A dated note on progress between reports.
#[derive(Debug)]
pub struct Update {
    /// When it was made.
    pub date: PartialDate,
    /// What happened. Markdown.
    pub text: Text,
    /// What shows it.
    pub evidence: Box<[Evidence]>,
}

/// One dated step of a commitment.
#[derive(Debug)]
pub struct Milestone {
    /// The step.
    pub title: Text,
    /// When it begins.
    pub start_date: Option<PartialDate>,
    /// When it is due.
    pub end_date: Option<EndDate>,
    /// How far it has come.
    pub level: Option<CompletionLevel>,
    /// More about it. Markdown.
    pub description: Option<Text>,
}

/// That the government dropped a commitment.
#[derive(Debug)]
pub struct Withdrawal {
    /// When.
    pub date: Option<PartialDate>,
    /// Why. Markdown.
    pub reason: Option<Text>,
}

/// What the portal shows for a commitment: what the newest report of the headline assessor says about
/// it, or that it was withdrawn. `assessments` are sorted by date, oldest first.
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
