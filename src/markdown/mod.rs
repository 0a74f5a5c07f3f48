//! Converts Markdown (CommonMark with tables and bare addresses as links) to HTML and to plain text.
//!
//! Editors paste from word processors, so indented text is prose, bullets are list items, and numbers
//! stay as written (see `word`). [`check`] reports everything that [`render`] leaves out or cannot
//! show, so a text without problems is rendered completely. This module does not know which key or
//! file a text comes from, or which pages exist.

mod escape;
mod lines;
mod word;

use std::ops::Range;

use comrak::nodes::{Ast, AstNode, LineColumn, NodeValue, Sourcepos};
use comrak::{Arena, Options, format_html, parse_document};

pub use self::escape::{escaped, unescaped};
use self::lines::Lines;
use self::word::Mistakes;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::html::Html;
use crate::model::{TextKind, is_private_mailbox};
use crate::problems::{self, AddressPlace};
use crate::source::{Passage, Span, Spanned};
use crate::unicode;
use crate::web_address;

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

fn is_mail(url: &str) -> bool {
    url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"))
}

/// A text as a tree.
struct Tree<'a, 't> {
    root: &'a AstNode<'a>,
    lines: Lines<'t>,
    mistakes: Mistakes,
    /// The line indices of tables whose columns are separated by tabs.
    tabbed_tables: Vec<Range<usize>>,
    /// The line indices of other paragraphs that were meant to be tables.
    broken_tables: Vec<Range<usize>>,
    /// The indices of lines that belong to the block above only because no empty line separates them.
    attached_lines: Vec<usize>,
}

impl<'a, 't> Tree<'a, 't> {
    /// The tree of a text in which nothing is to be rewritten or reported.
    fn ordinary(root: &'a AstNode<'a>, lines: Lines<'t>) -> Self {
        Tree {
            root,
            lines,
            mistakes: Mistakes::default(),
            tabbed_tables: Vec::new(),
            broken_tables: Vec::new(),
            attached_lines: Vec::new(),
        }
    }
}

/// The number of times that a text is rewritten, because rewriting one line can change the meaning
/// of others. A text from a word processor needs five: a list in indented text, with numbers.
const MAX_REWRITES: usize = 30;

/// Parses a text and calls `read` with the tree.
fn parse<R>(passage: &Passage, read: impl for<'a> FnOnce(&'a Arena<'a>, &Tree<'a, '_>) -> R) -> R {
    let mut lines = Lines::new(&passage.text);
    let is_ordinary = word::is_ordinary(&lines);
    if !is_ordinary {
        word::keep_footnotes(&mut lines);
    }
    let mut mistakes = Mistakes::default();
    let mut rewrites = 0;
    loop {
        let arena = Arena::new();
        if is_ordinary {
            let root = parse_document(&arena, &passage.text, &options(&passage.text));
            trim_links(&arena, root, &lines);
            return read(&arena, &Tree::ordinary(root, lines));
        }
        let markdown = lines.to_markdown();
        let root = parse_document(&arena, &markdown, &options(&markdown));
        if rewrites < MAX_REWRITES && word::rewrite(root, &mut lines, &mut mistakes) {
            rewrites += 1;
            continue;
        }
        let tabbed_tables = word::tabbed_tables(root, &lines);
        let broken_tables = word::broken_tables(root, &lines);
        let attached_lines = word::attached_lines(root, &lines);
        let tables = tabbed_tables.iter().chain(&broken_tables);
        word::keep_lines(root, &lines, tables, &mistakes.indented);
        trim_links(&arena, root, &lines);
        let tree = Tree { root, lines, mistakes, tabbed_tables, broken_tables, attached_lines };
        return read(&arena, &tree);
    }
}

fn options(markdown: &str) -> Options<'_> {
    let mut options = Options::default();
    // A line of dashes below a text is a separator in text from other programs, not a heading.
    options.parse.ignore_setext = true;
    let is_narrow = |line: &str| line.matches('|').count() <= MAX_COLUMNS;
    options.extension.table = !markdown.contains('|') || markdown.lines().all(is_narrow);
    let is_short = |word: &str| word.len() <= MAX_ADDRESS_LENGTH;
    options.extension.autolink =
        is_short(markdown) || markdown.split_ascii_whitespace().all(is_short);
    options
}

/// The number of bytes without white space from which no address in a text is a link. The parser
/// reads up to the next white space at every address, which takes 5 seconds for 256 KB of
/// `www.a.b<` in one word.
const MAX_ADDRESS_LENGTH: usize = 16 << 10;

