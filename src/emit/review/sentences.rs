//! One change as a sentence in Markdown.

use super::escape::{MAX_TITLE, code, escape};
use super::words::marked;
use crate::difference::{Detail, DetailChange, Fact, FactStyle, PartKind, PartName};

/// The number of characters of a value and of an address to show.
const MAX_VALUE: usize = 200;
/// The number of characters of a text of something new to show.
const MAX_EXCERPT: usize = 100;

/// Says what changed, without the name of the item.
pub(super) fn sentence(detail: &Detail) -> String {
    match (&detail.change, detail.parts.split_last()) {
        (DetailChange::Fact(old, new), None) => change(old.as_ref(), new.as_ref()),
        (DetailChange::Fact(old, new), Some((part, outer))) => {
            let change = change(old.as_ref(), new.as_ref());
            match (part.kind, old.as_ref().or(new.as_ref())) {
                (PartKind::Assessment, Some(fact)) if fact.key == "level" => {
                    format!("{change}{}", title(part))
                }
                _ => format!("{}: {change}", capitalized(&place(part, outer))),
            }
        }
        (DetailChange::Added(facts), Some((part, outer))) => {
            let name = match part.kind {
                PartKind::Withdrawal => format!("Withdrawn{}", title(part)),
                PartKind::Reschedule => format!("Deadline moved{}", title(part)),
                PartKind::Succession => format!("Became{}", title(part)),
                PartKind::AssessedMilestone => capitalized(&place(part, outer)),
                _ => format!("New {}", place(part, outer)),
            };
            format!("{name}{}", list(facts, part))
        }
        (DetailChange::Removed(_), Some((part, outer))) => match part.kind {
            PartKind::Withdrawal => "No longer withdrawn".to_owned(),
            PartKind::AssessedMilestone => format!("Removed level of {}", place(part, outer)),
            _ => format!("Removed {}", place(part, outer)),
        },
        (DetailChange::Added(_) | DetailChange::Removed(_), None) => String::new(),
    }
}

/// As in "evidence “Decree” (government, 2015 report)".
fn place(part: &PartName, outer: &[PartName]) -> String {
    let kind = match part.kind {
        PartKind::Reschedule => "moved deadline".to_owned(),
        PartKind::Succession => "successor".to_owned(),
        PartKind::AssessedMilestone => "milestone".to_owned(),
        PartKind::IndicatorValue => "value".to_owned(),
        kind => words_of(kind.name()),
    };
    let outer = outer.last().map(|outer| match outer.kind {
        PartKind::Assessment => title(outer),
        _ => format!(" ({})", place(outer, &[])),
    });
    format!("{kind}{}{}", title(part), outer.unwrap_or_default())
}

/// The title of a part after its kind; empty if the kind says it all.
fn title(part: &PartName) -> String {
    let title = escape(&part.title, MAX_TITLE);
    match part.kind {
        _ if title.is_empty() => String::new(),
        PartKind::Assessment => format!(" ({title})"),
        PartKind::Update | PartKind::Correction | PartKind::IndicatorValue => {
            format!(" of {title}")
        }
        PartKind::Reschedule => format!(" {title}"),
        PartKind::Withdrawal => format!(" ({title})"),
        _ => format!(" “{title}”"),
    }
}

/// The facts of something new, in the default language, without its title.
fn list(facts: &[Fact], part: &PartName) -> String {
    let is_told = |fact: &&Fact| {
        let is_in_title = match part.kind {
            PartKind::Reschedule => matches!(fact.key, "from" | "to"),
            _ => matches!(fact.key, "title" | "name") || fact.value == part.title,
        };
        is_in_title || fact.language.is_some()
    };
    let told = facts.iter().filter(|fact| !is_told(fact)).map(|fact| {
        let value = match fact.style {
            FactStyle::Text => format!("“{}”", escape(&fact.shown, MAX_EXCERPT)),
            _ => value(fact),
        };
        match (part.kind, fact.key) {
            (PartKind::IndicatorValue, "value") => value,
            (PartKind::Assessment | PartKind::AssessedMilestone, "level") => value,
            (PartKind::Reschedule, "date") => format!("decided {value}"),
            (_, key) => format!("{} {value}", words_of(key)),
        }
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) }
}

/// A changed fact, with its label.
fn change(old: Option<&Fact>, new: Option<&Fact>) -> String {
    let Some(fact) = new.or(old) else { return String::new() };
    let language = fact.language.as_ref().map(|language| format!(" in {language}"));
    let label = format!("{}{}", capitalized(&words_of(fact.key)), language.unwrap_or_default());
    match (fact.key, fact.style, old, new) {
        (_, FactStyle::Content, ..) => "The content changes".to_owned(),
        ("level" | "value", _, Some(old), Some(new)) => format!("{} → {}", value(old), value(new)),
        ("level", _, None, Some(new)) => value(new),
        ("standing", _, Some(old), Some(new)) => {
            format!("The portal shows {} instead of {}", value(new), value(old))
        }
        ("merged_into", _, _, Some(new)) => format!("Merged into “{}”", value(new)),
        ("merged_into", _, Some(old), None) => format!("No longer merged into “{}”", value(old)),
        (_, FactStyle::Text, Some(old), Some(new)) => {
            format!("{label} changes: {}", marked(&old.shown, &new.shown))
        }
        (_, FactStyle::Text, None, Some(new)) => {
            format!("{label} is new: “{}”", escape(&new.shown, MAX_VALUE))
        }
        (_, FactStyle::Text, Some(old), None) => {
            format!("{label} is removed: “{}”", escape(&old.shown, MAX_VALUE))
        }
        (_, _, Some(old), Some(new)) => format!("{label}: {} → {}", value(old), value(new)),
        (_, _, None, Some(new)) => format!("{label}: {}", value(new)),
        (_, _, Some(old), None) => format!("{label} {} is removed", value(old)),
        (_, _, None, None) => String::new(),
    }
}

fn value(fact: &Fact) -> String {
    match fact.style {
        FactStyle::Code => capitalized(&words_of(&fact.shown)),
        FactStyle::Address => code(&fact.shown, MAX_VALUE),
        FactStyle::Line | FactStyle::Text | FactStyle::Content => escape(&fact.shown, MAX_VALUE),
    }
}

/// A name of the program as words: `end_date` as "end date".
pub(super) fn words_of(name: &str) -> String {
    match name {
        "url" => "address".to_owned(),
        "ogp_id" => "OGP number".to_owned(),
        "lead" => "lead agency".to_owned(),
        "supporting" => "supporting agencies".to_owned(),
        "aliases" => "former addresses".to_owned(),
        "archived" => "archived copy".to_owned(),
        "licence_url" => "address of the licence".to_owned(),
        "base_url" => "address of the portal".to_owned(),
        name => name.replace(['_', '-'], " "),
    }
}

pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}
