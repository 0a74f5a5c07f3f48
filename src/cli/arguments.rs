//! The arguments of the command line.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::SystemTime;

use anyhow::{Context, Result};
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::stages::Stages;
use crate::card::FontSources;
use crate::model::{LanguageCode, LinkStyle, PartialDate};
use crate::pipeline::BuildOptions;
use crate::problems::words::is_invisible;
use crate::settings;
use crate::starter::Host;

/// The exit status if the site has problems that prevent publication.
pub(super) const PROBLEMS_FOUND: u8 = 1;

/// Turns a folder of TOML files, one per government commitment, into a public progress portal.
#[derive(Parser)]
#[command(name = "milepost", version)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Create a site that is ready to publish, with an example of everything. Overwrites nothing.
    Init(InitArguments),
    /// Write a new file of content, or add a section to a file, for you to fill in.
    New {
        #[command(subcommand)]
        addition: AdditionArguments,
    },
    /// Check the site and list every problem. Writes nothing.
    Check(CheckArguments),
    /// Build the portal in a folder that any host can serve.
    Build(BuildArguments),
    /// Preview the portal on this computer while you edit. Writes nothing.
    Serve(ServeArguments),
    /// Ask every page of another site that the site links to whether it still exists.
    Links(LinksArguments),
    /// Say what changes in the portal between two versions of a site, for a reviewer. Writes nothing.
    Diff(DiffArguments),
    /// Write a form for ministries, with what the last report says beside each question, or OGP's table.
    Export(ExportArguments),
    /// Write the answers of a form into the files of the site, or make files from OGP's own forms.
    Import(ImportArguments),
    /// Print the JSON Schema of a kind of file, for your text editor; without a kind, list all kinds.
    Schema {
        /// The kind of file, such as `commitment`.
        kind: Option<String>,
    },
    /// Copy files of the built-in theme to the site, to change them; without names, list them.
    Theme(ThemeArguments),
    /// Explain a problem code; without a code, list all codes.
    Explain {
        /// The problem code, such as `unknown-agency`.
        code: Option<String>,
        /// Print all explanations as one HTML page, with the code of each as its anchor.
        #[arg(long, conflicts_with = "code")]
        html: bool,
    },
    /// Print a script that lets your shell complete commands and options.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page of Milepost or of one of its commands, for `man`.
    Man {
        /// The command, such as `check`.
        command: Option<String>,
    },
}

#[derive(Args)]
pub(super) struct InitArguments {
    /// The folder of the new site.
    #[arg(default_value = ".", value_name = "FOLDER")]
    pub path: PathBuf,
    /// The title of the portal.
    #[arg(long, value_parser = title)]
    pub title: Option<String>,
    /// The code of the country, such as GE (ISO 3166).
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub country: Option<String>,
    /// The languages of the portal, the default first, such as ka,en.
    #[arg(long, value_name = "CODES", value_parser = language, value_delimiter = ',')]
    pub languages: Vec<LanguageCode>,
    /// The address that the portal will have.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,
    /// Where the site's repository is: decides which workflows and which instructions it gets.
    #[arg(long, value_enum)]
    pub host: Option<HostArgument>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum HostArgument {
    Github,
    Gitlab,
    Other,
}

impl HostArgument {
    pub(super) fn host(self) -> Host {
        match self {
            HostArgument::Github => Host::GitHub,
            HostArgument::Gitlab => Host::GitLab,
            HostArgument::Other => Host::Other,
        }
    }
}

#[derive(Subcommand)]
pub(super) enum AdditionArguments {
    /// Write the file of an action plan.
    Plan {
        /// The plan's id, such as 2024-2025.
        id: String,
        #[command(flatten)]
        site: FolderArgument,
    },
    /// Write the file of an agency.
    Agency {
        /// The agency's name, such as "Ministry of Finance", or its id, such as ministry-of-finance.
        name: String,
        #[command(flatten)]
        site: FolderArgument,
    },
    /// Write the file of a report.
    Report {
        /// The report's id, such as 2025-self-assessment.
        id: String,
        #[command(flatten)]
        site: FolderArgument,
    },
    /// Write a file with the portal's own texts, to translate them.
    Language {
        /// The code of the language, such as ka.
        #[arg(value_parser = language)]
        code: LanguageCode,
        #[command(flatten)]
        site: FolderArgument,
    },
    /// Write the file of a commitment.
    Commitment {
        /// Its plan and its number, such as 2024-2025/5.
        id: String,
        #[command(flatten)]
        site: FolderArgument,
    },
    /// Add news to a commitment.
    Update {
        /// The commitment, such as 2024-2025/5.
        commitment: String,
        #[command(flatten)]
        site: FolderArgument,
    },
    /// Add a milestone to a commitment.
    Milestone {
        /// The commitment, such as 2024-2025/5.
        commitment: String,
        #[command(flatten)]
        site: FolderArgument,
    },
}

#[derive(Args)]
pub(super) struct FolderArgument {
    /// The site's folder: the one that contains `site.toml`.
    #[arg(default_value = ".", value_name = "FOLDER")]
    pub path: PathBuf,
}

#[derive(Args)]
pub(super) struct ThemeArguments {
    /// The files to copy, such as styles/main.css.
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// The site's folder: the one that contains `site.toml`.
    #[arg(long, default_value = ".", value_name = "FOLDER")]
    pub site: PathBuf,
}

#[derive(Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    /// Exit with status 1 even if there are only warnings.
    #[arg(long)]
    pub deny_warnings: bool,
    /// How to print the problems [default: human, or github under GitHub Actions].
    #[arg(long, value_enum)]
    pub format: Option<OutputFormat>,
    /// Only count warnings in other files than those that FILE lists, one path per line, as `git diff
    /// --name-only` prints them; `-` reads the list from standard input.
    #[arg(long, value_name = "FILE")]
    pub changed: Option<PathBuf>,
    #[command(flatten)]
    pub verbosity: VerbosityArguments,
}

