//! Rewrites what a word processor writes instead of Markdown: bullets, indented paragraphs, numbers
//! that are not those of a list, and lines that begin with a letter or a number. Finds the lines that
//! the page cannot show as they were meant.
//!
//! The parser decides what each line is, and this module changes only the beginnings of lines. The
//! caller parses again after a change.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use comrak::nodes::{AstNode, ListType, NodeValue, Sourcepos};

use super::lines::Lines;

/// Bullets of word processors, also without white space after them.
const BULLETS: &[char] =
    &['•', '●', '▪', '■', '◦', '○', '‣', '⁃', '∙', '⦁', '▫', '□', '◆', '◇', '►', '➢', '➤', '❖'];

/// Pairs of which one means yes and the other no. Where both are, neither is a bullet.
const BOXES: &[[char; 2]] = &[['■', '□'], ['●', '○'], ['▪', '▫'], ['◆', '◇']];

/// Bullets of Word in its symbol fonts, which have characters for private use.
const SYMBOL_BULLETS: &[char] = &['\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f076}', '\u{f0fc}'];

/// Bullets of Word in the letters of another font, if a tab follows.
const LETTER_BULLETS: &[char] = &['o', '§', 'Ø', 'ü', 'v', 'q'];

const DASHES: &[char] = &['‒', '–', '—', '―'];

/// Symbols that begin a line of a list that is not written as one.
const SYMBOLS: &[char] = &['-', '§', '✓', '✔', '✗', '✘', '☐', '☑', '☒', '→', '➔'];

/// The ranges of a text that the page cannot show as they were meant.
#[derive(Default)]
pub(super) struct Mistakes {
    /// The numbers that do not continue their list, as written.
    pub numbers: Vec<(Range<usize>, String)>,
    /// The parts of rows that have more columns than the table.
    pub cells: Vec<Range<usize>>,
    /// The indices of the later lines of indented texts. The reader sees them as lines, except those that
    /// begin with a small letter and so continue a sentence.
    pub indented: Vec<usize>,
}

/// Changes the beginnings of lines that are not yet Markdown, and collects mistakes. Returns whether
/// it changed a line: if so, other lines may have another meaning now.
pub(super) fn rewrite<'a>(
    root: &'a AstNode<'a>,
    lines: &mut Lines<'_>,
    mistakes: &mut Mistakes,
) -> bool {
    rewrite_bullets(root, lines)
        || unindent_prose(root, lines, &mut mistakes.indented)
        || escape_products(root, lines)
        || escape_numbers(root, lines, &mut mistakes.numbers)
        || escape_cells(root, lines, &mut mistakes.cells)
}

/// Whether a text has nothing that this module looks for, as most texts: its lines begin with a letter,
/// or are items of a list with `-`. It saves half of the time to read a text.
pub(super) fn is_ordinary(lines: &Lines<'_>) -> bool {
    let text = lines.text();
    let is_special = |mark: char| text.contains(mark);
    let has_product = text.match_indices('*').any(|(offset, _)| is_product(text, offset));
    let mut previous = Cow::Borrowed("");
    let has_marks = ['\t', '|', '\r', '\u{2028}', '\u{2029}'].into_iter().any(is_special);
    !has_product
        && !has_marks
        && (0..lines.len()).all(|index| {
            let line = lines.get(index);
            let item = line.strip_prefix("- ");
            let follows_item = previous.starts_with("- ") && item.is_none();
            let words = item.unwrap_or(&line);
            let is_plain = words.starts_with(char::is_alphabetic) && !is_enumerator(words);
            let is_ordinary = line.is_empty() || (is_plain && !follows_item);
            previous = line;
            is_ordinary
        })
}

/// Whether the `*` at an offset is between two digits.
fn is_product(text: &str, offset: usize) -> bool {
    let around = offset.checked_sub(1).and_then(|start| text.as_bytes().get(start..start + 3));
    matches!(around, Some([before, b'*', after]) if before.is_ascii_digit() && after.is_ascii_digit())
}

// ---- bullets -----------------------------------------------------------------------------------

