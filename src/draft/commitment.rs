//! The file of a commitment. The fields of a draft have the names of their keys, which
//! `content/README.md` describes.

use super::links::check_markdown;
use crate::diagnostic::Diagnostics;
use crate::document::{Table, Translated, Value};
use crate::markdown::TextKind;
use crate::model::{
    AssessedLevel, CommitmentId, CompletionLevel, EndDate, LanguageCode, OgpValue, POLICY_AREAS,
    PartialDate, PolicyArea, Text,
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
    pub lead: Option<Spanned<String>>,
    pub supporting: Vec<Spanned<String>>,
    pub partners: Vec<Text>,
    pub values: Vec<Spanned<OgpValue>>,
    pub policy_areas: Vec<Spanned<PolicyArea>>,
    pub ogp_id: Option<Spanned<String>>,
    pub start_date: Option<Spanned<PartialDate>>,
    pub end_date: Option<Spanned<EndDate>>,
    pub objective: Option<Text>,
    pub description: Option<Text>,
    pub relevance: Option<Text>,
    pub ambition: Option<Text>,
    pub carried_from: Option<Spanned<String>>,
    pub contact: Option<ContactDraft>,
    pub withdrawn: Option<WithdrawalDraft>,
    pub milestones: Vec<MilestoneDraft>,
    pub assessments: Vec<AssessmentDraft>,
    pub updates: Vec<UpdateDraft>,
    pub aliases: Vec<Spanned<String>>,
    /// The links in the Markdown texts to addresses of this site.
    pub links: Vec<Spanned<String>>,
}

impl CommitmentDraft {
    /// Returns every Markdown text of the commitment.
    fn markdown_texts(&self) -> impl Iterator<Item = &Text> {
        let fields = [&self.objective, &self.description, &self.relevance, &self.ambition];
        let reason = self.withdrawn.iter().map(|withdrawal| &withdrawal.reason);
        let descriptions = self.milestones.iter().map(|milestone| &milestone.description);
        let assessments = self.assessments.iter().flat_map(|assessment| {
            let AssessmentDraft { results, next_steps, additional_information, note, .. } =
                assessment;
            [results, next_steps, additional_information, note]
        });
        let updates = self.updates.iter().map(|update| &update.text);
        fields
            .into_iter()
            .chain(reason)
            .chain(descriptions)
            .chain(assessments)
            .chain(updates)
            .flatten()
    }
}

/// A contact as written. It includes the fields that the site does not publish.
#[derive(Clone)]
pub struct ContactDraft {
    pub name: Option<Text>,
    pub role: Option<Text>,
    pub department: Option<Text>,
    pub email: Option<Spanned<String>>,
    pub phone: Option<Spanned<String>>,
}

#[derive(Clone)]
pub struct WithdrawalDraft {
    pub date: Option<Spanned<PartialDate>>,
    pub reason: Option<Text>,
}

#[derive(Clone)]
pub struct MilestoneDraft {
    pub title: Option<Text>,
    pub start_date: Option<Spanned<PartialDate>>,
    pub end_date: Option<Spanned<EndDate>>,
    pub level: Option<Spanned<CompletionLevel>>,
    pub description: Option<Text>,
}

#[derive(Clone)]
pub struct AssessmentDraft {
    pub report: Option<Spanned<String>>,
    /// `None` if the key is missing, which means *not reported*.
    pub level: Option<Spanned<AssessedLevel>>,
    pub results: Option<Text>,
    pub next_steps: Option<Text>,
    pub additional_information: Option<Text>,
    pub note: Option<Text>,
    pub evidence: Vec<EvidenceDraft>,
}

#[derive(Clone)]
pub struct EvidenceDraft {
    pub title: Option<Text>,
    /// The value of `url` or `file`.
    pub location: Option<LocationDraft>,
    pub language: Option<LanguageCode>,
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
}

pub(super) fn read(
    id: CommitmentId,
    root: Translated<'_>,
    diagnostics: &mut Diagnostics,
) -> CommitmentDraft {
    let table = &root.table;
    let title = root.required_line("title");
    let chapter = table.optional("chapter").and_then(Value::name);
    let lead = table.required("lead").and_then(Value::name);
    let supporting = table.list("supporting").into_iter().filter_map(Value::name).collect();
    let partners = root.lines("partners");
    let values = read_values(table);
    let policy_areas = read_policy_areas(table);
    let ogp_id = table.optional("ogp_id").and_then(Value::name);
    let start_date = table.optional("start_date").and_then(Value::date);
    let end_date = table.optional("end_date").and_then(Value::end_date);
    let objective = root.required_text("objective");
    let description = root.required_text("description");
    let relevance = root.text("relevance");
    let ambition = root.text("ambition");
    let carried_from = table.optional("carried_from").and_then(Value::name);
    let aliases = table.list("aliases").into_iter().filter_map(Value::name).collect();
    let contact = root.inner_table("contact").map(read_contact);
    let withdrawn = root.inner_table("withdrawn").map(read_withdrawal);
    let milestones = root.inner_tables("milestones").into_iter().map(read_milestone).collect();
    let assessments = root.inner_tables("assessments").into_iter().map(read_assessment).collect();
    let updates = root.inner_tables("updates").into_iter().map(read_update).collect();
    root.finish();
    let mut draft = CommitmentDraft {
        id,
        title,
        chapter,
        lead,
        supporting,
        partners,
        values,
        policy_areas,
        ogp_id,
        start_date,
        end_date,
        objective,
        description,
        relevance,
        ambition,
        carried_from,
        contact,
        withdrawn,
        milestones,
        assessments,
        updates,
        aliases,
        links: Vec::new(),
    };
    draft.links = check_markdown(draft.markdown_texts(), TextKind::Field, diagnostics);
    draft
}

