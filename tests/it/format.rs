//! The file format: every key is published, and every error is reported at its position.

use milepost::testing::{Style, human};

use crate::fixture::{Site, check_site};

/// The default site in two languages, without its agency and its commitment.
const BILINGUAL: &str = r#"
//- site.toml
…
languages = ["en", "mn"]
[mn]
title = "Сайт"
//- content/action-plans/2014-2015.toml
title = "Plan"
start_date = "2014"
end_date = "2015"
[mn]
title = "Төлөвлөгөө"
//- content/reports/midterm.toml
…
[mn]
title = "Тайлан"
"#;

#[test]
fn every_key_of_the_format_is_published() {
    let site = Site::new(
        r#"
//- site.toml
…
languages = ["en", "mn"]
contact_fields = ["name", "phone"]
publisher = "Publisher"
//- content/action-plans/2012-2014.toml
title = "Earlier plan"
number = 1
start_date = 2012-07-01
end_date = 2014-06-30
//- content/commitments/2012-2014/7.toml
title = "Earlier promise"
lead = "finance"
objective = "Objective"
description = "Description"
[withdrawn]
date = "2013-05"
reason = "The *law* changed."
//- content/agencies/justice.toml
name = "Ministry of Justice"
short_name = "MoJ"
website = "https://moj.example"
aliases = ["justice-ministry"]
[mn]
name = "Хууль зүйн яам"
//- content/reports/irm.toml
title = "IRM report"
assessor = "irm"
action_plan = "2014-2015"
date = "2016-02"
file = "files/irm.pdf"
[[sections]]
title = "Summary"
text = "See [the promise](/commitments/2014-2015/1/)."
//- content/reports/scorecard.toml
title = "Scorecard"
assessor = "civil-society"
action_plan = "2014-2015"
date = "2017"
url = "https://scorecard.example/"
partial = true
//- content/files/irm.pdf
x
//- content/commitments/2014-2015/1.toml
title = "Promise"
chapter = "1"
lead = "finance"
supporting = ["justice-ministry"]
partners = ["A union"]
values = ["technology"]
policy_areas = ["open-contracting"]
ogp_id = "XX0001"
start_date = "2014-07"
end_date = 2015-12-31
objective = "Objective"
description = "Description"
carried_from = "2012-2014/7"
[contact]
name = "A. Name"
email = "office@moj.example"
phone = "+976 11 123456"
[mn]
title = "Амлалт"
partners = ["Эвлэл"]
[[milestones]]
title = "First step"
end_date = "2014-12"
level = "completed"
[milestones.mn]
title = "Эхний алхам"
[[assessments]]
report = "midterm"
level = "limited"
results = "Half."
[[assessments]]
report = "irm"
level = "no-evidence"
evidence = [{ title = "The report", file = "files/irm.pdf", language = "mn" }]
[[assessments]]
report = "scorecard"
[[updates]]
date = "2015-03-02"
text = "It **began**."
"#,
    );
    let outcome = site.build();
    assert!(!outcome.diagnostics.contains(": error["), "{}", outcome.diagnostics);
    let page = outcome.main("commitments/2014-2015/1/index.html");
    for text in [
        "Ministry of Justice",
        "A union",
        "technology and innovation",
        "open-contracting",
        "OGP number XX0001",
        "<time datetime=\"2014-07\">July 2014</time>",
        "<time datetime=\"2015-12-31\">31 December 2015</time>",
        "<a href=\"../../../commitments/2012-2014/7/\">Earlier promise</a>",
        "A. Name",
        "+976 11 123456",
        "First step",
        "No evidence available",
        "<a href=\"../../../files/irm.pdf\">The report</a> <span class=\"fact\">(PDF, 1 KB, Монгол)</span>",
        "Scorecard",
        "Not reported",
        "<p>It <strong>began</strong>.</p>",
    ] {
        assert!(page.contains(text), "no `{text}` in {page}");
    }
    assert!(!page.contains("office@moj.example"), "a field that the site does not publish");
    let earlier = outcome.main("commitments/2012-2014/7/index.html");
    assert!(earlier.contains("Withdrawn") && earlier.contains("The <em>law</em> changed."));
    let translated = outcome.main("mn/commitments/2014-2015/1/index.html");
    assert!(translated.contains("Эвлэл") && translated.contains("Эхний алхам"));
    assert!(translated.contains("Хууль зүйн яам"));
    assert!(
        outcome.main("reports/irm/index.html").contains("href=\"../../commitments/2014-2015/1/\"")
    );
    let changes = outcome.main("changes/index.html");
    let order: Vec<usize> = ["2017", "February 2016", "2 March 2015"]
        .iter()
        .map(|date| changes.find(date).unwrap_or_else(|| panic!("no {date} in {changes}")))
        .collect();
    assert!(order.is_sorted(), "newest first");
    assert_eq!(outcome.files["files/irm.pdf"], b"x\n");
}

