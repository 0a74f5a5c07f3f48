//! Markdown (CommonMark) to HTML.
//!
//! [`check_all`] reports, at its place, whatever [`render`] would have to leave out; a text without
//! problems is rendered in full. Neither knows what the text is about.

use std::sync::Arc;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use crate::diagnostic::{Findings, Problems};
use crate::draft::{CommitmentDraft, Drafts};
use crate::html::{Html, has_byte};
use crate::memory::Memory;
use crate::model::Text;
use crate::problems;
use crate::route::{Links, Routes};
use crate::source::Passage;

/// Where a text stands on a page: below a heading of this level (1 is the page's title). The
/// headings of the text go on from there, and leave no level out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Below(pub u8);

/// Whether a text may have a heading of the first level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// No: its title is that of the page.
    Article,
    /// Yes: its headings are counted from the first.
    Field,
}

/// What stands in a link.
enum Link<'u> {
    /// To another site, a mailbox or a telephone.
    Outside,
    /// To an address of this site.
    Inside(&'u str),
    /// To a place within a page of this site, or of this text.
    Anchor(&'u str),
    /// To anything else.
    Forbidden,
}

fn kind_of(url: &str) -> Link<'_> {
    let lower = url.to_ascii_lowercase();
    let is_outside =
        ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme));
    if is_outside {
        Link::Outside
    } else if let Some(at) = url.find('#').filter(|at| *at == 0 || is_page(&url[..*at])) {
        Link::Anchor(&url[at..])
    } else if url.starts_with('/') && !url.starts_with("//") {
        Link::Inside(url)
    } else {
        Link::Forbidden
    }
}

/// Whether an address is that of a page of this site, and not of a file: a place in a PDF is the
/// PDF's.
fn is_page(address: &str) -> bool {
    address.starts_with('/') && address.ends_with('/')
}

/// Checks every Markdown text of a site. `memory` holds what was found in the commitments that are
/// the same as last time, on a site that has the same addresses.
pub fn check_all(
    drafts: &Drafts,
    routes: &Routes,
    memory: &mut Memory<CommitmentDraft, Arc<Findings>>,
    problems: &mut Problems,
) {
    let found = memory.make_all(drafts.commitments.clone(), |_, commitment| {
        let mut found = Problems::default();
        for passage in commitment.prose().flat_map(Text::passages) {
            check(passage, Kind::Field, routes, &mut found);
        }
        Arc::new(found.into_findings())
    });
    found.iter().for_each(|found| problems.share(found));
    let sections = drafts.reports.iter().flat_map(|report| &report.sections);
    let sections = sections.filter_map(|section| section.text.as_ref());
    for passage in sections.flat_map(Text::passages) {
        check(passage, Kind::Field, routes, problems);
    }
    let bodies = drafts.articles.iter().map(|article| &article.body);
    for passage in bodies.flat_map(Text::passages) {
        check(passage, Kind::Article, routes, problems);
    }
}

/// After so many mistakes the rest of a text is not judged.
const MOST_FAULTS: usize = 100;

/// Reports what a text must not contain, and links that lead nowhere.
fn check(passage: &Passage, kind: Kind, routes: &Routes, problems: &mut Problems) {
    if !may_have_faults(&passage.text, kind) {
        return;
    }
    let arena = Arena::new();
    let root = parse_document(&arena, &passage.text, &Options::default());
    let line_starts = line_starts(&passage.text);
    let mut found = Problems::default();
    for node in root.descendants() {
        if found.len() >= MOST_FAULTS {
            break;
        }
        let data = node.data.borrow();
        let position = data.sourcepos;
        let offset = |line: usize, column: usize| {
            let offset = line_starts[(line - 1).min(line_starts.len() - 1)] + column;
            passage.text.floor_char_boundary(offset)
        };
        let start = offset(position.start.line, position.start.column.saturating_sub(1));
        let end = offset(position.end.line, position.end.column).max(start);
        let at = |part: &str| match passage.text[start..end].find(part) {
            Some(offset) if !part.is_empty() => {
                passage.span_of(start + offset..start + offset + part.len())
            }
            _ => passage.span_of(start..end),
        };
        match &data.value {
            NodeValue::HtmlBlock(block) => {
                let tag = block.literal.lines().next().unwrap_or_default();
                found.add(problems::raw_html(at(tag), tag));
            }
            // The tag that it closes is told.
            NodeValue::HtmlInline(tag) if tag.starts_with("</") && !found.is_empty() => {}
            NodeValue::HtmlInline(tag) => found.add(problems::raw_html(at(tag), tag)),
            NodeValue::Image(_) => found.add(problems::image(at(""))),
            NodeValue::Link(link) => match kind_of(&link.url) {
                Link::Outside => {}
                Link::Inside(address) if routes.target(address).is_some() => {}
                Link::Inside(address) => {
                    let known = routes.known();
                    let known: Vec<&str> = known.iter().map(String::as_str).collect();
                    found.add(problems::broken_link(at(&link.url), address, &known));
                }
                Link::Anchor(anchor) => {
                    found.add(problems::broken_anchor(at(&link.url), anchor));
                }
                Link::Forbidden => {
                    found.add(problems::forbidden_link(at(&link.url), &link.url));
                }
            },
            NodeValue::Heading(heading) if heading.level == 1 && kind == Kind::Article => {
                found.add(problems::second_title(at("")));
            }
            _ => {}
        }
    }
    problems.append(found);
}

