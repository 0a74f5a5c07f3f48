//! What several formats have in common.

use crate::diagnostic::{Diagnostic, SourceLocation};
use crate::problems::words::visible;
use crate::source::Sources;

/// Names the place of a problem for people, as in "site.toml, line 3".
pub(super) fn place(location: &SourceLocation, sources: &Sources) -> String {
    let path = visible(location.path(sources));
    match location {
        SourceLocation::Path(_) => path,
        SourceLocation::Span(span) => format!("{path}, line {}", sources.position(*span).line),
    }
}

/// Returns the errors, then the warnings, each in the order in which they are.
pub(super) fn errors_first(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|problem| !problem.is_error());
    sorted
}
