//! Turns tables and reports of others into files of content: text in, files and doubts out.
//!
//! An import guesses as little as it can. What a person must decide is a doubt; what cannot be right is a
//! problem, and then nothing is imported. This module does not know about the disk or the terminal.

mod date;
mod names;
mod ogp;
mod outcome;
mod places;
mod section;
mod template;
mod text;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::format::Kind;
use crate::pipeline::{self, BuildOptions};
use crate::problems::ImportRefusal;
use crate::source::{Source, Sources};
use crate::starter::NewFile;

pub use ogp::table;
pub use outcome::{Import, ImportError};
pub use template::{Target, template};

/// The largest file to import, in bytes.
pub const MAX_IMPORT_SIZE: u64 = 32 << 20;

/// Checks a site with new files as `check` does. Returns its files and the problems; they have no errors if the
/// files can be written.
///
/// # Errors
/// If files of the site have errors without the new files.
pub fn check(
    sources: &Arc<Sources>,
    files: &[(Kind, NewFile)],
    options: &BuildOptions,
) -> Result<(Arc<Sources>, Diagnostics), ImportRefusal> {
    let added = files.iter().map(|(_, file)| {
        let (path, text) = (file.path.clone(), file.text.as_str().into());
        Arc::new(Source { path, text, is_readable: true })
    });
    let all = Arc::new(sources.with_added(added));
    let diagnostics = problems_of(&all, options);
    let paths: BTreeSet<&str> = files.iter().map(|(_, file)| file.path.as_str()).collect();
    let is_elsewhere = diagnostics
        .iter()
        .any(|problem| problem.is_error() && !paths.contains(problem.location.path(&all)));
    // The new files can be what is missing in the others, or what is wrong with them.
    if is_elsewhere && problems_of(sources, options).has_errors() {
        return Err(ImportRefusal::SiteHasErrors);
    }
    Ok((all, diagnostics))
}

fn problems_of(sources: &Arc<Sources>, options: &BuildOptions) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    if let Some(renderer) = pipeline::assemble(sources, options, None, |_| (), &mut diagnostics) {
        let pages = pipeline::plan(&renderer, options, &mut diagnostics);
        diagnostics.append(pipeline::check_pages(&renderer, &pages));
    }
    diagnostics
}
