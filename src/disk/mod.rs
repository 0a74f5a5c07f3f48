//! The file system: reads a site, and publishes a portal so that a reader sees the old one or the
//! new one, never a mixture.
//!
//! Nothing else in the program opens, writes or deletes a file. What is in them is not known here.

mod publish;

pub use publish::Staging;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::{Result, bail};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Problems};
use crate::problems;
use crate::settings::SITE_FILE;
use crate::source::{Attachment, Source, Sources, Span};
use crate::theme_files;

/// The largest text file that is read, in bytes.
pub const LARGEST_FILE: u64 = 256 << 10;

/// The most files that a site may have.
pub const MOST_FILES: usize = 500_000;

/// The parts of a site's folder that are read.
const PARTS: [&str; 3] = ["content", SITE_FILE, "themes"];

/// Where a text stops being UTF-8.
#[derive(Clone)]
struct NotUtf8 {
    offset: usize,
    byte: u8,
    looks_like: Option<&'static str>,
}

#[derive(Clone)]
enum File {
    Text(Arc<Source>),
    NotUtf8(Arc<Source>, NotUtf8),
    Attachment(u64),
    /// A file that is no text: what refers to it is not a second mistake.
    Broken(Arc<Source>, Diagnostic),
    Problem(Diagnostic),
}

/// Reads a site again and again; a text that did not change in between is not read again.
pub struct Reader {
    folder: PathBuf,
    /// What was read last, by the path below the folder.
    known: BTreeMap<String, Known>,
    has_too_many: bool,
}

/// A file that was read.
struct Known {
    file: File,
    /// `None` if the file may have changed without a sign of it.
    stamp: Option<Stamp>,
}

/// By what a change of a file is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    changed: SystemTime,
}

/// A file that changed so shortly before it was read could change again without another time: some
/// file systems count in whole seconds.
const SETTLES_IN: Duration = Duration::from_secs(2);

/// Reads every file of the site in `folder`.
///
/// # Errors
/// If there is no such folder, or it is not that of a site.
pub fn read_site(folder: &Path) -> Result<(Arc<Sources>, Problems)> {
    Reader::new(folder).read()
}

impl Reader {
    /// A reader of the site in `folder` that has read nothing yet.
    pub fn new(folder: &Path) -> Self {
        Reader { folder: folder.to_owned(), known: BTreeMap::new(), has_too_many: false }
    }

    /// Reads every file of the site that is not known as it is. The default theme's files are among
    /// them; what cannot be read is a problem.
    ///
    /// # Errors
    /// If there is no such folder, or it is not that of a site.
    pub fn read(&mut self) -> Result<(Arc<Sources>, Problems)> {
        let folder = self.folder.as_path();
        refuse_what_is_no_site(folder)?;
        let start = SystemTime::now();
        let entries: Vec<_> = PARTS
            .iter()
            .map(|part| folder.join(part))
            .filter(|path| path.symlink_metadata().is_ok())
            .flat_map(|path| WalkDir::new(path).into_iter().filter_entry(is_content))
            .filter(|entry| !entry.as_ref().is_ok_and(|entry| entry.file_type().is_dir()))
            .take(MOST_FILES + 1)
            .collect();
        self.has_too_many = entries.len() > MOST_FILES;
        let read: Vec<(String, Known)> =
            entries.into_par_iter().map(|entry| self.read_entry(entry, start)).collect();
        self.known = read.into_iter().collect();
        Ok(self.sources())
    }

    /// The same, where only the files at `paths`, below the folder, can have changed.
    ///
    /// # Errors
    /// As [`Reader::read`].
    pub fn read_some(&mut self, paths: &BTreeSet<String>) -> Result<(Arc<Sources>, Problems)> {
        let start = SystemTime::now();
        for path in paths.iter().filter(|path| path.split('/').all(is_name_of_content)) {
            match self.folder.join(path).symlink_metadata() {
                Ok(metadata) if metadata.is_dir() => return self.read(),
                Ok(metadata) => {
                    let known = self.read_file(path, Ok(metadata), start);
                    self.known.insert(path.clone(), known);
                }
                Err(_) => {
                    let inside = format!("{path}/");
                    let next = self.known.range(inside.clone()..).next();
                    // A whole folder is gone.
                    if next.is_some_and(|(path, _)| path.starts_with(&inside)) {
                        return self.read();
                    }
                    self.known.remove(path);
                }
            }
        }
        refuse_what_is_no_site(&self.folder)?;
        Ok(self.sources())
    }

