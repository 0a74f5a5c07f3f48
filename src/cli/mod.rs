//! The command line: arguments, the clock, and what is printed.

mod build;
mod check;
mod serve;

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{self, Look};
use crate::model::{PartialDate, Portal};
use crate::page::Page;
use crate::pipeline::BuildOptions;
use crate::problems::explain;
use crate::problems::words::{count, quote};
use crate::settings;
use crate::source::Sources;

/// There are mistakes in the content.
const PROBLEMS_FOUND: u8 = 1;
/// The program could not run.
const COULD_NOT_RUN: u8 = 2;
/// The program itself is wrong (`EX_SOFTWARE` of BSD's sysexits).
const INTERNAL_ERROR: u8 = 70;

/// How many problems are shown to people; the rest is counted.
const MAX_SHOWN: usize = 100;

/// The width of a line where there is no terminal.
const DEFAULT_WIDTH: usize = 100;

/// Turns a folder of TOML files, one per government commitment, into a public progress portal.
#[derive(Parser)]
#[command(name = "milepost", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check the site and list every problem. Writes nothing.
    Check {
        #[command(flatten)]
        site: SiteArguments,
        /// Exit with status 1 even if there are only warnings.
        #[arg(long)]
        deny_warnings: bool,
        /// How to print the problems [default: human, or github under GitHub Actions].
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// Build the portal in a folder that any host can serve.
    Build {
        #[command(flatten)]
        site: SiteArguments,
        /// The output folder [default: `public` in the site's folder].
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
        /// Also write gzip and Brotli copies of each text file, for hosts that serve them.
        #[arg(long)]
        precompress: bool,
        /// Print the added, changed and removed files as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Preview the portal on this computer while you edit. Writes nothing.
    Serve {
        #[command(flatten)]
        site: SiteArguments,
        /// The port; 0 picks a free one.
        #[arg(long, default_value_t = 8000)]
        port: u16,
        /// The address to listen on, to show the preview to others [default: this computer only].
        #[arg(long, value_name = "ADDRESS")]
        host: Option<IpAddr>,
        /// Open the preview in the browser.
        #[arg(long)]
        open: bool,
    },
    /// Explain a problem code; without a code, list all codes.
    Explain {
        /// The problem code, such as `unknown-agency`.
        code: Option<String>,
    },
}

#[derive(Args)]
struct SiteArguments {
    /// The site's folder: the one that contains `site.toml`.
    #[arg(default_value = ".")]
    path: PathBuf,
    /// The date to use as today, such as 2015-09-14.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<PartialDate>,
    /// The address of the portal; overrides `base_url` in `site.toml`.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
}

impl SiteArguments {
    fn build_options(&self) -> Result<BuildOptions> {
        let (today, base_url) = (today(self.as_of)?, self.base_url.clone());
        Ok(BuildOptions { today, base_url, precompress: false })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: shows the line, with a marker below the problem.
    Human,
    /// One problem per line.
    Short,
    /// For programs.
    Json,
    /// As annotations in a pull request on GitHub.
    Github,
    /// For code-review sites (SARIF 2.1.0).
    Sarif,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let command = Arguments::parse().command;
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = std::panic::catch_unwind(|| match command {
        Command::Check { site, deny_warnings, format } => check::run(&site, deny_warnings, format),
        Command::Build { site, out, precompress, json } => {
            build::run(&site, build::Arguments { out, precompress, json })
        }
        Command::Serve { site, port, host, open } => serve::run(&site, port, host, open),
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
            let said = quote(said);
            eprintln!(
                "milepost: this is a bug in Milepost, not a problem in your site; please report it: \
                 {said}"
            );
            ExitCode::from(INTERNAL_ERROR)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<io::Error>();
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn explain_code(code: Option<&str>) -> Result<ExitCode> {
    let text = match code {
        None => explain::list(),
        Some(code) => explain::explain(code).with_context(|| {
            format!("there is no code `{code}`: `milepost explain` lists all codes")
        })?,
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The day that counts as today: as the reader of the command line says, or the environment
/// (reproducible-builds.org, `SOURCE_DATE_EPOCH`), or the clock.
fn today(as_of: Option<PartialDate>) -> Result<PartialDate> {
    if let Some(date) = as_of {
        return Ok(date);
    }
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(epoch) => epoch.parse().context("SOURCE_DATE_EPOCH is not a number of seconds")?,
        Err(_) => SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs(),
    };
    let days = u32::try_from(seconds / 86_400).context("the system clock is wrong")?;
    Ok(PartialDate::from_unix_days(days))
}

fn day(text: &str) -> Result<PartialDate, String> {
    match PartialDate::parse(text) {
        Some(date @ PartialDate::Day(..)) => Ok(date),
        _ => Err("write a date, such as 2015-09-14".to_owned()),
    }
}

fn base_url(text: &str) -> Result<String, String> {
    settings::base_url(text).ok_or_else(|| {
        "write the address of the portal's home page, such as https://example.org/ogp/".to_owned()
    })
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

/// Colours stand on a terminal only, and not where somebody asked for none (no-color.org).
fn colours(is_terminal: bool) -> bool {
    is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Tells people on standard error, where what was asked for cannot be printed.
fn tell(diagnostics: &[Diagnostic], sources: &Sources) -> Result<()> {
    let colours = colours(io::stderr().is_terminal());
    write_diagnostics(&mut io::stderr().lock(), diagnostics, sources, Format::Human, colours)
}

fn write_diagnostics(
    out: &mut impl Write,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    format: Format,
    colours: bool,
) -> Result<()> {
    let most_important = || {
        let is_error = |it: &&Diagnostic| it.severity == Severity::Error;
        let errors = diagnostics.iter().filter(is_error);
        errors
            .chain(diagnostics.iter().filter(|it| !is_error(it)))
            .take(MAX_SHOWN)
            .cloned()
            .collect()
    };
    // Few are told in the order of the files; of many, errors must not hide behind warnings.
    let shown: Cow<'_, [Diagnostic]> = match diagnostics.len() > MAX_SHOWN {
        true => Cow::Owned(most_important()),
        false => Cow::Borrowed(diagnostics),
    };
    let text = match format {
        Format::Human => {
            let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
            emit::human(&shown, sources, Look { colours, width: width.unwrap_or(DEFAULT_WIDTH) })
        }
        Format::Short => emit::short(&shown, sources),
        Format::Github => emit::github(&shown, sources),
        Format::Json => emit::json(diagnostics, sources),
        Format::Sarif => emit::sarif(diagnostics, sources),
    };
    out.write_all(text.as_bytes())?;
    let is_for_people = !matches!(format, Format::Json | Format::Sarif);
    if is_for_people && !diagnostics.is_empty() {
        let hidden = diagnostics.len() - shown.len();
        if hidden > 0 {
            writeln!(out, "… and {hidden} more")?;
        }
        writeln!(out, "{}", emit::summary(diagnostics))?;
        if let (Format::Human, Some(first)) = (format, shown.first()) {
            writeln!(
                out,
                "For details, run `milepost explain CODE`, such as `milepost explain {}`",
                first.code.0
            )?;
        }
    }
    Ok(())
}
