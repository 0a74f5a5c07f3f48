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

/// Replaces each graphic by what it shows, such as `[icon limited]`, `[3 squares limited]` and
/// `[bar completed, limited]`.
fn shorten_graphics(html: &str) -> String {
    let mut short = String::new();
    let mut rest = html;
    while let Some(start) = [SQUARES, "<svg class=\""].iter().filter_map(|tag| rest.find(tag)).min()
    {
        short.push_str(&rest[..start]);
        let (graphic, after) = graphic(&rest[start..]);
        let shown: Vec<&str> =
            graphic.split(&[' ', '>']).filter_map(|word| attribute_of(word)).collect();
        short.push_str(&match graphic.starts_with(SQUARES) {
            true => format!("[{} squares {}]", shown.len(), shown[0]),
            false => {
                format!("[{}]", [&[attribute(graphic, "class")], &shown[..]].concat().join(" "))
            }
        });
        rest = after;
    }
    short + rest
}

const SQUARES: &str = "<span class=\"squares\"";

/// What a graphic refers to, if this is such an attribute: the name of a standing or of a place.
fn attribute_of(word: &str) -> Option<&str> {
    let value = word.strip_prefix("href=\"#")?;
    value.split('"').next()
}

/// Splits off the graphic at the beginning.
fn graphic(html: &str) -> (&str, &str) {
    let (start, end) =
        if html.starts_with(SQUARES) { ("<span", "</span>") } else { ("<svg", "</svg>") };
    let mut position = 0;
    loop {
        position += html[position..].find(end).expect("the end of a graphic") + end.len();
        if html[..position].matches(start).count() == html[..position].matches(end).count() {
            return html.split_at(position);
        }
    }
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
