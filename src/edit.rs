//! Changes the text of a TOML file without touching what it does not change: comments, order, quotation
//! marks and line ends stay as the editor wrote them.
//!
//! Text in, text out. This module does not know the keys of any file.

use std::ops::Range;

use toml_edit::{Document, Item, Table, Value};

/// One of the sections `[[name]]` of a file, or one of the sections `[[name.inner]]` in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section<'n> {
    name: &'n str,
    index: usize,
    inner: Option<(&'n str, usize)>,
}

impl<'n> Section<'n> {
    /// Names a section by the name and the index.
    pub fn new(name: &'n str, index: usize) -> Self {
        Section { name, index, inner: None }
    }

    /// Names a section in this one.
    pub fn inner(self, name: &'n str, index: usize) -> Self {
        Section { inner: Some((name, index)), ..self }
    }

    /// Returns the name of the outer section.
    pub fn name(self) -> &'n str {
        self.name
    }

    fn find<'t>(self, root: &'t Table) -> Option<&'t Table> {
        let get = |table: &'t Table, name, index| table.get(name)?.as_array_of_tables()?.get(index);
        let table = get(root, self.name, self.index)?;
        match self.inner {
            Some((name, index)) => get(table, name, index),
            None => Some(table),
        }
    }
}

/// Why a file cannot be changed.
#[derive(Debug, PartialEq, Eq)]
pub enum EditError {
    /// The file does not follow TOML.
    Syntax,
    /// There is a value with the name of the sections, which is not a list of sections.
    NotSections,
    /// The key is written as a section of its own.
    NotAValue,
}

/// Adds a section to a file that has any number of sections with this name. It goes after the last of them,
/// or, if it is the first one, before those that are named in `later`. `block` is the whole section, with
/// its header and `\n` as line ends; the file's own line ends replace them. Returns the new text, and the
/// offset of the section in it.
///
/// # Errors
/// If the file has syntax errors, or has the name for something else. Nothing else prevents the change.
pub fn add_section(
    text: &str,
    name: &str,
    later: &[&str],
    block: &str,
) -> Result<(String, usize), EditError> {
    let (mark, text) = split_mark(text);
    let document = Document::parse(text).map_err(|_| EditError::Syntax)?;
    let root = document.as_table();
    let end = match root.get(name) {
        Some(sections @ Item::ArrayOfTables(_)) => end_of(sections),
        Some(_) => return Err(EditError::NotSections),
        None => {
            let earlier = root.iter().filter(|(key, _)| !later.contains(key));
            earlier.filter_map(|(_, item)| end_of(item)).max()
        }
    };
    let offset = end.map_or(0, |end| end_of_block(text, end));
    let (changed, start) = insert_block(text, offset, block)?;
    Ok(([mark, &changed].concat(), mark.len() + start))
}

/// Adds a section that belongs to `parent`, below everything that belongs to it. `block` is as in
/// [`add_section`].
///
/// # Errors
/// If the file has syntax errors or no such section, or the section has the name for something else.
pub fn add_inner_section(
    text: &str,
    parent: Section<'_>,
    block: &str,
) -> Result<String, EditError> {
    let (mark, text) = split_mark(text);
    let document = Document::parse(text).map_err(|_| EditError::Syntax)?;
    let table = parent.find(document.as_table()).ok_or(EditError::NotSections)?;
    let end = end_of_table(table).ok_or(EditError::NotSections)?;
    let (changed, _) = insert_block(text, end_of_block(text, end), block)?;
    Ok([mark, &changed].concat())
}

/// Inserts a block at the beginning of a line, between empty lines. Returns its offset, too.
fn insert_block(text: &str, offset: usize, block: &str) -> Result<(String, usize), EditError> {
    let (before, after) = text.split_at(offset);
    let line_end = line_end(text);
    let mut added = String::new();
    if !before.is_empty() && !before.ends_with('\n') {
        added.push_str(line_end);
    }
    if !before.is_empty() {
        added.push_str(line_end);
    }
    let start = offset + added.len();
    added.push_str(&block.trim_end().replace('\n', line_end));
    // The file ends as it did.
    if before.is_empty() || before.ends_with('\n') {
        added.push_str(line_end);
    }
    if after.lines().next().is_some_and(|line| !line.trim().is_empty()) {
        added.push_str(line_end);
    }
    let changed = [before, &added, after].concat();
    match Document::parse(changed.as_str()) {
        Ok(_) => Ok((changed, start)),
        Err(_) => Err(EditError::Syntax),
    }
}

