//! Problems as GitHub shows them in a pull request: workflow commands, one on a line.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::source::{Sources, Span};

/// One command for each problem.
pub fn github(problems: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = String::new();
    for problem in problems {
        let command = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let _ = write!(lines, "::{command} ");
        match &problem.place {
            Place::Path(path) => {
                let _ = write!(lines, "file={}", property(path));
            }
            Place::Span(span) => {
                let start = sources.position(*span);
                let end = sources.position(Span { start: span.end, ..*span });
                let path = property(&sources.get(span.source).path);
                let _ = write!(
                    lines,
                    "file={path},line={},col={},endLine={}",
                    start.line, start.column, end.line
                );
                // A column means something within one line only.
                if start.line == end.line && end.column > start.column {
                    let _ = write!(lines, ",endColumn={}", end.column - 1);
                }
            }
        }
        let text = match &problem.help {
            Some(help) => format!("{}\nhelp: {help}", problem.message),
            None => problem.message.clone(),
        };
        let _ = writeln!(lines, ",title={}::{}", property(problem.code.0), data(&text));
    }
    lines
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
