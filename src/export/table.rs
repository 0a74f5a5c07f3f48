//! CSV (RFC 4180) in UTF-8, with a header: one table for each kind of record.
//!
//! A file begins with a byte-order mark. Without it, Excel assumes an old code page and shows
//! Cyrillic text as nonsense.
//!
//! A table is a list of columns, each with a name and a type, and a function that returns the rows.
//! The page that explains the columns and the data package use the same lists.

use std::borrow::Cow;

use super::address::{address, page_url};
use crate::model::{
    Agency, Assessment, Assessor, Commitment, CompletionLevel, Evidence, Milestone, Portal,
    Standing, Text, Update,
};
use crate::route::{Route, Routes};

pub struct CsvTable {
    /// The name of the table, and of its file in `data/` without `.csv`.
    pub name: &'static str,
    /// The columns that identify a row.
    pub key: &'static [&'static str],
    pub columns: &'static [Column],
    rows: for<'p> fn(&'p Portal, &'p Routes) -> Rows<'p>,
}

/// The rows of a table. An iterator, because all rows together may take much memory.
type Rows<'p> = Box<dyn Iterator<Item = Vec<String>> + 'p>;

pub struct Column {
    /// The name of the key in TOML.
    pub name: &'static str,
    pub column_type: ColumnType,
    /// The interface text `column_…` that explains the column. Columns with the same name can have
    /// different meanings.
    pub meaning: &'static str,
}

/// The type of the fields in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    Text,
    /// An absolute URL.
    Address,
    /// A year, month or day (ISO 8601).
    Date,
    /// A date, or `not-applicable`.
    EndDate,
    /// A whole number.
    Number,
    Level,
    /// A completion level, `not-reported` or `no-evidence`.
    AssessedLevel,
    Standing,
    Assessor,
    /// The plan of a commitment. With the column `id`, it refers to a row of `commitments`.
    Plan,
    /// The id of a row of `agencies`.
    Agency,
}

const fn column(name: &'static str, column_type: ColumnType) -> Column {
    Column { name, column_type, meaning: name }
}

const fn column_with_meaning(
    name: &'static str,
    column_type: ColumnType,
    meaning: &'static str,
) -> Column {
    Column { name, column_type, meaning }
}

pub const TABLES: [CsvTable; 5] = [
    CsvTable {
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
            Box::new(commitments.map(|commitment| commitment_row(commitment, portal, routes)))
        },
    },
    CsvTable {
        name: "assessments",
        key: &["plan", "id", "report"],
        columns: &[
            column("plan", ColumnType::Plan),
            column("id", ColumnType::Text),
            column_with_meaning("report", ColumnType::Text, "report_id"),
            column("assessor", ColumnType::Assessor),
            column("report_date", ColumnType::Date),
            column_with_meaning("level", ColumnType::AssessedLevel, "level_of_report"),
            column("results", ColumnType::Text),
            column("next_steps", ColumnType::Text),
            column("additional_information", ColumnType::Text),
            column("note", ColumnType::Text),
            column("evidence", ColumnType::Text),
        ],
        rows: assessments,
    },
    CsvTable {
        name: "updates",
        key: &[],
        columns: &[
            column("plan", ColumnType::Plan),
            column("id", ColumnType::Text),
            column_with_meaning("date", ColumnType::Date, "date_of_update"),
            column_with_meaning("text", ColumnType::Text, "text_of_update"),
            column("evidence", ColumnType::Text),
        ],
        rows: updates,
    },
    CsvTable {
        name: "milestones",
        key: &["plan", "id", "milestone"],
        columns: &[
            column("plan", ColumnType::Plan),
            column("id", ColumnType::Text),
            column("milestone", ColumnType::Number),
            column_with_meaning("title", ColumnType::Text, "title_of_milestone"),
            column("start_date", ColumnType::Date),
            column("end_date", ColumnType::EndDate),
            column_with_meaning("level", ColumnType::Level, "level_of_milestone"),
            column_with_meaning("description", ColumnType::Text, "description_of_milestone"),
        ],
        rows: milestones,
    },
    CsvTable {
        name: "agencies",
        key: &["id"],
        columns: &[
            column_with_meaning("id", ColumnType::Text, "id_of_agency"),
            column_with_meaning("name", ColumnType::Text, "name_of_agency"),
            column("short_name", ColumnType::Text),
            column("website", ColumnType::Address),
            column_with_meaning("url", ColumnType::Address, "url_of_agency"),
            column("aliases", ColumnType::Text),
        ],
        rows: |portal, routes| {
            Box::new(portal.agencies.iter().map(|agency| agency_row(agency, portal, routes)))
        },
    },
];

impl CsvTable {
    pub fn file_name(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// The content of the file. Items of a list in a field are separated by `; `.
    pub(super) fn csv(&self, portal: &Portal, routes: &Routes) -> Vec<u8> {
        let header = self.columns.iter().map(|column| column.name);
        write_csv(header, (self.rows)(portal, routes))
    }
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Writes a table as CSV. No spreadsheet treats a field as a formula.
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
            table.write_field(escape_formula(field).as_bytes()).expect(IN_MEMORY);
        }
        table.write_record(None::<&[u8]>).expect(IN_MEMORY);
    }
    table.into_inner().expect(IN_MEMORY)
}

fn commitment_row(commitment: &Commitment, portal: &Portal, routes: &Routes) -> Vec<String> {
    let url = page_url(&Route::Commitment(commitment.id.clone()), portal, routes);
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
        date(commitment.end_date),
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
            date(milestone.end_date),
            milestone.level.map(|level| level.name().to_owned()).unwrap_or_default(),
            optional(milestone.description.as_ref()),
        ]
    };
    Box::new(portal.commitments.iter().flat_map(move |commitment| {
        let numbered = (1..).zip(&commitment.milestones);
        numbered.map(move |(number, milestone)| row(commitment, number, milestone))
    }))
}

fn agency_row(agency: &Agency, portal: &Portal, routes: &Routes) -> Vec<String> {
    vec![
        agency.id.to_string(),
        original(&agency.name),
        optional(agency.short_name.as_ref()),
        agency.website.clone().unwrap_or_default(),
        page_url(&Route::Agency(agency.id.clone()), portal, routes),
        list(agency.aliases.iter().cloned()),
    ]
}

/// The values that a column of this type can have; empty if there is no closed list.
pub(super) fn allowed_values(column_type: ColumnType) -> Vec<&'static str> {
    match column_type {
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

/// `title <address>` for each document.
fn evidence(evidence: &[Evidence], routes: &Routes) -> String {
    list(
        evidence
            .iter()
            .map(|item| format!("{} <{}>", original(&item.title), address(&item.location, routes))),
    )
}

fn date(date: Option<impl ToString>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

pub(super) fn original(text: &Text) -> String {
    super::json::original(text).to_owned()
}

fn optional(text: Option<&Text>) -> String {
    text.map(original).unwrap_or_default()
}

/// Puts an apostrophe before a field that a spreadsheet could treat as a formula (OWASP, "CSV
/// injection").
fn escape_formula(field: &str) -> Cow<'_, str> {
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
            assert_eq!(escape_formula(field), format!("'{field}"));
        }
        assert_eq!(escape_formula("3.3.1.3"), "3.3.1.3");
    }
}
