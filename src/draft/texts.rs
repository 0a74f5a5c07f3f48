//! The checks of every text of a file: its Markdown, and whether it is translated.

use crate::diagnostic::Diagnostics;
use crate::document::{TextsOfTable, WrittenText};
use crate::markdown;
use crate::model::{LanguageCode, Text, TextKind};
use crate::problems;
use crate::source::Spanned;

/// Checks the texts of a file. The first of `languages` is the site's default language. Returns the
/// links in Markdown texts to addresses of this site; whether their targets exist is checked later.
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
    texts.flat_map(|written| check_markdown(&written.text, diagnostics)).collect()
}

/// Checks a Markdown text in every language and returns its links to addresses of this site.
pub(super) fn check_markdown(text: &Text, diagnostics: &mut Diagnostics) -> Vec<Spanned<String>> {
    if text.kind() == TextKind::Line {
        return Vec::new();
    }
    let passages = text.passages();
    passages.flat_map(|passage| markdown::check(passage, text.kind(), diagnostics)).collect()
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
