//! The bodies that assess commitments.

use strum::{IntoStaticStr, VariantArray};

use super::id::AssessorId;
use super::text::Text;

/// A body that assesses commitments. Three are built in, and have no file: the government, OGP's Independent
/// Reporting Mechanism, and civil society.
#[derive(Debug)]
pub struct Assessor {
    pub id: AssessorId,
    pub kind: AssessorKind,
    /// What is in its file; `None` for a built-in assessor.
    pub details: Option<AssessorDetails>,
}

/// What the file of an assessor says.
#[derive(Debug)]
pub struct AssessorDetails {
    /// The path relative to the site folder.
    pub file: String,
    pub name: Text,
    /// The URL of its own site.
    pub website: Option<String>,
}

/// What an assessor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum AssessorKind {
    /// The government, in a self-assessment.
    Government,
    /// OGP's Independent Reporting Mechanism.
    Irm,
    /// A body that the country itself has asked to monitor.
    MonitoringBody,
    /// Civil-society organisations.
    CivilSociety,
    Parliament,
    /// A supreme audit institution.
    Audit,
}

impl AssessorKind {
    /// The kinds whose names stand for an assessor without a file.
    pub const BUILT_IN: [AssessorKind; 3] =
        [AssessorKind::Government, AssessorKind::Irm, AssessorKind::CivilSociety];

    /// Returns the name in files and data.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

impl Assessor {
    /// Returns the built-in assessor of a kind.
    pub fn built_in(kind: AssessorKind) -> Self {
        Assessor { id: AssessorId::new(kind.name()), kind, details: None }
    }

    /// Whether all its reports come from one body, so that a newer report replaces an older one. Civil
    /// society is many organisations: each of their reports stands for itself.
    pub fn is_one_body(&self) -> bool {
        self.details.is_some() || self.kind != AssessorKind::CivilSociety
    }
}
