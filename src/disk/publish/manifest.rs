//! The list of the files that a build wrote. Later builds replace and delete only these files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::compare::{contains, is_file};
use super::sync::sync_file;
use crate::output::OutputPath;

/// The name of the manifest in the output folder. It marks the folder as written by Milepost.
pub(super) const MANIFEST: &str = ".milepost";

/// The paths of the files that an earlier build wrote.
pub(super) type Manifest = BTreeSet<String>;

/// A file of the new portal.
pub(super) struct ManifestEntry {
    pub path: OutputPath,
    pub status: FileStatus,
    /// In bytes.
    pub size: u64,
}

/// How a file differs from the one of the previous build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileStatus {
    Added,
    Changed,
    Unchanged,
}

/// Reads the manifest in `folder`; empty if the folder has none.
pub(super) fn read(folder: &Path) -> Manifest {
    let manifest = fs::read_to_string(folder.join(MANIFEST)).unwrap_or_default();
    let paths = manifest.lines().filter(|line| !line.starts_with('#'));
    // Before 0.1.0, hashes followed each path after a tab.
    paths.filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
}

/// Writes the manifest of the portal in `new` to the disk, or links the manifest in `old` if it is the same.
pub(super) fn write(new: &Path, old: &Path, entries: &[ManifestEntry]) -> io::Result<()> {
    let mut text =
        String::from("# Milepost created these files, and replaces or deletes only them.\n");
    for entry in entries {
        text.push_str(entry.path.as_str());
        text.push('\n');
    }
    let (new, old) = (new.join(MANIFEST), old.join(MANIFEST));
    if is_file(&old) && contains(&old, text.as_bytes())? {
        fs::remove_file(&new)?;
        if fs::hard_link(&old, &new).is_ok() {
            return Ok(());
        }
    }
    let mut file = File::create(new)?;
    file.write_all(text.as_bytes())?;
    sync_file(&file)
}