/// The number of `|` in one line from which a text has no tables. The parser fills each row with the
/// cells that it lacks: 256 KB with 1,000 columns take 20 seconds and 230 MB.
const MAX_COLUMNS: usize = 64;

/// Ends each address that is written without markup before the first character that does not belong
/// to it, such as a quotation mark or a full stop of another script. An address that is not
/// [`LinkTarget::Outside`] becomes plain text.
fn trim_links<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>, lines: &Lines<'_>) {
    let is_end = |character: char| {
        let is_foreign_mark = !character.is_ascii() && unicode::is_punctuation(character);
        is_foreign_mark || problems::words::is_invisible(character)
    };
    let links = |node: &&AstNode<'_>| matches!(node.data.borrow().value, NodeValue::Link(_));
    for node in root.descendants().filter(links).collect::<Vec<_>>() {
        let mut data = node.data.borrow_mut();
        let position = data.sourcepos;
        let (NodeValue::Link(link), Some(child)) = (&mut data.value, node.first_child()) else {
            continue;
        };
        let start = lines.offset(position.start.line - 1, position.start.column - 1);
        let has_markup = lines.text()[start..].starts_with(['[', '<']);
        let mut child_data = child.data.borrow_mut();
        let NodeValue::Text(address) = &mut child_data.value else { continue };
        if has_markup || !link.url.ends_with(address.as_ref()) {
            continue;
        }
        if !matches!(target_of(&link.url), LinkTarget::Outside) {
            node.insert_before(child);
            node.detach();
            continue;
        }
        let Some(end) = address.find(is_end).into_iter().chain(suffix_of_host(address)).min()
        else {
            continue;
        };
        let end = address[..end].trim_end_matches(['?', '!', '.', ',', ':', ';', '\'', '"']).len();
        let after = address.to_mut().split_off(end);
        link.url.truncate(link.url.len() - after.len());
        let after = Ast::new_with_sourcepos(NodeValue::Text(after.into()), position);
        node.insert_after(arena.alloc(after.into()));
    }
}

/// Returns the offset in an address of letters that are not part of its host, such as the `-д` of the
/// Mongolian `www.gov.mn-д`: a host in ASCII has no letters of other alphabets, and nothing but a
/// path follows it.
fn suffix_of_host(address: &str) -> Option<usize> {
    let start = address.find("://").map_or(0, |offset| offset + 3);
    let host = &address[start..];
    let end = host.find(['/', '?', '#']).unwrap_or(host.len());
    let is_in_ascii = host.starts_with(|first: char| first.is_ascii_alphanumeric());
    let suffix = host[..end].find(|letter: char| !letter.is_ascii()).filter(|_| is_in_ascii)?;
    Some(start + host[..suffix].trim_end_matches(['-', '\'', ':', '.']).len())
}

/// The number of problems after which [`check`] stops reading a text.
const MAX_PROBLEMS: usize = 100;

/// Reports everything that a text must not contain. Returns the links to addresses of this site and to pages of
/// other sites, for later stages that know which of them exist.
pub fn check(
    passage: &Passage,
    kind: TextKind,
    diagnostics: &mut Diagnostics,
) -> Vec<Spanned<String>> {
    parse(passage, |_, tree| {
        let mut found = Diagnostics::default();
        let links = check_nodes(passage, tree, kind, &mut found);
        found.extend(check_lines(passage, tree).take(MAX_PROBLEMS - found.len()));
        diagnostics.append(found);
        links
    })
}

