//! The addresses of pages and files. All other modules take them from here.
//!
//! Addresses come from ids, never from titles. Links between pages are relative, so that the portal
//! works in any folder of any host; `canonical`, feeds and data need absolute addresses, which
//! begin with `base_url`. This module does not know what a page contains.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::draft::Declared;
use crate::model::{
    AgencyId, ArticleId, CommitmentId, File, LanguageCode, PlanId, ReportId, Site, Standing,
};
use crate::output::OutputPath;

/// A page of the portal, in any language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    Home,
    Commitments,
    Commitment(CommitmentId),
    Agencies,
    Agency(AgencyId),
    Plan(PlanId),
    Level(Standing),
    Report(ReportId),
    Changes,
    Data,
    Search,
    Article(ArticleId),
    /// The page that a host shows for an unknown address.
    NotFound,
    /// A later page of a long list, from page 2. Page 1 is the list itself.
    LaterPage(Box<Route>, usize),
}

/// The names that an article cannot have, because their addresses have other uses.
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

    /// Relative to the portal's root.
    pub fn path(self) -> String {
        format!("data/{}", self.name())
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

impl Route {
    /// The pages that every portal has once.
    pub const SINGLE: [Route; 6] = [
        Route::Home,
        Route::Commitments,
        Route::Agencies,
        Route::Changes,
        Route::Data,
        Route::Search,
    ];

    /// The address relative to the root of the language. It ends with `/` unless it is empty or a
    /// file.
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

    /// A page of this list, by its number from 1.
    pub fn page(self, page: usize) -> Route {
        if page <= 1 { self } else { Route::LaterPage(Box::new(self), page) }
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

/// The addresses of one portal.
pub struct Routes {
    base_url: String,
    base_path: String,
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
    pub fn new(site: &Site, declared: &Declared, files: &[File]) -> Self {
        let mut routes = Route::SINGLE.to_vec();
        routes.extend(declared.commitments.iter().cloned().map(Route::Commitment));
        routes.extend(declared.agencies.iter().cloned().map(Route::Agency));
        routes.extend(declared.plans.iter().cloned().map(Route::Plan));
        routes.extend(declared.reports.iter().cloned().map(Route::Report));
        routes.extend(declared.articles.iter().cloned().map(Route::Article));
        routes.extend(Standing::ALL.map(Route::Level));
        let pages = routes.into_iter().map(|route| (route.folder(), route)).collect();
        let generated = [SITEMAP, ROBOTS].map(str::to_owned);
        let generated = generated.into_iter().chain(DataFile::ALL.map(DataFile::path));
        let commitment_files =
            declared.commitments.iter().map(|id| commitment_json(id).as_str().to_owned());
        let files = files.iter().map(|file| file.path.clone());
        let files = files.chain(generated).chain(commitment_files).collect();
        let folder = |(index, code): (usize, &LanguageCode)| match index {
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

    /// Whether an article with this name would take the address of another page or file.
    pub fn is_reserved(&self, name: &str) -> bool {
        let is_language =
            |(code, _): &(LanguageCode, String)| code.as_str().eq_ignore_ascii_case(name);
        RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
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
        format!("{}{}", self.base_url, self.folder(route, language))
    }

    /// The folder of a page, relative to the portal's root: empty, or with a `/` at the end.
    pub fn folder(&self, route: &Route, language: &LanguageCode) -> String {
        format!("{}{}", self.language_folder(language), route.folder())
    }

    /// The path of the home page: `/`, or the path in `base_url`.
    pub fn base_path(&self) -> &str {
        &self.base_path
    }

    /// The name of the portal's host, without a port.
    pub fn host(&self) -> &str {
        let after = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        after.split(['/', ':']).next().unwrap_or_default()
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
        or_current_folder(format!("{}{}", self.to_language, route.folder()))
    }

    /// A link to a page in another language.
    pub fn page_in(&self, route: &Route, language: &LanguageCode) -> String {
        self.below_root(&self.routes.folder(route, language))
    }

    /// A link to a file, by its path relative to the portal's root.
    pub fn file(&self, path: &str) -> String {
        self.below_root(&percent_encoded(path))
    }

    pub fn feed(&self, route: &Route, language: &LanguageCode) -> String {
        self.below_root(feed(route, language, self.routes).as_str())
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
    in_folder_of(route, language, "feed.xml", routes)
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

/// Decodes the percent-encoded parts of an address (RFC 3986, 2.1); `None` if the result is not
/// UTF-8.
pub fn percent_decoded(address: &str) -> Option<String> {
    percent_decode_str(address).decode_utf8().ok().map(String::from)
}

/// Encodes a path for an address: everything except RFC 3986's unreserved characters and `/`.
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
