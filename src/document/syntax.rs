//! What is wrong with a file that does not follow TOML, in the words of somebody who edits it.
//!
//! The parser tells where it lost its way, often far from the mistake and several times for one.
//! Here each of its complaints is traced back to the mistake: at most one to a line, and an unclosed
//! text or list is named where it was opened. After such a one the reading begins again at the next
//! line that looks like a key, so that what comes later is told as well.

use std::ops::Range;

use toml::de::DeTable;

use crate::diagnostic::Diagnostic;
use crate::model::PartialDate;
use crate::problems;
use crate::source::{SourceId, Span};

/// Every syntax mistake of a text, in no order. `offset` is where the text begins in its file.
pub(super) fn faults(source: SourceId, text: &str, offset: usize) -> Vec<Diagnostic> {
    let scanner = Scanner { source, text, offset };
    if let Some(conflicts) = scanner.merge_conflicts() {
        return conflicts;
    }
    let mut found = scanner.control_characters();
    if found.is_empty() {
        let mut start = Some(0);
        for _ in 0..MAX_PASSES {
            start = start.and_then(|start| scanner.diagnose(start, &mut found));
        }
    }
    found
}

/// How often the reading of a file begins again: each time costs as much as the first.
const MAX_PASSES: usize = 25;

/// After so many mistakes the rest of a file is not read.
const MAX_PROBLEMS: usize = 100;

struct Scanner<'t> {
    source: SourceId,
    text: &'t str,
    offset: usize,
}

/// A text or bracket that is opened, and where the file shows that it was never closed.
struct Unclosed {
    opened: Range<usize>,
    /// Where the reading can begin again.
    resume: usize,
    is_text: bool,
}

