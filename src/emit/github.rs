//! Problems as annotations of a pull request on GitHub: workflow commands, one per line.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, SourceLocation};
use crate::source::{Sources, Span};

/// Formats problems as one workflow command each. Columns are counted in characters, from 1.
pub fn github(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        let command = diagnostic.code.severity().name();
        let _ = write!(lines, "::{command} ");
        match &diagnostic.location {
            SourceLocation::Path(path) => {
                let _ = write!(lines, "file={}", escape_property(path));
            }
            SourceLocation::Span(span) => {
                let start = sources.position(*span);
                let end = sources.position(Span { start: span.end, ..*span });
                let path = escape_property(&sources.get(span.source).path);
                let _ = write!(
                    lines,
                    "file={path},line={},col={},endLine={}",
                    start.line, start.column, end.line
                );
                // An end column is valid only if the range is on one line.
                if start.line == end.line && end.column > start.column {
                    let _ = write!(lines, ",endColumn={}", end.column - 1);
                }
            }
        }
        let text = match &diagnostic.help {
            Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
            None => diagnostic.message.clone(),
        };
        let _ = writeln!(
            lines,
            ",title={}::{}",
            escape_property(diagnostic.code.name()),
            escape_data(&text)
        );
    }
    lines
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
