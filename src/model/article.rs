//! An article: a free-form text such as About.

use super::id::ArticleId;
use super::text::Text;

/// A free text such as About.
#[derive(Debug)]
pub struct Article {
    /// The file name.
    pub id: ArticleId,
    /// The file of the original.
    pub file: String,
    /// The first heading.
    pub title: Text,
    /// What follows the heading. Markdown.
    pub body: Text,
    /// Names that it once had, whose addresses lead here.
    pub aliases: Vec<String>,
}
