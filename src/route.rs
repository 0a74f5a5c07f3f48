//! The only maker of addresses.
//!
//! Addresses come from ids, never from titles. Links between pages are relative, so that the portal
//! works at any place of any host; `canonical`, feeds and data need the whole address, from
//! `base_url`. The module does not know what stands on a page.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::draft::Declared;
use crate::model::{
    AgencyId, ArticleId, CommitmentId, File, LanguageCode, PlanId, ReportId, Site, Standing,
};
use crate::output::OutputPath;

/// A page of the portal, in whichever language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// The answer.
    Home,
    /// Every commitment.
    Commitments,
    /// One commitment.
    Commitment(CommitmentId),
    /// Every agency.
    Agencies,
    /// One agency.
    Agency(AgencyId),
    /// One action plan.
    Plan(PlanId),
    /// The commitments of one standing.
    Level(Standing),
    /// One report.
    Report(ReportId),
    /// What changed.
    Changes,
    /// The downloads.
    Data,
    /// The search.
    Search,
    /// A free text.
    Article(ArticleId),
    /// What a host shows for an address that does not exist.
    NotFound,
    /// A later page of a long list: the second, the third. The first is the list itself.
    LaterPage(Box<Route>, usize),
}

/// The addresses that no article may claim.
const RESERVED: [&str; 14] = [
    "404",
    "agencies",
    "assets",
    "changes",
    "commitments",
    "data",
    "feed",
    "files",
    "levels",
    "plans",
    "reports",
    "robots",
    "search",
    "sitemap",
];

/// A file for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFile {
    /// One row for each commitment.
    Commitments,
    /// One row for what each report says of a commitment.
    Assessments,
    /// One row for each note on progress.
    Updates,
    /// One row for each dated step.
    Milestones,
    /// One row for each agency.
    Agencies,
    /// All commitments as JSON.
    Json,
    /// What that JSON looks like (JSON Schema).
    Schema,
    /// OGP's own columns.
    Ogp,
    /// The tables described for programs.
    Package,
}

impl DataFile {
    /// All of them, in the order of the page that explains them.
    pub const ALL: [DataFile; 9] = [
        DataFile::Commitments,
        DataFile::Assessments,
        DataFile::Updates,
        DataFile::Milestones,
        DataFile::Agencies,
        DataFile::Json,
        DataFile::Schema,
        DataFile::Ogp,
        DataFile::Package,
    ];

    /// The file's name.
    pub fn name(self) -> &'static str {
        match self {
            DataFile::Commitments => "commitments.csv",
            DataFile::Assessments => "assessments.csv",
            DataFile::Updates => "updates.csv",
            DataFile::Milestones => "milestones.csv",
            DataFile::Agencies => "agencies.csv",
            DataFile::Json => "commitments.json",
            DataFile::Schema => "commitments.schema.json",
            DataFile::Ogp => "ogp.csv",
            DataFile::Package => "datapackage.json",
        }
    }

    /// The path below the portal's root.
    pub fn path(self) -> String {
        format!("data/{}", self.name())
    }
}

/// A part of the search's index, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexFile {
    /// Titles, and what a result shows.
    Titles,
    /// The words of all other texts.
    Words,
}

impl IndexFile {
    /// Both.
    pub const ALL: [IndexFile; 2] = [IndexFile::Titles, IndexFile::Words];
}

/// The list of all pages for search engines (sitemaps.org).
pub const SITEMAP: &str = "sitemap.xml";
/// What search engines may read (RFC 9309).
pub const ROBOTS: &str = "robots.txt";

impl Route {
    /// The pages that every portal has, but for those of the standings.
    pub const SINGLE: [Route; 6] = [
        Route::Home,
        Route::Commitments,
        Route::Agencies,
        Route::Changes,
        Route::Data,
        Route::Search,
    ];

    /// The address below the language's root, with a `/` at its end unless it is empty.
    fn folder(&self) -> String {
        match self {
            Route::Home => String::new(),
            Route::Commitments => "commitments/".to_owned(),
            Route::Commitment(id) => {
                format!("commitments/{}/{}/", id.plan, id.number())
            }
            Route::Agencies => "agencies/".to_owned(),
            Route::Agency(id) => format!("agencies/{id}/"),
            Route::Plan(id) => format!("plans/{id}/"),
            Route::Level(standing) => format!("levels/{}/", standing.name()),
            Route::Report(id) => format!("reports/{id}/"),
            Route::Changes => "changes/".to_owned(),
            Route::Data => "data/".to_owned(),
            Route::Search => "search/".to_owned(),
            Route::Article(id) => format!("{id}/"),
            Route::NotFound => "404.html".to_owned(),
            Route::LaterPage(list, page) => format!("{}page-{page}/", list.folder()),
        }
    }

