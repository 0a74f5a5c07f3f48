//! CSV (RFC 4180), in UTF-8 and with a header: one table for each kind of thing.
//!
//! Each begins with a byte-order mark: without it Excel takes the file for one in an old code page, and
//! Cyrillic for nonsense.
//!
//! A table is a list of columns, each with its name and its kind, and a function that makes the rows.
//! The pages that explain the columns and the data package are made of the same lists.

use std::borrow::Cow;

use super::address::address;
use crate::model::{
    Agency, Assessment, Assessor, Commitment, CompletionLevel, Evidence, Milestone, PartialDate,
    Portal, Standing, Text, Update,
};
use crate::route::{Route, Routes};

/// A file of rows.
pub struct Table {
    /// The name of the table and, before `.csv`, of its file in `data/`.
    pub name: &'static str,
    /// The columns that tell a row from all others.
    pub key: &'static [&'static str],
    /// From left to right.
    pub columns: &'static [Column],
    rows: for<'p> fn(&'p Portal, &'p Routes) -> Rows<'p>,
}

/// The rows of a table, each made when it is written: all of them together may be large.
type Rows<'p> = Box<dyn Iterator<Item = Vec<String>> + 'p>;

/// A column of a table. The theme's languages have a `column_` for each meaning.
pub struct Column {
    /// The name: that of the key in TOML.
    pub name: &'static str,
    /// What stands in it.
    pub kind: ColumnType,
    /// Under which key the languages explain it; the same name may mean something else elsewhere.
    pub meaning: &'static str,
}

/// What stands in the fields of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Any words.
    Text,
    /// An address on the web.
    Address,
    /// A year, month or day (ISO 8601).
    Date,
    /// The same, or `not-applicable`.
    EndDate,
    /// A whole number.
    Number,
    /// A completion level.
    Level,
    /// What one report finds.
    AssessedLevel,
    /// What the portal shows.
    Standing,
    /// Who judges.
    Assessor,
    /// The plan of a commitment: with the next, a reference to `commitments`.
    Plan,
    /// A reference to `agencies`.
    Agency,
}

const fn column(name: &'static str, kind: ColumnType) -> Column {
    Column { name, kind, meaning: name }
}

const fn column_that_means(name: &'static str, kind: ColumnType, meaning: &'static str) -> Column {
    Column { name, kind, meaning }
}

/// Every table.
pub const TABLES: [Table; 5] = [
    Table {
        name: "commitments",
        key: &["plan", "id"],
        columns: &[
            column("plan", ColumnType::Text),
            column("id", ColumnType::Text),
            column("ogp_id", ColumnType::Text),
            column("url", ColumnType::Address),
            column("chapter", ColumnType::Text),
            column("title", ColumnType::Text),
            column("lead", ColumnType::Agency),
            column("supporting", ColumnType::Text),
            column("partners", ColumnType::Text),
            column("values", ColumnType::Text),
            column("policy_areas", ColumnType::Text),
            column("start_date", ColumnType::Date),
            column("end_date", ColumnType::EndDate),
            column("standing", ColumnType::Standing),
            column("assessments", ColumnType::Text),
            column("description", ColumnType::Text),
        ],
        rows: |portal, routes| {
            let commitments = portal.commitments.iter();
            Box::new(commitments.map(|it| commitment(it, portal, routes)))
        },
    },
    Table {
        name: "assessments",
        key: &["plan", "id", "report"],
        columns: &[
            column("plan", ColumnType::Plan),
            column("id", ColumnType::Text),
            column_that_means("report", ColumnType::Text, "report_id"),
            column("assessor", ColumnType::Assessor),
            column("report_date", ColumnType::Date),
            column_that_means("level", ColumnType::AssessedLevel, "level_of_report"),
            column("results", ColumnType::Text),
            column("next_steps", ColumnType::Text),
            column("additional_information", ColumnType::Text),
            column("note", ColumnType::Text),
            column("evidence", ColumnType::Text),
        ],
        rows: assessments,
    },
    Table {
        name: "updates",
        key: &[],
        columns: &[
            column("plan", ColumnType::Plan),
            column("id", ColumnType::Text),
            column_that_means("date", ColumnType::Date, "date_of_update"),
            column_that_means("text", ColumnType::Text, "text_of_update"),
            column("evidence", ColumnType::Text),
        ],
        rows: updates,
    },
    Table {
        name: "milestones",
        key: &["plan", "id", "milestone"],
        columns: &[
            column("plan", ColumnType::Plan),
            column("id", ColumnType::Text),
            column("milestone", ColumnType::Number),
            column_that_means("title", ColumnType::Text, "title_of_milestone"),
            column("start_date", ColumnType::Date),
            column("end_date", ColumnType::EndDate),
            column_that_means("level", ColumnType::Level, "level_of_milestone"),
            column_that_means("description", ColumnType::Text, "description_of_milestone"),
        ],
        rows: milestones,
    },
    Table {
        name: "agencies",
        key: &["id"],
        columns: &[
            column_that_means("id", ColumnType::Text, "id_of_agency"),
            column_that_means("name", ColumnType::Text, "name_of_agency"),
            column("short_name", ColumnType::Text),
            column("website", ColumnType::Address),
            column_that_means("url", ColumnType::Address, "url_of_agency"),
            column("aliases", ColumnType::Text),
        ],
        rows: |portal, routes| {
            Box::new(portal.agencies.iter().map(|it| agency(it, portal, routes)))
        },
    },
];

