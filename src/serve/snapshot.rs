//! The site as it was last read, and how one snapshot follows another.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use tokio::sync::{oneshot, watch};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::disk;
use crate::draft::DraftCache;
use crate::output::OutputPath;
use crate::page::{self, Page};
use crate::pipeline::{self, BuildOptions};
use crate::render::{RenderFailure, Rendered, Renderer, ThemeBundle};
use crate::source::Sources;

/// The site must not change for this long before the preview renders every page.
const IDLE_TIME: Duration = Duration::from_millis(300);

/// What happens while a preview runs.
pub enum PreviewEvent<'e> {
    /// The preview is available at this address.
    Listening(&'e str),
    /// The site was checked: its errors, sorted, and the number of all problems.
    Checked(&'e [Diagnostic], usize, &'e Sources),
    /// The site can no longer be read.
    Unreadable(&'e anyhow::Error),
    /// The system does not report changes, so the preview reads the site twice a second.
    Polling,
}

/// Receives what happens.
pub(super) type EventHandler = Box<dyn Fn(PreviewEvent<'_>) + Send + Sync>;

/// A portal, and its files by their path relative to the output.
pub(super) struct PreviewPortal {
    /// Whether the portal lacks content, because that has errors.
    pub is_partial: bool,
    renderer: Renderer,
    pages: HashMap<OutputPath, Page>,
}

impl PreviewPortal {
    fn new(renderer: Renderer, diagnostics: &Diagnostics) -> Self {
        let Renderer { portal, routes, bundle, .. } = &renderer;
        let ThemeBundle { languages, files, stylesheet, cards, .. } = bundle;
        let pages = page::plan(portal, routes, languages, files, stylesheet, cards);
        let pages = pages.into_iter().map(|page| (page.output.clone(), page)).collect();
        PreviewPortal { is_partial: diagnostics.has_errors(), pages, renderer }
    }

    pub(super) fn page(&self, path: &str) -> Option<&Page> {
        self.pages.get(path)
    }

    pub(super) fn render(&self, page: &Page) -> Result<Rendered<'_>, RenderFailure> {
        self.renderer.render(page)
    }

    /// The address that the portal will be published at.
    pub(super) fn base_url(&self) -> &str {
        &self.renderer.portal.site.base_url
    }
}

/// What the preview shows at one moment.
#[derive(Clone)]
pub(super) struct Snapshot {
    /// Increases with each snapshot that browsers must show.
    pub version: u64,
    /// The newest portal without errors in the content. Until there is one, what is right of the content.
    pub portal: Option<Arc<PreviewPortal>>,
    /// The newest portal whose pages all render. Until there is one, the first portal.
    pub last_good: Option<Arc<PreviewPortal>>,
    diagnostics: Diagnostics,
    /// The files that the diagnostics point into.
    pub sources: Arc<Sources>,
    /// The path of the new style sheet, if nothing but the style sheet changed.
    pub changed_stylesheet: Option<String>,
}

impl Snapshot {
    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics.has_errors()
    }

    /// All diagnostics, sorted.
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.clone().into_sorted(&self.sources)
    }

    /// The errors, sorted.
    pub(super) fn errors(&self) -> Vec<Diagnostic> {
        let mut errors = Diagnostics::default();
        errors.extend(self.diagnostics.iter().filter(|found| found.is_error()).cloned());
        errors.into_sorted(&self.sources)
    }
}

/// The largest number of open event streams. Each page that a browser shows has one.
const MAX_STREAMS: usize = 64;

/// The state that all requests share.
pub(super) struct Preview {
    folder: PathBuf,
    options: BuildOptions,
    /// The address that opens a place in the editor's program; see [`crate::emit::html`].
    pub editor_url: Option<String>,
    snapshots: watch::Sender<Arc<Snapshot>>,
    /// One for each open event stream, oldest first. Dropping one closes its stream.
    streams: Mutex<VecDeque<oneshot::Sender<()>>>,
    on_event: EventHandler,
}

