//! Markdown (CommonMark) to HTML.
//!
//! [`check_all`] reports, at its place, whatever [`render`] would have to leave out; a text without
//! problems is rendered in full. Neither knows what the text is about.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use crate::diagnostic::Problems;
use crate::draft::{CommitmentDraft, Drafts};
use crate::html::Html;
use crate::model::Text;
use crate::problems;
use crate::route::{Links, Routes};
use crate::source::Passage;

/// Where a text stands on a page, and so which headings it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outline {
    /// Right below the page's title: `##` is a heading of the second level.
    Article,
    /// Below a heading of the third level.
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
    } else if let Some(at) = url.find('#').filter(|at| *at == 0 || url.starts_with('/')) {
        Link::Anchor(&url[at..])
    } else if url.starts_with('/') && !url.starts_with("//") {
        Link::Inside(url)
    } else {
        Link::Forbidden
    }
}

/// Checks every Markdown text of a site.
pub fn check_all(drafts: &Drafts, routes: &Routes) -> Problems {
    let sections = drafts.reports.iter().flat_map(|report| &report.sections);
    let sections = sections.filter_map(|section| section.text.as_ref());
    let fields = drafts.commitments.iter().flat_map(CommitmentDraft::prose).chain(sections);
    let bodies = drafts.articles.iter().map(|article| &article.body);
    let mut problems = Problems::default();
    for passage in fields.flat_map(Text::passages) {
        check(passage, Outline::Field, routes, &mut problems);
    }
    for passage in bodies.flat_map(Text::passages) {
        check(passage, Outline::Article, routes, &mut problems);
    }
    problems
}

/// After so many mistakes the rest of a text is not judged.
const MOST_FAULTS: usize = 100;

/// Reports what a text must not contain, and links that lead nowhere.
fn check(passage: &Passage, outline: Outline, routes: &Routes, problems: &mut Problems) {
    // Nothing that is judged here can be written without one of these.
    let may_have_faults = passage.text.contains(['<', '[', '#', '=']);
    if !may_have_faults {
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
            NodeValue::Heading(heading) if heading.level == 1 && outline == Outline::Article => {
                found.add(problems::second_title(at("")));
            }
            _ => {}
        }
    }
    problems.append(found);
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
pub fn render(passage: &Passage, outline: Outline, links: &Links<'_>) -> Html {
    let arena = Arena::new();
    let options = Options::default();
    let root = parse_document(&arena, &passage.text, &options);
    for node in root.descendants() {
        adapt(node, outline, links);
    }
    let mut html = String::with_capacity(passage.text.len() * 5 / 4);
    format_html(root, &options, &mut html).expect("writing to a string does not fail");
    Html::trusted(html.trim_end())
}

fn adapt<'a>(node: &'a AstNode<'a>, outline: Outline, links: &Links<'_>) {
    let mut data = node.data.borrow_mut();
    match &mut data.value {
        NodeValue::Link(link) => match kind_of(&link.url) {
            Link::Outside => {}
            Link::Inside(address) => {
                link.url = links.target(address).unwrap_or_default();
            }
            Link::Anchor(_) | Link::Forbidden => link.url.clear(),
        },
        NodeValue::Heading(heading) if outline == Outline::Field => {
            heading.level = (heading.level + 3).min(6);
        }
        _ => {}
    }
}

/// The words of a text without its marks, on one line: for descriptions and data that have no room
/// for markup.
pub fn plain(passage: &Passage) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, &passage.text, &Options::default());
    let mut plain = String::with_capacity(passage.text.len());
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
