//! What changed, newest first.

use serde::Serialize;

use super::layout::{Layout, PageKind};
use super::pagination::CHANGES_PER_PAGE;
use super::shared::{DateView, Link, Prose, ReportLine, StandingView};
use super::viewer::Viewer;
use crate::markdown::ParentHeading;
use crate::model::{AssessedLevel, Change, ChangeKind, Commitment, Report, Standing};

/// How many groups of changes the home page shows.
pub(super) const MAX_CHANGE_GROUPS: usize = 3;

/// What changed.
#[derive(Debug, Serialize)]
pub struct ChangesView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// Newest first.
    pub groups: Vec<ChangeGroup<'a>>,
}

/// What one report said, or one update.
#[derive(Debug, Serialize)]
pub struct ChangeGroup<'a> {
    /// When.
    pub date: DateView,
    /// The report; `None` for an update or a withdrawal.
    pub report: Option<ReportLine<'a>>,
    /// How many commitments.
    pub count: usize,
    /// They; on the home page only the first.
    pub items: Vec<ChangeItem<'a>>,
}

/// A commitment of which something new was said.
#[derive(Debug, Serialize)]
pub struct ChangeItem<'a> {
    /// Its number in its plan.
    pub number: &'a str,
    /// Its title, and its page.
    pub link: Link<'a>,
    /// The same assessor's level before, where it was another.
    pub from: Option<StandingView<'a>>,
    /// The level; `None` for an update.
    pub to: Option<StandingView<'a>>,
    /// What the update says.
    pub text: Option<Prose<'a>>,
}

impl<'a> Viewer<'a> {
    /// The page of changes.
    pub fn changes(&self) -> ChangesView<'a> {
        let title = self.interface_text(self.message("changes_title"));
        let here = self.portal.changes(self.page_range(CHANGES_PER_PAGE));
        ChangesView {
            page: self.layout(PageKind::Changes, title, self.message("changes_description")),
            groups: self.grouped(here, CHANGES_PER_PAGE).collect(),
        }
    }

    /// The newest groups of changes.
    pub(super) fn newest_changes(&self) -> Vec<ChangeGroup<'a>> {
        let all = self.portal.changes(0..self.portal.change_count());
        self.grouped(all, 1).take(MAX_CHANGE_GROUPS).collect()
    }

    /// What one report says stands together; of each group so many items.
    fn grouped(
        &self,
        changes: impl Iterator<Item = (&'a Commitment, Change<'a>)>,
        most_items: usize,
    ) -> impl Iterator<Item = ChangeGroup<'a>> {
        let mut changes = changes.peekable();
        std::iter::from_fn(move || {
            let (commitment, change) = changes.next()?;
            let report = reported(&change);
            let date = self.date(change.date);
            let mut items = vec![self.change(commitment, change)];
            let mut count = 1;
            let of_report = |next: &(&Commitment, Change<'_>)| {
                report.is_some_and(|it| reported(&next.1).is_some_and(|next| next.id == it.id))
            };
            while let Some((commitment, change)) = changes.next_if(of_report) {
                count += 1;
                if items.len() < most_items {
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
                (None, Some(Standing::Withdrawn), withdrawal.reason.as_ref().map(prose))
            }
        };
        ChangeItem {
            number: commitment.id.number(),
            link: self.commitment_link(commitment),
            from: from.map(|standing| self.standing(standing)),
            to: to.map(|standing| self.standing(standing)),
            text,
        }
    }

    /// What one report found, as a standing.
    pub(super) fn level_view(&self, level: AssessedLevel) -> StandingView<'a> {
        self.standing(level.into())
    }
}

/// The report that says it, where one does.
fn reported<'a>(change: &Change<'a>) -> Option<&'a Report> {
    match change.kind {
        ChangeKind::Assessed { assessment, .. } => Some(&assessment.report),
        ChangeKind::Updated(_) | ChangeKind::Withdrawn(_) => None,
    }
}