#[test]
fn errors_of_all_kinds_are_reported_in_one_run_each_at_its_position() {
    check_site(
        r#"
//- content/commitments/2014-2015/a.toml
  titel = "Promise"
# ^^^^^ unknown-key
lead = "finanse"
#      ^^^^^^^^^ unknown-agency
chapter = "2"
#         ^^^ unknown-chapter
values = ["technology", "Technology"]
#                       ^^^^^^^^^^^^ unknown-value
end_date = "31.12.2015"
#          ^^^^^^^^^^^^ date-form
objective = ""
#           ^^ empty-text
description = 12
#             ^^ wrong-type
[contact]
  supporting = ["finance"]
# ^^^^^^^^^^ misplaced-key
email = "not a mailbox"
#       ^^^^^^^^^^^^^^^ not-an-address
[[milestones]]
title = "Step"
start_date = "2015"
end_date = "2014"
#          ^^^^^^ end-before-start
[[assessments]]
report = "midterm"
level = "substancial"
#       ^^^^^^^^^^^^^ unknown-completion-level
[[assessments]]
report = "midterm"
#        ^^^^^^^^^ duplicate
evidence = [{ title = "x", file = "files/none.pdf" }]
#                                 ^^^^^^^^^^^^^^^^ missing-file
//- content/agencies/finance.toml
name = "Ministry of Finance"
website = "javascript:alert(1)"
#         ^^^^^^^^^^^^^^^^^^^^^ not-an-address
  [fr]
#  ^^ unknown-language
name = "Finances"
//- content/reports/midterm.toml
title = "Midterm report"
assessor = "goverment"
#          ^^^^^^^^^^^ unknown-assessor
action_plan = "2014-2016"
#             ^^^^^^^^^^^ unknown-plan
date = "2015"
"#,
    );
}

#[test]
fn one_error_is_one_problem() {
    // A file with errors is not also reported as missing, and a misspelt key is not also reported
    // as a missing key.
    check_site(
        r#"
//- content/agencies/finance.toml
  nmae = "Ministry of Finance"
# ^^^^ unknown-key
//- content/reports/midterm.toml
title = "Midterm report"
assessor = government
#          ^^^^^^^^^^ missing-quotes
action_plan = "2014-2015"
date = "2015"
//- content/commitments/2014-2015/1.toml
…
[[assessments]]
report = "midterm"
"#,
    );
}

#[test]
fn all_missing_keys_of_a_table_are_one_problem() {
    let site = Site::new("\n//- content/commitments/2014-2015/1.toml\ntitle = \"Promise\"\n");
    assert_eq!(
        site.build().diagnostics,
        "content/commitments/2014-2015/1.toml:1:1: error[missing-key]: the commitment is missing \
         `lead`, `objective` and `description`\n"
    );
}

#[test]
fn errors_in_markdown_are_reported_at_their_positions() {
    let site = Site::new(
        r#"
//- content/commitments/2014-2015/1.toml
title = "Promise"
lead = "finance"
objective = '''
Fine *words*.

See [this](javascript:alert(1)) and <b>bold</b>,
or [that page](/nowhere/), ![a picture](x.png).'''
description = "Esc\u0061ped [link](ftp://x)"
"#,
    );
    let path = "content/commitments/2014-2015/1.toml";
    assert_eq!(
        site.build().diagnostics,
        [
            format!(
                "{path}:6:12: error[forbidden-link]: a link cannot point to `javascript:alert(1)`\n"
            ),
            format!(
                "{path}:6:37: error[raw-html]: HTML is not published: `<b>` would be left out\n"
            ),
            format!("{path}:7:16: error[broken-link]: this site has no page `/nowhere/`\n"),
            format!("{path}:7:28: error[image]: images in text are not supported\n"),
            format!("{path}:8:15: error[forbidden-link]: a link cannot point to `ftp://x`\n"),
        ]
        .concat()
    );
}

