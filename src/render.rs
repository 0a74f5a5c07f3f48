//! Renders one file of the portal to bytes.
//!
//! The inputs are immutable, so files can be rendered at any time, in any order and on any thread.
//! This module does not know where the bytes go.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::card::{Card, CardDesign, Drawing};
use crate::diagnostic::Diagnostic;
use crate::export;
use crate::language::Language;
use crate::model::Portal;
use crate::page::{self, Content, Page};
use crate::problems;
use crate::route::{ChartFormat, DataFile, IndexFile, Route, Routes};
use crate::stylesheet::Stylesheet;
use crate::theme::{TemplateFailure, Theme};
use crate::theme_files::ThemeFiles;
use crate::view::{DataFiles, Template, Viewer};

/// The inputs of every file.
pub struct Renderer {
    pub portal: Portal,
    pub routes: Routes,
    pub bundle: ThemeBundle,
    /// Whether the home page has a share image in each language: other pages use it.
    home_cards: Vec<bool>,
    data_sizes: [OnceLock<usize>; DataFile::ALL.len()],
}

/// A theme with its messages and its style sheet.
pub struct ThemeBundle {
    /// The site's languages, the default first.
    pub languages: Vec<Arc<Language>>,
    pub theme: Theme,
    pub files: ThemeFiles,
    pub stylesheet: Stylesheet,
    pub cards: CardDesign,
}

