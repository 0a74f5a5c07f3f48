//! Which files the portal consists of: a list of small values, made before any file is rendered.

use std::collections::HashMap;
use std::sync::Arc;

use crate::card::{Card, CardDesign};
use crate::compress::{self, Encoding};
use crate::export;
use crate::language::Language;
use crate::model::{AgencyId, ArticleId, CommitmentId, Portal};
use crate::output::OutputPath;
use crate::route::{self, ASSETS, Chart, ChartFormat, DataFile, IndexFile, Route, Routes};
use crate::stylesheet::Stylesheet;
use crate::theme_files::ThemeFiles;

/// A file of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it is published.
    pub output: OutputPath,
    /// What it is.
    pub content: Content,
    /// Its compressed copies.
    pub copies: Vec<(Encoding, OutputPath)>,
}

impl Page {
    fn new(output: OutputPath, content: Content) -> Self {
        Page { output, content, copies: Vec::new() }
    }

    /// Whether it is an HTML page for readers.
    pub fn is_html(&self) -> bool {
        matches!(self.content, Content::Html(..))
    }

    /// Whether a template makes it.
    pub fn has_template(&self) -> bool {
        matches!(self.content, Content::Html(..) | Content::Redirect(..))
    }
}

/// What a file of the portal is. Languages are indices into the list of the site's languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// An HTML page for readers.
    Html(Route, usize),
    /// A page at a former address, which leads to the new one.
    Redirect(Route, usize),
    /// The changes of the whole site, an agency or a commitment.
    Feed(Route, usize),
    /// A share image.
    Card(Route, usize),
    /// A chart that readers can download.
    Chart(Chart, ChartFormat, usize),
    /// A file of the search index.
    Index(IndexFile, usize),
    /// The data of one commitment.
    CommitmentJson(CommitmentId),
    /// A data file about all commitments.
    Data(DataFile),
    /// The list of all pages, or of the files that list them.
    Sitemap,
    /// One file of a list of pages that needs several, counted from 1.
    SitemapFile(usize),
    Robots,
    Stylesheet,
    /// A text file of the theme, by its path relative to the theme folder.
    ThemeFile(String),
    /// A file that is published unchanged, by its path relative to the site folder.
    Copy(String),
    /// The HTTP headers for hosts that read `_headers`.
    Headers,
    /// An empty file: a marker for some hosts.
    Empty,
}

/// Lists every file of the portal, in a fixed order.
pub fn plan(
    portal: &Portal,
    routes: &Routes,
    languages: &[Arc<Language>],
    theme: &ThemeFiles,
    stylesheet: &Stylesheet,
    cards: &CardDesign,
) -> Vec<Page> {
    let mut pages = Vec::new();
    // The data comes before the page that states its size.
    pages.extend(
        DataFile::ALL.map(|file| Page::new(OutputPath::new(file.path()), Content::Data(file))),
    );
    for (index, language) in languages.iter().enumerate() {
        plan_language(portal, routes, index, language, cards, &mut pages);
    }
    pages.extend(portal.commitments.iter().map(|commitment| {
        let id = &commitment.id;
        Page::new(route::commitment_json(id), Content::CommitmentJson(id.clone()))
    }));
    plan_for_machines(portal, &mut pages);
    plan_assets(theme, stylesheet, &mut pages);
    for file in &portal.files {
        let content = Content::Copy(format!("content/{}", file.path));
        pages.push(Page::new(OutputPath::new(file.output_path().to_owned()), content));
    }
    pages
}

/// The pages of one language, with their feeds, share images and search index.
fn plan_language(
    portal: &Portal,
    routes: &Routes,
    index: usize,
    language: &Language,
    cards: &CardDesign,
    pages: &mut Vec<Page>,
) {
    let code = &language.code;
    for file in IndexFile::ALL {
        pages.push(Page::new(route::index_file(file, code, routes), Content::Index(file, index)));
    }
    let html = html_routes(portal);
    for route in html.iter().chain([&Route::NotFound]) {
        pages.push(Page::new(routes.output(route, code), Content::Html(route.clone(), index)));
    }
    for (old, new) in redirects(portal) {
        pages.push(Page::new(routes.output(&old, code), Content::Redirect(new, index)));
    }
    for chart in charts(portal) {
        for format in ChartFormat::ALL {
            let path = route::chart_file(&chart, format, code, routes);
            pages.push(Page::new(path, Content::Chart(chart.clone(), format, index)));
        }
    }
    let has_own_feed = |route: &&Route| {
        let (_, page) = route.list_and_page();
        page == 1 && route.has_feed()
    };
    for route in html.iter().filter(has_own_feed) {
        if has_card(route, portal, language, cards) {
            let path = route::card(route, code, routes);
            pages.push(Page::new(path, Content::Card(route.clone(), index)));
        }
        let path = route::feed(route, code, routes);
        pages.push(Page::new(path, Content::Feed(route.clone(), index)));
    }
}

