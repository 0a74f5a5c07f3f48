//! Converts Markdown (CommonMark) to HTML and to plain text.
//!
//! [`check`] reports everything that [`render`] leaves out, so a text without problems is rendered
//! completely. This module does not know which key or file a text comes from, or which pages exist.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use crate::diagnostic::Diagnostics;
use crate::html::Html;
use crate::model::TextKind;
use crate::problems;
use crate::source::{Passage, Spanned};

/// The level of the heading above a text; the page's title has level 1. The headings of the text
/// start one level below and skip no level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParentHeading(pub u8);

/// The target of a link.
enum LinkTarget<'u> {
    /// Another site, an email address or a telephone number.
    Outside,
    /// An address of this site.
    Inside(&'u str),
    /// A section of a page of this site, or of this text.
    Anchor(&'u str),
    Forbidden,
}

fn target_of(url: &str) -> LinkTarget<'_> {
    let lower = url.to_ascii_lowercase();
    let is_outside =
        ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme));
    let is_page = |address: &str| address.starts_with('/') && address.ends_with('/');
    if is_outside {
        return LinkTarget::Outside;
    }
    // After a file name, a fragment is allowed: it selects, for example, a page of a PDF.
    if let Some(offset) = url.find('#').filter(|offset| *offset == 0 || is_page(&url[..*offset])) {
        return LinkTarget::Anchor(&url[offset..]);
    }
    if url.starts_with('/') && !url.starts_with("//") {
        return LinkTarget::Inside(url);
    }
    LinkTarget::Forbidden
}

/// The number of problems after which [`check`] stops reading a text.
const MAX_PROBLEMS: usize = 100;

/// Reports everything that a text must not contain. Returns the links to addresses of this site,
/// for a later stage that knows which of them exist.
pub fn check(
    passage: &Passage,
    kind: TextKind,
    diagnostics: &mut Diagnostics,
) -> Vec<Spanned<String>> {
    let arena = Arena::new();
    let root = parse_document(&arena, &passage.text, &Options::default());
    let positions = Positions::new(passage);
    let mut links = Vec::new();
    let mut found = Diagnostics::default();
    for node in root.descendants() {
        if found.len() >= MAX_PROBLEMS {
            break;
        }
        let data = node.data.borrow();
        let span = |part: &str| positions.span(data.sourcepos, part);
        match &data.value {
            NodeValue::HtmlBlock(block) => {
                let tag = block.literal.lines().next().unwrap_or_default();
                found.add(problems::raw_html(span(tag), tag));
            }
            // A problem at the opening tag covers the closing tag.
            NodeValue::HtmlInline(tag) if tag.starts_with("</") && !found.is_empty() => {}
            NodeValue::HtmlInline(tag) => found.add(problems::raw_html(span(tag), tag)),
            NodeValue::Image(_) => found.add(problems::image(span(""))),
            NodeValue::Link(link) => match target_of(&link.url) {
                LinkTarget::Outside => {}
                LinkTarget::Inside(address) => {
                    links.push(Spanned { value: address.to_owned(), span: span(&link.url) });
                }
                LinkTarget::Anchor(anchor) => {
                    found.add(problems::broken_anchor(span(&link.url), anchor));
                }
                LinkTarget::Forbidden => {
                    found.add(problems::forbidden_link(span(&link.url), &link.url));
                }
            },
            NodeValue::Heading(heading) if heading.level == 1 && kind == TextKind::Article => {
                found.add(problems::second_title(span("")));
            }
            _ => {}
        }
    }
    diagnostics.append(found);
    links
}

/// Turns the line and column of a node into a span of its file.
struct Positions<'p> {
    passage: &'p Passage,
    line_starts: Vec<usize>,
}

impl<'p> Positions<'p> {
    fn new(passage: &'p Passage) -> Self {
        let bytes = passage.text.as_bytes();
        // A line ends with a line feed, a carriage return, or both (CommonMark 0.31, 2.1).
        let ends_line = |offset: &usize| {
            bytes[*offset] == b'\n'
                || (bytes[*offset] == b'\r' && bytes.get(offset + 1) != Some(&b'\n'))
        };
        let next_starts = (0..bytes.len()).filter(ends_line).map(|offset| offset + 1);
        Positions { passage, line_starts: std::iter::once(0).chain(next_starts).collect() }
    }

    fn offset(&self, line: usize, column: usize) -> usize {
        let offset =
            self.line_starts[line.saturating_sub(1).min(self.line_starts.len() - 1)] + column;
        self.passage.text.floor_char_boundary(offset)
    }

