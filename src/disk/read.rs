//! Reads the files of a site. A file that cannot be read is a problem, not the end of the run.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::open::{OpenError, open_regular};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::format::{FONTS_FOLDER, MAX_FONTS, NameUse, is_device_name, is_font, use_of_name};
use crate::problems::{self, Failure};
use crate::settings::{self, SITE_FILE};
use crate::source::{Attachment, Source, Sources, Span};
use crate::theme_files;

/// The largest text file that Milepost reads, in bytes.
pub const MAX_FILE_SIZE: u64 = 256 << 10;

/// The largest logo and the largest font, in bytes.
const MAX_LOGO_SIZE: u64 = 256 << 10;
const MAX_FONT_SIZE: u64 = 32 << 20;

/// The largest number of files that a site may have.
pub const MAX_FILES: usize = 500_000;

/// The entries of a site folder that are read.
pub(super) const SITE_ENTRIES: [&str; 4] = ["content", FONTS_FOLDER, SITE_FILE, "themes"];

/// The result of reading one file of the site.
pub(super) enum ReadResult {
    Text(Source),
    /// A text that is not UTF-8. The source contains what can be decoded.
    NotUtf8(Source, InvalidByte),
    /// A file that is published unchanged, by its size in bytes.
    Attachment(u64),
    /// A file that exists but cannot be used. References to it are not a second problem.
    Unreadable(Source, Diagnostic),
    /// A path that cannot be used: its name cannot be published, or its folder cannot be read.
    Refused(Diagnostic),
    /// A hidden file of a theme.
    Skipped,
}

/// The first byte of a text that is not UTF-8.
pub(super) struct InvalidByte {
    offset: usize,
    byte: u8,
    probable_encoding: Option<&'static str>,
}

