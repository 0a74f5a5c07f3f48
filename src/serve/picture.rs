//! The site as it was when it was last looked at, and how one picture follows another.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use tokio::sync::watch;

use super::News;
use crate::diagnostic::{Diagnostic, Problems, Severity};
use crate::disk::Reader;
use crate::page::{self, Page};
use crate::pipeline::{self, Circumstances, Memory};
use crate::render::{Fault, Rendered, Renderer};
use crate::route;
use crate::source::Sources;

/// So long nothing must have changed before every page is rendered to find the faults of the theme.
const CALM: Duration = Duration::from_millis(300);

/// A portal that can be shown.
pub(super) struct Shown {
    renderer: Renderer,
    /// The files that are not those of one commitment, by their path below the output. Those are
    /// found by their commitment: a list of all would take longer to make than the page.
    common: HashMap<String, Page>,
}

/// What there is to see at one moment.
pub(super) struct Picture {
    /// Counts up with each picture.
    pub number: u64,
    /// The last portal that could be made.
    pub shown: Option<Arc<Shown>>,
    /// The last portal of which every page could be rendered; until there is one, the first that
    /// was shown.
    pub sound: Option<Arc<Shown>>,
    problems: Problems,
    /// What the problems point into.
    pub sources: Arc<Sources>,
    /// The style sheet's new path, if nothing but the style sheet changed.
    pub only_style: Option<String>,
}

impl Picture {
    pub(super) fn has_errors(&self) -> bool {
        self.problems.has_errors()
    }

    /// What is wrong, sorted.
    pub(super) fn problems(&self) -> Vec<Diagnostic> {
        self.problems.clone().into_sorted(&self.sources)
    }

    /// How much is wrong.
    pub(super) fn count(&self) -> usize {
        self.problems.len()
    }

    /// What keeps the portal from being published, sorted.
    pub(super) fn errors(&self) -> Vec<Diagnostic> {
        let is_error = |problem: &&Diagnostic| problem.severity == Severity::Error;
        let mut errors = Problems::default();
        self.problems.iter().filter(is_error).cloned().for_each(|error| errors.add(error));
        errors.into_sorted(&self.sources)
    }
}

impl Shown {
    fn new(renderer: Renderer) -> Self {
        let Renderer { portal, routes, look, .. } = &renderer;
        let common = page::common(portal, routes, &look.files, &look.stylesheet);
        let common = common.into_iter().map(|page| (page.output.as_str().to_owned(), page));
        Shown { common: common.collect(), renderer }
    }

    /// The file of the portal at a path below the output.
    pub(super) fn page(&self, path: &str) -> Option<Page> {
        if let Some(page) = self.common.get(path) {
            return Some(page.clone());
        }
        let Renderer { portal, routes, .. } = &self.renderer;
        let commitment = portal.commitment(&route::commitment_of(path)?)?;
        page::of_commitment(&commitment.id, portal, routes).find(|it| it.output.as_str() == path)
    }

    pub(super) fn render(&self, page: &Page) -> Result<Rendered<'_>, Fault> {
        self.renderer.render(page)
    }

    /// The address that the portal will have.
    pub(super) fn base_url(&self) -> &str {
        &self.renderer.portal.site.base_url
    }
}

/// Everything that answers share.
pub(super) struct Preview {
    folder: PathBuf,
    pictures: watch::Sender<Arc<Picture>>,
    /// The newest number, to be seen without asking for the picture.
    newest: AtomicU64,
    tell: Tell,
}