    /// Everything that is known, as the files of a site.
    fn sources(&self) -> (Arc<Sources>, Problems) {
        let mut problems = Problems::default();
        if self.has_too_many {
            problems.add(problems::too_many_files("content", MOST_FILES));
        }
        let (mut texts, mut attachments, mut not_utf8) = (Vec::new(), Vec::new(), Vec::new());
        for (path, known) in &self.known {
            match &known.file {
                File::Text(source) => texts.push(Arc::clone(source)),
                File::NotUtf8(source, found) => {
                    not_utf8.push((path, found));
                    texts.push(Arc::clone(source));
                }
                File::Attachment(size) => {
                    attachments.push(Attachment { path: path.clone(), size: *size });
                }
                File::Broken(source, problem) => {
                    texts.push(Arc::clone(source));
                    problems.add(problem.clone());
                }
                File::Problem(problem) => problems.add(problem.clone()),
            }
        }
        let sources = theme_files::with_built_in(texts, attachments);
        for (path, NotUtf8 { offset, byte, looks_like }) in not_utf8 {
            let Some((id, source)) = sources.find(path) else { continue };
            let end = (offset + '\u{fffd}'.len_utf8()).min(source.text.len());
            let at = Span::new(id, *offset..end);
            problems.add(problems::not_utf8(at, path, *byte, *looks_like));
        }
        (Arc::new(sources), problems)
    }

    fn read_entry(&self, entry: walkdir::Result<DirEntry>, start: SystemTime) -> (String, Known) {
        match entry {
            Ok(entry) => {
                let path = below(&self.folder, entry.path());
                let metadata = entry.metadata().map_err(io::Error::from);
                let known = self.read_file(&path, metadata, start);
                (path, known)
            }
            Err(error) => {
                let path = error.path().map(|path| below(&self.folder, path)).unwrap_or_default();
                let reason = error.io_error().map(describe).unwrap_or_default();
                let file = File::Problem(problems::unreadable_file(&path, &reason));
                (path, Known { file, stamp: None })
            }
        }
    }

    /// Reads the file at `path`, below the folder, unless it is known as it is.
    fn read_file(
        &self,
        path: &str,
        metadata: io::Result<fs::Metadata>,
        start: SystemTime,
    ) -> Known {
        let unstable = |file| Known { file, stamp: None };
        if let Some(name) = path.split('/').find(|name| name.contains(is_unusable)) {
            return unstable(File::Problem(problems::unusable_file_name(path, name)));
        }
        // What refers to a file that is there but cannot be read is not a second mistake.
        let broken = |problem| {
            let (path, text) = (path.to_owned(), "".into());
            unstable(File::Broken(Arc::new(Source { path, text, is_sound: false }), problem))
        };
        let metadata = match metadata {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(metadata) => {
                let kind = kind_of(metadata.file_type());
                return broken(problems::not_a_regular_file(path, kind));
            }
            Err(error) => return broken(problems::unreadable_file(path, &describe(&error))),
        };
        let size = metadata.len();
        let stamp = metadata.modified().ok().map(|changed| Stamp { size, changed });
        let is_settled =
            |it: &Stamp| start.duration_since(it.changed).is_ok_and(|age| age > SETTLES_IN);
        let stamp = stamp.filter(is_settled);
        let known = self.known.get(path);
        if let Some(known) = known.filter(|known| stamp.is_some() && known.stamp == stamp) {
            return Known { file: known.file.clone(), stamp };
        }
        match (read_file(&self.folder.join(path), path, size), known) {
            (Ok(File::Problem(problem)), _) => broken(problem),
            // Saved again as it was.
            (Ok(File::Text(source)), Some(Known { file: File::Text(known), .. }))
                if source.text == known.text =>
            {
                Known { file: File::Text(Arc::clone(known)), stamp }
            }
            (Ok(file), _) => Known { file, stamp },
            (Err(error), _) => broken(problems::unreadable_file(path, &describe(&error))),
        }
    }
}

