//! Problems as text: every format, and content that tries to take over the terminal or program that
//! shows it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::disk::milepost;
use crate::fixture::{self, Site};

fn check(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
    command.arg("check").args(arguments).current_dir(folder).env_remove("GITHUB_ACTIONS");
    command.envs(environment.iter().copied());
    command.output().unwrap()
}

/// A site with one error, which has a related location, and one warning.
fn site_with_problems(folder: &Path) {
    Site::new(
        r#"
//- content/commitments/2014-2015/1.toml
…
supporting = ["justice", "justice"]
[contact]
email = "somebody@yahoo.com"
//- content/agencies/justice.toml
name = "Ministry of Justice"
"#,
    )
    .write_to(folder);
}

#[test]
fn the_human_format_shows_the_line_and_a_marker() {
    let folder = tempfile::tempdir().unwrap();
    site_with_problems(folder.path());
    let output = check(folder.path(), &[], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        r#"error[duplicate]: the agency `justice` is listed twice
 --> content/commitments/2014-2015/1.toml:5:26
  |
5 | supporting = ["justice", "justice"]
  |               ---------  ^^^^^^^^^
  |               |
  |               first used here
  |
  = help: delete one of them

warning[private-mailbox]: `somebody@yahoo.com` looks like a private email address
 --> content/commitments/2014-2015/1.toml:7:9
  |
7 | email = "somebody@yahoo.com"
  |         ^^^^^^^^^^^^^^^^^^^^
  |
  = help: write the office's email address, or delete this one

1 error and 1 warning
For details, run `milepost explain CODE`, such as `milepost explain duplicate`
"#
    );
}

#[test]
fn the_github_format_has_one_command_per_problem_and_is_the_default_in_actions() {
    let folder = tempfile::tempdir().unwrap();
    site_with_problems(folder.path());
    let expected = concat!(
        "::error file=content/commitments/2014-2015/1.toml,line=5,col=26,endLine=5,endColumn=34,",
        "title=Duplicate::the agency “justice” is listed twice.%0ATo correct it: delete one of them.\n",
        "::warning file=content/commitments/2014-2015/1.toml,line=7,col=9,endLine=7,endColumn=28,",
        "title=Private mailbox::“somebody@yahoo.com” looks like a private email address.%0A",
        "To correct it: write the office's email address, or delete this one.\n",
        "1 error and 1 warning\n",
    );
    for output in [
        check(folder.path(), &["--format", "github"], &[]),
        check(folder.path(), &[], &[("GITHUB_ACTIONS", "true")]),
    ] {
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
    }
}

/// A Git repository with a site in a folder; see [`site_with_problems`].
fn repository_with_site(folder: &str) -> (tempfile::TempDir, PathBuf) {
    let repository = tempfile::tempdir().unwrap();
    fs::create_dir(repository.path().join(".git")).unwrap();
    let site = repository.path().join(folder);
    site_with_problems(&site);
    (repository, site)
}

#[test]
fn the_paths_of_annotations_are_relative_to_the_repository_and_errors_come_first() {
    let (_repository, site) = repository_with_site("sites/portal");
    let agency = site.join("content/agencies/finance.toml");
    fs::write(agency, "name = \"Ministry of Justice\"\n").unwrap();
    let output = check(&site, &["--format", "github"], &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    let starts: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("::")?.split(',').next()).collect();
    let folder = "sites/portal/content";
    assert_eq!(
        starts,
        [
            format!("error file={folder}/commitments/2014-2015/1.toml"),
            format!("warning file={folder}/agencies/justice.toml"),
            format!("warning file={folder}/commitments/2014-2015/1.toml"),
        ]
    );
}

