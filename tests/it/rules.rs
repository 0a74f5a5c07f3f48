//! Rules that the portal promises to its readers and editors: what is shown, in which order, and
//! which content gets a warning.

use crate::fixture::{Outcome, Site, check_site, texts_between};

/// A file of a commitment, with additional lines.
fn commitment(number: &str, lead: &str, lines: &str) -> String {
    format!(
        "//- content/commitments/2014-2015/{number}.toml\ntitle = \"Promise {number}\"\n\
         lead = \"{lead}\"\nobjective = \"O\"\ndescription = \"D\"\n{lines}\n"
    )
}

/// Files of commitments that a report assesses: one for each level.
fn assessed(lead: &str, levels: &[&str]) -> String {
    let file = |(index, level): (usize, &&str)| {
        let assessment = format!("[[assessments]]\nreport = \"midterm\"\nlevel = \"{level}\"");
        commitment(&format!("{lead}-{index}"), lead, &assessment)
    };
    levels.iter().enumerate().map(file).collect()
}

// --- the order of lists

/// The names of the agencies in the table of the home page. The agencies have these names, and the
/// ids a, b, c, …; each leads commitments with these levels.
fn agencies_on_the_home_page(agencies: &[(&str, &[&str])]) -> Vec<String> {
    let mut text = String::from("\n");
    for (id, (name, levels)) in ('a'..).zip(agencies) {
        text += &format!("//- content/agencies/{id}.toml\nname = \"{name}\"\n");
        text += &assessed(&id.to_string(), levels);
    }
    let outcome = Site::new(&text).without("content/commitments/2014-2015/1.toml").build();
    texts_between(outcome.main("index.html"), "<th scope=\"row\"><a href=\"agencies/", "</a>")
        .into_iter()
        .map(|link| link.split_once('>').unwrap().1.to_owned())
        .collect()
}

#[test]
fn an_address_contains_no_password() {
    check_site(
        r#"
//- site.toml
title = "Test site"
language = "en"
base_url = "https://user:pass@example.org/"
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ password-in-address
repository = "https://:token@git.example.org/edit/"
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ password-in-address
//- content/agencies/finance.toml
name = "Ministry of Finance"
website = "https://user@example.org/"
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ password-in-address
//- content/reports/midterm.toml
…
url = "http://user:pass@example.org/report"
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ password-in-address
//- content/commitments/2014-2015/1.toml
title = "Promise"
lead = "finance"
description = "Description"
relevance = """See [it](https://user:pass@example.org/)."""
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ password-in-address
objective = "See <HTTPS://user@example.org/>."
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^ password-in-address
ambition = "See https://user:pass@example.org/secret now."
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ password-in-address
[[assessments]]
report = "midterm"
evidence = [{ title = "Decree", url = "https://user:pass@example.org/d" }]
#                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ password-in-address
"#,
    );
}

#[test]
fn a_mailbox_hides_no_header() {
    check_site(
        r#"
//- site.toml
…
report_mistakes = "mailto:ogp@example.org?bcc=b@example.org"
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not-an-address
//- content/commitments/2014-2015/1.toml
…
relevance = """See [us](mailto:a%0abcc@example.org)."""
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^ forbidden-link
ambition = """Ask <a%0dbcc@example.org>, or [us](mailto:ogp@example.org?subject=A%20question)."""
#                 ^^^^^^^^^^^^^^^^^^^^^ forbidden-link
[contact]
name = "B. Bat"
email = "a%0abcc@example.org"
#       ^^^^^^^^^^^^^^^^^^^^^ not-an-address
"#,
    );
}

#[test]
fn an_alias_is_no_name_of_a_device() {
    check_site(
        r#"
//- content/commitments/2014-2015/1.toml
…
aliases = ["console", "con.1"]
#                     ^^^^^^^ unusable-name
"#,
    );
}