#[test]
fn misplaced_files_are_reported() {
    let site = Site::new(
        r#"
//- content/commitments/1.toml
title = "Not in a plan's folder"
//- content/agencies/Сангийн яам.toml
name = "x"
//- content/agencies/Finance.toml
name = "x"
//- content/notes.txt
x
//- content/articles/data.md
# Data
//- content/articles/about.fr.md
# À propos
"#,
    );
    let diagnostics = site.build().diagnostics;
    for start in [
        "content/commitments/1.toml: error[wrong-place]",
        "content/agencies/Сангийн яам.toml: error[unusable-name]",
        "content/agencies/finance.toml: error[address-clash]",
        "content/notes.txt: error[wrong-place]",
        "content/articles/data.md: error[reserved-name]",
        "content/articles/about.fr.md: error[unknown-language]",
    ] {
        assert!(diagnostics.contains(start), "no `{start}` in:\n{diagnostics}");
    }
    assert_eq!(diagnostics.lines().count(), 6, "{diagnostics}");
}

#[test]
fn a_level_that_only_the_irm_can_give_is_reported() {
    check_site(
        r#"
//- content/commitments/2014-2015/1.toml
…
[[assessments]]
report = "midterm"
level = "no-evidence"
#       ^^^^^^^^^^^^^ wrong-level
"#,
    );
}

#[test]
fn errors_in_site_settings_are_reported_like_those_in_content() {
    check_site(
        r#"
//- site.toml
title = "Site"
base_url = "example.org"
#          ^^^^^^^^^^^^^ not-an-address
language = "en"
headline = "the government"
#          ^^^^^^^^^^^^^^^^ unknown-assessor
  publsher = "Me"
# ^^^^^^^^ unknown-key
theme = "nice"
#       ^^^^^^ unknown-theme
"#,
    );
}

#[test]
fn an_alias_must_be_unused_and_a_valid_name() {
    check_site(
        r#"
//- content/commitments/2014-2015/1.toml
…
aliases = ["2", "a/b", "3", "3"]
#          ^^^ alias-taken
#               ^^^^^ unusable-name
#                           ^^^ alias-taken
//- content/commitments/2014-2015/2.toml
title = "Another promise"
lead = "finance"
objective = "Objective"
description = "Description"
"#,
    );
}

#[test]
fn a_misspelt_key_and_its_translation_are_one_problem() {
    check_site(
        &[
            BILINGUAL,
            r#"
//- content/agencies/finance.toml
  Name = "Ministry of Finance"
# ^^^^ unknown-key
[mn]
name = "Сангийн яам"
short_name = "СЯ"
#            ^^^^ translation-of-nothing
//- content/commitments/2014-2015/1.toml
…
  relevence = "Relevance"
# ^^^^^^^^^ unknown-key
[mn]
title = "Амлалт"
objective = "Зорилго"
description = "Тайлбар"
relevance = "Ач холбогдол"
"#,
        ]
        .concat(),
    );
}

#[test]
fn file_names_that_differ_only_in_case_or_unicode_form_clash() {
    let site = Site::new(
        "\n//- content/files/Report.pdf\nx\n//- content/files/report.pdf\nx\n\
         //- content/files/\u{439}.pdf\nx\n//- content/files/\u{438}\u{306}.pdf\nx\n",
    );
    let diagnostics = site.build().diagnostics;
    assert_eq!(diagnostics.matches("error[address-clash]").count(), 2, "{diagnostics}");
}

