//! Explains keys and sections that are written twice: a section was copied without its header, or a
//! header lacks brackets. Following the advice loses nothing.

use std::ops::Range;

use super::lines::{Explained, line_at, lines, looks_like_header};
use crate::format::{is_one_or_more, is_repeated_section};
use crate::problems::{self, Repeat};
use crate::source::{Span, line_number};

/// Explains a key or header at `range` that the section, or the file, has already. `line` is its line, and
/// `span` converts a range of the text.
pub(super) fn explain(
    text: &str,
    line: &Range<usize>,
    range: &Range<usize>,
    span: impl Fn(Range<usize>) -> Span,
) -> Explained {
    let key = &text[range.clone()];
    let content = text[line.clone()].trim();
    let first = first_occurrence(text, line, key);
    let first_line = first.as_ref().map(|first| line_number(text, first.start));
    let only = |repeat| Explained {
        problem: problems::repeated(span(range.clone()), key, repeat),
        start: line.start,
        end: line.end,
    };
    let Some(first_line) = first_line else { return only(Repeat::OtherValue(None)) };
    if content.starts_with('[') {
        let name = content.trim_matches(['[', ']']).trim();
        let repeat = match is_repeated_section(name) {
            true => Repeat::SingleBrackets(first_line),
            false => Repeat::Section(first_line),
        };
        let end = next_header(text, line.end, looks_like_header);
        return Explained { end, ..only(repeat) };
    }
    if let Some((block, start)) = second_block(text, line) {
        let header = text[block.clone()].trim().trim_matches(['[', ']']);
        let problem = problems::block_without_header(
            span(start.clone()),
            header,
            line_number(text, start.start),
        );
        let is_block = |line: &str| line.starts_with("[[");
        return Explained {
            problem,
            start: line.start,
            end: next_header(text, line.end, is_block),
        };
    }
    let first_start = first.map_or(0, |first| first.start);
    let is_same =
        text[line_at(text, first_start)].trim() == content && content.matches("'''").count() != 1;
    if is_same && content.matches("\"\"\"").count() != 1 {
        let problem = problems::repeated(span(line.clone()), key, Repeat::SameLine(first_line));
        return Explained { problem, start: line.start, end: line.end };
    }
    if is_one_or_more(key) {
        let names = [&text[line_at(text, first_start)], &text[line.clone()]];
        let names = names.map(|line| line.split_once('=').map_or("", |(_, name)| name.trim()));
        let repeat = Repeat::Name(first_line, names.join(", "));
        return only(repeat);
    }
    only(Repeat::OtherValue(Some(first_line)))
}

/// Returns the header of the section of a line if there can be several such sections, and the line with
/// which the second one seems to begin: the first line with the key of the first line of the section.
fn second_block(text: &str, line: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let above: Vec<Range<usize>> =
        lines(text, 0).take_while(|above| above.start < line.end).collect();
    let header = above.iter().rposition(|line| text[line.clone()].starts_with("[["))?;
    let name = text[above[header].clone()].trim().trim_matches(['[', ']']);
    // A header in single brackets ends the section, unless it is that of a translation.
    let is_inside = |line: &Range<usize>| {
        let content = text[line.clone()].trim();
        !looks_like_header(content)
            || content.trim_matches(['[', ']']).split('.').next() == Some(name)
    };
    if !is_repeated_section(name) || !above[header..].iter().all(is_inside) {
        return None;
    }
    let key_of = |line: &Range<usize>| {
        text[line.clone()].split_once('=').map(|(key, _)| key.trim().to_owned())
    };
    let mut inside = above[header + 1..].iter();
    let first_key = inside.find_map(key_of)?;
    let begins = inside.find(|line| key_of(line).as_ref() == Some(&first_key))?;
    Some((above[header].clone(), begins.clone()))
}

/// Returns the offset of the next line that is a header, or of the end.
fn next_header(text: &str, from: usize, is_header: impl Fn(&str) -> bool) -> usize {
    let mut rest = lines(text, from).skip(1).filter(|line| is_header(&text[line.clone()]));
    rest.next().map_or(text.len(), |line| line.start)
}

/// Returns the range of the first occurrence of a key or header that occurs again in line `second`.
fn first_occurrence(text: &str, second: &Range<usize>, key: &str) -> Option<Range<usize>> {
    let is_header = text[second.clone()].trim_start().starts_with('[');
    let mut first = None;
    for line in lines(text, 0).take_while(|line| line.start < second.start) {
        let content = text[line.clone()].trim();
        if !is_header && content.starts_with('[') {
            first = None;
        }
        let is_same = match content.strip_prefix('[') {
            Some(header) => is_header && header.trim_matches(['[', ']']) == key,
            None => content.split_once('=').is_some_and(|(name, _)| name.trim() == key),
        };
        if is_same && first.is_none() {
            let start = line.start + text[line].find(key).unwrap_or_default();
            first = Some(start..start + key.len());
        }
    }
    first
}
