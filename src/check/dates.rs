//! Warnings about dates that are probably typing errors, such as 2052 for 2025.
//!
//! A date is compared with today and with the dates of its action plan, and only where the order is
//! certain: a year and a month in it cannot be ordered. This module does not know whether an end is
//! before its start; `rules` does.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::draft::{ActionPlanDraft, CommitmentDraft, ReportDraft};
use crate::model::{ActionPlan, EndDate, PartialDate, PlanId};
use crate::problems::{self, Implausible};
use crate::source::Spanned;

/// How many years before and after its plan a commitment or milestone may start and end, and how many
/// years from today a plan may start. An action plan of OGP lasts four years at most, so a commitment
/// that began in the previous plan and ends in the next one is within the margin. A typing error in the
/// year is usually one of ten years or more.
const MARGIN: u16 = 4;

/// The longest plan, in years: twice as long as those of OGP.
const MAX_PLAN_YEARS: u16 = 8;

/// What dates are compared with.
pub(super) struct Dates<'r> {
    pub plans: &'r BTreeMap<PlanId, Arc<ActionPlan>>,
    pub today: PartialDate,
}

impl Dates<'_> {
    /// Reports plans that last too long or start too long after today.
    pub(super) fn check_plans(&self, plans: &[ActionPlanDraft], diagnostics: &mut Diagnostics) {
        for plan in plans {
            let Some(start) = plan.start_date else { continue };
            if years_later(self.today, MARGIN).is_before(start.value) {
                let reason = Implausible::StartsTooLate { years: MARGIN, today: self.today };
                diagnostics.add(problems::implausible_date(start.span, start.value, reason));
            }
            let end = plan.end_date.filter(|end| is_too_long(start.value, end.value));
            if let Some(end) = end {
                let reason = Implausible::LastsTooLong { years: MAX_PLAN_YEARS, start };
                diagnostics.add(problems::implausible_date(end.span, end.value, reason));
            }
        }
    }

    /// Reports reports that were published after today or before their plan.
    pub(super) fn check_reports(&self, reports: &[ReportDraft], diagnostics: &mut Diagnostics) {
        for report in reports {
            let plan = report.action_plan.as_ref();
            let plan = plan.and_then(|name| self.plan(&PlanId::new(&name.value)));
            self.check_event(report.date, plan, diagnostics);
        }
    }

    /// Reports what has happened after today or before the plan, starts and ends that are far from the plan,
    /// and deadlines that moved to an earlier date.
    pub(super) fn check_commitment(
        &self,
        commitment: &CommitmentDraft,
        diagnostics: &mut Diagnostics,
    ) {
        let plan = self.plan(&commitment.id.plan);
        let withdrawn = commitment.withdrawn.iter().map(|withdrawal| withdrawal.date);
        let updated = commitment.updates.iter().map(|update| update.date);
        let moved = commitment.rescheduled.iter().map(|moved| moved.date);
        let completed = commitment.milestones.iter().map(|milestone| milestone.completed_date);
        for date in withdrawn.chain(updated).chain(moved).chain(completed) {
            self.check_event(date, plan, diagnostics);
        }
        let indicators = commitment.indicators.iter();
        let counted = indicators.flat_map(|indicator| &indicator.values).map(|value| value.date);
        let corrected = commitment.corrections.iter().map(|correction| correction.date);
        let seen = commitment.evidence().map(|evidence| evidence.accessed);
        for date in counted.chain(corrected).chain(seen) {
            self.check_event(date, None, diagnostics);
        }
        let moves = commitment.rescheduled.iter().filter_map(|moved| moved.from.zip(moved.to));
        for (from, to) in moves.filter(|(from, to)| to.value.is_before(from.value)) {
            diagnostics.add(problems::moved_back(to, from));
        }
        let Some(plan) = plan else { return };
        check_period(commitment.start_date, commitment.end_date, plan, diagnostics);
        for milestone in &commitment.milestones {
            check_period(milestone.start_date, milestone.end_date, plan, diagnostics);
        }
    }

    /// Returns a plan, or `None` if its own dates are wrong: a typing error in them is not reported
    /// again for every date that is compared with them.
    fn plan(&self, id: &PlanId) -> Option<&ActionPlan> {
        let plan = self.plans.get(id)?;
        let (start, end) = (plan.start_date, plan.end_date);
        let is_plausible = !years_later(self.today, MARGIN).is_before(start)
            && !end.is_before(start)
            && !is_too_long(start, end);
        is_plausible.then_some(plan)
    }

    /// Reports the date of something that has happened, if it is after today or before the plan.
    fn check_event(
        &self,
        date: Option<Spanned<PartialDate>>,
        plan: Option<&ActionPlan>,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(Spanned { value: date, span }) = date else { return };
        if self.today.is_before(date) {
            let reason = Implausible::AfterToday(self.today);
            diagnostics.add(problems::implausible_date(span, date, reason));
        } else if let Some(plan) = plan.filter(|plan| date.is_before(plan.start_date)) {
            let reason = Implausible::BeforePlan(plan);
            diagnostics.add(problems::implausible_date(span, date, reason));
        }
    }
}

/// Reports a start or an end that is far from the plan. If they are in the wrong order, that is
/// reported already.
fn check_period(
    start: Option<Spanned<PartialDate>>,
    end: Option<Spanned<EndDate>>,
    plan: &ActionPlan,
    diagnostics: &mut Diagnostics,
) {
    let end = end.and_then(|end| Some(Spanned { value: end.value.date()?, span: end.span }));
    if start.zip(end).is_some_and(|(start, end)| end.value.is_before(start.value)) {
        return;
    }
    for Spanned { value: date, span } in start.into_iter().chain(end) {
        let reason = if years_later(date, MARGIN).is_before(plan.start_date) {
            Implausible::LongBeforePlan { years: MARGIN, plan }
        } else if years_later(plan.end_date, MARGIN).is_before(date) {
            Implausible::LongAfterPlan { years: MARGIN, plan }
        } else {
            continue;
        };
        diagnostics.add(problems::implausible_date(span, date, reason));
    }
}

fn is_too_long(start: PartialDate, end: PartialDate) -> bool {
    years_later(start, MAX_PLAN_YEARS).is_before(end)
}

fn years_later(date: PartialDate, years: u16) -> PartialDate {
    date.months_later(12 * years)
}
