//! Bundles and minifies the theme's style sheets into one file (lightningcss).
//!
//! `styles/main.css` is the root. The tones of the site's colour follow it, and then `styles/custom.css`
//! if it exists; everything that they import must be in the theme's `styles/` folder. This module does not know about templates or pages.

mod tones;

use std::fmt;
use std::path::{Path, PathBuf};

use lightningcss::bundler::{Bundler, ResolveResult, SourceProvider};
use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::stylesheet::{ParserOptions, PrinterOptions, StyleSheet};

use crate::diagnostic::{Diagnostic, Diagnostics, SourceLocation};
use crate::hash::ContentHash;
use crate::model::Colour;
use crate::problems::{self, templates};
use crate::source::{Span, Spanned};
use crate::theme_files::ThemeFiles;
pub use tones::Tones;

/// The largest number of brackets within each other.
const MAX_DEPTH: usize = 32;
/// The largest number of style sheets, and their largest size together in bytes.
const MAX_SHEETS: usize = 32;
const MAX_TOTAL_SIZE: usize = 256 << 10;

/// Functions that load an image from an address that is a plain text.
const REFUSED_FUNCTIONS: [&str; 2] = ["src", "image"];

/// The theme's own styles, and what a site adds to them.
pub const MAIN: &str = "main.css";
const CUSTOM: &str = "custom.css";

/// The names of the style sheet that imports the others, and of the one with the site's tones. No file
/// has these names.
const ALL: &str = "*";
const TONES: &str = "*tones";

/// The one style sheet of the portal.
#[derive(Debug)]
pub struct Stylesheet {
    /// Relative to the portal's root. The name contains a hash of the content, so that browsers can
    /// cache the file forever.
    pub path: String,
    /// Minified.
    pub css: String,
    /// The tones of the site's colour, if it has one.
    pub tones: Option<Tones>,
}

/// Bundles the theme's style sheets with the tones of the site's colour; `None` if they have errors.
pub fn bundle(
    files: &ThemeFiles,
    accent: Option<Spanned<Colour>>,
    diagnostics: &mut Diagnostics,
) -> Option<Stylesheet> {
    let tones = accent.map(|accent| readable_tones(accent, diagnostics));
    let refused = refused_sheets(files);
    if !refused.is_empty() {
        refused.into_iter().for_each(|problem| diagnostics.add(problem));
        return None;
    }
    let provider = Provider::new(files, tones);
    let mut bundler = Bundler::new(&provider, None, ParserOptions::default());
    let main_file = || SourceLocation::Path(format!("styles/{MAIN}"));
    let bundled = bundler.bundle(Path::new(ALL)).map_err(|error| {
        let location = match &error.loc {
            Some(location) => provider.locate(&location.filename, location.line, location.column),
            None => main_file(),
        };
        problems::style_fault(location, &error.kind.to_string())
    });
    let printed = bundled.and_then(|sheet| {
        let outside = provider.outside_references(&sheet);
        if !outside.is_empty() {
            outside.into_iter().for_each(|problem| diagnostics.add(problem));
            return Ok(None);
        }
        let options = PrinterOptions { minify: true, ..PrinterOptions::default() };
        let printed = sheet.to_css(options).map(Some);
        printed.map_err(|error| problems::style_fault(main_file(), &error.kind.to_string()))
    });
    match printed {
        Ok(None) => None,
        Ok(Some(printed)) => {
            let path =
                format!("assets/main-{}.css", ContentHash::of(printed.code.as_bytes()).short());
            Some(Stylesheet { path, css: printed.code, tones })
        }
        Err(problem) => {
            diagnostics.add(problem);
            None
        }
    }
}

/// Returns the tones of the site's colour. Warns if text in the colour itself would be hard to read.
fn readable_tones(accent: Spanned<Colour>, diagnostics: &mut Diagnostics) -> Tones {
    let tones = Tones::of(accent.value);
    if let Some(contrast) = tones.poor_contrast {
        let (colour, tone) = (accent.value.to_string(), tones.light.to_string());
        diagnostics.add(problems::low_contrast(accent.span, &colour, contrast, &tone));
    }
    tones
}

