//! A difference between two versions of a site, for reviewers: Markdown for a comment, and JSON.
//!
//! The sentences are in English, and titles as they are written. Content can neither forge a part of the
//! comment nor make it too long for a code-review site.

mod escape;
mod json;
mod sentences;
mod words;

pub use json::{difference_json, new_errors_json};

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::difference::{
    Detail, DetailChange, Difference, ItemChange, ItemDifference, ItemKind, PageChanges, PartKind,
    TallyDifference,
};
use crate::model::Standing;
use crate::problems::words::Count;
use escape::{MAX_TITLE, code, escape};
use sentences::{capitalized, sentence, words_of};

/// The size of a comment, in bytes, after which nothing is added but the number of what is left out. GitHub
/// takes 65,536 characters.
const MAX_COMMENT: usize = 55_000;
/// The number of items to list in one section.
const MAX_ITEMS: usize = 25;
/// The number of changes to list in one item.
const MAX_DETAILS: usize = 12;

/// Formats a difference as Markdown, at most 64 KB. `old_errors` is the number of errors in the old version.
pub fn difference_markdown(difference: &Difference, old_errors: usize) -> String {
    let mut comment = Comment { text: "## What changes in the portal\n".to_owned(), is_cut: false };
    if old_errors > 0 {
        comment.text.push_str(&format!(
            "\nThe old version has {}. What they concern can be missing there, and be called new here.\n",
            Count(old_errors, "error")
        ));
    }
    if difference.is_empty() {
        comment.text.push_str("\nNothing that readers see changes.\n");
        return comment.text;
    }
    corrections(difference, &mut comment);
    numbers(&difference.tallies, &mut comment);
    for items in difference.items.chunk_by(|a, b| a.kind == b.kind) {
        section(items, &mut comment);
    }
    pages(difference.pages.as_ref(), &mut comment);
    let is_long = |item: &ItemDifference| item.details.len() > MAX_DETAILS;
    if comment.is_cut || difference.items.iter().any(is_long) {
        comment.text.push_str("\n`milepost diff --json` lists everything.\n");
    }
    comment.text
}

/// Says in one line that the new version cannot be shown.
pub fn new_errors_markdown(errors: usize) -> String {
    format!("The new version has {}: `milepost check` lists them.\n", Count(errors, "error"))
}

struct Comment {
    text: String,
    /// Whether entries of a list are left out.
    is_cut: bool,
}

impl Comment {
    /// Adds a list, and the number of entries that do not fit.
    fn list(&mut self, heading: &str, entries: impl ExactSizeIterator<Item = String>) {
        let count = entries.len();
        if count == 0 {
            return;
        }
        self.text.push_str(&format!("\n### {heading}\n\n"));
        let mut shown = 0;
        for entry in entries.take(MAX_ITEMS) {
            if self.text.len() + entry.len() > MAX_COMMENT {
                break;
            }
            self.text.push_str(&entry);
            shown += 1;
        }
        if count > shown {
            self.is_cut = true;
            self.text.push_str(&format!("- … and {} more\n", count - shown));
        }
    }
}

/// What seems to be a correction of the portal, without saying so.
fn corrections(difference: &Difference, comment: &mut Comment) {
    let due = difference.items.iter().flat_map(|item| {
        let details = item.details.iter().filter(|detail| detail.needs_correction);
        details.map(|detail| format!("- {}: {}\n", name(item), sentence(detail)))
    });
    let due: Vec<String> = due.collect();
    if due.is_empty() {
        return;
    }
    comment.list("A correction seems due", due.into_iter());
    comment.text.push_str(
        "\nThe portal has published something else before. If that was wrong, add a correction \
         (`[[corrections]]`) to the commitment, so that readers learn of it.\n",
    );
}

/// The numbers of the charts, before and after.
fn numbers(tallies: &[TallyDifference], comment: &mut Comment) {
    let changed: Vec<String> = tallies
        .iter()
        .filter(|tally| tally.old != tally.new)
        .map(|TallyDifference { title, assessor, old, new, .. }| {
            let (before, after) = (old.unwrap_or_default(), new.unwrap_or_default());
            let pairs = before.iter().zip(after.iter()).filter(|(before, after)| before != after);
            let levels = pairs.map(|((standing, before), (_, after))| {
                format!("{} {before} → {after}", capitalized(&words_of(standing.name())))
            });
            let (total, count) = (before.total(), Count(after.total(), "commitment"));
            let total = match total == after.total() {
                true => count.to_string(),
                false => format!("{count} (before: {total})"),
            };
            let levels: Vec<String> = levels.collect();
            let (title, assessor) = (escape(title, MAX_TITLE), escape(assessor, MAX_TITLE));
            format!("- **{title}**, according to {assessor}, of {total}: {}\n", levels.join(", "))
        })
        .collect();
    let is_same = changed.is_empty();
    comment.list("Numbers in the charts", changed.into_iter());
    if is_same {
        comment.text.push_str("\nThe numbers in the charts stay the same.\n");
    }
}

