//! Writes files of a site. Overwrites nothing, except for the one file that is to change, and follows no
//! links.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::problems::{Action, Failure, ImportRefusal, Refusal, WorkbookFailure};
use crate::starter::NewFile;

/// Reads a file to import, which is in UTF-8 and not larger than `limit` bytes.
///
/// # Errors
/// If the file cannot be read or is another one.
pub fn read_import(path: &Path, limit: u64) -> Result<String> {
    let mut bytes = Vec::new();
    let file = File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
    file.with_context(|| Failure::Cannot(Action::Read, path.to_owned()))?;
    let name = path.display().to_string();
    if bytes.len() as u64 > limit {
        bail!(ImportRefusal::TooLarge(name, limit));
    }
    String::from_utf8(bytes).map_err(|_| ImportRefusal::NotUtf8(name).into())
}

/// Whether there is something at a path, relative to the site folder.
pub fn has_file(folder: &Path, path: &str) -> bool {
    folder.join(path).symlink_metadata().is_ok()
}

/// Creates files in a site folder, and the folders that they need. If one of them exists or cannot be written,
/// creates none. A command that is stopped leaves each file whole or does not leave it at all: every file is
/// written beside its place, and then all are renamed.
///
/// # Errors
/// If a file exists or cannot be written.
pub fn create_files(folder: &Path, files: &[NewFile]) -> Result<()> {
    let existing = files.iter().filter(|file| has_file(folder, &file.path));
    let existing: Vec<String> = existing.map(|file| file.path.clone()).collect();
    if !existing.is_empty() {
        bail!(Refusal::Exists(existing));
    }
    for file in files {
        refuse_links(folder, &file.path)?;
    }
    write_together(folder, files)
}

/// Writes the files beside their places, and then moves all of them there. If anything fails before that,
/// no file changes.
fn write_together(folder: &Path, files: &[NewFile]) -> Result<()> {
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
    let mut outcome = files
        .iter()
        .zip(&paths)
        .try_for_each(|(file, path)| write_beside(path, file.text.as_bytes()));
    if outcome.is_ok() {
        outcome = paths.iter().try_for_each(|path| {
            fs::rename(temporary_path(path), path).with_context(|| failed(Action::Write, path))
        });
    }
    if outcome.is_err() {
        for path in &paths {
            let _ = fs::remove_file(temporary_path(path));
        }
    }
    outcome
}

/// Writes a text beside its place, with the permissions of the file that is there, and creates the folders
/// that it needs.
fn write_beside(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| failed(Action::Create, parent))?;
    }
    let temporary = temporary_path(path);
    // A command that was stopped can have left it.
    let _ = fs::remove_file(&temporary);
    let written = write_new(&temporary, bytes).and_then(|()| match fs::metadata(path) {
        Ok(old) => fs::set_permissions(&temporary, old.permissions()),
        Err(_) => Ok(()),
    });
    written.with_context(|| failed(Action::Write, path))
}

/// Replaces the text of a file in one step: a reader sees the old text or the new one.
///
/// # Errors
/// If the file cannot be written. It is unchanged then.
pub fn replace_file(folder: &Path, file: &NewFile) -> Result<()> {
    replace_files(folder, std::slice::from_ref(file))
}

/// Replaces the texts of files, each in one step. Nothing changes before all new texts are on the disk, so
/// that a full disk or a missing permission leaves every file as it was.
///
/// # Errors
/// If a file is read-only or cannot be written.
pub fn replace_files(folder: &Path, files: &[NewFile]) -> Result<()> {
    for file in files {
        refuse_links(folder, &file.path)?;
        let path = folder.join(&file.path);
        let metadata = fs::metadata(&path).with_context(|| failed(Action::Write, &path))?;
        if metadata.permissions().readonly() {
            bail!(WorkbookFailure::ReadOnly(file.path.clone()));
        }
    }
    write_together(folder, files)
}

/// The path beside a file at which it is written first. Milepost skips files that end so.
fn temporary_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.milepost~"))
}

/// Writes a file that does not exist yet, at a path that the user gave.
///
/// # Errors
/// If there is a file, or it cannot be written.
pub fn create_file(path: &Path, bytes: &[u8]) -> Result<()> {
    match write_new(path, bytes) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            bail!(Refusal::Exists(vec![path.display().to_string()]))
        }
        result => result.with_context(|| failed(Action::Write, path)),
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Refuses a path if a part of it is a link: it would lead out of the site.
fn refuse_links(folder: &Path, path: &str) -> Result<()> {
    let mut parts = path.match_indices('/').map(|(end, _)| &path[..end]).chain([path]);
    let is_link = |part: &&str| {
        folder.join(part).symlink_metadata().is_ok_and(|metadata| metadata.is_symlink())
    };
    match parts.find(is_link) {
        Some(link) => bail!(Refusal::IsLink(link.to_owned())),
        None => Ok(()),
    }
}

fn failed(action: Action, path: &Path) -> Failure {
    Failure::Cannot(action, path.to_owned())
}
