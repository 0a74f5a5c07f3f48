//! What every page has around its content.

use std::sync::Arc;

use serde::Serialize;

use super::pagination::Pagination;
use super::shared::{DateView, Link, LocalizedText};
use super::viewer::Viewer;
use crate::chart;
use crate::html::Html;
use crate::language::Language;
use crate::linked_data::{self, JsonLd};
use crate::model::{Article, DocumentLocation, LanguageCode};
use crate::route::{self, Route};

/// The script that searches and filters.
const SCRIPT: &str = "assets/search.js";

/// What kind of page it is: chooses the template, and tells tools what they look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// `home.html`
    Home,
    /// `commitments.html`
    Commitments,
    /// `commitment.html`
    Commitment,
    /// `agencies.html`
    Agencies,
    /// `agency.html`
    Agency,
    /// `plan.html`
    Plan,
    /// `level.html`
    Level,
    /// `report.html`
    Report,
    /// `changes.html`
    Changes,
    /// `data.html`
    Data,
    /// `search.html`
    Search,
    /// `article.html`
    Article,
    /// `not-found.html`
    NotFound,
}

/// What every page has around its content.
#[derive(Debug, Serialize)]
pub struct Layout<'a> {
    /// The kind of page.
    pub kind: PageKind,
    /// The page's heading.
    pub title: LocalizedText<'a>,
    /// For the browser's tab and search engines: never that of another page.
    pub document_title: String,
    /// For search engines.
    pub description: String,
    /// The page's language.
    pub language: LanguageView<'a>,
    /// The page's own address; empty for the page that has none.
    pub canonical: String,
    /// The page in each language, by whole addresses, and as the default.
    pub alternates: Vec<Alternate>,
    /// The same page in the other languages.
    pub other_languages: Vec<LanguageLink<'a>>,
    /// The portal's name.
    pub site_title: LocalizedText<'a>,
    /// The home page.
    pub home: String,
    /// The main menu.
    pub menu: Vec<MenuItem>,
    /// The articles.
    pub footer: Vec<Link<'a>>,
    /// The style sheet.
    pub stylesheet: String,
    /// The script of a page that has one; else empty.
    pub script: String,
    /// The icon of the browser's tab.
    pub icon: String,
    /// The feed of what changed: of the page, or else of the whole portal.
    pub feed: String,
    /// The picture for those who share the page, by its whole address; empty if there is none.
    pub card: String,
    /// JsonLd for search engines.
    pub linked_data: Vec<JsonLd>,
    /// The page of a long list; `None` for a list on one page.
    pub pagination: Option<Pagination>,
    /// Whether this is the first page of its list, or the only one.
    pub is_first_page: bool,
    /// What pictures on the page refer to.
    pub chart_definitions: Html,
    /// What kind of translation the page is; empty in the default language.
    pub translation_note: &'a str,
    /// Who runs the portal.
    pub publisher: Option<LocalizedText<'a>>,
    /// What readers may do with the content.
    pub licence: Option<LicenceView<'a>>,
    /// Where to report a mistake; empty if the site says nothing.
    pub report_mistakes: &'a str,
    /// The newest date of a report or update.
    pub newest: Option<DateView>,
}

/// A language, for attributes.
#[derive(Debug, Serialize)]
pub struct LanguageView<'a> {
    /// The code.
    pub code: &'a str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

/// The same page in one language, for search engines.
#[derive(Debug, Serialize)]
pub struct Alternate {
    /// The language, or `x-default`.
    pub language: String,
    /// The whole address.
    pub href: String,
}

/// The same page in another language, for readers.
#[derive(Debug, Serialize)]
pub struct LanguageLink<'a> {
    /// The code.
    pub code: &'a str,
    /// The language's name in itself.
    pub name: &'a str,
    /// The page.
    pub href: String,
}

/// One entry of the main menu.
#[derive(Debug, Serialize)]
pub struct MenuItem {
    /// The words.
    pub text: String,
    /// The page.
    pub href: String,
    /// Whether the reader is on it.
    pub current: bool,
}

/// A licence.
#[derive(Debug, Serialize)]
pub struct LicenceView<'a> {
    /// Its name.
    pub title: &'a str,
    /// Its text.
    pub href: &'a str,
}

