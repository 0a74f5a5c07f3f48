//! Completion levels, and the standing that the portal shows.

/// How much of a commitment is done: the four levels of OGP's Commitment Completion Template, in
/// ascending order.
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
    pub const ALL: [CompletionLevel; 4] = [
        CompletionLevel::NotStarted,
        CompletionLevel::Limited,
        CompletionLevel::Substantial,
        CompletionLevel::Completed,
    ];

    /// Returns the name in files, addresses and data.
    pub fn name(self) -> &'static str {
        Standing::from(self).name()
    }
}

/// What one report says about the completion of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssessedLevel {
    Level(CompletionLevel),
    /// The Independent Reporting Mechanism found no evidence from which to assess a level (OGP's
    /// glossary, "completion").
    NoEvidence,
    /// The report mentions the commitment but gives no level.
    NotReported,
}

impl AssessedLevel {
    /// Returns the name in data: that of a level, `no-evidence` or `not-reported`.
    pub fn name(self) -> &'static str {
        Standing::from(self).name()
    }
}

/// What the portal shows for a commitment. *Not reported* is never shown as *not started*, because
/// a missing report does not mean that no work was done.
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
    /// The assessor found no evidence from which to assess a level.
    NoEvidence,
    /// The newest report of the headline assessor gives no level, or there is no such report.
    NotReported,
    /// The government dropped the commitment.
    Withdrawn,
    /// Another commitment includes it. It is not counted.
    Merged,
}

impl Standing {
    /// All standings in the order of charts, in which *completed* is at the baseline.
    pub const ALL: [Standing; 8] = [
        Standing::Completed,
        Standing::Substantial,
        Standing::Limited,
        Standing::NotStarted,
        Standing::NoEvidence,
        Standing::NotReported,
        Standing::Withdrawn,
        Standing::Merged,
    ];

    /// Returns the name in addresses, data and style sheets.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Completed => "completed",
            Standing::Substantial => "substantial",
            Standing::Limited => "limited",
            Standing::NotStarted => "not-started",
            Standing::NoEvidence => "no-evidence",
            Standing::NotReported => "not-reported",
            Standing::Withdrawn => "withdrawn",
            Standing::Merged => "merged",
        }
    }

    /// Returns the position in lists that start with the least progress: *not started* is first,
    /// *completed* and *withdrawn* are last.
    pub fn progress_rank(self) -> u8 {
        match self {
            Standing::NotStarted => 0,
            Standing::NotReported => 1,
            Standing::NoEvidence => 2,
            Standing::Limited => 3,
            Standing::Substantial => 4,
            Standing::Completed => 5,
            Standing::Withdrawn => 6,
            Standing::Merged => 7,
        }
    }

    /// Returns the completion level, or `None` if the standing is not a level.
    pub fn level(self) -> Option<CompletionLevel> {
        match self {
            Standing::Completed => Some(CompletionLevel::Completed),
            Standing::Substantial => Some(CompletionLevel::Substantial),
            Standing::Limited => Some(CompletionLevel::Limited),
            Standing::NotStarted => Some(CompletionLevel::NotStarted),
            Standing::NoEvidence
            | Standing::NotReported
            | Standing::Withdrawn
            | Standing::Merged => None,
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