#[test]
fn agencies_are_in_the_order_of_the_share_of_each_level_the_highest_level_first() {
    let names = agencies_on_the_home_page(&[
        ("None begun", &["not-started"]),
        ("Limited", &["limited", "limited", "not-started"]),
        ("All limited", &["limited"]),
        ("Half substantial", &["substantial", "not-started"]),
        ("Half substantial, half limited", &["substantial", "limited"]),
        ("A third completed", &["completed", "substantial", "substantial"]),
        ("Two of five completed", &["completed", "completed", "limited", "limited", "limited"]),
    ]);
    assert_eq!(
        names,
        [
            "Two of five completed",
            "A third completed",
            "Half substantial, half limited",
            "Half substantial",
            "All limited",
            "Limited",
            "None begun",
        ]
    );
}

#[test]
fn agencies_with_equal_shares_are_in_the_order_of_their_names() {
    let names = agencies_on_the_home_page(&[
        ("Transport", &["completed", "limited"]),
        ("Élan", &["completed", "limited"]),
        ("Finance", &["completed", "completed", "limited", "limited"]),
        ("Education", &["completed", "limited"]),
    ]);
    assert_eq!(names, ["Education", "Élan", "Finance", "Transport"]);
}

#[test]
fn an_agency_lists_the_commitments_that_are_furthest_behind_first() {
    // Only the Independent Reporting Mechanism finds no evidence.
    let levels = ["completed", "limited", "no-evidence", "not-started", "substantial"];
    let text = [
        "\n//- site.toml\n…\nheadline = \"irm\"\n\
         //- content/reports/midterm.toml\ntitle = \"IRM report\"\nassessor = \"irm\"\n\
         action_plan = \"2014-2015\"\ndate = \"2015\"\n",
        &assessed("finance", &levels),
        &commitment("not-reported", "finance", ""),
        &commitment("withdrawn", "finance", "[withdrawn]\ndate = \"2016\""),
    ]
    .concat();
    let outcome = Site::new(&text).without("content/commitments/2014-2015/1.toml").build();
    let page = outcome.main("agencies/finance/index.html");
    assert_eq!(
        texts_between(page, "<li id=\"plan-2014-2015-", "\""),
        [
            "not-started",
            "not-reported",
            "no-evidence",
            "limited",
            "substantial",
            "completed",
            "withdrawn",
        ]
    );
}

// --- the warning `stale`

/// Whether the commitment of the default site gets the warning on 15 March 2018 if its plan has
/// these dates. `text` is added to its file, and may contain more files.
fn is_stale(start_date: &str, end_date: &str, text: &str) -> bool {
    let text = format!(
        "\n//- content/action-plans/2014-2015.toml\ntitle = \"Plan\"\n\
         start_date = \"{start_date}\"\nend_date = \"{end_date}\"\n\
         //- content/commitments/2014-2015/1.toml\n…\n{text}\n"
    );
    let diagnostics = Site::new(&text).build_on(2018, 3, 15).diagnostics;
    assert!(!diagnostics.contains(": error["), "{diagnostics}");
    diagnostics.contains("1.toml:1:9: warning[stale]")
}

/// An update with this date, in the file of a commitment.
fn update(date: &str) -> String {
    format!("[[updates]]\ndate = \"{date}\"\ntext = \"News\"")
}

/// The midterm report's assessment, in the file of a commitment.
fn midterm(level: &str) -> String {
    format!("[[assessments]]\nreport = \"midterm\"\nlevel = \"{level}\"")
}

#[test]
fn a_commitment_is_stale_after_six_months_without_news_and_not_on_the_last_day() {
    assert!(!is_stale("2014", "2018", &update("2017-09-15")));
    assert!(is_stale("2014", "2018", &update("2017-09-14")));
    // A month or a year counts until its end.
    assert!(!is_stale("2014", "2018", &update("2017-09")));
    assert!(is_stale("2014", "2018", &update("2017-08")));
    // Without news, the months count from the start of the plan.
    assert!(!is_stale("2017-09-15", "2018", ""));
    assert!(is_stale("2017-09-14", "2018", ""));
}

#[test]
fn a_report_with_errors_is_news() {
    let faulty = "//- content/reports/midterm.toml\ntitle = \"Report\"\n\
                  assessor = \"government\"\naction_plan = \"2014-2015\"\ndate = \"soon\"\n";
    let text = format!("{}\n{faulty}", midterm("limited"));
    let text = format!("\n//- content/commitments/2014-2015/1.toml\n…\n{text}");
    let diagnostics = Site::new(&text).build_on(2015, 11, 1).diagnostics;
    assert!(
        diagnostics.contains("[not-a-date]") && !diagnostics.contains("[stale]"),
        "{diagnostics}"
    );
}