/// What a line of a paragraph begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    /// A bullet of a word processor, with its length in bytes.
    Bullet(usize),
    /// A dash, which is a bullet only beside others, with its length in bytes.
    Dash(usize),
    /// A bullet or number of Markdown.
    Markdown,
}

/// A line of a paragraph that begins with a marker.
struct MarkedLine {
    index: usize,
    start: LineStart,
    marker: Marker,
}

fn marker_of(content: &str) -> Option<Marker> {
    let first = content.chars().next()?;
    let rest = &content[first.len_utf8()..];
    let text = rest.trim_start();
    if text.is_empty() {
        return None;
    }
    let length = content.len() - text.len();
    let has_space = rest.starts_with(char::is_whitespace);
    let is_before_number = text.starts_with(|next: char| next.is_ascii_digit());
    let is_number = || {
        let text = content.trim_start_matches(|digit: char| digit.is_ascii_digit());
        first.is_ascii_digit() && (text.starts_with(". ") || text.starts_with(") "))
    };
    if BULLETS.contains(&first)
        || SYMBOL_BULLETS.contains(&first)
        || (first == '·' && has_space)
        || (LETTER_BULLETS.contains(&first) && rest.starts_with('\t') && !is_before_number)
    {
        Some(Marker::Bullet(length))
    } else if DASHES.contains(&first) && has_space && !is_before_number {
        Some(Marker::Dash(length))
    } else if (matches!(first, '-' | '*' | '+') && has_space) || is_number() {
        Some(Marker::Markdown)
    } else {
        None
    }
}

/// Rewrites bullets of word processors at the start of a line as `-`. Moves an indented list to the
/// paragraph that it follows.
fn rewrite_bullets<'a>(root: &'a AstNode<'a>, lines: &mut Lines<'_>) -> bool {
    let mut is_changed = false;
    for node in root.descendants() {
        if !matches!(node.data.borrow().value, NodeValue::Paragraph) {
            continue;
        }
        let marked = marked_lines(node, lines);
        let position = node.data.borrow().sourcepos;
        let column = LineStart::of_first(position, lines).column();
        let depths = marked.iter().map(|line| line.start.column().saturating_sub(column));
        let depth = depths.min().filter(|depth| *depth >= CODE_INDENTATION).unwrap_or(0);
        for MarkedLine { index, start, marker } in marked {
            let (bullet, length) = match marker {
                Marker::Bullet(length) | Marker::Dash(length) => ("- ", length),
                Marker::Markdown => ("", 0),
            };
            if depth > 0 || length > 0 {
                let beginning = start.unindented(depth) + bullet;
                lines.replace_beginning(index, start.text.len() + length, &beginning);
                is_changed = true;
            }
        }
    }
    is_changed
}

/// The number of columns from which an indented line is code in Markdown.
const CODE_INDENTATION: usize = 4;

/// Returns the lines of a paragraph that are items of a list for the editor, but not for Markdown.
fn marked_lines<'a>(paragraph: &'a AstNode<'a>, lines: &Lines<'_>) -> Vec<MarkedLine> {
    let position = paragraph.data.borrow().sourcepos;
    let first = LineStart::of_first(position, lines);
    let column = first.column();
    let mut marked = Vec::new();
    let mut previous = Cow::default();
    for index in line_indices(position) {
        let line = lines.get(index);
        let is_first = index == position.start.line - 1;
        let start = if is_first { first.clone() } else { LineStart::of(&line) };
        let marker = marker_of(&line[start.text.len()..]);
        let is_item = match marker {
            Some(Marker::Bullet(_)) => true,
            Some(Marker::Dash(_)) => {
                // Lines of a dialogue begin with a long dash too.
                let is_long = line[start.text.len()..].starts_with(['—', '―']);
                let is_in_list = introduces_list(&line) || is_announced(paragraph, lines);
                let can_be_first = is_first && (!is_long || is_in_list);
                can_be_first || !marked.is_empty() || introduces_list(&previous)
            }
            Some(Marker::Markdown) => start.column() >= column + CODE_INDENTATION,
            None => false,
        };
        if let Some(marker) = marker.filter(|_| is_item) {
            marked.push(MarkedLine { index, start, marker });
        }
        previous = line;
    }
    let begins = |bullet: char| {
        let contents = line_contents(position, lines);
        contents.into_iter().any(|(_, content)| content.starts_with(bullet))
    };
    if BOXES.iter().any(|boxes| boxes.iter().all(|bullet| begins(*bullet))) {
        marked.clear();
    }
    // A single dash can begin a remark or the name below a quotation.
    let is_single_dash = matches!(marked.as_slice(), [line]
        if matches!(line.marker, Marker::Dash(_)) && line.index == position.start.line - 1);
    if is_single_dash && !is_beside_list(paragraph, lines) {
        marked.clear();
    }
    marked
}

