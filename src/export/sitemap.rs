//! What search engines read first: `sitemap.xml` (sitemaps.org) and `robots.txt` (RFC 9309).

use std::fmt::Write;

use crate::html::escape;
use crate::model::LanguageCode;
use crate::route::{Route, Routes, SITEMAP};

/// Every page in every language, with its translations (Google's `xhtml:link`).
pub fn sitemap(pages: &[&Route], languages: &[LanguageCode], routes: &Routes) -> Vec<u8> {
    let mut xml = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" ",
        "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    ));
    for page in pages {
        for language in languages {
            let _ = write!(xml, "<url><loc>{}</loc>", escape(&routes.absolute(page, language)));
            if languages.len() > 1 {
                for other in languages {
                    let _ = write!(
                        xml,
                        r#"<xhtml:link rel="alternate" hreflang="{}" href="{}"/>"#,
                        escape(other.as_str()),
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

/// Everything may be read, and here is the list.
pub fn robots(routes: &Routes) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", routes.absolute_file(SITEMAP)).into_bytes()
}
