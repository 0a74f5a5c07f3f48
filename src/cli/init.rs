//! `milepost init`: creates a site. On a terminal, it asks for what no option says.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;

use super::arguments::{
    HostArgument, InitArguments, base_url, country, date_in_utc, language, title,
};
use crate::disk;
use crate::language::is_built_in;
use crate::model::LanguageCode;
use crate::problems::words::{Count, OneOf, quote, visible};
use crate::starter::{self, Answers, Host};

/// The address of a portal that has none yet.
const NO_ADDRESS: &str = "https://example.org/";

pub(super) fn run(arguments: InitArguments) -> Result<ExitCode> {
    let folder = arguments.path.clone();
    let is_asked = io::stdin().is_terminal() && io::stdout().is_terminal();
    let (answers, assumed) = match is_asked {
        true => (ask_all(arguments)?, Vec::new()),
        false => assume(arguments),
    };
    let files = starter::site(&answers, date_in_utc()?);
    disk::create_files(&folder, &files)?;
    let mut text = String::new();
    if !assumed.is_empty() {
        text.push_str(&format!(
            "Assumed {}: `milepost help init` lists the options.\n",
            assumed.join(", ")
        ));
    }
    let place = visible(&folder.display().to_string());
    text.push_str(&format!("Created a site in `{place}`: {}.\n", Count(files.len(), "file")));
    for code in answers.languages.iter().filter(|code| !is_built_in(code)) {
        text.push_str(&format!(
            "The portal’s own texts are still in English in `{code}`: translate them in \
             `themes/plain/languages/{code}.toml`.\n"
        ));
    }
    if answers.languages.iter().any(|code| code.as_str() != "en") {
        text.push_str(
            "The example texts are in English: replace them with texts in your language.\n",
        );
    }
    if Host::of_pages(&answers.base_url).is_none() {
        text.push_str(
            "The pages get links *Edit this page* once `repository` in `site.toml` says where your host \
             edits files.\n",
        );
    }
    let of_site = if place == "." { String::new() } else { format!(" {place}") };
    text.push_str(&format!(
        "Next: `milepost serve{of_site}` shows the portal while you edit, `milepost check{of_site}` lists \
         problems, and `README.md` says how to change a page.\n"
    ));
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Returns what the options say, and a default for everything else with its description.
fn assume(arguments: InitArguments) -> (Answers, Vec<String>) {
    let mut assumed = Vec::new();
    let InitArguments { path: _, title, country, languages, base_url, host } = arguments;
    let title = title.unwrap_or_else(|| {
        let title = starter::default_title(country.as_deref());
        assumed.push(format!("the title {}", quote(&title)));
        title
    });
    let languages = match languages.is_empty() {
        true => {
            assumed.push("the language `en`".to_owned());
            vec![LanguageCode::english()]
        }
        false => without_repeats(languages),
    };
    let base_url = base_url.unwrap_or_else(|| {
        assumed.push(format!("the address `{NO_ADDRESS}`"));
        NO_ADDRESS.to_owned()
    });
    let host = host.map(HostArgument::host).or_else(|| Host::of_pages(&base_url));
    let host = host.unwrap_or_else(|| {
        assumed.push("the host `github`".to_owned());
        Host::GitHub
    });
    (Answers { title, country, languages, base_url, host }, assumed)
}

/// Returns what the options say, and asks for everything else.
fn ask_all(arguments: InitArguments) -> Result<Answers> {
    let InitArguments { path: _, title: given, country: code, languages, base_url: url, host } =
        arguments;
    let code = match code {
        Some(code) => Some(code),
        None => ask("Code of the country, such as GE", "none", |text| match text {
            "none" => Ok(None),
            text => country(text).map(Some),
        })?,
    };
    let title = match given {
        Some(title) => title,
        None => ask("Title of the portal", &starter::default_title(code.as_deref()), title)?,
    };
    let languages = match languages.is_empty() {
        true => ask("Languages, the default first, such as ka,en", "en", |text| {
            text.split(',').map(language).collect()
        })?,
        false => languages,
    };
    let base_url = match url {
        Some(url) => url,
        None => ask("Address that the portal will have", NO_ADDRESS, base_url)?,
    };
    let host = match host.map(HostArgument::host).or_else(|| Host::of_pages(&base_url)) {
        Some(host) => host,
        None => ask("Host of the repository: github, gitlab or other", "github", host_of)?,
    };
    Ok(Answers { title, country: code, languages: without_repeats(languages), base_url, host })
}

fn host_of(text: &str) -> Result<Host, String> {
    HostArgument::from_str(text, true)
        .map(HostArgument::host)
        .map_err(|_| format!("write {}", OneOf(&["github", "gitlab", "other"])))
}

/// Asks a question until the answer can be used. An empty answer means the default.
fn ask<T>(question: &str, default: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<T> {
    loop {
        print(format_args!("{question} [{default}]: "))?;
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        let answer = match line.trim() {
            "" => default,
            answer => answer,
        };
        match parse(answer) {
            Ok(value) => return Ok(value),
            Err(reason) => print(format_args!("{reason}\n"))?,
        }
    }
}

fn print(text: std::fmt::Arguments<'_>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_fmt(text)?;
    out.flush()
}

fn without_repeats(languages: Vec<LanguageCode>) -> Vec<LanguageCode> {
    let mut unique = Vec::new();
    for language in languages {
        if !unique.contains(&language) {
            unique.push(language);
        }
    }
    unique
}
