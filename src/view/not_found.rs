//! The pages for addresses that do not exist, or no longer exist.

use serde::Serialize;

use super::layout::{LanguageView, Layout, PageKind};
use super::viewer::Viewer;
use crate::route::Route;

/// What a host shows for an address that does not exist.
#[derive(Debug, Serialize)]
pub struct NotFoundView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// The list of all commitments.
    pub commitments: String,
}

/// A page at an address that a page once had.
#[derive(Debug, Serialize)]
pub struct RedirectView<'a> {
    /// The page's language.
    pub language: LanguageView<'a>,
    /// The page now, by its whole address.
    pub href: String,
}

impl<'a> Viewer<'a> {
    /// The page that leads on to the viewer's own.
    pub fn redirect(&self) -> RedirectView<'a> {
        RedirectView {
            language: self.language_view(),
            href: self.routes.absolute(self.route, &self.language.code),
        }
    }

    /// The page for an address that does not exist.
    pub fn not_found(&self) -> NotFoundView<'a> {
        let title = self.interface_text(self.message("not_found_title"));
        NotFoundView {
            page: self.layout(PageKind::NotFound, title, self.message("not_found_description")),
            commitments: self.links.page(&Route::Commitments),
        }
    }
}