/// Opens a file that is published as it is; also says how many bytes it has. `path` is below
/// `folder`.
///
/// # Errors
/// If it is not there any more, or no plain file.
pub fn open_attachment(folder: &Path, path: &str) -> io::Result<(fs::File, u64)> {
    let path = folder.join(path);
    let metadata = path.symlink_metadata()?;
    if !metadata.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    Ok((fs::File::open(path)?, metadata.len()))
}

fn refuse_what_is_no_site(folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        bail!("there is no folder `{}`", folder.display());
    }
    if folder.join("content").symlink_metadata().is_ok_and(|content| content.is_file()) {
        bail!("`content` in `{}` is a file; it must be a folder", folder.display());
    }
    let settings = folder.join(SITE_FILE).symlink_metadata();
    if settings.map_or(true, |settings| settings.is_dir()) {
        bail!(
            "there is no `{SITE_FILE}` in `{}`: run Milepost in your site's folder, or add the \
             folder's name to the command",
            folder.display()
        );
    }
    Ok(())
}

fn is_content(entry: &DirEntry) -> bool {
    is_name_of_content(&entry.file_name().to_string_lossy())
}

/// Programs leave files whose names begin with a dot, or copies with a `~` or between two `#`; they
/// are no content.
fn is_name_of_content(name: &str) -> bool {
    let is_copy = name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    !name.starts_with('.') && !is_copy
}

/// Characters that cannot stand in a file name on every host: those that Windows refuses, controls,
/// and the sign for bytes that are no text.
fn is_unusable(character: char) -> bool {
    character.is_control()
        || character == char::REPLACEMENT_CHARACTER
        || matches!(character, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// What something is that is no file, in words.
fn kind_of(kind: fs::FileType) -> &'static str {
    if kind.is_symlink() {
        return "a link";
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
    }
    "a device"
}

fn read_file(from: &Path, path: &str, size: u64) -> io::Result<File> {
    if !is_text(path) {
        return Ok(File::Attachment(size));
    }
    if size > LARGEST_FILE {
        return Ok(File::Problem(problems::file_too_large(path, size, LARGEST_FILE)));
    }
    let path = path.to_owned();
    let bytes = fs::read(from)?;
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let text = "".into();
        let not_text = Source { path: path.clone(), text, is_sound: false };
        return Ok(File::Broken(Arc::new(not_text), problems::utf16(&path)));
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text.as_str().into();
            File::Text(Arc::new(Source { path, text, is_sound: true }))
        }
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let looks_like = looks_like_windows_1251(bytes).then_some("Windows-1251");
            let byte = bytes[offset];
            let not_utf8 = NotUtf8 { offset, byte, looks_like };
            let text = String::from_utf8_lossy(bytes).as_ref().into();
            File::NotUtf8(Arc::new(Source { path, text, is_sound: false }), not_utf8)
        }
    })
}

/// Whether the letters beyond ASCII are where Windows-1251, the old encoding of Cyrillic, has them:
/// in pairs and longer runs of 0xC0 to 0xFF, which UTF-8 and Latin texts hardly have.
fn looks_like_windows_1251(bytes: &[u8]) -> bool {
    let is_letter =
        |byte: &u8| matches!(byte, 0xc0..=0xff | 0xa8 | 0xaa | 0xaf | 0xb8 | 0xba | 0xbf);
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let in_words = bytes.windows(2).filter(|pair| pair.iter().all(is_letter)).count();
    high > 0 && in_words * 2 >= high
}

/// Whether a file is read: evidence is published as it is, whatever it is.
fn is_text(path: &str) -> bool {
    const ENDINGS: [&str; 7] = [".toml", ".md", ".html", ".css", ".svg", ".js", ".txt"];
    !path.starts_with("content/files/") && ENDINGS.iter().any(|ending| path.ends_with(ending))
}

fn below(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    if let (Some(path), true) = (path.to_str(), cfg!(unix)) {
        return path.to_owned();
    }
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// What the system says, without its number.
fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "you do not have permission".to_owned(),
        io::ErrorKind::NotFound => "it no longer exists".to_owned(),
        _ => error.to_string(),
    }
}
