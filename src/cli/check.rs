//! `milepost check`: says what is wrong, and writes nothing.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;

use super::{Format, PROBLEMS_FOUND, SiteArguments, colours, contents, write_diagnostics};
use crate::disk;
use crate::pipeline;

pub(super) fn run(
    site: &SiteArguments,
    deny_warnings: bool,
    format: Option<Format>,
) -> Result<ExitCode> {
    let (sources, mut diagnostics) = disk::read_site(&site.path)?;
    let options = site.build_options()?;
    let renderer = pipeline::assemble(&sources, &options, None, &mut diagnostics);
    let mut seen = String::new();
    if let Some(renderer) = &renderer {
        let pages = pipeline::plan(renderer, &options, &mut diagnostics);
        diagnostics.append(pipeline::check_pages(renderer, &pages));
        seen = contents(&renderer.portal, &pages);
    }
    let is_refused = diagnostics.has_errors() || (deny_warnings && !diagnostics.is_empty());
    let under_github = std::env::var("GITHUB_ACTIONS").is_ok_and(|value| value == "true");
    let usual = if under_github { Format::Github } else { Format::Human };
    let format = format.unwrap_or(usual);
    let diagnostics = diagnostics.into_sorted(&sources);
    let mut out = io::stdout().lock();
    write_diagnostics(
        &mut out,
        &diagnostics,
        &sources,
        format,
        colours(io::stdout().is_terminal()),
    )?;
    if diagnostics.is_empty() && !matches!(format, Format::Json | Format::Sarif) {
        writeln!(out, "No problems: {seen}.")?;
    }
    out.flush()?;
    Ok(if is_refused { ExitCode::from(PROBLEMS_FOUND) } else { ExitCode::SUCCESS })
}
