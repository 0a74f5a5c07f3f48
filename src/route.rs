//! The pages and files of a portal: their addresses, and what is known of each kind of page. All
//! other modules take addresses from here.
//!
//! Addresses come from ids, never from titles. Links between pages are relative, so that the portal
//! works in any folder of any host; `canonical`, feeds and data need absolute addresses, which
//! begin with `base_url`. This module does not know what a page contains.

use std::collections::{BTreeMap, BTreeSet};

use strum::{IntoStaticStr, VariantArray};

use crate::model::{
    AgencyId, ArticleId, AssessorId, Commitment, CommitmentId, ContentIds, File, LanguageCode,
    LinkStyle, PartialDate, PlanId, PolicyArea, Portal, ReportId, Selection, Site, Standing,
};
use crate::output::OutputPath;
use crate::web_address::{self, percent_decoded, percent_encoded};

/// A page of the portal, in any language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Home,
    Commitments,
    Commitment(CommitmentId),
    Agencies,
    Agency(AgencyId),
    Plans,
    Plan(PlanId),
    Level(Standing),
    Assessor(AssessorId),
    /// The commitments of a policy area.
    PolicyArea(PolicyArea),
    Report(ReportId),
    /// A report that is too long for one page, on one page: for print.
    WholeReport(ReportId),
    Changes,
    /// What is late, and which deadlines moved.
    Deadlines,
    /// What the portal corrected.
    Corrections,
    Data,
    Search,
    Article(ArticleId),
    /// The page that a host shows for an unknown address.
    NotFound,
    /// A later page of a long list, from page 2. Page 1 is the list itself.
    LaterPage(Box<Route>, usize),
}

/// A file of the data that readers can download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFile {
    /// One row for each commitment.
    Commitments,
    /// One row for each assessment of a commitment by a report.
    Assessments,
    /// One row for each update of a commitment.
    Updates,
    /// One row for each milestone of a commitment.
    Milestones,
    /// One row for what a report says about a milestone.
    MilestoneLevels,
    /// One row for each deadline that moved.
    Rescheduled,
    /// One row for each correction.
    Corrections,
    /// One row for each number of an indicator.
    Indicators,
    /// One row for each agency.
    Agencies,
    Json,
    /// The JSON Schema of that file.
    Schema,
    /// The commitments in the columns of OGP's dataset.
    Ogp,
    /// The description of the tables for programs.
    Package,
}

impl DataFile {
    /// In the order of the page of downloads.
    pub const ALL: [DataFile; 13] = [
        DataFile::Commitments,
        DataFile::Assessments,
        DataFile::Updates,
        DataFile::Milestones,
        DataFile::MilestoneLevels,
        DataFile::Rescheduled,
        DataFile::Corrections,
        DataFile::Indicators,
        DataFile::Agencies,
        DataFile::Json,
        DataFile::Schema,
        DataFile::Ogp,
        DataFile::Package,
    ];

    pub fn name(self) -> &'static str {
        match self {
            DataFile::Commitments => "commitments.csv",
            DataFile::Assessments => "assessments.csv",
            DataFile::Updates => "updates.csv",
            DataFile::Milestones => "milestones.csv",
            DataFile::MilestoneLevels => "milestone_levels.csv",
            DataFile::Rescheduled => "rescheduled.csv",
            DataFile::Corrections => "corrections.csv",
            DataFile::Indicators => "indicators.csv",
            DataFile::Agencies => "agencies.csv",
            DataFile::Json => "commitments.json",
            DataFile::Schema => "commitments.schema.json",
            DataFile::Ogp => "ogp.csv",
            DataFile::Package => "datapackage.json",
        }
    }

    /// Relative to the portal's root.
    pub fn path(self) -> String {
        format!("data/{}", self.name())
    }
}

/// A chart that readers can download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chart {
    /// The levels of a plan.
    Plan(PlanId),
    /// The chapters of a plan.
    Chapters(PlanId),
    /// The levels of a plan, report by report.
    History(PlanId),
    /// The agencies that lead commitments of a plan.
    Agencies(PlanId),
    /// The commitments of a plan that an agency leads.
    Agency(AgencyId, PlanId),
    Report(ReportId),
    /// The time line of a commitment.
    TimeLine(CommitmentId),
    /// An indicator of a commitment, by its id.
    Indicator(CommitmentId, String),
}

