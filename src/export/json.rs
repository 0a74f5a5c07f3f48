//! JSON (RFC 8259): one file with all commitments, and one file for each commitment.

use std::collections::BTreeMap;

use serde::Serialize;

use super::address::address;
use super::columns::Commitments;
use super::table::{Context, Object, RecordJson, Table};
use crate::model::{
    AssessedMilestone, Assessment, Commitment, Contact, Correction, DatedQuantity, Evidence,
    Indicator, IndicatorValue, KeyedText, LanguageCode, Milestone, Reschedule, Text, Update,
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
    contacts: Vec<ContactJson<'p>>,
    withdrawn: Option<WithdrawalJson<'p>>,
    partners_in_full: Vec<TextsJson<'p>>,
    milestones: Vec<MilestoneJson<'p>>,
    indicators: Vec<IndicatorJson<'p>>,
    assessments_in_full: Vec<AssessmentJson<'p>>,
    updates: Vec<UpdateJson<'p>>,
    rescheduled: Vec<RescheduleJson<'p>>,
    corrections: Vec<CorrectionJson<'p>>,
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
    id: &'a str,
    #[serde(flatten)]
    texts: TextsJson<'a>,
    leads: Vec<&'a str>,
    start_date: Option<String>,
    end_date: Option<String>,
    completed_date: Option<String>,
    level: Option<&'static str>,
    evidence: Vec<EvidenceJson<'a>>,
}

#[derive(Serialize)]
struct IndicatorJson<'a> {
    id: &'a str,
    #[serde(flatten)]
    texts: TextsJson<'a>,
    baseline: Option<QuantityJson<'a>>,
    target: Option<QuantityJson<'a>>,
    values: Vec<QuantityJson<'a>>,
}

/// A number as text: programs would round it.
#[derive(Serialize)]
struct QuantityJson<'a> {
    value: String,
    date: Option<String>,
    report: Option<&'a str>,
    #[serde(flatten)]
    texts: TextsJson<'a>,
}

#[derive(Serialize)]
struct RescheduleJson<'a> {
    date: String,
    from: String,
    to: String,
    #[serde(flatten)]
    texts: TextsJson<'a>,
}

#[derive(Serialize)]
struct CorrectionJson<'a> {
    date: String,
    #[serde(flatten)]
    texts: TextsJson<'a>,
}

/// What a report says about one milestone.
#[derive(Serialize)]
struct AssessedMilestoneJson<'a> {
    id: &'a str,
    level: &'static str,
    #[serde(flatten)]
    texts: TextsJson<'a>,
}

#[derive(Serialize)]
struct AssessmentJson<'a> {
    report: &'a str,
    assessor: &'a str,
    date: String,
    level: &'static str,
    report_is_partial: bool,
    #[serde(flatten)]
    texts: TextsJson<'a>,
    evidence: Vec<EvidenceJson<'a>>,
    challenges: Vec<&'static str>,
    milestones: Vec<AssessedMilestoneJson<'a>>,
}

#[derive(Serialize)]
struct UpdateJson<'a> {
    date: String,
    #[serde(flatten)]
    texts: TextsJson<'a>,
    evidence: Vec<EvidenceJson<'a>>,
    challenges: Vec<&'static str>,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    #[serde(flatten)]
    texts: TextsJson<'a>,
    url: String,
    language: Option<&'a str>,
    archived: Option<&'a str>,
    accessed: Option<String>,
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
        contacts: commitment.contacts.iter().map(contact).collect(),
        withdrawn: commitment.withdrawn.as_ref().map(withdrawal),
        partners_in_full: commitment.partners.iter().map(partner).collect(),
        milestones: commitment.milestones.iter().map(|item| milestone(item, context)).collect(),
        indicators: commitment.indicators.iter().map(indicator).collect(),
        assessments_in_full: assessments
            .map(|item| assessment(item, commitment, context))
            .collect(),
        updates: commitment.updates.iter().map(|item| update(item, context)).collect(),
        rescheduled: commitment.rescheduled.iter().map(reschedule).collect(),
        corrections: commitment.corrections.iter().map(correction).collect(),
        translations: translations(commitment.own_texts()),
    };
    to_json(&json)
}

