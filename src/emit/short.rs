//! Problems with one line each: `path:line:column: error[code]: message`.

use std::fmt::Write;

use super::parts::place;
use crate::diagnostic::{Diagnostic, SourceLocation};
use crate::problems::words::{Count, visible};
use crate::source::Sources;

/// For text editors and `grep`.
pub fn short(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        match &diagnostic.location {
            SourceLocation::Path(path) => lines.push_str(&visible(path)),
            SourceLocation::Span(span) => {
                let position = sources.position(*span);
                let path = visible(&sources.get(span.source).path);
                let _ = write!(lines, "{path}:{}:{}", position.line, position.column);
            }
        }
        let severity = diagnostic.code.severity().name();
        let _ = writeln!(lines, ": {severity}[{}]: {}", diagnostic.code.name(), diagnostic.message);
    }
    lines
}

/// One sentence per problem, with what to do: for problems in files that people see as pages or tables.
pub fn sentences(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        let place = place(&diagnostic.location, sources);
        let _ = write!(lines, "{place}: {}", diagnostic.message);
        if let Some(help) = &diagnostic.help {
            let _ = write!(lines, ": {help}");
        }
        lines.push('\n');
    }
    lines
}

/// The numbers of problems, as in "2 errors and 1 warning".
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    match (errors, warnings) {
        (0, _) => Count(warnings, "warning").to_string(),
        (_, 0) => Count(errors, "error").to_string(),
        _ => format!("{} and {}", Count(errors, "error"), Count(warnings, "warning")),
    }
}