impl Table {
    /// The file's name.
    pub fn file_name(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// The file: a header, and one row for each thing. Lists in a field are separated by `; `.
    pub(super) fn csv(&self, portal: &Portal, routes: &Routes) -> Vec<u8> {
        let header = self.columns.iter().map(|column| column.name);
        write_csv(header, (self.rows)(portal, routes))
    }
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A table as CSV, with fields that no spreadsheet takes for formulas.
pub(super) fn write_csv<'h>(
    header: impl Iterator<Item = &'h str>,
    rows: impl Iterator<Item = Vec<String>>,
) -> Vec<u8> {
    const IN_MEMORY: &str = "writing to memory does not fail";
    let bytes = BYTE_ORDER_MARK.as_bytes().to_vec();
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bytes);
    table.write_record(header).expect(IN_MEMORY);
    for row in rows {
        for field in &row {
            table.write_field(defused(field).as_bytes()).expect(IN_MEMORY);
        }
        table.write_record(None::<&[u8]>).expect(IN_MEMORY);
    }
    table.into_inner().expect(IN_MEMORY)
}

fn commitment(commitment: &Commitment, portal: &Portal, routes: &Routes) -> Vec<String> {
    let url = page(&Route::Commitment(commitment.id.clone()), portal, routes);
    let chapter = commitment.chapter.as_ref().map(|chapter| chapter.number.clone());
    let assessments = commitment.assessments.iter().map(|assessment| {
        let report = &assessment.report;
        let (assessor, level) = (report.assessor.name(), assessment.level.name());
        format!("{} ({assessor}, {}): {level}", report.id, report.date)
    });
    vec![
        commitment.id.plan.to_string(),
        commitment.id.number().to_owned(),
        commitment.ogp_id.clone().unwrap_or_default(),
        url,
        chapter.unwrap_or_default(),
        original(&commitment.title),
        commitment.lead.id.to_string(),
        list(commitment.supporting.iter().map(|agency| agency.id.to_string())),
        list(commitment.partners.iter().map(original)),
        list(commitment.values.iter().map(|value| value.name().to_owned())),
        list(commitment.policy_areas.iter().map(|area| area.0.to_owned())),
        date(commitment.start_date),
        commitment.end_date.map(|date| date.to_string()).unwrap_or_default(),
        commitment.standing.name().to_owned(),
        list(assessments),
        original(&commitment.description),
    ]
}

