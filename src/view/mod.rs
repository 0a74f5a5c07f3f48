//! The data that templates receive: plain values, ready to print.
//!
//! These structs are the contract of `themes/README.md`, which documents each name. Everything that
//! a template could get wrong is decided here: which text, which order, which address, which
//! language a text is in. [`Viewer::render`] selects the view of a page. This module does not know how
//! templates work or how a page looks.

mod agency;
mod article;
mod assessor;
mod changes;
mod commitment;
mod comparison;
mod data;
mod deadlines;
mod figure;
mod home;
mod layout;
mod level;
mod not_found;
mod pagination;
mod plan;
mod plans;
mod report;
mod search;
mod shared;
mod time_line;
mod viewer;

pub use data::DataFiles;
pub use viewer::Viewer;

use serde::Serialize;
use viewer::PLANNED;

use crate::route::Route;

/// Renders the view of a page with the template of its kind.
pub trait Template {
    type Output;

    fn render(self, view: &impl Serialize) -> Self::Output;
}

impl Viewer<'_> {
    /// Renders the page. `data` is what the page of downloads shows.
    pub fn render<T: Template>(&self, data: impl FnOnce() -> DataFiles, template: T) -> T::Output {
        let portal = self.portal;
        match self.route.list_and_page().0 {
            Route::Home => template.render(&self.home()),
            Route::Commitments => template.render(&self.commitments()),
            Route::Commitment(id) => {
                template.render(&self.commitment(portal.commitment(id).expect(PLANNED)))
            }
            Route::Agencies => template.render(&self.agencies()),
            Route::Agency(id) => template.render(&self.agency(portal.agency(id).expect(PLANNED))),
            Route::Plans => template.render(&self.plans()),
            Route::Plan(id) => template.render(&self.plan(portal.plan(id).expect(PLANNED))),
            Route::Level(standing) => template.render(&self.level(*standing)),
            Route::Report(id) | Route::WholeReport(id) => {
                template.render(&self.report(portal.report(id).expect(PLANNED)))
            }
            Route::Assessor(id) => {
                template.render(&self.assessor_page(portal.assessor(id).expect(PLANNED)))
            }
            Route::PolicyArea(area) => template.render(&self.policy_area(*area)),
            Route::Changes => template.render(&self.changes()),
            Route::Deadlines => template.render(&self.deadlines()),
            Route::Corrections => template.render(&self.corrections()),
            Route::Data => template.render(&self.data(&data())),
            Route::Search => template.render(&self.search()),
            Route::Article(id) => {
                template.render(&self.article(portal.article(id).expect(PLANNED)))
            }
            Route::NotFound => template.render(&self.not_found()),
            Route::LaterPage(..) => unreachable!("a list is never a later page"),
        }
    }
}
