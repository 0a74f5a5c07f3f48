//! Problems for people, as rustc prints them: the location, the line, a marker, and help.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity, SourceLocation};
use crate::problems::words::visible;
use crate::source::{Sources, Span};

/// The properties of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use ANSI escape sequences for colours.
    pub is_coloured: bool,
    /// The length of a line, in characters.
    pub width: usize,
}

/// Formats problems with their source lines, and an empty line after each.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    let renderer = if style.is_coloured { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(style.width);
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&groups(diagnostic, sources)));
        text.push_str("\n\n");
    }
    text
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name());
    let mut group = match &diagnostic.location {
        SourceLocation::Path(path) => title.element(Origin::path(visible(path))),
        SourceLocation::Span(span) => title.element(snippet(*span, diagnostic, sources)),
    };
    let is_in_other_file = |span: Span| match diagnostic.location {
        SourceLocation::Span(primary) => span.source != primary.source,
        SourceLocation::Path(_) => true,
    };
    for related in diagnostic.related.iter().filter(|related| is_in_other_file(related.span)) {
        let position = sources.position(related.span);
        let path = visible(&sources.get(related.span.source).path);
        let note = format!("{}: {path}:{}:{}", related.text, position.line, position.column);
        group = group.element(Level::NOTE.message(note));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_ref()));
    }
    vec![group]
}

/// The lines that contain the spans of a diagnostic. The renderer receives only these lines, so
/// that a long file takes no more time than a short one.
fn snippet<'a>(
    span: Span,
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.get(span.source);
    let related: Vec<_> =
        diagnostic.related.iter().filter(|related| related.span.source == span.source).collect();
    let spans = related.iter().map(|related| related.span).chain([span]);
    let first = spans.clone().map(|span| span.start as usize).min().unwrap_or_default();
    let last = spans.map(|span| span.end as usize).max().unwrap_or_default();
    let start = source.text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    // A byte-order mark does not take a column.
    let start = start + if source.text[start..].starts_with('\u{feff}') { 3 } else { 0 };
    let end = source.text[last..].find('\n').map_or(source.text.len(), |newline| last + newline);
    // The carriage return of a Windows line ending is not part of the line.
    let end = start + source.text[start..end.max(start)].trim_end_matches('\r').len();
    let end = end.max(last.max(start));
    let range = |span: Span| {
        let range = span.range();
        range.start.max(start) - start..range.end.max(start) - start
    };
    Snippet::source(&source.text[start..end])
        .line_start(sources.position(Span { start: start as u32, ..span }).line)
        .path(visible(&source.path))
        .annotation(AnnotationKind::Primary.span(range(span)))
        .annotations(related.into_iter().map(|related| {
            AnnotationKind::Context.span(range(related.span)).label(related.text.as_str())
        }))
}
