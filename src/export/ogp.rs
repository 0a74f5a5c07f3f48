//! `ogp.csv`: the commitments in the columns, order and codes of OGP's public dataset, so that a
//! row can be compared with OGP's. A field that no file of the site gives contains `ND`.

use super::address::page_url;
use super::table::{Context, Field, write_csv};
use crate::model::{
    AssessedLevel, Assessment, AssessorKind, Commitment, CompletionLevel, EndDate, PartialDate,
    ReportKind, Text,
};
use crate::route::Route;

/// OGP's code for "no data".
const NO_DATA: &str = "ND";

type Value = fn(&Commitment, &Context<'_>) -> String;

/// OGP's columns in OGP's order, each with a function that returns the field of a commitment. The
/// columns from `Specificity` to `Did It Open Government (Overall)` contain the findings of the
/// independent reviewers: what others say, such as the values that a commitment names, is not a
/// finding.
const COLUMNS: [(&str, Value); 34] = [
    ("Commitment Unique Identifier", |commitment, _| or_no_data(commitment.ogp_id.clone())),
    ("Country/Locality", no_data),
    ("Action Plan Number", |commitment, _| {
        or_no_data(commitment.plan.number.map(|number| number.to_string()))
    }),
    ("Commitment Number", |commitment, _| commitment.id.number().to_owned()),
    ("Code", no_data),
    ("Region", no_data),
    ("National Or Local", no_data),
    ("Year Of Submission", no_data),
    ("Action Plan End Year", |commitment, _| year(commitment.plan.end_date).to_string()),
    ("Action Plan Duration (Years)", |commitment, _| {
        let (start, end) =
            (commitment.plan.start_date.earliest().0, year(commitment.plan.end_date));
        (end + 1).saturating_sub(start).to_string()
    }),
    ("Theme", |commitment, _| {
        or_no_data(commitment.chapter.as_ref().map(|chapter| original(&chapter.title)))
    }),
    ("Commitment Title", |commitment, _| original(&commitment.title)),
    ("Short Title", no_data),
    ("Full Text", |commitment, _| {
        format!("{}\n\n{}", original(&commitment.objective), original(&commitment.description))
    }),
    ("Start Date", |commitment, _| or_no_data(commitment.start_date.map(|date| date.to_string()))),
    ("End Date", |commitment, _| match commitment.end_date {
        Some(EndDate::On(date)) => date.to_string(),
        Some(EndDate::NotApplicable) => "NA".to_owned(),
        None => NO_DATA.to_owned(),
    }),
    ("Lead Institution", |commitment, _| {
        let agencies = commitment.leads.iter().map(|agency| original(&agency.name));
        agencies.collect::<Vec<_>>().join("; ")
    }),
    ("Supporting Institution(s)", |commitment, _| {
        let agencies = commitment.supporting.iter().map(|agency| original(&agency.name));
        let all: Vec<String> = agencies.chain(commitment.partners.iter().map(original)).collect();
        let all = all.join("; ");
        or_no_data(Some(all).filter(|all| !all.is_empty()))
    }),
    ("Specificity", no_data),
    ("Verifiable", no_data),
    ("OGP Value Access To Information", no_data),
    ("OGP Value Civic Participation", no_data),
    ("OGP Value Public Accountability", no_data),
    ("OGP Value Technology", no_data),
    ("Potential Impact", no_data),
    ("Completion (Progress Report)", |commitment, _| completion(commitment, ReportKind::Progress)),
    ("Potential for Results", no_data),
    ("Completion (End Of Term)", |commitment, _| completion(commitment, ReportKind::EndOfTerm)),
    ("Early Results", no_data),
    ("Did It Open Government (Overall)", no_data),
    ("Carried Forward", |commitment, context| {
        u8::from(context.portal.continued_by(&commitment.id).next().is_some()).to_string()
    }),
    ("Active Commitment", no_data),
    ("URL", |commitment, context| {
        page_url(&Route::Commitment(commitment.id.clone()), context.portal, context.routes)
    }),
    ("Action Plan ID", no_data),
];

/// `data/ogp.csv`, one row for each commitment.
pub(super) fn ogp_csv(context: &Context<'_>) -> Vec<u8> {
    let rows = context.portal.commitments.iter().map(|commitment| {
        COLUMNS.iter().map(move |(_, value)| Field::text(value(commitment, context)))
    });
    write_csv(COLUMNS.iter().map(|(name, _)| *name), rows)
}

fn no_data(_: &Commitment, _: &Context<'_>) -> String {
    NO_DATA.to_owned()
}

fn original(text: &Text) -> String {
    text.trimmed_original().to_owned()
}

fn or_no_data(value: Option<String>) -> String {
    value.unwrap_or_else(|| NO_DATA.to_owned())
}

fn year(date: PartialDate) -> u16 {
    date.latest().0
}

/// The level in the newest report of a kind by the independent reviewers, in OGP's words.
fn completion(commitment: &Commitment, kind: ReportKind) -> String {
    let is_wanted = |assessment: &&Assessment| {
        let report = &assessment.report;
        report.assessor.kind == AssessorKind::Irm && report.kind == Some(kind)
    };
    let assessment = commitment.assessments.iter().rfind(is_wanted);
    let Some(assessment) = assessment else { return NO_DATA.to_owned() };
    match assessment.level {
        AssessedLevel::Level(CompletionLevel::NotStarted) => "Not Started",
        AssessedLevel::Level(CompletionLevel::Limited) => "Limited",
        AssessedLevel::Level(CompletionLevel::Substantial) => "Substantial",
        AssessedLevel::Level(CompletionLevel::Completed) => "Complete",
        AssessedLevel::NoEvidence => "Unclear",
        AssessedLevel::NotReported => NO_DATA,
    }
    .to_owned()
}
