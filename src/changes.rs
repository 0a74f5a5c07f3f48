//! How a new portal differs from the one that it replaces.

use crate::output::OutputPath;

/// How the new portal differs from the old one, each list sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that were not there.
    pub added: Vec<OutputPath>,
    /// Files that say something else than before.
    pub changed: Vec<OutputPath>,
    /// Files of the old portal that the new one does not have.
    pub removed: Vec<String>,
    /// How many files are the same as before.
    pub unchanged: usize,
    /// The size of all files of the new portal, in bytes.
    pub bytes: u64,
    /// Files of somebody else, which are where they were.
    pub kept: Vec<String>,
}

impl Changes {
    /// How many files the new portal has.
    pub fn files(&self) -> usize {
        self.added.len() + self.changed.len() + self.unchanged
    }
}