/// A file of the portal.
pub enum Rendered<'r> {
    /// The content of the file.
    Bytes(Cow<'r, [u8]>),
    /// A copy of a file of the site, by its path relative to the site folder.
    Copy(String),
    /// A share image, as SVG. Converting it to PNG takes longer than rendering any page and cannot
    /// fail, so the caller converts it only if it needs the image.
    Card(Drawing<'r>),
}

/// Why a file cannot be rendered.
#[derive(Debug)]
pub struct RenderFailure {
    pub diagnostic: Box<Diagnostic>,
    /// Whether a template was stopped because it did not end. Other pages may take as long.
    pub is_endless: bool,
}

impl Renderer {
    pub fn new(portal: Portal, routes: Routes, bundle: ThemeBundle) -> Self {
        let has_card = |language: &Arc<Language>| {
            page::has_card(&Route::Home, &portal, language, &bundle.cards)
        };
        let home_cards = bundle.languages.iter().map(has_card).collect();
        Renderer { portal, routes, bundle, home_cards, data_sizes: Default::default() }
    }

    /// # Errors
    /// If a template fails on this page.
    pub fn render(&self, page: &Page) -> Result<Rendered<'_>, RenderFailure> {
        let bytes: Cow<'_, [u8]> = match &page.content {
            Content::Html(route, language) => {
                let html = self.html(route, *language, root_from(page, &self.routes));
                html.map_err(|failure| self.failure(failure, page, route))?.into()
            }
            Content::Redirect(route, language) => {
                let html = self.redirect(route, *language, root_from(page, &self.routes));
                html.map_err(|failure| self.failure(failure, page, route))?.into()
            }
            Content::Card(route, language) => {
                let cards = &self.bundle.cards;
                let card = Card::new(route, &self.portal, self.language(*language), cards);
                return Ok(Rendered::Card(card.expect("planned if it exists").draw(cards)));
            }
            Content::Chart(chart, format, language) => {
                let route = chart.page();
                let figure = self.viewer(&route, *language).figure(chart);
                match format {
                    ChartFormat::Picture => figure.svg().into(),
                    ChartFormat::Table => export::figure_csv(&figure).into(),
                }
            }
            Content::Copy(path) => return Ok(Rendered::Copy(path.clone())),
            Content::Stylesheet => self.bundle.stylesheet.css.as_bytes().into(),
            Content::ThemeFile(path) => {
                let (_, source) = self.bundle.files.find(path).expect("planned from the theme");
                source.text.as_bytes().into()
            }
            generated => self.generated(generated).into(),
        };
        Ok(Rendered::Bytes(bytes))
    }

    /// The files that do not use a template.
    fn generated(&self, content: &Content) -> Vec<u8> {
        let (portal, routes) = (&self.portal, &self.routes);
        match content {
            Content::Feed(route, language) => {
                export::feed(route, portal, routes, self.language(*language))
            }
            Content::Index(IndexFile::Titles, language) => {
                export::search_titles(portal, routes, self.language(*language))
            }
            Content::Index(IndexFile::Words, language) => {
                export::search_words(portal, self.language(*language))
            }
            Content::CommitmentJson(id) => {
                let commitment = portal.commitment(id).expect("planned from the portal");
                export::commitment_json(commitment, &self.context())
            }
            Content::Data(file) => self.data(*file),
            Content::Sitemap => {
                let (pages, size) = (page::html_routes(portal), page::sitemap_file_size(portal));
                match pages.len().div_ceil(size) {
                    1 => export::sitemap(&pages, portal, routes),
                    files => export::sitemap_index(files, routes),
                }
            }
            Content::SitemapFile(number) => {
                let (pages, size) = (page::html_routes(portal), page::sitemap_file_size(portal));
                let pages = pages.chunks(size).nth(number - 1).expect("planned from the portal");
                export::sitemap(pages, portal, routes)
            }
            Content::Robots => export::robots(routes),
            Content::Headers => export::headers(&self.bundle.stylesheet.path, &portal.site),
            Content::Empty => Vec::new(),
            Content::Html(..)
            | Content::Redirect(..)
            | Content::Card(..)
            | Content::Chart(..)
            | Content::Copy(_)
            | Content::Stylesheet
            | Content::ThemeFile(_) => unreachable!("rendered elsewhere"),
        }
    }

    fn context(&self) -> export::Context<'_> {
        export::Context { portal: &self.portal, routes: &self.routes }
    }

    fn language(&self, index: usize) -> &Language {
        &self.bundle.languages[index]
    }

    fn data(&self, file: DataFile) -> Vec<u8> {
        let data = export::data(file, &self.context(), self.language(0));
        self.data_sizes[file as usize].get_or_init(|| data.len());
        data
    }

    /// The size of each data file in bytes, for the page that lists them. To measure a file that is
    /// not rendered yet, this renders it.
    fn data_sizes(&self) -> [(DataFile, usize); DataFile::ALL.len()] {
        DataFile::ALL.map(|file| {
            let known = self.data_sizes[file as usize].get().copied();
            (file, known.unwrap_or_else(|| self.data(file).len()))
        })
    }

    fn failure(&self, failure: TemplateFailure, page: &Page, route: &Route) -> RenderFailure {
        let TemplateFailure { location, reason, is_endless } = failure;
        let (path, content) = (page.output.as_str(), route.content_file(&self.portal));
        let diagnostic = problems::template_fault(location, &reason, path, content.as_deref());
        RenderFailure { diagnostic: Box::new(diagnostic), is_endless }
    }

    /// The problem that all pages together need too much work, and this page more than its share; `None`
    /// if no template makes the page.
    pub fn too_much_work(&self, page: &Page) -> Option<Box<Diagnostic>> {
        let (route, name) = match &page.content {
            Content::Html(route, _) => (route, template_name(route)),
            Content::Redirect(route, _) => (route, REDIRECT.to_owned()),
            _ => return None,
        };
        let failure = self.bundle.theme.too_much_work(&name);
        Some(self.failure(failure, page, route).diagnostic)
    }

    fn viewer<'a>(&'a self, route: &'a Route, language: usize) -> Viewer<'a> {
        let has_home_card = self.home_cards[language];
        let language = self.language(language);
        let with_card = match page::has_card(route, &self.portal, language, &self.bundle.cards) {
            true => Some(route),
            false => has_home_card.then_some(&Route::Home),
        };
        Viewer {
            with_card,
            portal: &self.portal,
            languages: &self.bundle.languages,
            language,
            routes: &self.routes,
            links: self.routes.links_from(route, &language.code),
            route,
            stylesheet: &self.bundle.stylesheet.path,
            logo: self.bundle.cards.logo.as_ref().map(|logo| (logo.output_path(), logo.size)),
        }
    }

    fn redirect(
        &self,
        route: &Route,
        language: usize,
        root: String,
    ) -> Result<Vec<u8>, TemplateFailure> {
        let view = self.viewer(route, language).redirect();
        self.bundle.theme.render(REDIRECT, &view, &self.bundle.languages[language], root)
    }

    fn html(
        &self,
        route: &Route,
        language: usize,
        root: String,
    ) -> Result<Vec<u8>, TemplateFailure> {
        let template = PageTemplate {
            theme: &self.bundle.theme,
            name: template_name(route),
            language: &self.bundle.languages[language],
            root,
        };
        self.viewer(route, language).render(|| self.data_files(), template)
    }

    fn data_files(&self) -> DataFiles {
        let tables = export::TABLES.iter().map(|table| {
            let columns = table.columns().into_iter();
            (table.name, columns.map(|column| (column.name, column.meaning)).collect())
        });
        DataFiles { files: self.data_sizes().to_vec(), tables: tables.collect() }
    }
}

/// The template of the pages at former addresses.
const REDIRECT: &str = "redirect.html";

/// The file name of the template of a page.
fn template_name(route: &Route) -> String {
    format!("{}.html", route.kind().name())
}

/// The address of the portal's root, relative to a page.
fn root_from(page: &Page, routes: &Routes) -> String {
    match &page.content {
        // A host shows this page at any address, in any folder.
        Content::Html(Route::NotFound, _) => routes.base_path().to_owned(),
        _ => "../".repeat(page.output.as_str().matches('/').count()),
    }
}

/// The template of a kind of page, in one language.
struct PageTemplate<'r> {
    theme: &'r Theme,
    name: String,
    language: &'r Arc<Language>,
    /// The address of the portal's root, relative to the page.
    root: String,
}

impl Template for PageTemplate<'_> {
    type Output = Result<Vec<u8>, TemplateFailure>;

    fn render(self, view: &impl Serialize) -> Self::Output {
        self.theme.render(&self.name, view, self.language, self.root)
    }
}