#[derive(Args)]
#[command(group = ArgGroup::new("kind").required(true).args(["xlsx", "csv", "ogp"]))]
pub(super) struct ExportArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    /// Write a form for ministries to FILE, which must not exist: a workbook for spreadsheet programs.
    #[arg(long, value_name = "FILE")]
    pub xlsx: Option<PathBuf>,
    /// Write the same form as a CSV table to FILE, which must not exist.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Print the commitments as CSV, in the columns of OGP's public table.
    #[arg(long)]
    pub ogp: bool,
    /// Only the commitments and milestones of this agency, such as ministry-of-finance.
    #[arg(long, value_name = "ID", conflicts_with = "ogp")]
    pub agency: Option<String>,
    /// The report that the answers are for [default: one that the site does not have yet, on the newest
    /// plan].
    #[arg(long, value_name = "ID", conflicts_with = "ogp")]
    pub report: Option<String>,
    /// One of the site's languages, for the headers and lists of the form [default: the site's first].
    #[arg(long, value_name = "CODE", value_parser = language, conflicts_with = "ogp")]
    pub language: Option<LanguageCode>,
}

#[derive(Args)]
#[command(
    override_usage = "milepost import FILE [FOLDER] --report ID [--dry-run] [--overwrite]\n       \
    milepost import --template FILE --plan ID --report ID [--dry-run] [FOLDER]\n       \
    milepost import --ogp FILE --country CODE [--dry-run] [FOLDER]"
)]
pub(super) struct ImportArguments {
    /// The form that came back, .xlsx or .csv; with `--template` and `--ogp`, the site's folder.
    #[arg(value_name = "FILE", required_unless_present_any = ["template", "ogp"])]
    pub file: Option<PathBuf>,
    /// The site's folder: the one that contains `site.toml` [default: .].
    #[arg(value_name = "FOLDER", conflicts_with_all = ["template", "ogp"])]
    pub folder: Option<PathBuf>,
    /// The report's id in the site, such as 2015-midterm-self-assessment.
    #[arg(long, value_name = "ID", required_unless_present = "ogp", conflicts_with = "ogp")]
    pub report: Option<String>,
    /// A report in OGP's Commitment Completion Template, as text: makes its commitments.
    #[arg(long, value_name = "FILE", requires = "plan", conflicts_with = "ogp")]
    pub template: Option<PathBuf>,
    /// The action plan of the commitments in the report, such as 2014-2015.
    #[arg(long, value_name = "ID", requires = "template")]
    pub plan: Option<String>,
    /// OGP's public table as CSV: makes the plans, agencies, reports and commitments of a country.
    #[arg(long, value_name = "FILE", requires = "country")]
    pub ogp: Option<PathBuf>,
    /// The country whose commitments to import, such as MN (ISO 3166).
    #[arg(long, value_name = "CODE", requires = "ogp")]
    pub country: Option<String>,
    /// Print what would be written, and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Where a cell of the form and the site differ, write what the cell says.
    #[arg(long, conflicts_with_all = ["template", "ogp"])]
    pub overwrite: bool,
}

#[derive(Args)]
pub(super) struct LinksArguments {
    /// The site's folder: the one that contains `site.toml`.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The time for each page, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    pub timeout: u16,
    /// How to print the problems [default: human, or github under GitHub Actions].
    #[arg(long, value_enum)]
    pub format: Option<OutputFormat>,
}

#[derive(Args)]
pub(super) struct DiffArguments {
    /// The folders of the old and the new version; with `--git`, the site's folder [default: this
    /// folder].
    #[arg(value_names = ["OLD", "NEW"], num_args = 0..=2)]
    pub folders: Vec<PathBuf>,
    /// Take the old version of the site's folder from Git: a branch, a tag or a commit.
    #[arg(long, value_name = "REV")]
    pub git: Option<String>,
    /// Print every change as JSON instead of Markdown.
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub(super) struct BuildArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    /// The output folder [default: `public` in the site's folder].
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Also write gzip and Brotli copies of each text file, for hosts that serve them.
    #[arg(long)]
    pub precompress: bool,
    /// Print the added, changed and removed files as JSON.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub verbosity: VerbosityArguments,
}

