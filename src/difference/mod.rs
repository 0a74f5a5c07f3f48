//! The difference between two versions of a site, for a reviewer: what a change does to the portal.
//!
//! Both versions become items with named facts, and the facts are compared one by one. `changes` contains
//! the difference between the files of two builds, and `model` the dated changes of a commitment. This
//! module does not know how a difference is written, or where a version comes from.

mod fact;
mod outline;
mod pages;

use std::collections::HashMap;

pub use fact::{Fact, FactStyle, ItemKind, PartKind, PartName};
pub use pages::{PageChanges, PageHashes};

use crate::model::{AssessedLevel, PlanPart, Portal, Tally};
use crate::settings::Settings;
use crate::source::Sources;
use fact::{Item, Part};

/// A version of a site.
#[derive(Clone, Copy)]
pub struct Version<'v> {
    pub sources: &'v Sources,
    pub settings: &'v Settings,
    pub portal: &'v Portal,
    /// `None` if its pages cannot be rendered.
    pub pages: Option<&'v PageHashes>,
}

/// What differs between two versions.
#[derive(Debug)]
pub struct Difference {
    /// By kind: what changed, in the order of the new version, then what is new, and what was removed.
    pub items: Vec<ItemDifference>,
    /// One for each plan in either version.
    pub tallies: Vec<TallyDifference>,
    /// `None` if the pages of the old version cannot be rendered.
    pub pages: Option<PageChanges>,
}

/// What differs in one item.
#[derive(Debug)]
pub struct ItemDifference {
    pub kind: ItemKind,
    pub id: String,
    /// The title in the new version, or in the old one if the item was removed.
    pub title: String,
    pub change: ItemChange,
    /// What changed; or of a new item, what identifies it. Empty for a removed item.
    pub details: Vec<Detail>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemChange {
    Added,
    Removed,
    Changed,
    /// It also has a new id.
    Renamed {
        former_id: String,
    },
}

/// One change in an item.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The part that changed, after those that contain it. Empty for the item itself.
    pub parts: Vec<PartName>,
    pub change: DetailChange,
    /// Whether a published level, number or date changed, and the item has no new correction.
    pub needs_correction: bool,
}

#[derive(Debug, Clone)]
pub enum DetailChange {
    /// The part is new, with these facts.
    Added(Vec<Fact>),
    Removed(Vec<Fact>),
    /// A fact of the part. At least one of both is there.
    Fact(Option<Fact>, Option<Fact>),
}

/// How many commitments of a plan have each standing.
#[derive(Debug)]
pub struct TallyDifference {
    pub plan: String,
    pub title: String,
    /// Who gives the levels.
    pub assessor: String,
    /// `None` if the version has no commitments of the plan.
    pub old: Option<Tally>,
    pub new: Option<Tally>,
}

impl Difference {
    /// Compares two versions.
    pub fn new(old: Version<'_>, new: Version<'_>) -> Self {
        let outline = |version: Version<'_>| {
            outline::outline(version.portal, version.settings, version.sources)
        };
        let mut items = compare_items(outline(old), &outline(new));
        items.sort_by_key(|item| item.kind);
        mark_corrections(&mut items, new.portal);
        let pages = old.pages.zip(new.pages);
        Difference {
            items,
            tallies: compare_tallies(old.portal, new.portal),
            pages: pages.map(|(old, new)| PageChanges::new(old, new)),
        }
    }

    /// Whether readers of the portal see no difference.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.pages.as_ref().is_none_or(PageChanges::is_empty)
    }
}

fn compare_items(old: Vec<Item>, new: &[Item]) -> Vec<ItemDifference> {
    let order: Vec<(ItemKind, String)> =
        old.iter().map(|item| (item.kind, item.id.clone())).collect();
    let mut old: HashMap<(ItemKind, String), Item> = order.iter().cloned().zip(old).collect();
    let mut differences = Vec::new();
    let mut moved = Vec::new();
    for item in new {
        match old.remove(&(item.kind, item.id.clone())) {
            Some(before) => differences.extend(compare_item(before, item)),
            None => moved.push(item),
        }
    }
    for item in moved {
        let mut former = item.former_ids.iter();
        let before = former.find_map(|id| old.remove(&(item.kind, id.clone())));
        match before {
            Some(before) => differences.extend(compare_item(before, item)),
            None => differences.push(difference(item, ItemChange::Added, identifying(item))),
        }
    }
    let removed = order.iter().filter_map(|key| old.remove(key));
    differences.extend(removed.map(|item| difference(&item, ItemChange::Removed, Vec::new())));
    differences
}

