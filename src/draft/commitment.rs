//! The file of a commitment. The fields of a draft have the names of their keys, which `format`
//! declares.

use crate::document::Table;
use crate::model::{
    AssessedLevel, AssessedMilestoneTexts, AssessmentTexts, Challenge, CommitmentId,
    CommitmentTexts, CompletionLevel, ContactTexts, DatedQuantity, EndDate, IndicatorTexts,
    IndicatorValueTexts, IrmCodes, LanguageCode, MilestoneTexts, OgpValue, PartialDate, PolicyArea,
    Quantity, RescheduleTexts, Text, WithdrawalTexts,
};
use crate::problems;
use crate::source::Spanned;

/// A commitment as written.
#[derive(Clone)]
pub struct CommitmentDraft {
    /// The name of the folder, which is the plan's id, and the name of the file.
    pub id: CommitmentId,
    pub title: Option<Text>,
    pub chapter: Option<Spanned<String>>,
    pub leads: Vec<Spanned<String>>,
    pub supporting: Vec<Spanned<String>>,
    pub partners: Vec<Text>,
    pub values: Vec<Spanned<OgpValue>>,
    pub policy_areas: Vec<Spanned<PolicyArea>>,
    pub ogp_id: Option<Spanned<String>>,
    pub start_date: Option<Spanned<PartialDate>>,
    pub end_date: Option<Spanned<EndDate>>,
    pub objective: Option<Text>,
    pub description: Option<Text>,
    pub texts: CommitmentTexts,
    pub official_title: Option<Text>,
    pub carried_from: Vec<Spanned<String>>,
    pub merged_into: Option<Spanned<String>>,
    pub is_draft: bool,
    pub contacts: Vec<ContactDraft>,
    pub withdrawn: Option<WithdrawalDraft>,
    pub milestones: Vec<MilestoneDraft>,
    pub indicators: Vec<IndicatorDraft>,
    pub assessments: Vec<AssessmentDraft>,
    pub updates: Vec<UpdateDraft>,
    pub rescheduled: Vec<RescheduleDraft>,
    pub corrections: Vec<CorrectionDraft>,
    pub aliases: Vec<Spanned<String>>,
}

impl CommitmentDraft {
    /// Returns the evidence of milestones, assessments and updates.
    pub fn evidence(&self) -> impl Iterator<Item = &EvidenceDraft> {
        let milestones = self.milestones.iter().flat_map(|milestone| &milestone.evidence);
        let assessments = self.assessments.iter().flat_map(|assessment| &assessment.evidence);
        let updates = self.updates.iter().flat_map(|update| &update.evidence);
        milestones.chain(assessments).chain(updates)
    }
}

/// A contact as written. It includes the fields that the site does not publish.
#[derive(Clone)]
pub struct ContactDraft {
    pub texts: ContactTexts,
    pub email: Option<Spanned<String>>,
    pub phone: Option<Spanned<String>>,
}

#[derive(Clone)]
pub struct WithdrawalDraft {
    pub date: Option<Spanned<PartialDate>>,
    pub texts: WithdrawalTexts,
}

#[derive(Clone)]
pub struct RescheduleDraft {
    /// The line in which it begins.
    pub line: usize,
    pub date: Option<Spanned<PartialDate>>,
    pub from: Option<Spanned<PartialDate>>,
    pub to: Option<Spanned<PartialDate>>,
    pub texts: RescheduleTexts,
}

#[derive(Clone)]
pub struct CorrectionDraft {
    pub date: Option<Spanned<PartialDate>>,
    pub text: Option<Text>,
}

#[derive(Clone)]
pub struct AssessedMilestoneDraft {
    pub id: Option<Spanned<String>>,
    pub level: Option<Spanned<CompletionLevel>>,
    pub texts: AssessedMilestoneTexts,
}

#[derive(Clone)]
pub struct MilestoneDraft {
    pub id: Option<Spanned<String>>,
    pub title: Option<Text>,
    pub leads: Vec<Spanned<String>>,
    pub start_date: Option<Spanned<PartialDate>>,
    pub end_date: Option<Spanned<EndDate>>,
    pub completed_date: Option<Spanned<PartialDate>>,
    pub level: Option<Spanned<CompletionLevel>>,
    pub texts: MilestoneTexts,
    pub evidence: Vec<EvidenceDraft>,
}

#[derive(Clone)]
pub struct AssessmentDraft {
    pub report: Option<Spanned<String>>,
    /// `None` if the key is missing, which means *not reported*.
    pub level: Option<Spanned<AssessedLevel>>,
    pub texts: AssessmentTexts,
    pub evidence: Vec<EvidenceDraft>,
    pub challenges: Vec<Spanned<Challenge>>,
    pub milestones: Vec<AssessedMilestoneDraft>,
    /// The codes, and where they are.
    pub irm: Option<Spanned<IrmCodes>>,
}

