//! An action plan and its chapters.

use super::date::PartialDate;
use super::id::PlanId;
use super::text::Text;

/// The set of commitments for one period.
#[derive(Debug)]
pub struct ActionPlan {
    pub id: PlanId,
    /// The path relative to the site folder.
    pub file: String,
    pub title: Text,
    /// The position among the country's action plans. The first plan is 1.
    pub number: Option<u16>,
    pub start_date: PartialDate,
    pub end_date: PartialDate,
    /// When the next report on it is due.
    pub next_report_due: Option<PartialDate>,
    pub chapters: Vec<Chapter>,
}

impl ActionPlan {
    /// Whether the plan runs on a day.
    pub fn runs_on(&self, day: PartialDate) -> bool {
        let day = day.latest();
        self.start_date.earliest() <= day && day <= self.end_date.latest()
    }
}

/// A numbered section of a plan.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The number as printed in the plan, such as `3.3.1`.
    pub number: String,
    pub title: Text,
}
