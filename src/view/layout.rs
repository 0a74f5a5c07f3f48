//! The layout of every page: the head, the menus, the footer, and the links to other languages.

use std::sync::Arc;

use serde::Serialize;

use super::pagination::Pagination;
use super::shared::{DateView, Link, LocalizedText};
use super::viewer::Viewer;
use crate::chart;
use crate::html::Html;
use crate::language::Language;
use crate::linked_data::{self, JsonLd};
use crate::model::{Article, ContentIds, LanguageCode};
use crate::route::{self, PageKind, Route};

/// The script that searches, and filters the list of commitments.
const SCRIPT: &str = "assets/search.js";

#[derive(Debug, Serialize)]
pub struct Layout<'a> {
    /// The name of its template, without `.html`.
    pub kind: &'static str,
    pub title: LocalizedText<'a>,
    /// For the browser tab and search engines. No two pages have the same.
    pub document_title: String,
    pub description: String,
    pub language: LanguageView<'a>,
    /// Whether search engines are asked to leave the page out.
    pub noindex: bool,
    /// The absolute address; empty on the page for unknown addresses.
    pub canonical: String,
    /// Empty if the portal has one language.
    pub alternates: Vec<Alternate>,
    /// The same page for readers of other languages.
    pub other_languages: Vec<LanguageLink<'a>>,
    pub site_title: LocalizedText<'a>,
    /// Missing if the site has no logo.
    pub logo: Option<LogoView>,
    pub home: String,
    pub menu: Vec<MenuItem>,
    pub footer: Vec<Link<'a>>,
    pub stylesheet: String,
    /// The address of the script; empty if the page has none.
    pub script: String,
    pub icon: String,
    /// The address of the feed of this agency or commitment, otherwise of the whole portal.
    pub feed: String,
    /// The absolute address of the share image; empty if there is none.
    pub card: String,
    /// Facts for search engines.
    pub linked_data: Vec<JsonLd>,
    /// `None` if the list is on one page.
    pub pagination: Option<Pagination>,
    /// Whether this is the first page of its list, or the only one.
    pub is_first_page: bool,
    /// Whether commitments belong to more than one plan, so that lists name the plan.
    pub several_plans: bool,
    /// The shared drawings that icons and charts refer to.
    pub chart_definitions: Html,
    /// The kind of translation; empty in the default language.
    pub translation_note: &'a str,
    pub publisher: Option<LocalizedText<'a>>,
    pub licence: Option<LicenceView<'a>>,
    /// The address at which to report errors; empty if the site has none.
    pub report_mistakes: &'a str,
    /// The date of the newest report or update.
    pub newest: Option<DateView>,
}

#[derive(Debug, Serialize)]
pub struct LanguageView<'a> {
    pub code: &'a str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

/// The same page in one language, for search engines.
#[derive(Debug, Serialize)]
pub struct Alternate {
    /// A language code, or `x-default`.
    pub language: String,
    /// An absolute address.
    pub href: String,
}

/// The same page in another language, for readers.
#[derive(Debug, Serialize)]
pub struct LanguageLink<'a> {
    pub code: &'a str,
    /// The name of the language in that language.
    pub name: &'a str,
    pub href: String,
}

#[derive(Debug, Serialize)]
pub struct LogoView {
    pub src: String,
    /// In pixels.
    pub width: u32,
    pub height: u32,
}

#[derive(Debug, Serialize)]
pub struct MenuItem {
    pub text: String,
    pub href: String,
    /// Whether this is the current page.
    pub current: bool,
}

#[derive(Debug, Serialize)]
pub struct LicenceView<'a> {
    pub title: &'a str,
    pub href: &'a str,
}