    /// Returns the span of `part` in a node, or of the whole node if `part` is empty or does not
    /// occur verbatim.
    fn span(&self, node: comrak::nodes::Sourcepos, part: &str) -> crate::source::Span {
        let start = self.offset(node.start.line, node.start.column.saturating_sub(1));
        let end = self.offset(node.end.line, node.end.column).max(start);
        match self.passage.text[start..end].find(part) {
            Some(offset) if !part.is_empty() => {
                self.passage.span_of(start + offset..start + offset + part.len())
            }
            _ => self.passage.span_of(start..end),
        }
    }
}

/// Renders a text as HTML. `resolve` converts an address of this site to a link that is relative to
/// the page. Raw HTML and the targets of forbidden links are left out.
pub fn render(
    passage: &Passage,
    parent: ParentHeading,
    resolve: impl Fn(&str) -> Option<String>,
) -> Html {
    let arena = Arena::new();
    let options = Options::default();
    let root = parse_document(&arena, &passage.text, &options);
    let mut headings = Headings { parent: parent.0, first: None, last: parent.0 };
    for node in root.descendants() {
        match &mut node.data.borrow_mut().value {
            NodeValue::Link(link) => match target_of(&link.url) {
                LinkTarget::Outside => {}
                LinkTarget::Inside(address) => link.url = resolve(address).unwrap_or_default(),
                LinkTarget::Anchor(_) | LinkTarget::Forbidden => link.url.clear(),
            },
            NodeValue::Heading(heading) => heading.level = headings.level(heading.level),
            _ => {}
        }
    }
    let mut html = String::with_capacity(passage.text.len() * 5 / 4);
    format_html(root, &options, &mut html).expect("writing to a string does not fail");
    html.truncate(html.trim_end().len());
    Html::trusted(html)
}

/// Maps the heading levels of a text to those of the page.
struct Headings {
    parent: u8,
    /// The level of the first heading, as written.
    first: Option<u8>,
    /// The level of the last heading, as published.
    last: u8,
}

impl Headings {
    fn level(&mut self, written: u8) -> u8 {
        let first = *self.first.get_or_insert(written);
        let wanted = self.parent + 1 + written.saturating_sub(first);
        self.last = wanted.min(self.last + 1).min(6);
        self.last
    }
}

/// Returns the first paragraph as plain text on one line, or an empty string if there is none.
pub fn first_paragraph(passage: &Passage) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, &passage.text, &Options::default());
    let is_paragraph =
        |node: &&AstNode<'_>| matches!(node.data.borrow().value, NodeValue::Paragraph);
    root.descendants().find(is_paragraph).map(plain_text_of).unwrap_or_default()
}

/// Returns the text without markup and on one line: for descriptions, data and search.
pub fn plain_text(passage: &Passage) -> String {
    let arena = Arena::new();
    plain_text_of(parse_document(&arena, &passage.text, &Options::default()))
}

fn plain_text_of<'a>(root: &'a AstNode<'a>) -> String {
    let mut plain = String::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => plain.push_str(text),
            NodeValue::Code(code) => plain.push_str(&code.literal),
            NodeValue::CodeBlock(block) => {
                plain.push_str(if plain.is_empty() { "" } else { " " });
                let words: Vec<&str> = block.literal.split_whitespace().collect();
                plain.push_str(&words.join(" "));
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => plain.push(' '),
            NodeValue::Paragraph | NodeValue::Heading(_) if !plain.is_empty() => plain.push(' '),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources, Span};

    fn passage(text: &str) -> Passage {
        let source = Source { path: "a".into(), text: text.into(), is_readable: true };
        let sources = Sources::new(vec![source.into()], Vec::new());
        let (id, source) = sources.texts().next().unwrap();
        let span = Span::new(id, 0..text.len());
        Passage { text: source.text.clone(), span, is_verbatim: true }
    }

    #[test]
    fn plain_text_is_what_readers_see() {
        let text = "See [the *law*][1] & `code`.\n\n- one\n- two\n\n[1]: https://example.org/law";
        assert_eq!(plain_text(&passage(text)), "See the law & code. one two");
        assert_eq!(first_paragraph(&passage(text)), "See the law & code.");
    }

    #[test]
    fn plain_text_is_on_one_line() {
        let text = "Before\n\n```\ntwo\n  lines\n```\n\nafter  \nit";
        assert_eq!(plain_text(&passage(text)), "Before two lines after it");
    }

    #[test]
    fn headings_continue_below_the_parent_and_skip_no_level() {
        let html = render(&passage("## A\n\n#### B\n\n## C"), ParentHeading(2), |_| None);
        assert_eq!(html.as_str(), "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>");
    }
}
