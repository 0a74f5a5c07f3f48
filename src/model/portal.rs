//! The whole portal, and what commitments refer to.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::action_plan::ActionPlan;
use super::agency::Agency;
use super::article::Article;
use super::commitment::Commitment;
use super::date::PartialDate;
use super::id::{AgencyId, CommitmentId, PlanId, ReportId};
use super::level::Standing;
use super::location::File;
use super::range::entries_in;
use super::report::Report;
use super::selection::{Group, Index, Selection};
use super::site::Site;
use super::tally::Tally;
use super::timeline::{self, Change, TimelineEntry};

/// Everything that the portal shows. Lists are in the order in which they are shown.
#[derive(Debug)]
pub struct Portal {
    /// The settings.
    pub site: Site,
    /// By start, oldest first.
    pub plans: Vec<Arc<ActionPlan>>,
    /// By id.
    pub agencies: Vec<Arc<Agency>>,
    /// By date, oldest first.
    pub reports: Vec<Arc<Report>>,
    /// By plan and number.
    pub commitments: Vec<Arc<Commitment>>,
    /// By id.
    pub articles: Vec<Article>,
    /// The evidence, by path.
    pub files: Vec<File>,
    /// The newest date of a report that judges a commitment, of an update or of a withdrawal.
    pub newest_date: Option<PartialDate>,
    index: Index,
    /// Where to find everything that was said, newest first.
    timeline: Vec<TimelineEntry>,
    /// Where each stands among `commitments`.
    places: HashMap<CommitmentId, usize>,
    /// The commitments that those of later plans continue.
    continued: HashSet<CommitmentId>,
}

impl Portal {
    /// Puts the parts in order.
    pub fn new(
        site: Site,
        mut plans: Vec<Arc<ActionPlan>>,
        mut agencies: Vec<Arc<Agency>>,
        mut reports: Vec<Arc<Report>>,
        mut commitments: Vec<Arc<Commitment>>,
        articles: Vec<Article>,
        files: Vec<File>,
    ) -> Self {
        plans.sort_by(|a, b| (a.start_date, &a.id).cmp(&(b.start_date, &b.id)));
        agencies.sort_by(|a, b| a.id.cmp(&b.id));
        reports.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        commitments.sort_by(|a, b| (a.plan.start_date, &a.id).cmp(&(b.plan.start_date, &b.id)));
        let newest_date = commitments.iter().filter_map(|it| it.newest_date()).max();
        let continued = commitments.iter().filter_map(|it| it.carried_from.clone()).collect();
        let index = Index::new(&commitments);
        let places = commitments.iter().enumerate().map(|(at, it)| (it.id.clone(), at)).collect();
        let timeline = timeline::timeline(&commitments, &reports);
        Portal {
            site,
            plans,
            agencies,
            reports,
            commitments,
            articles,
            files,
            newest_date,
            index,
            timeline,
            places,
            continued,
        }
    }

    /// The commitment with this id.
    pub fn commitment(&self, id: &CommitmentId) -> Option<&Commitment> {
        self.places.get(id).map(|&at| self.commitments[at].as_ref())
    }

    /// The commitments before and after this one, in plan order.
    pub fn neighbours(&self, id: &CommitmentId) -> (Option<&Commitment>, Option<&Commitment>) {
        let Some(&at) = self.places.get(id) else { return (None, None) };
        let previous = at.checked_sub(1).map(|at| self.commitments[at].as_ref());
        (previous, self.commitments.get(at + 1).map(Arc::as_ref))
    }

    /// Whether a commitment of a later plan continues this one.
    pub fn is_continued(&self, id: &CommitmentId) -> bool {
        self.continued.contains(id)
    }

    /// The counts of all commitments.
    pub fn tally(&self) -> Tally {
        self.newest_first().tally()
    }

    /// The agency with this id.
    pub fn agency(&self, id: &AgencyId) -> Option<&Agency> {
        let at = self.agencies.binary_search_by(|it| it.id.cmp(id)).ok()?;
        Some(&self.agencies[at])
    }

    fn selection<'p>(&'p self, group: Option<&'p Group>) -> Selection<'p> {
        const NONE: &Group = &Group::EMPTY;
        Selection { all: &self.commitments, group: group.unwrap_or(NONE) }
    }

    /// The commitments that an agency leads, those furthest behind first.
    pub fn led_by(&self, agency: &AgencyId) -> Selection<'_> {
        self.selection(self.index.leads.get(agency))
    }

    /// The commitments that an agency helps with, in plan order.
    pub fn supported_by(&self, agency: &AgencyId) -> Selection<'_> {
        self.selection(self.index.supports.get(agency))
    }

    /// Every commitment, those of the newest plan first.
    pub fn newest_first(&self) -> Selection<'_> {
        self.selection(Some(&self.index.everything))
    }

    /// The commitments with this standing, those of the newest plan first.
    pub fn standing_at(&self, standing: Standing) -> Selection<'_> {
        self.selection(Some(&self.index.standings[standing as usize]))
    }

    /// The commitments of a plan, by number.
    pub fn of_plan(&self, plan: &PlanId) -> Selection<'_> {
        self.selection(self.index.plans.get(plan))
    }

    /// The commitments of each chapter of a plan, in the plan's order, and last those without one.
    pub fn of_chapters<'p>(
        &'p self,
        plan: &ActionPlan,
    ) -> impl Iterator<Item = Selection<'p>> + use<'p> {
        let groups = self.index.chapters.get(&plan.id);
        (0..=plan.chapters.len()).map(move |at| self.selection(groups.map(|it| &it[at])))
    }

    /// The commitments that a report judges, by number.
    pub fn judged_by(&self, report: &ReportId) -> Selection<'_> {
        self.selection(self.index.reports.get(report))
    }

    /// How many things were said of commitments.
    pub fn changes_len(&self) -> usize {
        self.timeline.len()
    }

    /// What was said of commitments, newest first: what has these places among all of it. Places
    /// beyond the end are nobody's.
    pub fn changes(&self, places: Range<usize>) -> impl Iterator<Item = (&Commitment, Change<'_>)> {
        entries_in(&self.timeline, places).iter().map(|entry| {
            let commitment = self.commitments[entry.commitment].as_ref();
            (commitment, commitment.changes().swap_remove(entry.change))
        })
    }
}
