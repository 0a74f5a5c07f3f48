//! Mistakes that editors make, and what becomes of the file if they do exactly what the message says.
//!
//! Each file in `tests/editors/` contains the files with the mistake, the message, and the files that result.
//! The tests follow the advice themselves where a program can. `UPDATE=1` writes the messages and, where a
//! program can follow them, the results.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use milepost::testing::{Diagnostic, SourceLocation, Sources};

use crate::fixture::{Site, compare_with_file, repository};
use crate::random::config;

const MESSAGE: &str = "=== message ===\n";
const RESULT: &str = "=== result ===\n";

/// The errors of a site, in order.
fn errors(site: &Site) -> (Vec<Diagnostic>, std::sync::Arc<Sources>) {
    let (mut diagnostics, sources) = site.diagnostics();
    diagnostics.retain(Diagnostic::is_error);
    (diagnostics, sources)
}

/// Prints errors as their sentences: place, message and help.
fn sentences(errors: &[Diagnostic], sources: &Sources) -> String {
    let sentence = |problem: &Diagnostic| {
        let place = match &problem.location {
            SourceLocation::Path(path) => path.clone(),
            SourceLocation::Span(span) => {
                let path = &sources.get(span.source).path;
                format!("{path}, line {}", sources.position(*span).line)
            }
        };
        let help = problem.help.as_deref().unwrap_or_default();
        format!("{place}: {}.\n  {help}\n", problem.message)
    };
    errors.iter().map(sentence).collect()
}

/// Does what the help of a problem says, or returns `None` if only a person can.
fn follow(site: Site, problem: &Diagnostic, sources: &Sources) -> Option<Site> {
    let help = problem.help.as_deref()?;
    let span = match &problem.location {
        SourceLocation::Span(span) => span,
        SourceLocation::Path(path) => return rename(&site, path, help),
    };
    let source = sources.get(span.source);
    let edited = edit(&source.text, span.range(), help)?;
    Some(site.with(&source.path, |_| edited.clone()))
}

/// Renames a file as the help says.
fn rename(site: &Site, path: &str, help: &str) -> Option<Site> {
    let name = quoted(help, "rename it to ")?;
    let (folder, _) = path.rsplit_once('/')?;
    let mut files = String::new();
    for (other, text) in site.files() {
        let other = if other == path { format!("{folder}/{name}") } else { other.clone() };
        files += &format!("\n//- {other}\n{}\n", text.trim_end());
    }
    Some(Site::new(&files))
}

/// The first text in backticks after `before`.
fn quoted<'h>(help: &'h str, before: &str) -> Option<&'h str> {
    let rest = help.split_once(&format!("{before}`"))?.1;
    Some(rest.split_once('`')?.0)
}

