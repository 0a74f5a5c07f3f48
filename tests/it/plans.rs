//! What holds over several plans, reports and assessors: every number names its source, and nothing
//! that was reported is lost.

use crate::fixture::{Outcome, Site, example, links, resolve, texts_between};

/// Two plans and four reports by three assessors, with a withdrawn and a carried-over commitment.
const TWO_PLANS: &str = r#"
//- content/action-plans/2014-2015.toml
title = "First plan"
start_date = "2014"
end_date = "2016"
[[chapters]]
number = "1"
title = "Money"
//- content/action-plans/2016-2018.toml
title = "Second plan"
start_date = "2016-07"
end_date = "2018"
//- content/agencies/justice.toml
name = "Ministry of Justice"
//- content/reports/midterm.toml
title = "Midterm self-assessment"
assessor = "government"
action_plan = "2014-2015"
date = "2015-09"
//- content/reports/final.toml
title = "Final self-assessment"
assessor = "government"
action_plan = "2014-2015"
date = "2016-10"
//- content/reports/irm.toml
title = "Review"
assessor = "irm"
action_plan = "2014-2015"
date = "2016-12"
//- content/reports/watch.toml
title = "Watchdog report"
assessor = "civil-society"
action_plan = "2016-2018"
date = "2017-11"
//- content/commitments/2014-2015/1.toml
title = "Publish the budget"
lead = "finance"
chapter = "1"
objective = "Open budgets"
description = "The budget is online"
[[assessments]]
report = "midterm"
level = "limited"
results = "The first steps"
next_steps = "The second steps"
additional_information = "What stands in the way"
note = "A remark on the midterm report"
evidence = [{ title = "A decree", url = "https://example.org/decree" }]
[[assessments]]
report = "final"
level = "completed"
results = "The last steps"
evidence = [{ title = "A website", url = "https://example.org/budget" }]
[[assessments]]
report = "irm"
level = "substantial"
results = "What the reviewer found"
evidence = [{ title = "An interview", url = "https://example.org/interview" }]
[[updates]]
date = "2016-11"
text = "The website has moved"
//- content/commitments/2014-2015/2.toml
title = "Publish contracts"
lead = "justice"
objective = "Open contracts"
description = "Contracts are online"
[[assessments]]
report = "midterm"
level = "limited"
results = "A register"
evidence = [{ title = "The register", url = "https://example.org/register" }]
//- content/commitments/2014-2015/3.toml
title = "Open the courts"
lead = "justice"
supporting = ["finance"]
objective = "Open hearings"
description = "Hearings are on video"
[withdrawn]
date = "2016-01"
reason = "There are no funds"
[[assessments]]
report = "midterm"
level = "not-started"
//- content/commitments/2016-2018/1.toml
title = "Publish all contracts"
lead = "justice"
objective = "Open contracts of all agencies"
description = "All contracts are online"
carried_from = "2014-2015/2"
[[assessments]]
report = "watch"
level = "limited"
results = "Half of the contracts"
evidence = [{ title = "A sample", url = "https://example.org/sample" }]
//- content/commitments/2016-2018/2.toml
title = "Name the owners"
lead = "finance"
objective = "A register of owners"
description = "The register is online"
"#;

fn two_plans() -> Outcome {
    let outcome = Site::new(TWO_PLANS).build();
    assert!(!outcome.diagnostics.contains(": error["), "{}", outcome.diagnostics);
    outcome
}

const FIRST_CLAIM: &str = "The government says (2015–2016): 1\u{a0}of\u{a0}3 commitments completed";
const SECOND_CLAIM: &str = "The government has reported no level for 2 commitments";

/// The words of a page or a text, without markup.
fn words(text: &str) -> String {
    let mut plain = String::new();
    for part in text.split('<') {
        plain += part.split_once('>').map_or(part, |(_, rest)| rest);
        plain.push(' ');
    }
    for (entity, character) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\"")] {
        plain = plain.replace(entity, character);
    }
    let words = plain.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Asserts that the texts are in the page in this order.
#[track_caller]
fn assert_in_order(page: &str, texts: &[&str]) {
    let mut rest = page;
    for text in texts {
        let Some(offset) = rest.find(text) else { panic!("no `{text}` in the rest of {page}") };
        rest = &rest[offset + text.len()..];
    }
}

// --- whose number

