//! `milepost export`: prints the commitments of a site in the form of another program.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;

use super::arguments::{ExportArguments, PROBLEMS_FOUND};
use super::export_form;
use super::print::print_errors;
use crate::disk;
use crate::page::{Content, Page};
use crate::pipeline;
use crate::render::Rendered;
use crate::route::DataFile;
use crate::workbook;

pub(super) fn run(arguments: &ExportArguments) -> Result<ExitCode> {
    match (&arguments.xlsx, &arguments.csv) {
        (Some(file), _) => export_form::run(arguments, file, workbook::xlsx),
        (None, Some(file)) => export_form::run(arguments, file, workbook::csv),
        (None, None) => table(arguments),
    }
}

/// Prints the commitments in the columns of OGP's table.
fn table(arguments: &ExportArguments) -> Result<ExitCode> {
    let options = arguments.site.build_options()?;
    let (sources, mut diagnostics) = disk::read_site(&arguments.site.path)?;
    let renderer = pipeline::assemble(&sources, &options, None, |_| (), &mut diagnostics);
    let Some(renderer) = renderer.filter(|_| !diagnostics.has_errors()) else {
        print_errors(&diagnostics.into_sorted(&sources), &sources)?;
        return Ok(ExitCode::from(PROBLEMS_FOUND));
    };
    let pages = pipeline::plan(&renderer, &options, &mut diagnostics);
    let is_table = |page: &&Page| page.content == Content::Data(DataFile::Ogp);
    let table = pages.iter().find(is_table).map(|page| renderer.render(page));
    let Some(Ok(Rendered::Bytes(bytes))) = table else { unreachable!("a portal has the table") };
    io::stdout().lock().write_all(&bytes)?;
    Ok(ExitCode::SUCCESS)
}
