//! An article: a free-form text such as About.

use super::id::ArticleId;
use super::text::Text;

/// A free-form text such as About.
#[derive(Debug)]
pub struct Article {
    pub id: ArticleId,
    /// The path, relative to the site folder, of the file in the default language.
    pub file: String,
    /// The first heading of the file.
    pub title: Text,
    /// The Markdown below the first heading.
    pub body: Text,
    /// Former ids. Their addresses redirect to the article's page.
    pub aliases: Vec<String>,
}
