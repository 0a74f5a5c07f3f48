//! What search engines read first: `sitemap.xml` (sitemaps.org) and `robots.txt` (RFC 9309).

use std::fmt::Write;

use crate::html::escape;
use crate::model::{Commitment, PartialDate, Portal};
use crate::route::{self, Route, Routes, SITEMAP};

/// How many addresses one file may have (sitemaps.org, "Using Sitemap index files").
pub const MAX_ADDRESSES: usize = 50_000;

/// How many addresses and links to translations one file may have, so that it stays below 50 MB (ibid.).
pub const MAX_LINKS: usize = 150_000;

/// The list of the files that the site map of a large portal consists of.
pub fn sitemap_index(parts: usize, routes: &Routes) -> Vec<u8> {
    let mut xml = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    ));
    for part in 1..=parts {
        let address = routes.absolute_file(route::sitemap_file(part).as_str());
        let _ = writeln!(xml, "<sitemap><loc>{}</loc></sitemap>", escape(&address));
    }
    xml.push_str("</sitemapindex>\n");
    xml.into_bytes()
}

/// Every page in every language, with its translations (Google's `xhtml:link`) and with the date of
/// the newest thing that is said on it.
pub fn sitemap(pages: &[Route], portal: &Portal, routes: &Routes) -> Vec<u8> {
    let mut xml = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" ",
        "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    ));
    let languages = &portal.site.languages;
    // The parts of a page are listed one after the other.
    let of_one_page = pages.chunk_by(|a, b| a.list_and_page().0 == b.list_and_page().0);
    let dated = of_one_page.flat_map(|parts| {
        let newest = newest(&parts[0], portal);
        parts.iter().map(move |part| (part, newest))
    });
    for (page, newest) in dated {
        for language in languages {
            let _ = write!(xml, "<url><loc>{}</loc>", escape(&routes.absolute(page, language)));
            if let Some(date) = newest {
                let _ = write!(xml, "<lastmod>{date}</lastmod>");
            }
            if languages.len() > 1 {
                let names = languages.iter().map(|it| (it.as_str(), it));
                for (name, other) in names.chain([("x-default", portal.site.default_language())]) {
                    let _ = write!(
                        xml,
                        r#"<xhtml:link rel="alternate" hreflang="{}" href="{}"/>"#,
                        escape(name),
                        escape(&routes.absolute(page, other)),
                    );
                }
            }
            xml.push_str("</url>\n");
        }
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

/// The newest thing that a page tells of; `None` where that is not known, as of an article. A year
/// or a month is a date of the sitemap protocol too (W3C, "Date and Time Formats").
fn newest(page: &Route, portal: &Portal) -> Option<PartialDate> {
    match page.list_and_page().0 {
        Route::Commitment(id) => portal.commitment(id)?.newest_date(),
        Route::Agency(id) => portal.led_by(id).iter().filter_map(Commitment::newest_date).max(),
        Route::Plan(id) => portal.of_plan(id).iter().filter_map(Commitment::newest_date).max(),
        Route::Report(id) => portal.reports.iter().find(|it| it.id == *id).map(|it| it.date),
        Route::Article(_) | Route::NotFound | Route::LaterPage(..) => None,
        Route::Home
        | Route::Commitments
        | Route::Agencies
        | Route::Level(_)
        | Route::Changes
        | Route::Search
        | Route::Data => portal.newest_date,
    }
}

/// Everything may be read, and here is the list.
pub fn robots(routes: &Routes) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", routes.absolute_file(SITEMAP)).into_bytes()
}
