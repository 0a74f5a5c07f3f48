//! The files of the theme: the site's own files, and those of the default theme that the site does
//! not replace.
//!
//! The default theme is part of the program: a site without a `themes/` folder builds, and a site
//! that changes one template keeps all others. This module does not know what the files contain.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use include_dir::{Dir, include_dir};

use crate::settings::DEFAULT_THEME;
use crate::source::{Attachment, Source, SourceId, Sources};

/// The default theme.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/plain");

/// The files of the default theme, as files of a site.
static SOURCES: LazyLock<Vec<Arc<Source>>> = LazyLock::new(|| {
    let mut sources = Vec::new();
    add_sources(&BUILT_IN, &mut sources);
    sources
});

fn add_sources(folder: &Dir<'_>, sources: &mut Vec<Arc<Source>>) {
    for file in folder.files() {
        let parts = file.path().iter().map(|part| part.to_str().expect("the names are ASCII"));
        let path: Vec<&str> = ["themes", DEFAULT_THEME].into_iter().chain(parts).collect();
        sources.push(Arc::new(Source {
            path: path.join("/"),
            text: file.contents_utf8().expect("the theme has only text files").into(),
            is_readable: true,
        }));
    }
    for folder in folder.dirs() {
        add_sources(folder, sources);
    }
}

/// Adds the files of the default theme that the site does not replace.
pub fn with_built_in(mut texts: Vec<Arc<Source>>, attachments: Vec<Attachment>) -> Sources {
    let paths = texts.iter().map(|source| source.path.as_str());
    let replaced: HashSet<&str> = paths.filter(|path| path.starts_with("themes/")).collect();
    let missing = SOURCES.iter().filter(|source| !replaced.contains(source.path.as_str()));
    let missing: Vec<Arc<Source>> = missing.cloned().collect();
    texts.extend(missing);
    Sources::new(texts, attachments)
}

/// A file of the default theme, even if the site replaces it.
pub fn built_in(path: &str) -> Option<Arc<Source>> {
    let path = format!("themes/{DEFAULT_THEME}/{path}");
    SOURCES.iter().find(|source| source.path == path).map(Arc::clone)
}

/// The paths of the files of the default theme, relative to its folder, sorted.
pub fn built_in_paths() -> Vec<&'static str> {
    let folder = format!("themes/{DEFAULT_THEME}/");
    let mut paths: Vec<&str> =
        SOURCES.iter().filter_map(|source| source.path.strip_prefix(&folder)).collect();
    paths.sort_unstable();
    paths
}

#[derive(Clone)]
pub struct ThemeFiles {
    sources: Arc<Sources>,
    theme: String,
}

impl ThemeFiles {
    /// The files of the theme with the name `theme`.
    pub fn new(sources: &Arc<Sources>, theme: &str) -> Self {
        ThemeFiles { sources: Arc::clone(sources), theme: theme.to_owned() }
    }

    /// The names of all themes, sorted.
    pub fn names(sources: &Sources) -> Vec<&str> {
        let mut names: Vec<&str> = sources
            .texts()
            .filter_map(|(_, source)| source.path.strip_prefix("themes/")?.split_once('/'))
            .map(|(name, _)| name)
            .collect();
        names.dedup();
        names
    }

    /// The file at a path relative to the theme folder.
    pub fn find(&self, path: &str) -> Option<(SourceId, &Source)> {
        let in_theme = |theme: &str| self.sources.find(&format!("themes/{theme}/{path}"));
        let (id, source) = in_theme(&self.theme).or_else(|| in_theme(DEFAULT_THEME))?;
        Some((id, source))
    }

    /// The text files in a folder of the theme, sorted by their paths relative to that folder.
    pub fn in_folder(&self, folder: &str) -> Vec<(&str, SourceId, &Source)> {
        let mut files: Vec<_> = [self.theme.as_str(), DEFAULT_THEME]
            .into_iter()
            .flat_map(|theme| {
                let prefix = format!("themes/{theme}/{folder}/");
                self.sources.texts().filter_map(move |(id, source)| {
                    Some((source.path.strip_prefix(&prefix)?, id, source.as_ref()))
                })
            })
            .collect();
        // The sort is stable: the theme's own file comes before the default theme's.
        files.sort_by_key(|(path, ..)| *path);
        files.dedup_by_key(|(path, ..)| *path);
        files
    }

    /// The files in `assets/` that are not text: their paths relative to that folder, and relative
    /// to the site folder.
    pub fn binary_assets(&self) -> impl Iterator<Item = (&str, &str)> {
        let own_folder = format!("themes/{}/assets/", self.theme);
        let default_folder = format!("themes/{DEFAULT_THEME}/assets/");
        self.sources.attachments().iter().filter_map(move |attachment| {
            let path = attachment.path.as_str();
            let replaced = |name: &str| {
                let own_file = format!("{own_folder}{name}");
                self.sources.attachments().iter().any(|attachment| attachment.path == own_file)
            };
            let from_default = || path.strip_prefix(&default_folder).filter(|name| !replaced(name));
            Some((path.strip_prefix(&own_folder).or_else(from_default)?, path))
        })
    }
}
