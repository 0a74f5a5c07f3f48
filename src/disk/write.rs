//! Writes files of a site. Overwrites nothing, except for the one file that is to change, and follows no
//! links.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::problems::{Action, Failure, Refusal};
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
        write_new(&path, text).with_context(|| failed(Action::Write, &path))?;
    }
    Ok(())
}

/// Replaces the text of a file in one step: a reader sees the old text or the new one.
///
/// # Errors
/// If the file cannot be written. It is unchanged then.
pub fn replace_file(folder: &Path, file: &NewFile) -> Result<()> {
    refuse_links(folder, &file.path)?;
    let path = folder.join(&file.path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Milepost skips files that end so.
    let temporary = path.with_file_name(format!(".{name}.milepost~"));
    // A command that was stopped can have left it.
    let _ = fs::remove_file(&temporary);
    let written = write_new(&temporary, &file.text)
        .and_then(|()| fs::set_permissions(&temporary, fs::metadata(&path)?.permissions()))
        .and_then(|()| fs::rename(&temporary, &path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written.with_context(|| failed(Action::Write, &path))
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
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
