//! A new site, new content, and copies of the theme's files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use milepost::testing::{Addition, Change, PartialDate, add};
use proptest::prelude::*;

use crate::disk::{files, milepost, site_of};
use crate::fixture::{Site, repository, text, texts_between};
use crate::random::config;

/// Runs a command that must succeed, and returns what it prints.
#[track_caller]
fn run(arguments: &[&str], folder: &Path) -> String {
    let output = milepost(arguments, folder);
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success(), "{}", text(&output.stdout));
    text(&output.stdout)
}

/// Runs a command that must write nothing, and returns why.
#[track_caller]
fn refusal(arguments: &[&str], folder: &Path) -> String {
    let before = files(folder);
    let output = milepost(arguments, folder);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    assert_eq!(files(folder), before);
    let stderr = text(&output.stderr);
    let reason = stderr.strip_prefix("milepost: ").unwrap_or(&stderr);
    reason.trim_end().to_owned()
}

/// A new site in a folder.
fn new_site(arguments: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    run(&[&["init"], arguments].concat(), folder.path());
    folder
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|_| panic!("no `{path}`"))
}

/// The plan of a new site: the only file in its folder.
fn plan(folder: &Path) -> String {
    let path = fs::read_dir(folder.join("content/action-plans")).unwrap().next().unwrap();
    path.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn a_new_site_has_no_problems() {
    for arguments in [
        &[][..],
        &["--host", "gitlab", "--title", "The \"open\" portal", "--country", "ge"],
        &["--languages", "mn", "--host", "other", "--base-url", "https://ogp.example.org/p"],
    ] {
        let folder = new_site(arguments);
        let output = run(&["check", "--deny-warnings"], folder.path());
        assert!(output.starts_with("No problems: "), "{output}");
    }
}

#[test]
fn a_language_without_texts_is_one_warning() {
    let folder = new_site(&["--languages", "en,ka"]);
    let output = run(&["check", "--format", "short"], folder.path());
    let others: Vec<&str> =
        output.lines().filter(|line| !line.contains("[not-translated]")).collect();
    assert_eq!(others.len(), 2, "{output}");
    let expected = "themes/plain/languages/ka.toml:7:1: warning[missing-phrases]: `ka`: ";
    assert!(others[0].starts_with(expected), "{output}");
    let file = read(folder.path(), "themes/plain/languages/ka.toml");
    assert!(file.contains("\nname = \"ქართული\"\n"), "{file}");
    // A translator deletes the marks.
    assert!(file.contains("\n# home = \"Home\"\n"), "{file}");
    let translated = file.replace("\n# home = \"Home\"\n", "\nhome = \"მთავარი\"\n");
    fs::write(folder.path().join("themes/plain/languages/ka.toml"), translated).unwrap();
    run(&["build"], folder.path());
    assert!(read(folder.path(), "public/ka/index.html").contains("მთავარი"));
}

#[test]
fn each_text_of_a_new_language_can_be_translated() {
    let folder = new_site(&["--languages", "ka"]);
    let path = "themes/plain/languages/ka.toml";
    let file = read(folder.path(), path);
    let (start, messages) = file.split_once("[messages]\n").unwrap();
    let is_text = |line: &str| line.starts_with("# ") && line.contains(" = ");
    let line = |line: &str| match is_text(line) {
        true => format!("{}\n", &line[2..]),
        false => format!("{line}\n"),
    };
    let messages: String = messages.lines().map(line).collect();
    fs::write(folder.path().join(path), format!("{start}[messages]\n{messages}")).unwrap();
    let output = run(&["check", "--format", "short"], folder.path());
    assert!(output.contains("warning[untranslated-copy]"), "{output}");
    assert_eq!(output.lines().count(), 2, "{output}");
}

#[test]
fn a_new_site_says_what_it_assumed() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&["init", "site", "--host", "github"], folder.path());
    let assumed = output.lines().next().unwrap();
    assert_eq!(
        assumed,
        "Assumed the title `Open Government Progress`, the language `en`, the address \
         `https://example.org/`: `milepost help init` lists the options."
    );
    assert!(output.contains("`milepost check site`"), "{output}");
    let output = run(
        &[
            &["init", "other", "--title", "A", "--languages", "en"][..],
            &["--base-url", "https://a.github.io/b/"],
        ]
        .concat(),
        folder.path(),
    );
    assert!(output.starts_with("Created a site in `other`: "), "{output}");
    let settings = read(folder.path(), "other/site.toml");
    let repository = "\nrepository = \"https://github.com/a/b/edit/main/\"";
    assert!(settings.contains(repository), "{settings}");
    for (option, value) in [("--country", "xx"), ("--languages", "english"), ("--base-url", "a")] {
        let output = milepost(&["init", "third", option, value], folder.path());
        assert_eq!(output.status.code(), Some(2), "{option}");
    }
    assert!(!folder.path().join("third").exists());
}

