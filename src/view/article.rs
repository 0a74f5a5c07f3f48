//! The page of an article.

use serde::Serialize;

use super::layout::Layout;
use super::shared::{LocalizedText, Prose};
use super::viewer::Viewer;
use crate::markdown::{self, ParentHeading};
use crate::model::Article;

#[derive(Debug, Serialize)]
pub struct ArticleView<'a> {
    pub page: Layout<'a>,
    pub body: Prose<'a>,
}

impl<'a> Viewer<'a> {
    pub fn article(&self, article: &'a Article) -> ArticleView<'a> {
        let (title, code) = article.title.in_language(&self.language.code);
        let title = LocalizedText {
            text: markdown::plain_text(title).into(),
            lang: self.language.lang_attribute(code),
        };
        let (body, _) = article.body.in_language(&self.language.code);
        ArticleView {
            page: self.layout(title, markdown::first_paragraph(body)),
            body: self.prose(&article.body, ParentHeading(1)),
        }
    }
}
