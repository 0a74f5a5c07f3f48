//! Long lists in parts, each with its own address, so that no page grows without bound.

use std::ops::Range;

use serde::Serialize;

use super::Viewer;
use crate::language::Argument;
use crate::model::Portal;
use crate::route::Route;

/// How many commitments one page lists: some 15 KB of compressed page.
pub(super) const COMMITMENTS: usize = 300;
/// How many things that were said; an update has a text of its own.
pub(super) const CHANGES: usize = 100;
/// How many agencies, each with its chart.
pub(super) const AGENCIES: usize = 100;
/// How many commitments of a report, each on a sheet of paper.
pub(super) const SHEETS: usize = 25;

/// In how many parts a page is published.
pub fn parts(route: &Route, portal: &Portal) -> usize {
    let (entries, most) = match route.whole().0 {
        Route::Commitments => (portal.commitments.len(), COMMITMENTS),
        Route::Level(standing) => (portal.standing_at(*standing).len(), COMMITMENTS),
        Route::Plan(id) => (portal.of_plan(id).len(), COMMITMENTS),
        Route::Agency(id) => (portal.led_by(id).len() + portal.supported_by(id).len(), COMMITMENTS),
        Route::Agencies => (portal.agencies.len(), AGENCIES),
        Route::Report(id) => (portal.judged_by(id).len(), SHEETS),
        Route::Changes => (portal.changes_len(), CHANGES),
        _ => return 1,
    };
    entries.div_ceil(most).max(1)
}

/// Which part of a long page this is, and the ways to the others.
#[derive(Debug, Serialize)]
pub struct PartView {
    /// As in "Page 2 of 34".
    pub words: String,
    /// The part before; empty for the first.
    pub previous: String,
    /// The part after; empty for the last.
    pub next: String,
    /// The first part.
    pub first: String,
    /// The last part.
    pub last: String,
}

impl Viewer<'_> {
    /// The places in the page's list that are on this part, where each part has `most`.
    pub(super) fn window(&self, most: usize) -> Range<usize> {
        let (_, part) = self.route.whole();
        (part - 1) * most..part * most
    }

    /// A link to the part of a page that has an entry of its list.
    pub(super) fn part_with(&self, entry: usize, most: usize, page: Route) -> String {
        let page = page.part(entry / most + 1);
        if page == *self.route { String::new() } else { self.links.page(&page) }
    }

    /// Which part this is; `None` for a page in one part.
    pub(super) fn part(&self) -> Option<PartView> {
        let (whole, part) = self.route.whole();
        let parts = parts(whole, self.portal);
        let link = |part: usize| self.links.page(&whole.clone().part(part));
        let numbers = [("number", Argument::Number(part)), ("total", Argument::Number(parts))];
        (parts > 1).then(|| PartView {
            words: self.language.say("part", &numbers),
            previous: if part > 1 { link(part - 1) } else { String::new() },
            next: if part < parts { link(part + 1) } else { String::new() },
            first: link(1),
            last: link(parts),
        })
    }
}

/// What of `places`, the places of one list among several that stand one after the other, begins at
/// `start`: as places of that list.
pub(super) fn shifted(places: &Range<usize>, start: usize) -> Range<usize> {
    places.start.saturating_sub(start)..places.end.saturating_sub(start)
}
