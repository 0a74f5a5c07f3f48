//! The stages in their order. Whoever reads this file knows the program.
//!
//! Sources become drafts, drafts become the portal, and with the theme the portal becomes pages.
//! Every stage adds the problems it finds and goes on. No stage knows which command runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::diagnostic::Problems;
use crate::draft::{self, Memory};
use crate::language;
use crate::markdown;
use crate::model::PartialDate;
use crate::page::{self, Page};
use crate::problems;
use crate::render::{Rendered, Renderer};
use crate::route::Routes;
use crate::source::Sources;
use crate::stylesheet;
use crate::theme::Theme;
use crate::theme_files::ThemeFiles;
use crate::{check, settings};

/// The largest page for readers that is made, in bytes.
pub const LARGEST_PAGE: usize = 64 << 20;

/// What is known besides the files of the site.
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// The day that counts as today. Only warnings depend on it.
    pub today: PartialDate,
    /// The address of the portal, where it is another than `site.toml` says.
    pub base_url: Option<String>,
}

/// Makes of a site everything that its pages are made of. `None` if there is nothing to render;
/// `problems` then has an error.
pub fn assemble(
    sources: &Arc<Sources>,
    circumstances: &Circumstances,
    memory: &mut Memory,
    problems: &mut Problems,
) -> Option<Renderer> {
    let mut settings = settings::read(sources, problems)?;
    if let Some(base_url) = &circumstances.base_url {
        settings.site.base_url.clone_from(base_url);
    }
    let drafts = draft::read(sources, &settings.site.languages, memory, problems);
    let routes = Routes::new(&settings.site, &drafts.declared, &drafts.files);
    problems.append(markdown::check_all(&drafts, &routes));
    let portal = check::resolve(&settings, drafts, &routes, circumstances.today, problems);

    let themes = ThemeFiles::names(sources);
    if !themes.contains(&settings.site.theme.as_str()) {
        let problem = problems::unknown_theme(settings.theme_span, &settings.site.theme, &themes);
        problems.add(problem);
    }
    let files = ThemeFiles::new(sources, &settings.site.theme);
    let languages = language::read_all(&settings, &files, problems);
    let stylesheet = stylesheet::bundle(&files, problems);
    let theme = Theme::new(files.clone(), problems);
    if languages.len() < settings.site.languages.len() {
        return None;
    }
    let languages = languages.into_iter().map(Arc::new).collect();
    Some(Renderer { portal, routes, languages, theme: theme?, files, stylesheet: stylesheet? })
}

/// Every file of the portal.
pub fn plan(renderer: &Renderer, problems: &mut Problems) -> Vec<Page> {
    let Renderer { portal, routes, files, stylesheet, .. } = renderer;
    let pages = page::plan(portal, routes, files, stylesheet);
    // Most clashes are told where they come from; then this would be a second telling.
    if !problems.has_errors() {
        for (first, second) in page::clashes(&pages) {
            problems.add(problems::output_clash(first.as_str(), second.as_str()));
        }
    }
    pages
}

/// Renders every page, in any order and on all threads, and hands each to `take`.
///
/// # Errors
/// The first failure of `take`. A page that cannot be rendered is a problem instead.
pub fn render_all<E: Send>(
    renderer: &Renderer,
    pages: &[Page],
    take: impl Fn(&Page, Rendered<'_>) -> Result<(), E> + Sync,
) -> Result<Problems, E> {
    let is_stopped = AtomicBool::new(false);
    let rendered: Vec<Option<_>> = pages
        .par_iter()
        .map(|page| {
            if is_stopped.load(Ordering::Relaxed) {
                return Ok(None);
            }
            match renderer.render(page) {
                Ok(Rendered::Bytes(bytes)) if page.is_html() && bytes.len() > LARGEST_PAGE => {
                    let path = page.output.as_str();
                    Ok(Some(problems::page_too_large(path, bytes.len(), LARGEST_PAGE)))
                }
                Ok(rendered) => take(page, rendered).map(|()| None),
                Err(fault) => {
                    is_stopped.fetch_or(fault.is_endless, Ordering::Relaxed);
                    Ok(Some(*fault.problem))
                }
            }
        })
        .collect::<Result<_, E>>()?;
    if is_stopped.into_inner() {
        return Ok(first_endless(renderer, pages));
    }
    let mut problems = Problems::default();
    let mut places = Vec::new();
    for problem in rendered.into_iter().flatten() {
        // One fault of a template fails every page that it makes: it is told once.
        if !places.contains(&problem.place) {
            places.push(problem.place.clone());
            problems.add(problem);
        }
    }
    Ok(problems)
}

/// The first page whose template does not end, whichever thread met one first.
fn first_endless(renderer: &Renderer, pages: &[Page]) -> Problems {
    let mut problems = Problems::default();
    let endless = |page| renderer.render(page).err().filter(|fault| fault.is_endless);
    problems.add(*pages.iter().find_map(endless).expect("it was met before").problem);
    problems
}
