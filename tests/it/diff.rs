//! `milepost diff`: what a reviewer reads about a change.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use proptest::prelude::*;

use crate::disk::milepost;
use crate::fixture::{Site, text};
use crate::random::config;

/// Compares two sites.
fn diff(old: &Site, new: &Site, arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    old.write_to(&folder.path().join("old"));
    new.write_to(&folder.path().join("new"));
    milepost(&[&["diff", "old", "new"], arguments].concat(), folder.path())
}

/// What the comment says about two sites, without the section on pages.
#[track_caller]
fn comment(old: &Site, new: &Site) -> String {
    whole_comment(old, new).split("\n### Pages").next().unwrap().to_owned()
}

#[track_caller]
fn whole_comment(old: &Site, new: &Site) -> String {
    let output = diff(old, new, &[]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    text(&output.stdout)
}

/// Asserts what the comment says about a change of the commitment's file.
#[track_caller]
fn check(old: &str, new: &str, expected: &str) {
    let site =
        |text: &str| Site::new(&format!("\n//- content/commitments/2014-2015/1.toml\n…\n{text}"));
    let comment = comment(&site(old), &site(new));
    let section = comment.split("### Commitments: 1 changed\n\n").nth(1).unwrap_or_default();
    assert_eq!(section, expected, "{comment}");
}

const OLD: &str = r#"
//- site.toml
…
[licence]
title = "CC BY 4.0"
url = "https://creativecommons.org/licenses/by/4.0/"
//- content/agencies/justice.toml
name = "Ministry of Justice"
//- content/agencies/old-office.toml
name = "Office of Records"
//- content/articles/about.md
# About

We publish the progress of the plan twice a year.
//- content/reports/midterm.toml
title = "Midterm report"
assessor = "government"
action_plan = "2014-2015"
date = "2015-08"
//- content/commitments/2014-2015/1.toml
title = "Launch a transparent account system"
lead = "finance"
start_date = "2014"
end_date = "2015"
objective = "Citizens see what the state spends."
description = "Publish every payment above 5 million tugrik within 7 days."
[[milestones]]
title = "Adopt the law"
end_date = "2014-06"
[[indicators]]
id = "offices"
title = "Offices that publish"
unit = "offices"
[[indicators.values]]
date = "2015"
value = 40
[[assessments]]
report = "midterm"
level = "limited"
results = "Some offices publish."
[[updates]]
date = "2015-03"
text = "Half of the offices publish their payments."
//- content/commitments/2014-2015/2.toml
title = "Open the budget"
lead = "finance"
objective = "Objective"
description = "Description"
//- content/commitments/2014-2015/3.toml
title = "Publish contracts"
lead = "finance"
objective = "Objective"
description = "Description"
//- content/commitments/2014-2015/4.toml
title = "Hold hearings"
lead = "finance"
objective = "Objective"
description = "Description"
"#;

/// The site after ten kinds of change, and more.
fn changed() -> Site {
    let replace = |pairs: &'static [(&'static str, &'static str)]| {
        move |text: &str| {
            pairs.iter().fold(text.to_owned(), |text, (from, to)| {
                assert!(text.contains(from), "{from}");
                text.replace(from, to)
            })
        }
    };
    let add = |end: &'static str| move |text: &str| format!("{text}{end}");
    let site = Site::new(&format!(
        "{OLD}//- content/commitments/2014-2015/5.toml\ntitle = \"Consult citizens\"\n\
         lead = \"justice\"\nend_date = \"2016\"\nobjective = \"Objective\"\n\
         description = \"Description\"\n"
    ));
    site.with(
        "content/commitments/2014-2015/1.toml",
        replace(&[
            ("level = \"limited\"", "level = \"completed\""),
            ("end_date = \"2015\"", "end_date = \"2016-06\""),
            ("5 million tugrik within 7", "1 million tugrik within 3"),
            ("lead = \"finance\"", "lead = [\"finance\", \"justice\"]"),
            ("end_date = \"2014-06\"", "end_date = \"2014-09\"\ncompleted_date = \"2014-08\""),
            ("value = 40", "value = 45"),
            ("Half of the", "All"),
            (
                "Some offices publish.\"",
                "Some offices publish.\"\nevidence = [{ title = \"Decree 12\", url = \"https://example.org/decree\" }]",
            ),
        ]),
    )
    .with("content/commitments/2014-2015/2.toml", add("merged_into = \"2014-2015/1\"\n"))
    .with(
        "content/commitments/2014-2015/3.toml",
        add("[withdrawn]\ndate = \"2015-05\"\nreason = \"Another law covers it.\"\n"),
    )
    .without("content/commitments/2014-2015/4.toml")
    .without("content/agencies/old-office.toml")
    .with("content/reports/midterm.toml", replace(&[("2015-08", "2015-09")]))
    .with("content/articles/about.md", replace(&[("twice", "four times")]))
    .with("site.toml", replace(&[("CC BY 4.0", "CC0 1.0"), ("Test site", "Progress portal")]))
}

