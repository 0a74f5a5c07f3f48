//! Problems as rustc draws them: the place, the line, the mark, the advice.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::problems::words;
use crate::source::Sources;

/// How problems look on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether the screen shows colours.
    pub colours: bool,
    /// How many characters fit on a line.
    pub width: usize,
}

/// Draws problems, one after the other, and a line that sums them up.
pub fn human(problems: &[Diagnostic], sources: &Sources, look: Look) -> String {
    let renderer = if look.colours { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(look.width);
    let mut text = String::new();
    for problem in problems {
        text.push_str(&renderer.render(&groups(problem, sources)));
        text.push_str("\n\n");
    }
    text.push_str(&summary(problems));
    text.push('\n');
    text
}

fn groups<'a>(problem: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(problem.message.as_str()).id(problem.code.0);
    let mut group = match &problem.place {
        Place::Path(path) => title.element(Origin::path(path.as_str())),
        Place::Span(span) => {
            let source = sources.get(span.source);
            let annotation = AnnotationKind::Primary.span(span.range());
            let snippet = Snippet::source(source.text.as_str())
                .path(source.path.as_str())
                .annotation(annotation)
                .annotations(
                    problem.related.iter().filter(|it| it.span.source == span.source).map(
                        |related| {
                            let annotation = AnnotationKind::Context.span(related.span.range());
                            annotation.label(related.text.as_str())
                        },
                    ),
                );
            title.element(snippet)
        }
    };
    if let Some(help) = &problem.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    vec![group]
}

/// "2 errors and 1 warning".
fn summary(problems: &[Diagnostic]) -> String {
    let count = |severity| problems.iter().filter(|problem| problem.severity == severity).count();
    let errors = words::count(count(Severity::Error), "error");
    let warnings = words::count(count(Severity::Warning), "warning");
    match (count(Severity::Error), count(Severity::Warning)) {
        (0, _) => warnings,
        (_, 0) => errors,
        _ => format!("{errors} and {warnings}"),
    }
}
