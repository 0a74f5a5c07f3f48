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
    /// The commitments that the tally counts, in the order of the plan.
    pub standings: Vec<(&'p Commitment, Standing)>,
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
        let standings = commitments.map(|commitment| (commitment, commitment.standing)).collect();
        let mut finding = Finding::new(headline, standings);
        for (commitment, standing) in finding.standings.clone() {
            if standing != Standing::Withdrawn {
                finding.add_report(commitment.newest_assessment(headline));
            }
        }
        finding.reports.sort_by(|a, b| (b.date, &b.id).cmp(&(a.date, &a.id)));
        finding
    }

    /// A finding without reports. A merged commitment counts with the one that includes it.
    pub(super) fn new(
        assessor: &'p Assessor,
        mut standings: Vec<(&'p Commitment, Standing)>,
    ) -> Self {
        standings.retain(|(_, standing)| *standing != Standing::Merged);
        let tally = standings.iter().map(|(_, standing)| *standing).collect();
        Finding { tally, standings, assessor, reports: Vec::new() }
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