#[test]
fn home_counts_each_plan_by_itself_the_newest_first() {
    let outcome = two_plans();
    let home = outcome.main("index.html");
    assert_in_order(
        home,
        &[
            ">Second plan</a>",
            SECOND_CLAIM,
            ">First plan</a>",
            FIRST_CLAIM,
            "Assessed by: <a href=\"assessors/government/\">The government</a> · <a href=\"reports/final/\">",
            "Assessed by: <a href=\"assessors/government/\">The government</a> · <a href=\"reports/midterm/\">",
            "Where assessors disagree",
            "Independent Reporting Mechanism (IRM) says (2016): Substantial",
        ],
    );
    assert!(!home.contains("of 5"), "{home}");
    let first = &home[home.find(">First plan</a>").unwrap()..];
    assert!(first.contains("levels/completed/#plan-2014-2015"), "the chart is linked: {first}");
}

#[test]
fn agencies_levels_lists_and_plans_count_by_plan() {
    let outcome = two_plans();
    assert_in_order(
        outcome.main("agencies/justice/index.html"),
        &[
            ">Second plan</a>",
            "The government has reported no level for 1 commitment<",
            "Publish all contracts",
            ">First plan</a>",
            "The government says (2015): 0\u{a0}of\u{a0}2 commitments completed",
            "id=\"plan-2014-2015-limited\"",
            "id=\"plan-2014-2015-withdrawn\"",
        ],
    );
    assert_in_order(
        outcome.main("agencies/finance/index.html"),
        &["Supports", ">First plan</a>", "Open the courts"],
    );
    assert_in_order(
        outcome.main("agencies/index.html"),
        &[">Second plan</a>", ">Ministry of", ">First plan</a>", "The government, 2015–2016"],
    );
    assert_in_order(
        outcome.main("levels/limited/index.html"),
        &[">First plan</a>", "The government says (2015–2016): 1 of 3 commitments at this level"],
    );
    assert_in_order(
        outcome.main("commitments/index.html"),
        &[">Second plan</a>", SECOND_CLAIM, ">First plan</a>", FIRST_CLAIM],
    );
    assert_in_order(outcome.main("plans/index.html"), &[SECOND_CLAIM, FIRST_CLAIM]);
    // A level has commitments of both plans: no page adds them up.
    let others = texts_between(outcome.main("search/index.html"), "levels/", "</li>");
    assert!(others.iter().all(|level| !level.contains('(')), "{others:?}");
}

