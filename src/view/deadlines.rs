//! The pages of what is late, of deadlines that moved, and of corrections: by plan and by agency.

use std::sync::Arc;

use serde::Serialize;

use super::commitment::{CorrectionView, RescheduleView};
use super::layout::Layout;
use super::shared::{CommitmentReference, Link};
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
    /// By name. An item with several lead agencies is listed with each of them.
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
    #[serde(flatten)]
    pub moved: RescheduleView<'a>,
}

#[derive(Debug, Serialize)]
pub struct CorrectionItem<'a> {
    pub commitment: CommitmentReference<'a>,
    #[serde(flatten)]
    pub correction: CorrectionView<'a>,
}

impl<'a> Viewer<'a> {
    pub fn deadlines(&self) -> DeadlinesView<'a> {
        let title = self.interface_text(self.message("deadlines_title"));
        DeadlinesView {
            page: self.layout(title, self.message("deadlines_description")),
            late: self.by_plan_and_agency(|commitment, agency| self.late_items(commitment, agency)),
            moved: self
                .by_plan_and_agency(|commitment, agency| self.moved_items(commitment, agency)),
            changes: self.links.page(&Route::Changes),
        }
    }

    pub fn corrections(&self) -> CorrectionsView<'a> {
        let title = self.interface_text(self.message("corrections_title"));
        CorrectionsView {
            page: self.layout(title, self.message("corrections_description")),
            plans: self
                .by_plan_and_agency(|commitment, agency| self.correction_items(commitment, agency)),
            changes: self.links.page(&Route::Changes),
        }
    }

    fn late_items(&self, commitment: &'a Commitment, agency: &Agency) -> Vec<LateItem<'a>> {
        let late = commitment.late(&self.portal.site.headline).into_iter();
        let item = |late: Late<'a>| {
            let commitment = self.reference(commitment);
            let milestone = late.milestone.map(|milestone| Link {
                text: self.localized(&milestone.title),
                href: format!("{}#{}", commitment.link.href, milestone.anchor()),
            });
            LateItem { commitment, milestone, sentence: self.language.late(&late) }
        };
        let leads = |late: &Late<'a>| match late.milestone {
            Some(milestone) if !milestone.leads.is_empty() => &milestone.leads,
            _ => &commitment.leads,
        };
        late.filter(|late| is_in(leads(late), agency)).map(item).collect()
    }

    fn moved_items(&self, commitment: &'a Commitment, agency: &Agency) -> Vec<MovedItem<'a>> {
        let item = |moved: &'a Reschedule| MovedItem {
            commitment: self.reference(commitment),
            moved: self.reschedule(moved, ParentHeading(4)),
        };
        let is_theirs = |_: &&Reschedule| is_in(&commitment.leads, agency);
        commitment.rescheduled.iter().rev().filter(is_theirs).map(item).collect()
    }

    fn correction_items(
        &self,
        commitment: &'a Commitment,
        agency: &Agency,
    ) -> Vec<CorrectionItem<'a>> {
        let item = |correction: &'a Correction| CorrectionItem {
            commitment: self.reference(commitment),
            correction: self.correction(correction, ParentHeading(4)),
        };
        let is_theirs = |_: &&Correction| is_in(&commitment.leads, agency);
        commitment.corrections.iter().rev().filter(is_theirs).map(item).collect()
    }

    /// The items of each plan and agency that has any. `items` returns those of a commitment that concern
    /// an agency.
    fn by_plan_and_agency<T>(
        &self,
        items: impl Fn(&'a Commitment, &'a Agency) -> Vec<T>,
    ) -> Vec<PlanItems<'a, T>> {
        let of_plan = |part: PlanPart<'a>| {
            let mut agencies: Vec<(&'a Agency, Vec<T>)> = Vec::new();
            for commitment in part.commitments.iter() {
                for agency in everybody(commitment) {
                    let items = items(commitment, agency);
                    match agencies.iter_mut().find(|(known, _)| known.id == agency.id) {
                        Some((_, all)) => all.extend(items),
                        None => agencies.push((agency, items)),
                    }
                }
            }
            agencies.retain(|(_, items)| !items.is_empty());
            agencies.sort_by(|(a, _), (b, _)| self.by_name(a, b));
            let of_agency = |(agency, items)| AgencyItems { link: self.agency_link(agency), items };
            let agencies: Vec<_> = agencies.into_iter().map(of_agency).collect();
            (!agencies.is_empty()).then(|| PlanItems { link: self.plan_link(part.plan), agencies })
        };
        self.portal.everything().by_plan().filter_map(of_plan).collect()
    }
}

/// The agencies that lead a commitment or one of its milestones, each once.
fn everybody(commitment: &Commitment) -> Vec<&Agency> {
    let of_milestones = commitment.milestones.iter().flat_map(|milestone| &milestone.leads);
    let mut agencies: Vec<&Agency> = Vec::new();
    for agency in commitment.leads.iter().chain(of_milestones) {
        if agencies.iter().all(|known| known.id != agency.id) {
            agencies.push(agency);
        }
    }
    agencies
}

/// Whether an agency is one of those that lead a commitment or a milestone.
fn is_in(leads: &[Arc<Agency>], agency: &Agency) -> bool {
    leads.iter().any(|lead| lead.id == agency.id)
}