#[test]
fn warnings_in_files_that_did_not_change_are_only_counted() {
    let (repository, site) = repository_with_site("portal");
    let list = repository.path().join("changed.txt");
    fs::create_dir_all(site.join("content/files")).unwrap();
    let large = fs::File::create(site.join("content/files/тайлан.pdf")).unwrap();
    large.set_len(11_000_000).unwrap();
    let name: String = "тайлан".bytes().map(|byte| format!("\\{byte:o}")).collect();
    fs::write(&list, format!("\"portal/content/files/{name}.pdf\"\n")).unwrap();
    let output = check(&site, &["--changed", list.to_str().unwrap(), "--format", "short"], &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("warning[large-file]"), "{text}");
    fs::remove_dir_all(site.join("content/files")).unwrap();
    for (changed, hidden) in [
        ("portal/content/agencies/justice.toml\n", "1 warning in files that did not change\n"),
        ("", "1 warning not shown: the list of changed files is empty\n"),
        ("\n", "1 warning not shown: the list of changed files is empty\n"),
        ("portal/content/commitments/2014-2015/1.toml\n", ""),
        ("./content/commitments/2014-2015/1.toml\r\n", ""),
    ] {
        fs::write(&list, changed).unwrap();
        let output = check(&site, &["--changed", list.to_str().unwrap(), "--format", "short"], &[]);
        assert_eq!(output.status.code(), Some(1));
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("error[duplicate]"), "{text}");
        let is_shown = text.contains("warning[private-mailbox]");
        assert_eq!(is_shown, hidden.is_empty(), "{changed}: {text}");
        assert!(text.contains(hidden), "{changed}: {text}");
    }
    let output = check(&site, &["--changed", "nowhere.txt"], &[]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_summary_of_a_workflow_lists_the_first_problems_and_no_links_of_content() {
    let folder = tempfile::tempdir().unwrap();
    site_with_problems(folder.path());
    let agency = folder.path().join("content/agencies/finance.toml");
    fs::write(agency, "name = \"F\"\n\"[x](https://evil.org)@all\" = 1\n").unwrap();
    let summary = folder.path().join("summary.md");
    let path = summary.to_str().unwrap();
    check(folder.path(), &["--format", "github"], &[("GITHUB_STEP_SUMMARY", path)]);
    assert_eq!(
        fs::read_to_string(&summary).unwrap(),
        "### Milepost: 2 errors and 1 warning\n\n\
         - **Unknown key** – content/agencies/finance.toml, line 2: the agency has no key \
         `[x](https://evil.org)@all`. To correct it: its keys are `name`, `short_name`, `website`, \
         `aliases`, `from`, `until`, `former_names` and `became`.\n\
         - **Duplicate** – content/commitments/2014-2015/1.toml, line 5: the agency `justice` is listed \
         twice. To correct it: delete one of them.\n\
         - **Private mailbox** – content/commitments/2014-2015/1.toml, line 7: `somebody@yahoo.com` looks \
         like a private email address. To correct it: write the office's email address, or delete this one.\n"
    );
}

#[test]
fn backticks_in_content_add_no_markup_to_the_summary_of_a_workflow() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let agency = folder.path().join("content/agencies/finance.toml");
    fs::write(agency, "name = \"F\"\n\"``[x](https://evil.org)\" = 1\n").unwrap();
    let summary = folder.path().join("summary.md");
    let path = summary.to_str().unwrap();
    check(folder.path(), &["--format", "github"], &[("GITHUB_STEP_SUMMARY", path)]);
    let text = fs::read_to_string(&summary).unwrap();
    assert!(text.contains("\\[x\\](https://evil.org)"), "{text}");
}

#[test]
fn all_explanations_are_one_page() {
    let output = milepost(&["explain", "--html"], Path::new("."));
    let page = fixture::text(&output.stdout);
    for code in milepost::testing::Code::all() {
        assert!(page.contains(&format!("<h2 id=\"{}\">", code.name())), "{}", code.name());
    }
    assert!(page.contains("<pre><code class=\"language-toml\">"), "{page:.3000}");
}

#[test]
fn the_json_and_sarif_formats_have_positions() {
    let folder = tempfile::tempdir().unwrap();
    site_with_problems(folder.path());
    let output = check(folder.path(), &["--format", "json"], &[]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["errors"], 1);
    assert_eq!(json["warnings"], 1);
    let first = &json["problems"][0];
    assert_eq!(first["code"], "duplicate");
    assert_eq!(first["file"], "content/commitments/2014-2015/1.toml");
    assert_eq!((&first["line"], &first["column"]), (&5.into(), &26.into()));
    assert_eq!((&first["end_line"], &first["end_column"]), (&5.into(), &35.into()));
    assert_eq!(first["related"][0]["column"], 15);

    let output = check(folder.path(), &["--format", "sarif"], &[]);
    let sarif: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "duplicate");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startColumn"], 26);
}

#[test]
fn the_exit_status_is_the_result_of_the_check() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    assert_eq!(check(folder.path(), &[], &[]).status.code(), Some(0));
    let file = folder.path().join("content/commitments/2014-2015/1.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text + "[contact]\nemail = \"a@gmail.com\"\n").unwrap();
    assert_eq!(check(folder.path(), &[], &[]).status.code(), Some(0));
    assert_eq!(check(folder.path(), &["--deny-warnings"], &[]).status.code(), Some(1));
    assert_eq!(check(folder.path(), &["nowhere"], &[]).status.code(), Some(2));
    assert_eq!(check(folder.path(), &["--as-of", "yesterday"], &[]).status.code(), Some(2));
    assert_eq!(check(folder.path(), &[], &[("SOURCE_DATE_EPOCH", "x")]).status.code(), Some(2));
}

