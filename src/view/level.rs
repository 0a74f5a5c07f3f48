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
    /// A sentence if no commitment has this standing; otherwise empty.
    pub nothing: String,
    /// The plans with such commitments, newest first.
    pub plans: Vec<PlanSection<'a>>,
    /// Every standing, with the number of its commitments.
    pub others: Vec<LevelLink<'a>>,
}

#[derive(Debug, Serialize)]
pub struct LevelLink<'a> {
    pub standing: StandingView<'a>,
    /// The number of commitments, in words; empty if there are some in several plans, because the portal
    /// adds up nothing across plans.
    pub count: String,
    pub is_empty: bool,
    /// Whether the page is about this standing.
    pub current: bool,
}

impl<'a> Viewer<'a> {
    pub fn level(&self, standing: Standing) -> LevelView<'a> {
        let view = self.standing(standing);
        let selection = self.portal.with_standing(standing);
        let assessor = self.assessor(&self.portal.site.headline);
        let nothing = match selection.is_empty() {
            true => {
                self.language.message("level_nothing", &[("assessor", Argument::Text(&assessor))])
            }
            false => String::new(),
        };
        let claim = |part: &PlanPart<'a>| self.level_claim(standing, part);
        let newest = selection.by_plan().next();
        let newest =
            newest.map(|part| self.language.with_plan(part.plan, self.portal, claim(&part)));
        let count = newest.as_ref().unwrap_or(&nothing);
        let description = format!("{}: {} {count}", view.label, view.meaning);
        LevelView {
            page: self.layout(self.interface_text(view.label.to_owned()), description),
            standing: view,
            nothing,
            plans: self.plan_sections(selection, 0, claim),
            others: self.level_links(Some(standing)),
        }
    }

    /// The number of commitments of a plan that have a standing, with its source. A withdrawal is a
    /// decision of the government, a level that is not reported is not in a report, and a merged commitment
    /// is not counted: these have no source.
    fn level_claim(&self, standing: Standing, part: &PlanPart<'a>) -> String {
        let finding = self.finding(self.portal.of_plan(&part.plan.id));
        let assessor = self.assessor(finding.assessor);
        let words = [
            ("count", Argument::Number(finding.tally.count(standing))),
            ("total", Argument::Number(finding.tally.total())),
            ("assessor", Argument::Text(&assessor)),
        ];
        match standing {
            Standing::Withdrawn => self.language.message("level_withdrawn", &words),
            Standing::Merged => {
                let count = part.commitments.len();
                self.language.message("level_merged", &[("count", Argument::Number(count))])
            }
            Standing::NotReported => self.language.message("level_not_reported", &words),
            _ => {
                let sentence = self.language.message("level_summary", &words);
                self.language.attributed(&finding, &sentence)
            }
        }
    }

    /// Links to the pages of all standings.
    pub(super) fn level_links(&self, current: Option<Standing>) -> Vec<LevelLink<'a>> {
        let has_counts = !self.portal.has_several_plans();
        let link = |standing| {
            let count = self.portal.with_standing(standing).len();
            LevelLink {
                standing: self.standing(standing),
                count: match has_counts || count == 0 {
                    true => self.language.number(count),
                    false => String::new(),
                },
                is_empty: count == 0,
                current: current == Some(standing),
            }
        };
        Standing::ALL.into_iter().map(link).collect()
    }
}