#[test]
fn references_to_a_commitment_name_its_plan() {
    let outcome = two_plans();
    let page = outcome.main("commitments/2014-2015/2/index.html");
    assert_in_order(
        page,
        &[
            ">First plan</a> · Commitment 2",
            "Continued by</dt><dd>Second plan, 1 <a",
            "Previous:</span> First plan, 1 <a",
            "Next:</span> First plan, 3 <a",
        ],
    );
    let home = outcome.text("search/titles.json");
    assert!(
        home.contains(r#""plans":[["2016-2018","Second plan",""],["2014-2015","First plan",""]]"#)
    );
    assert!(outcome.main("commitments/index.html").contains("<option value=\"2014-2015\">"));
    assert!(outcome.main("changes/index.html").contains("<p class=\"facts\">First plan</p>"));
    // With one plan, its name would be noise.
    assert!(!example().main("changes/index.html").contains("National Action Plan"));
    assert!(!example().main("commitments/index.html").contains("<select id=\"plan\""));
}

#[test]
fn a_portal_with_many_plans_has_a_home_page_with_three() {
    let plan = |year: u16| {
        format!(
            "//- content/action-plans/{year}.toml\ntitle = \"Plan of {year}\"\n\
             start_date = \"{year}\"\nend_date = \"{year}\"\n\
             //- content/commitments/{year}/1.toml\ntitle = \"Promise of {year}\"\n\
             lead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n"
        )
    };
    let plans: String = (1950..2014).map(plan).collect();
    let outcome = Site::new(&format!("\n{plans}")).build();
    let home = outcome.main("index.html");
    assert_eq!(home.matches("The plan ended").count() + home.matches("End of the plan").count(), 3);
    assert!(home.contains("<a href=\"plans/\">And 62 more action plans</a>"), "{home}");
    assert_eq!(outcome.main("plans/index.html").matches("<tr><th scope=\"row\">").count(), 50);
    assert!(outcome.main("plans/page-2/index.html").contains("Plan of 1950"));
}

#[test]
fn what_is_shared_says_who_says_so_and_when() {
    let outcome = two_plans();
    let claim = "Second plan: The government has reported no level for 2 commitments";
    let description = format!("<meta property=\"og:description\" content=\"{claim}\">");
    assert!(outcome.text("index.html").contains(&description));
    let claim = "The government says (2015): 1\u{a0}of\u{a0}21 commitments completed";
    let description = format!("<meta name=\"description\" content=\"{claim}\">");
    assert!(example().text("index.html").contains(&description));
    let card = example().text("card.png");
    assert!(card.contains(claim) && card.contains(">National Action Plan 2014–2015</text>"));
    assert!(example().text("feed.xml").contains(&format!("<subtitle>{claim}</subtitle>")));
    let card = outcome.text("card.png");
    assert!(card.contains(">Second plan</text>") && card.contains(SECOND_CLAIM), "{card}");
    let card = outcome.text("agencies/justice/card.png");
    assert!(card.contains("The government has reported no level for 1 commitment"), "{card}");
    let card = outcome.text("commitments/2014-2015/1/card.png");
    assert_in_order(
        card,
        &[
            ">First plan</text>",
            ">Completed</text>",
            ">The government, 2016</text>",
            ">Independent Reporting Mechanism (IRM) says (2016): Substantial</text>",
        ],
    );
    // Nobody judges a withdrawn commitment any more.
    let card = outcome.text("commitments/2014-2015/3/card.png");
    assert!(card.contains(">Withdrawn</text>") && !card.contains("The government"), "{card}");
    let feed = outcome.text("feed.xml");
    assert!(
        feed.contains(
            "Publish the budget: Substantial – Independent Reporting Mechanism (IRM), 2016"
        )
    );
}

#[test]
fn all_newest_judgements_are_shown_each_with_its_date() {
    let report = |id: &str, assessor: &str, date: &str| {
        format!(
            "//- content/reports/{id}.toml\ntitle = \"Report {id}\"\nassessor = \"{assessor}\"\n\
             action_plan = \"2014-2015\"\ndate = \"{date}\"\n"
        )
    };
    let judged = |report: &str, level: &str| {
        format!("[[assessments]]\nreport = \"{report}\"\nlevel = \"{level}\"\n")
    };
    let text = [
        "\n".to_owned(),
        report("irm-1", "irm", "2016"),
        report("irm-2", "irm", "2017"),
        report("ngo-1", "civil-society", "2015-10"),
        report("ngo-2", "civil-society", "2016-02"),
        "//- content/commitments/2014-2015/1.toml\n…\n".to_owned(),
        judged("midterm", "completed"),
        judged("ngo-1", "not-started"),
        judged("ngo-2", "limited"),
        judged("irm-1", "limited"),
        judged("irm-2", "substantial"),
    ];
    let outcome = Site::new(&text.concat()).build();
    let page = outcome.main("commitments/2014-2015/1/index.html");
    let boxes = texts_between(page, "<p class=\"facts\">", "</p>");
    let boxes = boxes.into_iter().filter(|text| text.contains("/reports/")).take(4);
    let boxes: Vec<String> = boxes.map(words).collect();
    assert_eq!(
        boxes,
        [
            "The government Midterm report 2015",
            "Independent Reporting Mechanism IRM Report irm 2 2017",
            "Civil society Report ngo 2 February 2016",
            "Civil society Report ngo 1 October 2015",
        ]
    );
    let row = outcome.main("commitments/index.html");
    assert_eq!(
        texts_between(row, "<p class=\"facts dissent\">", "</p>"),
        [
            "Independent Reporting Mechanism (IRM) says (2017): Substantial",
            "Civil society says (2016): Limited",
            "Civil society says (2015): Not started",
        ]
    );
    assert!(!page.contains("do not agree"), "{page}");
    // Two organisations are two voices: the second does not change the first one's judgement.
    let changes = outcome.main("changes/index.html");
    assert_eq!(changes.matches("<span class=\"hidden\">then</span>").count(), 1, "{changes}");
}

// --- nothing lost

#[test]
fn older_texts_are_folded_and_each_row_of_the_history_links_to_its_sheet() {
    let outcome = two_plans();
    let page = outcome.main("commitments/2014-2015/1/index.html");
    assert_in_order(
        page,
        &[
            "<h2>The government on what was done</h2>",
            "The last steps",
            "<details class=\"older\">",
            "<summary>",
            "Midterm self-assessment",
            "A remark on the midterm report",
            "The first steps",
            "</details>",
            "<h2>Independent Reporting Mechanism (IRM) on what was done</h2>",
            "What the reviewer found",
            "<h2 id=\"history\">History</h2>",
            "<a href=\"../../../reports/irm/#c1\">Review</a>",
            "<a href=\"../../../reports/final/#c1\">",
            "<a href=\"../../../reports/midterm/#c1\">",
        ],
    );
    assert!(
        outcome.main("reports/midterm/index.html").contains("<section class=\"sheet\" id=\"c1\"")
    );
}

#[test]
fn the_history_has_the_withdrawal_in_the_order_of_dates() {
    let history = |date: &str| {
        let outcome = Site::new(TWO_PLANS).with("content/commitments/2014-2015/3.toml", |file| {
            file.replace("date = \"2016-01\"\n", date)
        });
        let outcome = outcome.build();
        let page = outcome.main("commitments/2014-2015/3/index.html");
        let table = page.split_once("<h2 id=\"history\">History</h2>").unwrap().1;
        let rows = texts_between(table.split_once("</table>").unwrap().0, "<tr><td>", "</tr>");
        rows.into_iter().map(words).collect::<Vec<_>>()
    };
    let not_started = "September 2015 Not started The government Midterm self assessment";
    let withdrawn = |date| format!("{date}Withdrawn The government");
    assert_eq!(history("date = \"2016-01\"\n"), [&withdrawn("January 2016 "), not_started]);
    assert_eq!(history("date = \"2015-02\"\n"), [not_started, &withdrawn("February 2015 ")]);
    assert_eq!(history(""), [&withdrawn(""), not_started]);
}

#[test]
fn levels_that_no_report_gives_are_not_attributed_to_a_report() {
    let outcome = two_plans();
    let claim = |level: &str| {
        let page = outcome.main(&format!("levels/{level}/index.html"));
        let start = page.find("<p class=\"lead\">").unwrap();
        words(&page[start..page.find("<ul class=\"commitments\">").unwrap_or(page.len())])
    };
    assert!(claim("withdrawn").ends_with("First plan 1 of 3 commitments withdrawn"));
    let sentence = "Second plan The government has reported no level for 2 of 2 commitments";
    assert!(claim("not-reported").ends_with(sentence));
    let nothing = "No commitment is at this level in the reports of this assessor The government";
    assert!(claim("no-evidence").contains(nothing), "{}", claim("no-evidence"));
}

#[test]
fn a_portal_in_its_first_year_says_what_is_promised_and_when_a_report_is_due() {
    let home_with = |report: &str| {
        let site = Site::new(report).with("content/action-plans/2014-2015.toml", |file| {
            format!("next_report_due = \"2016-09\"\n{file}")
        });
        site.build().main("index.html").to_owned()
    };
    let home = home_with("");
    assert!(home.contains("Next report due: September 2016."), "{home}");
    assert!(home.contains("This is what is promised:"), "{home}");
    assert!(home.contains("<a href=\"commitments/2014-2015/1/\">"), "{home}");
    assert!(!home.contains("data-chart"), "{home}");
    let is_due_after = |date: &str| {
        let report = format!(
            "\n//- content/reports/r.toml\ntitle = \"R\"\nassessor = \"government\"\naction_plan = \"2014-2015\"\ndate = \"{date}\"\n"
        );
        home_with(&report).contains("Next report due")
    };
    assert!(is_due_after("2016-08"));
    assert!(!is_due_after("2016-09"));
}

#[test]
fn a_report_that_is_not_all_entered_makes_no_claim_about_the_plan() {
    let outcome = two_plans();
    let midterm = outcome.main("reports/midterm/index.html");
    assert!(midterm.contains("The government says (2015): 0\u{a0}of\u{a0}3 commitments completed"));
    let watch = outcome.main("reports/watch/index.html");
    assert!(watch.contains(">This site shows 1 commitment of this report<"), "{watch}");
    let partial = Site::new(TWO_PLANS)
        .with("content/reports/final.toml", |file| format!("{file}partial = true\n"))
        .build();
    let left_out = "Not in the report: next steps and remaining work and obstacles.";
    let page = "commitments/2014-2015/1/index.html";
    assert!(outcome.main(page).contains(left_out), "{}", outcome.main(page));
    assert!(!partial.main(page).contains("Not in the report"));
}

/// The keys whose values are not texts for readers.
const NOT_TEXTS: [&str; 21] = [
    "aliases",
    "assessor",
    "action_plan",
    "carried_from",
    "chapter",
    "date",
    "end_date",
    "file",
    "language",
    "lead",
    "id",
    "level",
    "ogp_id",
    "phone",
    "policy_areas",
    "irm",
    "report",
    "start_date",
    "supporting",
    "url",
    "values",
];

/// Collects the texts of a file, each with the language that it is written in.
fn texts_of(value: &toml::Value, language: &str, texts: &mut Vec<(String, String)>) {
    match value {
        toml::Value::String(text) => texts.push((language.to_owned(), text.clone())),
        toml::Value::Array(values) => {
            values.iter().for_each(|value| texts_of(value, language, texts));
        }
        toml::Value::Table(table) => {
            for (key, value) in table.iter().filter(|(key, _)| !NOT_TEXTS.contains(&key.as_str())) {
                texts_of(value, if key == "mn" { "mn" } else { language }, texts);
            }
        }
        _ => {}
    }
}

/// Asserts that each text of each commitment's file is on the page of the commitment.
#[track_caller]
fn assert_that_pages_have_all_texts(site: &Site, outcome: &Outcome) {
    for (path, file) in site.files() {
        let Some(id) = path.strip_prefix("content/commitments/") else { continue };
        let mut texts = Vec::new();
        texts_of(&toml::Value::Table(file.parse().unwrap()), "", &mut texts);
        for (language, text) in texts {
            let folder = if language.is_empty() { String::new() } else { format!("{language}/") };
            let page = format!("{folder}commitments/{}/index.html", id.trim_end_matches(".toml"));
            let page = words(outcome.main(&page));
            // A link in Markdown is its text; its address is in an attribute.
            for line in text.lines() {
                // A number at the beginning of a line is the marker of a list.
                let marker = |character: char| character.is_ascii_digit() || character == '.';
                let line = line.trim_start_matches(marker);
                let parts = line.split("](").enumerate().map(|(index, part)| match index {
                    0 => part,
                    _ => part.split_once(')').map_or("", |(_, rest)| rest),
                });
                let line = words(&parts.collect::<Vec<_>>().join(" "));
                assert!(page.contains(&line), "{path}: no `{line}` on its page: {page}");
            }
        }
    }
}

#[test]
fn every_text_of_every_file_is_on_its_page() {
    assert_that_pages_have_all_texts(&Site::example(), example());
    let site = Site::new(TWO_PLANS);
    assert_that_pages_have_all_texts(&site, &site.build());
}

#[test]
fn a_long_report_has_a_page_with_all_of_it_for_print() {
    let commitment = |number: usize| {
        format!(
            "//- content/commitments/2014-2015/{number}.toml\ntitle = \"Promise {number}\"\n\
             lead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n\
             [[assessments]]\nreport = \"midterm\"\nlevel = \"limited\"\n"
        )
    };
    let site = |count| {
        let text: String = (1..=count).map(commitment).collect();
        Site::new(&format!("\n{text}")).build()
    };
    let outcome = site(60);
    let parts = outcome.main("reports/midterm/index.html");
    assert_eq!(parts.matches("class=\"sheet\"").count(), 25);
    assert!(parts.contains("<a href=\"../../reports/midterm/print/\">"), "{parts}");
    let whole = outcome.main("reports/midterm/print/index.html");
    assert_eq!(whole.matches("class=\"sheet\"").count(), 60);
    assert!(whole.contains("<a href=\"../../../reports/midterm/\">"));
    assert!(outcome.text("sitemap.xml").contains("/reports/midterm/print/"));
    // The sheet of a commitment is on the page of the report that has it.
    let last = outcome.main("commitments/2014-2015/60/index.html");
    assert!(last.contains("reports/midterm/page-3/#c60"), "{last}");
    assert!(!site(25).files.contains_key("reports/midterm/print/index.html"));
}

#[test]
fn charts_say_how_their_levels_were_read() {
    let home = example().main("index.html");
    let note = "Levels as read from the report’s text: <a href=\"how-we-judge/\">";
    assert_eq!(home.matches(note).count(), 1, "{home}");
    assert!(
        example().main("reports/2015-midterm-self-assessment/index.html").contains("as read from")
    );
}

#[test]
fn a_report_that_only_assesses_a_withdrawn_commitment_is_no_source() {
    let judged = "[[assessments]]\nreport = \"final\"\nlevel = \"not-started\"\n";
    let outcome = Site::new(TWO_PLANS)
        .with("content/commitments/2014-2015/1.toml", |file| file.replace("\"final\"", "\"irm\""))
        .with("content/commitments/2014-2015/1.toml", |file| {
            file.replacen("report = \"irm\"", "report = \"midterm\"", 1)
        })
        .with("content/commitments/2014-2015/3.toml", |file| format!("{file}{judged}"))
        .build();
    assert!(outcome.main("index.html").contains("The government says (2015): "));
}

#[test]
fn only_a_self_assessment_has_the_words_of_the_government() {
    let outcome = Site::new(TWO_PLANS).build();
    let own = outcome.main("reports/midterm/index.html");
    let other = outcome.main("reports/irm/index.html");
    for words in ["Commitment Completion Template", "Main objective", "Not stated"] {
        assert!(own.contains(words), "no `{words}` in {own}");
        assert!(!other.contains(words), "`{words}` in {other}");
    }
    assert!(other.contains("Completion level") && other.contains("Lead implementing agency"));
}

#[test]
fn a_claim_from_a_part_of_a_report_says_so() {
    let outcome = Site::new(TWO_PLANS)
        .with("content/reports/final.toml", |file| format!("{file}partial = true\n"))
        .build();
    let claim = "The government says (2015–2016), in the part shown on this site: 1\u{a0}of\u{a0}3";
    assert!(outcome.main("index.html").contains(claim), "{}", outcome.main("index.html"));
}

#[test]
fn other_levels_are_listed_where_the_headline_assessor_gives_none() {
    let outcome = two_plans();
    let list = outcome.main("commitments/index.html");
    let second = &list[..list.find(">First plan</a>").unwrap()];
    assert_eq!(
        texts_between(second, "<p class=\"facts dissent\">", "</p>"),
        ["Civil society says (2017): Limited"]
    );
    // Nobody disagrees with an assessor that says nothing.
    assert_eq!(outcome.main("index.html").matches("Where assessors disagree").count(), 1);
}

#[test]
fn every_link_to_a_part_of_a_page_leads_to_the_page_with_the_part() {
    let commitment = |plan: &str, number: usize| {
        let level = ["limited", "completed", "not-started"][number % 3];
        let report = if plan == "2014-2015" { "midterm" } else { "later" };
        format!(
            "//- content/commitments/{plan}/{number}.toml\ntitle = \"Promise {number} of {plan}\"\n\
             lead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n\
             [[assessments]]\nreport = \"{report}\"\nlevel = \"{level}\"\n"
        )
    };
    let plans = ["2014-2015", "2016-2018"];
    let files: String = plans
        .iter()
        .flat_map(|plan| (1..=320).map(move |number| commitment(plan, number)))
        .collect();
    let text = format!(
        "\n//- content/action-plans/2016-2018.toml\ntitle = \"Later plan\"\nstart_date = \"2016\"\n\
         end_date = \"2018\"\n//- content/reports/later.toml\ntitle = \"Later report\"\n\
         assessor = \"government\"\naction_plan = \"2016-2018\"\ndate = \"2017\"\n{files}"
    );
    let outcome = Site::new(&text).build();
    let mut count = 0;
    for path in outcome.files.keys().filter(|path| path.ends_with(".html")) {
        let page = outcome.main(path);
        for link in links(page).iter().filter(|link| !link.starts_with("http")) {
            let Some((address, anchor)) = link.split_once('#') else { continue };
            let target = match address {
                "" => path.clone(),
                address => resolve(path, address, "/") + "index.html",
            };
            let id = format!("id=\"{anchor}\"");
            assert!(outcome.text(&target).contains(&id), "{path}: no {id} in {target}");
            count += 1;
        }
    }
    assert!(count > 1300, "{count} links to parts of pages");
}
