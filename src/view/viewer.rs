//! The inputs of the views of one page.

use std::sync::Arc;

use crate::language::Language;
use crate::model::Portal;
use crate::route::{Links, Route, Routes};

/// Content that the portal lacks has no page: `page` lists only content of the portal.
pub(super) const PLANNED: &str = "planned from the portal";

/// Creates the view of one page in one language.
pub struct Viewer<'a> {
    pub portal: &'a Portal,
    /// The languages of the portal, the default first.
    pub languages: &'a [Arc<Language>],
    pub language: &'a Language,
    pub routes: &'a Routes,
    /// Addresses relative to the page.
    pub links: Links<'a>,
    pub route: &'a Route,
    /// The page whose share image this page uses: itself or the home page; `None` if neither has
    /// one.
    pub with_card: Option<&'a Route>,
    /// The path of the style sheet, relative to the portal's root.
    pub stylesheet: &'a str,
    /// The path of the logo, relative to the portal's root, with its width and height in pixels.
    pub logo: Option<(&'a str, (u32, u32))>,
}
