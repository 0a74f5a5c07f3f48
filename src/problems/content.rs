//! What valid content leaves out, contradicts or probably says by mistake.

use super::parts::{at, in_file};
use super::words::{AllOf, Count, quote};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{SectionShape, TablePath};
use crate::model::{ActionPlan, LanguageCode, PartialDate};
use crate::source::{Span, Spanned};

/// No report names an assessor that has a file.
pub fn unused_assessor(span: Span, name: &str) -> Diagnostic {
    at(Code::UnusedAssessor, span, format!("no report is by the assessor {}", quote(name))).help(
        format!("write `assessor = \"{name}\"` in the files of its reports, or delete this file"),
    )
}

/// An agency that leads a commitment did not exist any more when the plan began.
pub fn abolished_lead(span: Span, written: &str, until: PartialDate) -> Diagnostic {
    let message = format!("the agency {} was abolished before this plan began", quote(written));
    at(Code::AbolishedAgency, span, message).help(format!(
        "write the agency that took over its work, or correct `until` in its file, which is {until}"
    ))
}

/// A value is dated after the report that gives it.
pub fn value_after_report(
    span: Span,
    date: PartialDate,
    report: &str,
    published: PartialDate,
) -> Diagnostic {
    let message = format!(
        "{} is after the report that gives this value: {} is of {published}",
        quote(&date.to_string()),
        quote(report)
    );
    at(Code::ImplausibleDate, span, message)
        .help("write the date on which the number was counted, or the report that gives it")
}

/// Two dates that are the same deadline differ. `to` is the deadline since the last move.
pub fn deadlines_differ(
    span: Span,
    key: &str,
    written: PartialDate,
    to: Spanned<PartialDate>,
) -> Diagnostic {
    let message = format!(
        "{} is {written}, but the deadline moved to {}",
        quote(key),
        quote(&to.value.to_string())
    );
    at(Code::DeadlinesDiffer, span, message)
        .help("write the same date in both, and one `[[rescheduled]]` for each time it moved, oldest first")
        .see(to.span, "the deadline moved here")
}

/// Moved deadlines are not listed oldest first. The numbers are the lines of the section that is too low, and of
/// the one before which it belongs.
pub fn rescheduled_order(span: Span, line: usize, before: usize) -> Diagnostic {
    at(Code::DeadlinesDiffer, span, "these moved deadlines are in the wrong order: the oldest comes first")
        .help(format!(
            "put the `[[rescheduled]]` of line {line}, with the lines below it, before the one of line {before}"
        ))
}

/// A deadline moved to the date that it had.
pub fn deadline_stays(to: Span, from: Span) -> Diagnostic {
    at(Code::EndBeforeStart, to, "`to` is the same date as `from`, so no deadline moved")
        .help("correct the one that is wrong")
        .see(from, "`from` is here")
}

/// A low level in a running plan does not say what stands in the way.
pub fn no_challenges(span: Span) -> Diagnostic {
    at(Code::NoChallenges, span, "this level does not say what stands in the way").help(
        "add `challenges`, such as `challenges = [\"funding\"]`; if nothing does, say so in \
         `additional_information`",
    )
}

/// A report says that a commitment is completed, and that one of its milestones is not.
pub fn levels_differ(span: Span, milestone: &str, level: Span) -> Diagnostic {
    let message =
        format!("the level is `completed`, but that of the milestone {} is not", quote(milestone));
    at(Code::LevelsDiffer, span, message)
        .help("compare both with the report; if it says both, say so in a `note`")
        .see(level, "the level of the milestone is here")
}

pub fn empty_site(path: &str) -> Diagnostic {
    in_file(Code::EmptySite, path, "the site has no commitments")
        .help("create a file in `content/commitments/`, in the folder of its action plan")
}

/// A commitment of a running plan has had no news for more than `months` months. `since` is the
/// date of its latest news.
pub fn stale(span: Span, since: Option<&str>, months: u16) -> Diagnostic {
    let message = match since {
        Some(since) => format!("this commitment has had no news since {since}"),
        None => "this commitment has had no news yet".to_owned(),
    };
    at(Code::Stale, span, message).help(format!(
        "OGP asks for news at least every {months} months while the plan runs: add an \
         `[[updates]]` section with a `date` and a `text`"
    ))
}

pub fn no_evidence(span: Span) -> Diagnostic {
    at(Code::NoEvidence, span, "this level has no evidence").help(
        "OGP asks for a link to it: add `evidence = [{ title = \"…\", url = \"https://…\" }]`",
    )
}

pub fn no_results(span: Span) -> Diagnostic {
    at(Code::NoResults, span, "this level has no explanation of what was done").help(
        "add `results`: one or two sentences about what was done; if the report has none, say so \
             in a `note`",
    )
}