#[test]
fn a_report_is_news_like_an_update() {
    let new_report = "//- content/reports/midterm.toml\ntitle = \"Report\"\n\
                      assessor = \"government\"\naction_plan = \"2014-2015\"\ndate = \"2017-11\"\n";
    assert!(is_stale("2014", "2018", &midterm("limited")));
    assert!(!is_stale("2014", "2018", &format!("{}\n{new_report}", midterm("limited"))));
    assert!(!is_stale("2014", "2018", &[midterm("limited"), update("2017-11")].join("\n")));
}

#[test]
fn a_withdrawn_commitment_is_not_stale() {
    assert!(is_stale("2014", "2018", ""));
    assert!(!is_stale("2014", "2018", "[withdrawn]\ndate = \"2016\""));
    assert!(!is_stale("2014", "2018", "[withdrawn]"));
}

#[test]
fn a_completed_commitment_is_not_stale() {
    assert!(!is_stale("2014", "2018", &midterm("completed")));
    assert!(is_stale("2014", "2018", &midterm("substantial")));
}

#[test]
fn only_the_headline_assessor_decides_whether_a_commitment_is_completed() {
    let scorecard = "[[assessments]]\nreport = \"scorecard\"\nlevel = \"completed\"\n\
                     //- content/reports/scorecard.toml\ntitle = \"Scorecard\"\n\
                     assessor = \"civil-society\"\naction_plan = \"2014-2015\"\ndate = \"2016\"\n";
    assert!(is_stale("2014", "2018", &[&midterm("limited"), scorecard].join("\n")));
    assert!(!is_stale("2014", "2018", &[&midterm("completed"), scorecard].join("\n")));
}

#[test]
fn a_commitment_can_be_stale_from_the_first_to_the_last_day_of_its_plan() {
    let old = update("2015-01-01");
    assert!(!is_stale("2018-03-16", "2019", &old));
    assert!(is_stale("2018-03-15", "2019", &old));
    assert!(is_stale("2014", "2018-03-15", &old));
    assert!(!is_stale("2014", "2018-03-14", &old));
    // A plan with the dates 2018 and 2018 runs throughout the year.
    assert!(is_stale("2018", "2018", &old));
}

#[test]
fn the_settings_can_change_the_number_of_months_without_news() {
    let setting = |months: u8| format!("//- site.toml\n…\nstale_after_months = {months}\n");
    let is_stale_after = |months| {
        is_stale("2014", "2018", &format!("{}\n{}", update("2017-11-15"), setting(months)))
    };
    assert!(!is_stale_after(4));
    assert!(is_stale_after(3));
}

#[test]
fn nothing_dated_in_the_future_ends_the_warning_stale() {
    let report = "//- content/reports/midterm.toml\ntitle = \"Report\"\n\
                  assessor = \"government\"\naction_plan = \"2014-2015\"\ndate = \"2052\"\n";
    let future_report = |level: &str| format!("{}\n{report}", midterm(level));
    assert!(is_stale("2014", "2018", &update("2052-03-01")));
    assert!(is_stale("2014", "2018", &update("2018-03-16")));
    assert!(!is_stale("2014", "2018", &update("2018-03-15")));
    assert!(is_stale("2014", "2018", &future_report("limited")));
    assert!(is_stale("2014", "2018", &future_report("completed")));
    assert!(is_stale("2014", "2018", "[withdrawn]\ndate = \"2052\""));
    // The month has begun.
    assert!(!is_stale("2014", "2018", &update("2018-03")));
}

#[test]
fn the_warning_stale_names_the_latest_news_that_is_not_in_the_future() {
    let text = [update("2016-02"), update("2052")].join("\n");
    let text = format!(
        "\n//- content/action-plans/2014-2015.toml\ntitle = \"Plan\"\nstart_date = \"2014\"\n\
         end_date = \"2018\"\n//- content/commitments/2014-2015/1.toml\n…\n{text}\n"
    );
    let diagnostics = Site::new(&text).build().diagnostics;
    assert!(diagnostics.contains("no news since 2016-02"), "{diagnostics}");
}

