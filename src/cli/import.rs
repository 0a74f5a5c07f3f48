//! `milepost import`: makes files of content from the forms of others.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::arguments::{ImportArguments, PROBLEMS_FOUND, default_options};
use super::import_form;
use super::print::{print_errors, print_line};
use crate::diagnostic::Diagnostic;
use crate::disk::{self, MAX_FILE_SIZE};
use crate::import::{self, Import, ImportError, MAX_IMPORT_SIZE, Target};
use crate::problems::ImportRefusal;
use crate::problems::words::Count;
use crate::source::Sources;
use crate::starter::schema_path;

/// The largest number of problems to print.
const MAX_PRINTED: usize = 100;

pub(super) fn run(arguments: &ImportArguments) -> Result<ExitCode> {
    if let (None, None, Some(file)) = (&arguments.template, &arguments.ogp, &arguments.file) {
        return import_form::run(arguments, file);
    }
    let (sources, diagnostics) = disk::read_site(folder(arguments))?;
    if diagnostics.has_errors() {
        bail!(ImportRefusal::SiteHasErrors);
    }
    let imported = match (&arguments.template, &arguments.ogp) {
        (Some(file), _) => template(arguments, file, &sources)?,
        (_, Some(file)) => table(arguments, file, &sources)?,
        _ => unreachable!("the command line needs one of them"),
    };
    match imported {
        Ok(import) => write(arguments, import, &sources),
        Err(ImportError::Refused(refusal)) => bail!(refusal),
        Err(ImportError::Problems(problems)) => {
            for problem in problems.iter().take(MAX_PRINTED) {
                print_line(problem);
            }
            let count = Count(problems.len(), "problem");
            print_line(format_args!("{count} in the file: nothing was written"));
            Ok(ExitCode::from(PROBLEMS_FOUND))
        }
    }
}

/// The site's folder, which is the first path unless that is a form.
fn folder(arguments: &ImportArguments) -> &Path {
    arguments.file.as_deref().unwrap_or(Path::new("."))
}

fn template(
    arguments: &ImportArguments,
    file: &Path,
    sources: &Sources,
) -> Result<Result<Import, ImportError>> {
    let text = disk::read_import(file, MAX_IMPORT_SIZE)?;
    let (plan, report) = (arguments.plan.as_deref(), arguments.report.as_deref());
    let target = Target { plan: plan.unwrap_or_default(), report: report.unwrap_or_default() };
    Ok(import::template(&text, target, sources))
}

fn table(
    arguments: &ImportArguments,
    file: &Path,
    sources: &Sources,
) -> Result<Result<Import, ImportError>> {
    let text = disk::read_import(file, MAX_IMPORT_SIZE)?;
    let country = arguments.country.as_deref().unwrap_or_default();
    Ok(import::table(&text, country, sources))
}

/// Writes the files, if the site has no errors with them, and prints their paths and the doubts.
fn write(arguments: &ImportArguments, import: Import, sources: &Arc<Sources>) -> Result<ExitCode> {
    let Import { files, commitments, doubts } = import;
    if let Some((_, file)) = files.iter().find(|(_, file)| file.text.len() as u64 > MAX_FILE_SIZE) {
        bail!(ImportRefusal::FileTooLarge(file.path.clone(), MAX_FILE_SIZE));
    }
    let (all, diagnostics) = import::check(sources, &files, &default_options()?)?;
    if diagnostics.has_errors() {
        let errors = diagnostics.into_sorted(&all);
        let errors: Vec<Diagnostic> = errors.into_iter().filter(Diagnostic::is_error).collect();
        print_errors(&errors, &all)?;
        print_line("The site would have errors: nothing was written");
        return Ok(ExitCode::from(PROBLEMS_FOUND));
    }
    let mut text = String::new();
    let verb = if arguments.dry_run { "Would write" } else { "Wrote" };
    let (of_files, of_commitments) = (Count(files.len(), "file"), Count(commitments, "commitment"));
    for (_, file) in &files {
        writeln!(text, "{}", file.path)?;
    }
    writeln!(text, "{verb} {of_files} with {of_commitments}.")?;
    if !doubts.is_empty() {
        writeln!(text, "\n{}, for a person to decide:", Count(doubts.len(), "doubt"))?;
        for doubt in &doubts {
            writeln!(text, "- {doubt}")?;
        }
    }
    if !arguments.dry_run {
        let files = files.into_iter().map(|(kind, file)| {
            match disk::has_file(folder(arguments), &schema_path(kind)) {
                true => file.with_schema_line(kind),
                false => file,
            }
        });
        disk::create_files(folder(arguments), &files.collect::<Vec<_>>())?;
        text.push_str("\nNext: `milepost check` lists what the new files still need.\n");
    }
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
