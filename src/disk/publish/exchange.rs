//! Replaces the old portal with the new one, in one step where the system can.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Replaces `out` with `new`, in one step where the system can. Returns the path of the old folder.
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

/// For a moment nothing is at `out`. If the build is stopped just then, the next one repairs it.
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
    fn two_folders_are_exchanged_also_in_two_steps() {
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