/// Reads the site each time it changes. The drafts of unchanged files are kept.
pub(super) struct SiteBuilder {
    cache: DraftCache,
    sources: Arc<Sources>,
    /// The problems found while reading files, before their content is parsed.
    file_diagnostics: Diagnostics,
}

impl Preview {
    /// Reads the site for the first time.
    ///
    /// # Errors
    /// If the folder contains no site.
    pub(super) fn begin(
        folder: PathBuf,
        options: BuildOptions,
        editor_url: Option<String>,
        on_event: EventHandler,
    ) -> Result<(Self, SiteBuilder)> {
        let (sources, file_diagnostics) = disk::read_site(&folder)?;
        let mut builder = SiteBuilder { cache: DraftCache::default(), sources, file_diagnostics };
        let (portal, diagnostics) = builder.build(&options);
        let snapshot = Snapshot {
            version: 1,
            portal,
            last_good: None,
            diagnostics,
            sources: Arc::clone(&builder.sources),
            changed_stylesheet: None,
        };
        let preview = Preview {
            folder,
            options,
            editor_url,
            snapshots: watch::Sender::new(Arc::new(snapshot)),
            streams: Mutex::default(),
            on_event,
        };
        Ok((preview, builder))
    }

    pub(super) fn current(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshots.borrow())
    }

    pub(super) fn report(&self, event: PreviewEvent<'_>) {
        (self.on_event)(event);
    }

    /// Reports the current problems.
    pub(super) fn report_problems(&self) {
        let snapshot = self.current();
        let count = snapshot.diagnostics.len();
        self.report(PreviewEvent::Checked(&snapshot.errors(), count, &snapshot.sources));
    }

    /// A receiver of new snapshots for an event stream, and one that completes when the stream must
    /// end, because [`MAX_STREAMS`] newer ones are open.
    pub(super) fn open_stream(&self) -> (watch::Receiver<Arc<Snapshot>>, oneshot::Receiver<()>) {
        let (sender, closed) = oneshot::channel();
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        streams.retain(|stream| !stream.is_closed());
        streams.push_back(sender);
        if streams.len() > MAX_STREAMS {
            streams.pop_front();
        }
        (self.snapshots.subscribe(), closed)
    }

    /// The folder of the site.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of the home page of the current portal.
    pub(super) fn base_path(&self) -> String {
        let snapshot = self.current();
        let portal = snapshot.portal.as_ref();
        portal.map_or("/", |portal| portal.renderer.routes.base_path()).to_owned()
    }

    /// The address of the home page.
    pub(super) fn address_of(&self, listening: SocketAddr) -> String {
        format!("http://{listening}{}", self.base_path())
    }

    /// Reads the site again, and returns whether it changed.
    ///
    /// # Errors
    /// If the folder no longer contains a site. The current snapshot stays.
    pub(super) fn refresh(&self, builder: &mut SiteBuilder) -> Result<bool> {
        let (sources, file_diagnostics) = disk::read_site(&self.folder)?;
        let changed = sources.changed_since(&builder.sources);
        let is_unchanged = changed.as_ref().is_some_and(Vec::is_empty);
        if is_unchanged && file_diagnostics == builder.file_diagnostics {
            return Ok(false);
        }
        let is_style = |path: &&str| path.starts_with("themes/") && path.contains("/styles/");
        let is_only_style = changed.is_some_and(|changed| changed.iter().all(is_style));
        builder.sources = sources;
        builder.file_diagnostics = file_diagnostics;
        let (portal, diagnostics) = builder.build(&self.options);
        let has_errors = diagnostics.has_errors();
        let stylesheet =
            portal.as_ref().map(|portal| portal.renderer.bundle.stylesheet.path.clone());
        self.replace(|before| {
            let first_good = before.portal.as_ref().filter(|_| !before.has_errors()).cloned();
            // A portal without errors is better than a newer one with errors.
            let is_better =
                !has_errors || before.portal.as_ref().is_none_or(|portal| portal.is_partial);
            let portal = portal.filter(|_| is_better);
            Some(Snapshot {
                version: before.version + 1,
                changed_stylesheet: stylesheet.filter(|_| is_only_style && !before.has_errors()),
                portal: portal.or_else(|| before.portal.clone()),
                last_good: before.last_good.clone().or(first_good),
                diagnostics,
                sources: Arc::clone(&builder.sources),
            })
        });
        Ok(true)
    }

    /// Adds problems that were found while pages of a snapshot were rendered, and reports new ones.
    pub(super) fn add(&self, snapshot: &Snapshot, found: Diagnostics) {
        let is_known =
            |diagnostic: &Diagnostic| snapshot.diagnostics.iter().any(|known| known == diagnostic);
        if found.iter().all(is_known) {
            return;
        }
        let mut diagnostics = snapshot.diagnostics.clone();
        diagnostics.append(found);
        let is_new = self.replace(|current| {
            let is_current = current.version == snapshot.version;
            is_current.then(|| Snapshot {
                version: current.version + 1,
                diagnostics,
                changed_stylesheet: None,
                ..current.clone()
            })
        });
        if is_new {
            self.report_problems();
        }
    }

    /// Records that every page of a snapshot renders.
    fn mark_good(&self, snapshot: &Snapshot) {
        self.replace(|current| {
            let is_current = current.version == snapshot.version;
            is_current.then(|| Snapshot { last_good: current.portal.clone(), ..current.clone() })
        });
    }

    /// Replaces the current snapshot with the one that `next` returns, if any. Returns whether it has
    /// a new version.
    fn replace(&self, next: impl FnOnce(&Snapshot) -> Option<Snapshot>) -> bool {
        // Dropping an old snapshot takes time: not while requests wait for the lock.
        let mut old = None;
        self.snapshots.send_if_modified(|current| {
            let Some(next) = next(current) else { return false };
            let is_new = next.version != current.version;
            old = Some(std::mem::replace(current, Arc::new(next)));
            is_new
        })
    }
}

