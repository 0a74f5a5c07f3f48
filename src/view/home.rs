//! The home page.

use serde::Serialize;

use super::agency::AgencyRow;
use super::changes::ChangeGroup;
use super::layout::{Layout, PageKind};
use super::shared::{ChapterRow, ChartLinks, ChartView, CommitmentRow, Link, ReportLine};
use super::viewer::Viewer;
use crate::chart::BarHeight;
use crate::route::Route;

/// How many agencies the home page shows.
const MAX_AGENCIES: usize = 20;
/// How many disagreements.
const MAX_DISAGREEMENTS: usize = 5;

/// The answer to "what was promised, and was it done?"
#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// All commitments.
    pub chart: ChartView<'a>,
    /// Who says so, as in "The government".
    pub headline: String,
    /// The newest report that the chart rests on.
    pub source: Option<ReportLine<'a>>,
    /// Commitments on which another assessor says something else.
    pub disagreements: Vec<CommitmentRow<'a>>,
    /// How many more of these there are.
    pub more_disagreements: usize,
    /// The list of all commitments.
    pub commitments: String,
    /// The plans, newest first, each with its chapters.
    pub plans: Vec<PlanSummary<'a>>,
    /// The agencies that lead a commitment, best first.
    pub agencies: Vec<AgencyRow<'a>>,
    /// How many more of these there are.
    pub more_agencies: usize,
    /// The list of all agencies.
    pub all_agencies: String,
    /// What changed last.
    pub changes: Vec<ChangeGroup<'a>>,
    /// All reports, newest first.
    pub reports: Vec<ReportLine<'a>>,
}

/// A plan on the home page.
#[derive(Debug, Serialize)]
pub struct PlanSummary<'a> {
    /// Its name, and its page.
    pub link: Link<'a>,
    /// Its chapters.
    pub chapters: Vec<ChapterRow<'a>>,
}

impl<'a> Viewer<'a> {
    /// The home page.
    pub fn home(&self) -> HomeView<'a> {
        let portal = self.portal;
        let tally = portal.tally();
        let title = self.interface_text(self.message("home_title"));
        let headline = portal.site.headline;
        let mut reports = portal.reports.iter().rev();
        let source = reports.find(|report| {
            report.assessor == headline && !portal.assessed_by(&report.id).is_empty()
        });
        let disagree =
            portal.commitments.iter().filter(|it| it.disagreements(headline).next().is_some());
        let disagreements = disagree.clone().count();
        let mut agencies = self.leading_agencies();
        let more_agencies = agencies.len().saturating_sub(MAX_AGENCIES);
        agencies.truncate(MAX_AGENCIES);
        HomeView {
            page: self.layout(PageKind::Home, title, self.summary(&tally)),
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
                    link: self.link(&plan.title, &Route::Plan(plan.id.clone())),
                    chapters: self.chapters(plan),
                })
                .collect(),
            agencies: agencies.into_iter().map(|it| self.agency_row(it)).collect(),
            more_agencies,
            all_agencies: self.links.page(&Route::Agencies),
            changes: self.newest_changes(),
            reports: portal.reports.iter().rev().map(|report| self.report_line(report)).collect(),
        }
    }
}
