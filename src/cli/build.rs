//! `milepost build`: publishes the portal, and prints what changed in it.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::arguments::{BuildArguments, PROBLEMS_FOUND};
use super::print::{contents, print_errors, print_line};
use crate::changes::Changes;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::disk::{self, Staging};
use crate::emit;
use crate::page::Page;
use crate::pipeline::{self, BuildOptions, Stage};
use crate::problems::words::{Count, visible};
use crate::render::Renderer;
use crate::source::Sources;

/// The largest number of changed files to list. If there are more, only their number is printed.
const MAX_LISTED: usize = 20;

pub(super) fn run(arguments: BuildArguments) -> Result<ExitCode> {
    let start = Instant::now();
    let BuildArguments { site, out, precompress, json, verbosity } = arguments;
    let stages = verbosity.stages();
    let out = out.unwrap_or_else(|| site.path.join("public"));
    let (sources, mut diagnostics) = disk::read_site(&site.path)?;
    stages.end(&Stage::Read(sources.texts().count() + sources.attachments().len()));
    let options = BuildOptions { precompress, ..site.build_options()? };
    let on_stage = |stage: &Stage| stages.end(stage);
    let renderer = pipeline::assemble(&sources, &options, None, on_stage, &mut diagnostics);
    let Some(renderer) = renderer else { return refuse(diagnostics, &sources) };
    let pages = pipeline::plan(&renderer, &options, &mut diagnostics);
    stages.end(&Stage::Planned(pages.len()));
    if diagnostics.has_errors() {
        diagnostics.append(pipeline::check_pages(&renderer, &pages));
        return refuse(diagnostics, &sources);
    }
    let files = pages.iter().map(|page| &page.output);
    let staging = Staging::begin(&site.path, &out, files)?;
    let progress = Progress::new(start, pages.len());
    let problems = pipeline::write_all(&renderer, &pages, &staging, || progress.advance())?;
    drop(progress);
    stages.end(&Stage::Rendered(pages.len()));
    diagnostics.append(problems);
    if diagnostics.has_errors() {
        return refuse(diagnostics, &sources);
    }
    let changes = staging.publish()?;
    let written = changes.added.len() + changes.changed.len();
    stages.end(&Stage::Published { written, unchanged: changes.unchanged });
    let warnings = diagnostics.len();
    let report = if json {
        emit::changes(&changes, warnings)
    } else {
        let summary = portal_summary(&renderer, &pages, &changes);
        let (out, seconds) = (out.display(), start.elapsed().as_secs_f64());
        let note = warning_note(warnings);
        let list = list_changes(&changes);
        format!("Built {summary} in {out}, in {seconds:.2} seconds.{note}\n{list}")
    };
    let mut stdout = io::stdout().lock();
    // The portal is published, whether or not anybody can read about it.
    if let Err(error) = stdout.write_all(report.as_bytes()).and_then(|()| stdout.flush()) {
        print_line(format_args!("warning: the portal is published, but not this report: {error}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// As in "112 pages about 21 commitments and 14 agencies, in English and Монгол: 297 files (3.0
/// MB)".
fn portal_summary(renderer: &Renderer, pages: &[Page], changes: &Changes) -> String {
    let contents = contents(&renderer.portal, pages);
    let files = Count(changes.files(), "file");
    let megabytes = changes.bytes as f64 / 1e6;
    format!("{contents}, {}: {files} ({megabytes:.1} MB)", languages(renderer))
}

/// Prints the errors that prevented publication, and only the number of warnings.
fn refuse(diagnostics: Diagnostics, sources: &Sources) -> Result<ExitCode> {
    let (errors, warnings): (Vec<_>, Vec<_>) =
        diagnostics.into_sorted(sources).into_iter().partition(Diagnostic::is_error);
    let warnings = warnings.len();
    print_errors(&errors, sources)?;
    writeln!(io::stderr(), "Nothing was published.{}", warning_note(warnings))?;
    Ok(ExitCode::from(PROBLEMS_FOUND))
}

/// The number of warnings and the command that prints them; empty if there are none.
fn warning_note(warnings: usize) -> String {
    match warnings {
        0 => String::new(),
        warnings => format!(" {}: run `milepost check`.", Count(warnings, "warning")),
    }
}

/// As in "in English and Монгол".
fn languages(renderer: &Renderer) -> String {
    let names: Vec<&str> =
        renderer.bundle.languages.iter().map(|language| language.name.as_str()).collect();
    match names.split_last() {
        Some((last, [])) => format!("in {last}"),
        Some((last, rest)) => format!("in {} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Lists the changes. Does not list the files of a portal that is completely new.
fn list_changes(changes: &Changes) -> String {
    let Changes { added, changed, removed, unchanged, kept, bytes: _ } = changes;
    let mut text = String::new();
    if *unchanged > 0 || !changed.is_empty() || !removed.is_empty() {
        text.push_str(&format!(
            "{} added, {} changed, {} removed, {unchanged} unchanged.\n",
            added.len(),
            changed.len(),
            removed.len()
        ));
        let written = [("added", added), ("changed", changed)].into_iter();
        let written = written
            .flat_map(|(status, files)| files.iter().map(move |path| (status, path.as_str())));
        let all = written.chain(removed.iter().map(|path| ("removed", path.as_str())));
        if added.len() + changed.len() + removed.len() <= MAX_LISTED {
            for (status, path) in all {
                text.push_str(&format!("  {status:8} {}\n", visible(path)));
            }
        } else {
            text.push_str("With `--json`, `milepost build` lists every file.\n");
        }
    }
    if !kept.is_empty() {
        let paths: Vec<String> = kept.iter().take(MAX_LISTED).map(|path| visible(path)).collect();
        let note = match kept.len().saturating_sub(MAX_LISTED) {
            0 => String::new(),
            hidden => format!(" and {hidden} more"),
        };
        text.push_str(&format!("Kept, not created by Milepost: {}{note}\n", paths.join(", ")));
    }
    text
}

/// Shows the number of finished files on a terminal, if the build takes longer than a second.
struct Progress {
    start: Instant,
    total: usize,
    state: Option<Mutex<ProgressState>>,
}

struct ProgressState {
    done: usize,
    /// The time of the last update; `None` if nothing is shown yet.
    last: Option<Instant>,
}

impl Progress {
    /// The time after which the progress appears.
    const DELAY: Duration = Duration::from_secs(1);
    /// The shortest time between two updates.
    const UPDATE_INTERVAL: Duration = Duration::from_millis(100);

    fn new(start: Instant, total: usize) -> Self {
        let is_terminal = io::stderr().is_terminal();
        let state = is_terminal.then(|| Mutex::new(ProgressState { done: 0, last: None }));
        Progress { start, total, state }
    }

    fn advance(&self) {
        let Some(state) = &self.state else { return };
        let Ok(mut state) = state.lock() else { return };
        state.done += 1;
        let is_due = state.last.is_none_or(|last| last.elapsed() > Self::UPDATE_INTERVAL);
        if is_due && self.start.elapsed() > Self::DELAY {
            state.last = Some(Instant::now());
            let mut stderr = io::stderr().lock();
            let _ = write!(stderr, "\r{} of {} files …", state.done, self.total);
            let _ = stderr.flush();
        }
    }
}

/// Removes the progress from the terminal.
impl Drop for Progress {
    fn drop(&mut self) {
        let state = self.state.as_ref().and_then(|state| state.lock().ok());
        if state.is_some_and(|state| state.last.is_some()) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
