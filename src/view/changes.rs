//! The page of changes, newest first: what reports and updates say.
//!
//! Changes of one date form a group if they come from one report, or are of one kind.

use serde::Serialize;

use super::layout::Layout;
use super::shared::{DateView, Link, LocalizedText, Prose, ReportLine, StandingView};
use super::viewer::Viewer;
use crate::markdown::ParentHeading;
use crate::model::{Change, ChangeKind, Commitment, Report, Standing};
use crate::route::{CHANGES_PER_PAGE, Route};

/// How many groups of changes the home page shows.
pub(super) const MAX_CHANGE_GROUPS: usize = 3;

/// How many changes of a group the home page shows.
const MAX_ITEMS_OF_HOME: usize = 3;

#[derive(Debug, Serialize)]
pub struct ChangesView<'a> {
    pub page: Layout<'a>,
    /// Newest first.
    pub groups: Vec<ChangeGroup<'a>>,
    /// The address of the page with what is late.
    pub deadlines: String,
    /// The address of the page with what was corrected.
    pub corrections: String,
}

/// The changes of one date that one report makes, or that are of one kind.
#[derive(Debug, Serialize)]
pub struct ChangeGroup<'a> {
    pub date: DateView,
    /// `None` if the change does not come from a report.
    pub report: Option<ReportLine<'a>>,
    /// The kind of change, in words; empty for a report.
    pub kind: String,
    /// The number of changes in the group.
    pub count: usize,
    /// The number of changes that are not in `items`.
    pub more: usize,
    /// On the home page, only the first ones.
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
    /// The milestone that was completed.
    pub milestone: Option<Link<'a>>,
    /// The deadline before and since the change.
    pub deadlines: Option<(DateView, DateView)>,
    pub text: Option<Prose<'a>>,
}

impl<'a> Viewer<'a> {
    pub fn changes(&self) -> ChangesView<'a> {
        let title = self.interface_text(self.message("changes_title"));
        let changes = self.portal.changes(self.page_range());
        ChangesView {
            page: self.layout(title, self.message("changes_description")),
            groups: self.grouped(changes, CHANGES_PER_PAGE).collect(),
            deadlines: self.links.page(&Route::Deadlines),
            corrections: self.links.page(&Route::Corrections),
        }
    }

    pub(super) fn newest_changes(&self) -> Vec<ChangeGroup<'a>> {
        let all = self.portal.changes(0..self.portal.change_count());
        self.grouped(all, MAX_ITEMS_OF_HOME).take(MAX_CHANGE_GROUPS).collect()
    }

    /// Groups changes by date, and by report or kind. Each group has at most `max_items` items.
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
            let kind = self.kind(&change);
            let mut items = vec![self.change(commitment, change)];
            let mut count = 1;
            let of_group = |(_, next): &(&Commitment, Change<'_>)| {
                let same_report = source_report(next).map(|next| &next.id);
                same_report == report.map(|report| &report.id)
                    && self.kind(next) == kind
                    && self.date(next.date).iso == date.iso
            };
            while let Some((commitment, change)) = changes.next_if(of_group) {
                count += 1;
                if items.len() < max_items {
                    items.push(self.change(commitment, change));
                }
            }
            let report = report.map(|report| self.report_line(report));
            let more = count - items.len();
            Some(ChangeGroup { date, report, kind, count, more, items })
        })
    }

    fn change(&self, commitment: &'a Commitment, change: Change<'a>) -> ChangeItem<'a> {
        let prose = |text| self.prose(text, ParentHeading(2));
        let mut item = ChangeItem {
            number: commitment.id.number(),
            link: self.commitment_link(commitment),
            plan: self.plan_name(&commitment.plan),
            from: None,
            to: None,
            milestone: None,
            deadlines: None,
            text: None,
        };
        match change.kind {
            ChangeKind::Assessed { assessment, from } => {
                item.from = from.map(|standing| self.standing(standing));
                item.to = Some(self.standing(assessment.level.into()));
            }
            ChangeKind::Updated(update) => item.text = Some(prose(&update.text)),
            ChangeKind::Completed(milestone) => {
                let href = format!("{}#{}", item.link.href, milestone.anchor());
                item.milestone = Some(Link { text: self.localized(&milestone.title), href });
            }
            ChangeKind::Rescheduled(moved) => {
                item.deadlines = Some((self.date(moved.from), self.date(moved.to)));
                item.text = moved.texts.reason.as_ref().map(prose);
            }
            ChangeKind::Corrected(correction) => item.text = Some(prose(&correction.text)),
            ChangeKind::Withdrawn(withdrawal) => {
                item.to = Some(self.standing(Standing::Withdrawn));
                item.text = withdrawal.texts.reason.as_ref().map(prose);
            }
        }
        item
    }

    fn kind(&self, change: &Change<'_>) -> String {
        let key = match change.kind {
            ChangeKind::Assessed { .. } => return String::new(),
            ChangeKind::Updated(_) => "update",
            ChangeKind::Completed(_) => "milestone_completed",
            ChangeKind::Rescheduled(_) => "deadline_moved",
            ChangeKind::Corrected(_) => "correction",
            ChangeKind::Withdrawn(_) => "withdrawal",
        };
        self.message(key)
    }
}

/// The report that a change comes from.
fn source_report<'a>(change: &Change<'a>) -> Option<&'a Report> {
    match change.kind {
        ChangeKind::Assessed { assessment, .. } => Some(&assessment.report),
        _ => None,
    }
}
