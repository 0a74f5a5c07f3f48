//! Selections of commitments, such as those of one plan, from indices that are built once.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::commitment::Commitment;
use super::id::{AgencyId, PlanId, ReportId};
use super::level::Standing;
use super::range::entries_in;
use super::tally::Tally;

/// A subset of the portal's commitments, in display order.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'p> {
    pub(super) all: &'p [Arc<Commitment>],
    pub(super) group: &'p Group,
}

impl<'p> Selection<'p> {
    pub fn len(&self) -> usize {
        self.group.indices.len()
    }

    pub fn is_empty(&self) -> bool {
        self.group.indices.is_empty()
    }

    /// Counts the commitments by standing. In a selection for a report, the counted level is that
    /// of the report.
    pub fn tally(&self) -> Tally {
        self.group.tally
    }

    pub fn iter(&self) -> impl Iterator<Item = &'p Commitment> + use<'p> {
        self.range(0..self.len())
    }

    /// Returns the commitments in a range of the selection. A range may extend beyond the end of
    /// the selection.
    pub fn range(&self, range: Range<usize>) -> impl Iterator<Item = &'p Commitment> + use<'p> {
        let Selection { all, group } = *self;
        entries_in(&group.indices, range).iter().map(|&index| all[index].as_ref())
    }
}

/// The indices of commitments in the portal's list, and their counts.
#[derive(Debug, Default)]
pub(super) struct Group {
    indices: Vec<usize>,
    tally: Tally,
}

impl Group {
    pub(super) const EMPTY: Group = Group { indices: Vec::new(), tally: Tally::EMPTY };

    fn add(&mut self, index: usize, standing: Standing) {
        self.indices.push(index);
        self.tally.add(standing);
    }
}

/// The groups from which [`Selection`]s are made.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) leads: HashMap<AgencyId, Group>,
    pub(super) supports: HashMap<AgencyId, Group>,
    pub(super) plans: HashMap<PlanId, Group>,
    /// One group for each chapter, in the order of the plan, and a last one for the commitments
    /// without a chapter.
    pub(super) chapters: HashMap<PlanId, Vec<Group>>,
    pub(super) reports: HashMap<ReportId, Group>,
    pub(super) standings: [Group; Standing::ALL.len()],
    pub(super) everything: Group,
}

impl Index {
    pub(super) fn new(all: &[Arc<Commitment>]) -> Self {
        let mut groups = Index::default();
        for (index, commitment) in all.iter().enumerate() {
            let (plan, standing) = (&commitment.plan, commitment.standing);
            entry(&mut groups.leads, &commitment.lead.id).add(index, standing);
            for agency in &commitment.supporting {
                entry(&mut groups.supports, &agency.id).add(index, standing);
            }
            entry(&mut groups.plans, &plan.id).add(index, standing);
            let chapters = entry(&mut groups.chapters, &plan.id);
            chapters.resize_with(plan.chapters.len() + 1, Group::default);
            let chapter = commitment.chapter_index().unwrap_or(plan.chapters.len());
            chapters[chapter].add(index, standing);
            for assessment in &commitment.assessments {
                let report = entry(&mut groups.reports, &assessment.report.id);
                report.add(index, assessment.level.into());
            }
            groups.standings[standing as usize].add(index, standing);
            groups.everything.add(index, standing);
        }
        // The sorts are stable: commitments of equal progress, or of one plan, stay in plan order.
        for group in groups.leads.values_mut() {
            group.indices.sort_by_key(|&index| all[index].standing.progress_rank());
        }
        let plan = |index: usize| (all[index].plan.start_date, &all[index].plan.id);
        for group in groups.standings.iter_mut().chain([&mut groups.everything]) {
            group.indices.sort_by(|&a, &b| plan(b).cmp(&plan(a)));
        }
        groups
    }
}

/// Returns the value of `key`, which it inserts if `map` has no such key. Unlike the standard
/// `entry`, this clones only new keys: most commitments belong to a plan and an agency that have a
/// group.
fn entry<'m, K: Clone + Eq + std::hash::Hash, V: Default>(
    map: &'m mut HashMap<K, V>,
    key: &K,
) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.clone(), V::default());
    }
    map.get_mut(key).expect("the key was inserted")
}
