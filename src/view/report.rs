//! The page of a report: a sheet for each commitment, laid out for printing. In a self-assessment, it is OGP's
//! Commitment Completion Template.

use serde::Serialize;

use super::commitment::{AssessmentView, ContactView};
use super::layout::Layout;
use super::shared::{
    ChartLinks, ChartView, CommitmentRow, DateView, Link, LocalizedText, Prose, SourceView,
    StandingView, Texts,
};
use super::viewer::Viewer;
use crate::language::Argument;
use crate::markdown::ParentHeading;
use crate::model::{
    Assessment, AssessorKind, Commitment, CompletionLevel, Milestone, Report, Section, Standing,
};
use crate::route::{Chart, Route};

#[derive(Debug, Serialize)]
pub struct ReportView<'a> {
    pub page: Layout<'a>,
    #[serde(flatten)]
    pub source: SourceView<'a>,
    /// The country's name; empty if `site.toml` has no `country`.
    pub country: String,
    /// The plan that it assesses.
    pub plan: Link<'a>,
    /// When the plan begins and ends.
    pub start_date: DateView,
    pub end_date: DateView,
    /// Where to write to the publisher; `None` if the site has no `report_mistakes`.
    pub contact: Option<Link<'a>>,
    /// The address of the published document; empty if it is not known.
    pub document: String,
    /// The type and size of the file, or the name of the other site.
    pub document_type: String,
    /// Its absolute address, for paper; empty if it is not known.
    pub document_address: String,
    /// The address of the whole report on one page; empty if this page has it all.
    pub whole: String,
    /// The address of the report in parts; empty unless this is the whole report on one page.
    pub parts: String,
    /// What it is in OGP's cycle, in words; empty if it is not known.
    pub kind: String,
    /// Whether the government assesses itself: only then, OGP's template contains what it says.
    pub is_self_assessment: bool,
    /// The levels that it gives.
    pub chart: ChartView<'a>,
    pub sections: Vec<SectionView<'a>>,
    /// A sentence if the page has texts in another language; otherwise empty.
    pub untranslated: String,
    /// One for each commitment that it assesses.
    pub sheets: Vec<SheetView<'a>>,
}

#[derive(Debug, Serialize)]
pub struct SectionView<'a> {
    pub title: LocalizedText<'a>,
    pub text: Option<Prose<'a>>,
}

/// One commitment in a report. A field that the report leaves out is `None` or empty.
#[derive(Debug, Serialize)]
pub struct SheetView<'a> {
    pub commitment: CommitmentRow<'a>,
    /// The `id` of the sheet on the page.
    pub anchor: String,
    pub contacts: Vec<ContactView<'a>>,
    /// The lead agencies, by the names that they had when the report was published.
    pub leads: Vec<Link<'a>>,
    pub supporting: Vec<Link<'a>>,
    pub partners: Vec<LocalizedText<'a>>,
    pub objective: Prose<'a>,
    pub description: Prose<'a>,
    /// The optional texts of the commitment: `relevance` and so on.
    #[serde(flatten)]
    pub texts: Texts<'a>,
    pub levels: Vec<LevelBox<'a>>,
    pub assessment: AssessmentView<'a>,
    /// The milestones, each with what the report says about it; in the report of another assessor than the
    /// government, only those that it says something about.
    pub milestones: Vec<SheetMilestone<'a>>,
    pub end_date: Option<DateView>,
}

/// A milestone of a commitment in a report.
#[derive(Debug, Serialize)]
pub struct SheetMilestone<'a> {
    pub title: LocalizedText<'a>,
    pub end_date: Option<DateView>,
    /// `None` if the report says nothing about it.
    pub standing: Option<StandingView<'a>>,
    pub note: Option<Prose<'a>>,
}

/// One of the template's four boxes for the completion level.
#[derive(Debug, Serialize)]
pub struct LevelBox<'a> {
    pub label: &'a str,
    /// Whether the report marks it.
    pub marked: bool,
}

