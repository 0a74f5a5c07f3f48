//! Splits long lists into pages, each with its own address, so that no page grows without limit.

use std::ops::Range;

use serde::Serialize;

use super::viewer::Viewer;
use crate::language::Argument;
use crate::model::Portal;
use crate::route::Route;

/// Links to the other pages of a long list. `previous` is empty on the first page, and `next` on
/// the last.
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
    /// The indices of the list's entries that are on this page.
    pub(super) fn page_range(&self) -> Range<usize> {
        let (list, page) = self.route.list_and_page();
        let per_page = per_page(list, self.portal);
        (page - 1) * per_page..page * per_page
    }

    /// A link to the page of `list` that contains an entry; empty if it is the current page.
    pub(super) fn page_with(&self, entry: usize, list: Route) -> String {
        let page = entry / per_page(&list, self.portal) + 1;
        let page = list.page(page);
        if page == *self.route { String::new() } else { self.links.page(&page) }
    }

    /// `None` if the list is on one page.
    pub(super) fn pagination(&self) -> Option<Pagination> {
        let (list, page) = self.route.list_and_page();
        let page_count = list.page_count(self.portal);
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

fn per_page(list: &Route, portal: &Portal) -> usize {
    list.info(portal).entries.map_or(usize::MAX, |entries| entries.per_page)
}

/// Where several lists follow one another on a page: the part of `range` that is in the list that
/// begins at `start`, as a range of that list.
pub(super) fn range_from(range: &Range<usize>, start: usize) -> Range<usize> {
    range.start.saturating_sub(start)..range.end.saturating_sub(start)
}
