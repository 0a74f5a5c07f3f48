//! A version of a site that commands check or compare with another one.

use std::sync::Arc;

use anyhow::Result;

use super::arguments::today;
use crate::card::FontSources;
use crate::diagnostic::Diagnostics;
use crate::difference::{PageHashes, Version};
use crate::pipeline::{self, BuildOptions};
use crate::render::Renderer;
use crate::settings::{self, Settings};
use crate::source::Sources;

/// The options of a build that nobody publishes.
pub(super) fn options() -> Result<BuildOptions> {
    Ok(BuildOptions {
        today: today(None)?,
        base_url: None,
        links: None,
        noindex: false,
        precompress: false,
        shows_drafts: false,
        fonts: FontSources::Site,
    })
}

/// A version of the site with everything that is compared.
pub(super) struct Assembled {
    pub sources: Arc<Sources>,
    settings: Settings,
    pub renderer: Renderer,
    /// `None` if they are not rendered, or one of them cannot be.
    pages: Option<PageHashes>,
}

impl Assembled {
    /// Assembles a version, without its pages. Returns `None` if there is nothing to compare; `diagnostics`
    /// then contains an error.
    pub(super) fn new(
        sources: &Arc<Sources>,
        options: &BuildOptions,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let renderer = pipeline::assemble(sources, options, None, |_| (), diagnostics)?;
        // What is wrong with the settings is already reported.
        let settings = settings::read(sources, &mut Diagnostics::default())?;
        Some(Assembled { sources: Arc::clone(sources), settings, renderer, pages: None })
    }

    /// Renders every page.
    pub(super) fn with_pages(
        mut self,
        options: &BuildOptions,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let pages = pipeline::plan(&self.renderer, options, diagnostics);
        let (hashes, failures) = pipeline::hash_pages(&self.renderer, &pages);
        self.pages = (!failures.has_errors()).then_some(hashes);
        diagnostics.append(failures);
        self
    }

    pub(super) fn version(&self) -> Version<'_> {
        let Assembled { sources, settings, renderer, pages } = self;
        Version { sources, settings, portal: &renderer.portal, pages: pages.as_ref() }
    }
}
