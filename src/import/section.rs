//! The text of a TOML file or section from values, by the declaration of the format: it decides the order of
//! the keys and how each value is written.
//!
//! This module does not know what a value means.

use crate::format::{Kind, TableFormat, ValueType};
use crate::problems::words::in_marks;

/// A section of a file, or a whole file.
#[derive(Debug)]
pub(super) struct Section {
    format: &'static TableFormat,
    values: Vec<(&'static str, Value)>,
}

/// A value of a key.
#[derive(Debug)]
enum Value {
    Text(String),
    List(Vec<String>),
    /// A number or a boolean, as TOML.
    Bare(String),
    Section(Section),
    Sections(Vec<Section>),
}

impl Section {
    /// A file without values.
    pub(super) fn of(kind: Kind) -> Self {
        Section { format: kind.table(), values: Vec::new() }
    }

    /// A section without values, for a key of this one.
    ///
    /// # Panics
    /// If the format has no such section.
    pub(super) fn inner(&self, key: &str) -> Self {
        let format = self.format.key(key).and_then(|key| key.value_type.table());
        Section { format: format.expect("a declared section"), values: Vec::new() }
    }

    /// Sets a text, unless it is empty.
    pub(super) fn text(&mut self, key: &'static str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.set(key, Value::Text(text));
        }
    }

    /// Sets a list, unless it is empty.
    pub(super) fn list(&mut self, key: &'static str, texts: Vec<String>) {
        if !texts.is_empty() {
            self.set(key, Value::List(texts));
        }
    }

    /// Sets a list, even an empty one.
    pub(super) fn whole_list(&mut self, key: &'static str, texts: Vec<String>) {
        self.set(key, Value::List(texts));
    }

    /// Sets one name, or a list of several.
    pub(super) fn one_or_more(&mut self, key: &'static str, mut names: Vec<String>) {
        match names.len() {
            1 => self.text(key, names.remove(0)),
            _ => self.list(key, names),
        }
    }

    pub(super) fn number(&mut self, key: &'static str, number: u16) {
        self.set(key, Value::Bare(number.to_string()));
    }

    pub(super) fn boolean(&mut self, key: &'static str, value: bool) {
        self.set(key, Value::Bare(value.to_string()));
    }

    /// Sets a section, even one without values.
    pub(super) fn section(&mut self, key: &'static str, section: Section) {
        self.set(key, Value::Section(section));
    }

    pub(super) fn sections(&mut self, key: &'static str, sections: Vec<Section>) {
        if !sections.is_empty() {
            self.set(key, Value::Sections(sections));
        }
    }

    fn set(&mut self, key: &'static str, value: Value) {
        assert!(self.format.key(key).is_some(), "the format has no key `{key}`");
        self.values.push((key, value));
    }

    /// Whether no value is set.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the TOML of the file.
    pub(super) fn to_toml(&self) -> String {
        let mut toml = String::new();
        self.write("", &mut toml);
        toml
    }

    fn write(&self, path: &str, toml: &mut String) {
        for key in self.format.keys {
            let Some((name, value)) = self.values.iter().find(|(name, _)| *name == key.name) else {
                continue;
            };
            let inner_path =
                if path.is_empty() { (*name).to_owned() } else { format!("{path}.{name}") };
            match value {
                Value::Text(text) => {
                    let text = match key.value_type {
                        ValueType::Markdown => quoted_lines(text),
                        _ => quoted(text),
                    };
                    toml.push_str(&format!("{name} = {text}\n"));
                }
                Value::List(texts) => {
                    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
                    toml.push_str(&format!("{name} = [{}]\n", texts.join(", ")));
                }
                Value::Bare(bare) => toml.push_str(&format!("{name} = {bare}\n")),
                Value::Section(section) => {
                    toml.push_str(&format!("\n[{inner_path}]\n"));
                    section.write(&inner_path, toml);
                }
                Value::Sections(sections) => {
                    for section in sections {
                        toml.push_str(&format!("\n[[{inner_path}]]\n"));
                        section.write(&inner_path, toml);
                    }
                }
            }
        }
    }
}

/// Puts a text of one line between marks.
fn quoted(text: &str) -> String {
    match text.contains(char::is_control) {
        true => format!("\"{}\"", escaped(text)),
        false => in_marks(text),
    }
}

/// Puts a text of several lines between marks. Line ends become `\n`.
fn quoted_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let needs_escapes = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    // TOML ignores a line break after the opening marks.
    if text.contains("'''")
        || text.ends_with('\'')
        || text.starts_with('\n')
        || text.contains(needs_escapes)
    {
        return format!("\"{}\"", escaped(&text));
    }
    format!("'''{text}'''")
}

/// Replaces what cannot stand between quotation marks of one line (TOML 1.0, basic strings).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '\\' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            letter if letter.is_control() => {
                escaped.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_marks_and_lines() {
        for (text, toml) in [
            ("plain", "\"plain\""),
            ("a \"b\" \\ c", "'a \"b\" \\ c'"),
            ("a\tb\r\n\"c\" 'd'", "\"a\\tb\\u000D\\n\\\"c\\\" 'd'\""),
            ("'''\"\\", "\"'''\\\"\\\\\""),
        ] {
            assert_eq!(quoted(text), toml);
        }
        for (text, toml) in [
            ("a\r\nb\rc \"d\" \\", "'''a\nb\nc \"d\" \\'''"),
            ("\na", "\"\\na\""),
            ("it's '''a'''", "\"it's '''a'''\""),
            ("the agencies'", "\"the agencies'\""),
            ("\u{1}\t\"\\\n", "\"\\u0001\\t\\\"\\\\\\n\""),
        ] {
            assert_eq!(quoted_lines(text), toml);
        }
    }

    #[test]
    fn keys_follow_the_declaration() {
        let mut file = Section::of(Kind::Commitment);
        let mut assessment = file.inner("assessments");
        let mut irm = assessment.inner("irm");
        irm.boolean("starred", false);
        assessment.section("irm", irm);
        assessment.text("report", "r");
        file.sections("assessments", vec![assessment]);
        file.text("objective", "a\nb");
        file.text("ogp_id", "");
        file.one_or_more("lead", vec!["a".to_owned()]);
        file.text("title", "T");
        assert_eq!(
            file.to_toml(),
            "title = \"T\"\nlead = \"a\"\nobjective = '''a\nb'''\n\n[[assessments]]\nreport = \"r\"\n\n\
             [assessments.irm]\nstarred = false\n"
        );
    }
}
