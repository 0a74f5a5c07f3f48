//! Puts a portal where readers see it.
//!
//! The new portal is made beside the old one and takes its place in one step: whoever stops the
//! program, at whatever moment, leaves the whole old portal or the whole new one. Only what a list
//! in the output names as made by Milepost is ever replaced or deleted. What the files say is not
//! known here.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use walkdir::{DirEntry, WalkDir};

use super::{PARTS, below};
use crate::card;
use crate::fingerprint::Fingerprint;
use crate::output::{Changes, OutputPath};
use crate::render::Rendered;
use crate::settings::SITE_FILE;

/// The file in the output that lists what was made.
const MANIFEST: &str = ".milepost";

/// The largest file that is read as a whole, in bytes.
const AT_ONCE: u64 = 1 << 20;

thread_local! {
    /// For the files that are read to be kept: one for each thread, and not one for each file.
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A portal that is being written, beside the one that readers see.
pub struct Staging {
    site: PathBuf,
    out: PathBuf,
    /// Where the new portal is made; after the change, the old one is there.
    new: PathBuf,
    /// Where the old portal is for a moment, on systems that cannot exchange two folders.
    old: PathBuf,
    /// What the old portal consists of.
    made_before: Manifest,
    /// What the new portal consists of, in no order.
    put: Mutex<Vec<Put>>,
    /// Whether what is beside the portal may be removed when the run ends.
    leaves_nothing: bool,
    /// No other run can write the same portal as long as this is kept.
    _lock: Lock,
}

/// The files that a portal consists of. Of files that are copies, it is not known what they are made
/// of.
type Manifest = BTreeMap<String, Option<Made>>;

/// A file of the new portal.
struct Put {
    path: OutputPath,
    fate: Fate,
    made: Option<Made>,
}

/// By what a file that was made is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made {
    /// What it holds.
    content: Fingerprint,
    /// What it was made of.
    of: Fingerprint,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Added,
    Changed,
    Unchanged,
}