/// Whether the block before a paragraph ends as if a list or its next item followed.
fn is_announced<'a>(paragraph: &'a AstNode<'a>, lines: &Lines<'_>) -> bool {
    let last_line = |node: &'a AstNode<'a>| node.data.borrow().sourcepos.end.line.saturating_sub(1);
    let previous = paragraph.previous_sibling().map(last_line);
    previous.is_some_and(|index| introduces_list(&lines.get(index)))
}

fn introduces_list(line: &str) -> bool {
    line.trim_end().ends_with([':', ';', '：', '；'])
}

/// Whether the block before or after a paragraph is a list or looks like an item of a list, or the
/// block before announces one.
fn is_beside_list<'a>(paragraph: &'a AstNode<'a>, lines: &Lines<'_>) -> bool {
    let is_list = |node: &&'a AstNode<'a>| {
        let data = node.data.borrow();
        match &data.value {
            NodeValue::List(list) => list.list_type == ListType::Bullet,
            NodeValue::Paragraph => {
                let start = LineStart::of_first(data.sourcepos, lines);
                let line = lines.get(data.sourcepos.start.line - 1);
                marker_of(&line[start.text.len()..]).is_some()
            }
            _ => false,
        }
    };
    let previous = paragraph.previous_sibling();
    is_announced(paragraph, lines)
        || previous.filter(is_list).is_some()
        || paragraph.next_sibling().filter(is_list).is_some()
}

fn line_indices(position: Sourcepos) -> Range<usize> {
    position.start.line - 1..position.end.line
}

/// What precedes the words of a line: indentation and the marks of the blocks around it.
#[derive(Clone)]
struct LineStart {
    text: String,
}

impl LineStart {
    /// The start of the first line of a block.
    fn of_first(position: Sourcepos, lines: &Lines<'_>) -> Self {
        let line = lines.get(position.start.line - 1);
        let end = line.floor_char_boundary(position.start.column - 1);
        LineStart { text: line[..end].to_owned() }
    }

    /// The start of a later line of a paragraph.
    fn of(line: &str) -> Self {
        let words = line.trim_start_matches([' ', '\t', '>']);
        LineStart { text: line[..line.len() - words.len()].to_owned() }
    }

    /// Returns the column of the first word, where a tab moves to the next multiple of four.
    fn column(&self) -> usize {
        columns(&self.text)
    }

    /// Returns the start with `depth` columns less of white space before the first word.
    fn unindented(&self, depth: usize) -> String {
        let marks = self.text.trim_end_matches([' ', '\t']);
        let width = self.column().saturating_sub(depth).saturating_sub(columns(marks));
        format!("{marks}{:width$}", "")
    }
}

fn columns(text: &str) -> usize {
    text.chars().fold(0, |column, character| match character {
        '\t' => (column / 4 + 1) * 4,
        _ => column + 1,
    })
}

// ---- indented prose ----------------------------------------------------------------------------

