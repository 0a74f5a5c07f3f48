//! New files and sections for editors to fill in: the required keys without a value, and the optional
//! ones as comments.

use super::declaration::Kind;
use super::guide::{WIDTH, add_line, meaning, translated, wrap};
use super::key::{Key, TableFormat, ValueType};
use super::path::{SectionShape, TablePath};
use crate::model::LanguageCode;

/// A key with its value as TOML, for a key whose value is known.
pub type KnownValue<'k> = (&'k str, String);

/// What stands for the required keys whose values are not known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Required {
    /// The key without a value.
    Empty,
    /// Nothing but a comment, as for optional keys.
    Comment,
}

/// Returns a new file of a kind, with its sections as comments. `languages` are those of the translations.
pub fn new_file(kind: Kind, known: &[KnownValue<'_>], languages: &[LanguageCode]) -> String {
    let root = TablePath::root(kind);
    let mut lines = Vec::new();
    add_keys(kind.table(), known, Required::Empty, &mut lines);
    if !languages.is_empty() {
        lines.push(String::new());
    }
    add_translations(kind.table(), &root, languages, &mut lines);
    for (key, inner, path) in sections(kind) {
        lines.push(String::new());
        add_line(&format!("# {path}"), key.meaning, &mut lines);
        add_keys(inner, &[], Required::Comment, &mut lines);
        add_translations(inner, &path, languages, &mut lines);
    }
    lines.join("\n") + "\n"
}

/// Returns a new section of a kind of file. No empty line is in it: what belongs to it stays together if
/// another section follows.
///
/// # Panics
/// If files of the kind have no section with this name.
pub fn new_section(
    kind: Kind,
    name: &str,
    known: &[KnownValue<'_>],
    languages: &[LanguageCode],
) -> String {
    let (key, inner, path) =
        sections(kind).find(|(key, ..)| key.name == name).expect("a declared section");
    let mut lines = Vec::new();
    add_line(&path.to_string(), key.meaning, &mut lines);
    add_keys(inner, known, Required::Empty, &mut lines);
    add_translations(inner, &path, languages, &mut lines);
    lines.join("\n") + "\n"
}

/// Returns the names of the sections that follow a section, in the order of the editors' guide.
pub fn later_sections(kind: Kind, name: &str) -> Vec<&'static str> {
    sections(kind).map(|(key, ..)| key.name).skip_while(|key| *key != name).skip(1).collect()
}

/// The sections of a file, with the table and the header of each.
fn sections(kind: Kind) -> impl Iterator<Item = (&'static Key, &'static TableFormat, TablePath)> {
    kind.table().originals().filter_map(move |key| {
        let (inner, shape) = match key.value_type {
            ValueType::Table(inner) | ValueType::OneOrMoreTables(inner) => {
                (inner, SectionShape::Single)
            }
            ValueType::Tables(inner) => (inner, SectionShape::Repeated),
            _ => return None,
        };
        Some((key, inner, TablePath::root(kind).section(key.name, shape)))
    })
}

/// Adds the keys of a table, without the sections in it.
fn add_keys(
    format: &'static TableFormat,
    known: &[KnownValue<'_>],
    required: Required,
    lines: &mut Vec<String>,
) {
    for key in format.originals().filter(|key| !key.value_type.is_section()) {
        let value = known.iter().find(|(name, _)| *name == key.name).map(|(_, value)| value);
        if let Some(value) = value {
            add_line(&format!("{} = {value}", key.name), &about(key), lines);
        } else if key.is_required && required == Required::Empty {
            add_empty(key, lines);
        } else {
            let example = key.example.replace('\n', "\n# ");
            add_line(&format!("# {} = {example}", key.name), &about(key), lines);
        }
    }
}

/// Adds the translations of a table, as comments.
fn add_translations(
    format: &'static TableFormat,
    path: &TablePath,
    languages: &[LanguageCode],
    lines: &mut Vec<String>,
) {
    let Some(first) = format.translated().next() else { return };
    for language in languages {
        let header = format!("# {}", path.translation(language));
        add_line(&header, "these texts in another language", lines);
        lines.push(format!("# {} = {}", first.name, translated(first)));
    }
}

/// Adds a required key without a value. A long text begins below its key.
fn add_empty(key: &Key, lines: &mut Vec<String>) {
    let hint = format!("{}, such as {}", about(key), key.example.replace("'''", "\""));
    match key.value_type {
        ValueType::Markdown => {
            lines.extend(wrap(&hint, WIDTH - 2).into_iter().map(|line| format!("# {line}")));
            lines.extend([format!("{} = '''", key.name), String::new(), "'''".to_owned()]);
        }
        _ => add_line(&format!("{} = \"\"", key.name), &hint, lines),
    }
}

/// What a key means, without the mark of optional keys: those are comments.
fn about(key: &Key) -> String {
    meaning(key).trim_start_matches("? ").to_owned()
}
