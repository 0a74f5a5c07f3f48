//! The site as it was when it was last looked at, and how one picture follows another.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use tokio::sync::watch;

use super::News;
use crate::diagnostic::{Diagnostic, Problems, Severity};
use crate::disk::{self, Reader};
use crate::draft::{Kept, Memory};
use crate::page::Page;
use crate::pipeline::{self, Circumstances};
use crate::render::{Fault, Rendered, Renderer};
use crate::source::Sources;

/// So long nothing must have changed before every page is rendered to find the faults of the theme.
const CALM: Duration = Duration::from_millis(300);

/// A portal that can be shown.
pub(super) struct Shown {
    renderer: Renderer,
    pages: Vec<Page>,
    /// The place in `pages` of each path below the output.
    by_path: HashMap<String, usize>,
}

/// What there is to see at one moment.
pub(super) struct Picture {
    /// Counts up with each picture.
    pub number: u64,
    /// The last portal that could be made.
    pub shown: Option<Arc<Shown>>,
    /// The last portal of which every page could be rendered.
    pub sound: Option<Arc<Shown>>,
    /// What is wrong, sorted.
    pub problems: Vec<Diagnostic>,
    /// What the problems point into.
    pub sources: Arc<Sources>,
    /// The style sheet's new path, if nothing but the style sheet changed.
    pub only_style: Option<String>,
}

impl Picture {
    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    pub(super) fn errors(&self) -> Vec<Diagnostic> {
        let is_error = |problem: &&Diagnostic| problem.severity == Severity::Error;
        self.problems.iter().filter(is_error).cloned().collect()
    }
}

impl Shown {
    fn new(renderer: Renderer, pages: Vec<Page>) -> Self {
        let path = |(at, page): (usize, &Page)| (page.output.as_str().to_owned(), at);
        let by_path = pages.iter().enumerate().map(path).collect();
        Shown { renderer, pages, by_path }
    }

    /// The file of the portal at a path below the output.
    pub(super) fn page(&self, path: &str) -> Option<&Page> {
        self.by_path.get(path).map(|&at| &self.pages[at])
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
    /// The address below which the portal is shown, when it last could be made.
    base_path: Mutex<String>,
}

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
    pub(super) fn begin(folder: &Path, circumstances: Circumstances) -> Result<(Self, Site)> {
        let mut reader = Reader::new(folder);
        let last = reader.read()?;
        let mut site = Site { reader, memory: Memory::Keeps(Kept::default()), circumstances, last };
        let (shown, problems) = site.assemble();
        let sources = Arc::clone(&site.last.0);
        let picture =
            Picture { number: 1, shown, sound: None, problems, sources, only_style: None };
        let base_path = picture.shown.as_ref().map_or("/", |shown| path_of(shown.base_url()));
        let preview = Preview {
            folder: folder.to_owned(),
            base_path: Mutex::new(base_path.to_owned()),
            pictures: watch::Sender::new(Arc::new(picture)),
            newest: AtomicU64::new(1),
        };
        Ok((preview, site))
    }

    pub(super) fn current(&self) -> Arc<Picture> {
        Arc::clone(&self.pictures.borrow())
    }

    /// Hears of each new picture.
    pub(super) fn listen(&self) -> watch::Receiver<Arc<Picture>> {
        self.pictures.subscribe()
    }

    /// The folder of the site.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of the portal's home page: `/`, or that of the folder in `base_url`.
    pub(super) fn base_path(&self) -> String {
        self.base_path.lock().expect("nobody panics with a path in their hands").clone()
    }

    /// Where the home page is to be seen.
    pub(super) fn address_of(&self, listening: std::net::SocketAddr) -> String {
        format!("http://{listening}{}", self.base_path())
    }