impl Scanner<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source, range.start + self.offset..range.end + self.offset)
    }

    /// The marks that git leaves where two people changed the same lines. Nothing else in such a
    /// file is anybody's mistake.
    fn merge_conflicts(&self) -> Option<Vec<Diagnostic>> {
        let mut conflicts = Vec::new();
        let mut opened = None;
        for line in lines(self.text, 0) {
            let words = &self.text[line.clone()];
            if words.starts_with("<<<<<<< ") {
                opened = Some(line.clone());
                conflicts.push((line, None));
            } else if words.starts_with(">>>>>>> ") {
                match (opened.take(), conflicts.last_mut()) {
                    (Some(_), Some((_, end))) => *end = Some(line),
                    _ => conflicts.push((line, None)),
                }
            }
        }
        let problem = |(start, end): (Range<usize>, Option<Range<usize>>)| {
            let end = end.map(|end| self.span(end));
            problems::merge_conflict(self.span(start), end)
        };
        (!conflicts.is_empty()).then(|| conflicts.into_iter().map(problem).collect())
    }

    /// Characters that no text has: one report for a line.
    fn control_characters(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut last_line = None;
        for (at, character) in self.text.char_indices() {
            let is_line_end = character == '\r' && self.text[at + 1..].starts_with('\n');
            if !character.is_ascii_control() || matches!(character, '\n' | '\t') || is_line_end {
                continue;
            }
            if character == '\r' {
                let at = self.span(at..at + 1);
                return vec![problems::old_line_ends(at)];
            }
            let line = line_start(self.text, at);
            if last_line.replace(line) != Some(line) {
                found.push(problems::control_character(self.span(at..at + 1), character));
            }
        }
        found
    }

    /// The mistakes from `start` on, and where the reading can begin again after the last of them.
    fn diagnose(&self, start: usize, found: &mut Vec<Diagnostic>) -> Option<usize> {
        let (_, errors) = DeTable::parse_recoverable(&self.text[start..]);
        let mut errors: Vec<(Range<usize>, &str)> = errors
            .iter()
            .map(|error| {
                let range = error.span().unwrap_or(0..0);
                (range.start + start..range.end + start, error.message())
            })
            .collect();
        errors.sort_by_key(|(range, _)| range.start);
        if errors.is_empty() {
            return None;
        }
        let unclosed = find_unclosed(self.text, start);
        let end = unclosed.as_ref().map_or(usize::MAX, |unclosed| unclosed.opened.start);
        let mut last_line = None;
        for (at, (range, said)) in errors.iter().enumerate() {
            let line = self.line_of(range, said);
            if line.end >= end || last_line.replace(line.start) == Some(line.start) {
                continue;
            }
            found.push(self.explain(line.clone(), range.clone(), said));
            if said.contains("recurse") || found.len() >= MAX_PROBLEMS {
                return None;
            }
            let same_line = errors[at..].iter().take_while(|(range, _)| range.start <= line.end);
            if same_line.into_iter().any(|(_, said)| ends_the_reading(said)) {
                return self.text[line.end..].find('\n').map(|end| line.end + end + 1);
            }
        }
        let Unclosed { opened, resume, is_text } = unclosed?;
        let at = self.span(opened.clone());
        let mark = &self.text[opened];
        found.push(match is_text {
            true => problems::unclosed_text(at, mark),
            false => problems::unclosed_list(at, mark),
        });
        (resume < self.text.len()).then_some(resume)
    }

    /// The line that a complaint is about. The parser points behind a line's end for a few.
    fn line_of(&self, range: &Range<usize>, said: &str) -> Range<usize> {
        let at_line_start = range.is_empty() && line_start(self.text, range.start) == range.start;
        let is_before = at_line_start && range.start > 0 && !said.contains("empty");
        line_at(self.text, range.start - usize::from(is_before))
    }

    /// One complaint of the parser, traced back to a mistake in its line.
    fn explain(&self, line: Range<usize>, range: Range<usize>, said: &str) -> Diagnostic {
        let words = &self.text[line.clone()];
        let part = |part: &str| {
            let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
            self.span(start..start + part.len())
        };
        let whole = part(words.trim());
        if said == "duplicate key" {
            let first = self.first_of(&line, &self.text[range.clone()]);
            let problem = problems::duplicate_key(self.span(range.clone()), &self.text[range]);
            return match first {
                Some(first) => problem.see(self.span(first), "first used here"),
                None => problem,
            };
        }
        if said.contains("recurse") {
            return problems::nested_too_deep(self.span(range));
        }
        if let Some(space) = odd_space(words) {
            let from = line.start + space.start;
            return problems::odd_space(self.span(from..line.start + space.end));
        }
        if words.trim_start().starts_with('[') && !words.contains('=') {
            return problems::broken_header(whole);
        }
        let Some((key, value)) = words.split_once('=') else {
            return match words.split_once(':') {
                Some((key, value)) if is_word(key) => problems::colon(whole, key, value.trim()),
                _ if words.trim_start().starts_with("- ") => problems::dashed_list(whole),
                _ if said.starts_with("missing comma") => problems::missing_comma(self.span(range)),
                _ if is_word(words) => problems::missing_value(whole, words.trim()),
                _ => problems::no_key(whole),
            };
        };
        let (key, value) = (key.trim(), value.trim());
        if let Some((key, value)) = words.split_once(':')
            && is_word(key)
        {
            return problems::colon(whole, key, value.trim());
        }
        if key.is_empty() || (!key.contains(['[', '"', '\'', '{']) && !key.split('.').all(is_word))
        {
            return problems::odd_key(part(key), key);
        }
        if value.is_empty() || value.starts_with('#') {
            return problems::missing_value(whole, key);
        }
        if said.starts_with("missing comma") {
            return problems::missing_comma(self.span(range));
        }
        self.explain_value(key, value, part(value), range, said)
    }

    fn explain_value(
        &self,
        key: &str,
        value: &str,
        at: Span,
        range: Range<usize>,
        said: &str,
    ) -> Diagnostic {
        let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
        if value.starts_with(is_printers_quote) {
            let inner = value.trim_matches(|it: char| is_printers_quote(it) || it == '"');
            return problems::smart_quotes(at, key, inner);
        }
        if let Some(quote) = quote {
            let rest = after_quoted(value, quote);
            let rest = rest.and_then(|rest| rest.split('#').next()).map(str::trim);
            return match rest {
                _ if said.contains("escape") => problems::backslash(self.span(range)),
                None if value.ends_with(is_printers_quote) => problems::curved_end(at, quote),
                None => problems::unclosed_quote(at, quote),
                Some(",") => problems::trailing_comma(at),
                Some(rest) if rest.split_once('=').is_some_and(|(key, _)| is_word(key)) => {
                    problems::two_on_a_line(at, rest)
                }
                Some(_) => problems::quote_in_text(at),
            };
        }
        let bare = value.split('#').next().unwrap_or_default().trim();
        let at = Span { end: at.start + bare.len() as u32, ..at };
        if let Some(date) = as_date(bare) {
            return match date {
                DateGuess::Reordered(date) => problems::other_date(at, bare, &date.to_string()),
                DateGuess::Unquoted => problems::unquoted_date(at, key, bare),
                DateGuess::Impossible => problems::impossible_date(at, bare),
            };
        }
        if matches!(bare.to_lowercase().as_str(), "true" | "false" | "yes" | "no") {
            return problems::capital_truth(at, bare);
        }
        if bare.starts_with('[') && bare.ends_with("],") {
            return problems::trailing_comma(at);
        }
        if bare.starts_with(['[', '{']) {
            let at = self.span(range.clone());
            return match self.text[range].trim().trim_end_matches([',', ']', '}']) {
                "" => problems::syntax(at),
                word if word.starts_with(is_printers_quote) => {
                    let inner = word.trim_matches(is_printers_quote);
                    problems::smart_quotes_in_list(at, inner)
                }
                word => problems::missing_quotes(at, word),
            };
        }
        match bare.strip_suffix(',') {
            Some(number) if number.bytes().all(|it| it.is_ascii_digit()) => {
                problems::trailing_comma(at)
            }
            _ => problems::missing_quotes(at, bare),
        }
    }

    /// Where a key or header that stands twice stands first.
    fn first_of(&self, second: &Range<usize>, key: &str) -> Option<Range<usize>> {
        let is_header = self.text[second.clone()].trim_start().starts_with('[');
        let mut first = None;
        for line in lines(self.text, 0).take_while(|line| line.start < second.start) {
            let words = self.text[line.clone()].trim();
            if !is_header && words.starts_with('[') {
                first = None;
            }
            let names_it = match words.strip_prefix('[') {
                Some(header) => is_header && header.trim_matches(['[', ']']) == key,
                None => words.split_once('=').is_some_and(|(name, _)| name.trim() == key),
            };
            if names_it && first.is_none() {
                let start = line.start + self.text[line].find(key).unwrap_or_default();
                first = Some(start..start + key.len());
            }
        }
        first
    }
}