/// Removes the indentation that would turn prose into code. The lines of one block keep their
/// indentation relative to each other.
fn unindent_prose<'a>(
    root: &'a AstNode<'a>,
    lines: &mut Lines<'_>,
    indented: &mut Vec<usize>,
) -> bool {
    let mut is_changed = false;
    for node in root.descendants() {
        let data = node.data.borrow();
        let NodeValue::CodeBlock(block) = &data.value else { continue };
        if block.fenced {
            continue;
        }
        let words = |line: &str| line.trim_start_matches([' ', '\t']).to_owned();
        let is_blank = |line: &&str| line.trim().is_empty();
        let written = block.literal.lines().filter(|line| !is_blank(line));
        let depths = written.map(|line| columns(&line[..line.len() - words(line).len()]));
        let depth = depths.min().unwrap_or(0) + CODE_INDENTATION;
        for (index, written) in (data.sourcepos.start.line - 1..).zip(block.literal.lines()) {
            let line = lines.get(index);
            let start = line.trim_end().len().checked_sub(words(written).trim_end().len());
            let Some(start) = start.filter(|_| !is_blank(&written)) else { continue };
            let beginning = LineStart { text: line[..start].to_owned() }.unindented(depth);
            lines.replace_beginning(index, start, &beginning);
            if index > data.sourcepos.start.line - 1
                && !written.trim().starts_with(char::is_lowercase)
            {
                indented.push(index);
            }
            is_changed = true;
        }
    }
    is_changed
}

// ---- footnotes and products --------------------------------------------------------------------

/// Puts a `\` before the mark of a footnote, such as `[1]: https://…`, which Markdown would take for
/// the address of a link and leave out. A mark that a link uses, as in `[the law][1]`, stays.
pub(super) fn keep_footnotes(lines: &mut Lines<'_>) {
    let used: HashSet<&str> = marks_of_links(lines.text()).collect();
    for index in 0..lines.len() {
        let line = lines.get(index);
        let words = line.trim_start();
        let mark = words.strip_prefix('[').and_then(|rest| rest.split_once("]:"));
        if mark.is_some_and(|(mark, _)| !mark.contains(['[', ']']) && !used.contains(mark)) {
            let start = line.len() - words.len();
            let beginning = format!("{}\\", &line[..start]);
            lines.replace_beginning(index, start, &beginning);
        }
    }
}

/// Iterates over the marks of links such as `[the law][1]` and `[the law][]`.
fn marks_of_links(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("][").flat_map(|(offset, _)| {
        let after = text[offset + 2..].split(']').next();
        let before = text[..offset].rsplit('[').next();
        after.into_iter().chain(before)
    })
}

/// Puts a `\` before each `*` between two digits: it is a sign of multiplication, not of emphasis.
fn escape_products<'a>(root: &'a AstNode<'a>, lines: &mut Lines<'_>) -> bool {
    let mut last_line = None;
    for node in root.descendants() {
        let data = node.data.borrow();
        if !matches!(data.value, NodeValue::Emph | NodeValue::Strong) {
            continue;
        }
        let position = data.sourcepos.start;
        let index = position.line - 1;
        let line = lines.get(index);
        if last_line == Some(index) || !is_product(&line, position.column - 1) {
            continue;
        }
        let stars: Vec<usize> = line.match_indices('*').map(|(offset, _)| offset).collect();
        let mut beginning = String::new();
        let mut end = 0;
        for star in stars.into_iter().filter(|star| is_product(&line, *star)) {
            beginning += &line[end..star];
            beginning.push('\\');
            end = star;
        }
        lines.replace_beginning(index, end, &beginning);
        last_line = Some(index);
    }
    last_line.is_some()
}

// ---- numbers -----------------------------------------------------------------------------------

/// The number of an item of a list, as written.
struct ItemNumber {
    value: usize,
    /// The index of the line, and the range of the number in it.
    line: usize,
    range: Range<usize>,
}

