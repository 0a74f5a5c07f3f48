//! The whole portal, and queries for the commitments that each page shows.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::action_plan::ActionPlan;
use super::agency::{Agency, Succession};
use super::article::Article;
use super::assessment::Assessment;
use super::assessor::Assessor;
use super::commitment::Commitment;
use super::date::PartialDate;
use super::finding::Finding;
use super::id::{AgencyId, ArticleId, AssessorId, CommitmentId, ContentIds, PlanId, ReportId};
use super::level::Standing;
use super::location::File;
use super::ogp::PolicyArea;
use super::range::entries_in;
use super::report::Report;
use super::selection::{Index, PlanPart, Selection};
use super::site::Site;
use super::timeline::{self, Change, TimelineEntry};

/// The valid content of a site. Lists are in display order.
#[derive(Debug)]
pub struct Portal {
    pub site: Site,
    /// Sorted by start date, newest first.
    pub plans: Vec<Arc<ActionPlan>>,
    /// Sorted by id.
    pub agencies: Vec<Arc<Agency>>,
    /// Sorted by id: those with a file or a report.
    pub assessors: Vec<Arc<Assessor>>,
    /// Sorted by date, oldest first.
    pub reports: Vec<Arc<Report>>,
    /// Those of the newest plan first, sorted by number.
    pub commitments: Vec<Arc<Commitment>>,
    /// Sorted by path.
    pub articles: Vec<Article>,
    /// Sorted by path.
    pub files: Vec<File>,
    /// The newest date of a report that assesses a commitment, of an update or of a withdrawal.
    pub newest_date: Option<PartialDate>,
    /// The number of entries in the list of agencies: one for each plan in which an agency leads
    /// commitments, and one for an agency that leads none.
    pub agency_entries: usize,
    index: Index,
    /// Every change of a commitment, newest first.
    timeline: Vec<TimelineEntry>,
    /// The index in `commitments` of each commitment.
    indices: HashMap<CommitmentId, usize>,
    /// The indices of the commitments that continue a commitment.
    continued: HashMap<CommitmentId, Vec<usize>>,
    /// The indices of the commitments that were merged into a commitment.
    merged: HashMap<CommitmentId, Vec<usize>>,
}

/// The valid content of a site in any order, except that articles and files are sorted by path.
#[derive(Debug)]
pub struct Content {
    pub plans: Vec<Arc<ActionPlan>>,
    pub agencies: Vec<Arc<Agency>>,
    pub assessors: Vec<Arc<Assessor>>,
    pub reports: Vec<Arc<Report>>,
    pub commitments: Vec<Arc<Commitment>>,
    pub articles: Vec<Article>,
    pub files: Vec<File>,
}

impl Portal {
    /// Sorts the content and builds the indices.
    pub fn new(site: Site, content: Content) -> Self {
        let Content {
            mut plans,
            mut agencies,
            mut assessors,
            mut reports,
            mut commitments,
            articles,
            files,
        } = content;
        plans.sort_by(|a, b| newest_first(a, b));
        agencies.sort_by(|a, b| a.id.cmp(&b.id));
        assessors.sort_by(|a, b| a.id.cmp(&b.id));
        reports.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        commitments.sort_by(|a, b| newest_first(&a.plan, &b.plan).then_with(|| a.id.cmp(&b.id)));
        let newest_date =
            commitments.iter().filter_map(|commitment| commitment.newest_date()).max();
        let mut continued: HashMap<CommitmentId, Vec<usize>> = HashMap::new();
        let mut merged: HashMap<CommitmentId, Vec<usize>> = HashMap::new();
        for (index, commitment) in commitments.iter().enumerate() {
            for earlier in &commitment.carried_from {
                continued.entry(earlier.clone()).or_default().push(index);
            }
            if let Some(target) = &commitment.merged_into {
                merged.entry(target.clone()).or_default().push(index);
            }
        }
        let index = Index::new(&commitments);
        let ids = commitments.iter().map(|commitment| commitment.id.clone());
        let indices = ids.zip(0..).collect();
        let timeline = timeline::timeline(&commitments, &reports);
        let mut portal = Portal {
            site,
            plans,
            agencies,
            assessors,
            reports,
            commitments,
            articles,
            files,
            newest_date,
            agency_entries: 0,
            index,
            timeline,
            indices,
            continued,
            merged,
        };
        let leads_none = |agency: &&Arc<Agency>| portal.led_by(&agency.id).is_empty();
        let others = portal.agencies.iter().filter(leads_none).count();
        portal.agency_entries = portal.leads().len() + others;
        portal
    }

