//! Publishes a portal.
//!
//! Milepost writes the new portal beside the old one and then replaces the old one in one step: if
//! a build stops at any moment, either the whole old portal remains or the whole new one is there.
//! It replaces and deletes only files that the manifest of an earlier build names.

mod compare;
mod exchange;
mod files;
mod foreign;
mod guard;
mod lock;
mod manifest;
mod sync;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};

use super::read::open_attachment;
use crate::changes::Changes;
use crate::output::OutputPath;
use crate::pipeline::Destination;
use crate::problems::{Action, Failure};
use compare::{contains, have_same_content, is_file};
use files::{create, failed, is_ours, remove_left_over, remove_tree};
use lock::Lock;
use manifest::{FileStatus, MANIFEST, Manifest, ManifestEntry};
use sync::{sync_folder, sync_tree};

/// A portal that is being written, beside the one that readers see.
pub struct Staging {
    site: PathBuf,
    out: PathBuf,
    /// The folder of the new portal; after the exchange, of the old one.
    new: PathBuf,
    /// The folder to which the old portal moves if the system cannot exchange two folders.
    old: PathBuf,
    previous: Manifest,
    /// The files of the new portal, unordered.
    written: Mutex<Vec<ManifestEntry>>,
    /// Whether the folders beside the portal may be removed when the build ends.
    removes_folders: bool,
    _lock: Lock,
}

impl Staging {
    /// Prepares a new portal with these files, to replace the one at `out`.
    ///
    /// # Errors
    /// If a portal must not be written to `out`, if `out` is not empty and has no manifest, if its
    /// parent folder is not writable, or if another build is writing to it.
    pub fn begin<'f>(
        site: &Path,
        out: &Path,
        files: impl Iterator<Item = &'f OutputPath>,
    ) -> Result<Self> {
        // A trailing `/` would follow a symbolic link.
        let out: PathBuf = out.components().collect();
        guard::refuse_dangerous_output(site, &out)?;
        let name = out.file_name().context(Failure::OutputHasNoName)?;
        let beside =
            |extension| out.with_file_name(format!(".{}.{extension}", name.to_string_lossy()));
        let (new, old) = (beside("new"), beside("old"));
        if let Some(parent) = out.parent() {
            fs::create_dir_all(parent).with_context(|| failed(Action::Create, parent))?;
        }
        let lock = Lock::take(beside("lock"), &out)?;
        restore_interrupted(&old, &out)?;
        if out.is_dir() && !is_ours(&out)? {
            bail!(Failure::OutputIsNotOurs(out));
        }
        remove_left_over(&new)?;
        remove_left_over(&old)?;
        create_folders(&new, files)?;
        Ok(Staging {
            site: site.to_owned(),
            previous: manifest::read(&out),
            out,
            new,
            old,
            written: Mutex::default(),
            removes_folders: true,
            _lock: lock,
        })
    }

    /// Returns the file at `path` in the old portal, if Milepost wrote it.
    fn old_file(&self, path: &OutputPath) -> Option<PathBuf> {
        let file = self.out.join(path.as_str());
        (self.previous.contains(path.as_str()) && is_file(&file)).then_some(file)
    }

    /// Adds a file to the new portal: links the old file if `is_same` returns true for it,
    /// otherwise calls `write`.
    fn put(
        &self,
        path: &OutputPath,
        is_same: impl FnOnce(&Path) -> io::Result<bool>,
        write: impl FnOnce(&Path) -> io::Result<()>,
    ) -> Result<()> {
        let to = self.new.join(path.as_str());
        let put = || {
            let (status, is_linked) = match self.old_file(path) {
                None => (FileStatus::Added, false),
                Some(old) if is_same(&old)? => {
                    (FileStatus::Unchanged, fs::hard_link(&old, &to).is_ok())
                }
                Some(_) => (FileStatus::Changed, false),
            };
            if !is_linked {
                write(&to)?;
            }
            io::Result::Ok((status, to.symlink_metadata()?.len()))
        };
        let (status, size) = put().with_context(|| failed(Action::Write, &to))?;
        let entry = ManifestEntry { path: path.clone(), status, size };
        self.written.lock().expect("no thread panics while it holds the list").push(entry);
        Ok(())
    }

    /// Replaces the old portal with the new one, once the new one is on the disk. Files that Milepost
    /// did not write are kept.
    ///
    /// # Errors
    /// If the old portal cannot be replaced: it then remains. Also if a file that was added to the old
    /// portal meanwhile cannot be moved: the new portal is then published.
    pub fn publish(mut self) -> Result<Changes> {
        let mut written = std::mem::take(&mut *self.written.lock().expect("no thread panicked"));
        written.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let replaces = self.out.exists();
        let mut kept = match replaces {
            true => foreign::keep_foreign_files(&self.out, &self.new, &self.previous)?,
            false => BTreeSet::new(),
        };
        self.put_on_disk(&written)?;
        let removed = self.files_to_remove(&written);
        let parent = self.new.with_file_name(".");
        if replaces {
            let old = exchange::exchange(&self.new, &self.out, &self.old)
                .with_context(|| failed(Action::Replace, &self.out))?;
            // Until the exchange is on the disk, a power loss can undo it.
            self.removes_folders = false;
            sync_folder(&parent).with_context(|| failed(Action::Replace, &self.out))?;
            let late = foreign::clear_away(&old, &self.out, &self.previous);
            self.removes_folders = late.is_ok();
            if late.is_err() {
                // The old folder still contains a foreign file, so it no longer belongs to
                // Milepost.
                let _ = fs::remove_file(old.join(MANIFEST));
            }
            kept.extend(late?);
        } else {
            fs::rename(&self.new, &self.out)
                .with_context(|| failed(Action::MoveIntoPlace, &self.out))?;
            sync_folder(&parent).with_context(|| failed(Action::MoveIntoPlace, &self.out))?;
        }
        Ok(summarize(written, removed, kept))
    }

    /// Returns the files of the old portal that the new one does not have.
    fn files_to_remove(&self, written: &[ManifestEntry]) -> Vec<String> {
        let is_written =
            |path: &str| written.binary_search_by(|entry| entry.path.as_str().cmp(path)).is_ok();
        let is_removed =
            |path: &&String| !is_written(path) && is_file(&self.out.join(path.as_str()));
        self.previous.iter().filter(is_removed).cloned().collect()
    }

    /// Waits until the files of the new portal are on the disk, then writes the manifest.
    fn put_on_disk(&self, written: &[ManifestEntry]) -> Result<()> {
        sync_tree(&self.new).with_context(|| failed(Action::Write, &self.new))?;
        let write = || {
            manifest::write(&self.new, &self.out, written)?;
            sync_folder(&self.new)
        };
        write().with_context(|| failed(Action::Write, &self.new.join(MANIFEST)))
    }
}

