//! The list of agencies, and the page of one agency.
//!
//! Agencies that lead commitments come before those that only support some.

use serde::Serialize;

use super::layout::Layout;
use super::pagination::range_from;
use super::shared::{
    ChartForm, ChartLinks, ChartView, DateView, DownloadView, Link, LocalizedText, PlanSection,
    plan_anchor,
};
use super::viewer::Viewer;
use crate::linked_data;
use crate::model::{Agency, FormerName, PartialDate, PlanPart, Standing, Succession};
use crate::route::{Chart, Route};
use crate::web_address;

#[derive(Debug, Serialize)]
pub struct AgenciesView<'a> {
    pub page: Layout<'a>,
    /// The newest plan first.
    pub plans: Vec<LeadingAgencies<'a>>,
    /// The agencies that only support commitments, by name.
    pub supporting: Vec<Link<'a>>,
}

/// The agencies that lead commitments of one plan.
#[derive(Debug, Serialize)]
pub struct LeadingAgencies<'a> {
    pub link: Link<'a>,
    /// Who says how far they have come, and when.
    pub attribution: String,
    /// How many commitments count with several agencies; empty if there are none.
    pub shared: String,
    /// The largest share completed first.
    pub agencies: Vec<AgencyRow<'a>>,
    pub download: DownloadView,
}

#[derive(Debug, Serialize)]
pub struct AgencyRow<'a> {
    pub link: Link<'a>,
    pub chart: ChartView<'a>,
}

#[derive(Debug, Serialize)]
pub struct AgencyView<'a> {
    pub page: Layout<'a>,
    pub short_name: Option<LocalizedText<'a>>,
    /// Whether the agency leads a commitment, on this page of its list or another.
    pub is_leading: bool,
    /// The commitments that it leads: the newest plan first, with a chart, and in each plan the
    /// furthest behind first.
    pub leads: Vec<PlanSection<'a>>,
    /// The commitments that it supports: the newest plan first, and in each plan by number.
    pub supports: Vec<PlanSection<'a>>,
    /// When it was founded.
    pub from: Option<DateView>,
    /// When it was abolished.
    pub until: Option<DateView>,
    /// Newest first.
    pub former_names: Vec<FormerNameView<'a>>,
    /// The agencies that took over its work.
    pub became: Vec<SuccessionView<'a>>,
    /// The agencies whose work it took over.
    pub predecessors: Vec<SuccessionView<'a>>,
    /// Empty if it is not known.
    pub website: &'a str,
    /// The address of the website as people read it.
    pub website_text: String,
    /// The address of the list of all agencies.
    pub all: String,
}

#[derive(Debug, Serialize)]
pub struct FormerNameView<'a> {
    pub name: LocalizedText<'a>,
    pub until: DateView,
}

/// Another agency that took over work, or gave it away.
#[derive(Debug, Serialize)]
pub struct SuccessionView<'a> {
    pub agency: Link<'a>,
    pub date: DateView,
    /// What happened, in words; may be empty.
    pub kind: String,
}