impl<'a> Viewer<'a> {
    pub(super) fn layout(&self, title: LocalizedText<'a>, description: String) -> Layout<'a> {
        let site = &self.portal.site;
        let (list, _) = self.route.list_and_page();
        let info = self.route.info(self.portal);
        let pagination = self.pagination();
        // A later page of a list needs its own title and description.
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
            kind: self.route.kind().name(),
            title,
            document_title,
            description,
            language: self.language_view(),
            canonical: self.canonical(),
            alternates: self.alternates(),
            other_languages: self.other_languages(),
            site_title: self.localized(&site.title),
            logo: self.logo.map(|(path, (width, height))| LogoView {
                src: self.links.file(path),
                width,
                height,
            }),
            home: self.links.page(&Route::Home),
            menu: self.menu(),
            footer: self.footer(),
            stylesheet: self.links.file(self.stylesheet),
            script: match info.has_script && is_first_page {
                true => self.links.file(SCRIPT),
                false => String::new(),
            },
            noindex: site.noindex,
            icon: self.links.file("assets/icon.svg"),
            feed: self.feed(if list.has_feed() { list } else { &Route::Home }),
            card: self.card(),
            linked_data,
            pagination,
            is_first_page,
            several_plans: self.portal.has_several_plans(),
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
            Route::WholeReport(_) => {
                format!("{} ({}) – {site_title}", title.text, self.message("whole_report"))
            }
            // Two commitments may have the same title.
            Route::Commitment(id) => format!("{} ({id}) – {site_title}", title.text),
            // A title that is not translated is on the pages of two languages.
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

    /// The absolute address of this page in a language.
    pub(super) fn absolute(&self, language: &LanguageCode) -> String {
        self.routes.absolute(self.route, language)
    }

    fn canonical(&self) -> String {
        if self.has_address() { self.absolute(&self.language.code) } else { String::new() }
    }

    /// The page in each language, and the default, if there is more than one language.
    fn alternates(&self) -> Vec<Alternate> {
        if !self.has_address() || self.languages.len() < 2 {
            return Vec::new();
        }
        let alternate = |name: &str, code: &LanguageCode| Alternate {
            language: name.to_owned(),
            href: self.absolute(code),
        };
        let codes = self.languages.iter().map(|language| &language.code);
        let alternates = codes.map(|code| alternate(code.as_str(), code));
        alternates.chain([alternate("x-default", self.portal.site.default_language())]).collect()
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

    /// The absolute address of the share image; empty if there is none.
    fn card(&self) -> String {
        let path = self.with_card.map(|route| route::card(route, &self.language.code, self.routes));
        path.map(|path| self.routes.absolute_file(path.as_str())).unwrap_or_default()
    }

    pub(super) fn language_view(&self) -> LanguageView<'a> {
        let language = self.language;
        LanguageView { code: language.code.as_str(), direction: language.direction }
    }

    fn menu(&self) -> Vec<MenuItem> {
        let entry = |route: Route| (route.info(self.portal).menu, route);
        let single = ContentIds::default();
        let entries = route::all(&single).map(entry).filter(|(menu, _)| !menu.is_empty());
        let item = |(key, route): (&str, Route)| MenuItem {
            text: self.message(key),
            href: self.links.page(&route),
            current: route == *self.route.list_and_page().0,
        };
        entries.map(item).collect()
    }

    /// The path from the home page through a list to this page; `None` on the home page and on the
    /// page for unknown addresses.
    fn breadcrumbs(&self, title: &str) -> Option<JsonLd> {
        if matches!(self.route.kind(), PageKind::Home | PageKind::NotFound) {
            return None;
        }
        let list = self.route.info(self.portal).parent;
        let list = list.map(|list| (list.info(self.portal).menu, list));
        let absolute = |route: &Route| self.routes.absolute(route, &self.language.code);
        let mut trail = vec![(self.message("home"), absolute(&Route::Home))];
        trail.extend(list.map(|(key, route)| (self.message(key), absolute(&route))));
        trail.push((title.to_owned(), absolute(self.route)));
        Some(linked_data::breadcrumbs(&trail))
    }

    fn feed(&self, route: &Route) -> String {
        self.links.feed(route, &self.language.code)
    }

    fn footer(&self) -> Vec<Link<'a>> {
        let link =
            |article: &'a Article| self.link(&article.title, &Route::Article(article.id.clone()));
        self.portal.articles.iter().map(link).collect()
    }
}
