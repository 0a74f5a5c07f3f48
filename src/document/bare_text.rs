//! Finds texts and lists of several lines that have no marks around them, or the marks of a text of one
//! line, as people write them who know other formats or paste from a word processor:
//!
//! ```text
//! results =
//! - The law was drafted.
//! - The law was discussed.
//! next_steps = “Adopt the law.
//! Publish it.”
//! ```

use std::ops::Range;

use super::lines::{Explained, is_curly_quote, is_word, lines, looks_like_key_or_header};
use crate::diagnostic::Diagnostic;
use crate::format::{all_keys, is_list};
use crate::problems;
use crate::source::{Span, line_number};

/// A key, and the lines that are meant as its value.
struct BareText<'t> {
    key: &'t str,
    /// The value, without white space around it.
    value: &'t str,
    /// The numbers of the first and the last line.
    first_line: usize,
    last_line: usize,
}

const MARKS: [&str; 2] = ["'''", "\"\"\""];

/// Explains the values of several lines that have not the marks which they need.
pub(super) fn explain_all(text: &str, span: impl Fn(Range<usize>) -> Span) -> Vec<Explained> {
    let mut found = Vec::new();
    let mut is_in_text = false;
    let mut rest = lines(text, 0).peekable();
    while let Some(key_line) = rest.next() {
        let line = &text[key_line.clone()];
        if MARKS.iter().any(|mark| line.matches(mark).count() % 2 == 1) {
            is_in_text = !is_in_text;
        }
        // An indented key is inside a list.
        let is_key = |key: &str| is_word(key) && !key.starts_with(' ') && !is_in_text;
        let parts = line.split_once('=').filter(|(key, _)| is_key(key));
        let Some((key, first)) = parts.map(|(key, first)| (key.trim(), first.trim())) else {
            continue;
        };
        if !first.is_empty() && (is_list(key) || !is_open(first)) {
            continue;
        }
        let mut end = None;
        while let Some(line) = rest.next_if(|line| is_text(&text[line.clone()])) {
            let content = text[line.clone()].trim_end();
            if !content.is_empty() {
                end = Some(line.start + content.len());
            }
            if MARKS.iter().any(|mark| content.ends_with(mark)) {
                break;
            }
        }
        let Some(end) = end else { continue };
        let value = text[key_line.start..end].split_once('=').map_or("", |(_, value)| value.trim());
        let (first_line, last_line) = (line_number(text, key_line.start), line_number(text, end));
        let problem =
            BareText { key, value, first_line, last_line }.explain(span(key_line.start..end));
        found.push(Explained { problem, start: key_line.start, end });
    }
    found
}

/// Whether a line can be one of a text: it is not a comment and does not begin with a key.
fn is_text(line: &str) -> bool {
    let word = line.split([' ', '\t', ':']).next().unwrap_or_default();
    !looks_like_key_or_header(line)
        && !line.starts_with('#')
        && !all_keys().any(|key| key.name == word)
}

/// Whether the first line of a value can be that of a text of several lines: it has no marks, or the marks
/// of a text of one line, which are not closed.
fn is_open(first: &str) -> bool {
    let opening = opening(first);
    let words = &first[opening.len()..];
    match opening {
        "" => {
            first.starts_with(['-', '•', '–'])
                || (first.contains(' ') && !first.contains(['"', '#']))
        }
        _ => !MARKS.contains(&opening) && !words.ends_with(is_mark),
    }
}

/// Returns the marks with which a value begins.
fn opening(value: &str) -> &str {
    &value[..value.len() - value.trim_start_matches(is_mark).len()]
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '"' | '\'') || is_curly_quote(letter)
}

impl BareText<'_> {
    fn explain(&self, span: Span) -> Diagnostic {
        let BareText { key, value, first_line, last_line } = *self;
        let items = value.lines().map(|line| line.trim().strip_prefix("- "));
        if let Some(items) = items.collect::<Option<Vec<&str>>>().filter(|_| is_list(key)) {
            let names: Vec<&str> =
                items.iter().map(|item| item.trim().trim_matches(is_mark)).collect();
            return problems::list_of_lines(span, key, &names);
        }
        let opening = opening(value);
        if !opening.is_empty() {
            let closing = &value[value.trim_end_matches(is_mark).len()..];
            return problems::marks_of_one_line(span, (opening, first_line), (closing, last_line));
        }
        let is_closed = MARKS.iter().any(|mark| value.ends_with(mark));
        problems::text_without_marks(span, key, first_line, (!is_closed).then_some(last_line))
    }
}
