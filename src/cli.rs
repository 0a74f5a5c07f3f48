//! The command line: arguments, the clock, and what is printed.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::diagnostic::{Diagnostic, Problems};
use crate::disk::{self, Staging};
use crate::emit::{self, Look};
use crate::model::Portal;
use crate::page::{Content, Page};
use crate::pipeline;
use crate::problems::words::count;
use crate::render::Renderer;
use crate::source::Sources;
use crate::theme_files;

/// There are faults in the content.
const FAULTS: u8 = 1;
/// The program could not run.
const COULD_NOT_RUN: u8 = 2;

/// Turns a folder of TOML files, one per government commitment, into a public progress portal.
#[derive(Parser)]
#[command(name = "milepost", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what is wrong with the content, and where.
    Check {
        /// The folder of the site: the one with `site.toml`.
        #[arg(default_value = ".")]
        path: PathBuf,
    },
    /// Write the portal to a folder that any host can serve.
    Build {
        /// The folder of the site: the one with `site.toml`.
        #[arg(default_value = ".")]
        path: PathBuf,
        /// Where to write the portal [default: `public` in the folder of the site].
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Check { path } => check(path),
        Command::Build { path, out } => build(path, out),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("milepost: {error:#}");
        ExitCode::from(COULD_NOT_RUN)
    })
}

fn check(path: PathBuf) -> Result<ExitCode> {
    let (sources, mut problems) = read(&path)?;
    let renderer = pipeline::assemble(&sources, &mut problems);
    let Some(renderer) = renderer else { return report(problems, &sources) };
    let pages = pipeline::plan(&renderer);
    problems.append(pipeline::render_all(&renderer, &pages, |_, _| anyhow::Ok(()))?);
    if !problems.has_errors() {
        println!("No mistakes: {}.", contents(&renderer.portal, &pages));
    }
    report(problems, &sources)
}

fn build(path: PathBuf, out: Option<PathBuf>) -> Result<ExitCode> {
    let start = Instant::now();
    let out = out.unwrap_or_else(|| path.join("public"));
    let (sources, mut problems) = read(&path)?;
    let renderer = pipeline::assemble(&sources, &mut problems);
    let Some(renderer) = renderer else { return report(problems, &sources) };
    let pages = pipeline::plan(&renderer);
    if problems.has_errors() {
        problems.append(pipeline::render_all(&renderer, &pages, |_, _| anyhow::Ok(()))?);
        return report(problems, &sources);
    }
    let staging = Staging::begin(&path, &out)?;
    let bytes = AtomicU64::new(0);
    problems.append(pipeline::render_all(&renderer, &pages, |page, rendered| {
        bytes.fetch_add(staging.put(&page.output, &rendered)?, Ordering::Relaxed);
        anyhow::Ok(())
    })?);
    if !problems.has_errors() {
        let made: Vec<_> = pages.iter().map(|page| &page.output).collect();
        staging.publish(&made)?;
        println!(
            "Built {}, {}: {} and {} in {}, in {:.2} seconds.",
            contents(&renderer.portal, &pages),
            languages(&renderer),
            count(pages.len(), "file"),
            megabytes(bytes.into_inner()),
            out.display(),
            start.elapsed().as_secs_f64(),
        );
    }
    report(problems, &sources)
}

fn read(path: &std::path::Path) -> Result<(Sources, Problems)> {
    let files = disk::read_site(path)?;
    let mut problems = files.problems;
    let sources = theme_files::with_built_in(files.texts, files.attachments);
    problems.append(disk::not_utf8_problems(&files.not_utf8, &sources));
    Ok((sources, problems))
}

/// "106 pages about 21 commitments and 14 agencies".
fn contents(portal: &Portal, pages: &[Page]) -> String {
    let is_html = |page: &&Page| matches!(page.content, Content::Html(..));
    let agencies = match portal.agencies.len() {
        1 => "1 agency".to_owned(),
        many => format!("{many} agencies"),
    };
    format!(
        "{} about {} and {agencies}",
        count(pages.iter().filter(is_html).count(), "page"),
        count(portal.commitments.len(), "commitment"),
    )
}

/// "in English and Монгол".
fn languages(renderer: &Renderer<'_>) -> String {
    let names: Vec<&str> = renderer.languages.iter().map(|it| it.name.as_str()).collect();
    match names.split_last() {
        Some((last, [])) => format!("in {last}"),
        Some((last, rest)) => format!("in {} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// Prints what was found, and says how the program ends.
fn report(problems: Problems, sources: &Sources) -> Result<ExitCode> {
    let has_errors = problems.has_errors();
    let problems: Vec<Diagnostic> = problems.into_sorted(sources);
    if !problems.is_empty() {
        let colours = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let text = emit::human(&problems, sources, Look { colours, width: 100 });
        io::stderr().write_all(text.as_bytes())?;
    }
    Ok(if has_errors { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS })
}
