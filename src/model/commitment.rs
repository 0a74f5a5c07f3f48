//! A commitment with its milestones, updates and withdrawal.

use std::sync::Arc;

use super::action_plan::{ActionPlan, Chapter};
use super::agency::Agency;
use super::assessment::{Assessment, Challenge, Evidence};
use super::assessor::Assessor;
use super::contact::Contact;
use super::date::{EndDate, PartialDate};
use super::id::CommitmentId;
use super::indicator::Indicator;
use super::level::{AssessedLevel, Standing};
use super::milestone::Milestone;
use super::ogp::{OgpValue, PolicyArea};
use super::text::{KeyedText, Text, texts};

/// One promise of an action plan. The keys follow OGP's Commitment Completion Template.
#[derive(Debug)]
pub struct Commitment {
    pub id: CommitmentId,
    pub plan: Arc<ActionPlan>,
    pub chapter: Option<Chapter>,
    /// OGP's own identifier, such as `MN0020`.
    pub ogp_id: Option<String>,
    pub title: Text,
    /// The agencies that are responsible for carrying out the commitment: at least one.
    pub leads: Box<[Arc<Agency>]>,
    /// Other agencies that take part.
    pub supporting: Box<[Arc<Agency>]>,
    /// Non-government actors that take part.
    pub partners: Box<[Text]>,
    pub values: Box<[OgpValue]>,
    pub policy_areas: Box<[PolicyArea]>,
    pub start_date: Option<PartialDate>,
    pub end_date: Option<EndDate>,
    /// The result that the commitment aims at, in Markdown.
    pub objective: Text,
    /// The promise in brief, in Markdown.
    pub description: Text,
    pub texts: CommitmentTexts,
    /// The title as the adopted plan prints it.
    pub official_title: Option<Text>,
    /// The commitments of earlier plans that this one continues.
    pub carried_from: Box<[CommitmentId]>,
    /// The commitment that includes this one now.
    pub merged_into: Option<CommitmentId>,
    /// Whether only the preview shows the commitment.
    pub is_draft: bool,
    pub contacts: Box<[Contact]>,
    pub withdrawn: Option<Withdrawal>,
    pub milestones: Box<[Milestone]>,
    pub indicators: Box<[Indicator]>,
    /// Sorted by the date of the report, oldest first. Dates without a certain order, such as 2015 and
    /// July 2015, are in the order of the file.
    pub assessments: Box<[Assessment]>,
    /// Sorted by date, oldest first.
    pub updates: Box<[Update]>,
    /// Sorted by date, oldest first.
    pub rescheduled: Box<[Reschedule]>,
    /// Sorted by date, oldest first.
    pub corrections: Box<[Correction]>,
    /// Former numbers in the plan. Their addresses redirect to the commitment's page.
    pub aliases: Box<[String]>,
    /// See [`standing`].
    pub standing: Standing,
}

texts! {
    /// The optional texts of a commitment, which are Markdown.
    pub struct CommitmentTexts {
        /// How the commitment serves OGP's values.
        relevance,
        /// What will be better once the commitment is completed.
        ambition,
        /// The text as the adopted plan prints it.
        official_text,
    }
}

