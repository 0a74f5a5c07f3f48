//! The theme's style sheets to one small file (lightningcss).
//!
//! `styles/main.css` is the beginning; what it imports comes from the theme's `styles/` folder and
//! from nowhere else.

use std::fmt;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use lightningcss::bundler::{Bundler, ResolveResult, SourceProvider};
use lightningcss::stylesheet::{ParserOptions, PrinterOptions};

use crate::diagnostic::{Place, Problems};
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
pub fn bundle(files: &ThemeFiles<'_>, problems: &mut Problems) -> Option<Stylesheet> {
    let provider = Provider { files: files.clone() };
    let mut bundler = Bundler::new(&provider, None, ParserOptions::default());
    let bundled = bundler.bundle(Path::new("main.css")).map_err(|error| {
        let place = match &error.loc {
            Some(location) => provider.place(&location.filename, location.line, location.column),
            None => Place::Path("styles/main.css".to_owned()),
        };
        problems::style_fault(place, &error.kind.to_string())
    });
    let options = PrinterOptions { minify: true, ..PrinterOptions::default() };
    let printed = bundled.and_then(|sheet| {
        sheet.to_css(options).map_err(|error| {
            let place = Place::Path("styles/main.css".to_owned());
            problems::style_fault(place, &error.kind.to_string())
        })
    });
    match printed {
        Ok(printed) => {
            let path = format!("assets/main-{}.css", content_hash(printed.code.as_bytes()));
            Some(Stylesheet { path, css: printed.code })
        }
        Err(problem) => {
            problems.add(problem);
            None
        }
    }
}

fn content_hash(bytes: &[u8]) -> String {
    let mut hasher = fnv::FnvHasher::default();
    hasher.write(bytes);
    format!("{:016x}", hasher.finish())
}

struct Provider<'s> {
    files: ThemeFiles<'s>,
}

impl Provider<'_> {
    fn place(&self, name: &str, line: u32, column: u32) -> Place {
        match self.files.find(&format!("styles/{name}")) {
            Some((id, source)) => {
                // Lines count from 0 here and columns from 1.
                let mut lines = source.text.split_inclusive('\n');
                let before: usize = lines.by_ref().take(line as usize).map(str::len).sum();
                let start = (before + column.saturating_sub(1) as usize).min(source.text.len());
                Place::Span(Span::new(id, start..start))
            }
            None => Place::Path(format!("styles/{name}")),
        }
    }
}

#[derive(Debug)]
struct NotInTheme(PathBuf);

impl fmt::Display for NotInTheme {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "there is no style sheet {} in the theme", self.0.display())
    }
}

impl std::error::Error for NotInTheme {}

impl SourceProvider for Provider<'_> {
    type Error = NotInTheme;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, NotInTheme> {
        let name = file.to_str().ok_or_else(|| NotInTheme(file.to_owned()))?;
        let found = self.files.find(&format!("styles/{name}"));
        found.map(|(_, source)| source.text.as_str()).ok_or_else(|| NotInTheme(file.to_owned()))
    }

    fn resolve(&self, specifier: &str, _from: &Path) -> Result<ResolveResult, NotInTheme> {
        let name = specifier.strip_prefix("./").unwrap_or(specifier);
        Ok(ResolveResult::File(PathBuf::from(name)))
    }
}
