//! Decides when to read the site again: when the system reports a change, and otherwise every two
//! seconds, because not every system reports changes (containers, network folders, an exceeded
//! limit).

use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::snapshot::{Preview, PreviewEvent, SiteBuilder};
use crate::settings::SITE_FILE;

/// A program may save many files, or one file in several steps. The preview waits until the site
/// has not changed for this time, at most [`MAX_WAIT`].
const QUIET_TIME: Duration = Duration::from_millis(5);
const MAX_WAIT: Duration = Duration::from_millis(100);
/// The interval between reads if the system reports changes, because it may miss one.
const SLOW_INTERVAL: Duration = Duration::from_secs(2);
/// The interval between reads if the system does not report changes.
const POLL_INTERVAL: Duration = Duration::from_millis(500);

/// The folders of a site to watch with all their subfolders.
const FOLDERS: [&str; 3] = ["content", "fonts", "themes"];

/// What changed in the site folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    File,
    /// One of [`FOLDERS`] appeared or disappeared, or the system lost events: the folders need a new
    /// watch.
    Folder,
}

/// Refreshes the preview until the process ends.
pub(super) fn run(mut builder: SiteBuilder, preview: &Preview) {
    let folder = preview.folder();
    let (sender, receiver) = mpsc::channel();
    let mut watcher = watcher(folder, sender);
    let mut is_polling = watcher.is_none();
    let mut is_unreadable = false;
    if is_polling {
        preview.report(PreviewEvent::Polling);
    }
    loop {
        let change = wait(&receiver, if is_polling { POLL_INTERVAL } else { SLOW_INTERVAL });
        if change != Some(Change::File)
            && let Some(watcher) = &mut watcher
        {
            watch_folders(watcher, folder);
        }
        match preview.refresh(&mut builder) {
            Ok(true) => {
                is_unreadable = false;
                if change.is_none() && !is_polling {
                    is_polling = true;
                    preview.report(PreviewEvent::Polling);
                }
                preview.report_problems();
            }
            Ok(false) => is_unreadable = false,
            Err(error) => {
                if !is_unreadable {
                    preview.report(PreviewEvent::Unreadable(&error));
                }
                is_unreadable = true;
            }
        }
    }
}

/// Waits for a change, and then until the site is quiet. Returns `None` if nothing changed within
/// `interval`.
fn wait(receiver: &Receiver<Change>, interval: Duration) -> Option<Change> {
    let mut change = receiver.recv_timeout(interval).ok()?;
    let start = Instant::now();
    while start.elapsed() < MAX_WAIT
        && let Ok(next) = receiver.recv_timeout(QUIET_TIME)
    {
        change = change.max(next);
    }
    Some(change)
}

/// A watcher of the site folder; `None` if the system does not report changes.
fn watcher(folder: &Path, sender: Sender<Change>) -> Option<RecommendedWatcher> {
    let folder = folder.canonicalize().ok()?;
    let root = folder.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // An error means that events were lost.
        if let Some(change) = event.map_or(Some(Change::Folder), |event| change(&root, &event)) {
            // The receiver is gone when the process ends.
            let _ = sender.send(change);
        }
    })
    .ok()?;
    watcher.watch(&folder, RecursiveMode::NonRecursive).ok()?;
    watch_folders(&mut watcher, &folder).then_some(watcher)
}

/// Watches every folder that exists. Returns `false` if one of them cannot be watched.
fn watch_folders(watcher: &mut RecommendedWatcher, folder: &Path) -> bool {
    let existing = FOLDERS.iter().map(|name| folder.join(name)).filter(|path| path.is_dir());
    let watched: Vec<bool> =
        existing.map(|path| watcher.watch(&path, RecursiveMode::Recursive).is_ok()).collect();
    watched.into_iter().all(|is_watched| is_watched)
}

/// What an event changes in the site; `None` if it changes nothing, such as when a file is read.
fn change(root: &Path, event: &Event) -> Option<Change> {
    let is_reading = matches!(event.kind, EventKind::Access(kind)
        if kind != AccessKind::Close(AccessMode::Write));
    if event.need_rescan() {
        return Some(Change::Folder);
    }
    if is_reading {
        return None;
    }
    let paths = event.paths.iter().filter_map(|path| path.strip_prefix(root).ok());
    let changes = paths.filter_map(|path| {
        let is_folder = FOLDERS.iter().any(|folder| path == Path::new(folder));
        let is_inside =
            path == Path::new(SITE_FILE) || FOLDERS.iter().any(|folder| path.starts_with(folder));
        if is_folder { Some(Change::Folder) } else { is_inside.then_some(Change::File) }
    });
    changes.max()
}
