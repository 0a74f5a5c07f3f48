//! A text as lines whose beginnings can be replaced before the Markdown parser reads them.
//!
//! Everything after the replaced beginning of a line is the editor's text, so a position in the
//! parsed text has a position in the file. This module does not know what a beginning means.

use std::borrow::Cow;
use std::ops::Range;

/// The characters that end a line: those of CommonMark (0.31, 2.1), and Unicode's line and paragraph
/// separators, which Word writes for manual line breaks.
const LINE_ENDS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// The lines of a text.
pub(super) struct Lines<'t> {
    text: &'t str,
    lines: Vec<Line>,
}

struct Line {
    /// The offset in the text at which the line starts.
    start: usize,
    /// What replaces the text from `start` to the start of `rest`.
    beginning: String,
    /// The number of bytes at the start of `beginning` that are as in the text.
    equal: usize,
    /// The range in the text of the part that is unchanged.
    rest: Range<usize>,
    ending: &'static str,
}

impl<'t> Lines<'t> {
    /// Splits a text. Special spaces before the first word of a line become plain ones, because only
    /// plain ones are indentation in Markdown.
    pub(super) fn new(text: &'t str) -> Self {
        let mut lines = Lines { text, lines: Vec::new() };
        let mut start = 0;
        // Nearly every text has only line feeds, which are faster to find.
        let has_others = LINE_ENDS[1..].iter().any(|mark| text.contains(*mark));
        let line_ends = if has_others { LINE_ENDS.as_slice() } else { &LINE_ENDS[..1] };
        let find_end = |rest: &str| match line_ends {
            [one] => rest.find(*one),
            all => rest.find(all),
        };
        while let Some(length) = find_end(&text[start..]) {
            let end = start + length;
            let mark = &text[end..];
            let mark_length = if mark.starts_with("\r\n") {
                2
            } else {
                mark.chars().next().map_or(0, char::len_utf8)
            };
            // Two spaces at the end of a line are a line break within a paragraph.
            let ending = if mark.starts_with('\u{2028}') { "  \n" } else { "\n" };
            lines.push(start..end, ending);
            if mark.starts_with('\u{2029}') {
                lines.push(end..end, "\n");
            }
            start = end + mark_length;
        }
        lines.push(start..text.len(), "");
        lines
    }

    fn push(&mut self, range: Range<usize>, ending: &'static str) {
        let line = &self.text[range.clone()];
        let indentation = line.len() - line.trim_start_matches(is_space).len();
        let spaces = &line[..indentation];
        self.lines.push(match spaces.is_ascii() {
            true => {
                Line { start: range.start, beginning: String::new(), equal: 0, rest: range, ending }
            }
            false => Line {
                start: range.start,
                beginning: spaces.chars().filter_map(plain_space).collect(),
                equal: 0,
                rest: range.start + indentation..range.end,
                ending,
            },
        });
    }

    /// Returns the text as the editor wrote it.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns a line as the parser gets it.
    pub(super) fn get(&self, index: usize) -> Cow<'t, str> {
        let line = &self.lines[index];
        let rest = &self.text[line.rest.clone()];
        match line.beginning.as_str() {
            "" => Cow::Borrowed(rest),
            beginning => Cow::Owned([beginning, rest].concat()),
        }
    }

    /// Returns the text that the parser gets.
    pub(super) fn to_markdown(&self) -> String {
        let mut markdown = String::with_capacity(self.text.len() + self.lines.len());
        for line in &self.lines {
            markdown.push_str(&line.beginning);
            markdown.push_str(&self.text[line.rest.clone()]);
            markdown.push_str(line.ending);
        }
        markdown
    }

    /// Replaces the first `length` bytes of a line, as the parser gets it.
    pub(super) fn replace_beginning(&mut self, index: usize, length: usize, beginning: &str) {
        let line = &mut self.lines[index];
        let replaced = length.min(line.beginning.len());
        line.rest.start += length - replaced;
        line.beginning.replace_range(..replaced, beginning);
        let written = &self.text[line.start..line.rest.start];
        let is_equal = |(new, old): &(u8, u8)| new == old;
        line.equal = line.beginning.bytes().zip(written.bytes()).take_while(is_equal).count();
    }

    /// Returns the offset in the text of a byte of a line, as the parser gets it. What replaces
    /// other text has the offset of about that text.
    pub(super) fn offset(&self, index: usize, column: usize) -> usize {
        let line = &self.lines[index.min(self.lines.len() - 1)];
        let offset = match column < line.equal {
            true => line.start + column,
            false => (line.rest.start + column).saturating_sub(line.beginning.len()),
        };
        self.text.floor_char_boundary(offset.clamp(line.start, self.text.len()))
    }

    /// Iterates over the parts of the text that are not replaced, one for each line.
    pub(super) fn unchanged(&self) -> impl Iterator<Item = Range<usize>> {
        self.lines.iter().map(|line| line.rest.clone())
    }
}

/// Whether a character at the start of a line is white space, or has no width.
fn is_space(character: char) -> bool {
    character.is_whitespace() || is_zero_width(character)
}

fn is_zero_width(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn plain_space(character: char) -> Option<char> {
    match character {
        '\t' => Some('\t'),
        character => (!is_zero_width(character)).then_some(' '),
    }
}
