//! Problems as annotations of a pull request on GitHub: workflow commands, one per line.

use std::borrow::Cow;
use std::fmt::Write;

use super::parts::{errors_first, place};
use super::short::summary;
use crate::diagnostic::{Diagnostic, SourceLocation};
use crate::source::{Sources, Span};

/// Formats problems as one workflow command each, errors first: GitHub shows only the first of each step.
/// Columns are counted in characters, from 1. `folder` is the path of the site's folder in its repository,
/// with a `/` at the end unless it is empty.
pub fn github(diagnostics: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    let mut lines = String::new();
    let folder = escape_property(folder);
    for diagnostic in errors_first(diagnostics) {
        let command = diagnostic.code.severity().name();
        let _ = write!(lines, "::{command} ");
        match &diagnostic.location {
            SourceLocation::Path(path) => {
                let _ = write!(lines, "file={folder}{}", escape_property(path));
            }
            SourceLocation::Span(span) => {
                let start = sources.position(*span);
                let end = sources.position(Span { start: span.end, ..*span });
                let path = escape_property(&sources.get(span.source).path);
                let _ = write!(
                    lines,
                    "file={folder}{path},line={},col={},endLine={}",
                    start.line, start.column, end.line
                );
                // An end column is valid only if the range is on one line.
                if start.line == end.line && end.column > start.column {
                    let _ = write!(lines, ",endColumn={}", end.column - 1);
                }
            }
        }
        let text = with_help(diagnostic, "\n");
        let _ = writeln!(
            lines,
            ",title={}::{}",
            escape_property(&diagnostic.code.title()),
            escape_data(&with_quotation_marks(&text))
        );
    }
    lines
}

/// What is wrong, and after `separator` how to correct it.
fn with_help(diagnostic: &Diagnostic, separator: &str) -> String {
    let message = &diagnostic.message;
    match &diagnostic.help {
        Some(help) => format!("{message}.{separator}To correct it: {help}."),
        None => format!("{message}."),
    }
}

/// Formats problems as Markdown for the summary of a workflow: the numbers, and the first problems.
pub fn github_summary(diagnostics: &[Diagnostic], sources: &Sources, folder: &str) -> String {
    const MAX_LISTED: usize = 20;
    let mut text = format!("### Milepost: {}\n\n", summary(diagnostics));
    let sorted = errors_first(diagnostics);
    for diagnostic in sorted.iter().take(MAX_LISTED) {
        let place = place(&diagnostic.location, sources);
        let title = diagnostic.code.title();
        let sentence = with_help(diagnostic, " ");
        let sentence = escape_markdown(&format!("{folder}{place}: {sentence}"));
        let _ = writeln!(text, "- **{title}** – {sentence}");
    }
    if let Some(more) = sorted.len().checked_sub(MAX_LISTED).filter(|more| *more > 0) {
        let _ = writeln!(text, "- … and {more} more");
    }
    text
}

/// Escapes what would be a link, an image, HTML or a mention. Backticks stay: they mark what is quoted.
fn escape_markdown(text: &str) -> String {
    let text = &with_paired_backticks(text);
    let escape = |letter: char| match letter {
        '<' => "&lt;".to_owned(),
        '[' | ']' | '*' | '_' | '@' | '#' | '|' | '!' => format!("\\{letter}"),
        other => other.to_string(),
    };
    // Within backticks, nothing has a meaning.
    let is_code = |index: usize| index % 2 == 1;
    let parts = text.split('`').enumerate().map(|(index, part)| match is_code(index) {
        true => part.to_owned(),
        false => part.chars().map(escape).collect(),
    });
    parts.collect::<Vec<String>>().join("`")
}

/// Replaces backticks, which an annotation shows as they are, by quotation marks.
fn with_quotation_marks(text: &str) -> String {
    let text = with_paired_backticks(text);
    let parts = text.split('`').enumerate();
    let marked = parts.map(|(index, part)| match index {
        0 => part.to_owned(),
        index if index % 2 == 1 => format!("“{part}"),
        _ => format!("”{part}"),
    });
    marked.collect()
}

/// Replaces all backticks if a quoted value contains some: it is then not known which of them open, and
/// two in a row open another span than one.
fn with_paired_backticks(text: &str) -> Cow<'_, str> {
    let is_paired = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    if is_paired { Cow::Borrowed(text) } else { Cow::Owned(text.replace('`', "\"")) }
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
