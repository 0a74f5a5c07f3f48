//! Bundles and minifies the theme's style sheets into one file (lightningcss).
//!
//! `styles/main.css` is the root; everything that it imports must be in the theme's `styles/`
//! folder. This module does not know about templates or pages.

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
    /// Relative to the portal's root. The name contains a hash of the content, so that browsers can
    /// cache the file forever.
    pub path: String,
    /// Minified.
    pub css: String,
}

/// Bundles the theme's style sheets; `None` if they have errors.
pub fn bundle(files: &ThemeFiles, diagnostics: &mut Diagnostics) -> Option<Stylesheet> {
    let provider = Provider { files: files.clone() };
    let mut bundler = Bundler::new(&provider, None, ParserOptions::default());
    let main_file = || SourceLocation::Path("styles/main.css".to_owned());
    let bundled = bundler.bundle(Path::new("main.css")).map_err(|error| {
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
            Some(Stylesheet { path, css: printed.code })
        }
        Err(problem) => {
            diagnostics.add(problem);
            None
        }
    }
}

/// Gives lightningcss the style sheets of the theme.
struct Provider {
    files: ThemeFiles,
}

impl Provider {
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

    /// `line` starts at 0 and `column` at 1.
    fn locate(&self, name: &str, line: u32, column: u32) -> SourceLocation {
        match self.files.find(&format!("styles/{name}")) {
            Some((id, source)) => {
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
        let sheet = self.files.find(&format!("styles/{name}"));
        sheet.map(|(_, source)| &*source.text).ok_or_else(|| NotInTheme(file.to_owned()))
    }

    fn resolve(&self, specifier: &str, _from: &Path) -> Result<ResolveResult, NotInTheme> {
        let name = specifier.strip_prefix("./").unwrap_or(specifier);
        Ok(ResolveResult::File(PathBuf::from(name)))
    }
}
