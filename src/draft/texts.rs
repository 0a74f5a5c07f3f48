//! The checks of every text of a file: its characters and Markdown, and whether it is translated.

use crate::diagnostic::Diagnostics;
use crate::document::{TextsOfTable, WrittenText};
use crate::markdown;
use crate::model::{LanguageCode, Text, TextKind};
use crate::problems;
use crate::source::Spanned;

/// Checks the texts of a file. The first of `languages` is the site's default language. Returns the
/// links in Markdown texts; whether their targets exist is checked later.
pub fn check(
    tables: &[TextsOfTable],
    languages: &[LanguageCode],
    diagnostics: &mut Diagnostics,
) -> Vec<Spanned<String>> {
    for table in tables {
        for language in &languages[1..] {
            check_translations(table, language, diagnostics);
        }
    }
    let texts = tables.iter().flat_map(|table| &table.texts);
    texts.flat_map(|written| check_text(&written.text, diagnostics)).collect()
}

/// Checks a text in every language and returns its links.
pub(super) fn check_text(text: &Text, diagnostics: &mut Diagnostics) -> Vec<Spanned<String>> {
    let mut links = Vec::new();
    for passage in text.passages() {
        match text.kind() {
            TextKind::Line => markdown::check_line(passage, diagnostics),
            kind => links.extend(markdown::check(passage, kind, diagnostics)),
        }
    }
    links
}

/// Reports the texts of a table that are not translated into a language, at the first such text.
fn check_translations(
    table: &TextsOfTable,
    language: &LanguageCode,
    diagnostics: &mut Diagnostics,
) {
    let lacks = |written: &&WrittenText| written.untranslated.contains(language);
    let missing = table.texts.iter().filter(lacks);
    let mut keys: Vec<&str> = missing.clone().map(|written| written.key).collect();
    keys.dedup();
    if let Some(first) = missing.clone().next() {
        let span = first.text.original().first_line();
        diagnostics.add(problems::not_translated(span, &keys, &table.path, language));
    }
}
