//! Some commitments of the portal, found without looking at all of them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::commitment::Commitment;
use super::id::{AgencyId, PlanId, ReportId};
use super::level::Standing;
use super::range::entries_in;
use super::tally::Tally;

/// Some commitments, in the order in which they are shown.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'p> {
    pub(super) all: &'p [Arc<Commitment>],
    pub(super) group: &'p Group,
}

impl<'p> Selection<'p> {
    /// How many.
    pub fn len(&self) -> usize {
        self.group.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.group.places.is_empty()
    }

    /// Their counts. Those of a report are counted as the report judges them.
    pub fn tally(&self) -> Tally {
        self.group.tally
    }

    /// They.
    pub fn iter(&self) -> impl Iterator<Item = &'p Commitment> + use<'p> {
        self.among(0..self.len())
    }

    /// Those at these places of the selection; places beyond its end are nobody's.
    pub fn among(&self, places: Range<usize>) -> impl Iterator<Item = &'p Commitment> + use<'p> {
        let Selection { all, group } = *self;
        entries_in(&group.places, places).iter().map(|&at| all[at].as_ref())
    }
}

/// The places of some commitments in the portal's list, and their counts.
#[derive(Debug, Default)]
pub(super) struct Group {
    places: Vec<usize>,
    tally: Tally,
}

impl Group {
    pub(super) const EMPTY: Group = Group { places: Vec::new(), tally: Tally::EMPTY };

    fn add(&mut self, at: usize, standing: Standing) {
        self.places.push(at);
        self.tally.add(standing);
    }
}

/// Every selection that pages are made of.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) leads: HashMap<AgencyId, Group>,
    pub(super) supports: HashMap<AgencyId, Group>,
    pub(super) plans: HashMap<PlanId, Group>,
    /// By chapter, in the order of the plan; the last holds those without one.
    pub(super) chapters: HashMap<PlanId, Vec<Group>>,
    pub(super) reports: HashMap<ReportId, Group>,
    pub(super) standings: [Group; Standing::ALL.len()],
    pub(super) everything: Group,
}

impl Index {
    pub(super) fn new(all: &[Arc<Commitment>]) -> Self {
        let mut index = Index::default();
        for (at, commitment) in all.iter().enumerate() {
            let (plan, standing) = (&commitment.plan, commitment.standing);
            entry(&mut index.leads, &commitment.lead.id).add(at, standing);
            for agency in &commitment.supporting {
                entry(&mut index.supports, &agency.id).add(at, standing);
            }
            entry(&mut index.plans, &plan.id).add(at, standing);
            let chapters = entry(&mut index.chapters, &plan.id);
            chapters.resize_with(plan.chapters.len() + 1, Group::default);
            let chapter = commitment.chapter_index().unwrap_or(plan.chapters.len());
            chapters[chapter].add(at, standing);
            for assessment in &commitment.assessments {
                let report = entry(&mut index.reports, &assessment.report.id);
                report.add(at, assessment.level.into());
            }
            index.standings[standing as usize].add(at, standing);
            index.everything.add(at, standing);
        }
        // Stable sorts: what is as far behind, or of one plan, stays in plan order.
        for group in index.leads.values_mut() {
            group.places.sort_by_key(|&at| all[at].standing.progress_rank());
        }
        let plan = |at: usize| (all[at].plan.start_date, &all[at].plan.id);
        for group in index.standings.iter_mut().chain([&mut index.everything]) {
            group.places.sort_by(|&a, &b| plan(b).cmp(&plan(a)));
        }
        index
    }
}

fn entry<'m, K: Clone + Eq + std::hash::Hash, V: Default>(
    map: &'m mut HashMap<K, V>,
    key: &K,
) -> &'m mut V {
    // A key is cloned only when it is new: most commitments come to one that is known.
    if !map.contains_key(key) {
        map.insert(key.clone(), V::default());
    }
    map.get_mut(key).expect("it was put there")
}