// --- dates that are probably typing errors

#[test]
fn what_happened_is_dated_neither_after_today_nor_before_the_plan() {
    // Today is 1 January 2018.
    check_site(
        r#"
//- content/reports/midterm.toml
title = "Report"
assessor = "government"
action_plan = "2014-2015"
date = "2052"
#      ^^^^^^ implausible-date
//- content/reports/early.toml
title = "Report"
assessor = "irm"
action_plan = "2014-2015"
date = "2013-12-31"
#      ^^^^^^^^^^^^ implausible-date
//- content/commitments/2014-2015/1.toml
…
[withdrawn]
date = "2108-01"
#      ^^^^^^^^^ implausible-date
[[updates]]
date = "2018-01-02"
#      ^^^^^^^^^^^^ implausible-date
text = "Tomorrow"
[[updates]]
date = "2018-01-01"
text = "Today"
[[updates]]
date = "2018"
text = "Perhaps today"
[[updates]]
date = "2014-01-01"
text = "On the first day of the plan"
[[updates]]
date = "1925-03"
#      ^^^^^^^^^ implausible-date
text = "Long before the plan"
"#
        .replace("…\n", COMMITMENT)
        .as_str(),
    );
}

#[test]
fn a_commitment_and_its_milestones_start_and_end_within_four_years_of_the_plan() {
    // The plan lasts from 2014 to 2015.
    check_site(
        r#"
//- content/commitments/2014-2015/1.toml
…
start_date = "2010"
end_date = "2062-12-31"
#          ^^^^^^^^^^^^ implausible-date
[[milestones]]
title = "M"
start_date = "2009-12-31"
#            ^^^^^^^^^^^^ implausible-date
end_date = "2019-12-31"
[[milestones]]
title = "M"
start_date = "2010-01-01"
end_date = "2020-01"
#          ^^^^^^^^^ implausible-date
[[milestones]]
title = "M"
end_date = "not-applicable"
[[milestones]]
title = "M"
start_date = "2014"
end_date = "1915"
#          ^^^^^^ end-before-start
"#
        .replace("…\n", COMMITMENT)
        .as_str(),
    );
}

#[test]
fn a_plan_lasts_eight_years_at_most_and_starts_at_most_four_years_from_today() {
    check_site(
        r#"
//- content/action-plans/2014-2015.toml
title = "Plan"
start_date = "2014"
end_date = "2062"
#          ^^^^^^ implausible-date
//- content/action-plans/2016-2018.toml
title = "Plan"
start_date = "2106"
#            ^^^^^^ implausible-date
end_date = "2108"
//- content/action-plans/2018-2026.toml
title = "Plan"
start_date = "2018-01-01"
end_date = "2026-01-01"
//- content/action-plans/2018-2027.toml
title = "Plan"
start_date = "2018-01-01"
end_date = "2026-01-02"
#          ^^^^^^^^^^^^ implausible-date
//- content/action-plans/2022-2024.toml
title = "Plan"
start_date = "2022-01-01"
end_date = "2024"
//- content/commitments/2014-2015/1.toml
…
[[updates]]
date = "2017-12"
text = "News"
"#
        .replace("…\n", COMMITMENT)
        .as_str(),
    );
}

#[test]
fn a_typing_error_in_a_plan_is_not_reported_for_each_of_its_commitments() {
    check_site(
        r#"
//- content/action-plans/2014-2015.toml
title = "Plan"
start_date = "2104"
#            ^^^^^^ implausible-date
end_date = "2105"
//- content/commitments/2014-2015/1.toml
…
start_date = "2014"
end_date = "2015"
[[updates]]
date = "2015"
text = "News"
"#
        .replace("…\n", COMMITMENT)
        .as_str(),
    );
}

// --- dates without a certain order

