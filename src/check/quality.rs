//! Warnings about content that is valid but could be better.
//!
//! Each rule has a reason outside the program: OGP requires repositories to be up to date and
//! linked to evidence, readers need texts in their language, and officials do not want their
//! private contact details published.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::draft::{AssessmentDraft, CommitmentDraft, Drafts};
use crate::model::{AssessedLevel, CompletionLevel, PartialDate, Text};
use crate::problems;
use crate::settings::Settings;
use crate::source::Span;

/// The first part of the domain of each provider at which anyone can get an email address.
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

/// The length of the brief description in characters that OGP's Commitment Completion Template
/// allows.
const MAX_DESCRIPTION_LENGTH: usize = 140;

/// The values that the rules need besides the commitment.
pub(super) struct Context<'d> {
    today: PartialDate,
    stale_after_months: u16,
    /// The start and end date of each plan, by id.
    plans: BTreeMap<&'d str, (PartialDate, PartialDate)>,
    /// The date of each report and whether it is partial, by id.
    reports: BTreeMap<&'d str, (PartialDate, bool)>,
}

type Rule = fn(&CommitmentDraft, &Context<'_>, &mut Diagnostics);

/// The rules. To add a rule, add one function and one entry.
const RULES: &[Rule] = &[
    has_news,
    levels_have_evidence,
    levels_have_results,
    description_is_short,
    email_is_official,
    phone_is_official,
];

impl<'d> Context<'d> {
    pub(super) fn new(drafts: &'d Drafts, settings: &Settings, today: PartialDate) -> Self {
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
            plans: plans.collect(),
            reports: reports.collect(),
        }
    }
}

/// Checks a commitment against [`RULES`].
pub(super) fn check_commitment(
    commitment: &CommitmentDraft,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    for rule in RULES {
        rule(commitment, context, diagnostics);
    }
}

/// Reports a commitment without recent news while its plan runs. OGP's rules for repositories
/// require that they are "updated at least twice a year". The limit in months is a setting.
fn has_news(commitment: &CommitmentDraft, context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(&(start, end)) = context.plans.get(commitment.id.plan.as_str()) else { return };
    let today = context.today.latest();
    let is_running = start.earliest() <= today && today <= end.latest();
    let is_done =
        commitment.withdrawn.is_some()
            || commitment.assessments.last().and_then(|last| last.level).is_some_and(|level| {
                level.value == AssessedLevel::Level(CompletionLevel::Completed)
            });
    let Some(title) = commitment.title.as_ref().filter(|_| is_running && !is_done) else { return };
    let assessed =
        commitment.assessments.iter().filter_map(|assessment| report_of(assessment, context));
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

/// Reports levels without evidence. OGP's rules for repositories require that they are "linked to
/// evidence".
fn levels_have_evidence(
    commitment: &CommitmentDraft,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    for (assessment, level, span) in levels(commitment, context) {
        if assessment.evidence.is_empty() && level != CompletionLevel::NotStarted {
            diagnostics.add(problems::no_evidence(span));
        }
    }
}

fn levels_have_results(
    commitment: &CommitmentDraft,
    context: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    for (assessment, level, span) in levels(commitment, context) {
        if assessment.texts.results.is_none() && level != CompletionLevel::NotStarted {
            diagnostics.add(problems::no_results(span));
        }
    }
}

/// Returns the assessments that give a level, with the level and its span. Assessments of partial
/// reports are left out.
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

/// Returns the date of an assessment's report and whether the report is partial.
fn report_of(assessment: &AssessmentDraft, context: &Context<'_>) -> Option<(PartialDate, bool)> {
    let id = assessment.report.as_ref()?;
    context.reports.get(id.value.as_str()).copied()
}

fn description_is_short(
    commitment: &CommitmentDraft,
    _: &Context<'_>,
    diagnostics: &mut Diagnostics,
) {
    for passage in commitment.description.iter().flat_map(Text::passages) {
        let text = passage.text.trim();
        if let Some((limit, _)) = text.char_indices().nth(MAX_DESCRIPTION_LENGTH) {
            let start = passage.text.len() - passage.text.trim_start().len();
            let excess = passage.span_of(start + limit..start + text.len());
            let length = text.chars().count();
            let problem =
                problems::text_too_long(excess, "description", length, MAX_DESCRIPTION_LENGTH);
            diagnostics.add(problem);
        }
    }
}

fn email_is_official(commitment: &CommitmentDraft, _: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(email) = commitment.contact.as_ref().and_then(|contact| contact.email.as_ref()) else {
        return;
    };
    let domain = email.value.rsplit('@').next().unwrap_or_default().to_lowercase();
    let provider = domain.split('.').next().unwrap_or_default();
    // `mail.gov.mn` belongs to an office, `mail.ru` does not.
    let is_public = PUBLIC_PROVIDERS.contains(&provider) && domain.matches('.').count() == 1;
    // Yahoo also has domains of countries, such as `yahoo.co.jp`.
    let is_yahoo = provider == "yahoo";
    if is_public || is_yahoo {
        diagnostics.add(problems::private_mailbox(email.span, &email.value));
    }
}

/// Reports mobile numbers of Mongolia, which have eight digits and start with 8 or 9. For other
/// countries, this would need a table of number formats.
fn phone_is_official(commitment: &CommitmentDraft, _: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(phone) = commitment.contact.as_ref().and_then(|contact| contact.phone.as_ref()) else {
        return;
    };
    let digits: String = phone.value.chars().filter(char::is_ascii_digit).collect();
    let local = digits.strip_prefix("976").filter(|number| number.len() == 8).unwrap_or(&digits);
    if local.len() == 8 && local.starts_with(['8', '9']) {
        diagnostics.add(problems::personal_phone(phone.span, &phone.value));
    }
}
