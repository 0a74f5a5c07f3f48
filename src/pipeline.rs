//! The stages in order: this file outlines the program.
//!
//! Sources become drafts, drafts become the portal, and with the theme the portal becomes pages.
//! Each stage adds its problems and continues. No stage knows which command is running, and none of
//! them touches the file system.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::card::{self, CardDesign, FontSources, Logo};
use crate::check;
use crate::compress::{self, Encoding};
use crate::diagnostic::Diagnostics;
use crate::difference::PageHashes;
use crate::draft::{self, DraftCache, LocationDraft};
use crate::hash::ContentHash;
use crate::language::{self, Language};
use crate::model::{LinkStyle, PartialDate};
use crate::output::OutputPath;
use crate::page::{self, Content, Page};
use crate::problems;
use crate::render::{Rendered, Renderer, ThemeBundle};
use crate::route::Routes;
use crate::settings::{self, Settings};
use crate::source::{Source, Sources, Span, Spanned};
use crate::stylesheet;
use crate::theme::Theme;
use crate::theme_files::ThemeFiles;

/// The largest HTML page that Milepost publishes, in bytes.
pub const MAX_PAGE_SIZE: usize = 32 << 20;

/// The options from the command line.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The day that counts as today. Only warnings depend on it.
    pub today: PartialDate,
    /// The address of the portal, where it differs from the one in `site.toml`.
    pub base_url: Option<String>,
    /// What links end with, where it differs from `site.toml`.
    pub links: Option<LinkStyle>,
    /// Whether search engines are asked to leave the portal out.
    pub noindex: bool,
    /// Whether text files get compressed copies.
    pub precompress: bool,
    /// Whether the portal has the commitments that are drafts.
    pub shows_drafts: bool,
    /// Where the fonts of share images come from.
    pub fonts: FontSources,
}

/// A stage that has ended, with what it counted.
#[derive(Debug)]
pub enum Stage {
    /// The files of the site were read.
    Read(usize),
    /// The files of `content/` were parsed.
    Parsed(usize),
    /// The drafts were checked and resolved.
    Checked {
        /// The valid commitments.
        commitments: usize,
        /// The problems of all stages so far.
        problems: usize,
    },
    /// The theme was loaded, with its languages.
    Themed(usize),
    /// The files of the portal were listed.
    Planned(usize),
    /// The files were rendered, and written if the portal is published.
    Rendered(usize),
    /// The portal was published.
    Published {
        /// The files that are new or changed.
        written: usize,
        /// The files that are as before.
        unchanged: usize,
    },
}

/// Turns a site into everything that its pages are rendered from. Returns `None` if there is nothing
/// to render; `diagnostics` then contains an error. A `cache` keeps the drafts of files that do
/// not change from one call to the next. `on_stage` is called at the end of each stage.
pub fn assemble(
    sources: &Arc<Sources>,
    options: &BuildOptions,
    cache: Option<&mut DraftCache>,
    on_stage: impl Fn(&Stage),
    diagnostics: &mut Diagnostics,
) -> Option<Renderer> {
    let mut settings = settings::read(sources, diagnostics)?;
    if let Some(base_url) = &options.base_url {
        settings.site.base_url.clone_from(base_url);
    }
    settings.site.links = options.links.unwrap_or(settings.site.links);
    settings.site.noindex = options.noindex;
    let drafts = draft::read(sources, &settings.site.languages, cache, diagnostics);
    on_stage(&Stage::Parsed(sources.texts().filter(|(_, source)| is_content(source)).count()));
    let routes = Routes::new(&settings.site, &drafts.declared, &drafts.files);
    let mut portal = check::resolve(&settings, drafts, &routes, options.today, diagnostics);
    if !options.shows_drafts {
        portal = portal.without_drafts();
    }
    let (commitments, problems) = (portal.commitments.len(), diagnostics.len());
    on_stage(&Stage::Checked { commitments, problems });
    let mut bundle = load_theme(sources, &settings, diagnostics)?;
    if portal.site.cards {
        let ThemeBundle { languages, cards, .. } = &mut bundle;
        cards.choose_fonts(&portal, languages, sources, options.fonts, diagnostics);
        let spans = settings.language_spans.iter().copied();
        let languages: Vec<_> = languages.iter().cloned().zip(spans).collect();
        card::check_all(&portal, &languages, cards, diagnostics);
    }
    on_stage(&Stage::Themed(bundle.languages.len()));
    Some(Renderer::new(portal, routes, bundle))
}

/// The links to pages of other sites.
#[derive(Debug)]
pub struct OutsideLinks {
    /// The addresses, in the order of the files.
    pub links: Vec<Spanned<String>>,
    /// The addresses of evidence that has no copy in an archive.
    pub unarchived: Vec<Span>,
}