/// Puts a `\` after numbers that are not those of a list, so that they stay as written.
fn escape_numbers<'a>(
    root: &'a AstNode<'a>,
    lines: &mut Lines<'_>,
    wrong_numbers: &mut Vec<(Range<usize>, String)>,
) -> bool {
    let mut is_changed = false;
    let mut last_line = None;
    for parent in root.descendants() {
        // The number that continues the list before. A paragraph may be between the two.
        let mut next = 1;
        for list in parent.children() {
            let is_ordered = matches!(&list.data.borrow().value,
                NodeValue::List(list) if list.list_type == ListType::Ordered);
            if !is_ordered {
                continue;
            }
            let numbers: Vec<_> =
                list.children().filter_map(|item| number_of(item, lines)).collect();
            let wrong = numbers.windows(2).find(|pair| pair[1].value != pair[0].value + 1);
            match (numbers.as_slice(), wrong) {
                ([], _) => {}
                (_, Some(pair)) => {
                    let ItemNumber { line, range, .. } = &pair[1];
                    let offset = |column| lines.offset(*line, column);
                    let range = range.start..range.end + 1;
                    let written = lines.get(*line)[range.clone()].to_owned();
                    wrong_numbers.push((offset(range.start)..offset(range.end), written));
                }
                ([number], None) if number.value != next => {}
                ([.., last], None) => {
                    next = last.value + 1;
                    continue;
                }
            }
            for number in numbers {
                // The rest of a line changes its meaning with the first number.
                if last_line.replace(number.line) != Some(number.line) {
                    let beginning = lines.get(number.line)[..number.range.end].to_owned() + "\\";
                    lines.replace_beginning(number.line, number.range.end, &beginning);
                    is_changed = true;
                }
            }
        }
    }
    is_changed
}

fn number_of<'a>(item: &'a AstNode<'a>, lines: &Lines<'_>) -> Option<ItemNumber> {
    let position = item.data.borrow().sourcepos.start;
    let line = lines.get(position.line - 1);
    let start = position.column - 1;
    let digits = line.get(start..)?;
    let rest = digits.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let end = line.len() - rest.len();
    let value = line[start..end].parse().ok()?;
    Some(ItemNumber { value, line: position.line - 1, range: start..end })
}

// ---- tables ------------------------------------------------------------------------------------

/// Puts a `\` before each `|` that would begin a column which the table does not have: Markdown leaves
/// out such columns.
fn escape_cells<'a>(
    root: &'a AstNode<'a>,
    lines: &mut Lines<'_>,
    surplus: &mut Vec<Range<usize>>,
) -> bool {
    let mut is_changed = false;
    for row in root.descendants() {
        let data = row.data.borrow();
        let is_row = matches!(data.value, NodeValue::TableRow(_));
        let Some(table) = row.parent().filter(|_| is_row) else { continue };
        let NodeValue::Table(table) = &table.data.borrow().value else { continue };
        let index = data.sourcepos.start.line - 1;
        let line = lines.get(index);
        let line = line.trim_end();
        let start = data.sourcepos.start.column - 1;
        let is_leading = |offset: &usize| *offset == start;
        let marks = column_marks(line, start).filter(|offset| !is_leading(offset));
        let mut marks = marks.skip(table.num_columns - 1).filter(|offset| offset + 1 < line.len());
        let Some(first) = marks.next() else { continue };
        let mut beginning = line[..first].to_owned() + "\\";
        let mut end = first;
        for mark in marks {
            beginning += &line[end..mark];
            beginning.push('\\');
            end = mark;
        }
        surplus.push(lines.offset(index, first)..lines.offset(index, line.len()));
        lines.replace_beginning(index, end, &beginning);
        is_changed = true;
    }
    is_changed
}

/// Iterates over the offsets, from `start`, of each `|` that is not escaped.
fn column_marks(line: &str, start: usize) -> impl Iterator<Item = usize> + '_ {
    let mut is_escaped = false;
    line.bytes().enumerate().skip(start).filter_map(move |(offset, byte)| {
        let is_mark = byte == b'|' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_mark.then_some(offset)
    })
}