/// Whether a text contains anything that is judged here, told without taking it apart: tags and
/// `<…>` links, pictures, links that are no plain link to the web, definitions of links elsewhere in
/// the text, and in an article titles.
fn may_have_faults(text: &str, kind: Kind) -> bool {
    let ends_plain_link =
        |after: &str| after.starts_with("(https://") || after.starts_with("(http://");
    let ends_fault = |(at, _): (usize, &str)| {
        let after = &text[at + 1..];
        after.starts_with(':') || (after.starts_with('(') && !ends_plain_link(after))
    };
    let begins_picture = |(at, _): (usize, &str)| text[..at].ends_with('!');
    // A tag or a `<…>` link has one of these after its `<` (CommonMark 0.31, 6.5 and 6.6).
    let begins_tag = |(at, _): (usize, &str)| {
        text[at + 1..].starts_with(|it: char| it.is_ascii_alphabetic() || "/!?".contains(it))
    };
    if !has_byte(text, |it| matches!(it, b'<' | b'[' | b'#' | b'=')) {
        return false;
    }
    text.match_indices('<').any(begins_tag)
        || text.match_indices('[').any(begins_picture)
        || text.match_indices(']').any(ends_fault)
        || (kind == Kind::Article && text.contains(['#', '=']))
}

/// Where each line begins: after a line feed, a carriage return, or both (CommonMark 0.31, 2.1).
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends_line = |at: &usize| {
        bytes[*at] == b'\n' || (bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
    };
    std::iter::once(0).chain((0..bytes.len()).filter(ends_line).map(|at| at + 1)).collect()
}

/// The text as HTML, with links to pages of this site made for the page that `links` belongs to.
/// HTML in the text is left out, and so is the target of a forbidden link.
pub fn render(passage: &Passage, place: Below, links: &Links<'_>) -> Html {
    if let Some(paragraphs) = plain_paragraphs(&passage.text) {
        return Html::trusted(paragraphs_as_html(paragraphs));
    }
    let arena = Arena::new();
    let options = Options::default();
    let root = parse_document(&arena, &passage.text, &options);
    let mut headings = Headings { above: place.0, first: None, last: place.0 };
    for node in root.descendants() {
        adapt(node, &mut headings, links);
    }
    let mut html = String::with_capacity(passage.text.len() * 5 / 4);
    format_html(root, &options, &mut html).expect("writing to a string does not fail");
    html.truncate(html.trim_end().len());
    Html::trusted(html)
}

/// The headings of a text, as they are put below that of the page.
struct Headings {
    above: u8,
    /// The level of the first, as written.
    first: Option<u8>,
    /// The level of the last, as published.
    last: u8,
}

impl Headings {
    fn level(&mut self, written: u8) -> u8 {
        let first = *self.first.get_or_insert(written);
        let wanted = self.above + 1 + written.saturating_sub(first);
        self.last = wanted.min(self.last + 1).min(6);
        self.last
    }
}

fn adapt<'a>(node: &'a AstNode<'a>, headings: &mut Headings, links: &Links<'_>) {
    let mut data = node.data.borrow_mut();
    match &mut data.value {
        NodeValue::Link(link) => match kind_of(&link.url) {
            Link::Outside => {}
            Link::Inside(address) => {
                link.url = links.target(address).unwrap_or_default();
            }
            Link::Anchor(_) | Link::Forbidden => link.url.clear(),
        },
        NodeValue::Heading(heading) => heading.level = headings.level(heading.level),
        _ => {}
    }
}

/// The paragraphs of a text without any mark, as most are; `None` if it may have one. What may be
/// taken for a mark is told here without taking the text apart: a line that does not begin with a
/// letter, a space before the end of a line, or one of the signs of CommonMark 0.31, 6.
fn plain_paragraphs(text: &str) -> Option<impl Iterator<Item = &str>> {
    let is_sign = |it: u8| {
        matches!(
            it,
            b'*' | b'_'
                | b'['
                | b']'
                | b'<'
                | b'>'
                | b'&'
                | b'`'
                | b'~'
                | b'\\'
                | b'\r'
                | b'\t'
                | 0
        )
    };
    let text = text.trim_matches('\n');
    let is_plain = |line: &str| {
        line.is_empty() || (line.starts_with(char::is_alphabetic) && !line.ends_with(' '))
    };
    let is_plain = !text.is_empty() && !has_byte(text, is_sign) && text.split('\n').all(is_plain);
    // Not `split("\n\n")`, which looks at each byte of a text that is one line, as most are.
    let mut rest = text;
    let next = move || {
        rest = rest.trim_start_matches('\n');
        let mut line_ends = rest.match_indices('\n').map(|(at, _)| at);
        let end = line_ends.find(|at| rest[at + 1..].starts_with('\n')).unwrap_or(rest.len());
        let (paragraph, after) = rest.split_at(end);
        rest = after;
        (!paragraph.is_empty()).then_some(paragraph)
    };
    is_plain.then(|| std::iter::from_fn(next))
}

