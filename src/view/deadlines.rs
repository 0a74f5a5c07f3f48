//! The pages of what is late, of deadlines that moved, and of corrections: by plan and by agency.

use serde::Serialize;

use super::layout::Layout;
use super::shared::{CommitmentReference, DateView, Link, Prose};
use super::viewer::Viewer;
use crate::markdown::ParentHeading;
use crate::model::{Agency, Commitment, Correction, Late, PlanPart, Reschedule};
use crate::route::Route;

#[derive(Debug, Serialize)]
pub struct DeadlinesView<'a> {
    pub page: Layout<'a>,
    /// What is late, the newest plan first.
    pub late: Vec<PlanItems<'a, LateItem<'a>>>,
    /// The deadlines that moved, the newest plan first.
    pub moved: Vec<PlanItems<'a, MovedItem<'a>>>,
    /// The address of the page of changes.
    pub changes: String,
}

#[derive(Debug, Serialize)]
pub struct CorrectionsView<'a> {
    pub page: Layout<'a>,
    /// The newest plan first.
    pub plans: Vec<PlanItems<'a, CorrectionItem<'a>>>,
    /// The address of the page of changes.
    pub changes: String,
}

/// The items of one plan.
#[derive(Debug, Serialize)]
pub struct PlanItems<'a, T> {
    pub link: Link<'a>,
    /// By name. An item of a commitment with several lead agencies is listed with each of them.
    pub agencies: Vec<AgencyItems<'a, T>>,
}

#[derive(Debug, Serialize)]
pub struct AgencyItems<'a, T> {
    pub link: Link<'a>,
    pub items: Vec<T>,
}

#[derive(Debug, Serialize)]
pub struct LateItem<'a> {
    pub commitment: CommitmentReference<'a>,
    /// `None` for the commitment itself.
    pub milestone: Option<Link<'a>>,
    /// Since when, and in whose report.
    pub sentence: String,
}

#[derive(Debug, Serialize)]
pub struct MovedItem<'a> {
    pub commitment: CommitmentReference<'a>,
    pub date: DateView,
    pub from: DateView,
    pub to: DateView,
    pub reason: Option<Prose<'a>>,
}

#[derive(Debug, Serialize)]
pub struct CorrectionItem<'a> {
    pub commitment: CommitmentReference<'a>,
    pub date: DateView,
    pub text: Prose<'a>,
}

impl<'a> Viewer<'a> {
    pub fn deadlines(&self) -> DeadlinesView<'a> {
        let title = self.interface_text(self.message("deadlines_title"));
        DeadlinesView {
            page: self.layout(title, self.message("deadlines_description")),
            late: self.by_plan_and_agency(|commitment| self.late_items(commitment)),
            moved: self.by_plan_and_agency(|commitment| self.moved_items(commitment)),
            changes: self.links.page(&Route::Changes),
        }
    }

    pub fn corrections(&self) -> CorrectionsView<'a> {
        let title = self.interface_text(self.message("corrections_title"));
        CorrectionsView {
            page: self.layout(title, self.message("corrections_description")),
            plans: self.by_plan_and_agency(|commitment| self.correction_items(commitment)),
            changes: self.links.page(&Route::Changes),
        }
    }

    fn late_items(&self, commitment: &'a Commitment) -> Vec<LateItem<'a>> {
        let late = commitment.late(&self.portal.site.headline).into_iter();
        let item = |late: Late<'a>| {
            let commitment = self.reference(commitment);
            let milestone = late.milestone.map(|milestone| Link {
                text: self.localized(&milestone.title),
                href: format!("{}#{}", commitment.link.href, milestone.anchor()),
            });
            LateItem { commitment, milestone, sentence: self.language.late(&late) }
        };
        late.map(item).collect()
    }

    fn moved_items(&self, commitment: &'a Commitment) -> Vec<MovedItem<'a>> {
        let item = |moved: &'a Reschedule| MovedItem {
            commitment: self.reference(commitment),
            date: self.date(moved.date),
            from: self.date(moved.from),
            to: self.date(moved.to),
            reason: moved.texts.reason.as_ref().map(|text| self.prose(text, ParentHeading(4))),
        };
        commitment.rescheduled.iter().rev().map(item).collect()
    }

    fn correction_items(&self, commitment: &'a Commitment) -> Vec<CorrectionItem<'a>> {
        let item = |correction: &'a Correction| CorrectionItem {
            commitment: self.reference(commitment),
            date: self.date(correction.date),
            text: self.prose(&correction.text, ParentHeading(4)),
        };
        commitment.corrections.iter().rev().map(item).collect()
    }

    /// The items of each plan and agency that has any.
    fn by_plan_and_agency<T>(
        &self,
        items: impl Fn(&'a Commitment) -> Vec<T>,
    ) -> Vec<PlanItems<'a, T>> {
        let leads = self.portal.leads();
        let of_plan = |leads: &[(&'a Agency, PlanPart<'a>)]| {
            let mut leads = leads.to_vec();
            leads.sort_by(|(a, _), (b, _)| self.by_name(a, b));
            let of_agency = |(agency, part): &(&'a Agency, PlanPart<'a>)| {
                let items: Vec<T> = part.commitments.iter().flat_map(&items).collect();
                (!items.is_empty()).then(|| AgencyItems { link: self.agency_link(agency), items })
            };
            let agencies: Vec<_> = leads.iter().filter_map(of_agency).collect();
            let plan = leads.first()?.1.plan;
            (!agencies.is_empty()).then(|| PlanItems { link: self.plan_link(plan), agencies })
        };
        let plans = leads.chunk_by(|(_, a), (_, b)| a.plan.id == b.plan.id);
        plans.filter_map(of_plan).collect()
    }
}
