//! The validated content of a portal: action plans, commitments, agencies, reports and articles.
//!
//! References are resolved: the lead of a commitment is an agency that exists, and the report of an
//! assessment covers the commitment's plan. `check::resolve` creates the values, and nothing
//! changes them afterwards. This module does not know TOML, HTML, addresses or the clock.

mod action_plan;
mod agency;
mod article;
mod assessment;
mod assessor;
mod colour;
mod commitment;
mod comparison;
mod contact;
mod date;
mod finding;
mod id;
mod indicator;
mod irm;
mod level;
mod location;
mod milestone;
mod ogp;
mod portal;
mod progress;
mod range;
mod report;
mod selection;
mod site;
mod tally;
mod text;
mod timeline;
mod vocabulary;

pub use action_plan::{ActionPlan, Chapter};
pub use agency::{Agency, FormerName, Succession, SuccessionKind};
pub use article::Article;
pub use assessment::{
    AssessedMilestone, AssessedMilestoneTexts, Assessment, AssessmentTexts, Challenge, Evidence,
};
pub use assessor::{Assessor, AssessorDetails, AssessorKind};
pub use colour::Colour;
pub use commitment::{
    Commitment, CommitmentTexts, Correction, Reschedule, RescheduleTexts, Track, Update,
    Withdrawal, WithdrawalTexts, standing,
};
pub use comparison::Agreement;
pub use contact::{Contact, ContactTexts, is_private_mailbox};
pub use date::{EndDate, PartialDate};
pub use finding::Finding;
pub use id::{
    AgencyId, ArticleId, AssessorId, CommitmentId, ContentId, ContentIds, PlanId, ReportId,
    natural_order,
};
pub use indicator::{
    DatedQuantity, Indicator, IndicatorTexts, IndicatorValue, IndicatorValueTexts, Quantity,
};
pub use irm::IrmCodes;
pub use level::{AssessedLevel, CompletionLevel, Standing};
pub use location::{DocumentLocation, File, ROOT_FOLDER, is_published_path};
pub use milestone::{Milestone, MilestoneTexts};
pub use ogp::{OgpValue, PolicyArea};
pub use portal::{Content, Portal};
pub use progress::Late;
pub use report::{Report, ReportKind, ReportTexts, Section};
pub use selection::{PlanPart, Selection};
pub use site::{ContactField, LevelOfGovernment, Licence, LinkStyle, Site};
pub use tally::{Share, Tally};
pub use text::{KeyedText, LanguageCode, Text, TextKind};
pub use timeline::{Change, ChangeKind};
pub use vocabulary::{Term, Vocabulary};
