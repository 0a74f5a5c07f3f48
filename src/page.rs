//! Which files the portal consists of, as a list of small values, before any of them is made.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::card;
use crate::export;
use crate::model::{AgencyId, ArticleId, CommitmentId, LanguageCode, Portal, Standing, Text};
use crate::output::OutputPath;
use crate::route::{self, DataFile, IndexFile, Route, Routes};
use crate::stylesheet::Stylesheet;
use crate::theme_files::ThemeFiles;
use crate::view;

/// A file of the portal, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it is published.
    pub output: OutputPath,
    /// What it is.
    pub content: Content,
}

impl Page {
    /// Whether it is a page for readers.
    pub fn is_html(&self) -> bool {
        matches!(self.content, Content::Html(..))
    }
}

/// What a file of the portal is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A page for readers, in one of the site's languages, by its place in their list.
    Html(Route, usize),
    /// A page at an address that a page once had, in one of the site's languages.
    Redirect(Route, usize),
    /// What changed of the site, an agency or a commitment, in one of the site's languages.
    Feed(Route, usize),
    /// A picture for those who share a page, in one of the site's languages.
    Card(Route, usize),
    /// A part of the search's index, in one of the site's languages.
    Index(IndexFile, usize),
    /// A commitment's data.
    CommitmentJson(CommitmentId),
    /// A file with the data of many.
    Data(DataFile),
    /// The list of all pages, or of the files that list them.
    Sitemap,
    /// A part of the list of all pages, counted from 1.
    SitemapPart(usize),
    /// What search engines may read.
    Robots,
    /// The style sheet.
    Stylesheet,
    /// A text file of the theme, by its path below the theme's folder.
    ThemeFile(String),
    /// A file that is published as it is, by its path below the site's folder.
    Copy(String),
    /// What some hosts send along with each file.
    Headers,
    /// Nothing in it: a sign for some hosts.
    Empty,
}

/// Lists every file of the portal, in a fixed order.
pub fn plan(
    portal: &Portal,
    routes: &Routes,
    theme: &ThemeFiles,
    stylesheet: &Stylesheet,
) -> Vec<Page> {
    let mut pages = common(portal, routes, theme, stylesheet);
    for commitment in &portal.commitments {
        pages.extend(of_commitment(&commitment.id, portal, routes));
    }
    pages
}

/// The files of the portal that are not those of one commitment.
pub fn common(
    portal: &Portal,
    routes: &Routes,
    theme: &ThemeFiles,
    stylesheet: &Stylesheet,
) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut add = |output: OutputPath, content| pages.push(Page { output, content });
    // First what takes the most memory to make, while little else is there; and the data before the page
    // that tells its size.
    for (at, language) in portal.site.languages.iter().enumerate() {
        for file in IndexFile::ALL {
            add(route::index_file(file, language, routes), Content::Index(file, at));
        }
    }
    for file in DataFile::ALL {
        add(OutputPath::new(file.path()), Content::Data(file));
    }
    for (at, language) in portal.site.languages.iter().enumerate() {
        for route in common_routes(portal).chain([Route::NotFound]) {
            add(routes.output(&route, language), Content::Html(route, at));
        }
    }
    for (at, language) in portal.site.languages.iter().enumerate() {
        for (old, new) in redirects(portal) {
            add(routes.output(&old, language), Content::Redirect(new, at));
        }
    }
    for (at, language) in portal.site.languages.iter().enumerate() {
        let agencies = portal.agencies.iter().map(|it| Route::Agency(it.id.clone()));
        for route in std::iter::once(Route::Home).chain(agencies) {
            if has_card(&route, portal, language) {
                add(route::card(&route, language, routes), Content::Card(route.clone(), at));
            }
            add(route::feed(&route, language, routes), Content::Feed(route, at));
        }
    }
    add(OutputPath::new(route::SITEMAP), Content::Sitemap);
    let (parts, _) = sitemap_parts(portal);
    for part in (1..=parts).filter(|_| parts > 1) {
        add(route::sitemap_part(part), Content::SitemapPart(part));
    }
    add(OutputPath::new(route::ROBOTS), Content::Robots);
    add(OutputPath::new("_headers"), Content::Headers);
    add(OutputPath::new(".nojekyll"), Content::Empty);
    add(OutputPath::new(stylesheet.path.clone()), Content::Stylesheet);
    for (path, ..) in theme.in_folder("assets") {
        let content = Content::ThemeFile(format!("assets/{path}"));
        add(OutputPath::new(format!("assets/{path}")), content);
    }
    for (path, from) in theme.binary_assets() {
        add(OutputPath::new(format!("assets/{path}")), Content::Copy(from.to_owned()));
    }
    for file in &portal.files {
        let content = Content::Copy(format!("content/{}", file.path));
        add(OutputPath::new(file.path.clone()), content);
    }
    pages
}

