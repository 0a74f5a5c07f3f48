//! Explains TOML syntax errors to people who do not know TOML.
//!
//! The TOML parser reports where it failed, which is often far from the cause, and it may report
//! one cause several times. This module finds the cause of each parser error. Outside lists of
//! entries, it reports at most one problem per line, and an unclosed text or list where it starts.
//! After an unclosed text or list, parsing starts again at the next line that looks like a key, so
//! that later problems are reported in the same run.

use std::ops::Range;

use toml::de::DeTable;

use super::lines::{
    EndOfText, Explained, LONG_MARKS, MAX_PROBLEMS, after_quoted, end_of_text, header_name,
    is_bare_key, is_in_text, is_known_key, is_valid_value, length_to_skip, line_at, line_start,
    lines, long_texts, looks_like_header, looks_like_key_or_header, range_of, without_comment,
};
use super::{bare_text, dates, entries, repeats};
use crate::diagnostic::Diagnostic;
use crate::format::{entry_keys, is_address, is_decimal, is_list, is_one_or_more};
use crate::model::LanguageCode;
use crate::problems;
use crate::problems::words::{boolean_of, is_curly_quote, is_mark, without_marks};
use crate::source::{SourceId, Span};

/// Returns the syntax problems of a text, unordered. `offset` is the position in the file at which
/// the text starts.
pub(super) fn diagnose(source: SourceId, text: &str, offset: usize) -> Vec<Diagnostic> {
    let texts = long_texts(text);
    let scanner = Scanner { source, text, offset, texts: &texts };
    if let Some(conflicts) = scanner.merge_conflicts() {
        return conflicts;
    }
    let mut found = scanner.control_characters();
    if !found.is_empty() {
        return found;
    }
    let mut explained = bare_text::explain_all(text, &texts, |range| scanner.span(range));
    explained.extend(entries::explain_all(text, &texts, |range| scanner.span(range)));
    explained.sort_by_key(|explained| explained.start);
    let (mut start, mut last_begins) = (0, 0);
    for Explained { problem, start: begins, end } in explained {
        // Several problems can account for one list.
        if begins < start && begins != last_begins {
            continue;
        }
        last_begins = begins;
        let above = Scanner { text: &text[..begins], ..scanner };
        if begins > start {
            above.diagnose_all(start, &mut found);
        }
        found.push(problem);
        start = end;
        if found.len() >= MAX_PROBLEMS {
            return found;
        }
    }
    scanner.diagnose_all(start, &mut found);
    found
}

/// The number of times that a text is parsed. Each pass can cost as much as the first.
const MAX_PASSES: usize = 25;

struct Scanner<'t> {
    source: SourceId,
    text: &'t str,
    offset: usize,
    /// The ranges of the texts of several lines.
    texts: &'t [Range<usize>],
}

/// A text of several lines, a list or an inline table that is never closed.
struct Unclosed {
    /// The range of the opening delimiter.
    opening: Range<usize>,
    /// The offset at which parsing can start again.
    resume: usize,
    is_text: bool,
}

