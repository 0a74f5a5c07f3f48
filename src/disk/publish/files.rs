//! Creates and removes files and folders of Milepost, beside the portal.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::compare::is_file;
use super::manifest::MANIFEST;
use crate::problems::{Action, Failure};

/// Creates a file, which must not exist: an existing file could be a hard link to a file of the old
/// portal.
pub(super) fn create(path: &Path) -> io::Result<File> {
    File::create_new(path)
}

pub(super) fn failed(action: Action, path: &Path) -> Failure {
    Failure::Cannot(action, path.to_owned())
}

/// Whether Milepost wrote a folder, or the folder is empty.
pub(super) fn is_ours(folder: &Path) -> Result<bool> {
    let mut entries = fs::read_dir(folder).with_context(|| failed(Action::Read, folder))?;
    Ok(entries.next().is_none() || is_file(&folder.join(MANIFEST)))
}

/// Removes a folder that an earlier build left. Refuses a folder that Milepost did not create.
pub(super) fn remove_left_over(folder: &Path) -> Result<()> {
    if folder.is_dir() && !is_ours(folder)? {
        bail!(Failure::NotOurs(folder.to_owned()));
    }
    match remove_tree(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| failed(Action::Remove, folder))
        }
        _ => Ok(()),
    }
}

/// Removes a folder of Milepost. The manifest goes last, so that the next build recognises the
/// folder if this one stops.
pub(super) fn remove_tree(folder: &Path) -> io::Result<()> {
    if folder.symlink_metadata()?.is_symlink() {
        return fs::remove_file(folder);
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == MANIFEST {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    match fs::remove_file(folder.join(MANIFEST)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => fs::remove_dir(folder),
    }
}
