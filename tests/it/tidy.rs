//! Enforces the architecture: which module imports which, who owns each external crate, and what
//! the repository must not contain.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::fixture::{repository, walk};

/// Which modules may use an external crate. More than one owner needs a reason.
const OWNERS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["emit"]),
    ("anyhow", &["disk", "serve", "cli"]), // the edges, where the environment can fail
    ("base64", &["hash"]),
    ("brotli", &["compress"]),
    ("calamine", &["workbook"]),
    ("celes", &["export"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("comrak", &["markdown"]),
    // The data of the portal; OGP's table; the forms that ministries fill in.
    ("csv", &["export", "import", "workbook"]),
    ("flate2", &["compress"]),
    ("harfrust", &["card"]),
    ("http_body_util", &["serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    // Languages, the calendar, Unicode normalization.
    ("icu", &["language", "model", "unicode"]),
    // The names of countries.
    ("icu_locale", &["language"]),
    ("icu_segmenter", &["unicode"]),
    // The default theme; the files of a new site for each host.
    ("include_dir", &["starter", "theme_files"]),
    ("lightningcss", &["stylesheet"]),
    ("mimalloc", &["main"]),
    ("mime_guess", &["serve"]),
    ("minijinja", &["theme"]),
    ("notify", &["serve"]),
    ("open", &["cli"]),
    ("percent_encoding", &["web_address"]),
    ("png", &["card"]),
    // Reading, parsing, checking and rendering are parallel; the preview renders on one thread.
    ("rayon", &["check", "disk", "draft", "pipeline", "serve"]),
    ("resvg", &["card"]),
    ("rust_xlsxwriter", &["workbook"]),
    // The values that leave the program: JSON, and views for templates.
    ("serde", &["emit", "export", "html", "linked_data", "render", "theme", "view"]),
    ("serde_json", &["emit", "export", "format", "linked_data"]),
    ("sha2", &["hash"]),
    ("similar", &["emit"]),
    ("skrifa", &["card"]),
    ("strsim", &["problems"]),
    ("strum", &["diagnostic", "difference", "format", "route", "model"]),
    ("terminal_size", &["cli"]),
    ("textwrap", &["figure"]),
    ("tokio", &["serve"]),
    ("toml", &["document"]),
    ("toml_edit", &["edit"]),
    ("unicode_bidi", &["card"]),
    ("ureq", &["web"]),
    ("url", &["web_address"]),
    ("walkdir", &["disk"]),
    ("zip", &["workbook"]),
];

/// What modules do not know, according to their headers: the modules that they never import, even
/// indirectly.
const UNKNOWN: &[(&str, &[&str])] = &[
    ("edit", &["document", "format", "source"]),
    ("source", &["document", "markdown", "disk"]),
    ("html", &["theme"]),
    ("diagnostic", &["problems", "emit"]),
    ("difference", &["emit", "disk", "cli"]),
    ("linked_data", &["model", "page", "view"]),
    ("model", &["document", "html", "route"]),
    ("problems", &["document", "draft", "check"]),
    ("document", &["draft", "settings"]),
    ("settings", &["theme", "theme_files", "language"]),
    ("draft", &["route", "check", "view"]),
    ("markdown", &["draft", "route", "view"]),
    ("check", &["view", "theme", "disk"]),
    ("route", &["view", "theme"]),
    ("theme_files", &["language", "stylesheet", "theme"]),
    ("chart", &["language", "theme"]),
    ("stylesheet", &["page", "theme"]),
    ("emit", &["disk", "cli", "serve"]),
    ("card", &["view", "theme"]),
    ("language", &["view", "export", "theme"]),
    ("export", &["view", "theme"]),
    ("view", &["theme"]),
    ("theme", &["page", "view"]),
    ("render", &["disk", "pipeline"]),
    ("pipeline", &["disk", "cli", "serve", "emit"]),
    ("starter", &["disk", "cli"]),
    ("import", &["disk", "cli", "serve", "emit"]),
    ("workbook", &["disk", "cli"]),
    ("disk", &["cli", "serve", "emit"]),
    ("serve", &["cli"]),
];

/// Each Rust file of `src/` by its module path, such as `model::date`, with its code except tests.
fn files() -> BTreeMap<String, String> {
    let root = repository().join("src");
    let is_rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    let mut files = BTreeMap::new();
    for path in walk(&root).into_iter().filter(is_rust) {
        let relative = path.strip_prefix(&root).unwrap().with_extension("");
        let parts: Vec<&str> = relative.iter().map(|part| part.to_str().unwrap()).collect();
        let name = parts.join("::");
        let name = name.strip_suffix("::mod").unwrap_or(&name).to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        files.insert(name, code.lines().filter(is_code).collect::<Vec<_>>().join("\n"));
    }
    files
}

/// The top-level modules, with the code of all their files.
fn modules() -> BTreeMap<String, String> {
    let mut modules: BTreeMap<String, String> = BTreeMap::new();
    for (name, code) in files() {
        let top = name.split("::").next().unwrap().to_owned();
        modules.entry(top).or_default().push_str(&code);
    }
    modules.remove("lib");
    modules.remove("main");
    modules
}

/// The paths in code that start with `crate::`, `super::` or the name of a submodule, as written in
/// the module `name`, resolved to files.
fn imports(name: &str, code: &str, files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let parent = name.rsplit_once("::").map_or("", |(parent, _)| parent);
    let mut paths = Vec::new();
    for (prefix, base) in [("crate::", ""), ("super::", parent)] {
        for (offset, _) in code.match_indices(prefix) {
            if code[..offset].ends_with("::") {
                continue;
            }
            for path in expand(&code[offset + prefix.len()..]) {
                paths.push(join(base, &path));
            }
        }
    }
    let children = files.keys().filter(|file| file.starts_with(&format!("{name}::")));
    for child in children {
        let last = child.rsplit("::").next().unwrap();
        if code.contains(&format!("{last}::")) {
            paths.push(child.clone());
        }
    }
    let resolve = |path: String| {
        let mut path = path.as_str();
        loop {
            if files.contains_key(path) {
                return Some(path.to_owned());
            }
            path = path.rsplit_once("::")?.0;
        }
    };
    paths.into_iter().filter_map(resolve).filter(|file| file != name).collect()
}

/// The paths at the start of `code`: one, or several in braces.
fn expand(code: &str) -> Vec<String> {
    let is_part = |letter: &char| letter.is_alphanumeric() || *letter == '_' || *letter == ':';
    let first: String = code.chars().take_while(is_part).collect();
    match code[first.len()..].strip_prefix('{') {
        Some(list) => {
            let list = list.split_once('}').unwrap().0;
            list.split(',').map(|part| format!("{first}{}", part.trim())).collect()
        }
        None => vec![first],
    }
}

fn join(base: &str, path: &str) -> String {
    if base.is_empty() { path.to_owned() } else { format!("{base}::{path}") }
}

/// The floor of each node of a graph: one above the highest of those that it imports.
fn floors(graph: &BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, usize> {
    let mut floors: BTreeMap<String, usize> = BTreeMap::new();
    while floors.len() < graph.len() {
        let ready: Vec<(String, usize)> = graph
            .iter()
            .filter(|(name, _)| !floors.contains_key(*name))
            .filter_map(|(name, imports)| {
                let below: Option<Vec<usize>> =
                    imports.iter().map(|import| floors.get(import).copied()).collect();
                Some((name.clone(), below?.into_iter().max().map_or(0, |floor| floor + 1)))
            })
            .collect();
        let rest: Vec<_> = graph.keys().filter(|name| !floors.contains_key(*name)).collect();
        assert!(!ready.is_empty(), "these modules import each other in a circle: {rest:?}");
        floors.extend(ready);
    }
    floors
}

/// Which top-level modules each top-level module imports.
fn module_graph() -> BTreeMap<String, BTreeSet<String>> {
    let files = files();
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, code) in files.iter().filter(|(name, _)| *name != "lib" && *name != "main") {
        let top = |path: &str| path.split("::").next().unwrap().to_owned();
        let imports = imports(name, code, &files).iter().map(|import| top(import)).collect();
        graph.entry(top(name)).or_default().append(&mut { imports });
    }
    for (name, imports) in &mut graph {
        imports.remove(name);
    }
    graph
}

#[test]
fn the_floors_in_the_documentation_are_those_of_the_code() {
    let floors = floors(&module_graph());
    let highest = floors.values().max().unwrap();
    let table: String = (0..=*highest)
        .map(|floor| {
            let modules = floors.iter().filter(|(_, module_floor)| **module_floor == floor);
            let names: Vec<String> = modules.map(|(name, _)| format!("`{name}`")).collect();
            format!("//! | {floor} | {} |\n", names.join(", "))
        })
        .collect();
    let documentation = fs::read_to_string(repository().join("src/lib.rs")).unwrap();
    assert!(documentation.contains(&table), "src/lib.rs should contain this table:\n{table}");
}

#[test]
fn the_files_of_a_folder_do_not_import_each_other_in_a_circle() {
    let files = files();
    for folder in files.keys() {
        let inside = format!("{folder}::");
        let is_inside = |name: &&String| *name == folder || name.starts_with(&inside);
        let graph: BTreeMap<String, BTreeSet<String>> = files
            .keys()
            .filter(is_inside)
            .map(|name| {
                let imports = imports(name, &files[name], &files);
                (name.clone(), imports.into_iter().filter(|name| is_inside(&name)).collect())
            })
            .collect();
        floors(&graph);
    }
}

#[test]
fn no_module_imports_what_its_header_says_it_does_not_know() {
    let graph = module_graph();
    for (module, unknown) in UNKNOWN {
        let mut known: BTreeSet<&str> = BTreeSet::from([*module]);
        let mut queue = vec![*module];
        while let Some(name) = queue.pop() {
            let imports = graph.get(name).into_iter().flatten();
            queue.extend(imports.map(String::as_str).filter(|import| known.insert(import)));
        }
        for name in *unknown {
            assert!(!known.contains(name), "`{module}` imports `{name}`, at least indirectly");
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
            let is_in_path =
                |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
            let is_word_start = |offset: usize| !code[..offset].ends_with(is_in_path);
            let path = format!("{name}::");
            let uses = code.match_indices(&path).any(|(offset, _)| is_word_start(offset));
            assert!(!uses || owners.contains(&module.as_str()), "`{module}` uses `{name}`");
        }
    }
}

/// The longest function, in lines.
const MAX_FUNCTION_LENGTH: usize = 60;

#[test]
fn functions_are_short_and_take_no_boolean() {
    for (name, code) in files() {
        let lines: Vec<&str> = code.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let is_function = line.split(['(', '<']).next().is_some_and(|before| {
                before.split_whitespace().rev().nth(1).is_some_and(|word| word == "fn")
            });
            if !is_function {
                continue;
            }
            let indent = line.len() - line.trim_start().len();
            let end = format!("{}}}", " ".repeat(indent));
            let length = lines[start..].iter().position(|line| *line == end).unwrap_or(0) + 1;
            assert!(length <= MAX_FUNCTION_LENGTH, "{name}: {length} lines: {line}");
            let signature = lines[start..].join(" ");
            let signature = signature.split(['{', ';']).next().unwrap();
            let arguments = signature.split("->").next().unwrap();
            assert!(!arguments.contains(": bool"), "{name}: a boolean parameter: {line}");
        }
    }
}

#[test]
fn every_file_starts_with_a_header() {
    let folders = ["src", "tests"].map(|folder| walk(&repository().join(folder)));
    let files = folders.into_iter().flatten();
    for path in files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} has no header", path.display());
    }
}