/// Gives lightningcss the style sheets of the theme.
struct Provider {
    files: ThemeFiles,
    /// The text of the style sheet that imports the others.
    imports: String,
    tones: String,
}

impl Provider {
    fn new(files: &ThemeFiles, tones: Option<Tones>) -> Self {
        let has_custom = files.find(&format!("styles/{CUSTOM}")).is_some();
        let sheets = [(MAIN, true), (TONES, tones.is_some()), (CUSTOM, has_custom)];
        let imports = sheets.iter().filter(|(_, exists)| *exists);
        Provider {
            files: files.clone(),
            imports: imports.map(|(name, _)| format!("@import \"{name}\";")).collect(),
            tones: tones.map(|tones| tones.css()).unwrap_or_default(),
        }
    }

    /// Reports every address in the sheet that is not an asset of the theme: a page must not load
    /// anything from other hosts.
    fn outside_references(&self, sheet: &StyleSheet<'_>) -> Vec<Diagnostic> {
        let analyze_dependencies = Some(DependencyOptions { remove_imports: false });
        let options = PrinterOptions { analyze_dependencies, ..PrinterOptions::default() };
        let dependencies = sheet.to_css(options).ok().and_then(|printed| printed.dependencies);
        let is_asset = |url: &str| {
            self.files.find(&format!("assets/{url}")).is_some()
                || self.files.binary_assets().any(|(path, _)| path == url)
        };
        let outside = |dependency| match dependency {
            Dependency::Url(url) if !url.url.starts_with('#') && !is_asset(&url.url) => {
                let start = url.loc.start;
                // These line numbers start at 1; those of errors start at 0.
                let line = start.line.saturating_sub(1);
                let location = self.locate(&url.loc.file_path, line, start.column);
                Some(problems::style_outside(location, &url.url))
            }
            Dependency::Url(_) => None,
            Dependency::Import(import) => Some(problems::style_outside(
                SourceLocation::Path(format!("styles/{}", import.loc.file_path)),
                &import.url,
            )),
        };
        dependencies.into_iter().flatten().filter_map(outside).collect()
    }

    /// `line` starts at 0. `column` starts at 1, and counts the units of UTF-16.
    fn locate(&self, name: &str, line: u32, column: u32) -> SourceLocation {
        match self.files.find(&format!("styles/{name}")) {
            Some((id, source)) => {
                let mut lines = source.text.split_inclusive('\n');
                let before: usize = lines.by_ref().take(line as usize).map(str::len).sum();
                let mut units = column.saturating_sub(1) as usize;
                let is_before = |letter: &char| {
                    let is_before = units > 0;
                    units = units.saturating_sub(letter.len_utf16());
                    is_before
                };
                let line = lines.next().unwrap_or_default();
                let start: usize =
                    before + line.chars().take_while(is_before).map(char::len_utf8).sum::<usize>();
                SourceLocation::Span(Span::new(id, start..start))
            }
            None => SourceLocation::Path(format!("styles/{name}")),
        }
    }
}

/// Reports style sheets that exceed a limit, and functions that load images from addresses that
/// lightningcss does not see.
fn refused_sheets(files: &ThemeFiles) -> Vec<Diagnostic> {
    let (mut problems, mut total) = (Vec::new(), 0);
    for (number, (_, id, source)) in files.in_folder("styles").into_iter().enumerate() {
        total += source.text.len();
        let at = |offset| SourceLocation::Span(Span::new(id, offset..offset));
        let fault = |offset, reason: String| problems::style_fault(at(offset), &reason);
        if number >= MAX_SHEETS {
            problems.push(fault(0, templates::too_many_sheets(MAX_SHEETS)));
            break;
        }
        if total > MAX_TOTAL_SIZE {
            problems.push(fault(0, templates::sheets_too_large(MAX_TOTAL_SIZE)));
            break;
        }
        match scan(&source.text) {
            Some((offset, Refusal::TooDeep)) => {
                problems.push(fault(offset, templates::nested_too_deep(MAX_DEPTH)));
            }
            Some((offset, Refusal::Backslash)) => {
                problems.push(fault(offset, templates::style_backslash()));
            }
            Some((offset, Refusal::Function(name))) => {
                problems.push(problems::style_outside(at(offset), &format!("{name}()")));
            }
            None => {}
        }
    }
    problems
}

