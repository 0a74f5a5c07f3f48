//! The parts of the output that several commands print: problems, and the contents of a portal.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use anyhow::Result;

use super::arguments::OutputFormat;
use crate::diagnostic::{Code, Diagnostic};
use crate::emit::{self, Style};
use crate::model::Portal;
use crate::page::Page;
use crate::problems::words::Count;
use crate::source::Sources;

/// The largest number of problems to print for people. If there are more, the number of the rest is
/// printed.
const MAX_PRINTED: usize = 100;

/// The length of a line, in characters, if no standard stream is a terminal.
const DEFAULT_WIDTH: usize = 100;

/// The contents of a portal, as in "106 pages about 21 commitments and 14 agencies".
pub(super) fn contents(portal: &Portal, pages: &[Page]) -> String {
    format!(
        "{} about {} and {}",
        Count(pages.iter().filter(|page| page.is_html()).count(), "page"),
        Count(portal.commitments.len(), "commitment"),
        Count(portal.agencies.len(), "agency"),
    )
}

/// Whether to use colours on `stream`: only if it is a terminal, and the environment does not
/// forbid them (no-color.org).
fn is_coloured(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Prints one line on standard error. Nothing happens if it is closed.
pub(super) fn print_line(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints problems for people to standard error.
pub(super) fn print_errors(diagnostics: &[Diagnostic], sources: &Sources) -> Result<()> {
    write_diagnostics(&mut io::stderr().lock(), diagnostics, sources, OutputFormat::Human, "")
}

/// Prints problems to `out` in a format. `folder` is the path of the site in its repository.
///
/// # Errors
/// Those of `out`.
pub(super) fn write_diagnostics(
    out: &mut (impl Write + IsTerminal),
    diagnostics: &[Diagnostic],
    sources: &Sources,
    format: OutputFormat,
    folder: &str,
) -> Result<()> {
    let most_important = || {
        let mut all: Vec<&Diagnostic> = diagnostics.iter().collect();
        all.sort_by_key(|problem| (!problem.is_error(), problem.code == Code::NotTranslated));
        all.into_iter().take(MAX_PRINTED).cloned().collect()
    };
    // Problems are in the order of the files. If there are too many, errors come first, and missing
    // translations last: there can be one in each file.
    let shown: Cow<'_, [Diagnostic]> = match diagnostics.len() > MAX_PRINTED {
        true => Cow::Owned(most_important()),
        false => Cow::Borrowed(diagnostics),
    };
    let text = match format {
        OutputFormat::Human => {
            let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
            let width = width.unwrap_or(DEFAULT_WIDTH);
            emit::human(&shown, sources, Style { is_coloured: is_coloured(out), width })
        }
        OutputFormat::Short => emit::short(&shown, sources),
        OutputFormat::Github => emit::github(&shown, sources, folder),
        OutputFormat::Json => emit::json(diagnostics, sources),
        OutputFormat::Sarif => emit::sarif(diagnostics, sources),
    };
    out.write_all(text.as_bytes())?;
    if format.is_for_people() && !diagnostics.is_empty() {
        let hidden = diagnostics.len() - shown.len();
        if hidden > 0 {
            writeln!(out, "… and {hidden} more: `milepost check --format json` lists all")?;
        }
        writeln!(out, "{}", emit::summary(diagnostics))?;
        if let (OutputFormat::Human, Some(first)) = (format, shown.first()) {
            writeln!(
                out,
                "For details, run `milepost explain CODE`, such as `milepost explain {}`",
                first.code.name()
            )?;
        }
    }
    Ok(())
}