fn read_values(table: &Table<'_>) -> Vec<Spanned<OgpValue>> {
    let known = OgpValue::ALL.map(|value| (value.name(), value));
    let values = table.list("values").into_iter();
    values.filter_map(|value| value.choice("OGP value", &known)).collect()
}

fn read_policy_areas(table: &Table<'_>) -> Vec<Spanned<PolicyArea>> {
    let known: Vec<_> = POLICY_AREAS.iter().map(|&name| (name, PolicyArea(name))).collect();
    let areas = table.list("policy_areas").into_iter();
    areas.filter_map(|area| area.choice("policy area", &known)).collect()
}

fn read_contact(contact: Translated<'_>) -> ContactDraft {
    let name = contact.line("name");
    let role = contact.line("role");
    let department = contact.line("department");
    let email = contact.table.optional("email").and_then(Value::mailbox);
    let phone = contact.table.optional("phone").and_then(Value::name);
    contact.finish();
    ContactDraft { name, role, department, email, phone }
}

fn read_withdrawal(withdrawn: Translated<'_>) -> WithdrawalDraft {
    let date = withdrawn.table.optional("date").and_then(Value::date);
    let reason = withdrawn.text("reason");
    withdrawn.finish();
    WithdrawalDraft { date, reason }
}

fn read_milestone(milestone: Translated<'_>) -> MilestoneDraft {
    let table = &milestone.table;
    let title = milestone.required_line("title");
    let start_date = table.optional("start_date").and_then(Value::date);
    let end_date = table.optional("end_date").and_then(Value::end_date);
    let levels = CompletionLevel::ALL.map(|level| (level.name(), level));
    let level = table.optional("level").and_then(|value| value.choice("completion level", &levels));
    let description = milestone.text("description");
    milestone.finish();
    MilestoneDraft { title, start_date, end_date, level, description }
}

fn read_assessment(assessment: Translated<'_>) -> AssessmentDraft {
    let table = &assessment.table;
    let report = table.required("report").and_then(Value::name);
    let levels = CompletionLevel::ALL.map(AssessedLevel::Level).into_iter();
    let levels = levels.chain([AssessedLevel::NoEvidence]);
    let levels: Vec<_> = levels.map(|level| (level.name(), level)).collect();
    let level = table.optional("level").and_then(|value| value.choice("completion level", &levels));
    let results = assessment.text("results");
    let next_steps = assessment.text("next_steps");
    let additional_information = assessment.text("additional_information");
    let note = assessment.text("note");
    let evidence = assessment.inner_tables("evidence").into_iter().map(read_evidence).collect();
    assessment.finish();
    AssessmentDraft { report, level, results, next_steps, additional_information, note, evidence }
}

fn read_update(update: Translated<'_>) -> UpdateDraft {
    let date = update.table.required("date").and_then(Value::date);
    let text = update.required_text("text");
    let evidence = update.inner_tables("evidence").into_iter().map(read_evidence).collect();
    update.finish();
    UpdateDraft { date, text, evidence }
}

fn read_evidence(evidence: Translated<'_>) -> EvidenceDraft {
    let title = evidence.required_line("title");
    let location = read_location(&evidence.table);
    let language = evidence.table.optional("language").and_then(Value::name);
    if location.is_none() && !evidence.table.has_any(&["url", "file"]) {
        let problem = problems::neither_key(evidence.table.span(), "the evidence", ["url", "file"]);
        evidence.table.report(problem);
    }
    evidence.finish();
    let language = language.map(|code| LanguageCode::new(&code.value));
    EvidenceDraft { title, location, language }
}

/// Reads the location of a document from `url` or `file`. Reports a table that has both, but not
/// one that has neither.
pub(super) fn read_location(table: &Table<'_>) -> Option<LocationDraft> {
    let url = table.optional("url");
    let file = table.optional("file");
    match (url, file) {
        (Some(_), Some(file)) => {
            table.report(problems::both_keys(file.span(), "the evidence", ["url", "file"]));
            None
        }
        (Some(url), None) => url.web_address().map(LocationDraft::Url),
        (None, Some(file)) => file.name().map(LocationDraft::File),
        (None, None) => None,
    }
}