/// Whether the parser looks at no value any more after it has said this.
fn ends_the_reading(said: &str) -> bool {
    ["key with no value", "invalid unquoted key", "unclosed table", "unclosed array table"]
        .iter()
        .any(|beginning| said.starts_with(beginning))
}

/// Looks for the first text of several lines, or list, that is never closed.
fn find_unclosed(text: &str, from: usize) -> Option<Unclosed> {
    let mut open_lists: Vec<usize> = Vec::new();
    let mut at = from;
    let mut at_line_start = true;
    while at < text.len() {
        let rest = &text[at..];
        if at_line_start
            && let Some(&list) = open_lists.last()
            && shows_unclosed(text.as_bytes()[list], rest)
        {
            let opened = list..list + 1;
            return Some(Unclosed { opened, resume: at, is_text: false });
        }
        at_line_start = rest.starts_with('\n');
        let mark = ["'''", "\"\"\""].into_iter().find(|mark| rest.starts_with(mark));
        if let Some(mark) = mark {
            let inside = at + 3;
            let closed = text[inside..].find(mark).map(|end| inside + end);
            let content = &text[inside..closed.unwrap_or(text.len())];
            let opens_the_next = content.lines().last().is_some_and(|line| {
                content.contains('\n') && line.trim_end().strip_suffix('=').is_some_and(is_word)
            });
            if closed.is_none() || opens_the_next {
                let resume = lines(text, inside)
                    .skip(1)
                    .find(|line| looks_like_key_or_header(&text[line.clone()]))
                    .map_or(text.len(), |line| line.start);
                return Some(Unclosed { opened: at..inside, resume, is_text: true });
            }
            at = closed.map_or(text.len(), |end| end + 3);
            // A text may end in one or two quotes of its own.
            at += text[at..].bytes().take(2).take_while(|it| *it == mark.as_bytes()[0]).count();
            continue;
        }
        match rest.as_bytes()[0] {
            quote @ (b'"' | b'\'') => {
                let line_end = rest.find('\n').unwrap_or(rest.len());
                let line = &rest[..line_end];
                let length = after_quoted(line, char::from(quote))
                    .map_or(line, |after| &line[..line.len() - after.len()]);
                at += length.len();
                continue;
            }
            b'#' => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            b'[' | b'{' if !open_lists.is_empty() || is_after_equals(text, at) => {
                open_lists.push(at);
            }
            b']' | b'}' => {
                open_lists.pop();
            }
            _ => {}
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    let last = open_lists.last().copied()?;
    Some(Unclosed { opened: last..last + 1, resume: text.len(), is_text: false })
}

/// Whether the line that starts here shows that a bracket before it was never closed. In braces, keys
/// may be on lines of their own (TOML 1.1), so that only a header shows it.
fn shows_unclosed(bracket: u8, line: &str) -> bool {
    if bracket == b'{' { looks_like_header(line) } else { looks_like_key_or_header(line) }
}

/// Whether a bracket begins a value: after `=` on its line.
fn is_after_equals(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].trim_end().ends_with('=')
}

/// Whether a line starts like `key =` or `[header]`.
fn looks_like_key_or_header(line: &str) -> bool {
    let line = first_line(line);
    let is_key = line.split_once('=').is_some_and(|(key, _)| is_word(key));
    looks_like_header(line) || (is_key && !line.starts_with(' '))
}

/// Whether a line starts like `[header]`.
fn looks_like_header(line: &str) -> bool {
    let line = first_line(line);
    let header = line.trim_start_matches('[').trim_end_matches(']');
    line.starts_with('[') && line.ends_with(']') && header.split('.').all(is_word)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_end()
}

/// What follows a text in quotes on its line; `None` if the quote is never closed there.
fn after_quoted(value: &str, quote: char) -> Option<&str> {
    let mut escaped = false;
    for (at, character) in value.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' && quote == '"' {
            escaped = true;
        } else if character == quote {
            return Some(&value[at + 1..]);
        }
    }
    None
}

