//! What happened to a commitment in order, and to all commitments, newest first.

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
    /// The index among the changes of the commitment. It stays the same when changes are added.
    pub index: usize,
    pub kind: ChangeKind<'c>,
}

/// What changed.
#[derive(Debug)]
pub enum ChangeKind<'c> {
    /// A report assessed the commitment. `from` is the level that the same assessor gave before, if
    /// it was another.
    Assessed {
        assessment: &'c Assessment,
        from: Option<Standing>,
    },
    Updated(&'c Update),
    Withdrawn(&'c Withdrawal),
}

impl Commitment {
    /// Its assessments, updates and withdrawal, each kind in order of date.
    pub fn changes(&self) -> Vec<Change<'_>> {
        let assessed = self.assessments.iter().enumerate().map(|(index, assessment)| {
            let assessor = assessment.report.assessor;
            let mut earlier = self.assessments[..index].iter();
            let before = earlier.rfind(|earlier| earlier.report.assessor == assessor);
            let from = before.map(|before| Standing::from(before.level));
            let from = from.filter(|from| *from != Standing::from(assessment.level));
            (assessment.report.date, ChangeKind::Assessed { assessment, from })
        });
        let updated = self.updates.iter().map(|update| (update.date, ChangeKind::Updated(update)));
        let withdrawn = self
            .withdrawn
            .iter()
            .filter_map(|withdrawal| Some((withdrawal.date?, ChangeKind::Withdrawn(withdrawal))));
        let all = assessed.chain(updated).chain(withdrawn).enumerate();
        all.map(|(index, (date, kind))| Change { date, index, kind }).collect()
    }
}

/// Where a change is found.
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
    /// By the index of the report in the portal's list.
    Assessed(usize),
    Updated,
    Withdrawn,
}

/// All changes, newest first. Those of one date are in the order of reports, updates and withdrawals,
/// and then of commitments.
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
