//! One file of the portal to bytes.
//!
//! Any file can be made at any time, in any order and on any thread, from the same unchanging parts.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::{Arc, OnceLock};

use crate::card::{self, Drawing};
use crate::diagnostic::Diagnostic;
use crate::export;
use crate::language::Language;
use crate::model::Portal;
use crate::page::{self, Content, Page};
use crate::problems;
use crate::route::{DataFile, IndexFile, Route, Routes};
use crate::stylesheet::Stylesheet;
use crate::theme::{TemplateFault, Theme};
use crate::theme_files::ThemeFiles;
use crate::view::Viewer;

/// Everything that files are made of.
pub struct Renderer {
    /// What there is to show.
    pub portal: Portal,
    /// Every address.
    pub routes: Arc<Routes>,
    /// How it is shown.
    pub look: Arc<Look>,
    data_sizes: [OnceLock<u64>; DataFile::ALL.len()],
}

/// How a portal is shown: a theme and its words.
pub struct Look {
    /// The languages, the default first.
    pub languages: Vec<Arc<Language>>,
    /// The templates.
    pub theme: Theme,
    /// The theme's other files.
    pub files: ThemeFiles,
    /// The style sheet.
    pub stylesheet: Stylesheet,
}

/// A file of the portal, ready to be written.
pub enum Rendered<'r> {
    /// What it contains.
    Bytes(Cow<'r, [u8]>),
    /// A file that is made while it is written, because it may be large.
    Stream(Stream<'r>),
    /// The file of the site that it is a copy of, below the site's folder.
    Copy(String),
    /// A picture that is still to be drawn.
    Drawing(Drawing),
}

/// A file that is still to be made and written.
pub struct Stream<'r> {
    renderer: &'r Renderer,
    kind: StreamKind,
}

enum StreamKind {
    /// For readers.
    Data(DataFile),
    /// For the search in the language at this place.
    Index(IndexFile, usize),
}

impl Stream<'_> {
    /// Writes it, piece by piece.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_to(&self, out: &mut dyn Write) -> io::Result<()> {
        let Renderer { portal, routes, look, data_sizes } = self.renderer;
        match self.kind {
            StreamKind::Data(file) => {
                let mut out = Counted { out, bytes: 0 };
                export::data(file, portal, routes, &look.languages[0], &mut out)?;
                data_sizes[file as usize].get_or_init(|| out.bytes);
                Ok(())
            }
            StreamKind::Index(IndexFile::Titles, language) => {
                export::search_titles(portal, routes, &look.languages[language], out)
            }
            StreamKind::Index(IndexFile::Words, language) => {
                export::search_words(portal, &look.languages[language], out)
            }
        }
    }

    /// What it contains.
    pub fn into_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write_to(&mut bytes).expect("writing to memory does not fail");
        bytes
    }
}

/// Counts what is written.
struct Counted<'w> {
    out: &'w mut dyn Write,
    bytes: u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Why a file could not be made.
#[derive(Debug)]
pub struct Fault {
    /// What to tell.
    pub problem: Box<Diagnostic>,
    /// Whether a template was stopped because it would not end: then other pages may take as long.
    pub is_endless: bool,
}

impl Renderer {
    /// A renderer of these parts.
    pub fn new(portal: Portal, routes: Arc<Routes>, look: Arc<Look>) -> Self {
        Renderer { portal, routes, look, data_sizes: Default::default() }
    }

