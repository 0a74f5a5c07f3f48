//! One problem on one line: `path:line:column: error[code]: message`.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::problems::words::{count, visible};
use crate::source::Sources;

/// Problems for editors' programs and for `grep`.
pub fn short(problems: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = String::new();
    for problem in problems {
        match &problem.place {
            Place::Path(path) => lines.push_str(&visible(path)),
            Place::Span(span) => {
                let position = sources.position(*span);
                let path = visible(&sources.get(span.source).path);
                let _ = write!(lines, "{path}:{}:{}", position.line, position.column);
            }
        }
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let _ = writeln!(lines, ": {severity}[{}]: {}", problem.code.0, problem.message);
    }
    lines
}

/// "2 errors and 1 warning".
pub fn summary(problems: &[Diagnostic]) -> String {
    let number = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let errors = count(number(Severity::Error), "error");
    let warnings = count(number(Severity::Warning), "warning");
    match (number(Severity::Error), number(Severity::Warning)) {
        (0, _) => warnings,
        (_, 0) => errors,
        _ => format!("{errors} and {warnings}"),
    }
}
