//! OGP's own forms become files of content, and the table of OGP comes back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use milepost::testing::{
    Import, ImportError, Sources, Target, check_import, short, table, template,
};

use crate::disk::{files, milepost, site_of};
use crate::fixture::{Site, build_options, compare_with_file, repository, text};

static SEED: LazyLock<String> = LazyLock::new(|| fixture("completion-template.txt"));
static SAMPLE: LazyLock<String> = LazyLock::new(|| fixture("ogp-sample.csv"));

fn fixture(name: &str) -> String {
    fs::read_to_string(repository().join("tests/import").join(name)).unwrap()
}

const TARGET: Target<'static> =
    Target { plan: "2014-2015", report: "2015-midterm-self-assessment" };

/// The example site before its commitments: its plan, its agencies and the report.
fn site_before_the_report() -> Site {
    let mut files: String = Site::example()
        .files()
        .iter()
        .filter(|(path, _)| ["action-plans/", "agencies/"].iter().any(|part| path.contains(part)))
        .map(|(path, text)| format!("\n//- {path}\n{text}"))
        .collect();
    files.push_str("\n//- site.toml\n…\nlanguages = [\"en\", \"mn\"]\n");
    files.push_str("\n//- content/reports/2015-midterm-self-assessment.toml\ntitle = \"Report\"\n");
    files.push_str("assessor = \"government\"\naction_plan = \"2014-2015\"\ndate = \"2015\"\n");
    let site = Site::new(&files).without("content/commitments/2014-2015/1.toml");
    site.without("content/agencies/finance.toml").without("content/reports/midterm.toml")
}

/// The files of an import by path. They have no errors.
#[track_caller]
fn imported(
    outcome: Result<Import, ImportError>,
    site: &Site,
) -> (BTreeMap<String, String>, Vec<String>) {
    let import = match outcome {
        Ok(import) => import,
        Err(error) => panic!("{}", in_words(error)),
    };
    let sources = site.sources();
    let (all, problems) = check_import(&sources, &import.files, &build_options())
        .unwrap_or_else(|refusal| panic!("{refusal}"));
    let errors: Vec<_> =
        problems.into_sorted(&all).into_iter().filter(|problem| problem.is_error()).collect();
    assert_eq!(short(&errors, &all), "");
    let files = import.files.into_iter().map(|(_, file)| (file.path, file.text)).collect();
    (files, import.doubts.iter().map(ToString::to_string).collect())
}

fn in_words(error: ImportError) -> String {
    match error {
        ImportError::Refused(refusal) => refusal.to_string(),
        ImportError::Problems(problems) => {
            problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }
    }
}

#[track_caller]
fn refused(outcome: Result<Import, ImportError>) -> String {
    in_words(outcome.map(|import| import.doubts).expect_err("it is imported"))
}

fn toml(text: &str) -> toml::Table {
    text.parse().unwrap()
}

#[test]
fn the_report_of_the_example_becomes_its_commitments() {
    let site = site_before_the_report();
    let (files, doubts) = imported(template(&SEED, TARGET, &site.sources()), &site);
    let example = Site::example();
    let is_commitment = |path: &&String| path.starts_with("content/commitments/");
    let expected: Vec<&String> = example.files().keys().filter(is_commitment).collect();
    assert_eq!(expected.len(), 21);
    assert_eq!(files.keys().collect::<Vec<_>>(), expected);
    for (path, text) in &files {
        let (found, expected) = (toml(text), toml(&example.files()[path]));
        for key in ["chapter", "lead", "supporting", "end_date"] {
            assert_eq!(found.get(key), expected.get(key), "{path}: {key}");
        }
        let has_partners = |file: &toml::Table| file.contains_key("partners");
        assert_eq!(has_partners(&found), has_partners(&expected), "{path}");
        let said = |file: &toml::Table| {
            let all = file["assessments"].as_array().unwrap().clone();
            let is_this = |said: &toml::Value| said["report"].as_str() == Some(TARGET.report);
            all.into_iter().find(is_this).unwrap()
        };
        let (found, expected) = (said(&found), said(&expected));
        assert_eq!(found.get("level"), expected.get("level"), "{path}");
        for key in ["results", "next_steps", "additional_information"] {
            assert_eq!(found.get(key).is_some(), expected.get(key).is_some(), "{path}: {key}");
        }
    }
    let all: String = files.values().map(String::as_str).collect();
    for private in ["yahoo", "phone", "аа", "had an effect", "OGP Mongolia"] {
        assert!(!all.contains(private), "{private}");
    }
    let list = repository().join("tests/import/completion-template.doubts.txt");
    assert_eq!(compare_with_file(&list, &(doubts.join("\n") + "\n")), None);
}

