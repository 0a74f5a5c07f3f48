//! Problems for programs: JSON, and SARIF 2.1.0 (OASIS) for code-review sites.

use serde::Serialize;
use serde_json::{Value, json};

use crate::diagnostic::{Code, Diagnostic, SourceLocation};
use crate::source::{Sources, Span};
use crate::web_address::percent_encoded;

#[derive(Serialize)]
struct Problem<'a> {
    code: &'static str,
    severity: &'static str,
    file: &'a str,
    #[serde(flatten)]
    range: Option<Range>,
    message: &'a str,
    help: Option<&'a str>,
    related: Vec<RelatedProblem<'a>>,
}

#[derive(Serialize)]
struct RelatedProblem<'a> {
    file: &'a str,
    #[serde(flatten)]
    range: Range,
    message: &'a str,
}

/// Lines and columns start at 1; columns count characters. The end column is exclusive.
#[derive(Serialize, Clone, Copy)]
struct Range {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

fn range(span: Span, sources: &Sources) -> Range {
    let start = sources.position(span);
    let end = sources.position(Span { start: span.end, ..span });
    Range { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
}

fn file_and_range<'a>(
    location: &'a SourceLocation,
    sources: &'a Sources,
) -> (&'a str, Option<Range>) {
    let range = match location {
        SourceLocation::Path(_) => None,
        SourceLocation::Span(span) => Some(range(*span, sources)),
    };
    (location.path(sources), range)
}

/// All problems, and the numbers of errors and warnings.
pub fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let problems: Vec<Problem<'_>> = diagnostics
        .iter()
        .map(|diagnostic| {
            let (file, range) = file_and_range(&diagnostic.location, sources);
            let related = diagnostic.related.iter().map(|related| RelatedProblem {
                file: &sources.get(related.span.source).path,
                range: self::range(related.span, sources),
                message: &related.text,
            });
            Problem {
                code: diagnostic.code.name(),
                severity: diagnostic.code.severity().name(),
                file,
                range,
                message: &diagnostic.message,
                help: diagnostic.help.as_deref(),
                related: related.collect(),
            }
        })
        .collect();
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let document = json!({
        "problems": problems,
        "errors": errors,
        "warnings": diagnostics.len() - errors,
    });
    format!("{document}\n")
}

/// Formats problems as one SARIF run, with every code as a rule.
pub fn sarif(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let location = |location: &SourceLocation| -> Value {
        let (file, range) = file_and_range(location, sources);
        let mut physical = json!({ "artifactLocation": { "uri": percent_encoded(file) } });
        if let Some(range) = range {
            physical["region"] = json!({
                "startLine": range.line,
                "startColumn": range.column,
                "endLine": range.end_line,
                "endColumn": range.end_column,
            });
        }
        json!({ "physicalLocation": physical })
    };
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| {
            let text = match &diagnostic.help {
                Some(help) => format!("{}. Help: {help}", diagnostic.message),
                None => diagnostic.message.clone(),
            };
            let related: Vec<Value> = diagnostic
                .related
                .iter()
                .map(|related| {
                    let mut related_location = location(&SourceLocation::Span(related.span));
                    related_location["message"] = json!({ "text": related.text });
                    related_location
                })
                .collect();
            json!({
                "ruleId": diagnostic.code.name(),
                "level": diagnostic.code.severity().name(),
                "message": { "text": text },
                "locations": [location(&diagnostic.location)],
                "relatedLocations": related,
            })
        })
        .collect();
    let rules: Vec<Value> = Code::all().iter().map(|code| json!({ "id": code.name() })).collect();
    let driver = json!({
        "name": "milepost",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{document}\n")
}
