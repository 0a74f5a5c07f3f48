//! What is true but poor: warnings, each of which somebody outside the program asked for.
//!
//! OGP wants a repository that is kept up to date and linked to evidence; readers want their
//! language; officials do not want their private numbers published.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::draft::{AssessmentDraft, CommitmentDraft, Drafts};
use crate::model::{AssessedLevel, CompletionLevel, LanguageCode, PartialDate, ReportId, Text};
use crate::problems;
use crate::settings::Settings;
use crate::source::Span;

/// The providers at which anybody can have a mailbox, by the first part of their domain.
const PUBLIC_PROVIDERS: [&str; 14] = [
    "aol",
    "gmail",
    "googlemail",
    "gmx",
    "hotmail",
    "icloud",
    "live",
    "mail",
    "outlook",
    "proton",
    "protonmail",
    "ymail",
    "yahoo",
    "yandex",
];

/// OGP's Commitment Completion Template allows 140 characters for the brief description.
const MAX_DESCRIPTION_LENGTH: usize = 140;

/// What the rules need to know besides the commitment.
pub(super) struct Context<'d> {
    today: PartialDate,
    stale_after_months: u16,
    languages: &'d [LanguageCode],
    /// Start and end of each plan.
    plans: BTreeMap<&'d str, (PartialDate, PartialDate)>,
    /// Date of each report, and whether it is entered in part only.
    reports: BTreeMap<&'d str, (PartialDate, bool)>,
}

type Rule = fn(&CommitmentDraft, &Context<'_>, &mut Diagnostics);

/// Every rule. One more rule is one more function and one more line.
const RULES: &[Rule] = &[
    has_news,
    levels_have_evidence,
    levels_have_results,
    is_translated,
    description_is_short,
    mailbox_is_an_offices,
    phone_is_an_offices,
];

impl<'d> Context<'d> {
    /// What is to be known on the day `today`.
    pub(super) fn new(drafts: &'d Drafts, settings: &'d Settings, today: PartialDate) -> Self {
        let plans = drafts.plans.iter().filter_map(|plan| {
            Some((plan.id.as_str(), (plan.start_date?.value, plan.end_date?.value)))
        });
        let reports = drafts
            .reports
            .iter()
            .filter_map(|report| Some((report.id.as_str(), (report.date?.value, report.partial))));
        Context {
            today,
            stale_after_months: settings.stale_after_months,
            languages: &settings.site.languages,
            plans: plans.collect(),
            reports: reports.collect(),
        }
    }
}

/// Holds every rule against a commitment.
pub(super) fn check_commitment(
    commitment: &CommitmentDraft,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    for rule in RULES {
        rule(commitment, context, diagnostics);
    }
}

/// Wants the names of agencies in every language.
pub(super) fn check_agencies(
    drafts: &Drafts,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    for agency in &drafts.agencies {
        if let Some(name) = &agency.name {
            let texts = [("name", Some(name)), ("short_name", agency.short_name.as_ref())];
            translated("[{}]", &texts, context, diagnostics);
        }
    }
}

/// "Updated at least twice a year" (OGP's rules for repositories), while the plan runs.
fn has_news(commitment: &CommitmentDraft, context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(&(start, end)) = context.plans.get(commitment.id.plan.as_str()) else { return };
    let today = context.today.latest();
    let is_running = start.earliest() <= today && today <= end.latest();
    let is_done =
        commitment.withdrawn.is_some()
            || commitment.assessments.last().and_then(|it| it.level).is_some_and(|level| {
                level.value == AssessedLevel::Level(CompletionLevel::Completed)
            });
    let Some(title) = commitment.title.as_ref().filter(|_| is_running && !is_done) else { return };
    let assessed = commitment.assessments.iter().filter_map(|it| report_of(it, context));
    let updated = commitment.updates.iter().filter_map(|update| Some(update.date?.value));
    let newest = assessed.map(|(date, _)| date).chain(updated).max();
    let months = context.stale_after_months;
    let due = newest.unwrap_or(start_day(start)).months_later(months);
    if due.latest() < today {
        let since = newest.map(|date| date.to_string());
        diagnostics.add(problems::stale(title.original().span, since.as_deref(), months));
    }
}

fn start_day(start: PartialDate) -> PartialDate {
    let (year, month, day) = start.earliest();
    PartialDate::Day(year, month, day)
}

/// "Linked to evidence" (OGP's rules for repositories).
fn levels_have_evidence(
    commitment: &CommitmentDraft,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    for (assessment, level, at) in levels(commitment, context) {
        if assessment.evidence.is_empty() && level != CompletionLevel::NotStarted {
            diagnostics.add(problems::no_evidence(at));
        }
    }
}

fn levels_have_results(
    commitment: &CommitmentDraft,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    for (assessment, level, at) in levels(commitment, context) {
        if assessment.results.is_none() && level != CompletionLevel::NotStarted {
            diagnostics.add(problems::no_results(at));
        }
    }
}

/// The assessments that give a level, but for those of reports that are here in part only.
fn levels<'c>(
    commitment: &'c CommitmentDraft,
    context: &Context<'_>,
) -> impl Iterator<Item = (&'c AssessmentDraft, CompletionLevel, Span)> {
    commitment.assessments.iter().filter_map(|assessment| {
        let is_partial = report_of(assessment, context).is_some_and(|(_, is_partial)| is_partial);
        let written = assessment.level.filter(|_| !is_partial)?;
        let AssessedLevel::Level(level) = written.value else { return None };
        Some((assessment, level, written.span))
    })
}