impl Commitment {
    /// Returns every text of the commitment with its key, those of its milestones, assessments,
    /// updates and so on included.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        let partners = self.partners.iter().map(|partner| ("partners", Some(partner)));
        let contact = self.contacts.iter().flat_map(|contact| contact.texts.all());
        let withdrawn = self.withdrawn.iter().flat_map(|withdrawal| withdrawal.texts.all());
        let milestones = self.milestones.iter();
        let milestones = milestones
            .flat_map(|milestone| milestone.own_texts().chain(titles(&milestone.evidence)));
        let assessments = self.assessments.iter().flat_map(Assessment::all_texts);
        let updates = self
            .updates
            .iter()
            .flat_map(|update| update.own_texts().chain(titles(&update.evidence)));
        let indicators = self.indicators.iter().flat_map(Indicator::all_texts);
        let rescheduled = self.rescheduled.iter().flat_map(|moved| moved.texts.all());
        let corrections = self.corrections.iter().flat_map(Correction::own_texts);
        let sections = contact.chain(withdrawn).chain(milestones).chain(indicators);
        let sections =
            sections.chain(rescheduled).chain(assessments).chain(updates).chain(corrections);
        let all = self.own_texts().chain(partners).chain(sections);
        all.filter_map(|(key, text)| Some((key, text?)))
    }

    /// Returns the texts that are not in a section of the commitment's file, without the list of
    /// partners.
    pub fn own_texts(&self) -> impl Iterator<Item = KeyedText<'_>> {
        let required = [
            ("title", Some(&self.title)),
            ("official_title", self.official_title.as_ref()),
            ("objective", Some(&self.objective)),
            ("description", Some(&self.description)),
        ];
        required.into_iter().chain(self.texts.all())
    }

    /// Returns the index of the commitment's chapter in its plan, or `None` if it has no chapter.
    pub fn chapter_index(&self) -> Option<usize> {
        let number = &self.chapter.as_ref()?.number;
        self.plan.chapters.iter().position(|chapter| chapter.number == *number)
    }

    /// Returns the newest date of a report that assesses the commitment, of an update or of the
    /// withdrawal.
    pub fn newest_date(&self) -> Option<PartialDate> {
        self.dates().max()
    }

    /// Returns the newest of these dates that does not lie in the future: a date after `today` is a
    /// typing error.
    pub fn newest_date_until(&self, today: PartialDate) -> Option<PartialDate> {
        self.dates().filter(|date| !today.is_before(*date)).max()
    }

    fn dates(&self) -> impl Iterator<Item = PartialDate> {
        let assessed = self.assessments.iter().map(|assessment| assessment.report.date);
        let updated = self.updates.iter().map(|update| update.date);
        let withdrawn = self.withdrawn.iter().filter_map(|withdrawal| withdrawal.date);
        let completed = self.milestones.iter().filter_map(|milestone| milestone.completed_date);
        let moved = self.rescheduled.iter().map(|moved| moved.date);
        assessed.chain(updated).chain(withdrawn).chain(completed).chain(moved)
    }

    /// Whether there has been no news for more than `months` months, although the plan runs on
    /// `today` and `headline`, the headline assessor, does not say that the commitment is completed.
    /// A withdrawn commitment is never stale. What is dated after `today` does not count. OGP's rules
    /// for repositories require that they are "updated at least twice a year".
    pub fn is_stale(&self, today: PartialDate, months: u16, headline: &Assessor) -> bool {
        let (start, day) = (self.plan.start_date.earliest(), today.latest());
        let is_past = |date: PartialDate| !today.is_before(date);
        let is_withdrawn =
            self.withdrawn.as_ref().is_some_and(|withdrawal| withdrawal.date.is_none_or(is_past));
        let by_headline = |assessment: &&Assessment| {
            assessment.report.assessor.id == headline.id && is_past(assessment.report.date)
        };
        let is_completed = self
            .assessments
            .iter()
            .rfind(by_headline)
            .is_some_and(|assessment| Standing::from(assessment.level) == Standing::Completed);
        let newest = self.newest_date_until(today);
        let newest = newest.unwrap_or(PartialDate::Day(start.0, start.1, start.2));
        let is_over = is_withdrawn || is_completed || self.merged_into.is_some();
        self.plan.runs_on(today) && !is_over && newest.months_later(months).latest() < day
    }

    /// Whether the commitment was withdrawn or merged, so that its standing comes from no report.
    pub fn is_dropped(&self) -> bool {
        matches!(self.standing, Standing::Withdrawn | Standing::Merged)
    }

    /// Returns the newest assessment by `assessor`.
    pub fn newest_assessment(&self, assessor: &Assessor) -> Option<&Assessment> {
        newest_by(assessor, &self.assessments)
    }

    /// Whether more than one report assesses it.
    pub fn has_history(&self) -> bool {
        self.assessments.len() > 1
    }

    /// Returns the assessments by track: first the track whose newest assessment sets the standing,
    /// if the headline assessor has one, and then the others, the newest first.
    pub fn tracks(&self, headline: &Assessor) -> Vec<Track<'_>> {
        let mut tracks: Vec<Track<'_>> = Vec::new();
        for assessment in self.assessments.iter().rev() {
            let known = tracks.iter_mut().find(|track| assessment.is_on_track_of(track.newest));
            match known {
                Some(track) => track.older.push(assessment),
                None => tracks.push(Track { newest: assessment, older: Vec::new() }),
            }
        }
        let is_headline = |track: &Track<'_>| track.newest.report.assessor.id == headline.id;
        if let Some(index) = tracks.iter().position(is_headline) {
            tracks[..=index].rotate_right(1);
        }
        tracks
    }

    /// Returns the newest assessment of each other track that gives another level than the headline
    /// assessor. Nobody disagrees with a withdrawal, which is a decision and not a judgement.
    pub fn other_levels(&self, headline: &Assessor) -> Vec<&Assessment> {
        if self.is_dropped() {
            return Vec::new();
        }
        let newest = self.newest_assessment(headline);
        let is_other = |other: &&Assessment| {
            let is_same = newest.is_some_and(|newest| newest.level == other.level);
            other.level != AssessedLevel::NotReported && !is_same
        };
        let tracks = self.tracks(headline).into_iter();
        let others = tracks.skip(usize::from(newest.is_some())).map(|track| track.newest);
        others.filter(is_other).collect()
    }

    /// Whether another assessor disagrees with the level of the headline assessor. An assessor that
    /// reported no level disagrees with no other.
    pub fn is_disputed(&self, headline: &Assessor) -> bool {
        let newest = self.newest_assessment(headline);
        let is_judged = newest.is_some_and(|newest| newest.level != AssessedLevel::NotReported);
        is_judged && !self.other_levels(headline).is_empty()
    }
}