impl Staging {
    /// Begins a portal of these files that will replace what is at `out`.
    ///
    /// # Errors
    /// If `out` is a place where no portal may be put, holds something that Milepost did not make,
    /// cannot be written beside, or is being written by another run.
    pub fn begin<'f>(
        site: &Path,
        out: &Path,
        files: impl Iterator<Item = &'f OutputPath>,
    ) -> Result<Self> {
        // Without a `/` at its end, which would follow a link.
        let out: PathBuf = out.components().collect();
        refuse_dangerous(site, &out)?;
        let name = out.file_name().context("the output folder needs a name")?;
        let beside = |ending| out.with_file_name(format!(".{}.{ending}", name.to_string_lossy()));
        let (new, old) = (beside("new"), beside("old"));
        if let Some(parent) = out.parent() {
            fs::create_dir_all(parent).with_context(|| cannot("be created", parent))?;
        }
        let lock = Lock::take(beside("lock"), &out)?;
        // An earlier run was stopped between taking the old portal away and putting the new one in
        // its place.
        if out.symlink_metadata().is_err() && old.join(MANIFEST).is_file() {
            fs::rename(&old, &out).with_context(|| cannot("be restored", &out))?;
        }
        if out.is_dir() && !is_ours(&out)? {
            bail!(
                "`{}` is not empty and was not created by Milepost: choose another folder with \
                 `--out`, or empty this one yourself",
                out.display()
            );
        }
        remove_left_over(&new)?;
        remove_left_over(&old)?;
        let made_before = read_manifest(&out);
        fs::create_dir(&new).with_context(|| cannot("be created", &new))?;
        let staging = Staging {
            site: site.to_owned(),
            out,
            new,
            old,
            made_before,
            put: Mutex::default(),
            leaves_nothing: true,
            _lock: lock,
        };
        // The sign by which the next run knows a folder of ours.
        let manifest = staging.new.join(MANIFEST);
        fs::write(&manifest, "").with_context(|| cannot("be written", &manifest))?;
        for folder in folders_of(files) {
            let folder = staging.new.join(folder);
            fs::create_dir(&folder).with_context(|| cannot("be created", &folder))?;
        }
        Ok(staging)
    }

    /// Keeps a file of the old portal that is made of the same as before, and the copies that were
    /// made of it then, without making them anew. Says how many bytes they have; `None` if there is
    /// no such file, or somebody changed it. What it is made of is asked only if it was there before.
    ///
    /// # Errors
    /// If what was begun cannot be undone.
    pub fn keep(
        &self,
        path: &OutputPath,
        copies: &[OutputPath],
        made_of: impl FnOnce() -> Option<Fingerprint>,
    ) -> Result<Option<u64>> {
        let before = |path: &OutputPath| self.made_before.get(path.as_str()).copied().flatten();
        let Some(made) = before(path).filter(|made| made_of() == Some(made.of)) else {
            return Ok(None);
        };
        let is_of_it = |copy: &Made| copy.of == made.of;
        let copies = copies.iter().filter_map(|copy| Some((copy, before(copy).filter(is_of_it)?)));
        let files: Vec<_> = [(path, made)].into_iter().chain(copies).collect();
        let mut size = 0;
        for (path, made) in &files {
            match self.read_intact(path, made) {
                Some(bytes) => size += bytes,
                None => return Ok(None),
            }
        }
        for (at, (path, _)) in files.iter().enumerate() {
            let [before, to] = [&self.out, &self.new].map(|folder| folder.join(path.as_str()));
            if fs::hard_link(&before, &to).is_err() {
                // What is written at its place must not be written into the old file.
                for (path, _) in &files[..at] {
                    let to = self.new.join(path.as_str());
                    fs::remove_file(&to).with_context(|| cannot("be removed", &to))?;
                }
                return Ok(None);
            }
        }
        files.into_iter().for_each(|(path, made)| self.add(path, Fate::Unchanged, Some(made)));
        Ok(Some(size))
    }

    /// How many bytes a file of the old portal has; `None` unless it holds what was put into it. It is
    /// read: what a list says of it may be out of date.
    fn read_intact(&self, path: &OutputPath, made: &Made) -> Option<u64> {
        let path = self.out.join(path.as_str());
        let size = path.symlink_metadata().ok().filter(Metadata::is_file)?.len();
        let mut file = File::open(&path).ok()?;
        let content = if size > AT_ONCE {
            Fingerprint::of_all(&mut file).ok()?
        } else {
            BUFFER.with_borrow_mut(|buffer| {
                let size = size as usize;
                buffer.resize(buffer.len().max(size), 0);
                fill(&mut file, &mut buffer[..size]).ok().map(Fingerprint::of)
            })?
        };
        (content == made.content).then_some(size)
    }

    /// Writes one file, and says how many bytes it has. A file that says the same as before stays
    /// the same file, with the time of its last change.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn put(
        &self,
        path: &OutputPath,
        content: &Rendered<'_>,
        made_of: Option<Fingerprint>,
    ) -> Result<u64> {
        let to = self.new.join(path.as_str());
        let before = self.out.join(path.as_str());
        let is_known = self.made_before.contains_key(path.as_str()) && is_file(&before);
        let write = || {
            // It cannot be compared before it is written.
            let written = match content {
                Rendered::Stream(_) => Some(self.write(content, &to)?),
                _ => None,
            };
            let is_same = is_known
                && match content {
                    Rendered::Bytes(bytes) => holds(&before, bytes)?,
                    Rendered::Stream(_) => hold_the_same(&before, &to)?,
                    Rendered::Drawing(drawing) => card::is_of(&fs::read(&before)?, drawing),
                    Rendered::Copy(from) => hold_the_same(&before, &self.site.join(from))?,
                };
            let link = || {
                if written.is_some() {
                    fs::remove_file(&to)?;
                }
                fs::hard_link(&before, &to)
            };
            let size = match written {
                _ if is_same && link().is_ok() => to.symlink_metadata()?.len(),
                Some(size) if !is_same => size,
                _ => self.write(content, &to)?,
            };
            let made = |of| {
                let content = match content {
                    Rendered::Bytes(bytes) => Fingerprint::of(bytes),
                    Rendered::Stream(_) | Rendered::Drawing(_) | Rendered::Copy(_) => {
                        Fingerprint::of_all(&mut File::open(&to)?)?
                    }
                };
                io::Result::Ok(Made { content, of })
            };
            io::Result::Ok((size, is_same, made_of.map(made).transpose()?))
        };
        let (size, is_same, made) = write().with_context(|| cannot("be written", &to))?;
        let fate = match (is_known, is_same) {
            (false, _) => Fate::Added,
            (true, false) => Fate::Changed,
            (true, true) => Fate::Unchanged,
        };
        self.add(path, fate, made);
        Ok(size)
    }

    fn add(&self, path: &OutputPath, fate: Fate, made: Option<Made>) {
        let mut put = self.put.lock().expect("nobody panics with the list in their hands");
        put.push(Put { path: path.clone(), fate, made });
    }

    fn write(&self, content: &Rendered<'_>, to: &Path) -> io::Result<u64> {
        let bytes = match content {
            Rendered::Bytes(bytes) => Cow::Borrowed(bytes.as_ref()),
            Rendered::Drawing(drawing) => Cow::Owned(card::png(drawing)),
            Rendered::Stream(stream) => {
                let mut file = BufWriter::new(create(to)?);
                stream.write_to(&mut file)?;
                return Ok(file.into_inner()?.metadata()?.len());
            }
            // Not `fs::copy`: what only its editor may read is published all the same.
            Rendered::Copy(from) => {
                let mut file = create(to)?;
                return io::copy(&mut File::open(self.site.join(from))?, &mut file);
            }
        };
        create(to)?.write_all(&bytes)?;
        Ok(bytes.len() as u64)
    }

    /// What a file of the site holds that is published as it is.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(&self, path: &str) -> Result<Vec<u8>> {
        let path = self.site.join(path);
        fs::read(&path).with_context(|| cannot("be read", &path))
    }

    /// Puts the new portal in the place of the old one. Files that Milepost did not make are kept.
    ///
    /// # Errors
    /// If it cannot be put there; the old one is then where it was.
    pub fn publish(mut self) -> Result<Changes> {
        let mut put = std::mem::take(&mut *self.put.lock().expect("nobody panicked"));
        put.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        self.write_manifest(&put)?;
        let mut kept = BTreeSet::new();
        if self.out.exists() {
            kept = keep_foreign_files(&self.out, &self.new, &self.made_before)?;
            let old = exchange(&self.new, &self.out, &self.old)
                .with_context(|| cannot("be replaced", &self.out))?;
            let late = clear_away(&old, &self.out, &self.made_before);
            self.leaves_nothing = late.is_ok();
            if late.is_err() {
                // There is something of somebody else in it: it is not a folder of ours any more.
                let _ = fs::remove_file(old.join(MANIFEST));
            }
            kept.extend(late?);
        } else {
            fs::rename(&self.new, &self.out)
                .with_context(|| cannot("be moved into place", &self.out))?;
        }
        let is_gone = |path: &&String| {
            put.binary_search_by(|file| file.path.as_str().cmp(path.as_str())).is_err()
        };
        let removed = self.made_before.keys().filter(is_gone).cloned().collect();
        let mut changes =
            Changes { removed, kept: kept.into_iter().collect(), ..Changes::default() };
        for Put { path, fate, .. } in put {
            match fate {
                Fate::Added => changes.added.push(path),
                Fate::Changed => changes.changed.push(path),
                Fate::Unchanged => changes.unchanged += 1,
            }
        }
        Ok(changes)
    }

    fn write_manifest(&self, put: &[Put]) -> Result<()> {
        let (to, before) = (self.new.join(MANIFEST), self.out.join(MANIFEST));
        let write = || {
            let mut file = BufWriter::new(File::create(&to)?);
            writeln!(file, "# Milepost created these files, and replaces or deletes only them.")?;
            for Put { path, made, .. } in put {
                write!(file, "{path}")?;
                if let Some(Made { content, of }) = made {
                    write!(file, "\t{content}\t{of}")?;
                }
                writeln!(file)?;
            }
            file.into_inner()?;
            if is_file(&before) && hold_the_same(&before, &to)? {
                fs::remove_file(&to)?;
                if fs::hard_link(&before, &to).is_err() {
                    fs::copy(&before, &to)?;
                }
            }
            io::Result::Ok(())
        };
        write().with_context(|| cannot("be written", &to))
    }
}