const TEN_CHANGES: &str = "\
## What changes in the portal

### A correction seems due

- **1 Launch a transparent account system**: Limited → Completed (government, 2015-09 report)
- **1 Launch a transparent account system**: Value of 2015 (indicator “Offices that publish”): 40 → 45
- **Midterm report**: Date: 2015-08 → 2015-09

The portal has published something else before. If that was wrong, add a correction (`[[corrections]]`) to the commitment, so that readers learn of it.

### Numbers in the charts

- **Plan**, according to the government, of 3 commitments (before: 4): Completed 0 → 1, Limited 1 → 0, Not reported 3 → 1, Withdrawn 0 → 1

### Commitments: 3 changed, 1 new, 1 removed

- **1 Launch a transparent account system**
  - Limited → Completed (government, 2015-09 report)
  - Lead agency: Ministry of Finance → Ministry of Finance, Ministry of Justice
  - End date: 2015 → 2016-06
  - Description changes: Publish every payment above ~~5~~ **1** million tugrik within ~~7~~ **3** days.
  - New evidence “Decree 12” (government, 2015-09 report): address `https://example.org/decree`
  - Milestone “Adopt the law”: End date: 2014-06 → 2014-09
  - Milestone “Adopt the law”: Completed date: 2014-08
  - Value of 2015 (indicator “Offices that publish”): 40 → 45
  - Update of 2015-03: Text changes: ~~Half of the~~ **All** offices publish their payments.
- **2 Open the budget**: Merged into “1 Launch a transparent account system”
- **3 Publish contracts**: Withdrawn (2015-05): reason “Another law covers it.”
- New: **5 Consult citizens**
  - Lead agency: Ministry of Justice
  - End date: 2016
- Removed: **4 Hold hearings**

### Reports: 1 changed

- **Midterm report**: Date: 2015-08 → 2015-09

### Agencies: 1 removed

- Removed: **Office of Records**

### Articles: 1 changed

- **About**: Text changes: … publish the progress of the plan ~~twice~~ **four times** a year.

### Settings

- Title changes: ~~Test site~~ **Progress portal**
- Licence: CC BY 4.0 → CC0 1.0

### Pages

- 27 pages changed: level (8), commitment (3), agency (2), list of agencies (1), article (1), assessor (1), changes (1), list of commitments (1), corrections (1), data (1), deadlines (1), home (1), not found (1), plan (1), list of plans (1), report (1), search (1)
- 1 page added: commitment (1)
- 2 pages removed: agency (1), commitment (1)
";