/// Lines stay lines, as in the text; in text, HTML needs references for three signs only, of which
/// plain text has one.
fn paragraphs_as_html<'t>(paragraphs: impl Iterator<Item = &'t str>) -> String {
    let mut html = String::new();
    for paragraph in paragraphs {
        if !html.is_empty() {
            html.push('\n');
        }
        html.push_str("<p>");
        let mut pieces = paragraph.split('"');
        html.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            html.push_str("&quot;");
            html.push_str(piece);
        }
        html.push_str("</p>");
    }
    html
}

fn on_one_line(paragraph: &str) -> String {
    paragraph.replace('\n', " ")
}

/// The first paragraph of a text in plain words.
pub fn first_paragraph(passage: &Passage) -> String {
    // An empty line ends a paragraph, whatever follows (CommonMark 0.31, 4.8).
    let text = passage.text.trim_start_matches('\n');
    let beginning = text.split("\n\n").next().unwrap_or_default();
    if let Some(mut paragraphs) = plain_paragraphs(beginning) {
        return on_one_line(paragraphs.next().unwrap_or_default());
    }
    // Only what a link is called may be written further down.
    let has_definitions = text.contains("]:");
    let parts = if has_definitions { [text, ""] } else { [beginning, text] };
    parts.into_iter().find_map(first_paragraph_of).unwrap_or_default()
}

fn first_paragraph_of(text: &str) -> Option<String> {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &Options::default());
    let is_paragraph =
        |node: &&AstNode<'_>| matches!(node.data.borrow().value, NodeValue::Paragraph);
    root.descendants().find(is_paragraph).map(words_of)
}

/// The words of a text without its marks, on one line: for descriptions and data that have no room
/// for markup.
pub fn plain(passage: &Passage) -> String {
    if let Some(paragraphs) = plain_paragraphs(&passage.text) {
        return paragraphs.map(on_one_line).collect::<Vec<_>>().join(" ");
    }
    let arena = Arena::new();
    words_of(parse_document(&arena, &passage.text, &Options::default()))
}

fn words_of<'a>(root: &'a AstNode<'a>) -> String {
    let mut plain = String::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => plain.push_str(text),
            NodeValue::Code(code) => plain.push_str(&code.literal),
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

    #[test]
    fn plain_paragraphs_are_what_the_parser_makes_of_them() {
        let pieces = [
            "A", "Ө", "is", " ", "\n", "\n\n", "\"", "'", "1.", "-", "=", "#", "!", "(x)", ":", "+",
        ];
        let mut plain = 0;
        // Every sequence of five that begins with a word.
        for number in 0..pieces.len().pow(4) {
            let places = (0..4).map(|at| number / pieces.len().pow(at) % pieces.len());
            let text: String = ["A"].into_iter().chain(places.map(|at| pieces[at])).collect();
            if let Some(paragraphs) = plain_paragraphs(&text) {
                let parsed = comrak::markdown_to_html(&text, &Options::default());
                assert_eq!(paragraphs_as_html(paragraphs), parsed.trim_end(), "{text:?}");
                plain += 1;
            }
        }
        assert!(plain > 1000, "{plain}");
    }

    #[test]
    fn what_is_taken_for_faultless_has_no_fault() {
        let pieces =
            ["a", "[", "]", "(", ")", "!", "<", "/b>", ":", "https://x", "/y", " ", "\n", "="];
        let is_faulty = |node: &AstNode<'_>| match &node.data.borrow().value {
            NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) | NodeValue::Image(_) => true,
            NodeValue::Link(link) => !matches!(kind_of(&link.url), Link::Outside),
            NodeValue::Heading(heading) => heading.level == 1,
            _ => false,
        };
        let mut faults = 0;
        // Every sequence of five that begins with a bracket or a word.
        for number in 0..2 * pieces.len().pow(4) {
            let places = (0..4).map(|at| number / pieces.len().pow(at) % pieces.len());
            let first = ["[", "a"][number / pieces.len().pow(4)];
            let text: String = [first].into_iter().chain(places.map(|at| pieces[at])).collect();
            let arena = Arena::new();
            let root = parse_document(&arena, &text, &Options::default());
            if root.descendants().any(is_faulty) {
                assert!(may_have_faults(&text, Kind::Article), "{text:?}");
                faults += 1;
            }
        }
        assert!(faults > 100, "{faults}");
    }
}
