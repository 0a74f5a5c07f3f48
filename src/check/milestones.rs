//! The ids of the milestones of a commitment, and the assessments that refer to them.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::draft::{AssessedMilestoneDraft, MilestoneDraft, is_usable_name};
use crate::model::{AssessedMilestone, Text};
use crate::problems::{self, Noun};
use crate::source::{Span, Spanned};

/// The ids of the milestones of a commitment.
pub(super) struct MilestoneIds {
    /// Every id, also those of milestones with errors, and those that were advised.
    written: Vec<String>,
    /// The index of the milestone with an id, or `None` if the milestone has errors; and where the id is.
    known: BTreeMap<String, (Option<usize>, Span)>,
    count: usize,
}

impl MilestoneIds {
    pub(super) fn new(drafts: &[MilestoneDraft]) -> Self {
        let ids = drafts.iter().filter_map(|draft| draft.id.as_ref());
        let written = ids.map(|id| id.value.clone()).collect();
        MilestoneIds { written, known: BTreeMap::new(), count: 0 }
    }

    /// Adds the next milestone. One without a title is not part of the commitment.
    pub(super) fn add(
        &mut self,
        id: Option<&Spanned<String>>,
        title: Option<&Text>,
        diagnostics: &mut Diagnostics,
    ) {
        let index = title.map(|_| self.count);
        self.count += usize::from(title.is_some());
        let Some(id) = id else { return };
        if !is_usable_name(&id.value) {
            let example = "its number, such as \"1\" or \"2.1\"";
            diagnostics.add(problems::unusable_id(id.span, &id.value, example));
        }
        if let Some((_, first)) = self.known.get(&id.value) {
            // Without a title, it is probably what a report says about the first one.
            if title.is_some() {
                let free = free_id(&id.value, &self.written);
                let problem =
                    problems::duplicate_id(id.span, "milestone", &id.value, &free, *first);
                diagnostics.add(problem);
                // A report may already name it so.
                self.written.push(free.clone());
                self.known.insert(free, (None, id.span));
            }
            return;
        }
        self.known.insert(id.value.clone(), (index, id.span));
    }

    /// Resolves what a report says about milestones.
    pub(super) fn assessed(
        &self,
        drafts: Vec<AssessedMilestoneDraft>,
        diagnostics: &mut Diagnostics,
    ) -> Box<[AssessedMilestone]> {
        let mut first_spans: BTreeMap<String, Span> = BTreeMap::new();
        let mut assessed = Vec::new();
        for AssessedMilestoneDraft { id, level, texts } in drafts {
            let Some(id) = id else { continue };
            let Some((index, _)) = self.known.get(&id.value) else {
                let known: Vec<&str> = self.known.keys().map(String::as_str).collect();
                diagnostics.add(problems::unknown_milestone(id.span, &id.value, &known));
                continue;
            };
            if let Some(&first) = first_spans.get(&id.value) {
                let problem = problems::duplicate(id.span, Noun::Milestone, &id.value, first);
                diagnostics.add(problem);
                continue;
            }
            first_spans.insert(id.value, id.span);
            if let (Some(index), Some(level)) = (*index, level) {
                assessed.push(AssessedMilestone { index, level: level.value, texts });
            }
        }
        assessed.into()
    }
}

/// Returns the next id after `id` that is not in `taken`: `5.3` after `5.2`.
pub(super) fn free_id(id: &str, taken: &[String]) -> String {
    let start = id.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let (start, number) = match id[start.len()..].parse::<u32>() {
        Ok(number) => (start.to_owned(), number),
        Err(_) => (format!("{id}-"), 1),
    };
    let mut ids = (1..).map(|more| format!("{start}{}", number.saturating_add(more)));
    ids.find(|id| !taken.contains(id)).unwrap_or_default()
}