/// Why a date is probably a typing error.
#[derive(Debug, Clone, Copy)]
pub enum Implausible<'p> {
    /// A report, an update or a withdrawal lies in the future. The date is today's.
    AfterToday(PartialDate),
    /// A report, an update or a withdrawal is older than its plan.
    BeforePlan(&'p ActionPlan),
    /// A commitment or milestone starts or ends more than `years` years before its plan.
    LongBeforePlan { years: u16, plan: &'p ActionPlan },
    /// A commitment or milestone starts or ends more than `years` years after its plan.
    LongAfterPlan { years: u16, plan: &'p ActionPlan },
    /// A plan starts more than `years` years after today.
    StartsTooLate { years: u16, today: PartialDate },
    /// A plan ends more than `years` years after its start.
    LastsTooLong { years: u16, start: Spanned<PartialDate> },
}

/// A date does not fit today's date or the dates of its action plan.
pub fn implausible_date(span: Span, date: PartialDate, reason: Implausible<'_>) -> Diagnostic {
    let date = quote(&date.to_string());
    let message = match reason {
        Implausible::AfterToday(today) => format!("{date} is in the future: today is {today}"),
        Implausible::BeforePlan(plan) => {
            let id = quote(plan.id.as_str());
            format!("{date} is before the start of the action plan {id}: {}", plan.start_date)
        }
        Implausible::LongBeforePlan { years, plan } => {
            let (id, start) = (quote(plan.id.as_str()), plan.start_date);
            format!(
                "{date} is more than {years} years before the start of the action plan {id}: {start}"
            )
        }
        Implausible::LongAfterPlan { years, plan } => {
            let (id, end) = (quote(plan.id.as_str()), plan.end_date);
            format!(
                "{date} is more than {years} years after the end of the action plan {id}: {end}"
            )
        }
        Implausible::StartsTooLate { years, today } => {
            format!("{date} is more than {years} years in the future: today is {today}")
        }
        Implausible::LastsTooLong { years, start } => {
            format!(
                "{date} is more than {years} years after the start of the plan: {}",
                start.value
            )
        }
    };
    let problem = at(Code::ImplausibleDate, span, message).help("check the year");
    match reason {
        Implausible::LastsTooLong { start, .. } => problem.see(start.span, "the plan starts here"),
        _ => problem,
    }
}

/// A deadline moved to an earlier date.
pub fn moved_back(to: Spanned<PartialDate>, from: Spanned<PartialDate>) -> Diagnostic {
    let message = format!(
        "{} is before the deadline that moved: {}",
        quote(&to.value.to_string()),
        from.value
    );
    at(Code::ImplausibleDate, to.span, message)
        .help("check both dates: `from` is the deadline before, `to` the one since then")
        .see(from.span, "`from` is here")
}

/// Two reports of one assessor give a commitment different levels, and their dates have no certain order.
/// `date` is the less precise date, and `other` the other report with its date and the span of that.
pub fn uncertain_order(
    date: Spanned<PartialDate>,
    other: &str,
    other_date: Spanned<PartialDate>,
) -> Diagnostic {
    let message = format!(
        "{} may be before or after {}, the date of the report {}",
        quote(&date.value.to_string()),
        quote(&other_date.value.to_string()),
        quote(other)
    );
    let unit = if matches!(date.value, PartialDate::Year(_)) { "month" } else { "day" };
    at(Code::UncertainOrder, date.span, message)
        .help(format!("write the {unit} too: readers see the level of the newest report"))
        .see(other_date.span, "the other date is here")
}

/// Texts of a table are not translated into one of the site's languages. `keys` is not empty.
pub fn not_translated(
    span: Span,
    keys: &[&str],
    table: &TablePath,
    language: &LanguageCode,
) -> Diagnostic {
    let (verb, it) = if keys.len() == 1 { ("is", "it") } else { ("are", "them") };
    let language_name = quote(language.as_str());
    let message = format!("{} {verb} not translated into {language_name}", AllOf(keys));
    let place = match table.last() {
        Some((_, SectionShape::Inline)) => {
            format!("add `{language} = {{ {} = \"…\" }}` within the braces", keys[0])
        }
        _ => format!("add {it} below `{}`", table.translation(language)),
    };
    at(Code::NotTranslated, span, message)
        .help(format!("{place}: until then, readers see {it} in another language"))
}

pub fn private_mailbox(span: Span, mailbox: &str) -> Diagnostic {
    let message = format!("{} looks like a private email address", quote(mailbox));
    at(Code::PrivateMailbox, span, message)
        .help("write the office's email address, or delete this one")
}

pub fn personal_phone(span: Span, phone: &str) -> Diagnostic {
    let message = format!("{} looks like a personal mobile number", quote(phone));
    at(Code::PersonalPhone, span, message)
        .help("write the office's phone number, or delete the line")
}

pub fn title_too_long(span: Span, length: usize) -> Diagnostic {
    let message = format!("the title has {length} characters, too many for the share image");
    at(Code::TitleTooLong, span, message)
        .help("shorten the title: the share image cuts off the rest")
}

/// A text is longer than OGP allows. `span` covers the part that exceeds `limit` characters.
pub fn text_too_long(span: Span, key: &str, length: usize, limit: usize) -> Diagnostic {
    let message = format!("{} has {length} characters, but OGP allows only {limit}", quote(key));
    at(Code::TextTooLong, span, message).help(format!(
        "shorten the text by {}: the marked part is over the limit",
        Count(length - limit, "character")
    ))
}
