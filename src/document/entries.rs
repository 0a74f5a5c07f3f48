//! Finds mistakes in lists of entries in braces, such as `evidence`, and says how each wrong entry should be
//! written:
//!
//! ```text
//! evidence = [
//!   { title = "The law", url = "https://portal.gov.mn/law.pdf,
//! ]
//! ```

use std::ops::Range;

use toml::de::DeTable;

use super::lines::{Explained, is_curly_quote, is_word, line_at, lines, looks_like_key_or_header};
use crate::diagnostic::Diagnostic;
use crate::format::entries_of;
use crate::problems;
use crate::source::{Span, line_number};

/// An entry as read from lines that may have mistakes.
struct Entry<'t> {
    range: Range<usize>,
    values: Vec<(&'t str, &'t str)>,
}

/// A list of entries that is not TOML.
struct BrokenList<'t> {
    text: &'t str,
    key: &'t str,
    /// The keys that an entry can have.
    keys: Vec<&'static str>,
    /// The range of the value.
    range: Range<usize>,
}

/// Explains the lists of entries that are not TOML. A list that contains anything but keys and values is
/// left to the parser.
pub(super) fn explain_all(text: &str, span: impl Fn(Range<usize>) -> Span) -> Vec<Explained> {
    let mut found = Vec::new();
    let mut rest = lines(text, 0).peekable();
    while let Some(line) = rest.next() {
        let Some((key, first)) = text[line.clone()].split_once('=') else { continue };
        let Some(keys) = Some(key.trim()).filter(|key| is_word(key)).and_then(entries_of) else {
            continue;
        };
        let mut range = line.start + key.len() + 1..line.end;
        let mut is_ended = ends_list(first);
        let is_inside = |line: &Range<usize>| {
            let line = &text[line.clone()];
            let word = line.split(['=', ' ']).next().unwrap_or_default();
            !looks_like_key_or_header(line) || keys.contains(&word)
        };
        while let Some(line) = rest.next_if(|line| !is_ended && is_inside(line)) {
            if !text[line.clone()].trim().is_empty() {
                range.end = line.end;
            }
            is_ended = ends_list(&text[line]);
        }
        if !is_value(&text[range.clone()]) {
            let list = BrokenList { text, key: key.trim(), keys, range: range.clone() };
            let problem = |problem| Explained { problem, start: line.start, end: range.end };
            found.extend(list.problems(&span).into_iter().map(problem));
        }
    }
    found
}

/// Whether a text is a value of TOML.
fn is_value(text: &str) -> bool {
    DeTable::parse(&format!("value = {}", text.trim())).is_ok()
}

/// Whether a line contains the end of a list.
fn ends_list(line: &str) -> bool {
    line.trim_end().ends_with([']', ')']) && !line.trim_end().ends_with(" )")
}

impl<'t> BrokenList<'t> {
    fn problems(&self, span: &impl Fn(Range<usize>) -> Span) -> Vec<Diagnostic> {
        let Some(entries) = self.entries() else { return Vec::new() };
        let text_of = |entry: &Entry<'_>| &self.text[entry.range.clone()];
        let wrong = entries.iter().filter(|entry| !is_value(text_of(entry)));
        let mut found: Vec<Diagnostic> = wrong
            .map(|entry| {
                let (written, meant) = (text_of(entry), entry.meant());
                problems::broken_entry(span(entry.range.clone()), self.key, written, &meant)
            })
            .collect();
        found.extend(self.problems_of_brackets(&entries, span));
        found
    }

