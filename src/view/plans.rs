//! The list of action plans.

use serde::Serialize;

use super::layout::Layout;
use super::shared::{ChartForm, ChartLinks, ChartView, Link};
use super::viewer::Viewer;
use crate::model::ActionPlan;
use crate::route::Route;

#[derive(Debug, Serialize)]
pub struct PlansView<'a> {
    pub page: Layout<'a>,
    /// Newest first.
    pub plans: Vec<PlanRow<'a>>,
    /// The address of the list of all commitments.
    pub commitments: String,
}

#[derive(Debug, Serialize)]
pub struct PlanRow<'a> {
    pub link: Link<'a>,
    pub chart: ChartView<'a>,
}

impl<'a> Viewer<'a> {
    pub fn plans(&self) -> PlansView<'a> {
        let title = self.interface_text(self.message("action_plans"));
        let range = self.page_range();
        let on_page = self.portal.plans.iter().skip(range.start).take(range.len());
        let counts = on_page.clone().map(|plan| self.portal.of_plan(&plan.id).len());
        let form = ChartForm::of_rows(counts);
        let row = |plan: &'a ActionPlan| PlanRow {
            link: self.plan_link(plan),
            chart: self.chart(
                &self.finding(self.portal.of_plan(&plan.id)),
                form,
                ChartLinks::Nothing,
            ),
        };
        PlansView {
            page: self.layout(title, self.message("plans_description")),
            plans: on_page.map(|plan| row(plan)).collect(),
            commitments: self.links.page(&Route::Commitments),
        }
    }
}
