//! The home page: what was promised, and what was done.

use serde::Serialize;

use super::agency::AgencyRow;
use super::changes::ChangeGroup;
use super::layout::Layout;
use super::shared::{
    ChapterRow, ChartForm, ChartLinks, ChartView, CommitmentRow, Link, ReportLine, plan_anchor,
};
use super::viewer::Viewer;
use crate::model::{Commitment, PlanPart};
use crate::route::Route;

const MAX_PLANS: usize = 3;
const MAX_AGENCIES: usize = 20;
const MAX_DISAGREEMENTS: usize = 5;
const MAX_REPORTS: usize = 20;

#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    pub page: Layout<'a>,
    /// The newest plans that have commitments, newest first.
    pub plans: Vec<PlanSummary<'a>>,
    /// The number of plans that are not in `plans`.
    pub more_plans: usize,
    /// The address of the list of all plans.
    pub all_plans: String,
    /// The agencies that lead a commitment of the newest plan, the largest share completed first.
    pub agencies: Vec<AgencyRow<'a>>,
    /// How many commitments of the newest plan count with several agencies; empty if there are none.
    pub shared: String,
    /// The number of leading agencies that are not in `agencies`.
    pub more_agencies: usize,
    /// The address of the list of all agencies.
    pub all_agencies: String,
    /// The address of the page with what is late; empty if nothing is late and no deadline moved.
    pub deadlines: String,
    /// The newest changes.
    pub changes: Vec<ChangeGroup<'a>>,
    /// The newest reports, newest first. The pages of the plans have all of them.
    pub reports: Vec<ReportLine<'a>>,
}

/// A plan with its charts.
#[derive(Debug, Serialize)]
pub struct PlanSummary<'a> {
    /// The `id` of its heading.
    pub anchor: String,
    pub link: Link<'a>,
    pub chart: ChartView<'a>,
    /// The first commitments that another assessor assesses differently.
    pub disagreements: Vec<CommitmentRow<'a>>,
    /// The number of disagreements that are not in `disagreements`.
    pub more_disagreements: usize,
    /// The address of the plan in the list of all commitments.
    pub commitments: String,
    /// Empty if the plan has no chapters.
    pub chapters: Vec<ChapterRow<'a>>,
}

impl<'a> Viewer<'a> {
    pub fn home(&self) -> HomeView<'a> {
        let portal = self.portal;
        let title = self.interface_text(self.message("home_title"));
        let plans: Vec<_> = portal
            .everything()
            .by_plan()
            .take(MAX_PLANS)
            .map(|part| self.plan_summary(&part))
            .collect();
        let claim = |part: PlanPart<'_>| self.language.claim_about(&part, portal);
        let description = portal.newest_plan().map(claim).unwrap_or_default();
        let mut agencies = self.leading_agencies().into_iter().next().unwrap_or_default();
        let more_agencies = agencies.len().saturating_sub(MAX_AGENCIES);
        agencies.truncate(MAX_AGENCIES);
        let reports = portal.reports.iter().rev().take(MAX_REPORTS);
        HomeView {
            page: self.layout(title, description),
            more_plans: portal.plans.len() - plans.len(),
            plans,
            all_plans: self.links.page(&Route::Plans),
            agencies: self.agency_rows(agencies),
            shared: portal
                .newest_plan()
                .map(|part| self.shared_leads(part.commitments))
                .unwrap_or_default(),
            more_agencies,
            all_agencies: self.links.page(&Route::Agencies),
            deadlines: match portal.has_deadlines() {
                true => self.links.page(&Route::Deadlines),
                false => String::new(),
            },
            changes: self.newest_changes(),
            reports: reports.map(|report| self.report_line(report)).collect(),
        }
    }

    fn plan_summary(&self, part: &PlanPart<'a>) -> PlanSummary<'a> {
        let finding = self.finding(part.commitments);
        let mut disagreements: Vec<&Commitment> = part.commitments.iter().collect();
        disagreements.retain(|commitment| commitment.is_disputed(&self.portal.site.headline));
        let shown = disagreements.iter().take(MAX_DISAGREEMENTS);
        let page = self.page_with(part.start, Route::Commitments);
        PlanSummary {
            anchor: plan_anchor(part.plan),
            link: self.plan_link(part.plan),
            chart: self.chart(&finding, ChartForm::Levels, ChartLinks::LevelPages(part.plan)),
            disagreements: shown.map(|commitment| self.row(commitment)).collect(),
            more_disagreements: disagreements.len().saturating_sub(MAX_DISAGREEMENTS),
            commitments: format!("{page}#{}", plan_anchor(part.plan)),
            chapters: match part.plan.chapters.is_empty() {
                true => Vec::new(),
                false => self.chapters(part.plan),
            },
        }
    }
}