    /// Returns the portal without the commitments that are drafts.
    pub fn without_drafts(self) -> Self {
        if !self.commitments.iter().any(|commitment| commitment.is_draft) {
            return self;
        }
        #[rustfmt::skip]
        let Portal {
            site, plans, agencies, assessors, reports, mut commitments, articles, files, ..
        } = self;
        commitments.retain(|commitment| !commitment.is_draft);
        let content = Content { plans, agencies, assessors, reports, commitments, articles, files };
        Portal::new(site, content)
    }

    pub fn commitment(&self, id: &CommitmentId) -> Option<&Commitment> {
        self.indices.get(id).map(|&index| self.commitments[index].as_ref())
    }

    /// Returns the commitments before and after `id` in `commitments`.
    pub fn neighbours(&self, id: &CommitmentId) -> (Option<&Commitment>, Option<&Commitment>) {
        let Some(&index) = self.indices.get(id) else { return (None, None) };
        let previous = index.checked_sub(1).map(|index| self.commitments[index].as_ref());
        (previous, self.commitments.get(index + 1).map(Arc::as_ref))
    }

    /// Returns the ids of the content, in the order of the lists.
    pub fn ids(&self) -> ContentIds {
        ContentIds {
            plans: self.plans.iter().map(|plan| plan.id.clone()).collect(),
            agencies: self.agencies.iter().map(|agency| agency.id.clone()).collect(),
            assessors: self.assessors.iter().map(|assessor| assessor.id.clone()).collect(),
            reports: self.reports.iter().map(|report| report.id.clone()).collect(),
            commitments: self.commitments.iter().map(|commitment| commitment.id.clone()).collect(),
            articles: self.articles.iter().map(|article| article.id.clone()).collect(),
            policy_areas: self.policy_areas().collect(),
        }
    }

    /// Returns the policy areas of the commitments, in OGP's order.
    pub fn policy_areas(&self) -> impl Iterator<Item = PolicyArea> {
        self.index.policy_areas.keys().copied()
    }

    /// Returns the commitments of later plans that continue `id`, those of the newest plan first.
    pub fn continued_by(&self, id: &CommitmentId) -> impl Iterator<Item = &Commitment> {
        let indices = self.continued.get(id).map(Vec::as_slice).unwrap_or_default();
        indices.iter().map(|&index| self.commitments[index].as_ref())
    }

    /// Returns the commitments that were merged into `id`.
    pub fn merged_into(&self, id: &CommitmentId) -> impl Iterator<Item = &Commitment> {
        let indices = self.merged.get(id).map(Vec::as_slice).unwrap_or_default();
        indices.iter().map(|&index| self.commitments[index].as_ref())
    }

    /// Whether commitments belong to more than one plan, so that a number alone does not identify a
    /// commitment.
    pub fn has_several_plans(&self) -> bool {
        match (self.commitments.first(), self.commitments.last()) {
            (Some(first), Some(last)) => first.id.plan != last.id.plan,
            _ => false,
        }
    }

