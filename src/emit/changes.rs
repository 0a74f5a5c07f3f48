//! The changes of a build as JSON, for scripts.

use serde_json::{Value, json};

use crate::changes::Changes;
use crate::output::OutputPath;

/// Sorted lists of paths relative to the output folder, and the numbers of unchanged files and of
/// warnings.
pub fn changes(changes: &Changes, warnings: usize) -> String {
    let Changes { added, changed, removed, unchanged, kept, bytes: _ } = changes;
    let paths = |files: &[OutputPath]| files.iter().map(OutputPath::as_str).collect::<Value>();
    let document = json!({
        "added": paths(added),
        "changed": paths(changed),
        "removed": removed,
        "unchanged": unchanged,
        "kept": kept,
        "warnings": warnings,
    });
    format!("{document}\n")
}
