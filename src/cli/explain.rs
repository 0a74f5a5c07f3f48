//! `milepost explain`: describes a kind of problem, or lists all of them.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};

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