#[test]
fn not_reported_is_not_not_started_and_not_a_disagreement() {
    // The help for `not-reported` does not suggest `not-started`.
    let site = Site::new(
        "\n//- content/commitments/2014-2015/1.toml\n…\n[[assessments]]\nreport = \"midterm\"\n\
         level = \"not-reported\"\n",
    );
    let (diagnostics, _) = site.diagnostics();
    assert_eq!(diagnostics.len(), 1);
    assert!(
        diagnostics[0].help.as_ref().unwrap().starts_with("delete the line"),
        "{diagnostics:?}"
    );
    // An assessor without a report does not disagree with another.
    let site = Site::new(
        r#"
//- content/reports/irm.toml
title = "IRM report"
assessor = "irm"
action_plan = "2014-2015"
date = "2016"
//- content/commitments/2014-2015/1.toml
…
[[assessments]]
report = "irm"
level = "limited"
"#,
    );
    let outcome = site.build();
    let page = outcome.main("commitments/2014-2015/1/index.html");
    assert!(page.contains("Not reported") && page.contains("Limited"), "{page}");
    assert!(!page.contains("do not agree"), "{page}");
    assert!(outcome.main("index.html").contains("1 commitment not reported"));
}

#[test]
fn the_last_report_is_the_newest_unless_it_is_certainly_older() {
    let standing = |first: &str, second: &str| {
        let site = Site::new(&format!(
            r#"
//- content/reports/midterm.toml
title = "Midterm report"
assessor = "government"
action_plan = "2014-2015"
date = "{first}"
//- content/reports/final.toml
title = "Final report"
assessor = "government"
action_plan = "2014-2015"
date = "{second}"
//- content/commitments/2014-2015/1.toml
…
[[assessments]]
report = "midterm"
level = "limited"
[[assessments]]
report = "final"
level = "completed"
"#
        ));
        let json = site.build().files["data/commitments.json"].clone();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        json["commitments"][0]["standing"].as_str().unwrap().to_owned()
    };
    assert_eq!(standing("2015", "2016"), "completed");
    assert_eq!(standing("2015", "2015-11"), "completed");
    assert_eq!(standing("2015", "2015"), "completed");
    assert_eq!(standing("2016", "2015-11"), "limited");
}

#[test]
fn merge_markers_within_a_line_are_text() {
    let site = Site::new("").with("content/commitments/2014-2015/1.toml", |text| {
        text.replace("\"Objective\"", "\"What <<<<<<< HEAD means\"")
    });
    let outcome = site.build();
    assert_eq!(outcome.diagnostics, "");
    assert!(outcome.files.contains_key("commitments/2014-2015/1/index.html"));
}

#[test]
fn nothing_is_silently_ignored() {
    check_site(
        &[
            BILINGUAL,
            r#"
//- content/agencies/finance.toml
name = "Ministry of Finance"
mn = "Сангийн яам"
#    ^^^^^^^^^^^^^ wrong-type
//- content/commitments/2014-2015/1.toml
…
partners = ["A union"]
[mn]
title = "Амлалт"
objective = "Зорилго"
description = "Тайлбар"
partners = "Эвлэл"
#          ^^^^^^^ wrong-type
  [en]
#  ^^ unknown-language
[contact]
name = "B. Bat"
[contact.mn]
name = "Б. Бат"
  email = "bat@mof.gov.mn"
# ^^^^^ misplaced-key
"#,
        ]
        .concat(),
    );
}

#[test]
fn a_chapter_with_errors_is_not_also_unknown_in_each_commitment() {
    check_site(
        r#"
//- content/action-plans/2014-2015.toml
title = "Plan"
start_date = "2014"
end_date = "2015"
[[chapters]]
number = "1"
  titel = "Chapter"
# ^^^^^ unknown-key
//- content/commitments/2014-2015/1.toml
…
chapter = "1"
"#,
    );
}

#[test]
fn invisible_text_is_empty_and_control_characters_are_refused() {
    check_site(
        r#"
//- content/commitments/2014-2015/1.toml
title = "\u202EPromise"
#       ^^^^^^^^^^^^^^^ control-character
lead = "finance"
objective = "\u200B"
#           ^^^^^^^^ empty-text
description = "a\u0000b"
#             ^^^^^^^^^^ control-character
"#,
    );
}