/// A commitment in the template, with the line of the mark and the result.
fn commitment(mark: &str, results: &str) -> String {
    format!(
        "Cover\n\nCommitment Completion Template \n\n7.2. Open the\nbudget. \n\nLead implementing agency \
         Ministry of Finance; Audit Office\nName of responsible person from \nimplementing agency A. B, a \
         head\nTitle, Department Unit\nEmail a b\nPhone -\nOther \nactors \ninvolved \nGovernment -\nCSOs, \
         private \nsector, working \ngroups, \nmultilaterals \n-\nMain Objective A *star* and\n<b>\n\nBrief \
         Description of \nCommitment \n(140 character limit) \nBrief\nRelevance \nBriefly describe -\nAmbition \
         \nBriefly describe\nCompletion level \nNot \n\nstarted \nLimited  Substantia\nl \nComplete\nd \n\n\
         {mark}\nDescriptions of the results \nInclude specific activities within the\n{results}\nEnd date III \
         quarter of 2021\nNext steps 1. One\n2. Two\nAdditional information -\n"
    )
}

/// A site with a report of the plan, for [`commitment`].
fn small_site() -> Site {
    Site::new("")
}

const SMALL_TARGET: Target<'static> = Target { plan: "2014-2015", report: "midterm" };

#[test]
fn each_field_of_the_template_has_its_place() {
    let site = small_site();
    let text = commitment("   x", "First line\ngoes on.\n\n- Item\n- Other 'item'''\n");
    let (files, doubts) = imported(template(&text, SMALL_TARGET, &site.sources()), &site);
    assert_eq!(
        files["content/commitments/2014-2015/7.2.toml"],
        "title = \"Open the budget\"\nlead = [\"finance\", \"audit-office\"]\nend_date = \"2021-09\"\n\
         objective = '''A \\*star\\* and \\<b>'''\ndescription = '''Brief'''\n\n[contact]\nname = \"A. B\"\n\
         role = \"a head\"\ndepartment = \"Unit\"\n\n[[assessments]]\nreport = \"midterm\"\nlevel = \"limited\"\n\
         results = \"First line goes on.\\n\\n- Item\\n- Other 'item'''\"\nnext_steps = '''1. One\n2. Two'''\n"
    );
    assert_eq!(files["content/agencies/audit-office.toml"], "name = \"Audit Office\"\n");
    assert_eq!(files.len(), 2);
    assert_eq!(
        doubts,
        [
            "the beginning: 1 line before the first commitment: nothing of it is imported",
            "commitment 7.2, `Lead implementing agency`: the text is read as 2 names: `Ministry of Finance` \
             and `Audit Office`",
            "commitment 7.2, `Lead implementing agency`: the site has no agency `Audit Office`: its file is \
             new, `content/agencies/audit-office.toml`; if it is another name of one that the site has, add \
             it to the `aliases` of that one, and start again",
            "commitment 7.2, `End date`: `III quarter of 2021` is a quarter: `end_date` is `2021-09`",
            "commitment 7.2, `Email`: `a b` is not an email address: it is left out",
        ]
    );
}

#[test]
fn the_place_of_the_mark_is_the_level() {
    let site = small_site();
    for (mark, expected) in [
        ("x", "not-started"),
        (" x  ", "not-started"),
        ("  +", "limited"),
        ("   x", "limited"),
        ("    x", "substantial"),
        ("     +", "substantial"),
        ("      +", "completed"),
        ("       x", "completed"),
        ("        x", "`x` stands beside the columns: `level` is left out"),
        ("", "there is no mark: the commitment is *not reported*"),
        ("  y", "there is no mark: the commitment is *not reported*"),
        (" x\n    x", "there are several marks: `level` is left out"),
    ] {
        let text = commitment(mark, "-");
        let (files, doubts) = imported(template(&text, SMALL_TARGET, &site.sources()), &site);
        let file = toml(&files["content/commitments/2014-2015/7.2.toml"]);
        let level = file["assessments"][0].get("level").map(|level| level.as_str().unwrap());
        let doubt = doubts.iter().find_map(|doubt| doubt.split_once("`Completion level`: "));
        assert_eq!(level.or(doubt.map(|(_, doubt)| doubt)), Some(expected), "{mark:?}");
    }
}