/// The assessments by one body, of which the newest is what it says now.
#[derive(Debug)]
pub struct Track<'c> {
    pub newest: &'c Assessment,
    /// Newest first.
    pub older: Vec<&'c Assessment>,
}

fn titles(evidence: &[Evidence]) -> impl Iterator<Item = KeyedText<'_>> {
    evidence.iter().flat_map(Evidence::own_texts)
}

/// A dated note on progress between reports. The text is Markdown.
#[derive(Debug)]
pub struct Update {
    /// Its date and a hash of its text. Unique within the commitment.
    pub id: String,
    pub date: PartialDate,
    pub text: Text,
    pub evidence: Box<[Evidence]>,
    pub challenges: Box<[Challenge]>,
}

impl Update {
    pub fn own_texts(&self) -> impl Iterator<Item = KeyedText<'_>> + Clone {
        [("text", Some(&self.text))].into_iter()
    }
}

/// A deadline that moved.
#[derive(Debug)]
pub struct Reschedule {
    /// When it was decided.
    pub date: PartialDate,
    pub from: PartialDate,
    pub to: PartialDate,
    pub texts: RescheduleTexts,
}

texts! {
    /// The texts of a moved deadline, which are Markdown.
    pub struct RescheduleTexts {
        /// Why it moved.
        reason,
    }
}

/// An error of the portal that was corrected. The text is Markdown.
#[derive(Debug)]
pub struct Correction {
    /// Its date and a hash of its text. Unique within the commitment.
    pub id: String,
    pub date: PartialDate,
    pub text: Text,
}

impl Correction {
    /// Returns the fragment of its address on the page of its commitment.
    pub fn anchor(&self) -> String {
        format!("correction-{}", self.id)
    }

    pub fn own_texts(&self) -> impl Iterator<Item = KeyedText<'_>> + Clone {
        [("text", Some(&self.text))].into_iter()
    }
}

/// The government's decision not to carry out a commitment.
#[derive(Debug)]
pub struct Withdrawal {
    pub date: Option<PartialDate>,
    pub texts: WithdrawalTexts,
}

texts! {
    /// The texts of a withdrawal, which are Markdown.
    pub struct WithdrawalTexts {
        /// Why the government withdrew the commitment.
        reason,
    }
}

/// Returns what the portal shows for a commitment: *merged* or *withdrawn*, or else the level in the
/// newest assessment by the headline assessor. `assessments` are sorted by date, oldest first.
pub fn standing(
    merged_into: Option<&CommitmentId>,
    withdrawn: Option<&Withdrawal>,
    assessments: &[Assessment],
    headline: &Assessor,
) -> Standing {
    if merged_into.is_some() {
        return Standing::Merged;
    }
    if withdrawn.is_some() {
        return Standing::Withdrawn;
    }
    let newest = newest_by(headline, assessments);
    newest.map_or(Standing::NotReported, |assessment| assessment.level.into())
}

fn newest_by<'a>(assessor: &Assessor, assessments: &'a [Assessment]) -> Option<&'a Assessment> {
    assessments.iter().rfind(|assessment| assessment.report.assessor.id == assessor.id)
}