/// The number after `before`.
fn number(help: &str, before: &str) -> Option<usize> {
    let rest = help.split_once(before)?.1;
    rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

fn edit(text: &str, range: std::ops::Range<usize>, help: &str) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = text[..range.start].matches('\n').count();
    let joined = |lines: Vec<String>| Some(lines.join("\n") + "\n");
    let replaced = |by: &str| Some(format!("{}{by}{}", &text[..range.start], &text[range.end..]));
    let old = &text[range.clone()];
    if let Some(header) =
        quoted(help, "put ").filter(|_| help.contains("on a line of its own above"))
    {
        lines.insert(number(help, "above line ")? - 1, header.to_owned());
        return joined(lines);
    }
    if help.starts_with("move the line ") || help.starts_with("move lines ") {
        let first = number(help, "move lines ").unwrap_or(line + 1) - 1;
        let last = number(help, " to ").unwrap_or(first + 1) - 1;
        let target = number(help, "in line ")? - 1;
        let moved: Vec<String> = lines.drain(first..=last).collect();
        lines.splice(target..target, moved);
        return joined(lines);
    }
    if help.starts_with("delete this line") {
        lines.remove(line);
        return joined(lines);
    }
    if let Some(mark) = quoted(help, "delete the last ") {
        let start = text[..range.end].rfind(mark)?;
        return Some(format!("{}{}", &text[..start], &text[start + mark.len()..]));
    }
    if help.ends_with("after the `}` that ends this entry") {
        let rest = &text[range.end..];
        let rest = if help.contains(" in place of ") { rest.strip_prefix(';')? } else { rest };
        return Some(format!("{},{rest}", &text[..range.end]));
    }
    if help.starts_with("delete it; such characters") {
        return replaced("");
    }
    if let Some(mark) = quoted(help, "replace it with a straight ") {
        let last = old.chars().next_back()?;
        return replaced(&format!("{}{mark}", &old[..old.len() - last.len_utf8()]));
    }
    if let Some(mark) = quoted(help, "put ").filter(|_| help.contains("` at the end;")) {
        lines[line] += mark;
        return joined(lines);
    }
    if help.ends_with(", and delete this line") {
        let target = number(help, "in line ")? - 1;
        quoted(help, "write ")?.clone_into(&mut lines[target]);
        lines.remove(line);
        return joined(lines);
    }
    if help.ends_with(" in place of it") {
        return replaced(quoted(help, "write ")?);
    }
    if let Some(mark) =
        quoted(help, "write ").filter(|_| help.contains("the first and the last mark"))
    {
        let is_curly = |letter: char| "“”„‟«»".contains(letter);
        let (start, end) = (lines[line].find(is_curly)?, lines[line].rfind(is_curly)?);
        let text = lines[line][start..end].trim_start_matches(is_curly);
        let key = lines[line][..start].replace('\u{a0}', " ");
        lines[line] = format!("{key}{mark}{text}{mark}");
        return joined(lines);
    }
    if let Some(mark) = quoted(help, "write ").filter(|_| help.contains("in place of `")) {
        // Later lines first: the numbers stay right.
        for part in help.split(", and ").collect::<Vec<_>>().into_iter().rev() {
            if let Some(last) = number(part, "on a line of its own below line ") {
                lines.insert(last, mark.to_owned());
                continue;
            }
            let (old, line) = (quoted(part, "in place of ")?, number(part, "in line ")? - 1);
            let is_closing = !part.starts_with("write");
            let start = if is_closing { lines[line].rfind(old)? } else { lines[line].find(old)? };
            lines[line].replace_range(start..start + old.len(), mark);
        }
        return joined(lines);
    }
    if let Some(last) = number(help, "on a line of its own below line ") {
        lines.insert(last, quoted(help, "put ")?.to_owned());
        let Some(key) = quoted(help, "` after ") else { return joined(lines) };
        let target = number(help, "in line ")? - 1;
        lines[target] = lines[target].replacen(key, &format!("{key} '''"), 1);
        return joined(lines);
    }
    if let Some(list) = quoted(help, "write ").filter(|_| help.ends_with("in place of these lines"))
    {
        return replaced(list);
    }
    if help.starts_with("put `\"` before the first word and after the last one") {
        return replaced(&format!("\"{old}\""));
    }
    if help.starts_with("put `[` before the first name and `]` after the last one") {
        let (key, names) = lines[line].split_once('=')?;
        let names: Vec<String> =
            names.split(',').map(|name| format!("\"{}\"", name.trim())).collect();
        lines[line] = format!("{key}= [{}]", names.join(", "));
        return joined(lines);
    }
    if help.starts_with("replace it with a normal space") {
        return replaced(" ");
    }
    if help.contains("with two brackets, in this line and in line ") {
        let header = quoted(help, "write ")?.to_owned();
        let first = number(help, "in line ")? - 1;
        lines[first].clone_from(&header);
        lines[line] = header;
        return joined(lines);
    }
    if let Some(mark) = quoted(help, "put ").filter(|_| help.contains("` after `")) {
        let (key, target) = (quoted(help, "` after ")?, number(help, "in line ")? - 1);
        lines[target] = lines[target].replacen(key, &format!("{key} {mark}"), 1);
        return joined(lines);
    }
    if let Some(second) = quoted(help, "put ").filter(|_| help.contains("on its own line")) {
        let start = lines[line].find(second)?;
        let rest = lines[line].split_off(start);
        let trimmed = lines[line].trim_end().to_owned();
        lines[line] = trimmed;
        lines.insert(line + 1, rest);
        return joined(lines);
    }
    if let Some(names) = quoted(help, "put each in quotation marks of its own: ") {
        return replaced(names);
    }
    if let Some(name) = quoted(help, "did you mean ") {
        return replaced(&if old.starts_with('"') {
            format!("\"{name}\"")
        } else {
            name.to_owned()
        });
    }
    let written = help.split_once("write ")?.1;
    if let Some(rest) = written.strip_prefix('"') {
        return replaced(&format!("\"{}\"", rest.split_once('"')?.0));
    }
    let (value, rest) = written.strip_prefix('`')?.split_once('`')?;
    if rest.starts_with(", `") || rest.starts_with(" or `") || value.contains('…') {
        return None;
    }
    if value.contains(" = ") {
        let rest = text[range.end..].lines().next().unwrap_or_default();
        let comment = if rest.trim_start().starts_with('#') { rest } else { "" };
        lines[line] = format!("{value}{comment}");
        return joined(lines);
    }
    replaced(&if old.starts_with('"') && !value.starts_with(['"', '\'']) {
        format!("\"{value}\"")
    } else {
        value.to_owned()
    })
}

