//! How many milestones are completed, and what is late: an item whose due date is certainly before the date
//! of a report that gives it a lower level than *completed*. The date of the build plays no part.

use super::assessment::Assessment;
use super::assessor::Assessor;
use super::commitment::Commitment;
use super::date::{EndDate, PartialDate};
use super::level::{AssessedLevel, CompletionLevel};
use super::milestone::Milestone;
use super::report::Report;

/// A commitment or milestone to which a report gives a lower level than *completed*, although it was due
/// before.
#[derive(Debug, Clone, Copy)]
pub struct Late<'c> {
    /// `None` for the commitment itself.
    pub milestone: Option<&'c Milestone>,
    pub due: PartialDate,
    pub report: &'c Report,
}

impl Late<'_> {
    /// Returns the number of whole months that certainly lie between the due date and the report.
    pub fn months(&self) -> u16 {
        let report = self.report.date.earliest();
        let is_before = |months: &u16| self.due.months_later(*months).latest() <= report;
        (1..=MAX_MONTHS).take_while(is_before).last().unwrap_or(0)
    }
}

/// The largest lateness, in months: no plan is so old.
const MAX_MONTHS: u16 = 1200;

impl Commitment {
    /// Returns what is late according to the newest report of each track: the commitment itself, and then
    /// its milestones. A commitment that was withdrawn or merged is never late.
    pub fn late(&self, headline: &Assessor) -> Vec<Late<'_>> {
        if self.is_dropped() {
            return Vec::new();
        }
        let tracks = self.tracks(headline);
        let of_commitment = tracks.iter().filter_map(|track| self.late_in(track.newest));
        let of_milestones = self.milestones.iter().enumerate().flat_map(|(index, milestone)| {
            let is_late = move |assessment| self.late_milestone(index, milestone, assessment);
            tracks.iter().map(|track| track.newest).filter_map(is_late)
        });
        of_commitment.chain(of_milestones).collect()
    }

    /// Returns the deadline that held on a date: a later decision does not change what a report found.
    fn end_date_on(&self, date: PartialDate) -> Option<PartialDate> {
        let moved_later = self.rescheduled.iter().find(|moved| date.is_before(moved.date));
        moved_later.map(|moved| moved.from).or_else(|| self.end_date?.date())
    }

    fn late_in<'c>(&'c self, assessment: &'c Assessment) -> Option<Late<'c>> {
        let report = assessment.report.as_ref();
        let due = self.end_date_on(report.date)?;
        // A report that gives no level does not say that the work is not completed.
        let AssessedLevel::Level(level) = assessment.level else { return None };
        let is_late = due.is_before(report.date) && level != CompletionLevel::Completed;
        is_late.then_some(Late { milestone: None, due, report })
    }

    /// Whether a milestone is late in a report, which must say something about it.
    fn late_milestone<'c>(
        &'c self,
        index: usize,
        milestone: &'c Milestone,
        assessment: &'c Assessment,
    ) -> Option<Late<'c>> {
        let due = milestone.end_date.and_then(EndDate::date)?;
        let report = assessment.report.as_ref();
        let level = assessment.milestone(index)?.level;
        let is_completed = level == CompletionLevel::Completed
            || milestone.completed_date.is_some_and(|date| !report.date.is_before(date));
        let is_late = due.is_before(report.date) && !is_completed;
        is_late.then_some(Late { milestone: Some(milestone), due, report })
    }
}

/// The progress of the milestones of a commitment.
#[derive(Debug, Clone, Copy)]
pub struct MilestoneCount<'c> {
    pub completed: usize,
    pub total: usize,
    /// The assessment that the levels come from; `None` if the lead agency gives them.
    pub source: Option<&'c Assessment>,
}

impl Commitment {
    /// Returns the number of milestones that are completed: as the newest assessment of the headline assessor
    /// says, if it says anything about milestones, or else as the lead agency says. Returns `None` if nobody
    /// says anything about them.
    pub fn milestone_count(&self, headline: &Assessor) -> Option<MilestoneCount<'_>> {
        let source =
            self.newest_assessment(headline).filter(|assessment| !assessment.milestones.is_empty());
        let is_completed = |(index, milestone): &(usize, &Milestone)| match source {
            Some(assessment) => assessment
                .milestone(*index)
                .is_some_and(|milestone| milestone.level == CompletionLevel::Completed),
            None => milestone.is_completed(),
        };
        let is_known = source.is_some()
            || self
                .milestones
                .iter()
                .any(|milestone| milestone.level.is_some() || milestone.completed_date.is_some());
        let completed = self.milestones.iter().enumerate().filter(is_completed).count();
        is_known.then_some(MilestoneCount { completed, total: self.milestones.len(), source })
    }
}
