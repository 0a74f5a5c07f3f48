//! The whole portal, and what commitments refer to.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::change::{self, Moment};
use super::commitment::{Commitment, Location};
use super::date::PartialDate;
use super::id::{AgencyId, ArticleId, CommitmentId, PlanId, ReportId};
use super::level::Assessor;
use super::selection::Index;
use super::tally::Tally;
use super::text::{LanguageCode, Text};

/// Everything that the portal shows. Lists are in the order in which they are shown.
#[derive(Debug)]
pub struct Portal {
    /// The settings.
    pub site: Site,
    /// By start, oldest first.
    pub plans: Vec<Arc<ActionPlan>>,
    /// By id.
    pub agencies: Vec<Arc<Agency>>,
    /// By date, oldest first.
    pub reports: Vec<Arc<Report>>,
    /// By plan and number.
    pub commitments: Vec<Arc<Commitment>>,
    /// By id.
    pub articles: Vec<Article>,
    /// The evidence, by path.
    pub files: Vec<File>,
    /// The newest date of a report that judges a commitment, of an update or of a withdrawal.
    pub newest_date: Option<PartialDate>,
    pub(super) index: Index,
    /// Where to find everything that was said, newest first.
    pub(super) history: Vec<Moment>,
    /// Where each stands among `commitments`.
    places: HashMap<CommitmentId, usize>,
    /// The commitments that those of later plans continue.
    continued: HashSet<CommitmentId>,
}

impl Portal {
    /// Puts the parts in order.
    pub fn new(
        site: Site,
        mut plans: Vec<Arc<ActionPlan>>,
        mut agencies: Vec<Arc<Agency>>,
        mut reports: Vec<Arc<Report>>,
        mut commitments: Vec<Arc<Commitment>>,
        articles: Vec<Article>,
        files: Vec<File>,
    ) -> Self {
        plans.sort_by(|a, b| (a.start_date, &a.id).cmp(&(b.start_date, &b.id)));
        agencies.sort_by(|a, b| a.id.cmp(&b.id));
        reports.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
        commitments.sort_by(|a, b| (a.plan.start_date, &a.id).cmp(&(b.plan.start_date, &b.id)));
        let newest_date = commitments.iter().filter_map(|it| it.newest_date()).max();
        let continued = commitments.iter().filter_map(|it| it.carried_from.clone()).collect();
        let index = Index::new(&commitments);
        let places = commitments.iter().enumerate().map(|(at, it)| (it.id.clone(), at)).collect();
        let history = change::history(&commitments, &reports);
        Portal {
            site,
            plans,
            agencies,
            reports,
            commitments,
            articles,
            files,
            newest_date,
            index,
            history,
            places,
            continued,
        }
    }

    /// The commitment with this id.
    pub fn commitment(&self, id: &CommitmentId) -> Option<&Commitment> {
        self.places.get(id).map(|&at| self.commitments[at].as_ref())
    }

    /// The commitments before and after this one, in plan order.
    pub fn neighbours(&self, id: &CommitmentId) -> (Option<&Commitment>, Option<&Commitment>) {
        let Some(&at) = self.places.get(id) else { return (None, None) };
        let previous = at.checked_sub(1).map(|at| self.commitments[at].as_ref());
        (previous, self.commitments.get(at + 1).map(Arc::as_ref))
    }

    /// Whether a commitment of a later plan continues this one.
    pub fn is_continued(&self, id: &CommitmentId) -> bool {
        self.continued.contains(id)
    }

    /// The counts of all commitments.
    pub fn tally(&self) -> Tally {
        self.newest_first().tally()
    }

    /// The agency with this id.
    pub fn agency(&self, id: &AgencyId) -> Option<&Agency> {
        let at = self.agencies.binary_search_by(|it| it.id.cmp(id)).ok()?;
        Some(&self.agencies[at])
    }
}

