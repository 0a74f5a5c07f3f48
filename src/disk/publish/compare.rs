//! Compares files: whether two paths name one file, or two files have the same content. The
//! comparison reads the content, because manifests and time stamps can be out of date.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

pub(super) fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_file())
}

/// Whether a file contains exactly `bytes`.
pub(super) fn contains(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    Ok(path.symlink_metadata()?.len() == bytes.len() as u64 && fs::read(path)? == bytes)
}

/// Whether two files that were just opened have the same content. Reads both.
pub(super) fn have_same_content(mut a: &File, mut b: &File) -> io::Result<bool> {
    if a.metadata()?.len() != b.metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let (from_a, from_b) = (fill_buffer(&mut a, &mut left)?, fill_buffer(&mut b, &mut right)?);
        if from_a != from_b {
            return Ok(false);
        }
        if from_a.is_empty() {
            return Ok(true);
        }
    }
}

/// Reads until the buffer is full or the file ends.
fn fill_buffer<'b>(file: &mut impl io::Read, buffer: &'b mut [u8]) -> io::Result<&'b [u8]> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..])? {
            0 => break,
            count => length += count,
        }
    }
    Ok(&buffer[..length])
}

/// Whether two paths name one file, or two files or links with the same content; `None` if nothing
/// exists at the second path.
pub(super) fn are_same_entry(first: &Path, second: &Path) -> Option<bool> {
    let second_metadata = second.symlink_metadata().ok()?;
    let first_metadata = first.symlink_metadata().ok()?;
    if first_metadata.is_symlink() && second_metadata.is_symlink() {
        return Some(fs::read_link(first).ok()? == fs::read_link(second).ok()?);
    }
    if is_same_inode(&first_metadata, &second_metadata) {
        return Some(true);
    }
    Some(
        first_metadata.is_file()
            && second_metadata.is_file()
            && have_same_content(&File::open(first).ok()?, &File::open(second).ok()?).ok()?,
    )
}

/// Whether two names belong to one file. Returns `false` if that is not known.
#[cfg(unix)]
pub(super) fn is_same_inode(first: &Metadata, second: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (first.dev(), first.ino()) == (second.dev(), second.ino())
}

#[cfg(not(unix))]
pub(super) fn is_same_inode(_first: &Metadata, _second: &Metadata) -> bool {
    false
}