#[test]
fn every_test_that_needs_other_programs_first_checks_that_they_are_installed() {
    for path in walk(&repository().join("tests/external")) {
        let text = fs::read_to_string(&path).unwrap();
        for test in text.split("#[test]\n").skip(1) {
            let (name, body) = test.split_once(" {\n").unwrap();
            let starts_with_check = body.starts_with("    check_requirements();\n");
            assert!(starts_with_check, "{}: {name} does not", path.display());
        }
    }
}

#[test]
fn the_top_level_contains_only_known_entries() {
    let allowed = [
        "benches",
        "Cargo.lock",
        "Cargo.toml",
        "CHANGELOG.md",
        "content",
        "deny.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "public",
        "README.md",
        "rust-toolchain.toml",
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
fn no_file_contains_a_path_of_a_development_machine() {
    let text_files = [".github", "benches", "content", "src", "tests", "themes"]
        .map(|part| repository().join(part));
    let others = ["README.md", "CHANGELOG.md", "Cargo.toml", "site.toml", ".ci/run"];
    let files = text_files
        .iter()
        .flat_map(|folder| walk(folder))
        .chain(others.iter().map(|file| repository().join(file)));
    // Concatenated, so that this file does not contain them.
    let words = [
        ["/wo", "rk/"].concat(),
        ["\"/ro", "ot/"].concat(),
        [" /ro", "ot/"].concat(),
        ["shar", "ed/"].concat(),
    ];
    let is_dependency = |path: &PathBuf| path.iter().any(|part| part == "node_modules");
    for path in files.filter(|path: &PathBuf| is_text(path) && !is_dependency(path)) {
        let text = fs::read_to_string(&path).unwrap();
        for word in &words {
            assert!(!text.contains(word.as_str()), "{} contains `{word}`", path.display());
        }
    }
}

fn is_text(path: &Path) -> bool {
    !path
        .extension()
        .is_some_and(|extension| extension == "png" || extension == "pdf" || extension == "ttf")
}
