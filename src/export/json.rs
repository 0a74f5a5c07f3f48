//! JSON (RFC 8259): one file with all commitments, and one file for each commitment.

use std::collections::BTreeMap;

use serde::Serialize;

use super::address::{address, page_url};
use crate::model::{
    Assessment, Commitment, Contact, Evidence, LanguageCode, Milestone, Portal, Text, Update,
};
use crate::route::{Route, Routes};

/// Translated texts by language and key.
type Translations<'a> = BTreeMap<&'a str, BTreeMap<&'static str, &'a str>>;

#[derive(Serialize)]
struct AllCommitments<'a> {
    commitments: Vec<CommitmentSummary<'a>>,
}

/// A commitment in `commitments.json`. Texts are in the site's default language.
#[derive(Serialize)]
struct CommitmentSummary<'a> {
    plan: &'a str,
    id: &'a str,
    ogp_id: Option<&'a str>,
    url: String,
    title: &'a str,
    chapter: Option<&'a str>,
    lead: &'a str,
    supporting: Vec<&'a str>,
    partners: Vec<&'a str>,
    values: Vec<&'static str>,
    policy_areas: Vec<&'static str>,
    start_date: Option<String>,
    end_date: Option<String>,
    standing: &'static str,
    description: &'a str,
    assessments: Vec<AssessmentSummary<'a>>,
}

#[derive(Serialize)]
struct AssessmentSummary<'a> {
    report: &'a str,
    assessor: &'static str,
    date: String,
    level: &'static str,
}

/// A commitment in `index.json`, in the folder of its page: all facts, in every language.
#[derive(Serialize)]
struct CommitmentJson<'a> {
    #[serde(flatten)]
    summary: CommitmentSummary<'a>,
    objective: &'a str,
    relevance: Option<&'a str>,
    ambition: Option<&'a str>,
    carried_from: Option<String>,
    contact: Option<ContactJson<'a>>,
    withdrawn: Option<WithdrawalJson<'a>>,
    partners_in_full: Vec<PartnerJson<'a>>,
    milestones: Vec<MilestoneJson<'a>>,
    assessments_in_full: Vec<AssessmentJson<'a>>,
    updates: Vec<UpdateJson<'a>>,
    translations: Translations<'a>,
}

#[derive(Serialize)]
struct PartnerJson<'a> {
    name: &'a str,
    translations: Translations<'a>,
}

#[derive(Serialize)]
struct ContactJson<'a> {
    name: Option<&'a str>,
    role: Option<&'a str>,
    department: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    translations: Translations<'a>,
}

#[derive(Serialize)]
struct WithdrawalJson<'a> {
    date: Option<String>,
    reason: Option<&'a str>,
    translations: Translations<'a>,
}

#[derive(Serialize)]
struct MilestoneJson<'a> {
    title: &'a str,
    start_date: Option<String>,
    end_date: Option<String>,
    level: Option<&'static str>,
    description: Option<&'a str>,
    translations: Translations<'a>,
}

#[derive(Serialize)]
struct AssessmentJson<'a> {
    #[serde(flatten)]
    summary: AssessmentSummary<'a>,
    report_is_partial: bool,
    results: Option<&'a str>,
    next_steps: Option<&'a str>,
    additional_information: Option<&'a str>,
    note: Option<&'a str>,
    evidence: Vec<EvidenceJson<'a>>,
    translations: Translations<'a>,
}

#[derive(Serialize)]
struct UpdateJson<'a> {
    date: String,
    text: &'a str,
    evidence: Vec<EvidenceJson<'a>>,
    translations: Translations<'a>,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    title: &'a str,
    url: String,
    language: Option<&'a str>,
    translations: Translations<'a>,
}

/// `data/commitments.json`: all commitments, by plan and number.
pub(super) fn commitments_json(portal: &Portal, routes: &Routes) -> Vec<u8> {
    let commitments = portal.commitments.iter();
    let commitments =
        commitments.map(|commitment| commitment_summary(commitment, portal, routes)).collect();
    to_json(&AllCommitments { commitments })
}

/// `index.json` in the folder of a commitment's page.
pub fn commitment_json(commitment: &Commitment, portal: &Portal, routes: &Routes) -> Vec<u8> {
    let json = CommitmentJson {
        summary: commitment_summary(commitment, portal, routes),
        objective: original(&commitment.objective),
        relevance: commitment.relevance.as_ref().map(original),
        ambition: commitment.ambition.as_ref().map(original),
        carried_from: commitment.carried_from.as_ref().map(ToString::to_string),
        contact: commitment.contact.as_ref().map(contact),
        withdrawn: commitment.withdrawn.as_ref().map(|withdrawal| WithdrawalJson {
            date: withdrawal.date.map(|date| date.to_string()),
            reason: withdrawal.reason.as_ref().map(original),
            translations: translations(&[("reason", withdrawal.reason.as_ref())]),
        }),
        partners_in_full: commitment
            .partners
            .iter()
            .map(|partner| PartnerJson {
                name: original(partner),
                translations: translations(&[("name", Some(partner))]),
            })
            .collect(),
        milestones: commitment.milestones.iter().map(milestone).collect(),
        assessments_in_full: commitment
            .assessments
            .iter()
            .map(|assessment| full_assessment(assessment, routes))
            .collect(),
        updates: commitment.updates.iter().map(|entry| update(entry, routes)).collect(),
        translations: translations(&[
            ("title", Some(&commitment.title)),
            ("objective", Some(&commitment.objective)),
            ("description", Some(&commitment.description)),
            ("relevance", commitment.relevance.as_ref()),
            ("ambition", commitment.ambition.as_ref()),
        ]),
    };
    to_json(&json)
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).expect("plain values become JSON");
    bytes.push(b'\n');
    bytes
}

