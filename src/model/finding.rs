//! What an assessor says about the commitments of one plan: how many have each standing, and in which
//! reports it says so.

use super::assessment::Assessment;
use super::assessor::Assessor;
use super::commitment::Commitment;
use super::date::PartialDate;
use super::level::Standing;
use super::report::Report;
use super::tally::Tally;

/// A tally with its source. Every number names its source: who says it, where and when.
#[derive(Debug, Clone)]
pub struct Finding<'p> {
    pub tally: Tally,
    pub assessor: &'p Assessor,
    /// The reports that the levels come from, newest first.
    pub reports: Vec<&'p Report>,
}

impl<'p> Finding<'p> {
    /// Returns what the newest reports of `headline` say about commitments of one plan.
    pub(super) fn of_standings(
        headline: &'p Assessor,
        commitments: impl Iterator<Item = &'p Commitment>,
    ) -> Self {
        let mut finding =
            Finding { tally: Tally::default(), assessor: headline, reports: Vec::new() };
        for commitment in commitments {
            finding.tally.add(commitment.standing);
            if commitment.standing != Standing::Withdrawn {
                finding.add_report(commitment.newest_assessment(headline));
            }
        }
        finding.reports.sort_by(|a, b| (b.date, &b.id).cmp(&(a.date, &a.id)));
        finding
    }

    fn add_report(&mut self, assessment: Option<&'p Assessment>) {
        let Some(report) = assessment.map(|assessment| assessment.report.as_ref()) else { return };
        if !self.reports.iter().any(|known| known.id == report.id) {
            self.reports.push(report);
        }
    }

    /// Returns the dates of the oldest and the newest of the reports.
    pub fn dates(&self) -> Option<(PartialDate, PartialDate)> {
        Some((self.reports.last()?.date, self.reports.first()?.date))
    }
}
