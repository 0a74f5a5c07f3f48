//! Selections of commitments, such as those of one plan, from indices that are built once.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::action_plan::ActionPlan;
use super::assessor::Assessor;
use super::commitment::Commitment;
use super::finding::Finding;
use super::id::{AgencyId, PlanId, ReportId};
use super::level::Standing;
use super::ogp::PolicyArea;
use super::range::entries_in;

/// A subset of the portal's commitments, in display order: those of the newest plan come first.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'p> {
    pub(super) all: &'p [Arc<Commitment>],
    /// The indices of the commitments in `all`.
    pub(super) indices: &'p [usize],
}

impl<'p> Selection<'p> {
    pub fn len(&self) -> usize {
        self.indices.len()
    }

    pub fn is_empty(&self) -> bool {
        self.indices.is_empty()
    }

    /// Returns what the headline assessor says about the commitments. They must belong to one plan:
    /// the portal adds up nothing across plans.
    pub fn finding(&self, headline: &'p Assessor) -> Finding<'p> {
        Finding::of_standings(headline, self.iter())
    }

    /// Returns the number of commitments with several lead agencies.
    pub fn shared_count(&self) -> usize {
        self.iter().filter(|commitment| commitment.leads.len() > 1).count()
    }

    pub fn iter(&self) -> impl Iterator<Item = &'p Commitment> + use<'p> {
        self.range(0..self.len())
    }

    /// Returns the commitments in a range of the selection. A range may extend beyond the end of
    /// the selection.
    pub fn range(&self, range: Range<usize>) -> impl Iterator<Item = &'p Commitment> + use<'p> {
        let Selection { all, indices } = *self;
        entries_in(indices, range).iter().map(|&index| all[index].as_ref())
    }

    /// Splits the selection into one part for each plan that has commitments in it.
    pub fn by_plan(&self) -> impl Iterator<Item = PlanPart<'p>> + use<'p> {
        let Selection { all, indices } = *self;
        let mut start = 0;
        indices.chunk_by(move |&a, &b| all[a].id.plan == all[b].id.plan).map(move |indices| {
            let part = PlanPart {
                plan: &all[indices[0]].plan,
                start,
                commitments: Selection { all, indices },
            };
            start += indices.len();
            part
        })
    }
}

/// The part of a selection that belongs to one plan.
#[derive(Debug, Clone, Copy)]
pub struct PlanPart<'p> {
    pub plan: &'p ActionPlan,
    /// The index of its first commitment in the selection.
    pub start: usize,
    pub commitments: Selection<'p>,
}

/// The indices of the commitments in each [`Selection`], in ascending order unless stated otherwise.
/// The portal lists the commitments of the newest plan first.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// In each plan, the commitments with the least progress come first.
    pub(super) leads: HashMap<AgencyId, Vec<usize>>,
    pub(super) supports: HashMap<AgencyId, Vec<usize>>,
    pub(super) plans: HashMap<PlanId, Vec<usize>>,
    /// One list for each chapter, in the order of the plan, and a last one for the commitments
    /// without a chapter.
    pub(super) chapters: HashMap<PlanId, Vec<Vec<usize>>>,
    pub(super) policy_areas: BTreeMap<PolicyArea, Vec<usize>>,
    pub(super) reports: HashMap<ReportId, Vec<usize>>,
    pub(super) standings: [Vec<usize>; Standing::ALL.len()],
    pub(super) everything: Vec<usize>,
}

impl Index {
    pub(super) fn new(all: &[Arc<Commitment>]) -> Self {
        let mut lists = Index { everything: (0..all.len()).collect(), ..Index::default() };
        for (index, commitment) in all.iter().enumerate() {
            let plan = &commitment.plan;
            for agency in &commitment.leads {
                entry(&mut lists.leads, &agency.id).push(index);
            }
            for agency in &commitment.supporting {
                entry(&mut lists.supports, &agency.id).push(index);
            }
            entry(&mut lists.plans, &plan.id).push(index);
            let chapters = entry(&mut lists.chapters, &plan.id);
            chapters.resize_with(plan.chapters.len() + 1, Vec::new);
            let chapter = commitment.chapter_index().unwrap_or(plan.chapters.len());
            chapters[chapter].push(index);
            for area in &commitment.policy_areas {
                lists.policy_areas.entry(*area).or_default().push(index);
            }
            for assessment in &commitment.assessments {
                entry(&mut lists.reports, &assessment.report.id).push(index);
            }
            lists.standings[commitment.standing as usize].push(index);
        }
        for indices in lists.leads.values_mut() {
            for of_plan in indices.chunk_by_mut(|&a, &b| all[a].id.plan == all[b].id.plan) {
                // The sort is stable: commitments of equal progress stay in the order of the plan.
                of_plan.sort_by_key(|&index| all[index].standing.progress_rank());
            }
        }
        lists
    }
}

/// Returns the value of `key`, which it inserts if `map` has no such key. Unlike the standard
/// `entry`, this clones only new keys: most commitments belong to a plan and an agency that already
/// have a list.
fn entry<'m, K: Clone + Eq + std::hash::Hash, V: Default>(
    map: &'m mut HashMap<K, V>,
    key: &K,
) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.clone(), V::default());
    }
    map.get_mut(key).expect("the key was inserted")
}
