//! `ogp.csv`: the commitments in the columns, order and codes of OGP's public dataset, so that a
//! row can be compared with OGP's. A field that no file of the site gives contains `ND`.

use std::collections::HashMap;

use celes::Country;

use super::address::page_url;
use super::table::{Context, Field, write_csv};
use crate::markdown;
use crate::model::{
    AssessedLevel, Assessment, AssessorKind, Commitment, CompletionLevel, EndDate, IrmCodes,
    LevelOfGovernment, OgpValue, PartialDate, PolicyArea, ReportKind, Term, Text,
};
use crate::route::Route;

/// OGP's code for "no data".
const NO_DATA: &str = "ND";

/// OGP's columns in OGP's order: the header of its dataset.
const HEADER: &str = include_str!("ogp-header.csv");

type Value = fn(&Commitment, &Context<'_>) -> Option<String>;

/// The columns that files of the site can give, each with a function that returns the field of a commitment.
/// All others, and fields without a value, have no data. The columns from `Specificity` on contain the
/// findings of the independent reviewers: what others say, such as the values that a commitment names, is
/// not a finding.
const COLUMNS: &[(&str, Value)] = &[
    ("Commitment Unique Identifier", |commitment, _| commitment.ogp_id.clone()),
    ("Country/Locality", |_, context| country(context).map(|country| country.long_name.to_owned())),
    ("Action Plan Number", |commitment, _| commitment.plan.number.map(|number| number.to_string())),
    ("Commitment Number", |commitment, _| Some(commitment.id.number().to_owned())),
    ("Code", |_, context| country(context).map(|country| country.alpha3.to_owned())),
    ("National Or Local", |_, context| {
        Some(match context.portal.site.level_of_government? {
            LevelOfGovernment::National => "National".to_owned(),
            LevelOfGovernment::Local => "Local".to_owned(),
        })
    }),
    ("Commitment Dummy", |_, _| Some("1".to_owned())),
    ("Action Plan End Year", |commitment, _| Some(year(commitment.plan.end_date).to_string())),
    ("Action Plan Duration (Years)", |commitment, _| {
        duration(commitment.plan.start_date, commitment.plan.end_date)
    }),
    ("Theme", |commitment, _| commitment.chapter.as_ref().map(|chapter| original(&chapter.title))),
    ("Commitment Title", |commitment, _| {
        Some(original(commitment.official_title.as_ref().unwrap_or(&commitment.title)))
    }),
    ("Short Title", |commitment, _| {
        commitment.official_title.as_ref().map(|_| original(&commitment.title))
    }),
    ("Full Text", |commitment, _| {
        Some(match &commitment.texts.official_text {
            Some(text) => markdown::unescaped(&original(text)),
            None => {
                let texts = [&commitment.objective, &commitment.description];
                texts.map(|text| markdown::unescaped(&original(text))).join("\n\n")
            }
        })
    }),
    ("Start Date", |commitment, _| commitment.start_date.map(|date| date.to_string())),
    ("End Date", |commitment, _| match commitment.end_date? {
        EndDate::On(date) => Some(date.to_string()),
        EndDate::NotApplicable => Some("NA".to_owned()),
    }),
    ("Lead Institution", |commitment, _| {
        let agencies = commitment.leads.iter().map(|agency| original(&agency.name));
        Some(agencies.collect::<Vec<_>>().join("; "))
    }),
    ("Supporting Institution(s)", |commitment, _| {
        let agencies = commitment.supporting.iter().map(|agency| original(&agency.name));
        let all: Vec<String> = agencies.chain(commitment.partners.iter().map(original)).collect();
        Some(all.join("; ")).filter(|all| !all.is_empty())
    }),
    ("Report Publication Year (Progress Report)", |commitment, _| {
        let report = &irm(commitment, ReportKind::Progress)?.report;
        Some(year(report.date).to_string())
    }),
    ("Specificity", |commitment, _| {
        Some(in_words(codes(commitment, |codes| codes.specificity)?.name()))
    }),
    ("_Specificity", |commitment, _| {
        Some((codes(commitment, |codes| codes.specificity)? as u8).to_string())
    }),
    ("Verifiable", |commitment, _| {
        Some(if codes(commitment, |codes| codes.verifiable)? { "Yes" } else { "No" }.to_owned())
    }),
    ("OGP Value Access To Information", |commitment, _| {
        relevant(commitment, OgpValue::AccessToInformation)
    }),
    ("OGP Value Civic Participation", |commitment, _| {
        relevant(commitment, OgpValue::CivicParticipation)
    }),
    ("OGP Value Public Accountability", |commitment, _| {
        relevant(commitment, OgpValue::PublicAccountability)
    }),
    ("OGP Value Technology", |commitment, _| relevant(commitment, OgpValue::Technology)),
    ("_Relevant", |commitment, _| {
        let values = codes(commitment, |codes| codes.relevance.clone())?;
        Some(u8::from(!values.is_empty()).to_string())
    }),
    ("Potential Impact", |commitment, _| {
        Some(in_words(codes(commitment, |codes| codes.potential_impact)?.name()))
    }),
    ("_Potential Impact", |commitment, _| {
        Some((codes(commitment, |codes| codes.potential_impact)? as u8).to_string())
    }),
    ("Completion (Progress Report)", |commitment, _| {
        Some(completion(commitment, ReportKind::Progress)?.0.to_owned())
    }),
    ("_CompletionProgress", |commitment, _| {
        Some(completion(commitment, ReportKind::Progress)?.1.to_string())
    }),
    ("Starred (Current Formula) Progress Report", |commitment, _| {
        starred(commitment, ReportKind::Progress)
    }),
    ("Potential for Results", |commitment, _| {
        Some(in_words(codes(commitment, |codes| codes.potential_for_results)?.name()))
    }),
    ("Report Publication Year (End Of Term)", |commitment, _| {
        let report = &irm(commitment, ReportKind::EndOfTerm)?.report;
        Some(year(report.date).to_string())
    }),
    ("Completion (End Of Term)", |commitment, _| {
        Some(completion(commitment, ReportKind::EndOfTerm)?.0.to_owned())
    }),
    ("_CompletionEndTerm", |commitment, _| {
        Some(completion(commitment, ReportKind::EndOfTerm)?.1.to_string())
    }),
    ("Early Results", |commitment, _| {
        Some(in_words(codes(commitment, |codes| codes.early_results)?.name()))
    }),
    ("Did It Open Government (Overall)", |commitment, _| {
        Some(in_title_case(codes(commitment, |codes| codes.did_it_open_government)?.name()))
    }),
    ("_OpenGovernment", |commitment, _| {
        Some((codes(commitment, |codes| codes.did_it_open_government)? as u8).to_string())
    }),
    ("Starred (Current Formula) End of Term", |commitment, _| {
        starred(commitment, ReportKind::EndOfTerm)
    }),
    ("Carried Forward", |commitment, context| {
        let is_continued = context.portal.continued_by(&commitment.id).next().is_some();
        Some(u8::from(is_continued).to_string())
    }),
    ("IRM Assessed", |commitment, _| {
        let mut reports = commitment.assessments.iter().map(|assessment| &assessment.report);
        let has_irm = reports.any(|report| report.assessor.kind == AssessorKind::Irm);
        has_irm.then(|| "1".to_owned())
    }),
    ("URL", |commitment, context| {
        let route = Route::Commitment(commitment.id.clone());
        Some(page_url(&route, context.portal, context.routes))
    }),
    ("Action Plan ID", |commitment, context| {
        let number = commitment.plan.number?;
        Some(format!("AP_{}{number:02}", country(context)?.alpha3))
    }),
];

/// `data/ogp.csv`, one row for each commitment.
pub(super) fn ogp_csv(context: &Context<'_>) -> Vec<u8> {
    let header = header();
    let areas: HashMap<&str, PolicyArea> = ogp_policy_areas().into_iter().collect();
    let source = |name: &&'static str| {
        let value = COLUMNS.iter().find(|(column, _)| column == name);
        (value.map(|(_, value)| value), areas.get(*name))
    };
    let sources: Vec<_> = header.iter().map(source).collect();
    let field = |commitment: &Commitment, source: &(Option<&Value>, Option<&PolicyArea>)| {
        let value = match source {
            (Some(value), _) => value(commitment, context),
            // An area that is not listed may not have been entered.
            (None, Some(area)) => commitment.policy_areas.contains(area).then(|| "1".to_owned()),
            (None, None) => None,
        };
        Field::text(value.unwrap_or_else(|| NO_DATA.to_owned()))
    };
    let rows = context.portal.commitments.iter();
    let rows = rows.map(|commitment| sources.iter().map(|source| field(commitment, source)));
    write_csv(header.iter().copied(), rows)
}

