//! Holds the house to its plan: floors, owners of crates, what the repository may say.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::fixture::{repository, walk};

/// The floors of `src/lib.rs`. A module uses floors 0 to 2 and those below its own.
const FLOORS: &[(u32, &[&str])] = &[
    (0, &["source", "html", "output", "memory", "fingerprint"]),
    (1, &["diagnostic", "model"]),
    (2, &["problems"]),
    (3, &["document"]),
    (4, &["settings", "draft"]),
    (5, &["route", "theme_files"]),
    (6, &["check"]),
    (7, &["markdown", "chart", "stylesheet", "language", "compress", "linked_data"]),
    (8, &["theme", "export", "view", "card"]),
    (9, &["page"]),
    (10, &["render", "ingredients"]),
    (11, &["pipeline"]),
    (12, &["disk", "emit"]),
    (13, &["serve"]),
    (14, &["cli"]),
];

/// Who may use a foreign crate. More than one owner needs a reason.
const OWNERS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["emit"]),
    ("anyhow", &["disk", "serve", "cli"]), // the edges, where the world can fail
    ("base64", &["linked_data"]),
    ("brotli", &["compress"]),
    ("clap", &["cli"]),
    ("comrak", &["markdown"]),
    ("csv", &["export"]),
    ("flate2", &["compress"]),
    // By address, by content, and by the keys of our own words.
    ("fnv", &["card", "export", "memory", "stylesheet", "theme"]),
    ("http_body_util", &["serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("icu", &["language"]),
    ("itoa", &["export"]),
    ("lightningcss", &["stylesheet"]),
    ("mimalloc", &["main"]),
    ("mime_guess", &["serve"]),
    ("minijinja", &["theme"]),
    ("notify", &["serve"]),
    ("open", &["cli"]),
    ("png", &["card"]),
    // Reading, what is kept, and rendering are parallel; a preview renders on one thread.
    ("rayon", &["disk", "memory", "pipeline", "serve"]),
    ("resvg", &["card"]),
    ("serde", &["emit", "export", "html", "linked_data", "theme", "view"]), // the values that leave the program
    ("serde_json", &["emit", "export", "linked_data"]),
    ("sha2", &["linked_data"]),
    ("strsim", &["problems"]),
    ("terminal_size", &["cli"]),
    ("tokio", &["serve"]),
    ("toml", &["document"]),
    ("toml_parser", &[]), // named for a feature only
    ("ttf_parser", &["card"]),
    ("unicode_normalization", &["check", "export"]),
    ("walkdir", &["disk"]),
    ("xxhash_rust", &["fingerprint"]),
];

/// Each module of `src/` with the text of its files, tests left out.
fn modules() -> BTreeMap<String, String> {
    let root = repository().join("src");
    let mut modules: BTreeMap<String, String> = BTreeMap::new();
    for path in walk(&root).into_iter().filter(|path| path.extension().is_some_and(|it| it == "rs"))
    {
        let below = path.strip_prefix(&root).unwrap();
        let first = below.iter().next().unwrap().to_str().unwrap();
        let name = first.trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
        modules.entry(name).or_default().push_str(&code);
    }
    modules.retain(|name, _| !["build", "lib", "main"].contains(&name.as_str()));
    modules
}

fn floor(module: &str) -> u32 {
    let floor = FLOORS.iter().find(|(_, modules)| modules.contains(&module));
    floor.unwrap_or_else(|| panic!("`{module}` has no floor")).0
}

/// The names that follow `crate::` or `name::` in code: of one module, or of several in braces.
fn imports(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let (list, is_list) = match rest.strip_prefix('{') {
            Some(rest) => (rest.split_once("};").unwrap().0, true),
            None => (rest, false),
        };
        let parts: Vec<&str> = if is_list { list.split(',').collect() } else { vec![list] };
        for part in parts {
            let name: String =
                part.trim().chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
            names.push(name);
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn no_module_uses_its_own_floor_or_a_higher_one() {
    for (module, code) in modules() {
        for import in imports(&code).into_iter().filter(|import| *import != module) {
            let (own, other) = (floor(&module), floor(&import));
            assert!(other < own, "`{module}` (floor {own}) uses `{import}` (floor {other})");
        }
    }
}

#[test]
fn each_crate_has_its_owner() {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let dependencies =
        manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let listed: Vec<String> = dependencies
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_")))
        .collect();
    let owned: Vec<&str> = OWNERS.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, owned, "every dependency is listed here, and nothing else");
    for (module, code) in modules() {
        for (name, owners) in OWNERS {
            let is_word_end = |at: usize| {
                !code[..at].ends_with(|it: char| it.is_alphanumeric() || it == '_' || it == ':')
            };
            let path = format!("{name}::");
            let uses = code.match_indices(&path).any(|(at, _)| is_word_end(at));
            assert!(!uses || owners.contains(&module.as_str()), "`{module}` uses `{name}`");
        }
    }
}

#[test]
fn every_module_says_what_lives_there() {
    let files = walk(&repository().join("src")).into_iter();
    for path in files.filter(|path| path.extension().is_some_and(|it| it == "rs")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} has no opening words", path.display());
    }
}

#[test]
fn the_program_contains_every_file_of_the_default_theme() {
    let theme = repository().join("themes/plain");
    let list = fs::read_to_string(repository().join("src/theme_files.rs")).unwrap();
    for path in walk(&theme) {
        let below = path.strip_prefix(&theme).unwrap().to_str().unwrap();
        assert!(list.contains(&format!("\"{below}\"")), "`{below}` is not built in");
    }
}

#[test]
fn the_top_level_is_as_agreed() {
    let allowed = [
        "benches",
        "Cargo.lock",
        "Cargo.toml",
        "CHANGELOG.md",
        "content",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "public",
        "README.md",
        "site.toml",
        "src",
        "target",
        "tests",
        "themes",
    ];
    for entry in fs::read_dir(repository()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "`{name}` is new here");
    }
}

#[test]
fn no_text_says_where_it_was_made() {
    let text_files = ["content", "src", "tests", "themes"].map(|part| repository().join(part));
    let others = ["README.md", "CHANGELOG.md", "Cargo.toml", "site.toml", ".ci/run"];
    let files = text_files
        .iter()
        .flat_map(|folder| walk(folder))
        .chain(others.iter().map(|file| repository().join(file)));
    // Put together here, so that this file does not contain them.
    let words = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["shar", "ed/"].concat()];
    let is_foreign = |path: &PathBuf| path.iter().any(|part| part == "node_modules");
    for path in files.filter(|path: &PathBuf| is_text(path) && !is_foreign(path)) {
        let text = fs::read_to_string(&path).unwrap();
        for word in &words {
            assert!(!text.contains(word.as_str()), "{} contains `{word}`", path.display());
        }
    }
}

fn is_text(path: &Path) -> bool {
    !path.extension().is_some_and(|ending| ["png", "pdf", "ttf"].iter().any(|it| ending == *it))
}