/// The warnings about the order of two reports with these dates, which give a commitment these levels.
fn order_warnings(dates: [&str; 2], assessors: [&str; 2], levels: [&str; 2]) -> String {
    let report = |index: usize| {
        format!(
            "//- content/reports/report-{index}.toml\ntitle = \"Report\"\nassessor = \"{}\"\n\
             action_plan = \"2014-2015\"\ndate = \"{}\"\n",
            assessors[index], dates[index]
        )
    };
    let assessment = |index: usize| {
        format!(
            "[[assessments]]\nreport = \"report-{index}\"\nlevel = \"{}\"\nresults = \"R\"\n\
             evidence = [{{ title = \"E\", url = \"https://example.org/\" }}]\n",
            levels[index]
        )
    };
    let assessments = [assessment(0), assessment(1)].concat();
    let text = [
        "\n",
        &commitment("1", "finance", &assessments),
        // A second commitment does not repeat the warning.
        &commitment("2", "finance", &assessments),
        &report(0),
        &report(1),
    ];
    Site::new(&text.concat()).build().diagnostics
}

#[test]
fn two_reports_without_a_certain_order_and_with_other_levels_need_a_month() {
    let government = ["government", "government"];
    let levels = ["limited", "completed"];
    assert_eq!(
        order_warnings(["2015-07", "2015"], government, levels),
        "content/reports/report-1.toml:4:8: warning[uncertain-order]: `2015` may be before or after \
         `2015-07`, the date of the report `report-0`\n"
    );
    assert_eq!(
        order_warnings(["2015", "2015"], government, levels),
        "content/reports/report-1.toml:4:8: warning[uncertain-order]: `2015` may be before or after \
         `2015`, the date of the report `report-0`\n"
    );
    assert!(
        order_warnings(["2015-07", "2015-07-31"], government, levels).contains("[uncertain-order]")
    );
    // The order is certain, or nothing depends on it.
    assert_eq!(order_warnings(["2015", "2016"], government, levels), "");
    assert_eq!(order_warnings(["2015-07", "2015-08"], government, levels), "");
    assert_eq!(order_warnings(["2015", "2015"], ["government", "irm"], levels), "");
    assert_eq!(order_warnings(["2015", "2015"], government, ["limited", "limited"]), "");
}

// --- contacts

/// A commitment with all the facts about its contact.
const WITH_CONTACT: &str = r#"
//- content/commitments/2014-2015/1.toml
…
[contact]
name = "B. Bat"
role = "Adviser"
department = "Budget department"
email = "budget@mof.gov.mn"
phone = "+976 11 123456"
"#;

#[test]
fn every_fact_about_a_contact_is_published_except_the_phone() {
    let outcome = Site::new(WITH_CONTACT).build();
    let page = outcome.main("commitments/2014-2015/1/index.html");
    for text in ["B. Bat", "Adviser", "Budget department", "mailto:budget@mof.gov.mn"] {
        assert!(page.contains(text), "no `{text}` in {page}");
    }
    assert!(files_with(&outcome, "123456").is_empty());
}

#[test]
fn the_settings_choose_which_facts_about_a_contact_are_published() {
    let setting = "//- site.toml\n…\ncontact_fields = [\"role\", \"phone\"]\n";
    let outcome = Site::new(&[WITH_CONTACT, setting].concat()).build();
    let page = outcome.main("commitments/2014-2015/1/index.html");
    assert!(page.contains("Adviser") && page.contains("+976 11 123456"), "{page}");
    for text in ["B. Bat", "Budget department", "budget@mof.gov.mn"] {
        assert!(files_with(&outcome, text).is_empty(), "{text}");
    }
}

/// The files of a portal that contain a text.
fn files_with<'o>(outcome: &'o Outcome, text: &str) -> Vec<&'o str> {
    let contains = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(text);
    let files = outcome.files.iter().filter(|(_, bytes)| contains(bytes));
    files.map(|(path, _)| path.as_str()).collect()
}