    /// Explains the brackets around the list and the commas between its entries.
    fn problems_of_brackets(
        &self,
        entries: &[Entry<'_>],
        span: &impl Fn(Range<usize>) -> Span,
    ) -> Vec<Diagnostic> {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let line = |offset| line_number(self.text, offset);
        let before = self.text[self.range.start..first.range.start].trim();
        if before != "[" {
            let (key, number) = (line_at(self.text, self.range.start), line(self.range.start));
            found.push(problems::list_bracket(span(key), self.key, ('[', before), number));
        }
        for pair in entries.windows(2) {
            let [one, other] = pair else { continue };
            if !self.text[one.range.end..other.range.start].contains(',') {
                let number = line(one.range.end);
                found.push(problems::missing_comma_after(span(one.range.clone()), number));
            }
        }
        let after = self.text[last.range.end..self.range.end].trim_matches([',', ' ', '\n', '\r']);
        if after != "]" {
            let (end, number) = (span(last.range.clone()), line(self.range.end));
            found.push(problems::list_bracket(end, self.key, (']', after), number));
        }
        found
    }

    /// Reads the entries, with all mistakes. Returns `None` if the list contains anything else.
    fn entries(&self) -> Option<Vec<Entry<'t>>> {
        let mut entries: Vec<Entry<'t>> = Vec::new();
        let mut offset = self.range.start;
        let mut opening = None;
        while offset < self.range.end {
            let rest = &self.text[offset..self.range.end];
            let letter = rest.chars().next()?;
            match letter {
                '{' | '(' => opening = Some(offset),
                '}' | ')' => {
                    let is_open = |last: &&mut Entry<'_>| {
                        !self.text[last.range.clone()].ends_with(['}', ')']) && opening.is_none()
                    };
                    if let Some(last) = entries.last_mut().filter(is_open) {
                        last.range.end = offset + 1;
                    }
                }
                '#' => offset = line_at(self.text, offset).end.min(self.range.end) - 1,
                ' ' | '\t' | '\r' | '\n' | ',' | ';' | '[' | ']' => {}
                _ => {
                    let (key, value) = self.key_and_value(rest)?;
                    let end = value.as_ptr() as usize + value.len() - self.text.as_ptr() as usize;
                    let is_new =
                        |last: &Entry<'_>| last.values.iter().any(|(other, _)| *other == key);
                    if opening.is_some() || entries.last().is_none_or(is_new) {
                        let start = opening.take().unwrap_or(offset);
                        entries.push(Entry { range: start..end, values: Vec::new() });
                    }
                    let last = entries.last_mut()?;
                    last.values.push((key, value));
                    last.range.end = end;
                    offset = end;
                    continue;
                }
            }
            offset += letter.len_utf8();
        }
        Some(entries)
    }

    /// Reads a key with its value, which ends at the next key or at the end of the line.
    fn key_and_value(&self, rest: &'t str) -> Option<(&'t str, &'t str)> {
        let line = rest.lines().next()?;
        let key = self.keys.iter().find(|key| {
            let after = line.strip_prefix(**key).unwrap_or_default();
            after.trim_start().starts_with(['=', ':'])
        })?;
        let value = line[key.len()..].trim_start()[1..].trim_start();
        let is_key = |offset: &usize| {
            let before = value[..*offset].chars().next_back();
            before.is_some_and(|letter| !letter.is_alphanumeric() && !"/?&-_.".contains(letter))
                && self.keys.iter().any(|key| {
                    let after = value[*offset..].strip_prefix(key).unwrap_or_default();
                    after.trim_start().starts_with('=') || after.starts_with(':')
                })
        };
        let end =
            value.char_indices().map(|(offset, _)| offset).find(is_key).unwrap_or(value.len());
        let is_mark = |letter: char| letter.is_whitespace() || ",;{}()[]".contains(letter);
        let value = value[..end].trim_end_matches(is_mark);
        Some((&line[..key.len()], value))
    }
}

impl Entry<'_> {
    /// Returns the entry in the form of TOML.
    fn meant(&self) -> String {
        let value = |(key, written): &(&str, &str)| {
            let is_mark = |letter: char| matches!(letter, '"' | '\'') || is_curly_quote(letter);
            let text = written.strip_prefix(is_mark).unwrap_or(written);
            let text = text.strip_suffix(is_mark).unwrap_or(text);
            format!("{key} = {}", problems::words::in_marks(text))
        };
        let values: Vec<String> = self.values.iter().map(value).collect();
        format!("{{ {} }}", values.join(", "))
    }
}