/// Follows the first message of each round, at most `rounds` times. Returns the site without errors, or
/// `None` if only a person can follow a message.
fn follow_all(mut site: Site, rounds: usize) -> Option<Site> {
    for _ in 0..rounds {
        let (errors, sources) = errors(&site);
        let Some(first) = errors.first() else { return Some(site) };
        site = follow(site, first, &sources)?;
    }
    errors(&site).0.is_empty().then_some(site)
}

/// The words of all files, sorted, without those in `except`.
fn words(site: &Site, except: &str) -> Vec<String> {
    let split = |text: &str| -> Vec<String> {
        let words = text.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect()
    };
    let mut left_out = split(except);
    let mut words = Vec::new();
    for word in site.files().values().flat_map(|text| split(text)) {
        match left_out.iter().position(|other| *other == word) {
            Some(index) => drop(left_out.remove(index)),
            None => words.push(word),
        }
    }
    words.sort();
    words
}

/// The words that are in `before` and not in `after`, each as often as it is missing.
fn lost(before: Vec<String>, after: &[String]) -> Vec<String> {
    let mut after = after.to_vec();
    before
        .into_iter()
        .filter(|word| match after.binary_search(word) {
            Ok(index) => {
                after.remove(index);
                false
            }
            Err(_) => true,
        })
        .collect()
}

/// What the errors mark, which may change: also the whole line of a header, or of a key to delete.
fn marked(errors: &[Diagnostic], sources: &Sources) -> String {
    let text = |problem: &Diagnostic| match &problem.location {
        SourceLocation::Span(span) => {
            let related = problem.related.iter().map(|related| sources.text(related.span));
            let text = &sources.get(span.source).text;
            let line = text.lines().nth(sources.position(*span).line - 1).unwrap_or_default();
            let is_deleted =
                problem.help.as_deref().unwrap_or_default().starts_with("delete the line");
            let is_whole = line.starts_with('[') || is_deleted;
            let marked = if is_whole { line } else { sources.text(*span) };
            related.chain([marked]).collect::<Vec<_>>().join("\n")
        }
        SourceLocation::Path(_) => String::new(),
    };
    errors.iter().map(text).collect::<Vec<_>>().join("\n")
}

/// The files of a site that `before` names.
fn named_files(site: &Site, before: &str) -> String {
    let default = Site::new("");
    let is_named = |(path, _): &(&String, &String)| {
        before.contains(&format!("//- {path}\n")) || !default.files().contains_key(*path)
    };
    let named = site.files().iter().filter(is_named);
    named.map(|(path, text)| format!("//- {path}\n{text}")).collect()
}

