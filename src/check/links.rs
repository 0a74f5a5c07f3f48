//! Links in texts lead to addresses that exist.

use crate::diagnostic::Diagnostics;
use crate::draft::Drafts;
use crate::problems;
use crate::route::Routes;

/// Reports links to addresses that the portal does not have.
pub(super) fn check_all(drafts: &Drafts, routes: &Routes, diagnostics: &mut Diagnostics) {
    let of_commitments = drafts.commitments.iter().flat_map(|commitment| &commitment.links);
    let of_reports = drafts.reports.iter().flat_map(|report| &report.links);
    let of_articles = drafts.articles.iter().flat_map(|article| &article.links);
    for link in of_commitments.chain(of_reports).chain(of_articles) {
        if routes.target(&link.value).is_none() {
            let known = routes.known();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            diagnostics.add(problems::broken_link(link.span, &link.value, &known));
        }
    }
}
