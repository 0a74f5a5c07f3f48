//! The files of the theme: the site's own, and the default theme's wherever the site has none.
//!
//! The default theme is a part of the program, so that a site without a `themes/` folder builds, and
//! a site that changes one template keeps all the others. What the files say is not known here.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use crate::settings::DEFAULT_THEME;
use crate::source::{Attachment, Source, SourceId, Sources};

macro_rules! built_in {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../themes/plain/", $path)))),*]
    };
}

/// Every file of the default theme, by its path below the theme's folder.
const BUILT_IN: &[(&str, &str)] = &built_in![
    "theme.toml",
    "assets/icon.svg",
    "assets/search.js",
    "languages/en.toml",
    "languages/mn.toml",
    "styles/main.css",
    "templates/agencies.html",
    "templates/agency.html",
    "templates/article.html",
    "templates/base.html",
    "templates/changes.html",
    "templates/commitment.html",
    "templates/commitments.html",
    "templates/data.html",
    "templates/home.html",
    "templates/level.html",
    "templates/macros.html",
    "templates/not-found.html",
    "templates/plan.html",
    "templates/redirect.html",
    "templates/report.html",
    "templates/search.html",
    "templates/sheet.html",
];

/// The same, as files of a site.
static SOURCES: LazyLock<Vec<Arc<Source>>> = LazyLock::new(|| {
    let source = |(path, text): &(&str, &str)| Source {
        path: format!("themes/{DEFAULT_THEME}/{path}"),
        text: (*text).into(),
        is_readable: true,
    };
    BUILT_IN.iter().map(|file| Arc::new(source(file))).collect()
});

/// Adds the default theme's files to those of the site.
pub fn with_built_in(mut texts: Vec<Arc<Source>>, attachments: Vec<Attachment>) -> Sources {
    let paths = texts.iter().map(|source| source.path.as_str());
    let own: HashSet<&str> = paths.filter(|path| path.starts_with("themes/")).collect();
    let missing = SOURCES.iter().filter(|source| !own.contains(source.path.as_str()));
    let missing: Vec<Arc<Source>> = missing.cloned().collect();
    texts.extend(missing);
    Sources::new(texts, attachments)
}

/// A file of the default theme, as it is in the program.
///
/// # Panics
/// If there is none at this path.
pub fn built_in(path: &str) -> Arc<Source> {
    let at = BUILT_IN.iter().position(|(it, _)| *it == path).expect("a part of the program");
    Arc::clone(&SOURCES[at])
}

/// The files of one theme.
#[derive(Clone)]
pub struct ThemeFiles {
    sources: Arc<Sources>,
    theme: String,
}

impl ThemeFiles {
    /// The files of the theme that is called `theme`.
    pub fn new(sources: &Arc<Sources>, theme: &str) -> Self {
        ThemeFiles { sources: Arc::clone(sources), theme: theme.to_owned() }
    }

    /// The names of all themes there are.
    pub fn names(sources: &Sources) -> Vec<&str> {
        let mut names: Vec<&str> = sources
            .texts()
            .filter_map(|(_, source)| source.path.strip_prefix("themes/")?.split_once('/'))
            .map(|(name, _)| name)
            .collect();
        names.dedup();
        names
    }

    /// The file at a path below the theme's folder.
    pub fn find(&self, path: &str) -> Option<(SourceId, &Source)> {
        let in_theme = |theme: &str| self.sources.find(&format!("themes/{theme}/{path}"));
        let (id, source) = in_theme(&self.theme).or_else(|| in_theme(DEFAULT_THEME))?;
        Some((id, source))
    }

    /// The text files in a folder of the theme, by their path below that folder, sorted.
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
        // A stable sort, so that the theme's own file comes before the default's.
        files.sort_by_key(|(path, ..)| *path);
        files.dedup_by_key(|(path, ..)| *path);
        files
    }

    /// The theme's files that are not text, in its `assets/`: the path below that folder, and
    /// the path below the site's.
    pub fn binary_assets(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = format!("themes/{}/assets/", self.theme);
        let default = format!("themes/{DEFAULT_THEME}/assets/");
        self.sources.attachments().iter().filter_map(move |attachment| {
            let path = attachment.path.as_str();
            let replaced = |name: &str| {
                own != default
                    && self.sources.attachments().iter().any(|it| it.path == format!("{own}{name}"))
            };
            let of_default = || path.strip_prefix(&default).filter(|name| !replaced(name));
            Some((path.strip_prefix(&own).or_else(of_default)?, path))
        })
    }
}
