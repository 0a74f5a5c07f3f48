//! The page of an action plan, chapter by chapter, and links to chapters from other pages.

use serde::Serialize;

use super::comparison::{ComparisonView, ReportRow};
use super::layout::Layout;
use super::pagination::range_from;
use super::shared::{
    ChapterRow, ChartForm, ChartLinks, ChartView, Choice, CommitmentRow, DateView, DownloadView,
    Link, ReportLine,
};
use super::viewer::Viewer;
use crate::language::Argument;
use crate::model::{ActionPlan, Chapter, Finding, PlanPart, Selection};
use crate::route::{Chart, Route};
use crate::web_address::percent_encoded;

#[derive(Debug, Serialize)]
pub struct PlanView<'a> {
    pub page: Layout<'a>,
    /// Which of the country's plans this is, as a sentence; empty if that is not known.
    pub number: String,
    pub start_date: DateView,
    pub end_date: DateView,
    /// When the next report is due, as a sentence; empty if that is not known.
    pub next_report: String,
    pub chart: ChartView<'a>,
    /// How many milestones are completed, as a sentence; empty if nobody says it.
    pub milestone_count: String,
    /// `None` if only one assessor gives levels.
    pub comparison: Option<ComparisonView<'a>>,
    /// The levels report by report, of assessors with several reports.
    pub history: Vec<ReportRow<'a>>,
    pub history_download: DownloadView,
    /// The chapters that are on this page of the list. The last of all has the commitments without
    /// a chapter, if there are any.
    pub chapters: Vec<ChapterView<'a>>,
    /// The reports that assess it, newest first.
    pub reports: Vec<ReportLine<'a>>,
    /// The address of the list of all plans.
    pub all: String,
}

/// A chapter with its commitments.
#[derive(Debug, Serialize)]
pub struct ChapterView<'a> {
    #[serde(flatten)]
    pub row: ChapterRow<'a>,
    /// The `id` of its heading on the plan's page.
    pub anchor: String,
    /// Its commitments that are on this page of the list.
    pub commitments: Vec<CommitmentRow<'a>>,
}

impl<'a> Viewer<'a> {
    pub fn plan(&self, plan: &'a ActionPlan) -> PlanView<'a> {
        let finding = self.finding(self.portal.of_plan(&plan.id));
        let title = self.localized(&plan.title);
        let description = format!("{}: {}", title.text, self.language.claim(&finding));
        let reports = self.portal.reports.iter().rev().filter(|report| report.plan.id == plan.id);
        PlanView {
            page: self.layout(title, description),
            number: plan
                .number
                .map(|number| {
                    let number = [("number", Argument::Number(number as usize))];
                    self.language.message("plan_number", &number)
                })
                .unwrap_or_default(),
            next_report: self.next_report(plan),
            milestone_count: self.milestones_of_plan(plan),
            start_date: self.date(plan.start_date),
            end_date: self.date(plan.end_date),
            chart: self.plan_chart(plan, &finding),
            comparison: self.plan_part(plan).and_then(|part| self.comparison(&part)),
            history: self.report_history(plan),
            history_download: self.download(&Chart::History(plan.id.clone())),
            chapters: self.chapters_on_page(plan),
            reports: reports.map(|report| self.report_line(report)).collect(),
            all: self.links.page(&Route::Plans),
        }
    }

    /// The levels of a plan.
    pub(super) fn plan_chart(&self, plan: &'a ActionPlan, finding: &Finding<'a>) -> ChartView<'a> {
        let file = Chart::Plan(plan.id.clone());
        self.level_chart(finding, ChartLinks::LevelPages(plan), &file)
    }