fn difference(item: &Item, change: ItemChange, details: Vec<Detail>) -> ItemDifference {
    let Item { kind, id, title, .. } = item;
    ItemDifference { kind: *kind, id: id.clone(), title: title.clone(), change, details }
}

/// Returns what says most about a new item: who is responsible, when, and with what result.
fn identifying(item: &Item) -> Vec<Detail> {
    const KEYS: [&str; 6] = ["lead", "end_date", "assessor", "date", "merged_into", "level"];
    let mut details = Vec::new();
    compare_facts(&[], &item.facts, &[], &mut details);
    for part in item.parts.iter().filter(|part| part.name.kind == PartKind::Assessment) {
        compare_facts(&[], &part.facts, std::slice::from_ref(&part.name), &mut details);
    }
    details.retain(|detail| match &detail.change {
        DetailChange::Fact(_, Some(fact)) => KEYS.contains(&fact.key),
        _ => false,
    });
    details
}

/// Returns `None` if both are equal.
fn compare_item(old: Item, new: &Item) -> Option<ItemDifference> {
    let mut details = Vec::new();
    compare_facts(&old.facts, &new.facts, &[], &mut details);
    compare_parts(&old.parts, &new.parts, &[], &mut details);
    details.sort_by_key(|detail| !is_about_progress(detail));
    let change = match old.id == new.id {
        true => ItemChange::Changed,
        false => ItemChange::Renamed { former_id: old.id },
    };
    let is_equal = details.is_empty() && change == ItemChange::Changed;
    (!is_equal).then(|| difference(new, change, details))
}

/// Whether a change concerns how far a commitment has come: what reviewers look for first.
fn is_about_progress(detail: &Detail) -> bool {
    const KEYS: [&str; 3] = ["standing", "merged_into", "level"];
    let part = detail.parts.last().map(|part| part.kind);
    match &detail.change {
        DetailChange::Fact(old, new) => {
            let is_level =
                old.as_ref().or(new.as_ref()).is_some_and(|fact| KEYS.contains(&fact.key));
            is_level && matches!(part, None | Some(PartKind::Assessment))
        }
        _ => matches!(part, Some(PartKind::Assessment | PartKind::Withdrawal)),
    }
}

/// Adds a detail for each key and language with another value. `parts` is where the facts are.
fn compare_facts(old: &[Fact], new: &[Fact], parts: &[PartName], details: &mut Vec<Detail>) {
    let same = |fact: &Fact, facts: &[Fact]| {
        let is_same = |other: &&Fact| (other.key, &other.language) == (fact.key, &fact.language);
        facts.iter().find(is_same).cloned()
    };
    let mut add = |old: Option<Fact>, new: Option<Fact>| {
        let value = |fact: &Option<Fact>| fact.as_ref().map(|fact| fact.value.clone());
        if value(&old) != value(&new) {
            let change = DetailChange::Fact(old, new);
            details.push(Detail { parts: parts.to_vec(), change, needs_correction: false });
        }
    };
    for fact in new {
        add(same(fact, old), Some(fact.clone()));
    }
    for fact in old.iter().filter(|fact| same(fact, new).is_none()) {
        add(Some(fact.clone()), None);
    }
}

/// Compares the parts with the same identity. Of those that are identified by what they say, two others at
/// the same position of the lists are one part that was edited, such as a milestone with another title.
fn compare_parts(old: &[Part], new: &[Part], within: &[PartName], details: &mut Vec<Detail>) {
    let (old_positions, new_positions) = (positions(old), positions(new));
    let mut rest: Vec<usize> = (0..old.len()).collect();
    let mut take = |is_match: &dyn Fn(usize) -> bool| {
        let index = rest.iter().position(|index| is_match(*index))?;
        Some(rest.remove(index))
    };
    let is_same = |a: &PartName, b: &PartName| a.kind == b.kind && a.id == b.id;
    let mut pairs: Vec<Option<usize>> =
        new.iter().map(|part| take(&|index| is_same(&old[index].name, &part.name))).collect();
    for (pair, position) in pairs.iter_mut().zip(new_positions) {
        if pair.is_none() && position.0.is_identified_by_text() {
            *pair = take(&|index| old_positions[index] == position);
        }
    }
    let path = |part: &Part| [within, std::slice::from_ref(&part.name)].concat();
    let mut add = |part: &Part, change: DetailChange| {
        details.push(Detail { parts: path(part), change, needs_correction: false });
    };
    for index in rest {
        add(&old[index], DetailChange::Removed(old[index].facts.clone()));
    }
    for (part, pair) in new.iter().zip(pairs) {
        let Some(before) = pair.map(|index| &old[index]) else {
            let change = DetailChange::Added(part.facts.clone());
            details.push(Detail { parts: path(part), change, needs_correction: false });
            compare_parts(&[], &part.parts, &path(part), details);
            continue;
        };
        compare_facts(&before.facts, &part.facts, &path(part), details);
        compare_parts(&before.parts, &part.parts, &path(part), details);
    }
}