/// The settings of a site (`site.toml`).
#[derive(Debug, Clone)]
pub struct Site {
    /// The portal's name.
    pub title: Text,
    /// The address that the portal is published at, with a `/` at its end.
    pub base_url: String,
    /// The languages of the portal; the first is the default, at the root.
    pub languages: Vec<LanguageCode>,
    /// The assessor whose levels the charts show.
    pub headline: Assessor,
    /// The theme's name.
    pub theme: String,
    /// Where the site's files can be edited: an address to which a file's path is added.
    pub repository: Option<String>,
    /// Where to report a mistake: an address or a `mailto:`.
    pub report_mistakes: Option<String>,
    /// Who runs the portal.
    pub publisher: Option<Text>,
    /// What readers may do with the texts and data.
    pub licence: Option<Licence>,
    /// Whether pages have a picture for those who share them.
    pub cards: bool,
    /// One sentence, shown on every page of a translated language, that says what kind of
    /// translation it is.
    pub translation_notes: Vec<(LanguageCode, String)>,
}

impl Site {
    /// The language at the portal's root.
    pub fn default_language(&self) -> &LanguageCode {
        &self.languages[0]
    }

    /// What kind of translation the texts in `language` are.
    pub fn translation_note(&self, language: &LanguageCode) -> Option<&str> {
        let note = self.translation_notes.iter().find(|(code, _)| code == language);
        note.map(|(_, note)| note.as_str())
    }
}

/// A field of a contact that a site may publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactField {
    /// The person's name.
    Name,
    /// What they do.
    Role,
    /// Where in the agency.
    Department,
    /// The mailbox.
    Email,
    /// The telephone.
    Phone,
}

impl ContactField {
    /// The key in `[contact]` with its field.
    pub const ALL: [(&'static str, ContactField); 5] = [
        ("name", ContactField::Name),
        ("role", ContactField::Role),
        ("department", ContactField::Department),
        ("email", ContactField::Email),
        ("phone", ContactField::Phone),
    ];
}

/// What readers may do with the texts and data.
#[derive(Debug, Clone)]
pub struct Licence {
    /// As in `CC BY 4.0`.
    pub title: String,
    /// The licence's text.
    pub url: String,
}

/// A period's set of commitments.
#[derive(Debug)]
pub struct ActionPlan {
    /// The file name.
    pub id: PlanId,
    /// The file.
    pub file: String,
    /// Its name.
    pub title: Text,
    /// The country's how manieth.
    pub number: Option<u32>,
    /// When it begins.
    pub start_date: PartialDate,
    /// When it ends.
    pub end_date: PartialDate,
    /// Its numbered sections.
    pub chapters: Vec<Chapter>,
}

/// A numbered section of a plan.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// As in `3.3.1`.
    pub number: String,
    /// What it is about.
    pub title: Text,
}

/// Who carries a commitment out.
#[derive(Debug)]
pub struct Agency {
    /// The file name.
    pub id: AgencyId,
    /// The file.
    pub file: String,
    /// Its full name.
    pub name: Text,
    /// A name for narrow places.
    pub short_name: Option<Text>,
    /// Its own site.
    pub website: Option<String>,
    /// Ids that it once had, whose addresses lead here.
    pub aliases: Vec<String>,
}

/// A published document that judges commitments.
#[derive(Debug)]
pub struct Report {
    /// The file name.
    pub id: ReportId,
    /// The file.
    pub file: String,
    /// Its name.
    pub title: Text,
    /// Who judges in it.
    pub assessor: Assessor,
    /// The plan that it judges.
    pub plan: Arc<ActionPlan>,
    /// When it was published.
    pub date: PartialDate,
    /// Where it can be read.
    pub location: Option<Location>,
    /// That only a part of it is entered in this portal.
    pub partial: bool,
    /// Its own sections besides the commitments.
    pub sections: Vec<Section>,
}

/// A section of a report.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its heading.
    pub title: Text,
    /// What it says. Markdown.
    pub text: Option<Text>,
}

/// A free text such as About.
#[derive(Debug)]
pub struct Article {
    /// The file name.
    pub id: ArticleId,
    /// The file of the original.
    pub file: String,
    /// The first heading.
    pub title: Text,
    /// What follows the heading. Markdown.
    pub body: Text,
    /// Names that it once had, whose addresses lead here.
    pub aliases: Vec<String>,
}

/// A file of `content/files/`, published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path below `content/`, as in `files/decree.pdf`.
    pub path: String,
    /// In bytes.
    pub size: u64,
}
