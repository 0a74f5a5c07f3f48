//! When to look at the site again: when the system says that something changed, and every two
//! seconds besides, because not every system does (containers, network folders, a limit that is
//! reached).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::News;
use super::picture::{Preview, Site};
use crate::settings::SITE_FILE;

/// A program that saves many files, or one in several steps, is let finish: until it is quiet for so
/// long …
const QUIET: Duration = Duration::from_millis(10);
/// … but no longer than this.
const PATIENCE: Duration = Duration::from_millis(100);
/// How often to look where the system tells of changes: it could miss one.
const SLOWLY: Duration = Duration::from_secs(2);
/// How often to look where it does not.
const OFTEN: Duration = Duration::from_millis(500);

/// The folders of a site whose whole content counts.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// What the system says.
enum Hint {
    /// Something changed at these paths below the site's folder.
    Changed(Vec<String>),
    /// One of [`FOLDERS`] came or went, so it has to be watched anew; or news were lost.
    FolderChanged,
}

/// Looks again and again, for as long as the process lives.
pub(super) fn run(folder: &Path, mut site: Site, preview: &Preview) {
    let (sender, receiver) = mpsc::channel();
    let mut watcher = watcher(folder, sender.clone());
    let mut is_polling = watcher.is_none();
    let mut is_lost = false;
    if is_polling {
        preview.tell(News::Polling);
    }
    loop {
        let hints = wait(&receiver, if is_polling { OFTEN } else { SLOWLY });
        let mut changed = BTreeSet::new();
        let mut is_all_known = !hints.is_empty();
        for hint in &hints {
            match hint {
                Hint::Changed(paths) => changed.extend(paths.iter().cloned()),
                Hint::FolderChanged => is_all_known = false,
            }
        }
        if !is_all_known && let Some(watcher) = &mut watcher {
            watch_folders(watcher, folder);
        }
        match preview.look_again(&mut site, is_all_known.then_some(&changed)) {
            Ok(true) => {
                is_lost = false;
                if hints.is_empty() && !is_polling {
                    is_polling = true;
                    preview.tell(News::Polling);
                }
                preview.tell_what_is_wrong();
            }
            Ok(false) => is_lost = false,
            Err(error) => {
                if !is_lost {
                    preview.tell(News::Lost(&error));
                }
                is_lost = true;
            }
        }
    }
}

/// What the system says within `pause`; after the first hint, until it is quiet.
fn wait(receiver: &Receiver<Hint>, pause: Duration) -> Vec<Hint> {
    let mut hints = Vec::new();
    match receiver.recv_timeout(pause) {
        Ok(hint) => hints.push(hint),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return hints,
    }
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match receiver.recv_timeout(QUIET) {
            Ok(hint) => hints.push(hint),
            Err(_) => break,
        }
    }
    hints
}

/// `None` if the system tells nothing.
fn watcher(folder: &Path, sender: Sender<Hint>) -> Option<RecommendedWatcher> {
    let folder = folder.canonicalize().ok()?;
    let root = folder.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let hint = match event {
            Ok(event) => hint(&root, &event),
            // Events were lost.
            Err(_) => Some(Hint::FolderChanged),
        };
        if let Some(hint) = hint {
            // Nobody listens any more when the process ends.
            let _ = sender.send(hint);
        }
    })
    .ok()?;
    watcher.watch(&folder, RecursiveMode::NonRecursive).ok()?;
    watch_folders(&mut watcher, &folder).then_some(watcher)
}

/// Whether every folder that is there is watched.
fn watch_folders(watcher: &mut RecommendedWatcher, folder: &Path) -> bool {
    let there = FOLDERS.iter().map(|name| folder.join(name)).filter(|path| path.is_dir());
    let watched: Vec<bool> =
        there.map(|path| watcher.watch(&path, RecursiveMode::Recursive).is_ok()).collect();
    watched.into_iter().all(|is_watched| is_watched)
}

/// What an event means for the site. That a file is read, means nothing.
fn hint(root: &Path, event: &Event) -> Option<Hint> {
    let is_reading = matches!(event.kind, EventKind::Access(kind)
        if kind != AccessKind::Close(AccessMode::Write));
    if is_reading {
        return None;
    }
    if event.need_rescan() {
        return Some(Hint::FolderChanged);
    }
    let mut changed = Vec::new();
    for path in event.paths.iter().filter_map(|path| path.strip_prefix(root).ok()) {
        let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
        match parts.as_slice() {
            [first] if FOLDERS.contains(&first.as_ref()) => return Some(Hint::FolderChanged),
            [first] if first == SITE_FILE => changed.push(parts.join("/")),
            [first, ..] if FOLDERS.contains(&first.as_ref()) => changed.push(parts.join("/")),
            _ => {}
        }
    }
    (!changed.is_empty()).then_some(Hint::Changed(changed))
}