/// Why a style sheet is refused before it is parsed.
enum Refusal {
    TooDeep,
    Backslash,
    Function(&'static str),
}

/// The first part of a style sheet that is refused. lightningcss calls itself once per nested bracket.
/// A bracket closes only the last one that is open, as in CSS; `\\` is refused because it can hide the
/// name of a function.
fn scan(text: &str) -> Option<(usize, Refusal)> {
    let bytes = text.as_bytes();
    let (mut open, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes[at..].starts_with(b"/*") => {
                at = text[at + 2..].find("*/").map_or(bytes.len(), |end| at + 2 + end + 1);
            }
            quote @ (b'"' | b'\'') => at = string_end(bytes, at, quote),
            b'\\' => return Some((at, Refusal::Backslash)),
            b'(' if name_before(text, at) == "url" && !starts_with_quote(&text[at + 1..]) => {
                at = text[at..].find(')').map_or(bytes.len(), |end| at + end);
            }
            bracket @ (b'(' | b'[' | b'{') => {
                let name = name_before(text, at);
                let is_in_set = open.iter().any(|(_, is_set)| *is_set);
                let refused = REFUSED_FUNCTIONS.into_iter().find(|refused| *refused == name);
                if bracket == b'('
                    && let Some(name) = refused
                {
                    return Some((at, Refusal::Function(name)));
                }
                if bracket == b'(' && is_in_set && ["var", "env", "attr"].contains(&&*name) {
                    return Some((at, Refusal::Function("image-set")));
                }
                if open.len() == MAX_DEPTH {
                    return Some((at, Refusal::TooDeep));
                }
                open.push((bracket, bracket == b'(' && name.ends_with("image-set")));
            }
            close @ (b')' | b']' | b'}') => {
                let opening = match close {
                    b')' => b'(',
                    b']' => b'[',
                    _ => b'{',
                };
                if open.last().is_some_and(|(last, _)| *last == opening) {
                    open.pop();
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The index of the quotation mark, or of the end of the line, that ends the string at `start`.
fn string_end(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != quote && !matches!(bytes[at], b'\n' | b'\r' | 0x0c) {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at
}

/// The name directly before `at`, in lower case.
fn name_before(text: &str, at: usize) -> String {
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let name = text[..at].rsplit(|letter| !is_name(letter)).next().unwrap_or_default();
    name.to_ascii_lowercase()
}

fn starts_with_quote(text: &str) -> bool {
    text.trim_start().starts_with(['"', '\''])
}

#[derive(Debug)]
struct NotInTheme(PathBuf);

impl fmt::Display for NotInTheme {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the theme has no style sheet `{}`", self.0.display())
    }
}

impl std::error::Error for NotInTheme {}

impl SourceProvider for Provider {
    type Error = NotInTheme;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, NotInTheme> {
        let name = file.to_str().ok_or_else(|| NotInTheme(file.to_owned()))?;
        match name {
            ALL => return Ok(&self.imports),
            TONES => return Ok(&self.tones),
            _ => {}
        }
        let sheet = self.files.find(&format!("styles/{name}"));
        sheet.map(|(_, source)| &*source.text).ok_or_else(|| NotInTheme(file.to_owned()))
    }

    fn resolve(&self, specifier: &str, _from: &Path) -> Result<ResolveResult, NotInTheme> {
        let name = specifier.strip_prefix("./").unwrap_or(specifier);
        Ok(ResolveResult::File(PathBuf::from(name)))
    }
}
