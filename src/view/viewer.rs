//! What the views of one page are made from.

use std::sync::Arc;

use crate::language::Language;
use crate::model::Portal;
use crate::route::{Links, Route, Routes};

/// Makes the views of one page in one language.
pub struct Viewer<'a> {
    /// What there is to show.
    pub portal: &'a Portal,
    /// Every language of the portal, the default first.
    pub languages: &'a [Arc<Language>],
    /// The language of the page.
    pub language: &'a Language,
    /// Every address.
    pub routes: &'a Routes,
    /// Addresses as seen from the page.
    pub links: Links<'a>,
    /// The page.
    pub route: &'a Route,
    /// The page whose card shows this one: itself, or the home page.
    pub with_card: Option<&'a Route>,
    /// The style sheet, by its path below the portal's root.
    pub stylesheet: &'a str,
}
