//! What a workflow of a code-review site gives to Milepost, and gets from it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::{Context, Result};

use crate::problems::{Action, Failure};

/// Returns the path of a folder in the Git repository that contains it, with a `/` at the end. Empty if the
/// folder is the top of the repository, or if there is none.
pub fn folder_in_repository(folder: &Path) -> String {
    let Ok(folder) = folder.canonicalize() else { return String::new() };
    let top = folder.ancestors().find(|parent| parent.join(".git").exists());
    let inside = top.and_then(|top| folder.strip_prefix(top).ok());
    let names = inside.into_iter().flatten().map(|name| name.to_string_lossy() + "/");
    names.collect()
}

/// Reads a list of paths, one per line, from a file, or from standard input if the path is `-`.
///
/// # Errors
/// If the list cannot be read.
pub fn read_list(path: &Path) -> Result<Vec<String>> {
    let mut text = String::new();
    match path.as_os_str() == "-" {
        true => io::stdin().read_to_string(&mut text).map(|_| ()),
        false => fs::read_to_string(path).map(|content| text = content),
    }
    .with_context(|| Failure::Cannot(Action::Read, path.to_owned()))?;
    let lines = text.lines().map(|line| unquoted(line.trim()));
    Ok(lines.map(|path| path.trim_start_matches("./").to_owned()).collect())
}

/// Returns a path as it is. Git prints a path that has letters outside ASCII between quotation marks, with
/// each of their bytes as three octal digits.
fn unquoted(line: &str) -> String {
    let quoted = line.strip_prefix('"').and_then(|line| line.strip_suffix('"'));
    let Some(quoted) = quoted else { return line.to_owned() };
    let mut bytes = Vec::with_capacity(quoted.len());
    let mut rest = quoted.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let digits = after.get(..3).and_then(|digits| str::from_utf8(digits).ok());
        match (first, digits.and_then(|digits| u8::from_str_radix(digits, 8).ok()), after) {
            (b'\\', Some(byte), _) => {
                bytes.push(byte);
                rest = &after[3..];
            }
            (b'\\', None, [escaped, after @ ..]) => {
                bytes.push(*escaped);
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Reads a file that the user names, if it has at most `limit` bytes; otherwise returns `None`.
///
/// # Errors
/// If the file cannot be read.
pub fn read_bounded(path: &Path, limit: u64) -> Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .with_context(|| Failure::Cannot(Action::Read, path.to_owned()))?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// Adds a text at the end of a file.
///
/// # Errors
/// If the file cannot be written.
pub fn append(path: &Path, text: &str) -> Result<()> {
    let file = OpenOptions::new().append(true).create(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| Failure::Cannot(Action::Write, path.to_owned()))
}