#[test]
fn mailboxes_of_public_providers_are_private_and_those_of_offices_are_not() {
    check_site(
        r#"
//- content/commitments/2014-2015/1.toml
…
[contact]
email = "bat@mail.gov.mn"
//- content/commitments/2014-2015/2.toml
title = "Promise 2"
lead = "finance"
objective = "O"
description = "D"
[contact]
email = "bat@mail.ru"
#       ^^^^^^^^^^^^^ private-mailbox
//- content/commitments/2014-2015/3.toml
title = "Promise 3"
lead = "finance"
objective = "O"
description = "D"
[contact]
email = "bat@GMail.com"
#       ^^^^^^^^^^^^^^^ private-mailbox
//- content/commitments/2014-2015/4.toml
title = "Promise 4"
lead = "finance"
objective = "O"
description = "D"
[contact]
email = "bat@yahoo.co.jp"
#       ^^^^^^^^^^^^^^^^^ private-mailbox
//- content/commitments/2014-2015/5.toml
title = "Promise 5"
lead = "finance"
objective = "O"
description = "D"
[contact]
email = "bat@gmail.gov.mn"
//- content/commitments/2014-2015/6.toml
title = "Promise 6"
lead = "finance"
objective = "O"
description = "D"
[contact]
email = "gmail@mof.mn"
"#
        .replace("…\n", COMMITMENT)
        .as_str(),
    );
}

#[test]
fn an_address_at_a_public_provider_in_a_text_is_reported() {
    check_site(
        &r#"
//- content/commitments/2014-2015/1.toml
…
relevance = """Write to bat@gmail.com, or to budget@mof.gov.mn; see https://gmail.com/about."""
#                       ^^^^^^^^^^^^^ private-mailbox
ambition = """Ask [the adviser](mailto:Bat@Mail.Ru?subject=Budget)."""
#                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ private-mailbox
"#
        .replace("…\n", COMMITMENT),
    );
}

#[test]
fn only_numbers_of_mongolia_are_known_to_be_personal() {
    for (country, phone, is_reported) in [
        ("MN", "9911 2233", true),
        ("DK", "89 40 20 00", false),
        ("DK", "+976 9911 2233", true),
        ("MN", "70 112233", false),
    ] {
        let site = Site::new(&format!(
            "\n//- site.toml\n…\ncountry = \"{country}\"\n\
             //- content/commitments/2014-2015/1.toml\n…\n[contact]\nphone = \"{phone}\"\n"
        ));
        let diagnostics = site.build().diagnostics;
        assert_eq!(diagnostics.contains("personal-phone"), is_reported, "{phone}: {diagnostics}");
    }
}

#[test]
fn a_link_leads_to_what_is_published() {
    let site = |links: &str| {
        Site::new(&format!(
            "\n//- content/articles/about.md\n# About\n\n{links}\n\
             //- content/commitments/2014-2015/2.toml\ntitle = \"Draft\"\nlead = \"finance\"\n\
             objective = \"O\"\ndescription = \"D\"\ndraft = true\npolicy_areas = [\"gender\"]\n"
        ))
        .build()
    };
    let outcome = site("[All](/feed.xml), [finance](/agencies/finance/feed.xml)");
    assert!(!outcome.diagnostics.contains("broken-link"), "{}", outcome.diagnostics);
    assert!(outcome.main("about/index.html").contains("href=\"../agencies/finance/feed.xml\""));
    for link in ["/commitments/2014-2015/2/", "/policy-areas/gender/", "/agencies/feed.xml"] {
        let outcome = site(&format!("[Link]({link})"));
        assert!(
            outcome.diagnostics.contains("error[broken-link]"),
            "{link}: {}",
            outcome.diagnostics
        );
    }
}

/// The required keys of a commitment.
const COMMITMENT: &str =
    "title = \"Promise\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n";

// --- what a page shows

#[test]
fn the_page_of_a_commitment_says_what_the_report_leaves_out() {
    let sentence = |fields: &str| {
        let text = ["\n", &commitment("1", "finance", &(midterm("limited") + fields))].concat();
        let outcome = Site::new(&text).build();
        let page = outcome.main("commitments/2014-2015/1/index.html");
        let sentences = texts_between(page, "<p class=\"facts\">Not in the report: ", "</p>");
        sentences.join(" | ")
    };
    assert_eq!(sentence(""), "results, next steps and remaining work and obstacles.");
    assert_eq!(sentence("\nresults = \"A\""), "next steps and remaining work and obstacles.");
    assert_eq!(sentence("\nnext_steps = \"B\""), "results and remaining work and obstacles.");
    assert_eq!(sentence("\nadditional_information = \"C\""), "results and next steps.");
    assert_eq!(
        sentence("\nresults = \"A\"\nnext_steps = \"B\"\nadditional_information = \"C\""),
        ""
    );
}

