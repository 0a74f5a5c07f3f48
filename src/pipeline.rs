//! The stages in their order. Whoever reads this file knows the program.
//!
//! Sources become drafts, drafts become the portal, and with the theme the portal becomes pages.
//! Every stage adds the problems it finds and goes on. No stage knows which command runs.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::card;
use crate::check::{self, Judgement};
use crate::diagnostic::{Findings, Problems};
use crate::draft::{self, CommitmentDraft, ReadFile};
use crate::language::{self, Language};
use crate::markdown;
use crate::memory;
use crate::model::PartialDate;
use crate::page::{self, Page};
use crate::problems;
use crate::render::{Look, Rendered, Renderer};
use crate::route::Routes;
use crate::settings::{self, SITE_FILE, Settings};
use crate::source::{Source, Sources};
use crate::stylesheet;
use crate::theme::Theme;
use crate::theme_files::ThemeFiles;

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

/// What was made of a site when it was last assembled, as far as it is still true.
pub struct Memory {
    /// Of what it was made.
    sources: Option<Arc<Sources>>,
    drafts: memory::Memory<Source, Arc<ReadFile>>,
    markdown: memory::Memory<CommitmentDraft, Arc<Findings>>,
    judgements: memory::Memory<CommitmentDraft, Judgement>,
    /// The addresses, and what is wrong with the names that they come from.
    routes: Option<(Arc<Routes>, Arc<Findings>)>,
    look: Option<Arc<Look>>,
}

impl Memory {
    /// For a site that is assembled once.
    pub fn that_forgets() -> Self {
        Memory {
            sources: None,
            drafts: memory::Memory::Forgets,
            markdown: memory::Memory::Forgets,
            judgements: memory::Memory::Forgets,
            routes: None,
            look: None,
        }
    }

    /// For a site that is assembled again and again, each time under the same circumstances.
    pub fn that_keeps() -> Self {
        Memory {
            drafts: memory::Memory::that_keeps(),
            markdown: memory::Memory::that_keeps(),
            judgements: memory::Memory::that_keeps(),
            ..Memory::that_forgets()
        }
    }

    /// Forgets what the changes since the last time make untrue.
    fn forget_what_changed(&mut self, sources: &Arc<Sources>) {
        let before = self.sources.replace(Arc::clone(sources));
        let changed = before.as_ref().and_then(|before| sources.changed_since(before));
        let (mut is_same_site, mut has_same_surroundings, mut is_same_theme) =
            (false, false, false);
        if let Some(changed) = changed {
            let none_in = |part: &str| changed.iter().all(|path| !path.starts_with(part));
            is_same_site = none_in(SITE_FILE);
            is_same_theme = is_same_site && none_in("themes/");
            let is_commitment = |path: &&str| path.starts_with("content/commitments/");
            let of_content = changed.iter().filter(|path| path.starts_with("content/"));
            has_same_surroundings = is_same_site && of_content.into_iter().all(is_commitment);
        }
        if !is_same_site {
            self.drafts.clear();
        }
        if !has_same_surroundings {
            self.markdown.clear();
            self.judgements.clear();
            self.routes = None;
        }
        if !is_same_theme {
            self.look = None;
        }
    }
}

/// Makes of a site everything that its pages are made of. `None` if there is nothing to render;
/// `problems` then has an error.
pub fn assemble(
    sources: &Arc<Sources>,
    circumstances: &Circumstances,
    memory: &mut Memory,
    problems: &mut Problems,
) -> Option<Renderer> {
    memory.forget_what_changed(sources);
    let mut settings = settings::read(sources, problems)?;
    if let Some(base_url) = &circumstances.base_url {
        settings.site.base_url.clone_from(base_url);
    }
    let drafts = draft::read(sources, &settings.site.languages, &mut memory.drafts, problems);
    let (routes, misnamed) = memory.routes.get_or_insert_with(|| {
        let routes = Routes::new(&settings.site, &drafts.declared, &drafts.files);
        (Arc::new(routes), Arc::new(check::names(&drafts)))
    });
    let routes = Arc::clone(routes);
    problems.share(misnamed);
    markdown::check_all(&drafts, &routes, &mut memory.markdown, problems);
    let today = circumstances.today;
    let judgements = &mut memory.judgements;
    let portal = check::resolve(&settings, drafts, &routes, today, judgements, problems);
    if portal.site.cards {
        card::check_all(&portal, problems);
    }
    let look = match memory.look.take() {
        Some(look) => look,
        None => look_of(sources, &settings, problems)?,
    };
    if !problems.has_errors() {
        memory.look = Some(Arc::clone(&look));
    }
    Some(Renderer::new(portal, routes, look))
}

/// The theme of a site with its words. `None` if it cannot be used.
fn look_of(
    sources: &Arc<Sources>,
    settings: &Settings,
    problems: &mut Problems,
) -> Option<Arc<Look>> {
    let themes = ThemeFiles::names(sources);
    if !themes.contains(&settings.site.theme.as_str()) {
        let problem = problems::unknown_theme(settings.theme_span, &settings.site.theme, &themes);
        problems.add(problem);
    }
    let files = ThemeFiles::new(sources, &settings.site.theme);
    let languages = language::read_all(settings, &files, problems);
    let stylesheet = stylesheet::bundle(&files, problems);
    let languages: Vec<Arc<Language>> = languages.into_iter().map(Arc::new).collect();
    let theme = Theme::new(files.clone(), &languages, problems);
    if languages.len() < settings.site.languages.len() {
        return None;
    }
    Some(Arc::new(Look { languages, theme: theme?, files, stylesheet: stylesheet? }))
}

/// Every file of the portal.
pub fn plan(renderer: &Renderer, problems: &mut Problems) -> Vec<Page> {
    let Renderer { portal, routes, look, .. } = renderer;
    let pages = page::plan(portal, routes, &look.files, &look.stylesheet);
    // Most clashes are told where they come from; then this would be a second telling.
    if !problems.has_errors() {
        for (first, second) in page::clashes(&pages) {
            problems.add(problems::output_clash(first.as_str(), second.as_str()));
        }
    }
    pages
}

/// Renders every page but those that `is_known`, in any order and on all threads, and hands each to
/// `take`.
///
/// # Errors
/// The first failure of `is_known` or `take`. A page that cannot be rendered is a problem instead.
pub fn render_all<E: Send>(
    renderer: &Renderer,
    pages: &[Page],
    is_known: impl Fn(&Page) -> Result<bool, E> + Sync,
    take: impl Fn(&Page, Rendered<'_>) -> Result<(), E> + Sync,
) -> Result<Problems, E> {
    let is_stopped = AtomicBool::new(false);
    let rendered: Vec<Option<_>> = pages
        .par_iter()
        .map(|page| {
            if is_stopped.load(Ordering::Relaxed) || is_known(page)? {
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

/// Renders every page for nobody, to find what is wrong in the theme.
pub fn try_all(renderer: &Renderer, pages: &[Page]) -> Problems {
    let all = render_all(renderer, pages, |_| Ok(false), |_, _| Ok(()));
    all.unwrap_or_else(|never: Infallible| match never {})
}

/// The first page whose template does not end, whichever thread met one first.
fn first_endless(renderer: &Renderer, pages: &[Page]) -> Problems {
    let mut problems = Problems::default();
    let endless = |page| renderer.render(page).err().filter(|fault| fault.is_endless);
    problems.add(*pages.iter().find_map(endless).expect("it was met before").problem);
    problems
}
