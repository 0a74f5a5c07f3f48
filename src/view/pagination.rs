//! Pages of long lists, each with its own address, so that no page grows without bound.

use std::ops::Range;

use serde::Serialize;

use super::viewer::Viewer;
use crate::language::Argument;
use crate::model::Portal;
use crate::route::Route;

/// How many commitments one page lists: about 15 KB of compressed HTML.
pub(super) const COMMITMENTS_PER_PAGE: usize = 300;
/// How many changes; an update has a text of its own.
pub(super) const CHANGES_PER_PAGE: usize = 100;
/// How many agencies, each with its chart.
pub(super) const AGENCIES_PER_PAGE: usize = 100;
/// How many commitments of a report, each printed on a sheet of its own.
pub(super) const SHEETS_PER_PAGE: usize = 25;

/// The number of pages that a list is split into. Every route has at least one.
pub fn page_count(route: &Route, portal: &Portal) -> usize {
    let (entries, per_page) = match route.list_and_page().0 {
        Route::Commitments => (portal.commitments.len(), COMMITMENTS_PER_PAGE),
        Route::Level(standing) => (portal.with_standing(*standing).len(), COMMITMENTS_PER_PAGE),
        Route::Plan(id) => (portal.of_plan(id).len(), COMMITMENTS_PER_PAGE),
        Route::Agency(id) => {
            (portal.led_by(id).len() + portal.supported_by(id).len(), COMMITMENTS_PER_PAGE)
        }
        Route::Agencies => (portal.agencies.len(), AGENCIES_PER_PAGE),
        Route::Report(id) => (portal.assessed_by(id).len(), SHEETS_PER_PAGE),
        Route::Changes => (portal.change_count(), CHANGES_PER_PAGE),
        _ => return 1,
    };
    entries.div_ceil(per_page).max(1)
}

/// The page of a long list, with links to the others. A link that would lead nowhere is empty.
#[derive(Debug, Serialize)]
pub struct Pagination {
    /// As in "Page 2 of 34".
    pub label: String,
    pub previous: String,
    pub next: String,
    pub first: String,
    pub last: String,
}

impl Viewer<'_> {
    /// The range of the list's entries that are on this page.
    pub(super) fn page_range(&self, per_page: usize) -> Range<usize> {
        let (_, page) = self.route.list_and_page();
        (page - 1) * per_page..page * per_page
    }

    /// A link to the page of `list` that contains an entry; empty if it is the current page.
    pub(super) fn page_with(&self, entry: usize, per_page: usize, list: Route) -> String {
        let page = list.page(entry / per_page + 1);
        if page == *self.route { String::new() } else { self.links.page(&page) }
    }

    /// The current page of a long list; `None` for a list on one page.
    pub(super) fn pagination(&self) -> Option<Pagination> {
        let (list, page) = self.route.list_and_page();
        let page_count = page_count(list, self.portal);
        let link = |page: usize| self.links.page(&list.clone().page(page));
        let numbers = [("number", Argument::Number(page)), ("total", Argument::Number(page_count))];
        (page_count > 1).then(|| Pagination {
            label: self.language.message("page_of", &numbers),
            previous: if page > 1 { link(page - 1) } else { String::new() },
            next: if page < page_count { link(page + 1) } else { String::new() },
            first: link(1),
            last: link(page_count),
        })
    }
}

/// The entries of `range` that belong to the list that starts at `start`, where several lists follow
/// one another, as a range of that list.
pub(super) fn range_from(range: &Range<usize>, start: usize) -> Range<usize> {
    range.start.saturating_sub(start)..range.end.saturating_sub(start)
}
