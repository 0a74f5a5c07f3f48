//! `milepost explain`: describes a kind of problem, or lists all of them.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::markdown;
use crate::problems::explain;

pub(super) fn run(code: Option<&str>) -> Result<ExitCode> {
    let text = match code {
        None => explain::list(),
        Some(code) => explain::explain(code).with_context(|| {
            format!("there is no code `{code}`: `milepost explain` lists all codes")
        })?,
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Prints all explanations as one HTML page.
pub(super) fn print_page() -> Result<ExitCode> {
    let sections = explain::all().map(|(code, text)| {
        format!("<h2 id=\"{code}\">{code}</h2>\n{}", markdown::manual(&text).as_str())
    });
    let sections: String = sections.collect();
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Problems – Milepost</title>\n\
         <style>body {{ max-width: 42rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, \
         sans-serif; color-scheme: light dark }} pre {{ overflow-x: auto; padding: 0.5rem; border: 1px \
         solid }} h2 {{ margin-top: 3rem }}</style>\n</head>\n<body>\n<h1>Problems, and how to correct \
         them</h1>\n{sections}</body>\n</html>\n"
    );
    io::stdout().lock().write_all(page.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