impl Scanner<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range.start + self.offset..range.end + self.offset)
    }

    /// Reports the conflict markers that Git adds where two people changed the same lines. Returns
    /// `None` if there are none. With a conflict, nothing else in the file is reported.
    fn merge_conflicts(&self) -> Option<Vec<Diagnostic>> {
        let mut conflicts = Vec::new();
        let mut markers = vec!["<<<<<<<", "=======", ">>>>>>>"];
        let mut is_open = false;
        for line in lines(self.text, 0) {
            let content = &self.text[line.clone()];
            if is_open && content.starts_with("||||||| ") && markers.len() == 3 {
                markers.insert(1, "|||||||");
            }
            if content.starts_with("<<<<<<< ") {
                is_open = true;
                conflicts.push((line, None));
            } else if content.starts_with(">>>>>>> ") {
                match (std::mem::take(&mut is_open), conflicts.last_mut()) {
                    (true, Some((_, end))) => *end = Some(line),
                    _ => conflicts.push((line, None)),
                }
            }
        }
        let problem = |(start, end): (Range<usize>, Option<Range<usize>>)| {
            let end = end.map(|end| self.span(end));
            problems::merge_conflict(self.span(start), end, &markers)
        };
        (!conflicts.is_empty()).then(|| conflicts.into_iter().map(problem).collect())
    }

    /// Reports control characters that TOML does not allow, at most one per line.
    fn control_characters(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut last_line = None;
        for (offset, character) in self.text.char_indices() {
            let is_line_end = character == '\r' && self.text[offset + 1..].starts_with('\n');
            if !character.is_ascii_control() || matches!(character, '\n' | '\t') || is_line_end {
                continue;
            }
            let span = self.span(offset..offset + 1);
            if character == '\r' {
                return vec![problems::old_line_endings(span)];
            }
            let line = line_start(self.text, offset);
            if last_line.replace(line) != Some(line) {
                found.push(problems::control_character(span, character));
            }
        }
        found
    }

    /// Reports the problems from `start` to the end.
    fn diagnose_all(&self, start: usize, found: &mut Vec<Diagnostic>) {
        let mut start = Some(start);
        for _ in 0..MAX_PASSES {
            start = start.and_then(|start| self.diagnose_from(start, found));
        }
    }

    /// Reports the problems from `start` to the point where the parser stops. Returns the offset at
    /// which parsing can start again, or `None` if there is nothing left to parse.
    fn diagnose_from(&self, start: usize, found: &mut Vec<Diagnostic>) -> Option<usize> {
        let (_, errors) = DeTable::parse_recoverable(&self.text[start..]);
        let mut errors: Vec<(Range<usize>, &str)> = errors
            .iter()
            .map(|error| {
                let range = error.span().unwrap_or_else(|| self.longest_key(start));
                (range.start + start..range.end + start, error.message())
            })
            .collect();
        errors.sort_by_key(|(range, _)| range.start);
        if errors.is_empty() {
            return None;
        }
        let unclosed = find_unclosed(self.text, start);
        let end = unclosed.as_ref().map_or(usize::MAX, |unclosed| unclosed.opening.start);
        let (mut last_line, mut explained_end) = (None, 0);
        for (index, (range, message)) in errors.iter().enumerate() {
            let line = self.line_of(range, message);
            if line.start < explained_end
                || line.end >= end
                || last_line.replace(line.start) == Some(line.start)
            {
                continue;
            }
            if *message == "duplicate key" {
                let Explained { problem, end, .. } =
                    repeats::explain(self.text, &line, range, |range| self.span(range));
                explained_end = end;
                found.push(problem);
            } else {
                found.push(self.explain(line.clone(), range.clone(), message));
            }
            if message.contains("recurse") || found.len() >= MAX_PROBLEMS {
                return None;
            }
            let same_line = errors[index..].iter().take_while(|(range, _)| range.start <= line.end);
            if same_line.into_iter().any(|(_, message)| stops_parser(message)) {
                return self.below(line);
            }
        }
        let Unclosed { opening, resume, is_text } = unclosed?;
        let span = self.span(opening.clone());
        let mark = &self.text[opening];
        found.push(match is_text {
            true => problems::unclosed_text(span, mark),
            false => problems::unclosed_list(span, mark),
        });
        (resume < self.text.len()).then_some(resume)
    }

    /// Returns the offset below a line, or below the last one of several lines of words without a key.
    fn below(&self, line: Range<usize>) -> Option<usize> {
        let has_words = |line: &Range<usize>| has_no_key(&self.text[line.clone()]);
        let mut end = line.end;
        if has_words(&line) {
            end = lines(self.text, line.start).take_while(has_words).last()?.end;
        }
        self.text[end..].find('\n').map(|length| end + length + 1)
    }

    /// Returns the range, after `start`, of the key with the most parts. The parser reports a key with too
    /// many parts without its position.
    fn longest_key(&self, start: usize) -> Range<usize> {
        let key = |line: &Range<usize>| {
            let content = &self.text[line.clone()];
            content.split_once('=').map_or("", |(key, _)| key)
        };
        let longest = lines(self.text, start).max_by_key(|line| key(line).matches('.').count());
        longest.map_or(0..0, |line| {
            let length = key(&line).trim_end().len();
            line.start - start..line.start - start + length
        })
    }

    /// Returns the line that a parser error concerns. For some errors, the parser points to the
    /// start of the next line.
    fn line_of(&self, range: &Range<usize>, message: &str) -> Range<usize> {
        let at_line_start = range.is_empty() && line_start(self.text, range.start) == range.start;
        let is_before = at_line_start && range.start > 0 && !message.contains("empty");
        line_at(self.text, range.start - usize::from(is_before))
    }

    /// Finds the cause of a parser error at `range` in its line. `message` is that of the parser.
    fn explain(&self, line: Range<usize>, range: Range<usize>, message: &str) -> Diagnostic {
        let content = &self.text[line.clone()];
        let span_of = |part: &str| self.span(range_of(self.text, part));
        let whole = span_of(content.trim());
        if is_in_text(self.texts, range.start) {
            return self.explain_in_text(range);
        }
        if message.starts_with("cannot extend value") {
            return self.explain_part(content, range);
        }
        if message == "recursion limit" {
            return problems::too_many_parts(self.span(range));
        }
        if message.contains("recurse") {
            return problems::nested_too_deep(self.span(range));
        }
        if let Some((offset, space)) = odd_space(content) {
            let (key, value) = content.split_once('=').unwrap_or_default();
            let (key, value) = (words_of(key), words_of(value));
            if space.is_whitespace() && value.starts_with(is_curly_quote) {
                return problems::copied_line(whole, &key, without_marks(&value));
            }
            let start = line.start + offset;
            let span = self.span(start..start + space.len_utf8());
            return problems::odd_space(span, &content[..offset], space);
        }
        if let Some(problem) = explain_header(content, whole) {
            return problem;
        }
        let Some((key, value)) = content.split_once('=') else {
            return self.explain_without_equals(content, whole, range, message);
        };
        let (key, value) = (key.trim(), value.trim());
        if let Some((key, value)) = at_colon(content) {
            return problems::colon(whole, key, value);
        }
        if key.is_empty()
            || (!key.contains(['[', '"', '\'', '{']) && !key.split('.').all(is_bare_key))
        {
            return problems::odd_key(span_of(key), key);
        }
        if value.is_empty() || value.starts_with('#') {
            return problems::missing_value(whole, key);
        }
        if let Some(value) = value.strip_prefix('=') {
            let value = without_comment(value.trim_start_matches('=').trim());
            return problems::two_equals(whole, key, value);
        }
        if message.starts_with("missing comma") {
            return problems::missing_comma(self.span(range));
        }
        self.explain_value(key, value, span_of(value), range, message)
    }

    /// Finds the cause of a parser error in a line without `=`.
    fn explain_without_equals(
        &self,
        content: &str,
        span: Span,
        range: Range<usize>,
        message: &str,
    ) -> Diagnostic {
        match at_colon(content) {
            Some((key, value)) => problems::colon(span, key, value),
            _ if content.trim_start().starts_with("- ") => problems::dashed_list(span),
            _ if message.starts_with("missing comma") => problems::missing_comma(self.span(range)),
            _ if content.trim_end().ends_with("],") => problems::mark_after_value(span, ","),
            _ if is_bare_key(content) => problems::missing_value(span, content.trim()),
            _ => match key_without_equals(content) {
                Some((key, value)) => problems::missing_equals(span, key, value),
                None => problems::no_key(span),
            },
        }
    }

    /// Finds the cause of a parser error at `range` below the first line of a text of several lines.
    fn explain_in_text(&self, range: Range<usize>) -> Diagnostic {
        match self.number_of_character(&range) {
            Some(range) => problems::no_such_character(self.span(range)),
            None => problems::backslash_in_lines(self.span(range)),
        }
    }

    /// Explains a key of several parts in the line `content`. The part at `range` has a value already.
    fn explain_part(&self, content: &str, range: Range<usize>) -> Diagnostic {
        let key = content.split_once('=').map_or("", |(key, _)| key.trim());
        let parts = key.split_once('.').filter(|(_, part)| LanguageCode::parse(part).is_some());
        let above = lines(self.text, 0).take_while(|line| line.start < range.start);
        let header =
            above.map(|line| &self.text[line]).filter(|line| looks_like_header(line)).last();
        let section = header.map(|header| format!("{}.", header_name(header))).unwrap_or_default();
        let place = parts.map(|(name, part)| (name, format!("[{section}{part}]")));
        let place = place.as_ref().map(|(name, header)| (*name, header.as_str()));
        problems::part_of_value(self.span(range.clone()), self.text[range].trim(), place)
    }

    /// Finds the cause of a parser error in the value of a key. `span` is that of the value and the
    /// rest of its line.
    fn explain_value(
        &self,
        key: &str,
        value: &str,
        span: Span,
        range: Range<usize>,
        message: &str,
    ) -> Diagnostic {
        let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
        let bare = without_comment(value);
        let span = Span { end: span.start + bare.len() as u32, ..span };
        let can_be_several = is_list(key) || is_one_or_more(key);
        let are_several = bare.contains(',') || (is_list(key) && quote.is_none());
        if can_be_several && are_several && !value.starts_with(['[', '{']) {
            return problems::list_without_brackets(span, key, bare);
        }
        if value.starts_with(is_curly_quote) {
            return problems::smart_quotes(span, key, without_marks(bare));
        }
        if let Some(quote) = quote {
            return self.explain_quoted(key, value, quote, span, range, message);
        }
        if let Some(problem) = explain_number(key, bare, span) {
            return problem;
        }
        if let Some(problem) = dates::explain(span, key, bare.trim_end_matches([',', ';'])) {
            return problem;
        }
        if boolean_of(bare).is_some() {
            return problems::invalid_boolean(span, key, bare);
        }
        if bare.starts_with('[') && bare.ends_with("],") {
            return problems::mark_after_value(span, ",");
        }
        if bare.starts_with(['[', '{']) {
            let span = self.span(range.clone());
            return match self.text[range].trim().trim_end_matches([',', ']', '}']) {
                "" => problems::syntax(span),
                word if word.starts_with(is_curly_quote) => {
                    problems::smart_quotes_in_list(span, without_marks(word))
                }
                word => problems::missing_quotes(span, word),
            };
        }
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match bare.strip_suffix(',') {
            Some(text) if is_number(text) => problems::mark_after_value(span, ","),
            _ => problems::missing_quotes(span, bare),
        }
    }

    /// Finds the cause of a parser error in a value that begins with a quotation mark.
    fn explain_quoted(
        &self,
        key: &str,
        value: &str,
        quote: char,
        span: Span,
        range: Range<usize>,
        message: &str,
    ) -> Diagnostic {
        let rest = after_quoted(value, quote);
        let rest = rest.and_then(|rest| rest.split('#').next()).map(str::trim);
        match rest {
            _ if is_address(key)
                && let Some(problem) =
                    problems::path_on_a_computer(span, key, without_marks(value)) =>
            {
                problem
            }
            _ if let Some(range) = self.number_of_character(&range) => {
                problems::no_such_character(self.span(range))
            }
            _ if ["escape", "digits"].iter().any(|word| message.contains(word)) => {
                problems::backslash(self.span(range))
            }
            None if value.ends_with(is_curly_quote) => problems::mismatched_quotes(span, quote),
            None => problems::unclosed_quote(span, quote),
            Some(mark @ ("," | ";" | ".")) => problems::mark_after_value(span, mark),
            Some(rest) if rest.split_once('=').is_some_and(|(key, _)| is_bare_key(key)) => {
                problems::two_on_a_line(span, rest)
            }
            Some(_) if let Some(inner) = in_two_marks(value) => {
                problems::doubled_quotes(span, inner)
            }
            Some(_) => problems::quote_in_text(span),
        }
    }

    /// Returns the range of the `\u…` or `\U…` whose number the parser refuses at `range`. `\Users` has none.
    fn number_of_character(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let start = self.text[..range.end].rfind('\\')?;
        let digits = self.text[start + 1..].strip_prefix(['u', 'U'])?;
        let end = digits.find(|digit: char| !digit.is_ascii_hexdigit()).unwrap_or(digits.len());
        let last = start + 2 + end.min(8);
        (end > 0 && range.start <= last).then_some(start..last)
    }
}

