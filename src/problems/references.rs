//! What is wrong with references to agencies, assessors, reports, plans, commitments, milestones and files.

use super::addresses::{AddressPlace, is_local_path, local_path_help};
use super::parts::{at, in_file, list_of_names, lookalike_help, suggest};
use super::words::{self, OneOf, closest, quote, quote_whole};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A value names something that has no file. `kind` is the noun in the message and `folder` the
/// folder of such files below `content/`.
fn unknown_reference(
    code: Code,
    span: Span,
    (kind, folder): (&str, &str),
    written: &str,
    known: &[&str],
) -> Diagnostic {
    let message = format!("there is no {kind} {}", quote(written));
    let file_name = words::as_file_name(written);
    let path = format!("content/{folder}/{file_name}.toml");
    let make = format!("create the file {}", quote_whole(&path));
    if let Some(help) = lookalike_help(written, known.iter().copied()) {
        return at(code, span, message).help(help);
    }
    at(code, span, message).help(match closest(written, known.iter().copied()) {
        Some(name) => format!("did you mean {}? If not, {make}", quote_whole(name)),
        None if (1..=MAX_LISTED_NAMES).contains(&known.len()) => {
            format!("write {}; if you mean none of these, {make}", OneOf(known))
        }
        None => make,
    })
}

/// The number of known names up to which a message lists all of them.
const MAX_LISTED_NAMES: usize = 7;

pub fn unknown_agency(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference(Code::UnknownAgency, span, ("agency", "agencies"), written, known)
}

/// The only name of a key is those of several agencies.
pub fn several_agencies(span: Span, key: &str, ids: &[&str]) -> Diagnostic {
    let message = format!("{} names several agencies", quote(key));
    let line = format!("{key} = [{}]", list_of_names(ids));
    at(Code::UnknownAgency, span, message).help(format!("write {}", quote_whole(&line)))
}

/// One name of a list is those of several agencies.
pub fn names_in_one(span: Span, ids: &[&str]) -> Diagnostic {
    let names = quote_whole(&list_of_names(ids));
    at(Code::UnknownAgency, span, "this names several agencies")
        .help(format!("put each in quotation marks of its own: {names}"))
}

/// A value is an agency's name, not its id.
pub fn agency_by_name(span: Span, written: &str, id: &str) -> Diagnostic {
    called_by_name(Code::UnknownAgency, span, ("agency", "name"), written, id)
}

/// A partner outside the government is the file name of an agency.
pub fn agency_as_partner(span: Span, written: &str) -> Diagnostic {
    at(Code::AgencyAsPartner, span, format!("{} is the file name of an agency", quote(written)))
        .help("write it in `supporting`; `partners` has the names of actors outside the government")
}

/// A value is a report's title, not its id.
pub fn report_by_title(span: Span, written: &str, id: &str) -> Diagnostic {
    called_by_name(Code::UnknownReport, span, ("report", "title"), written, id)
}

/// A value is what a thing is called, not its id. `kind` and `key` are the nouns for both in the message.
fn called_by_name(
    code: Code,
    span: Span,
    (kind, key): (&str, &str),
    written: &str,
    id: &str,
) -> Diagnostic {
    at(code, span, format!("there is no {kind} {}", quote(written)))
        .help(format!("write {}: the file name of the {kind} with this {key}", quote(id)))
}

/// A value is an assessor's name, not its id.
pub fn assessor_by_name(span: Span, written: &str, id: &str) -> Diagnostic {
    called_by_name(Code::UnknownAssessor, span, ("assessor", "name"), written, id)
}

/// An agency is the file name of an assessor.
pub fn assessor_as_agency(span: Span, written: &str) -> Diagnostic {
    at(Code::UnknownAgency, span, format!("{} is an assessor, not an agency", quote(written)))
        .help("write its name in `partners` of the commitment, and an agency here")
}

pub fn unknown_assessor(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference(Code::UnknownAssessor, span, ("assessor", "assessors"), written, known)
}

pub fn not_a_country(span: Span, written: &str) -> Diagnostic {
    at(Code::NotACountry, span, format!("{} is not the code of a country", quote(written)))
        .help("write two capital letters of ISO 3166, such as \"MN\" for Mongolia")
}

/// `repository` is a page of a repository on which nobody can edit a file.
pub fn edit_address(span: Span, written: &str, right: &str) -> Diagnostic {
    let message = format!("the links \"Edit this page\" do not work with {}", quote(written));
    at(Code::EditAddress, span, message).help(format!("write \"{right}\""))
}

/// `base_url` is on the domain of a host, but not where the host publishes the repository.
pub fn pages_address(span: Span, written: &str, right: &str) -> Diagnostic {
    let message = format!("the host does not publish this repository at {}", quote(written));
    at(Code::PagesAddress, span, message).help(format!("write \"{right}\""))
}

pub fn unknown_report(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference(Code::UnknownReport, span, ("report", "reports"), written, known)
}

pub fn unknown_plan(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference(Code::UnknownPlan, span, ("action plan", "action-plans"), written, known)
}

/// The folder of a commitment is not the id of an action plan.
pub fn folder_without_plan(path: &str, plan: &str) -> Diagnostic {
    let message = format!("there is no action plan {} for this commitment", quote(plan));
    in_file(Code::UnknownPlan, path, message).help(format!(
        "create the file {}, or move the commitment to the folder of its plan",
        quote_whole(&format!("content/action-plans/{plan}.toml"))
    ))
}