#[test]
fn an_article_that_is_only_a_translation_names_the_file_that_is_missing() {
    let site =
        Site::new(&format!("{BILINGUAL}//- content/articles/about.mn.md\n# Тухай\n\nТекст\n"));
    let (problems, sources) = site.diagnostics();
    let found = human(&problems, &sources, Style { is_coloured: false, width: 200 });
    let expected = "error[translation-of-nothing]: there is no `content/articles/about.md` that this file \
                    translates\n--> content/articles/about.mn.md\n = help: write \
                    `content/articles/about.md` too, with the text in the site's default language, `en`; if \
                    this text is in `en`, rename this file\n";
    assert!(found.contains(expected), "{found}");
}

#[test]
fn the_dots_of_an_example_are_no_text() {
    for (line, expected) in [
        ("relevance = '…'", "`relevance` has no text yet, only `…`"),
        ("relevance = \"\"\"\n...\n\"\"\"", "`relevance` has no text yet, only `...`"),
        ("partners = ['…']", "`partners` has no text yet, only `…`"),
        ("relevance = 'And so on …'", ""),
    ] {
        let site = Site::new(&format!("\n//- content/commitments/2014-2015/1.toml\n…\n{line}\n"));
        let diagnostics = site.build().diagnostics;
        assert_eq!(
            diagnostics.contains("error[empty-text]"),
            !expected.is_empty(),
            "{diagnostics}"
        );
        assert!(diagnostics.contains(expected), "{line}: {diagnostics}");
    }
}

#[test]
fn the_advice_for_an_empty_text_never_leads_to_another_problem() {
    for (line, advice) in [
        ("title = \"Promise\"", "write the text\n"),
        ("relevance = \"Text\"", "write the text, or delete the line\n"),
        ("partners = [\"A\"]", "write the text, or delete it from the list\n"),
    ] {
        let (key, _) = line.split_once(" = ").unwrap();
        let empty = if line.ends_with(']') { "[\" \"]" } else { "\"\"" };
        let site = Site::new("\n//- content/commitments/2014-2015/1.toml\n…\nrelevance = \"Text\"\npartners = [\"A\"]\n")
            .with("content/commitments/2014-2015/1.toml", |text| {
                text.replace(line, &format!("{key} = {empty}"))
            });
        let (problems, sources) = site.diagnostics();
        let found = human(&problems, &sources, Style { is_coloured: false, width: 100 });
        assert!(found.contains(&format!("help: {advice}")), "{line}: {found}");
    }
}

#[test]
fn the_standing_comes_from_the_newest_report_in_any_order_of_the_file() {
    let report = |name: &str, assessor: &str, date: &str| {
        format!(
            "//- content/reports/{name}.toml\ntitle = \"Report\"\nassessor = \"{assessor}\"\n\
             action_plan = \"2014-2015\"\ndate = \"{date}\"\n"
        )
    };
    let assessment = |report: &str, level: &str| {
        format!("[[assessments]]\nreport = \"{report}\"\nlevel = \"{level}\"\n")
    };
    let site = Site::new(
        &[
            "\n".to_owned(),
            report("july", "government", "2015-07"),
            report("irm", "irm", "2015"),
            report("march", "government", "2015-03"),
            "//- content/commitments/2014-2015/1.toml\n…\n".to_owned(),
            assessment("july", "completed"),
            assessment("irm", "limited"),
            assessment("march", "not-started"),
        ]
        .concat(),
    );
    let outcome = site.build();
    let json: serde_json::Value =
        serde_json::from_str(outcome.text("data/commitments.json")).unwrap();
    assert_eq!(json["commitments"][0]["standing"], "completed");
}

#[test]
fn a_language_is_a_tag_in_its_usual_form() {
    check_site(
        r#"
//- content/commitments/2014-2015/1.toml
…
[[updates]]
date = "2015"
text = "News"
evidence = [
  { title = "A", url = "https://example.org/a", language = "pt-BR" },
  { title = "B", url = "https://example.org/b", language = "no such tongue!" },
#                                                          ^^^^^^^^^^^^^^^^^ not-a-language
  { title = "C", url = "https://example.org/c", language = "Mongolian" },
#                                                          ^^^^^^^^^^^ not-a-language
  { title = "D", url = "https://example.org/d", language = "MN" },
#                                                          ^^^^ not-a-language
]
"#,
    );
}

