//! `milepost check`: says what is wrong, and writes nothing.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;

use super::{FAULTS, Format, SiteArguments, colours, contents, write_problems};
use crate::disk;
use crate::pipeline::{self, Memory};

pub(super) fn run(
    site: &SiteArguments,
    deny_warnings: bool,
    format: Option<Format>,
) -> Result<ExitCode> {
    let (sources, mut problems) = disk::read_site(&site.path)?;
    let renderer = pipeline::assemble(
        &sources,
        &site.circumstances()?,
        &mut Memory::that_forgets(),
        &mut problems,
    );
    let mut seen = String::new();
    if let Some(renderer) = &renderer {
        let pages = pipeline::plan(renderer, &mut problems);
        problems.append(pipeline::try_all(renderer, &pages));
        seen = contents(&renderer.portal, &pages);
    }
    let is_refused = problems.has_errors() || (deny_warnings && !problems.is_empty());
    let under_github = std::env::var("GITHUB_ACTIONS").is_ok_and(|value| value == "true");
    let usual = if under_github { Format::Github } else { Format::Human };
    let format = format.unwrap_or(usual);
    let problems = problems.into_sorted(&sources);
    let mut out = io::stdout().lock();
    write_problems(&mut out, &problems, &sources, format, colours(io::stdout().is_terminal()))?;
    if problems.is_empty() && !matches!(format, Format::Json | Format::Sarif) {
        writeln!(out, "No problems: {seen}.")?;
    }
    out.flush()?;
    Ok(if is_refused { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS })
}
