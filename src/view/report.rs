//! The page of a report: a sheet for each commitment in OGP's Commitment Completion Template, laid
//! out for printing.

use serde::Serialize;

use super::commitment::{AssessmentView, ContactView};
use super::layout::Layout;
use super::shared::{
    ChartLinks, ChartView, CommitmentRow, DateView, Link, LocalizedText, Prose, ReportLine, Texts,
};
use super::viewer::Viewer;
use crate::chart::BarHeight;
use crate::language::Argument;
use crate::markdown::ParentHeading;
use crate::model::{CompletionLevel, Report, Section, Standing};

#[derive(Debug, Serialize)]
pub struct ReportView<'a> {
    pub page: Layout<'a>,
    pub report: ReportLine<'a>,
    /// The plan that it assesses.
    pub plan: Link<'a>,
    /// The address of the published document; empty if it is not known.
    pub document: String,
    /// The type and size of the file, or the name of the other site.
    pub document_type: String,
    /// The levels that it gives.
    pub chart: ChartView<'a>,
    pub sections: Vec<SectionView<'a>>,
    /// One for each commitment that it assesses.
    pub sheets: Vec<SheetView<'a>>,
}

#[derive(Debug, Serialize)]
pub struct SectionView<'a> {
    pub title: LocalizedText<'a>,
    pub text: Option<Prose<'a>>,
}

/// One commitment in OGP's template. A field that the report leaves out is `None` or empty.
#[derive(Debug, Serialize)]
pub struct SheetView<'a> {
    pub commitment: CommitmentRow<'a>,
    /// The `id` of the sheet on the page.
    pub anchor: String,
    pub contact: Option<ContactView<'a>>,
    pub supporting: Vec<Link<'a>>,
    pub partners: Vec<LocalizedText<'a>>,
    pub objective: Prose<'a>,
    pub description: Prose<'a>,
    /// The optional texts of the commitment: `relevance` and so on.
    #[serde(flatten)]
    pub texts: Texts<'a>,
    pub levels: Vec<LevelBox<'a>>,
    pub assessment: AssessmentView<'a>,
    pub end_date: Option<DateView>,
}

/// One of the template's four boxes for the completion level.
#[derive(Debug, Serialize)]
pub struct LevelBox<'a> {
    pub label: &'a str,
    /// Whether the report marks it.
    pub marked: bool,
}

impl<'a> Viewer<'a> {
    pub fn report(&self, report: &'a Report) -> ReportView<'a> {
        let assessed = self.portal.assessed_by(&report.id);
        let tally = assessed.tally();
        let on_page = assessed.range(self.page_range()).map(|commitment| {
            let mut assessments = commitment.assessments.iter();
            let assessment = assessments.find(|assessment| assessment.report.id == report.id);
            (commitment, assessment.expect("the report assesses the commitment"))
        });
        let title = self.localized(&report.title);
        let line = self.report_line(report);
        let mut chart = self.chart(&tally, BarHeight::Large, ChartLinks::Nothing);
        if report.partial {
            // A few levels of a report are not a finding about the plan.
            let count = [("count", Argument::Number(tally.total()))];
            chart.summary = self.language.message("summary_partial", &count);
        }
        let description = format!("{}: {}", title.text, chart.summary);
        let document = report.location.as_ref().map(|location| self.document(location));
        let (document, document_type) = document.unwrap_or_default();
        let sheets = on_page.map(|(commitment, assessment)| SheetView {
            commitment: self.row(commitment),
            anchor: format!("c{}", commitment.id.number()),
            contact: commitment.contact.as_ref().map(|contact| self.contact(contact)),
            supporting: commitment
                .supporting
                .iter()
                .map(|agency| self.agency_link(agency))
                .collect(),
            partners: commitment.partners.iter().map(|partner| self.localized(partner)).collect(),
            objective: self.prose(&commitment.objective, ParentHeading(3)),
            description: self.prose(&commitment.description, ParentHeading(3)),
            texts: self.fields(commitment.texts.all()),
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
            page: self.layout(title, description),
            report: line,
            plan: self.plan_link(&report.plan),
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
            text: section.text.as_ref().map(|text| self.prose(text, ParentHeading(2))),
        }
    }
}