fn commitment_summary<'a>(
    commitment: &'a Commitment,
    portal: &'a Portal,
    routes: &Routes,
) -> CommitmentSummary<'a> {
    let route = Route::Commitment(commitment.id.clone());
    CommitmentSummary {
        plan: commitment.id.plan.as_str(),
        id: commitment.id.number(),
        ogp_id: commitment.ogp_id.as_deref(),
        url: page_url(&route, portal, routes),
        title: original(&commitment.title),
        chapter: commitment.chapter.as_ref().map(|chapter| chapter.number.as_str()),
        lead: commitment.lead.id.as_str(),
        supporting: commitment.supporting.iter().map(|agency| agency.id.as_str()).collect(),
        partners: commitment.partners.iter().map(original).collect(),
        values: commitment.values.iter().map(|value| value.name()).collect(),
        policy_areas: commitment.policy_areas.iter().map(|area| area.0).collect(),
        start_date: commitment.start_date.map(|date| date.to_string()),
        end_date: commitment.end_date.map(|date| date.to_string()),
        standing: commitment.standing.name(),
        description: original(&commitment.description),
        assessments: commitment.assessments.iter().map(assessment).collect(),
    }
}

fn assessment(assessment: &Assessment) -> AssessmentSummary<'_> {
    AssessmentSummary {
        report: assessment.report.id.as_str(),
        assessor: assessment.report.assessor.name(),
        date: assessment.report.date.to_string(),
        level: assessment.level.name(),
    }
}

fn full_assessment<'a>(assessed: &'a Assessment, routes: &Routes) -> AssessmentJson<'a> {
    AssessmentJson {
        summary: assessment(assessed),
        report_is_partial: assessed.report.partial,
        results: assessed.results.as_ref().map(original),
        next_steps: assessed.next_steps.as_ref().map(original),
        additional_information: assessed.additional_information.as_ref().map(original),
        note: assessed.note.as_ref().map(original),
        evidence: assessed.evidence.iter().map(|item| evidence(item, routes)).collect(),
        translations: translations(&[
            ("results", assessed.results.as_ref()),
            ("next_steps", assessed.next_steps.as_ref()),
            ("additional_information", assessed.additional_information.as_ref()),
            ("note", assessed.note.as_ref()),
        ]),
    }
}

fn update<'a>(update: &'a Update, routes: &Routes) -> UpdateJson<'a> {
    UpdateJson {
        date: update.date.to_string(),
        text: original(&update.text),
        evidence: update.evidence.iter().map(|item| evidence(item, routes)).collect(),
        translations: translations(&[("text", Some(&update.text))]),
    }
}

fn milestone(milestone: &Milestone) -> MilestoneJson<'_> {
    MilestoneJson {
        title: original(&milestone.title),
        start_date: milestone.start_date.map(|date| date.to_string()),
        end_date: milestone.end_date.map(|date| date.to_string()),
        level: milestone.level.map(|level| level.name()),
        description: milestone.description.as_ref().map(original),
        translations: translations(&[
            ("title", Some(&milestone.title)),
            ("description", milestone.description.as_ref()),
        ]),
    }
}

fn contact(contact: &Contact) -> ContactJson<'_> {
    ContactJson {
        name: contact.name.as_ref().map(original),
        role: contact.role.as_ref().map(original),
        department: contact.department.as_ref().map(original),
        email: contact.email.as_deref(),
        phone: contact.phone.as_deref(),
        translations: translations(&[
            ("name", contact.name.as_ref()),
            ("role", contact.role.as_ref()),
            ("department", contact.department.as_ref()),
        ]),
    }
}

fn evidence<'a>(evidence: &'a Evidence, routes: &Routes) -> EvidenceJson<'a> {
    let url = address(&evidence.location, routes);
    let translations = translations(&[("title", Some(&evidence.title))]);
    let language = evidence.language.as_ref().map(LanguageCode::as_str);
    EvidenceJson { title: original(&evidence.title), url, language, translations }
}

fn translations<'a>(texts: &[(&'static str, Option<&'a Text>)]) -> Translations<'a> {
    let mut translations = Translations::new();
    for (key, text) in texts {
        for (language, passage) in text.iter().flat_map(|text| text.translations()) {
            translations.entry(language.as_str()).or_default().insert(key, passage.text.trim());
        }
    }
    translations
}

/// A text in its original language.
pub(super) fn original(text: &Text) -> &str {
    text.original().text.trim()
}