/// The charts that readers can download: those of the pages.
fn charts(portal: &Portal) -> Vec<Chart> {
    let mut charts = Vec::new();
    for plan in portal.everything().by_plan().map(|part| part.plan) {
        let id = || plan.id.clone();
        charts.extend([Chart::Plan(id()), Chart::Agencies(id())]);
        charts.extend((!plan.chapters.is_empty()).then(|| Chart::Chapters(id())));
        charts.extend((!portal.report_history(plan).is_empty()).then(|| Chart::History(id())));
    }
    let leads = portal.leads().into_iter();
    charts
        .extend(leads.map(|(agency, part)| Chart::Agency(agency.id.clone(), part.plan.id.clone())));
    charts.extend(portal.reports.iter().map(|report| Chart::Report(report.id.clone())));
    for commitment in &portal.commitments {
        charts.extend(commitment.has_history().then(|| Chart::TimeLine(commitment.id.clone())));
        let indicators = commitment.indicators.iter().filter(|indicator| indicator.is_comparable());
        charts.extend(
            indicators.map(|item| Chart::Indicator(commitment.id.clone(), item.id.clone())),
        );
    }
    charts
}

/// The files that search engines and hosts read.
fn plan_for_machines(portal: &Portal, pages: &mut Vec<Page>) {
    pages.push(Page::new(OutputPath::new(route::SITEMAP), Content::Sitemap));
    let (files, _) = sitemap_files(portal);
    if files > 1 {
        pages.extend(
            (1..=files)
                .map(|file| Page::new(route::sitemap_file(file), Content::SitemapFile(file))),
        );
    }
    pages.push(Page::new(OutputPath::new(route::ROBOTS), Content::Robots));
    pages.push(Page::new(OutputPath::new("_headers"), Content::Headers));
    pages.push(Page::new(OutputPath::new(".nojekyll"), Content::Empty));
}

fn plan_assets(theme: &ThemeFiles, stylesheet: &Stylesheet, pages: &mut Vec<Page>) {
    pages.push(Page::new(OutputPath::new(stylesheet.path.clone()), Content::Stylesheet));
    for (path, ..) in theme.in_folder("assets") {
        let path = format!("{ASSETS}{path}");
        pages.push(Page::new(OutputPath::new(path.clone()), Content::ThemeFile(path)));
    }
    for (path, from) in theme.binary_assets() {
        let output = OutputPath::new(format!("{ASSETS}{path}"));
        pages.push(Page::new(output, Content::Copy(from.to_owned())));
    }
}

/// Adds a compressed copy of each text file, unless another file has the path of the copy.
pub fn plan_compressed_copies(pages: &mut [Page]) {
    let taken: std::collections::HashSet<OutputPath> =
        pages.iter().map(|page| page.output.clone()).collect();
    for page in pages.iter_mut().filter(|page| compress::is_text(page.output.as_str())) {
        let copies = Encoding::ALL.into_iter().map(|encoding| {
            (encoding, OutputPath::new(format!("{}{}", page.output, encoding.extension())))
        });
        page.copies = copies.filter(|(_, path)| !taken.contains(path)).collect();
    }
}

/// Whether a page has a share image of its own: the home page, an agency or a commitment, unless the
/// site turns share images off, or the fonts lack a character.
pub fn has_card(route: &Route, portal: &Portal, language: &Language, cards: &CardDesign) -> bool {
    portal.site.cards && Card::new(route, portal, language, cards).is_some()
}

/// Pairs of files that cannot both exist on a host that ignores case: the same path, or one path
/// uses the other as a folder.
pub fn clashes(pages: &[Page]) -> Vec<(&OutputPath, &OutputPath)> {
    let folded: Vec<String> =
        pages.iter().map(|page| page.output.as_str().to_lowercase()).collect();
    let mut first: HashMap<&str, &OutputPath> = HashMap::with_capacity(pages.len());
    let mut clashes = Vec::new();
    for (path, page) in folded.iter().zip(pages) {
        clashes.extend(first.insert(path, &page.output).map(|other| (other, &page.output)));
    }
    for (path, page) in folded.iter().zip(pages) {
        let folders = path.match_indices('/').map(|(offset, _)| &path[..offset]);
        clashes.extend(folders.filter_map(|folder| Some((*first.get(folder)?, &page.output))));
    }
    clashes
}

/// Each former address with the page that it leads to.
fn redirects(portal: &Portal) -> impl Iterator<Item = (Route, Route)> {
    let of_agencies = portal.agencies.iter().flat_map(|agency| {
        agency
            .aliases
            .iter()
            .map(|alias| (Route::Agency(AgencyId::new(alias)), Route::Agency(agency.id.clone())))
    });
    let of_commitments = portal.commitments.iter().flat_map(|commitment| {
        commitment.aliases.iter().map(|alias| {
            let old = CommitmentId::new(commitment.id.plan.clone(), alias);
            (Route::Commitment(old), Route::Commitment(commitment.id.clone()))
        })
    });
    let of_articles = portal.articles.iter().flat_map(|article| {
        article.aliases.iter().map(|alias| {
            (Route::Article(ArticleId::new(alias)), Route::Article(article.id.clone()))
        })
    });
    of_agencies.chain(of_commitments).chain(of_articles)
}

/// How many files the sitemap has, and how many pages each of them lists.
pub fn sitemap_files(portal: &Portal) -> (usize, usize) {
    let size = sitemap_file_size(portal);
    (html_routes(portal).len().div_ceil(size), size)
}

/// How many pages each file of the sitemap lists, in all languages.
pub fn sitemap_file_size(portal: &Portal) -> usize {
    let languages = portal.site.languages.len();
    // Each address comes with those of its translations.
    (export::MAX_ADDRESSES.min(export::MAX_LINKS / (languages + 2)) / languages).max(1)
}

/// The pages that have an address, in the order of the sitemap.
pub fn html_routes(portal: &Portal) -> Vec<Route> {
    route::all(&portal.ids()).flat_map(|route| route.pages(portal)).collect()
}
