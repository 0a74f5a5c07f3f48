//! Reads a site as it was at a revision, from the Git repository that contains its folder.
//!
//! Only `milepost diff --git` does this. It calls `git`, which opens no connections, runs no hooks and
//! writes nothing.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, bail};

use super::read::{
    MAX_FILE_SIZE, MAX_FILES, ReadResult, SITE_ENTRIES, decode, is_read_as_text, sources_of,
};
use crate::diagnostic::Diagnostics;
use crate::format::{NameUse, use_of_name};
use crate::problems::{DiffFailure, Failure};
use crate::settings::SITE_FILE;
use crate::source::{Attachment, Sources};

/// A file of a revision.
struct Blob {
    path: String,
    hash: String,
    size: u64,
}

/// Reads the site in `folder` as it was at a revision: a branch, a tag or a commit. Leaves out hidden files
/// and links.
///
/// # Errors
/// If Git cannot run, or there is no such revision, or it does not contain a site in that folder.
pub fn read_site_at(revision: &str, folder: &Path) -> Result<(Arc<Sources>, Diagnostics)> {
    if !folder.is_dir() {
        bail!(Failure::NoFolder(folder.to_owned()));
    }
    let repository = run(folder, &["rev-parse", "--git-dir"])?;
    if !repository.status.success() {
        bail!(DiffFailure::NoRepository(folder.to_owned(), reason(&repository.stderr)));
    }
    let commit = format!("{revision}^{{commit}}");
    let commit = run(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    if !commit.status.success() {
        bail!(DiffFailure::NoRevision(revision.to_owned()));
    }
    let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
    let blobs = list(folder, &commit)?;
    if !blobs.iter().any(|blob| blob.path == SITE_FILE) {
        bail!(DiffFailure::NoSite(folder.to_owned(), revision.to_owned(), SITE_FILE));
    }
    let is_text = |blob: &&Blob| is_read_as_text(&blob.path) && blob.size <= MAX_FILE_SIZE;
    let texts: Vec<&Blob> = blobs.iter().filter(is_text).collect();
    let paths = texts.iter().map(|blob| blob.path.as_str());
    let mut texts: HashMap<&str, Vec<u8>> = paths.zip(read(folder, &texts)?).collect();
    let files = blobs.iter().map(|blob| {
        let result = match texts.remove(blob.path.as_str()) {
            Some(bytes) => decode(&blob.path, bytes),
            None => ReadResult::Attachment(blob.size),
        };
        (blob.path.clone(), result)
    });
    let contents = |attachment: &Attachment| {
        let blob = blobs.iter().find(|blob| blob.path == attachment.path);
        let blob = blob.ok_or(io::ErrorKind::NotFound)?;
        let bytes = read(folder, &[blob]).map_err(io::Error::other)?;
        bytes.into_iter().next().ok_or(io::ErrorKind::NotFound.into())
    };
    Ok(sources_of(files.collect(), &contents))
}

/// Lists the regular files of the site.
fn list(folder: &Path, commit: &str) -> Result<Vec<Blob>> {
    let arguments = [&["ls-tree", "-r", "-z", "-l", commit, "--"], &SITE_ENTRIES[..]].concat();
    let output = run(folder, &arguments)?;
    if !output.status.success() {
        bail!(DiffFailure::GitStopped(reason(&output.stderr)));
    }
    let entries = output.stdout.split(|byte| *byte == 0);
    let blobs = entries.filter_map(|entry| {
        // `<mode> <type> <hash> <size>`, a tab, and the path.
        let (facts, path) = str::from_utf8(entry).ok()?.split_once('\t')?;
        let mut facts = facts.split_ascii_whitespace();
        let is_regular = facts.next()?.starts_with("100");
        let (hash, size) = (facts.nth(1)?.to_owned(), facts.next()?.parse().ok()?);
        let is_read = path.split('/').all(|name| use_of_name(name) == NameUse::Read);
        let blob = Blob { path: path.to_owned(), hash, size };
        (is_regular && is_read).then_some(blob)
    });
    Ok(blobs.take(MAX_FILES).collect())
}

/// Reads the contents of files.
fn read(folder: &Path, blobs: &[&Blob]) -> Result<Vec<Vec<u8>>> {
    let mut command = git(folder);
    command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::null()).spawn().context(DiffFailure::NoGit)?;
    let mut input = child.stdin.take().expect("it is a pipe");
    let output = child.stdout.take().expect("it is a pipe");
    let hashes: String = blobs.iter().map(|blob| format!("{}\n", blob.hash)).collect();
    // Git answers while it reads: one thread alone would wait for a full pipe.
    let contents = thread::scope(|scope| {
        scope.spawn(move || input.write_all(hashes.as_bytes()));
        parse(BufReader::new(output), blobs)
    });
    child.wait().context(DiffFailure::NoGit)?;
    contents.map_err(|error| DiffFailure::GitStopped(error.to_string()).into())
}

/// Parses a line `<hash> blob <size>` for each file, its content and a line break.
fn parse(mut output: impl BufRead, blobs: &[&Blob]) -> io::Result<Vec<Vec<u8>>> {
    let mut contents = Vec::with_capacity(blobs.len());
    for blob in blobs {
        let mut line = String::new();
        output.read_line(&mut line)?;
        if line.trim_end() != format!("{} blob {}", blob.hash, blob.size) {
            return Err(io::Error::other(format!("it cannot read {}", blob.path)));
        }
        let mut bytes = vec![0; blob.size as usize + 1];
        output.read_exact(&mut bytes)?;
        bytes.pop();
        contents.push(bytes);
    }
    Ok(contents)
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Output> {
    git(folder).args(arguments).output().context(DiffFailure::NoGit)
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).arg("--literal-pathspecs");
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    command
}

/// The first line of Git's message.
fn reason(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().next().unwrap_or("it gave no reason");
    line.trim_start_matches("fatal: ").to_owned()
}
