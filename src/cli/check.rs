//! `milepost check`: prints every problem, and writes no files.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use super::arguments::{CheckArguments, OutputFormat, PROBLEMS_FOUND};
use super::print::{contents, print_line, write_diagnostics};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::emit;
use crate::pipeline::{self, Stage};
use crate::problems::words::Count;

pub(super) fn run(arguments: &CheckArguments) -> Result<ExitCode> {
    let CheckArguments { site, deny_warnings, format, changed, verbosity } = arguments;
    let changed = changed.as_deref().map(disk::read_list).transpose()?;
    let folder = disk::folder_in_repository(&site.path);
    let stages = verbosity.stages();
    let (sources, mut diagnostics) = disk::read_site(&site.path)?;
    stages.end(&Stage::Read(sources.texts().count() + sources.attachments().len()));
    let options = site.build_options()?;
    let renderer =
        pipeline::assemble(&sources, &options, None, |stage| stages.end(stage), &mut diagnostics);
    let mut checked = String::new();
    if let Some(renderer) = &renderer {
        let pages = pipeline::plan(renderer, &options, &mut diagnostics);
        stages.end(&Stage::Planned(pages.len()));
        diagnostics.append(pipeline::check_pages(renderer, &pages));
        stages.end(&Stage::Rendered(pages.len()));
        checked = contents(&renderer.portal, &pages);
    }
    let has_errors = diagnostics.has_errors();
    let format = format.unwrap_or_else(default_format);
    let (diagnostics, elsewhere) = match &changed {
        Some(changed) => {
            let is_shown = |problem: &Diagnostic| {
                let path = problem.location.path(&sources);
                problem.is_error() || changed.iter().any(|changed| is_path(changed, &folder, path))
            };
            diagnostics.into_sorted(&sources).into_iter().partition(is_shown)
        }
        None => (diagnostics.into_sorted(&sources), Vec::new()),
    };
    let is_refused = has_errors || (*deny_warnings && !diagnostics.is_empty());
    let mut out = io::stdout().lock();
    write_diagnostics(&mut out, &diagnostics, &sources, format, &folder)?;
    if !elsewhere.is_empty() && format.is_for_people() {
        let count = Count(elsewhere.len(), "warning");
        match changed.iter().flatten().all(String::is_empty) {
            true => writeln!(out, "{count} not shown: the list of changed files is empty")?,
            false => writeln!(out, "{count} in files that did not change")?,
        }
    }
    if let (OutputFormat::Github, Some(path)) = (format, std::env::var_os("GITHUB_STEP_SUMMARY")) {
        let summary = emit::github_summary(&diagnostics, &sources, &folder);
        // The annotations contain the same: they are enough.
        if let Err(error) = disk::append(Path::new(&path), &summary) {
            print_line(format_args!("warning: the workflow has no summary: {error:#}"));
        }
    }
    if diagnostics.is_empty() && elsewhere.is_empty() && format.is_for_people() {
        writeln!(out, "No problems: {checked}.")?;
    }
    let drafts = renderer.iter().flat_map(|renderer| &renderer.bundle.languages);
    let drafts: Vec<&str> =
        drafts.filter(|language| language.is_draft).map(|language| &*language.name).collect();
    if !drafts.is_empty() && format == OutputFormat::Human {
        let drafts = drafts.join(", ");
        writeln!(
            out,
            "The portal's own texts are a draft in {drafts}: no native speaker has read them."
        )?;
    }
    out.flush()?;
    Ok(if is_refused { ExitCode::from(PROBLEMS_FOUND) } else { ExitCode::SUCCESS })
}

/// Whether a path in a list, relative to the repository or to the site, is that of a file of the site.
/// `folder` is the path of the site in the repository.
fn is_path(listed: &str, folder: &str, path: &str) -> bool {
    listed == path || listed.strip_prefix(folder) == Some(path)
}

/// Annotations under GitHub Actions, otherwise text for people.
pub(super) fn default_format() -> OutputFormat {
    let is_github = std::env::var("GITHUB_ACTIONS").is_ok_and(|value| value == "true");
    if is_github { OutputFormat::Github } else { OutputFormat::Human }
}
