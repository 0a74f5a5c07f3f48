//! Content as editors write it. An input is a fixture: a site in one string. Templates are left out: the markup
//! of a page is what its template writes.

#![no_main]

#[path = "../support.rs"]
mod support;

use libfuzzer_sys::{Corpus, fuzz_target};
use support::fixture::Site;

/// Whether a file can have this path in a site: other names are refused where files are read.
fn is_path(path: &str) -> bool {
    let is_name = |part: &str| !matches!(part, "" | "." | "..");
    let is_usable = |letter: char| letter.is_alphanumeric() || " ._~$-/".contains(letter);
    path.split('/').all(is_name) && path.chars().all(is_usable) && !path.contains("/templates/")
}

fuzz_target!(|text: &str| -> Corpus {
    let mut files = text.split("//- ").skip(1).map(|file| file.split_once('\n'));
    if !files.all(|file| file.is_some_and(|(path, _)| is_path(path.trim()))) {
        return Corpus::Reject;
    }
    support::check_and_build(&Site::new(text));
    Corpus::Keep
});
