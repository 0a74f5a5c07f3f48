//! The page of changes, newest first: what reports and updates say.
//!
//! Changes that come from one report form a group.

use serde::Serialize;

use super::layout::Layout;
use super::shared::{DateView, Link, LocalizedText, Prose, ReportLine, StandingView};
use super::viewer::Viewer;
use crate::markdown::ParentHeading;
use crate::model::{Change, ChangeKind, Commitment, Report, Standing};
use crate::route::CHANGES_PER_PAGE;

/// How many groups of changes the home page shows.
pub(super) const MAX_CHANGE_GROUPS: usize = 3;

#[derive(Debug, Serialize)]
pub struct ChangesView<'a> {
    pub page: Layout<'a>,
    /// Newest first.
    pub groups: Vec<ChangeGroup<'a>>,
}

/// All changes that one report makes, or one update or withdrawal.
#[derive(Debug, Serialize)]
pub struct ChangeGroup<'a> {
    pub date: DateView,
    /// `None` for an update or a withdrawal.
    pub report: Option<ReportLine<'a>>,
    /// The number of changes in the group; `items` may have fewer.
    pub count: usize,
    /// On the home page, only the first item.
    pub items: Vec<ChangeItem<'a>>,
}

/// A change of one commitment.
#[derive(Debug, Serialize)]
pub struct ChangeItem<'a> {
    pub number: &'a str,
    pub link: Link<'a>,
    /// `None` if the portal has only one plan.
    pub plan: Option<LocalizedText<'a>>,
    /// The previous level from the same assessor; `None` if there is none or it is the same.
    pub from: Option<StandingView<'a>>,
    /// The new level; `None` for an update.
    pub to: Option<StandingView<'a>>,
    pub text: Option<Prose<'a>>,
}

impl<'a> Viewer<'a> {
    pub fn changes(&self) -> ChangesView<'a> {
        let title = self.interface_text(self.message("changes_title"));
        let changes = self.portal.changes(self.page_range());
        ChangesView {
            page: self.layout(title, self.message("changes_description")),
            groups: self.grouped(changes, CHANGES_PER_PAGE).collect(),
        }
    }

    pub(super) fn newest_changes(&self) -> Vec<ChangeGroup<'a>> {
        let all = self.portal.changes(0..self.portal.change_count());
        self.grouped(all, 1).take(MAX_CHANGE_GROUPS).collect()
    }

    /// Groups changes by report. Each group has at most `max_items` items.
    fn grouped(
        &self,
        changes: impl Iterator<Item = (&'a Commitment, Change<'a>)>,
        max_items: usize,
    ) -> impl Iterator<Item = ChangeGroup<'a>> {
        let mut changes = changes.peekable();
        std::iter::from_fn(move || {
            let (commitment, change) = changes.next()?;
            let report = source_report(&change);
            let date = self.date(change.date);
            let mut items = vec![self.change(commitment, change)];
            let mut count = 1;
            let of_report = |next: &(&Commitment, Change<'_>)| {
                report.is_some_and(|report| {
                    source_report(&next.1).is_some_and(|next| next.id == report.id)
                })
            };
            while let Some((commitment, change)) = changes.next_if(of_report) {
                count += 1;
                if items.len() < max_items {
                    items.push(self.change(commitment, change));
                }
            }
            let report = report.map(|report| self.report_line(report));
            Some(ChangeGroup { date, report, count, items })
        })
    }

    fn change(&self, commitment: &'a Commitment, change: Change<'a>) -> ChangeItem<'a> {
        let prose = |text| self.prose(text, ParentHeading(2));
        let (from, to, text) = match change.kind {
            ChangeKind::Assessed { assessment, from } => {
                (from, Some(assessment.level.into()), None)
            }
            ChangeKind::Updated(update) => (None, None, Some(prose(&update.text))),
            ChangeKind::Withdrawn(withdrawal) => {
                (None, Some(Standing::Withdrawn), withdrawal.texts.reason.as_ref().map(prose))
            }
        };
        ChangeItem {
            number: commitment.id.number(),
            link: self.commitment_link(commitment),
            plan: self.plan_name(&commitment.plan),
            from: from.map(|standing| self.standing(standing)),
            to: to.map(|standing| self.standing(standing)),
            text,
        }
    }
}

/// The report that a change comes from; `None` for an update or a withdrawal.
fn source_report<'a>(change: &Change<'a>) -> Option<&'a Report> {
    match change.kind {
        ChangeKind::Assessed { assessment, .. } => Some(&assessment.report),
        ChangeKind::Updated(_) | ChangeKind::Withdrawn(_) => None,
    }
}
