//! `tests/golden/<kind>.<language>.html`: the content of one page of each kind. Read this folder to
//! review what a change does to the pages; `UPDATE=1 cargo test golden` updates it.

use std::collections::BTreeSet;
use std::fs;

use crate::fixture::{Site, compare_with_file, example, repository};

/// The kinds of pages, each with the path of a page of the example site, except redirects.
const PAGES: [(&str, &str); 18] = [
    ("agencies", "agencies/index.html"),
    ("agency", "agencies/ministry-of-justice/index.html"),
    ("article", "about/index.html"),
    ("assessor", "assessors/irm/index.html"),
    ("changes", "changes/index.html"),
    ("commitment", "commitments/2014-2015/3.3.3.6/index.html"),
    ("commitments", "commitments/index.html"),
    ("corrections", "corrections/index.html"),
    ("data", "data/index.html"),
    ("deadlines", "deadlines/index.html"),
    ("home", "index.html"),
    ("level", "levels/limited/index.html"),
    ("not-found", "404.html"),
    ("plan", "plans/2014-2015/index.html"),
    ("plans", "plans/index.html"),
    ("policy-area", "policy-areas/capacity-building/index.html"),
    ("report", "reports/2017-irm-end-of-term-report/index.html"),
    ("search", "search/index.html"),
];

/// The languages of the example site, each with the folder of its pages.
const LANGUAGES: [(&str, &str); 2] = [("en", ""), ("mn", "mn/")];

/// The kinds of pages, each with the path of a page of the rich site that shows most of what the kind can.
const RICH_PAGES: [(&str, &str); 18] = [
    ("agencies", "agencies/index.html"),
    ("agency", "agencies/interior/index.html"),
    ("article", "about/index.html"),
    ("assessor", "assessors/transparency-watch/index.html"),
    ("changes", "changes/index.html"),
    ("commitment", "commitments/2022-2024/1/index.html"),
    ("commitments", "commitments/index.html"),
    ("corrections", "corrections/index.html"),
    ("data", "data/index.html"),
    ("deadlines", "deadlines/index.html"),
    ("home", "index.html"),
    ("level", "levels/merged/index.html"),
    ("not-found", "404.html"),
    ("plan", "plans/2019-2021/index.html"),
    ("plans", "plans/index.html"),
    ("policy-area", "policy-areas/open-contracting/index.html"),
    ("report", "reports/2023-midterm/index.html"),
    ("search", "search/index.html"),
];

/// The elements that start on a new line.
const BLOCKS: [&str; 26] = [
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "li",
    "main",
    "nav",
    "option",
    "p",
    "section",
    "select",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Puts each block on a line of its own, and writes icons and bars in short.
fn in_lines(main: &str) -> String {
    let mut html = shorten_graphics(main);
    for block in BLOCKS {
        for end in [" ", ">"] {
            html = html.replace(&format!("<{block}{end}"), &format!("\n<{block}{end}"));
        }
        html = html.replace(&format!("</{block}>"), &format!("</{block}>\n"));
    }
    let lines = html.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

/// Replaces each icon with `[icon limited]`, and each bar with the position, width and name of its
/// parts, such as `[bar 0%+4.76% completed, 4.76%+95.23% limited]`.
fn shorten_graphics(html: &str) -> String {
    let mut short = String::new();
    let mut rest = html;
    while let Some(start) = rest.find("<svg class=\"") {
        short.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some((graphic, after)) = rest.split_once("</svg>")
            && graphic.starts_with("<svg class=\"columns\"")
        {
            short.push_str(&format!("[columns {}]", graphic.matches("<rect").count()));
            rest = after;
            continue;
        }
        let is_icon = rest.starts_with("<svg class=\"icon\"");
        let end = if is_icon { "</svg>" } else { "</svg></svg>" };
        let (graphic, after) = rest.split_once(end).expect("an icon or a bar");
        short.push_str(&if is_icon {
            format!("[icon {}]", attribute(graphic, "href").trim_start_matches('#'))
        } else {
            let part = |part: &str| {
                let [x, width] = ["x", "width"].map(|name| attribute(part, name));
                let rectangle = &part[part.find("<rect").unwrap()..];
                format!("{x}+{width} {}", attribute(rectangle, "class"))
            };
            let parts: Vec<String> = graphic.split("<svg").skip(2).map(part).collect();
            format!("[bar {}]", parts.join(", "))
        });
        rest = after;
    }
    short + rest
}

/// The value of the first attribute with this name.
fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    let value = tag.split(&format!(" {name}=\"")).nth(1).expect(name);
    value.split('"').next().unwrap()
}

/// The kind of a page.
fn kind(page: &str) -> Option<&str> {
    page.split("<meta name=\"page-type\" content=\"").nth(1)?.split('"').next()
}

#[test]
fn each_kind_of_page_has_the_reviewed_content() {
    let with_redirect = Site::new(
        "\n//- site.toml\n…\nlanguages = [\"en\", \"mn\"]\n\
         //- content/agencies/finance.toml\n…\naliases = [\"treasury\"]\n",
    )
    .build();
    let mut different = Vec::new();
    let mut names = BTreeSet::new();
    for (language, folder) in LANGUAGES {
        let mut check = |kind: &str, main: &str| {
            let name = format!("{kind}.{language}.html");
            let path = repository().join("tests/golden").join(&name);
            different.extend(compare_with_file(&path, &in_lines(main)));
            names.insert(name);
        };
        for (expected, path) in PAGES {
            let path = format!("{folder}{path}");
            assert_eq!(kind(example().text(&path)), Some(expected));
            check(expected, example().main(&path));
        }
        check("redirect", with_redirect.main(&format!("{folder}agencies/treasury/index.html")));
    }
    let rich = Site::rich().build();
    assert!(!rich.diagnostics.contains("error["), "{}", rich.diagnostics);
    for (kind, path) in RICH_PAGES {
        for (language, folder) in [("en", ""), ("ar", "ar/")] {
            let name = format!("rich-{kind}.{language}.html");
            let golden = repository().join("tests/golden").join(&name);
            let main = rich.main(&format!("{folder}{path}"));
            different.extend(compare_with_file(&golden, &in_lines(main)));
            names.insert(name);
        }
    }
    assert!(
        different.is_empty(),
        "pages differ from tests/golden: `UPDATE=1 cargo test golden` updates it\n{}",
        different.join("\n")
    );
    let files = fs::read_dir(repository().join("tests/golden")).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(files.collect::<BTreeSet<_>>(), names, "no other file is in tests/golden");
}

#[test]
fn every_kind_of_page_has_a_golden_page() {
    let pages = example().files.keys().filter(|path| path.ends_with(".html"));
    let kinds: BTreeSet<&str> = pages.filter_map(|path| kind(example().text(path))).collect();
    let listed: BTreeSet<&str> = PAGES.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, listed);
}