/// Removes what is beside the portal when the run ends: the old one, or a new one that was not
/// finished. What cannot be removed now, the next run removes.
impl Drop for Staging {
    fn drop(&mut self) {
        if self.leaves_nothing {
            let _ = remove_tree(&self.new);
            if self.out.exists() {
                let _ = remove_tree(&self.old);
            }
        }
    }
}

/// Makes a file that is not there: one that is may be the old portal's at a second place.
fn create(path: &Path) -> io::Result<File> {
    File::create_new(path)
}

/// The folders that files are in, those around a folder before it.
fn folders_of<'f>(files: impl Iterator<Item = &'f OutputPath>) -> BTreeSet<&'f str> {
    let mut folders = BTreeSet::new();
    for file in files {
        let mut path = file.as_str();
        while let Some((folder, _)) = path.rsplit_once('/')
            && folders.insert(folder)
        {
            path = folder;
        }
    }
    folders
}

fn cannot(what: &str, path: &Path) -> String {
    format!("`{}` cannot {what}", path.display())
}

/// Refuses places where a portal would take the place of something that people work with.
fn refuse_dangerous(site: &Path, out: &Path) -> Result<()> {
    let shown = out.display();
    if out.symlink_metadata().is_ok_and(|out| out.is_symlink()) {
        bail!("`{shown}` is a link: use `--out` with the folder that it points to");
    }
    if out.exists() && !out.is_dir() {
        bail!("`{shown}` is a file: choose a folder with `--out`");
    }
    let whole = whole_path(out)?;
    let site = site.canonicalize().with_context(|| cannot("be found", site))?;
    if whole.parent().is_none() || site.starts_with(&whole) {
        bail!("`{shown}` contains the site itself: choose a separate folder with `--out`");
    }
    let home = env::var_os("HOME").map(PathBuf::from);
    let home = home.and_then(|home| home.canonicalize().ok());
    if home.is_some_and(|home| home.starts_with(&whole)) {
        bail!("`{shown}` is your home folder: choose a folder inside it with `--out`");
    }
    let inputs = PARTS.into_iter().chain([".git"]).map(|part| site.join(part));
    if inputs.into_iter().any(|part| whole.starts_with(part)) {
        bail!("`{shown}` is part of the site: choose a separate folder with `--out`");
    }
    if out.join(SITE_FILE).exists() {
        bail!("`{shown}` is the folder of another site: choose another folder with `--out`");
    }
    Ok(())
}

