//! An action plan and its chapters.

use super::date::PartialDate;
use super::id::PlanId;
use super::text::Text;

/// A period's set of commitments.
#[derive(Debug)]
pub struct ActionPlan {
    /// The file name.
    pub id: PlanId,
    /// The file.
    pub file: String,
    /// Its name.
    pub title: Text,
    /// The country's how manieth.
    pub number: Option<u32>,
    /// When it begins.
    pub start_date: PartialDate,
    /// When it ends.
    pub end_date: PartialDate,
    /// Its numbered sections.
    pub chapters: Vec<Chapter>,
}

/// A numbered section of a plan.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// As in `3.3.1`.
    pub number: String,
    /// What it is about.
    pub title: Text,
}
