//! `milepost schema`: prints the JSON Schema of a kind of file, or lists the kinds.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::format::{self, Kind};

pub(super) fn run(kind: Option<&str>) -> Result<ExitCode> {
    let kinds = Kind::of_editors();
    let text = match kind {
        None => kinds.iter().map(|kind| format!("{:12} {}\n", kind.name(), kind.files())).collect(),
        Some(name) => {
            let kind = kinds.iter().find(|kind| kind.name() == name).with_context(|| {
                format!("there is no kind of file `{name}`: `milepost schema` lists all kinds")
            })?;
            format!("{:#}\n", format::schema(*kind))
        }
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