/// Returns the line indices of paragraphs that were meant to be tables: with a line of dashes, or at
/// least two lines that begin with `|`.
pub(super) fn broken_tables<'a>(root: &'a AstNode<'a>, lines: &Lines<'_>) -> Vec<Range<usize>> {
    let mut tables = Vec::new();
    for node in root.descendants() {
        let data = node.data.borrow();
        if !matches!(data.value, NodeValue::Paragraph) {
            continue;
        }
        let is_rule = |line: &str| {
            line.contains('|') && line.contains('-') && line.trim_matches(RULE).is_empty()
        };
        let contents = line_contents(data.sourcepos, lines);
        let (rules, rows) = contents.fold((0, 0), |(rules, rows), (_, line)| {
            (rules + usize::from(is_rule(&line)), rows + usize::from(line.starts_with('|')))
        });
        if rules > 0 || rows > 1 {
            tables.push(line_indices(data.sourcepos));
        }
    }
    tables
}

/// The characters of the line of dashes in a table.
const RULE: &[char] = &['|', '-', ':', ' ', '\t'];

// ---- lines without an empty line before them ----------------------------------------------------

/// Returns the indices of lines that Markdown counts to the item, the quotation or the table above
/// them, although nothing but the missing empty line says so. A line that begins with a small letter
/// continues a sentence.
pub(super) fn attached_lines<'a>(root: &'a AstNode<'a>, lines: &Lines<'_>) -> Vec<usize> {
    let mut attached = Vec::new();
    for node in root.descendants() {
        let data = node.data.borrow();
        match data.value {
            NodeValue::Paragraph if node.parent().is_some_and(is_item_or_quotation) => {
                let later = line_indices(data.sourcepos).skip(1);
                attached.extend(later.filter(|index| begins_sentence(&lines.get(*index))).take(1));
            }
            NodeValue::TableRow(_) => {
                let index = data.sourcepos.start.line - 1;
                attached.extend(Some(index).filter(|index| !lines.get(*index).contains('|')));
            }
            _ => {}
        }
    }
    attached
}

fn is_item_or_quotation<'a>(node: &'a AstNode<'a>) -> bool {
    matches!(node.data.borrow().value, NodeValue::Item(_) | NodeValue::BlockQuote)
}

/// Whether a line begins, without indentation, with a letter that is not a small one.
fn begins_sentence(line: &str) -> bool {
    line.starts_with(|first: char| first.is_alphabetic() && !first.is_lowercase())
}

// ---- lines that stay lines ---------------------------------------------------------------------

/// Returns the line indices of each table whose columns are separated by tabs: at least two lines of
/// text that follow each other have a tab between words.
pub(super) fn tabbed_tables<'a>(root: &'a AstNode<'a>, lines: &Lines<'_>) -> Vec<Range<usize>> {
    let mut tables: Vec<Range<usize>> = Vec::new();
    for (index, content) in lines_of_paragraphs(root, lines) {
        if !has_columns(&content) {
            continue;
        }
        match tables.last_mut() {
            Some(table) if table.end == index => table.end += 1,
            _ => tables.push(index..index + 1),
        }
    }
    tables.retain(|table| table.len() > 1);
    tables
}

/// Whether a line has a tab between two words. A tab after the letter or number of an item separates
/// no columns.
fn has_columns(content: &str) -> bool {
    let mut parts = content.split('\t').map(str::trim).filter(|part| !part.is_empty());
    let is_label = |part: &str| is_enumerator(&format!("{part} ")) || matches!(part, "*" | "+");
    match parts.next() {
        Some(label) if is_label(label) && label.chars().count() <= 6 => parts.nth(1).is_some(),
        Some(_) => parts.next().is_some(),
        None => false,
    }
}

/// Makes lines of a paragraph that begin with an enumerator, the lines of `tables` and the `indented`
/// lines, lines for the reader too.
pub(super) fn keep_lines<'a, 't>(
    root: &'a AstNode<'a>,
    lines: &Lines<'_>,
    tables: impl IntoIterator<Item = &'t Range<usize>>,
    indented: &[usize],
) {
    let mut starts_line = vec![false; lines.len() + 1];
    for table in tables {
        starts_line[table.start + 1..table.end].fill(true);
    }
    for &index in indented {
        starts_line[index] = true;
    }
    for node in root.descendants() {
        let data = node.data.borrow();
        if !matches!(data.value, NodeValue::Paragraph) || line_indices(data.sourcepos).len() < 2 {
            continue;
        }
        let contents = line_contents(data.sourcepos, lines);
        let enumerated: Vec<_> = contents.filter(|(_, content)| is_enumerator(content)).collect();
        // One line of wrapped prose can begin with a number or a dash.
        let is_enumeration = enumerated.len() > 1;
        for (index, content) in enumerated {
            starts_line[index] |= is_enumeration || has_escaped_number(&content);
        }
    }
    for node in root.descendants() {
        let mut data = node.data.borrow_mut();
        if matches!(data.value, NodeValue::SoftBreak) && starts_line[data.sourcepos.start.line] {
            data.value = NodeValue::LineBreak;
        }
    }
}

