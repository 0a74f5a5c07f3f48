//! An action plan, chapter by chapter.

use serde::Serialize;

use super::layout::{Layout, PageKind};
use super::pagination::{COMMITMENTS_PER_PAGE, range_from};
use super::shared::{
    ChapterRow, ChartLinks, ChartView, Choice, CommitmentRow, DateView, Link, PlanSection,
    ReportLine,
};
use super::viewer::Viewer;
use crate::chart::BarHeight;
use crate::language::Argument;
use crate::model::{ActionPlan, Chapter, Commitment, Selection};
use crate::route::Route;

/// One action plan.
#[derive(Debug, Serialize)]
pub struct PlanView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// Which of the country's plans it is, in words; empty if that is not known.
    pub number: String,
    /// When it begins.
    pub start_date: DateView,
    /// When it ends.
    pub end_date: DateView,
    /// All its commitments.
    pub chart: ChartView<'a>,
    /// Those of its chapters that are on this part of the page; the last of all holds the commitments
    /// without one, if there are any.
    pub chapters: Vec<ChapterView<'a>>,
    /// The reports that judge it, newest first.
    pub reports: Vec<ReportLine<'a>>,
}

/// A chapter of a plan with its commitments.
#[derive(Debug, Serialize)]
pub struct ChapterView<'a> {
    /// The chapter.
    #[serde(flatten)]
    pub row: ChapterRow<'a>,
    /// Its place on the plan's page.
    pub anchor: String,
    /// Those of its commitments that are on this part of the page.
    pub commitments: Vec<CommitmentRow<'a>>,
}

impl<'a> Viewer<'a> {
    /// The page of an action plan.
    pub fn plan(&self, plan: &'a ActionPlan) -> PlanView<'a> {
        let tally = self.portal.of_plan(&plan.id).tally();
        let title = self.localized(&plan.title);
        let description = format!("{}: {}", title.text, self.summary(&tally));
        let reports = self.portal.reports.iter().rev().filter(|it| it.plan.id == plan.id);
        let is_whole_portal = tally.total() == self.portal.commitments.len();
        let links_to = if is_whole_portal { ChartLinks::LevelPages } else { ChartLinks::Nothing };
        PlanView {
            page: self.layout(PageKind::Plan, title, description),
            number: plan
                .number
                .map(|number| {
                    let number = [("number", Argument::Number(number as usize))];
                    self.language.message("plan_number", &number)
                })
                .unwrap_or_default(),
            start_date: self.date(plan.start_date),
            end_date: self.date(plan.end_date),
            chart: self.chart(&tally, BarHeight::Large, links_to),
            chapters: self.chapters_here(plan),
            reports: reports.map(|report| self.report_line(report)).collect(),
        }
    }

    /// What of a selection is on this part of the page, below its plans.
    pub(super) fn by_plan(&self, selection: Selection<'a>) -> Vec<PlanSection<'a>> {
        let here: Vec<_> = selection.range(self.page_range(COMMITMENTS_PER_PAGE)).collect();
        let section = |commitments: &[&'a Commitment]| {
            let plan = &commitments[0].plan;
            PlanSection {
                link: self.link(&plan.title, &Route::Plan(plan.id.clone())),
                commitments: commitments.iter().map(|commitment| self.row(commitment)).collect(),
            }
        };
        here.chunk_by(|a, b| a.id.plan == b.id.plan).map(section).collect()
    }

    /// The chapters of a plan, and last the commitments without one, if there are any.
    pub(super) fn chapters(&self, plan: &'a ActionPlan) -> Vec<ChapterRow<'a>> {
        self.chapter_positions(plan).map(|chapter| self.chapter(plan, &chapter)).collect()
    }

    /// Those of them that are on this part of the plan's page, with their commitments.
    fn chapters_here(&self, plan: &'a ActionPlan) -> Vec<ChapterView<'a>> {
        let range = self.page_range(COMMITMENTS_PER_PAGE);
        let is_here = |it: &ChapterPosition<'_>| {
            range.contains(&it.first)
                || (it.first..it.start + it.commitments.len()).contains(&range.start)
        };
        let view = |chapter: ChapterPosition<'a>| ChapterView {
            row: self.chapter(plan, &chapter),
            anchor: anchor(plan, chapter.at),
            commitments: chapter
                .commitments
                .range(range_from(&range, chapter.start))
                .map(|commitment| self.row(commitment))
                .collect(),
        };
        self.chapter_positions(plan).filter(is_here).map(view).collect()
    }

    /// The place of a chapter on its plan's page.
    pub(super) fn chapter_href(&self, plan: &ActionPlan, at: usize) -> String {
        let chapter =
            self.chapter_positions(plan).nth(at).expect("a place among the plan's chapters");
        self.place(plan, &chapter)
    }

    /// The chapters of a plan to choose from.
    pub(super) fn chapter_choices(&self, plan: &'a ActionPlan) -> Vec<Choice<'a>> {
        let placed = self.chapter_positions(plan).zip(&plan.chapters);
        let choice = |(placed, chapter): (ChapterPosition<'_>, &'a Chapter)| Choice {
            value: format!("{}/{}", plan.id, chapter.number),
            number: &chapter.number,
            link: Link { text: self.localized(&chapter.title), href: self.place(plan, &placed) },
        };
        placed.map(choice).collect()
    }

    fn chapter(&self, plan: &'a ActionPlan, chapter: &ChapterPosition<'_>) -> ChapterRow<'a> {
        let (number, title) = match plan.chapters.get(chapter.at) {
            Some(chapter) => (chapter.number.as_str(), self.localized(&chapter.title)),
            None if plan.chapters.is_empty() => {
                ("", self.interface_text(self.message("commitments")))
            }
            None => ("", self.interface_text(self.message("other_commitments"))),
        };
        ChapterRow {
            number,
            title,
            href: self.place(plan, chapter),
            chart: self.chart(&chapter.commitments.tally(), BarHeight::Small, ChartLinks::Nothing),
        }
    }

    fn place(&self, plan: &ActionPlan, chapter: &ChapterPosition<'_>) -> String {
        let page =
            self.page_with(chapter.first, COMMITMENTS_PER_PAGE, Route::Plan(plan.id.clone()));
        format!("{page}#{}", anchor(plan, chapter.at))
    }

    fn chapter_positions(
        &self,
        plan: &ActionPlan,
    ) -> impl Iterator<Item = ChapterPosition<'a>> + use<'a> {
        let last = self.portal.of_plan(&plan.id).len().saturating_sub(1);
        let chapters = plan.chapters.len();
        let mut start = 0;
        let place = move |(at, commitments): (usize, Selection<'a>)| {
            let placed = ChapterPosition { at, start, first: start.min(last), commitments };
            start += commitments.len();
            placed
        };
        let all = self.portal.of_chapters(plan).enumerate().map(place);
        all.filter(move |it| it.at < chapters || !it.commitments.is_empty())
    }
}

/// A chapter, or the commitments without one, in the list of all commitments of its plan.
struct ChapterPosition<'p> {
    /// The place among the plan's chapters; behind the last for those without one.
    at: usize,
    /// How many commitments stand before.
    start: usize,
    /// The entry of the list that the chapter's heading stands before, or behind if it is empty.
    first: usize,
    commitments: Selection<'p>,
}

/// The place of a chapter on its plan's page.
fn anchor(plan: &ActionPlan, at: usize) -> String {
    if at < plan.chapters.len() { format!("chapter-{}", at + 1) } else { "other".to_owned() }
}
