//! The page of a standing: the commitments that have it.

use serde::Serialize;

use super::layout::Layout;
use super::shared::{PlanSection, StandingView};
use super::viewer::Viewer;
use crate::language::Argument;
use crate::model::{PlanPart, Standing};

#[derive(Debug, Serialize)]
pub struct LevelView<'a> {
    pub page: Layout<'a>,
    pub standing: StandingView<'a>,
    /// How many commitments of the newest plan have this standing, and who says so.
    pub claim: String,
    /// The plans with such commitments, newest first.
    pub plans: Vec<PlanSection<'a>>,
    /// Every standing, with the number of its commitments.
    pub others: Vec<LevelLink<'a>>,
}

#[derive(Debug, Serialize)]
pub struct LevelLink<'a> {
    pub standing: StandingView<'a>,
    /// The number of commitments, in words; empty if there are several plans, because the portal adds
    /// up nothing across plans.
    pub count: String,
    /// Whether the page is about this standing.
    pub current: bool,
}

impl<'a> Viewer<'a> {
    pub fn level(&self, standing: Standing) -> LevelView<'a> {
        let view = self.standing(standing);
        let claim = |part: &PlanPart<'a>| {
            let finding = self.finding(self.portal.of_plan(&part.plan.id));
            let counts = [
                ("count", Argument::Number(finding.tally.count(standing))),
                ("total", Argument::Number(finding.tally.total())),
            ];
            let sentence = self.language.message("level_summary", &counts);
            self.language.attributed(&finding, &sentence)
        };
        let newest = self.portal.newest_plan().map(|part| claim(&part)).unwrap_or_default();
        let description = format!("{}: {} {newest}", view.label, view.meaning);
        LevelView {
            page: self.layout(self.interface_text(view.label.to_owned()), description),
            standing: view,
            claim: newest,
            plans: self.plan_sections(self.portal.with_standing(standing), 0, claim),
            others: self.level_links(Some(standing)),
        }
    }

    /// Links to the pages of all standings.
    pub(super) fn level_links(&self, current: Option<Standing>) -> Vec<LevelLink<'a>> {
        let has_counts = !self.portal.has_several_plans();
        let link = |standing| LevelLink {
            standing: self.standing(standing),
            count: match has_counts {
                true => self.language.number(self.portal.with_standing(standing).len()),
                false => String::new(),
            },
            current: current == Some(standing),
        };
        Standing::ALL.into_iter().map(link).collect()
    }
}
