//! Files in the output folder that Milepost did not write: they are kept.

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

/// Links into `new` what is in `old` and was not `written` by Milepost: files, empty folders and
/// symbolic links. Returns the paths of the files.
///
/// # Errors
/// If one of them is in the way of a file of the new portal, or cannot be linked or copied.
pub(super) fn keep_foreign_files(
    old: &Path,
    new: &Path,
    written: &Manifest,
) -> Result<BTreeSet<String>> {
    let mut kept = BTreeSet::new();
    let mut entries = WalkDir::new(old).min_depth(1).into_iter().peekable();
    while let Some(entry) = entries.next() {
        let entry = entry.with_context(|| failed("be read", old))?;
        let path = relative_path(old, entry.path());
        let to = new.join(&path);
        if path == MANIFEST || written.contains(&path) {
            continue;
        }
        if entry.file_type().is_dir() {
            // A folder comes before its content.
            let is_inside = |it: &walkdir::Result<DirEntry>| {
                it.as_ref().map_or(true, |next| next.depth() > entry.depth())
            };
            if !entries.peek().is_some_and(is_inside) {
                fs::create_dir_all(&to).with_context(|| failed("be carried over", entry.path()))?;
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
/// one in the meantime move to the new one. Returns their paths.
///
/// # Errors
/// If one of them is in the way of a file of the new portal, or cannot be moved.
pub(super) fn clear_away(old: &Path, new: &Path, written: &Manifest) -> Result<BTreeSet<String>> {
    let mut late = BTreeSet::new();
    let mut last_depth = 0;
    for entry in WalkDir::new(old).min_depth(1).contents_first(true) {
        let entry = entry.with_context(|| failed("be read", old))?;
        let path = relative_path(old, entry.path());
        let to = new.join(&path);
        // A folder comes after its content.
        let is_empty = last_depth <= entry.depth();
        last_depth = entry.depth();
        // The next build removes what cannot be removed now.
        if entry.file_type().is_dir() {
            if is_empty {
                fs::create_dir_all(&to).with_context(|| failed("be carried over", entry.path()))?;
            }
            let _ = fs::remove_dir(entry.path());
        } else if path == MANIFEST {
            // The mark that the folder is ours goes last.
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

/// Whether a foreign file is in the new portal already.
///
/// # Errors
/// If something else is in its place.
fn is_kept_already(file: &Path, to: &Path) -> Result<bool> {
    match are_same_entry(file, to) {
        Some(true) => Ok(true),
        Some(false) => {
            bail!("`{}` is in the way of a file of the portal: move it elsewhere", file.display())
        }
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
    carry_over().with_context(|| failed("be carried over", file))
}

/// Gives the file a second name, or copies it where the file system has no hard links.
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

        // Two files of one name are not one: both stay.
        fs::create_dir(&old).unwrap();
        fs::write(old.join(MANIFEST), "").unwrap();
        fs::write(old.join("CNAME"), "another").unwrap();
        assert!(clear_away(&old, &new, &manifest::read(&old)).is_err());
        assert_eq!(fs::read(old.join("CNAME")).unwrap(), b"another");
        assert_eq!(fs::read(new.join("CNAME")).unwrap(), b"kept");
    }
}
