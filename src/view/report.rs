//! A whole report in OGP's Commitment Completion Template, made to be printed.

use serde::Serialize;

use super::commitment::{AssessmentView, ContactView};
use super::layout::{Layout, PageKind};
use super::pagination::SHEETS_PER_PAGE;
use super::shared::{
    ChartLinks, ChartView, CommitmentRow, DateView, Link, LocalizedText, Prose, ReportLine,
};
use super::viewer::Viewer;
use crate::chart::BarHeight;
use crate::language::Argument;
use crate::markdown::ParentHeading;
use crate::model::{CompletionLevel, Report, Section, Standing};
use crate::route::Route;

/// One report.
#[derive(Debug, Serialize)]
pub struct ReportView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// Who, when, and whether it is here in part only.
    pub report: ReportLine<'a>,
    /// The plan that it judges.
    pub plan: Link<'a>,
    /// Where the report itself can be read; empty if that is not known.
    pub document: String,
    /// What kind of document that is.
    pub document_type: String,
    /// What it says of the commitments in numbers.
    pub chart: ChartView<'a>,
    /// Its own sections.
    pub sections: Vec<SectionView<'a>>,
    /// A sheet for each commitment that it judges.
    pub sheets: Vec<SheetView<'a>>,
}

/// A section of a report.
#[derive(Debug, Serialize)]
pub struct SectionView<'a> {
    /// Its heading.
    pub title: LocalizedText<'a>,
    /// What it says.
    pub text: Option<Prose<'a>>,
}

/// One commitment in OGP's template. What the report leaves out is `None` or empty.
#[derive(Debug, Serialize)]
pub struct SheetView<'a> {
    /// Number, title, lead.
    pub commitment: CommitmentRow<'a>,
    /// Its place on the page.
    pub anchor: String,
    /// Who answers for it.
    pub contact: Option<ContactView<'a>>,
    /// Agencies that help.
    pub supporting: Vec<Link<'a>>,
    /// Actors outside the government.
    pub partners: Vec<LocalizedText<'a>>,
    /// Main objective.
    pub objective: Prose<'a>,
    /// Brief description.
    pub description: Prose<'a>,
    /// Relevance.
    pub relevance: Option<Prose<'a>>,
    /// Ambition.
    pub ambition: Option<Prose<'a>>,
    /// The four boxes of the completion level.
    pub levels: Vec<LevelBox<'a>>,
    /// Results, next steps, additional information.
    pub assessment: AssessmentView<'a>,
    /// End date.
    pub end_date: Option<DateView>,
}

/// One of the template's four boxes.
#[derive(Debug, Serialize)]
pub struct LevelBox<'a> {
    /// The level in words.
    pub label: &'a str,
    /// Whether the report marks it.
    pub marked: bool,
}

impl<'a> Viewer<'a> {
    /// The page of a report.
    pub fn report(&self, report: &'a Report) -> ReportView<'a> {
        let judged = self.portal.assessed_by(&report.id);
        let tally = judged.tally();
        let here = judged.range(self.page_range(SHEETS_PER_PAGE)).map(|commitment| {
            let mut assessments = commitment.assessments.iter();
            let of_report = assessments.find(|it| it.report.id == report.id);
            (commitment, of_report.expect("the report judges it"))
        });
        let title = self.localized(&report.title);
        let line = self.report_line(report);
        let mut chart = self.chart(&tally, BarHeight::Large, ChartLinks::Nothing);
        if report.partial {
            // Most of the report is not here: its few levels are no finding.
            let count = [("count", Argument::Number(tally.total()))];
            chart.summary = self.language.message("summary_partial", &count);
        }
        let description = format!("{}: {}", title.text, chart.summary);
        let (document, document_type) = self.location(report.location.as_ref());
        let sheets = here.map(|(commitment, assessment)| SheetView {
            commitment: self.row(commitment),
            anchor: format!("c{}", commitment.id.number()),
            contact: commitment.contact.as_ref().map(|contact| self.contact(contact)),
            supporting: commitment.supporting.iter().map(|it| self.agency_link(it)).collect(),
            partners: commitment.partners.iter().map(|partner| self.localized(partner)).collect(),
            objective: self.prose(&commitment.objective, ParentHeading(3)),
            description: self.prose(&commitment.description, ParentHeading(3)),
            relevance: self.field(commitment.relevance.as_ref()),
            ambition: self.field(commitment.ambition.as_ref()),
            levels: CompletionLevel::ALL
                .into_iter()
                .map(|level| LevelBox {
                    label: self.label(level.into()),
                    marked: Standing::from(assessment.level) == Standing::from(level),
                })
                .collect(),
            assessment: self.assessment(assessment),
            end_date: commitment.end_date.map(|date| self.end_date(date)),
        });
        ReportView {
            page: self.layout(PageKind::Report, title, description),
            report: line,
            plan: self.link(&report.plan.title, &Route::Plan(report.plan.id.clone())),
            document,
            document_type,
            chart,
            sections: report.sections.iter().map(|section| self.section(section)).collect(),
            sheets: sheets.collect(),
        }
    }

    fn section(&self, section: &'a Section) -> SectionView<'a> {
        SectionView {
            title: self.localized(&section.title),
            text: section.text.as_ref().map(|it| self.prose(it, ParentHeading(2))),
        }
    }
}
