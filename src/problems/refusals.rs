//! Why Milepost writes nothing to a site: one line for each reason, with what the user can do.

use std::fmt;

use super::words::{AllOf, quote, quote_whole, visible};

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
}

impl std::error::Error for Refusal {}

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