    /// Returns the commitments of the newest plan that has any; `None` if there are no commitments.
    pub fn newest_plan(&self) -> Option<PlanPart<'_>> {
        self.everything().by_plan().next()
    }

    pub fn agency(&self, id: &AgencyId) -> Option<&Agency> {
        let index = self.agencies.binary_search_by(|agency| agency.id.cmp(id)).ok()?;
        Some(&self.agencies[index])
    }

    pub fn assessor(&self, id: &AssessorId) -> Option<&Assessor> {
        self.assessors.iter().find(|assessor| assessor.id == *id).map(Arc::as_ref)
    }

    /// Returns the agencies that became `id`, with how and when.
    pub fn became(&self, id: &AgencyId) -> impl Iterator<Item = (&Agency, &Succession)> {
        self.agencies.iter().flat_map(move |agency| {
            let successions = agency.became.iter().filter(move |other| other.agency == *id);
            successions.map(move |succession| (agency.as_ref(), succession))
        })
    }

    pub fn plan(&self, id: &PlanId) -> Option<&ActionPlan> {
        self.plans.iter().find(|plan| plan.id == *id).map(Arc::as_ref)
    }

    pub fn report(&self, id: &ReportId) -> Option<&Report> {
        self.reports.iter().find(|report| report.id == *id).map(Arc::as_ref)
    }

    pub fn article(&self, id: &ArticleId) -> Option<&Article> {
        self.articles.iter().find(|article| article.id == *id)
    }

    fn selection<'p>(&'p self, indices: Option<&'p Vec<usize>>) -> Selection<'p> {
        let indices = indices.map(Vec::as_slice).unwrap_or_default();
        Selection { all: &self.commitments, indices }
    }

    /// Selects the commitments that an agency leads; in each plan, those with the least progress
    /// first.
    pub fn led_by(&self, agency: &AgencyId) -> Selection<'_> {
        self.selection(self.index.leads.get(agency))
    }

    /// Returns each agency with the commitments of one plan that it leads: those of the newest plan
    /// first, and those of one plan in the order of the agencies.
    pub fn leads(&self) -> Vec<(&Agency, PlanPart<'_>)> {
        let agencies = self.agencies.iter().map(AsRef::as_ref);
        let mut leads: Vec<(&Agency, PlanPart<'_>)> = agencies
            .flat_map(|agency| self.led_by(&agency.id).by_plan().map(move |part| (agency, part)))
            .collect();
        leads.sort_by(|(_, a), (_, b)| newest_first(a.plan, b.plan));
        leads
    }

    /// Selects the commitments that an agency supports.
    pub fn supported_by(&self, agency: &AgencyId) -> Selection<'_> {
        self.selection(self.index.supports.get(agency))
    }

    /// Selects the commitments of a policy area.
    pub fn of_policy_area(&self, area: PolicyArea) -> Selection<'_> {
        self.selection(self.index.policy_areas.get(&area))
    }

    /// Returns the reports of an assessor, newest first.
    pub fn reports_by(&self, assessor: &AssessorId) -> impl Iterator<Item = &Report> {
        let reports = self.reports.iter().rev().map(AsRef::as_ref);
        reports.filter(move |report: &&Report| report.assessor.id == *assessor)
    }

    /// Selects every commitment.
    pub fn everything(&self) -> Selection<'_> {
        self.selection(Some(&self.index.everything))
    }

    /// Selects the commitments with a standing.
    pub fn with_standing(&self, standing: Standing) -> Selection<'_> {
        self.selection(Some(&self.index.standings[standing as usize]))
    }

    /// Selects the commitments of a plan, by number.
    pub fn of_plan(&self, plan: &PlanId) -> Selection<'_> {
        self.selection(self.index.plans.get(plan))
    }

    /// Returns one selection for each chapter of a plan, in the plan's order, and a last one for
    /// the commitments without a chapter.
    pub fn of_chapters<'p>(
        &'p self,
        plan: &ActionPlan,
    ) -> impl Iterator<Item = Selection<'p>> + use<'p> {
        let chapters = self.index.chapters.get(&plan.id);
        (0..=plan.chapters.len())
            .map(move |index| self.selection(chapters.map(|chapters| &chapters[index])))
    }

    /// Selects the commitments that a report assesses, by number.
    pub fn assessed_by(&self, report: &ReportId) -> Selection<'_> {
        self.selection(self.index.reports.get(report))
    }

    /// Returns the position of a commitment among those that a report assesses.
    pub fn position_in_report(&self, report: &ReportId, commitment: &CommitmentId) -> usize {
        let index = self.indices.get(commitment).zip(self.index.reports.get(report));
        let position = index.and_then(|(index, assessed)| assessed.binary_search(index).ok());
        position.expect("the report assesses the commitment")
    }

    /// Returns each assessment of a report with its commitment, by number.
    pub fn assessments_of<'p>(
        &'p self,
        report: &Report,
        range: Range<usize>,
    ) -> impl Iterator<Item = (&'p Commitment, &'p Assessment)> {
        self.assessed_by(&report.id).range(range).map(|commitment| {
            let mut assessments = commitment.assessments.iter();
            let assessment = assessments.find(|assessment| assessment.report.id == report.id);
            (commitment, assessment.expect("the report assesses the commitment"))
        })
    }

    /// Whether the portal has what a report says about every commitment of its plan.
    pub fn is_complete(&self, report: &Report) -> bool {
        let is_covered = self.assessed_by(&report.id).len() == self.of_plan(&report.plan.id).len();
        is_covered && !report.partial
    }

    /// Returns the reports on a plan by assessors with several that cover the whole plan, by assessor
    /// and then oldest first. They are empty if there are none.
    pub fn report_history(&self, plan: &ActionPlan) -> Vec<&Report> {
        let reports = self.reports.iter().map(AsRef::as_ref);
        let reports: Vec<&Report> = reports
            .filter(|report: &&Report| report.plan.id == plan.id && self.is_complete(report))
            .collect();
        let is_by_same = |a: &Report, b: &Report| a.id != b.id && a.assessor.id == b.assessor.id;
        let mut repeated = reports.clone();
        repeated.retain(|report| reports.iter().any(|other| is_by_same(other, report)));
        repeated.sort_by_key(|report| &report.assessor.id);
        repeated
    }

    /// Returns when the next report on a plan is due, unless a report of that date or later is there.
    pub fn next_report_due(&self, plan: &ActionPlan) -> Option<PartialDate> {
        let is_later = |due: &PartialDate| {
            let mut reports = self.reports.iter().filter(|report| report.plan.id == plan.id);
            !reports.any(|report| !report.date.is_before(*due))
        };
        plan.next_report_due.filter(is_later)
    }

    /// Returns the commitments of a plan that an agency leads.
    pub fn led_in_plan(&self, agency: &AgencyId, plan: &PlanId) -> Option<PlanPart<'_>> {
        // The commitments of a plan follow one another.
        let of_plan = self.index.plans.get(plan)?;
        let (first, last) = (of_plan.first()?, of_plan.last()?);
        let Selection { all, indices } = self.led_by(agency);
        let start = indices.partition_point(|index| index < first);
        let end = indices.partition_point(|index| index <= last);
        let commitments = Selection { all, indices: &indices[start..end] };
        let plan = &commitments.iter().next()?.plan;
        Some(PlanPart { plan, start, commitments })
    }

    /// Returns the agencies that lead commitments of a plan, each with these commitments.
    pub fn leads_of_plan(&self, plan: &PlanId) -> Vec<(&Agency, PlanPart<'_>)> {
        let leads = self.of_plan(plan).iter().flat_map(|commitment| &commitment.leads);
        let leads: BTreeMap<&AgencyId, &Agency> =
            leads.map(|agency| (&agency.id, agency.as_ref())).collect();
        let part = |agency: &'_ Agency| self.led_in_plan(&agency.id, plan);
        leads.into_values().filter_map(|agency| Some((agency, part(agency)?))).collect()
    }

    /// Returns the levels that a report gives.
    pub fn finding_of<'p>(&'p self, report: &'p Report) -> Finding<'p> {
        let assessed = self.assessments_of(report, 0..usize::MAX);
        let standings =
            assessed.map(|(commitment, assessment)| (commitment, assessment.level.into()));
        Finding { reports: vec![report], ..Finding::new(&report.assessor, standings.collect()) }
    }

    /// Whether anything is late, or a deadline moved.
    pub fn has_deadlines(&self) -> bool {
        let headline = &self.site.headline;
        let has_deadline = |commitment: &Arc<Commitment>| {
            !commitment.rescheduled.is_empty() || !commitment.late(headline).is_empty()
        };
        self.commitments.iter().any(has_deadline)
    }

    /// Returns the number of changes of all commitments.
    pub fn change_count(&self) -> usize {
        self.timeline.len()
    }

    /// Returns the changes in a range of the timeline, newest first. A range may extend beyond the
    /// end of the timeline.
    pub fn changes(&self, range: Range<usize>) -> impl Iterator<Item = (&Commitment, Change<'_>)> {
        entries_in(&self.timeline, range).iter().filter_map(|entry| {
            let commitment = self.commitments[entry.commitment].as_ref();
            Some((commitment, commitment.change(entry.change)?))
        })
    }
}

fn newest_first(a: &ActionPlan, b: &ActionPlan) -> Ordering {
    (b.start_date, &b.id).cmp(&(a.start_date, &a.id))
}
