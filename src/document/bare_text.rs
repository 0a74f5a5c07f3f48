//! Finds texts and lists of several lines that have no marks around them, as people write them who know
//! other formats:
//!
//! ```text
//! results =
//! - The law was drafted.
//! - The law was discussed.
//! ```

use std::ops::Range;

use super::lines::{is_word, lines, looks_like_key_or_header};
use crate::diagnostic::Diagnostic;
use crate::format::is_list;
use crate::problems;
use crate::source::{Span, line_number};

/// A key without a value, and the lines below it that are meant as its value.
pub(super) struct BareBlock {
    /// The range of the line with the key.
    pub key: Range<usize>,
    /// The range of the lines below it.
    pub lines: Range<usize>,
}

const MARKS: [&str; 2] = ["'''", "\"\"\""];

/// Returns the keys without a value that lines follow which are neither keys nor headers.
pub(super) fn bare_blocks(text: &str) -> Vec<BareBlock> {
    let mut blocks = Vec::new();
    let mut is_in_text = false;
    let mut rest = lines(text, 0).peekable();
    while let Some(key) = rest.next() {
        let line = &text[key.clone()];
        if MARKS.iter().any(|mark| line.matches(mark).count() % 2 == 1) {
            is_in_text = !is_in_text;
        }
        let has_no_value = line.trim_end().strip_suffix('=').is_some_and(is_word);
        if is_in_text || !has_no_value {
            continue;
        }
        let mut end = None;
        let is_text = |line: &Range<usize>| !looks_like_key_or_header(&text[line.clone()]);
        while let Some(line) = rest.next_if(is_text) {
            let content = text[line.clone()].trim_end();
            if !content.is_empty() {
                end = Some(line.end);
            }
            if MARKS.iter().any(|mark| content.ends_with(mark)) {
                break;
            }
        }
        if let Some(end) = end {
            blocks.push(BareBlock { lines: key.end..end, key });
        }
    }
    blocks
}

impl BareBlock {
    pub(super) fn explain(&self, text: &str, span: Span) -> Diagnostic {
        let key = text[self.key.clone()].trim_end().trim_end_matches('=').trim();
        let value = text[self.lines.clone()].trim();
        let items = value.lines().map(|line| line.trim().strip_prefix("- "));
        if let Some(items) = items.collect::<Option<Vec<&str>>>().filter(|_| is_list(key)) {
            let names: Vec<&str> =
                items.iter().map(|item| item.trim().trim_matches(['"', '\''])).collect();
            return problems::list_of_lines(span, key, &names);
        }
        let is_closed = MARKS.iter().any(|mark| value.ends_with(mark));
        let last = (!is_closed).then(|| line_number(text, self.lines.end));
        problems::text_without_marks(span, key, line_number(text, self.key.start), last)
    }
}