fn to_json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).expect("plain values become JSON");
    bytes.push(b'\n');
    bytes
}

fn assessment<'a>(
    assessment: &'a Assessment,
    commitment: &'a Commitment,
    context: &Context<'_>,
) -> AssessmentJson<'a> {
    let milestone = |assessed: &'a AssessedMilestone| AssessedMilestoneJson {
        id: &commitment.milestones[assessed.index].id,
        level: assessed.level.name(),
        texts: TextsJson::new(assessed.texts.all()),
    };
    AssessmentJson {
        report: assessment.report.id.as_str(),
        assessor: assessment.report.assessor.id.as_str(),
        date: assessment.report.date.to_string(),
        level: assessment.level.name(),
        report_is_partial: assessment.report.partial,
        texts: TextsJson::new(assessment.texts.all()),
        evidence: assessment.evidence.iter().map(|item| evidence(item, context)).collect(),
        challenges: assessment.challenges.iter().map(|challenge| challenge.name()).collect(),
        milestones: assessment.milestones.iter().map(milestone).collect(),
    }
}

fn update<'a>(update: &'a Update, context: &Context<'_>) -> UpdateJson<'a> {
    UpdateJson {
        date: update.date.to_string(),
        texts: TextsJson::new(update.own_texts()),
        evidence: update.evidence.iter().map(|item| evidence(item, context)).collect(),
        challenges: update.challenges.iter().map(|challenge| challenge.name()).collect(),
    }
}

fn indicator(indicator: &Indicator) -> IndicatorJson<'_> {
    let dated = |dated: &DatedQuantity| QuantityJson {
        value: dated.quantity.to_string(),
        date: dated.date.map(|date| date.to_string()),
        report: None,
        texts: TextsJson::new(std::iter::empty()),
    };
    fn value(value: &IndicatorValue) -> QuantityJson<'_> {
        let IndicatorValue { date, quantity, report, texts } = value;
        QuantityJson {
            value: quantity.to_string(),
            date: Some(date.to_string()),
            report: report.as_ref().map(|report| report.id.as_str()),
            texts: TextsJson::new(texts.all()),
        }
    }
    IndicatorJson {
        id: &indicator.id,
        texts: TextsJson::new(indicator.own_texts()),
        baseline: indicator.baseline.as_ref().map(dated),
        target: indicator.target.as_ref().map(dated),
        values: indicator.values.iter().map(value).collect(),
    }
}

fn reschedule(moved: &Reschedule) -> RescheduleJson<'_> {
    RescheduleJson {
        date: moved.date.to_string(),
        from: moved.from.to_string(),
        to: moved.to.to_string(),
        texts: TextsJson::new(moved.texts.all()),
    }
}

fn correction(correction: &Correction) -> CorrectionJson<'_> {
    CorrectionJson {
        date: correction.date.to_string(),
        texts: TextsJson::new(correction.own_texts()),
    }
}

fn milestone<'a>(milestone: &'a Milestone, context: &Context<'_>) -> MilestoneJson<'a> {
    MilestoneJson {
        id: &milestone.id,
        texts: TextsJson::new(milestone.own_texts()),
        leads: milestone.leads.iter().map(|agency| agency.id.as_str()).collect(),
        start_date: milestone.start_date.map(|date| date.to_string()),
        end_date: milestone.end_date.map(|date| date.to_string()),
        completed_date: milestone.completed_date.map(|date| date.to_string()),
        level: milestone.level.map(|level| level.name()),
        evidence: milestone.evidence.iter().map(|item| evidence(item, context)).collect(),
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
        archived: evidence.archived.as_deref(),
        accessed: evidence.accessed.map(|date| date.to_string()),
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
