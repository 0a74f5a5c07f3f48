//! The difference between a new portal and the one that it replaces.

use crate::output::OutputPath;

/// The difference between the new portal and the old one. Each list is sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that the old portal does not have.
    pub added: Vec<OutputPath>,
    /// Files that the old portal has with other content.
    pub changed: Vec<OutputPath>,
    /// Files of the old portal that the new one does not have.
    pub removed: Vec<String>,
    /// The number of files that are equal in both portals.
    pub unchanged: usize,
    /// The total size of the new portal's files, in bytes.
    pub bytes: u64,
    /// Files in the output folder that Milepost did not write and therefore left in place.
    pub kept: Vec<String>,
}

impl Changes {
    /// Returns the number of files of the new portal.
    pub fn files(&self) -> usize {
        self.added.len() + self.changed.len() + self.unchanged
    }
}