#[test]
fn a_remark_is_not_published() {
    let site = small_site();
    for remark in ["(Энэ юу вэ?)", "Please call, Anna аа", "?"] {
        let text = commitment("x", remark);
        let (files, doubts) = imported(template(&text, SMALL_TARGET, &site.sources()), &site);
        assert!(!files["content/commitments/2014-2015/7.2.toml"].contains("results"));
        let expected = format!(
            "commitment 7.2, `Descriptions of the results`: `{remark}` is not text of the report: it is left out"
        );
        assert!(doubts.contains(&expected), "{doubts:?}");
    }
}

#[test]
fn a_text_that_is_not_in_the_template_is_refused() {
    let sources = small_site().sources();
    let refusal = |text: &str, target| refused(template(text, target, &sources));
    assert_eq!(
        refusal("Report", SMALL_TARGET),
        "the text has no line `Commitment Completion Template`: Milepost reads OGP's template only"
    );
    let text = commitment("x", "-");
    assert_eq!(
        refusal(&text, Target { plan: "2014-2016", ..SMALL_TARGET }),
        "there is no action plan `2014-2016`: did you mean `2014-2015`?"
    );
    assert_eq!(
        refusal(&text, Target { report: "scorecard", ..SMALL_TARGET }),
        "there is no report `scorecard`: create it with `milepost new report scorecard`"
    );
    assert_eq!(
        refusal(&text.replace("7.2.", "1."), SMALL_TARGET),
        "`content/commitments/2014-2015/1.toml` already exists: nothing was written; to start anew, move it \
         elsewhere first"
    );
    let broken = text.replace("Main Objective", "Objective").replace("End date", "Date") + &text;
    assert_eq!(
        refusal(&broken, SMALL_TARGET),
        "commitment 7.2: there is no label `Main Objective` in a line of its own\n\
         commitment 7.2: there is no label `End date` in a line of its own\n\
         commitment 7.2: the report has the commitment `7.2` twice"
    );
    assert_eq!(
        refusal(&text.replace("7.2.", ""), SMALL_TARGET),
        "Commitment Completion Template: `Open the budget.` does not begin with the number of a commitment"
    );
    let other = Site::new(
        "\n//- content/action-plans/other.toml\ntitle = \"Other\"\nstart_date = \"2016\"\nend_date = \"2017\"\n",
    );
    assert_eq!(
        refused(template(&text, Target { plan: "other", ..SMALL_TARGET }, &other.sources())),
        "the report `midterm` is not about the action plan `other`"
    );
}