fn assessments<'p>(portal: &'p Portal, routes: &'p Routes) -> Rows<'p> {
    let row = |commitment: &Commitment, assessment: &Assessment| {
        vec![
            commitment.id.plan.to_string(),
            commitment.id.number().to_owned(),
            assessment.report.id.to_string(),
            assessment.report.assessor.name().to_owned(),
            assessment.report.date.to_string(),
            assessment.level.name().to_owned(),
            optional(assessment.results.as_ref()),
            optional(assessment.next_steps.as_ref()),
            optional(assessment.additional_information.as_ref()),
            optional(assessment.note.as_ref()),
            evidence(&assessment.evidence, routes),
        ]
    };
    Box::new(portal.commitments.iter().flat_map(move |commitment| {
        commitment.assessments.iter().map(move |assessment| row(commitment, assessment))
    }))
}

fn updates<'p>(portal: &'p Portal, routes: &'p Routes) -> Rows<'p> {
    let row = |commitment: &Commitment, update: &Update| {
        vec![
            commitment.id.plan.to_string(),
            commitment.id.number().to_owned(),
            update.date.to_string(),
            original(&update.text),
            evidence(&update.evidence, routes),
        ]
    };
    Box::new(portal.commitments.iter().flat_map(move |commitment| {
        commitment.updates.iter().map(move |update| row(commitment, update))
    }))
}

fn milestones<'p>(portal: &'p Portal, _: &'p Routes) -> Rows<'p> {
    let row = |commitment: &Commitment, number: usize, milestone: &Milestone| {
        vec![
            commitment.id.plan.to_string(),
            commitment.id.number().to_owned(),
            number.to_string(),
            original(&milestone.title),
            date(milestone.start_date),
            milestone.end_date.map(|date| date.to_string()).unwrap_or_default(),
            milestone.level.map(|level| level.name().to_owned()).unwrap_or_default(),
            optional(milestone.description.as_ref()),
        ]
    };
    Box::new(portal.commitments.iter().flat_map(move |commitment| {
        let numbered = (1..).zip(&commitment.milestones);
        numbered.map(move |(number, milestone)| row(commitment, number, milestone))
    }))
}

fn agency(agency: &Agency, portal: &Portal, routes: &Routes) -> Vec<String> {
    vec![
        agency.id.to_string(),
        original(&agency.name),
        optional(agency.short_name.as_ref()),
        agency.website.clone().unwrap_or_default(),
        page(&Route::Agency(agency.id.clone()), portal, routes),
        list(agency.aliases.iter().cloned()),
    ]
}

/// The words that may stand in a column of this kind, where they are a closed list.
pub(super) fn words_of(kind: ColumnType) -> Vec<&'static str> {
    match kind {
        ColumnType::Level => CompletionLevel::ALL.map(CompletionLevel::name).to_vec(),
        ColumnType::AssessedLevel => {
            let is_assessed = |standing: &Standing| *standing != Standing::Withdrawn;
            Standing::ALL.into_iter().filter(is_assessed).map(Standing::name).collect()
        }
        ColumnType::Standing => Standing::ALL.map(Standing::name).to_vec(),
        ColumnType::Assessor => Assessor::ALL.map(Assessor::name).to_vec(),
        _ => Vec::new(),
    }
}

fn page(route: &Route, portal: &Portal, routes: &Routes) -> String {
    routes.absolute(route, portal.site.default_language())
}

/// "title <address>" for each document.
fn evidence(evidence: &[Evidence], routes: &Routes) -> String {
    list(
        evidence
            .iter()
            .map(|it| format!("{} <{}>", original(&it.title), address(&it.location, routes))),
    )
}

fn date(date: Option<PartialDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

pub(super) fn original(text: &Text) -> String {
    text.original().text.trim().to_owned()
}

fn optional(text: Option<&Text>) -> String {
    text.map(original).unwrap_or_default()
}

/// A field that a spreadsheet cannot take for a formula (OWASP, "CSV injection"): one that begins
/// like a formula gets an apostrophe before it.
fn defused(field: &str) -> Cow<'_, str> {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{field}"))
    } else {
        Cow::Borrowed(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_is_a_formula() {
        for field in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(defused(field), format!("'{field}"));
        }
        assert_eq!(defused("3.3.1.3"), "3.3.1.3");
    }
}