/// Explains a line that begins as a header. Returns `None` if it can be something else.
fn explain_header(line: &str, span: Span) -> Option<Diagnostic> {
    let line = line.trim();
    let header = line.split_inclusive(']').next().filter(|_| line.starts_with('['))?;
    let rest = line[header.len()..].trim();
    if rest.split_once('=').is_some_and(|(key, _)| is_bare_key(key)) {
        return Some(problems::key_after_header(span, header, rest));
    }
    (!line.contains('=')).then(|| problems::broken_header(span, header_name(line)))
}

/// Explains a number that is not written as TOML does, also one in braces.
fn explain_number(key: &str, value: &str, span: Span) -> Option<Diagnostic> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (before, written) = match value.strip_prefix('{') {
        Some(entry) if entry_keys(key).contains(&"value") => {
            let start = entry.find("value")? + "value".len();
            let rest = entry[start..].trim_start().strip_prefix('=')?.trim_start();
            let is_next_key = |(offset, _): &(usize, &str)| {
                let key = rest[offset + 1..].split_once('=').map(|(key, _)| key);
                key.is_some_and(is_bare_key)
            };
            let end = rest.match_indices(',').find(is_next_key).map(|(end, _)| end);
            let end = end.or_else(|| rest.find('}'))?;
            (value.split_once(rest)?.0, rest[..end].trim_end())
        }
        None if is_decimal(key) => ("", value),
        _ => return None,
    };
    if written.strip_suffix(',').is_some_and(is_digits) {
        return None;
    }
    let (number, unit) = problems::number_of(written)?;
    let line = format!("{before}{number}{}", &value[before.len() + written.len()..]);
    is_valid_value(&line)
        .then(|| problems::number_in_other_form(span, written, &format!("{key} = {line}"), unit))
}

