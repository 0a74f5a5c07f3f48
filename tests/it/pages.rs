//! Rendered pages: links, safety, languages, themes, and reproducible bytes.

use std::collections::{BTreeMap, BTreeSet};

use crate::fixture::{Outcome, Site, check_site, example, links, resolve};
use crate::languages::language_file;

/// Asserts that every link on every page leads to a file of the portal, and that every anchor
/// exists.
#[track_caller]
fn assert_links_work(outcome: &Outcome, base_url: &str) {
    let base_path = &base_url["https://example.org".len()..];
    for (path, _) in outcome.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for link in links(outcome.text(path)) {
            let outside = ["http://", "https://", "mailto:"];
            let link = match link.strip_prefix(base_url) {
                Some(inside) => format!("{base_path}{inside}"),
                None if outside.iter().any(|scheme| link.starts_with(scheme)) => continue,
                None => link,
            };
            let (target, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let mut target =
                if target.is_empty() { path.clone() } else { resolve(path, target, base_path) };
            if target.is_empty() || target.ends_with('/') {
                target.push_str("index.html");
            }
            assert!(outcome.files.contains_key(&target), "{path} links to `{link}`: no `{target}`");
            if !anchor.is_empty() {
                let id = format!("id=\"{anchor}\"");
                assert!(outcome.text(&target).contains(&id), "{path} links to `{link}`: no {id}");
            }
        }
    }
}

