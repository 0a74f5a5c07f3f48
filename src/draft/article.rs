//! Free texts: one Markdown file for each language, which begins with the title.

use std::sync::Arc;

use super::links::check_markdown;
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Value};
use crate::markdown::TextKind;
use crate::model::{ArticleId, LanguageCode, Text};
use crate::problems;
use crate::source::{Passage, Source, SourceId, Span, Spanned};

/// An article as written.
pub struct ArticleDraft {
    /// The file name.
    pub id: ArticleId,
    /// The file of the original.
    pub file: String,
    /// The first heading.
    pub title: Text,
    /// What follows.
    pub body: Text,
    /// `aliases`
    pub aliases: Vec<Spanned<String>>,
    /// The links of its texts to addresses of this site.
    pub links: Vec<Spanned<String>>,
}

type ArticleFile<'s> = (SourceId, &'s Arc<Source>, String, Option<String>);

/// Puts the files of each article together. The first of `languages` is the site's default.
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
                let advice = format!(
                    "rename the file to `content/articles/{name}.md`: the site's default \
                    language has no code in file names"
                );
                diagnostics.add(problems::wrong_place(&file.path, &advice));
            }
            Some(language) if !known(language) => {
                let known: Vec<_> = languages.iter().map(LanguageCode::as_str).collect();
                diagnostics.add(problems::unknown_language(Span::new(id, 0..0), language, &known));
            }
            Some(language) if !files.iter().any(|it| it.2 == name && it.3.is_none()) => {
                let at = Span::new(id, 0..0);
                diagnostics.add(problems::translation_of_nothing(at, name, language));
            }
            Some(_) => {}
            None => {
                let translations = others.iter().filter_map(|code| {
                    let translation = |it: &&ArticleFile<'_>| {
                        it.2 == name && it.3.as_deref() == Some(code.as_str())
                    };
                    Some((code, files.iter().find(translation)?))
                });
                let mut titles = Vec::new();
                let mut bodies = Vec::new();
                for (code, (id, file, ..)) in translations {
                    let Some((title, body)) = split(*id, file, diagnostics) else { continue };
                    titles.push((code.clone(), title));
                    bodies.push((code.clone(), body));
                }
                let aliases = read_aliases(id, file, diagnostics);
                let Some((title, body)) = split(id, file, diagnostics) else { continue };
                let body = Text::new(default.clone(), body, bodies);
                let links = check_markdown([&body].into_iter(), TextKind::Article, diagnostics);
                articles.push(ArticleDraft {
                    aliases,
                    id: ArticleId::new(name),
                    file: file.path.clone(),
                    title: Text::new(default.clone(), title, titles),
                    body,
                    links,
                });
            }
        }
    }
    articles
}

/// Where the keys of an article stand: between two lines `+++` at its beginning, as many other
/// programs have it. Returns where they begin and where the line after them does.
fn front_matter(text: &str) -> Option<(usize, usize)> {
    const MARK: &str = "+++";
    let begin = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut at = begin;
    for (number, line) in text[begin..].split_inclusive('\n').enumerate() {
        let is_mark = line.trim_end() == MARK;
        if number == 0 && !is_mark {
            return None;
        }
        at += line.len();
        if number > 0 && is_mark {
            return Some((begin + MARK.len(), at));
        }
    }
    None
}

/// The addresses that an article once had.
fn read_aliases(
    id: SourceId,
    file: &Source,
    diagnostics: &mut Diagnostics,
) -> Vec<Spanned<String>> {
    let Some((start, end)) = front_matter(&file.text) else { return Vec::new() };
    let keys = file.text[start..end].trim_end().trim_end_matches("+++");
    // As many spaces as there are bytes before the keys, so that every place is that in the file.
    let text = " ".repeat(start) + keys;
    let keys = Source {
        path: file.path.clone(),
        text: text.as_str().into(),
        is_readable: file.is_readable,
    };
    let document = match Document::parse(id, &keys) {
        Ok(document) => document,
        Err(found) => {
            diagnostics.append(found);
            return Vec::new();
        }
    };
    let root = document.root("the article");
    let aliases = root.list("aliases").into_iter().filter_map(Value::name).collect();
    root.finish();
    diagnostics.append(document.into_diagnostics());
    aliases
}

/// The title, which is the first heading, and the text below it.
fn split(id: SourceId, file: &Source, diagnostics: &mut Diagnostics) -> Option<(Passage, Passage)> {
    if !file.is_readable {
        return None;
    }
    let text = &file.text[front_matter(&file.text).map_or(0, |(_, end)| end)..];
    let text = text.trim_start_matches('\u{feff}');
    let start = file.text.len() - text.trim_start().len();
    let first_line = file.text[start..].lines().next().unwrap_or_default();
    let Some(title) = first_line.strip_prefix("# ").filter(|title| !title.trim().is_empty()) else {
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
