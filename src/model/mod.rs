//! The nouns of an open-government portal as finished, true data.
//!
//! Everything here holds: a commitment's lead is an agency that exists, an assessment's report is
//! about the right plan. Values are made once by `check::resolve` and never change. The module
//! knows nothing of TOML, HTML, addresses or the clock.

mod change;
mod commitment;
mod date;
mod id;
mod level;
mod ogp;
mod portal;
mod selection;
mod tally;
mod text;

pub use change::{Change, What};
pub use commitment::{
    Assessment, Commitment, Contact, Evidence, Location, Milestone, Update, Withdrawal,
};
pub use date::{EndDate, PartialDate};
pub use id::{AgencyId, ArticleId, CommitmentId, PlanId, ReportId, natural_order};
pub use level::{Assessor, CompletionLevel, Finding, Standing};
pub use ogp::{OgpValue, POLICY_AREAS, PolicyArea};
pub use portal::{
    ActionPlan, Agency, Article, Chapter, ContactField, File, Licence, Portal, Report, Section,
    Site,
};
pub use selection::Selection;
pub use tally::Tally;
pub use text::{LanguageCode, Text};