#[test]
fn a_new_site_fits_its_host() {
    for (host, file, word) in [
        ("github", ".github/workflows/portal.yml", "docs.github.com"),
        ("gitlab", ".gitlab-ci.yml", "docs.gitlab.com"),
        ("other", "README.md", "If your host lets you"),
    ] {
        let folder = new_site(&["--host", host, "--title", "Progress in {year}"]);
        assert!(folder.path().join(file).exists(), "{host}");
        let readme = read(folder.path(), "README.md");
        assert!(readme.starts_with("# Progress in {year}\n"), "{readme}");
        assert!(readme.contains(word), "{readme}");
        let rest = readme.replace("# Progress in {year}\n", "");
        assert!(!rest.contains(['{', '}']), "a placeholder is left: {rest}");
        let others =
            [".github", ".gitlab-ci.yml"].iter().filter(|other| !file.starts_with(**other));
        for other in others {
            assert!(!folder.path().join(other).exists(), "{host}: {other}");
        }
    }
}

#[test]
fn a_new_site_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/README.md"), "mine").unwrap();
    fs::write(folder.path().join("site.toml"), "mine").unwrap();
    assert_eq!(
        refusal(&["init"], folder.path()),
        "`site.toml` and `content/README.md` already exist: nothing was written; to start anew, \
         move them elsewhere first"
    );
    let site = new_site(&[]);
    let refused = refusal(&["init"], site.path());
    assert!(
        refused.ends_with(
            " more already exist: nothing was written; to start anew, move them elsewhere first"
        ),
        "{refused}"
    );
}

#[test]
fn each_file_of_a_new_site_names_its_schema() {
    let folder = new_site(&["--host", "other"]);
    let plan = plan(folder.path());
    run(&["new", "commitment", &format!("{plan}/2")], folder.path());
    run(&["new", "agency", "Audit Office"], folder.path());
    let mut checked = 0;
    for (path, text) in files(folder.path()) {
        let path: PathBuf = path;
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = String::from_utf8(text).unwrap();
        let schema = texts_between(&text, "#:schema ", "\n");
        assert!(text.starts_with("#:schema "), "{}", path.display());
        let target = folder.path().join(&path).parent().unwrap().join(schema[0]);
        assert!(target.exists(), "{} names {}", path.display(), schema[0]);
        checked += 1;
    }
    assert_eq!(checked, 8);
}

#[test]
fn a_folder_without_a_site_leads_to_init() {
    let folder = tempfile::tempdir().unwrap();
    for command in ["check", "build", "serve"] {
        let reason = refusal(&[command], folder.path());
        assert!(reason.ends_with("`milepost init` creates a site"), "{reason}");
    }
}