/// Whether a line begins with a number that is not that of a list, such as `2014\.`.
fn has_escaped_number(content: &str) -> bool {
    content.trim_start_matches(|digit: char| digit.is_ascii_digit()).starts_with('\\')
}

/// Iterates over the lines of all paragraphs with their indices, in order.
fn lines_of_paragraphs<'a, 'l>(
    root: &'a AstNode<'a>,
    lines: &'l Lines<'_>,
) -> impl Iterator<Item = (usize, String)> + use<'a, 'l> {
    let is_paragraph =
        |node: &&'a AstNode<'a>| matches!(node.data.borrow().value, NodeValue::Paragraph);
    root.descendants()
        .filter(is_paragraph)
        .flat_map(|node| line_contents(node.data.borrow().sourcepos, lines))
}

/// Iterates over the lines of a paragraph with their indices, without what precedes their words.
fn line_contents<'l>(
    position: Sourcepos,
    lines: &'l Lines<'_>,
) -> impl Iterator<Item = (usize, String)> + use<'l> {
    line_indices(position).map(move |index| {
        let line = lines.get(index);
        let start = match index == position.start.line - 1 {
            true => LineStart::of_first(position, lines),
            false => LineStart::of(&line),
        };
        (index, line[start.text.len()..].to_owned())
    })
}

/// Whether a line begins with a letter or a number of an enumeration, such as `a)`, `(iii)`, `A.`,
/// `2.1` or `（一）`, or with a symbol.
fn is_enumerator(content: &str) -> bool {
    let content = content.trim_start_matches(['*', '_']);
    let is_box = BOXES.iter().any(|boxes| content.starts_with(boxes));
    if content.starts_with(SYMBOLS) || content.starts_with(DASHES) || is_box {
        return true;
    }
    let label = content.strip_prefix(['(', '（']).unwrap_or(content);
    if label.starts_with(char::is_numeric) {
        return is_number_with_mark(label);
    }
    let after = label.trim_start_matches(char::is_alphabetic);
    let letters = &label[..label.len() - after.len()];
    let is_one_letter = letters.chars().count() == 1;
    let is_number = !letters.is_empty()
        && [ROMAN, CHINESE].iter().any(|digits| letters.trim_matches(*digits).is_empty());
    let has_mark = after.starts_with([')', '）', '、', '.'])
        && (!after.starts_with('.') || after[1..].starts_with([' ', '\t']));
    has_mark && (is_one_letter || is_number)
}

/// The letters of Roman numbers.
const ROMAN: &[char] = &['i', 'v', 'x', 'l', 'I', 'V', 'X', 'L'];

/// The characters of Chinese numbers.
const CHINESE: &[char] = &['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// Whether a line that begins with a digit begins with a number of an enumeration, such as `2.1`,
/// `2)`, `2.` or `2\.`, and not with a quantity.
fn is_number_with_mark(label: &str) -> bool {
    let after = label.trim_start_matches(|letter: char| letter.is_numeric() || letter == '.');
    let number = &label[..label.len() - after.len()];
    let unescaped = after.strip_prefix('\\').unwrap_or(after);
    let words = unescaped.strip_prefix(['.', ')', '）', '、']).unwrap_or(unescaped);
    let has_mark = number.contains('.') || words.len() < after.len();
    let begins_words = |next: char| next.is_whitespace() || next.is_alphabetic() || next == '*';
    has_mark && words.chars().next().is_none_or(begins_words)
}
