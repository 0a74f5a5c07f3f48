//! One problem on one line: `path:line:column: error[code]: message`.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::source::Sources;

/// Problems for editors' programs and for `grep`.
pub fn short(problems: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = String::new();
    for problem in problems {
        match &problem.place {
            Place::Path(path) => lines.push_str(path),
            Place::Span(span) => {
                let position = sources.position(*span);
                let path = &sources.get(span.source).path;
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
