//! What changed, newest first.

use serde::Serialize;

use super::Viewer;
use super::layout::{Layout, PageKind};
use super::shared::{DateView, Link, Prose, ReportLine, StandingView};
use crate::markdown::Below;
use crate::model::{Commitment, Finding, PartialDate, Report, Standing, Update, What};
use crate::route::Route;

/// How many groups of changes the home page shows.
pub(super) const NEWEST: usize = 3;

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
    /// The commitments.
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
    pub from: Option<StandingView>,
    /// The level; `None` for an update.
    pub to: Option<StandingView>,
    /// What the update says.
    pub text: Option<Prose<'a>>,
}

impl<'a> Viewer<'a> {
    /// The page of changes.
    pub fn changes(&self) -> ChangesView<'a> {
        let title = self.own(self.say("changes_title"));
        ChangesView {
            page: self.layout(PageKind::Changes, title, self.say("changes_description")),
            groups: self.change_groups(),
        }
    }

    /// All changes, newest first.
    pub(super) fn change_groups(&self) -> Vec<ChangeGroup<'a>> {
        let portal = self.portal;
        let mut groups: Vec<(PartialDate, ChangeGroup<'a>)> = Vec::new();
        for report in &portal.reports {
            let items: Vec<_> = portal
                .of_plan(&report.plan.id)
                .filter_map(|commitment| self.assessed(commitment, report))
                .collect();
            if !items.is_empty() {
                let date = self.date(report.date);
                let report_line = Some(self.report_line(report));
                groups.push((report.date, ChangeGroup { date, report: report_line, items }));
            }
        }
        for commitment in &portal.commitments {
            for update in &commitment.updates {
                let items = vec![self.updated(commitment, update)];
                let date = self.date(update.date);
                groups.push((update.date, ChangeGroup { date, report: None, items }));
            }
        }
        for commitment in &portal.commitments {
            let Some(withdrawal) = &commitment.withdrawn else { continue };
            let Some(withdrawn) = withdrawal.date else { continue };
            let item = ChangeItem {
                to: Some(self.standing(Standing::Withdrawn)),
                text: withdrawal.reason.as_ref().map(|it| self.prose(it, Below(2))),
                ..self.change(commitment)
            };
            let date = self.date(withdrawn);
            groups.push((withdrawn, ChangeGroup { date, report: None, items: vec![item] }));
        }
        // A stable sort: what has one date stays in the order of reports and commitments.
        groups.sort_by_key(|(date, _)| std::cmp::Reverse(*date));
        groups.into_iter().map(|(_, group)| group).collect()
    }

    fn assessed(&self, commitment: &'a Commitment, report: &Report) -> Option<ChangeItem<'a>> {
        commitment.changes().into_iter().find_map(|change| match change.what {
            What::Assessed { assessment, from } if assessment.report.id == report.id => {
                Some(ChangeItem {
                    from: from.map(|standing| self.standing(standing)),
                    to: Some(self.finding_view(assessment.finding)),
                    ..self.change(commitment)
                })
            }
            _ => None,
        })
    }

    fn updated(&self, commitment: &'a Commitment, update: &'a Update) -> ChangeItem<'a> {
        let text = Some(self.prose(&update.text, Below(2)));
        ChangeItem { text, ..self.change(commitment) }
    }

    fn change(&self, commitment: &'a Commitment) -> ChangeItem<'a> {
        ChangeItem {
            number: commitment.id.number(),
            link: self.link(&commitment.title, &Route::Commitment(commitment.id.clone())),
            from: None,
            to: None,
            text: None,
        }
    }

    /// What one report found, as a standing.
    pub(super) fn finding_view(&self, finding: Finding) -> StandingView {
        self.standing(finding.into())
    }
}