/// Sets a key of a section that exists. A new key goes below the last of the keys in `earlier`; a value that
/// exists is replaced. `value` is TOML, with `\n` as line ends.
///
/// # Errors
/// If the file has syntax errors or no such section, or the key is written as a section.
pub fn set_key(
    text: &str,
    section: Section<'_>,
    key: &str,
    earlier: &[&str],
    value: &str,
) -> Result<String, EditError> {
    let (mark, text) = split_mark(text);
    let document = Document::parse(text).map_err(|_| EditError::Syntax)?;
    let table = section.find(document.as_table()).ok_or(EditError::NotSections)?;
    let line_end = line_end(text);
    let value = value.replace('\n', line_end);
    let (range, inserted) = match table.get(key) {
        Some(Item::Value(old)) => (old.span().ok_or(EditError::NotAValue)?, value),
        Some(_) => return Err(EditError::NotAValue),
        None => {
            let above = table.iter().filter(|(name, _)| earlier.contains(name));
            let above = above.filter_map(|(_, item)| item.as_value()?.span()).map(|span| span.end);
            let end = above.max().or(table.span().map(|span| span.end)).unwrap_or_default();
            match text[end..].find('\n') {
                Some(length) => {
                    let offset = end + length + 1;
                    (offset..offset, format!("{key} = {value}{line_end}"))
                }
                None => (text.len()..text.len(), format!("{line_end}{key} = {value}")),
            }
        }
    };
    Ok([mark, &text[..range.start], &inserted, &text[range.end..]].concat())
}

/// Adds an element to the list that is the value of a key. `element` is TOML on one line.
///
/// # Errors
/// If the file has syntax errors or no such section, or the key has no list in brackets.
pub fn add_to_list(
    text: &str,
    section: Section<'_>,
    key: &str,
    element: &str,
) -> Result<String, EditError> {
    let (mark, text) = split_mark(text);
    let document = Document::parse(text).map_err(|_| EditError::Syntax)?;
    let table = section.find(document.as_table()).ok_or(EditError::NotSections)?;
    let list = table.get(key).and_then(Item::as_array).ok_or(EditError::NotAValue)?;
    let span = list.span().ok_or(EditError::NotAValue)?;
    let (offset, inserted) = match list.iter().last().and_then(Value::span) {
        None => (span.start + 1, element.to_owned()),
        Some(last) => {
            let rest = &text[last.end..span.end];
            let line = text[..last.start].rfind('\n').map_or(0, |end| end + 1);
            let indent = &text[line..last.start];
            let is_own_line = line > span.start && indent.trim().is_empty();
            let line_end = line_end(text);
            match rest.find(line_end) {
                Some(length) if is_own_line && rest.trim_start().starts_with(',') => {
                    (last.end + length, format!("{line_end}{indent}{element},"))
                }
                // A comment after the last element stays with it.
                Some(length) if is_own_line => {
                    let comment = &rest[..length];
                    let inserted = format!(",{comment}{line_end}{indent}{element}");
                    return Ok([
                        mark,
                        &text[..last.end],
                        &inserted,
                        &rest[length..],
                        &text[span.end..],
                    ]
                    .concat());
                }
                None if is_own_line => (last.end, format!(",{line_end}{indent}{element}")),
                _ => (last.end, format!(", {element}")),
            }
        }
    };
    Ok([mark, &text[..offset], &inserted, &text[offset..]].concat())
}

/// Returns the index of the section in which a key has a text as its value: one of the sections `[[name]]`,
/// or of those in `parent`.
pub fn find_section(
    text: &str,
    parent: Option<Section<'_>>,
    name: &str,
    key: &str,
    value: &str,
) -> Option<usize> {
    let document = Document::parse(split_mark(text).1).ok()?;
    let table = match parent {
        Some(parent) => parent.find(document.as_table())?,
        None => document.as_table(),
    };
    let sections = table.get(name)?.as_array_of_tables()?;
    let is_wanted = |table: &Table| {
        let written = table.get(key).and_then(Item::as_str);
        written.is_some_and(|written| written.trim() == value)
    };
    sections.iter().position(is_wanted)
}