impl<'a> Viewer<'a> {
    /// The layout of a page with this title and description.
    pub(super) fn layout(
        &self,
        kind: PageKind,
        title: LocalizedText<'a>,
        description: String,
    ) -> Layout<'a> {
        let site = &self.portal.site;
        let (list, _) = self.route.list_and_page();
        let pagination = self.pagination();
        // A later page of a list needs a title and a description of its own.
        let later = pagination.as_ref().filter(|page| !page.previous.is_empty());
        let with_page = |text: String| match later {
            Some(page) => format!("{text} ({})", page.label),
            None => text,
        };
        let document_title = with_page(self.document_title(list, &title));
        let description = with_page(description);
        let is_first_page = later.is_none();
        let linked_data = self.breadcrumbs(&title.text).into_iter().collect();
        Layout {
            kind,
            title,
            document_title,
            description,
            language: self.language_view(),
            canonical: self.canonical(),
            alternates: self.alternates(),
            other_languages: self.other_languages(),
            site_title: self.localized(&site.title),
            home: self.links.page(&Route::Home),
            menu: self.menu(),
            footer: self.footer(),
            stylesheet: self.links.file(self.stylesheet),
            script: match kind {
                PageKind::Search | PageKind::Commitments if is_first_page => {
                    self.links.file(SCRIPT)
                }
                _ => String::new(),
            },
            icon: self.links.file("assets/icon.svg"),
            feed: match list {
                Route::Agency(_) | Route::Commitment(_) => self.feed(list),
                _ => self.feed(&Route::Home),
            },
            card: self.card(),
            linked_data,
            pagination,
            is_first_page,
            chart_definitions: chart::definitions(),
            translation_note: site.translation_note(&self.language.code).unwrap_or_default(),
            publisher: site.publisher.as_ref().map(|publisher| self.localized(publisher)),
            licence: site
                .licence
                .as_ref()
                .map(|licence| LicenceView { title: &licence.title, href: &licence.url }),
            report_mistakes: site.report_mistakes.as_deref().unwrap_or_default(),
            newest: self.portal.newest_date.map(|date| self.date(date)),
        }
    }

    /// A title that no other page has, for the browser tab and search engines.
    fn document_title(&self, list: &Route, title: &LocalizedText<'_>) -> String {
        let site_title = self.localized(&self.portal.site.title).text;
        match list {
            Route::Home => site_title.into_owned(),
            // Two commitments may promise the same in the same words.
            Route::Commitment(id) => format!("{} ({id}) – {site_title}", title.text),
            // Where the title is not translated, two pages have it.
            _ if !title.lang.is_empty() => {
                format!("{} ({}) – {site_title}", title.text, self.language.name)
            }
            _ => format!("{} – {site_title}", title.text),
        }
    }

    /// The page for unknown addresses has no address of its own.
    fn has_address(&self) -> bool {
        *self.route != Route::NotFound
    }

    fn absolute(&self, language: &LanguageCode) -> String {
        self.routes.absolute(self.route, language)
    }

    fn canonical(&self) -> String {
        if self.has_address() { self.absolute(&self.language.code) } else { String::new() }
    }

    /// The page in each language and the default one, if there is more than one language.
    fn alternates(&self) -> Vec<Alternate> {
        if !self.has_address() || self.languages.len() < 2 {
            return Vec::new();
        }
        let alternate = |name: &str, code: &LanguageCode| Alternate {
            language: name.to_owned(),
            href: self.absolute(code),
        };
        let each = self.languages.iter().map(|language| &language.code);
        let each = each.map(|code| alternate(code.as_str(), code));
        each.chain([alternate("x-default", self.portal.site.default_language())]).collect()
    }

    fn other_languages(&self) -> Vec<LanguageLink<'a>> {
        let others = self.languages.iter().filter(|other| other.code != self.language.code);
        let link = |language: &'a Arc<Language>| LanguageLink {
            code: language.code.as_str(),
            name: &language.name,
            href: self.links.page_in(self.route, &language.code),
        };
        others.map(link).collect()
    }

    /// The whole address of the share image; empty if there is none.
    fn card(&self) -> String {
        let path = self.with_card.map(|route| route::card(route, &self.language.code, self.routes));
        path.map(|path| self.routes.absolute_file(path.as_str())).unwrap_or_default()
    }

    pub(super) fn language_view(&self) -> LanguageView<'a> {
        let language = self.language;
        LanguageView { code: language.code.as_str(), direction: language.direction }
    }

    fn menu(&self) -> Vec<MenuItem> {
        let entries = [
            ("home", Route::Home),
            ("commitments", Route::Commitments),
            ("agencies", Route::Agencies),
            ("changes", Route::Changes),
            ("data", Route::Data),
            ("search", Route::Search),
        ];
        let item = |(key, route): (&str, Route)| MenuItem {
            text: self.message(key),
            href: self.links.page(&route),
            current: route == *self.route.list_and_page().0,
        };
        entries.into_iter().map(item).collect()
    }

    /// The way to the page over the list that it is in; `None` for a page that is in none.
    fn breadcrumbs(&self, title: &str) -> Option<JsonLd> {
        let list = match self.route.list_and_page().0 {
            Route::Commitment(_) => Some(("commitments", Route::Commitments)),
            Route::Agency(_) => Some(("agencies", Route::Agencies)),
            Route::Home | Route::NotFound => return None,
            _ => None,
        };
        let absolute = |route: &Route| self.routes.absolute(route, &self.language.code);
        let mut way = vec![(self.message("home"), absolute(&Route::Home))];
        way.extend(list.map(|(key, route)| (self.message(key), absolute(&route))));
        way.push((title.to_owned(), absolute(self.route)));
        Some(linked_data::breadcrumbs(&way))
    }

    fn feed(&self, route: &Route) -> String {
        self.links.feed(route, &self.language.code)
    }

    fn footer(&self) -> Vec<Link<'a>> {
        let link =
            |article: &'a Article| self.link(&article.title, &Route::Article(article.id.clone()));
        self.portal.articles.iter().map(link).collect()
    }

    /// The address of a document outside the portal, or in its files.
    pub(super) fn location(&self, location: Option<&DocumentLocation>) -> (String, String) {
        location.map(|location| self.document(location)).unwrap_or_default()
    }
}
