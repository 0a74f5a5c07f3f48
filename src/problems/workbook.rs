//! What is wrong with a workbook that a ministry has filled in.

use std::fmt;

use super::labels;
use super::words::{Count, OneOf, closest, one_line, quote, quote_whole, visible};
use crate::diagnostic::{Code, Diagnostic, SourceLocation};
use crate::model::Vocabulary;

/// Why no answers can be read from a file, or no form can be written: one line for each reason.
#[derive(Debug, PartialEq, Eq)]
pub enum WorkbookFailure {
    /// It is neither a workbook nor a table, or it is damaged.
    Broken,
    /// It has the format of an old version of Excel or of another program, or a password.
    OldFormat,
    NotUtf8,
    Macros,
    TooLarge,
    /// No sheet has the columns of the form.
    NoForm,
    /// With the number of errors.
    SiteHasErrors(usize),
    /// The site has no such report, agency or language. With its kind, its name and one of a similar name.
    Unknown(&'static str, String, Option<String>),
    /// The site has no commitment to report on.
    NoCommitments,
    /// The commitment's file has a value where this key goes, in a form that only a person can change.
    CannotEdit(String, &'static str),
    /// A file to write cannot be changed.
    ReadOnly(String),
}

impl std::error::Error for WorkbookFailure {}

impl fmt::Display for WorkbookFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorkbookFailure::Broken => out.write_str(
                "the file is not a workbook, or it is damaged: open it in a spreadsheet program, and save it \
                 as .xlsx",
            ),
            WorkbookFailure::OldFormat => out.write_str(
                "the file has another format or a password: open it in a spreadsheet program, and save it as \
                 .xlsx without a password",
            ),
            WorkbookFailure::NotUtf8 => out.write_str(
                "the file is neither a workbook nor a table in UTF-8: save it as .xlsx, or as CSV in UTF-8",
            ),
            WorkbookFailure::Macros => {
                out.write_str("the workbook contains macros: save it as .xlsx, without them")
            }
            WorkbookFailure::TooLarge => out.write_str(
                "the workbook is too large: copy the rows of the form to a new workbook, without pictures",
            ),
            WorkbookFailure::NoForm => out.write_str(
                "no sheet has the columns of the form: `milepost export` writes a form with them",
            ),
            WorkbookFailure::SiteHasErrors(count) => write!(
                out,
                "the site has {}: correct what `milepost check` lists first",
                Count(*count, "error")
            ),
            WorkbookFailure::Unknown(kind, name, meant) => {
                write!(out, "the site has no {kind} {}", quote(name))?;
                match meant {
                    Some(meant) => write!(out, ": did you mean {}?", quote_whole(meant)),
                    None => Ok(()),
                }
            }
            WorkbookFailure::NoCommitments => {
                out.write_str("the site has no commitments that a report could assess")
            }
            WorkbookFailure::CannotEdit(path, key) => write!(
                out,
                "`{key}` in {} is written in a form that Milepost cannot change: write it as `{key} = …` in \
                 its section first",
                quote_whole(path)
            ),
            WorkbookFailure::ReadOnly(path) => write!(
                out,
                "{} is read-only: nothing was written; make the file writable first",
                quote_whole(path)
            ),
        }
    }
}

impl WorkbookFailure {
    /// There is no report, agency or language with a name.
    pub fn unknown<'n>(
        kind: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        let meant = closest(name, known).map(str::to_owned);
        WorkbookFailure::Unknown(kind, name.to_owned(), meant)
    }
}

/// Something is wrong with a cell of a workbook. `place` names the cell.
fn in_cell(code: Code, place: &str, message: String, help: impl Into<String>) -> Diagnostic {
    let location = SourceLocation::Path(visible(place));
    Diagnostic::new(code, location, message).help(help.into())
}

