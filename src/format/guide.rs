//! The part of the editors' guide that shows every key, with an example.

use super::declaration::Kind;
use super::key::{Key, TableFormat, ValueType};
use super::path::{SectionShape, TablePath};
use crate::model::{LanguageCode, Vocabulary};

/// The column at which comments start, if the key and its value leave room.
const COMMENT_COLUMN: usize = 37;
/// The length of a line, in characters.
pub(super) const WIDTH: usize = 100;

/// Returns a file of a kind that contains every key with its meaning. `?` marks optional keys.
/// `language` is that of the translations.
pub fn example(kind: Kind, language: &LanguageCode) -> String {
    let mut lines = Vec::new();
    add_table(kind.table(), &TablePath::root(kind), language, &mut lines);
    lines.join("\n") + "\n"
}

/// Lists the policy areas, separated by commas.
pub fn policy_areas() -> String {
    let names: Vec<String> =
        Vocabulary::PolicyArea.names().iter().map(|name| format!("`{name}`")).collect();
    wrap(&(names.join(", ") + "."), WIDTH).join("\n") + "\n"
}

fn add_table(
    format: &'static TableFormat,
    path: &TablePath,
    language: &LanguageCode,
    lines: &mut Vec<String>,
) {
    for key in format.originals().filter(|key| !key.value_type.is_section()) {
        add_line(&format!("{} = {}", key.name, key.example), &meaning(key), lines);
        if let ValueType::InlineTable(inner) | ValueType::InlineTables(inner) = key.value_type {
            for key in inner.keys {
                lines.push(format!("{:COMMENT_COLUMN$}#   {}: {}", "", key.name, meaning(key)));
            }
        }
    }
    add_translations(format, path, language, lines);
    for key in format.originals().filter(|key| key.value_type.is_section()) {
        let (inner, shape) = match key.value_type {
            ValueType::Table(inner) | ValueType::OneOrMoreTables(inner) => {
                (inner, SectionShape::Single)
            }
            ValueType::Tables(inner) => (inner, SectionShape::Repeated),
            _ => continue,
        };
        let path = path.section(key.name, shape);
        lines.push(String::new());
        add_line(&path.to_string(), &meaning(key), lines);
        add_table(inner, &path, language, lines);
    }
}

/// Shows the section with the translations of a table.
fn add_translations(
    format: &'static TableFormat,
    path: &TablePath,
    language: &LanguageCode,
    lines: &mut Vec<String>,
) {
    let mut keys = format.translated();
    let Some(first) = keys.next() else { return };
    lines.push(String::new());
    let about = match keys.next() {
        Some(_) => "? these texts in another language",
        None => "? this text in another language",
    };
    add_line(&path.translation(language).to_string(), about, lines);
    add_line(&format!("{} = {}", first.name, translated(first)), "", lines);
    for key in
        format.translated().filter(|key| format.originals().all(|other| other.name != key.name))
    {
        add_line(&format!("{} = {}", key.name, key.example), &meaning(key), lines);
    }
}

pub(super) fn translated(key: &Key) -> &'static str {
    match key.value_type {
        ValueType::Markdown => "'''…'''",
        _ => "\"…\"",
    }
}

pub(super) fn meaning(key: &Key) -> String {
    let mark = if key.is_required { "" } else { "? " };
    let choices = match key.value_type {
        ValueType::Choice(vocabulary) | ValueType::Choices(vocabulary) => vocabulary.names(),
        _ => Vec::new(),
    };
    match choices.len() {
        1..=12 => format!("{mark}{} ({})", key.meaning, choices.join(", ")),
        _ => format!("{mark}{}", key.meaning),
    }
}

/// Adds a line with a comment, which continues below if it is long.
pub(super) fn add_line(code: &str, comment: &str, lines: &mut Vec<String>) {
    let (first, rest) =
        code.split_once('\n').map_or((code, None), |(first, rest)| (first, Some(rest)));
    if comment.is_empty() {
        lines.push(code.to_owned());
        return;
    }
    let length = first.chars().count();
    let column = if length < COMMENT_COLUMN { COMMENT_COLUMN } else { length + 2 };
    let indent = if WIDTH < column + 30 { COMMENT_COLUMN } else { column };
    let mut comment = wrap(comment, WIDTH - indent - 4).into_iter();
    let first_part = comment.next().unwrap_or_default();
    if indent == column {
        lines.push(format!("{first:column$}# {first_part}"));
    } else {
        lines.push(first.to_owned());
        lines.push(format!("{:indent$}# {first_part}", ""));
    }
    lines.extend(comment.map(|part| format!("{:indent$}#   {part}", "")));
    lines.extend(rest.map(str::to_owned));
}

/// Splits a text into lines of at most `width` characters.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