#[test]
fn shares_are_shown_from_twenty_commitments_on() {
    let shares = |count: usize| {
        let text = ["\n", &assessed("finance", &vec!["limited"; count])].concat();
        let outcome = Site::new(&text).without("content/commitments/2014-2015/1.toml").build();
        let home = outcome.main("index.html");
        assert!(home.contains(&format!("<td class=\"n\">{count}</td>")), "{home}");
        (home.contains(">Share</th>"), home.contains("<td class=\"n\">100%</td>"))
    };
    assert_eq!(shares(19), (false, false));
    assert_eq!(shares(20), (true, true));
}

#[test]
fn a_feed_has_the_fifty_newest_changes() {
    let dates: Vec<String> = (0..51).map(|index| format!("{}", 1970 + index)).collect();
    let updates: Vec<String> = dates.iter().map(|date| update(date)).collect();
    let text = ["\n", &commitment("1", "finance", &updates.join("\n"))].concat();
    let outcome = Site::new(&text).build();
    let newest = dates.iter().rev().take(50).map(|date| format!("{date}-01-01T00:00:00Z"));
    let newest: Vec<String> = newest.collect();
    for feed in ["feed.xml", "agencies/finance/feed.xml", "commitments/2014-2015/1/feed.xml"] {
        let entries = outcome.text(feed).split_once("<entry>").unwrap().1;
        assert_eq!(texts_between(entries, "<updated>", "</updated>"), newest, "{feed}");
    }
}

// --- characters that nobody can read