/// Reads every file of the site in `folder`, and adds the files of the default theme. A file that
/// cannot be read is a problem.
///
/// # Errors
/// If the folder does not exist, or does not contain a site.
pub fn read_site(folder: &Path) -> Result<(Arc<Sources>, Diagnostics)> {
    require_site(folder)?;
    let entries = SITE_ENTRIES
        .iter()
        .map(|entry| folder.join(entry))
        .filter(|path| path.symlink_metadata().is_ok())
        .flat_map(|path| {
            WalkDir::new(path).follow_root_links(false).into_iter().filter_entry(is_in_content)
        })
        .filter(is_relevant)
        .take(MAX_FILES + 1);
    let files: Vec<(String, ReadResult)> =
        entries.par_bridge().map(|entry| read_entry(folder, entry)).collect();
    let contents = |Attachment { path, size }: &Attachment| {
        let mut bytes = Vec::with_capacity(*size as usize);
        open_attachment(folder, path)?.0.take(*size).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    Ok(sources_of(files, &contents))
}

/// Reads the whole content of an attachment.
pub(super) type Contents<'c> = dyn Fn(&Attachment) -> io::Result<Vec<u8>> + 'c;

/// Sorts what was read into texts and attachments, and adds the files of the default theme.
pub(super) fn sources_of(
    files: Vec<(String, ReadResult)>,
    contents: &Contents<'_>,
) -> (Arc<Sources>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    if files.len() > MAX_FILES {
        diagnostics.add(problems::too_many_files("content", MAX_FILES));
    }
    let (mut texts, mut attachments, mut invalid) = (Vec::new(), Vec::new(), Vec::new());
    for (path, content) in files {
        match content {
            ReadResult::Text(source) => texts.push(Arc::new(source)),
            ReadResult::NotUtf8(source, byte) => {
                invalid.push((path, byte));
                texts.push(Arc::new(source));
            }
            ReadResult::Attachment(size) => attachments.push(Attachment { path, size }),
            ReadResult::Unreadable(source, diagnostic) => {
                texts.push(Arc::new(source));
                diagnostics.add(diagnostic);
            }
            ReadResult::Refused(diagnostic) => diagnostics.add(diagnostic),
            ReadResult::Skipped => {}
        }
    }
    let sources = theme_files::with_built_in(texts, attachments);
    let contents = read_contents(contents, &sources, &mut diagnostics);
    let sources = sources.with_contents(contents);
    for (path, InvalidByte { offset, byte, probable_encoding }) in invalid {
        let Some((id, source)) = sources.find(&path) else { continue };
        let end = (offset + '\u{fffd}'.len_utf8()).min(source.text.len());
        let span = Span::new(id, offset..end);
        diagnostics.add(problems::not_utf8(span, &path, byte, probable_encoding));
    }
    (Arc::new(sources), diagnostics)
}

fn read_entry(folder: &Path, entry: walkdir::Result<DirEntry>) -> (String, ReadResult) {
    match entry {
        Ok(entry) => {
            let path = relative_path(folder, entry.path());
            let content = read_path(folder, &path);
            (path, content)
        }
        Err(error) => {
            let path = error.path().map(|path| relative_path(folder, path)).unwrap_or_default();
            let reason = error.io_error();
            let diagnostic = problems::unreadable_file(&path, reason);
            (path, ReadResult::Refused(diagnostic))
        }
    }
}

/// Reads a file. `path` is relative to the site folder.
fn read_path(folder: &Path, path: &str) -> ReadResult {
    let name = path.rsplit('/').next().unwrap_or(path);
    if use_of_name(name) != NameUse::Read {
        return match path.starts_with("content/") {
            true => ReadResult::Refused(problems::hidden_file(path)),
            false => ReadResult::Skipped,
        };
    }
    if let Some(name) = path.split('/').find(|name| is_device_name(name)) {
        return ReadResult::Refused(problems::device_name(path, name));
    }
    if let Some(name) = path.split('/').find(|name| name.contains(is_unusable)) {
        return ReadResult::Refused(problems::unusable_file_name(path, name));
    }
    let unreadable = |diagnostic| {
        let (path, text) = (path.to_owned(), "".into());
        ReadResult::Unreadable(Source { path, text, is_readable: false }, diagnostic)
    };
    let failed = |error: &io::Error| problems::unreadable_file(path, Some(error));
    let (file, size) = match open_regular(folder, path) {
        Ok(opened) => opened,
        // If a folder was replaced by a link, the names of the files in it are those of another
        // folder, so only the link is named.
        Err(OpenError::Special(part, kind)) => {
            return unreadable(problems::not_a_regular_file(&part, kind));
        }
        Err(OpenError::Failed(error)) => return unreadable(failed(&error)),
    };
    if !is_read_as_text(path) {
        return ReadResult::Attachment(size);
    }
    if size > MAX_FILE_SIZE {
        return unreadable(problems::file_too_large(path, size, MAX_FILE_SIZE));
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    match file.take(MAX_FILE_SIZE).read_to_end(&mut bytes) {
        Ok(_) if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) => {
            unreadable(problems::utf16(path))
        }
        Ok(_) => decode(path, bytes),
        Err(error) => unreadable(failed(&error)),
    }
}

pub(super) fn decode(path: &str, bytes: Vec<u8>) -> ReadResult {
    let path = path.to_owned();
    match String::from_utf8(bytes) {
        Ok(text) => {
            ReadResult::Text(Source { path, text: text.as_str().into(), is_readable: true })
        }
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let byte = bytes[offset];
            let probable_encoding = looks_like_windows_1251(bytes).then_some("Windows-1251");
            let text = String::from_utf8_lossy(bytes).as_ref().into();
            let source = Source { path, text, is_readable: false };
            ReadResult::NotUtf8(source, InvalidByte { offset, byte, probable_encoding })
        }
    }
}

