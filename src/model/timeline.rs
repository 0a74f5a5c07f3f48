//! The changes of a commitment, and the timeline of the changes of all commitments.

use std::collections::HashMap;
use std::sync::Arc;

use super::assessment::Assessment;
use super::commitment::{Commitment, Update, Withdrawal};
use super::date::PartialDate;
use super::id::ReportId;
use super::level::Standing;
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
    Withdrawn(&'c Withdrawal),
}

impl Commitment {
    /// Returns the assessments, then the updates, then the withdrawal. The first two are sorted by
    /// date, oldest first. A withdrawal without a date is left out.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        (0..).map_while(|index| self.change(index))
    }

    /// Returns one of [`Commitment::changes`].
    pub fn change(&self, index: usize) -> Option<Change<'_>> {
        let updates_start = self.assessments.len();
        let withdrawal_index = updates_start + self.updates.len();
        let (date, kind) = if index < updates_start {
            let assessment = &self.assessments[index];
            let from = self.previous_level(index);
            (assessment.report.date, ChangeKind::Assessed { assessment, from })
        } else if index < withdrawal_index {
            let update = &self.updates[index - updates_start];
            (update.date, ChangeKind::Updated(update))
        } else if index == withdrawal_index {
            let withdrawal = self.withdrawn.as_ref()?;
            (withdrawal.date?, ChangeKind::Withdrawn(withdrawal))
        } else {
            return None;
        };
        Some(Change { date, index, kind })
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
    Withdrawn,
}

/// Returns all changes, newest first. Changes of the same date are in the order of reports, updates
/// and withdrawals, and then in the order of commitments.
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
