//! An action plan, chapter by chapter.

use serde::Serialize;

use super::Viewer;
use super::layout::{Layout, PageKind};
use super::shared::{Behind, ChartView, CommitmentRow, DateView, Link, ReportLine, Said};
use crate::chart::Height;
use crate::language::Argument;
use crate::model::{ActionPlan, Commitment, Tally};
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
    pub chart: ChartView,
    /// Its chapters; the last holds the commitments without one, if there are any.
    pub chapters: Vec<ChapterView<'a>>,
    /// The reports that judge it, newest first.
    pub reports: Vec<ReportLine<'a>>,
}

/// A chapter of a plan.
#[derive(Debug, Serialize)]
pub struct ChapterView<'a> {
    /// Its number; empty for the commitments without a chapter.
    pub number: &'a str,
    /// What it is about.
    pub title: Said<'a>,
    /// Its place on the plan's page.
    pub anchor: String,
    /// Its page and place.
    pub href: String,
    /// Its commitments in numbers.
    pub chart: ChartView,
    /// Its commitments.
    pub commitments: Vec<CommitmentRow<'a>>,
}

/// The commitments of one plan in a list that goes over several.
#[derive(Debug, Serialize)]
pub struct PlanSection<'a> {
    /// The plan.
    pub link: Link<'a>,
    /// The commitments.
    pub commitments: Vec<CommitmentRow<'a>>,
}

impl<'a> Viewer<'a> {
    /// The page of an action plan.
    pub fn plan(&self, plan: &'a ActionPlan) -> PlanView<'a> {
        let tally = tally(self.portal.of_plan(&plan.id));
        let title = self.said(&plan.title);
        let description = format!("{}: {}", title.text, self.finding(&tally));
        let reports = self.portal.reports.iter().rev().filter(|it| it.plan.id == plan.id);
        let is_whole_portal = tally.total() == self.portal.commitments.len();
        let behind = if is_whole_portal { Behind::LevelPages } else { Behind::Nothing };
        PlanView {
            page: self.layout(PageKind::Plan, title, description),
            number: plan
                .number
                .map(|number| {
                    let number = [("number", Argument::Number(number as usize))];
                    self.language.say("plan_number", &number)
                })
                .unwrap_or_default(),
            start_date: self.date(plan.start_date),
            end_date: self.date(plan.end_date),
            chart: self.chart(&tally, Height::Large, behind),
            chapters: self.chapters(plan),
            reports: reports.map(|report| self.report_line(report)).collect(),
        }
    }

    /// The chapters of a plan with their commitments.
    pub(super) fn chapters(&self, plan: &'a ActionPlan) -> Vec<ChapterView<'a>> {
        let page = self.links.page(&Route::Plan(plan.id.clone()));
        let chapter = |number: &'a str, title: Said<'a>, commitments: Vec<&'a Commitment>| {
            let anchor = chapter_anchor(plan, number);
            ChapterView {
                number,
                title,
                href: format!("{page}#{anchor}"),
                anchor,
                chart: self.chart(
                    &tally(commitments.iter().copied()),
                    Height::Small,
                    Behind::Nothing,
                ),
                commitments: commitments.into_iter().map(|it| self.row(it)).collect(),
            }
        };
        let within = |number: Option<&str>| {
            let number = number.map(str::to_owned);
            self.portal
                .of_plan(&plan.id)
                .filter(|it| it.chapter.as_ref().map(|it| &it.number) == number.as_ref())
                .collect::<Vec<_>>()
        };
        let mut chapters: Vec<_> = plan
            .chapters
            .iter()
            .map(|it| chapter(&it.number, self.said(&it.title), within(Some(&it.number))))
            .collect();
        let without = within(None);
        if !without.is_empty() {
            let key = if chapters.is_empty() { "commitments" } else { "other_commitments" };
            chapters.push(chapter("", self.own(self.say(key)), without));
        }
        chapters
    }
}

/// The place of a chapter on its plan's page.
pub(super) fn chapter_anchor(plan: &ActionPlan, number: &str) -> String {
    match plan.chapters.iter().position(|chapter| chapter.number == number) {
        Some(at) => format!("chapter-{}", at + 1),
        None => "other".to_owned(),
    }
}

fn tally<'c>(commitments: impl Iterator<Item = &'c Commitment>) -> Tally {
    commitments.map(|commitment| commitment.standing).collect()
}
