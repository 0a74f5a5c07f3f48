//! CSV (RFC 4180), in UTF-8 and with a header.

use std::borrow::Cow;

use crate::model::{Commitment, Portal, Text};
use crate::route::{Route, Routes};

/// The columns of `commitments.csv`. The theme's languages have a `column_` for each.
pub const COMMITMENT_COLUMNS: [&str; 16] = [
    "plan",
    "id",
    "ogp_id",
    "url",
    "chapter",
    "title",
    "lead",
    "supporting",
    "partners",
    "values",
    "policy_areas",
    "start_date",
    "end_date",
    "standing",
    "assessments",
    "description",
];

/// `data/commitments.csv`: the facts of `commitments.json`, one row for each commitment. Lists in a
/// field are separated by `; `.
pub fn commitments_csv(portal: &Portal, routes: &Routes) -> Vec<u8> {
    let mut table =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    const IN_MEMORY: &str = "writing to memory does not fail";
    table.write_record(COMMITMENT_COLUMNS).expect(IN_MEMORY);
    for commitment in &portal.commitments {
        let fields = row(commitment, portal, routes);
        table
            .write_record(fields.iter().map(|field| defused(field).into_owned()))
            .expect(IN_MEMORY);
    }
    table.into_inner().expect(IN_MEMORY)
}

fn row<'a>(commitment: &'a Commitment, portal: &Portal, routes: &Routes) -> [Cow<'a, str>; 16] {
    let url =
        routes.absolute(&Route::Commitment(commitment.id.clone()), portal.site.default_language());
    let chapter = commitment.chapter.as_ref().map_or("", |chapter| chapter.number.as_str());
    let date = |date: Option<String>| Cow::Owned(date.unwrap_or_default());
    let assessments = commitment.assessments.iter().map(|assessment| {
        let report = &assessment.report;
        let (assessor, level) = (report.assessor.name(), assessment.finding.name());
        format!("{} ({assessor}, {}): {level}", report.id, report.date)
    });
    [
        commitment.id.plan.as_str().into(),
        commitment.id.number().into(),
        commitment.ogp_id.as_deref().unwrap_or_default().into(),
        url.into(),
        chapter.into(),
        original(&commitment.title).into(),
        commitment.lead.id.as_str().into(),
        list(commitment.supporting.iter().map(|agency| agency.id.as_str())),
        list(commitment.partners.iter().map(original)),
        list(commitment.values.iter().map(|value| value.name())),
        list(commitment.policy_areas.iter().map(|area| area.0)),
        date(commitment.start_date.map(|date| date.to_string())),
        date(commitment.end_date.map(|date| date.to_string())),
        commitment.standing.name().into(),
        assessments.collect::<Vec<_>>().join("; ").into(),
        original(&commitment.description).into(),
    ]
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> Cow<'a, str> {
    items.collect::<Vec<_>>().join("; ").into()
}

fn original(text: &Text) -> &str {
    text.original().text.trim()
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