/// Returns the position of each part among those of its kind.
fn positions(parts: &[Part]) -> Vec<(PartKind, usize)> {
    let before = |index: usize, kind: PartKind| {
        parts[..index].iter().filter(|part| part.name.kind == kind).count()
    };
    let kinds = parts.iter().map(|part| part.name.kind).enumerate();
    kinds.map(|(index, kind)| (kind, before(index, kind))).collect()
}

/// Marks the changes of published facts: levels and numbers of the same report and date, and the dates of
/// reports. A commitment with a new correction has said so, as has a commitment that the report assesses.
fn mark_corrections(items: &mut [ItemDifference], portal: &Portal) {
    let is_correction = |detail: &Detail| {
        let is_added = matches!(detail.change, DetailChange::Added(_));
        let last = detail.parts.last();
        is_added && last.is_some_and(|part| part.kind == PartKind::Correction)
    };
    let corrected: Vec<String> = items
        .iter()
        .filter(|item| item.details.iter().any(is_correction))
        .map(|item| item.id.clone())
        .collect();
    for item in items.iter_mut().filter(|item| item.change != ItemChange::Added) {
        let report = portal.reports.iter().find(|report| report.id.as_str() == item.id);
        let is_said = match (item.kind, report) {
            (ItemKind::Report, Some(report)) => portal
                .assessed_by(&report.id)
                .iter()
                .any(|commitment| corrected.contains(&commitment.id.to_string())),
            _ => corrected.contains(&item.id),
        };
        let kind = item.kind;
        for detail in item.details.iter_mut().filter(|_| !is_said) {
            detail.needs_correction = is_published(kind, detail);
        }
    }
}

/// Whether a change concerns a published level, number or date of a report.
fn is_published(kind: ItemKind, detail: &Detail) -> bool {
    let part = detail.parts.last().map(|part| part.kind);
    let key = match (part, kind) {
        (Some(PartKind::Assessment | PartKind::AssessedMilestone), _) => "level",
        (Some(PartKind::IndicatorValue), _) => "value",
        (Some(PartKind::Indicator), _) => "baseline",
        (None, ItemKind::Report) => "date",
        _ => return false,
    };
    let no_level = AssessedLevel::NotReported.name();
    let is_fact = |fact: &Fact| fact.key == key && fact.value != no_level;
    match &detail.change {
        DetailChange::Added(_) => false,
        DetailChange::Removed(facts) => facts.iter().any(is_fact),
        // 2015 was not wrong if it was in September 2015.
        DetailChange::Fact(Some(old), Some(new))
            if key == "date" && new.value.starts_with(&old.value) =>
        {
            false
        }
        DetailChange::Fact(old, _) => old.as_ref().is_some_and(is_fact),
    }
}

fn compare_tallies(old: &Portal, new: &Portal) -> Vec<TallyDifference> {
    let tallies = |portal: &Portal| -> Vec<TallyDifference> {
        let of_plan = |part: PlanPart<'_>| TallyDifference {
            plan: part.plan.id.to_string(),
            title: part.plan.title.trimmed_original().to_owned(),
            assessor: match portal.site.headline.details {
                Some(_) => outline::assessor_name(&portal.site.headline),
                None => format!("the {}", outline::assessor_name(&portal.site.headline)),
            },
            old: None,
            new: Some(part.commitments.finding(&portal.site.headline).tally),
        };
        portal.everything().by_plan().map(of_plan).collect()
    };
    let mut all = tallies(new);
    for before in tallies(old) {
        match all.iter_mut().find(|tally| tally.plan == before.plan) {
            Some(tally) => tally.old = before.new,
            None => all.push(TallyDifference { old: before.new, new: None, ..before }),
        }
    }
    all
}
