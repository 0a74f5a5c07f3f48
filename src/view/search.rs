//! The search, and the filter of the list of all commitments: what the script of both needs, and what
//! stands there without it.

use serde::Serialize;

use super::layout::{Layout, PageKind};
use super::level::LevelLink;
use super::shared::{Choice, Link, StandingView};
use super::viewer::Viewer;
use crate::model::Standing;
use crate::route::Route;

/// A menu of more entries than these is no help: a name is sooner typed.
const MAX_CHOICES: usize = 100;

/// The search.
#[derive(Debug, Serialize)]
pub struct SearchView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// What the script needs.
    pub filter: FilterView<'a>,
    /// Every standing, with the number of its commitments.
    pub levels: Vec<LevelLink<'a>>,
    /// The plans, newest first, each with its chapters.
    pub plans: Vec<PlanIndex<'a>>,
    /// The list of all commitments.
    pub commitments: String,
    /// The list of all agencies.
    pub agencies: String,
}

/// A plan with its chapters.
#[derive(Debug, Serialize)]
pub struct PlanIndex<'a> {
    /// The plan.
    pub link: Link<'a>,
    /// Its chapters.
    pub chapters: Vec<Choice<'a>>,
}

/// What the script needs that searches and filters.
#[derive(Debug, Serialize)]
pub struct FilterView<'a> {
    /// The home page: the index is below it, and the addresses in the index.
    pub home: String,
    /// Every standing, for the rows of results.
    pub standings: Vec<StandingView<'a>>,
    /// The standings that some commitment has.
    pub levels: Vec<StandingView<'a>>,
    /// The agencies that lead a commitment, by name; none where there are too many to choose from.
    pub agencies: Vec<Choice<'a>>,
    /// The chapters of all plans, the newest plan first; none where there are too many.
    pub chapters: Vec<Choice<'a>>,
}

impl<'a> Viewer<'a> {
    /// The page of the search.
    pub fn search(&self) -> SearchView<'a> {
        let title = self.interface_text(self.message("search"));
        let tally = self.portal.tally();
        let plans = self.portal.plans.iter().rev().map(|plan| PlanIndex {
            link: self.link(&plan.title, &Route::Plan(plan.id.clone())),
            chapters: self.chapter_choices(plan),
        });
        SearchView {
            page: self.layout(PageKind::Search, title, self.message("search_description")),
            filter: self.filter(),
            levels: self.level_links(&tally, None),
            plans: plans.collect(),
            commitments: self.links.page(&Route::Commitments),
            agencies: self.links.page(&Route::Agencies),
        }
    }

    /// What the script of the search and of the filter needs.
    pub(super) fn filter(&self) -> FilterView<'a> {
        let tally = self.portal.tally();
        let has_some = |standing: &Standing| tally.count(*standing) > 0;
        let agencies = self.agencies_by_name(|leads| leads > 0);
        let agencies = agencies.into_iter().map(|agency| Choice {
            value: agency.id.to_string(),
            number: "",
            link: self.agency_link(agency),
        });
        let plans = self.portal.plans.iter().rev();
        FilterView {
            home: self.links.page(&Route::Home),
            standings: Standing::ALL.map(|it| self.standing(it)).into(),
            levels: Standing::ALL
                .into_iter()
                .filter(has_some)
                .map(|it| self.standing(it))
                .collect(),
            agencies: few(agencies.collect()),
            chapters: few(plans.flat_map(|plan| self.chapter_choices(plan)).collect()),
        }
    }
}

/// Nothing in place of too many.
fn few<T>(choices: Vec<T>) -> Vec<T> {
    if choices.len() > MAX_CHOICES { Vec::new() } else { choices }
}