/// Reports nodes that a text must not contain, and returns its links.
fn check_nodes(
    passage: &Passage,
    tree: &Tree<'_, '_>,
    kind: TextKind,
    found: &mut Diagnostics,
) -> Vec<Spanned<String>> {
    let mut links = Vec::new();
    for node in tree.root.descendants() {
        if found.len() >= MAX_PROBLEMS {
            break;
        }
        let data = node.data.borrow();
        let span = |part: &str| span_of(passage, &tree.lines, data.sourcepos, part);
        match &data.value {
            NodeValue::Heading(_) if has_no_words(node) => {
                found.add(problems::heading_without_words(span("")));
            }
            NodeValue::Link(_) if has_no_words(node) => {
                found.add(problems::link_without_words(span("")));
            }
            NodeValue::HtmlBlock(block) => {
                let tag = block.literal.lines().next().unwrap_or_default();
                found.add(problems::raw_html(span(tag), tag));
            }
            // A problem at the opening tag covers the closing tag.
            NodeValue::HtmlInline(tag) if tag.starts_with("</") && !found.is_empty() => {}
            NodeValue::HtmlInline(tag) => found.add(problems::raw_html(span(tag), tag)),
            NodeValue::Image(_) => found.add(problems::image(span(""))),
            NodeValue::Link(link) => match target_of(&link.url) {
                LinkTarget::Inside(address) => {
                    links.push(Spanned { value: address.to_owned(), span: span(&link.url) });
                }
                target => match problem_of_link(&link.url, target, span(&link.url)) {
                    Some(problem) => found.add(problem),
                    None if link.url.starts_with("http") => {
                        links.push(Spanned { value: link.url.clone(), span: span(&link.url) });
                    }
                    None => {}
                },
            },
            NodeValue::Heading(heading) if heading.level == 1 && kind == TextKind::Article => {
                found.add(problems::second_title(span("")));
            }
            NodeValue::Text(text) => {
                if let Some(part) = unfinished_link(text, node.next_sibling()) {
                    found.add(problems::unfinished_link(span(part)));
                }
            }
            _ => {}
        }
    }
    links
}

/// Returns what is wrong with the link to `url`.
fn problem_of_link(url: &str, target: LinkTarget<'_>, span: Span) -> Option<Diagnostic> {
    match target {
        LinkTarget::Outside => problem_of_address(url, span),
        LinkTarget::Inside(_) => None,
        LinkTarget::Anchor(anchor) => Some(problems::broken_anchor(span, anchor)),
        LinkTarget::Forbidden => Some(problems::forbidden_link(span, url)),
    }
}

/// Returns what is wrong with a link to another site or to a mailbox.
fn problem_of_address(url: &str, span: Span) -> Option<Diagnostic> {
    if web_address::has_password(url) {
        return Some(problems::password_in_address(span));
    }
    if is_mail(url) && !web_address::is_mailto(url) {
        return Some(problems::forbidden_mailbox(span, url));
    }
    let mailbox = url.split(['?', ':']).nth(1).filter(|_| is_mail(url));
    if let Some(mailbox) = mailbox.filter(|mailbox| is_private_mailbox(mailbox)) {
        return Some(problems::private_mailbox(span, mailbox));
    }
    if web_address::uri(url).is_none() {
        return Some(problems::impossible_link(span, url));
    }
    web_address::is_private(url).then(|| problems::private_address(span, AddressPlace::Link, url))
}

/// Returns the part of a text that was meant as a link or a footnote, but is shown as it is written. `next`
/// is what follows the text.
fn unfinished_link<'t>(text: &'t str, next: Option<&AstNode<'_>>) -> Option<&'t str> {
    let is_link = |node: &AstNode<'_>| matches!(node.data.borrow().value, NodeValue::Link(_));
    ["](", ")[", "[^"].into_iter().find_map(|mark| {
        let start = text.find(mark)?;
        let target = &text[start + mark.len()..];
        let starts = ["http", "www.", "/", "mailto:"];
        let is_address = starts.iter().any(|start| target.starts_with(start))
            || (target.is_empty() && next.is_some_and(is_link));
        (mark == "[^" || is_address).then(|| &text[start..start + mark.len()])
    })
}

/// Whether readers see no words of a node. Images and HTML are reported as such.
fn has_no_words<'a>(node: &'a AstNode<'a>) -> bool {
    let is_text = |node: &'a AstNode<'a>| {
        !matches!(node.data.borrow().value, NodeValue::Image(_) | NodeValue::HtmlInline(_))
    };
    node.descendants().all(is_text) && problems::words::is_blank(&plain_text_of(node))
}

/// Reports lines that the page cannot show as they are written.
fn check_lines<'t>(
    passage: &'t Passage,
    tree: &'t Tree<'_, '_>,
) -> impl Iterator<Item = Diagnostic> + 't {
    let Tree { root: _, lines, mistakes, tabbed_tables, broken_tables, attached_lines } = tree;
    let span_of_line = |index: usize| {
        let end = lines.get(index).trim_end().len();
        passage.span_of(lines.offset(index, 0)..lines.offset(index, end))
    };
    let first_line =
        move |table: &Range<usize>| (span_of_line(table.start), lines.get(table.start));
    let attached =
        attached_lines.iter().map(move |index| problems::no_empty_line(span_of_line(*index)));
    let characters = lines.unchanged().filter_map(|range| unreadable_character(passage, range));
    let numbers = mistakes
        .numbers
        .iter()
        .map(|(range, written)| problems::list_numbers(passage.span_of(range.clone()), written));
    let cells =
        mistakes.cells.iter().map(|range| problems::surplus_cells(passage.span_of(range.clone())));
    let broken = broken_tables.iter().map(move |table| problems::broken_table(first_line(table).0));
    let tabbed = tabbed_tables.iter().map(move |table| {
        let (span, line) = first_line(table);
        let row = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
        problems::table_with_tabs(span, row)
    });
    let characters = characters.chain(unreadable_references(passage));
    characters.chain(numbers).chain(cells).chain(broken).chain(tabbed).chain(attached)
}

