//! A difference as JSON, for programs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::difference::{
    Detail, DetailChange, Difference, Fact, ItemChange, ItemDifference, PageChanges,
    TallyDifference,
};
use crate::model::Tally;

/// Formats every change. README.md describes the keys.
pub fn difference_json(difference: &Difference, old_errors: usize) -> String {
    let Difference { items, tallies, pages } = difference;
    let document = json!({
        "new_errors": 0,
        "old_errors": old_errors,
        "items": items.iter().map(item).collect::<Value>(),
        "numbers": tallies.iter().map(numbers).collect::<Value>(),
        "pages": pages.as_ref().map(|PageChanges { added, changed, removed }| json!({
            "added": added,
            "changed": changed,
            "removed": removed,
        })),
    });
    format!("{document}\n")
}

/// The document in place of a difference, if the new version has errors.
pub fn new_errors_json(errors: usize) -> String {
    format!("{}\n", json!({ "new_errors": errors }))
}

fn item(item: &ItemDifference) -> Value {
    let ItemDifference { kind, id, title, change, details } = item;
    let (change, former_id) = match change {
        ItemChange::Added => ("added", None),
        ItemChange::Removed => ("removed", None),
        ItemChange::Changed => ("changed", None),
        ItemChange::Renamed { former_id } => ("changed", Some(former_id)),
    };
    json!({
        "kind": kind.name(),
        "id": id,
        "title": title,
        "change": change,
        "former_id": former_id,
        "details": details.iter().map(detail).collect::<Value>(),
    })
}

fn detail(detail: &Detail) -> Value {
    let Detail { parts, change, needs_correction } = detail;
    let parts = parts
        .iter()
        .map(|part| json!({ "kind": part.kind.name(), "id": part.id, "title": part.title }));
    let mut document = json!({
        "parts": parts.collect::<Value>(),
        "needs_correction": needs_correction,
    });
    match change {
        DetailChange::Added(facts) => {
            document["change"] = "added".into();
            document["facts"] = facts.iter().map(fact).collect();
        }
        DetailChange::Removed(facts) => {
            document["change"] = "removed".into();
            document["facts"] = facts.iter().map(fact).collect();
        }
        DetailChange::Fact(old, new) => {
            let either = new.as_ref().or(old.as_ref());
            document["change"] = "changed".into();
            document["key"] = either.map(|fact| fact.key).into();
            document["language"] = either.and_then(language).into();
            document["from"] = old.as_ref().map(|fact| fact.value.as_str()).into();
            document["to"] = new.as_ref().map(|fact| fact.value.as_str()).into();
        }
    }
    document
}

fn fact(fact: &Fact) -> Value {
    json!({ "key": fact.key, "language": language(fact), "value": fact.value })
}

fn language(fact: &Fact) -> Option<&str> {
    fact.language.as_ref().map(|language| language.as_str())
}

fn numbers(difference: &TallyDifference) -> Value {
    let TallyDifference { plan, title, assessor, old, new } = difference;
    let counts = |tally: &Option<Tally>| {
        tally.as_ref().map(|tally| -> BTreeMap<&str, usize> {
            let counts = tally.iter().map(|(standing, count)| (standing.name(), count));
            counts.chain([("total", tally.total())]).collect()
        })
    };
    json!({
        "plan": plan,
        "title": title,
        "assessor": assessor,
        "from": counts(old),
        "to": counts(new),
    })
}
