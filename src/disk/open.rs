//! Opens the files of a site without following links, so that nothing outside the site is read.
//!
//! A file is opened once, and everything else that is known about it comes from what was opened: a
//! link that replaces the file later has no effect.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::problems::SpecialFile;

/// Why a file cannot be opened.
#[derive(Debug)]
pub(super) enum OpenError {
    /// A part of the path is a link, or the file is not a regular file. With the path of that part,
    /// relative to the site folder.
    Special(String, SpecialFile),
    Failed(io::Error),
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        OpenError::Failed(error)
    }
}

impl From<OpenError> for io::Error {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Special(..) => io::Error::other("it is not a regular file"),
            OpenError::Failed(error) => error,
        }
    }
}

/// Opens a regular file of a site, and returns its size in bytes. `path` is relative to `folder`,
/// with `/` between its parts. Of these parts, none may be a link; `folder` may be one.
///
/// # Errors
/// If the file does not exist, is not a regular file, or cannot be read.
pub(super) fn open_regular(folder: &Path, path: &str) -> Result<(File, u64), OpenError> {
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(io::Error::from(io::ErrorKind::InvalidInput).into());
    }
    let file = open_parts(folder, path)?;
    let metadata = file.metadata()?;
    match special_file(metadata.file_type()) {
        Some(kind) => Err(OpenError::Special(path.to_owned(), kind)),
        None if metadata.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory).into()),
        None => Ok((file, metadata.len())),
    }
}

/// Opens each part of the path in the folder that was opened before it.
#[cfg(unix)]
fn open_parts(folder: &Path, path: &str) -> Result<File, OpenError> {
    use rustix::fs::{Mode, OFlags, openat};

    // A pipe without a writer would block a reader, except with `NONBLOCK`.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let mut opened = File::open(folder)?;
    let mut start = 0;
    for end in ends_of_parts(path) {
        let kind = if end < path.len() { OFlags::DIRECTORY } else { OFlags::empty() };
        match openat(&opened, &path[start..end], flags | kind, Mode::empty()) {
            Ok(part) => opened = part.into(),
            Err(error) => {
                // This only words the message: the part is not opened again.
                let metadata = folder.join(&path[..end]).symlink_metadata();
                let kind = metadata.ok().and_then(|part| special_file(part.file_type()));
                return Err(match kind {
                    Some(kind) => OpenError::Special(path[..end].to_owned(), kind),
                    None => OpenError::Failed(error.into()),
                });
            }
        }
        start = end + 1;
    }
    Ok(opened)
}

/// Checks each part of the path, then opens the file. The standard library cannot do both in one step:
/// a link that is swapped in between is followed.
#[cfg(not(unix))]
fn open_parts(folder: &Path, path: &str) -> Result<File, OpenError> {
    for end in ends_of_parts(path) {
        let part = &path[..end];
        if let Some(kind) = special_file(folder.join(part).symlink_metadata()?.file_type()) {
            return Err(OpenError::Special(part.to_owned(), kind));
        }
    }
    Ok(File::open(folder.join(path))?)
}

/// Returns the offset at which each part of a path ends.
fn ends_of_parts(path: &str) -> impl Iterator<Item = usize> {
    path.match_indices('/').map(|(end, _)| end).chain([path.len()])
}

/// Returns the kind of something that is neither a regular file nor a folder.
fn special_file(file_type: fs::FileType) -> Option<SpecialFile> {
    if file_type.is_file() || file_type.is_dir() {
        return None;
    }
    if file_type.is_symlink() {
        return Some(SpecialFile::Link);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file_type.is_fifo() {
            return Some(SpecialFile::Pipe);
        }
        if file_type.is_socket() {
            return Some(SpecialFile::Socket);
        }
    }
    Some(SpecialFile::Device)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::io::Read;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn no_part_of_a_path_may_be_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("files/more")).unwrap();
        fs::create_dir(folder.path().join("outside")).unwrap();
        fs::write(folder.path().join("outside/a.pdf"), "secret").unwrap();
        fs::write(site.join("files/more/a.pdf"), "public").unwrap();
        symlink("../../outside", site.join("files/folder")).unwrap();
        symlink("more/a.pdf", site.join("files/inside.pdf")).unwrap();
        symlink("nowhere", site.join("files/broken.pdf")).unwrap();
        let _socket = UnixListener::bind(site.join("files/socket")).unwrap();
        symlink(&site, folder.path().join("site-link")).unwrap();

        let open = |path: &str| match open_regular(&folder.path().join("site-link"), path) {
            Ok((mut file, size)) => {
                let mut text = String::new();
                file.read_to_string(&mut text).unwrap();
                format!("{text}, {size} bytes")
            }
            Err(OpenError::Special(part, kind)) => format!("{part}: {kind:?}"),
            Err(OpenError::Failed(error)) => format!("{:?}", error.kind()),
        };
        for (path, expected) in [
            ("files/more/a.pdf", "public, 6 bytes"),
            ("files/folder/a.pdf", "files/folder: Link"),
            ("files/folder", "files/folder: Link"),
            ("files/inside.pdf", "files/inside.pdf: Link"),
            ("files/broken.pdf", "files/broken.pdf: Link"),
            ("files/socket", "files/socket: Socket"),
            ("files/more", "IsADirectory"),
            ("files/more/a.pdf/b", "NotADirectory"),
            ("files/nothing.pdf", "NotFound"),
            ("../outside/a.pdf", "InvalidInput"),
            ("files/../../outside/a.pdf", "InvalidInput"),
            ("/etc/passwd", "InvalidInput"),
        ] {
            assert_eq!(open(path), expected, "{path}");
        }
    }
}
