//! Rules of the standards for the files that other programs read: Atom (RFC 4287), dates (RFC 3339),
//! addresses (RFC 3986, RFC 5890), sitemaps (sitemaps.org), languages (BCP 47), XML.

use std::collections::BTreeSet;

use crate::fixture::{Outcome, Site, check_site, texts_between};
use crate::languages::language_file;

/// A portal whose `base_url` is `base_url`, in English and Dari, with one update.
fn portal_at(base_url: &str) -> Outcome {
    let dari = language_file("name = \"دری\"", &["one", "other"]);
    Site::new(&format!(
        "\n//- site.toml\ntitle = \"Test site\"\nbase_url = \"{base_url}\"\nlanguage = \"en\"\n\
         languages = [\"en\", \"fa-AF\"]\n\
         licence = {{ title = \"CC BY\", url = \"https://хууль.мн/лиценз\" }}\n\
         //- themes/plain/languages/fa-AF.toml\n{dari}\n\
         //- content/commitments/2014-2015/1.toml\n…\n\
         [[updates]]\ndate = \"2014-07-31\"\ntext = \"News\"\n"
    ))
    .build()
}

/// The absolute addresses in a file.
fn addresses(text: &str) -> BTreeSet<&str> {
    let end = |rest: &str| {
        rest.find(['"', '<', '>', ',', '\'', ' ', '\n', '\r', '\u{2069}']).unwrap_or(rest.len())
    };
    let starts = text.match_indices("http").map(|(offset, _)| &text[offset..]);
    let web = starts.filter(|rest| rest.starts_with("https://") || rest.starts_with("http://"));
    web.map(|rest| &rest[..end(rest)]).collect()
}

// --- addresses

#[test]
fn every_absolute_address_is_ascii_as_in_rfc_3986_section_2() {
    let outcome = portal_at("https://Нээлттэй.МН:8443/Амлалт[1]");
    let base = "https://xn--i1adfva7dad.xn--l1ac:8443/%D0%90%D0%BC%D0%BB%D0%B0%D0%BB%D1%82%5B1%5D/";
    let mut files = 0;
    for (path, bytes) in &outcome.files {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        for address in addresses(text) {
            let is_uri = address.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte)
            });
            assert!(is_uri, "{path}: {address}");
        }
        files += usize::from(text.contains(base));
    }
    assert!(files > 20, "{files}");
    for path in ["sitemap.xml", "robots.txt", "feed.xml", "index.html", "data/datapackage.json"] {
        assert!(outcome.text(path).contains(base), "{path}: {}", outcome.text(path));
    }
    // RFC 9309, 2.2.4: an absolute address.
    assert!(outcome.text("robots.txt").ends_with(&format!("Sitemap: {base}sitemap.xml\n")));
}

#[test]
fn the_page_for_unknown_addresses_links_to_the_encoded_path_of_the_portal() {
    let outcome = portal_at("https://example.org/амлалт/");
    let page = outcome.text("404.html");
    assert!(page.contains("href=\"/%D0%B0%D0%BC%D0%BB%D0%B0%D0%BB%D1%82/"), "{page}");
}

