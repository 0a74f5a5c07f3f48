//! A commitment's file.

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
    /// The plan's folder and the file name.
    pub id: CommitmentId,
    /// `title`
    pub title: Option<Text>,
    /// `chapter`
    pub chapter: Option<Spanned<String>>,
    /// `lead`
    pub lead: Option<Spanned<String>>,
    /// `supporting`
    pub supporting: Vec<Spanned<String>>,
    /// `partners`
    pub partners: Vec<Text>,
    /// `values`
    pub values: Vec<Spanned<OgpValue>>,
    /// `policy_areas`
    pub policy_areas: Vec<Spanned<PolicyArea>>,
    /// `ogp_id`
    pub ogp_id: Option<Spanned<String>>,
    /// `start_date`
    pub start_date: Option<Spanned<PartialDate>>,
    /// `end_date`
    pub end_date: Option<Spanned<EndDate>>,
    /// `objective`
    pub objective: Option<Text>,
    /// `description`
    pub description: Option<Text>,
    /// `relevance`
    pub relevance: Option<Text>,
    /// `ambition`
    pub ambition: Option<Text>,
    /// `carried_from`
    pub carried_from: Option<Spanned<String>>,
    /// `[contact]`
    pub contact: Option<ContactDraft>,
    /// `[withdrawn]`
    pub withdrawn: Option<WithdrawalDraft>,
    /// `[[milestones]]`
    pub milestones: Vec<MilestoneDraft>,
    /// `[[assessments]]`
    pub assessments: Vec<AssessmentDraft>,
    /// `[[updates]]`
    pub updates: Vec<UpdateDraft>,
    /// `aliases`
    pub aliases: Vec<Spanned<String>>,
    /// The links of its texts to addresses of this site.
    pub links: Vec<Spanned<String>>,
}

impl CommitmentDraft {
    /// Every Markdown text of the commitment.
    fn prose(&self) -> impl Iterator<Item = &Text> {
        let own = [&self.objective, &self.description, &self.relevance, &self.ambition];
        let withdrawn = self.withdrawn.iter().map(|it| &it.reason);
        let milestones = self.milestones.iter().map(|it| &it.description);
        let assessments = self
            .assessments
            .iter()
            .flat_map(|it| [&it.results, &it.next_steps, &it.additional_information, &it.note]);
        let updates = self.updates.iter().map(|it| &it.text);
        own.into_iter()
            .chain(withdrawn)
            .chain(milestones)
            .chain(assessments)
            .chain(updates)
            .flatten()
    }
}

/// A contact as written, all of it; the site's settings say what is published.
#[derive(Clone)]
pub struct ContactDraft {
    /// `name`
    pub name: Option<Text>,
    /// `role`
    pub role: Option<Text>,
    /// `department`
    pub department: Option<Text>,
    /// `email`
    pub email: Option<Spanned<String>>,
    /// `phone`
    pub phone: Option<Spanned<String>>,
}

/// A withdrawal as written.
#[derive(Clone)]
pub struct WithdrawalDraft {
    /// `date`
    pub date: Option<Spanned<PartialDate>>,
    /// `reason`
    pub reason: Option<Text>,
}

/// A milestone as written.
#[derive(Clone)]
pub struct MilestoneDraft {
    /// `title`
    pub title: Option<Text>,
    /// `start_date`
    pub start_date: Option<Spanned<PartialDate>>,
    /// `end_date`
    pub end_date: Option<Spanned<EndDate>>,
    /// `level`
    pub level: Option<Spanned<CompletionLevel>>,
    /// `description`
    pub description: Option<Text>,
}

/// An assessment as written.
#[derive(Clone)]
pub struct AssessmentDraft {
    /// `report`
    pub report: Option<Spanned<String>>,
    /// `level`; left out, it is "not reported".
    pub level: Option<Spanned<AssessedLevel>>,
    /// `results`
    pub results: Option<Text>,
    /// `next_steps`
    pub next_steps: Option<Text>,
    /// `additional_information`
    pub additional_information: Option<Text>,
    /// `note`
    pub note: Option<Text>,
    /// `evidence`
    pub evidence: Vec<EvidenceDraft>,
}

/// Evidence as written.
#[derive(Clone)]
pub struct EvidenceDraft {
    /// `title`
    pub title: Option<Text>,
    /// `url` or `file`
    pub location: Option<LocationDraft>,
    /// `language`
    pub language: Option<LanguageCode>,
}

/// Where a document is, as written.
#[derive(Clone)]
pub enum LocationDraft {
    /// `url`
    Url(Spanned<String>),
    /// `file`, below `content/`
    File(Spanned<String>),
}

/// An update as written.
#[derive(Clone)]
pub struct UpdateDraft {
    /// `date`
    pub date: Option<Spanned<PartialDate>>,
    /// `text`
    pub text: Option<Text>,
    /// `evidence`
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
    draft.links = check_markdown(draft.prose(), TextKind::Field, diagnostics);
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
    let level = table.optional("level").and_then(|it| it.choice("completion level", &levels));
    let description = milestone.text("description");
    milestone.finish();
    MilestoneDraft { title, start_date, end_date, level, description }
}

fn read_assessment(assessment: Translated<'_>) -> AssessmentDraft {
    let table = &assessment.table;
    let report = table.required("report").and_then(Value::name);
    let levels = [
        ("not-started", AssessedLevel::Level(CompletionLevel::NotStarted)),
        ("limited", AssessedLevel::Level(CompletionLevel::Limited)),
        ("substantial", AssessedLevel::Level(CompletionLevel::Substantial)),
        ("completed", AssessedLevel::Level(CompletionLevel::Completed)),
        ("no-evidence", AssessedLevel::NoEvidence),
    ];
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

/// The document that `url` or `file` names. Both at once are a mistake.
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