fn report_of(assessment: &AssessmentDraft, context: &Context<'_>) -> Option<(PartialDate, bool)> {
    let id = ReportId::new(&assessment.report.as_ref()?.value);
    context.reports.get(id.as_str()).copied()
}

fn is_translated(
    commitment: &CommitmentDraft,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    let texts = [
        ("title", commitment.title.as_ref()),
        ("objective", commitment.objective.as_ref()),
        ("description", commitment.description.as_ref()),
        ("relevance", commitment.relevance.as_ref()),
        ("ambition", commitment.ambition.as_ref()),
    ];
    translated("[{}]", &texts, context, diagnostics);
    for assessment in &commitment.assessments {
        let texts = [
            ("results", assessment.results.as_ref()),
            ("next_steps", assessment.next_steps.as_ref()),
            ("additional_information", assessment.additional_information.as_ref()),
            ("note", assessment.note.as_ref()),
        ];
        translated("[assessments.{}]", &texts, context, diagnostics);
    }
}

/// Reports, once for each language, which of the texts it lacks, at the first of those. `header` is
/// where a translation stands, with `{}` for the language.
fn translated(
    header: &str,
    texts: &[(&str, Option<&Text>)],
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    for language in &context.languages[1..] {
        let lacks = |text: &&Text| text.translations().iter().all(|(code, _)| code != language);
        let missing: Vec<(&str, &Text)> =
            texts.iter().filter_map(|(key, text)| Some((*key, text.filter(lacks)?))).collect();
        if let Some((_, first)) = missing.first() {
            let keys: Vec<&str> = missing.iter().map(|(key, _)| *key).collect();
            let at = first.original().first_line();
            let header = header.replace("{}", language.as_str());
            diagnostics.add(problems::not_translated(at, &keys, language.as_str(), &header));
        }
    }
}

fn description_is_short(
    commitment: &CommitmentDraft,
    _: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    for passage in commitment.description.iter().flat_map(Text::passages) {
        let text = passage.text.trim();
        if let Some((past, _)) = text.char_indices().nth(MAX_DESCRIPTION_LENGTH) {
            let before = passage.text.len() - passage.text.trim_start().len();
            let past = passage.span_of(before + past..before + text.len());
            let length = text.chars().count();
            let problem =
                problems::text_too_long(past, "description", length, MAX_DESCRIPTION_LENGTH);
            diagnostics.add(problem);
        }
    }
}

fn mailbox_is_an_offices(
    commitment: &CommitmentDraft,
    _: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(email) = commitment.contact.as_ref().and_then(|it| it.email.as_ref()) else { return };
    let domain = email.value.rsplit('@').next().unwrap_or_default().to_lowercase();
    let provider = domain.split('.').next().unwrap_or_default();
    // `mail.gov.mn` is an office's; `mail.ru` is not.
    let is_public = PUBLIC_PROVIDERS.contains(&provider) && domain.matches('.').count() == 1;
    let is_of_a_country = provider == "yahoo";
    if is_public || is_of_a_country {
        diagnostics.add(problems::private_mailbox(email.span, &email.value));
    }
}

/// Mobile numbers of Mongolia have eight digits and begin with 8 or 9. What a mobile number is
/// elsewhere only tables of each country would tell.
fn phone_is_an_offices(
    commitment: &CommitmentDraft,
    _: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(phone) = commitment.contact.as_ref().and_then(|it| it.phone.as_ref()) else { return };
    let digits: String = phone.value.chars().filter(char::is_ascii_digit).collect();
    let local = digits.strip_prefix("976").filter(|it| it.len() == 8).unwrap_or(&digits);
    if local.len() == 8 && local.starts_with(['8', '9']) {
        diagnostics.add(problems::personal_phone(phone.span, &phone.value));
    }
}