impl SiteBuilder {
    /// The portal, without the content that has errors; and all problems. `None` if nothing can be shown.
    fn build(&mut self, options: &BuildOptions) -> (Option<Arc<PreviewPortal>>, Diagnostics) {
        let mut diagnostics = self.file_diagnostics.clone();
        let cache = Some(&mut self.cache);
        let renderer = pipeline::assemble(&self.sources, options, cache, |_| (), &mut diagnostics);
        let portal = renderer.map(|renderer| PreviewPortal::new(renderer, &diagnostics));
        (portal.map(Arc::new), diagnostics)
    }
}

/// Renders every page of each snapshot that stays current for a moment, as `check` does, so that the
/// preview reports everything that `check` would. It uses one thread, so that requests do not wait.
pub(super) fn check_pages_when_idle(preview: &Preview) {
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let Ok(one_thread) = one_thread else { return };
    let mut checked_version = 0;
    loop {
        let snapshot = preview.current();
        thread::sleep(IDLE_TIME);
        let is_outdated = || preview.snapshots.borrow().version != snapshot.version;
        if snapshot.version == checked_version || is_outdated() {
            continue;
        }
        checked_version = snapshot.version;
        let Some(portal) = snapshot.portal.as_ref().filter(|_| !snapshot.has_errors()) else {
            continue;
        };
        let mut found = Diagnostics::default();
        let pages = pipeline::plan(&portal.renderer, &preview.options, &mut found);
        let stop_when_outdated = |_: &Page, _: Rendered<'_>| {
            if is_outdated() { Err(()) } else { Ok(()) }
        };
        let render_all = || pipeline::render_all(&portal.renderer, &pages, stop_when_outdated);
        let Ok(failures) = one_thread.install(render_all) else { continue };
        found.append(failures);
        if found.is_empty() {
            preview.mark_good(&snapshot);
        } else {
            preview.add(&snapshot, found);
        }
    }
}
