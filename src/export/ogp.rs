//! `ogp.csv`: the commitments in the columns, order and codes of OGP's own public dataset, so that a
//! row can be compared with OGP's. `ND` stands for what no file of the site says.

use super::table::{list, original, write_csv};
use crate::model::{
    AssessedLevel, Assessor, Commitment, CompletionLevel, EndDate, OgpValue, PartialDate, Portal,
};
use crate::route::{Route, Routes};

/// OGP's code for "no data".
const NO_DATA: &str = "ND";

type Field = fn(&Commitment, &Portal, &Routes) -> String;

/// OGP's columns in OGP's order, each with what the site knows of it.
const COLUMNS: [(&str, Field); 34] = [
    ("Commitment Unique Identifier", |it, _, _| or_no_data(it.ogp_id.clone())),
    ("Country/Locality", no_data),
    ("Action Plan Number", |it, _, _| or_no_data(it.plan.number.map(|it| it.to_string()))),
    ("Commitment Number", |it, _, _| it.id.number().to_owned()),
    ("Code", no_data),
    ("Region", no_data),
    ("National Or Local", no_data),
    ("Year Of Submission", no_data),
    ("Action Plan End Year", |it, _, _| year(it.plan.end_date).to_string()),
    ("Action Plan Duration (Years)", |it, _, _| {
        (year(it.plan.end_date) + 1 - it.plan.start_date.earliest().0).to_string()
    }),
    ("Theme", |it, _, _| or_no_data(it.chapter.as_ref().map(|it| original(&it.title)))),
    ("Commitment Title", |it, _, _| original(&it.title)),
    ("Short Title", no_data),
    ("Full Text", |it, _, _| {
        format!("{}\n\n{}", original(&it.objective), original(&it.description))
    }),
    ("Start Date", |it, _, _| or_no_data(it.start_date.map(|it| it.to_string()))),
    ("End Date", |it, _, _| match it.end_date {
        Some(EndDate::On(date)) => date.to_string(),
        Some(EndDate::NotApplicable) => "NA".to_owned(),
        None => NO_DATA.to_owned(),
    }),
    ("Lead Institution", |it, _, _| original(&it.lead.name)),
    ("Supporting Institution(s)", |it, _, _| {
        let agencies = it.supporting.iter().map(|agency| original(&agency.name));
        let all = list(agencies.chain(it.partners.iter().map(original)));
        or_no_data(Some(all).filter(|all| !all.is_empty()))
    }),
    ("URL", |it, portal, routes| {
        routes.absolute(&Route::Commitment(it.id.clone()), portal.site.default_language())
    }),
    ("Action Plan ID", no_data),
    ("Specificity", no_data),
    ("Verifiable", no_data),
    ("OGP Value Access To Information", |it, _, _| value(it, OgpValue::AccessToInformation)),
    ("OGP Value Civic Participation", |it, _, _| value(it, OgpValue::CivicParticipation)),
    ("OGP Value Public Accountability", |it, _, _| value(it, OgpValue::PublicAccountability)),
    ("OGP Value Technology", |it, _, _| value(it, OgpValue::Technology)),
    ("Potential Impact", no_data),
    ("Potential for Results", no_data),
    ("Completion (Progress Report)", |it, _, _| completion(it, Round::Progress)),
    ("Completion (End Of Term)", |it, _, _| completion(it, Round::EndOfTerm)),
    ("Did It Open Government (Overall)", no_data),
    ("Early Results", no_data),
    ("Carried Forward", |it, portal, _| u8::from(portal.is_continued(&it.id)).to_string()),
    ("Active Commitment", no_data),
];

/// OGP's independent reviewers judge a plan twice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    /// The first of their reports.
    Progress,
    /// The last, where there is more than one.
    EndOfTerm,
}

/// `data/ogp.csv`, one row for each commitment.
pub(super) fn ogp_csv(portal: &Portal, routes: &Routes) -> Vec<u8> {
    let rows = portal.commitments.iter().map(|commitment| {
        COLUMNS.iter().map(|(_, field)| field(commitment, portal, routes)).collect()
    });
    write_csv(COLUMNS.iter().map(|(name, _)| *name), rows)
}

fn no_data(_: &Commitment, _: &Portal, _: &Routes) -> String {
    NO_DATA.to_owned()
}

fn or_no_data(value: Option<String>) -> String {
    value.unwrap_or_else(|| NO_DATA.to_owned())
}

fn year(date: PartialDate) -> u16 {
    date.latest().0
}

/// Whether a commitment serves a value; nobody knows of one that names none.
fn value(commitment: &Commitment, value: OgpValue) -> String {
    match commitment.values.is_empty() {
        true => NO_DATA.to_owned(),
        false => u8::from(commitment.values.contains(&value)).to_string(),
    }
}

/// What the independent reviewers found, in OGP's words.
fn completion(commitment: &Commitment, round: Round) -> String {
    let mut found = commitment.assessments.iter().filter(|it| it.report.assessor == Assessor::Irm);
    let assessment = match round {
        Round::Progress => found.next(),
        Round::EndOfTerm => found.nth(1),
    };
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
