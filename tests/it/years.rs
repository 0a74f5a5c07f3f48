//! What a portal needs that lives for years: several lead agencies, milestones, deadlines that move,
//! chains of commitments, and agencies that change.

use crate::fixture::{Outcome, Site};

/// Builds a site of which `files` are a part, without errors.
#[track_caller]
fn build(files: &str) -> Outcome {
    let outcome = Site::new(files).build();
    assert!(!outcome.diagnostics.contains("error["), "{}", outcome.diagnostics);
    outcome
}

/// Checks that the main part of a page contains texts, in order, whatever the tags between them.
#[track_caller]
fn assert_shows(outcome: &Outcome, path: &str, texts: &[&str]) {
    let words = words(outcome.main(path));
    let mut rest = words.as_str();
    for text in texts {
        let position = rest.find(text);
        let position = position.unwrap_or_else(|| panic!("{path}: no `{text}` in:\n{rest}"));
        rest = &rest[position + text.len()..];
    }
}

/// The words of a page without its tags, with one space between them.
fn words(html: &str) -> String {
    let texts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text = texts.collect::<Vec<_>>().join(" ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    [" ,", " :", " )"].iter().fold(text, |text, mark| text.replace(mark, mark.trim()))
}

#[test]
fn a_commitment_counts_once_in_the_total_and_once_with_each_lead() {
    let outcome = build(
        r#"
//- content/agencies/justice.toml
name = "Ministry of Justice"
//- content/commitments/2014-2015/1.toml
title = "Promise"
lead = ["finance", "justice"]
objective = "Objective"
description = "Description"
"#,
    );
    let sentence = "1 commitment has several lead agencies and counts with each of them.";
    assert_shows(&outcome, "index.html", &["no level for 1 commitment", sentence]);
    assert_shows(&outcome, "agencies/index.html", &["Ministry of Finance", sentence]);
    for agency in ["finance", "justice"] {
        let path = format!("agencies/{agency}/index.html");
        let names = "Ministry of Finance, Ministry of Justice";
        assert_shows(&outcome, &path, &["All 1", "Promise", names]);
    }
    assert_shows(
        &outcome,
        "commitments/2014-2015/1/index.html",
        &[
            "Lead agencies Ministry of Finance Ministry of Justice",
            "counts once in the total, and once with each of its lead agencies",
        ],
    );
    let csv = outcome.text("data/commitments.csv");
    assert!(csv.contains(",finance,finance; justice,"), "{csv}");
    assert!(outcome.text("data/ogp.csv").contains("Ministry of Finance; Ministry of Justice"));
    let json = outcome.text("data/commitments.json");
    assert!(json.contains(r#""lead":"finance","leads":["finance","justice"]"#), "{json}");
    assert!(outcome.text("search/titles.json").contains(r#"[0,1],null"#));
}

/// A commitment with milestones, whose deadline moved, in two reports.
const STEPS: &str = r#"
//- content/agencies/justice.toml
name = "Ministry of Justice"
//- content/reports/irm.toml
title = "Review"
assessor = "irm"
action_plan = "2014-2015"
date = "2016-05"
//- content/reports/midterm.toml
title = "Midterm report"
assessor = "government"
action_plan = "2014-2015"
date = "2015-06"
//- content/commitments/2014-2015/1.toml
title = "Promise"
lead = "finance"
objective = "Objective"
description = "Description"
end_date = "2015-12"
official_title = "The adopted title"
official_text = "The adopted text"
[[contact]]
name = "First person"
[[contact]]
name = "Second person"
[[milestones]]
id = "1"
title = "Draft the law"
lead = "justice"
end_date = "2014-12"
completed_date = "2015-02"
[[milestones]]
id = "2"
title = "Adopt the law"
end_date = "2015-01"
evidence = [{ title = "The bill", url = "https://example.org/bill", archived = "https://archive.example/bill", accessed = "2015-05-01" }]
[[rescheduled]]
date = "2015-03"
from = "2015-06"
to = "2015-12"
reason = "Parliament was dissolved"
[[assessments]]
report = "midterm"
level = "limited"
results = "Half of it"
challenges = ["approvals", "funding"]
[[assessments.milestones]]
id = "1"
level = "completed"
note = "In force since February"
[[assessments.milestones]]
id = "2"
level = "not-started"
[[assessments]]
report = "irm"
level = "substantial"
results = "Most of it"
[[corrections]]
date = "2015-07-01"
text = "The number was 40, not 400"
"#;

const STEPS_PAGE: &str = "commitments/2014-2015/1/index.html";

#[test]
fn milestones_are_shown_with_what_each_report_says_about_them() {
    let outcome = build(STEPS);
    assert_shows(
        &outcome,
        STEPS_PAGE,
        &[
            "1 of 2 milestones completed (The government, 2015)",
            "Draft the law",
            "Completed: February 2015",
            "Completed The government, 2015 In force since February",
            "Lead agency: Ministry of Justice",
            "Adopt the law",
            "Not started The government, 2015",
            "Due January 2015; not completed at least 4 months later (The government, 2015)",
            "The bill",
            "archived copy https://archive.example/bill seen on 1 May 2015",
        ],
    );
    assert!(outcome.main(STEPS_PAGE).contains(r#"<li id="milestone-2">"#));
    let plan = "1 of 2 milestones completed. Source: The government";
    assert_shows(&outcome, "plans/2014-2015/index.html", &[plan]);
    assert_shows(&outcome, "reports/midterm/index.html", &["Milestones Draft the law", "In force"]);
    let csv = outcome.text("data/milestone_levels.csv");
    assert!(csv.contains("2014-2015,1,1,midterm,government,2015-06,completed,In force"), "{csv}");
    let csv = outcome.text("data/milestones.csv");
    assert!(csv.contains("2014-2015,1,1,Draft the law,justice,,2014-12,2015-02,"), "{csv}");
    let feed = outcome.text("feed.xml");
    assert!(
        feed.contains("<title>1 Promise: milestone completed: Draft the law</title>"),
        "{feed}"
    );
    assert!(feed.contains("commitments/2014-2015/1/#milestone-1</id>"), "{feed}");
}

#[test]
fn an_item_is_late_if_a_report_after_its_due_date_does_not_mark_it_as_completed() {
    let outcome = build(STEPS);
    let late = "Due December 2015; not completed at least 4 months later (Independent";
    assert_shows(&outcome, STEPS_PAGE, &[late]);
    assert_shows(&outcome, "commitments/index.html", &["Promise", late]);
    assert_shows(
        &outcome,
        "deadlines/index.html",
        &["Late Plan Ministry of Finance 1 Promise", late, "Milestone: Adopt the law", "moved"],
    );
    // The milestone that was completed after its due date, but before the report, is not late.
    assert!(!words(outcome.main("deadlines/index.html")).contains("Draft the law"));
    let csv = outcome.text("data/commitments.csv");
    assert!(csv.contains(",limited,irm,"), "{csv}");
    // A year or month that includes the report's date is not certainly before it.
    for (end_date, level, more) in [
        ("2016", "substantial", ""),
        ("2016-05", "substantial", ""),
        ("2015-12", "completed", ""),
        ("2015-12", "substantial", "[withdrawn]\nreason = \"Dropped\"\n"),
    ] {
        let site = STEPS
            .replace("2015-12\"", &format!("{end_date}\""))
            .replace("level = \"substantial\"", &format!("level = \"{level}\""));
        let outcome = build(&(site + more));
        let csv = outcome.text("data/commitments.csv");
        assert!(!csv.contains(",irm,"), "{end_date} {level} {more}: {csv}");
    }
}

#[test]
fn a_moved_deadline_is_shown_with_the_first_one() {
    let outcome = build(STEPS);
    assert_shows(
        &outcome,
        STEPS_PAGE,
        &[
            "Due: December 2015, originally June 2015",
            "Deadlines that moved June 2015",
            "December 2015 (decided March 2015) Parliament was dissolved",
        ],
    );
    assert_shows(&outcome, "deadlines/index.html", &["moved", "Promise", "Parliament"]);
    assert_shows(&outcome, "changes/index.html", &["March 2015 Deadline moved", "June 2015"]);
    assert!(
        outcome.text("feed.xml").contains("1 Promise: due December 2015, before that June 2015")
    );
    let csv = outcome.text("data/rescheduled.csv");
    assert!(csv.contains("2014-2015,1,2015-03,2015-06,2015-12,Parliament was dissolved"), "{csv}");
}

#[test]
fn corrections_challenges_contacts_and_the_official_wording_are_shown() {
    let outcome = build(STEPS);
    assert_shows(
        &outcome,
        STEPS_PAGE,
        &[
            "The wording of the adopted plan The adopted title The adopted text",
            "Obstacles: approvals, funding",
            "Corrections 1 July 2015 The number was 40, not 400",
            "First person",
            "Second person",
        ],
    );
    assert_shows(
        &outcome,
        "corrections/index.html",
        &["Ministry of Finance", "Promise", "40, not"],
    );
    assert_shows(&outcome, "changes/index.html", &["1 July 2015 Correction", "40, not 400"]);
    assert!(outcome.text("feed.xml").contains("<title>1 Promise: correction</title>"));
    assert!(outcome.text("search/words.json").contains("adopted"));
    let csv = outcome.text("data/assessments.csv");
    assert!(csv.contains("approvals; funding"), "{csv}");
    assert!(outcome.text("data/commitments.csv").contains("Promise,The adopted title,"));
}

#[test]
fn a_merged_commitment_is_not_counted_and_leads_to_the_other() {
    let files = r#"
//- content/commitments/2014-2015/1.toml
title = "Small promise"
lead = "finance"
objective = "Objective"
description = "Description"
merged_into = "2014-2015/2"
//- content/commitments/2014-2015/2.toml
title = "Large promise"
lead = "finance"
objective = "Objective"
description = "Description"
"#;
    let outcome = build(files);
    assert_shows(&outcome, "index.html", &["no level for 1 commitment"]);
    assert_shows(&outcome, "plans/2014-2015/index.html", &["All 1", "Small promise Merged"]);
    let page = "commitments/2014-2015/1/index.html";
    assert_shows(&outcome, page, &["Merged", "Included in: 2 Large promise"]);
    assert!(!words(outcome.main(page)).contains("dropped"));
    assert_shows(&outcome, "commitments/2014-2015/2/index.html", &["Includes 1 Small promise"]);
    assert_shows(&outcome, "levels/merged/index.html", &["1 commitment of this plan was merged"]);
}

#[test]
fn a_commitment_can_continue_several_earlier_ones() {
    let outcome = build(
        r#"
//- content/action-plans/2012-2013.toml
title = "Earlier plan"
start_date = "2012"
end_date = "2013"
//- content/commitments/2012-2013/7.toml
title = "Seventh"
lead = "finance"
objective = "Objective"
description = "Description"
//- content/commitments/2012-2013/9.toml
title = "Ninth"
lead = "finance"
objective = "Objective"
description = "Description"
//- content/commitments/2014-2015/1.toml
…
carried_from = ["2012-2013/7", "2012-2013/9"]
"#,
    );
    let both = ["Continues Earlier plan, 7 Seventh Earlier plan, 9 Ninth"];
    assert_shows(&outcome, "commitments/2014-2015/1/index.html", &both);
    for number in ["7", "9"] {
        let page = format!("commitments/2012-2013/{number}/index.html");
        assert_shows(&outcome, &page, &["Continued by"]);
    }
}

#[test]
fn a_draft_is_checked_but_not_published() {
    let draft = "\n//- content/commitments/2014-2015/2.toml\ntitle = \"Secret promise\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\ndraft = true\n";
    let outcome = build(draft);
    for (path, text) in &outcome.files {
        let text = String::from_utf8_lossy(text);
        assert!(!text.contains("Secret promise"), "{path}");
        assert!(!path.contains("2014-2015/2/"), "{path}");
    }
    let wrong = Site::new(&draft.replace("finance", "nobody")).build();
    assert!(wrong.diagnostics.contains("unknown-agency"), "{}", wrong.diagnostics);
    let link = "\n//- content/commitments/2014-2015/1.toml\n…\nrelevance = \"[See](/commitments/2014-2015/2/)\"\n";
    let linked = Site::new(&format!("{draft}{link}")).build();
    assert!(linked.diagnostics.contains("is a draft"), "{}", linked.diagnostics);
}

/// A plan in which a ministry was renamed and another split, with assessors of their own.
const CHANGES: &str = r#"
//- site.toml
…
headline = "watch"
//- content/assessors/watch.toml
name = "Transparency Watch"
kind = "civil-society"
website = "https://watch.example"
//- content/assessors/audit.toml
name = "Audit Office"
kind = "audit"
//- content/agencies/finance.toml
name = "Ministry of Finance"
former_names = [{ name = "Ministry of Money", until = "2015-12" }]
//- content/agencies/economy.toml
name = "Ministry of Economy"
until = "2015-06"
[[became]]
agency = "finance"
date = "2015-07"
kind = "merged"
//- content/reports/midterm.toml
title = "First scorecard"
assessor = "watch"
kind = "scorecard"
action_plan = "2014-2015"
date = "2015-03"
//- content/reports/second.toml
title = "Second scorecard"
assessor = "watch"
kind = "scorecard"
action_plan = "2014-2015"
date = "2016-03"
//- content/reports/audit.toml
title = "Audit"
assessor = "audit"
kind = "results"
action_plan = "2014-2015"
date = "2016-02"
//- content/commitments/2014-2015/1.toml
…
supporting = ["economy"]
policy_areas = ["open-contracting", "tax"]
[[assessments]]
report = "midterm"
level = "limited"
results = "Some"
[[assessments]]
report = "second"
level = "substantial"
results = "More"
[[assessments]]
report = "audit"
level = "limited"
results = "Less"
"#;

#[test]
fn an_assessor_with_a_file_has_a_page_a_track_and_may_be_the_headline() {
    let outcome = build(CHANGES);
    let home = ["Transparency Watch says (2016): 0 of 1 commitment completed"];
    assert_shows(&outcome, "index.html", &home);
    assert_shows(
        &outcome,
        "commitments/2014-2015/1/index.html",
        &[
            "Substantial",
            "Transparency Watch",
            "Limited",
            "Audit Office",
            "Transparency Watch · First",
        ],
    );
    assert_shows(
        &outcome,
        "assessors/watch/index.html",
        &[
            "Civil-society organisation Transparency Watch Website: https://watch.example/",
            "Second scorecard · March 2016 Plan Transparency Watch says (2016)",
            "First scorecard · March 2015",
        ],
    );
    assert_shows(
        &outcome,
        "reports/audit/index.html",
        &["Results report Audit", "Assessed by Audit Office Date of the report Feb"],
    );
    let csv = outcome.text("data/assessments.csv");
    assert!(csv.contains("audit,audit,audit,results,2016-02,limited"), "{csv}");
    assert!(!outcome.files.contains_key("assessors/irm/index.html"));
}

#[test]
fn agencies_lead_to_their_successors_and_reports_use_the_names_of_their_time() {
    let outcome = build(CHANGES);
    assert_shows(
        &outcome,
        "agencies/economy/index.html",
        &["existed until June 2015", "Its work went to Ministry of Finance (merged, July 2015)"],
    );
    assert_shows(
        &outcome,
        "agencies/finance/index.html",
        &[
            "Former names Ministry of Money (until December 2015)",
            "Took over the work of Ministry of Economy (merged, July 2015)",
        ],
    );
    assert_shows(
        &outcome,
        "reports/midterm/index.html",
        &["Lead implementing agency Ministry of Money"],
    );
    assert_shows(
        &outcome,
        "reports/second/index.html",
        &["Lead implementing agency Ministry of Finance"],
    );
    assert!(outcome.text("search/titles.json").contains(" ministri of monei"));
}

#[test]
fn policy_areas_have_names_pages_and_a_filter() {
    let outcome = build(CHANGES);
    assert_shows(
        &outcome,
        "commitments/2014-2015/1/index.html",
        &["Policy areas: Open contracting, Tax"],
    );
    let page = "policy-areas/tax/index.html";
    assert_shows(&outcome, page, &["Policy area Tax", "Promise", "Other policy areas Open contr"]);
    assert!(outcome.main("commitments/index.html").contains(r#"<option value="tax">Tax</option>"#));
    assert!(outcome.text("search/titles.json").contains(r#""areas":["open-contracting","tax"]"#));
    assert!(!outcome.files.contains_key("policy-areas/audits/index.html"));
}

#[test]
fn no_page_shows_the_id_of_a_term() {
    let outcome = build(&(STEPS.to_owned() + "").replace(
        "official_title",
        "values = [\"civic-participation\"]\npolicy_areas = [\"open-contracting\"]\nofficial_title",
    ));
    for path in
        outcome.files.keys().filter(|path| path.ends_with(".html") && *path != "data/index.html")
    {
        let words = words(outcome.main(path));
        for id in ["civic-participation", "open-contracting", "not-started"] {
            assert!(!words.contains(id), "{path}: {id}");
        }
    }
}

#[test]
fn the_files_of_the_root_are_published_at_the_root() {
    let outcome = build(
        "\n//- content/root/CNAME\nportal.example\n//- content/root/.well-known/security.txt\nContact: x\n",
    );
    for file in ["CNAME", ".well-known/security.txt"] {
        assert!(outcome.files.contains_key(file), "{file}");
    }
    for file in ["index.html", "script.js", "robots.txt"] {
        let site = Site::new(&format!("\n//- content/root/{file}\nx\n")).build();
        assert!(site.diagnostics.contains("error["), "{file}: {}", site.diagnostics);
    }
}

#[test]
fn an_indicator_is_shown_with_its_numbers_and_what_is_missing() {
    let outcome = build(
        r#"
//- content/commitments/2014-2015/1.toml
…
[[indicators]]
id = "machines"
title = "Machines"
unit = "machines"
source = "The register"
baseline = { value = 20, date = "2013" }
target = { value = 230.5, date = "2015" }
[[indicators.values]]
date = "2015"
value = 1_08
report = "midterm"
note = "Our sum"
"#,
    );
    assert_shows(
        &outcome,
        "commitments/2014-2015/1/index.html",
        &[
            "Numbers Machines (machines)",
            "At the start, 2013 20",
            "2015 108 The government · Midterm report",
            "Our sum",
            "Target 2015 230.5",
            "122.5 more needed to reach the target (machines).",
            "The register",
        ],
    );
    let csv = outcome.text("data/indicators.csv");
    for row in
        ["machines,baseline,2013,20,", "machines,value,2015,108,midterm", "target,2015,230.5,"]
    {
        assert!(csv.contains(row), "{row}: {csv}");
    }
    let example = crate::fixture::example();
    assert_shows(
        example,
        "commitments/2014-2015/3.3.2.5/index.html",
        &["Public service online machines", "108", "230", "122 more needed"],
    );
    for (value, problem) in [
        ("date = \"2016\"\nvalue = 1\nreport = \"midterm\"", "implausible-date"),
        ("date = \"2015\"\nvalue = \"1\"", "wrong-type"),
        ("date = \"2015\"\nvalue = 1.23456", "out-of-range"),
    ] {
        let site = format!(
            "\n//- content/commitments/2014-2015/1.toml\n…\n[[indicators]]\nid = \"a\"\ntitle = \"A\"\nunit = \"a\"\n[[indicators.values]]\n{value}\n"
        );
        let diagnostics = Site::new(&site).build().diagnostics;
        assert!(diagnostics.contains(problem), "{value}: {diagnostics}");
    }
}

#[test]
fn ogps_codes_are_shown_in_words_and_only_irm_reports_have_them() {
    let codes = "[assessments.irm]\nverifiable = true\nspecificity = \"high\"\nrelevance = [\"technology\"]\npotential_impact = \"transformative\"\ndid_it_open_government = \"did-not-change\"\n";
    let site = |report: &str| {
        format!(
            "\n//- content/reports/irm.toml\ntitle = \"Review\"\nassessor = \"irm\"\naction_plan = \"2014-2015\"\ndate = \"2016\"\n//- content/commitments/2014-2015/1.toml\n…\n[[assessments]]\nreport = \"{report}\"\nlevel = \"limited\"\n{codes}"
        )
    };
    let outcome = build(&site("irm"));
    assert_shows(
        &outcome,
        "commitments/2014-2015/1/index.html",
        &[
            "OGP’s codes for this report",
            "Can its completion be verified? yes",
            "How specific it is high",
            "Relevant to technology and innovation",
            "Potential impact transformative",
            "Did it open government? it did not change",
        ],
    );
    let wrong = Site::new(&site("midterm")).build().diagnostics;
    assert!(wrong.contains("wrong-report"), "{wrong}");
}

/// A problem that each of these changes to a site must cause.
#[track_caller]
fn assert_reports(files: &str, message: &str) {
    let diagnostics = Site::new(files).build().diagnostics;
    let words = diagnostics.split(|letter: char| letter.is_whitespace() || letter == '│');
    let text = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    assert!(text.contains(message), "no `{message}` in:\n{diagnostics}");
}

#[test]
fn a_report_is_judged_by_the_deadline_of_its_time() {
    // The midterm report is of June 2015.
    let site = |decided: &str, level: &str| {
        format!(
            "\n//- content/commitments/2014-2015/1.toml\n…\nend_date = \"2015-12\"\n[[rescheduled]]\ndate = \"{decided}\"\nfrom = \"2014-12\"\nto = \"2015-12\"\n[[assessments]]\nreport = \"midterm\"\n{level}\n"
        )
    };
    let report = "\n//- content/reports/midterm.toml\ntitle = \"Midterm\"\nassessor = \"government\"\naction_plan = \"2014-2015\"\ndate = \"2015-06\"\n";
    let is_late = |decided, level| {
        let outcome = build(&format!("{report}{}", site(decided, level)));
        words(outcome.main("commitments/2014-2015/1/index.html")).contains("not completed at least")
    };
    assert!(is_late("2015-09", "level = \"limited\""));
    assert!(!is_late("2015-03", "level = \"limited\""));
    // A report without a level does not say that something is not completed.
    assert!(!is_late("2015-09", ""));
}

#[test]
fn a_late_milestone_is_listed_with_the_agency_that_leads_it() {
    let outcome =
        build(&STEPS.replace("id = \"2\"\ntitle", "id = \"2\"\nlead = \"justice\"\ntitle"));
    let texts = ["Ministry of Finance", "Ministry of Justice 1 Promise Milestone: Adopt", "moved"];
    assert_shows(&outcome, "deadlines/index.html", &texts);
}

#[test]
fn challenges_are_obstacles() {
    let assessment = "\n//- content/commitments/2014-2015/1.toml\n…\n[[assessments]]\nreport = \"midterm\"\nlevel = \"limited\"\nresults = \"Some\"\nnext_steps = \"More\"\n";
    let page = "commitments/2014-2015/1/index.html";
    assert_shows(&build(assessment), page, &["Not in the report: remaining work"]);
    let outcome = build(&format!("{assessment}challenges = [\"funding\"]\n"));
    assert!(!words(outcome.main(page)).contains("Not in the report"));
}

#[test]
fn a_published_commitment_does_not_refer_to_a_draft() {
    let earlier = "\n//- content/action-plans/2012-2013.toml\ntitle = \"Earlier\"\nstart_date = \"2012\"\nend_date = \"2013\"\n//- content/commitments/2012-2013/7.toml\ntitle = \"Seventh\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n";
    for (more, key, message) in [
        ("draft = true", "carried_from", "`2012-2013/7` is a draft"),
        ("draft = true", "merged_into", "`2012-2013/7` is a draft"),
        ("[withdrawn]", "merged_into", "`2012-2013/7` is withdrawn"),
    ] {
        let one =
            format!("\n//- content/commitments/2014-2015/1.toml\n…\n{key} = \"2012-2013/7\"\n");
        assert_reports(&format!("{earlier}{more}\n{one}"), message);
    }
}

#[test]
fn contradictions_are_reported() {
    let commitment = "\n//- content/commitments/2014-2015/1.toml\n…\n";
    let moved = |from: &str, to: &str| {
        format!(
            "{commitment}end_date = \"{to}\"\n[[rescheduled]]\ndate = \"2014-06\"\nfrom = \"{from}\"\nto = \"{to}\"\n"
        )
    };
    assert_reports(&moved("2015", "2015"), "`to` is the same date as `from`");
    assert_reports(&moved("2015", "2014"), "`2014` is before the deadline that moved: 2015");
    for text in [
        "[[corrections]]\ndate = \"2099-01-01\"\ntext = \"Wrong\"\n",
        "[[indicators]]\nid = \"a\"\ntitle = \"A\"\nunit = \"a\"\n[[indicators.values]]\ndate = \"2099-01-01\"\nvalue = 1\n",
        "[[milestones]]\ntitle = \"A\"\nevidence = [{ title = \"A\", url = \"https://example.org/a\", accessed = \"2099-01-01\" }]\n",
    ] {
        assert_reports(&format!("{commitment}{text}"), "`2099-01-01` is in the future");
    }
    let agency = |text: &str| {
        format!("\n//- content/agencies/finance.toml\nname = \"Ministry of Finance\"\n{text}\n")
    };
    let became = "[[became]]\nagency = \"finance\"\ndate = \"2015\"\n";
    let justice = format!(
        "{}//- content/agencies/justice.toml\nname = \"Justice\"\n{became}",
        agency(&became.replace("finance", "justice"))
    );
    assert_reports(&agency(became), "`finance` leads back to this agency");
    assert_reports(&justice, "`justice` leads back to this agency");
    assert_reports(&agency("from = \"2015\"\nuntil = \"2014\""), "`until` is before `from`");
    let former = "former_names = [{ name = \"Ministry of finance\", until = \"2012\" }]";
    assert_reports(&agency(former), "this former name is also the present name");
}

#[test]
fn the_id_that_is_advised_for_a_milestone_counts_as_known() {
    let site = Site::new(
        r#"
//- content/commitments/2014-2015/1.toml
…
[[milestones]]
id = "1"
title = "One"
[[milestones]]
id = "1"
title = "Two"
[[milestones]]
id = "1"
title = "Three"
[[assessments]]
report = "midterm"
level = "limited"
[[assessments.milestones]]
id = "2"
level = "limited"
"#,
    );
    let problems = site.diagnostics().0;
    let problems = problems.iter().filter(|problem| problem.message.contains("milestone"));
    let helps: Vec<&str> = problems.map(|problem| problem.help.as_deref().unwrap()).collect();
    assert_eq!(
        helps,
        ["give this one another id, such as `2`", "give this one another id, such as `3`"]
    );
}
