//! `milepost diff`: says what changes in the portal between two versions of a site.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::arguments::{DiffArguments, PROBLEMS_FOUND};
use super::version::{Assembled, options};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::difference::Difference;
use crate::disk;
use crate::emit;
use crate::pipeline::BuildOptions;
use crate::problems::DiffFailure;
use crate::source::Sources;

pub(super) fn run(arguments: &DiffArguments) -> Result<ExitCode> {
    let DiffArguments { folders, git, json } = arguments;
    let current = Path::new(".");
    let (old, new) = match (git, &folders[..]) {
        (None, [old, new]) => (disk::read_site(old)?, disk::read_site(new)?),
        (Some(revision), []) => (disk::read_site_at(revision, current)?, disk::read_site(current)?),
        (Some(revision), [folder]) => {
            (disk::read_site_at(revision, folder)?, disk::read_site(folder)?)
        }
        _ => bail!(DiffFailure::NeedsTwoVersions),
    };
    let options = options()?;
    let (new, new_errors) = count_errors(new, &options);
    if new_errors > 0 {
        let text = match json {
            true => emit::new_errors_json(new_errors),
            false => emit::new_errors_markdown(new_errors),
        };
        io::stdout().lock().write_all(text.as_bytes())?;
        return Ok(ExitCode::from(PROBLEMS_FOUND));
    }
    let (old, old_errors) = count_errors(old, &options);
    let (Some(new), Some(old)) = (new, old) else { bail!(DiffFailure::OldVersionIsUnusable) };
    let difference = Difference::new(old.version(), new.version());
    let text = match json {
        true => emit::difference_json(&difference, old_errors),
        false => emit::difference_markdown(&difference, old_errors),
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Assembles a version. Returns also the number of its errors; `None` if they leave nothing to compare.
fn count_errors(
    (sources, mut diagnostics): (Arc<Sources>, Diagnostics),
    options: &BuildOptions,
) -> (Option<Assembled>, usize) {
    let assembled = Assembled::new(&sources, options, &mut diagnostics);
    let assembled = assembled.map(|version| version.with_pages(options, &mut diagnostics));
    let all = diagnostics.into_sorted(&sources);
    (assembled, all.iter().filter(|problem| Diagnostic::is_error(problem)).count())
}