impl Chart {
    /// The page in whose folder its files are.
    pub fn page(&self) -> Route {
        match self {
            Chart::Plan(plan)
            | Chart::Chapters(plan)
            | Chart::History(plan)
            | Chart::Agencies(plan) => Route::Plan(plan.clone()),
            Chart::Agency(agency, _) => Route::Agency(agency.clone()),
            Chart::Report(report) => Route::Report(report.clone()),
            Chart::TimeLine(commitment) | Chart::Indicator(commitment, _) => {
                Route::Commitment(commitment.clone())
            }
        }
    }

    /// The name of its files, without the extension.
    fn name(&self) -> String {
        match self {
            Chart::Plan(_) | Chart::Report(_) => "levels".to_owned(),
            Chart::Chapters(_) => "chapters".to_owned(),
            Chart::History(_) => "history".to_owned(),
            Chart::Agencies(_) => "agencies".to_owned(),
            Chart::Agency(_, plan) => format!("levels-{plan}"),
            Chart::TimeLine(_) => "time-line".to_owned(),
            Chart::Indicator(_, id) => format!("indicator-{id}"),
        }
    }
}

/// What a chart is downloaded as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartFormat {
    /// The picture, as SVG.
    Picture,
    /// The numbers, as CSV.
    Table,
}

impl ChartFormat {
    pub const ALL: [ChartFormat; 2] = [ChartFormat::Picture, ChartFormat::Table];

    fn extension(self) -> &'static str {
        match self {
            ChartFormat::Picture => "svg",
            ChartFormat::Table => "csv",
        }
    }
}

/// A file of the search index, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexFile {
    /// The titles, and the facts that results show.
    Titles,
    /// The words of all other texts.
    Words,
}

impl IndexFile {
    pub const ALL: [IndexFile; 2] = [IndexFile::Titles, IndexFile::Words];
}

/// The list of all pages for search engines (sitemaps.org).
pub const SITEMAP: &str = "sitemap.xml";
/// The rules for search engines (RFC 9309).
pub const ROBOTS: &str = "robots.txt";

/// The folder of the theme's assets.
pub const ASSETS: &str = "assets/";
/// The folder of the site's own files.
const FILES: &str = "files/";
/// The name of a feed, in the folder of its page.
const FEED: &str = "feed.xml";

/// A kind of page. Its name is that of its template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum PageKind {
    Home,
    Commitments,
    Agencies,
    Changes,
    Deadlines,
    Corrections,
    Data,
    Search,
    Agency,
    Plans,
    Plan,
    Level,
    Assessor,
    PolicyArea,
    Report,
    WholeReport,
    Article,
    Commitment,
    NotFound,
}

impl PageKind {
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The first part of the addresses of these pages; empty if they are at the root.
    fn folder(self) -> &'static str {
        match self {
            PageKind::Home | PageKind::Article => "",
            PageKind::Commitments | PageKind::Commitment => "commitments/",
            PageKind::Agencies | PageKind::Agency => "agencies/",
            PageKind::Changes => "changes/",
            PageKind::Deadlines => "deadlines/",
            PageKind::Corrections => "corrections/",
            PageKind::Data => "data/",
            PageKind::Search => "search/",
            PageKind::Plans | PageKind::Plan => "plans/",
            PageKind::Level => "levels/",
            PageKind::Assessor => "assessors/",
            PageKind::PolicyArea => "policy-areas/",
            PageKind::Report | PageKind::WholeReport => "reports/",
            PageKind::NotFound => "404.html",
        }
    }

    /// The pages of this kind that a portal with this content has, without later pages of lists.
    fn routes(self, ids: &ContentIds) -> Vec<Route> {
        match self {
            PageKind::Home => vec![Route::Home],
            PageKind::Commitments => vec![Route::Commitments],
            PageKind::Agencies => vec![Route::Agencies],
            PageKind::Changes => vec![Route::Changes],
            PageKind::Deadlines => vec![Route::Deadlines],
            PageKind::Corrections => vec![Route::Corrections],
            PageKind::Data => vec![Route::Data],
            PageKind::Search => vec![Route::Search],
            PageKind::Agency => ids.agencies.iter().cloned().map(Route::Agency).collect(),
            PageKind::Plans => vec![Route::Plans],
            PageKind::Plan => ids.plans.iter().cloned().map(Route::Plan).collect(),
            PageKind::Level => Standing::ALL.map(Route::Level).to_vec(),
            PageKind::Assessor => ids.assessors.iter().cloned().map(Route::Assessor).collect(),
            PageKind::PolicyArea => {
                ids.policy_areas.iter().copied().map(Route::PolicyArea).collect()
            }
            PageKind::Report => ids.reports.iter().cloned().map(Route::Report).collect(),
            PageKind::Article => ids.articles.iter().cloned().map(Route::Article).collect(),
            PageKind::Commitment => {
                ids.commitments.iter().cloned().map(Route::Commitment).collect()
            }
            // Only long reports have it: see `Route::pages`.
            PageKind::WholeReport => Vec::new(),
            // It has no address of its own.
            PageKind::NotFound => Vec::new(),
        }
    }
}