/// Who wants to know what happens.
pub(super) type Tell = Box<dyn Fn(News<'_>) + Send + Sync>;

/// What is needed to look at the site once more.
pub(super) struct Site {
    reader: Reader,
    memory: Memory,
    circumstances: Circumstances,
    /// What was read last, and what was wrong with the files as files.
    last: (Arc<Sources>, Problems),
}

impl Preview {
    /// Looks at the site for the first time.
    pub(super) fn begin(
        folder: &Path,
        circumstances: Circumstances,
        tell: Tell,
    ) -> Result<(Self, Site)> {
        let mut reader = Reader::new(folder);
        let last = reader.read()?;
        let mut site = Site { reader, memory: Memory::that_keeps(), circumstances, last };
        let (shown, problems) = site.assemble();
        let sources = Arc::clone(&site.last.0);
        let picture =
            Picture { number: 1, shown, sound: None, problems, sources, only_style: None };
        let preview = Preview {
            folder: folder.to_owned(),
            pictures: watch::Sender::new(Arc::new(picture)),
            newest: AtomicU64::new(1),
            tell,
        };
        Ok((preview, site))
    }

    pub(super) fn current(&self) -> Arc<Picture> {
        Arc::clone(&self.pictures.borrow())
    }

    /// Tells whoever wants to know.
    pub(super) fn tell(&self, news: News<'_>) {
        (self.tell)(news);
    }

    /// Tells what is wrong with the site now.
    pub(super) fn tell_what_is_wrong(&self) {
        let picture = self.current();
        self.tell(News::Looked(&picture.errors(), picture.count(), &picture.sources));
    }

    /// Hears of each new picture.
    pub(super) fn listen(&self) -> watch::Receiver<Arc<Picture>> {
        self.pictures.subscribe()
    }

    /// The folder of the site.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of the home page, of the portal that could be made last.
    pub(super) fn base_path(&self) -> String {
        let picture = self.current();
        picture.shown.as_ref().map_or("/", |it| it.renderer.routes.base_path()).to_owned()
    }

    /// Where the home page is to be seen.
    pub(super) fn address_of(&self, listening: std::net::SocketAddr) -> String {
        format!("http://{listening}{}", self.base_path())
    }

    /// Looks at the site again: at the paths that may have changed, or at everything where that is
    /// not known. Whether it changed.
    ///
    /// # Errors
    /// If the folder is no site any more. What was shown stays.
    pub(super) fn look_again(
        &self,
        site: &mut Site,
        changed: Option<&BTreeSet<String>>,
    ) -> Result<bool> {
        let read = match changed {
            Some(changed) => site.reader.read_some(changed)?,
            None => site.reader.read()?,
        };
        let changed = read.0.changed_since(&site.last.0);
        if changed.as_ref().is_some_and(Vec::is_empty) && read.1 == site.last.1 {
            return Ok(false);
        }
        let is_style = |path: &&str| path.starts_with("themes/") && path.contains("/styles/");
        let is_only_style = changed.is_some_and(|changed| changed.iter().all(is_style));
        site.last = read;
        let (shown, problems) = site.assemble();
        let stylesheet = shown.as_ref().map(|shown| shown.renderer.look.stylesheet.path.clone());
        let sources = Arc::clone(&site.last.0);
        self.show(|before| {
            Some(Picture {
                number: before.number + 1,
                only_style: stylesheet.filter(|_| is_only_style && !before.has_errors()),
                shown: shown.or_else(|| before.shown.clone()),
                sound: before
                    .sound
                    .clone()
                    .or_else(|| before.shown.as_ref().filter(|_| !before.has_errors()).cloned()),
                problems,
                sources,
            })
        });
        Ok(true)
    }

    /// Adds what was found while pages of a picture were rendered, and tells of it if it is news.
    pub(super) fn add(&self, picture: &Picture, found: Problems) {
        if found.iter().all(|problem| picture.problems.iter().any(|known| known == problem)) {
            return;
        }
        let mut problems = picture.problems.clone();
        problems.append(found);
        let is_news = self.show(|current| {
            (current.number == picture.number).then(|| Picture {
                number: current.number + 1,
                shown: current.shown.clone(),
                sound: current.sound.clone(),
                problems,
                sources: Arc::clone(&current.sources),
                only_style: None,
            })
        });
        if is_news {
            self.tell_what_is_wrong();
        }
    }

    /// Remembers that every page of a picture could be rendered.
    fn is_sound(&self, picture: &Picture) {
        self.show(|current| {
            (current.number == picture.number).then(|| Picture {
                number: current.number,
                shown: current.shown.clone(),
                sound: current.shown.clone(),
                problems: current.problems.clone(),
                sources: Arc::clone(&current.sources),
                only_style: current.only_style.clone(),
            })
        });
    }

    /// Shows what `make` makes of the current picture, if anything; whether it is to be looked at
    /// anew.
    fn show(&self, make: impl FnOnce(&Picture) -> Option<Picture>) -> bool {
        // Taking an old picture apart takes time: not while others wait.
        let mut old = None;
        self.pictures.send_if_modified(|current| {
            let Some(next) = make(current) else { return false };
            let is_new = next.number != current.number;
            self.newest.store(next.number, Ordering::SeqCst);
            old = Some(std::mem::replace(current, Arc::new(next)));
            is_new
        })
    }
}

impl Site {
    /// Makes of the site what can be shown, `None` if it has mistakes; and says what is wrong.
    fn assemble(&mut self) -> (Option<Arc<Shown>>, Problems) {
        let (sources, file_problems) = &self.last;
        let mut problems = file_problems.clone();
        let renderer =
            pipeline::assemble(sources, &self.circumstances, &mut self.memory, &mut problems);
        let shown = renderer.filter(|_| !problems.has_errors());
        (shown.map(|renderer| Arc::new(Shown::new(renderer))), problems)
    }
}

/// Renders every page of each picture on which the eye rests for a moment, as `check` does, so that
/// the preview knows all that `check` would tell. On one thread, so that answers do not wait.
pub(super) fn render_all_again_and_again(preview: &Preview) {
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let Ok(one_thread) = one_thread else { return };
    let mut seen = 0;
    loop {
        let picture = preview.current();
        thread::sleep(CALM);
        let is_old = || preview.newest.load(Ordering::SeqCst) != picture.number;
        if picture.number == seen || is_old() {
            continue;
        }
        seen = picture.number;
        let Some(shown) = picture.shown.as_ref().filter(|_| !picture.has_errors()) else {
            continue;
        };
        let mut found = Problems::default();
        let pages = pipeline::plan(&shown.renderer, &mut found);
        let stop_when_old = |_: &Page| if is_old() { Err(()) } else { Ok(false) };
        let all = || pipeline::render_all(&shown.renderer, &pages, stop_when_old, |_, _| Ok(()));
        let rendered = one_thread.install(all);
        let Ok(faults) = rendered else { continue };
        found.append(faults);
        if found.is_empty() {
            preview.is_sound(&picture);
        } else {
            preview.add(&picture, found);
        }
    }
}