/// The path from the root, with all links in it followed, also where its last parts do not exist.
fn whole_path(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| cannot("be found", path))?;
    let existing = path.ancestors().find(|it| it.exists()).context("there is no root folder")?;
    let missing = path.strip_prefix(existing).unwrap_or(Path::new(""));
    if missing.components().any(|part| !matches!(part, Component::Normal(_))) {
        bail!("`{}` goes through a folder that does not exist", path.display());
    }
    let existing = existing.canonicalize().with_context(|| cannot("be found", existing))?;
    Ok(existing.join(missing))
}

/// Whether Milepost made a folder, or nobody put anything into it.
fn is_ours(folder: &Path) -> Result<bool> {
    let mut entries = fs::read_dir(folder).with_context(|| cannot("be read", folder))?;
    Ok(entries.next().is_none() || is_file(&folder.join(MANIFEST)))
}

/// Removes a folder that an earlier run left, and no other.
fn remove_left_over(folder: &Path) -> Result<()> {
    if folder.is_dir() && !is_ours(folder)? {
        bail!("`{}` was not created by Milepost: move it elsewhere", folder.display());
    }
    match remove_tree(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| cannot("be removed", folder))
        }
        _ => Ok(()),
    }
}

/// Removes a folder of ours. The sign that it is ours goes last, so that a run that is stopped
/// meanwhile leaves a folder that the next one knows.
fn remove_tree(folder: &Path) -> io::Result<()> {
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

/// The files that an earlier run made.
fn read_manifest(out: &Path) -> Manifest {
    let manifest = fs::read_to_string(out.join(MANIFEST)).unwrap_or_default();
    let lines = manifest.lines().filter(|line| !line.starts_with('#'));
    let entry = |line: &str| {
        let made = |line: &str| {
            let mut parts = line.rsplitn(3, '\t');
            let of = Fingerprint::parse(parts.next()?)?;
            let content = Fingerprint::parse(parts.next()?)?;
            Some((parts.next()?.to_owned(), Some(Made { content, of })))
        };
        made(line).unwrap_or_else(|| (line.to_owned(), None))
    };
    lines.map(entry).collect()
}

fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|it| it.is_file())
}