/// Reads the links of a site to pages of other sites. Returns `None` if `site.toml` cannot be read;
/// `diagnostics` then contains an error.
pub fn outside_links(sources: &Sources, diagnostics: &mut Diagnostics) -> Option<OutsideLinks> {
    let settings = settings::read(sources, diagnostics)?;
    let drafts = draft::read(sources, &settings.site.languages, None, diagnostics);
    let evidence = drafts.commitments.iter().flat_map(|commitment| commitment.evidence());
    let unarchived = evidence.filter_map(|evidence| match &evidence.location {
        Some(LocationDraft::Url(url)) if evidence.archived.is_none() => Some(url.span),
        _ => None,
    });
    let unarchived = unarchived.collect();
    let is_outside = |link: &Spanned<String>| !link.value.starts_with('/');
    let links = drafts.links.into_iter().filter(is_outside).collect();
    Some(OutsideLinks { links, unarchived })
}

fn is_content(source: &Source) -> bool {
    source.path.starts_with("content/")
}

/// The theme of a site with its messages and style sheet. Returns `None` if it cannot be used.
fn load_theme(
    sources: &Arc<Sources>,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<ThemeBundle> {
    let themes = ThemeFiles::names(sources);
    if !themes.contains(&settings.site.theme.as_str()) {
        let problem = problems::unknown_theme(settings.theme_span, &settings.site.theme, &themes);
        diagnostics.add(problem);
    }
    let files = ThemeFiles::new(sources, &settings.site.theme);
    let languages: Vec<Arc<Language>> =
        language::read_all(settings, &files, diagnostics).into_iter().map(Arc::new).collect();
    let stylesheet = stylesheet::bundle(&files, settings.accent, diagnostics);
    let logo = settings.logo.as_ref().and_then(|logo| Logo::read(logo, sources, diagnostics));
    let theme = Theme::new(files.clone(), &languages, diagnostics);
    if languages.len() < settings.site.languages.len() {
        return None;
    }
    let (theme, stylesheet) = (theme?, stylesheet?);
    theme.check_styles(&stylesheet.css, diagnostics);
    let cards = CardDesign::new(logo, stylesheet.tones.map(|tones| tones.light));
    Some(ThemeBundle { languages, theme, files, stylesheet, cards })
}

/// Lists every file of the portal.
pub fn plan(
    renderer: &Renderer,
    options: &BuildOptions,
    diagnostics: &mut Diagnostics,
) -> Vec<Page> {
    let Renderer { portal, routes, bundle, .. } = renderer;
    let ThemeBundle { languages, files, stylesheet, cards, .. } = bundle;
    let mut pages = page::plan(portal, routes, languages, files, stylesheet, cards);
    // Most clashes are reported at their cause: this would be a second report.
    if !diagnostics.has_errors() {
        for (first, second) in page::clashes(&pages) {
            diagnostics.add(problems::output_clash(first.as_str(), second.as_str()));
        }
    }
    if options.precompress {
        page::plan_compressed_copies(&mut pages);
    }
    pages
}

/// Renders every page, in any order and on all threads, and hands each to `take`.
///
/// # Errors
/// A failure of `take`. A page that cannot be rendered is a problem instead.
pub fn render_all<E: Send>(
    renderer: &Renderer,
    pages: &[Page],
    take: impl Fn(&Page, Rendered<'_>) -> Result<(), E> + Sync,
) -> Result<Diagnostics, E> {
    let is_stopped = AtomicBool::new(false);
    let theme = &renderer.bundle.theme;
    let limit = theme.fuel_limits(pages.len()).map(|(_, total)| theme.used_fuel() + total);
    let rendered: Vec<Option<_>> = pages
        .par_iter()
        .map(|page| {
            if is_stopped.load(Ordering::Relaxed) {
                return Ok(None);
            }
            let rendered = renderer.render(page);
            if limit.is_some_and(|limit| theme.used_fuel() > limit) {
                is_stopped.store(true, Ordering::Relaxed);
            }
            match rendered {
                Ok(Rendered::Bytes(bytes)) if page.is_html() && bytes.len() > MAX_PAGE_SIZE => {
                    let path = page.output.as_str();
                    Ok(Some(problems::page_too_large(path, bytes.len(), MAX_PAGE_SIZE)))
                }
                Ok(rendered) => take(page, rendered).map(|()| None),
                Err(failure) => {
                    is_stopped.fetch_or(failure.is_endless, Ordering::Relaxed);
                    Ok(Some(*failure.diagnostic))
                }
            }
        })
        .collect::<Result<_, E>>()?;
    if is_stopped.into_inner() {
        return Ok(first_endless(renderer, pages));
    }
    let mut diagnostics = Diagnostics::default();
    let mut locations = Vec::new();
    for diagnostic in rendered.into_iter().flatten() {
        // One mistake in a template fails every page that uses it: report it once.
        if !locations.contains(&diagnostic.location) {
            locations.push(diagnostic.location.clone());
            diagnostics.add(diagnostic);
        }
    }
    Ok(diagnostics)
}

/// Renders every page and discards it, to find the problems of the theme.
pub fn check_pages(renderer: &Renderer, pages: &[Page]) -> Diagnostics {
    let all = render_all(renderer, pages, |_, _| Ok(()));
    all.unwrap_or_else(|never: Infallible| match never {})
}

/// Renders every HTML page, and returns the hash of each. The result lacks the pages that cannot be
/// rendered, which are problems.
pub fn hash_pages(renderer: &Renderer, pages: &[Page]) -> (PageHashes, Diagnostics) {
    let hashes = Mutex::new(PageHashes::new());
    let html: Vec<Page> = pages.iter().filter(|page| page.is_html()).cloned().collect();
    let all = render_all(renderer, &html, |page, rendered| {
        if let (Content::Html(route, _), Rendered::Bytes(bytes)) = (&page.content, rendered) {
            let hash = (route.kind().name(), ContentHash::of(&bytes));
            hashes.lock().expect("no thread panics").insert(page.output.clone(), hash);
        }
        Ok(())
    });
    let diagnostics = all.unwrap_or_else(|never: Infallible| match never {});
    (hashes.into_inner().expect("no thread panics"), diagnostics)
}

/// The first page whose template does not end, whichever thread met one first. If all pages together
/// need too much work, the first that needs more than its share.
fn first_endless(renderer: &Renderer, pages: &[Page]) -> Diagnostics {
    let theme = &renderer.bundle.theme;
    let endless = |page: &Page| {
        let before = theme.used_fuel();
        if let Err(failure) = renderer.render(page) {
            return Some(failure.diagnostic);
        }
        let (mean, _) = theme.fuel_limits(pages.len())?;
        (theme.used_fuel() - before > mean).then(|| renderer.too_much_work(page)).flatten()
    };
    let with_template = || pages.iter().filter(|page| page.has_template());
    let found = with_template()
        .find_map(endless)
        .or_else(|| with_template().find_map(|page| renderer.too_much_work(page)))
        .expect("only templates are stopped");
    let mut diagnostics = Diagnostics::default();
    diagnostics.add(*found);
    diagnostics
}

/// The folder that a portal is written to.
pub trait Destination: Sync {
    /// Why a file cannot be read or written.
    type Error: Send;

    /// What the previous build wrote to `path`; `None` if there is no such file.
    fn previous(&self, path: &OutputPath) -> Option<Vec<u8>>;

    /// The content of a file that is published unchanged, by its path relative to the site folder.
    ///
    /// # Errors
    /// If the file cannot be read.
    fn read(&self, path: &str) -> Result<Vec<u8>, Self::Error>;

    /// Writes a file.
    ///
    /// # Errors
    /// If the file cannot be written.
    fn write(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), Self::Error>;

    /// Copies a file of the site, by its path relative to the site folder.
    ///
    /// # Errors
    /// If the file cannot be copied.
    fn copy(&self, path: &OutputPath, from: &str) -> Result<(), Self::Error>;
}

/// Renders every page, draws the cards and makes the compressed copies. `progress` is called after
/// each page.
///
/// # Errors
/// A failure of `destination`. A page that cannot be rendered is a problem instead.
pub fn write_all<D: Destination>(
    renderer: &Renderer,
    pages: &[Page],
    destination: &D,
    progress: impl Fn() + Sync,
) -> Result<Diagnostics, D::Error> {
    render_all(renderer, pages, |page, rendered| {
        let path = &page.output;
        let bytes = match rendered {
            Rendered::Bytes(bytes) => bytes,
            Rendered::Card(drawing) => card::png(&drawing, destination.previous(path)).into(),
            Rendered::Copy(from) if page.copies.is_empty() => {
                progress();
                return destination.copy(path, &from);
            }
            Rendered::Copy(from) => destination.read(&from)?.into(),
        };
        destination.write(path, &bytes)?;
        for (encoding, copy) in &page.copies {
            write_compressed(destination, copy, *encoding, &bytes)?;
        }
        progress();
        Ok(())
    })
}

fn write_compressed<D: Destination>(
    destination: &D,
    path: &OutputPath,
    encoding: Encoding,
    bytes: &[u8],
) -> Result<(), D::Error> {
    match compress::compressed(bytes, encoding) {
        Some(compressed) => destination.write(path, &compressed),
        None => Ok(()),
    }
}
