//! The lines of a TOML file that may have syntax errors.

use std::ops::Range;

use crate::diagnostic::Diagnostic;

/// A problem, and the offsets between which it explains the lines.
pub(super) struct Explained {
    pub problem: Diagnostic,
    pub start: usize,
    pub end: usize,
}

/// Whether the first line of a text is a header, such as `[contact]`.
pub(super) fn looks_like_header(line: &str) -> bool {
    let line = first_line(line);
    let header = line.trim_start_matches('[').trim_end_matches(']');
    line.starts_with('[') && line.ends_with(']') && header.split('.').all(is_word)
}

pub(super) fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_end()
}

/// Whether a text, apart from white space around it, is a bare key of TOML.
pub(super) fn is_word(text: &str) -> bool {
    let text = text.trim();
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !text.is_empty() && text.bytes().all(is_allowed)
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
    let is_key = line.split_once('=').is_some_and(|(key, _)| is_word(key));
    looks_like_header(line) || (is_key && !line.starts_with(' '))
}

pub(super) fn is_curly_quote(character: char) -> bool {
    matches!(character, '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›' | '″' | '`')
}