    /// The commitments of a plan in the list of all commitments.
    fn plan_part(&self, plan: &ActionPlan) -> Option<PlanPart<'a>> {
        self.portal.everything().by_plan().find(|part| part.plan.id == plan.id)
    }

    /// The chapters of a plan, and last the commitments without one, if there are any.
    pub(super) fn chapters(&self, plan: &'a ActionPlan) -> Vec<ChapterRow<'a>> {
        let form = self.chapters_form(plan);
        self.chapter_positions(plan).map(|chapter| self.chapter(plan, &chapter, form)).collect()
    }

    fn chapters_form(&self, plan: &ActionPlan) -> ChartForm {
        ChartForm::of_rows(self.chapter_positions(plan).map(|chapter| chapter.commitments.len()))
    }

    /// The chapters that are on this page of the plan, with their commitments.
    fn chapters_on_page(&self, plan: &'a ActionPlan) -> Vec<ChapterView<'a>> {
        let range = self.page_range();
        let is_on_page = |chapter: &ChapterPosition<'_>| {
            let end = chapter.start + chapter.commitments.len();
            range.contains(&chapter.first) || (chapter.first..end).contains(&range.start)
        };
        let form = self.chapters_form(plan);
        let view = |chapter: ChapterPosition<'a>| ChapterView {
            row: self.chapter(plan, &chapter, form),
            anchor: anchor(plan, chapter.index),
            commitments: chapter
                .commitments
                .range(range_from(&range, chapter.start))
                .map(|commitment| self.row(commitment))
                .collect(),
        };
        self.chapter_positions(plan).filter(is_on_page).map(view).collect()
    }

    /// When the next report on a plan is due, as a sentence; empty if that is not known.
    pub(super) fn next_report(&self, plan: &ActionPlan) -> String {
        let sentence = |due| {
            let date = self.language.date(due);
            self.language.message("next_report_due", &[("date", Argument::Text(&date))])
        };
        self.portal.next_report_due(plan).map(sentence).unwrap_or_default()
    }

    /// How many milestones of a plan are completed, as a sentence.
    fn milestones_of_plan(&self, plan: &ActionPlan) -> String {
        let headline = &self.portal.site.headline;
        let commitments = self.portal.of_plan(&plan.id).iter();
        let counts = commitments.filter_map(|commitment| commitment.milestone_count(headline));
        let (completed, total) = counts.fold((0, 0), |(completed, total), count| {
            (completed + count.completed, total + count.total)
        });
        if total == 0 {
            return String::new();
        }
        let assessor = self.assessor(headline);
        let words = [
            ("count", Argument::Number(completed)),
            ("total", Argument::Number(total)),
            ("assessor", Argument::Text(&assessor)),
        ];
        self.language.message("milestones_of_plan", &words)
    }

    /// The address of a chapter on its plan's page. `index` is the position of the chapter in its
    /// plan.
    pub(super) fn chapter_href(&self, plan: &ActionPlan, index: usize) -> String {
        let chapter =
            self.chapter_positions(plan).nth(index).expect("an index among the plan's chapters");
        self.chapter_address(plan, &chapter)
    }

    /// The chapters of a plan to choose from.
    pub(super) fn chapter_choices(&self, plan: &'a ActionPlan) -> Vec<Choice<'a>> {
        let chapters = self.chapter_positions(plan).zip(&plan.chapters);
        let choice = |(position, chapter): (ChapterPosition<'_>, &'a Chapter)| Choice {
            value: format!("{}/{}", plan.id, chapter.number),
            number: &chapter.number,
            plan: self.plan_name(plan),
            link: Link {
                text: self.localized(&chapter.title),
                href: self.chapter_address(plan, &position),
            },
        };
        chapters.map(choice).collect()
    }

    fn chapter(
        &self,
        plan: &'a ActionPlan,
        chapter: &ChapterPosition<'a>,
        form: ChartForm,
    ) -> ChapterRow<'a> {
        let (number, title) = match plan.chapters.get(chapter.index) {
            Some(chapter) => (chapter.number.as_str(), self.localized(&chapter.title)),
            None if plan.chapters.is_empty() => {
                ("", self.interface_text(self.message("commitments")))
            }
            None => ("", self.interface_text(self.message("other_commitments"))),
        };
        ChapterRow {
            number,
            title,
            href: self.chapter_address(plan, chapter),
            chart: self.chart(&self.finding(chapter.commitments), form, ChartLinks::Nothing),
        }
    }

    fn chapter_address(&self, plan: &ActionPlan, chapter: &ChapterPosition<'_>) -> String {
        let page = self.page_with(chapter.first, Route::Plan(plan.id.clone()));
        format!("{page}#{}", percent_encoded(&anchor(plan, chapter.index)))
    }

    fn chapter_positions(
        &self,
        plan: &ActionPlan,
    ) -> impl Iterator<Item = ChapterPosition<'a>> + use<'a> {
        let last = self.portal.of_plan(&plan.id).len().saturating_sub(1);
        let chapter_count = plan.chapters.len();
        let mut start = 0;
        let position = move |(index, commitments): (usize, Selection<'a>)| {
            let position = ChapterPosition { index, start, first: start.min(last), commitments };
            start += commitments.len();
            position
        };
        let positions = self.portal.of_chapters(plan).enumerate().map(position);
        positions.filter(move |position| {
            position.index < chapter_count || !position.commitments.is_empty()
        })
    }
}

/// The number and title of a chapter.
pub(super) fn chapter_name(chapter: &ChapterRow<'_>) -> String {
    format!("{} {}", chapter.number, chapter.title.text).trim().to_owned()
}

/// A chapter, or the commitments without one, in the list of all commitments of its plan.
struct ChapterPosition<'p> {
    /// The index in the plan's chapters; their number for the commitments without a chapter.
    index: usize,
    /// The number of commitments before this chapter.
    start: usize,
    /// The entry of the list on whose page the chapter's heading is: `start`, or the last entry if
    /// no commitment follows.
    first: usize,
    commitments: Selection<'p>,
}

/// The `id` of a chapter's heading on its plan's page: the chapter's number, without white space (HTML,
/// 3.2.6).
fn anchor(plan: &ActionPlan, index: usize) -> String {
    match plan.chapters.get(index) {
        Some(chapter) => format!("chapter-{}", chapter.number.replace(char::is_whitespace, "_")),
        None => "other".to_owned(),
    }
}
