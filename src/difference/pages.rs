//! Which pages for readers differ between two versions.

use std::collections::BTreeMap;

use crate::hash::ContentHash;
use crate::output::OutputPath;

/// The hash of each HTML page, and the name of its kind.
pub type PageHashes = BTreeMap<OutputPath, (&'static str, ContentHash)>;

/// The number of pages of each kind that are new, changed and removed.
#[derive(Debug, Default)]
pub struct PageChanges {
    pub added: BTreeMap<&'static str, usize>,
    pub changed: BTreeMap<&'static str, usize>,
    pub removed: BTreeMap<&'static str, usize>,
}

impl PageChanges {
    pub(super) fn new(old: &PageHashes, new: &PageHashes) -> Self {
        let mut changes = PageChanges::default();
        for (path, (kind, hash)) in new {
            let counts = match old.get(path) {
                None => &mut changes.added,
                Some((_, before)) if before != hash => &mut changes.changed,
                Some(_) => continue,
            };
            *counts.entry(kind).or_default() += 1;
        }
        for (path, (kind, _)) in old {
            if !new.contains_key(path) {
                *changes.removed.entry(kind).or_default() += 1;
            }
        }
        changes
    }

    pub fn is_empty(&self) -> bool {
        let PageChanges { added, changed, removed } = self;
        added.is_empty() && changed.is_empty() && removed.is_empty()
    }
}