#[derive(Clone)]
pub struct IndicatorDraft {
    pub id: Option<Spanned<String>>,
    pub title: Option<Text>,
    pub unit: Option<Text>,
    pub texts: IndicatorTexts,
    pub baseline: Option<DatedQuantity>,
    pub target: Option<DatedQuantity>,
    pub values: Vec<IndicatorValueDraft>,
}

#[derive(Clone)]
pub struct IndicatorValueDraft {
    pub date: Option<Spanned<PartialDate>>,
    pub quantity: Option<Spanned<Quantity>>,
    pub report: Option<Spanned<String>>,
    pub texts: IndicatorValueTexts,
}

#[derive(Clone)]
pub struct EvidenceDraft {
    pub title: Option<Text>,
    /// The value of `url` or `file`.
    pub location: Option<LocationDraft>,
    pub language: Option<LanguageCode>,
    pub archived: Option<Spanned<String>>,
    pub accessed: Option<Spanned<PartialDate>>,
}

/// The location of a document as written.
#[derive(Clone)]
pub enum LocationDraft {
    Url(Spanned<String>),
    /// The path relative to `content/`.
    File(Spanned<String>),
}

#[derive(Clone)]
pub struct UpdateDraft {
    pub date: Option<Spanned<PartialDate>>,
    pub text: Option<Text>,
    pub evidence: Vec<EvidenceDraft>,
    pub challenges: Vec<Spanned<Challenge>>,
}

pub(super) fn read(id: CommitmentId, table: Table<'_>) -> CommitmentDraft {
    let draft = CommitmentDraft {
        id,
        title: table.text("title"),
        chapter: table.string("chapter"),
        leads: table.strings("lead"),
        supporting: table.strings("supporting"),
        partners: table.texts("partners"),
        values: table.choices("values"),
        policy_areas: table.choices("policy_areas"),
        ogp_id: table.string("ogp_id"),
        start_date: table.date("start_date"),
        end_date: table.end_date("end_date"),
        objective: table.text("objective"),
        description: table.text("description"),
        texts: CommitmentTexts::read(|key| table.text(key)),
        official_title: table.text("official_title"),
        carried_from: table.strings("carried_from"),
        merged_into: table.string("merged_into"),
        is_draft: table.boolean("draft").unwrap_or(false),
        aliases: read_aliases(&table),
        contacts: table.tables("contact").into_iter().map(read_contact).collect(),
        withdrawn: table.table("withdrawn").map(read_withdrawal),
        milestones: table.tables("milestones").into_iter().map(read_milestone).collect(),
        indicators: table.tables("indicators").into_iter().map(read_indicator).collect(),
        assessments: table.tables("assessments").into_iter().map(read_assessment).collect(),
        updates: table.tables("updates").into_iter().map(read_update).collect(),
        rescheduled: table.tables("rescheduled").into_iter().map(read_reschedule).collect(),
        corrections: table.tables("corrections").into_iter().map(read_correction).collect(),
    };
    table.finish();
    draft
}

fn read_contact(table: Table<'_>) -> ContactDraft {
    let draft = ContactDraft {
        texts: ContactTexts::read(|key| table.text(key)),
        email: table.string("email"),
        phone: table.string("phone"),
    };
    table.finish();
    draft
}

fn read_withdrawal(table: Table<'_>) -> WithdrawalDraft {
    let draft = WithdrawalDraft {
        date: table.date("date"),
        texts: WithdrawalTexts::read(|key| table.text(key)),
    };
    table.finish();
    draft
}

fn read_reschedule(table: Table<'_>) -> RescheduleDraft {
    let draft = RescheduleDraft {
        line: table.line(),
        date: table.date("date"),
        from: table.date("from"),
        to: table.date("to"),
        texts: RescheduleTexts::read(|key| table.text(key)),
    };
    table.finish();
    draft
}

fn read_correction(table: Table<'_>) -> CorrectionDraft {
    let draft = CorrectionDraft { date: table.date("date"), text: table.text("text") };
    table.finish();
    draft
}

fn read_assessed_milestone(table: Table<'_>) -> AssessedMilestoneDraft {
    let draft = AssessedMilestoneDraft {
        id: table.id("id"),
        level: table.choice("level"),
        texts: AssessedMilestoneTexts::read(|key| table.text(key)),
    };
    table.finish();
    draft
}

