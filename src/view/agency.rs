//! The list of agencies, and the page of one agency.
//!
//! Agencies that lead commitments come before those that only support some.

use std::ops::Range;

use serde::Serialize;

use super::layout::Layout;
use super::pagination::range_from;
use super::shared::{ChartLinks, ChartView, CommitmentRow, Link, LocalizedText};
use super::viewer::Viewer;
use crate::chart::BarHeight;
use crate::linked_data;
use crate::model::{Agency, Standing, Tally};
use crate::route::Route;
use crate::web_address;

#[derive(Debug, Serialize)]
pub struct AgenciesView<'a> {
    pub page: Layout<'a>,
    /// The agencies that lead a commitment, the largest share completed first.
    pub leading: Vec<AgencyRow<'a>>,
    /// The agencies that only support commitments, by name.
    pub supporting: Vec<Link<'a>>,
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
    /// `None` if the agency leads no commitment.
    pub chart: Option<ChartView<'a>>,
    /// The commitments that it leads, the furthest behind first.
    pub leads: Vec<CommitmentRow<'a>>,
    /// The commitments that it supports, in plan order.
    pub supports: Vec<CommitmentRow<'a>>,
    /// Empty if it is not known.
    pub website: &'a str,
    /// The address of the website as people read it.
    pub website_text: String,
    /// The address of the list of all agencies.
    pub all: String,
}

impl<'a> Viewer<'a> {
    pub fn agencies(&self) -> AgenciesView<'a> {
        let title = self.interface_text(self.message("agencies"));
        let leading = self.leading_agencies();
        let supporting = self.agencies_by_name(|leads| leads == 0);
        let range = self.page_range();
        let supports = range_from(&range, leading.len());
        AgenciesView {
            page: self.layout(title, self.message("agencies_description")),
            leading: take_range(leading, range).map(|entry| self.agency_row(entry)).collect(),
            supporting: take_range(supporting, supports)
                .map(|agency| self.agency_link(agency))
                .collect(),
        }
    }

    pub fn agency(&self, agency: &'a Agency) -> AgencyView<'a> {
        let leads = self.portal.led_by(&agency.id);
        let tally = leads.tally();
        let title = self.localized(&agency.name);
        let summary = self.summary(&tally);
        let description = format!("{}: {summary}", title.text);
        let url = self.absolute(&self.language.code);
        let facts = linked_data::agency(&title.text, &url, agency.website.as_deref());
        let mut page = self.layout(title, description);
        page.linked_data.push(facts);
        let range = self.page_range();
        let supports = range_from(&range, leads.len());
        AgencyView {
            page,
            short_name: agency.short_name.as_ref().map(|name| self.localized(name)),
            chart: (tally.total() > 0)
                .then(|| self.chart(&tally, BarHeight::Large, ChartLinks::SameList)),
            leads: leads.range(range).map(|commitment| self.row(commitment)).collect(),
            supports: self
                .portal
                .supported_by(&agency.id)
                .range(supports)
                .map(|commitment| self.row(commitment))
                .collect(),
            website: agency.website.as_deref().unwrap_or_default(),
            website_text: agency.website.as_deref().map(web_address::readable).unwrap_or_default(),
            all: self.links.page(&Route::Agencies),
        }
    }

    /// The agencies that lead a commitment: those with the largest share completed first, then by
    /// the shares of the lower levels, then by name.
    pub(super) fn leading_agencies(&self) -> Vec<(&'a Agency, Tally)> {
        let agencies = self.portal.agencies.iter().map(AsRef::as_ref);
        let mut leading: Vec<(&Agency, Tally)> = agencies
            .map(|agency| (agency, self.portal.led_by(&agency.id).tally()))
            .filter(|(_, tally)| tally.total() > 0)
            .collect();
        leading.sort_by(|(a, a_tally), (b, b_tally)| {
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
        leading
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

    pub(super) fn agency_row(&self, (agency, tally): (&'a Agency, Tally)) -> AgencyRow<'a> {
        AgencyRow {
            link: self.agency_link(agency),
            chart: self.chart(&tally, BarHeight::Small, ChartLinks::Nothing),
        }
    }

    pub(super) fn agency_link(&self, agency: &'a Agency) -> Link<'a> {
        self.link(&agency.name, &Route::Agency(agency.id.clone()))
    }

    fn by_name(&self, a: &Agency, b: &Agency) -> std::cmp::Ordering {
        let (a, b) = (self.name_of(a), self.name_of(b));
        self.language.compare(a, b)
    }

    fn name_of<'b>(&self, agency: &'b Agency) -> &'b str {
        &agency.name.in_language(&self.language.code).0.text
    }
}

/// The elements of `list` whose indices are in `range`. Indices beyond the end are ignored.
fn take_range<T>(list: Vec<T>, range: Range<usize>) -> impl Iterator<Item = T> {
    list.into_iter().skip(range.start).take(range.len())
}
