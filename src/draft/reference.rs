//! The files of action plans, agencies and reports, to which commitments refer. The fields of a
//! draft have the names of their keys, which `content/README.md` describes.

use super::commitment::{LocationDraft, read_location};
use super::links::check_markdown;
use crate::diagnostic::Diagnostics;
use crate::document::{Translated, Value};
use crate::markdown::TextKind;
use crate::model::{AgencyId, Assessor, PartialDate, PlanId, ReportId, Section, Text};
use crate::source::Spanned;

/// An action plan as written.
#[derive(Clone)]
pub struct ActionPlanDraft {
    pub id: PlanId,
    /// The path relative to the site folder.
    pub file: String,
    pub title: Option<Text>,
    pub number: Option<u32>,
    pub start_date: Option<Spanned<PartialDate>>,
    pub end_date: Option<Spanned<PartialDate>>,
    pub chapters: Vec<ChapterDraft>,
}

#[derive(Clone)]
pub struct ChapterDraft {
    pub number: Option<Spanned<String>>,
    pub title: Option<Text>,
}

pub(super) fn read_plan(id: PlanId, file: String, root: Translated<'_>) -> ActionPlanDraft {
    let table = &root.table;
    let title = root.required_line("title");
    let number = table.optional("number").and_then(|value| value.number(1, 99));
    let start_date = table.required("start_date").and_then(Value::date);
    let end_date = table.required("end_date").and_then(Value::date);
    let chapters = root.inner_tables("chapters").into_iter().map(read_chapter).collect();
    root.finish();
    let number = number.map(|number| number as u32);
    ActionPlanDraft { id, file, title, number, start_date, end_date, chapters }
}

fn read_chapter(chapter: Translated<'_>) -> ChapterDraft {
    let number = chapter.table.required("number").and_then(Value::name);
    let title = chapter.required_line("title");
    chapter.finish();
    ChapterDraft { number, title }
}

/// An agency as written.
#[derive(Clone)]
pub struct AgencyDraft {
    pub id: AgencyId,
    /// The path relative to the site folder.
    pub file: String,
    pub name: Option<Text>,
    pub short_name: Option<Text>,
    pub website: Option<Spanned<String>>,
    pub aliases: Vec<Spanned<String>>,
}

pub(super) fn read_agency(id: AgencyId, file: String, root: Translated<'_>) -> AgencyDraft {
    let name = root.required_line("name");
    let short_name = root.line("short_name");
    let website = root.table.optional("website").and_then(Value::web_address);
    let aliases = root.table.list("aliases").into_iter().filter_map(Value::name).collect();
    root.finish();
    AgencyDraft { id, file, name, short_name, website, aliases }
}

/// A report as written.
#[derive(Clone)]
pub struct ReportDraft {
    pub id: ReportId,
    /// The path relative to the site folder.
    pub file: String,
    pub title: Option<Text>,
    pub assessor: Option<Spanned<Assessor>>,
    pub action_plan: Option<Spanned<String>>,
    pub date: Option<Spanned<PartialDate>>,
    /// The value of `url` or `file`.
    pub location: Option<LocationDraft>,
    pub partial: bool,
    pub sections: Vec<Section>,
    /// The links in the texts of the sections to addresses of this site.
    pub links: Vec<Spanned<String>>,
}

pub(super) fn read_report(
    id: ReportId,
    file: String,
    root: Translated<'_>,
    diagnostics: &mut Diagnostics,
) -> ReportDraft {
    let table = &root.table;
    let title = root.required_line("title");
    let assessor = table.required("assessor").and_then(|value| {
        value.choice("assessor", &Assessor::ALL.map(|assessor| (assessor.name(), assessor)))
    });
    let action_plan = table.required("action_plan").and_then(Value::name);
    let date = table.required("date").and_then(Value::date);
    let location = read_location(table);
    let partial = table.optional("partial").and_then(Value::boolean).unwrap_or(false);
    let sections: Vec<Section> =
        root.inner_tables("sections").into_iter().filter_map(read_section).collect();
    root.finish();
    let texts = sections.iter().filter_map(|section| section.text.as_ref());
    let links = check_markdown(texts, TextKind::Field, diagnostics);
    ReportDraft { id, file, title, assessor, action_plan, date, location, partial, sections, links }
}

fn read_section(section: Translated<'_>) -> Option<Section> {
    let title = section.required_line("title");
    let text = section.text("text");
    section.finish();
    Some(Section { title: title?, text })
}