/// The pages of a portal with this content that have an address, in the order of the sitemap and
/// the menu, without later pages of lists.
pub fn all(ids: &ContentIds) -> impl Iterator<Item = Route> {
    PageKind::VARIANTS.iter().flat_map(|kind| kind.routes(ids))
}

/// The row of a page in the table of pages, which [`Route::info`] contains.
#[derive(Default)]
pub struct PageInfo<'p> {
    /// The interface text of its entry in the menu; empty if it is not in the menu.
    pub menu: &'static str,
    /// The list that it belongs to.
    pub parent: Option<Route>,
    /// The entries of its list; `None` if it is not a list.
    pub entries: Option<Entries>,
    /// The content whose newest date is that of the page; `None` if the page has no date.
    pub dated: Option<Dated<'p>>,
    /// Whether it uses the script that searches and filters.
    pub has_script: bool,
}

/// The entries of a list.
#[derive(Clone, Copy)]
pub struct Entries {
    pub count: usize,
    /// The number of entries on one page.
    pub per_page: usize,
}

/// Content that has a newest date.
#[derive(Clone, Copy)]
pub enum Dated<'p> {
    On(PartialDate),
    Commitments(Selection<'p>),
}

impl Dated<'_> {
    /// The date of the newest report, update or withdrawal.
    pub fn newest(self) -> Option<PartialDate> {
        match self {
            Dated::On(date) => Some(date),
            Dated::Commitments(selection) => {
                selection.iter().filter_map(Commitment::newest_date).max()
            }
        }
    }
}

/// The number of commitments on one page: about 15 KB of compressed HTML.
const COMMITMENTS_PER_PAGE: usize = 300;
/// The number of changes on one page. Fewer than commitments: an update contains its text.
pub const CHANGES_PER_PAGE: usize = 100;
/// The number of agencies on one page. Fewer than commitments: each has a chart.
const AGENCIES_PER_PAGE: usize = 100;
/// The number of commitments on one page of a report. Each has its own printed sheet.
const SHEETS_PER_PAGE: usize = 25;
/// The number of pages of a report up to which it also has a page with all of it: 1,000 commitments are
/// about 5 MB of HTML.
const MAX_PAGES_TO_PRINT: usize = 40;
/// The number of plans on one page. Each has a chart.
const PLANS_PER_PAGE: usize = 50;

impl Route {
    pub fn kind(&self) -> PageKind {
        match self {
            Route::Home => PageKind::Home,
            Route::Commitments => PageKind::Commitments,
            Route::Commitment(_) => PageKind::Commitment,
            Route::Agencies => PageKind::Agencies,
            Route::Agency(_) => PageKind::Agency,
            Route::Plans => PageKind::Plans,
            Route::Plan(_) => PageKind::Plan,
            Route::Level(_) => PageKind::Level,
            Route::Assessor(_) => PageKind::Assessor,
            Route::PolicyArea(_) => PageKind::PolicyArea,
            Route::Report(_) => PageKind::Report,
            Route::WholeReport(_) => PageKind::WholeReport,
            Route::Changes => PageKind::Changes,
            Route::Deadlines => PageKind::Deadlines,
            Route::Corrections => PageKind::Corrections,
            Route::Data => PageKind::Data,
            Route::Search => PageKind::Search,
            Route::Article(_) => PageKind::Article,
            Route::NotFound => PageKind::NotFound,
            Route::LaterPage(list, _) => list.kind(),
        }
    }

