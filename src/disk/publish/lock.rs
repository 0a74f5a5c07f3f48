//! A lock that keeps two builds from writing the same portal at once.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::compare::is_same_inode;
use super::files::failed;

/// A locked file beside the portal. The system releases the lock when the process ends, however it
/// ends.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    pub(super) fn take(path: PathBuf, out: &Path) -> Result<Self> {
        loop {
            let file = File::options().create(true).truncate(false).write(true).open(&path);
            let file = file.with_context(|| failed("be created", &path))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    bail!("another build is writing `{}`: wait until it finishes", out.display())
                }
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| failed("be locked", &path));
                }
            }
            // The build that held the lock before may have removed the file after it was opened here.
            let is_still_there = match (file.metadata(), path.metadata()) {
                (Ok(open), Ok(there)) => is_same_inode(&open, &there) || cfg!(not(unix)),
                _ => false,
            };
            if is_still_there {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_held_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let lock = Lock::take(path.clone(), folder.path()).unwrap();
        assert!(Lock::take(path.clone(), folder.path()).is_err());
        drop(lock);
        assert!(!path.exists());
        assert!(Lock::take(path, folder.path()).is_ok());
    }
}