/// Returns what to do about a problem of an answer, where the problem's own advice is about the files of the
/// site. `key` is that of the answer in the file.
pub fn advice_in_form(code: Code, key: &str) -> Option<&'static str> {
    match (code, key) {
        (Code::NoEvidence, _) => Some(
            "OGP asks for it: write the title of a document and its address in the column for evidence",
        ),
        (Code::NoResults, _) => {
            Some("write one or two sentences about what was done in the column for results")
        }
        (Code::NoChallenges, _) => Some(
            "choose from the list in the column for obstacles; if nothing stands in the way, say so in the \
             column for remaining work",
        ),
        (Code::LevelsDiffer, _) => Some(
            "correct the one that is wrong; if both are right, say why in the column for results",
        ),
        (Code::RawHtml, _) => {
            Some("delete it; if readers should see the character `<`, put a `\\` before it")
        }
        (Code::NotAnAddress, "evidence") => Some(
            "write the address that everyone can open: https://…; or put the document in `content/files/`, and \
             write `files/…` as its address",
        ),
        _ => None,
    }
}

/// An answer is not in its closed list. `allowed` are the names in the language of the form.
pub fn unknown_answer(
    place: &str,
    vocabulary: Vocabulary,
    written: &str,
    allowed: &[&str],
) -> Diagnostic {
    let message = format!("{} is not {}", quote(written), labels::term(vocabulary));
    let help = format!("write {}; if you cannot say, leave the cell empty", OneOf(allowed));
    in_cell(labels::unknown(vocabulary), place, message, help)
}

/// A cell for one completion level has several.
pub fn two_levels(place: &str, written: &str) -> Diagnostic {
    let message = format!("{} gives more than one completion level", quote(written));
    in_cell(Code::UnknownCompletionLevel, place, message, "write the one that holds")
}

/// A row names a commitment that the site does not have. A similar number would be that of another one.
pub fn no_such_commitment(place: &str, written: &str) -> Diagnostic {
    let message = format!("there is no commitment {}", quote(written));
    let help = "copy the number from a new form; a form cannot add a commitment";
    in_cell(Code::UnknownCommitment, place, message, help)
}

/// The title in a row is that of another commitment or milestone than its number. `owner` says of which.
pub fn title_of_other(place: &str, number: &str, owner: &str) -> Diagnostic {
    let message = format!("the row has the number {} and the title of {owner}", quote(number));
    let help =
        "rows may be mixed up: put each answer in the row of its number and title in a new form";
    in_cell(Code::UnknownCommitment, place, message, help)
}

/// Two columns have the same header. `first` names the other one.
pub fn column_twice(place: &str, first: &str) -> Diagnostic {
    let message = format!("{} has the same header", visible(first));
    in_cell(
        Code::Duplicate,
        place,
        message,
        "delete the column that is not one of the form, or its header",
    )
}

/// A number stands where a text belongs.
pub fn number_as_text(place: &str, written: &str) -> Diagnostic {
    let message = format!("the cell contains the number {}, whatever it shows", quote(written));
    in_cell(Code::WrongType, place, message, "write it as part of a sentence")
}

/// A cell shows an address, and its link leads to another one.
pub fn link_differs(place: &str, target: &str) -> Diagnostic {
    let message = format!("the link of the cell leads to another address: {}", quote(target));
    in_cell(Code::NotAnAddress, place, message, "write the address that holds, and remove the link")
}

/// A row has answers and no commitment.
pub fn row_without_commitment(place: &str) -> Diagnostic {
    let message = "the row has answers and no commitment".to_owned();
    in_cell(
        Code::UnknownCommitment,
        place,
        message,
        "copy the number of the commitment from the form",
    )
}

/// A row names a milestone that its commitment does not have.
pub fn no_such_milestone(place: &str, written: &str) -> Diagnostic {
    let message = format!("the commitment has no milestone {}", quote(written));
    let help = "copy the number from a new form; a form cannot add a milestone";
    in_cell(Code::UnknownMilestone, place, message, help)
}

/// A commitment belongs to another plan than the report that assesses it.
pub fn commitment_of_other_plan(place: &str, written: &str, plan: &str) -> Diagnostic {
    let message = format!("{} is not a commitment of the plan {}", quote(written), quote(plan));
    let help = "this seems to be the form of an earlier plan: copy the answers to the new form";
    in_cell(Code::UnknownCommitment, place, message, help)
}

/// A row comes from the form of another report.
pub fn row_of_other_report(place: &str, written: &str, report: &str) -> Diagnostic {
    let message = format!("the row is for the report {}, not {}", quote(written), quote(report));
    let help = "this seems to be an old form: copy the answers to the new one, or name the report in `--report`";
    in_cell(Code::UnknownReport, place, message, help)
}

