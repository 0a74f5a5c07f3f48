//! Articles. An article has one Markdown file per language, which starts with the title. Front
//! matter between two lines `+++` may contain aliases.

use std::sync::Arc;

use super::commitment::read_aliases;
use super::texts::check_text;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::format::Kind;
use crate::model::{ArticleId, LanguageCode, Text, TextKind};
use crate::problems::{self, WrongPlace};
use crate::source::{Passage, Source, SourceId, Span, Spanned};

/// An article as written.
pub struct ArticleDraft {
    pub id: ArticleId,
    /// The path, relative to the site folder, of the file in the default language.
    pub file: String,
    /// The first heading.
    pub title: Text,
    /// The Markdown below the first heading.
    pub body: Text,
    pub aliases: Vec<Spanned<String>>,
    /// The links in the body to addresses of this site.
    pub links: Vec<Spanned<String>>,
}

/// A file with the name and the language in its path.
type ArticleFile<'s> = (SourceId, &'s Arc<Source>, String, Option<String>);

/// Combines the files of each article. The first of `languages` is the site's default language.
pub(super) fn read(
    files: &[ArticleFile<'_>],
    languages: &[LanguageCode],
    diagnostics: &mut Diagnostics,
) -> Vec<ArticleDraft> {
    let (default, others) = languages.split_first().expect("a site has a language");
    let mut articles = Vec::new();
    for (id, file, name, language) in files {
        let (id, name, language) = (*id, name.as_str(), language.as_deref());
        let known = |language| others.iter().any(|code| code.as_str() == language);
        match language {
            Some(language) if language == default.as_str() => {
                let reason = WrongPlace::DefaultLanguage(name);
                diagnostics.add(problems::wrong_place(&file.path, reason));
            }
            Some(language) if !known(language) => {
                let known: Vec<_> = languages.iter().map(LanguageCode::as_str).collect();
                let problem = problems::article_in_unknown_language(&file.path, language, &known);
                diagnostics.add(problem);
            }
            Some(language) if !has_original(files, name) => {
                let default = default.as_str();
                let problem = problems::article_without_original(&file.path, language, default);
                diagnostics.add(problem);
            }
            Some(_) => {}
            None => {
                let translations = others.iter().filter_map(|code| {
                    let is_translation = |(_, _, other, language): &&ArticleFile<'_>| {
                        other == name && language.as_deref() == Some(code.as_str())
                    };
                    Some((code, files.iter().find(is_translation)?))
                });
                let mut aliases = read_front_matter(id, file, diagnostics);
                let mut titles = Vec::new();
                let mut bodies = Vec::new();
                for (code, (id, file, ..)) in translations {
                    for alias in read_front_matter(*id, file, diagnostics) {
                        if aliases.iter().all(|known| known.value != alias.value) {
                            aliases.push(alias);
                        }
                    }
                    let Some((title, body)) = split(*id, file, diagnostics) else { continue };
                    titles.push((code.clone(), title));
                    bodies.push((code.clone(), body));
                }
                let Some((title, body)) = split(id, file, diagnostics) else { continue };
                let body = Text::new(TextKind::Article, default.clone(), body, bodies);
                let title = Text::new(TextKind::Line, default.clone(), title, titles);
                check_text(&title, diagnostics);
                let links = check_text(&body, diagnostics);
                articles.push(ArticleDraft {
                    aliases,
                    id: ArticleId::new(name),
                    file: file.path.clone(),
                    title,
                    body,
                    links,
                });
            }
        }
    }
    articles
}

/// Whether an article has a file in the default language.
fn has_original(files: &[ArticleFile<'_>], name: &str) -> bool {
    files.iter().any(|(_, _, other, language)| other == name && language.is_none())
}

/// Finds the front matter, which is between two lines `+++` at the start of the file, as in other
/// static site generators. Returns the offset after the first mark and the offset of the line below
/// the second one.
fn front_matter(text: &str) -> Option<(usize, usize)> {
    const MARK: &str = "+++";
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut end = start;
    for (index, line) in text[start..].split_inclusive('\n').enumerate() {
        let is_mark = line.trim_end() == MARK;
        if index == 0 && !is_mark {
            return None;
        }
        end += line.len();
        if index > 0 && is_mark {
            return Some((start + MARK.len(), end));
        }
    }
    None
}

/// Reads the aliases in the front matter of an article.
fn read_front_matter(
    id: SourceId,
    file: &Source,
    diagnostics: &mut Diagnostics,
) -> Vec<Spanned<String>> {
    let Some((start, end)) = front_matter(&file.text) else { return Vec::new() };
    let keys = file.text[start..end].trim_end().trim_end_matches("+++");
    // Spaces replace the bytes before the keys, except line breaks, so that the spans and the lines are
    // those of the file.
    let blank = |byte| if byte == b'\n' { '\n' } else { ' ' };
    let text = file.text[..start].bytes().map(blank).collect::<String>() + keys;
    let keys = Source {
        path: file.path.clone(),
        text: text.as_str().into(),
        is_readable: file.is_readable,
    };
    let document = match Document::parse(id, &keys) {
        Ok(document) => document,
        Err(errors) => {
            diagnostics.append(errors);
            return Vec::new();
        }
    };
    let table = document.root(Kind::Article, &[]);
    let aliases = read_aliases(&table);
    table.finish();
    diagnostics.append(document.into_parts().0);
    aliases
}

/// Splits an article into its title, which is the first heading, and the text below. Returns `None`
/// if the file is unreadable or does not start with a title, which it reports.
fn split(id: SourceId, file: &Source, diagnostics: &mut Diagnostics) -> Option<(Passage, Passage)> {
    if !file.is_readable {
        return None;
    }
    let text = &file.text[front_matter(&file.text).map_or(0, |(_, end)| end)..];
    let text = text.trim_start_matches('\u{feff}');
    let start = file.text.len() - text.trim_start().len();
    let first_line = file.text[start..].lines().next().unwrap_or_default();
    let Some(title) = first_line.strip_prefix("# ").filter(|title| !title.trim().is_empty()) else {
        if matches!(first_line.trim(), "+++" | "---") {
            let span = Span::new(id, start..start + first_line.len());
            diagnostics.add(problems::broken_front_matter(span, first_line.trim()));
            return None;
        }
        diagnostics.add(problems::no_title(Span::new(id, start..start + first_line.len())));
        return None;
    };
    let title_start = start + 2 + (title.len() - title.trim_start().len());
    let title_end = title_start + title.trim().len();
    let passage = |range: std::ops::Range<usize>| Passage {
        text: file.text.part(range.clone()),
        span: Span::new(id, range),
        is_verbatim: true,
    };
    Some((passage(title_start..title_end), passage(start + first_line.len()..file.text.len())))
}
