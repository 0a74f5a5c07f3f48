//! Finds values of several lines, and lists, that lack the marks they need. This is how people write who know other
//! formats, or who paste from a word processor:
//!
//! ```text
//! results =
//! - The law was drafted.
//! - The law was discussed.
//! next_steps = “Adopt the law.
//! Publish it.”
//! ```

use std::ops::Range;

use super::lines::{
    Explained, LONG_MARKS, MAX_PROBLEMS, is_bare_key, is_in_text, is_known_key, is_valid_value,
    lines, looks_like_header, range_of, without_comment,
};
use crate::diagnostic::Diagnostic;
use crate::format::{entries_of, is_list, is_one_or_more};
use crate::problems;
use crate::problems::words::{is_double_mark, is_mark, names_of, without_marks};
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

/// Explains the values of several lines, and the lists, that lack the marks they need, outside the `texts` of
/// several lines that have them.
pub(super) fn explain_all(
    text: &str,
    texts: &[Range<usize>],
    span: impl Fn(Range<usize>) -> Span,
) -> Vec<Explained> {
    let mut found = Vec::new();
    let mut rest = lines(text, 0).peekable();
    while let Some(key_line) = rest.next().filter(|_| found.len() < MAX_PROBLEMS) {
        // An indented key is inside a list.
        let is_key = |key: &str| !key.starts_with([' ', '\t']) && is_known_key(key.trim());
        let parts = text[key_line.clone()].split_once('=').filter(|(key, _)| is_key(key));
        let Some((key, first)) = parts.map(|(key, first)| (key.trim(), first.trim())) else {
            continue;
        };
        if is_in_text(texts, key_line.start)
            || entries_of(key).is_some()
            || !can_continue(key, first)
        {
            continue;
        }
        let first_start = range_of(text, first).start;
        let is_list_on_line = ends_list(first, first);
        let mut end = is_list_on_line.then(|| first_start + without_comment(first).len());
        while let Some(line) = rest.next_if(|line| !is_list_on_line && is_text(&text[line.clone()]))
        {
            let is_last = ends_list(first, &text[line.clone()]);
            let content = text[line.clone()].trim_end();
            let content = if is_last { without_comment(content) } else { content };
            if !content.is_empty() {
                end = Some(line.start + content.len());
            }
            if is_last || LONG_MARKS.iter().any(|mark| content.ends_with(mark)) {
                break;
            }
        }
        let Some(end) = end else { continue };
        let value = text[first_start..end].trim();
        let (first_line, last_line) = (line_number(text, key_line.start), line_number(text, end));
        let start = if is_list_on_line { first_start } else { key_line.start };
        let problem = BareText { key, value, first_line, last_line }.explain(span(start..end));
        found.extend(problem.map(|problem| Explained { problem, start: key_line.start, end }));
    }
    found
}

/// Whether the value of a key can continue below its first line, which is `first`.
fn can_continue(key: &str, first: &str) -> bool {
    match is_list(key) || is_one_or_more(key) {
        true => {
            first.is_empty()
                || first.ends_with(',')
                || first.starts_with(DASHES)
                || first.starts_with('[')
        }
        false => first.is_empty() || is_open(first),
    }
}

/// Whether a list in brackets, whose first line is `first`, ends on a line.
fn ends_list(first: &str, line: &str) -> bool {
    first.starts_with('[') && without_comment(line).ends_with(']')
}

/// Whether a line can be one of a text: it is not a comment, and neither a header nor a key with its value.
fn is_text(line: &str) -> bool {
    let is_key = line.split_once(['=', ':']).is_some_and(|(key, value)| {
        let value = value.trim_start();
        is_known_key(key.trim()) || (is_bare_key(key) && value.starts_with(['"', '\'', '[', '{']))
    });
    !is_key && !looks_like_header(line) && !line.starts_with('#')
}

/// Whether the first line of a value can be that of a text of several lines: it has no marks, or the marks
/// of a text of one line, which are not closed.
fn is_open(first: &str) -> bool {
    let opening = opening(first);
    if opening.is_empty() {
        return first.starts_with(DASHES)
            || (first.contains(' ') && !first.starts_with(['[', '{']) && !first.contains('#'));
    }
    let value = without_comment(first).trim_end_matches([',', ';']);
    let is_closing = |letter: char| {
        is_mark(letter) && is_double_mark(letter) == opening.starts_with(is_double_mark)
    };
    let is_closed = value.len() > opening.len()
        && value.ends_with(is_closing)
        && (!opening.starts_with(is_double_mark)
            || value.matches(is_closing).count().is_multiple_of(2));
    !LONG_MARKS.contains(&opening) && !is_closed
}

/// Returns the marks with which a value begins.
fn opening(value: &str) -> &str {
    &value[..value.len() - value.trim_start_matches(is_mark).len()]
}

impl BareText<'_> {
    /// Returns `None` if it is uncertain what is meant.
    fn explain(&self, span: Span) -> Option<Diagnostic> {
        let BareText { key, value, first_line, last_line } = *self;
        let is_one_line = !value.contains('\n');
        let is_below_key = value.lines().count() <= last_line - first_line;
        if is_valid_value(value) {
            return is_below_key.then(|| problems::value_below_key(span, key, value));
        }
        if value.starts_with('[') {
            let is_list = value.ends_with(']') && !value.contains(['#', '=', '{']);
            let names = names_of(value.trim_matches(['[', ']']));
            let is_broken = is_list && !names.iter().all(|name| is_valid_value(name));
            // A mark within a name shows that a comma or a mark is missing between two names.
            let are_certain =
                names.iter().all(|name| !without_marks(name).contains(is_double_mark));
            return (is_broken && are_certain)
                .then(|| problems::list_without_marks(span, key, value));
        }
        if is_list(key) || (is_one_or_more(key) && !is_one_line) {
            let names = names_of_lines(value);
            return (!value.contains('#')).then(|| problems::list_of_lines(span, key, &names));
        }
        let closing = LONG_MARKS.into_iter().find(|mark| value.ends_with(mark));
        if is_one_line && closing.is_none() && !value.starts_with(DASHES) {
            return Some(problems::value_below_key(span, key, without_comment(value)));
        }
        let opening = opening(value);
        if opening.is_empty() {
            let lines = (first_line, last_line);
            return Some(problems::text_without_marks(span, key, lines, closing));
        }
        // A comment can follow the closing marks.
        let before = value.rsplit_once('#').map(|(before, _)| before.trim_end());
        let value = before.filter(|before| before.ends_with(is_mark)).unwrap_or(value);
        let closing = &value[value.trim_end_matches(is_mark).len()..];
        Some(problems::marks_of_one_line(span, (opening, first_line), (closing, last_line)))
    }
}

/// The signs with which people begin the items of a list.
const DASHES: [char; 5] = ['-', '–', '—', '•', '*'];

/// Returns the names of a list of lines. If the lines begin with dashes, each is one name.
fn names_of_lines(value: &str) -> Vec<&str> {
    let lines = value.lines().map(str::trim).filter(|line| !line.is_empty());
    let end = [',', ';', ' '];
    match lines.map(|line| line.strip_prefix(DASHES)).collect::<Option<Vec<&str>>>() {
        Some(items) => items
            .iter()
            .map(|item| without_marks(item.trim_end_matches(end).trim_start()))
            .collect(),
        None => names_of(value).iter().map(|name| without_marks(name)).collect(),
    }
}