/// A value names a commitment that has no file. `meant` is the one that is certainly meant.
pub fn unknown_commitment(
    span: Span,
    written: &str,
    known: &[&str],
    meant: Option<&str>,
) -> Diagnostic {
    let message = format!("there is no commitment {}", quote(written));
    at(Code::UnknownCommitment, span, message).help(match meant {
        Some(meant) => format!("write {}: the plan, `/`, and the number", quote_whole(meant)),
        None => suggest(
            written,
            known.iter().copied(),
            "write the plan and the number, such as \"2012-2014/7\"",
        ),
    })
}

pub fn not_earlier(span: Span, written: &str) -> Diagnostic {
    at(Code::NotEarlier, span, format!("{} is not in an earlier action plan", quote(written))).help(
        "write the commitment of the earlier plan that this one continues; until you know it, put `#` before \
         the line",
    )
}

pub fn unknown_chapter(span: Span, written: &str, plan: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the action plan {} has no chapter {}", quote(plan), quote(written));
    let plan_file = quote_whole(&format!("content/action-plans/{plan}.toml"));
    at(Code::UnknownChapter, span, message).help(match known {
        [] => format!("add the chapter to {plan_file}"),
        known => {
            format!("write {}, or add the chapter to {plan_file}", OneOf(known))
        }
    })
}

pub fn report_on_another_plan(span: Span, report: &str, its_plan: &str, plan: &str) -> Diagnostic {
    let message = format!(
        "the report {} covers the action plan {}, but this commitment belongs to {}",
        quote(report),
        quote(its_plan),
        quote(plan)
    );
    at(Code::WrongReport, span, message).help(
        "use a report on this commitment's plan, or correct `action_plan` in that report's file",
    )
}

pub fn no_evidence_is_for_irm(span: Span) -> Diagnostic {
    at(Code::WrongLevel, span, "the level `no-evidence` is only for IRM reports").help(
        "write the level that the report gives; if it gives none, put `#` before the line: the portal then \
         shows it as not reported",
    )
}

/// A report that is not by the Independent Reporting Mechanism has its codes.
pub fn codes_are_for_irm(span: Span) -> Diagnostic {
    at(Code::WrongReport, span, "the codes of `[assessments.irm]` are only for IRM reports").help(
        "move them to the assessment by the IRM report that gives them, or put `#` before each line",
    )
}

/// The id of a milestone or an indicator cannot be part of an address.
pub fn unusable_id(span: Span, written: &str, example: &str) -> Diagnostic {
    let message = format!("the id {} cannot be part of an address", quote(written));
    at(Code::UnusableName, span, message).help(format!("write {example}"))
}

/// An assessment names a milestone that the commitment does not have.
pub fn unknown_milestone(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    let message = format!("this commitment has no milestone with the id {}", quote(written));
    at(Code::UnknownMilestone, span, message).help(match known {
        [] => format!("write `id = \"{written}\"` in the `[[milestones]]` that is meant"),
        known => suggest(written, known.iter().copied(), format!("write {}", OneOf(known))),
    })
}

/// A chain of `merged_into` leads back to its start.
pub fn merged_in_a_circle(span: Span, written: &str) -> Diagnostic {
    let message = format!("{} leads back to this commitment", quote(written));
    at(Code::MergedInACircle, span, message)
        .help("write the commitment that goes on; it has no `merged_into` itself")
}

/// A chain of `[[became]]` leads back to its start.
pub fn became_in_a_circle(span: Span, written: &str) -> Diagnostic {
    let message = format!("{} leads back to this agency", quote(written));
    at(Code::MergedInACircle, span, message).help(
        "write the agency that took over the work; if this agency only has a new name, change `name`, and \
         add the old one to `former_names`",
    )
}

/// A published text links to a commitment that is not published.
pub fn link_to_draft(span: Span, written: &str) -> Diagnostic {
    let message = format!("{} is a draft, which is not published", quote(written));
    at(Code::BrokenLink, span, message)
        .help("remove the link until the commitment has no line `draft = true`")
}

/// A key of a published commitment names a commitment that is not published.
pub fn reference_to_draft(span: Span, written: &str) -> Diagnostic {
    let message = format!("{} is a draft, which is not published", quote(written));
    at(Code::BrokenLink, span, message).help(
        "put `#` before this line until the other commitment has no line `draft = true`; readers would \
         find nothing there",
    )
}

/// A commitment is merged into one that the government dropped.
pub fn merged_into_withdrawn(span: Span, written: &str) -> Diagnostic {
    let message =
        format!("{} is withdrawn, so this commitment cannot continue in it", quote(written));
    at(Code::MergedInACircle, span, message).help(
        "write the commitment that goes on; if the government dropped this one too, write `[withdrawn]` \
         in place of `merged_into`",
    )
}

pub fn missing_file(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    if is_local_path(written) {
        let message = format!("{} is not a path in this site", quote(written));
        let help = local_path_help(AddressPlace::Key("file"), written);
        return at(Code::MissingFile, span, message).help(help);
    }
    at(Code::MissingFile, span, format!("there is no file {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        "put the file in `content/files/`, and write its path, such as \"files/decree.pdf\"",
    ))
}