#[test]
fn the_problems_of_a_new_file_are_what_is_empty() {
    for (what, id, path, expected) in [
        (
            "commitment",
            "2014-2015/2",
            "content/commitments/2014-2015/2.toml",
            &[
                "`title` is empty",
                "`lead` is empty",
                "`objective` is empty",
                "`description` is empty",
            ][..],
        ),
        (
            "report",
            "2016-irm",
            "content/reports/2016-irm.toml",
            &["`title` is empty", "`date` is empty"],
        ),
        ("agency", "audit", "content/agencies/audit.toml", &["`name` is empty"]),
        (
            "plan",
            "second",
            "content/action-plans/second.toml",
            &["`title` is empty", "`start_date` is empty", "`end_date` is empty"],
        ),
        ("plan", "2016-2017", "content/action-plans/2016-2017.toml", &["`title` is empty"]),
    ] {
        let folder = site_of("");
        let printed = run(&["new", what, id], folder.path());
        assert!(printed.starts_with(&format!("Wrote `{path}`. ")), "{printed}");
        let output = text(&milepost(&["check", "--format", "short"], folder.path()).stdout);
        let of_file = output.lines().filter(|line| line.starts_with(path));
        let found: Vec<&str> = of_file
            .map(|line| line.rsplit_once("]: ").unwrap().1.trim_end_matches(": ``"))
            .collect();
        assert_eq!(found, expected, "{output}");
    }
}

#[test]
fn a_new_commitment_is_right_once_it_is_filled_in() {
    let folder = site_of("\n//- site.toml\n…\nlanguages = [\"en\", \"mn\"]\n");
    run(&["new", "commitment", "2014-2015/2"], folder.path());
    let path = "content/commitments/2014-2015/2.toml";
    let file = read(folder.path(), path);
    let filled = file
        .replacen("title = \"\"", "title = \"Second promise\"", 1)
        .replace("\nlead = \"\"", "\nlead = \"finance\"")
        .replace("'''\n\n'''", "'''\nA text.\n'''")
        .replace("\n# [mn] ", "\n[mn] ")
        .replacen("\n# title = \"…\"", "\ntitle = \"Амлалт\"", 1);
    fs::write(folder.path().join(path), filled).unwrap();
    let output = run(&["check", "--format", "short"], folder.path());
    let problems: Vec<&str> = output.lines().filter(|line| line.starts_with(path)).collect();
    let expected = "`objective` and `description` are not translated into `mn`";
    assert!(problems.iter().all(|problem| problem.contains(expected)), "{output}");
}

#[test]
fn a_new_agency_has_the_name_that_was_given() {
    let folder = site_of("");
    run(&["new", "agency", "Ministry of  Justice & Home Affairs"], folder.path());
    let path = "content/agencies/ministry-of-justice-home-affairs.toml";
    let file = read(folder.path(), path);
    // The site has no schemas.
    assert!(file.starts_with("name = \"Ministry of Justice & Home Affairs\"  # the full name\n"));
    run(&["new", "agency", "Ministerio de Educación"], folder.path());
    let file = read(folder.path(), "content/agencies/ministerio-de-educacion.toml");
    assert!(file.starts_with("name = \"Ministerio de Educación\"  "), "{file}");
    run(&["check", "--deny-warnings"], folder.path());
}

#[test]
fn a_new_report_is_about_the_plan_that_it_can_assess() {
    for (id, plan) in [
        ("2015-midterm-self-assessment", "2014-2015"),
        ("2016-end-of-term", "2014-2015"),
        ("2014-first-year", "2014-2015"),
        ("irm-2017", "2016-2018"),
        ("2013-early", "2018"),
        ("review", "2018"),
    ] {
        let folder = site_of("");
        run(&["new", "plan", "2016-2018"], folder.path());
        run(&["new", "plan", "2018"], folder.path());
        run(&["new", "report", id], folder.path());
        let file = read(folder.path(), &format!("content/reports/{id}.toml"));
        assert!(file.contains(&format!("\naction_plan = \"{plan}\"")), "{id}: {file}");
    }
}