    /// The table of pages: everything about a kind of page except its address, which [`Route::folder`]
    /// returns, and its view, which has the template with the name of the kind. A page of content that
    /// the portal does not have has no entries and no date.
    pub fn info<'p>(&self, portal: &'p Portal) -> PageInfo<'p> {
        let of_portal =
            PageInfo { dated: portal.newest_date.map(Dated::On), ..PageInfo::default() };
        let list = |count: usize, per_page: usize| PageInfo {
            entries: Some(Entries { count, per_page }),
            ..PageInfo::default()
        };
        match self.list_and_page().0 {
            Route::Home => PageInfo { menu: "home", ..of_portal },
            Route::Data => PageInfo { menu: "data", ..of_portal },
            Route::Search => PageInfo { menu: "search", has_script: true, ..of_portal },
            Route::Deadlines | Route::Corrections => of_portal,
            Route::Commitments => PageInfo {
                menu: "commitments",
                has_script: true,
                dated: of_portal.dated,
                ..list(portal.commitments.len(), COMMITMENTS_PER_PAGE)
            },
            Route::Agencies => PageInfo {
                menu: "agencies",
                dated: of_portal.dated,
                ..list(portal.agency_entries, AGENCIES_PER_PAGE)
            },
            Route::Plans => {
                PageInfo { dated: of_portal.dated, ..list(portal.plans.len(), PLANS_PER_PAGE) }
            }
            Route::Changes => PageInfo {
                menu: "changes",
                dated: of_portal.dated,
                ..list(portal.change_count(), CHANGES_PER_PAGE)
            },
            Route::Level(standing) => PageInfo {
                dated: of_portal.dated,
                ..list(portal.with_standing(*standing).len(), COMMITMENTS_PER_PAGE)
            },
            Route::Commitment(id) => commitment_info(id, portal),
            Route::Agency(id) => agency_info(id, portal),
            Route::Plan(id) => PageInfo {
                dated: Some(Dated::Commitments(portal.of_plan(id))),
                ..list(portal.of_plan(id).len(), COMMITMENTS_PER_PAGE)
            },
            Route::Assessor(_) => of_portal,
            Route::PolicyArea(area) => PageInfo {
                parent: Some(Route::Commitments),
                dated: Some(Dated::Commitments(portal.of_policy_area(*area))),
                ..list(portal.of_policy_area(*area).len(), COMMITMENTS_PER_PAGE)
            },
            Route::Report(id) => PageInfo {
                dated: portal.report(id).map(|report| Dated::On(report.date)),
                ..list(portal.assessed_by(id).len(), SHEETS_PER_PAGE)
            },
            Route::WholeReport(id) => PageInfo {
                dated: portal.report(id).map(|report| Dated::On(report.date)),
                ..PageInfo::default()
            },
            Route::Article(_) | Route::NotFound => PageInfo::default(),
            Route::LaterPage(..) => unreachable!("a list is never a later page"),
        }
    }

    /// The file in `content/` that the page shows, for messages.
    pub fn content_file(&self, portal: &Portal) -> Option<String> {
        match self.list_and_page().0 {
            Route::Commitment(id) => Some(id.file()),
            Route::Agency(id) => portal.agency(id).map(|agency| agency.file.clone()),
            Route::Plan(id) => portal.plan(id).map(|plan| plan.file.clone()),
            Route::Assessor(id) => {
                let details = portal.assessor(id).and_then(|assessor| assessor.details.as_ref());
                details.map(|details| details.file.clone())
            }
            Route::Report(id) | Route::WholeReport(id) => {
                portal.report(id).map(|report| report.file.clone())
            }
            Route::Article(id) => portal.article(id).map(|article| article.file.clone()),
            _ => None,
        }
    }

    /// The pages that a list is split into, and last a long report as a whole.
    pub fn pages(self, portal: &Portal) -> Vec<Route> {
        let count = self.page_count(portal);
        let mut pages: Vec<Route> = (1..=count).map(|page| self.clone().page(page)).collect();
        if let (Route::Report(id), 2..=MAX_PAGES_TO_PRINT) = (&self, count) {
            pages.push(Route::WholeReport(id.clone()));
        }
        pages
    }

    /// The number of pages that a list is split into. Every route has at least one.
    pub fn page_count(&self, portal: &Portal) -> usize {
        let entries = self.info(portal).entries;
        entries.map_or(1, |Entries { count, per_page }| count.div_ceil(per_page).max(1))
    }

    /// The address relative to the root of the language. It ends with `/` unless it is empty or a
    /// file.
    fn folder(&self) -> String {
        let folder = self.kind().folder();
        match self {
            Route::Commitment(id) => format!("{folder}{}/{}/", id.plan, id.number()),
            Route::Agency(id) => format!("{folder}{id}/"),
            Route::Plan(id) => format!("{folder}{id}/"),
            Route::Assessor(id) => format!("{folder}{id}/"),
            Route::PolicyArea(area) => format!("{folder}{}/", area.name()),
            Route::Report(id) => format!("{folder}{id}/"),
            Route::WholeReport(id) => format!("{folder}{id}/print/"),
            Route::Article(id) => format!("{folder}{id}/"),
            Route::Level(standing) => format!("{folder}{}/", standing.name()),
            Route::LaterPage(list, page) => format!("{}page-{page}/", list.folder()),
            Route::Home
            | Route::Commitments
            | Route::Agencies
            | Route::Plans
            | Route::Changes
            | Route::Deadlines
            | Route::Corrections
            | Route::Data
            | Route::Search
            | Route::NotFound => folder.to_owned(),
        }
    }

    /// A page of this list, by its number from 1.
    pub fn page(self, page: usize) -> Route {
        if page <= 1 { self } else { Route::LaterPage(Box::new(self), page) }
    }

    /// Whether the page has a feed of its own.
    pub fn has_feed(&self) -> bool {
        matches!(self, Route::Home | Route::Agency(_) | Route::Commitment(_))
    }

    /// The list that this is a page of, and the number of the page. A route that is not a later
    /// page is page 1 of itself.
    pub fn list_and_page(&self) -> (&Route, usize) {
        match self {
            Route::LaterPage(list, page) => (list, *page),
            list => (list, 1),
        }
    }

    /// The path of the page's file, relative to the root of the language.
    fn file(&self) -> String {
        match self {
            Route::NotFound => self.folder(),
            _ => self.folder() + "index.html",
        }
    }
}

