//! The changes of a commitment, and the timeline of the changes of all commitments.

use std::collections::HashMap;
use std::sync::Arc;

use super::assessment::Assessment;
use super::commitment::{Commitment, Correction, Reschedule, Update, Withdrawal};
use super::date::PartialDate;
use super::id::ReportId;
use super::level::Standing;
use super::milestone::Milestone;
use super::report::Report;

/// A change of a commitment.
#[derive(Debug)]
pub struct Change<'c> {
    pub date: PartialDate,
    /// The index among the changes of the commitment.
    pub index: usize,
    pub kind: ChangeKind<'c>,
}

/// What changed.
#[derive(Debug)]
pub enum ChangeKind<'c> {
    /// A report assessed the commitment. `from` is what the previous report on the same track says, if
    /// that is different.
    Assessed {
        assessment: &'c Assessment,
        from: Option<Standing>,
    },
    Updated(&'c Update),
    /// A milestone was completed.
    Completed(&'c Milestone),
    /// The deadline moved.
    Rescheduled(&'c Reschedule),
    /// An error of the portal was corrected.
    Corrected(&'c Correction),
    Withdrawn(&'c Withdrawal),
}

impl Commitment {
    /// Returns the changes, in the order of [`ChangeKind`]. Those of one kind are sorted by date, oldest
    /// first, except milestones. What has no date is left out.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        let others = [self.updates.len(), self.milestones.len(), self.rescheduled.len()];
        let count = self.assessments.len() + others.iter().sum::<usize>() + self.corrections.len();
        (0..=count).filter_map(|index| self.change(index))
    }

    /// Returns one of [`Commitment::changes`].
    pub fn change(&self, index: usize) -> Option<Change<'_>> {
        let (date, kind) = self.dated_change(index)?;
        Some(Change { date, index, kind })
    }

    fn dated_change(&self, index: usize) -> Option<(PartialDate, ChangeKind<'_>)> {
        let mut rest = index;
        if let Some(assessment) = self.assessments.get(rest) {
            let from = self.previous_level(rest);
            return Some((assessment.report.date, ChangeKind::Assessed { assessment, from }));
        }
        rest -= self.assessments.len();
        if let Some(update) = self.updates.get(rest) {
            return Some((update.date, ChangeKind::Updated(update)));
        }
        rest -= self.updates.len();
        if let Some(milestone) = self.milestones.get(rest) {
            return Some((milestone.completed_date?, ChangeKind::Completed(milestone)));
        }
        rest -= self.milestones.len();
        if let Some(moved) = self.rescheduled.get(rest) {
            return Some((moved.date, ChangeKind::Rescheduled(moved)));
        }
        rest -= self.rescheduled.len();
        if let Some(correction) = self.corrections.get(rest) {
            return Some((correction.date, ChangeKind::Corrected(correction)));
        }
        let withdrawal = self.withdrawn.as_ref()?;
        Some((withdrawal.date?, ChangeKind::Withdrawn(withdrawal)))
    }

    /// Returns what the previous report on the same track says, if the assessment at `index` differs from
    /// it.
    fn previous_level(&self, index: usize) -> Option<Standing> {
        let assessment = &self.assessments[index];
        let mut earlier = self.assessments[..index].iter();
        let previous = earlier.rfind(|earlier| assessment.is_on_track_of(earlier))?;
        (previous.level != assessment.level).then(|| previous.level.into())
    }
}

/// The position of a change in the portal.
#[derive(Debug)]
pub(super) struct TimelineEntry {
    date: PartialDate,
    rank: Rank,
    /// The index of the commitment in the portal's list.
    pub commitment: usize,
    /// The index of the change among those of the commitment.
    pub change: usize,
}

/// The order of changes that have the same date.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The index of the report in the portal's list.
    Assessed(usize),
    Updated,
    Completed,
    Rescheduled,
    Corrected,
    Withdrawn,
}

/// Returns all changes, newest first. Changes of the same date are in the order of [`Rank`], and then in the
/// order of commitments.
pub(super) fn timeline(
    commitments: &[Arc<Commitment>],
    reports: &[Arc<Report>],
) -> Vec<TimelineEntry> {
    let report_indices: HashMap<&ReportId, usize> =
        reports.iter().enumerate().map(|(index, report)| (&report.id, index)).collect();
    let mut timeline = Vec::new();
    for (commitment_index, commitment) in commitments.iter().enumerate() {
        for Change { date, index, kind } in commitment.changes() {
            let rank = match kind {
                ChangeKind::Assessed { assessment, .. } => {
                    Rank::Assessed(report_indices[&assessment.report.id])
                }
                ChangeKind::Updated(_) => Rank::Updated,
                ChangeKind::Completed(_) => Rank::Completed,
                ChangeKind::Rescheduled(_) => Rank::Rescheduled,
                ChangeKind::Corrected(_) => Rank::Corrected,
                ChangeKind::Withdrawn(_) => Rank::Withdrawn,
            };
            timeline.push(TimelineEntry {
                date,
                rank,
                commitment: commitment_index,
                change: index,
            });
        }
    }
    timeline.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.rank.cmp(&b.rank)));
    timeline
}
