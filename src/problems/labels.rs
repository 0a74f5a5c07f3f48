//! The names of things in messages: tables of a file, and closed lists.

use super::words::quote;
use crate::diagnostic::Code;
use crate::format::{Kind, SectionShape, TablePath};
use crate::model::Vocabulary;

/// Names a table: "the commitment", "`[contact]`" or "this `evidence`".
pub(super) fn table(path: &TablePath) -> String {
    match (path.last(), path.language()) {
        (Some((key, SectionShape::Inline)), None) => format!("this {}", quote(key)),
        (None, None) => file(path.kind).to_owned(),
        _ => format!("`{path}`"),
    }
}

/// Names a table that contains others: "the commitment itself" or "`[[assessments]]`".
pub(super) fn owner(path: &TablePath) -> String {
    match path.last() {
        None => format!("{} itself", file(path.kind)),
        Some(_) => format!("`{path}`"),
    }
}

fn file(kind: Kind) -> &'static str {
    match kind {
        Kind::Commitment => "the commitment",
        Kind::ActionPlan => "the action plan",
        Kind::Agency => "the agency",
        Kind::Assessor => "the assessor",
        Kind::Report => "the report",
        Kind::Site => "`site.toml`",
        Kind::Article => "the article",
        Kind::Language => "the language file",
        Kind::Columns => "the file with the descriptions of columns",
    }
}

/// Names a value of a closed list: "a completion level".
pub(super) fn term(vocabulary: Vocabulary) -> &'static str {
    match vocabulary {
        Vocabulary::CompletionLevel | Vocabulary::AssessedLevel => "a completion level",
        Vocabulary::AssessorKind => "a kind of assessor",
        Vocabulary::SuccessionKind => "a way in which agencies change",
        Vocabulary::LevelOfGovernment => "a level of government",
        Vocabulary::ReportKind => "a kind of report",
        Vocabulary::Challenge => "a challenge",
        Vocabulary::Specificity
        | Vocabulary::PotentialImpact
        | Vocabulary::PotentialForResults
        | Vocabulary::OpenedGovernment
        | Vocabulary::EarlyResults => "one of OGP's codes",
        Vocabulary::OgpValue => "an OGP value",
        Vocabulary::PolicyArea => "a policy area",
        Vocabulary::ContactField => "a contact field",
        Vocabulary::LinkStyle => "a form of links",
    }
}

/// The kind of problem if a value is not in a closed list.
pub(super) fn unknown(vocabulary: Vocabulary) -> Code {
    match vocabulary {
        Vocabulary::CompletionLevel | Vocabulary::AssessedLevel => Code::UnknownCompletionLevel,
        Vocabulary::OgpValue => Code::UnknownValue,
        Vocabulary::PolicyArea => Code::UnknownPolicyArea,
        Vocabulary::Specificity
        | Vocabulary::PotentialImpact
        | Vocabulary::PotentialForResults
        | Vocabulary::OpenedGovernment
        | Vocabulary::EarlyResults
        | Vocabulary::AssessorKind
        | Vocabulary::SuccessionKind
        | Vocabulary::LevelOfGovernment
        | Vocabulary::Challenge
        | Vocabulary::ContactField
        | Vocabulary::LinkStyle
        | Vocabulary::ReportKind => Code::UnknownChoice,
    }
}
