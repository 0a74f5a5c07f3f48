//! Writes files of a site. Overwrites nothing, except for the one file that is to change, and follows no
//! links.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::problems::{Action, Failure, Refusal, WorkbookFailure};
use crate::starter::NewFile;

/// Whether there is something at a path, relative to the site folder.
pub fn has_file(folder: &Path, path: &str) -> bool {
    folder.join(path).symlink_metadata().is_ok()
}

/// Creates files in a site folder, and the folders that they need. If one of them exists, creates none.
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
    for NewFile { path, text } in files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| failed(Action::Create, parent))?;
        }
        write_new(&path, text.as_bytes()).with_context(|| failed(Action::Write, &path))?;
    }
    Ok(())
}

/// Replaces the text of a file in one step: a reader sees the old text or the new one.
///
/// # Errors
/// If the file cannot be written. It is unchanged then.
pub fn replace_file(folder: &Path, file: &NewFile) -> Result<()> {
    refuse_links(folder, &file.path)?;
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
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
    let steps = paths.iter().zip(files);
    let mut written = steps.map(|(path, file)| {
        write_beside(path, &file.text).with_context(|| failed(Action::Write, path))
    });
    let written = written.try_for_each(|result| result);
    let written = written.and_then(|()| {
        let mut moves = paths.iter().map(|path| {
            fs::rename(beside(path), path).with_context(|| failed(Action::Write, path))
        });
        moves.try_for_each(|result| result)
    });
    if written.is_err() {
        for path in &paths {
            let _ = fs::remove_file(beside(path));
        }
    }
    written
}

/// The path of the new text of a file, until it replaces the old one. Milepost skips files that end so.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.milepost~"))
}

fn write_beside(path: &Path, text: &str) -> std::io::Result<()> {
    let temporary = beside(path);
    // A command that was stopped can have left it.
    let _ = fs::remove_file(&temporary);
    write_new(&temporary, text.as_bytes())?;
    fs::set_permissions(&temporary, fs::metadata(path)?.permissions())
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
