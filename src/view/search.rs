//! The search page, and the filter on the list of commitments: the data that their script needs,
//! and the links that work without it.

use serde::Serialize;

use super::layout::Layout;
use super::level::LevelLink;
use super::shared::{Choice, Link, StandingView};
use super::viewer::Viewer;
use crate::model::Standing;
use crate::route::Route;

/// The largest number of entries in a menu. In a longer one, a name is faster to type than to find.
const MAX_CHOICES: usize = 100;

#[derive(Debug, Serialize)]
pub struct SearchView<'a> {
    pub page: Layout<'a>,
    pub filter: FilterView<'a>,
    pub levels: Vec<LevelLink<'a>>,
    /// Newest first.
    pub plans: Vec<PlanIndex<'a>>,
    /// The address of the list of all commitments.
    pub commitments: String,
    /// The address of the list of all agencies.
    pub agencies: String,
}

#[derive(Debug, Serialize)]
pub struct PlanIndex<'a> {
    pub link: Link<'a>,
    pub chapters: Vec<Choice<'a>>,
}

/// The data for the script that searches and filters.
#[derive(Debug, Serialize)]
pub struct FilterView<'a> {
    /// The address of the home page: the index and the addresses in it are relative to it.
    pub home: String,
    /// The address of the page without a search.
    pub page: String,
    /// All standings, for the rows of results.
    pub standings: Vec<StandingView<'a>>,
    /// The standings that at least one commitment has.
    pub levels: Vec<StandingView<'a>>,
    /// The plans that have commitments, newest first; empty if there are more than 100.
    pub plans: Vec<Choice<'a>>,
    /// The agencies that lead a commitment, by name; empty if there are more than 100.
    pub agencies: Vec<Choice<'a>>,
    /// The chapters of all plans, the newest plan first; empty if there are more than 100.
    pub chapters: Vec<Choice<'a>>,
    /// The policy areas of the commitments, by name.
    pub policy_areas: Vec<Choice<'a>>,
}

impl<'a> Viewer<'a> {
    pub fn search(&self) -> SearchView<'a> {
        let title = self.interface_text(self.message("search"));
        let plans = self.portal.plans.iter().map(|plan| PlanIndex {
            link: self.plan_link(plan),
            chapters: self.chapter_choices(plan),
        });
        SearchView {
            page: self.layout(title, self.message("search_description")),
            filter: self.filter(),
            levels: self.level_links(None),
            plans: plans.collect(),
            commitments: self.links.page(&Route::Commitments),
            agencies: self.links.page(&Route::Agencies),
        }
    }

    pub(super) fn filter(&self) -> FilterView<'a> {
        let has_commitments =
            |standing: &Standing| !self.portal.with_standing(*standing).is_empty();
        let agencies = self.agencies_by_name(|leads| leads > 0);
        let agencies = agencies.into_iter().map(|agency| Choice {
            value: agency.id.to_string(),
            number: "",
            plan: None,
            link: self.agency_link(agency),
        });
        let plans = self.portal.everything().by_plan().map(|part| Choice {
            value: part.plan.id.to_string(),
            number: "",
            plan: None,
            link: self.plan_link(part.plan),
        });
        let areas = self.policy_areas().into_iter().map(|(area, link)| Choice {
            value: area.name().to_owned(),
            number: "",
            plan: None,
            link,
        });
        FilterView {
            policy_areas: areas.collect(),
            home: self.links.home_folder(),
            page: self.links.page(self.route),
            standings: Standing::ALL.map(|standing| self.standing(standing)).into(),
            levels: Standing::ALL
                .into_iter()
                .filter(has_commitments)
                .map(|standing| self.standing(standing))
                .collect(),
            agencies: unless_too_many(agencies.collect()),
            plans: unless_too_many(plans.collect()),
            chapters: unless_too_many(
                self.portal.plans.iter().flat_map(|plan| self.chapter_choices(plan)).collect(),
            ),
        }
    }
}

/// The choices, or none if there are more than [`MAX_CHOICES`].
fn unless_too_many<T>(choices: Vec<T>) -> Vec<T> {
    if choices.len() > MAX_CHOICES { Vec::new() } else { choices }
}
