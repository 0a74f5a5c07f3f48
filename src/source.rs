//! The text of every file of a site, and spans that point into it.
//!
//! [`Sources`] contains each file by its path relative to the site folder. A [`Span`] is a byte
//! range in one file; line and column are computed only when a problem is printed. This module does
//! not read from the disk and does not know TOML or Markdown.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Identifies one text file of a [`Sources`]. Ids are numbered in path order, so they sort as the
/// paths do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// One text file of the site.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path relative to the site folder, separated by `/`.
    pub path: String,
    /// The whole text. It includes the byte-order mark, and its line endings are those of the file.
    pub text: SharedText,
    /// Whether the file could be decoded as text. If it could not, a problem is already reported
    /// and points into `text`, which must not be parsed.
    pub is_readable: bool,
}

/// A text, or a part of one, that shares its memory with all of its copies. A string from a TOML
/// file therefore takes no memory beyond that of the file.
#[derive(Clone)]
pub struct SharedText {
    whole: Arc<str>,
    start: u32,
    end: u32,
}

impl SharedText {
    /// Returns the part in a byte range, without copying the text.
    pub fn part(&self, range: Range<usize>) -> Self {
        let start = self.start as usize + range.start;
        let end = self.start as usize + range.end;
        SharedText { whole: Arc::clone(&self.whole), start: start as u32, end: end as u32 }
    }
}

impl From<&str> for SharedText {
    fn from(text: &str) -> Self {
        SharedText { whole: text.into(), start: 0, end: text.len() as u32 }
    }
}

impl std::ops::Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.whole[self.start as usize..self.end as usize]
    }
}

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for SharedText {}

impl fmt::Debug for SharedText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(out)
    }
}

/// A file that Milepost never reads as text. Those in `content/files/` and `content/root/` are published
/// unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The path relative to the site folder, separated by `/`.
    pub path: String,
    /// The size in bytes.
    pub size: u64,
}

/// Every file of a site, sorted by path.
#[derive(Debug, Default)]
pub struct Sources {
    texts: Vec<Arc<Source>>,
    attachments: Vec<Attachment>,
    /// By path.
    contents: BTreeMap<String, Arc<[u8]>>,
}

impl Sources {
    /// Sorts the files by path, so that the order in which the disk lists them has no effect.
    pub fn new(mut texts: Vec<Arc<Source>>, mut attachments: Vec<Attachment>) -> Self {
        texts.sort_by(|a, b| a.path.cmp(&b.path));
        attachments.sort_by(|a, b| a.path.cmp(&b.path));
        Sources { texts, attachments, contents: BTreeMap::new() }
    }

    /// Adds the contents of the attachments that Milepost itself uses, by their paths: the logo and the
    /// fonts.
    pub fn with_contents(self, contents: BTreeMap<String, Arc<[u8]>>) -> Self {
        Sources { contents, ..self }
    }

    /// Returns the site with more texts, whose paths must be free.
    pub fn with_added(&self, added: impl IntoIterator<Item = Arc<Source>>) -> Self {
        let texts = self.texts.iter().cloned().chain(added).collect();
        Sources::new(texts, self.attachments.clone()).with_contents(self.contents.clone())
    }

    /// Returns the same site with other texts at some of its paths.
    pub fn with_texts(&self, mut changed: BTreeMap<&str, &str>) -> Self {
        let texts = self.texts.iter().map(|old| match changed.remove(old.path.as_str()) {
            Some(text) => {
                let (path, is_readable) = (old.path.clone(), old.is_readable);
                Arc::new(Source { path, text: text.into(), is_readable })
            }
            None => Arc::clone(old),
        });
        let texts = texts.collect();
        let (attachments, contents) = (self.attachments.clone(), self.contents.clone());
        Sources { texts, attachments, contents }
    }

    /// Returns the paths of the texts that changed since `earlier`, or `None` if a text was added
    /// or removed, or if any attachment changed.
    pub fn changed_since(&self, earlier: &Sources) -> Option<Vec<&str>> {
        if self.texts.len() != earlier.texts.len()
            || self.attachments != earlier.attachments
            || self.contents != earlier.contents
        {
            return None;
        }
        let mut changed = Vec::new();
        for (new, old) in self.texts.iter().zip(&earlier.texts) {
            if new.path != old.path {
                return None;
            }
            if new != old {
                changed.push(new.path.as_str());
            }
        }
        Some(changed)
    }

