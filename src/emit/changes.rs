//! What a build changed, for scripts.

use serde_json::{Value, json};

use crate::changes::Changes;
use crate::output::OutputPath;

/// The paths of files below the output, each list sorted, and counts of the rest.
pub fn changes(changes: &Changes, warnings: usize) -> String {
    let Changes { added, changed, removed, unchanged, kept, bytes: _ } = changes;
    let paths = |of: &[OutputPath]| of.iter().map(OutputPath::as_str).collect::<Value>();
    let whole = json!({
        "added": paths(added),
        "changed": paths(changed),
        "removed": removed,
        "unchanged": unchanged,
        "kept": kept,
        "warnings": warnings,
    });
    format!("{whole}\n")
}