/// Returns the range of bytes of each of some keys, with its value.
pub fn ranges_of_keys(text: &str, keys: &[(Section<'_>, &str)]) -> Vec<Option<Range<usize>>> {
    let (mark, text) = split_mark(text);
    let Ok(document) = Document::parse(text) else { return vec![None; keys.len()] };
    let range = |(section, key): &(Section<'_>, &str)| {
        let (key, value) = section.find(document.as_table())?.get_key_value(key)?;
        let start = key.span().map_or(value.span()?.start, |span| span.start);
        Some(mark.len() + start..mark.len() + value.span()?.end)
    };
    keys.iter().map(range).collect()
}

/// Writes a text as a TOML value on one line.
pub fn line(text: &str) -> String {
    let is_plain = |letter: char| !letter.is_control() && !matches!(letter, '"' | '\\');
    if text.chars().all(is_plain) {
        return format!("\"{text}\"");
    }
    format!("\"{}\"", escaped(text).replace('\n', "\\n"))
}

/// Writes a text of any number of lines as a TOML value: between `'''`, if it needs no escapes.
pub fn lines(text: &str) -> String {
    let is_plain = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\t');
    if text.chars().all(is_plain) && !text.contains("'''") && !text.ends_with('\'') {
        return format!("'''{text}'''");
    }
    format!("\"\"\"{}\"\"\"", escaped(text))
}

/// Escapes what a basic string cannot contain, except line ends.
fn escaped(text: &str) -> String {
    let escape = |letter: char| match letter {
        '"' | '\\' => format!("\\{letter}"),
        '\n' => "\n".to_owned(),
        letter if letter.is_control() => format!("\\u{:04X}", u32::from(letter)),
        letter => letter.to_string(),
    };
    text.chars().map(escape).collect()
}

/// Splits a byte-order mark off.
fn split_mark(text: &str) -> (&'static str, &str) {
    const MARK: &str = "\u{feff}";
    match text.strip_prefix(MARK) {
        Some(text) => (MARK, text),
        None => ("", text),
    }
}

fn line_end(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((line, _)) if line.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Returns the offset at which the last part of an item ends, with everything that belongs to it.
fn end_of(item: &Item) -> Option<usize> {
    match item {
        Item::None => None,
        Item::Value(value) => value.span().map(|span| span.end),
        Item::Table(table) => end_of_table(table),
        Item::ArrayOfTables(tables) => tables.iter().filter_map(end_of_table).max(),
    }
}

fn end_of_table(table: &Table) -> Option<usize> {
    let inner = table.iter().filter_map(|(_, item)| end_of(item)).max();
    inner.max(table.span().map(|span| span.end))
}

/// Returns the offset of the line below a block whose last value ends at `end`. Comments directly below
/// that value belong to the block, unless a header follows them directly.
fn end_of_block(text: &str, end: usize) -> usize {
    let next_line = |from: usize| text[from..].find('\n').map_or(text.len(), |end| from + end + 1);
    let end_of_line = next_line(end);
    let mut offset = end_of_line;
    while offset < text.len() {
        let below = next_line(offset);
        match text[offset..below].trim_start().chars().next() {
            Some('#') => offset = below,
            Some('[') => return end_of_line,
            _ => break,
        }
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(text: &str) -> String {
        let (text, start) =
            add_section(text, "updates", &["corrections"], "[[updates]]\na = 1\n").unwrap();
        assert!(text[start..].starts_with("[[updates]]"), "{text}");
        text
    }

    #[test]
    fn a_section_goes_below_the_last_of_its_kind_and_what_belongs_to_it() {
        for (before, after) in [
            ("", "[[updates]]\na = 1\n"),
            ("t = 1", "t = 1\n\n[[updates]]\na = 1"),
            ("t = 1\n", "t = 1\n\n[[updates]]\na = 1\n"),
            ("t = 1\r\n", "t = 1\r\n\r\n[[updates]]\r\na = 1\r\n"),
            // The translation of a section, and a comment directly below it.
            (
                "[[updates]]\nb = 2\n[updates.mn]\nb = 3\n# c = 4\n\n# end\n",
                "[[updates]]\nb = 2\n[updates.mn]\nb = 3\n# c = 4\n\n[[updates]]\na = 1\n\n# end\n",
            ),
            // The comment above the header of the next section.
            (
                "[[updates]]\n# What is wrong.\n[[corrections]]\n",
                "[[updates]]\n\n[[updates]]\na = 1\n\n# What is wrong.\n[[corrections]]\n",
            ),
            // A header in a text is not one.
            (
                "t = '''\n[[corrections]]\n'''\n[[corrections]]\n",
                "t = '''\n[[corrections]]\n'''\n\n[[updates]]\na = 1\n\n[[corrections]]\n",
            ),
        ] {
            assert_eq!(add(before), after);
        }
    }

    #[test]
    fn a_file_with_errors_or_another_value_is_refused() {
        for (text, error) in [
            ("t = ", EditError::Syntax),
            ("updates = []", EditError::NotSections),
            ("[updates]", EditError::NotSections),
        ] {
            assert_eq!(add_section(text, "updates", &[], "[[updates]]\n"), Err(error));
        }
    }

    const FILE: &str =
        "t = 1\n\n[[a]]\nr = \"x\" # why\n# end\n[a.mn]\nn = 1\n\n[[a]]\nr = \"y\"\nn = 2";

    #[test]
    fn a_key_is_set_where_it_belongs_and_nothing_else_changes() {
        let first = set_key(FILE, Section::new("a", 0), "n", &["r"], "'''1\n2'''").unwrap();
        let expected = FILE.replace("# why\n", "# why\nn = '''1\n2'''\n");
        assert_eq!(first, expected);
        let second = set_key(FILE, Section::new("a", 1), "n", &["r"], "3").unwrap();
        assert_eq!(second, FILE.replace("n = 2", "n = 3"));
        let last = set_key(FILE, Section::new("a", 1), "o", &["r", "n"], "3").unwrap();
        assert_eq!(last, format!("{FILE}\no = 3"));
        let windows =
            set_key("\u{feff}[[a]]\r\nr = 1\r\n", Section::new("a", 0), "n", &["r"], "'''1\n2'''");
        assert_eq!(windows.unwrap(), "\u{feff}[[a]]\r\nr = 1\r\nn = '''1\r\n2'''\r\n");
        assert_eq!(set_key(FILE, Section::new("a", 2), "n", &[], "3"), Err(EditError::NotSections));
        assert_eq!(set_key(FILE, Section::new("a", 0), "mn", &[], "3"), Err(EditError::NotAValue));
        assert_eq!(find_section(FILE, None, "a", "r", "y"), Some(1));
        assert_eq!(find_section(FILE, None, "a", "r", "z"), None);
        let ranges =
            ranges_of_keys(FILE, &[(Section::new("a", 1), "n"), (Section::new("a", 0), "n")]);
        assert_eq!(ranges, [Some(FILE.len() - 5..FILE.len()), None]);
    }

    #[test]
    fn a_section_in_a_section_goes_below_what_belongs_to_it() {
        let first = Section::new("a", 0);
        let block = "[[a.m]]\nid = 1\n";
        let added = add_inner_section(FILE, first, block).unwrap();
        assert_eq!(added, FILE.replace("n = 1\n\n", "n = 1\n\n[[a.m]]\nid = 1\n\n"));
        assert_eq!(find_section(&added, Some(first), "m", "id", "1"), None);
        let inner = first.inner("m", 0);
        let named = set_key(&added, inner, "id", &[], "\"x\"").unwrap();
        assert_eq!(find_section(&named, Some(first), "m", "id", "x"), Some(0));
        let last = add_inner_section(FILE, Section::new("a", 1), block).unwrap();
        assert_eq!(last, format!("{FILE}\n\n[[a.m]]\nid = 1"));
        for text in ["[[a]]\nm = 1\n", "[[a]]\n[a.m]\n", "[[a]]\nm = []\n"] {
            assert_eq!(add_inner_section(text, first, block), Err(EditError::Syntax));
        }
        assert_eq!(add_inner_section("", first, block), Err(EditError::NotSections));
    }

    #[test]
    fn an_element_goes_to_the_end_of_a_list_as_the_list_is_written() {
        for (before, after) in [
            ("[]", "[9]"),
            ("[1, 2]", "[1, 2, 9]"),
            ("[\n  1,\n]", "[\n  1,\n  9,\n]"),
            ("[\n  1, # one\n]", "[\n  1, # one\n  9,\n]"),
            ("[\n  1\n]", "[\n  1,\n  9\n]"),
            ("[\n  1 # one\n  # two\n]", "[\n  1, # one\n  9\n  # two\n]"),
            ("[\n  1]", "[\n  1,\n  9]"),
            ("[1,\n 2]", "[1,\n 2,\n 9]"),
        ] {
            let text = |list: &str| format!("[[a]]\nl = {list}\n");
            assert_eq!(add_to_list(&text(before), Section::new("a", 0), "l", "9"), Ok(text(after)));
        }
    }

    #[test]
    fn a_text_is_written_so_that_toml_gives_it_back() {
        for text in ["a", "a\nb", "it's", "'", "a ''' b", "\"\\", "\u{1}\t", "”«»"] {
            for written in [line(text), lines(text)] {
                let file = format!("a = {written}");
                let document = Document::parse(file.as_str()).unwrap();
                assert_eq!(document.get("a").and_then(Item::as_str), Some(text), "{file}");
            }
        }
    }
}
