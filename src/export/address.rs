//! The absolute addresses of pages and documents.

use crate::model::{DocumentLocation, Portal};
use crate::route::{Route, Routes};

/// The address of a page in the site's default language.
pub(super) fn page_url(route: &Route, portal: &Portal, routes: &Routes) -> String {
    routes.absolute(route, portal.site.default_language())
}

/// The address of a document on another site, or in the portal's files.
pub(super) fn address(location: &DocumentLocation, routes: &Routes) -> String {
    match location {
        DocumentLocation::Url(url) => url.clone(),
        DocumentLocation::File { path, .. } => routes.absolute_file(path),
    }
}
