//! Why Milepost writes nothing to a site: one line for each reason, with what the user can do.

use std::fmt;

use super::words::{AllOf, OneOf, quote, quote_whole, visible};

/// The largest number of files to name. If there are more, the number of the rest is given.
const MAX_NAMED: usize = 8;

/// Why nothing is written to a site. The paths are relative to the site folder.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Files to create exist.
    Exists(Vec<String>),
    /// A file to write, or a folder of it, is a link.
    IsLink(String),
    /// A name cannot be that of a file.
    UnusableName(String),
    /// The name of an agency has no letters for the name of a file.
    NoFileName(String),
    /// The default theme has the texts of this language.
    HasLanguage(String),
    /// A commitment needs a plan and a number. With a plan for the example.
    NotACommitment(String, String),
    /// There is no such plan. With one of a similar name.
    NoPlan(String, Option<String>),
    /// There is no such commitment. With one of a similar id.
    NoCommitment(String, Option<String>),
    /// A file of content cannot be changed because of its errors.
    HasErrors(String),
    /// A file of content has something else with the name of the sections to add to.
    NotSections(String, &'static str),
    /// The default theme has no such file. With one of a similar name.
    NoThemeFile(String, Option<&'static str>),
    /// Nothing can be imported.
    Import(ImportRefusal),
}

/// Why nothing is imported.
#[derive(Debug, PartialEq, Eq)]
pub enum ImportRefusal {
    /// The site has errors.
    SiteHasErrors,
    /// There is no such report. With one of a similar name.
    NoReport(String, Option<String>),
    /// The report is about another plan.
    ReportOfOtherPlan(String, String),
    /// A file to import is too large. With the largest size in bytes.
    TooLarge(String, u64),
    /// A file of content would be too large. With the largest size in bytes.
    FileTooLarge(String, u64),
    /// A file to import is not in UTF-8.
    NotUtf8(String),
    /// A file to import is not CSV. With the row.
    NotCsv(usize),
    /// A table to import has not all columns of OGP's dataset.
    NoColumns(Vec<String>),
    /// A table to import has no row of the country. With the countries that it has.
    NoCountry(String, Vec<String>),
    /// A text to import is not in OGP's Commitment Completion Template.
    NoTemplate,
}

impl std::error::Error for Refusal {}

impl std::error::Error for ImportRefusal {}

impl From<ImportRefusal> for Refusal {
    fn from(refusal: ImportRefusal) -> Self {
        Refusal::Import(refusal)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Exists(paths) => write_existing(out, paths),
            Refusal::IsLink(path) => write!(
                out,
                "{} is a link: Milepost writes only to regular files and folders of the site",
                quote_whole(path)
            ),
            Refusal::UnusableName(name) => write!(
                out,
                "{} cannot be the name of a file: use the letters a to z, digits, `-`, `.` and `_`",
                quote(name)
            ),
            Refusal::NoFileName(name) => write!(
                out,
                "no file can be named after {}: give an id in the letters a to z, such as \
                 `ministry-of-finance`, and write the name in the file",
                quote(name)
            ),
            Refusal::HasLanguage(code) => write!(
                out,
                "Milepost has the texts of {} already: add it to `languages` in `site.toml`",
                quote(code)
            ),
            Refusal::NotACommitment(written, plan) => write!(
                out,
                "{} does not name a commitment: write its plan and its number, such as `{plan}/5`",
                quote(written)
            ),
            Refusal::NoPlan(plan, meant) => {
                let create = format!("create it with `milepost new plan {}`", visible(plan));
                let action = meant.as_deref().map_or(create, did_you_mean);
                write!(out, "there is no action plan {}: {action}", quote(plan))
            }
            Refusal::NoCommitment(id, meant) => {
                let create = format!("create it with `milepost new commitment {}`", visible(id));
                let action = meant.as_deref().map_or(create, did_you_mean);
                write!(out, "there is no commitment {}: {action}", quote(id))
            }
            Refusal::HasErrors(path) => write!(
                out,
                "{} has errors that prevent changes: correct those that `milepost check` lists first",
                quote_whole(path)
            ),
            Refusal::NotSections(path, name) => write!(
                out,
                "`{name}` in {} is not a list of sections `[[{name}]]`: correct it first, as `milepost \
                 check` says",
                quote_whole(path)
            ),
            Refusal::NoThemeFile(name, meant) => {
                let list = "`milepost theme` lists its files".to_owned();
                let action = meant.map_or(list, did_you_mean);
                write!(out, "the theme has no file {}: {action}", quote(name))
            }
            Refusal::Import(refusal) => refusal.fmt(out),
        }
    }
}

impl fmt::Display for ImportRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportRefusal::SiteHasErrors => out.write_str(
                "the site has errors: correct those that `milepost check` lists first; nothing was written",
            ),
            ImportRefusal::NoReport(report, meant) => {
                let create = format!("create it with `milepost new report {}`", visible(report));
                let action = meant.as_deref().map_or(create, did_you_mean);
                write!(out, "there is no report {}: {action}", quote(report))
            }
            ImportRefusal::ReportOfOtherPlan(report, plan) => {
                write!(out, "the report {} is not about the action plan {}", quote(report), quote(plan))
            }
        ImportRefusal::TooLarge(path, limit) => {
            write!(out, "{} is larger than {} MB: import a part of it", quote_whole(path), limit >> 20)
        }
        ImportRefusal::FileTooLarge(path, limit) => write!(
            out,
            "{} would be larger than {} KiB: nothing was written",
            quote_whole(path),
            limit >> 10
        ),
        ImportRefusal::NotUtf8(path) => write!(
            out,
            "{} is not in UTF-8: save it as \"CSV UTF-8\" or as a text in UTF-8",
            quote_whole(path)
        ),
        ImportRefusal::NotCsv(row) => write!(
            out,
            "the file is not CSV from row {row} on: a cell with a comma, a quotation mark or a line break \
             stands between quotation marks"
        ),
        ImportRefusal::NoColumns(names) => {
            let named: Vec<&str> = names.iter().take(MAX_NAMED).map(String::as_str).collect();
            write!(out, "the first row is not that of OGP's table: there is no column {}", OneOf(&named))
        }
        ImportRefusal::NoCountry(country, known) => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            write!(out, "no row has the country {}: the table has {}", quote(country), AllOf(&known))
        }
            ImportRefusal::NoTemplate => out.write_str(
                "the text has no line `Commitment Completion Template`: Milepost reads OGP's template only",
            ),
        }
    }
}

fn write_existing(out: &mut fmt::Formatter<'_>, paths: &[String]) -> fmt::Result {
    let named: Vec<&str> = paths.iter().take(MAX_NAMED).map(String::as_str).collect();
    let (verb, them) = if paths.len() == 1 { ("exists", "it") } else { ("exist", "them") };
    match paths.len().saturating_sub(MAX_NAMED) {
        0 => write!(out, "{}", AllOf(&named))?,
        more => {
            let named: Vec<String> = named.into_iter().map(quote_whole).collect();
            write!(out, "{} and {more} more", named.join(", "))?;
        }
    }
    write!(out, " already {verb}: nothing was written; to start anew, move {them} elsewhere first")
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean {}?", quote_whole(name))
}
