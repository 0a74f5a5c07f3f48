//! `milepost diff`: says what changes in the portal between two versions of a site.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::arguments::{DiffArguments, PROBLEMS_FOUND, today};
use crate::card::FontSources;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::difference::{Difference, PageHashes, Version};
use crate::disk;
use crate::emit;
use crate::pipeline::{self, BuildOptions};
use crate::problems::DiffFailure;
use crate::render::Renderer;
use crate::settings::{self, Settings};
use crate::source::Sources;

pub(super) fn run(arguments: &DiffArguments) -> Result<ExitCode> {
    let DiffArguments { folders, git, json } = arguments;
    let current = Path::new(".");
    let (old, new) = match (git, &folders[..]) {
        (None, [old, new]) => (disk::read_site(old)?, disk::read_site(new)?),
        (Some(revision), []) => (disk::read_site_at(revision, current)?, disk::read_site(current)?),
        (Some(revision), [folder]) => {
            (disk::read_site_at(revision, folder)?, disk::read_site(folder)?)
        }
        _ => bail!(DiffFailure::NeedsTwoVersions),
    };
    let options = BuildOptions {
        today: today(None)?,
        base_url: None,
        links: None,
        noindex: false,
        precompress: false,
        shows_drafts: false,
        fonts: FontSources::Site,
    };
    let (new, new_errors) = Assembled::new(new, &options);
    if new_errors > 0 {
        let text = match json {
            true => emit::new_errors_json(new_errors),
            false => emit::new_errors_markdown(new_errors),
        };
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(ExitCode::from(PROBLEMS_FOUND));
    }
    let (old, old_errors) = Assembled::new(old, &options);
    let (Some(new), Some(old)) = (new, old) else { bail!(DiffFailure::OldVersionIsUnusable) };
    let difference = Difference::new(old.version(), new.version());
    let text = match json {
        true => emit::difference_json(&difference, old_errors),
        false => emit::difference_markdown(&difference, old_errors),
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// A version of the site with everything that is compared.
struct Assembled {
    sources: Arc<Sources>,
    settings: Settings,
    renderer: Renderer,
    /// `None` if a page cannot be rendered.
    pages: Option<PageHashes>,
}

impl Assembled {
    /// Returns also the number of errors; `None` if they leave nothing to compare.
    fn new(
        (sources, mut diagnostics): (Arc<Sources>, Diagnostics),
        options: &BuildOptions,
    ) -> (Option<Self>, usize) {
        let assembled = Assembled::assemble(&sources, options, &mut diagnostics);
        let all = diagnostics.into_sorted(&sources);
        (assembled, all.iter().filter(|problem| Diagnostic::is_error(problem)).count())
    }

    fn assemble(
        sources: &Arc<Sources>,
        options: &BuildOptions,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let renderer = pipeline::assemble(sources, options, None, |_| (), diagnostics)?;
        let pages = pipeline::plan(&renderer, options, diagnostics);
        let (hashes, failures) = pipeline::hash_pages(&renderer, &pages);
        let pages = (!failures.has_errors()).then_some(hashes);
        diagnostics.append(failures);
        // What is wrong with the settings is already reported.
        let settings = settings::read(sources, &mut Diagnostics::default())?;
        Some(Assembled { sources: Arc::clone(sources), settings, renderer, pages })
    }

    fn version(&self) -> Version<'_> {
        let Assembled { sources, settings, renderer, pages } = self;
        Version { sources, settings, portal: &renderer.portal, pages: pages.as_ref() }
    }
}