/// Cells with an answer are merged, so that it is not clear to which row the answer belongs.
pub fn merged_cells(place: &str) -> Diagnostic {
    let message = "the cell is merged with those of other rows".to_owned();
    in_cell(Code::WrongType, place, message, "unmerge the cells, and write the answer in each row")
}

/// A formula has no value. `written` is what stands in its place.
pub fn formula_error(place: &str, written: &str) -> Diagnostic {
    let message = match written {
        "" => "no program has computed the formula".to_owned(),
        formula if formula.starts_with('=') => {
            format!("{} is a formula that was typed as text", quote(formula))
        }
        error => format!("the formula gives {}", quote(error)),
    };
    in_cell(Code::WrongType, place, message, "write the answer instead of the formula")
}

/// The same thing is answered twice in different ways. `first` names the other cell.
pub fn answered_twice(place: &str, first: &str) -> Diagnostic {
    let message = format!("{} has another answer", visible(first));
    in_cell(Code::Duplicate, place, message, "delete the one that does not hold")
}

/// The row of a milestone answers what only commitments have.
pub fn only_of_commitments(place: &str) -> Diagnostic {
    let message = "a milestone cannot have this".to_owned();
    in_cell(Code::MisplacedKey, place, message, "write it in the row of the commitment")
}

/// The row of a commitment answers what only milestones have.
pub fn only_of_milestones(place: &str) -> Diagnostic {
    let message = "a commitment cannot have this".to_owned();
    in_cell(Code::MisplacedKey, place, message, "write it in the row of a milestone")
}

/// Evidence has a title and no address.
pub fn evidence_without_address(place: &str, title: &str) -> Diagnostic {
    let message = format!("{} has no address", quote(title));
    in_cell(Code::NotAnAddress, place, message, "write the address after the title: https://…")
}

/// Evidence has an address and no title.
pub fn evidence_without_title(place: &str, address: &str) -> Diagnostic {
    let message = format!("{} has no title", quote(address));
    in_cell(Code::MissingKey, place, message, "write before the address what the document is")
}

/// An update has no date.
pub fn update_without_date(place: &str) -> Diagnostic {
    let message = "the update has no date".to_owned();
    in_cell(
        Code::MissingKey,
        place,
        message,
        "write beside it when it happened: 2015, 2015-07 or 2015-07-31",
    )
}

/// An update has a date and no text.
pub fn update_without_text(place: &str) -> Diagnostic {
    let message = "there is no update to this date".to_owned();
    in_cell(Code::MissingKey, place, message, "write beside it what happened, or delete the date")
}

/// The number of characters of each value of a conflict.
const MAX_SHOWN: usize = 300;

/// A cell that says something else than the site. Displays as one line with both values.
#[derive(Debug, PartialEq, Eq)]
pub struct Conflict {
    pub place: String,
    pub site: String,
    pub workbook: String,
}

impl fmt::Display for Conflict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Conflict { place, site, workbook } = self;
        write!(
            out,
            "{}: the site says {}, the workbook says {}",
            visible(place),
            shown(site),
            shown(workbook)
        )
    }
}

/// Something in a form that is not read. `place` names the cell. Displays as one line.
#[derive(Debug)]
pub enum Unread {
    /// A column that is not one of the form, with the number of its cells that have something in them.
    Column { place: String, cells: usize },
    /// An answer that says nothing, such as `n/a`.
    Nothing { place: String, written: String },
    /// A grey cell that says something else than the site.
    Grey { place: String, site: String, written: String },
}

impl fmt::Display for Unread {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unread::Column { place, cells } => write!(
                out,
                "{}: the column is not one of the form: {} not read",
                visible(place),
                Count(*cells, "cell"),
            ),
            Unread::Nothing { place, written } => {
                write!(out, "{}: {} says nothing, and is not read", visible(place), quote(written))
            }
            Unread::Grey { place, site, written } => {
                let (site, written) = (shown(site), shown(written));
                let place = visible(place);
                write!(
                    out,
                    "{place}: the site says {site}, and a form cannot change it to {written}"
                )
            }
        }
    }
}

/// Returns a text as one line that is not too long.
fn shown(text: &str) -> String {
    let text = one_line(text);
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("`{}…`", visible(&text[..end])),
        None => format!("`{}`", visible(&text)),
    }
}
