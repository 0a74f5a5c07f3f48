//! The files that search engines read first: `sitemap.xml` (sitemaps.org) and `robots.txt` (RFC
//! 9309).

use std::fmt::Write;

use crate::html::escape;
use crate::model::Portal;
use crate::route::{self, Dated, Route, Routes, SITEMAP};

/// The largest number of addresses in one file (sitemaps.org, "Using Sitemap index files").
pub const MAX_ADDRESSES: usize = 50_000;

/// The largest number of addresses and links to translations in one file. With it, a file stays
/// below the limit of 50 MB (ibid.).
pub const MAX_LINKS: usize = 150_000;

/// The list of the files of a sitemap that needs several.
pub fn sitemap_index(files: usize, routes: &Routes) -> Vec<u8> {
    let mut xml = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    ));
    for number in 1..=files {
        let address = routes.absolute_file(route::sitemap_file(number).as_str());
        let _ = writeln!(xml, "<sitemap><loc>{}</loc></sitemap>", escape(&address));
    }
    xml.push_str("</sitemapindex>\n");
    xml.into_bytes()
}

/// The pages in every language, with their translations (Google's `xhtml:link`) and the date of
/// their newest content.
pub fn sitemap(pages: &[Route], portal: &Portal, routes: &Routes) -> Vec<u8> {
    let mut xml = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" ",
        "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    ));
    let languages = &portal.site.languages;
    // The pages of one list follow one another.
    let lists = pages.chunk_by(|a, b| a.list_and_page().0 == b.list_and_page().0);
    let dated = lists.flat_map(|pages| {
        // The sitemap protocol also allows a year or a month (W3C, "Date and Time Formats").
        let newest = pages[0].info(portal).dated.and_then(Dated::newest);
        pages.iter().map(move |page| (page, newest))
    });
    for (page, newest) in dated {
        for language in languages {
            let _ = write!(xml, "<url><loc>{}</loc>", escape(&routes.absolute(page, language)));
            if let Some(date) = newest {
                let _ = write!(xml, "<lastmod>{date}</lastmod>");
            }
            if languages.len() > 1 {
                let names = languages.iter().map(|language| (language.as_str(), language));
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

/// Allows search engines to read everything, and names the sitemap.
pub fn robots(routes: &Routes) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", routes.absolute_file(SITEMAP)).into_bytes()
}
