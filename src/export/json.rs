//! JSON (RFC 8259): one file with all commitments, and one file for each commitment.

use std::collections::BTreeMap;

use serde::Serialize;

use super::address::address;
use super::columns::Commitments;
use super::table::{Context, Object, RecordJson, Table};
use crate::model::{
    Assessment, Commitment, Contact, Evidence, KeyedText, LanguageCode, Milestone, Text, Update,
    Withdrawal,
};

#[derive(Serialize)]
struct AllCommitments<'c, 'p> {
    commitments: Vec<RecordJson<'c, 'p, Commitments>>,
}

/// A commitment in `index.json`, in the folder of its page: all facts, in every language.
#[derive(Serialize)]
struct CommitmentJson<'c, 'p> {
    #[serde(flatten)]
    record: RecordJson<'c, 'p, Commitments>,
    /// Those that the record does not have.
    #[serde(flatten)]
    texts: Originals<'p>,
    carried_from: Option<String>,
    contact: Option<ContactJson<'p>>,
    withdrawn: Option<WithdrawalJson<'p>>,
    partners_in_full: Vec<TextsJson<'p>>,
    milestones: Vec<MilestoneJson<'p>>,
    assessments_in_full: Vec<AssessmentJson<'p>>,
    updates: Vec<UpdateJson<'p>>,
    translations: Translations<'p>,
}

/// Texts in the site's default language, by key.
type Originals<'a> = Object<Option<&'a str>>;

/// Translated texts by language and key.
type Translations<'a> = BTreeMap<&'a str, BTreeMap<&'static str, &'a str>>;

/// Texts with their translations.
#[derive(Serialize)]
struct TextsJson<'a> {
    #[serde(flatten)]
    originals: Originals<'a>,
    translations: Translations<'a>,
}

impl<'a> TextsJson<'a> {
    fn new(texts: impl Iterator<Item = KeyedText<'a>> + Clone) -> Self {
        let original = |(key, text): KeyedText<'a>| (key, text.map(Text::trimmed_original));
        let originals = Object(texts.clone().map(original).collect());
        TextsJson { originals, translations: translations(texts) }
    }
}

#[derive(Serialize)]
struct ContactJson<'a> {
    #[serde(flatten)]
    texts: TextsJson<'a>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
}

#[derive(Serialize)]
struct WithdrawalJson<'a> {
    date: Option<String>,
    #[serde(flatten)]
    texts: TextsJson<'a>,
}

#[derive(Serialize)]
struct MilestoneJson<'a> {
    #[serde(flatten)]
    texts: TextsJson<'a>,
    start_date: Option<String>,
    end_date: Option<String>,
    level: Option<&'static str>,
}

#[derive(Serialize)]
struct AssessmentJson<'a> {
    report: &'a str,
    assessor: &'static str,
    date: String,
    level: &'static str,
    report_is_partial: bool,
    #[serde(flatten)]
    texts: TextsJson<'a>,
    evidence: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct UpdateJson<'a> {
    date: String,
    #[serde(flatten)]
    texts: TextsJson<'a>,
    evidence: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    #[serde(flatten)]
    texts: TextsJson<'a>,
    url: String,
    language: Option<&'a str>,
}

/// `data/commitments.json`: all commitments, by plan and number.
pub(super) fn commitments_json(context: &Context<'_>) -> Vec<u8> {
    let records = Commitments::records(context.portal);
    let commitments = records.map(|record| RecordJson { record, context }).collect();
    to_json(&AllCommitments { commitments })
}

/// `index.json` in the folder of a commitment's page.
pub fn commitment_json<'p>(commitment: &'p Commitment, context: &Context<'p>) -> Vec<u8> {
    let is_column = |key: &str| Commitments::COLUMNS.iter().any(|column| column.about.name == key);
    let texts = commitment.own_texts().filter(|(key, _)| !is_column(key));
    let original = |(key, text): KeyedText<'p>| (key, text.map(Text::trimmed_original));
    let partner = |text: &'p Text| TextsJson::new([("name", Some(text))].into_iter());
    let assessments = commitment.assessments.iter();
    let json = CommitmentJson {
        record: RecordJson { record: commitment, context },
        texts: Object(texts.map(original).collect()),
        carried_from: commitment.carried_from.as_ref().map(ToString::to_string),
        contact: commitment.contact.as_ref().map(contact),
        withdrawn: commitment.withdrawn.as_ref().map(withdrawal),
        partners_in_full: commitment.partners.iter().map(partner).collect(),
        milestones: commitment.milestones.iter().map(milestone).collect(),
        assessments_in_full: assessments.map(|item| assessment(item, context)).collect(),
        updates: commitment.updates.iter().map(|item| update(item, context)).collect(),
        translations: translations(commitment.own_texts()),
    };
    to_json(&json)
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).expect("plain values become JSON");
    bytes.push(b'\n');
    bytes
}

fn assessment<'a>(assessment: &'a Assessment, context: &Context<'_>) -> AssessmentJson<'a> {
    AssessmentJson {
        report: assessment.report.id.as_str(),
        assessor: assessment.report.assessor.name(),
        date: assessment.report.date.to_string(),
        level: assessment.level.name(),
        report_is_partial: assessment.report.partial,
        texts: TextsJson::new(assessment.texts.all()),
        evidence: assessment.evidence.iter().map(|item| evidence(item, context)).collect(),
    }
}

fn update<'a>(update: &'a Update, context: &Context<'_>) -> UpdateJson<'a> {
    UpdateJson {
        date: update.date.to_string(),
        texts: TextsJson::new(update.own_texts()),
        evidence: update.evidence.iter().map(|item| evidence(item, context)).collect(),
    }
}

fn milestone(milestone: &Milestone) -> MilestoneJson<'_> {
    MilestoneJson {
        texts: TextsJson::new(milestone.own_texts()),
        start_date: milestone.start_date.map(|date| date.to_string()),
        end_date: milestone.end_date.map(|date| date.to_string()),
        level: milestone.level.map(|level| level.name()),
    }
}

fn withdrawal(withdrawal: &Withdrawal) -> WithdrawalJson<'_> {
    WithdrawalJson {
        date: withdrawal.date.map(|date| date.to_string()),
        texts: TextsJson::new(withdrawal.texts.all()),
    }
}

fn contact(contact: &Contact) -> ContactJson<'_> {
    ContactJson {
        texts: TextsJson::new(contact.texts.all()),
        email: contact.email.as_deref(),
        phone: contact.phone.as_deref(),
    }
}

fn evidence<'a>(evidence: &'a Evidence, context: &Context<'_>) -> EvidenceJson<'a> {
    EvidenceJson {
        texts: TextsJson::new(evidence.own_texts()),
        url: address(&evidence.location, context.routes),
        language: evidence.language.as_ref().map(LanguageCode::as_str),
    }
}

fn translations<'a>(texts: impl Iterator<Item = KeyedText<'a>>) -> Translations<'a> {
    let mut translations = Translations::new();
    for (key, text) in texts {
        for (language, passage) in text.iter().flat_map(|text| text.translations()) {
            translations.entry(language.as_str()).or_default().insert(key, passage.text.trim());
        }
    }
    translations
}
