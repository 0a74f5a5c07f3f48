//! Long lists in parts, each with its own address, so that no page grows without bound; and which
//! commitments a page, or a part of one, shows.

use std::ops::Range;

use serde::Serialize;

use super::Viewer;
use crate::language::Argument;
use crate::model::{Commitment, Portal};
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

/// The commitments whose texts or titles a page shows, besides the counts and places of all; `None`
/// for a page that may show something of any.
pub fn shown<'p>(route: &Route, portal: &'p Portal) -> Option<Vec<&'p Commitment>> {
    let (whole, part) = route.whole();
    let window = |most: usize| window(part, most);
    Some(match whole {
        Route::Commitment(id) => {
            let own = portal.commitment(id)?;
            let (previous, next) = portal.neighbours(id);
            let earlier = own.carried_from.as_ref().and_then(|id| portal.commitment(id));
            [Some(own), previous, next, earlier].into_iter().flatten().collect()
        }
        Route::Commitments => portal.newest_first().among(window(COMMITMENTS)).collect(),
        Route::Level(standing) => {
            portal.standing_at(*standing).among(window(COMMITMENTS)).collect()
        }
        Route::Plan(id) => {
            let plan = portal.plans.iter().find(|plan| plan.id == *id)?;
            let window = window(COMMITMENTS);
            let all = portal.of_chapters(plan).flat_map(|chapter| chapter.iter());
            all.skip(window.start).take(window.len()).collect()
        }
        Route::Agency(id) => {
            let (leads, supports) = (portal.led_by(id), portal.supported_by(id));
            let window = window(COMMITMENTS);
            let leading = leads.among(window.clone());
            leading.chain(supports.among(shifted(&window, leads.len()))).collect()
        }
        Route::Report(id) => portal.judged_by(id).among(window(SHEETS)).collect(),
        Route::Changes => portal.changes(window(CHANGES)).map(|(it, _)| it).collect(),
        Route::Agencies | Route::Search | Route::Article(_) | Route::NotFound => Vec::new(),
        // Who disagrees, and the sizes of files.
        Route::Home | Route::Data => return None,
        Route::Part(..) => unreachable!("a part is never a whole page"),
    })
}

/// The commitments that the feed of a page tells of; `None` for one that may tell of any.
pub fn told<'p>(route: &Route, portal: &'p Portal) -> Option<Vec<&'p Commitment>> {
    match route {
        Route::Commitment(id) => portal.commitment(id).map(|own| vec![own]),
        Route::Agency(id) => {
            Some(portal.led_by(id).iter().chain(portal.supported_by(id).iter()).collect())
        }
        _ => None,
    }
}

/// The places in a list that are on this part of it, where each part has `most`.
fn window(part: usize, most: usize) -> Range<usize> {
    (part - 1) * most..part * most
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
        window(self.route.whole().1, most)
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