/// Reads the attachments that Milepost itself uses: the logo and the fonts.
fn read_contents(
    read: &Contents<'_>,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Arc<[u8]>> {
    let logo = settings::logo_path(sources).map(|logo| format!("content/{logo}"));
    let is_logo = |attachment: &&Attachment| Some(&attachment.path) == logo.as_ref();
    let logo = sources.attachments().iter().filter(is_logo);
    let fonts = sources.attachments().iter().filter(|attachment| is_font(&attachment.path));
    let files = logo.map(|logo| (logo, MAX_LOGO_SIZE));
    let files = files.chain(fonts.take(MAX_FONTS).map(|font| (font, MAX_FONT_SIZE)));
    let mut contents = BTreeMap::new();
    for (attachment, limit) in files {
        let Attachment { path, size } = attachment;
        if *size > limit {
            diagnostics.add(problems::file_too_large(path, *size, limit));
            continue;
        }
        match read(attachment) {
            Ok(bytes) => {
                contents.insert(path.clone(), bytes.into());
            }
            Err(error) => diagnostics.add(problems::unreadable_file(path, Some(&error))),
        }
    }
    contents
}

/// Opens a file that is published unchanged, without following links, and returns its size in bytes.
/// `path` is relative to `folder`.
///
/// # Errors
/// If the file no longer exists, or is not a regular file.
pub fn open_attachment(folder: &Path, path: &str) -> io::Result<(fs::File, u64)> {
    Ok(open_regular(folder, path)?)
}

fn require_site(folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        bail!(Failure::NoFolder(folder.to_owned()));
    }
    if folder.join("content").symlink_metadata().is_ok_and(|content| content.is_file()) {
        bail!(Failure::ContentIsFile(folder.join("content")));
    }
    let settings = folder.join(SITE_FILE).symlink_metadata();
    if settings.map_or(true, |settings| settings.is_dir()) {
        bail!(Failure::NoSite(folder.to_owned(), SITE_FILE));
    }
    Ok(())
}

/// Whether the folder of an entry is read. A hidden folder is an entry itself, but nothing in it is.
fn is_in_content(entry: &DirEntry) -> bool {
    let folder = entry.path().parent().and_then(Path::file_name);
    let is_read = |name: &OsStr| use_of_name(&name.to_string_lossy()) == NameUse::Read;
    entry.depth() < 2 || folder.is_none_or(is_read)
}

/// Whether an entry is a file to read, or something else to report.
fn is_relevant(entry: &walkdir::Result<DirEntry>) -> bool {
    let Ok(entry) = entry else { return true };
    match use_of_name(&entry.file_name().to_string_lossy()) {
        NameUse::Read => !entry.file_type().is_dir(),
        NameUse::Skip => false,
        NameUse::SkipHidden => true,
    }
}

/// Whether a character cannot be in a file name on every host: Windows refuses it, it is a control
/// character, or it replaces bytes that are not UTF-8.
fn is_unusable(character: char) -> bool {
    character.is_control()
        || character == char::REPLACEMENT_CHARACTER
        || matches!(character, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// Whether the bytes that are not ASCII look like Windows-1251, the old encoding of Cyrillic: most
/// of them are in runs of letters (0xC0 to 0xFF), which are rare in UTF-8 and in Latin encodings.
fn looks_like_windows_1251(bytes: &[u8]) -> bool {
    let is_letter =
        |byte: &u8| matches!(byte, 0xc0..=0xff | 0xa8 | 0xaa | 0xaf | 0xb8 | 0xba | 0xbf);
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let in_words = bytes.windows(2).filter(|pair| pair.iter().all(is_letter)).count();
    high > 0 && in_words * 2 >= high
}

/// Whether Milepost reads a file as text. It publishes evidence unchanged, even if it is text.
pub(super) fn is_read_as_text(path: &str) -> bool {
    const EXTENSIONS: [&str; 7] = [".toml", ".md", ".html", ".css", ".svg", ".js", ".txt"];
    !["content/files/", "content/root/", "fonts/"].iter().any(|folder| path.starts_with(folder))
        && EXTENSIONS.iter().any(|extension| path.ends_with(extension))
}

pub(super) fn relative_path(folder: &Path, path: &Path) -> String {
    let path = path.strip_prefix(folder).unwrap_or(path);
    if let (Some(path), true) = (path.to_str(), cfg!(unix)) {
        return path.to_owned();
    }
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
