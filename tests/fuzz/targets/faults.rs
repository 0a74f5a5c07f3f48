//! A site in two languages with random faults: lines that are lost, repeated, moved, cut or joined.

#![no_main]

#[path = "../support.rs"]
mod support;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use support::fixture::Site;

static RICH: LazyLock<Site> = LazyLock::new(Site::rich);

/// Changes a text at a line. `other` is a second line, or the number of a character.
fn change(text: &str, action: u8, line: usize, other: usize) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return String::new();
    }
    let (line, other_line) = (line % lines.len(), other % lines.len());
    let cut = lines[line].char_indices().map(|(index, _)| index).nth(other % 80).unwrap_or(0);
    match action % 7 {
        0 => drop(lines.remove(line)),
        1 => lines.insert(other_line, lines[line].clone()),
        2 => lines.swap(line, other_line),
        3 => lines[line].truncate(cut),
        4 => drop(lines[line].drain(..cut)),
        5 => lines[line] = lines[line].clone() + &lines[other_line],
        _ => lines.truncate(line),
    }
    lines.join("\n") + "\n"
}

fuzz_target!(|bytes: &[u8]| {
    let paths: Vec<&String> = RICH.files().keys().collect();
    let mut site = RICH.clone();
    for fault in bytes.chunks_exact(4).take(12) {
        let path = paths[usize::from(fault[0]) % paths.len()];
        let (line, other) = (usize::from(fault[2]), usize::from(fault[3]));
        site = site.with(path, |text| change(text, fault[1], line, other));
    }
    support::check_and_build(&site);
});