fn check_mistake(path: &PathBuf) -> Result<(), String> {
    let text = fs::read_to_string(path).unwrap();
    let (before, rest) = text.split_once(MESSAGE).unwrap_or((&text, ""));
    let written = rest.split_once(RESULT).map_or("", |(_, result)| result);
    let site = Site::new(before);
    let (found, sources) = errors(&site);
    let marked = marked(&found, &sources);
    let followed = follow_all(Site::new(before), 5);
    let is_mechanical = followed.is_some();
    let after = followed.unwrap_or_else(|| Site::new(written));
    let result = if is_mechanical { named_files(&after, before) } else { written.to_owned() };
    let message = sentences(&found, &sources);
    let expected = format!("{before}{MESSAGE}{message}{RESULT}{result}");
    if let Some(difference) = compare_with_file(path, &expected) {
        return Err(difference);
    }
    if found.is_empty() {
        return Err(format!("{}: there is no mistake", path.display()));
    }
    let (left, sources) = errors(&after);
    let mut lost = lost(words(&site, &marked), &words(&after, ""));
    // The key of an address, where a file replaces it.
    lost.retain(|word| word != "url");
    match (left.is_empty() && !written.is_empty(), lost.is_empty()) {
        (true, true) => Ok(()),
        (false, _) => Err(format!(
            "{}: the result has errors:\n{}",
            path.display(),
            sentences(&left, &sources)
        )),
        (_, false) => Err(format!("{}: the result lost {lost:?}", path.display())),
    }
}

#[test]
fn following_a_message_corrects_the_mistake_and_loses_nothing() {
    let mut paths: Vec<PathBuf> = fs::read_dir(repository().join("tests/editors"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 60, "{} mistakes", paths.len());
    let failures: Vec<String> = paths.iter().filter_map(|path| check_mistake(path).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A mistake in a line that starts with certain words, or `None` if it cannot be made there.
type Mistake = (&'static str, fn(&str) -> String);

const MISTAKES: &[Mistake] = &[
    ("level = ", |line| line.to_uppercase().replace("LEVEL", "level")),
    ("level = ", |line| line.replace('e', "е").replace("lеvеl", "level")),
    ("chapter = ", |line| line.replace(" =", ":")),
    ("end_date = ", |line| format!("{line},")),
    ("end_date = ", |line| line.replace('"', "")),
    ("report = ", |line| line.replace(" = ", " =\u{a0}")),
    ("title = ", |line| line.replacen('"', "“", 1).replace('"', "”")),
    ("name = ", |line| line.replacen(" = \"", " =\u{a0}«", 1).replace('"', "»")),
    ("lead = ", |line| line.replace('"', "")),
    ("lead = ", |line| line.replace('a', "а").replace("leаd", "lead")),
    ("chapter = ", |line| line.replace("chapter", "chaptre")),
    ("supporting = ", |line| line.replace(['[', ']', '"'], "")),
    ("department = ", |line| line.trim_end_matches('"').to_owned()),
    ("email = ", |line| line.replace("email", "Email")),
];

proptest! {
    #![proptest_config(config(10))]

    #[test]
    fn following_the_first_message_of_each_round_corrects_random_mistakes(
        file in any::<prop::sample::Index>(),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..=3),
    ) {
        let site = Site::example();
        let commitments: Vec<&String> =
            site.files().keys().filter(|path| path.contains("/commitments/")).collect();
        let path = (*file.get(&commitments)).clone();
        let mut lines: Vec<String> = site.files()[&path].lines().map(str::to_owned).collect();
        let mut changed = BTreeSet::new();
        for pick in picks {
            let (start, apply) = pick.get(MISTAKES);
            let index = lines.iter().position(|line| line.starts_with(start));
            if let Some(index) = index.filter(|index| changed.insert(*index)) {
                lines[index] = apply(&lines[index]);
            }
        }
        let wrong = Site::example().with(&path, |_| lines.join("\n"));
        let corrected = follow_all(wrong, changed.len());
        let corrected = corrected.unwrap_or_else(|| panic!("{path}:\n{}", lines.join("\n")));
        let lost = lost(words(&site, ""), &words(&corrected, ""));
        prop_assert!(lost.is_empty(), "{path}: {lost:?}");
    }
}
