//! Publishing: whatever happens, readers have either the old portal or the new one, and files that
//! Milepost did not write are kept.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::disk::{build, entries, files, large_site, milepost, rename_site, site_of};
use crate::fixture::{Site, text, walk};

/// The inode and the time of the last change of each file.
fn identities(folder: &Path) -> BTreeMap<PathBuf, (u64, i64, i64)> {
    let identity = |path: PathBuf| {
        let metadata = path.symlink_metadata().unwrap();
        (path, (metadata.ino(), metadata.mtime(), metadata.mtime_nsec()))
    };
    walk(folder).into_iter().map(identity).collect()
}

#[track_caller]
fn assert_refused(output: &Output, reason: &str) {
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains(reason), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
}

#[test]
fn the_next_build_removes_what_a_killed_build_left() {
    let folder = site_of("");
    let folder = folder.path();
    build(folder, &[]);
    fs::write(folder.join("public/CNAME"), "example.org\n").unwrap();
    // Killed while it writes, after the exchange, and between the two steps of an exchange.
    for name in [".public.new", ".public.old"] {
        let copied = Command::new("cp").args(["-r", "public", name]).current_dir(folder).status();
        assert!(copied.unwrap().success());
    }
    fs::write(folder.join(".public.lock"), "").unwrap();
    build(folder, &[]);
    assert_eq!(entries(folder), ["content", "public", "site.toml"]);
    fs::rename(folder.join("public"), folder.join(".public.old")).unwrap();
    build(folder, &[]);
    assert_eq!(entries(folder), ["content", "public", "site.toml"]);
    assert_eq!(fs::read_to_string(folder.join("public/CNAME")).unwrap(), "example.org\n");
    // A folder with the same name that Milepost did not create.
    fs::create_dir(folder.join(".public.new")).unwrap();
    fs::write(folder.join(".public.new/thesis.txt"), "years of work").unwrap();
    assert_refused(&milepost(&["build"], folder), "was not created by Milepost");
    assert!(folder.join(".public.new/thesis.txt").exists());
}

#[test]
fn a_second_build_at_the_same_time_is_refused() {
    let folder = site_of("");
    let folder = folder.path();
    build(folder, &[]);
    let lock = fs::File::create(folder.join(".public.lock")).unwrap();
    lock.lock().unwrap();
    assert_refused(&milepost(&["build"], folder), "another build is writing `./public`");
    drop(lock);
    build(folder, &[]);
}

#[test]
fn a_lock_that_is_not_a_regular_file_does_no_harm() {
    let folder = site_of("");
    let folder = folder.path();
    let lock = folder.join(".public.lock");
    let target = folder.join("target");
    let reason = "`./.public.lock` is not a regular file: delete it";
    // A link to a file that does not exist, and to one that does.
    symlink("target", &lock).unwrap();
    assert_refused(&milepost(&["build"], folder), reason);
    assert!(!target.exists());
    fs::write(&target, "mine").unwrap();
    assert_refused(&milepost(&["build"], folder), reason);
    assert_eq!(fs::read(&target).unwrap(), b"mine");
    assert!(lock.is_symlink());
    fs::remove_file(&lock).unwrap();
    // A pipe that nobody reads, and a folder.
    assert!(Command::new("mkfifo").arg(&lock).status().unwrap().success());
    assert_refused(&milepost(&["build"], folder), reason);
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    assert_refused(&milepost(&["build"], folder), reason);
    assert!(lock.is_dir());
}

#[test]
fn links_in_place_of_the_folders_of_a_build_are_not_followed() {
    let folder = site_of("");
    let folder = folder.path();
    // The portal of another site.
    build(folder, &["--out", "other"]);
    let before = files(&folder.join("other"));
    for name in [".public.new", ".public.old"] {
        symlink("other", folder.join(name)).unwrap();
        build(folder, &[]);
        assert!(files(&folder.join("other")) == before, "{name}");
        assert_eq!(entries(folder), ["content", "other", "public", "site.toml"]);
        assert!(!folder.join("public").is_symlink());
        fs::remove_dir_all(folder.join("public")).unwrap();
    }
}

