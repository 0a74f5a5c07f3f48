//! Replaces the old portal with the new one, in one step if the system supports it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Replaces `out` with `new`, and returns the path of the old portal: `new` after an exchange in
/// one step, otherwise `old`.
pub(super) fn exchange(new: &Path, out: &Path, old: &Path) -> io::Result<PathBuf> {
    if exchange_in_one_step(new, out)? {
        return Ok(new.to_owned());
    }
    exchange_in_two_steps(new, out, old)?;
    Ok(old.to_owned())
}

/// Returns `false` if the file system cannot exchange two folders.
#[cfg(target_os = "linux")]
fn exchange_in_one_step(new: &Path, out: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, new, CWD, out, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange_in_one_step(_new: &Path, _out: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Between the steps, `out` does not exist. If the build stops then, the next build restores it.
fn exchange_in_two_steps(new: &Path, out: &Path, old: &Path) -> io::Result<()> {
    fs::rename(out, old)?;
    fs::rename(new, out).inspect_err(|_| {
        let _ = fs::rename(old, out);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_folders_are_exchanged_in_one_step_or_two() {
        let folder = tempfile::tempdir().unwrap();
        let [new, out, old] = ["new", "out", "old"].map(|name| folder.path().join(name));
        let make = || {
            for path in [&new, &out] {
                fs::create_dir(path).unwrap();
                fs::write(path.join("name"), path.file_name().unwrap().as_encoded_bytes()).unwrap();
            }
        };
        make();
        assert_eq!(exchange(&new, &out, &old).unwrap(), new);
        assert_eq!(fs::read(out.join("name")).unwrap(), b"new");
        assert_eq!(fs::read(new.join("name")).unwrap(), b"out");

        for path in [&new, &out] {
            fs::remove_dir_all(path).unwrap();
        }
        make();
        exchange_in_two_steps(&new, &out, &old).unwrap();
        assert_eq!(fs::read(out.join("name")).unwrap(), b"new");
        assert_eq!(fs::read(old.join("name")).unwrap(), b"out");
        // If the second step fails, the first is undone.
        let gone = folder.path().join("gone");
        fs::remove_dir_all(&old).unwrap();
        assert!(exchange_in_two_steps(&gone, &out, &old).is_err());
        assert_eq!(fs::read(out.join("name")).unwrap(), b"new");
    }
}
