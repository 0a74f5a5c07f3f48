//! `milepost export --xlsx` and `--csv`: writes the form that ministries fill in.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::arguments::ExportArguments;
use super::version::options;
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::language::Language;
use crate::model::{Agency, Portal, Report};
use crate::pipeline;
use crate::problems::WorkbookFailure;
use crate::render::Renderer;
use crate::workbook::Form;

/// Writes the form that ministries fill in.
pub(super) fn run(
    arguments: &ExportArguments,
    file: &Path,
    write: fn(&Form<'_>) -> Vec<u8>,
) -> Result<ExitCode> {
    let (sources, mut diagnostics) = disk::read_site(&arguments.site.path)?;
    let renderer = pipeline::assemble(&sources, &options()?, None, |_| (), &mut diagnostics);
    let errors = diagnostics.iter().filter(|problem| Diagnostic::is_error(problem)).count();
    let Some(renderer) = renderer.filter(|_| errors == 0) else {
        bail!(WorkbookFailure::SiteHasErrors(errors))
    };
    let Renderer { portal, bundle, .. } = &renderer;
    let report = arguments.report.as_deref().map(|id| report(portal, id)).transpose()?;
    let newest = portal.newest_plan().map(|part| part.plan);
    let Some(plan) = report.map(|report| report.plan.as_ref()).or(newest) else {
        bail!(WorkbookFailure::NoCommitments)
    };
    let form = Form {
        portal,
        plan,
        report,
        agency: arguments.agency.as_deref().map(|id| agency(portal, id)).transpose()?,
        language: match &arguments.language {
            Some(code) => language(&bundle.languages, code.as_str())?,
            None => &bundle.languages[0],
        },
        site_language: &bundle.languages[0],
    };
    disk::create_file(file, &write(&form))?;
    writeln!(io::stdout().lock(), "Wrote `{}`.", file.display())?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn report<'p>(portal: &'p Portal, id: &str) -> Result<&'p Report, WorkbookFailure> {
    let mut reports = portal.reports.iter().map(AsRef::as_ref);
    let ids = portal.reports.iter().map(|report| report.id.as_str());
    reports
        .find(|report: &&Report| report.id.as_str() == id)
        .ok_or_else(|| WorkbookFailure::unknown("report", id, ids))
}

fn agency<'p>(portal: &'p Portal, id: &str) -> Result<&'p Agency, WorkbookFailure> {
    let mut agencies = portal.agencies.iter().map(AsRef::as_ref);
    let ids = portal.agencies.iter().map(|agency| agency.id.as_str());
    agencies
        .find(|agency: &&Agency| agency.id.as_str() == id)
        .ok_or_else(|| WorkbookFailure::unknown("agency", id, ids))
}

fn language<'l>(
    languages: &'l [Arc<Language>],
    code: &str,
) -> Result<&'l Language, WorkbookFailure> {
    // A similar code is that of another language.
    let language = languages.iter().find(|language| language.code.as_str() == code);
    language.map(AsRef::as_ref).ok_or_else(|| WorkbookFailure::unknown("language", code, []))
}