fn read_milestone(table: Table<'_>) -> MilestoneDraft {
    let draft = MilestoneDraft {
        id: table.id("id"),
        title: table.text("title"),
        leads: table.strings("lead"),
        start_date: table.date("start_date"),
        end_date: table.end_date("end_date"),
        completed_date: table.date("completed_date"),
        level: table.choice("level"),
        texts: MilestoneTexts::read(|key| table.text(key)),
        evidence: table.tables("evidence").into_iter().map(read_evidence).collect(),
    };
    table.finish();
    draft
}

fn read_assessment(table: Table<'_>) -> AssessmentDraft {
    let draft = AssessmentDraft {
        report: table.string("report"),
        level: table.choice("level"),
        texts: AssessmentTexts::read(|key| table.text(key)),
        evidence: table.tables("evidence").into_iter().map(read_evidence).collect(),
        challenges: table.choices("challenges"),
        milestones: table.tables("milestones").into_iter().map(read_assessed_milestone).collect(),
        irm: table.table("irm").map(read_irm),
    };
    table.finish();
    draft
}

fn read_irm(table: Table<'_>) -> Spanned<IrmCodes> {
    let relevance = table.choices("relevance");
    let relevance =
        table.has("relevance").then(|| relevance.into_iter().map(|value| value.value).collect());
    let codes = IrmCodes {
        verifiable: table.boolean("verifiable"),
        specificity: table.choice("specificity").map(|code| code.value),
        relevance,
        potential_impact: table.choice("potential_impact").map(|code| code.value),
        potential_for_results: table.choice("potential_for_results").map(|code| code.value),
        did_it_open_government: table.choice("did_it_open_government").map(|code| code.value),
        early_results: table.choice("early_results").map(|code| code.value),
        starred: table.boolean("starred"),
    };
    let span = table.span();
    table.finish();
    Spanned { value: codes, span }
}

fn read_indicator(table: Table<'_>) -> IndicatorDraft {
    let draft = IndicatorDraft {
        id: table.string("id"),
        title: table.text("title"),
        unit: table.text("unit"),
        texts: IndicatorTexts::read(|key| table.text(key)),
        baseline: table.table("baseline").and_then(read_dated_quantity),
        target: table.table("target").and_then(read_dated_quantity),
        values: table.tables("values").into_iter().map(read_indicator_value).collect(),
    };
    table.finish();
    draft
}

fn read_dated_quantity(table: Table<'_>) -> Option<DatedQuantity> {
    let (quantity, date) = (table.decimal("value"), table.date("date"));
    table.finish();
    Some(DatedQuantity { quantity: quantity?.value, date: date.map(|date| date.value) })
}

fn read_indicator_value(table: Table<'_>) -> IndicatorValueDraft {
    let draft = IndicatorValueDraft {
        date: table.date("date"),
        quantity: table.decimal("value"),
        report: table.string("report"),
        texts: IndicatorValueTexts::read(|key| table.text(key)),
    };
    table.finish();
    draft
}

fn read_update(table: Table<'_>) -> UpdateDraft {
    let draft = UpdateDraft {
        date: table.date("date"),
        text: table.text("text"),
        evidence: table.tables("evidence").into_iter().map(read_evidence).collect(),
        challenges: table.choices("challenges"),
    };
    table.finish();
    draft
}

fn read_evidence(table: Table<'_>) -> EvidenceDraft {
    let draft = EvidenceDraft {
        title: table.text("title"),
        location: read_location(&table),
        language: table.language_code("language").map(|code| code.value),
        archived: table.string("archived"),
        accessed: table.date("accessed"),
    };
    if !LOCATION.iter().any(|key| table.has(key)) {
        table.report(problems::neither_key(table.span(), table.path(), LOCATION));
    }
    table.finish();
    draft
}

/// The keys of the location of a document, of which only one is allowed.
const LOCATION: [&str; 2] = ["url", "file"];

/// Reads the location of a document. Reports a table that has both keys, but not one that has
/// neither.
pub(super) fn read_location(table: &Table<'_>) -> Option<LocationDraft> {
    let [url, file] = LOCATION;
    if let (Some(_), Some(file)) = (table.value(url), table.value(file)) {
        table.report(problems::both_keys(file.span(), table.path(), LOCATION));
    }
    match (table.string(url), table.string(file)) {
        (Some(url), None) => Some(LocationDraft::Url(url)),
        (None, Some(file)) => Some(LocationDraft::File(file)),
        _ => None,
    }
}

/// Reads aliases. Other static site generators write a former address as `/about-us/`: the name is
/// what is between the slashes.
pub(super) fn read_aliases(table: &Table<'_>) -> Vec<Spanned<String>> {
    let name = |alias: Spanned<String>| match alias.value.trim_matches('/') {
        "" => alias,
        name => Spanned { value: name.to_owned(), span: alias.span },
    };
    table.strings("aliases").into_iter().map(name).collect()
}
