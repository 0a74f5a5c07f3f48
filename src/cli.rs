//! The command line: arguments, the clock, and what is printed.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime};

use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::{Diagnostic, Problems, Severity};
use crate::disk::{self, Staging};
use crate::emit::{self, Look};
use crate::model::{PartialDate, Portal};
use crate::page::Page;
use crate::pipeline;
use crate::problems::explain;
use crate::problems::words::count;
use crate::render::Renderer;
use crate::source::Sources;
use crate::theme_files;

/// There are mistakes in the content.
const FAULTS: u8 = 1;
/// The program could not run.
const COULD_NOT_RUN: u8 = 2;
/// The program itself is wrong (`EX_SOFTWARE` of BSD's sysexits).
const OUR_OWN_FAULT: u8 = 70;

/// How many problems are shown to people; the rest is counted.
const MOST_SHOWN: usize = 100;

/// The width of a line where there is no terminal.
const USUAL_WIDTH: usize = 100;

/// Turns a folder of TOML files, one per government commitment, into a public progress portal.
#[derive(Parser)]
#[command(name = "milepost", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what is wrong with the content, and where. Writes nothing.
    Check {
        #[command(flatten)]
        site: SiteArguments,
        /// End with status 1 also when there are only warnings.
        #[arg(long)]
        deny_warnings: bool,
        /// How to print what is wrong [default: human; github under GitHub Actions].
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// Write the portal to a folder that any host can serve.
    Build {
        #[command(flatten)]
        site: SiteArguments,
        /// Where to write the portal [default: `public` in the folder of the site].
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
    },
    /// Explain a kind of problem; without a code, list them all.
    Explain {
        /// The code, as in `unknown-agency`.
        code: Option<String>,
    },
}

