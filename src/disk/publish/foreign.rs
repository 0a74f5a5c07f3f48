//! Keeps foreign files: those in the output folder that Milepost did not write.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};
use walkdir::{DirEntry, WalkDir};

use super::compare::are_same_entry;
use super::files::{failed, remove_tree};
use super::manifest::{MANIFEST, Manifest};
use crate::disk::read::relative_path;
use crate::problems::{Action, Failure};

/// Links the foreign files, empty folders and symbolic links of `old` into `new`: those that are
/// not in `written`. Returns the paths of the files.
///
/// # Errors
/// If one of them has the path of a file of the new portal, or cannot be linked or copied.
pub(super) fn keep_foreign_files(
    old: &Path,
    new: &Path,
    written: &Manifest,
) -> Result<BTreeSet<String>> {
    let mut kept = BTreeSet::new();
    let mut entries = WalkDir::new(old).min_depth(1).into_iter().peekable();
    while let Some(entry) = entries.next() {
        let entry = entry.with_context(|| failed(Action::Read, old))?;
        let path = relative_path(old, entry.path());
        let to = new.join(&path);
        if path == MANIFEST || written.contains(&path) {
            continue;
        }
        if entry.file_type().is_dir() {
            // A folder comes before its content.
            let is_inside = |next: &walkdir::Result<DirEntry>| {
                next.as_ref().map_or(true, |next| next.depth() > entry.depth())
            };
            if !entries.peek().is_some_and(is_inside) {
                fs::create_dir_all(&to).with_context(|| failed(Action::CarryOver, entry.path()))?;
            }
            continue;
        }
        if !is_kept_already(entry.path(), &to)? {
            carry_over(entry.path(), &to, link_or_copy)?;
            kept.insert(path);
        }
    }
    Ok(kept)
}

/// Removes the `old` portal after the `new` one has replaced it. Files that were added to the old
/// portal in the meantime move to the new one. Returns their paths.
///
/// # Errors
/// If one of them has the path of a file of the new portal, or cannot be moved.
pub(super) fn clear_away(old: &Path, new: &Path, written: &Manifest) -> Result<BTreeSet<String>> {
    let mut late = BTreeSet::new();
    let mut last_depth = 0;
    for entry in WalkDir::new(old).min_depth(1).contents_first(true) {
        let entry = entry.with_context(|| failed(Action::Read, old))?;
        let path = relative_path(old, entry.path());
        let to = new.join(&path);
        // A folder comes after its content.
        let is_empty = last_depth <= entry.depth();
        last_depth = entry.depth();
        // If something cannot be removed now, the next build removes it.
        if entry.file_type().is_dir() {
            if is_empty {
                fs::create_dir_all(&to).with_context(|| failed(Action::CarryOver, entry.path()))?;
            }
            let _ = fs::remove_dir(entry.path());
        } else if path == MANIFEST {
            // The manifest marks the folder as Milepost's, so it goes last.
        } else if written.contains(&path) || is_kept_already(entry.path(), &to)? {
            let _ = fs::remove_file(entry.path());
        } else {
            carry_over(entry.path(), &to, |from, to| fs::rename(from, to))?;
            late.insert(path);
        }
    }
    let _ = remove_tree(old);
    Ok(late)
}

/// Whether a foreign file is already in the new portal.
///
/// # Errors
/// If a different file has its path.
fn is_kept_already(file: &Path, to: &Path) -> Result<bool> {
    match are_same_entry(file, to) {
        Some(true) => Ok(true),
        Some(false) => bail!(Failure::InTheWay(file.to_owned())),
        None => Ok(false),
    }
}

fn carry_over(
    file: &Path,
    to: &Path,
    carry: impl Fn(&Path, &Path) -> io::Result<()>,
) -> Result<()> {
    let carry_over = || {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        carry(file, to)
    };
    carry_over().with_context(|| failed(Action::CarryOver, file))
}

/// Creates a hard link to a file, or copies it if the file system has no hard links.
fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if from.symlink_metadata()?.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

#[cfg(test)]
mod tests {
    use super::super::manifest;
    use super::*;

    #[test]
    fn a_file_added_to_the_old_portal_meanwhile_moves_to_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
        for (path, text) in [("old/a/index.html", "old"), ("new/a/index.html", "new")] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::write(old.join(MANIFEST), "a/index.html\n").unwrap();
        fs::write(old.join("CNAME"), "kept").unwrap();
        fs::hard_link(old.join("CNAME"), new.join("CNAME")).unwrap();
        fs::write(old.join("a/late.txt"), "late").unwrap();
        fs::create_dir_all(old.join("b/empty")).unwrap();
        let late = clear_away(&old, &new, &manifest::read(&old)).unwrap();
        assert_eq!(late.into_iter().collect::<Vec<_>>(), ["a/late.txt"]);
        assert_eq!(fs::read(new.join("a/late.txt")).unwrap(), b"late");
        assert_eq!(fs::read(new.join("a/index.html")).unwrap(), b"new");
        assert!(new.join("b/empty").is_dir());
        assert!(!old.exists());

        // If the two portals have different files with one path, both remain.
        fs::create_dir(&old).unwrap();
        fs::write(old.join(MANIFEST), "").unwrap();
        fs::write(old.join("CNAME"), "another").unwrap();
        assert!(clear_away(&old, &new, &manifest::read(&old)).is_err());
        assert_eq!(fs::read(old.join("CNAME")).unwrap(), b"another");
        assert_eq!(fs::read(new.join("CNAME")).unwrap(), b"kept");
    }
}
