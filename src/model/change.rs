//! What was said of a commitment, one after the other, and of all commitments, newest first.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::commitment::{Assessment, Commitment, Update, Withdrawal};
use super::date::PartialDate;
use super::id::ReportId;
use super::level::Standing;
use super::portal::{Portal, Report};
use super::selection::within;

/// Something new that was said of a commitment.
#[derive(Debug)]
pub struct Change<'c> {
    /// When.
    pub date: PartialDate,
    /// The place among all that was said of the commitment; it stays when more is said.
    pub at: usize,
    /// What.
    pub what: What<'c>,
}

/// What is new.
#[derive(Debug)]
pub enum What<'c> {
    /// A report judged it; `from` is the same assessor's level before, where it was another.
    Assessed {
        /// What the report says.
        assessment: &'c Assessment,
        /// The level before.
        from: Option<Standing>,
    },
    /// There is a note on progress.
    Updated(&'c Update),
    /// The government dropped it.
    Withdrawn(&'c Withdrawal),
}

impl Commitment {
    /// Everything that was said of it: assessments, updates, and that it was dropped, each in the
    /// order in which they were made.
    pub fn changes(&self) -> Vec<Change<'_>> {
        let assessed = self.assessments.iter().enumerate().map(|(at, assessment)| {
            let assessor = assessment.report.assessor;
            let before = self.assessments[..at].iter().rfind(|it| it.report.assessor == assessor);
            let from = before.map(|it| Standing::from(it.finding));
            let from = from.filter(|from| *from != Standing::from(assessment.finding));
            (assessment.report.date, What::Assessed { assessment, from })
        });
        let updated = self.updates.iter().map(|it| (it.date, What::Updated(it)));
        let withdrawn = self.withdrawn.iter();
        let withdrawn = withdrawn.filter_map(|it| Some((it.date?, What::Withdrawn(it))));
        let all = assessed.chain(updated).chain(withdrawn).enumerate();
        all.map(|(at, (date, what))| Change { date, at, what }).collect()
    }
}

/// Where something new is found.
#[derive(Debug)]
pub(super) struct Moment {
    date: PartialDate,
    kind: Kind,
    /// The commitment's place in the portal's list.
    commitment: usize,
    /// The place among the commitment's changes.
    at: usize,
}

/// What comes first of things with one date.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// What a report says, by the report's place in the portal's list.
    Assessed(usize),
    Updated,
    Withdrawn,
}

/// Everything that was said, newest first; what has one date, in the order of reports, updates and
/// withdrawals, and then of commitments.
pub(super) fn history(commitments: &[Arc<Commitment>], reports: &[Arc<Report>]) -> Vec<Moment> {
    let places: HashMap<&ReportId, usize> =
        reports.iter().enumerate().map(|(at, report)| (&report.id, at)).collect();
    let mut history = Vec::new();
    for (place, commitment) in commitments.iter().enumerate() {
        for Change { date, at, what } in commitment.changes() {
            let kind = match what {
                What::Assessed { assessment, .. } => Kind::Assessed(places[&assessment.report.id]),
                What::Updated(_) => Kind::Updated,
                What::Withdrawn(_) => Kind::Withdrawn,
            };
            history.push(Moment { date, kind, commitment: place, at });
        }
    }
    history.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.kind.cmp(&b.kind)));
    history
}

impl Portal {
    /// How many things were said of commitments.
    pub fn changes_len(&self) -> usize {
        self.history.len()
    }

    /// What was said of commitments, newest first: what has these places among all of it. Places
    /// beyond the end are nobody's.
    pub fn changes(&self, places: Range<usize>) -> impl Iterator<Item = (&Commitment, Change<'_>)> {
        within(&self.history, places).iter().map(|moment| {
            let commitment = self.commitments[moment.commitment].as_ref();
            (commitment, commitment.changes().swap_remove(moment.at))
        })
    }
}