impl<'a> Viewer<'a> {
    /// The page of a report, a later page of it, or the whole report on one page.
    pub fn report(&self, report: &'a Report) -> ReportView<'a> {
        let site = &self.portal.site;
        let finding = self.portal.finding_of(report);
        let mut chart =
            self.level_chart(&finding, ChartLinks::Nothing, &Chart::Report(report.id.clone()));
        chart.sources.clear();
        chart.claim = self.report_claim(report);
        let title = self.localized(&report.title);
        let list = Route::Report(report.id.clone());
        let whole = Route::WholeReport(report.id.clone());
        let is_whole = *self.route == whole;
        let subject = match is_whole {
            true => format!("{} ({})", title.text, self.message("whole_report")),
            false => title.text.to_string(),
        };
        let has_whole = !is_whole && list.clone().pages(self.portal).contains(&whole);
        let location = report.location.as_ref();
        let (document, document_type) =
            location.map(|location| self.document(location)).unwrap_or_default();
        let on_page = self.portal.assessments_of(report, self.page_range());
        let sheets = on_page.map(|(commitment, assessment)| self.sheet(commitment, assessment));
        ReportView {
            page: self.layout(title, format!("{subject}: {}", chart.claim)),
            source: self.source(report),
            country: site
                .country
                .as_deref()
                .map(|code| self.language.country(code))
                .unwrap_or_default(),
            plan: self.plan_link(&report.plan),
            start_date: self.date(report.plan.start_date),
            end_date: self.date(report.plan.end_date),
            contact: site.report_mistakes.as_deref().map(|address| self.address(address)),
            document,
            document_type,
            document_address: location
                .map(|location| self.document_address(location))
                .unwrap_or_default(),
            whole: if has_whole { self.links.page(&whole) } else { String::new() },
            parts: if is_whole { self.links.page(&list) } else { String::new() },
            kind: report.kind.map(|kind| self.term(kind)).unwrap_or_default(),
            is_self_assessment: report.assessor.kind == AssessorKind::Government,
            chart,
            sections: report.sections.iter().map(|section| self.section(section)).collect(),
            untranslated: self.untranslated(
                self.portal
                    .assessments_of(report, self.page_range())
                    .flat_map(|(_, assessment)| assessment.all_texts())
                    .filter_map(|(_, text)| text),
            ),
            sheets: sheets.collect(),
        }
    }

    /// What a report says about its plan, as a sentence.
    pub(super) fn report_claim(&self, report: &Report) -> String {
        let finding = self.portal.finding_of(report);
        if self.portal.is_complete(report) {
            return self.language.claim(&finding);
        }
        // A few levels of a report are not a finding about the plan.
        let count = [("count", Argument::Number(finding.tally.total()))];
        self.language.message("summary_partial", &count)
    }

    fn sheet(&self, commitment: &'a Commitment, assessment: &'a Assessment) -> SheetView<'a> {
        let date = assessment.report.date;
        let supporting = commitment.supporting.iter().map(|agency| self.agency_on(agency, date));
        let level_box = |level: CompletionLevel| LevelBox {
            label: self.label(level.into()),
            marked: Standing::from(assessment.level) == Standing::from(level),
        };
        SheetView {
            commitment: self.row(commitment),
            anchor: sheet_anchor(commitment),
            contacts: commitment.contacts.iter().map(|contact| self.contact(contact)).collect(),
            leads: commitment.leads.iter().map(|agency| self.agency_on(agency, date)).collect(),
            supporting: supporting.collect(),
            partners: commitment.partners.iter().map(|partner| self.localized(partner)).collect(),
            objective: self.prose(&commitment.objective, ParentHeading(3)),
            description: self.prose(&commitment.description, ParentHeading(3)),
            texts: self.fields(commitment.texts.all()),
            levels: CompletionLevel::ALL.into_iter().map(level_box).collect(),
            assessment: self.assessment(assessment),
            milestones: self.sheet_milestones(commitment, assessment),
            end_date: commitment.end_date.map(|date| self.end_date(date)),
        }
    }

    fn sheet_milestones(
        &self,
        commitment: &'a Commitment,
        assessment: &'a Assessment,
    ) -> Vec<SheetMilestone<'a>> {
        let is_self_assessment = assessment.report.assessor.kind == AssessorKind::Government;
        let milestones = commitment.milestones.iter().enumerate();
        let milestones = milestones
            .filter(|(index, _)| is_self_assessment || assessment.milestone(*index).is_some());
        let view = |(index, milestone): (usize, &'a Milestone)| {
            let assessed = assessment.milestone(index);
            let note = assessed.and_then(|assessed| assessed.texts.note.as_ref());
            SheetMilestone {
                title: self.localized(&milestone.title),
                end_date: milestone.end_date.map(|date| self.end_date(date)),
                standing: assessed.map(|assessed| self.standing(assessed.level.into())),
                note: note.map(|note| self.prose(note, ParentHeading(3))),
            }
        };
        milestones.map(view).collect()
    }

    /// The address of what a report says about a commitment.
    pub(super) fn sheet_address(&self, report: &Report, commitment: &Commitment) -> String {
        let position = self.portal.position_in_report(&report.id, &commitment.id);
        let page = self.page_with(position, Route::Report(report.id.clone()));
        format!("{page}#{}", sheet_anchor(commitment))
    }

    /// A link with its address as text: the mailbox of a `mailto:` address without what it sets in a
    /// message.
    fn address(&self, address: &str) -> Link<'a> {
        let text = match address.strip_prefix("mailto:") {
            Some(rest) => rest.split('?').next().unwrap_or_default(),
            None => address,
        };
        Link { text: self.interface_text(text.to_owned()), href: address.to_owned() }
    }

    fn section(&self, section: &'a Section) -> SectionView<'a> {
        SectionView {
            title: self.localized(&section.title),
            text: section.text.as_ref().map(|text| self.prose(text, ParentHeading(2))),
        }
    }
}

/// The `id` of a commitment's sheet on the page of a report.
fn sheet_anchor(commitment: &Commitment) -> String {
    format!("c{}", commitment.id.number())
}