#[test]
fn a_failed_build_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    large_site(folder, 20);
    build(folder, &[]);
    let public = folder.join("public");
    let before = (files(&public), identities(&public));
    let assert_unchanged = || {
        assert!((files(&public), identities(&public)) == before);
        assert_eq!(
            entries(folder).iter().filter(|name| name.starts_with('.')).count(),
            0,
            "{:?}",
            entries(folder)
        );
    };

    rename_site(folder, "Another title");
    let theme = folder.join("themes/plain/templates");
    fs::create_dir_all(&theme).unwrap();
    // An error on only one page, the last that is rendered.
    let template = crate::fixture::repository().join("themes/plain/templates/commitment.html");
    let template = fs::read_to_string(template).unwrap();
    let faulty =
        format!("{template}{{% if view.number == \"20\" %}}{{{{ nothing }}}}{{% endif %}}");
    let faulty = faulty.replace(
        "{% block main %}",
        "{% block main %}{% if view.number == \"20\" %}{{ nothing }}{% endif %}",
    );
    fs::write(theme.join("commitment.html"), faulty).unwrap();
    let output = milepost(&["build"], folder);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("error[template-fault]"), "{}", text(&output.stderr));
    assert_unchanged();
    fs::remove_dir_all(folder.join("themes")).unwrap();

    // A foreign file has the path of a new page.
    let article = folder.join("content/articles/about.md");
    fs::create_dir_all(article.parent().unwrap()).unwrap();
    fs::write(&article, "# About\n").unwrap();
    fs::create_dir(public.join("about")).unwrap();
    fs::write(public.join("about/index.html"), "mine").unwrap();
    let output = milepost(&["build"], folder);
    assert_refused(&output, "is in the way of a file of the portal: move it elsewhere");
    fs::remove_dir_all(public.join("about")).unwrap();
    assert_unchanged();
}

#[test]
fn a_folder_without_write_permission_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    large_site(folder, 2);
    build(folder, &[]);
    let before = identities(&folder.join("public"));
    // If the tests run as root, another user must run the program.
    let program = folder.join("milepost");
    // By another process: while this one writes a program, the tests that start others would keep it open,
    // and it could not be run.
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_milepost")).arg(&program).status();
    assert!(copied.unwrap().success());
    fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
    let mut run = match fs::metadata(folder).unwrap().uid() {
        0 => {
            let mut run = Command::new("setpriv");
            run.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program);
            run
        }
        _ => Command::new(&program),
    };
    let output = run.arg("build").current_dir(folder).output().unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert_refused(&output, "cannot be created: Permission denied");
    assert!(identities(&folder.join("public")) == before);
}

#[test]
fn dangerous_output_folders_are_refused() {
    let folder = site_of("");
    let folder = folder.path();
    fs::create_dir(folder.join("empty")).unwrap();
    symlink("empty", folder.join("link")).unwrap();
    let repository = folder.join("repository");
    fs::create_dir_all(repository.join(".git")).unwrap();
    let home = tempfile::tempdir().unwrap();
    for (out, reason) in [
        (".", "contains the site itself"),
        ("..", "contains the site itself"),
        ("/", "contains the site itself"),
        ("content/../.", "contains the site itself"),
        ("content", "is part of the site"),
        ("content/files", "is part of the site"),
        ("themes/new", "is part of the site"),
        ("site.toml", "is a file"),
        ("link", "is a link"),
        ("link/", "is a link"),
        ("repository", "is not empty and was not created by Milepost"),
        ("nowhere/../empty", "goes through a folder that does not exist"),
    ] {
        let output = milepost(&["build", "--out", out], folder);
        assert_refused(&output, reason);
    }
    let output = Command::new(env!("CARGO_BIN_EXE_milepost"))
        .args(["build", "--out"])
        .arg(home.path())
        .env("HOME", home.path())
        .current_dir(folder)
        .output()
        .unwrap();
    assert_refused(&output, "is your home folder");
    assert_eq!(entries(folder), ["content", "empty", "link", "repository", "site.toml"]);
    // A new folder, at any depth, and an empty folder are accepted.
    build(folder, &["--out", "a/b/c"]);
    build(folder, &["--out", "empty/"]);
    assert!(folder.join("empty/index.html").is_file());
}