fn commitment_info<'p>(id: &CommitmentId, portal: &'p Portal) -> PageInfo<'p> {
    let commitment = portal.commitment(id);
    PageInfo {
        parent: Some(Route::Commitments),
        dated: commitment.and_then(Commitment::newest_date).map(Dated::On),
        ..PageInfo::default()
    }
}

fn agency_info<'p>(id: &AgencyId, portal: &'p Portal) -> PageInfo<'p> {
    let (led, supported) = (portal.led_by(id), portal.supported_by(id));
    PageInfo {
        parent: Some(Route::Agencies),
        entries: Some(Entries {
            count: led.len() + supported.len(),
            per_page: COMMITMENTS_PER_PAGE,
        }),
        dated: Some(Dated::Commitments(led)),
        ..PageInfo::default()
    }
}

/// The addresses of one portal.
pub struct Routes {
    base_url: String,
    base_path: String,
    links: LinkStyle,
    /// Each language with the folder of its pages. The folder of the default language is empty.
    languages: Vec<(LanguageCode, String)>,
    pages: BTreeMap<String, Route>,
    files: BTreeSet<String>,
}

/// The destination of a link in a text.
pub enum Target<'r> {
    /// A page, in the reader's language.
    Page(&'r Route),
    /// A file, by its path relative to the portal's root.
    File(&'r str),
}

impl Routes {
    /// The addresses of everything that has a file in `content/`. A file with errors counts too, so
    /// that a link to it is not a second error.
    pub fn new(site: &Site, declared: &ContentIds, files: &[File]) -> Self {
        let pages: BTreeMap<String, Route> =
            all(declared).map(|route| (route.folder(), route)).collect();
        let feeds = pages.iter().filter(|(_, route)| route.has_feed());
        let feeds: Vec<String> = feeds.map(|(folder, _)| format!("{folder}{FEED}")).collect();
        let generated = [SITEMAP, ROBOTS].map(str::to_owned).into_iter().chain(feeds);
        let generated = generated.chain(DataFile::ALL.map(DataFile::path));
        let commitment_files =
            declared.commitments.iter().map(|id| commitment_json(id).as_str().to_owned());
        let files = files.iter().map(|file| file.output_path().to_owned());
        let files = files.chain(generated).chain(commitment_files).collect();
        let folder = |(index, code): (usize, &LanguageCode)| match index {
            0 => (code.clone(), String::new()),
            _ => (code.clone(), format!("{code}/")),
        };
        Routes {
            base_path: web_address::path(&site.base_url),
            base_url: site.base_url.clone(),
            links: site.links,
            languages: site.languages.iter().enumerate().map(folder).collect(),
            pages,
            files,
        }
    }

    /// Whether an article with this name would take the address of another page or file.
    pub fn is_reserved(&self, name: &str) -> bool {
        let is_language =
            |(code, _): &(LanguageCode, String)| code.as_str().eq_ignore_ascii_case(name);
        let folders = PageKind::VARIANTS.iter().map(|kind| kind.folder());
        let taken = folders.chain([ASSETS, FILES, FEED, SITEMAP, ROBOTS]);
        let mut taken = taken.filter_map(|path| path.split(['/', '.']).next());
        taken.any(|taken| taken.eq_ignore_ascii_case(name))
            || self.languages.iter().any(is_language)
    }

    /// The page or file that an address in a text refers to: `/about/`, without the folder of a
    /// language, or `/files/decree.pdf`. `None` if the portal has no such address.
    pub fn target(&self, address: &str) -> Option<Target<'_>> {
        let path = address.strip_prefix('/')?;
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = percent_decoded(path)?;
        let path = path.as_str();
        let page = self.pages.get(path).map(Target::Page);
        page.or_else(|| self.files.get(path).map(|file| Target::File(file)))
    }

    /// The addresses that a text may link to, for suggestions.
    pub fn known(&self) -> Vec<String> {
        self.pages.keys().chain(&self.files).map(|path| format!("/{path}")).collect()
    }

    /// The path of a page's file.
    pub fn output(&self, route: &Route, language: &LanguageCode) -> OutputPath {
        OutputPath::new(format!("{}{}", self.language_folder(language), route.file()))
    }

    /// The absolute address of a page.
    pub fn absolute(&self, route: &Route, language: &LanguageCode) -> String {
        format!("{}{}", self.base_url, self.address(route, language))
    }

    /// The folder of a page, relative to the portal's root: empty, or with a `/` at the end.
    pub fn folder(&self, route: &Route, language: &LanguageCode) -> String {
        format!("{}{}", self.language_folder(language), route.folder())
    }

    /// The address of a page relative to the portal's root.
    fn address(&self, route: &Route, language: &LanguageCode) -> String {
        self.folder(route, language) + self.ending()
    }

    /// What the address of a page ends with, after its folder.
    fn ending(&self) -> &'static str {
        match self.links {
            LinkStyle::Folders => "",
            LinkStyle::Files => "index.html",
        }
    }

    /// The path of the home page: `/`, or the path in `base_url`.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The absolute address of a file, by its path relative to the portal's root.
    pub fn absolute_file(&self, path: &str) -> String {
        format!("{}{}", self.base_url, percent_encoded(path))
    }

    pub fn links_from(&self, route: &Route, language: &LanguageCode) -> Links<'_> {
        let language_folder = self.language_folder(language);
        let up = |folder: &str| "../".repeat(folder.matches('/').count());
        let (to_root, to_language) = match route {
            // A host shows this page at any address, in any folder.
            Route::NotFound => {
                (self.base_path.clone(), format!("{}{language_folder}", self.base_path))
            }
            _ => (up(&self.folder(route, language)), up(&route.folder())),
        };
        Links { routes: self, to_root, to_language }
    }

    fn language_folder(&self, language: &LanguageCode) -> &str {
        let entry = self.languages.iter().find(|(code, _)| code == language);
        &entry.expect("a language of the site").1
    }
}

