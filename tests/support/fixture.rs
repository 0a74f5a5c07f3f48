//! A site in one string, and the result of building it.
//!
//! `//- path` begins a file. A small valid site provides the files that a fixture leaves out. A
//! comment with carets marks the expected problem in the line above it, so that a fixture checks
//! itself:
//!
//! ```toml
//! level = "substancial"
//! #       ^^^^^^^^^^^^^ unknown-completion-level
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use milepost::testing::{
    Attachment, BuildOptions, Diagnostic, Diagnostics, FontSources, Page, PartialDate, Rendered,
    Source, SourceLocation, Sources, assemble, check_pages, plan, render_all, short, with_built_in,
};

/// The folder of the repository.
pub(crate) fn repository() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().find(|folder| folder.join("site.toml").exists()).unwrap()
}

/// The files of a folder and its subfolders, sorted.
pub(crate) fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// The folder of the rich site.
pub(crate) fn rich_folder() -> PathBuf {
    repository().join("tests/rich")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A lock for tests that use the whole machine or measure the time of a build: one runs at a time.
pub(crate) fn machine() -> MutexGuard<'static, ()> {
    static MACHINE: Mutex<()> = Mutex::new(());
    // If another test failed while it held the lock, that test reports it.
    MACHINE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until a condition is true. `condition` describes it.
#[track_caller]
pub(crate) fn wait_until(condition: &str, mut is_true: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_true() {
        assert!(start.elapsed() < Duration::from_secs(20), "not in 20 seconds: {condition}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Follows a link from the page at `path`. Both paths are relative to `root`, the path of the
/// portal.
pub(crate) fn resolve(path: &str, link: &str, root: &str) -> String {
    if let Some(absolute) = link.strip_prefix(root) {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => assert!(parts.pop().is_some(), "`{link}` on {path} leads out"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The texts between `start` and the next `end`, in order.
pub(crate) fn texts_between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

/// The links and addresses in a page, without HTML escapes.
pub(crate) fn links(html: &str) -> Vec<String> {
    ["href=\"", "src=\""]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"))
        .collect()
}

/// Compares a text with the file that contains the expected text, and describes the first line that
/// differs. With the environment variable `UPDATE`, writes the file instead.
pub(crate) fn compare_with_file(path: &Path, text: &str) -> Option<String> {
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        return None;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == text {
        return None;
    }
    let lines = expected.lines().zip(text.lines());
    let equal = lines.take_while(|(expected, found)| expected == found).count();
    let line = |text: &str| text.lines().nth(equal).unwrap_or("(the end)").to_owned();
    Some(format!(
        "{}, line {}:\n  expected: {}\n  found:    {}",
        path.strip_prefix(repository()).unwrap().display(),
        equal + 1,
        line(&expected),
        line(text)
    ))
}

/// The options with which fixtures are built.
pub(crate) fn build_options() -> BuildOptions {
    BuildOptions {
        links: None,
        noindex: false,
        today: PartialDate::Day(2018, 1, 1),
        base_url: None,
        precompress: false,
        shows_drafts: false,
        fonts: FontSources::Site,
    }
}

/// A valid site with one commitment: the files that a fixture can leave out.
const DEFAULTS: &str = r#"
//- site.toml
title = "Test site"
base_url = "https://example.org/"
language = "en"
//- content/action-plans/2014-2015.toml
title = "Plan"
start_date = "2014"
end_date = "2015"
[[chapters]]
number = "1"
title = "Chapter"
//- content/agencies/finance.toml
name = "Ministry of Finance"
//- content/reports/midterm.toml
title = "Midterm report"
assessor = "government"
action_plan = "2014-2015"
date = "2015"
//- content/commitments/2014-2015/1.toml
title = "Promise"
lead = "finance"
objective = "Objective"
description = "Description"
"#;

/// A site in memory.
#[derive(Clone)]
pub(crate) struct Site {
    files: BTreeMap<String, String>,
    /// The fonts by path.
    fonts: BTreeMap<String, Vec<u8>>,
}

/// The font of the rich site for its Arabic pages.
const ARABIC_FONT: &str = "fonts/NotoSansArabic-Bold.ttf";

/// The result of building a site.
pub(crate) struct Outcome {
    /// The diagnostics, one per line.
    pub diagnostics: String,
    /// The files of the portal; empty if it could not be rendered.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The example site of the repository, built once for all tests of a process.
pub(crate) fn example() -> &'static Outcome {
    static EXAMPLE: LazyLock<Outcome> = LazyLock::new(|| Site::example().build());
    &EXAMPLE
}

impl Site {
    /// The default site, with the files of `text` added or replaced. In a replaced file, a line `…`
    /// means the content of the default file.
    pub(crate) fn new(text: &str) -> Self {
        let mut files = split(DEFAULTS);
        for (path, content) in split(text) {
            let default = files.get(&path).cloned().unwrap_or_default();
            files.insert(path, content.replace("…\n", &default));
        }
        Site { files, fonts: BTreeMap::new() }
    }

    /// The files of the example site in the repository.
    pub(crate) fn example() -> Self {
        Site::in_folder(repository())
    }

    /// The files of the rich site: an invented country with two plans, in English and Arabic.
    pub(crate) fn rich() -> Self {
        Site::in_folder(&rich_folder()).with_font(ARABIC_FONT)
    }

    /// Adds a font of the rich site.
    pub(crate) fn with_font(mut self, path: &str) -> Self {
        self.fonts.insert(path.to_owned(), fs::read(rich_folder().join(path)).unwrap());
        self
    }

    fn in_folder(root: &Path) -> Self {
        let mut files = BTreeMap::new();
        let paths = walk(&root.join("content")).into_iter().chain([root.join("site.toml")]);
        for path in paths {
            let relative = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.insert(relative, fs::read_to_string(&path).unwrap());
        }
        Site { files, fonts: BTreeMap::new() }
    }

    /// Changes one file.
    pub(crate) fn with(mut self, path: &str, change: impl Fn(&str) -> String) -> Self {
        let file = self.files.get_mut(path).unwrap_or_else(|| panic!("no `{path}`"));
        *file = change(file);
        self
    }

    /// Removes one file.
    pub(crate) fn without(mut self, path: &str) -> Self {
        assert!(self.files.remove(path).is_some(), "no `{path}`");
        self
    }

    /// The files of the site, by path.
    pub(crate) fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// Writes the site to a folder.
    pub(crate) fn write_to(&self, folder: &Path) {
        for (path, text) in &self.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        for (path, font) in &self.fonts {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, font).unwrap();
        }
    }

    /// The site as the program reads it.
    pub(crate) fn sources(&self) -> Arc<Sources> {
        let (mut texts, mut attachments) = (Vec::new(), Vec::new());
        let mut contents: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        for (path, font) in &self.fonts {
            attachments.push(Attachment { path: path.clone(), size: font.len() as u64 });
            contents.insert(path.clone(), font.as_slice().into());
        }
        let settings = self.files.get("site.toml").map_or("", String::as_str);
        let logo = texts_between(settings, "\nlogo = \"", "\"").pop().unwrap_or_default();
        let logo = format!("content/{logo}");
        for (path, text) in self.files.clone() {
            let size = text.len() as u64;
            let is_published =
                ["content/files/", "content/root/", "fonts/"].iter().any(|f| path.starts_with(f));
            if is_published || path.ends_with(".bin") {
                if path == logo || path.starts_with("fonts/") {
                    contents.insert(path.clone(), text.as_bytes().into());
                }
                attachments.push(Attachment { path, size });
            } else {
                texts.push(Arc::new(Source {
                    path,
                    text: text.as_str().into(),
                    is_readable: true,
                }));
            }
        }
        Arc::new(with_built_in(texts, attachments).with_contents(contents))
    }

    /// Builds the portal in memory.
    pub(crate) fn build(&self) -> Outcome {
        self.build_with(&build_options())
    }

    /// Builds the portal in memory as on another day.
    pub(crate) fn build_on(&self, year: u16, month: u8, day: u8) -> Outcome {
        let today = PartialDate::Day(year, month, day);
        self.build_with(&BuildOptions { today, ..build_options() })
    }

    fn build_with(&self, options: &BuildOptions) -> Outcome {
        let sources = self.sources();
        let mut diagnostics = Diagnostics::default();
        let files = Mutex::new(BTreeMap::new());
        if let Some(renderer) = assemble(&sources, options, None, |_| (), &mut diagnostics) {
            let pages = plan(&renderer, options, &mut diagnostics);
            let collect = |page: &Page, rendered: Rendered<'_>| {
                let bytes = match rendered {
                    Rendered::Bytes(bytes) => bytes.into_owned(),
                    Rendered::Card(drawing) => drawing.svg().as_bytes().to_vec(),
                    Rendered::Copy(path) => self.files[&path].clone().into_bytes(),
                };
                files.lock().unwrap().insert(page.output.to_string(), bytes);
                Ok::<(), ()>(())
            };
            let rendered = render_all(&renderer, &pages, collect);
            diagnostics.append(rendered.unwrap());
        }
        let diagnostics = short(&diagnostics.into_sorted(&sources), &sources);
        Outcome { diagnostics, files: files.into_inner().unwrap() }
    }

    /// The problems of the site, sorted, with the sources that they point into.
    pub(crate) fn diagnostics(&self) -> (Vec<Diagnostic>, Arc<Sources>) {
        let sources = self.sources();
        let mut diagnostics = Diagnostics::default();
        let options = build_options();
        if let Some(renderer) = assemble(&sources, &options, None, |_| (), &mut diagnostics) {
            let pages = plan(&renderer, &options, &mut diagnostics);
            diagnostics.append(check_pages(&renderer, &pages));
        }
        (diagnostics.into_sorted(&sources), sources)
    }

    /// The problems of the site: file, line, first column, end column (exclusive) and code.
    fn positions(&self) -> Vec<(String, usize, usize, usize, &'static str)> {
        let (diagnostics, sources) = self.diagnostics();
        let position = |problem: &Diagnostic| match &problem.location {
            SourceLocation::Path(path) => (path.clone(), 0, 0, 0, problem.code.name()),
            SourceLocation::Span(span) => {
                let start = sources.position(*span);
                let path = sources.get(span.source).path.clone();
                let length = sources.text(*span).chars().count();
                (path, start.line, start.column, start.column + length, problem.code.name())
            }
        };
        diagnostics.iter().map(position).collect()
    }
}

impl Outcome {
    /// The text of a file of the portal.
    #[track_caller]
    pub(crate) fn text(&self, path: &str) -> &str {
        let Some(bytes) = self.files.get(path) else {
            panic!("no `{path}`; diagnostics:\n{}", self.diagnostics)
        };
        std::str::from_utf8(bytes).unwrap()
    }

    /// The content of `<main>` on a page.
    #[track_caller]
    pub(crate) fn main(&self, path: &str) -> &str {
        let text = self.text(path);
        let start = text.find("<main").unwrap();
        &text[start..text.find("</main>").unwrap()]
    }
}

/// Checks a site, and asserts that it has exactly the problems that the carets mark.
#[track_caller]
pub(crate) fn check_site(text: &str) {
    let site = Site::new(text);
    let mut expected = Vec::new();
    for (path, content) in site.files() {
        let mut target = (0, "");
        for (index, line) in content.lines().enumerate() {
            match carets(line) {
                Some((column, length, code)) => {
                    expected.push((path.clone(), target.0, column, column + length, code));
                }
                None => target = (index + 1, line),
            }
        }
    }
    let mut found: Vec<_> = site
        .positions()
        .into_iter()
        .map(|(path, line, start, end, code)| (path, line, start, end, code.to_owned()))
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "found (left), expected (right)\n{}", site.build().diagnostics);
}

/// `#   ^^^^ code`: the column of the first caret, their number, and the code.
fn carets(line: &str) -> Option<(usize, usize, String)> {
    let start = line.find('^').filter(|_| line.starts_with('#'))?;
    let length = line[start..].chars().take_while(|character| *character == '^').count();
    Some((start + 1, length, line[start + length..].trim().to_owned()))
}

/// Splits a text into files at its `//- path` lines.
fn split(text: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for file in text.split("//- ").skip(1) {
        let (path, content) = file.split_once('\n').unwrap();
        files.insert(path.trim().to_owned(), content.to_owned());
    }
    files
}
