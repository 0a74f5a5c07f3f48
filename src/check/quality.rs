//! Warnings about content that is valid but could be better.
//!
//! Each rule has a reason outside the program: OGP requires repositories to be up to date and
//! linked to evidence, readers need texts in their language, and officials do not want their
//! private contact details published.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::draft::{AssessedMilestoneDraft, AssessmentDraft, CommitmentDraft};
use crate::model::{
    AssessedLevel, Assessment, Assessor, Commitment, CompletionLevel, PartialDate, Report,
    ReportId, Text, is_private_mailbox,
};
use crate::problems;
use crate::source::{Span, Spanned};

/// The length of the brief description in characters that OGP's Commitment Completion Template
/// allows.
const MAX_DESCRIPTION_LENGTH: usize = 140;

/// A rule for what a commitment's file says, whether or not the file has errors.
type Rule = fn(&CommitmentDraft, &mut Diagnostics);

/// The rules. To add a rule, add one function and one entry.
const RULES: &[Rule] = &[description_is_short, email_is_official, levels_agree];

/// Checks a commitment against [`RULES`].
pub(super) fn check_draft(commitment: &CommitmentDraft, diagnostics: &mut Diagnostics) {
    for rule in RULES {
        rule(commitment, diagnostics);
    }
}

/// Reports a commitment without news for more than `months` months.
pub(super) fn has_recent_news(
    commitment: &Commitment,
    today: PartialDate,
    months: u16,
    headline: &Assessor,
    diagnostics: &mut Diagnostics,
) {
    if commitment.is_stale(today, months, headline) {
        let newest = commitment.newest_date_until(today).map(|date| date.to_string());
        let span = commitment.title.original().span;
        diagnostics.add(problems::stale(span, newest.as_deref(), months));
    }
}

/// Reports a level without evidence or without an explanation, unless it says that no work has
/// begun, or the report is partial. OGP's rules for repositories require that they are "linked to
/// evidence".
pub(super) fn level_is_supported(
    assessment: &AssessmentDraft,
    report: Option<&Report>,
    diagnostics: &mut Diagnostics,
) {
    let Some(Spanned { value: AssessedLevel::Level(level), span }) = assessment.level else {
        return;
    };
    if level == CompletionLevel::NotStarted || report.is_some_and(|report| report.partial) {
        return;
    }
    if assessment.evidence.is_empty() {
        diagnostics.add(problems::no_evidence(span));
    }
    // A note can say why there is no explanation.
    if assessment.texts.results.is_none() && assessment.texts.note.is_none() {
        diagnostics.add(problems::no_results(span));
    }
}

/// Reports a level of *not started* or *limited*, in the newest report of an assessor on a plan that runs on
/// `today`, that does not say what stands in the way. `levels` has the spans of the levels as written.
pub(super) fn says_what_prevents(
    commitment: &Commitment,
    levels: &BTreeMap<String, Span>,
    today: PartialDate,
    headline: &Assessor,
    diagnostics: &mut Diagnostics,
) {
    if !commitment.plan.runs_on(today) {
        return;
    }
    for track in commitment.tracks(headline) {
        let assessment = track.newest;
        let is_behind = matches!(
            assessment.level,
            AssessedLevel::Level(CompletionLevel::NotStarted | CompletionLevel::Limited)
        );
        let says_why =
            !assessment.challenges.is_empty() || assessment.texts.additional_information.is_some();
        if let Some(&span) = levels.get(assessment.report.id.as_str())
            && is_behind
            && !says_why
        {
            diagnostics.add(problems::no_challenges(span));
        }
    }
}

/// Reports two reports of one assessor that give a commitment different levels, if it is not certain which
/// of them is newer. `dates` are the dates of the reports, as written.
pub(super) fn order_is_certain(
    assessments: &[Assessment],
    dates: &BTreeMap<ReportId, Spanned<PartialDate>>,
    diagnostics: &mut Diagnostics,
) {
    for (index, a) in assessments.iter().enumerate() {
        let is_uncertain = |b: &&Assessment| {
            let (first, second) = (a.report.date, b.report.date);
            let is_ordered = first.is_before(second) || second.is_before(first);
            !is_ordered && a.is_on_track_of(b) && a.level != b.level
        };
        // One problem for each report: the number of pairs grows with the square of the reports.
        let Some(b) = assessments[index + 1..].iter().find(is_uncertain) else { continue };
        // The less precise date sorts last. Of equal ones, that of the second report is reported.
        let (other, report) = match a.report.date > b.report.date {
            true => (&b.report, &a.report),
            false => (&a.report, &b.report),
        };
        let problem =
            problems::uncertain_order(dates[&report.id], other.id.as_str(), dates[&other.id]);
        diagnostics.add(problem);
    }
}

fn description_is_short(commitment: &CommitmentDraft, diagnostics: &mut Diagnostics) {
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

fn email_is_official(commitment: &CommitmentDraft, diagnostics: &mut Diagnostics) {
    for email in commitment.contacts.iter().filter_map(|contact| contact.email.as_ref()) {
        if is_private_mailbox(&email.value) {
            diagnostics.add(problems::private_mailbox(email.span, &email.value));
        }
    }
}

/// Reports mobile numbers of Mongolia, which have eight digits and start with 8 or 9. For other
/// countries, this would need a table of number formats. `country` is that of the site.
pub(super) fn phone_is_official(
    commitment: &CommitmentDraft,
    country: Option<&str>,
    diagnostics: &mut Diagnostics,
) {
    for phone in commitment.contacts.iter().filter_map(|contact| contact.phone.as_ref()) {
        let digits: String = phone.value.chars().filter(char::is_ascii_digit).collect();
        let local = match digits.strip_prefix("976").filter(|number| number.len() == 8) {
            Some(local) => local,
            None if country == Some("MN") => &digits,
            None => continue,
        };
        if local.len() == 8 && local.starts_with(['8', '9']) {
            diagnostics.add(problems::personal_phone(phone.span, &phone.value));
        }
    }
}

/// Reports a level of *completed* beside a milestone that is not completed, unless a note explains it.
fn levels_agree(commitment: &CommitmentDraft, diagnostics: &mut Diagnostics) {
    const COMPLETED: CompletionLevel = CompletionLevel::Completed;
    for assessment in &commitment.assessments {
        let level = assessment.level.filter(|level| level.value == AssessedLevel::Level(COMPLETED));
        let is_other = |milestone: &&AssessedMilestoneDraft| {
            milestone.level.is_some_and(|level| level.value != COMPLETED)
        };
        if let Some(level) = level
            && assessment.texts.note.is_none()
            && let Some(other) = assessment.milestones.iter().find(is_other)
            && let (Some(id), Some(other)) = (&other.id, other.level)
        {
            diagnostics.add(problems::levels_differ(level.span, &id.value, other.span));
        }
    }
}