#[test]
fn every_link_works_at_the_root_and_in_a_folder() {
    assert_links_work(example(), "https://example.org/");
    let in_folder =
        |text: &str| text.replace("https://example.org/\"", "https://example.org/ogp/\"");
    let outcome = Site::example().with("site.toml", in_folder).build();
    assert_links_work(&outcome, "https://example.org/ogp/");
    let home = outcome.text("mn/index.html");
    assert!(home.contains(r#"<link rel="canonical" href="https://example.org/ogp/mn/">"#));
    assert!(outcome.text("404.html").contains(r#"href="/ogp/commitments/""#));
    assert!(outcome.text("sitemap.xml").contains("<loc>https://example.org/ogp/mn/data/</loc>"));
}

#[test]
fn the_assertion_about_links_can_fail() {
    let broken = r#"<a href="nowhere/">x</a>"#;
    let outcome = Outcome {
        diagnostics: String::new(),
        files: BTreeMap::from([("index.html".to_owned(), broken.as_bytes().to_vec())]),
    };
    let result = std::panic::catch_unwind(|| {
        assert_links_work(&outcome, "https://example.org/");
    });
    assert!(result.is_err());
}

#[test]
fn a_report_names_its_country_and_a_mailbox_in_the_language_of_the_page() {
    let with_subject = |text: &str| text.replace("@example.org", "@example.org?subject=Portal");
    let outcome = Site::example().with("site.toml", with_subject).build();
    for (folder, country) in [("", "Mongolia"), ("mn/", "Монгол")] {
        let main =
            outcome.main(&format!("{folder}reports/2015-midterm-self-assessment/index.html"));
        let mailbox = "<a href=\"mailto:ogp@example.org?subject=Portal\">ogp@example.org</a>";
        assert!(main.contains(&format!("<dd>{country}</dd>")), "{main}");
        assert!(main.contains(&format!("<dd>{mailbox}</dd>")), "{main}");
    }
}

#[test]
fn every_page_has_a_unique_title() {
    let outcome = example();
    let mut titles = BTreeSet::new();
    for path in outcome.files.keys().filter(|path| path.ends_with("index.html")) {
        let text = outcome.text(path);
        let title = text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(titles.insert(title.to_owned()), "{path} has the title of another page: {title}");
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let build = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| Site::example().build().files)
    };
    let one = build(1);
    assert!(one == build(2) && one == build(8));
}

/// A text that tries to break out of a text, an attribute, a title, a template or a data file.
const ATTACK: &str = "</title></textarea>\"><script>alert(1)</script>' onload='x' &lt;b&gt; {{ 1 + 1 }} {% raw %} \
                      ]]> --> =1+1";

/// A site in which every text contains [`ATTACK`].
fn attacked_site() -> Site {
    let line = ATTACK.replace('\\', "\\\\").replace('"', "\\\"");
    // In Markdown, a tag would be reported as an error; a backslash makes it text.
    let prose = line.replace('<', "\\\\<").replace("]]>", "\\\\]]>");
    Site::new(
        &r#"
//- site.toml
title = "LINE"
base_url = "https://example.org/"
language = "en"
languages = ["en", "mn"]
publisher = "LINE"
licence = { title = "LINE", url = "https://example.org/l?a='&b" }
contact_fields = ["name", "role", "department", "email", "phone"]
repository = "https://example.org/e?a='&b="
[mn]
title = "LINE"
publisher = "LINE"
translation_note = "LINE"
//- content/action-plans/2014-2015.toml
title = "LINE"
start_date = "2014"
end_date = "2015"
[mn]
title = "LINE"
[[chapters]]
number = "LINE"
title = "LINE"
[chapters.mn]
title = "LINE"
//- content/agencies/finance.toml
name = "LINE"
short_name = "LINE"
website = "https://example.org/'&a=b"
aliases = ["LINE"]
[mn]
name = "LINE"
//- content/reports/midterm.toml
title = "LINE"
assessor = "government"
action_plan = "2014-2015"
date = "2015"
url = "https://example.org/'&a=b"
[mn]
title = "LINE"
[[sections]]
title = "LINE"
text = "PROSE"
//- content/articles/about.md
# RAW

Text.
//- content/commitments/2014-2015/1.toml
title = "LINE"
chapter = "LINE"
lead = "finance"
partners = ["LINE"]
ogp_id = "LINE"
objective = "PROSE"
description = "PROSE"
relevance = "PROSE"
ambition = "PROSE"
[mn]
title = "LINE"
description = "PROSE"
partners = ["LINE"]
[contact]
name = "LINE"
role = "LINE"
department = "LINE"
phone = "LINE"
[[milestones]]
title = "LINE"
description = "PROSE"
[[assessments]]
report = "midterm"
level = "limited"
results = "PROSE"
next_steps = "PROSE"
additional_information = "PROSE"
note = "PROSE"
evidence = [{ title = "LINE", url = "https://example.org/'&a=b" }]
[[updates]]
date = "2015"
text = "PROSE"
//- content/commitments/2014-2015/2.toml
title = "LINE"
lead = "finance"
objective = "PROSE"
description = "PROSE"
[withdrawn]
reason = "PROSE"
"#
        .replace("LINE", &line)
        .replace("PROSE", &prose)
        .replace("RAW", ATTACK),
    )
}

#[test]
fn no_text_of_a_site_becomes_markup() {
    let outcome = attacked_site().build();
    assert!(!outcome.diagnostics.contains(": error["), "{}", outcome.diagnostics);
    let default = Site::new("").build();
    // The tags that templates and charts contain. Add new ones here.
    let known: BTreeSet<&str> = [
        "!doctype",
        "a",
        "bdi",
        "body",
        "br",
        "button",
        "cite",
        "code",
        "dd",
        "defs",
        "details",
        "div",
        "dl",
        "dt",
        "details",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "head",
        "header",
        "html",
        "input",
        "label",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "noscript",
        "option",
        "p",
        "path",
        "pattern",
        "rect",
        "section",
        "select",
        "span",
        "strong",
        "summary",
        "svg",
        "symbol",
        "summary",
        "table",
        "tbody",
        "td",
        "template",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "ul",
        "use",
    ]
    .into();
    for path in outcome.files.keys().filter(|path| path.ends_with(".html")) {
        let text = outcome.text(path);
        // Facts for search engines are not a program, and nothing in them can end the block.
        let facts = "<script type=\"application/ld+json\">";
        let search = "assets/search.js\" defer>";
        let scripts = ["../", "../../"].map(|up| format!("<script src=\"{up}{search}"));
        let text =
            &scripts.iter().fold(text.to_owned(), |text, script| text.replace(script, facts));
        assert_eq!(text.matches(facts).count(), text.matches("</script>").count(), "{path}");
        for tag in text.replace(facts, "").replace("</script>", "").split('<').skip(1) {
            let name = tag.trim_start_matches('/').split([' ', '>', '\n']).next().unwrap();
            assert!(known.contains(name), "{path} has a tag <{name}");
        }
        assert!(!text.contains("' onload='x'\"") && !text.contains("\" onload="), "{path}");
        assert_eq!(text.matches("<title>").count(), 1, "{path}");
    }
    let page = outcome.text("commitments/2014-2015/1/index.html");
    assert!(page.contains("{{ 1 + 1 }} {% raw %}"), "shown as it is written");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    // The data files contain the original text.
    let json: serde_json::Value =
        serde_json::from_slice(&outcome.files["data/commitments.json"]).unwrap();
    assert_eq!(json["commitments"][0]["title"], ATTACK);
    let csv = outcome.text("data/commitments.csv");
    assert!(csv.contains(&format!("\"{}\"", ATTACK.replace('"', "\"\""))));
    assert_eq!(csv.lines().count(), 3);
    let sitemap = outcome.text("sitemap.xml");
    assert_eq!(sitemap.matches("<loc>").count(), sitemap.matches("<url>").count());
    assert!(default.files.len() < outcome.files.len());
}

#[test]
fn another_language_needs_only_a_language_file() {
    let english = std::fs::read_to_string(
        crate::fixture::repository().join("themes/plain/languages/en.toml"),
    )
    .unwrap();
    let french = english
        .replace("\"English\"", "\"Français\"")
        .lines()
        .filter(|line| !line.starts_with("locale"))
        .collect::<Vec<_>>()
        .join("\n");
    let site = Site::new(&format!(
        r#"
//- site.toml
…
languages = ["en", "fr"]
[fr]
title = "Site d’essai"
//- themes/plain/languages/fr.toml
{french}
//- content/commitments/2014-2015/1.toml
…
end_date = "2015-09-14"
[fr]
title = "Promesse"
"#
    ));
    let outcome = site.build();
    assert!(!outcome.diagnostics.contains(": error["), "{}", outcome.diagnostics);
    let page = outcome.text("fr/commitments/2014-2015/1/index.html");
    assert!(page.contains("<html lang=\"fr\" dir=\"ltr\" "));
    assert!(page.contains("<time datetime=\"2015-09-14\">14 septembre 2015</time>"), "{page}");
    assert!(page.contains("<h1>Promesse</h1>"));
    assert!(
        page.contains("<div class=\"prose\" lang=\"en\" dir=\"ltr\"><p>Objective</p></div>"),
        "{page}"
    );
}

#[test]
fn a_phrase_with_names_runs_in_the_direction_of_the_page() {
    let outcome = Site::rich().build();
    let page = outcome.main("ar/agencies/finance/index.html");
    // A first-strong isolate skips the isolates within it: it would run from left to right.
    let phrase = "\u{2067}\u{2068}الحكومة\u{2069}، \u{2068}2021\u{2069}\u{2069}";
    assert!(page.contains(phrase), "{page}");
    let pages = outcome.files.keys().filter(|path| path.ends_with(".html"));
    for path in pages {
        assert!(!outcome.text(path).contains("\u{2068}\u{2068}"), "{path}");
    }
    let english = outcome.text("index.html");
    assert!(!english.contains(['\u{2067}', '\u{2068}']));
}

#[test]
fn a_right_to_left_language_sets_the_direction_of_the_page() {
    let forms = ["zero", "one", "two", "few", "many", "other"];
    let arabic = language_file("name = \"العربية\"", &forms);
    let site = Site::new(&format!(
        "\n//- site.toml\n…\nlanguages = [\"en\", \"ar\"]\n//- themes/plain/languages/ar.toml\n{arabic}"
    ));
    let outcome = site.build();
    assert!(!outcome.diagnostics.contains(": error["), "{}", outcome.diagnostics);
    assert!(outcome.text("ar/index.html").contains("<html lang=\"ar\" dir=\"rtl\" "));
}

#[test]
fn a_site_changes_one_template_and_keeps_the_others() {
    let site = Site::new(
        r#"
//- site.toml
…
theme = "own"
//- themes/own/templates/not-found.html
{% extends "base.html" %}
{% block main %}<h1>Gone: {{ view.page.title.text }}</h1>{% endblock %}
"#,
    );
    let outcome = site.build();
    assert_eq!(outcome.diagnostics, "");
    assert!(outcome.main("404.html").contains("<h1>Gone: Page not found"));
    assert!(outcome.main("index.html").contains("<h1 id=\"answer\">"));
}

#[test]
fn an_error_in_a_template_is_reported_with_its_line_and_the_content_file() {
    let site = Site::new(
        r#"
//- themes/plain/templates/commitment.html
{% extends "base.html" %}
{% block main %}
<h1>{{ view.page.titel.text }}</h1>
{% endblock %}
"#,
    );
    let diagnostics = site.build().diagnostics;
    assert!(
        diagnostics
            .starts_with("themes/plain/templates/commitment.html:3:17: error[template-fault]: "),
        "{diagnostics}"
    );
    assert!(diagnostics.contains("`commitments/2014-2015/1/index.html`"), "{diagnostics}");
    assert!(diagnostics.contains("`content/commitments/2014-2015/1.toml`"), "{diagnostics}");
    assert_eq!(diagnostics.lines().count(), 1);
}

#[test]
fn a_value_of_the_wrong_kind_is_reported_with_the_missing_name() {
    let article = |template: &str| {
        let text = format!(
            "\n//- themes/plain/templates/article.html\n{template}\n\
             //- content/articles/about.md\n# About\n"
        );
        Site::new(&text).build()
    };
    for (template, missing) in [
        ("{{ link(view.page.title) }}", "`href`"),
        ("{{ date(view.page.title) }}", "`iso`"),
        ("{{ standing(view.page.kind) }}", "`icon`"),
        ("{{ prose(view.page.newest) }}", "`lang`"),
    ] {
        let diagnostics = article(template).diagnostics;
        assert!(diagnostics.contains("article.html:1:4: error[template-fault]"), "{diagnostics}");
        assert!(diagnostics.contains(missing), "{diagnostics}");
    }
    let own_macro =
        "{% macro text(title) %}<i>{{ title.text }}</i>{% endmacro %}{{ text(view.page.title) }}";
    assert_eq!(article(own_macro).text("about/index.html"), "<i>About</i>");
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    let site = Site::new(
        r#"
//- themes/plain/templates/article.html
{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}
//- content/articles/about.md
# About
"#,
    );
    let diagnostics = site.build().diagnostics;
    assert!(diagnostics.contains("templates/article.html:1:"), "{diagnostics}");
    // An endless loop on every page takes no longer than on one page.
    let site = Site::new(
        r#"
//- themes/plain/templates/base.html
{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}
"#,
    );
    let diagnostics = site.build().diagnostics;
    assert_eq!(diagnostics.lines().count(), 1, "{diagnostics}");
    assert!(diagnostics.contains("templates/base.html:1:"), "{diagnostics}");
    assert!(diagnostics.contains("while rendering the page `index.html`"), "{diagnostics}");
    // A redirect is no page of its own, but it has a template, too.
    let site = Site::new(
        r#"
//- themes/plain/templates/redirect.html
{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}
//- content/commitments/2014-2015/1.toml
…
aliases = ["1a"]
"#,
    );
    let diagnostics = site.build().diagnostics;
    assert!(diagnostics.contains("templates/redirect.html:1:"), "{diagnostics}");
    assert!(diagnostics.contains(": error["), "{diagnostics}");
}

#[test]
fn the_id_of_a_part_is_a_name_that_an_address_can_contain() {
    for id in ["ratio 1:10", "a//b", "a/../b", "..", "visitors/month", "a\\\\b", "con"] {
        for section in [
            "[[indicators]]\nid = \"ID\"\ntitle = \"T\"\nunit = \"u\"\n\
             target = { value = 2, date = \"2015\" }\n[[indicators.values]]\ndate = \"2014\"\nvalue = 1\n",
            "[[milestones]]\nid = \"ID\"\ntitle = \"T\"\n",
        ] {
            let section = section.replace("ID", id);
            let site =
                Site::new(&format!("\n//- content/commitments/2014-2015/1.toml\n…\n{section}"));
            let diagnostics = site.build().diagnostics;
            assert!(diagnostics.contains(": error[unusable-name]"), "{id}: {diagnostics}");
        }
    }
}

#[test]
fn a_former_address_redirects_to_the_page() {
    let site = Site::new(
        r#"
//- content/agencies/finance.toml
…
aliases = ["treasury", "Ministry of Finance"]
//- content/commitments/2014-2015/1.toml
…
aliases = ["1a"]
"#,
    );
    let outcome = site.build();
    assert_eq!(outcome.diagnostics, "");
    let page = outcome.text("commitments/2014-2015/1a/index.html");
    let address = "https://example.org/commitments/2014-2015/1/";
    assert!(page.contains(&format!("content=\"0; url={address}\"")), "{page}");
    assert!(outcome.text("agencies/treasury/index.html").contains("org/agencies/finance/"));
    assert!(!outcome.text("sitemap.xml").contains("treasury"));
}

#[test]
fn a_former_name_of_an_article_redirects_to_it() {
    let site = Site::new(
        "\n//- content/articles/about.md\n+++\naliases = [\"about-us\"]\n+++\n# About\n\nText.\n",
    );
    let outcome = site.build();
    assert_eq!(outcome.diagnostics, "");
    assert!(outcome.main("about/index.html").contains("<h1>About</h1>"));
    assert!(!outcome.text("about/index.html").contains("+++"));
    assert!(outcome.text("about-us/index.html").contains("url=https://example.org/about/"));
    check_site(
        r#"
//- content/articles/about.md
+++
aliases = ["data", "terms"]
#          ^^^^^^ alias-taken
+++
# About
"#,
    );
    let diagnostics = |keys: &str| {
        let text = format!("\n//- content/articles/about.md\n+++\n{keys}\n+++\n# About\n");
        Site::new(&text).build().diagnostics
    };
    let misspelt = diagnostics("aliasses = [\"x\"]");
    assert!(
        misspelt.starts_with("content/articles/about.md:2:1: error[unknown-key]"),
        "{misspelt}"
    );
    let unquoted = diagnostics("aliases = [x]");
    assert!(unquoted.starts_with("content/articles/about.md:2:11: error["), "{unquoted}");
    // A translation can list former names, too.
    let translated = |keys: &str| {
        Site::new(&format!(
            "\n//- site.toml\n…\nlanguages = [\"en\", \"mn\"]\n[mn]\ntitle = \"Сайт\"\n\
             //- content/articles/about.md\n+++\naliases = [\"us\"]\n+++\n# About\n\
             //- content/articles/about.mn.md\n+++\n{keys}\n+++\n# Тухай\n"
        ))
        .build()
    };
    let outcome = translated("aliases = [\"us\", \"bidnii-tuhai\"]");
    assert!(!outcome.diagnostics.contains("error"), "{}", outcome.diagnostics);
    for path in ["bidnii-tuhai/index.html", "mn/bidnii-tuhai/index.html", "mn/us/index.html"] {
        assert!(outcome.text(path).contains("about/"), "{path}");
    }
    let diagnostics = translated("titel = \"x\"").diagnostics;
    assert!(diagnostics.contains("about.mn.md:2:1: error[unknown-key]"), "{diagnostics}");
}

#[test]
fn headings_in_texts_continue_the_levels_of_the_page() {
    let site = Site::new(
        r#"
//- content/articles/about.md
# About

### Deep

# 
//- content/commitments/2014-2015/1.toml
title = "Promise"
lead = "finance"
objective = '''
# One

### Three

## Two
'''
description = "Description"
"#,
    )
    .with("content/articles/about.md", |text| text.replace("# \n", ""));
    let outcome = site.build();
    let headings = |path| {
        let main = outcome.main(path).to_owned();
        let tags = main.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
        tags.collect::<Vec<u32>>()
    };
    assert_eq!(headings("about/index.html"), [1, 2]);
    let commitment = headings("commitments/2014-2015/1/index.html");
    assert_eq!(commitment[..6], [1, 2, 3, 4, 5, 5], "{commitment:?}");
    for path in outcome.files.keys().filter(|path| path.ends_with("index.html")) {
        let headings = headings(path);
        assert!(headings.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{path}: {headings:?}");
    }
}

#[test]
fn a_text_from_a_word_processor_is_the_same_on_the_page_in_feeds_and_in_search() {
    let site = Site::new(
        "
//- content/commitments/2014-2015/1.toml
…
relevance = '''
2014. Zakon
2016. Registar

    • Portal'''
[[updates]]
date = \"2015-07-01\"
text = '''
\t31. Dezember: Archiv\u{2028}12. März: Amt'''
",
    );
    let outcome = site.build();
    let page = outcome.main("commitments/2014-2015/1/index.html");
    for html in [
        "<p>2014. Zakon<br />\n2016. Registar</p>\n<ul>\n<li>Portal</li>\n</ul>",
        "<p>31. Dezember: Archiv<br />\n12. März: Amt</p>",
    ] {
        assert!(page.contains(html), "{page}");
    }
    let feed = outcome.text("commitments/2014-2015/1/feed.xml");
    assert!(feed.contains("31. Dezember: Archiv 12. März: Amt"), "{feed}");
    let index = outcome.text("search/words.json");
    for word in ["2014", "2016", "registar", "portal", "31", "12"] {
        assert!(index.contains(word), "{word}: {index}");
    }
}

#[test]
fn missing_interface_texts_are_reported_and_replaced() {
    let site = Site::new(
        r#"
//- themes/plain/languages/en.toml
name = "English"
[messages]
home = "Start"
citation = { one = "{titel}", other = "x" }
"#,
    );
    let outcome = site.build();
    assert!(
        outcome.diagnostics.contains("warning[missing-phrases]: `en`: "),
        "{}",
        outcome.diagnostics
    );
    assert!(outcome.diagnostics.contains("`citation` has no placeholder `titel`"));
    assert!(outcome.diagnostics.contains("`citation` has no placeholder `count`"));
    assert!(outcome.text("index.html").contains(">Start</a>"));
}

#[test]
fn a_withdrawal_is_a_change_and_the_number_of_a_plan_is_shown() {
    let site = Site::new(
        r#"
//- content/action-plans/2014-2015.toml
…
number = 3
//- content/commitments/2014-2015/1.toml
…
[withdrawn]
date = "2016-05"
reason = "No money."
"#,
    )
    .with("content/action-plans/2014-2015.toml", |text| {
        text.replace("\nnumber = 3\n", "\n").replacen("title", "number = 3\ntitle", 1)
    });
    let outcome = site.build();
    assert!(!outcome.diagnostics.contains(": error["), "{}", outcome.diagnostics);
    let changes = outcome.main("changes/index.html");
    assert!(changes.contains("May 2016") && changes.contains("No money."), "{changes}");
    assert!(outcome.main("plans/2014-2015/index.html").contains("Action plan no. 3"));
}

/// A site with this number of commitments in one plan. The second chapter has only the last one.
/// One report assesses all of them, alternating between `not-started` and `limited`.
fn long_site(commitments: usize) -> Site {
    let mut text = String::from(
        "\n//- site.toml\n…\ncards = false\n\
         //- content/action-plans/2014-2015.toml\n…\n[[chapters]]\nnumber = \"2\"\ntitle = \"Last\"\n",
    );
    for number in 1..=commitments {
        let chapter = if number == commitments { 2 } else { 1 };
        let level = if number % 2 == 0 { "limited" } else { "not-started" };
        text.push_str(&format!(
            "//- content/commitments/2014-2015/{number}.toml\n\
             title = \"Promise {number}\"\nlead = \"finance\"\nchapter = \"{chapter}\"\n\
             objective = \"O\"\ndescription = \"D\"\n\
             [[assessments]]\nreport = \"midterm\"\nlevel = \"{level}\"\n"
        ));
    }
    Site::new(&text)
}

#[test]
fn a_long_list_is_split_into_pages() {
    let outcome = long_site(301).build();
    assert_links_work(&outcome, "https://example.org/");
    let list_pages = |list: &str| {
        let is_of_list = |path: &&String| {
            let rest = path.strip_prefix(list).unwrap_or_default();
            rest == "index.html" || (rest.starts_with("page-") && rest.ends_with("/index.html"))
        };
        outcome.files.keys().filter(is_of_list).map(|path| outcome.text(path)).collect::<Vec<_>>()
    };
    let lists = [
        ("commitments/", 2, 301),
        ("plans/2014-2015/", 2, 301),
        ("agencies/finance/", 2, 301),
        ("levels/limited/", 1, 150),
        ("changes/", 4, 301),
        ("reports/midterm/", 13, 301),
    ];
    for (list, count, commitments) in lists {
        let pages = list_pages(list);
        assert_eq!(pages.len(), count, "{list}");
        let listed = |page: &&str| {
            let main = &page[page.find("<main").unwrap()..page.find("</main>").unwrap()];
            let is_commitment = |link: &String| link.contains("commitments/2014-2015/");
            links(main).into_iter().filter(is_commitment).count()
        };
        assert_eq!(pages.iter().map(listed).sum::<usize>(), commitments, "{list}");
        let titles: BTreeSet<&str> =
            pages.iter().map(|page| page.split("title>").nth(1).unwrap()).collect();
        assert_eq!(titles.len(), count, "{titles:?}");
    }
    // A link into a list leads to the page that contains its target.
    assert!(outcome.main("index.html").contains("plans/2014-2015/page-2/#chapter-2"));
    let last = outcome.main("commitments/2014-2015/301/index.html");
    assert!(last.contains("plans/2014-2015/page-2/#chapter-2"));
    assert!(outcome.main("agencies/finance/index.html").contains("\"#plan-2014-2015-limited\""));
    assert!(outcome.text("sitemap.xml").contains("https://example.org/commitments/page-2/"));
    assert!(outcome.text("sitemap.xml").matches("page-").count() > 15);
    assert!(outcome.main("commitments/page-2/index.html").contains("Page 2 of 2"));
}

#[test]
fn links_to_files_lead_to_files_on_every_page() {
    let outcome =
        Site::rich().with("site.toml", |file| format!("links = \"files\"\n{file}")).build();
    let mut count = 0;
    for path in outcome.files.keys().filter(|path| path.ends_with("index.html")) {
        for link in links(outcome.text(path)) {
            let file = link.split(['#', '?']).next().unwrap();
            let file = file.strip_prefix("https://open.maridia.example/").map_or_else(
                || resolve(path, file, "https://open.maridia.example/"),
                str::to_owned,
            );
            if !link.contains(':') && !file.is_empty() && !link.starts_with('#') {
                assert!(outcome.files.contains_key(&file), "{path}: {link}");
                count += 1;
            }
        }
    }
    assert!(count > 1000, "{count}");
    let canonical =
        "<link rel=\"canonical\" href=\"https://open.maridia.example/plans/index.html\">";
    assert!(outcome.text("plans/index.html").contains(canonical));
    let titles = outcome.text("search/titles.json");
    assert!(titles.contains("commitments/2022-2024/1/index.html"), "{titles}");
}