/// The items of one kind.
fn section(items: &[ItemDifference], comment: &mut Comment) {
    let heading = match items[0].kind {
        ItemKind::Commitment => "Commitments",
        ItemKind::ActionPlan => "Action plans",
        ItemKind::Report => "Reports",
        ItemKind::Agency => "Agencies",
        ItemKind::Assessor => "Assessors",
        ItemKind::Article => "Articles",
        ItemKind::Settings => "Settings",
        ItemKind::File => "Files",
        ItemKind::ThemeFile => "Look of the pages",
    };
    let heading = format!("{heading}{}", counts(items));
    match items {
        // There is one item, whose name is the heading.
        [settings] if settings.kind == ItemKind::Settings => {
            let details = settings.details.iter();
            comment.list(&heading, details.map(|detail| format!("- {}\n", sentence(detail))));
        }
        _ => comment.list(&heading, items.iter().map(entry)),
    }
}

/// As in ": 3 changed, 1 new"; empty for the settings.
fn counts(items: &[ItemDifference]) -> String {
    let count = |is_counted: fn(&ItemChange) -> bool, word: &str| {
        let count = items.iter().filter(|item| is_counted(&item.change)).count();
        (count > 0).then(|| format!("{count} {word}"))
    };
    let is_changed =
        |change: &ItemChange| matches!(change, ItemChange::Changed | ItemChange::Renamed { .. });
    let counts = [
        count(is_changed, "changed"),
        count(|change| *change == ItemChange::Added, "new"),
        count(|change| *change == ItemChange::Removed, "removed"),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    match items[0].kind {
        ItemKind::Settings => String::new(),
        _ => format!(": {}", counts.join(", ")),
    }
}

/// One item: a line, or a line with one below it for each change.
fn entry(item: &ItemDifference) -> String {
    let name = name(item);
    let title = match &item.change {
        ItemChange::Added => format!("New: {name}"),
        ItemChange::Removed => return format!("- Removed: {name}\n"),
        ItemChange::Changed => name,
        ItemChange::Renamed { former_id } => format!("{name} (was {})", code(former_id, MAX_TITLE)),
    };
    let details: Vec<&Detail> =
        item.details.iter().filter(|detail| !is_repeated(detail, item)).collect();
    match details[..] {
        [] => format!("- {title}\n"),
        [detail] => format!("- {title}: {}\n", sentence(detail)),
        _ => {
            let lines = details.iter().take(MAX_DETAILS);
            let lines: String = lines.map(|detail| format!("  - {}\n", sentence(detail))).collect();
            let more = match details.len().saturating_sub(MAX_DETAILS) {
                0 => String::new(),
                more => format!("  - … and {more} more\n"),
            };
            format!("- {title}\n{lines}{more}")
        }
    }
}

fn name(item: &ItemDifference) -> String {
    match item.kind {
        ItemKind::File | ItemKind::ThemeFile => code(&item.title, MAX_TITLE),
        _ => format!("**{}**", escape(&item.title, MAX_TITLE)),
    }
}

/// Whether a detail says what another one says better: the portal shows another level because a report gives
/// it, or because the commitment was withdrawn or merged.
fn is_repeated(detail: &Detail, item: &ItemDifference) -> bool {
    let values = |detail: &Detail| match &detail.change {
        DetailChange::Fact(Some(old), Some(new)) => Some((old.value.clone(), new.value.clone())),
        _ => None,
    };
    let is_level = |detail: &&Detail| {
        detail.parts.last().is_some_and(|part| part.kind == PartKind::Assessment)
    };
    let new = match &detail.change {
        DetailChange::Fact(_, Some(fact)) if fact.key == "standing" => fact.value.as_str(),
        _ => return false,
    };
    let is_dropped =
        [Standing::Withdrawn, Standing::Merged].iter().any(|dropped| dropped.name() == new);
    let mut levels = item.details.iter().filter(is_level);
    is_dropped || levels.any(|level| values(level) == values(detail))
}

/// How many pages differ, by kind.
fn pages(pages: Option<&PageChanges>, comment: &mut Comment) {
    let Some(PageChanges { added, changed, removed }) = pages else { return };
    let line = |word: &str, counts: &BTreeMap<&'static str, usize>| {
        let total: usize = counts.values().sum();
        let mut counts: Vec<(&str, usize)> =
            counts.iter().map(|(kind, count)| (*kind, *count)).collect();
        counts.sort_by_key(|(_, count)| Reverse(*count));
        let kinds = counts.iter().map(|(kind, count)| match *kind {
            "agencies" | "commitments" | "plans" => format!("list of {kind} ({count})"),
            "whole-report" => format!("report for print ({count})"),
            kind => format!("{} ({count})", words_of(kind)),
        });
        let kinds: Vec<String> = kinds.collect();
        (total > 0).then(|| format!("- {} {word}: {}\n", Count(total, "page"), kinds.join(", ")))
    };
    let lines = [line("changed", changed), line("added", added), line("removed", removed)];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    comment.list("Pages", lines.into_iter());
}
