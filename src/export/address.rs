//! The absolute addresses of documents.

use crate::model::DocumentLocation;
use crate::route::Routes;

/// The address of a document on another site, or in the portal's files.
pub(super) fn address(location: &DocumentLocation, routes: &Routes) -> String {
    match location {
        DocumentLocation::Url(url) => url.clone(),
        DocumentLocation::File { path, .. } => routes.absolute_file(path),
    }
}
