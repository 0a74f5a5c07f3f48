//! `milepost check`: prints every problem, and writes no files.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;

use super::arguments::{CheckArguments, OutputFormat, PROBLEMS_FOUND};
use super::print::{contents, write_diagnostics};
use crate::disk;
use crate::pipeline::{self, Stage};

pub(super) fn run(arguments: &CheckArguments) -> Result<ExitCode> {
    let CheckArguments { site, deny_warnings, format, verbosity } = arguments;
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
    let is_refused = diagnostics.has_errors() || (*deny_warnings && !diagnostics.is_empty());
    let format = format.unwrap_or_else(default_format);
    let diagnostics = diagnostics.into_sorted(&sources);
    let mut out = io::stdout().lock();
    write_diagnostics(&mut out, &diagnostics, &sources, format)?;
    if diagnostics.is_empty() && format.is_for_people() {
        writeln!(out, "No problems: {checked}.")?;
    }
    out.flush()?;
    Ok(if is_refused { ExitCode::from(PROBLEMS_FOUND) } else { ExitCode::SUCCESS })
}

/// Annotations under GitHub Actions, otherwise text for people.
fn default_format() -> OutputFormat {
    let is_github = std::env::var("GITHUB_ACTIONS").is_ok_and(|value| value == "true");
    if is_github { OutputFormat::Github } else { OutputFormat::Human }
}