#[derive(Args)]
struct SiteArguments {
    /// The folder of the site: the one with `site.toml`.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// The day that counts as today, as in 2015-09-14.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<PartialDate>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the line and a mark below the place.
    Human,
    /// One problem on a line.
    Short,
    /// For programs.
    Json,
    /// As notes in a pull request on GitHub.
    Github,
    /// For code-review sites (SARIF 2.1.0).
    Sarif,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let command = Arguments::parse().command;
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = std::panic::catch_unwind(|| match command {
        Command::Check { site, deny_warnings, format } => check(&site, deny_warnings, format),
        Command::Build { site, out } => build(&site, out),
        Command::Explain { code } => explain_code(code.as_deref()),
    });
    match outcome {
        Ok(Ok(code)) => code,
        // The reader of our output has heard enough: `milepost check | head`.
        Ok(Err(error)) if is_broken_pipe(&error) => ExitCode::from(COULD_NOT_RUN),
        Ok(Err(error)) => {
            eprintln!("milepost: {error:#}");
            ExitCode::from(COULD_NOT_RUN)
        }
        Err(panic) => {
            let said = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("no reason given");
            let said = crate::problems::words::quote(said);
            eprintln!(
                "milepost: this is a mistake in Milepost, not in your site; please report it: {said}"
            );
            ExitCode::from(OUR_OWN_FAULT)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<io::Error>();
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn check(site: &SiteArguments, deny_warnings: bool, format: Option<Format>) -> Result<ExitCode> {
    let (sources, mut problems) = read(&site.path)?;
    let renderer = pipeline::assemble(&sources, today(site)?, &mut problems);
    let mut seen = String::new();
    if let Some(renderer) = &renderer {
        let pages = pipeline::plan(renderer, &mut problems);
        problems.append(pipeline::render_all(renderer, &pages, |_, _| anyhow::Ok(()))?);
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
        writeln!(out, "No mistakes: {seen}.")?;
    }
    out.flush()?;
    Ok(if is_refused { ExitCode::from(FAULTS) } else { ExitCode::SUCCESS })
}

fn build(site: &SiteArguments, out: Option<PathBuf>) -> Result<ExitCode> {
    let start = Instant::now();
    let out = out.unwrap_or_else(|| site.path.join("public"));
    let (sources, mut problems) = read(&site.path)?;
    let Some(renderer) = pipeline::assemble(&sources, today(site)?, &mut problems) else {
        return refuse(problems, &sources);
    };
    let pages = pipeline::plan(&renderer, &mut problems);
    if problems.has_errors() {
        problems.append(pipeline::render_all(&renderer, &pages, |_, _| anyhow::Ok(()))?);
        return refuse(problems, &sources);
    }
    let staging = Staging::begin(&site.path, &out)?;
    let bytes = AtomicU64::new(0);
    problems.append(pipeline::render_all(&renderer, &pages, |page, rendered| {
        bytes.fetch_add(staging.put(&page.output, &rendered)?, Ordering::Relaxed);
        anyhow::Ok(())
    })?);
    if problems.has_errors() {
        return refuse(problems, &sources);
    }
    let made: Vec<_> = pages.iter().map(|page| &page.output).collect();
    staging.publish(&made)?;
    println!(
        "Built {}, {}: {} and {} in {}, in {:.2} seconds.{}",
        contents(&renderer.portal, &pages),
        languages(&renderer),
        count(pages.len(), "file"),
        megabytes(bytes.into_inner()),
        out.display(),
        start.elapsed().as_secs_f64(),
        match problems.count(Severity::Warning) {
            0 => String::new(),
            warnings => {
                format!(" `milepost check` has {} to tell.", count(warnings, "warning"))
            }
        }
    );
    Ok(ExitCode::SUCCESS)
}

fn explain_code(code: Option<&str>) -> Result<ExitCode> {
    match code {
        None => print!("{}", explain::list()),
        Some(code) => match explain::explain(code) {
            Some(text) => print!("{text}"),
            None => bail!("there is no code `{code}`; `milepost explain` lists all of them"),
        },
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<(Arc<Sources>, Problems)> {
    let files = disk::read_site(path)?;
    let mut problems = files.problems;
    let sources = theme_files::with_built_in(files.texts, files.attachments);
    problems.append(disk::not_utf8_problems(&files.not_utf8, &sources));
    Ok((Arc::new(sources), problems))
}

/// The day that counts as today: as the reader of the command line says, or the environment
/// (reproducible-builds.org, `SOURCE_DATE_EPOCH`), or the clock.
fn today(site: &SiteArguments) -> Result<PartialDate> {
    if let Some(date) = site.as_of {
        return Ok(date);
    }
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(epoch) => epoch.parse().context("SOURCE_DATE_EPOCH is not a number of seconds")?,
        Err(_) => SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs(),
    };
    let days = u32::try_from(seconds / 86_400).context("the clock is far off")?;
    Ok(PartialDate::from_unix_days(days))
}

fn day(text: &str) -> Result<PartialDate, String> {
    match PartialDate::parse(text) {
        Some(date @ PartialDate::Day(..)) => Ok(date),
        _ => Err("write a day, as in 2015-09-14".to_owned()),
    }
}

/// "106 pages about 21 commitments and 14 agencies".
fn contents(portal: &Portal, pages: &[Page]) -> String {
    let agencies = match portal.agencies.len() {
        1 => "1 agency".to_owned(),
        many => format!("{many} agencies"),
    };
    format!(
        "{} about {} and {agencies}",
        count(pages.iter().filter(|page| page.is_html()).count(), "page"),
        count(portal.commitments.len(), "commitment"),
    )
}

/// "in English and Монгол".
fn languages(renderer: &Renderer) -> String {
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

/// Prints why nothing was published.
fn refuse(problems: Problems, sources: &Sources) -> Result<ExitCode> {
    let problems = problems.into_sorted(sources);
    let colours = colours(io::stderr().is_terminal());
    write_problems(&mut io::stderr().lock(), &problems, sources, Format::Human, colours)?;
    Ok(ExitCode::from(FAULTS))
}

/// Colours stand on a terminal only, and not where somebody asked for none (no-color.org).
fn colours(is_terminal: bool) -> bool {
    is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn write_problems(
    out: &mut impl Write,
    problems: &[Diagnostic],
    sources: &Sources,
    format: Format,
    colours: bool,
) -> Result<()> {
    let shown = &problems[..problems.len().min(MOST_SHOWN)];
    let text = match format {
        Format::Human => {
            let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
            emit::human(shown, sources, Look { colours, width: width.unwrap_or(USUAL_WIDTH) })
        }
        Format::Short => emit::short(shown, sources),
        Format::Github => emit::github(shown, sources),
        Format::Json => emit::json(problems, sources),
        Format::Sarif => emit::sarif(problems, sources),
    };
    out.write_all(text.as_bytes())?;
    let is_for_people = !matches!(format, Format::Json | Format::Sarif);
    if is_for_people && !problems.is_empty() {
        let hidden = problems.len() - shown.len();
        if hidden > 0 {
            writeln!(out, "… and {hidden} more")?;
        }
        writeln!(out, "{}", emit::summary(problems))?;
        if let (Format::Human, Some(first)) = (format, shown.first()) {
            writeln!(out, "`milepost explain {}` tells more, and so on for each", first.code.0)?;
        }
    }
    Ok(())
}
