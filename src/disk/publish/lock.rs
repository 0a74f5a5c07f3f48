//! A lock that prevents two builds from writing the same portal simultaneously.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::compare::is_same_inode;
use super::files::failed;
use crate::problems::{Action, Failure};

/// A locked file beside the portal. The system releases the lock when the process ends, even if it
/// crashes.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Locks the file at `path`, which protects the portal at `out`.
    ///
    /// # Errors
    /// If another build holds the lock, the path is not that of a regular file, or the file cannot be
    /// created.
    pub(super) fn take(path: PathBuf, out: &Path) -> Result<Self> {
        loop {
            let file = open_lock_file(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    bail!(Failure::Locked(out.to_owned()))
                }
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| failed(Action::Lock, &path));
                }
            }
            // The previous holder of the lock may have removed the file after this build opened it.
            let still_exists = match (file.metadata(), path.symlink_metadata()) {
                (Ok(open), Ok(current)) => is_same_inode(&open, &current) || cfg!(not(unix)),
                _ => false,
            };
            if still_exists {
                return Ok(Lock { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// Opens or creates the file. Refuses a link, which could lead to a file of the user, and a pipe, which
/// would block the build.
fn open_lock_file(path: &Path) -> Result<File> {
    if path.symlink_metadata().is_ok_and(|entry| !entry.is_file()) {
        bail!(Failure::NotRegular(path.to_owned()));
    }
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    // If it was replaced since then.
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits() as i32);
    }
    options.open(path).with_context(|| failed(Action::Create, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_build_can_hold_a_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let lock = Lock::take(path.clone(), folder.path()).unwrap();
        assert!(Lock::take(path.clone(), folder.path()).is_err());
        drop(lock);
        assert!(!path.exists());
        assert!(Lock::take(path, folder.path()).is_ok());
    }
}