#[test]
fn ten_kinds_of_change_read_as_sentences() {
    let output = diff(&Site::new(OLD), &changed(), &[]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(text(&output.stdout), TEN_CHANGES);
}

// --- single changes

#[test]
fn a_change_that_readers_do_not_see_is_none() {
    let new = Site::new("\n//- content/commitments/2014-2015/1.toml\n# A comment.\n…\n");
    let output = diff(&Site::new(""), &new, &[]);
    assert_eq!(
        text(&output.stdout),
        "## What changes in the portal\n\nNothing that readers see changes.\n"
    );
}

#[test]
fn a_report_that_gives_a_level_changes_the_standing() {
    check(
        "",
        "[[assessments]]\nreport = \"midterm\"\nlevel = \"limited\"\nresults = \"Some.\"\n",
        "- **1 Promise**\n  - The portal shows Limited instead of Not reported\n  \
         - New assessment (government, 2015 report): Limited, results “Some.”\n",
    );
}

#[test]
fn what_a_new_section_contains_is_new_too() {
    let milestone = "[[milestones]]\nid = \"1\"\ntitle = \"Draft\"\n";
    let assessment = "[[assessments]]\nreport = \"midterm\"\nlevel = \"limited\"\nresults = \"Some.\"\n\
                      evidence = [{ title = \"Page\", url = \"https://example.org/page\" }]\n\
                      [[assessments.milestones]]\nid = \"1\"\nlevel = \"completed\"\n";
    check(
        milestone,
        &format!("{milestone}{assessment}"),
        "- **1 Promise**\n  - The portal shows Limited instead of Not reported\n  \
         - New assessment (government, 2015 report): Limited, results “Some.”\n  \
         - Milestone “Draft” (government, 2015 report): Completed\n  \
         - New evidence “Page” (government, 2015 report): address `https://example.org/page`\n",
    );
    let (assessment, level) = assessment.split_once("[[assessments.milestones]]\n").unwrap();
    check(
        &format!("{milestone}{assessment}[[assessments.milestones]]\n{level}"),
        &format!("{milestone}{assessment}"),
        "- **1 Promise**: Removed level of milestone “Draft” (government, 2015 report)\n",
    );
}

#[test]
fn what_a_milestone_with_another_title_says_is_compared() {
    check(
        "[[milestones]]\ntitle = \"Adopt the law\"\nend_date = \"2014\"\n",
        "[[milestones]]\ntitle = \"Adopt the new law\"\nend_date = \"2015\"\n",
        "- **1 Promise**\n  - Milestone “Adopt the new law”: End date: 2014 → 2015\n  \
         - Milestone “Adopt the new law”: Title changes: Adopt the **new** law\n",
    );
}

#[test]
fn levels_of_two_reports_are_not_one_change() {
    let site = |report: &str, level: &str| {
        Site::new(&format!(
            "\n//- content/reports/end.toml\ntitle = \"End\"\nassessor = \"government\"\n\
             action_plan = \"2014-2015\"\ndate = \"2016\"\n\
             //- content/commitments/2014-2015/1.toml\n…\n[[assessments]]\nreport = \"{report}\"\n\
             level = \"{level}\"\n"
        ))
    };
    let comment = comment(&site("midterm", "limited"), &site("end", "completed"));
    assert!(
        comment.contains(
            "- **1 Promise**\n  - The portal shows Completed instead of Limited\n  \
             - Removed assessment (government, 2015 report)\n  \
             - New assessment (government, 2016 report): Completed\n"
        ),
        "{comment}"
    );
}

#[test]
fn evidence_of_an_update_is_named_with_the_update() {
    let update = "[[updates]]\ndate = \"2015-03-01\"\ntext = \"Text\"\n";
    check(
        update,
        &format!("{update}evidence = [{{ title = \"Law\", url = \"https://example.org/law\" }}]\n"),
        "- **1 Promise**: New evidence “Law” (update of 2015-03-01): address `https://example.org/law`\n",
    );
}

#[test]
fn a_deadline_that_moved_says_when_and_why() {
    check(
        "end_date = \"2015\"\n",
        "end_date = \"2016\"\n[[rescheduled]]\ndate = \"2015-06\"\nfrom = \"2015\"\nto = \"2016\"\n\
         reason = \"No money.\"\n",
        "- **1 Promise**\n  - End date: 2015 → 2016\n  \
         - Deadline moved 2015 → 2016: decided 2015-06, reason “No money.”\n",
    );
}

#[test]
fn a_commitment_with_another_number_is_the_same() {
    let new = Site::new(
        "\n//- content/commitments/2014-2015/2.toml\ntitle = \"Promise\"\nlead = \"finance\"\n\
         objective = \"Objective\"\ndescription = \"Description\"\naliases = [\"1\"]\n",
    )
    .without("content/commitments/2014-2015/1.toml");
    let comment = comment(&Site::new(""), &new);
    assert!(
        comment.contains(
            "### Commitments: 1 changed\n\n- **2 Promise** (was `2014-2015/1`): Former addresses: 1\n"
        ),
        "{comment}"
    );
}

// --- corrections

/// Whether a correction seems due.
#[track_caller]
fn is_correction_due(old: &str, new: &str) -> bool {
    let site =
        |text: &str| Site::new(&format!("\n//- content/commitments/2014-2015/1.toml\n…\n{text}"));
    comment(&site(old), &site(new)).contains("### A correction seems due\n\n- **1 Promise**: ")
}

#[test]
fn a_published_fact_that_changes_needs_a_correction() {
    let level =
        |level: &str| format!("[[assessments]]\nreport = \"midterm\"\nlevel = \"{level}\"\n");
    let indicator =
        "[[indicators]]\nid = \"a\"\ntitle = \"A\"\nunit = \"units\"\nbaseline = { value = 1 }\n";
    let value = |date: &str, value: u8| {
        format!("[[indicators.values]]\ndate = \"{date}\"\nvalue = {value}\n")
    };
    let correction = "[[corrections]]\ndate = \"2016\"\ntext = \"It was wrong.\"\n";
    let (limited, completed) = (level("limited"), level("completed"));
    let unreported = "[[assessments]]\nreport = \"midterm\"\nresults = \"Some.\"\n";
    let [one, two] = [1, 2].map(|number| format!("{indicator}{}", value("2015", number)));
    let baseline = one.replace("{ value = 1 }", "{ value = 2 }");
    let more = format!("{one}{}", value("2016", 2));
    for (old, new, is_due) in [
        (&limited, &completed, true),
        (&limited, &String::new(), true),
        (&String::new(), &limited, false),
        (&unreported.to_owned(), &limited, false),
        (&limited, &format!("{completed}{correction}"), false),
        (&format!("{limited}{correction}"), &format!("{completed}{correction}"), true),
        (&one, &two, true),
        (&one, &baseline, true),
        (&one, &more, false),
        (&more, &one, true),
        (&one, &format!("{two}{correction}"), false),
    ] {
        assert_eq!(is_correction_due(old, new), is_due, "{old}\n{new}");
    }
}

#[test]
fn a_report_with_another_date_needs_a_correction_of_a_commitment_that_it_assesses() {
    let site = |date: &str, correction: &str| {
        Site::new(&format!(
            "\n//- content/commitments/2014-2015/1.toml\n…\n[[assessments]]\nreport = \"midterm\"\n\
             level = \"limited\"\n{correction}//- content/reports/midterm.toml\ntitle = \"Midterm report\"\n\
             assessor = \"government\"\naction_plan = \"2014-2015\"\ndate = \"{date}\"\n"
        ))
    };
    let due = "### A correction seems due\n\n- **Midterm report**: Date: 2015-08 → 2015-09\n";
    let (old, new) = (site("2015-08", ""), site("2015-09", ""));
    assert!(comment(&old, &new).contains(due));
    let corrected = site("2015-09", "[[corrections]]\ndate = \"2016\"\ntext = \"It was wrong.\"\n");
    assert!(!comment(&old, &corrected).contains("A correction seems due"));
    let more_precise = comment(&site("2015", ""), &new);
    assert!(more_precise.contains("- **Midterm report**: Date: 2015 → 2015-09\n"));
    assert!(!more_precise.contains("A correction seems due"));
}

// --- errors

#[test]
fn a_new_version_with_errors_is_not_compared() {
    let new = Site::new("\n//- content/commitments/2014-2015/1.toml\n…\nlevel = \"limited\"\n");
    let output = diff(&Site::new(""), &new, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "The new version has 1 error: `milepost check` lists them.\n");
    let output = diff(&Site::new(""), &new, &["--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "{\"new_errors\":1}\n");
}

#[test]
fn an_old_version_with_errors_is_compared_as_far_as_possible() {
    let old = Site::new("\n//- content/commitments/2014-2015/1.toml\n…\nlevel = \"limited\"\n");
    let new = Site::new(
        "\n//- site.toml\ntitle = \"Portal\"\nbase_url = \"https://example.org/\"\nlanguage = \"en\"\n",
    );
    let comment = comment(&old, &new);
    assert!(comment.contains("\nThe old version has 1 error."), "{comment}");
    assert!(comment.contains("Title changes: ~~Test site~~ **Portal**\n"), "{comment}");
    let output = diff(&Site::new("\n//- site.toml\ntitle =\n"), &new, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr).lines().count(), 1);
}

#[test]
fn one_folder_is_no_difference() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let output = milepost(&["diff", "."], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("name two versions: `milepost diff OLD NEW`"));
}

// --- Git

/// Runs Git in a folder.
#[track_caller]
fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"];
    // The configuration of the computer can sign commits or run hooks.
    let nothing = if cfg!(windows) { "NUL" } else { "/dev/null" };
    let mut command = Command::new("git");
    command.current_dir(folder).args(identity).args(arguments);
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", nothing);
    // The tests can run in a hook of another repository.
    let output = command.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE").output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
}

