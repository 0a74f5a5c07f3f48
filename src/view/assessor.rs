//! The page of an assessor, and the page of a policy area.

use serde::Serialize;

use super::layout::Layout;
use super::shared::{Link, PlanSection, ReportLine};
use super::viewer::Viewer;
use crate::model::{Assessor, PlanPart, PolicyArea, Report};
use crate::route::Route;
use crate::web_address;

#[derive(Debug, Serialize)]
pub struct AssessorView<'a> {
    pub page: Layout<'a>,
    /// What it is, in words; empty for a built-in assessor, whose name says it.
    pub kind: String,
    /// Empty if it is not known.
    pub website: &'a str,
    /// The address of the website as people read it.
    pub website_text: String,
    /// Newest first.
    pub reports: Vec<AssessorReport<'a>>,
}

/// A report of an assessor.
#[derive(Debug, Serialize)]
pub struct AssessorReport<'a> {
    pub report: ReportLine<'a>,
    pub plan: Link<'a>,
    /// What it says about the plan, as a sentence.
    pub claim: String,
}

#[derive(Debug, Serialize)]
pub struct PolicyAreaView<'a> {
    pub page: Layout<'a>,
    /// The plans with such commitments, newest first.
    pub plans: Vec<PlanSection<'a>>,
    /// The other policy areas that commitments have.
    pub others: Vec<Link<'a>>,
}

impl<'a> Viewer<'a> {
    pub fn assessor_page(&self, assessor: &'a Assessor) -> AssessorView<'a> {
        let name = self.assessor(assessor);
        let details = assessor.details.as_ref();
        let title = match details {
            Some(details) => self.localized(&details.name),
            None => self.interface_text(name.clone()),
        };
        let website = details.and_then(|details| details.website.as_deref());
        let reports = self.portal.reports_by(&assessor.id);
        let description = format!("{name}: {}", self.message("assessor_description"));
        AssessorView {
            page: self.layout(title, description),
            kind: details.map(|_| self.term(assessor.kind)).unwrap_or_default(),
            website: website.unwrap_or_default(),
            website_text: website.map(web_address::readable).unwrap_or_default(),
            reports: reports.map(|report| self.assessor_report(report)).collect(),
        }
    }

    fn assessor_report(&self, report: &'a Report) -> AssessorReport<'a> {
        AssessorReport {
            report: self.report_line(report),
            plan: self.plan_link(&report.plan),
            claim: self.report_claim(report),
        }
    }

    pub fn policy_area(&self, area: PolicyArea) -> PolicyAreaView<'a> {
        let selection = self.portal.of_policy_area(area);
        let claim = |part: &PlanPart<'a>| self.language.claim(&self.finding(part.commitments));
        let others = self.policy_areas().into_iter().filter(|(other, _)| *other != area);
        let newest = selection.by_plan().next().map(|part| claim(&part)).unwrap_or_default();
        let name = self.term(area);
        PolicyAreaView {
            page: self.layout(self.interface_text(name.clone()), format!("{name}: {newest}")),
            plans: self.plan_sections(selection, 0, claim),
            others: others.map(|(_, link)| link).collect(),
        }
    }

    /// The policy areas of all commitments, by name.
    pub(super) fn policy_areas(&self) -> Vec<(PolicyArea, Link<'a>)> {
        let areas = self.portal.policy_areas();
        let mut areas: Vec<_> = areas.map(|area| (area, self.area_link(area))).collect();
        areas.sort_by(|(_, a), (_, b)| self.language.compare(&a.text.text, &b.text.text));
        areas
    }

    pub(super) fn area_link(&self, area: PolicyArea) -> Link<'a> {
        let text = self.interface_text(self.term(area));
        Link { text, href: self.links.page(&Route::PolicyArea(area)) }
    }
}