/// OGP's table with the row of the sample in line 2, changed in some columns: one row for each change.
fn table_of(changes: &[&[(&str, &str)]]) -> String {
    let mut reader = csv::Reader::from_reader(SAMPLE.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for changes in changes {
        let cell = |(name, cell): (&str, &str)| {
            let change = changes.iter().find(|(column, _)| *column == name);
            change.map_or(cell, |(_, change)| change).to_owned()
        };
        writer.write_record(header.iter().zip(&row).map(cell)).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn a_row_of_the_table_becomes_files() {
    let site = small_site();
    let text = table_of(&[&[
        ("Short Title", "Budget"),
        ("Full Text", "It's \"the\" <text>\r\n• of '''all'''"),
        ("Lead Institution", "ministry of finance\nAudit Office"),
        ("Supporting Institution(s)", "Audit office; CSO"),
        ("Start Date", "July 2012"),
        ("Completion (End Of Term)", "Unclear"),
        ("Report Publication Year (End Of Term)", "2015"),
    ]]);
    let (files, doubts) = imported(table(&text, "xaa", &site.sources()), &site);
    assert_eq!(
        files["content/commitments/2012-2014/1.toml"],
        "title = \"Budget\"\nchapter = \"1\"\nlead = [\"finance\", \"audit-office\"]\npartners = [\"CSO\"]\n\
         policy_areas = [\"legislation\", \"public-participation\"]\nogp_id = \"XA0001\"\nstart_date = \
         \"2012-07\"\nend_date = \"2018\"\nobjective = '''Open the budget, in every region and for every \
         public body that spends more than a million a year, with quarterly reports to parliament…'''\n\
         description = \"It's \\\"the\\\" \\\\<text>; of '''all'''\"\nofficial_title = \"Open the budget, in \
         every region and for every public body that spends more than a million a year, with quarterly \
         reports to parliament and the public\"\nofficial_text = \"It's \\\"the\\\" \\\\<text>\\n• of \
         '''all'''\"\n\n[[assessments]]\nreport = \"2012-2014-irm-progress-2014\"\nlevel = \"completed\"\n\n\
         [assessments.irm]\nverifiable = true\nspecificity = \"high\"\nrelevance = [\"access-to-information\", \
         \"civic-participation\", \"public-accountability\"]\npotential_impact = \"moderate\"\nstarred = \
         false\n\n[[assessments]]\nreport = \"2012-2014-irm-end-of-term-2015\"\nlevel = \"no-evidence\"\n"
    );
    assert_eq!(
        files["content/action-plans/2012-2014.toml"],
        "title = \"Action plan 2012–2014\"\nnumber = 1\nstart_date = \"2012\"\nend_date = \"2014\"\n\n\
         [[chapters]]\nnumber = \"1\"\ntitle = \"Improving Public Services\"\n"
    );
    assert_eq!(
        files["content/reports/2012-2014-irm-progress-2014.toml"],
        "title = \"IRM progress report 2014\"\nassessor = \"irm\"\nkind = \"progress\"\naction_plan = \
         \"2012-2014\"\ndate = \"2014\"\npartial = true\n"
    );
    assert_eq!(files["content/agencies/audit-office.toml"], "name = \"Audit Office\"\n");
    assert_eq!(files.len(), 5);
    let expected = "row 2, column `Lead Institution`: the text is read as 2 names: `ministry of finance` and \
                    `Audit Office`";
    assert!(doubts.contains(&expected.to_owned()), "{doubts:#?}");
}

#[test]
fn all_rows_of_the_sample_are_imported() {
    let site = small_site();
    let mut rows = 0;
    let mut doubts = Vec::new();
    for country in ["XAA", "XBB", "XDD", "JO"] {
        let (files, found) = imported(table(&SAMPLE, country, &site.sources()), &site);
        rows += files.keys().filter(|path| path.starts_with("content/commitments/")).count();
        doubts.extend(found);
    }
    assert_eq!(rows, 40);
    let list = repository().join("tests/import/ogp-sample.doubts.txt");
    assert_eq!(compare_with_file(&list, &(doubts.join("\n") + "\n")), None);
}

#[test]
fn what_the_table_leaves_open_is_a_doubt() {
    let site = Site::new("\n//- site.toml\n…\ncountry = \"MN\"\n");
    for (change, place, expected) in [
        (
            ("Completion (Progress Report)", "In Progress"),
            "",
            "`In Progress` is not a completion level: `level` is left out",
        ),
        (
            ("Completion (Progress Report)", "Withdrawn"),
            "",
            "the commitment is withdrawn: write the date and the reason in `[withdrawn]`",
        ),
        (
            ("Lead Institution", "NA"),
            "",
            "no agency leads it: `lead` is `agency-not-named`, which stands for an unknown one",
        ),
        (
            ("Commitment Number", "2.2000000000000002"),
            "",
            "a spreadsheet has changed `2.2000000000000002`: the number is `2.2`",
        ),
        (
            ("Commitment Number", "№ 5/a."),
            "",
            "`№ 5/a.` cannot be the name of a file: the number is `5a`",
        ),
        (
            ("End Date", "6/30/20"),
            "",
            "`6/30/20` has a year of two digits: `end_date` is `2020-06-30`",
        ),
        (
            ("End Date", "June 2012"),
            "Start Date",
            "it ends (`2012-06`) before it starts (`2015-12-31`): `start_date` is left out",
        ),
        (("Full Text", "a\u{1}b"), "", "characters that readers cannot see were removed"),
        (
            ("Report Publication Year (Progress Report)", "NR"),
            "",
            "the row names no year of the report: `assessments` is left out",
        ),
        (
            ("Supporting Institution(s)", "Youth Forum"),
            "",
            "`Youth Forum` is in `partners`: if it belongs to the government, move it to `supporting`",
        ),
        (
            ("National Or Local", "Local"),
            "",
            "this is a commitment of `Examplia`: a portal is for one government",
        ),
    ] {
        let text = table_of(&[&[change]]);
        let (_, doubts) = imported(table(&text, "XAA", &site.sources()), &site);
        let place = if place.is_empty() { change.0 } else { place };
        let expected = format!("row 2, column `{place}`: {expected}");
        assert!(doubts.contains(&expected), "{expected}\n{doubts:#?}");
        let country = "site.toml: `country` is `MNG` there, and `XAA` in the rows".to_owned();
        assert!(doubts.contains(&country), "{doubts:#?}");
    }
    let twice = table_of(&[
        &[],
        &[("Commitment Title", "Other")],
        &[("Code", "XBB"), ("Commitment Unique Identifier", "XA0001")],
    ]);
    let (files, doubts) = imported(table(&twice, "XAA", &site.sources()), &site);
    assert!(!files["content/commitments/2012-2014/1-2.toml"].contains("ogp_id"));
    for expected in [
        "row 3, column `Commitment Number`: the plan has a commitment `1` already: the number of this one is `1-2`",
        "row 3, column `Commitment Unique Identifier`: row 2 has the identifier `XA0001` too: `ogp_id` is left out",
    ] {
        assert!(doubts.contains(&expected.to_owned()), "{doubts:#?}");
    }
}

#[test]
fn a_cell_that_cannot_be_right_is_a_problem() {
    let sources = small_site().sources();
    let text = table_of(&[
        &[("Completion (End Of Term)", "Finished"), ("Year Of Submission", "12")],
        &[("Verifiable", "Maybe"), ("Specificity", "Very high"), ("Commitment Title", "NA")],
        &[("Action Plan Number", "first"), ("Report Publication Year (Progress Report)", "soon")],
    ]);
    assert_eq!(
        refused(table(&text, "XAA", &sources)),
        "row 2, column `Completion (End Of Term)`: `Finished` is not a completion level: write `Withdrawn`, \
         `Unclear`, `Not Started`, `Limited`, `Substantial`, `Complete` or `ND`\n\
         row 2, column `Year Of Submission`: `12` is not a year: write one such as `2014`\n\
         row 3, column `Commitment Title`: the cell has no value\n\
         row 3, column `Specificity`: `Very high` is not one of OGP's values: write `none`, `low`, `medium`, \
         `high` or `ND`\n\
         row 3, column `Verifiable`: `Maybe` is not one of OGP's values: write `No`, `Yes` or `ND`\n\
         row 4, column `Action Plan Number`: `first` is not the number of a plan: write a number from 1 to 99\n\
         row 4, column `Report Publication Year (Progress Report)`: `soon` is not a year: write one such as \
         `2014`"
    );
    let long = table_of(&[&[("Full Text", &"a".repeat(40_000))]]);
    assert_eq!(
        refused(table(&long, "XAA", &sources)),
        "row 2, column `Full Text`: the cell has more than 32767 characters"
    );
    let short = format!("{}a,b\n", table_of(&[&[]]));
    assert_eq!(
        refused(table(&short, "XAA", &sources)),
        "row 3: the row has 2 cells, and the first row 171"
    );
    assert_eq!(
        refused(table("a;b\n1;2\n", "XAA", &sources)).split(": ").next(),
        Some("the first row is not that of OGP's table")
    );
    assert_eq!(
        refused(table(&SAMPLE, "MN", &sources)),
        "no row has the country `MN`: the table has `JOR`, `XAA`, `XBB` and `XDD`"
    );
}

#[test]
fn a_table_adds_only_what_the_site_does_not_have() {
    let known = "\n//- content/action-plans/first.toml\ntitle = \"First\"\nnumber = 1\nstart_date = \"2012\"\n\
                 end_date = \"2013\"\n//- content/reports/irm.toml\ntitle = \"IRM\"\nassessor = \"irm\"\nkind = \
                 \"progress\"\naction_plan = \"first\"\ndate = \"2014-03\"\n";
    let site = Site::new(known);
    let (files, doubts) = imported(table(&table_of(&[&[]]), "XAA", &site.sources()), &site);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["content/commitments/first/1.toml"]);
    let file = &files["content/commitments/first/1.toml"];
    assert!(file.contains("lead = \"finance\"\n") && file.contains("report = \"irm\"\n"), "{file}");
    let expected = "row 2, column `Theme`: `content/action-plans/first.toml` has no chapter `Improving Public \
                    Services`: `chapter` is left out";
    assert!(doubts.contains(&expected.to_owned()), "{doubts:#?}");
    for commitment in
        ["first/1.toml\n…\nogp_id = \"XX0001\"\n", "2014-2015/1.toml\n…\nogp_id = \"XA0001\"\n"]
    {
        let commitment = commitment.replace(
            "…",
            "title = \"T\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"",
        );
        let site = Site::new(&format!("{known}//- content/commitments/{commitment}"));
        let path = commitment.lines().next().unwrap();
        assert_eq!(
            refused(table(&table_of(&[&[]]), "XAA", &site.sources())),
            format!(
                "`content/commitments/{path}` already exists: nothing was written; to start anew, move it \
                 elsewhere first"
            )
        );
    }
}

/// The columns whose cells come back as they were; a cell without data comes back as `ND`.
const EQUAL: &[&str] = &[
    "Commitment Unique Identifier",
    "Country/Locality",
    "Action Plan Number",
    "Code",
    "National Or Local",
    "Commitment Dummy",
    "Action Plan End Year",
    "Theme",
    "Commitment Title",
    "Full Text",
    "Report Publication Year (Progress Report)",
    "Specificity",
    "_Specificity",
    "Verifiable",
    "OGP Value Access To Information",
    "OGP Value Civic Participation",
    "OGP Value Public Accountability",
    "OGP Value Technology",
    "Potential Impact",
    "_Potential Impact",
    "Completion (Progress Report)",
    "_CompletionProgress",
    "Starred (Current Formula) Progress Report",
    "Potential for Results",
    "Report Publication Year (End Of Term)",
    "Completion (End Of Term)",
    "_CompletionEndTerm",
    "Early Results",
    "Did It Open Government (Overall)",
    "Starred (Current Formula) End of Term",
    "Action Plan ID",
];

/// The columns whose cells come back in another form, with the cells that do. The format holds dates in ISO
/// 8601, one date for each, the names of agencies without what separates them, and numbers that can be names of
/// files.
const EQUAL_IN_MEANING: &[(&str, &[(&str, &str)])] = &[
    ("Commitment Number", &[("2.2000000000000002", "2.2"), ("1.1.", "1.1")]),
    ("Start Date", DATES),
    ("End Date", DATES),
    (
        "Lead Institution",
        &[
            ("NA", "Agency not named"),
            (
                "Ministry of Health, Ministry of Education and Science",
                "Ministry of Health; Ministry of Education and Science",
            ),
            ("National Audit Office | Parliament", "National Audit Office; Parliament"),
            (
                "Office of the Prime Minister\nMinistry of Digital Affairs",
                "Office of the Prime Minister; Ministry of Digital Affairs",
            ),
            (
                "Parliament of Examplia\n- Committee on Petitions\n- Research Service",
                "Parliament of Examplia; Committee on Petitions; Research Service",
            ),
        ],
    ),
    (
        "Supporting Institution(s)",
        &[
            ("NA", "ND"),
            (
                "Transparency Watch (CSO)\nUniversity of Newtown",
                "Transparency Watch (CSO); University of Newtown",
            ),
        ],
    ),
];

/// `""` is a date that does not come back, because it is none or because it is after the end.
const DATES: &[(&str, &str)] = &[
    ("31/12/2015", "2015-12-31"),
    ("9/1/2018", "2018"),
    ("6/30/20", "2020-06-30"),
    ("III quarter of 2021", "2021-09"),
    ("III quarter of 2021", "2021-07"),
    ("Quarter 4 2016", "2016-12"),
    ("Quarter 4 2016", "2016-10"),
    ("July 2014", "2014-07"),
    ("43525", "2019-03-01"),
    ("31/08/2022", "2022-08-31"),
    ("Ongoing", "NA"),
    ("Permanent activity", "NA"),
];

/// The columns that the format does not hold, besides those with `0` for a policy area: what OGP computes from
/// others or from other rows, the region, the years of submission, short titles that only cut the title, the
/// address of OGP's own page, the months between which a plan runs, and whether a commitment is continued by which one.
const NOT_HELD: &[&str] = &[
    "Action Plan Duration (Years)",
    "Short Title",
    "_Relevant",
    "_OpenGovernment",
    "Carried Forward",
    "IRM Assessed",
    "URL",
];

#[test]
fn the_cells_of_the_table_come_back() {
    let is_nothing = |cell: &str| ["", "ND", "NR", "NA"].contains(&cell);
    let mut compared = 0;
    for code in ["XAA", "XBB", "XDD"] {
        let mut reader = csv::Reader::from_reader(SAMPLE.as_bytes());
        let header = reader.headers().unwrap().clone();
        let mut national = csv::Writer::from_writer(Vec::new());
        national.write_record(&header).unwrap();
        let mut before: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for row in reader.deserialize::<BTreeMap<String, String>>().map(Result::unwrap) {
            if row["Code"] != code || row["National Or Local"] != "National" {
                continue;
            }
            let mut row = row;
            row.insert("Country/Locality".to_owned(), "Mongolia".to_owned());
            for column in ["Code", "Action Plan ID"] {
                let cell = row[column].replace(code, "MNG");
                row.insert(column.to_owned(), cell);
            }
            national.write_record(header.iter().map(|name| &row[name])).unwrap();
            before.insert(row["Commitment Unique Identifier"].clone(), row);
        }
        let text = String::from_utf8(national.into_inner().unwrap()).unwrap();
        let settings = "\n//- site.toml\n…\ncountry = \"MN\"\nlevel_of_government = \"national\"\n";
        let site = Site::new(settings);
        let (files, _) = imported(table(&text, "MN", &site.sources()), &site);
        let files: String =
            files.iter().map(|(path, text)| format!("\n//- {path}\n{text}")).collect();
        let outcome = Site::new(&format!("{settings}{files}")).build();
        let after = outcome.text("data/ogp.csv");
        let mut after = csv::Reader::from_reader(after.as_bytes());
        for row in after.deserialize::<BTreeMap<String, String>>().map(Result::unwrap) {
            let Some(before) = before.get(&row["Commitment Unique Identifier"]) else { continue };
            compared += 1;
            for (column, cell) in &row {
                let place = format!("{}: {column}", row["Commitment Unique Identifier"]);
                let written = before[column].trim();
                let meanings = EQUAL_IN_MEANING.iter().find(|(name, _)| name == column);
                if EQUAL.contains(&column.as_str()) {
                    let is_ours = ["No early results to report yet", "0"].contains(&written);
                    let expected = if is_nothing(written) { "ND" } else { written };
                    assert!(
                        cell == expected || (is_ours && cell == "ND"),
                        "{place}: {written} {cell}"
                    );
                } else if let Some((_, meanings)) = meanings {
                    let is_same = meanings.contains(&(written, cell)) || written == cell;
                    let is_left_out = cell == "ND" && column.ends_with(" Date");
                    assert!(
                        is_same || is_left_out || (is_nothing(written) && cell == "ND"),
                        "{place}: {written} {cell}"
                    );
                } else if !NOT_HELD.contains(&column.as_str()) {
                    // A policy area, or a column that the format does not hold.
                    assert!(cell == "ND" || cell == written, "{place}: {written} {cell}");
                }
            }
        }
    }
    assert_eq!(compared, 29);
}

#[track_caller]
fn cli(arguments: &[&str], folder: &Path) -> (i32, String, String) {
    let output = milepost(arguments, folder);
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

const TEMPLATE: [&str; 7] =
    ["import", "--template", "report.txt", "--plan", "2014-2015", "--report", "midterm"];

#[test]
fn an_import_is_written_or_only_shown() {
    let folder = site_of("");
    fs::write(folder.path().join("report.txt"), commitment("x", "-")).unwrap();
    let before = files(folder.path());
    let (status, shown, _) = cli(&[&TEMPLATE[..], &["--dry-run"]].concat(), folder.path());
    assert_eq!(status, 0);
    assert!(
        shown.starts_with(
            "content/agencies/audit-office.toml\ncontent/commitments/2014-2015/7.2.toml\nWould write 2 \
             files with 1 commitment.\n\n5 doubts, for a person to decide:\n- the beginning: "
        ),
        "{shown}"
    );
    assert_eq!(files(folder.path()), before);
    let (status, shown, _) = cli(&TEMPLATE, folder.path());
    assert_eq!(status, 0);
    assert!(shown.contains("\nWrote 2 files with 1 commitment.\n"), "{shown}");
    assert_eq!(files(folder.path()).len(), before.len() + 2);
    assert_eq!(cli(&["check"], folder.path()).0, 0);
    let (status, _, refusal) = cli(&TEMPLATE, folder.path());
    assert_eq!(status, 2);
    assert!(
        refusal.starts_with("milepost: `content/commitments/2014-2015/7.2.toml` already exists"),
        "{refusal}"
    );
}

#[test]
fn an_import_that_cannot_be_written_leaves_nothing() {
    let folder = site_of("");
    fs::write(folder.path().join("report.txt"), commitment("x", "-")).unwrap();
    // The file that is written beside another one cannot be created.
    let beside = folder.path().join("content/commitments/2014-2015/.7.2.toml.milepost~");
    fs::create_dir_all(beside.join("in-use")).unwrap();
    let before = files(folder.path());
    let (status, shown, error) = cli(&TEMPLATE, folder.path());
    assert_eq!((status, shown.as_str()), (2, ""), "{error}");
    assert!(
        error.contains("7.2.toml` cannot be written: ") && error.lines().count() == 1,
        "{error}"
    );
    assert_eq!(files(folder.path()), before);
}

#[test]
fn an_import_into_a_site_with_errors_is_refused() {
    let folder = site_of("\n//- content/agencies/finance.toml\n…\nnmae = \"x\"\n");
    fs::write(folder.path().join("report.txt"), commitment("x", "-")).unwrap();
    let before = files(folder.path());
    let (status, _, error) = cli(&TEMPLATE, folder.path());
    assert_eq!(
        (status, error.as_str()),
        (
            2,
            "milepost: the site has errors: correct those that `milepost check` lists first; nothing was written\n"
        )
    );
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_file_that_cannot_be_imported_is_refused_in_one_line() {
    let folder = site_of("");
    let file = folder.path().join("table.csv");
    let arguments = ["import", "--ogp", "table.csv", "--country", "XAA"];
    let refusal = || {
        let (status, _, error) = cli(&arguments, folder.path());
        assert_eq!(status, 2, "{error}");
        error
    };
    assert!(refusal().contains("`table.csv` cannot be read: "), "a file that does not exist");
    fs::write(&file, [b'a', 0xff]).unwrap();
    assert_eq!(
        refusal(),
        "milepost: `table.csv` is not in UTF-8: save it as \"CSV UTF-8\" or as a text in UTF-8\n"
    );
    fs::File::create(&file).unwrap().set_len(50 << 20).unwrap();
    assert_eq!(refusal(), "milepost: `table.csv` is larger than 32 MB: import a part of it\n");
    fs::write(&file, table_of(&[&[("Completion (End Of Term)", "Finished")]])).unwrap();
    let (status, _, error) = cli(&arguments, folder.path());
    assert_eq!(status, 1);
    assert!(error.ends_with("\n1 problem in the file: nothing was written\n"), "{error}");
    fs::write(&file, format!("\u{feff}{}", table_of(&[&[]]))).unwrap();
    assert_eq!(cli(&arguments, folder.path()).0, 0);
}

#[test]
fn the_table_can_be_printed() {
    let folder = site_of("\n//- site.toml\n…\ncards = false\n");
    let (status, printed, _) = cli(&["export", "--ogp"], folder.path());
    assert_eq!(status, 0);
    cli(&["build"], folder.path());
    assert_eq!(printed, fs::read_to_string(folder.path().join("public/data/ogp.csv")).unwrap());
    fs::write(folder.path().join("content/agencies/finance.toml"), "").unwrap();
    let (status, printed, error) = cli(&["export", "--ogp"], folder.path());
    assert_eq!((status, printed.as_str()), (1, ""));
    assert!(error.contains("finance.toml"), "{error}");
}

#[test]
fn no_text_of_a_table_or_a_report_stops_the_program() {
    let sources: std::sync::Arc<Sources> = small_site().sources();
    let text = commitment("x", "-");
    for start in (0..text.len()).step_by(7) {
        for part in [&text[start..], &text[..start]] {
            let _ = template(
                &format!("Commitment Completion Template\n{part}"),
                SMALL_TARGET,
                &sources,
            );
        }
    }
    let sample: &str = &SAMPLE;
    for end in (0..sample.len()).step_by(997) {
        let _ = table(&sample[..sample.floor_char_boundary(end)], "XAA", &sources);
    }
}