#[test]
fn a_new_language_is_written_to_the_theme_of_the_site() {
    let folder = site_of(
        "\n//- themes/own/theme.toml\ntitle = \"Own\"\n//- site.toml\n…\ntheme = \"own\"\n",
    );
    run(&["new", "language", "ka"], folder.path());
    assert!(read(folder.path(), "themes/own/languages/ka.toml").contains("\n# home = \"Home\"\n"));
    assert_eq!(
        refusal(&["new", "language", "mn"], folder.path()),
        "Milepost has the texts of `mn` already: add it to `languages` in `site.toml`"
    );
}

#[test]
fn a_new_section_follows_those_of_its_kind() {
    let site = Site::new(
        "
//- content/commitments/2014-2015/1.toml
…
[[milestones]] # first
title = 'Step'
# note

# the news
[[updates]]
date = \"2015\"
text = 'News'",
    );
    assert_eq!(
        section(&site, Addition::Milestone("2014-2015/1")),
        "title = \"Promise\"
lead = \"finance\"
objective = \"Objective\"
description = \"Description\"
[[milestones]] # first
title = 'Step'
# note

[[milestones]]                       # one section per step
# id = \"1\"                           # its number, for reports and addresses
title = \"\"                           # the step, in one line, such as \"First step\"
# lead = \"national-data-center\"      # who carries it out, if it is not the lead of the commitment
# start_date = \"2014-07\"             # when the work starts
# end_date = \"2014-12\"               # when it should be completed
# completed_date = \"2014-11\"         # when it was completed
# level = \"completed\"                # how much is done, as the lead agency says; what a report
                                     #   says belongs to the assessment (not-started, limited,
                                     #   substantial, completed)
# description = '''The standard says what to publish.'''  # more about it
# evidence = [{ title = \"The standard\", url = \"https://example.org/standard\" }]
                                     # as in an assessment

# the news
[[updates]]
date = \"2015\"
text = 'News'"
    );
    let updated = section(&site, Addition::Update("2014-2015/1"));
    let added = updated.strip_prefix(&site.files()["content/commitments/2014-2015/1.toml"]);
    assert!(added.unwrap().starts_with("\n\n[[updates]]  "), "{updated}");
    assert!(added.unwrap().contains("\ndate = \"2018-01-01\"  "), "{updated}");
    assert!(!updated.ends_with('\n'));
}