/// Returns the text of a value such as `''text''`.
fn in_two_marks(value: &str) -> Option<&str> {
    let marks = ["''", "\"\""];
    let inner = marks.iter().find_map(|mark| value.strip_prefix(mark)?.strip_suffix(mark))?;
    (!inner.trim().is_empty()).then_some(inner)
}

/// Splits a line that begins with a key of the format, but lacks `=`.
fn key_without_equals(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.trim().split_once([' ', '\t'])?;
    let value = without_comment(value.trim());
    let is_value = value.starts_with(['"', '\'', '[', '{']) || !value.contains(' ');
    (is_value && is_known_key(key)).then_some((key, value))
}

/// Splits a line that begins with a key and a colon. Other words are a key only if a value in marks or
/// brackets follows them.
fn at_colon(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let (key, value) = (key.trim(), without_comment(value.trim()));
    let is_value = value.starts_with(is_mark) || value.starts_with(['[', '{']);
    (is_known_key(key) || (is_bare_key(key) && is_value)).then_some((key, value))
}

/// Whether a line consists of words and has no key, not even one with a mistake.
fn has_no_key(line: &str) -> bool {
    let words = line.trim();
    !words.starts_with(['#', '[', '-'])
        && !words.contains('=')
        && words.contains(' ')
        && at_colon(words).is_none()
        && key_without_equals(words).is_none()
        && odd_space(words).is_none()
}

