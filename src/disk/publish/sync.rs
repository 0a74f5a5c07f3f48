//! Waits until files are on the disk, so that a power loss cannot take them.
//!
//! Some file systems cannot wait, for example over a network: they say so, and the build continues.

use std::fs::File;
use std::io;
use std::path::Path;

/// Waits until everything in a folder and its subfolders is on the disk. On Linux, one call writes the
/// whole file system: with 1,000 commitments (4,052 files, 38 MB), it takes 0.1 to 0.2 seconds, and one
/// call for each file 6.7 seconds.
///
/// # Errors
/// If the disk fails.
#[cfg(target_os = "linux")]
pub(super) fn sync_tree(folder: &Path) -> io::Result<()> {
    ignore_unsupported(rustix::fs::syncfs(File::open(folder)?).map_err(io::Error::from))
}

/// Waits until everything in a folder and its subfolders is on the disk.
///
/// # Errors
/// If the disk fails.
#[cfg(not(target_os = "linux"))]
pub(super) fn sync_tree(folder: &Path) -> io::Result<()> {
    use rayon::prelude::*;

    let entries = walkdir::WalkDir::new(folder).contents_first(true).into_iter();
    entries.par_bridge().try_for_each(|entry| {
        let entry = entry?;
        match entry.file_type() {
            kind if kind.is_dir() => sync_folder(entry.path()),
            kind if kind.is_file() => sync_file(&File::open(entry.path())?),
            _ => Ok(()),
        }
    })
}

/// Waits until the content of a file is on the disk.
///
/// # Errors
/// If the disk fails.
pub(super) fn sync_file(file: &File) -> io::Result<()> {
    ignore_unsupported(file.sync_all())
}

/// Waits until the names in a folder are on the disk.
///
/// # Errors
/// If the disk fails.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    sync_file(&File::open(folder)?)
}

/// Does nothing: outside Unix, folders cannot be opened as files.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn ignore_unsupported(result: io::Result<()>) -> io::Result<()> {
    use io::ErrorKind::{InvalidInput, Unsupported};

    match result {
        Err(error) if matches!(error.kind(), InvalidInput | Unsupported) => Ok(()),
        result => result,
    }
}
