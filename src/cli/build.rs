//! `milepost build`: publishes the portal, and says what is new in it.

use std::collections::HashSet;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;

use super::{FAULTS, SiteArguments, contents, tell};
use crate::compress;
use crate::diagnostic::Problems;
use crate::disk::{self, Staging};
use crate::emit;
use crate::fingerprint::Fingerprint;
use crate::ingredients::Ingredients;
use crate::output::{Changes, OutputPath};
use crate::page::Page;
use crate::pipeline::{self, Memory};
use crate::problems::words::{count, visible};
use crate::render::{Rendered, Renderer};
use crate::source::Sources;

/// So many files that are not as before are named; of more, only the number is told.
const MOST_NAMED: usize = 20;

pub(super) fn run(
    site: &SiteArguments,
    out: Option<PathBuf>,
    precompress: bool,
    json: bool,
) -> Result<ExitCode> {
    let start = Instant::now();
    let out = out.unwrap_or_else(|| site.path.join("public"));
    let (sources, unreadable) = disk::read_site(&site.path)?;
    let mut problems = Problems::of_errors();
    problems.append(unreadable);
    let circumstances = site.circumstances()?;
    let Some(renderer) =
        pipeline::assemble(&sources, &circumstances, &mut Memory::that_forgets(), &mut problems)
    else {
        return refuse(problems, &sources);
    };
    let pages = pipeline::plan(&renderer, &mut problems);
    if problems.has_errors() {
        problems.append(pipeline::try_all(&renderer, &pages));
        return refuse(problems, &sources);
    }
    let ingredients = Ingredients::new(&sources, &renderer.portal);
    // A file that is the same may still lack its copies, or have some that are not wanted.
    let made_of = |page: &Page| ingredients.of(page).map(|it| it.with(precompress));
    let copies = Copies::new(&pages, precompress);
    let staging = Staging::begin(&site.path, &out, pages.iter().map(|page| &page.output))?;
    let progress = Progress::new(start, pages.len());
    let bytes = AtomicU64::new(0);
    let add = |size: u64| {
        bytes.fetch_add(size, Ordering::Relaxed);
        progress.one_more();
    };
    let is_known = |page: &Page| {
        let kept = staging.keep(&page.output, &copies.of(page), || made_of(page))?;
        kept.map(add);
        anyhow::Ok(kept.is_some())
    };
    let take = |page: &Page, rendered: Rendered<'_>| {
        add(put(&staging, page, rendered, made_of(page), &copies)?);
        anyhow::Ok(())
    };
    problems.append(pipeline::render_all(&renderer, &pages, is_known, take)?);
    drop(progress);
    if problems.has_errors() {
        return refuse(problems, &sources);
    }
    let warnings = problems.warnings();
    let changes = staging.publish()?;
    let mut stdout = io::stdout().lock();
    if json {
        stdout.write_all(emit::changes(&changes, warnings).as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(
        stdout,
        "Built {}, {}: {} ({:.1} MB) in {}, in {:.2} seconds.{}",
        contents(&renderer.portal, &pages),
        languages(&renderer),
        count(changes.files(), "file"),
        bytes.into_inner() as f64 / 1e6,
        out.display(),
        start.elapsed().as_secs_f64(),
        more_to_tell(warnings),
    )?;
    stdout.write_all(describe(&changes).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Which compressed copies files have.
struct Copies<'p> {
    /// The files of the portal, whose places no copy takes; `None` if no copies are wanted.
    files: Option<HashSet<&'p OutputPath>>,
}

impl<'p> Copies<'p> {
    fn new(pages: &'p [Page], are_wanted: bool) -> Self {
        Copies { files: are_wanted.then(|| pages.iter().map(|page| &page.output).collect()) }
    }

    /// The paths that the copies of a file have.
    fn of(&self, page: &Page) -> Vec<OutputPath> {
        compress::COPIES.iter().filter_map(|ending| self.path(page, ending)).collect()
    }

    /// The path of a copy of a file; `None` if it has none.
    fn path(&self, page: &Page, ending: &str) -> Option<OutputPath> {
        let files = self.files.as_ref().filter(|_| compress::is_text(page.output.as_str()))?;
        let path = page.output.with_ending(ending);
        (!files.contains(&path)).then_some(path)
    }
}

/// Writes a file, and its compressed copies if they are wanted. Returns how many bytes that are.
fn put(
    staging: &Staging,
    page: &Page,
    rendered: Rendered<'_>,
    made_of: Option<Fingerprint>,
    copies: &Copies<'_>,
) -> Result<u64> {
    if copies.of(page).is_empty() {
        return staging.put(&page.output, &rendered, made_of);
    }
    let rendered = match rendered {
        // Made once, for the file and its copies.
        Rendered::Stream(stream) => Rendered::Bytes(stream.into_bytes().into()),
        rendered => rendered,
    };
    let mut size = staging.put(&page.output, &rendered, made_of)?;
    let bytes = match rendered {
        Rendered::Bytes(bytes) => bytes,
        Rendered::Copy(path) => staging.read(&path)?.into(),
        Rendered::Stream(_) | Rendered::Drawing(_) => return Ok(size),
    };
    for (ending, copy) in compress::copies(&bytes) {
        let Some(output) = copies.path(page, ending) else { continue };
        size += staging.put(&output, &Rendered::Bytes(copy.into()), made_of)?;
    }
    Ok(size)
}

/// Prints why nothing was published. Warnings are only counted: none of them keeps anything back.
fn refuse(problems: Problems, sources: &Sources) -> Result<ExitCode> {
    let warnings = problems.warnings();
    tell(&problems.into_sorted(sources), sources)?;
    writeln!(io::stderr(), "Nothing was published.{}", more_to_tell(warnings))?;
    Ok(ExitCode::from(FAULTS))
}

/// Where warnings are told, if there are any.
fn more_to_tell(warnings: usize) -> String {
    match warnings {
        0 => String::new(),
        warnings => format!(" {}: run `milepost check`.", count(warnings, "warning")),
    }
}

/// "in English and Монгол".
fn languages(renderer: &Renderer) -> String {
    let names: Vec<&str> = renderer.look.languages.iter().map(|it| it.name.as_str()).collect();
    match names.split_last() {
        Some((last, [])) => format!("in {last}"),
        Some((last, rest)) => format!("in {} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// What is new in the portal; nothing of one that was not there before.
fn describe(changes: &Changes) -> String {
    let Changes { added, changed, removed, unchanged, kept } = changes;
    let mut text = String::new();
    if *unchanged > 0 || !changed.is_empty() || !removed.is_empty() {
        text.push_str(&format!(
            "{} added, {} changed, {} removed, {unchanged} unchanged.\n",
            added.len(),
            changed.len(),
            removed.len()
        ));
        let made = [("added", added), ("changed", changed)].into_iter();
        let made = made.flat_map(|(what, files)| files.iter().map(move |it| (what, it.as_str())));
        let all = made.chain(removed.iter().map(|path| ("removed", path.as_str())));
        if added.len() + changed.len() + removed.len() <= MOST_NAMED {
            for (what, path) in all {
                text.push_str(&format!("  {what:8} {}\n", visible(path)));
            }
        } else {
            text.push_str("With `--json`, `milepost build` lists every file.\n");
        }
    }
    if !kept.is_empty() {
        let named: Vec<String> = kept.iter().take(MOST_NAMED).map(|path| visible(path)).collect();
        let more = match kept.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        text.push_str(&format!("Kept, not created by Milepost: {}{more}\n", named.join(", ")));
    }
    text
}

/// How far the work has come, on a terminal, once it takes longer than a second.
struct Progress {
    start: Instant,
    total: usize,
    shown: Option<Mutex<Shown>>,
}

struct Shown {
    done: usize,
    last: Option<Instant>,
}

impl Progress {
    const PATIENCE: Duration = Duration::from_secs(1);
    const PAUSE: Duration = Duration::from_millis(100);

    fn new(start: Instant, total: usize) -> Self {
        let is_seen = io::stderr().is_terminal();
        let shown = is_seen.then(|| Mutex::new(Shown { done: 0, last: None }));
        Progress { start, total, shown }
    }

    fn one_more(&self) {
        let Some(shown) = &self.shown else { return };
        let Ok(mut shown) = shown.lock() else { return };
        shown.done += 1;
        let is_due = shown.last.is_none_or(|last| last.elapsed() > Self::PAUSE);
        if is_due && self.start.elapsed() > Self::PATIENCE {
            shown.last = Some(Instant::now());
            eprint!("\r{} of {} files …", shown.done, self.total);
            let _ = io::stderr().flush();
        }
    }
}

/// Leaves nothing of it on the screen.
impl Drop for Progress {
    fn drop(&mut self) {
        let shown = self.shown.as_ref().and_then(|shown| shown.lock().ok());
        if shown.is_some_and(|shown| shown.last.is_some()) {
            eprint!("\r\x1b[K");
        }
    }
}
