//! Problems as HTML, for the panel of the preview: the sentence, the place, the line, and what to do.

use std::fmt::Write;

use super::parts::place;
use crate::diagnostic::{Diagnostic, SourceLocation};
use crate::html::escape;
use crate::problems::words::visible;
use crate::source::{Sources, Span};

/// The largest number of characters of a line before and after the marked words.
const MAX_CONTEXT: usize = 60;

/// Formats problems as list items. `editor_url` is the address that opens a place in the editor's program,
/// with `{path}`, `{line}` and `{column}` in it; without it, places are not links.
pub fn html(diagnostics: &[Diagnostic], sources: &Sources, editor_url: Option<&str>) -> String {
    let mut items = String::new();
    for diagnostic in diagnostics {
        let _ = write!(items, "<li>\n<p class=\"what\">{}.</p>\n", with_code(&diagnostic.message));
        let place = place(&diagnostic.location, sources);
        match &diagnostic.location {
            SourceLocation::Path(_) => write_place(&mut items, &place, None),
            SourceLocation::Span(span) => {
                let address = editor_url.map(|url| address_in_editor(url, *span, sources));
                write_place(&mut items, &place, address.as_deref());
                write_line(&mut items, *span, sources);
            }
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(items, "<p class=\"help\">To correct it: {}.</p>", with_code(help));
        }
        items.push_str("</li>\n");
    }
    items
}

fn write_place(items: &mut String, place: &str, address: Option<&str>) {
    let place = escape(place);
    let _ = match address {
        Some(url) => {
            writeln!(items, "<p class=\"place\"><a href=\"{}\">{place}</a></p>", escape(url))
        }
        None => writeln!(items, "<p class=\"place\">{place}</p>"),
    };
}

fn address_in_editor(url: &str, span: Span, sources: &Sources) -> String {
    let position = sources.position(span);
    url.replace("{path}", &sources.get(span.source).path)
        .replace("{line}", &position.line.to_string())
        .replace("{column}", &position.column.to_string())
}

/// Writes the line of a span, with the span marked.
fn write_line(items: &mut String, span: Span, sources: &Sources) {
    let text = &sources.get(span.source).text;
    let range = span.range();
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let marked = text[range.clone()].lines().next().unwrap_or_default();
    let after = text[range.start + marked.len()..].lines().next().unwrap_or_default();
    let before: Vec<char> = text[start..range.start].chars().collect();
    let hidden = before.len().saturating_sub(MAX_CONTEXT);
    let before: String = before[hidden..].iter().collect();
    let after: String = after.chars().take(MAX_CONTEXT).collect();
    let _ = writeln!(
        items,
        "<p class=\"line\">{}{}<mark>{}</mark>{}</p>",
        if hidden > 0 { "…" } else { "" },
        escape(&visible(&before)),
        escape(&visible(marked)),
        escape(&visible(&after))
    );
}

/// Escapes a message, and shows what is in backticks as code.
fn with_code(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| match index % 2 {
        1 => format!("<code>{}</code>", escape(part)),
        _ => escape(part).to_string(),
    });
    parts.collect()
}