/// A repository with a site in the folder `portal`.
fn repository_of(site: &Site) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["commit", "--quiet", "--allow-empty", "--message=Begin"]);
    site.write_to(&folder.path().join("portal"));
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message=Add the site"]);
    folder
}

#[test]
fn the_old_version_can_come_from_git() {
    let folder = repository_of(&Site::new(""));
    let portal = folder.path().join("portal");
    Site::new("\n//- content/commitments/2014-2015/1.toml\n…\nend_date = \"2015\"\n")
        .write_to(&portal);
    let from_portal = milepost(&["diff", "--git", "main"], &portal);
    assert_eq!(text(&from_portal.stderr), "");
    let comment = text(&from_portal.stdout);
    assert!(
        comment.contains("### Commitments: 1 changed\n\n- **1 Promise**: End date: 2015\n"),
        "{comment}"
    );
    let from_above = milepost(&["diff", "--git", "HEAD", "portal"], folder.path());
    assert_eq!(text(&from_above.stdout), comment);
}

#[test]
fn a_version_from_git_equals_the_same_version_in_a_folder() {
    let folder = repository_of(&Site::rich());
    let output = milepost(&["diff", "--git", "main", "portal"], folder.path());
    assert_eq!(text(&output.stderr), "");
    assert!(
        text(&output.stdout).ends_with("\nNothing that readers see changes.\n"),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn what_git_cannot_do_is_said_in_one_line() {
    let folder = repository_of(&Site::new(""));
    let portal = folder.path().join("portal");
    let outside = tempfile::tempdir().unwrap();
    Site::new("").write_to(outside.path());
    for (arguments, folder, reason) in [
        (
            ["--git", "nowhere"],
            &portal,
            "the Git repository has no revision `nowhere`: name a branch",
        ),
        (["--git", "main~1"], &portal, "there is no `site.toml` in `.` at `main~1`"),
        (["--git", "--exec=x"], &portal, "the Git repository has no revision `--exec=x`"),
        (
            ["--git", "main"],
            &outside.path().to_owned(),
            "`.` is in no Git repository that can be read: not a git",
        ),
    ] {
        let arguments = ["diff", &arguments.join("=")];
        let output = milepost(&arguments, folder);
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        assert!(stderr.contains(reason), "{stderr}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
    let output =
        command.args(["diff", "--git", "main"]).current_dir(&portal).env("PATH", "").output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot run `git`: install it"));
}

// --- a comment that content cannot change

#[test]
fn a_comment_is_short_enough_for_a_code_review_site() {
    let site = |word: &str| {
        let commitments = (1..=60).map(|number| {
            let words = format!("{word}{number} ").repeat(300);
            let milestones = (1..=20).map(|milestone| {
                let title = format!("{milestone} {}", "*".repeat(150));
                format!("[[milestones]]\nid = \"m{milestone}\"\ntitle = \"{title}\"\ndescription = \"{words}\"\n")
            });
            let milestones: String = milestones.collect();
            format!(
                "//- content/commitments/2014-2015/{number}.toml\ntitle = \"Promise\"\nlead = \"finance\"\n\
                 objective = \"Objective\"\ndescription = \"{words}\"\n{milestones}"
            )
        });
        Site::new(&format!(
            "\n//- site.toml\n…\ncards = false\n{}",
            commitments.collect::<String>()
        ))
    };
    let output = diff(&site("a"), &site("b"), &[]);
    let comment = text(&output.stdout);
    assert!(comment.len() < 65_536, "{}", comment.len());
    assert!(comment.contains("\n  - … and 9 more\n"), "{comment}");
    let shown = comment.matches("\n- **").count();
    assert!(shown > 0 && comment.contains(&format!("\n- … and {} more\n", 60 - shown)), "{shown}");
    assert!(comment.ends_with("\n`milepost diff --json` lists everything.\n"));
}

#[test]
fn long_texts_are_compared_quickly_and_cut() {
    let site = |word: &str| {
        let words: String = (0..20_000).map(|number| format!("{word}{number} ")).collect();
        Site::new(&format!("\n//- content/articles/about.md\n# About\n\n{words}\n"))
    };
    let comment = comment(&site("a"), &site("b"));
    let line = comment.lines().find(|line| line.starts_with("- **About**")).unwrap();
    assert!(line.starts_with("- **About**: Text changes: ~~a0 a1 ") && line.len() < 500, "{line}");
}

/// The headings, and the kinds of all other nodes. Inline nodes are in one set.
fn structure(markdown: &str) -> (Vec<String>, Vec<String>, String) {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.footnotes = true;
    extension.math_dollars = true;
    extension.math_code = true;
    extension.alerts = true;
    extension.superscript = true;
    extension.description_lists = true;
    let arena = Arena::new();
    let document = parse_document(&arena, markdown, &options);
    let (mut headings, mut blocks, mut texts) = (Vec::new(), Vec::new(), String::new());
    for node in document.descendants() {
        let value = &node.data.borrow().value;
        match value {
            NodeValue::Heading(_) => {
                let text = node.descendants().filter_map(|node| match &node.data.borrow().value {
                    NodeValue::Text(text) => Some(text.to_string()),
                    _ => None,
                });
                headings.push(text.collect());
            }
            NodeValue::Text(text) => texts.push_str(text),
            NodeValue::Code(_) | NodeValue::Strong | NodeValue::Strikethrough => texts.push(' '),
            NodeValue::Document
            | NodeValue::List(_)
            | NodeValue::Item(_)
            | NodeValue::Paragraph => {
                blocks.push(format!("{:?}", std::mem::discriminant(value)));
            }
            other => panic!("{other:?} in:\n{markdown}"),
        }
    }
    (headings, blocks, texts)
}

/// A site with a title in each place from which the comment takes one.
fn titled(title: &str) -> Site {
    let title = serde_json::to_string(title).unwrap();
    Site::new(&format!(
        "\n//- site.toml\ntitle = {title}\nbase_url = \"https://example.org/\"\nlanguage = \"en\"\n\
         //- content/action-plans/2014-2015.toml\ntitle = {title}\nstart_date = \"2014\"\nend_date = \"2015\"\n\
         //- content/agencies/finance.toml\nname = {title}\n\
         //- content/assessors/office.toml\nname = {title}\nkind = \"audit\"\n\
         //- content/reports/midterm.toml\ntitle = {title}\nassessor = \"office\"\n\
         action_plan = \"2014-2015\"\ndate = \"2015\"\n\
         //- content/commitments/2014-2015/1.toml\ntitle = {title}\nlead = \"finance\"\npartners = [{title}]\n\
         objective = \"Objective\"\ndescription = \"Description\"\n[[milestones]]\nid = \"m\"\ntitle = {title}\n\
         [[assessments]]\nreport = \"midterm\"\nlevel = \"limited\"\n\
         evidence = [{{ title = {title}, url = \"https://example.org/**x**\" }}]\n"
    ))
}

/// The structure of the same comment with titles that have no markup.
static HARMLESS: LazyLock<(Vec<String>, Vec<String>, String)> =
    LazyLock::new(|| structure(&whole_comment(&titled("Title"), &titled("Other"))));

fn hostile_title() -> impl Strategy<Value = String> {
    let fragments = prop::sample::select(vec![
        "@user",
        "#12",
        "GH-12",
        "!12",
        "<b>",
        "<!--",
        "-->",
        "[a](https://evil.example)",
        "![a](b)",
        "[a]: b",
        "[^1]",
        "[x] ",
        "`",
        "```",
        "**",
        "*",
        "_",
        "__",
        "~~",
        "~",
        "|",
        " --- ",
        "# ",
        "> ",
        "- ",
        "1. ",
        "$x$",
        "$$",
        "$`x`$",
        "^a^",
        "\\",
        "&lt;",
        "&#64;",
        "www.evil.example",
        "https://evil.example/",
        "a@evil.example",
        ":smile:",
        "word",
        " ",
        "«",
        "тест",
        "計画",
    ]);
    let end = "[a-z]{1,3}";
    (end, prop::collection::vec(fragments, 1..8), end)
        .prop_map(|(start, middle, end)| format!("{start}{}{end}", middle.concat()))
}

proptest! {
    #![proptest_config(config(25))]

    #[test]
    fn titles_cannot_forge_the_comment(old in hostile_title(), new in hostile_title()) {
        prop_assume!(old.split_whitespace().ne(new.split_whitespace()));
        let hostile = whole_comment(&titled(&old), &titled(&new));
        let (headings, blocks, texts) = structure(&hostile);
        let (expected_headings, expected_blocks, _) = &*HARMLESS;
        prop_assert_eq!(&headings, expected_headings);
        prop_assert_eq!(&blocks, expected_blocks, "{}", hostile);
        for reference in ["@user", "@evil", "#12", "!12", "GH-12", "://", "www."] {
            prop_assert!(!texts.contains(reference), "{}", hostile);
        }
    }
}

// --- JSON

#[test]
fn json_has_the_same_facts() {
    let site =
        |text: &str| Site::new(&format!("\n//- content/commitments/2014-2015/1.toml\n…\n{text}"));
    let level =
        |level: &str| format!("[[assessments]]\nreport = \"midterm\"\nlevel = \"{level}\"\n");
    let output = diff(&site(&level("limited")), &site(&level("completed")), &["--json"]);
    let mut document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(document["pages"]["changed"]["commitment"] == 1);
    document["pages"] = serde_json::Value::Null;
    let counts = |completed: u8, limited: u8| {
        serde_json::json!({
            "completed": completed, "limited": limited, "merged": 0, "no-evidence": 0, "not-reported": 0,
            "not-started": 0, "substantial": 0, "total": 1, "withdrawn": 0,
        })
    };
    let detail = |parts: serde_json::Value, key: &str, needs_correction: bool| {
        serde_json::json!({
            "parts": parts, "change": "changed", "key": key, "language": null,
            "from": "limited", "to": "completed", "needs_correction": needs_correction,
        })
    };
    let assessment = serde_json::json!([
        { "kind": "assessment", "id": "midterm", "title": "government, 2015 report" },
    ]);
    let expected = serde_json::json!({
        "new_errors": 0,
        "old_errors": 0,
        "items": [{
            "kind": "commitment",
            "id": "2014-2015/1",
            "title": "1 Promise",
            "change": "changed",
            "former_id": null,
            "details": [
                detail(serde_json::json!([]), "standing", false),
                detail(assessment, "level", true),
            ],
        }],
        "numbers": [{
            "plan": "2014-2015", "title": "Plan", "assessor": "the government",
            "from": counts(0, 1), "to": counts(1, 0),
        }],
        "pages": null,
    });
    assert_eq!(document, expected);
}
