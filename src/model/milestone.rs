//! The milestones of a commitment.

use std::sync::Arc;

use super::agency::Agency;
use super::assessment::Evidence;
use super::date::{EndDate, PartialDate};
use super::level::CompletionLevel;
use super::text::{KeyedText, Text, texts};

/// One dated step of a commitment.
#[derive(Debug)]
pub struct Milestone {
    /// Its own id, or `m-` and a hash of its title. Unique within the commitment.
    pub id: String,
    pub title: Text,
    /// The agencies that carry it out, if they are not the leads of the commitment.
    pub leads: Box<[Arc<Agency>]>,
    pub start_date: Option<PartialDate>,
    pub end_date: Option<EndDate>,
    pub completed_date: Option<PartialDate>,
    /// How much is done, as the lead agency says.
    pub level: Option<CompletionLevel>,
    pub texts: MilestoneTexts,
    pub evidence: Box<[Evidence]>,
}

texts! {
    /// The optional texts of a milestone, which are Markdown.
    pub struct MilestoneTexts {
        /// What the step consists of.
        description,
    }
}

impl Milestone {
    pub fn own_texts(&self) -> impl Iterator<Item = KeyedText<'_>> + Clone {
        [("title", Some(&self.title))].into_iter().chain(self.texts.all())
    }

    /// Returns the fragment of its address on the page of its commitment.
    pub fn anchor(&self) -> String {
        format!("milestone-{}", self.id)
    }

    /// Whether the lead agency says that the milestone is completed.
    pub fn is_completed(&self) -> bool {
        self.completed_date.is_some() || self.level == Some(CompletionLevel::Completed)
    }
}
