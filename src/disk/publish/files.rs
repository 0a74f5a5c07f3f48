//! Small operations on files and folders: compare, create, remove.
//!
//! Files are compared by their content, which is read: a list or a time stamp may be out of date.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::manifest::MANIFEST;

pub(super) fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_file())
}

/// Whether a file contains exactly `bytes`.
pub(super) fn contains(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    Ok(path.symlink_metadata()?.len() == bytes.len() as u64 && fs::read(path)? == bytes)
}

/// Whether two files have the same content.
pub(super) fn have_same_content(a: &Path, b: &Path) -> io::Result<bool> {
    if a.symlink_metadata()?.len() != b.symlink_metadata()?.len() {
        return Ok(false);
    }
    let (mut a, mut b) = (File::open(a)?, File::open(b)?);
    let (mut left, mut right) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let (from_a, from_b) = (fill(&mut a, &mut left)?, fill(&mut b, &mut right)?);
        if from_a != from_b {
            return Ok(false);
        }
        if from_a.is_empty() {
            return Ok(true);
        }
    }
}

/// Reads until the buffer is full or the file ends.
fn fill<'b>(file: &mut impl io::Read, buffer: &'b mut [u8]) -> io::Result<&'b [u8]> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..])? {
            0 => break,
            more => length += more,
        }
    }
    Ok(&buffer[..length])
}

/// Whether two paths name one file, or equal ones; `None` if nothing exists at the second.
pub(super) fn are_same_entry(first: &Path, second: &Path) -> Option<bool> {
    let second_is = second.symlink_metadata().ok()?;
    let first_is = first.symlink_metadata().ok()?;
    if first_is.is_symlink() && second_is.is_symlink() {
        return Some(fs::read_link(first).ok()? == fs::read_link(second).ok()?);
    }
    if is_same_inode(&first_is, &second_is) {
        return Some(true);
    }
    Some(first_is.is_file() && second_is.is_file() && have_same_content(first, second).ok()?)
}

/// Whether two names certainly belong to one file.
#[cfg(unix)]
pub(super) fn is_same_inode(first: &Metadata, second: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (first.dev(), first.ino()) == (second.dev(), second.ino())
}

#[cfg(not(unix))]
pub(super) fn is_same_inode(_first: &Metadata, _second: &Metadata) -> bool {
    false
}

/// Creates a file that must not exist: an existing one may be a second name of the old portal's.
pub(super) fn create(path: &Path) -> io::Result<File> {
    File::create_new(path)
}

pub(super) fn failed(action: &str, path: &Path) -> String {
    format!("`{}` cannot {action}", path.display())
}

/// Whether Milepost wrote a folder, or the folder is empty.
pub(super) fn is_ours(folder: &Path) -> Result<bool> {
    let mut entries = fs::read_dir(folder).with_context(|| failed("be read", folder))?;
    Ok(entries.next().is_none() || is_file(&folder.join(MANIFEST)))
}

/// Removes a folder that an earlier build left, and no other.
pub(super) fn remove_left_over(folder: &Path) -> Result<()> {
    if folder.is_dir() && !is_ours(folder)? {
        bail!("`{}` was not created by Milepost: move it elsewhere", folder.display());
    }
    match remove_tree(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| failed("be removed", folder))
        }
        _ => Ok(()),
    }
}

/// Removes a folder of ours. The mark that it is ours goes last, so that the next build recognises
/// the folder if this one is stopped.
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
