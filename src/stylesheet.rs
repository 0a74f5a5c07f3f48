//! The theme's style sheets to one small file (lightningcss).
//!
//! `styles/main.css` is the beginning; what it imports comes from the theme's `styles/` folder and
//! from nowhere else.

use std::fmt;
use std::path::{Path, PathBuf};

use lightningcss::bundler::{Bundler, ResolveResult, SourceProvider};
use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::stylesheet::{ParserOptions, PrinterOptions, StyleSheet};

use crate::diagnostic::{Diagnostic, Diagnostics, SourceLocation};
use crate::hash::ContentHash;
use crate::problems;
use crate::source::Span;
use crate::theme_files::ThemeFiles;

/// The one style sheet of the portal.
#[derive(Debug)]
pub struct Stylesheet {
    /// Its address below the portal's root. A change of the content is a change of the name, so
    /// that browsers can keep the file for ever.
    pub path: String,
    /// The minified CSS.
    pub css: String,
}

/// Bundles and minifies the theme's style sheets.
pub fn bundle(files: &ThemeFiles, diagnostics: &mut Diagnostics) -> Option<Stylesheet> {
    let provider = Provider { files: files.clone() };
    let mut bundler = Bundler::new(&provider, None, ParserOptions::default());
    let bundled = bundler.bundle(Path::new("main.css")).map_err(|error| {
        let location = match &error.loc {
            Some(location) => provider.locate(&location.filename, location.line, location.column),
            None => SourceLocation::Path("styles/main.css".to_owned()),
        };
        problems::style_fault(location, &error.kind.to_string())
    });
    let main_file = || SourceLocation::Path("styles/main.css".to_owned());
    let printed = bundled.and_then(|sheet| {
        let reached = provider.reaches_outside(&sheet);
        if !reached.is_empty() {
            reached.into_iter().for_each(|problem| diagnostics.add(problem));
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
            Some(Stylesheet { path, css: printed.code })
        }
        Err(problem) => {
            diagnostics.add(problem);
            None
        }
    }
}

struct Provider {
    files: ThemeFiles,
}

impl Provider {
    /// Whatever the sheet would load that is no asset of the theme: a page must not call on others.
    fn reaches_outside(&self, sheet: &StyleSheet<'_>) -> Vec<Diagnostic> {
        let analyze_dependencies = Some(DependencyOptions { remove_imports: false });
        let options = PrinterOptions { analyze_dependencies, ..PrinterOptions::default() };
        let dependencies = sheet.to_css(options).ok().and_then(|printed| printed.dependencies);
        let is_asset = |url: &str| {
            self.files.find(&format!("assets/{url}")).is_some()
                || self.files.binary_assets().any(|(path, _)| path == url)
        };
        let outside = |dependency| match dependency {
            Dependency::Url(found) if !found.url.starts_with('#') && !is_asset(&found.url) => {
                let start = found.loc.start;
                // Here lines count from 1, unlike in errors.
                let line = start.line.saturating_sub(1);
                let location = self.locate(&found.loc.file_path, line, start.column);
                Some(problems::style_outside(location, &found.url))
            }
            Dependency::Url(_) => None,
            Dependency::Import(found) => Some(problems::style_outside(
                SourceLocation::Path(format!("styles/{}", found.loc.file_path)),
                &found.url,
            )),
        };
        dependencies.into_iter().flatten().filter_map(outside).collect()
    }

    fn locate(&self, name: &str, line: u32, column: u32) -> SourceLocation {
        match self.files.find(&format!("styles/{name}")) {
            Some((id, source)) => {
                // Lines count from 0 here and columns from 1.
                let mut lines = source.text.split_inclusive('\n');
                let before: usize = lines.by_ref().take(line as usize).map(str::len).sum();
                let start = (before + column.saturating_sub(1) as usize).min(source.text.len());
                SourceLocation::Span(Span::new(id, start..start))
            }
            None => SourceLocation::Path(format!("styles/{name}")),
        }
    }
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
        let found = self.files.find(&format!("styles/{name}"));
        found.map(|(_, source)| &*source.text).ok_or_else(|| NotInTheme(file.to_owned()))
    }

    fn resolve(&self, specifier: &str, _from: &Path) -> Result<ResolveResult, NotInTheme> {
        let name = specifier.strip_prefix("./").unwrap_or(specifier);
        Ok(ResolveResult::File(PathBuf::from(name)))
    }
}