#[test]
fn at_most_a_hundred_problems_are_printed_and_the_rest_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let lines: String = (0..250).map(|number| format!("key_{number} = 1\n")).collect();
    let file = folder.path().join("content/agencies/finance.toml");
    fs::write(&file, format!("name = \"Finance\"\n{lines}")).unwrap();
    let text = String::from_utf8(check(folder.path(), &["--format", "short"], &[]).stdout).unwrap();
    assert_eq!(text.lines().count(), 102);
    assert!(
        text.ends_with("… and 150 more: `milepost check --format json` lists all\n250 errors\n"),
        "{text}"
    );
    let json = check(folder.path(), &["--format", "json"], &[]).stdout;
    let json: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["problems"].as_array().unwrap().len(), 250);
}

#[test]
fn errors_come_first_if_there_are_too_many_problems() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let commitments = folder.path().join("content/commitments/2014-2015");
    let promise =
        "title = \"Promise\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n";
    for number in 2..110 {
        let promise = promise.replace("Promise", &format!("Promise {number}"));
        let text = format!("{promise}[contact]\nemail = \"a@gmail.com\"\n");
        fs::write(commitments.join(format!("{number}.toml")), text).unwrap();
    }
    fs::write(
        commitments.join("999.toml"),
        promise.replace("finance", "nobody").replace("Promise", "Last"),
    )
    .unwrap();
    for command in ["check", "build"] {
        let output = milepost(&[command], folder.path());
        let text = fixture::text(&output.stdout) + &fixture::text(&output.stderr);
        assert!(text.starts_with("error["), "{command}: {}", &text[..300.min(text.len())]);
        assert!(text.contains("999.toml:2:"), "{command}");
        // Only `check` prints warnings.
        let rest = match command {
            "check" => "1 error and 108 warnings\n",
            _ => "Nothing was published. 108 warnings: run `milepost check`.\n",
        };
        assert!(text.contains(rest), "{command}: {text}");
    }
    fs::remove_file(commitments.join("999.toml")).unwrap();
    let template = folder.path().join("themes/plain/templates/not-found.html");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    fs::write(&template, "{{ nothing }}").unwrap();
    let text = fixture::text(&milepost(&["build"], folder.path()).stderr);
    assert!(text.contains("108 warnings: run `milepost check`.\n"), "{text}");
}

#[test]
fn content_cannot_take_over_the_program_that_shows_the_problems() {
    // A line break with a workflow command, a change of direction, a bell, and an escape sequence.
    let attack = "\\n::error::pwned\\u202e\\u0007\\u001b[31m%0A::set-output::";
    let folder = tempfile::tempdir().unwrap();
    Site::new(&format!(
        "\n//- content/commitments/2014-2015/1.toml\n…\nsupporting = [\"{attack}\"]\n\"{attack}\" = 1\n"
    ))
    .write_to(folder.path());
    fs::write(folder.path().join("content/agencies/a\n::error::b.toml"), "name = 1").unwrap();
    fs::write(folder.path().join("content/agencies/raw.toml"), "name = \u{202e}x\u{1b}[31m\n")
        .unwrap();
    for format in ["human", "short", "json", "github", "sarif"] {
        let output = check(folder.path(), &["--format", format], &[]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{text}");
        for hidden in ['\u{202e}', '\u{7}', '\u{1b}', '\r'] {
            assert!(!text.contains(hidden), "{format} shows {hidden:?}:\n{text}");
        }
        for line in text.lines().filter(|line| line.starts_with("::")) {
            assert!(format == "github" && line.starts_with("::error file=content/"), "{line}");
        }
    }
}

#[test]
fn colours_are_only_for_terminals() {
    let folder = tempfile::tempdir().unwrap();
    site_with_problems(folder.path());
    let output = check(folder.path(), &[], &[("CLICOLOR_FORCE", "1")]);
    assert!(!output.stdout.contains(&0x1b));
}

#[test]
fn explain_describes_a_code_or_lists_all_codes() {
    let milepost = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_milepost")).args(arguments).output().unwrap()
    };
    let explanation = String::from_utf8(milepost(&["explain", "unknown-agency"]).stdout).unwrap();
    assert!(explanation.contains("After:"), "{explanation}");
    let types = String::from_utf8(milepost(&["explain", "active-file"]).stdout).unwrap();
    assert!(types.contains("\n- documents: `.pdf`, `.doc`"), "{types}");
    let list = String::from_utf8(milepost(&["explain"]).stdout).unwrap();
    assert_eq!(list.lines().count(), milepost::testing::Code::all().len());
    let unknown = milepost(&["explain", "nonsense"]);
    assert_eq!(unknown.status.code(), Some(2));
}