/// Whether a file holds just these bytes. It is read: what a list says of it may be out of date.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    Ok(path.symlink_metadata()?.len() == bytes.len() as u64 && fs::read(path)? == bytes)
}

fn hold_the_same(a: &Path, b: &Path) -> io::Result<bool> {
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

/// Takes along to `new` what is in `old` and not `made` by Milepost: files, empty folders and links,
/// as they are. Returns what was taken.
fn keep_foreign_files(old: &Path, new: &Path, made: &Manifest) -> Result<BTreeSet<String>> {
    let mut kept = BTreeSet::new();
    let mut entries = WalkDir::new(old).min_depth(1).into_iter().peekable();
    while let Some(entry) = entries.next() {
        let entry = entry.with_context(|| cannot("be read", old))?;
        let path = below(old, entry.path());
        let to = new.join(&path);
        if path == MANIFEST || made.contains_key(&path) {
            continue;
        }
        if entry.file_type().is_dir() {
            // What is in a folder follows it.
            let is_inside = |it: &walkdir::Result<DirEntry>| {
                it.as_ref().map_or(true, |next| next.depth() > entry.depth())
            };
            if !entries.peek().is_some_and(is_inside) {
                fs::create_dir_all(&to).with_context(|| cannot("be carried over", entry.path()))?;
            }
            continue;
        }
        if !is_kept(entry.path(), &to)? {
            take_along(entry.path(), &to, link_or_copy)?;
            kept.insert(path);
        }
    }
    Ok(kept)
}

/// Removes the `old` portal, whose place the `new` one has taken. What somebody put into it in the
/// meantime comes along. Returns what that was.
fn clear_away(old: &Path, new: &Path, made: &Manifest) -> Result<BTreeSet<String>> {
    let mut late = BTreeSet::new();
    let mut last_depth = 0;
    for entry in WalkDir::new(old).min_depth(1).contents_first(true) {
        let entry = entry.with_context(|| cannot("be read", old))?;
        let path = below(old, entry.path());
        let to = new.join(&path);
        // What is in a folder comes before it.
        let is_empty = last_depth <= entry.depth();
        last_depth = entry.depth();
        // What cannot be removed now, the next run removes.
        if entry.file_type().is_dir() {
            if is_empty {
                fs::create_dir_all(&to).with_context(|| cannot("be carried over", entry.path()))?;
            }
            let _ = fs::remove_dir(entry.path());
        } else if path == MANIFEST {
            // The sign that it is a folder of ours goes last.
        } else if made.contains_key(&path) || is_kept(entry.path(), &to)? {
            let _ = fs::remove_file(entry.path());
        } else {
            take_along(entry.path(), &to, |from, to| fs::rename(from, to))?;
            late.insert(path);
        }
    }
    let _ = remove_tree(old);
    Ok(late)
}

/// Whether a file of somebody else is in the new portal already.
///
/// # Errors
/// If something else is at its place there.
fn is_kept(file: &Path, to: &Path) -> Result<bool> {
    match is_same_entry(file, to) {
        Some(true) => Ok(true),
        Some(false) => {
            bail!("`{}` is in the way of a file of the portal: move it elsewhere", file.display())
        }
        None => Ok(false),
    }
}

fn take_along(file: &Path, to: &Path, take: impl Fn(&Path, &Path) -> io::Result<()>) -> Result<()> {
    let take = || {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        take(file, to)
    };
    take().with_context(|| cannot("be carried over", file))
}

/// Whether two paths name one file; `None` if there is nothing at the second.
fn is_same_entry(first: &Path, second: &Path) -> Option<bool> {
    let second_is = second.symlink_metadata().ok()?;
    let first_is = first.symlink_metadata().ok()?;
    if first_is.is_symlink() && second_is.is_symlink() {
        return Some(fs::read_link(first).ok()? == fs::read_link(second).ok()?);
    }
    if is_one_file(&first_is, &second_is) {
        return Some(true);
    }
    Some(first_is.is_file() && second_is.is_file() && hold_the_same(first, second).ok()?)
}

/// Whether two names are surely those of one file.
#[cfg(unix)]
fn is_one_file(first: &Metadata, second: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (first.dev(), first.ino()) == (second.dev(), second.ino())
}

#[cfg(not(unix))]
fn is_one_file(_first: &Metadata, _second: &Metadata) -> bool {
    false
}

/// The same file at a second place, or a copy where the file system has no such thing.
fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if from.symlink_metadata()?.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

/// Puts `new` in the place of `out`, in one step where the system can. Returns where the old folder
/// is then.
fn exchange(new: &Path, out: &Path, old: &Path) -> io::Result<PathBuf> {
    if exchange_in_one_step(new, out)? {
        return Ok(new.to_owned());
    }
    exchange_in_two_steps(new, out, old)?;
    Ok(old.to_owned())
}

/// `false` if the file system has no such thing.
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

/// For a moment there is nothing at `out`; a run that is stopped just then is mended by the next.
fn exchange_in_two_steps(new: &Path, out: &Path, old: &Path) -> io::Result<()> {
    fs::rename(out, old)?;
    fs::rename(new, out).inspect_err(|_| {
        let _ = fs::rename(old, out);
    })
}

/// A file beside the portal that one run has for itself. The system gives it back when the process
/// ends, however it ends.
struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    fn take(path: PathBuf, out: &Path) -> Result<Self> {
        loop {
            let file = File::options().create(true).truncate(false).write(true).open(&path);
            let file = file.with_context(|| cannot("be created", &path))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    bail!("another build is writing `{}`: wait until it finishes", out.display())
                }
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| cannot("be locked", &path));
                }
            }
            // Whoever had it before may have removed it after it was opened here.
            let is_still_there = match (file.metadata(), path.metadata()) {
                (Ok(open), Ok(there)) => is_one_file(&open, &there) || cfg!(not(unix)),
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
    fn two_folders_change_places_also_where_it_takes_two_steps() {
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
        // Where the second step fails, the first is taken back.
        let gone = folder.path().join("gone");
        fs::remove_dir_all(&old).unwrap();
        assert!(exchange_in_two_steps(&gone, &out, &old).is_err());
        assert_eq!(fs::read(out.join("name")).unwrap(), b"new");
    }

    #[test]
    fn what_came_into_the_old_portal_meanwhile_comes_along() {
        let folder = tempfile::tempdir().unwrap();
        let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
        for (path, text) in [("old/a/index.html", "old"), ("new/a/index.html", "new")] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::write(old.join(MANIFEST), "a/index.html\n").unwrap();
        fs::write(old.join("CNAME"), "kept").unwrap();
        fs::hard_link(old.join("CNAME"), new.join("CNAME")).unwrap();
        fs::write(old.join("a/late.txt"), "late").unwrap();
        fs::create_dir_all(old.join("b/empty")).unwrap();
        let late = clear_away(&old, &new, &read_manifest(&old)).unwrap();
        assert_eq!(late.into_iter().collect::<Vec<_>>(), ["a/late.txt"]);
        assert_eq!(fs::read(new.join("a/late.txt")).unwrap(), b"late");
        assert_eq!(fs::read(new.join("a/index.html")).unwrap(), b"new");
        assert!(new.join("b/empty").is_dir());
        assert!(!old.exists());

        // Two files of one name are not one: both stay.
        fs::create_dir(&old).unwrap();
        fs::write(old.join(MANIFEST), "").unwrap();
        fs::write(old.join("CNAME"), "another").unwrap();
        assert!(clear_away(&old, &new, &read_manifest(&old)).is_err());
        assert_eq!(fs::read(old.join("CNAME")).unwrap(), b"another");
        assert_eq!(fs::read(new.join("CNAME")).unwrap(), b"kept");
    }

    #[test]
    fn a_lock_is_for_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let lock = Lock::take(path.clone(), folder.path()).unwrap();
        assert!(Lock::take(path.clone(), folder.path()).is_err());
        drop(lock);
        assert!(!path.exists());
        assert!(Lock::take(path, folder.path()).is_ok());
    }
}
