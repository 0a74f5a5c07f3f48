//! `milepost new`: writes a new file of content, or adds a section to one.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;

use super::arguments::{AdditionArguments, date_in_utc};
use crate::disk;
use crate::format::Kind;
use crate::starter::{self, Addition, Change};

pub(super) fn run(arguments: &AdditionArguments) -> Result<ExitCode> {
    let (addition, site) = match arguments {
        AdditionArguments::Plan { id, site } => (Addition::Plan(id), site),
        AdditionArguments::Agency { name, site } => (Addition::Agency(name), site),
        AdditionArguments::Report { id, site } => (Addition::Report(id), site),
        AdditionArguments::Language { code, site } => (Addition::Language(code), site),
        AdditionArguments::Commitment { id, site } => (Addition::Commitment(id), site),
        AdditionArguments::Update { commitment, site } => (Addition::Update(commitment), site),
        AdditionArguments::Milestone { commitment, site } => {
            (Addition::Milestone(commitment), site)
        }
    };
    let (sources, _) = disk::read_site(&site.path)?;
    let text = match starter::add(addition, &sources, date_in_utc()?)? {
        Change::Create(kind, file) => {
            let has_schema = disk::has_file(&site.path, &starter::schema_path(kind));
            let file = if has_schema { file.with_schema_line(kind) } else { file };
            let path = file.path.clone();
            disk::create_files(&site.path, &[file])?;
            let next = match kind {
                Kind::Language => {
                    "Add the language to `languages` in `site.toml`, and translate the texts"
                }
                _ => "Fill in what is empty: `milepost check` lists it",
            };
            format!(
                "Wrote `{path}`. {next}. To use a line that begins with `# `, delete the `# `.\n"
            )
        }
        Change::Edit(file, line) => {
            disk::replace_file(&site.path, &file)?;
            let path = &file.path;
            format!(
                "Added a section to `{path}`, in line {line}. Fill in what is empty: `milepost check` lists \
                 it.\n"
            )
        }
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
