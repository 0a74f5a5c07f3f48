//! Finds mistakes in lists of entries in braces, such as `evidence`, and says how each wrong entry should be
//! written:
//!
//! ```text
//! evidence = [
//!   { title = "The law", url = "https://portal.gov.mn/law.pdf,
//! ]
//! ```

use std::ops::Range;

use super::lines::{
    Explained, MAX_PROBLEMS, after_quoted, is_bare_key, is_in_text, is_valid_value, line_at, lines,
    looks_like_key_or_header, range_of,
};
use crate::diagnostic::Diagnostic;
use crate::format::{entries_of, is_address};
use crate::problems::{self, words};
use crate::source::{Span, line_number};

/// An entry as read from lines that may have mistakes.
struct Entry<'t> {
    range: Range<usize>,
    /// Whether the bracket at its end is written.
    is_closed: bool,
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

/// Explains the lists of entries that are not TOML, outside the `texts` of several lines. A list that contains
/// anything but keys and values is left to the parser.
pub(super) fn explain_all(
    text: &str,
    texts: &[Range<usize>],
    span: impl Fn(Range<usize>) -> Span,
) -> Vec<Explained> {
    let mut found = Vec::new();
    let is_outside = |line: &Range<usize>| !is_in_text(texts, line.start);
    let mut rest = lines(text, 0).filter(is_outside).peekable();
    while let Some(line) = rest.next().filter(|_| found.len() < MAX_PROBLEMS) {
        let Some((key, first)) = text[line.clone()].split_once('=') else { continue };
        let Some(keys) = Some(key.trim()).filter(|key| is_bare_key(key)).and_then(entries_of)
        else {
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
        if !is_valid_value(&text[range.clone()]) {
            let list = BrokenList { text, key: key.trim(), keys, range: range.clone() };
            let problem = |problem| Explained { problem, start: line.start, end: range.end };
            found.extend(list.problems(&span).into_iter().map(problem));
        }
    }
    found
}

/// Whether a line contains the end of a list.
fn ends_list(line: &str) -> bool {
    let line = outside_comment(line);
    line.ends_with([']', ')']) && !line.ends_with(" )")
}

/// Returns a line of a list without the comment after its last bracket or comma.
fn outside_comment(line: &str) -> &str {
    let is_comment = |before: &&str| {
        let before = before.trim_end();
        before.is_empty() || before.ends_with(['[', ']', '{', '}', '(', ')', ',', ';'])
    };
    let mut ends = line.match_indices('#').map(|(offset, _)| &line[..offset]);
    ends.find(is_comment).unwrap_or(line).trim_end()
}

/// Returns what is written between entries, without comments and white space.
fn marks_in(text: &str) -> String {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    lines.flat_map(str::split_whitespace).collect()
}

impl<'t> BrokenList<'t> {
    fn problems(&self, span: &impl Fn(Range<usize>) -> Span) -> Vec<Diagnostic> {
        let Some(entries) = self.entries() else { return Vec::new() };
        let text_of = |entry: &Entry<'_>| &self.text[entry.range.clone()];
        let wrong = entries.iter().filter(|entry| !is_valid_value(text_of(entry)));
        let mut found: Vec<Diagnostic> = wrong
            .map(|entry| {
                let (written, meant) = (text_of(entry), entry.meant());
                self.path_on_a_computer(entry, span).unwrap_or_else(|| {
                    problems::broken_entry(span(entry.range.clone()), self.key, written, &meant)
                })
            })
            .collect();
        found.extend(self.problems_of_brackets(&entries, span));
        found
    }

    /// Explains the address of an entry that is a path on the editor's own computer.
    fn path_on_a_computer(
        &self,
        entry: &Entry<'_>,
        span: &impl Fn(Range<usize>) -> Span,
    ) -> Option<Diagnostic> {
        entry.values.iter().filter(|(key, _)| is_address(key)).find_map(|(key, value)| {
            let span = span(range_of(self.text, value));
            problems::path_on_a_computer(span, key, words::without_marks(value))
        })
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
        let before = marks_in(&self.text[self.range.start..first.range.start]);
        if before != "[" {
            let (key, number) = (line_at(self.text, self.range.start), line(self.range.start));
            found.push(problems::list_bracket(span(key), self.key, ('[', &before), number));
        }
        for pair in entries.windows(2) {
            let [one, other] = pair else { continue };
            let between = marks_in(&self.text[one.range.end..other.range.start]);
            if !between.contains(',') {
                found.push(problems::missing_comma_after(span(one.range.clone()), &between));
            }
        }
        let after = marks_in(&self.text[last.range.end..self.range.end]);
        let after = after.trim_start_matches([',', ';']);
        if after != "]" {
            let (end, number) = (span(last.range.clone()), line(self.range.end));
            found.push(problems::list_bracket(end, self.key, (']', after), number));
        }
        found
    }

    /// Reads the entries, tolerating mistakes. Returns `None` if the list contains anything else, or an entry
    /// within another, or a key twice in one entry.
    fn entries(&self) -> Option<Vec<Entry<'t>>> {
        let mut entries: Vec<Entry<'t>> = Vec::new();
        let mut offset = self.range.start;
        let mut opening: Option<usize> = None;
        let is_brace = |opening: Option<usize>| {
            opening.is_some_and(|opening| self.text[opening..].starts_with('{'))
        };
        while offset < self.range.end {
            let rest = &self.text[offset..self.range.end];
            let letter = rest.chars().next()?;
            // Whether the last entry is on this line and can continue.
            let is_open = |last: &Entry<'_>| {
                !last.is_closed && !self.text[last.range.end..offset].contains('\n')
            };
            match letter {
                '{' | '(' if is_brace(opening) || entries.last().is_some_and(is_open) => {
                    return None;
                }
                '{' | '(' => opening = Some(offset),
                '}' | ')' => {
                    let last =
                        entries.last_mut().filter(|last| !last.is_closed && opening.is_none());
                    if let Some(last) = last {
                        (last.range.end, last.is_closed) = (offset + 1, true);
                    }
                }
                '#' => offset = line_at(self.text, offset).end.min(self.range.end) - 1,
                ' ' | '\t' | '\r' | '\n' | ',' | ';' | '[' | ']' => {}
                _ => {
                    let (key, value) = self.key_and_value(rest)?;
                    let end = range_of(self.text, value).end;
                    let has_key =
                        |last: &Entry<'_>| last.values.iter().any(|(other, _)| *other == key);
                    if opening.is_none()
                        && entries.last().is_some_and(|last| is_open(last) && has_key(last))
                    {
                        return None;
                    }
                    if opening.is_some() || entries.last().is_none_or(has_key) {
                        let start = opening.take().unwrap_or(offset);
                        entries.push(Entry {
                            range: start..end,
                            is_closed: false,
                            values: Vec::new(),
                        });
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

    /// Reads a key with its value. Returns `None` if the end of the value is uncertain.
    fn key_and_value(&self, rest: &'t str) -> Option<(&'t str, &'t str)> {
        let line = rest.lines().next()?;
        let key = self.keys.iter().find(|key| {
            let after = line.strip_prefix(**key).unwrap_or_default();
            after.trim_start().starts_with(['=', ':'])
        })?;
        let value = line[key.len()..].trim_start()[1..].trim_start();
        let value = self.in_marks(value).map_or_else(|| self.to_next_key(value), Some)?;
        Some((&line[..key.len()], value))
    }

    /// Returns the value that begins with a mark and ends with the next one of its kind, if it can end there.
    fn in_marks(&self, value: &'t str) -> Option<&'t str> {
        let first = value.chars().next().filter(|first| words::is_mark(*first))?;
        let after = match first {
            '"' | '\'' => after_quoted(value, first)?,
            _ => {
                let inner = &value[first.len_utf8()..];
                let end = inner.find(|letter| words::is_curly_quote(letter) || letter == '"')?;
                let mark = inner[end..].chars().next()?;
                &inner[end + mark.len_utf8()..]
            }
        };
        self.is_end(after).then(|| &value[..value.len() - after.len()])
    }

    /// Returns the value up to the next key, a comment, the end of the entry or the end of the line. Returns
    /// `None` if it seems to contain another key or entry.
    fn to_next_key(&self, value: &'t str) -> Option<&'t str> {
        let mut open_brackets = 0;
        let is_end = |(offset, letter): &(usize, char)| {
            let (before, rest) = value.split_at(*offset);
            match letter {
                '{' | '(' | '[' => open_brackets += 1,
                '}' | ')' | ']' if open_brackets > 0 => open_brackets -= 1,
                '}' | ')' | ']' => return self.is_end(&rest[1..]),
                '#' => return before.ends_with([' ', '\t']),
                _ => {}
            }
            let last = before.chars().next_back();
            let is_in_word =
                last.is_none_or(|letter| letter.is_alphanumeric() || "/?&-_.".contains(letter));
            !is_in_word && self.begins_with_key(rest)
        };
        let end = value.char_indices().find(is_end).map_or(value.len(), |(offset, _)| offset);
        let value = value[..end].trim_end_matches([' ', '\t', ',', ';', '{', '(', '[']);
        let has_key = value.split([',', ';']).skip(1).any(|part| {
            let key = part.split_once('=').map_or("", |(key, _)| key.trim());
            is_bare_key(words::without_marks(key))
        });
        (!has_key && !value.contains('{')).then_some(value)
    }

    /// Whether a value can end before `rest`: the entry or the line ends there, or another key follows.
    fn is_end(&self, rest: &str) -> bool {
        let next = rest.trim_start();
        next.is_empty()
            || next.starts_with([',', ';', '}', ')', ']', '#'])
            || self.begins_with_key(next)
    }

    /// Whether a text begins with a key of an entry and `=` or `:`.
    fn begins_with_key(&self, text: &str) -> bool {
        self.keys.iter().any(|key| {
            let after = text.strip_prefix(key).unwrap_or_default();
            after.trim_start().starts_with('=') || after.starts_with(':')
        })
    }
}

impl Entry<'_> {
    /// Returns the entry in the form of TOML.
    fn meant(&self) -> String {
        let value = |(key, written): &(&str, &str)| match is_valid_value(written)
            && written.starts_with(['"', '\''])
        {
            true => format!("{key} = {written}"),
            false => {
                let text = words::without_marks(written).replace("\\\"", "\"");
                format!("{key} = {}", words::in_marks(&text))
            }
        };
        let values: Vec<String> = self.values.iter().map(value).collect();
        format!("{{ {} }}", values.join(", "))
    }
}
