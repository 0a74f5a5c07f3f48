//! The program: what it prints, its exit status, and the files that it writes.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::disk::milepost;
use crate::fixture::{Site, text, walk};

/// The files of a folder, each with its content and the time of its last change.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
    walk(folder)
        .into_iter()
        .map(|path| {
            let changed = path.metadata().unwrap().modified().unwrap();
            (path.display().to_string(), fs::read(&path).unwrap(), changed)
        })
        .collect()
}

#[test]
fn a_first_build_prints_one_line() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let output = milepost(&["build"], folder.path());
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    let line = text(&output.stdout);
    assert!(
        line.starts_with("Built 23 pages about 1 commitment and 1 agency, in English: "),
        "{line}"
    );
    assert_eq!(line.lines().count(), 1);
    assert!(folder.path().join("public/commitments/2014-2015/1/index.html").is_file());
    assert!(folder.path().join("public/404.html").is_file());
}

#[test]
fn a_build_with_errors_leaves_the_old_portal_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    assert!(milepost(&["build"], folder.path()).status.success());
    let before = snapshot(&folder.path().join("public"));

    let commitment = folder.path().join("content/commitments/2014-2015/1.toml");
    let valid = fs::read_to_string(&commitment).unwrap();
    fs::write(&commitment, valid.replace("\"finance\"", "\"finanse\"") + "nonsense = 1\n").unwrap();
    let output = milepost(&["build"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let stderr = text(&output.stderr);
    assert!(stderr.contains("error[unknown-agency]: there is no agency `finanse`"), "{stderr}");
    assert!(stderr.contains("help: did you mean `finance`?"), "{stderr}");
    assert!(
        stderr.contains("error[unknown-key]: the commitment has no key `nonsense`"),
        "{stderr}"
    );
    assert!(stderr.contains("\n2 errors\n"), "{stderr}");
    assert_eq!(snapshot(&folder.path().join("public")), before);

    fs::write(&commitment, valid).unwrap();
    let template = folder.path().join("themes/plain/templates/not-found.html");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    fs::write(&template, "{{ nothing }}").unwrap();
    let output = milepost(&["build"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("themes/plain/templates/not-found.html:1:4"));
    assert_eq!(snapshot(&folder.path().join("public")), before);
    let entries: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(entries.len(), 4, "left over: {entries:?}");
}

#[test]
fn a_folder_that_milepost_did_not_create_is_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let other = folder.path().join("thesis");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("chapter-1.txt"), "years of work").unwrap();
    let output = milepost(&["build", "--out", "thesis"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let stderr = text(&output.stderr);
    assert!(stderr.contains("`thesis` is not empty and was not created by Milepost"), "{stderr}");
    assert_eq!(fs::read_to_string(other.join("chapter-1.txt")).unwrap(), "years of work");
}

#[test]
fn check_writes_nothing_and_prints_what_it_checked() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let before = snapshot(folder.path());
    let output = milepost(&["check"], folder.path());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout), "No problems: 23 pages about 1 commitment and 1 agency.\n");
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn v_prints_each_stage_with_counts_and_times() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let stages = |arguments: &[&str]| -> Vec<String> {
        let stderr = text(&milepost(arguments, folder.path()).stderr);
        let stages = stderr.lines().map(|line| line.split_once(" s  ").unwrap().1.to_owned());
        stages.collect()
    };
    let common = [
        "parsed 4 files of `content/`",
        "checked 1 commitment: 0 problems so far",
        "loaded the theme and 1 language file",
    ];
    let check = stages(&["check", "-v"]);
    assert!(check[0].starts_with("read "), "{check:?}");
    assert_eq!(check[1..4], common);
    let build = stages(&["build", "--verbose"]);
    assert_eq!(build[1..4], common);
    assert_eq!(build[4..].len(), 3, "{build:?}");
    assert!(build[6].starts_with("published 6"), "{build:?}");
    assert_eq!(stages(&["build"]), [""; 0]);
}

