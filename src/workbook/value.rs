//! The value of an answer: what a cell says, in the form of the site's files.

use std::sync::Arc;

use super::address::{from_word, is_address, without_punctuation};
use super::answer::Cell;
use super::column::Question;
use crate::diagnostic::Diagnostic;
use crate::edit;
use crate::language::Language;
use crate::model::{
    AssessedLevel, Challenge, CompletionLevel, PartialDate, Standing, Term, Vocabulary,
    is_published_path,
};
use crate::problems::{self, words};

/// A document that supports an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    pub title: String,
    /// A URL, or the path of a file of the site.
    pub address: String,
}

impl Document {
    /// Whether the site has the document, at an address that a sentence can end with or not.
    pub(super) fn is_same(&self, site: &Document) -> bool {
        self.address == site.address || self.address == without_punctuation(&site.address)
    }

    pub(super) fn to_toml(&self) -> String {
        let key = if is_published_path(&self.address) { "file" } else { "url" };
        let (title, address) = (edit::line(&self.title), edit::line(&self.address));
        format!("{{ title = {title}, {key} = {address} }}")
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// The name of a level.
    Level(&'static str),
    /// A date as written. What is wrong with it is for the checks of the site to say.
    Date(String),
    /// Markdown.
    Text(String),
    /// The names of challenges, in the order of their list.
    Challenges(Vec<&'static str>),
    Evidence(Vec<Document>),
}

impl Value {
    /// Reads an answer.
    pub(super) fn read(
        question: Question,
        cell: &Cell,
        languages: &[Arc<Language>],
    ) -> Result<Value, Box<Diagnostic>> {
        Ok(match question {
            Question::Level => Value::Level(level(cell, languages)?),
            Question::CompletedDate | Question::UpdateDate => {
                Value::Date(with_ascii_digits(words::without_marks(&cell.text).trim()))
            }
            Question::Challenges => Value::Challenges(challenges(cell, languages)?),
            Question::Evidence => Value::Evidence(evidence(cell)?),
            Question::Results
            | Question::NextSteps
            | Question::AdditionalInformation
            | Question::Update => Value::Text(paragraphs(&cell.text)),
        })
    }

    pub(super) fn to_toml(&self) -> String {
        match self {
            Value::Level(name) => edit::line(name),
            Value::Date(date) => edit::line(date),
            Value::Text(text) => edit::lines(text),
            Value::Challenges(names) => {
                let names: Vec<String> = names.iter().map(|name| edit::line(name)).collect();
                format!("[{}]", names.join(", "))
            }
            Value::Evidence(documents) => {
                let lines = documents.iter().map(|document| format!("  {},\n", document.to_toml()));
                format!("[\n{}]", lines.collect::<String>())
            }
        }
    }

    /// Whether the value has the form that the site needs.
    pub(super) fn is_valid(&self) -> bool {
        match self {
            Value::Date(text) => PartialDate::parse(text).is_some(),
            _ => true,
        }
    }

    /// Whether the site says the same.
    pub(super) fn is_same(&self, site: &Value) -> bool {
        match (self, site) {
            // People and programs break lines anywhere.
            (Value::Text(text), Value::Text(site)) => {
                paragraphs(site).split_whitespace().eq(text.split_whitespace())
            }
            (value, site) => value == site,
        }
    }

    /// Returns the value for people.
    pub(super) fn shown(&self) -> String {
        match self {
            Value::Level(text) => (*text).to_owned(),
            Value::Date(text) | Value::Text(text) => text.clone(),
            Value::Challenges(names) => names.join("; "),
            Value::Evidence(documents) => {
                let lines = documents.iter().map(|document| document.address.as_str());
                lines.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// Returns a date with the digits 0 to 9 in place of Arabic and Persian ones.
fn with_ascii_digits(text: &str) -> String {
    let plain = |letter: char| match u32::from(letter) {
        code @ (0x660..=0x669 | 0x6f0..=0x6f9) => char::from(b'0' + (code & 0xf) as u8),
        _ => letter,
    };
    text.chars().map(plain).collect()
}

/// Returns a name without the differences that do not matter: capitals, marks, dashes, white space.
fn normalized(text: &str) -> String {
    let text = words::without_marks(text.trim()).to_lowercase().replace(['-', '_', '–'], " ");
    words::one_line(&text).trim_end_matches('.').to_owned()
}

fn find_level(written: &str, languages: &[Arc<Language>]) -> Option<&'static str> {
    let written = normalized(written);
    let levels = AssessedLevel::written().into_iter().map(Standing::from);
    let is_meant = |standing: &Standing| {
        let labels = languages.iter().map(|language| language.standing(*standing));
        labels.chain([standing.name()]).any(|label| normalized(label) == written)
    };
    levels.into_iter().find(is_meant).map(Standing::name)
}

fn level(cell: &Cell, languages: &[Arc<Language>]) -> Result<&'static str, Box<Diagnostic>> {
    if let Some(level) = find_level(&cell.text, languages) {
        return Ok(level);
    }
    let place = cell.place.to_string();
    let parts = cell.text.split([';', ',', '/', '\n', '+', '→']);
    if parts.filter(|part| find_level(part, languages).is_some()).count() > 1 {
        return Err(problems::workbook::two_levels(&place, &cell.text).into());
    }
    let language = &languages[cell.language];
    let labels = CompletionLevel::ALL.map(|level| language.standing(level.into()));
    let vocabulary = Vocabulary::CompletionLevel;
    Err(problems::workbook::unknown_answer(&place, vocabulary, &cell.text, &labels).into())
}

fn challenges(
    cell: &Cell,
    languages: &[Arc<Language>],
) -> Result<Vec<&'static str>, Box<Diagnostic>> {
    let language = &languages[cell.language];
    let all = Challenge::written();
    let find = |written: &str| {
        let written = normalized(written);
        all.iter().position(|challenge| {
            let labels = languages.iter().map(|language| language.term(*challenge));
            let mut labels = labels.chain([challenge.name().to_owned()]);
            labels.any(|label| normalized(&label) == written)
        })
    };
    let mut found = Vec::new();
    for entry in cell.text.split([';', '؛', '\n']).filter(|entry| !entry.trim().is_empty()) {
        // The name of a challenge can contain a comma.
        let parts = if find(entry).is_some() { vec![entry] } else { words::names_of(entry) };
        for part in parts {
            match find(part.trim_start_matches(['-', '•', '*', ' '])) {
                Some(index) => found.push(index),
                None => {
                    let labels: Vec<String> =
                        all.iter().map(|challenge| language.term(*challenge)).collect();
                    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
                    let place = cell.place.to_string();
                    let vocabulary = Vocabulary::Challenge;
                    return Err(problems::workbook::unknown_answer(
                        &place,
                        vocabulary,
                        part.trim(),
                        &labels,
                    )
                    .into());
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found.into_iter().map(|index| all[index].name()).collect())
}

/// Reads documents: of each, its title and its address, on one line or on two.
fn evidence(cell: &Cell) -> Result<Vec<Document>, Box<Diagnostic>> {
    let place = cell.place.to_string();
    let mut documents: Vec<Document> = Vec::new();
    let mut title: Vec<&str> = Vec::new();
    for line in cell.text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let addresses = words.iter().filter(|word| is_address(word)).count();
        // As in "https://example.org – the decree".
        if let ([first, rest @ ..], 1) = (words.as_slice(), addresses)
            && title.is_empty()
            && is_address(first)
            && !rest.is_empty()
        {
            documents.push(document(rest, first));
            continue;
        }
        for word in words {
            if is_address(word) {
                documents.push(document(&title, word));
                title.clear();
            } else {
                title.push(word);
            }
        }
    }
    let untitled = documents.iter().find(|document| document.title.is_empty());
    if let Some(untitled) = untitled {
        return Err(problems::workbook::evidence_without_title(&place, &untitled.address).into());
    }
    match title.as_slice() {
        [] => Ok(documents),
        rest => Err(problems::workbook::evidence_without_address(&place, &rest.join(" ")).into()),
    }
}

fn document(title: &[&str], address: &str) -> Document {
    let is_around = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '-' | '–' | '—' | ':' | ';' | ',' | '|' | '•' | '(' | '*')
    };
    let title = title.join(" ");
    let digits = title.trim_start_matches(|letter: char| letter.is_ascii_digit());
    // As in "1. The decree" and "2) The list".
    let title = match digits.strip_prefix(['.', ')']) {
        Some(rest) if digits.len() < title.len() && rest.starts_with(' ') => rest,
        _ => &title,
    };
    let title = title.trim_matches(is_around).to_owned();
    Document { title, address: from_word(address) }
}

/// Returns the text of a cell as Markdown: lines of a cell are paragraphs or entries of a list.
pub(super) fn paragraphs(text: &str) -> String {
    let mut result = String::new();
    let mut previous = "";
    for line in text.lines() {
        let bullet = line.trim_start().strip_prefix(['•', '·', '▪', '–']).map(str::trim_start);
        let is_entry = |line: &str| {
            let line = line.trim_start();
            let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
            let is_numbered = digits.len() < line.len() && digits.starts_with([')', '.']);
            is_numbered || line.starts_with(['-', '*', '+', '|', '>', '#', '•', '·', '▪', '–'])
        };
        let is_continued = line.starts_with([' ', '\t']);
        if !previous.is_empty() && !line.is_empty() && !is_entry(line) && !is_continued {
            result.push('\n');
        }
        match bullet {
            Some(entry) => result.push_str(&format!("- {entry}")),
            None => result.push_str(line),
        }
        result.push('\n');
        previous = line;
    }
    result.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_cell_stay_apart() {
        for (cell, text) in [
            ("One line.", "One line."),
            ("One.\nTwo.", "One.\n\nTwo."),
            ("One.\n\nTwo.", "One.\n\nTwo."),
            ("Done:\n• one\n• two\nNext.", "Done:\n- one\n- two\n\nNext."),
            ("1. one\n2. two", "1. one\n2. two"),
            ("- one\n  more", "- one\n  more"),
        ] {
            assert_eq!(paragraphs(cell), text);
            assert_eq!(paragraphs(text), text);
        }
    }
}