/// Whether the parser stops at an error with this message and reports nothing in the lines below.
fn stops_parser(message: &str) -> bool {
    ["key with no value", "invalid unquoted key", "unclosed table", "unclosed array table"]
        .iter()
        .any(|prefix| message.starts_with(prefix))
}

/// Finds the first text of several lines, list or inline table after `start` that is never closed.
fn find_unclosed(text: &str, start: usize) -> Option<Unclosed> {
    let mut open_lists: Vec<usize> = Vec::new();
    let mut offset = start;
    let mut at_line_start = true;
    while offset < text.len() {
        let rest = &text[offset..];
        if at_line_start
            && let Some(&list) = open_lists.last()
            && shows_unclosed(text.as_bytes()[list], rest)
        {
            let opening = list..list + 1;
            return Some(Unclosed { opening, resume: offset, is_text: false });
        }
        at_line_start = rest.starts_with('\n');
        if let Some(mark) = LONG_MARKS.into_iter().find(|mark| rest.starts_with(mark)) {
            match end_of_text(text, offset, mark) {
                EndOfText::Closed(end) => offset = end,
                EndOfText::Open(resume) => {
                    let opening = offset..offset + mark.len();
                    return Some(Unclosed { opening, resume, is_text: true });
                }
            }
            continue;
        }
        match rest.as_bytes()[0] {
            b'[' | b'{' if !open_lists.is_empty() || is_after_equals(text, offset) => {
                open_lists.push(offset);
            }
            b']' | b'}' => {
                open_lists.pop();
            }
            _ => {}
        }
        offset += length_to_skip(rest);
    }
    let last = open_lists.last().copied()?;
    Some(Unclosed { opening: last..last + 1, resume: text.len(), is_text: false })
}

/// Whether a line shows that a bracket above it was never closed. Braces may contain keys on
/// separate lines (TOML 1.1), so only a header shows it for them.
fn shows_unclosed(bracket: u8, line: &str) -> bool {
    if bracket == b'{' { looks_like_header(line) } else { looks_like_key_or_header(line) }
}

/// Whether the bracket at `offset` starts a value: it follows `=` on its line.
fn is_after_equals(text: &str, offset: usize) -> bool {
    text[line_start(text, offset)..offset].trim_end().ends_with('=')
}

/// Returns the first character outside quotation marks that is invisible or white space but not ASCII,
/// with its offset.
fn odd_space(line: &str) -> Option<(usize, char)> {
    let mut quote = None;
    for (offset, character) in line.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            None if matches!(character, '"' | '\'') => quote = Some(character),
            None if !character.is_ascii()
                && (character.is_whitespace() || problems::words::is_invisible(character)) =>
            {
                return Some((offset, character));
            }
            _ => {}
        }
    }
    None
}

/// Returns a text with each run of white space and invisible characters as one space, and none around it.
fn words_of(text: &str) -> String {
    let is_space = |letter: char| letter == ' ' || problems::words::is_invisible(letter);
    text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