    /// The page of this list with a number, counted from 1.
    pub fn page(self, page: usize) -> Route {
        if page <= 1 { self } else { Route::LaterPage(Box::new(self), page) }
    }

    /// The list that this is a page of, and the number of the page. Most routes have one page.
    pub fn list_and_page(&self) -> (&Route, usize) {
        match self {
            Route::LaterPage(list, page) => (list, *page),
            list => (list, 1),
        }
    }

    /// The file that the page is written to, below the language's root.
    fn file(&self) -> String {
        match self {
            Route::NotFound => self.folder(),
            _ => self.folder() + "index.html",
        }
    }
}

/// Every address of the portal.
pub struct Routes {
    base_url: String,
    base_path: String,
    /// Each with the folder of its pages below the portal's root: the default has none.
    languages: Vec<(LanguageCode, String)>,
    pages: BTreeMap<String, Route>,
    files: BTreeSet<String>,
}

/// What a link in a text leads to.
pub enum Target<'r> {
    /// A page, in the reader's language.
    Page(&'r Route),
    /// A file, by its path below the portal's root.
    File(&'r str),
}

impl Routes {
    /// The addresses of everything that has a file, also where the file is faulty: a link to it is
    /// not a second mistake.
    pub fn new(site: &Site, declared: &Declared, files: &[File]) -> Self {
        let mut routes = Route::SINGLE.to_vec();
        routes.extend(declared.commitments.iter().cloned().map(Route::Commitment));
        routes.extend(declared.agencies.iter().cloned().map(Route::Agency));
        routes.extend(declared.plans.iter().cloned().map(Route::Plan));
        routes.extend(declared.reports.iter().cloned().map(Route::Report));
        routes.extend(declared.articles.iter().cloned().map(Route::Article));
        routes.extend(Standing::ALL.map(Route::Level));
        let pages = routes.into_iter().map(|route| (route.folder(), route)).collect();
        let made = [SITEMAP, ROBOTS].map(str::to_owned);
        let made = made.into_iter().chain(DataFile::ALL.map(DataFile::path));
        let of_commitments =
            declared.commitments.iter().map(|id| commitment_json(id).as_str().to_owned());
        let files = files.iter().map(|file| file.path.clone());
        let files = files.chain(made).chain(of_commitments).collect();
        let folder = |(at, code): (usize, &LanguageCode)| match at {
            0 => (code.clone(), String::new()),
            _ => (code.clone(), format!("{code}/")),
        };
        let after_host = site.base_url.split_once("://").map_or("", |(_, rest)| rest);
        let base_path = after_host.split_once('/').map_or("", |(_, path)| path);
        Routes {
            base_path: format!("/{base_path}"),
            base_url: site.base_url.clone(),
            languages: site.languages.iter().enumerate().map(folder).collect(),
            pages,
            files,
        }
    }

    /// Whether an article of this name would take the address of something else.
    pub fn is_reserved(&self, name: &str) -> bool {
        let is_language =
            |(code, _): &(LanguageCode, String)| code.as_str().eq_ignore_ascii_case(name);
        RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
            || self.languages.iter().any(is_language)
    }

    /// What an address of this site names that somebody wrote in a text: `/about/`, as in the
    /// default language, or `/files/decree.pdf`.
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

    /// The file that a page is written to.
    pub fn output(&self, route: &Route, language: &LanguageCode) -> OutputPath {
        OutputPath::new(format!("{}{}", self.language_folder(language), route.file()))
    }

    /// The whole address of a page.
    pub fn absolute(&self, route: &Route, language: &LanguageCode) -> String {
        format!("{}{}{}", self.base_url, self.language_folder(language), route.folder())
    }

    /// The path of the home page: `/`, or that of the folder in `base_url`.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The name of the host that the portal is at.
    pub fn host(&self) -> &str {
        let after = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        after.split(['/', ':']).next().unwrap_or_default()
    }

    /// The whole address of a file.
    pub fn absolute_file(&self, path: &str) -> String {
        format!("{}{}", self.base_url, percent_encoded(path))
    }

    /// Makes the links of one page.
    pub fn links_from(&self, route: &Route, language: &LanguageCode) -> Links<'_> {
        let language_folder = self.language_folder(language);
        let up = |folder: &str| "../".repeat(folder.matches('/').count());
        let (to_root, to_language) = match route {
            // It is shown at any address, however deep.
            Route::NotFound => {
                (self.base_path.clone(), format!("{}{language_folder}", self.base_path))
            }
            _ => {
                let folder = route.folder();
                (up(&format!("{language_folder}{folder}")), up(&folder))
            }
        };
        Links { routes: self, to_root, to_language }
    }

    fn language_folder(&self, language: &LanguageCode) -> &str {
        let known = self.languages.iter().find(|(code, _)| code == language);
        &known.expect("a language of the site").1
    }
}

