//! How far a commitment has come, and who says so.

/// How much of a commitment is done, in the four words of OGP's Commitment Completion Template.
/// Ordered from nothing to everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompletionLevel {
    /// No work has begun.
    NotStarted,
    /// Some work has begun.
    Limited,
    /// Most of the work is done.
    Substantial,
    /// Everything promised is done.
    Completed,
}

impl CompletionLevel {
    /// All levels, from nothing to everything.
    pub const ALL: [CompletionLevel; 4] = [
        CompletionLevel::NotStarted,
        CompletionLevel::Limited,
        CompletionLevel::Substantial,
        CompletionLevel::Completed,
    ];

    /// The name in files, addresses and data.
    pub fn name(self) -> &'static str {
        Standing::from(self).name()
    }
}

/// Who judges a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assessor {
    /// The government itself, in a self-assessment.
    Government,
    /// OGP's Independent Reporting Mechanism.
    Irm,
    /// A civil-society organisation.
    CivilSociety,
}

impl Assessor {
    /// All assessors.
    pub const ALL: [Assessor; 3] = [Assessor::Government, Assessor::Irm, Assessor::CivilSociety];

    /// The name in files and data.
    pub fn name(self) -> &'static str {
        match self {
            Assessor::Government => "government",
            Assessor::Irm => "irm",
            Assessor::CivilSociety => "civil-society",
        }
    }
}

/// What one report says of how far a commitment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssessedLevel {
    /// It gives a level.
    Level(CompletionLevel),
    /// The Independent Reporting Mechanism found no evidence to judge by (OGP's glossary,
    /// "completion").
    NoEvidence,
    /// It speaks of the commitment and gives no level.
    NotReported,
}

impl AssessedLevel {
    /// The name in data: a level's, `no-evidence` or `not-reported`.
    pub fn name(self) -> &'static str {
        Standing::from(self).name()
    }
}

/// What the portal shows for a commitment. Silence is not inaction: *not reported* is never shown
/// as *not started*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Everything promised is done.
    Completed,
    /// Most of the work is done.
    Substantial,
    /// Some work has begun.
    Limited,
    /// No work has begun.
    NotStarted,
    /// The assessor found no evidence to judge by.
    NoEvidence,
    /// The headline assessor has reported no level.
    NotReported,
    /// The government dropped the commitment.
    Withdrawn,
}

impl Standing {
    /// All standings in the order of charts: *completed* first, on the baseline.
    pub const ALL: [Standing; 7] = [
        Standing::Completed,
        Standing::Substantial,
        Standing::Limited,
        Standing::NotStarted,
        Standing::NoEvidence,
        Standing::NotReported,
        Standing::Withdrawn,
    ];

    /// The name in addresses, data and style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Completed => "completed",
            Standing::Substantial => "substantial",
            Standing::Limited => "limited",
            Standing::NotStarted => "not-started",
            Standing::NoEvidence => "no-evidence",
            Standing::NotReported => "not-reported",
            Standing::Withdrawn => "withdrawn",
        }
    }

    /// The order of lists that begin with those furthest behind: nothing known or begun first,
    /// completed and withdrawn last.
    pub fn progress_rank(self) -> u8 {
        match self {
            Standing::NotStarted => 0,
            Standing::NotReported => 1,
            Standing::NoEvidence => 2,
            Standing::Limited => 3,
            Standing::Substantial => 4,
            Standing::Completed => 5,
            Standing::Withdrawn => 6,
        }
    }

    /// The level, where the standing is one.
    pub fn level(self) -> Option<CompletionLevel> {
        match self {
            Standing::Completed => Some(CompletionLevel::Completed),
            Standing::Substantial => Some(CompletionLevel::Substantial),
            Standing::Limited => Some(CompletionLevel::Limited),
            Standing::NotStarted => Some(CompletionLevel::NotStarted),
            Standing::NoEvidence | Standing::NotReported | Standing::Withdrawn => None,
        }
    }
}

impl From<CompletionLevel> for Standing {
    fn from(level: CompletionLevel) -> Self {
        match level {
            CompletionLevel::NotStarted => Standing::NotStarted,
            CompletionLevel::Limited => Standing::Limited,
            CompletionLevel::Substantial => Standing::Substantial,
            CompletionLevel::Completed => Standing::Completed,
        }
    }
}

impl From<AssessedLevel> for Standing {
    fn from(level: AssessedLevel) -> Self {
        match level {
            AssessedLevel::Level(level) => level.into(),
            AssessedLevel::NoEvidence => Standing::NoEvidence,
            AssessedLevel::NotReported => Standing::NotReported,
        }
    }
}