#[test]
fn base_url_is_normalised_as_in_rfc_3986_section_6() {
    for (written, normalised) in [
        ("https://Example.ORG", "https://example.org/"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/ogp", "https://example.org:8443/ogp/"),
        ("https://example.org/a/../b//", "https://example.org/b/"),
        (
            "https://البوابة.مصر/تعهدات/",
            "https://xn--mgbacbf2n3a.xn--wgbh1c/%D8%AA%D8%B9%D9%87%D8%AF%D8%A7%D8%AA/",
        ),
        ("https://ლია.გე/", "https://xn--lodpf.xn--node/"),
        ("https://열린정부.한국/", "https://xn--sy2bu3epxjl9b.xn--3e0b707e/"),
    ] {
        let outcome = portal_at(written);
        let robots = outcome.text("robots.txt");
        assert!(robots.ends_with(&format!("Sitemap: {normalised}sitemap.xml\n")), "{robots}");
    }
}

#[test]
fn an_address_without_a_possible_host_is_an_error() {
    check_site(
        r#"
//- site.toml
title = "Site"
base_url = "https://name:password@example.org/"
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ password-in-address
language = "en"
report_mistakes = "https://exa%mple.org/"
#                 ^^^^^^^^^^^^^^^^^^^^^^^ not-an-address
repository = "https://example.org:99999/"
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not-an-address
"#,
    );
}

#[test]
fn readers_see_the_host_of_evidence_in_its_own_alphabet() {
    let host = |url: &str| {
        let outcome = Site::new(&format!(
            "\n//- content/commitments/2014-2015/1.toml\n…\n[[updates]]\ndate = \"2015\"\n\
             text = \"News\"\nevidence = [{{ title = \"Law\", url = \"{url}\" }}]\n"
        ))
        .build();
        let page = outcome.main("commitments/2014-2015/1/index.html").to_owned();
        let link = page.split_once(">Law</a>").unwrap();
        let href = link.0.rsplit_once("href=\"").unwrap().1.split('"').next().unwrap();
        let host = link.1.split_once('(').unwrap().1.split_once(')').unwrap().0;
        (href.to_owned(), host.to_owned())
    };
    let pair = |href: &str, host: &str| (href.to_owned(), host.to_owned());
    assert_eq!(
        host("https://Сайт.МН:8080/хууль?a=1#б"),
        pair(
            "https://xn--80aswg.xn--l1ac:8080/%D1%85%D1%83%D1%83%D0%BB%D1%8C?a=1#%D0%B1",
            "сайт.мн"
        )
    );
    assert_eq!(
        host("https://xn--80aswg.xn--l1ac/"),
        pair("https://xn--80aswg.xn--l1ac/", "сайт.мн")
    );
    // What is ASCII stays as it is written.
    assert_eq!(host("https://Example.org"), pair("https://Example.org", "example.org"));
}

#[test]
fn readers_see_the_website_of_an_agency_in_its_own_alphabet() {
    let shown = |url: &str| {
        let outcome = Site::new(&format!(
            "\n//- content/agencies/finance.toml\nname = \"Finance\"\nwebsite = \"{url}\"\n"
        ))
        .build();
        let page = outcome.main("agencies/finance/index.html");
        let link = page.rsplit_once("<a href=\"http").unwrap().1;
        texts_between(link, "\"><bdi>", "</bdi></a>")[0].to_owned()
    };
    assert_eq!(shown("https://мінфін.укр:8080/шлях"), "https://мінфін.укр:8080/шлях");
    assert_eq!(shown("https://xn--l1aca1a2gc.xn--j1amh/"), "https://мінфін.укр/");
    assert_eq!(shown("https://example.org/a%20b"), "https://example.org/a%20b");
    assert_eq!(shown("https://example.org/a%2Fb?q=%D0%B1"), "https://example.org/a%2Fb?q=%D0%B1");
}

// --- Atom

/// A site with two updates of one day and these lines around them.
fn feed_with(updates: &[(&str, &str)]) -> Outcome {
    let update = |(date, text): &(&str, &str)| {
        format!("[[updates]]\ndate = \"{date}\"\ntext = \"{text}\"\n")
    };
    let updates: String = updates.iter().map(update).collect();
    Site::new(&format!("\n//- content/commitments/2014-2015/1.toml\n…\n{updates}")).build()
}

/// The ids of the entries of a feed with their summaries.
fn entry_ids(outcome: &Outcome) -> Vec<(String, String)> {
    let feed = outcome.text("commitments/2014-2015/1/feed.xml");
    let entries = texts_between(feed, "<entry>", "</entry>");
    let part = |entry: &str, name: &str| {
        let (start, end) = (format!("<{name}>"), format!("</{name}>"));
        texts_between(entry, &start, &end)[0].to_owned()
    };
    entries.iter().map(|entry| (part(entry, "summary"), part(entry, "id"))).collect()
}

#[test]
fn the_id_of_an_entry_does_not_change_when_updates_are_added_as_in_rfc_4287_section_4_2_6() {
    let (a, b) = (("2015-03-01", "Law drafted"), ("2015-03-01", "Law adopted"));
    let before = entry_ids(&feed_with(&[a, b]));
    assert_eq!(before.len(), 2);
    let added = [("2014", "Earlier"), ("2015-03-01", "Same day"), b, a, ("2016", "Later")];
    let after = entry_ids(&feed_with(&added));
    for entry in &before {
        assert!(after.contains(entry), "{entry:?} is not in {after:?}");
    }
}

#[test]
fn the_ids_of_entries_are_unique_as_in_rfc_4287_section_4_2_6() {
    let same = ("2015-03-01", "The same twice");
    let ids = entry_ids(&feed_with(&[same, same, ("2015-03-02", "The same twice")]));
    let unique: BTreeSet<&String> = ids.iter().map(|(_, id)| id).collect();
    assert_eq!(unique.len(), 3, "{ids:?}");
    // A report can have any name, also that of another entry.
    let outcome = Site::new(
        "
//- content/reports/withdrawn.toml
title = \"Report\"
assessor = \"irm\"
action_plan = \"2014-2015\"
date = \"2015\"
//- content/commitments/2014-2015/1.toml
…
[withdrawn]
date = \"2015\"
[[assessments]]
report = \"withdrawn\"
level = \"limited\"
",
    )
    .build();
    let ids = entry_ids(&outcome);
    assert_ne!(ids[0].1, ids[1].1);
}

#[test]
fn the_id_of_an_entry_is_the_address_of_its_page_with_a_fragment() {
    let outcome = portal_at("https://example.org/ogp/");
    let id = |path: &str| {
        let entry = outcome.text(path).split_once("<entry>").unwrap().1.to_owned();
        texts_between(&entry, "<id>", "</id>")[0].to_owned()
    };
    let english = id("feed.xml");
    assert_eq!(
        english,
        "https://example.org/ogp/commitments/2014-2015/1/#update-2014-07-31-69752f23"
    );
    // The same entry has the same id in every feed, and another one in another language.
    assert_eq!(id("agencies/finance/feed.xml"), english);
    assert_eq!(id("fa-AF/feed.xml"), english.replace("/ogp/", "/ogp/fa-AF/"));
}

#[test]
fn updated_is_the_first_day_of_a_date_and_a_feed_is_as_new_as_its_newest_entry() {
    // RFC 4287, 4.2.15, and RFC 3339, 5.6. The last day of a year lies in the future for most of it.
    let outcome = feed_with(&[("2015", "A"), ("2015-03", "B"), ("2015-02-03", "C")]);
    let feed = outcome.text("commitments/2014-2015/1/feed.xml");
    let updated = texts_between(feed, "<updated>", "</updated>");
    assert_eq!(
        updated,
        [
            "2015-03-01T00:00:00Z",
            "2015-03-01T00:00:00Z",
            "2015-02-03T00:00:00Z",
            "2015-01-01T00:00:00Z"
        ]
    );
}

// --- languages

#[test]
fn a_language_has_its_tag_in_each_format() {
    let outcome = portal_at("https://example.org/");
    // RFC 4287, 2 and BCP 47.
    assert!(outcome.text("fa-AF/feed.xml").contains(" xml:lang=\"fa-AF\">"));
    let page = outcome.text("fa-AF/index.html");
    assert!(page.contains("<html lang=\"fa-AF\" dir=\"rtl\""), "{page}");
    // The Open Graph protocol, "Optional Metadata": `language_TERRITORY`.
    assert!(page.contains("<meta property=\"og:locale\" content=\"fa_AF\">"), "{page}");
    // HTML, 4.2.4, and Google, "Localized versions": each page lists itself and all others.
    let home = "https://example.org/";
    for path in ["index.html", "fa-AF/index.html"] {
        for (language, address) in [("en", ""), ("fa-AF", "fa-AF/"), ("x-default", "")] {
            let link = format!("hreflang=\"{language}\" href=\"{home}{address}\"");
            assert!(outcome.text(path).contains(&link), "{path}: {link}");
        }
    }
    let sitemap = outcome.text("sitemap.xml");
    let link =
        "<xhtml:link rel=\"alternate\" hreflang=\"fa-AF\" href=\"https://example.org/fa-AF/\"/>";
    assert!(sitemap.contains(link), "{sitemap}");
}

// --- sitemaps

#[test]
fn lastmod_has_the_precision_of_the_date_as_in_w3c_date_and_time_formats() {
    for date in ["2014", "2014-07", "2014-07-31"] {
        let outcome = feed_with(&[(date, "News")]);
        let entry = format!(
            "<loc>https://example.org/commitments/2014-2015/1/</loc><lastmod>{date}</lastmod>"
        );
        assert!(outcome.text("sitemap.xml").contains(&entry), "{}", outcome.text("sitemap.xml"));
    }
}

// --- XML

#[test]
fn characters_that_xml_cannot_contain_are_an_error() {
    // XML 1.0, 2.2.
    for character in ['\u{fffe}', '\u{ffff}'] {
        let text = format!("New{character}s");
        let diagnostics = feed_with(&[("2015", text.as_str())]).diagnostics;
        assert!(diagnostics.contains("error[control-character]"), "{diagnostics}");
    }
}

// --- ids that do not depend on a position

#[test]
fn a_milestone_keeps_its_id_in_the_data_when_others_are_added_or_moved() {
    let rows = |titles: &[&str]| -> BTreeSet<String> {
        let milestones: String =
            titles.iter().map(|title| format!("[[milestones]]\ntitle = \"{title}\"\n")).collect();
        let text = format!("\n//- content/commitments/2014-2015/1.toml\n…\n{milestones}");
        let outcome = Site::new(&text).build();
        let rows = outcome.text("data/milestones.csv").lines().skip(1).map(str::to_owned);
        rows.collect()
    };
    let before = rows(&["Draft", "Adopt"]);
    assert!(rows(&["Adopt", "Prepare", "Draft"]).is_superset(&before), "{before:?}");
    assert_eq!(rows(&["Draft", "Draft"]).len(), 2);
}

#[test]
fn the_anchor_of_a_chapter_is_its_number() {
    let anchors = |chapters: &[&str]| -> (Vec<String>, Vec<String>) {
        let chapters: String = chapters
            .iter()
            .map(|number| format!("[[chapters]]\nnumber = \"{number}\"\ntitle = \"Chapter\"\n"))
            .collect();
        let outcome = Site::new(&format!(
            "\n//- content/action-plans/2014-2015.toml\ntitle = \"Plan\"\nstart_date = \"2014\"\n\
             end_date = \"2015\"\n{chapters}"
        ))
        .build();
        let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
        let ids = texts_between(outcome.main("plans/2014-2015/index.html"), "<h2 id=\"", "\"");
        let home = outcome.main("index.html");
        (owned(ids), owned(texts_between(home, "plans/2014-2015/#", "\"")))
    };
    let (ids, links) = anchors(&["3.3.1", "II б"]);
    assert_eq!(ids, ["chapter-3.3.1", "chapter-II_б", "other"]);
    // RFC 3986, 3.5.
    assert_eq!(links, ["chapter-3.3.1", "chapter-II_%D0%B1", "other"]);
}
