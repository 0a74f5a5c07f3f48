//! The home page: what was promised, and what was done.

use serde::Serialize;

use super::agency::AgencyRow;
use super::changes::ChangeGroup;
use super::layout::Layout;
use super::shared::{ChapterRow, ChartLinks, ChartView, CommitmentRow, Link, ReportLine};
use super::viewer::Viewer;
use crate::chart::BarHeight;
use crate::route::Route;

const MAX_AGENCIES: usize = 20;
const MAX_DISAGREEMENTS: usize = 5;

#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    pub page: Layout<'a>,
    pub chart: ChartView<'a>,
    /// The headline assessor, as in "The government".
    pub headline: String,
    /// The newest report by the headline assessor that assesses a commitment.
    pub source: Option<ReportLine<'a>>,
    /// The first commitments that another assessor assesses differently.
    pub disagreements: Vec<CommitmentRow<'a>>,
    /// The number of disagreements that are not in `disagreements`.
    pub more_disagreements: usize,
    /// The address of the list of all commitments.
    pub commitments: String,
    /// Newest first.
    pub plans: Vec<PlanSummary<'a>>,
    /// The agencies that lead a commitment, the largest share completed first.
    pub agencies: Vec<AgencyRow<'a>>,
    /// The number of leading agencies that are not in `agencies`.
    pub more_agencies: usize,
    /// The address of the list of all agencies.
    pub all_agencies: String,
    /// The newest changes.
    pub changes: Vec<ChangeGroup<'a>>,
    /// Newest first.
    pub reports: Vec<ReportLine<'a>>,
}

#[derive(Debug, Serialize)]
pub struct PlanSummary<'a> {
    pub link: Link<'a>,
    pub chapters: Vec<ChapterRow<'a>>,
}

impl<'a> Viewer<'a> {
    pub fn home(&self) -> HomeView<'a> {
        let portal = self.portal;
        let tally = portal.tally();
        let title = self.interface_text(self.message("home_title"));
        let headline = portal.site.headline;
        let mut reports = portal.reports.iter().rev();
        let source = reports.find(|report| {
            report.assessor == headline && !portal.assessed_by(&report.id).is_empty()
        });
        let disagree = portal
            .commitments
            .iter()
            .filter(|commitment| commitment.disagreements(headline).next().is_some());
        let disagreements = disagree.clone().count();
        let mut agencies = self.leading_agencies();
        let more_agencies = agencies.len().saturating_sub(MAX_AGENCIES);
        agencies.truncate(MAX_AGENCIES);
        HomeView {
            page: self.layout(title, self.summary(&tally)),
            chart: self.chart(&tally, BarHeight::Large, ChartLinks::LevelPages),
            headline: self.assessor(headline),
            source: source.map(|report| self.report_line(report)),
            disagreements: disagree
                .take(MAX_DISAGREEMENTS)
                .map(|commitment| self.row(commitment))
                .collect(),
            more_disagreements: disagreements.saturating_sub(MAX_DISAGREEMENTS),
            commitments: self.links.page(&Route::Commitments),
            plans: portal
                .plans
                .iter()
                .rev()
                .map(|plan| PlanSummary {
                    link: self.plan_link(plan),
                    chapters: self.chapters(plan),
                })
                .collect(),
            agencies: agencies.into_iter().map(|entry| self.agency_row(entry)).collect(),
            more_agencies,
            all_agencies: self.links.page(&Route::Agencies),
            changes: self.newest_changes(),
            reports: portal.reports.iter().rev().map(|report| self.report_line(report)).collect(),
        }
    }
}