/// The links on one page: relative to it, and to pages in its language.
pub struct Links<'r> {
    routes: &'r Routes,
    to_root: String,
    to_language: String,
}

impl Links<'_> {
    /// A link to a page in the same language.
    pub fn page(&self, route: &Route) -> String {
        let (folder, ending) = (route.folder(), self.routes.ending());
        or_current_folder(format!("{}{folder}{ending}", self.to_language))
    }

    /// The address of the folder of the home page in the same language.
    pub fn home_folder(&self) -> String {
        or_current_folder(self.to_language.clone())
    }

    /// A link to a page in another language.
    pub fn page_in(&self, route: &Route, language: &LanguageCode) -> String {
        self.below_root(&self.routes.address(route, language))
    }

    /// A link to a file, by its path relative to the portal's root.
    pub fn file(&self, path: &str) -> String {
        self.below_root(&percent_encoded(path))
    }

    pub fn feed(&self, route: &Route, language: &LanguageCode) -> String {
        self.below_root(feed(route, language, self.routes).as_str())
    }

    pub fn chart(&self, chart: &Chart, format: ChartFormat, language: &LanguageCode) -> String {
        let path = chart_file(chart, format, language, self.routes);
        self.below_root(&percent_encoded(path.as_str()))
    }

    pub fn commitment_json(&self, id: &CommitmentId) -> String {
        self.below_root(commitment_json(id).as_str())
    }

    /// A link to the destination of an address in a text; `None` if the portal has no such address.
    pub fn target(&self, address: &str) -> Option<String> {
        Some(match self.routes.target(address)? {
            Target::Page(route) => self.page(route),
            Target::File(path) => {
                let rest = address.find(['?', '#']).map_or("", |offset| &address[offset..]);
                self.file(path) + rest
            }
        })
    }

    fn below_root(&self, address: &str) -> String {
        or_current_folder(format!("{}{address}", self.to_root))
    }
}