#[test]
fn foreign_files_are_kept() {
    let folder = site_of("");
    let folder = folder.path();
    build(folder, &[]);
    let public = folder.join("public");
    fs::create_dir_all(public.join(".git/refs/tags")).unwrap();
    fs::create_dir_all(public.join(".well-known")).unwrap();
    fs::write(public.join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
    fs::write(public.join(".well-known/security.txt"), "Contact: …\n").unwrap();
    fs::write(public.join("CNAME"), "example.org\n").unwrap();
    fs::set_permissions(public.join("CNAME"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink("CNAME", public.join("link")).unwrap();
    let before = identities(&public);
    let stdout = build(folder, &[]);
    assert!(
        stdout.contains(
            "Kept, not created by Milepost: .git/HEAD, .well-known/security.txt, CNAME, link"
        ),
        "{stdout}"
    );
    assert!(public.join(".git/refs/tags").is_dir());
    assert_eq!(fs::read_link(public.join("link")).unwrap(), Path::new("CNAME"));
    assert_eq!(identities(&public)[&public.join("CNAME")], before[&public.join("CNAME")]);
    assert_eq!(fs::metadata(public.join("CNAME")).unwrap().mode() & 0o777, 0o600);
}

#[test]
fn files_of_removed_content_are_removed() {
    let folder = site_of(
        "\n//- content/commitments/2014-2015/2.toml\ntitle = \"Two\"\nlead = \
        \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n//- content/files/a b.txt\nx\n",
    );
    let folder = folder.path();
    build(folder, &[]);
    let commitments = folder.join("content/commitments/2014-2015");
    fs::rename(commitments.join("2.toml"), commitments.join("3.toml")).unwrap();
    fs::remove_dir_all(folder.join("content/files")).unwrap();
    build(folder, &[]);
    let public = folder.join("public");
    let existing: Vec<String> =
        files(&public).keys().map(|path| path.to_str().unwrap().to_owned()).collect();
    let manifest = fs::read_to_string(public.join(".milepost")).unwrap();
    let path_of = |line: &str| line.split('\t').next().unwrap().to_owned();
    let mut listed: Vec<String> = manifest.lines().skip(1).map(path_of).collect();
    listed.push(".milepost".to_owned());
    listed.sort_by(|a, b| Path::new(a).cmp(Path::new(b)));
    assert_eq!(existing, listed);
    assert!(!public.join("commitments/2014-2015/2").exists());
    assert!(public.join("commitments/2014-2015/3/index.html").exists());
    assert!(!public.join("files").exists());
}

#[test]
fn an_unchanged_file_keeps_its_inode_and_time() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    large_site(folder, 20);
    fs::create_dir(folder.join("content/files")).unwrap();
    fs::write(folder.join("content/files/decree.pdf"), vec![7; 200_000]).unwrap();
    build(folder, &[]);
    let public = folder.join("public");
    let before = identities(&public);
    let json: serde_json::Value = serde_json::from_str(&build(folder, &["--json"])).unwrap();
    assert!(identities(&public) == before);
    assert_eq!(json["unchanged"].as_u64().unwrap() as usize, before.len() - 1);
    assert_eq!(json["changed"], serde_json::json!([]));

    // Changes one commitment, adds one evidence file, removes another, and changes one page in the
    // output folder.
    let file = folder.join("content/commitments/2014-2015/7.toml");
    let promise = fs::read_to_string(&file).unwrap();
    fs::write(&file, promise.replace("\"Objective\"", "\"Another objective\"")).unwrap();
    fs::write(folder.join("content/files/law.pdf"), "law").unwrap();
    fs::remove_file(folder.join("content/files/decree.pdf")).unwrap();
    fs::write(public.join("404.html"), "vandals").unwrap();
    let json: serde_json::Value = serde_json::from_str(&build(folder, &["--json"])).unwrap();
    assert_eq!(json["added"], serde_json::json!(["files/law.pdf"]));
    assert_eq!(json["removed"], serde_json::json!(["files/decree.pdf"]));
    assert_eq!(
        json["changed"],
        serde_json::json!([
            "404.html",
            "commitments/2014-2015/7/index.html",
            "commitments/2014-2015/7/index.json",
            "data/ogp.csv",
            "search/words.json"
        ])
    );
    let after = identities(&public);
    let changed: Vec<_> =
        before.iter().filter(|(path, identity)| after.get(*path) != Some(*identity)).collect();
    // The five changed files, the removed one, and the manifest.
    assert_eq!(changed.len(), 7, "{changed:?}");
    assert!(fs::read_to_string(public.join("404.html")).unwrap().contains("<h1>"));
    let stdout = build(folder, &[]);
    assert!(stdout.contains("\n0 added, 0 changed, 0 removed, "), "{stdout}");
}

#[test]
fn a_file_that_was_deleted_by_hand_is_not_listed_as_removed() {
    let folder = site_of("\n//- content/files/a.pdf\nA\n//- content/files/b.pdf\nB\n");
    let folder = folder.path();
    build(folder, &[]);
    fs::remove_dir_all(folder.join("content/files")).unwrap();
    fs::remove_file(folder.join("public/files/a.pdf")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&build(folder, &["--json"])).unwrap();
    assert_eq!(json["removed"], serde_json::json!(["files/b.pdf"]));
}

/// Builds again after each edit, and also to a new folder, and asserts that both portals have the
/// same bytes. An edit is a file, a text in it, and its replacement. A file that does not exist is
/// created, and a file that becomes empty is removed.
fn assert_same_as_new_portal(folder: &Path, arguments: &[&str], edits: &[(&str, &str, &str)]) {
    build(folder, arguments);
    for (path, from, to) in edits {
        let file = folder.join(path);
        let text = fs::read_to_string(&file).unwrap_or_default();
        assert!(text.contains(from), "{path}: {from}");
        let text = text.replacen(from, to, 1);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        match text.is_empty() {
            true => fs::remove_file(&file).unwrap(),
            false => fs::write(&file, text).unwrap(),
        }
        build(folder, arguments);
        let new = folder.join("new");
        build(folder, &[arguments, &["--out", new.to_str().unwrap()]].concat());
        let (updated, fresh) = (files(&folder.join("public")), files(&new));
        let differ = |path: &&PathBuf| updated.get(*path) != fresh.get(*path);
        let differing: Vec<&PathBuf> = fresh.keys().chain(updated.keys()).filter(differ).collect();
        assert_eq!(differing, Vec::<&PathBuf>::new(), "after {path}: {to}");
        fs::remove_dir_all(&new).unwrap();
    }
}

#[test]
fn a_rebuilt_portal_equals_one_in_a_new_folder() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    large_site(folder, 30);
    let more_files = [
        ("content/agencies/justice.toml", "name = \"Ministry of Justice\"\n"),
        ("content/files/decree.txt", "x"),
        (
            "content/commitments/2014-2015/30.toml",
            "title = \"Last\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"See [it](/commitments/2014-2015/12/).\"\n",
        ),
    ];
    for (path, text) in more_files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    const SEVEN: &str = "content/commitments/2014-2015/7.toml";
    const TWELVE: &str = "content/commitments/2014-2015/12.toml";
    const END: &str = "description = \"Description\"\n";
    let assessed = format!("{END}[[assessments]]\nreport = \"midterm\"\nlevel = \"limited\"\n");
    let evidence = "level = \"completed\"\n[[assessments.evidence]]\ntitle = \"Decree\"\n\
                    file = \"files/decree.txt\"\n";
    let updated = format!("{END}[[updates]]\ndate = \"2017-05\"\ntext = \"News\"\n");
    let withdrawn = format!("{END}[withdrawn]\ndate = \"2017-06\"\nreason = \"No money\"\n");
    assert_same_as_new_portal(
        folder,
        &[],
        &[
            (SEVEN, "Promise 7", "A promise"),
            (SEVEN, END, &assessed),
            (SEVEN, "level = \"limited\"\n", evidence),
            ("content/files/decree.txt", "x", "a longer text\n"),
            (SEVEN, "lead = \"finance\"", "lead = \"justice\""),
            (SEVEN, "lead =", "supporting = [\"finance\"]\nlead ="),
            (SEVEN, "lead =", "chapter = \"1\"\nlead ="),
            (TWELVE, END, &updated),
            ("content/commitments/2014-2015/13.toml", END, &updated.replace("2017", "2016")),
            (TWELVE, "lead =", "aliases = [\"120\"]\nlead ="),
            ("content/commitments/2014-2015/20.toml", END, &withdrawn),
            (
                "content/action-plans/2016-2018.toml",
                "",
                "title = \"Next plan\"\nstart_date = \"2016\"\nend_date = \"2018\"\n",
            ),
            (
                "content/commitments/2016-2018/1.toml",
                "",
                "title = \"Again\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n\
                 carried_from = \"2014-2015/9\"\n",
            ),
            ("content/commitments/2014-2015/9.toml", "Promise 9", "An old promise"),
            ("site.toml", "language =", "languages = [\"mn\"]\nlanguage ="),
            (SEVEN, "level = \"completed\"\n", "level = \"completed\"\nresults = \"All\"\n"),
            (SEVEN, "title = \"A promise\"", "mn.title = \"Амлалт\"\ntitle = \"A promise\""),
            ("content/agencies/justice.toml", "Ministry", "Department"),
            ("content/action-plans/2014-2015.toml", "title = \"Chapter\"", "title = \"Part\""),
            ("content/reports/midterm.toml", "date = \"2015\"", "date = \"2015-11\""),
            (
                "content/commitments/2014-2015/6a.toml",
                "",
                "title = \"New\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n",
            ),
            (
                "content/commitments/2014-2015/6a.toml",
                "title = \"New\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n",
                "",
            ),
            ("content/articles/about.md", "", "# About\n\nUs.\n"),
            ("themes/plain/templates/article.html", "", "{{ view.page.title.text }}"),
            ("site.toml", "language =", "repository = \"https://example.org/edit\"\nlanguage ="),
        ],
    );
}

#[test]
fn an_evidence_file_with_the_name_of_a_compressed_copy_is_kept() {
    let long = "row\n".repeat(1000);
    let folder = site_of(&format!(
        "\n//- content/files/budget.csv\n{long}//- content/files/budget.csv.gz\nours\n"
    ));
    let copy = folder.path().join("public/files/budget.csv.gz");
    for _ in 0..3 {
        build(folder.path(), &["--precompress"]);
        assert_eq!(fs::read(&copy).unwrap(), b"ours\n");
        assert!(copy.with_extension("br").exists());
    }
}

#[test]
fn rebuilt_compressed_copies_equal_those_in_a_new_folder() {
    let folder = tempfile::tempdir().unwrap();
    large_site(folder.path(), 3);
    let end = "description = \"Description\"\n";
    let updated = format!("{end}[[updates]]\ndate = \"2017-05\"\ntext = \"News\"\n");
    assert_same_as_new_portal(
        folder.path(),
        &["--precompress"],
        &[
            ("content/commitments/2014-2015/2.toml", "Promise 2", "A promise"),
            ("content/commitments/2014-2015/3.toml", end, &updated),
        ],
    );
}

#[test]
fn rebuilt_pages_of_long_lists_equal_those_in_a_new_folder() {
    let folder = tempfile::tempdir().unwrap();
    large_site(folder.path(), 310);
    let end = "description = \"Description\"\n";
    let withdrawn = format!("{end}[withdrawn]\n");
    assert_same_as_new_portal(
        folder.path(),
        &["--base-url", "https://example.net/portal/"],
        &[
            ("content/commitments/2014-2015/305.toml", "Promise 305", "A promise"),
            ("content/commitments/2014-2015/5.toml", end, &withdrawn),
        ],
    );
}

/// A small site with dates, two languages, and texts that are sorted and compressed.
fn site_in_two_languages() -> Site {
    let mut text = String::from(
        r#"
//- site.toml
…
languages = ["en", "mn"]
//- content/agencies/justice.toml
name = "Ministry of Justice"
mn.name = "Хууль зүйн яам"
//- content/files/decree.txt
x
"#,
    );
    for number in 1..=5 {
        let lead = ["finance", "justice"][number % 2];
        text.push_str(&format!(
            r#"
//- content/commitments/2014-2015/{number}.toml
title = "Promise {number}"
lead = "{lead}"
objective = "Objective"
description = "Description"
end_date = "2015-0{number}-14"
mn.title = "Амлалт {number}"
[[assessments]]
report = "midterm"
level = "limited"
evidence = [{{ title = "Decree", file = "files/decree.txt" }}]
[[updates]]
date = "2015-0{number}"
text = "Work on {number} has begun."
"#
        ));
    }
    Site::new(&text)
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_environment() {
    let site = site_in_two_languages();
    let environments: [&[(&str, &str)]; 5] = [
        &[("TZ", "UTC"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "1")],
        &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "mn_MN.UTF-8"), ("RAYON_NUM_THREADS", "2")],
        &[("TZ", "Pacific/Pago_Pago"), ("LC_ALL", "tr_TR.UTF-8"), ("RAYON_NUM_THREADS", "8")],
        &[("SOURCE_DATE_EPOCH", "1447545599")],
        &[("SOURCE_DATE_EPOCH", "1800000000")],
    ];
    let mut first = None;
    for (index, environment) in environments.into_iter().enumerate() {
        let folder = tempfile::Builder::new().prefix("a long name ө").tempdir().unwrap();
        // The files are created in a different order each time.
        let mut paths: Vec<&String> = site.files().keys().collect();
        let turn = index * 17 % paths.len();
        paths.rotate_left(turn);
        for path in paths {
            let to = folder.path().join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, &site.files()[path]).unwrap();
        }
        let umask = ["022", "077", "002"][index % 3];
        let script = format!("umask {umask}; exec \"$0\" build --precompress >/dev/null");
        let status = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_milepost")])
            .envs(environment.iter().copied())
            .current_dir(folder.path())
            .status();
        assert!(status.unwrap().success());
        let portal = files(&folder.path().join("public"));
        assert!(portal.contains_key(Path::new("index.html.br")));
        assert!(portal.contains_key(Path::new("data/commitments.json.gz")));
        match &first {
            None => first = Some(portal),
            Some(first) => assert!(portal == *first, "{environment:?} gives different bytes"),
        }
    }
}

#[test]
fn the_command_line_can_set_the_address_of_the_portal() {
    let folder = site_of("");
    build(folder.path(), &["--base-url", "https://preview.example/42"]);
    let home = fs::read_to_string(folder.path().join("public/index.html")).unwrap();
    assert!(home.contains("<link rel=\"canonical\" href=\"https://preview.example/42/\">"));
    let output = milepost(&["build", "--base-url", "preview.example"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let headers = fs::read_to_string(folder.path().join("public/_headers")).unwrap();
    assert!(headers.contains("frame-ancestors 'none'"), "{headers}");
}