/// The text of the first commitment of a site after something is added to it.
fn section(site: &Site, addition: Addition<'_>) -> String {
    match add(addition, &site.sources(), PartialDate::Day(2018, 1, 1)) {
        Ok(Change::Edit(file, _)) => file.text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_first_section_stands_before_those_that_follow_it_in_the_guide() {
    let site = Site::new(
        "
//- content/commitments/2014-2015/1.toml
…
[contact]
name = \"B. Bat\"
[[updates]]
date = \"2015\"
text = 'News'
",
    );
    let text = section(&site, Addition::Milestone("2014-2015/1"));
    let headers: Vec<&str> = text.lines().filter(|line| line.starts_with('[')).collect();
    assert!(headers[1].starts_with("[[milestones]]"), "{headers:?}");
    assert_eq!(headers.len(), 3);
    assert!(text.contains("\n\n[[updates]]\n"), "{text}");
}

#[test]
fn a_file_that_cannot_be_changed_is_not() {
    let folder = site_of(
        "
//- content/commitments/2014-2015/2.toml
title = \"Broken
//- content/commitments/2014-2015/3.toml
title = \"Promise\"
updates = [{ date = \"2015\", text = \"News\" }]
",
    );
    for (arguments, reason) in [
        (
            ["update", "2014-2015/2"],
            "`content/commitments/2014-2015/2.toml` has errors that prevent changes: correct those that \
             `milepost check` lists first",
        ),
        (
            ["update", "2014-2015/3"],
            "`updates` in `content/commitments/2014-2015/3.toml` is not a list of sections \
             `[[updates]]`: correct it first, as `milepost check` says",
        ),
        (
            ["milestone", "2014-2015/11"],
            "there is no commitment `2014-2015/11`: did you mean `2014-2015/1`?",
        ),
        (
            ["update", "2014-2015/abcdefgh"],
            "there is no commitment `2014-2015/abcdefgh`: create it with `milepost new commitment \
             2014-2015/abcdefgh`",
        ),
        (
            ["update", "2014-2105/1"],
            "there is no action plan `2014-2105`: did you mean `2014-2015`?",
        ),
        (
            ["commitment", "2030/1"],
            "there is no action plan `2030`: create it with `milepost new plan 2030`",
        ),
        (
            ["commitment", "7"],
            "`7` does not name a commitment: write its plan and its number, such as `2014-2015/5`",
        ),
        (
            ["commitment", "2014-2015/1"],
            "`content/commitments/2014-2015/1.toml` already exists: nothing was written; to start anew, \
             move it elsewhere first",
        ),
        (
            ["agency", "Finance"],
            "`content/agencies/finance.toml` already exists: nothing was written; to start anew, \
             move it elsewhere first",
        ),
        (
            ["agency", "Яам"],
            "no file can be named after `Яам`: give an id in the letters a to z, such as \
             `ministry-of-finance`, and write the name in the file",
        ),
        (
            ["report", "../midterm"],
            "`../midterm` cannot be the name of a file: use the letters a to z, digits, `-`, `.` and `_`",
        ),
    ] {
        assert_eq!(refusal(&[&["new"][..], &arguments].concat(), folder.path()), reason);
    }
}

#[test]
fn a_changed_file_leaves_nothing_beside_it() {
    let folder = site_of("\n//- content/commitments/2014-2015/1.toml~\nthe editor's own copy\n");
    let before: Vec<PathBuf> = files(folder.path()).into_keys().collect();
    run(&["new", "update", "2014-2015/1"], folder.path());
    assert_eq!(files(folder.path()).into_keys().collect::<Vec<_>>(), before);
    assert_eq!(
        read(folder.path(), "content/commitments/2014-2015/1.toml~"),
        "the editor's own copy\n"
    );
}

#[cfg(unix)]
#[test]
fn new_files_do_not_leave_the_site_through_a_link() {
    let (folder, elsewhere) = (site_of(""), tempfile::tempdir().unwrap());
    fs::remove_dir_all(folder.path().join("content/agencies")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("content/agencies")).unwrap();
    let output = milepost(&["new", "agency", "audit"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("content/agencies` is a link: "));
    assert_eq!(files(elsewhere.path()), BTreeMap::new());
}

#[test]
fn the_theme_is_listed_and_copied() {
    let folder = site_of(
        "\n//- themes/own/theme.toml\ntitle = \"Own\"\n//- site.toml\n…\ntheme = \"own\"\n",
    );
    let list = run(&["theme"], folder.path());
    assert!(list.starts_with("assets/icon.svg\n"), "{list}");
    let names = ["styles/main.css", "templates/home.html"];
    assert!(names.iter().all(|name| list.lines().any(|line| line == *name)), "{list}");
    let copied = run(&[&["theme"], &names[..]].concat(), folder.path());
    assert!(
        copied.starts_with("Wrote `themes/own/styles/main.css`.\nWrote `themes/own/templates/")
    );
    for name in names {
        let built_in = fs::read_to_string(repository().join("themes/plain").join(name)).unwrap();
        assert_eq!(read(folder.path(), &format!("themes/own/{name}")), built_in);
    }
    run(&["check", "--deny-warnings"], folder.path());
    assert_eq!(
        refusal(
            &["theme", "theme.toml", "styles/main.css", "templates/agency.html"],
            folder.path()
        ),
        "`themes/own/theme.toml` and `themes/own/styles/main.css` already exist: nothing was written; to start anew, \
         move them elsewhere first"
    );
    assert_eq!(
        refusal(&["theme", "styles/mian.css"], folder.path()),
        "the theme has no file `styles/mian.css`: did you mean `styles/main.css`?"
    );
}

#[test]
fn people_find_the_commands() {
    let folder = tempfile::tempdir().unwrap();
    let help = run(&["help"], folder.path());
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()) {
        assert!(readme.contains(&format!("| `milepost {command}")), "README.md lacks `{command}`");
        if command != "help" {
            let page = run(&["man", command], folder.path());
            assert!(page.contains(&format!(".TH milepost-{command} 1")), "{page}");
            assert!(run(&["help", command], folder.path()).contains("Usage: milepost "));
        }
    }
    assert!(run(&["man"], folder.path()).contains(".TH milepost 1"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(run(&["completions", shell], folder.path()).contains("explain"), "{shell}");
    }
    let typo = text(&milepost(&["biuld"], folder.path()).stderr);
    assert!(typo.contains("a similar subcommand exists: 'build'"), "{typo}");
}

/// Every commitment of the example site and of the rich site.
fn commitments() -> Vec<(Site, String)> {
    let sites = [Site::example, Site::rich];
    let all = sites.iter().flat_map(|site| {
        let paths: Vec<String> = site().files().keys().cloned().collect();
        let paths = paths.into_iter().filter(|path| path.starts_with("content/commitments/"));
        paths.map(|path| (site(), path))
    });
    all.collect()
}

/// Adds to the commitment at a path, and asserts that only lines were added.
fn assert_only_adds(site: &Site, path: &str) {
    let before = &site.files()[path];
    let id = path.strip_prefix("content/commitments/").unwrap().strip_suffix(".toml").unwrap();
    for (addition, header) in
        [(Addition::Update(id), "[[updates]]"), (Addition::Milestone(id), "[[milestones]]")]
    {
        let after = match add(addition, &site.sources(), PartialDate::Day(2018, 1, 1)) {
            Ok(Change::Edit(file, line)) => {
                assert!(file.text.lines().nth(line - 1).unwrap().starts_with(header), "{path}");
                file.text
            }
            other => panic!("{path}: {other:?}"),
        };
        let kept = before.bytes().zip(after.bytes()).take_while(|(old, new)| old == new).count();
        let rest = after.len() - before.len();
        let is_inserted = (0..=kept)
            .rev()
            .any(|start| before.as_bytes()[start..] == after.as_bytes()[start + rest..]);
        assert!(is_inserted, "{path}: more than an insertion:\n{after}");
        let count = |text: &str| text.lines().filter(|line| line.starts_with(header)).count();
        assert_eq!(count(&after), count(before) + 1, "{path}");
        assert_eq!(after.ends_with('\n'), before.ends_with('\n'), "{path}");
        let is_crlf = before.contains("\r\n");
        let bare = after.matches('\n').count() - after.matches("\r\n").count();
        assert!(!is_crlf || bare == 0, "{path}: two kinds of line ends");
    }
}

#[test]
fn additions_change_nothing_else() {
    for (site, path) in commitments() {
        assert_only_adds(&site, &path);
        let windows = site.with(&path, |text| text.replace('\n', "\r\n"));
        assert_only_adds(&windows, &path);
        let marked = windows.with(&path, |text| format!("\u{feff}{}", text.trim_end()));
        assert_only_adds(&marked, &path);
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn additions_change_nothing_else_whatever_stands_between_the_lines(
        pick in any::<prop::sample::Index>(),
        lines in prop::collection::vec(
            (any::<prop::sample::Index>(), prop::sample::select(vec!["", "# note", "  # title = 1"])),
            0..20,
        )
    ) {
        let all = commitments();
        let index = pick.index(all.len());
        let (site, path) = all.into_iter().nth(index).unwrap();
        let site = site.with(&path, |text| {
            let mut text: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
            for (at, line) in &lines {
                text.insert(at.index(text.len()), format!("{line}\n"));
            }
            text.concat()
        });
        assert_only_adds(&site, &path);
    }
}