fn or_current_folder(link: String) -> String {
    if link.is_empty() { "./".to_owned() } else { link }
}

/// The share image of a page, in the same folder.
pub fn card(route: &Route, language: &LanguageCode, routes: &Routes) -> OutputPath {
    in_folder_of(route, language, "card.png", routes)
}

/// The feed of a page, in the same folder.
pub fn feed(route: &Route, language: &LanguageCode, routes: &Routes) -> OutputPath {
    in_folder_of(route, language, FEED, routes)
}

/// A chart, in the folder of its page.
pub fn chart_file(
    chart: &Chart,
    format: ChartFormat,
    language: &LanguageCode,
    routes: &Routes,
) -> OutputPath {
    let name = format!("{}.{}", chart.name(), format.extension());
    in_folder_of(&chart.page(), language, &name, routes)
}

/// A file of the search index, in the folder of the search page.
pub fn index_file(file: IndexFile, language: &LanguageCode, routes: &Routes) -> OutputPath {
    let name = match file {
        IndexFile::Titles => "titles.json",
        IndexFile::Words => "words.json",
    };
    in_folder_of(&Route::Search, language, name, routes)
}

fn in_folder_of(route: &Route, language: &LanguageCode, name: &str, routes: &Routes) -> OutputPath {
    OutputPath::new(routes.folder(route, language) + name)
}

/// The data of a commitment, in the folder of its page in the default language.
pub fn commitment_json(id: &CommitmentId) -> OutputPath {
    OutputPath::new(Route::Commitment(id.clone()).folder() + "index.json")
}

/// A file of a sitemap that needs several, by its number from 1.
pub fn sitemap_file(number: usize) -> OutputPath {
    OutputPath::new(format!("sitemap-{number}.xml"))
}
