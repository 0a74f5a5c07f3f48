//! The commitments that have one standing.

use serde::Serialize;

use super::layout::{Layout, PageKind};
use super::shared::{PlanSection, StandingView};
use super::viewer::Viewer;
use crate::language::Argument;
use crate::model::{Standing, Tally};

/// The commitments behind one number.
#[derive(Debug, Serialize)]
pub struct LevelView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// The standing.
    pub standing: StandingView<'a>,
    /// How many of how many, as a sentence.
    pub summary: String,
    /// They.
    pub plans: Vec<PlanSection<'a>>,
    /// Every standing, with the number of its commitments.
    pub others: Vec<LevelLink<'a>>,
}

/// Another standing.
#[derive(Debug, Serialize)]
pub struct LevelLink<'a> {
    /// The standing.
    pub standing: StandingView<'a>,
    /// How many have it.
    pub count: String,
    /// Whether it is the page's own.
    pub current: bool,
}

impl<'a> Viewer<'a> {
    /// The page of one standing.
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
            page: self.layout(
                PageKind::Level,
                self.interface_text(view.label.to_owned()),
                description,
            ),
            standing: view,
            summary,
            plans: self.by_plan(self.portal.with_standing(standing)),
            others: self.level_links(&tally, Some(standing)),
        }
    }

    /// The pages of all standings.
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
