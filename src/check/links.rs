//! Checks that the links in Markdown texts lead to addresses that exist.

use crate::diagnostic::Diagnostics;
use crate::draft::Drafts;
use crate::problems;
use crate::route::Routes;

/// Reports the links whose target is neither a page nor a file of the portal.
pub(super) fn check_all(drafts: &Drafts, routes: &Routes, diagnostics: &mut Diagnostics) {
    for link in &drafts.links {
        if routes.target(&link.value).is_none() {
            let known = routes.known();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            diagnostics.add(problems::broken_link(link.span, &link.value, &known));
        }
    }
}
