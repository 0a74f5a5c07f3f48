//! How the assessors of a plan compare, and the levels of a plan from report to report.

use serde::Serialize;

use super::shared::{ChartForm, ChartLinks, ChartView, CommitmentRow, ReportLine, plan_anchor};
use super::viewer::Viewer;
use crate::language::Argument;
use crate::model::{ActionPlan, Agreement, Commitment, PlanPart, Report};
use crate::route::Route;

const MAX_DISAGREEMENTS: usize = 5;

/// What other assessors say about a plan.
#[derive(Debug, Serialize)]
pub struct ComparisonView<'a> {
    /// For each other assessor, how many of its levels are those of the headline assessor.
    pub sentences: Vec<String>,
    /// The first commitments to which another assessor gives another level.
    pub disagreements: Vec<CommitmentRow<'a>>,
    /// The number of disagreements that are not in `disagreements`.
    pub more: usize,
    /// The address of the plan in the list of all commitments.
    pub commitments: String,
}

/// The levels of a plan in one report.
#[derive(Debug, Serialize)]
pub struct ReportRow<'a> {
    pub report: ReportLine<'a>,
    pub chart: ChartView<'a>,
}

impl<'a> Viewer<'a> {
    /// `None` if only the headline assessor gives levels.
    pub(super) fn comparison(&self, part: &PlanPart<'a>) -> Option<ComparisonView<'a>> {
        let headline = &self.portal.site.headline;
        let agreements = part.commitments.agreements(headline);
        let is_disputed = |commitment: &&Commitment| commitment.is_disputed(headline);
        let disagreements: Vec<_> = part.commitments.iter().filter(is_disputed).collect();
        if agreements.is_empty() && disagreements.is_empty() {
            return None;
        }
        let shown = disagreements.iter().take(MAX_DISAGREEMENTS);
        Some(ComparisonView {
            sentences: agreements.iter().map(|agreement| self.agreement(agreement)).collect(),
            disagreements: shown.map(|commitment| self.row(commitment)).collect(),
            more: disagreements.len().saturating_sub(MAX_DISAGREEMENTS),
            commitments: self.plan_in_list(part),
        })
    }

    /// The address of a plan in the list of all commitments.
    pub(super) fn plan_in_list(&self, part: &PlanPart<'a>) -> String {
        let page = self.page_with(part.start, Route::Commitments);
        format!("{page}#{}", plan_anchor(part.plan))
    }

    fn agreement(&self, agreement: &Agreement<'_>) -> String {
        let assessor = self.assessor(agreement.assessor);
        let parts = [
            ("agreement_same", agreement.same),
            ("agreement_lower", agreement.lower),
            ("agreement_higher", agreement.higher),
        ];
        let parts = parts.into_iter().filter(|(_, count)| *count > 0);
        let part = |(key, count)| self.language.message(key, &[("count", Argument::Number(count))]);
        let parts: Vec<String> = parts.map(part).collect();
        let parts = self.language.list(&parts);
        let words = [
            ("assessor", Argument::Text(&assessor)),
            ("count", Argument::Number(agreement.total())),
            ("levels", Argument::Text(&parts)),
        ];
        self.language.message("agreement", &words)
    }

    /// The levels of a plan, report by report.
    pub(super) fn report_history(&self, plan: &ActionPlan) -> Vec<ReportRow<'a>> {
        let reports = self.portal.report_history(plan);
        let form = ChartForm::of_rows(
            reports.iter().map(|report| self.portal.assessed_by(&report.id).len()),
        );
        let row = |report: &'a Report| ReportRow {
            report: self.report_line(report),
            chart: self.chart(&self.portal.finding_of(report), form, ChartLinks::Nothing),
        };
        reports.into_iter().map(row).collect()
    }
}