impl Destination for Staging {
    type Error = anyhow::Error;

    fn previous(&self, path: &OutputPath) -> Option<Vec<u8>> {
        fs::read(self.old_file(path)?).ok()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>> {
        let read = || {
            let (mut file, size) = open_attachment(&self.site, path)?;
            let mut bytes = Vec::with_capacity(size as usize);
            file.read_to_end(&mut bytes)?;
            io::Result::Ok(bytes)
        };
        read().with_context(|| failed(Action::Read, &self.site.join(path)))
    }

    fn write(&self, path: &OutputPath, bytes: &[u8]) -> Result<()> {
        self.put(path, |before| contains(before, bytes), |to| create(to)?.write_all(bytes))
    }

    fn copy(&self, path: &OutputPath, from: &str) -> Result<()> {
        let opened = open_attachment(&self.site, from);
        let (original, _) = opened.with_context(|| failed(Action::Read, &self.site.join(from)))?;
        // Not `fs::copy`, which copies the permissions too: the file is published in any case.
        let copy = |to: &Path| {
            (&original).rewind()?;
            io::copy(&mut &original, &mut create(to)?).map(drop)
        };
        self.put(path, |before| have_same_content(&File::open(before)?, &original), copy)
    }
}

/// Removes the old portal, or an incomplete new one. If that fails, the next build removes it.
impl Drop for Staging {
    fn drop(&mut self) {
        if self.removes_folders {
            let _ = remove_tree(&self.new);
            if self.out.exists() {
                let _ = remove_tree(&self.old);
            }
        }
    }
}

fn summarize(written: Vec<ManifestEntry>, removed: Vec<String>, kept: BTreeSet<String>) -> Changes {
    let mut changes = Changes {
        removed,
        kept: kept.into_iter().collect(),
        bytes: written.iter().map(|entry| entry.size).sum(),
        ..Changes::default()
    };
    for ManifestEntry { path, status, .. } in written {
        match status {
            FileStatus::Added => changes.added.push(path),
            FileStatus::Changed => changes.changed.push(path),
            FileStatus::Unchanged => changes.unchanged += 1,
        }
    }
    changes
}

/// Creates the folder of a new portal with an empty manifest, which marks it as Milepost's, and the
/// folders of `files`.
fn create_folders<'f>(new: &Path, files: impl Iterator<Item = &'f OutputPath>) -> Result<()> {
    fs::create_dir(new).with_context(|| failed(Action::Create, new))?;
    let manifest = new.join(MANIFEST);
    fs::write(&manifest, "").with_context(|| failed(Action::Write, &manifest))?;
    // A folder sorts before its subfolders.
    let mut folders = BTreeSet::new();
    for file in files {
        let mut path = file.as_str();
        while let Some((folder, _)) = path.rsplit_once('/')
            && folders.insert(folder)
        {
            path = folder;
        }
    }
    for folder in folders {
        let folder = new.join(folder);
        fs::create_dir(&folder).with_context(|| failed(Action::Create, &folder))?;
    }
    Ok(())
}

/// Moves the old portal back if an earlier build stopped after it moved the old portal away and
/// before it moved the new one into place.
fn restore_interrupted(old: &Path, out: &Path) -> Result<()> {
    // A link is not from Milepost, and could lead to the portal of another site.
    let is_portal = old.symlink_metadata().is_ok_and(|old| old.is_dir()) && is_ours(old)?;
    if out.symlink_metadata().is_err() && is_portal {
        fs::rename(old, out).with_context(|| failed(Action::Restore, out))?;
    }
    Ok(())
}
