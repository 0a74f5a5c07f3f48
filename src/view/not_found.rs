//! The page for unknown addresses, and the pages at former addresses, which redirect readers.

use serde::Serialize;

use super::layout::{LanguageView, Layout};
use super::viewer::Viewer;
use crate::route::Route;

#[derive(Debug, Serialize)]
pub struct NotFoundView<'a> {
    pub page: Layout<'a>,
    /// The address of the list of all commitments.
    pub commitments: String,
}

/// A page at a former address.
#[derive(Debug, Serialize)]
pub struct RedirectView<'a> {
    pub language: LanguageView<'a>,
    /// The absolute address of the page that moved.
    pub href: String,
}

impl<'a> Viewer<'a> {
    /// The page that redirects to this viewer's page.
    pub fn redirect(&self) -> RedirectView<'a> {
        RedirectView { language: self.language_view(), href: self.absolute(&self.language.code) }
    }

    pub fn not_found(&self) -> NotFoundView<'a> {
        let title = self.interface_text(self.message("not_found_title"));
        NotFoundView {
            page: self.layout(title, self.message("not_found_description")),
            commitments: self.links.page(&Route::Commitments),
        }
    }
}
