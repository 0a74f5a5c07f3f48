//! What stands in the files of a site, and where.
//!
//! A [`Sources`] holds the text of every file by its path below the site folder; a [`Span`] points
//! into one of them, and line and column are worked out only when somebody has to be told.
//! This module knows nothing of the file system, of TOML or of Markdown.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// One file of a [`Sources`]. Ids count up in path order, so that they sort as paths do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// One text file of the site.
#[derive(Debug)]
pub struct Source {
    /// The path below the site folder, with `/` between its parts.
    pub path: String,
    /// The whole text, byte-order mark and line ends as they are in the file.
    pub text: SharedText,
    /// Whether the file is text at all. If not, `text` is there to be pointed at and not to be
    /// read, and the fault has been reported.
    pub is_readable: bool,
}

/// A text that is kept once, however many hold it or a part of it: what a site says stands in memory as
/// often as in its files.
#[derive(Clone)]
pub struct SharedText {
    whole: Arc<str>,
    start: u32,
    end: u32,
}

impl SharedText {
    /// A part of it, by its bytes.
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

/// A file that is published or ignored as it is, and never read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The path below the site folder, with `/` between its parts.
    pub path: String,
    /// The size in bytes.
    pub size: u64,
}

/// Every file of a site, sorted by path.
#[derive(Debug, Default)]
pub struct Sources {
    texts: Vec<Arc<Source>>,
    attachments: Vec<Attachment>,
}

impl Sources {
    /// Sorts the files by path; their order on the disk means nothing.
    pub fn new(mut texts: Vec<Arc<Source>>, mut attachments: Vec<Attachment>) -> Self {
        texts.sort_by(|a, b| a.path.cmp(&b.path));
        attachments.sort_by(|a, b| a.path.cmp(&b.path));
        Sources { texts, attachments }
    }

    /// The paths of the texts that changed since `earlier`; `None` if files were added or removed.
    pub fn changed_since(&self, earlier: &Sources) -> Option<Vec<&str>> {
        if self.texts.len() != earlier.texts.len() || self.attachments != earlier.attachments {
            return None;
        }
        let mut changed = Vec::new();
        for (own, other) in self.texts.iter().zip(&earlier.texts) {
            if own.path != other.path {
                return None;
            }
            if own.text != other.text || own.is_readable != other.is_readable {
                changed.push(own.path.as_str());
            }
        }
        Some(changed)
    }

    /// Every text with its id, in path order.
    pub fn texts(&self) -> impl Iterator<Item = (SourceId, &Arc<Source>)> {
        (0..).map(SourceId).zip(&self.texts)
    }

    /// Every file that is not read as text, in path order.
    pub fn attachments(&self) -> &[Attachment] {
        &self.attachments
    }

    /// The text file at `path`, if the site has one.
    pub fn find(&self, path: &str) -> Option<(SourceId, &Arc<Source>)> {
        let order = |source: &Arc<Source>| source.path.as_str().cmp(path);
        let at = self.texts.binary_search_by(order).ok()?;
        Some((SourceId(at as u32), &self.texts[at]))
    }

    /// The file that `id` stands for.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.texts[id.0 as usize]
    }

    /// The text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        &self.get(span.source).text[span.start as usize..span.end as usize]
    }

    /// Where a span begins, counted as an editor does.
    pub fn position(&self, span: Span) -> Position {
        self.get(span.source).position(span.start as usize)
    }
}

impl Source {
    /// Line and column of a byte offset. A byte-order mark takes no column.
    pub fn position(&self, offset: usize) -> Position {
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
        let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
        Position { line, column }
    }
}

/// A place as editors' programs show it: both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// A range of bytes in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span of a byte range of `source`.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Span { source, start: range.start as u32, end: range.end as u32 }
    }

    /// The span as a byte range of its file.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// A text that somebody wrote, and where: a title, a paragraph, a whole article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The text as it is meant, without quotes and with escapes resolved.
    pub text: SharedText,
    /// The whole value, quotes included.
    pub span: Span,
    /// Whether `text` is a part of its file. A text with escapes is not, and can only be pointed at as
    /// a whole.
    pub is_verbatim: bool,
}

impl Passage {
    /// The first line of the text, for a problem of the text as a whole.
    pub fn first_line(&self) -> Span {
        match self.text.split_once('\n') {
            Some((line, _)) if self.is_verbatim => self.span_of(0..line.trim_end().len()),
            _ => self.span,
        }
    }

    /// The place of a byte range of the text, as exact as can be told.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        if !self.is_verbatim {
            return self.span;
        }
        let from = self.text.start as usize;
        Span::new(self.span.source, from + range.start..from + range.end)
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
        let at = |needle: &str| source.position(source.text.find(needle).unwrap());
        assert_eq!(at("Өө"), Position { line: 1, column: 1 });
        assert_eq!(at("= 1"), Position { line: 1, column: 4 });
        assert_eq!(at("= 2"), Position { line: 2, column: 3 });
    }

    #[test]
    fn a_place_inside_an_escaped_text_is_the_whole_text() {
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