/// The first space in a line that is no plain space and stands outside of quotes.
fn odd_space(line: &str) -> Option<Range<usize>> {
    let mut quote = None;
    for (at, character) in line.char_indices() {
        match quote {
            Some(open) if character == open => quote = None,
            None if matches!(character, '"' | '\'') => quote = Some(character),
            None if !character.is_ascii()
                && (character.is_whitespace() || problems::words::is_invisible(character)) =>
            {
                return Some(at..at + character.len_utf8());
            }
            _ => {}
        }
    }
    None
}

fn is_printers_quote(character: char) -> bool {
    matches!(character, '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›' | '″' | '`')
}

/// Whether a text is a bare key of TOML.
fn is_word(text: &str) -> bool {
    let text = text.trim();
    let is_part = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-');
    !text.is_empty() && text.bytes().all(is_part)
}

/// A value that looks like a date and cannot be read as one.
pub(super) enum DateGuess {
    /// Day or month first; this is what it means.
    Reordered(PartialDate),
    /// A sound date that TOML wants in quotes.
    Unquoted,
    /// No such day exists.
    Impossible,
}

pub(super) fn as_date(value: &str) -> Option<DateGuess> {
    let numbers: Vec<&str> = value.trim_end_matches('.').split(['.', '-', '/']).collect();
    let are_numbers =
        numbers.iter().all(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()));
    if !are_numbers || !matches!(numbers.len(), 2 | 3) {
        return None;
    }
    if PartialDate::parse(value).is_some() {
        return Some(DateGuess::Unquoted);
    }
    let in_order = |parts: &[&str]| {
        let parts: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
        PartialDate::parse(&parts.join("-"))
    };
    let reversed: Vec<&str> = numbers.iter().rev().copied().collect();
    let month_first: Vec<&str> = match numbers.as_slice() {
        [month, day, year] => vec![year, month, day],
        _ => Vec::new(),
    };
    match in_order(&reversed).or_else(|| in_order(&numbers)).or_else(|| in_order(&month_first)) {
        Some(date) => Some(DateGuess::Reordered(date)),
        None if numbers[0].len() == 4 || numbers[numbers.len() - 1].len() == 4 => {
            Some(DateGuess::Impossible)
        }
        None => None,
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The line around a place, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at);
    let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    start..start + text[start..end].trim_end_matches('\r').len()
}

/// The lines of a text from a place on, without their ends; the first from that place itself.
fn lines(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    let mut start = from;
    text[from..].split_inclusive('\n').map(move |line| {
        let begins = start;
        start += line.len();
        begins..begins + line.trim_end_matches(['\n', '\r']).len()
    })
}