/// Whether the home page, an agency or a commitment has a picture for those who share it: not where
/// the site wants none, or its title is in letters that cannot be drawn.
pub fn has_card(route: &Route, portal: &Portal, language: &LanguageCode) -> bool {
    let title = match route {
        Route::Home => Some(&portal.site.title),
        Route::Commitment(id) => portal.commitment(id).map(|it| &it.title),
        Route::Agency(id) => portal.agency(id).map(|it| &it.name),
        _ => None,
    };
    let can_show = |title: &Text| card::can_show(title.in_language(language).0.text.trim());
    portal.site.cards && title.is_some_and(can_show)
}

/// The files of one commitment.
pub fn of_commitment<'a>(
    id: &'a CommitmentId,
    portal: &'a Portal,
    routes: &'a Routes,
) -> impl Iterator<Item = Page> + use<'a> {
    let in_language = |(at, language)| {
        let route = Route::Commitment(id.clone());
        let feed = Page {
            output: route::feed(&route, language, routes),
            content: Content::Feed(route.clone(), at),
        };
        let card = has_card(&route, portal, language).then(|| Page {
            output: route::card(&route, language, routes),
            content: Content::Card(route.clone(), at),
        });
        let page =
            Page { output: routes.output(&route, language), content: Content::Html(route, at) };
        [page, feed].into_iter().chain(card)
    };
    let json =
        Page { output: route::commitment_json(id), content: Content::CommitmentJson(id.clone()) };
    portal.site.languages.iter().enumerate().flat_map(in_language).chain([json])
}

/// Pairs of files of which one takes the other's place, on hosts that do not tell capitals too: the
/// same path, or a path that goes through the other.
pub fn clashes(pages: &[Page]) -> Vec<(&OutputPath, &OutputPath)> {
    let folded: Vec<Cow<'_, str>> = pages.iter().map(|it| lowercase(it.output.as_str())).collect();
    let mut first: HashMap<&str, &OutputPath> = HashMap::with_capacity(pages.len());
    let mut clashes = Vec::new();
    for (path, page) in folded.iter().zip(pages) {
        clashes.extend(first.insert(path, &page.output).map(|other| (other, &page.output)));
    }
    for (path, page) in folded.iter().zip(pages) {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        clashes.extend(folders.filter_map(|folder| Some((*first.get(folder)?, &page.output))));
    }
    clashes
}

/// A path in small letters, as most paths are.
fn lowercase(path: &str) -> Cow<'_, str> {
    let is_small = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    match path.bytes().all(is_small) {
        true => Cow::Borrowed(path),
        false => Cow::Owned(path.to_lowercase()),
    }
}

/// The addresses that pages once had, and the pages.
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

/// In how many files the site map is, and how many pages each of them lists.
pub fn sitemap_parts(portal: &Portal) -> (usize, usize) {
    let languages = portal.site.languages.len();
    // Each address comes with those of its translations.
    let most = export::MOST_ADDRESSES.min(export::MOST_LINKS / (languages + 2)) / languages;
    (html_routes(portal).count().div_ceil(most), most)
}

/// The pages that have an address, in the order of the sitemap.
pub fn html_routes(portal: &Portal) -> impl Iterator<Item = Route> {
    let commitments = portal.commitments.iter().map(|it| Route::Commitment(it.id.clone()));
    common_routes(portal).chain(commitments)
}

/// Those of them that are not of one commitment.
fn common_routes(portal: &Portal) -> impl Iterator<Item = Route> {
    let agencies = portal.agencies.iter().map(|it| Route::Agency(it.id.clone()));
    let plans = portal.plans.iter().map(|it| Route::Plan(it.id.clone()));
    let reports = portal.reports.iter().map(|it| Route::Report(it.id.clone()));
    let articles = portal.articles.iter().map(|it| Route::Article(it.id.clone()));
    let pages = Route::SINGLE
        .into_iter()
        .chain(agencies)
        .chain(plans)
        .chain(Standing::ALL.map(Route::Level))
        .chain(reports)
        .chain(articles);
    pages.flat_map(|page| {
        let parts = 1..=view::parts(&page, portal);
        parts.map(move |part| page.clone().part(part))
    })
}
