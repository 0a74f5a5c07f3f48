//! The files of action plans, agencies and reports, to which commitments refer. The fields of a
//! draft have the names of their keys, which `format` declares.

use super::commitment::{LocationDraft, read_aliases, read_location};
use crate::document::Table;
use crate::model::{
    AgencyId, AssessorId, AssessorKind, PartialDate, PlanId, ReportId, ReportKind, ReportTexts,
    Section, SuccessionKind, Text,
};
use crate::source::{Span, Spanned};

/// An action plan as written.
#[derive(Clone)]
pub struct ActionPlanDraft {
    pub id: PlanId,
    /// The path relative to the site folder.
    pub file: String,
    pub title: Option<Text>,
    pub number: Option<u16>,
    pub start_date: Option<Spanned<PartialDate>>,
    pub end_date: Option<Spanned<PartialDate>>,
    pub next_report_due: Option<Spanned<PartialDate>>,
    pub chapters: Vec<ChapterDraft>,
}

#[derive(Clone)]
pub struct ChapterDraft {
    pub number: Option<Spanned<String>>,
    pub title: Option<Text>,
}

pub(super) fn read_plan(id: PlanId, file: String, table: Table<'_>) -> ActionPlanDraft {
    let draft = ActionPlanDraft {
        id,
        file,
        title: table.text("title"),
        number: table.number("number"),
        start_date: table.date("start_date"),
        end_date: table.date("end_date"),
        next_report_due: table.date("next_report_due"),
        chapters: table.tables("chapters").into_iter().map(read_chapter).collect(),
    };
    table.finish();
    draft
}

fn read_chapter(table: Table<'_>) -> ChapterDraft {
    let draft = ChapterDraft { number: table.string("number"), title: table.text("title") };
    table.finish();
    draft
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
    pub from: Option<Spanned<PartialDate>>,
    pub until: Option<Spanned<PartialDate>>,
    pub former_names: Vec<FormerNameDraft>,
    pub became: Vec<SuccessionDraft>,
}

#[derive(Clone)]
pub struct FormerNameDraft {
    pub name: Option<Text>,
    pub until: Option<Spanned<PartialDate>>,
}

#[derive(Clone)]
pub struct SuccessionDraft {
    pub agency: Option<Spanned<String>>,
    pub date: Option<Spanned<PartialDate>>,
    pub kind: Option<Spanned<SuccessionKind>>,
}

pub(super) fn read_agency(id: AgencyId, file: String, table: Table<'_>) -> AgencyDraft {
    let draft = AgencyDraft {
        id,
        file,
        name: table.text("name"),
        short_name: table.text("short_name"),
        website: table.string("website"),
        aliases: read_aliases(&table),
        from: table.date("from"),
        until: table.date("until"),
        former_names: table.tables("former_names").into_iter().map(read_former_name).collect(),
        became: table.tables("became").into_iter().map(read_succession).collect(),
    };
    table.finish();
    draft
}

fn read_former_name(table: Table<'_>) -> FormerNameDraft {
    let draft = FormerNameDraft { name: table.text("name"), until: table.date("until") };
    table.finish();
    draft
}

fn read_succession(table: Table<'_>) -> SuccessionDraft {
    let draft = SuccessionDraft {
        agency: table.string("agency"),
        date: table.date("date"),
        kind: table.choice("kind"),
    };
    table.finish();
    draft
}

/// An assessor as written.
#[derive(Clone)]
pub struct AssessorDraft {
    pub id: AssessorId,
    /// The path relative to the site folder.
    pub file: String,
    pub name: Option<Text>,
    pub kind: Option<Spanned<AssessorKind>>,
    pub website: Option<Spanned<String>>,
    /// The start of the file.
    pub span: Span,
}

pub(super) fn read_assessor(id: AssessorId, file: String, table: Table<'_>) -> AssessorDraft {
    let draft = AssessorDraft {
        id,
        file,
        name: table.text("name"),
        kind: table.choice("kind"),
        website: table.string("website"),
        span: table.span(),
    };
    table.finish();
    draft
}

/// A report as written.
#[derive(Clone)]
pub struct ReportDraft {
    pub id: ReportId,
    /// The path relative to the site folder.
    pub file: String,
    pub title: Option<Text>,
    pub assessor: Option<Spanned<String>>,
    pub kind: Option<Spanned<ReportKind>>,
    pub action_plan: Option<Spanned<String>>,
    pub date: Option<Spanned<PartialDate>>,
    /// The value of `url` or `file`.
    pub location: Option<LocationDraft>,
    pub partial: bool,
    pub texts: ReportTexts,
    pub sections: Vec<Section>,
}

pub(super) fn read_report(id: ReportId, file: String, table: Table<'_>) -> ReportDraft {
    let draft = ReportDraft {
        id,
        file,
        title: table.text("title"),
        assessor: table.string("assessor"),
        kind: table.choice("kind"),
        action_plan: table.string("action_plan"),
        date: table.date("date"),
        location: read_location(&table),
        partial: table.boolean("partial").unwrap_or(false),
        texts: ReportTexts::read(|key| table.text(key)),
        sections: table.tables("sections").into_iter().filter_map(read_section).collect(),
    };
    table.finish();
    draft
}

fn read_section(table: Table<'_>) -> Option<Section> {
    let (title, text) = (table.text("title"), table.text("text"));
    table.finish();
    Some(Section { title: title?, text })
}
