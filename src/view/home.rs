//! The home page: what was promised, and what was done.

use serde::Serialize;

use super::agency::AgencyRow;
use super::changes::ChangeGroup;
use super::comparison::ComparisonView;
use super::layout::Layout;
use super::shared::{ChapterRow, ChartView, CommitmentReference, DownloadView, Link, plan_anchor};
use super::viewer::Viewer;
use crate::language::Argument;
use crate::model::{ActionPlan, PlanPart};
use crate::route::{Chart, Route};

const MAX_PLANS: usize = 3;
const MAX_AGENCIES: usize = 20;
const MAX_PROMISES: usize = 20;

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
    /// The address of the search page.
    pub search: String,
}

/// A plan with its charts.
#[derive(Debug, Serialize)]
pub struct PlanSummary<'a> {
    /// The `id` of its heading.
    pub anchor: String,
    pub link: Link<'a>,
    /// When it ends or ended, as a sentence.
    pub period: String,
    /// When the next report is due, as a sentence; empty if that is not known.
    pub next_report: String,
    /// The first commitments, if there is nothing to say but what is promised; otherwise empty.
    pub promises: Vec<CommitmentReference<'a>>,
    /// The number of commitments that are not in `promises`.
    pub more_promises: usize,
    /// The address of the plan in the list of all commitments.
    pub commitments: String,
    /// Whether there is more to say than what is promised: a report or a withdrawal.
    pub has_report: bool,
    pub chart: ChartView<'a>,
    /// `None` if only one assessor gives levels.
    pub comparison: Option<ComparisonView<'a>>,
    /// Empty if the plan has no chapters.
    pub chapters: Vec<ChapterRow<'a>>,
    pub chapters_download: DownloadView,
    /// The chart of the agencies that lead commitments of the plan, as files.
    pub agencies_download: DownloadView,
}

impl<'a> Viewer<'a> {
    pub fn home(&self) -> HomeView<'a> {
        let portal = self.portal;
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
        let title = match plans.first() {
            Some(plan) => plan.chart.claim.clone(),
            None => self.message("home_title"),
        };
        HomeView {
            page: self.layout(self.interface_text(title), description),
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
            search: self.links.page(&Route::Search),
        }
    }

    fn plan_summary(&self, part: &PlanPart<'a>) -> PlanSummary<'a> {
        let finding = self.finding(part.commitments);
        let has_report = part
            .commitments
            .iter()
            .any(|commitment| !commitment.assessments.is_empty() || commitment.withdrawn.is_some());
        let promises = if has_report { 0 } else { MAX_PROMISES };
        let promises = part.commitments.iter().take(promises);
        let promises: Vec<_> = promises.map(|commitment| self.reference(commitment)).collect();
        PlanSummary {
            anchor: plan_anchor(part.plan),
            link: self.plan_link(part.plan),
            period: self.period(part.plan),
            next_report: self.next_report(part.plan),
            more_promises: part.commitments.len() - promises.len(),
            promises,
            commitments: self.plan_in_list(part),
            has_report,
            chart: self.plan_chart(part.plan, &finding),
            comparison: self.comparison(part),
            chapters: match part.plan.chapters.is_empty() {
                true => Vec::new(),
                false => self.chapters(part.plan),
            },
            chapters_download: self.download(&Chart::Chapters(part.plan.id.clone())),
            agencies_download: self.download(&Chart::Agencies(part.plan.id.clone())),
        }
    }

    /// When a plan ends, as a sentence that stays true. A report or an update that is newer than the plan
    /// shows that it ended: the page is the same on any day.
    fn period(&self, plan: &ActionPlan) -> String {
        let has_ended = self.portal.newest_date.is_some_and(|date| plan.end_date.is_before(date));
        let key = if has_ended { "plan_ended" } else { "plan_ends" };
        let date = self.language.date(plan.end_date);
        self.language.message(key, &[("date", Argument::Text(&date))])
    }
}