/// The links of one page: relative to it, and to pages in its language.
pub struct Links<'r> {
    routes: &'r Routes,
    to_root: String,
    to_language: String,
}

impl Links<'_> {
    /// A link to a page in the same language.
    pub fn page(&self, route: &Route) -> String {
        or_here(format!("{}{}", self.to_language, route.folder()))
    }

    /// A link to a page in another language.
    pub fn page_in(&self, route: &Route, language: &LanguageCode) -> String {
        self.below_root(&format!("{}{}", self.routes.language_folder(language), route.folder()))
    }

    /// A link to a file below the portal's root.
    pub fn file(&self, path: &str) -> String {
        self.below_root(&percent_encoded(path))
    }

    /// A link to the feed of a page.
    pub fn feed(&self, route: &Route, language: &LanguageCode) -> String {
        self.below_root(feed(route, language, self.routes).as_str())
    }

    /// A link to the data of a commitment.
    pub fn commitment_json(&self, id: &CommitmentId) -> String {
        self.below_root(commitment_json(id).as_str())
    }

    /// Where a link in a text leads, seen from this page. `None` if the portal has no such address.
    pub fn target(&self, address: &str) -> Option<String> {
        Some(match self.routes.target(address)? {
            Target::Page(route) => self.page(route),
            Target::File(path) => {
                let rest = address.find(['?', '#']).map_or("", |at| &address[at..]);
                self.file(path) + rest
            }
        })
    }

    fn below_root(&self, address: &str) -> String {
        or_here(format!("{}{address}", self.to_root))
    }
}

fn or_here(link: String) -> String {
    if link.is_empty() { "./".to_owned() } else { link }
}

/// The picture for those who share a page, beside it.
pub fn card(route: &Route, language: &LanguageCode, routes: &Routes) -> OutputPath {
    beside(route, language, "card.png", routes)
}

/// The feed of what changed, beside the page that it is about.
pub fn feed(route: &Route, language: &LanguageCode, routes: &Routes) -> OutputPath {
    beside(route, language, "feed.xml", routes)
}

/// A part of the search's index, beside the page of the search.
pub fn index_file(file: IndexFile, language: &LanguageCode, routes: &Routes) -> OutputPath {
    let name = match file {
        IndexFile::Titles => "titles.json",
        IndexFile::Words => "words.json",
    };
    beside(&Route::Search, language, name, routes)
}

fn beside(route: &Route, language: &LanguageCode, name: &str, routes: &Routes) -> OutputPath {
    OutputPath::new(format!("{}{}{name}", routes.language_folder(language), route.folder()))
}

/// The file with a commitment's data, beside its page in the default language.
pub fn commitment_json(id: &CommitmentId) -> OutputPath {
    OutputPath::new(Route::Commitment(id.clone()).folder() + "index.json")
}

/// One file of a sitemap that needs several, counted from 1.
pub fn sitemap_file(number: usize) -> OutputPath {
    OutputPath::new(format!("sitemap-{number}.xml"))
}

/// The path that an address stands for (RFC 3986, 2.1); `None` if it is not UTF-8.
pub fn percent_decoded(address: &str) -> Option<String> {
    percent_decode_str(address).decode_utf8().ok().map(String::from)
}

/// A path as an address: everything except RFC 3986's unreserved characters and `/` is encoded.
pub fn percent_encoded(path: &str) -> String {
    const ENCODED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    utf8_percent_encode(path, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_as_it_was_encoded() {
        for path in ["files/тайлан 1.pdf", "a/b.c", "100%", "%zz", "%4"] {
            assert_eq!(percent_decoded(&percent_encoded(path)).as_deref(), Some(path));
        }
        assert_eq!(percent_decoded("%ff"), None);
    }

    #[test]
    fn a_path_is_encoded_for_an_address() {
        assert_eq!(
            percent_encoded("files/тайлан 1.pdf"),
            "files/%D1%82%D0%B0%D0%B9%D0%BB%D0%B0%D0%BD%201.pdf"
        );
    }
}
