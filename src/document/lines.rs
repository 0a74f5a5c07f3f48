//! The lines of a TOML file that may have syntax errors.

use std::ops::Range;

use toml::de::DeTable;

use crate::diagnostic::Diagnostic;
use crate::format::all_keys;
use crate::problems::words::is_mark;

/// A problem, and the range of the text that it accounts for.
pub(super) struct Explained {
    pub problem: Diagnostic,
    pub start: usize,
    pub end: usize,
}

/// The number of problems after which the rest of a file is not read.
pub(super) const MAX_PROBLEMS: usize = 100;

/// The marks around a text of several lines.
pub(super) const LONG_MARKS: [&str; 2] = ["'''", "\"\"\""];

/// Whether the first line of a text is a header, such as `[contact]`.
pub(super) fn looks_like_header(line: &str) -> bool {
    let header = without_comment(first_line(line));
    header.starts_with('[')
        && header.ends_with(']')
        && header_name(header).split('.').all(is_bare_key)
}

/// Returns what is between the brackets of a header.
pub(super) fn header_name(line: &str) -> &str {
    without_comment(line.trim()).trim_matches(['[', ']']).trim()
}

pub(super) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_end()
}

/// Whether a text, apart from white space around it, is a bare key of TOML.
pub(super) fn is_bare_key(text: &str) -> bool {
    let text = text.trim();
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !text.is_empty() && text.bytes().all(is_allowed)
}

/// Whether a key with this name is in the format.
pub(super) fn is_known_key(name: &str) -> bool {
    all_keys().any(|key| key.name == name)
}

/// Whether a text is a value of TOML.
pub(super) fn is_valid_value(text: &str) -> bool {
    DeTable::parse(&format!("value = {}", text.trim())).is_ok()
}

/// Returns a value or a header without the comment after it. A value in marks or brackets ends with them, so
/// `#` is a comment only there. After other words, only `#` with a space is one: people write `#5` in texts.
pub(super) fn without_comment(value: &str) -> &str {
    let first = value.chars().next();
    let is_comment = |offset: &usize| {
        let before = value[..*offset].trim_end();
        match first {
            Some('[') => before.ends_with(']'),
            Some('{') => before.ends_with('}'),
            Some(first) if is_mark(first) => {
                before.len() > first.len_utf8() && before.ends_with(is_mark)
            }
            _ => {
                let rest = value[offset + 1..].chars().next();
                before.len() < *offset && rest.is_none_or(char::is_whitespace)
            }
        }
    };
    let mut offsets = value.match_indices('#').map(|(offset, _)| offset);
    offsets.find(is_comment).map_or(value, |offset| &value[..offset]).trim_end()
}

pub(super) fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Returns the range of the line that contains `offset`, without the line ending.
pub(super) fn line_at(text: &str, offset: usize) -> Range<usize> {
    let start = line_start(text, offset);
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    start..start + text[start..end].trim_end_matches('\r').len()
}

/// Returns the ranges of the lines from `offset` on, without the line endings. The first range
/// starts at `offset` even if that is within a line.
pub(super) fn lines(text: &str, offset: usize) -> impl Iterator<Item = Range<usize>> {
    let mut next = offset;
    text[offset..].split_inclusive('\n').map(move |line| {
        let start = next;
        next += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    })
}

/// Whether the first line of a text is a header or starts with `key =`.
pub(super) fn looks_like_key_or_header(line: &str) -> bool {
    let line = first_line(line);
    let is_key = line.split_once('=').is_some_and(|(key, _)| is_bare_key(key));
    looks_like_header(line) || (is_key && !line.starts_with(' '))
}

/// The end of a text of several lines.
pub(super) enum EndOfText {
    /// The offset after the closing marks.
    Closed(usize),
    /// The text is not closed. The offset is that of the next line that looks like a key or a header.
    Open(usize),
}

/// Finds the end of the text of several lines that begins with `mark` at `offset`.
pub(super) fn end_of_text(text: &str, offset: usize, mark: &str) -> EndOfText {
    let inside = offset + mark.len();
    let end = text[inside..].find(mark).map(|length| inside + length);
    let content = &text[inside..end.unwrap_or(text.len())];
    // If the text ends in `key =`, its end is the start of the next text.
    let is_start_of_next = content.lines().last().is_some_and(|line| {
        content.contains('\n') && line.trim_end().strip_suffix('=').is_some_and(is_bare_key)
    });
    match end.filter(|_| !is_start_of_next) {
        Some(end) => {
            // The text itself may end in one or two quotation marks, before the delimiter.
            let after = text[end + mark.len()..].bytes().take(2);
            let more = after.take_while(|byte| *byte == mark.as_bytes()[0]).count();
            EndOfText::Closed(end + mark.len() + more)
        }
        None => {
            let mut below = lines(text, inside).skip(1);
            let next = below.find(|line| looks_like_key_or_header(&text[line.clone()]));
            EndOfText::Open(next.map_or(text.len(), |line| line.start))
        }
    }
}

/// Returns the ranges of the texts of several lines, with their marks.
pub(super) fn long_texts(text: &str) -> Vec<Range<usize>> {
    let mut texts = Vec::new();
    let mut offset = 0;
    while offset < text.len() {
        let rest = &text[offset..];
        if let Some(mark) = LONG_MARKS.into_iter().find(|mark| rest.starts_with(mark)) {
            let (EndOfText::Closed(end) | EndOfText::Open(end)) = end_of_text(text, offset, mark);
            texts.push(offset..end);
            offset = end;
            continue;
        }
        offset += length_to_skip(rest);
    }
    texts
}

/// Returns the length of the text of one line or the comment with which a text begins, or else of its
/// first character. A text that is not closed ends with its line.
pub(super) fn length_to_skip(text: &str) -> usize {
    let line = &text[..text.find('\n').unwrap_or(text.len())];
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            line.len() - after_quoted(line, quote).unwrap_or_default().len()
        }
        Some('#') => line.len(),
        Some(character) => character.len_utf8(),
        None => 0,
    }
}

/// Returns the range of a part of a text.
pub(super) fn range_of(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}

/// Whether `offset` is within one of the texts of several lines, which are in order.
pub(super) fn is_in_text(texts: &[Range<usize>], offset: usize) -> bool {
    let next = texts.partition_point(|text| text.end <= offset);
    texts.get(next).is_some_and(|text| text.start < offset)
}

/// Returns the part of a line after the text in quotation marks with which it starts, or `None` if
/// the text is not closed on the line.
pub(super) fn after_quoted(value: &str, quote: char) -> Option<&str> {
    let mut escaped = false;
    for (offset, character) in value.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' && quote == '"' {
            escaped = true;
        } else if character == quote {
            return Some(&value[offset + 1..]);
        }
    }
    None
}