#[derive(Args)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    /// The port; 0 picks a free one.
    #[arg(long, default_value_t = 8000)]
    pub port: u16,
    /// The address to listen on, to show the preview to others [default: this computer only].
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<IpAddr>,
    /// Open the preview in the browser.
    #[arg(long)]
    pub open: bool,
}

#[derive(Args)]
pub(super) struct VerbosityArguments {
    /// Print each stage with counts and times, on standard error.
    #[arg(short, long)]
    verbose: bool,
}

impl VerbosityArguments {
    /// Returns what prints the stages, or prints nothing.
    pub(super) fn stages(&self) -> Stages {
        if self.verbose { Stages::printed() } else { Stages::silent() }
    }
}

#[derive(Args)]
pub(super) struct SiteArguments {
    /// The site's folder: the one that contains `site.toml`.
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The date to use as today, such as 2015-09-14.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<PartialDate>,
    /// The address of the portal; overrides `base_url` in `site.toml`.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// What links end with: the folder of a page, or `index.html`; overrides `links` in `site.toml`.
    #[arg(long, value_enum)]
    links: Option<LinksArgument>,
    /// Ask search engines to leave the portal out, for a preview.
    #[arg(long)]
    noindex: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum LinksArgument {
    Folders,
    Files,
}

/// The options of a site whose command has none.
pub(super) fn default_options() -> Result<BuildOptions> {
    Ok(BuildOptions {
        today: today(None)?,
        base_url: None,
        links: None,
        noindex: false,
        precompress: false,
        shows_drafts: false,
        fonts: FontSources::SiteAndSystem,
    })
}

impl SiteArguments {
    pub(super) fn build_options(&self) -> Result<BuildOptions> {
        let (today, base_url) = (today(self.as_of)?, self.base_url.clone());
        let links = self.links.map(|links| match links {
            LinksArgument::Folders => LinkStyle::Folders,
            LinksArgument::Files => LinkStyle::Files,
        });
        let noindex = self.noindex;
        Ok(BuildOptions { today, base_url, links, noindex, ..default_options()? })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
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

impl OutputFormat {
    /// Whether text may follow the problems. JSON and SARIF are one document.
    pub(super) fn is_for_people(self) -> bool {
        !matches!(self, OutputFormat::Json | OutputFormat::Sarif)
    }
}

/// How far the time zone that is furthest ahead, UTC+14, is ahead of UTC, in seconds.
const FURTHEST_AHEAD: u64 = 14 * 3600;

/// The date to use as today: from `--as-of`, otherwise from the clock (see [`unix_time`]). A clock
/// counts in UTC, so this is the date in the time zone that is furthest ahead: the date that an editor
/// in Wellington writes in the morning is not in the future.
pub(super) fn today(as_of: Option<PartialDate>) -> Result<PartialDate> {
    match as_of {
        Some(date) => Ok(date),
        None => date_at(unix_time()? + FURTHEST_AHEAD),
    }
}

/// The date in UTC, to write into a file. It is never in the future of [`today`].
pub(super) fn date_in_utc() -> Result<PartialDate> {
    date_at(unix_time()?)
}

/// The time in seconds: from the environment variable `SOURCE_DATE_EPOCH` (reproducible-builds.org),
/// otherwise from the clock.
fn unix_time() -> Result<u64> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(epoch) => epoch.parse().context("SOURCE_DATE_EPOCH is not a number of seconds"),
        Err(_) => Ok(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs()),
    }
}

fn date_at(seconds: u64) -> Result<PartialDate> {
    let days = u32::try_from(seconds / 86_400).context("the system clock is wrong")?;
    Ok(PartialDate::from_unix_days(days))
}

fn day(text: &str) -> Result<PartialDate, String> {
    match PartialDate::parse(text) {
        Some(date @ PartialDate::Day(..)) => Ok(date),
        _ => Err("write a date, such as 2015-09-14".to_owned()),
    }
}

/// Reads the title of a portal.
pub(super) fn title(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("write a title".to_owned()),
        text if text.contains(is_invisible) => Err("write the title on one line".to_owned()),
        text => Ok(text.to_owned()),
    }
}

/// Reads the code of a country.
pub(super) fn country(text: &str) -> Result<String, String> {
    let code = text.trim().to_ascii_uppercase();
    settings::is_country(&code)
        .then_some(code)
        .ok_or_else(|| "write the two letters of ISO 3166, such as GE".to_owned())
}

/// Reads the code of a language.
pub(super) fn language(text: &str) -> Result<LanguageCode, String> {
    LanguageCode::parse(text.trim())
        .ok_or_else(|| "write the codes of languages, such as en,ka".to_owned())
}

/// Reads the address of a portal.
pub(super) fn base_url(text: &str) -> Result<String, String> {
    settings::base_url(text).ok_or_else(|| {
        "write the address of the portal's home page, such as https://example.org/ogp/".to_owned()
    })
}
