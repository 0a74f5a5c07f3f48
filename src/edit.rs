//! Changes the text of a TOML file without touching what it does not change: comments, order, quotation
//! marks and line ends stay as the editor wrote them.
//!
//! Text in, text out. This module does not know the keys of any file.

use toml_edit::{Document, Item, Table};

/// Why a file cannot be changed.
#[derive(Debug, PartialEq, Eq)]
pub enum EditError {
    /// The file does not follow TOML.
    Syntax,
    /// There is a value with the name of the sections, which is not a list of sections.
    NotSections,
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
    const MARK: &str = "\u{feff}";
    let (mark, text) = match text.strip_prefix(MARK) {
        Some(text) => (MARK, text),
        None => ("", text),
    };
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
    let (before, after) = text.split_at(offset);
    let line_end = match text.split_once('\n') {
        Some((line, _)) if line.ends_with('\r') => "\r\n",
        _ => "\n",
    };
    let mut added = String::new();
    if !before.is_empty() && !before.ends_with('\n') {
        added.push_str(line_end);
    }
    if !before.is_empty() {
        added.push_str(line_end);
    }
    let start = mark.len() + offset + added.len();
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
        Ok(_) => Ok(([mark, &changed].concat(), start)),
        Err(_) => Err(EditError::Syntax),
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
}
