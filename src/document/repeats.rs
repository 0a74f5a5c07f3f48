//! Explains keys and sections that are written twice: a section was copied without its header, or a
//! header lacks brackets. Following the advice loses nothing.

use std::ops::Range;

use super::lines::{
    Explained, header_name, is_valid_value, lines, looks_like_header, without_comment,
};
use crate::format::{inner_section, is_one_or_more, is_repeated_section};
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
    let only = |repeat| Explained {
        problem: problems::repeated(span(range.clone()), key, repeat),
        start: line.start,
        end: line.end,
    };
    let is_header = |first: &Range<usize>| text[first.clone()].starts_with('[');
    if content.starts_with('[')
        && !first.as_ref().is_some_and(is_header)
        && let Some(header) = inner_section(header_name(content))
    {
        let name = header_name(content);
        let problem = problems::section_of_section(span(line.clone()), name, &header);
        let end = next_header(text, line.end, looks_like_header);
        return Explained { problem, start: line.start, end };
    }
    let Some(first) = first else { return only(Repeat::SameTable) };
    let first_line = line_number(text, first.start);
    if content.starts_with('[') {
        let name = header_name(content);
        let repeat = match is_repeated_section(name) {
            true => Repeat::SingleBrackets(first_line),
            false => Repeat::Section(first_line),
        };
        let end = next_header(text, line.end, looks_like_header);
        let problem = problems::repeated(span(range.clone()), name, repeat);
        return Explained { problem, start: line.start, end };
    }
    if let Some((block, start)) = second_block(text, line) {
        let (header, number) = (header_name(&text[block]), line_number(text, start.start));
        let problem = problems::block_without_header(span(start), header, number);
        let is_block = |line: &str| line.starts_with("[[");
        return Explained {
            problem,
            start: line.start,
            end: next_header(text, line.end, is_block),
        };
    }
    let value = |line: &Range<usize>| value_on_line(&text[line.clone()]);
    let (Some(first_value), Some(second_value)) = (value(&first), value(line)) else {
        return only(Repeat::OtherValue(first_line));
    };
    if first_value == second_value {
        let problem = problems::repeated(span(line.clone()), key, Repeat::SameLine(first_line));
        return Explained { problem, start: line.start, end: line.end };
    }
    if is_one_or_more(key) && !first_value.starts_with('[') && !second_value.starts_with('[') {
        return only(Repeat::Name(first_line, format!("{first_value}, {second_value}")));
    }
    only(Repeat::OtherValue(first_line))
}

/// Returns the value of a key, without a comment, if all of it is on its line.
fn value_on_line(line: &str) -> Option<&str> {
    let value = without_comment(line.split_once('=')?.1.trim());
    is_valid_value(value).then_some(value)
}

/// If the section of a line can occur several times, returns its header and the line where a second one seems
/// to begin: the first line that repeats the section's first key.
fn second_block(text: &str, line: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let above: Vec<Range<usize>> =
        lines(text, 0).take_while(|above| above.start < line.end).collect();
    let header = above.iter().rposition(|line| text[line.clone()].starts_with("[["))?;
    let name = header_name(&text[above[header].clone()]);
    // A header in single brackets ends the section, unless it is that of a translation.
    let is_inside = |line: &Range<usize>| {
        let content = text[line.clone()].trim();
        !looks_like_header(content) || header_name(content).split('.').next() == Some(name)
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

/// Returns the line of the first occurrence of a key or header that occurs again in line `second`.
fn first_occurrence(text: &str, second: &Range<usize>, key: &str) -> Option<Range<usize>> {
    let header = Some(text[second.clone()].trim()).filter(|line| line.starts_with('['));
    let header = header.map(header_name);
    let mut first = None;
    for line in lines(text, 0).take_while(|line| line.start < second.start) {
        let content = text[line.clone()].trim();
        // A key can occur again below another header, and a translation in another section of several.
        let begins_again = match header {
            Some(header) => {
                content.starts_with("[[") && header.split('.').next() == Some(header_name(content))
            }
            None => content.starts_with('['),
        };
        if begins_again && header != Some(header_name(content)) {
            first = None;
        }
        let is_same = match header {
            Some(header) => content.starts_with('[') && header_name(content) == header,
            None => content.split_once('=').is_some_and(|(name, _)| name.trim() == key),
        };
        if is_same && first.is_none() {
            first = Some(line);
        }
    }
    first
}