/// Reports the first character in a range of a text that must not be published, or that readers
/// would see as an empty box.
fn unreadable_character(passage: &Passage, range: Range<usize>) -> Option<Diagnostic> {
    let is_wrong = |(_, character): &(usize, char)| is_unreadable(*character);
    let (offset, character) = passage.text[range.clone()].char_indices().find(is_wrong)?;
    let start = range.start + offset;
    let span = passage.span_of(start..start + character.len_utf8());
    Some(unreadable(span, character))
}

/// Reports each character that must not be published and is written as a reference, such as `&#11;`
/// (CommonMark 0.31, 2.5).
fn unreadable_references<'p>(passage: &'p Passage) -> impl Iterator<Item = Diagnostic> + 'p {
    let text: &str = &passage.text;
    text.match_indices("&#").filter_map(move |(start, mark)| {
        let rest = &text[start + mark.len()..];
        // A number has at most seven digits.
        let length = rest.bytes().take(9).position(|byte| byte == b';')?;
        let number = &rest[..length];
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        // A number without a character, and 0, become a replacement character.
        let character = code.ok().map(|code| char::from_u32(code).filter(|letter| *letter != '\0'));
        let character = character?.unwrap_or(char::REPLACEMENT_CHARACTER);
        let span = passage.span_of(start..start + mark.len() + length + 1);
        is_unreadable(character).then(|| unreadable(span, character))
    })
}

fn is_unreadable(character: char) -> bool {
    problems::words::is_harmful(character) || unicode::has_no_glyph(character)
}

fn unreadable(span: Span, character: char) -> Diagnostic {
    match unicode::has_no_glyph(character) {
        true => problems::unreadable_character(span, character),
        false => problems::control_character(span, character),
    }
}

/// Reports what the page cannot show of a text of one line.
pub fn check_line(passage: &Passage, diagnostics: &mut Diagnostics) {
    diagnostics.extend(unreadable_character(passage, 0..passage.text.len()));
}

/// Returns the span of `part` in a node, or of the whole node if `part` is empty or does not occur
/// verbatim.
fn span_of(passage: &Passage, lines: &Lines<'_>, node: Sourcepos, part: &str) -> Span {
    let offset = |LineColumn { line, column }, before| {
        lines.offset(line.saturating_sub(1), column.saturating_sub(before))
    };
    let start = offset(node.start, 1);
    let end = offset(node.end, 0).max(start);
    match passage.text[start..end].find(part) {
        Some(offset) if !part.is_empty() => {
            passage.span_of(start + offset..start + offset + part.len())
        }
        _ => passage.span_of(start..end),
    }
}

/// Renders a text as HTML. `resolve` converts an address of this site to a link that is relative to
/// the page. Raw HTML and the targets of forbidden links are left out.
pub fn render(
    passage: &Passage,
    parent: ParentHeading,
    resolve: impl Fn(&str) -> Option<String>,
) -> Html {
    let mut headings = Headings { parent: parent.0, first: None, last: parent.0 };
    let mut html = String::with_capacity(passage.text.len() * 5 / 4);
    parse(passage, |arena, Tree { root, .. }| {
        for node in root.descendants() {
            match &mut node.data.borrow_mut().value {
                NodeValue::Link(link) => match target_of(&link.url) {
                    LinkTarget::Outside => {}
                    LinkTarget::Inside(address) => link.url = resolve(address).unwrap_or_default(),
                    LinkTarget::Anchor(_) | LinkTarget::Forbidden => link.url.clear(),
                },
                NodeValue::Heading(heading) => heading.level = headings.level(heading.level),
                NodeValue::Table(_) => {
                    let raw = |html: &str| arena.alloc(NodeValue::Raw(html.to_owned()).into());
                    node.insert_before(raw(SCROLL_START));
                    node.insert_after(raw(SCROLL_END));
                }
                _ => {}
            }
        }
        format_html(root, &options(""), &mut html).expect("writing to a string does not fail");
    });
    html.truncate(html.trim_end().len());
    Html::trusted(html)
}