#[test]
fn every_text_of_every_file_needs_its_translations() {
    check_site(
        &[
            BILINGUAL,
            r#"
//- content/agencies/finance.toml
name = "Ministry of Finance"
short_name = "MoF"
#            ^^^^^ not-translated
[mn]
name = "Сангийн яам"
//- content/reports/scorecard.toml
title = "Scorecard"
#       ^^^^^^^^^^^ not-translated
assessor = "civil-society"
action_plan = "2014-2015"
date = "2016"
[[sections]]
title = "Summary"
#       ^^^^^^^^^ not-translated
//- content/action-plans/2012-2014.toml
title = "Earlier plan"
start_date = "2012"
end_date = "2014"
[mn]
title = "Өмнөх төлөвлөгөө"
[[chapters]]
number = "1"
title = "Chapter"
#       ^^^^^^^^^ not-translated
//- content/commitments/2014-2015/1.toml
…
partners = ["A union"]
#           ^^^^^^^^^ not-translated
[mn]
title = "Амлалт"
objective = "Зорилго"
description = "Тайлбар"
[contact]
role = "Head"
#      ^^^^^^ not-translated
[withdrawn]
reason = "The law changed."
#        ^^^^^^^^^^^^^^^^^^ not-translated
[[milestones]]
title = "First step"
#       ^^^^^^^^^^^^ not-translated
[[assessments]]
report = "midterm"
note = "Read on page 3."
#      ^^^^^^^^^^^^^^^^^ not-translated
[[updates]]
date = "2015"
text = "News"
#      ^^^^^^ not-translated
evidence = [{ title = "A letter", url = "https://example.org/a" }]
#                     ^^^^^^^^^^ not-translated
"#,
        ]
        .concat(),
    );
}

#[test]
fn a_publisher_needs_its_translations() {
    let site = Site::new(BILINGUAL)
        .with("site.toml", |text| text.replace("[mn]", "publisher = \"Publisher\"\n[mn]"));
    let diagnostics = site.build().diagnostics;
    assert!(diagnostics.contains("site.toml:5:13: warning[not-translated]"), "{diagnostics}");
}

#[test]
fn a_faulty_default_language_is_one_problem() {
    let site = Site::new(BILINGUAL)
        .with("site.toml", |text| text.replace("language = \"en\"", "language = \"english\""));
    let diagnostics = site.build().diagnostics;
    let errors: Vec<&str> = diagnostics.lines().filter(|line| line.contains(": error")).collect();
    assert_eq!(errors, ["site.toml:3:12: error[not-a-language]: `english` is not a language code"]);
}

#[test]
fn a_key_in_braces_is_not_misplaced() {
    check_site(
        r#"
//- content/commitments/2014-2015/1.toml
title = "Promise"
lead = "finance"
objective = "Objective"
description = 3
#             ^ wrong-type
[[updates]]
date = "2015"
text = "News"
evidence = [{ title = "A", url = "https://example.org/a", description = "D" }]
#                                                         ^^^^^^^^^^^ unknown-key
"#,
    );
}

#[test]
fn a_mistake_in_plural_forms_concerns_the_forms() {
    let messages = std::fs::read_to_string(
        crate::fixture::repository().join("themes/plain/languages/en.toml"),
    );
    let messages = messages.unwrap().replacen("{ one =", "{ name = \"x\", one =", 1);
    let site = Site::new(&format!("//- themes/plain/languages/en.toml\n{messages}"));
    let diagnostics = site.build().diagnostics;
    let errors: Vec<&str> = diagnostics.lines().filter(|line| line.contains(": error")).collect();
    assert_eq!(errors.len(), 1, "{diagnostics}");
    assert!(errors[0].contains("[unknown-key]: this `"), "{diagnostics}");
}

#[test]
fn a_level_needs_evidence_and_results_even_where_other_parts_have_errors() {
    check_site(
        r#"
//- content/commitments/2014-2015/1.toml
…
[[assessments]]
report = "midterm"
level = "limited"
#       ^^^^^^^^^ no-results
evidence = [{ title = "A", url = "example.org" }]
#                                ^^^^^^^^^^^^^ not-an-address
[[assessments]]
report = "nothing"
#        ^^^^^^^^^ unknown-report
level = "limited"
#       ^^^^^^^^^ no-evidence
results = "Results"
"#,
    );
}
