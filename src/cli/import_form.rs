//! `milepost import FILE`: brings what ministries answered in a form into the files of the site.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail};

use super::arguments::{ImportArguments, PROBLEMS_FOUND};
use super::export_form::report;
use super::version::{Assembled, options};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::difference::Difference;
use crate::disk;
use crate::emit;
use crate::model::natural_order;
use crate::pipeline::BuildOptions;
use crate::problems::words::Count;
use crate::problems::{DiffFailure, WorkbookFailure};
use crate::source::Sources;
use crate::workbook::{self, Answers, Merged, Target, Winner};

/// The number of warnings to print: `milepost check` lists them all later.
const MAX_WARNINGS: usize = 100;

/// Imports the form that ministries have filled in.
pub(super) fn run(arguments: &ImportArguments, file: &Path) -> Result<ExitCode> {
    let folder = arguments.folder.as_deref().unwrap_or(Path::new("."));
    let options = options()?;
    let (sources, mut diagnostics) = disk::read_site(folder)?;
    let mut old = Assembled::new(&sources, &options, &mut diagnostics);
    if arguments.dry_run {
        old = old.map(|version| version.with_pages(&options, &mut diagnostics));
    }
    let errors = diagnostics.iter().filter(|problem| Diagnostic::is_error(problem)).count();
    let Some(old) = old.filter(|_| errors == 0) else {
        bail!(WorkbookFailure::SiteHasErrors(errors))
    };
    let target = Target {
        portal: &old.renderer.portal,
        report: report(&old.renderer.portal, arguments.report.as_deref().unwrap_or_default())?,
        languages: &old.renderer.bundle.languages,
    };
    let Some(bytes) = disk::read_bounded(file, workbook::MAX_FILE)? else {
        bail!(WorkbookFailure::TooLarge)
    };
    let answers = workbook::find_answers(&workbook::read(&bytes)?, target)?;
    let winner = if arguments.overwrite { Winner::Workbook } else { Winner::Site };
    let mut merged = workbook::merge(&answers, target, &sources, winner)?;
    let new = Checked::new(&sources, &merged, &options);
    let problems = std::mem::take(&mut merged.problems);
    let mut problems = [answers.problems.as_slice(), &problems, &new.problems].concat();
    if problems.iter().any(Diagnostic::is_error) {
        // Without the wrong answers, the site would lack more than the form does.
        problems.retain(Diagnostic::is_error);
    }
    problems.sort_by(|a, b| {
        natural_order(a.location.path(&new.sources), b.location.path(&new.sources))
    });
    print_findings(&answers, &merged, &problems, &new.sources, winner)?;
    let mut out = io::stdout().lock();
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    if errors > 0 {
        writeln!(out, "Nothing was written: correct the {} first.", Count(errors, "error"))?;
        return Ok(ExitCode::from(PROBLEMS_FOUND));
    }
    if arguments.dry_run {
        let Some(new) = new.assembled else { bail!(DiffFailure::OldVersionIsUnusable) };
        let difference = Difference::new(old.version(), new.version());
        out.write_all(emit::difference_markdown(&difference, 0).as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    disk::replace_files(folder, &merged.files)?;
    if !merged.files.is_empty() {
        let (written, files) = (Count(merged.written, "answer"), Count(merged.files.len(), "file"));
        writeln!(out, "Wrote {written} to {files}. `git diff` shows each.")?;
    } else if answers.rows == 0 {
        writeln!(out, "The form has no answers: nothing was written.")?;
    } else if merged.conflicts.is_empty() {
        writeln!(out, "The site has every answer already: nothing was written.")?;
    } else {
        let cells = Count(merged.conflicts.len(), "cell");
        writeln!(out, "In {cells}, the site says something else: nothing was written.")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The site as it would be after the import.
struct Checked {
    sources: Arc<Sources>,
    assembled: Option<Assembled>,
    /// Every error, and the warnings about the answers.
    problems: Vec<Diagnostic>,
}

impl Checked {
    fn new(old: &Sources, merged: &Merged, options: &BuildOptions) -> Self {
        let files = merged.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
        let sources = Arc::new(old.with_texts(files.collect::<BTreeMap<_, _>>()));
        let mut diagnostics = Diagnostics::default();
        let assembled = Assembled::new(&sources, options, &mut diagnostics);
        let assembled = assembled.map(|version| version.with_pages(options, &mut diagnostics));
        let problems = merged.in_cells(diagnostics.into_sorted(&sources), &sources).into_iter();
        // A ministry answers in one language.
        let is_shown = |(is_in_cell, problem): &(bool, Diagnostic)| {
            problem.is_error() || (*is_in_cell && problem.code != Code::NotTranslated)
        };
        let problems = problems.filter(is_shown).map(|(_, problem)| problem).collect();
        Checked { sources, assembled, problems }
    }
}

/// Prints what is wrong with the workbook, what differs from the site and what is not read, one line each.
fn print_findings(
    answers: &Answers,
    merged: &Merged,
    problems: &[Diagnostic],
    sources: &Sources,
    winner: Winner,
) -> Result<()> {
    let mut out = io::stdout().lock();
    let (errors, warnings): (Vec<_>, Vec<_>) =
        problems.iter().cloned().partition(Diagnostic::is_error);
    out.write_all(emit::sentences(&errors, sources).as_bytes())?;
    let shown = warnings.len().min(MAX_WARNINGS);
    out.write_all(emit::sentences(&warnings[..shown], sources).as_bytes())?;
    if warnings.len() > shown {
        writeln!(out, "… and {}", Count(warnings.len() - shown, "more warning"))?;
    }
    for conflict in &merged.conflicts {
        match winner {
            Winner::Site => writeln!(out, "{conflict}: left as it is")?,
            Winner::Workbook => writeln!(out, "{conflict}: replaced")?,
        }
    }
    for unread in &answers.unread {
        writeln!(out, "{unread}")?;
    }
    let conflicts = merged.conflicts.len();
    let (rows, summary) = (Count(answers.rows, "row"), emit::summary(problems));
    write!(out, "{rows} with answers, {}", Count(conflicts, "conflict"))?;
    if !answers.unread.is_empty() {
        write!(out, ", {} not read", answers.unread.len())?;
    }
    writeln!(out, ", {summary}.")?;
    if conflicts > 0 && winner == Winner::Site {
        writeln!(
            out,
            "`--overwrite` writes the answers of these cells, too: first empty those that should not win."
        )?;
    }
    Ok(())
}