    /// Iterates over the texts and their ids, in path order.
    pub fn texts(&self) -> impl Iterator<Item = (SourceId, &Arc<Source>)> {
        (0..).map(SourceId).zip(&self.texts)
    }

    /// Returns the files that are not read as text, in path order.
    pub fn attachments(&self) -> &[Attachment] {
        &self.attachments
    }

    /// Returns the bytes of an attachment that Milepost itself uses.
    pub fn content(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.contents.get(path)
    }

    /// Returns the text file at `path`, or `None` if the site has no such file.
    pub fn find(&self, path: &str) -> Option<(SourceId, &Arc<Source>)> {
        let order = |source: &Arc<Source>| source.path.as_str().cmp(path);
        let index = self.texts.binary_search_by(order).ok()?;
        Some((SourceId(index as u32), &self.texts[index]))
    }

    /// Returns the file that `id` identifies. `id` must come from the same `Sources`.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.texts[id.0 as usize]
    }

    /// Returns the text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        &self.get(span.source).text[span.start as usize..span.end as usize]
    }

    /// Returns the line and column at which a span starts.
    pub fn position(&self, span: Span) -> Position {
        self.get(span.source).position(span.start as usize)
    }
}

impl Source {
    /// Returns the line and column of a byte offset. A byte-order mark takes no column.
    pub fn position(&self, offset: usize) -> Position {
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = line_number(&self.text, offset);
        let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
        Position { line, column }
    }
}

/// Returns the number of the line of a byte offset in a text. The first line is 1.
pub fn line_number(text: &str, offset: usize) -> usize {
    text[..offset].bytes().filter(|&byte| byte == b'\n').count() + 1
}

/// A line and a column, as text editors count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line number. The first line is 1.
    pub line: usize,
    /// The column in characters. The first column is 1.
    pub column: usize,
}

/// A range of bytes in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

impl Span {
    /// A range of bytes in a file.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Span { source, start: range.start as u32, end: range.end as u32 }
    }

    /// Returns the byte range in the file.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and the span that it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Converts the value and keeps the span.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: convert(self.value), span: self.span }
    }
}

/// A text from a file with its span: a title, a paragraph or a whole article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The text without quotation marks and with escape sequences replaced.
    pub text: SharedText,
    /// The span of the whole value, including quotation marks.
    pub span: Span,
    /// Whether `text` is a part of the file. A text with escape sequences is not, so a problem in
    /// it points to the whole value.
    pub is_verbatim: bool,
}

impl Passage {
    /// Returns the span of the first line, for a problem that concerns the whole text.
    pub fn first_line(&self) -> Span {
        match self.text.split_once('\n') {
            Some((line, _)) if self.is_verbatim => self.span_of(0..line.trim_end().len()),
            _ => self.span,
        }
    }

    /// Returns the span of a byte range of the text, or of the whole value if the text is not
    /// verbatim.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        if !self.is_verbatim {
            return self.span;
        }
        let start = self.text.start as usize;
        Span::new(self.span.source, start + range.start..start + range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters_and_a_byte_order_mark_takes_none() {
        let source = Source {
            path: "a".into(),
            text: "\u{feff}Өө = 1\r\nү = 2\r\n".into(),
            is_readable: true,
        };
        let position_of = |part: &str| source.position(source.text.find(part).unwrap());
        assert_eq!(position_of("Өө"), Position { line: 1, column: 1 });
        assert_eq!(position_of("= 1"), Position { line: 1, column: 4 });
        assert_eq!(position_of("= 2"), Position { line: 2, column: 3 });
    }

    #[test]
    fn a_range_of_an_escaped_text_spans_the_whole_value() {
        let text = SharedText::from("a = \"plain words\"");
        let sources = Sources::new(
            vec![Arc::new(Source { path: "a".into(), text: text.clone(), is_readable: true })],
            vec![],
        );
        let (id, _) = sources.texts().next().unwrap();
        let span = Span::new(id, 4..17);
        let verbatim = Passage { text: text.part(5..16), span, is_verbatim: true };
        let escaped = Passage { text: "plain words".into(), span, is_verbatim: false };
        assert_eq!(verbatim.text, escaped.text);
        assert_eq!(verbatim.span_of(6..11), Span::new(id, 11..16));
        assert_eq!(escaped.span_of(6..11), span);
    }
}