/// Renders a text of Milepost's own documentation as HTML.
pub fn manual(text: &str) -> Html {
    Html::trusted(comrak::markdown_to_html(text, &options(text)))
}

/// A table that is wider than a phone scrolls by itself, also with the keyboard.
const SCROLL_START: &str = "<div class=\"scroll\" tabindex=\"0\">\n";
const SCROLL_END: &str = "</div>\n";

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
    let is_paragraph =
        |node: &&AstNode<'_>| matches!(node.data.borrow().value, NodeValue::Paragraph);
    parse(passage, |_, Tree { root, .. }| {
        root.descendants().find(is_paragraph).map(plain_text_of).unwrap_or_default()
    })
}

/// Returns the text without markup and on one line: for descriptions, data and search.
pub fn plain_text(passage: &Passage) -> String {
    parse(passage, |_, tree| plain_text_of(tree.root))
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
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::TableCell
                if !plain.is_empty() && !plain.ends_with(' ') =>
            {
                plain.push(' ');
            }
            _ => {}
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::{RngSeed, TestRunner};

    use super::*;
    use crate::diagnostic::SourceLocation;
    use crate::source::{Source, Sources};

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

    #[track_caller]
    fn check_html(text: &str, expected: &str) {
        let html = render(&passage(text), ParentHeading(2), |_| None);
        assert_eq!(html.as_str(), expected, "of {text:?}");
    }

    /// Returns the codes of the problems in a text, with what they point at.
    fn problems_in(text: &str) -> Vec<(&'static str, String)> {
        let mut diagnostics = Diagnostics::default();
        check(&passage(text), TextKind::Markdown, &mut diagnostics);
        let problem = |problem: Diagnostic| match problem.location {
            SourceLocation::Span(span) => (problem.code.name(), text[span.range()].to_owned()),
            SourceLocation::Path(path) => (problem.code.name(), path),
        };
        diagnostics.into_iter().map(problem).collect()
    }

    #[test]
    fn text_from_a_word_processor_is_shown_as_it_was_meant() {
        for (text, expected) in PASTED {
            check_html(text, expected);
            assert_eq!(problems_in(text), [], "in {text:?}");
        }
    }

    /// What word processors write, and how it is published.
    const PASTED: &[(&str, &str)] = &[
        // Footnotes, products and separators are text, not addresses, emphasis and headings.
        ("Opened [1].\n\n[1]: Decree 5", "<p>Opened [1].</p>\n<p>[1]: Decree 5</p>"),
        // Suffixes of other alphabets.
        (
            "www.shilendans.gov.mn-д, https://a.go.jpをご覧",
            "<p><a href=\"http://www.shilendans.gov.mn\">www.shilendans.gov.mn</a>-д, \
             <a href=\"https://a.go.jp\">https://a.go.jp</a>をご覧</p>",
        ),
        // Boxes that say something, minus signs, references to laws.
        ("■ Completed\n□ Limited", "<p>■ Completed<br />\n□ Limited</p>"),
        (
            "It was:\n– 2,5 % in 2013\n– 3,1 % in 2014",
            "<p>It was:<br />\n– 2,5 % in 2013<br />\n– 3,1 % in 2014</p>",
        ),
        ("— Где отчёт?\n— В министерстве.", "<p>— Где отчёт?<br />\n— В министерстве.</p>"),
        ("§\t5 Datenschutz", "<p>§\t5 Datenschutz</p>"),
        ("2*3*4 million, *all* of it", "<p>2*3*4 million, <em>all</em> of it</p>"),
        ("Thank you.\n---\nB. Bat", "<p>Thank you.</p>\n<hr />\n<p>B. Bat</p>"),
        // Indented paragraphs without an empty line between them.
        ("    Нэгдүгээрт.\n    Хоёрдугаарт.", "<p>Нэгдүгээрт.<br />\nХоёрдугаарт.</p>"),
        // Letters with a tab are not a table.
        ("a.\tto publish\nb.\tto invite", "<p>a.\tto publish<br />\nb.\tto invite</p>"),
        // Bullets: of Word, LibreOffice and Google Docs, with a tab, a no-break space or nothing.
        (
            "Яам дараах ажлыг хийнэ:\n•\tбүртгэл\n•\tсургалт",
            "<p>Яам дараах ажлыг хийнэ:</p>\n<ul>\n<li>бүртгэл</li>\n<li>сургалт</li>\n</ul>",
        ),
        ("●\u{a0}law\n●law", "<ul>\n<li>law</li>\n<li>law</li>\n</ul>"),
        ("\u{f0b7}\tGesetz\n\u{f0a7} Amt", "<ul>\n<li>Gesetz</li>\n<li>Amt</li>\n</ul>"),
        ("o\tloi\n§\tdécret\nØ\tavis", "<ul>\n<li>loi</li>\n<li>décret</li>\n<li>avis</li>\n</ul>"),
        ("· ley\n· decreto", "<ul>\n<li>ley</li>\n<li>decreto</li>\n</ul>"),
        ("▪ 法律\n▪ 法规", "<ul>\n<li>法律</li>\n<li>法规</li>\n</ul>"),
        // An indented list, with a list in it.
        (
            "The ministry will:\n    • publish\n        ◦ laws\n    • train",
            "<p>The ministry will:</p>\n<ul>\n<li>publish\n<ul>\n<li>laws</li>\n</ul>\n</li>\n\
             <li>train</li>\n</ul>",
        ),
        (
            "Ajouts :\n\n\t•\tune\n\t\t–\tdeux",
            "<p>Ajouts :</p>\n<ul>\n<li>une\n<ul>\n<li>deux</li>\n</ul>\n</li>\n</ul>",
        ),
        (
            "Steps:\n    1. plan\n    2. build",
            "<p>Steps:</p>\n<ol>\n<li>plan</li>\n<li>build</li>\n</ol>",
        ),
        // Dashes are bullets where there are several, or after a colon.
        (
            "Министерство обязуется:\n– принять закон;\n– открыть реестр.",
            "<p>Министерство обязуется:</p>\n<ul>\n<li>принять закон;</li>\n\
             <li>открыть реестр.</li>\n</ul>",
        ),
        (
            "— закон;\n\n— реестр.",
            "<ul>\n<li>\n<p>закон;</p>\n</li>\n<li>\n<p>реестр.</p>\n</li>\n</ul>",
        ),
        ("— Minister of Finance", "<p>— Minister of Finance</p>"),
        ("The law\n– at last –\nis adopted.", "<p>The law\n– at last –\nis adopted.</p>"),
        ("–5 °C in winter", "<p>–5 °C in winter</p>"),
        // Indentation.
        ("    Indented.\n\n\tΜε στηλοθέτη.", "<p>Indented.</p>\n<p>Με στηλοθέτη.</p>"),
        ("        First line\n    of *two*.", "<p>First line\nof <em>two</em>.</p>"),
        ("\u{a0}\u{a0}\u{a0}\u{a0}Absatz\n\u{a0}\n\u{3000}段落", "<p>Absatz</p>\n<p>段落</p>"),
        (
            "1. one\n\n        deep\n\n2. two",
            "<ol>\n<li>\n<p>one</p>\n<p>deep</p>\n</li>\n<li>\n<p>two</p>\n</li>\n</ol>",
        ),
        (
            "> quoted\n>\n>     indented",
            "<blockquote>\n<p>quoted</p>\n<p>indented</p>\n</blockquote>",
        ),
        ("```\n    • code\n```", "<pre><code>    • code\n</code></pre>"),
        // Letters and numbers that are not lists of Markdown.
        ("a) law\nb) register", "<p>a) law<br />\nb) register</p>"),
        ("Үүнд:\nа) хууль\nб) бүртгэл", "<p>Үүнд:<br />\nа) хууль<br />\nб) бүртгэл</p>"),
        ("(i) loi\n(ii) décret", "<p>(i) loi<br />\n(ii) décret</p>"),
        ("1.Хууль\n2.Бүртгэл", "<p>1.Хууль<br />\n2.Бүртгэл</p>"),
        (
            "**1.1.** Loi\n**1.2.** Avis",
            "<p><strong>1.1.</strong> Loi<br />\n<strong>1.2.</strong> Avis</p>",
        ),
        ("I. Recht\nII. Amt", "<p>I. Recht<br />\nII. Amt</p>"),
        ("A. Smith\ne.g. B.", "<p>A. Smith\ne.g. B.</p>"),
        ("（一）法律\n（二）法规", "<p>（一）法律<br />\n（二）法规</p>"),
        ("١. قانون\n٢. سجل", "<p>١. قانون<br />\n٢. سجل</p>"),
        ("§ 1 Amt\n§ 2 Recht", "<p>§ 1 Amt<br />\n§ 2 Recht</p>"),
        ("-нэг\n-хоёр", "<p>-нэг<br />\n-хоёр</p>"),
        ("✓ done\n✗ open", "<p>✓ done<br />\n✗ open</p>"),
        ("bis zum\n31. Dezember", "<p>bis zum\n31. Dezember</p>"),
        // Manual line breaks, page breaks as lines, and empty paragraphs.
        ("Rue 1\u{2028}Paris\u{2029}Fin", "<p>Rue 1<br />\nParis</p>\n<p>Fin</p>"),
        ("Нэг\n\n________\n\nХоёр", "<p>Нэг</p>\n<hr />\n<p>Хоёр</p>"),
        // Addresses.
        (
            "Voir « https://example.org/a_b_c », www.gov.mn.",
            "<p>Voir « <a href=\"https://example.org/a_b_c\">https://example.org/a_b_c</a> », \
             <a href=\"http://www.gov.mn\">www.gov.mn</a>.</p>",
        ),
        (
            "见“https://example.org/法”。 office@gov.mn；",
            "<p>见“<a href=\"https://example.org/%E6%B3%95\">https://example.org/法</a>”。 \
             <a href=\"mailto:office@gov.mn\">office@gov.mn</a>；</p>",
        ),
        (
            "«https://example.org/a.»\u{a0}ftp://example.org/a",
            "<p>«<a href=\"https://example.org/a\">https://example.org/a</a>.»\u{a0}ftp://example.org/a</p>",
        ),
    ];

    #[test]
    fn numbers_are_shown_as_written() {
        let list = "<ol>\n<li>a</li>\n<li>b</li>\n</ol>";
        check_html("1. a\n2. b", list);
        check_html("5) a\n6) b", &list.replace("<ol>", "<ol start=\"5\">"));
        check_html("2014. a", "<p>2014. a</p>");
        check_html("2014\\. a\n2016\\. b", "<p>2014. a<br />\n2016. b</p>");
        check_html("2014. a\n2016. b", "<p>2014. a<br />\n2016. b</p>");
        check_html("31. a\n\n15. b", "<p>31. a</p>\n<p>15. b</p>");
        check_html("1. a\n1. b", "<p>1. a<br />\n1. b</p>");
        check_html("- 3. a\n  - b", "<ul>\n<li>3. a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>");
        // The parts of an item that is no longer one.
        check_html("31. a\n\n        b\n15. c", "<p>31. a</p>\n<p>b<br />\n15. c</p>");
    }

    #[test]
    fn a_list_continues_after_a_paragraph() {
        let html = "<ol>\n<li>a</li>\n</ol>\n<p>b</p>\n<ol start=\"2\">\n<li>c</li>\n</ol>";
        check_html("1. a\n\nb\n\n2. c", html);
    }

    #[test]
    fn only_the_numbers_of_several_items_are_a_problem() {
        assert_eq!(problems_in("2014. a"), []);
        assert_eq!(problems_in("1. a\n2. b\n\nc\n\n3. d"), []);
        assert_eq!(problems_in("2014\\. a\n2016\\. b"), []);
        assert_eq!(problems_in("1. a\n2. b\n2. c\n3. d"), [("list-numbers", "2.".to_owned())]);
        assert_eq!(problems_in("\t7) a\n\n\t9) b"), [("list-numbers", "9)".to_owned())]);
    }

    #[test]
    fn a_table_scrolls_by_itself() {
        let html = "<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th>Он</th>\n\
                    </tr>\n</thead>\n<tbody>\n<tr>\n<td>2014</td>\n</tr>\n</tbody>\n</table>\n\
                    </div>\n<p>a</p>";
        check_html("| Он |\n| --- |\n| 2014 |\n\na", html);
        assert_eq!(plain_text(&passage("a\n\n| b | c |\n|---|---|\n| d | e |")), "a b c d e");
    }

    #[test]
    fn an_address_that_a_link_cannot_have_is_text_unless_it_is_written_as_a_link() {
        check_html("ftp://a.mn/b", "<p>ftp://a.mn/b</p>");
        for text in [
            "<ftp://a.mn/b>",
            "[c](ftp://a.mn/b)",
            "- x\n\n  | c |\n  |-|\n  | [c](ftp://a.mn/b) |",
        ] {
            assert_eq!(problems_in(text), [("forbidden-link", "ftp://a.mn/b".to_owned())]);
        }
    }

    #[test]
    fn no_cell_of_a_table_is_left_out() {
        let text = "| a | b |\n|---|---|\n| c | d | e | f |\n| g | h\\|i |\n| j |";
        assert_eq!(problems_in(text), [("broken-table", "| e | f |".to_owned())]);
        assert_eq!(plain_text(&passage(text)), "a b c d | e | f g h|i j");
    }

    #[test]
    fn lines_that_were_meant_to_be_a_table_are_a_problem() {
        let broken = [("broken-table", "| a | b |".to_owned())];
        assert_eq!(problems_in("| a | b |\n| c | d |"), broken);
        assert_eq!(problems_in("| a | b |\n|---|\n| c | d |"), broken);
        check_html("| a |\n| c |", "<p>| a |<br />\n| c |</p>");
        assert_eq!(problems_in("a | b\n\n|c| is the absolute value"), []);
    }

    #[test]
    fn columns_of_tabs_are_a_problem() {
        let row = |row: &str| [("table-with-tabs", row.to_owned())];
        assert_eq!(problems_in("Нэр\tОн\nА\t2014\n\nБ\t2015"), row("Нэр\tОн"));
        assert_eq!(problems_in("1.\tА\t2014\n2.\tБ\t2015"), row("1.\tА\t2014"));
        assert_eq!(problems_in("1.\tА\n2.\tБ\n\na)\tв\nb)\tг\n\nд\tе"), []);
        check_html("А\t1\nБ\t2\nв", "<p>А\t1<br />\nБ\t2\nв</p>");
    }

    #[test]
    fn a_problem_in_rewritten_lines_has_its_position() {
        let text = "\tӨ\n\n\t\u{f0b7}\tҮ <b>\n\u{2028}\u{a0}• [x](y)\n\n    7. z\n    9. \u{f0fc}";
        let expected = [
            ("raw-html", "<b>"),
            ("forbidden-link", "y"),
            ("unreadable-character", "\u{f0fc}"),
            ("list-numbers", "9."),
        ];
        assert_eq!(problems_in(text), expected.map(|(code, part)| (code, part.to_owned())));
    }

    #[test]
    fn a_text_that_would_cost_too_much_has_no_tables_or_links() {
        let html = |text: &str| render(&passage(text), ParentHeading(2), |_| None);
        let table = |columns| format!("{}\n{}\n|x", "|a".repeat(columns), "|-".repeat(columns));
        assert!(html(&table(64)).as_str().contains("<table>"));
        assert!(!html(&table(65)).as_str().contains("<table>"));
        assert_eq!(problems_in(&table(65)), [("broken-table", "|a".repeat(65))]);
        assert!(html(&"www.a.b<".repeat(2048)).as_str().contains("<a "));
        assert!(!html(&"www.a.b<".repeat(2049)).as_str().contains("<a "));
    }

    #[test]
    fn no_word_is_lost() {
        const PARTS: &[&str] = &[
            "\n",
            "\n\n",
            " ",
            "    ",
            "\t",
            "\u{a0}",
            "\u{2028}",
            "\u{2029}",
            "\r\n",
            "> ",
            "- ",
            "* ",
            "1. ",
            "2) ",
            "2014. ",
            "• ",
            "– ",
            "\u{f0b7}",
            "o\t",
            "a) ",
            "(ii) ",
            "# ",
            "**",
            "_",
            "\\",
            ":",
            "b",
            "Өө",
            "法",
            "|",
            "|---|---|",
            "| c | d |\n",
            "```\n",
            "---",
            "www.e.mn",
            "https://f.mn/ж”",
            "g@h.mn",
            "ftp://i.mn ",
            "[j](k)",
            "l\u{ad}m",
        ];
        let text = proptest::collection::vec(proptest::sample::select(PARTS), 0..30);
        let config = ProptestConfig { rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() };
        let mut runner = TestRunner::new(config);
        let letters = |text: &str| -> String {
            text.chars().filter(|letter| letter.is_alphabetic()).collect()
        };
        let check_words = |parts: Vec<&str>| {
            let text = parts.concat();
            problems_in(&text);
            render(&passage(&text), ParentHeading(2), |_| None);
            let shown = letters(&plain_text(&passage(&text)));
            // A bullet in the form of a letter, and the target of a link.
            let rest = |text: &str| letters(text).replace(['o', 'k'], "");
            prop_assert_eq!(rest(&shown), rest(&text), "{:?}", text);
            Ok(())
        };
        runner.run(&text, check_words).unwrap();
    }
}
