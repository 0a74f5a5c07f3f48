//! What was said of a commitment, one after the other.

use super::commitment::{Assessment, Commitment, Update, Withdrawal};
use super::date::PartialDate;
use super::level::Standing;

/// Something new that was said of a commitment.
#[derive(Debug)]
pub struct Change<'c> {
    /// When.
    pub date: PartialDate,
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
            Change { date: assessment.report.date, what: What::Assessed { assessment, from } }
        });
        let updated = self.updates.iter();
        let updated = updated.map(|it| Change { date: it.date, what: What::Updated(it) });
        let withdrawn = self.withdrawn.iter();
        let withdrawn =
            withdrawn.filter_map(|it| Some(Change { date: it.date?, what: What::Withdrawn(it) }));
        assessed.chain(updated).chain(withdrawn).collect()
    }
}