impl<'a> Viewer<'a> {
    pub fn agencies(&self) -> AgenciesView<'a> {
        let title = self.interface_text(self.message("agencies"));
        let supporting = self.agencies_by_name(|leads| leads == 0);
        let range = self.page_range();
        let mut start = 0;
        let mut plans = Vec::new();
        for leading in self.leading_agencies() {
            let on_page = range_from(&range, start);
            start += leading.len();
            let plan = leading[0].1.plan;
            let on_page = leading.into_iter().skip(on_page.start).take(on_page.len());
            let agencies = self.agency_rows(on_page.collect());
            if !agencies.is_empty() {
                let commitments = self.portal.of_plan(&plan.id);
                plans.push(LeadingAgencies {
                    link: self.plan_link(plan),
                    attribution: self.language.attribution(&self.finding(commitments)),
                    shared: self.shared_leads(commitments),
                    agencies,
                    download: self.download(&Chart::Agencies(plan.id.clone())),
                });
            }
        }
        let on_page = range_from(&range, start);
        let on_page = supporting.into_iter().skip(on_page.start).take(on_page.len());
        AgenciesView {
            page: self.layout(title, self.message("agencies_description")),
            plans,
            supporting: on_page.map(|agency| self.agency_link(agency)).collect(),
        }
    }

    pub fn agency(&self, agency: &'a Agency) -> AgencyView<'a> {
        let leads = self.portal.led_by(&agency.id);
        let supports = self.portal.supported_by(&agency.id);
        let title = self.localized(&agency.name);
        let description = format!("{}: {}", title.text, self.agency_claim(agency));
        let url = self.absolute(&self.language.code);
        let facts = linked_data::agency(&title.text, &url, agency.website.as_deref());
        let mut page = self.layout(title, description);
        page.linked_data.push(facts);
        let no_claim = |_: &PlanPart<'_>| String::new();
        let mut sections = self.plan_sections(leads, 0, no_claim);
        let range = self.page_range();
        for part in leads.by_plan().filter(|part| range.contains(&part.start)) {
            let finding = self.finding(part.commitments);
            let file = Chart::Agency(agency.id.clone(), part.plan.id.clone());
            let chart = self.level_chart(&finding, ChartLinks::SameList(part), &file);
            let anchor = plan_anchor(part.plan);
            let section = sections.iter_mut().find(|section| section.anchor == anchor);
            section.expect("the section begins on this page").chart = Some(chart);
        }
        AgencyView {
            page,
            short_name: agency.short_name.as_ref().map(|name| self.localized(name)),
            is_leading: !leads.is_empty(),
            leads: sections,
            supports: self.plan_sections(supports, leads.len(), no_claim),
            from: agency.from.map(|date| self.date(date)),
            until: agency.until.map(|date| self.date(date)),
            former_names: self.former_names(agency),
            became: self.successors(agency),
            predecessors: self
                .portal
                .became(&agency.id)
                .map(|(other, succession)| self.succession(other, succession))
                .collect(),
            website: agency.website.as_deref().unwrap_or_default(),
            website_text: agency.website.as_deref().map(web_address::readable).unwrap_or_default(),
            all: self.links.page(&Route::Agencies),
        }
    }

    fn former_names(&self, agency: &'a Agency) -> Vec<FormerNameView<'a>> {
        let view = |former: &'a FormerName| FormerNameView {
            name: self.localized(&former.name),
            until: self.date(former.until),
        };
        agency.former_names.iter().rev().map(view).collect()
    }

    fn successors(&self, agency: &'a Agency) -> Vec<SuccessionView<'a>> {
        let view = |succession: &'a Succession| {
            let other = self.portal.agency(&succession.agency)?;
            Some(self.succession(other, succession))
        };
        agency.became.iter().filter_map(view).collect()
    }

    fn succession(&self, other: &'a Agency, succession: &'a Succession) -> SuccessionView<'a> {
        SuccessionView {
            agency: self.agency_link(other),
            date: self.date(succession.date),
            kind: succession.kind.map(|kind| self.term(kind)).unwrap_or_default(),
        }
    }

    /// A link to an agency with the name that it had on a date.
    pub(super) fn agency_on(&self, agency: &'a Agency, date: PartialDate) -> Link<'a> {
        self.link(agency.name_on(date), &Route::Agency(agency.id.clone()))
    }

    /// What is said about the commitments of the newest plan in which the agency leads any.
    fn agency_claim(&self, agency: &Agency) -> String {
        match self.portal.led_by(&agency.id).by_plan().next() {
            Some(part) => self.language.claim_about(&part, self.portal),
            None => self.message("leads_none"),
        }
    }

    /// The agencies that lead commitments, for each plan, the newest first. In a plan, those with the
    /// largest share completed come first, then the order is by the shares of the lower levels, and
    /// then by name.
    pub(super) fn leading_agencies(&self) -> Vec<Vec<(&'a Agency, PlanPart<'a>)>> {
        let leads = self.portal.leads();
        let plans = leads.chunk_by(|(_, a), (_, b)| a.plan.id == b.plan.id);
        plans.map(|leads| self.by_progress(leads)).collect()
    }

    /// Sorts the agencies that lead commitments of one plan as [`Viewer::leading_agencies`] says.
    pub(super) fn by_progress(
        &self,
        leads: &[(&'a Agency, PlanPart<'a>)],
    ) -> Vec<(&'a Agency, PlanPart<'a>)> {
        let tallies = leads.iter().map(|lead| (*lead, self.finding(lead.1.commitments).tally));
        let mut leading: Vec<_> = tallies.collect();
        leading.sort_by(|((a, _), a_tally), ((b, _), b_tally)| {
            let by_share = |standing| {
                let (a, b) = (a_tally.count(standing), b_tally.count(standing));
                // Compares the shares without division: a/x > b/y if a·y > b·x.
                (b * a_tally.total()).cmp(&(a * b_tally.total()))
            };
            by_share(Standing::Completed)
                .then_with(|| by_share(Standing::Substantial))
                .then_with(|| by_share(Standing::Limited))
                .then_with(|| self.by_name(a, b))
        });
        leading.into_iter().map(|(lead, _)| lead).collect()
    }

    /// The agencies, by name, for which `is_wanted` accepts the number of commitments that they
    /// lead.
    pub(super) fn agencies_by_name(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<&'a Agency> {
        let agencies = self.portal.agencies.iter().map(AsRef::as_ref);
        let is_wanted = |agency: &&Agency| is_wanted(self.portal.led_by(&agency.id).len());
        let mut agencies: Vec<&Agency> = agencies.filter(is_wanted).collect();
        agencies.sort_by(|a, b| self.by_name(a, b));
        agencies
    }

    /// The rows of agencies, each with the commitments of one plan that it leads.
    pub(super) fn agency_rows(&self, leads: Vec<(&'a Agency, PlanPart<'a>)>) -> Vec<AgencyRow<'a>> {
        let form = ChartForm::of_rows(leads.iter().map(|(_, part)| part.commitments.len()));
        let row = |(agency, part): (&'a Agency, PlanPart<'a>)| AgencyRow {
            link: self.agency_link(agency),
            chart: self.chart(&self.finding(part.commitments), form, ChartLinks::Nothing),
        };
        leads.into_iter().map(row).collect()
    }

    pub(super) fn agency_link(&self, agency: &'a Agency) -> Link<'a> {
        self.link(&agency.name, &Route::Agency(agency.id.clone()))
    }

    pub(super) fn by_name(&self, a: &Agency, b: &Agency) -> std::cmp::Ordering {
        let (a, b) = (self.name_of(a), self.name_of(b));
        self.language.compare(a, b)
    }

    fn name_of<'b>(&self, agency: &'b Agency) -> &'b str {
        &agency.name.in_language(&self.language.code).0.text
    }
}