    /// Makes a file. A fault of the theme is a problem.
    pub fn render(&self, page: &Page) -> Result<Rendered<'_>, Fault> {
        let (portal, routes) = (&self.portal, &self.routes);
        let bytes = match &page.content {
            Content::Html(route, language) => {
                self.html(route, *language).map_err(|fault| self.problem(fault, page, route))?
            }
            Content::Redirect(route, language) => {
                self.redirect(route, *language).map_err(|fault| self.problem(fault, page, route))?
            }
            Content::Card(route, language) => {
                let language = &self.look.languages[*language];
                return Ok(Rendered::Drawing(card::draw(route, portal, language)));
            }
            Content::Feed(route, language) => {
                export::feed(route, portal, routes, &self.look.languages[*language])
            }
            Content::Index(file, language) => {
                return Ok(self.stream(StreamKind::Index(*file, *language)));
            }
            Content::CommitmentJson(id) => {
                let commitment = portal.commitment(id).expect("planned from the portal");
                export::commitment_json(commitment, portal, routes)
            }
            Content::Data(file) => {
                return Ok(self.stream(StreamKind::Data(*file)));
            }
            Content::Sitemap => match page::sitemap_parts(portal) {
                (1, _) => {
                    let pages: Vec<Route> = page::html_routes(portal).collect();
                    export::sitemap(&pages, portal, routes)
                }
                (parts, _) => export::sitemap_index(parts, routes),
            },
            Content::SitemapPart(part) => {
                let (_, most) = page::sitemap_parts(portal);
                let pages = page::html_routes(portal).skip((part - 1) * most).take(most);
                export::sitemap(&pages.collect::<Vec<_>>(), portal, routes)
            }
            Content::Robots => export::robots(routes),
            Content::Headers => export::headers(&self.look.stylesheet.path),
            Content::Stylesheet => {
                return Ok(Rendered::Bytes(self.look.stylesheet.css.as_bytes().into()));
            }
            Content::ThemeFile(path) => {
                let (_, source) = self.look.files.find(path).expect("planned from the theme");
                return Ok(Rendered::Bytes(source.text.as_bytes().into()));
            }
            Content::Copy(path) => return Ok(Rendered::Copy(path.clone())),
            Content::Empty => Vec::new(),
        };
        Ok(Rendered::Bytes(bytes.into()))
    }

    fn stream(&self, kind: StreamKind) -> Rendered<'_> {
        Rendered::Stream(Stream { renderer: self, kind })
    }

    /// Each file of data with its size in bytes. One that was not written yet is written to nowhere,
    /// to be measured.
    fn data_sizes(&self) -> [(DataFile, u64); DataFile::ALL.len()] {
        DataFile::ALL.map(|file| {
            let size = || self.data_sizes[file as usize].get().copied();
            if size().is_none() {
                let stream = Stream { renderer: self, kind: StreamKind::Data(file) };
                stream.write_to(&mut io::sink()).expect("writing to nowhere does not fail");
            }
            (file, size().expect("it was written"))
        })
    }

    fn problem(&self, fault: TemplateFault, page: &Page, route: &Route) -> Fault {
        let TemplateFault { place, said, is_endless } = fault;
        let content = self.content_file(route);
        let problem =
            problems::template_fault(place, &said, page.output.as_str(), content.as_deref());
        Fault { problem: Box::new(problem), is_endless }
    }

    fn viewer<'a>(&'a self, route: &'a Route, language: usize) -> Viewer<'a> {
        let language = &self.look.languages[language];
        let with_card = [route, &Route::Home]
            .into_iter()
            .find(|route| page::has_card(route, &self.portal, &language.code));
        Viewer {
            with_card,
            portal: &self.portal,
            languages: &self.look.languages,
            language,
            routes: &self.routes,
            links: self.routes.links_from(route, &language.code),
            route,
            stylesheet: &self.look.stylesheet.path,
        }
    }

    fn redirect(&self, route: &Route, language: usize) -> Result<Vec<u8>, TemplateFault> {
        let view = self.viewer(route, language).redirect();
        self.look.theme.render("redirect.html", &view, &self.look.languages[language])
    }

    fn html(&self, route: &Route, language: usize) -> Result<Vec<u8>, TemplateFault> {
        let viewer = self.viewer(route, language);
        let language = &self.look.languages[language];
        const PLANNED: &str = "planned from the portal";
        let portal = &self.portal;
        match route.whole().0 {
            Route::Home => self.look.theme.render("home.html", &viewer.home(), language),
            Route::Commitments => {
                self.look.theme.render("commitments.html", &viewer.commitments(), language)
            }
            Route::Commitment(id) => {
                let commitment = portal.commitment(id).expect(PLANNED);
                self.look.theme.render("commitment.html", &viewer.commitment(commitment), language)
            }
            Route::Agencies => {
                self.look.theme.render("agencies.html", &viewer.agencies(), language)
            }
            Route::Agency(id) => {
                let agency = portal.agency(id).expect(PLANNED);
                self.look.theme.render("agency.html", &viewer.agency(agency), language)
            }
            Route::Plan(id) => {
                let plan = portal.plans.iter().find(|it| it.id == *id).expect(PLANNED);
                self.look.theme.render("plan.html", &viewer.plan(plan), language)
            }
            Route::Level(standing) => {
                self.look.theme.render("level.html", &viewer.level(*standing), language)
            }
            Route::Report(id) => {
                let report = portal.reports.iter().find(|it| it.id == *id).expect(PLANNED);
                self.look.theme.render("report.html", &viewer.report(report), language)
            }
            Route::Changes => self.look.theme.render("changes.html", &viewer.changes(), language),
            Route::Data => {
                let tables = export::TABLES.each_ref().map(|table| {
                    let columns = table.columns.iter().map(|it| (it.name, it.meaning)).collect();
                    (table.name, columns)
                });
                let view = viewer.data(&self.data_sizes(), &tables);
                self.look.theme.render("data.html", &view, language)
            }
            Route::Search => self.look.theme.render("search.html", &viewer.search(), language),
            Route::Article(id) => {
                let article = portal.articles.iter().find(|it| it.id == *id).expect(PLANNED);
                self.look.theme.render("article.html", &viewer.article(article), language)
            }
            Route::NotFound => {
                self.look.theme.render("not-found.html", &viewer.not_found(), language)
            }
            Route::Part(..) => unreachable!("a part is never a whole page"),
        }
    }

    /// The file of `content/` that a page is about.
    fn content_file(&self, route: &Route) -> Option<String> {
        let portal = &self.portal;
        match route.whole().0 {
            Route::Commitment(id) => Some(id.file()),
            Route::Agency(id) => portal.agency(id).map(|it| it.file.clone()),
            Route::Plan(id) => {
                portal.plans.iter().find(|it| it.id == *id).map(|it| it.file.clone())
            }
            Route::Report(id) => {
                portal.reports.iter().find(|it| it.id == *id).map(|it| it.file.clone())
            }
            Route::Article(id) => {
                portal.articles.iter().find(|it| it.id == *id).map(|it| it.file.clone())
            }
            _ => None,
        }
    }
}
