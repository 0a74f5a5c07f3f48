//! What templates get to see: plain values, ready to be shown.
//!
//! These structs are the contract of `themes/README.md`. Everything that a template could get wrong
//! is decided here: which words, which order, which address, which language a text is in. Nothing
//! here knows what a page looks like.

mod agency;
mod changes;
mod commitment;
mod home;
mod layout;
mod pagination;
mod plan;
mod report;
mod search;
mod shared;

pub use agency::{AgenciesView, AgencyRow, AgencyView};
pub use changes::{ChangeGroup, ChangeItem, ChangesView};
pub use commitment::{
    AssessmentView, CommitmentView, CommitmentsView, ContactView, EvidenceView, HistoryEntryView,
    MilestoneView, NumberedLink, UpdateView,
};
pub use home::{ArticleView, DataView, DownloadView, HomeView, LevelView, NotFoundView};
pub use layout::{Layout, PageKind};
pub use pagination::{Pagination, page_count};
pub use plan::{ChapterRow, ChapterView, PlanView};
pub use report::{ReportView, SectionView, SheetView};
pub use search::{Choice, FilterView, PlanIndex, SearchView};
pub use shared::{
    ChartRow, ChartView, CommitmentRow, DateView, Link, LocalizedText, Prose, ReportLine,
    StandingView,
};

use std::sync::Arc;

use crate::language::Language;
use crate::model::Portal;
use crate::route::{Links, Route, Routes};

/// Makes the views of one page in one language.
pub struct Viewer<'a> {
    /// What there is to show.
    pub portal: &'a Portal,
    /// Every language of the portal, the default first.
    pub languages: &'a [Arc<Language>],
    /// The language of the page.
    pub language: &'a Language,
    /// Every address.
    pub routes: &'a Routes,
    /// Addresses as seen from the page.
    pub links: Links<'a>,
    /// The page.
    pub route: &'a Route,
    /// The page whose card shows this one: itself, or the home page.
    pub with_card: Option<&'a Route>,
    /// The style sheet, by its path below the portal's root.
    pub stylesheet: &'a str,
}