    /// Looks at the site again. Whether it changed.
    ///
    /// # Errors
    /// If the folder is no site any more. What was shown stays.
    pub(super) fn look_again(&self, site: &mut Site) -> Result<bool> {
        let read = site.reader.read()?;
        if read.0.is_same_as(&site.last.0) && read.1 == site.last.1 {
            return Ok(false);
        }
        let changed = read.0.changed_since(&site.last.0);
        let is_style = |path: &String| path.starts_with("themes/") && path.contains("/styles/");
        let is_only_style = !changed.is_empty() && changed.iter().all(is_style);
        site.last = read;
        let (shown, problems) = site.assemble();
        let stylesheet = shown.as_ref().map(|shown| shown.renderer.stylesheet.path.clone());
        if let Some(shown) = &shown {
            let base_path = path_of(shown.base_url()).to_owned();
            *self.base_path.lock().expect("nobody panics with a path in their hands") = base_path;
        }
        let sources = Arc::clone(&site.last.0);
        self.show(|before| {
            Some(Picture {
                number: before.number + 1,
                only_style: stylesheet.filter(|_| is_only_style && !before.has_errors()),
                shown: shown.or_else(|| before.shown.clone()),
                sound: before.sound.clone(),
                problems,
                sources,
            })
        });
        Ok(true)
    }

    /// Adds what was found while pages of a picture were rendered; whether it was news.
    pub(super) fn add(&self, picture: &Picture, found: Problems) -> bool {
        let mut problems = Problems::default();
        picture.problems.iter().cloned().for_each(|problem| problems.add(problem));
        problems.append(found);
        let problems = problems.into_sorted(&picture.sources);
        if problems == picture.problems {
            return false;
        }
        self.show(|current| {
            (current.number == picture.number).then(|| Picture {
                number: current.number + 1,
                shown: current.shown.clone(),
                sound: current.sound.clone(),
                problems,
                sources: Arc::clone(&current.sources),
                only_style: None,
            })
        })
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
        self.pictures.send_if_modified(|current| {
            let Some(next) = make(current) else { return false };
            let is_new = next.number != current.number;
            self.newest.store(next.number, Ordering::SeqCst);
            *current = Arc::new(next);
            is_new
        })
    }
}

impl Site {
    /// Makes of the site what can be shown, `None` if it has mistakes; and says what is wrong.
    fn assemble(&mut self) -> (Option<Arc<Shown>>, Vec<Diagnostic>) {
        let (sources, file_problems) = &self.last;
        let mut problems = file_problems.clone();
        let renderer =
            pipeline::assemble(sources, &self.circumstances, &mut self.memory, &mut problems);
        let pages = renderer.as_ref().map(|renderer| pipeline::plan(renderer, &mut problems));
        let is_sound = !problems.has_errors();
        let shown = renderer.zip(pages).filter(|_| is_sound);
        let shown = shown.map(|(renderer, pages)| Arc::new(Shown::new(renderer, pages)));
        (shown, problems.into_sorted(sources))
    }
}

/// Renders every page of each picture on which the eye rests for a moment, as `check` does, so that
/// the preview knows all that `check` would tell. On one thread, so that answers do not wait.
pub(super) fn render_all_again_and_again(preview: &Preview, tell: &dyn Fn(News<'_>)) {
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
        let stop_when_old = |_: &Page, _: Rendered<'_>| if is_old() { Err(()) } else { Ok(()) };
        let rendered = one_thread
            .install(|| pipeline::render_all(&shown.renderer, &shown.pages, stop_when_old));
        let Ok(found) = rendered else { continue };
        if found.is_empty() {
            preview.is_sound(&picture);
        } else if preview.add(&picture, found) {
            let picture = preview.current();
            seen = picture.number;
            tell(News::Looked(&picture.problems, &picture.sources));
        }
    }
}

/// The path of an address: `/ogp/` of `https://example.org/ogp/`.
fn path_of(base_url: &str) -> &str {
    let after_host = base_url.split_once("://").map_or("", |(_, rest)| rest);
    after_host.find('/').map_or("/", |at| &after_host[at..])
}

/// The file of the site at `path`, to be sent as it is.
pub(super) fn open(folder: &Path, path: &str) -> std::io::Result<(std::fs::File, u64)> {
    disk::open_attachment(folder, path)
}