#[test]
fn schema_prints_a_kind_or_lists_all_kinds() {
    let folder = tempfile::tempdir().unwrap();
    let list = text(&milepost(&["schema"], folder.path()).stdout);
    assert!(list.starts_with("commitment   content/commitments/<plan>/<number>.toml\n"), "{list}");
    for line in list.lines() {
        let kind = line.split_whitespace().next().unwrap();
        let schema = milepost(&["schema", kind], folder.path()).stdout;
        let schema: serde_json::Value = serde_json::from_slice(&schema).unwrap();
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    }
    let unknown = milepost(&["schema", "comitment"], folder.path());
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_folder_without_a_site_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let output = milepost(&["build"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    let stderr = text(&output.stderr);
    assert!(
        stderr.starts_with("milepost: there is no `site.toml` in `.`: run Milepost"),
        "{stderr}"
    );
    assert_eq!(stderr.lines().count(), 1);
    let output = milepost(&["build", "nowhere"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "milepost: there is no folder `nowhere`\n");
}

#[test]
fn the_first_byte_that_is_not_utf8_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let agency = folder.path().join("content/agencies/finance.toml");
    fs::write(&agency, b"name = \"\xd1\xe0\xed\xe3\xe8\xe9\xed \xff\xe0\xec\"\n").unwrap();
    let output = milepost(&["check"], folder.path());
    assert_eq!(output.status.code(), Some(1));
    let stdout = text(&output.stdout);
    assert!(stdout.contains("error[not-utf8]"), "{stdout}");
    assert!(stdout.contains("content/agencies/finance.toml:1:9"), "{stdout}");
    assert!(stdout.contains("byte 0xD1"), "{stdout}");
    assert!(stdout.contains("\n1 error\n"), "{stdout}");
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_reported_and_not_read() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let content = folder.path().join("content");
    symlink("/etc/passwd", content.join("agencies/outside.toml")).unwrap();
    symlink("..", content.join("agencies/loop")).unwrap();
    fs::create_dir(content.join("files")).unwrap();
    symlink("/etc", content.join("files/etc")).unwrap();
    let pipe = content.join("reports/pipe.toml");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let output = milepost(&["check", "--format", "short"], folder.path());
    assert_eq!(
        text(&output.stdout),
        "content/agencies/loop: error[not-a-regular-file]: `content/agencies/loop` is a link; \
         Milepost reads only regular files\n\
         content/agencies/outside.toml: error[not-a-regular-file]: `content/agencies/outside.toml` \
         is a link; Milepost reads only regular files\n\
         content/files/etc: error[not-a-regular-file]: `content/files/etc` is a link; Milepost \
         reads only regular files\n\
         content/reports/pipe.toml: error[not-a-regular-file]: `content/reports/pipe.toml` is a \
         pipe; Milepost reads only regular files\n\
         4 errors\n"
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_the_content_folder_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let (content, moved) = (folder.path().join("content"), elsewhere.path().join("content"));
    fs::rename(&content, &moved).unwrap();
    std::os::unix::fs::symlink(&moved, &content).unwrap();
    let output = milepost(&["check", "--format", "short"], folder.path());
    assert_eq!(
        text(&output.stdout),
        "content: error[not-a-regular-file]: `content` is a link; Milepost reads only regular files\n\
         content/commitments: error[empty-site]: the site has no commitments\n\
         2 errors\n"
    );
}

#[cfg(unix)]
#[test]
fn a_closed_standard_error_does_not_change_the_exit_status() {
    let script = "exec \"$0\" build no-such-folder 2>&-";
    let status = Command::new("sh").args(["-c", script, env!("CARGO_BIN_EXE_milepost")]).status();
    assert_eq!(status.unwrap().code(), Some(2));
}

#[test]
#[cfg(target_os = "linux")]
fn a_report_that_cannot_be_written_does_not_turn_a_published_portal_into_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let build = |stdout: &str| {
        let mut command = Command::new("sh");
        command.args([
            "-c",
            &format!("exec \"$0\" build >{stdout}"),
            env!("CARGO_BIN_EXE_milepost"),
        ]);
        command.current_dir(folder.path()).output().unwrap()
    };
    let output = build("/dev/full");
    assert_eq!(output.status.code(), Some(0));
    let warning = "warning: the portal is published, but not this report: ";
    assert!(text(&output.stderr).starts_with(warning), "{}", text(&output.stderr));
    assert!(folder.path().join("public/index.html").exists());
    assert_eq!(build("&-").status.code(), Some(0));
}

#[test]
fn a_template_can_include_only_templates() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let templates = folder.path().join("themes/plain/templates");
    fs::create_dir_all(&templates).unwrap();
    fs::write(folder.path().join("secret.html"), "secret").unwrap();
    for name in ["/etc/passwd", "../../../secret.html", "../languages/en.toml"] {
        fs::write(templates.join("not-found.html"), format!("{{% include \"{name}\" %}}")).unwrap();
        let output = milepost(&["check", "--format", "short"], folder.path());
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(text(&output.stdout).contains("not-found.html:1:"), "{}", text(&output.stdout));
    }
}

/// Checks a site in a folder, and returns what is printed, one problem per line.
fn check_in_folder(site: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    Site::new(site).write_to(folder.path());
    text(&milepost(&["check", "--format", "short"], folder.path()).stdout)
}

#[test]
fn names_of_devices_are_reported() {
    let site = "\n//- content/files/com5\nx\n//- content/files/con.1/a.pdf\nx\n\
                //- content/files/LPT¹.pdf\nx\n//- content/agencies/aux.toml\nname = \"x\"\n\
                //- content/articles/nul.mn.md\n# x\n//- content/commitments/com0/1.toml\nx\n";
    let printed = check_in_folder(site);
    for (path, name) in [
        ("content/agencies/aux.toml", "aux.toml"),
        ("content/articles/nul.mn.md", "nul.mn.md"),
        ("content/commitments/com0/1.toml", "com0"),
        ("content/files/LPT¹.pdf", "LPT¹.pdf"),
        ("content/files/com5", "com5"),
        ("content/files/con.1/a.pdf", "con.1"),
    ] {
        let line =
            format!("{path}: error[unusable-name]: Windows cannot have a file named `{name}`\n");
        assert!(printed.contains(&line), "{printed}");
    }
    assert!(printed.ends_with("6 errors\n"), "{printed}");
}

#[test]
fn files_of_other_programs_are_reported() {
    let site = "\n//- content/files/Thumbs.db\nx\n//- content/files/a/desktop.ini\nx\n\
                //- content/files/~$decree.docx\nx\n//- content/agencies/desktop.ini\nx\n\
                //- content/files/.decree.pdf\nx\n//- content/.old/a/b.toml\nx\n\
                //- content/agencies/.justice.toml\nx\n//- content/files/.gitkeep\n\
                //- content/agencies/.finance.toml.swp\nx\n//- content/agencies/finance.toml~\nx\n\
                //- themes/plain/assets/.hidden\nx\n";
    let hidden = "is not published: its name begins with a dot";
    let left_over = "is a temporary file of another program";
    assert_eq!(
        check_in_folder(site),
        format!(
            "content/.old: warning[hidden-file]: `content/.old` {hidden}\n\
             content/agencies/.justice.toml: warning[hidden-file]: \
             `content/agencies/.justice.toml` {hidden}\n\
             content/agencies/desktop.ini: error[left-over-file]: `content/agencies/desktop.ini` \
             {left_over}\n\
             content/files/.decree.pdf: warning[hidden-file]: `content/files/.decree.pdf` {hidden}\n\
             content/files/Thumbs.db: error[left-over-file]: `content/files/Thumbs.db` {left_over}\n\
             content/files/a/desktop.ini: error[left-over-file]: `content/files/a/desktop.ini` \
             {left_over}\n\
             content/files/~$decree.docx: error[left-over-file]: `content/files/~$decree.docx` \
             {left_over}\n\
             4 errors and 3 warnings\n"
        )
    );
}

#[test]
fn file_names_that_some_hosts_refuse_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("\n//- content/files/Decree 12:2014.pdf\nx\n").write_to(folder.path());
    fs::write(folder.path().join("content/agencies/index.html.toml"), "name = \"x\"\n").unwrap();
    let output = milepost(&["check", "--format", "short"], folder.path());
    let stdout = text(&output.stdout);
    assert_eq!(stdout.matches("error[unusable-name]").count(), 2, "{stdout}");
    assert_eq!(stdout.lines().count(), 3, "{stdout}");
    let folder = tempfile::tempdir().unwrap();
    Site::new("\n//- content/files/a:b/x.pdf\nx\n//- content/files/a\tb/y.pdf\ny\n")
        .write_to(folder.path());
    let output = milepost(&["check", "--format", "short"], folder.path());
    let stdout = text(&output.stdout);
    assert_eq!(stdout.matches("error[unusable-name]").count(), 2, "{stdout}");
}

#[test]
fn a_preview_asks_search_engines_to_leave_it_out() {
    let folder = tempfile::tempdir().unwrap();
    Site::new("").write_to(folder.path());
    let noindex = |arguments: &[&str]| {
        assert!(milepost(arguments, folder.path()).status.success());
        ["index.html", "agencies/finance/index.html", "_headers"].map(|file| {
            fs::read_to_string(folder.path().join("public").join(file)).unwrap().contains("noindex")
        })
    };
    assert_eq!(noindex(&["build", "--noindex"]), [true; 3]);
    assert_eq!(noindex(&["build"]), [false; 3]);
}
