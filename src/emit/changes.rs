//! What a build changed, for scripts.

use serde_json::json;

use crate::output::Changes;

/// The paths of files below the output, each list sorted, and counts of the rest.
pub fn changes(changes: &Changes, warnings: usize) -> String {
    let Changes { added, changed, removed, unchanged, kept } = changes;
    let whole = json!({
        "added": added,
        "changed": changed,
        "removed": removed,
        "unchanged": unchanged,
        "kept": kept,
        "warnings": warnings,
    });
    format!("{whole}\n")
}