#[test]
fn symbols_of_word_processors_are_errors_in_every_text_except_as_bullets() {
    check_site(
        &"
//- site.toml
title = \"Test \u{f0b7} site\"
#             ^ unreadable-character
base_url = \"https://example.org/\"
language = \"en\"
//- content/agencies/finance.toml
name = \"Ministry \u{fffd}f Finance\"
#                ^ unreadable-character
//- content/commitments/2014-2015/1.toml
…
relevance = '''\u{f0a7} Bullet \u{f04a}'''
#                       ^ unreadable-character
partners = [\"Civil \u{fffc} society\"]
#                  ^ unreadable-character
[[milestones]]
title = \"One\u{2028}two\"
#       ^^^^^^^^^ line-break
"
        .replace("…\n", COMMITMENT),
    );
}

// --- copies

#[test]
fn an_identifier_of_ogp_belongs_to_one_commitment_and_equal_names_are_suspect() {
    check_site(
        r#"
//- content/agencies/a.toml
name = "MINISTRY of Finance"
//- content/agencies/finance.toml
name = "Ministry of Finance"
#      ^^^^^^^^^^^^^^^^^^^^^ same-name
//- content/action-plans/2012-2014.toml
title = "Earlier plan"
start_date = "2012"
end_date = "2014"
//- content/commitments/2012-2014/1.toml
title = "Promise"
lead = "finance"
objective = "Objective"
description = "Description"
ogp_id = "MN0001"
//- content/commitments/2014-2015/1.toml
title = "Promise"
lead = "finance"
objective = "Objective"
description = "Description"
ogp_id = "MN0001"
#        ^^^^^^^^ duplicate
//- content/commitments/2014-2015/2.toml
title = "Promise"
#       ^^^^^^^^^ same-name
lead = "finance"
objective = "Objective"
description = "Description"
"#,
    );
}

// --- levels without an explanation

#[test]
fn a_note_can_say_why_a_level_has_no_results() {
    let warns = |line: &str| {
        let text = format!("\n//- content/commitments/2014-2015/1.toml\n…\n{}", midterm("limited"));
        Site::new(&format!("{text}\n{line}\n")).build().diagnostics.contains("[no-results]")
    };
    assert!(warns(""));
    assert!(!warns("results = \"Something\""));
    assert!(!warns("note = \"The report has no results.\""));
}

// --- commitments that a later plan continues

#[test]
fn the_pages_of_a_continued_commitment_link_to_each_other() {
    let site = Site::new(
        "
//- content/action-plans/2016-2018.toml
title = \"Later plan\"
start_date = \"2016\"
end_date = \"2018\"
//- content/commitments/2016-2018/4.toml
title = \"The same again\"
lead = \"finance\"
objective = \"O\"
description = \"D\"
carried_from = \"2014-2015/1\"
",
    );
    let outcome = site.build();
    let earlier = outcome.main("commitments/2014-2015/1/index.html");
    let link =
        "<dt>Continued by</dt><dd>Later plan, 4 <a href=\"../../../commitments/2016-2018/4/\">";
    assert!(earlier.contains(link), "{earlier}");
    let later = outcome.main("commitments/2016-2018/4/index.html");
    let link = "<dt>Continues</dt><dd>Plan, 1 <a href=\"../../../commitments/2014-2015/1/\">";
    assert!(later.contains(link), "{later}");
}

// --- withdrawn commitments

#[test]
fn every_place_says_that_a_commitment_is_withdrawn() {
    let site = Site::new(
        "
//- content/reports/irm.toml
title = \"IRM report\"
assessor = \"irm\"
action_plan = \"2014-2015\"
date = \"2016\"
//- content/commitments/2014-2015/1.toml
…
[withdrawn]
date = \"2015-03\"
[[assessments]]
report = \"midterm\"
level = \"substantial\"
[[assessments]]
report = \"irm\"
level = \"limited\"
",
    );
    let outcome = site.build();
    for page in ["index.html", "agencies/finance/index.html", "plans/2014-2015/index.html"] {
        let main = outcome.main(page);
        assert!(main.contains("1 commitment withdrawn"), "{page}: {main}");
        assert!(!main.contains("says:"), "{page}: {main}");
    }
    let commitment = outcome.main("commitments/2014-2015/1/index.html");
    assert!(!commitment.contains("do not agree"), "{commitment}");
    let history = commitment.split("<h2>").find(|part| part.contains("<table")).unwrap();
    assert_eq!(history.matches("Withdrawn").count(), 1, "{history}");
    assert!(history.contains("March 2015"), "{history}");
}

// --- plans

#[test]
fn a_plan_that_ends_years_before_it_starts_is_one_problem() {
    check_site(
        r#"
//- content/action-plans/2014-2015.toml
title = "Plan"
start_date = "2017"
end_date = "2015"
#          ^^^^^^ end-before-start
[[chapters]]
number = "1"
title = "Chapter"
"#,
    );
}

#[test]
fn reports_without_a_certain_order_are_one_problem_each_and_not_one_for_each_pair() {
    let reports: String = (0..20)
        .map(|number| {
            format!(
                "//- content/reports/r{number}.toml\ntitle = \"R\"\nassessor = \"government\"\n\
                 action_plan = \"2014-2015\"\ndate = \"2015\"\n"
            )
        })
        .collect();
    let assessments: String = (0..20)
        .map(|number| {
            let level = ["limited", "completed"][number % 2];
            format!("[[assessments]]\nreport = \"r{number}\"\nlevel = \"{level}\"\n")
        })
        .collect();
    let text = format!("\n{}{reports}", commitment("1", "finance", &assessments));
    let diagnostics = Site::new(&text).build().diagnostics;
    assert_eq!(diagnostics.matches("[uncertain-order]").count(), 19, "{diagnostics}");
}

#[test]
fn a_readme_can_be_in_every_folder_of_the_content() {
    let site = "\n//- content/README.txt\nHow to edit.\n//- content/agencies/README.md\nHow to edit.\n\
                //- content/commitments/2014-2015/readme\nHow to edit.\n\
                //- content/articles/README.md\nHow to edit.\n";
    assert_eq!(Site::new(site).build().diagnostics, "");
}

#[test]
fn the_code_of_a_country_leads_to_that_of_its_language() {
    for (country, language) in [("ge", "ka"), ("ua", "uk"), ("am", "hy"), ("al", "sq")] {
        let settings = format!("\n//- site.toml\n…\nlanguages = [\"en\", \"{country}\"]\n");
        let (diagnostics, _) = Site::new(&settings).diagnostics();
        let help = diagnostics.iter().find(|problem| problem.is_error()).unwrap().help.as_deref();
        let expected = format!("did you mean `{language}`?");
        assert!(help.is_some_and(|help| help.starts_with(&expected)), "{help:?}");
    }
}
