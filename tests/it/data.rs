//! The data files: valid for other programs, and consistent with the pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use milepost::testing::{
    Diagnostics, MAX_ADDRESSES, MAX_LINKS, Page, Rendered, Standing, assemble, plan, render_all,
    sitemap_files, sitemap_index,
};

use crate::fixture::{Outcome, Site, build_options, example, texts_between};

/// The rows of a table: fields by the names of their columns.
fn rows(outcome: &Outcome, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader =
        csv::Reader::from_reader(outcome.text(&format!("data/{table}.csv")).as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// The numbers of the first chart on a page, by standing.
fn chart(page: &str) -> BTreeMap<String, usize> {
    let figure = &page[page.find("<figure").unwrap()..page.find("</figure>").unwrap()];
    let body = &figure[figure.find("<tbody>").unwrap()..figure.find("</tbody>").unwrap()];
    let row = |row: &str| {
        let standing = row.split("href=\"#").nth(1).unwrap().split('"').next().unwrap();
        let number = row.split("<td class=\"n\">").nth(1).unwrap().split('<').next().unwrap();
        (standing.to_owned(), number.parse().unwrap())
    };
    body.split("<tr>").skip(1).map(row).filter(|(_, number)| *number > 0).collect()
}

/// The number of rows with these values, by standing.
fn count_by_standing(
    rows: &[BTreeMap<String, String>],
    filter: &[(&str, &str)],
) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        if filter.iter().all(|(column, value)| row[*column] == *value) {
            *counts.entry(row["standing"].clone()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn every_number_on_a_page_equals_the_rows_of_a_filtered_table() {
    let outcome = example();
    let commitments = rows(outcome, "commitments");
    assert_eq!(chart(outcome.main("index.html")), count_by_standing(&commitments, &[]));
    let mut leading = 0;
    for agency in rows(outcome, "agencies") {
        let page = outcome.main(&format!("agencies/{}/index.html", agency["id"]));
        let expected = count_by_standing(&commitments, &[("lead", &agency["id"])]);
        if expected.is_empty() {
            assert!(!page.contains("<figure"), "{agency:?}");
        } else {
            assert_eq!(chart(page), expected, "{agency:?}");
            leading += 1;
        }
    }
    assert_eq!(leading, 7);
    let plan = outcome.main("plans/2014-2015/index.html");
    assert_eq!(chart(plan), count_by_standing(&commitments, &[("plan", "2014-2015")]));
    for chapter in ["3.3.1", "3.3.2", "3.3.3"] {
        let heading = format!("<span class=\"number\">{chapter}</span>");
        let section = plan.split("<h2").find(|section| section.contains(&heading)).unwrap();
        for (standing, count) in count_by_standing(&commitments, &[("chapter", chapter)]) {
            let icon = format!("<use href=\"#{standing}\"/>");
            assert_eq!(section.matches(&icon).count(), count, "{chapter} {standing}");
        }
    }
    for standing in Standing::ALL.map(Standing::name) {
        let page = outcome.main(&format!("levels/{standing}/index.html"));
        let listed = page.matches("<span class=\"number\">").count();
        let expected = count_by_standing(&commitments, &[("standing", standing)]);
        assert_eq!(listed, expected.values().sum::<usize>(), "{standing}");
    }
    // A report's chart counts its assessments.
    let assessments = rows(outcome, "assessments");
    let report = "2015-midterm-self-assessment";
    let mut levels: BTreeMap<String, usize> = BTreeMap::new();
    for row in assessments.iter().filter(|row| row["report"] == report) {
        *levels.entry(row["level"].clone()).or_default() += 1;
    }
    assert_eq!(chart(outcome.main(&format!("reports/{report}/index.html"))), levels);
}

#[test]
fn the_tables_refer_to_each_other() {
    let outcome = example();
    let agencies = rows(outcome, "agencies");
    let commitments = rows(outcome, "commitments");
    let is_agency = |id: &str| agencies.iter().any(|agency| agency["id"] == id);
    for commitment in &commitments {
        assert!(is_agency(&commitment["lead"]), "{commitment:?}");
        let supporting = commitment["supporting"].split("; ").filter(|id| !id.is_empty());
        supporting.for_each(|id| assert!(is_agency(id), "{id}"));
    }
    for row in rows(outcome, "assessments") {
        let is_commitment = |commitment: &BTreeMap<String, String>| {
            commitment["plan"] == row["plan"] && commitment["id"] == row["id"]
        };
        assert!(commitments.iter().any(is_commitment));
    }
}

#[test]
fn ogps_columns_contain_the_levels_of_the_independent_reports() {
    let outcome = example();
    let ogp = rows(outcome, "ogp");
    assert_eq!(ogp.len(), 21);
    let disputed = ogp.iter().find(|row| row["Commitment Number"] == "3.3.3.6").unwrap();
    assert_eq!(disputed["Completion (Progress Report)"], "Not Started");
    assert_eq!(disputed["Completion (End Of Term)"], "Not Started");
    assert_eq!(disputed["Action Plan End Year"], "2015");
    let header = outcome.text("data/ogp.csv").lines().next().unwrap();
    let start = "\u{feff}Commitment Unique Identifier,Country/Locality,Action Plan Number,";
    assert!(header.starts_with(start) && header.ends_with(",Action Plan ID,id"), "{header}");
    assert_eq!(disputed.len(), 171);
}

/// What OGP's own table says about MN0020, in the columns that the example fills in. The dates of the plan and of
/// the commitment are as precise as the government's report, and the address is that of the portal.
const MN0020: [(&str, &str); 33] = [
    ("Commitment Unique Identifier", "MN0020"),
    ("Country/Locality", "Mongolia"),
    ("Action Plan Number", "1"),
    ("Commitment Number", "3.3.3.6"),
    ("Code", "MNG"),
    ("National Or Local", "National"),
    ("Commitment Dummy", "1"),
    ("Regulatory Governance", "1"),
    ("Open Parliaments", "1"),
    ("Capacity Building", "1"),
    ("Report Publication Year (Progress Report)", "2016"),
    ("Specificity", "High"),
    ("_Specificity", "3"),
    ("Verifiable", "Yes"),
    ("OGP Value Access To Information", "1"),
    ("OGP Value Civic Participation", "0"),
    ("OGP Value Public Accountability", "0"),
    ("OGP Value Technology", "1"),
    ("_Relevant", "1"),
    ("Potential Impact", "Transformative"),
    ("_Potential Impact", "3"),
    ("Completion (Progress Report)", "Not Started"),
    ("_CompletionProgress", "2"),
    ("Starred (Current Formula) Progress Report", "0"),
    ("Report Publication Year (End Of Term)", "2017"),
    ("Completion (End Of Term)", "Not Started"),
    ("_CompletionEndTerm", "2"),
    ("Did It Open Government (Overall)", "Did Not Change"),
    ("_OpenGovernment", "1"),
    ("Starred (Current Formula) End of Term", "0"),
    ("Carried Forward", "0"),
    ("IRM Assessed", "1"),
    ("Action Plan ID", "AP_MNG01"),
];

#[test]
fn the_duration_of_a_plan_is_known_if_its_months_are() {
    for (start, end, years) in [
        ("2022-09", "2024-08", "2"),
        ("2022-08-31", "2024-08-31", "2"),
        ("2022-01", "2022-12", "1"),
        ("2023-11", "2027-06", "4"),
        ("2018", "2020", "ND"),
        ("2018-09", "2020", "ND"),
    ] {
        let site = Site::new(&format!(
            "\n//- content/action-plans/2014-2015.toml\ntitle = \"Plan\"\nstart_date = \"{start}\"\n\
             end_date = \"{end}\"\n"
        ));
        assert_eq!(rows(&site.build(), "ogp")[0]["Action Plan Duration (Years)"], years);
    }
}

#[test]
fn a_chart_can_be_downloaded_with_its_title_source_and_licence() {
    let portal = example();
    let source = concat!(
        "\"Midterm self-assessment report (The government, 2015)\",2015,",
        "\"CC BY 4.0, https://creativecommons.org/licenses/by/4.0/\",https://example.org/plans/2014-2015/"
    );
    let title = "National Action Plan 2014–2015: The government says (2015): 1\u{a0}of\u{a0}21 commitments completed";
    let row = |level: &str, count: &str| {
        format!("{title},National Action Plan 2014–2015,{level},{count},{source}\r\n")
    };
    let rows = [
        "\u{feff}title,row,level,commitments,source,report_date,licence,url\r\n",
        &row("Completed", "1"),
        &row("Substantial", "10"),
        &row("Limited", "8"),
        &row("Not started", "1"),
        &row("Not reported", "1"),
    ];
    assert_eq!(portal.text("plans/2014-2015/levels.csv"), rows.concat());
    let picture = portal.text("plans/2014-2015/levels.svg");
    let texts = picture.split("<text").skip(1).map(|text| text.split(['>', '<']).nth(1).unwrap());
    let texts: Vec<&str> = texts.collect();
    assert_eq!(texts[..2].join(" "), title);
    assert_eq!(texts[3], "Substantial: 10");
    assert_eq!(
        texts[7..],
        [
            "Source: Midterm self-assessment report (The government, 2015)",
            "Licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
            "https://example.org/plans/2014-2015/",
        ]
    );
    assert_eq!(picture.matches("<use href=\"#substantial\"").count(), 10);
}

#[test]
fn every_chart_of_a_page_can_be_downloaded() {
    let portal = Site::rich().build();
    for path in portal.files.keys().filter(|path| path.ends_with("index.html")) {
        let page = portal.text(path);
        let charts =
            page.matches("data-chart").count() + page.matches("<svg class=\"columns\"").count();
        assert!(page.matches(".svg\">").count() >= charts, "{path}");
    }
}

#[test]
fn the_row_of_a_commitment_equals_ogps_own_row() {
    let ogp = rows(example(), "ogp");
    let row = ogp.iter().find(|row| row["Commitment Number"] == "3.3.3.6").unwrap();
    for (column, value) in MN0020 {
        assert_eq!(row[column], value, "{column}");
    }
    let others = ["Action Plan End Year", "End Date", "URL", "Theme", "Full Text"];
    let texts =
        ["Commitment Title", "Short Title", "Lead Institution", "Supporting Institution(s)"];
    for (column, value) in row.iter().filter(|(_, value)| *value != "ND") {
        let is_listed = MN0020.iter().any(|(name, _)| name == column);
        let is_other = others.iter().chain(&texts).any(|name| name == column);
        assert!(is_listed || is_other, "{column} is {value}");
    }
}

#[test]
fn ogps_columns_of_the_independent_reports_contain_no_claim_of_the_government() {
    let site = Site::new(
        "\n//- content/commitments/2014-2015/1.toml\n…\nvalues = [\"technology\"]\n\
         [[assessments]]\nreport = \"midterm\"\nlevel = \"completed\"\n",
    );
    let ogp = &rows(&site.build(), "ogp")[0];
    let findings = [
        "OGP Value Technology",
        "OGP Value Access To Information",
        "Completion (Progress Report)",
        "Completion (End Of Term)",
    ];
    for column in findings {
        assert_eq!(ogp[column], "ND", "{column}");
    }
}

#[test]
fn every_table_begins_with_one_byte_order_mark() {
    let outcome = Site::new("").build();
    for table in ["commitments", "assessments", "updates", "milestones", "agencies", "ogp"] {
        let text = outcome.text(&format!("data/{table}.csv"));
        assert_eq!(text.matches('\u{feff}').count(), 1, "{table}");
        assert!(text.starts_with('\u{feff}'), "{table}");
    }
}

#[test]
fn no_field_of_a_table_is_a_formula() {
    let formula = "=HYPERLINK(\\\"https://evil.example\\\")";
    let site = Site::new(&format!(
        "\n//- content/agencies/finance.toml\nname = \"{formula}\"\nshort_name = \"+1\"\n\
         //- content/commitments/2014-2015/1.toml\n…\n\
         [[milestones]]\ntitle = \"@SUM(A1)\"\n\
         [[updates]]\ndate = \"2015\"\ntext = \"-1\"\n"
    ));
    let outcome = site.build();
    assert_eq!(rows(&outcome, "agencies")[0]["name"], "'=HYPERLINK(\"https://evil.example\")");
    assert_eq!(rows(&outcome, "milestones")[0]["title"], "'@SUM(A1)");
    assert_eq!(rows(&outcome, "updates")[0]["text"], "'-1");
    for table in ["commitments", "assessments", "updates", "milestones", "agencies", "ogp"] {
        for field in rows(&outcome, table).iter().flat_map(BTreeMap::values) {
            assert!(!field.starts_with(['=', '+', '-', '@', '\t']), "{table}: {field}");
        }
    }
}

#[test]
fn a_feed_reports_a_change_to_a_lower_level() {
    let site = Site::new(
        r#"
//- content/reports/later.toml
title = "Later <report>"
assessor = "government"
action_plan = "2014-2015"
date = "2016-03"
//- content/commitments/2014-2015/1.toml
…
[[assessments]]
report = "midterm"
level = "completed"
[[assessments]]
report = "later"
level = "limited"
results = "Some *words* & <"
[[updates]]
date = "2016-02-29"
text = "One"
[[updates]]
date = "2016-02-29"
text = "Two"
"#,
    );
    let outcome = site.build();
    let feed = outcome.text("commitments/2014-2015/1/feed.xml");
    assert!(
        feed.contains("<title>1 Promise: from Completed to Limited – The government, 2016</title>"),
        "{feed}"
    );
    assert!(feed.contains("The government: Later &lt;report&gt;. Some words &amp; &lt;</summary>"));
    assert!(feed.contains("<updated>2016-03-01T00:00:00Z</updated>"));
    assert!(feed.contains("<id>https://example.org/commitments/2014-2015/1/#update-2016-02-29-"));
    let page = outcome.text("commitments/2014-2015/1/index.html");
    assert!(page.contains(
        r#"type="application/atom+xml" href="../../../commitments/2014-2015/1/feed.xml""#
    ));
    let sitemap = outcome.text("sitemap.xml");
    let entry = "<loc>https://example.org/commitments/2014-2015/1/</loc><lastmod>2016-03</lastmod>";
    assert!(sitemap.contains(entry), "{sitemap}");
}

#[test]
fn pages_contain_facts_for_search_engines() {
    let outcome = example();
    let facts = |path: &str| -> Vec<serde_json::Value> {
        let blocks = outcome.text(path).split("<script type=\"application/ld+json\">").skip(1);
        blocks
            .map(|block| serde_json::from_str(block.split("</script>").next().unwrap()).unwrap())
            .collect()
    };
    let data = facts("mn/data/index.html");
    assert_eq!(data[1]["@type"], "Dataset");
    assert_eq!(data[1]["distribution"].as_array().unwrap().len(), 13);
    assert_eq!(data[1]["license"], "https://creativecommons.org/licenses/by/4.0/");
    let agency = facts("agencies/ministry-of-finance/index.html");
    assert_eq!(agency[1]["@type"], "GovernmentOrganization");
    let breadcrumbs = agency[0]["itemListElement"].as_array().unwrap();
    assert_eq!(breadcrumbs[1]["item"], "https://example.org/agencies/");
    let page = outcome.text("mn/commitments/2014-2015/3.3.1.1/index.html");
    assert!(page.contains("<meta property=\"og:locale\" content=\"mn\">"));
    assert!(page.contains("<meta property=\"og:url\" content=\"https://example.org/mn/commitments/2014-2015/3.3.1.1/\">"));
}

#[test]
fn pages_have_share_images_unless_the_site_turns_them_off() {
    let outcome = example();
    let image = |path: &str| {
        let text = outcome.text(path);
        let image = text.split("og:image\" content=\"").nth(1).unwrap();
        image.split('"').next().unwrap().to_owned()
    };
    let folder = "mn/commitments/2014-2015/3.3.3.6/";
    assert_eq!(
        image(&format!("{folder}index.html")),
        format!("https://example.org/{folder}card.png")
    );
    assert_eq!(image("commitments/index.html"), "https://example.org/card.png");
    let drawing = outcome.text(&format!("{folder}card.png"));
    assert!(drawing.contains(">Хязгаарлагдмал<"), "{drawing}");
    assert_eq!(outcome.files.keys().filter(|path| path.ends_with("card.png")).count(), 70);

    let without = Site::new("\n//- site.toml\n…\ncards = false\n").build();
    assert!(without.files.keys().all(|path| !path.ends_with(".png")));
    assert!(!without.text("index.html").contains("og:image"));
    // If the font lacks the letters of the title, the page uses the share image of the portal.
    let chinese = Site::new("\n//- content/agencies/finance.toml\nname = \"工作\"\n").build();
    assert!(!chinese.files.contains_key("agencies/finance/card.png"));
    assert!(chinese.text("agencies/finance/index.html").contains("org/card.png\""));
}

#[test]
fn a_logo_and_a_colour_are_on_pages_and_cards() {
    let rich = Site::rich().build();
    let brand = rich.text("ar/about/index.html").split("class=\"brand\"").nth(1).unwrap();
    let logo = r#"<img class="logo" src="../../logo.svg" alt="" width="60" height="48">"#;
    assert!(brand.split("</a>").next().unwrap().contains(logo), "{brand}");
    assert!(rich.files.contains_key("logo.svg"));
    assert!(rich.text("card.png").contains("fill=\"#7a1f5c\""));
    let css = rich.files.keys().find(|path| path.ends_with(".css")).unwrap();
    let css = rich.text(css);
    assert!(css.contains("@media screen{:root{--accent:#7a1f5c;--link:#7a1f5c}}"), "{css}");
    // The levels keep their colours.
    assert!(css.contains("--substantial:#2f5aa8"), "{css}");
}

#[test]
fn a_font_of_the_site_gives_a_language_its_share_images() {
    let rich = Site::rich().build();
    assert!(!rich.diagnostics.contains("no-share-image"), "{}", rich.diagnostics);
    let card = rich.text("ar/card.png");
    // The words are from left to right in the order of the picture, and the bar starts on the right.
    let place = |word: &str| card.find(word).unwrap();
    assert!(place("ماريديا") < place("الحكومة"), "{card}");
    assert!(card.contains(r##"<rect x="780" y="520" width="344" height="56" fill="#2f5aa8""##));
    let site = Site::new("\n//- content/agencies/finance.toml\nname = \"وزارة المالية\"\n");
    let without = site.build();
    assert!(without.diagnostics.contains("share images cannot show `و`, `ز`, `ا`, `ر`"));
    let with = site.with_font("fonts/NotoSansArabic-Bold.ttf").build();
    assert!(with.files.contains_key("agencies/finance/card.png"), "{}", with.diagnostics);
}

#[test]
fn a_second_build_keeps_the_share_images_and_redraws_a_damaged_one() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let build = || crate::disk::milepost(&["build", "--json"], folder.path());
    assert!(build().status.success());
    let card = folder.path().join("public/card.png");
    let image = std::fs::read(&card).unwrap();
    assert_eq!(&image[1..4], b"PNG");
    assert_eq!(image[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "1200 by 630");
    let changed = |output: std::process::Output| -> serde_json::Value {
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()["changed"].clone()
    };
    assert_eq!(changed(build()), serde_json::json!([]));
    let mut damaged = image.clone();
    damaged[600] ^= 1;
    std::fs::write(&card, &damaged).unwrap();
    assert_eq!(changed(build()), serde_json::json!(["card.png"]));
    assert_eq!(std::fs::read(&card).unwrap(), image);
}

#[test]
fn the_search_index_contains_titles_numbers_and_words_of_each_language() {
    let site = Site::new(
        r#"
//- site.toml
…
languages = ["en", "mn"]
//- content/commitments/2014-2015/1.toml
title = "Open contracts"
ogp_id = "MN0001"
lead = "finance"
objective = "Élan, see [the decree](https://example.net/hidden)."
description = "Тендер"
[mn]
title = "Гэрээг нээлттэй болгох"
"#,
    );
    let outcome = site.build();
    let titles = outcome.text("search/titles.json");
    assert!(titles.contains("\" 1 mn0001 open contracts\""), "{titles}");
    let words = |path: &str| -> Vec<String> {
        let (words, _): (String, String) = serde_json::from_str(outcome.text(path)).unwrap();
        words.split(' ').map(str::to_owned).collect()
    };
    assert_eq!(
        words("search/words.json"),
        ["decree", "elan", "finance", "ministri", "not", "of", "reported", "see", "tender", "the"]
    );
    assert!(outcome.text("mn/search/titles.json").contains(" gereeg neelttei bolgoh"));
}

#[test]
fn an_agency_is_found_by_all_its_names() {
    let site = Site::new(
        r#"
//- content/agencies/finance.toml
name = "Ministry of Finance"
short_name = "Treasury"
former_names = [{ name = "Ministry of Money", until = "2014" }]
aliases = ["purse"]
//- content/commitments/2014-2015/1.toml
title = "Open contracts"
lead = "finance"
objective = "O"
description = "D"
"#,
    );
    let outcome = site.build();
    let titles = outcome.text("search/titles.json");
    let names = r#"" ministri of finance mof mf treasuri ministri of monei purse""#;
    assert!(titles.contains(names), "{titles}");
    let words = outcome.text("search/words.json");
    assert!(words.contains(" treasuri"), "{words}");
}

#[test]
fn the_titles_of_evidence_of_updates_are_searched() {
    let site = Site::new(
        r#"
//- content/commitments/2014-2015/1.toml
title = "Open contracts"
lead = "finance"
objective = "O"
description = "D"
[[updates]]
date = "2015-03-01"
text = "Published."
[[updates.evidence]]
title = "Gazette"
url = "https://example.net/issue"
"#,
    );
    let outcome = site.build();
    let words = outcome.text("search/words.json");
    assert!(words.contains(" gazette "), "{words}");
}

#[test]
fn a_large_sitemap_is_a_list_of_several_files() {
    let sources = Site::new("").sources();
    let renderer = assemble(&sources, &build_options(), None, |_| (), &mut Diagnostics::default());
    let renderer = renderer.unwrap();
    assert_eq!(sitemap_files(&renderer.portal), (1, MAX_ADDRESSES));
    let list = String::from_utf8(sitemap_index(2, &renderer.routes)).unwrap();
    let addresses: Vec<&str> =
        list.split("<loc>").skip(1).map(|rest| rest.split_once("</loc>").unwrap().0).collect();
    assert_eq!(
        addresses,
        ["https://example.org/sitemap-1.xml", "https://example.org/sitemap-2.xml"]
    );
}

/// A site in this number of languages, of which only English has interface texts.
fn site_in_languages(count: usize) -> Site {
    let codes = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{a}{b}")));
    let others: Vec<String> = codes.filter(|code| code != "en").take(count - 1).collect();
    let mut text = format!("\n//- site.toml\n…\nlanguages = {others:?}\ncards = false\n");
    for code in others {
        text += &format!("//- themes/plain/languages/{code}.toml\nname = \"{code}\"\n[messages]\n");
    }
    Site::new(&text)
}

#[test]
fn a_large_sitemap_is_split_at_the_limits_and_lists_each_page_once() {
    const LANGUAGES: usize = 100;
    let sources = site_in_languages(LANGUAGES).sources();
    let options = build_options();
    let renderer = assemble(&sources, &options, None, |_| (), &mut Diagnostics::default()).unwrap();
    let mut pages = plan(&renderer, &options, &mut Diagnostics::default());
    let is_page = |page: &&Page| page.is_html() && !page.output.as_str().ends_with("404.html");
    let page_count = pages.iter().filter(is_page).count();
    pages.retain(|page| page.output.as_str().starts_with("sitemap"));
    let files = Mutex::new(BTreeMap::new());
    let collect = |page: &Page, rendered: Rendered<'_>| {
        let Rendered::Bytes(bytes) = rendered else { panic!("not a text") };
        let text = String::from_utf8(bytes.into_owned()).unwrap();
        files.lock().unwrap().insert(page.output.to_string(), text);
        Ok::<(), ()>(())
    };
    render_all(&renderer, &pages, collect).unwrap();
    let files = files.into_inner().unwrap();
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);

    let mut addresses = BTreeSet::new();
    let mut counts = Vec::new();
    for name in &names[..2] {
        let before = addresses.len();
        addresses.extend(texts_between(&files[*name], "<loc>", "</loc>"));
        counts.push(addresses.len() - before);
        assert_eq!(files[*name].matches("<loc>").count(), counts[counts.len() - 1], "{name}");
    }
    assert_eq!(addresses.len(), page_count);
    // An address has a link to each translation and to the default language.
    let links = |addresses: usize| addresses * (LANGUAGES + 2);
    assert!(links(counts[0]) <= MAX_LINKS && counts[0] <= MAX_ADDRESSES, "{counts:?}");
    assert!(links(counts[0] + LANGUAGES) > MAX_LINKS, "another page fits into the first file");
}

#[test]
fn a_sitemap_has_one_file_until_the_pages_exceed_its_limits() {
    let files = |languages| {
        let sources = site_in_languages(languages).sources();
        let renderer =
            assemble(&sources, &build_options(), None, |_| (), &mut Diagnostics::default());
        sitemap_files(&renderer.unwrap().portal)
    };
    assert_eq!(files(2), (1, 18_750));
    // The site has 22 pages in each language.
    assert_eq!([files(81), files(82)], [(1, 22), (2, 21)]);
}

/// A parser that keeps only one of two equal keys writes a shorter text.
#[test]
fn no_object_of_a_json_file_has_a_key_twice() {
    let outcome = Site::rich().build();
    for path in outcome.files.keys().filter(|path| path.ends_with(".json")) {
        let text = outcome.text(path);
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let (short, long) = (value.to_string(), serde_json::to_string_pretty(&value).unwrap());
        assert!([short.len(), long.len()].contains(&text.trim_end().len()), "{path}");
    }
}

#[test]
fn a_report_cannot_say_that_a_commitment_is_withdrawn_or_merged() {
    let package = example().text("data/datapackage.json");
    let package: serde_json::Value = serde_json::from_str(package).unwrap();
    let find = |list: &serde_json::Value, name: &str| {
        let mut entries = list.as_array().unwrap().iter();
        entries.find(|entry| entry["name"] == name).unwrap().clone()
    };
    let table = find(&package["resources"], "assessments");
    let level = find(&table["schema"]["fields"], "level");
    let levels: Vec<&str> = level["constraints"]["enum"]
        .as_array()
        .unwrap()
        .iter()
        .map(|level| level.as_str().unwrap())
        .collect();
    assert!(levels.contains(&"completed") && levels.contains(&"no-evidence"), "{levels:?}");
    assert!(!levels.contains(&"withdrawn") && !levels.contains(&"merged"), "{levels:?}");
}
