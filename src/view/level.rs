//! The page of a standing: the commitments that have it.

use serde::Serialize;

use super::layout::Layout;
use super::shared::{PlanSection, StandingView};
use super::viewer::Viewer;
use crate::language::Argument;
use crate::model::{Standing, Tally};

#[derive(Debug, Serialize)]
pub struct LevelView<'a> {
    pub page: Layout<'a>,
    pub standing: StandingView<'a>,
    /// The number of commitments with this standing, as in "3 of 21 commitments".
    pub summary: String,
    pub plans: Vec<PlanSection<'a>>,
    /// Every standing, with the number of its commitments.
    pub others: Vec<LevelLink<'a>>,
}

#[derive(Debug, Serialize)]
pub struct LevelLink<'a> {
    pub standing: StandingView<'a>,
    /// The number of commitments, in words.
    pub count: String,
    /// Whether the page is about this standing.
    pub current: bool,
}

impl<'a> Viewer<'a> {
    pub fn level(&self, standing: Standing) -> LevelView<'a> {
        let tally = self.portal.tally();
        let view = self.standing(standing);
        let summary = self.language.message(
            "level_summary",
            &[
                ("count", Argument::Number(tally.count(standing))),
                ("total", Argument::Number(tally.total())),
            ],
        );
        let description = format!("{}: {} {summary}", view.label, view.meaning);
        LevelView {
            page: self.layout(self.interface_text(view.label.to_owned()), description),
            standing: view,
            summary,
            plans: self.by_plan(self.portal.with_standing(standing)),
            others: self.level_links(&tally, Some(standing)),
        }
    }

    /// Links to the pages of all standings.
    pub(super) fn level_links(
        &self,
        tally: &Tally,
        current: Option<Standing>,
    ) -> Vec<LevelLink<'a>> {
        let link = |(standing, count)| LevelLink {
            standing: self.standing(standing),
            count: self.language.number(count),
            current: current == Some(standing),
        };
        tally.iter().map(link).collect()
    }
}
