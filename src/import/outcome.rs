//! What an import makes of a file and a site, or why it makes nothing.

use crate::diagnostic::Diagnostics;
use crate::draft::{self, Drafts};
use crate::format::Kind;
use crate::problems::{Doubt, ImportProblem, ImportRefusal, Refusal};
use crate::settings::{self, Settings};
use crate::source::Sources;
use crate::starter::NewFile;

/// What an import makes.
#[derive(Debug)]
pub struct Import {
    /// The new files, sorted by path.
    pub files: Vec<(Kind, NewFile)>,
    /// The rows or commitments that were imported.
    pub commitments: usize,
    /// What a person must decide.
    pub doubts: Vec<Doubt>,
}

/// Why nothing is imported.
#[derive(Debug)]
pub enum ImportError {
    /// The site or the file is another one.
    Refused(Refusal),
    /// What is wrong in the file, in its order.
    Problems(Vec<ImportProblem>),
}

impl From<Refusal> for ImportError {
    fn from(refusal: Refusal) -> Self {
        ImportError::Refused(refusal)
    }
}

impl From<ImportRefusal> for ImportError {
    fn from(refusal: ImportRefusal) -> Self {
        ImportError::Refused(refusal.into())
    }
}

/// The site that gets the files.
pub(super) struct Site {
    pub(super) settings: Settings,
    pub(super) drafts: Drafts,
}

impl Site {
    /// Reads the site. [`super::check`] reports its problems.
    pub(super) fn read(sources: &Sources) -> Result<Self, ImportRefusal> {
        let mut ignored = Diagnostics::default();
        let settings = settings::read(sources, &mut ignored).ok_or(ImportRefusal::SiteHasErrors)?;
        let drafts = draft::read(sources, &settings.site.languages, None, &mut ignored);
        Ok(Site { settings, drafts })
    }
}