/// The names of the columns. One of them contains a comma.
fn header() -> Vec<&'static str> {
    let mut names = Vec::new();
    let mut rest = HEADER.trim_end();
    while !rest.is_empty() {
        let (name, after) = match rest.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
            Some((name, after)) => (name, after.strip_prefix(',').unwrap_or(after)),
            None => rest.split_once(',').unwrap_or((rest, "")),
        };
        names.push(name);
        rest = after;
    }
    names
}

/// Returns the code of a country in OGP's dataset, such as `MNG` for `MN`; `None` for an unknown country.
pub fn ogp_country(code: &str) -> Option<&'static str> {
    Country::from_alpha2(code).ok().map(|country| country.alpha3)
}

/// Returns the policy areas, each with the name of its column in OGP's dataset.
pub fn ogp_policy_areas() -> Vec<(&'static str, PolicyArea)> {
    let areas = PolicyArea::written();
    let area = |name: &str| areas.iter().find(|area| folded(area.name()) == folded(name)).copied();
    header().into_iter().filter_map(|name| Some((name, area(name)?))).collect()
}

/// A name without the differences between OGP's columns and the names of policy areas.
fn folded(name: &str) -> String {
    let name = name.split('/').next().unwrap_or_default().to_lowercase();
    let name = name.replace('&', "and").replace("policies", "").replace("information", "");
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn country(context: &Context<'_>) -> Option<Country> {
    Country::from_alpha2(context.portal.site.country.as_deref()?).ok()
}

/// The newest assessment by the independent reviewers in a report of a kind.
fn irm(commitment: &Commitment, kind: ReportKind) -> Option<&Assessment> {
    commitment.assessments.iter().rfind(|assessment| {
        let report = &assessment.report;
        report.assessor.kind == AssessorKind::Irm && report.kind == Some(kind)
    })
}

/// The newest value of a code that the independent reviewers gave.
fn codes<T>(commitment: &Commitment, code: impl Fn(&IrmCodes) -> Option<T>) -> Option<T> {
    commitment.assessments.iter().rev().find_map(|assessment| code(assessment.irm.as_ref()?))
}

/// Whether the independent reviewers find the commitment relevant to a value.
fn relevant(commitment: &Commitment, value: OgpValue) -> Option<String> {
    let values = codes(commitment, |codes| codes.relevance.clone())?;
    Some(u8::from(values.contains(&value)).to_string())
}

fn starred(commitment: &Commitment, kind: ReportKind) -> Option<String> {
    let starred = irm(commitment, kind)?.irm.as_ref()?.starred?;
    Some(u8::from(starred).to_string())
}

/// A name such as `did-not-change` as "Did not change".
fn in_words(name: &str) -> String {
    let mut words = name.replace('-', " ");
    words[..1].make_ascii_uppercase();
    words
}

/// A name such as `did-not-change` as "Did Not Change".
fn in_title_case(name: &str) -> String {
    name.split('-').map(in_words).collect::<Vec<_>>().join(" ")
}

fn original(text: &Text) -> String {
    text.trimmed_original().to_owned()
}

fn year(date: PartialDate) -> u16 {
    date.latest().0
}

/// The number of years from the first to the last day, rounded. Two years without months can be a whole year
/// closer or further apart: a plan from 2018 to 2020 may run for two years or three.
fn duration(start: PartialDate, end: PartialDate) -> Option<String> {
    if [start, end].iter().any(|date| matches!(date, PartialDate::Year(_))) {
        return None;
    }
    let months = |(year, month, _): (u16, u8, u8)| year * 12 + u16::from(month);
    let months = (months(end.latest()) + 1).saturating_sub(months(start.earliest()));
    Some(((months + 6) / 12).to_string())
}

/// The level in the newest report of a kind by the independent reviewers, in OGP's words and as OGP's code.
fn completion(commitment: &Commitment, kind: ReportKind) -> Option<(&'static str, u8)> {
    match irm(commitment, kind)?.level {
        AssessedLevel::NoEvidence => Some(("Unclear", 1)),
        AssessedLevel::Level(CompletionLevel::NotStarted) => Some(("Not Started", 2)),
        AssessedLevel::Level(CompletionLevel::Limited) => Some(("Limited", 3)),
        AssessedLevel::Level(CompletionLevel::Substantial) => Some(("Substantial", 4)),
        AssessedLevel::Level(CompletionLevel::Completed) => Some(("Complete", 5)),
        AssessedLevel::NotReported => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_one_of_ogps() {
        let header = header();
        assert_eq!(header.len(), 171);
        for (name, _) in COLUMNS {
            assert!(header.contains(name), "{name}");
        }
        let folded_header: Vec<String> = header.iter().map(|name| folded(name)).collect();
        for area in PolicyArea::written() {
            assert!(folded_header.contains(&folded(area.name())), "{}", area.name());
        }
    }
}
