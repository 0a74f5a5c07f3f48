//! The schemas of `milepost schema`, in the program that editors' TOML extensions use.

use std::fs;
use std::path::Path;
use std::process::Command;

use milepost::testing::{Kind, schema};

use crate::check_requirements;
use crate::disk::milepost;
use crate::fixture::{repository, text, walk};

/// Checks TOML files against the schema of their kind. Returns what is wrong with them.
fn check(kind: Kind, files: &[&Path]) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("schema.json");
    fs::write(&path, schema(kind).to_string()).unwrap();
    let taplo = repository().join("tests/browser/node_modules/.bin/taplo");
    let schema = format!("file://{}", path.display());
    let mut command = Command::new(taplo);
    command.args(["check", "--no-auto-config", "--schema", &schema]).args(files);
    let output = command.output().unwrap();
    if output.status.success() { Ok(()) } else { Err(text(&output.stderr)) }
}

#[test]
fn every_file_of_the_example_follows_the_schema_of_its_kind() {
    check_requirements();
    for kind in Kind::of_editors() {
        let place = kind.files().split('<').next().unwrap();
        let place = repository().join(place);
        let files = if place.is_dir() { walk(&place) } else { vec![place] };
        let files: Vec<&Path> = files.iter().map(AsRef::as_ref).collect();
        assert!(!files.is_empty());
        assert_eq!(check(kind, &files), Ok(()));
    }
}

#[test]
fn the_schemas_reject_mistakes() {
    check_requirements();
    let commitment = r#"
title = "Promise"
lead = "finance"
start_date = 2014-07-01
objective = "Objective"
description = "Description"
values = ["technology"]
[mn]
title = "Амлалт"
[[assessments]]
report = "midterm"
level = "limited"
evidence = [{ title = "Decree", url = "https://example.org/" }]
[assessments.mn]
results = "Үр дүн"
"#;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("1.toml");
    let check_with = |from: &str, to: &str| {
        assert!(commitment.contains(from), "no `{from}`");
        fs::write(&file, commitment.replacen(from, to, 1)).unwrap();
        check(Kind::Commitment, &[&file])
    };
    assert_eq!(check_with("", ""), Ok(()));
    let mistakes = [
        ("lead = \"finance\"\n", ""),                    // a missing key
        ("objective", "objektive"),                      // a misspelt key
        ("\"Promise\"", "3"),                            // a number for a text
        ("\"Promise\"", "\" \""),                        // an empty text
        ("\"Promise\"", "\"\"\"Two\nlines\"\"\""),       // two lines for a title
        ("\"technology\"", "\"tech\""),                  // an unknown value
        ("[\"technology\"]", "\"technology\""),          // a text for a list
        ("\"limited\"", "\"halfway\""),                  // an unknown level
        ("\"https://example.org/\"", "\"example.org\""), // an address without a scheme
        ("2014-07-01", "\"July 2014\""),                 // a date in words
        ("[mn]\ntitle = \"Амлалт\"", "[withdrawal]"),    // an unknown section, which is empty
        ("[mn]\ntitle", "[mn]\nlead"),                   // a translation of an id
        ("[[assessments]]", "[assessments]"),            // single brackets for a list
        ("[assessments.mn]\nresults", "[assessments.mn]\nresult"), // a misspelt translation
    ];
    for (from, to) in mistakes {
        assert!(check_with(from, to).is_err(), "`{to}` is accepted");
    }
}

#[test]
fn the_files_of_a_new_site_name_the_schemas_that_they_follow() {
    check_requirements();
    let folder = tempfile::tempdir().unwrap();
    assert!(milepost(&["init"], folder.path()).status.success());
    let check = || {
        let taplo = repository().join("tests/browser/node_modules/.bin/taplo");
        let mut command = Command::new(taplo);
        let output =
            command.args(["check", "--no-auto-config"]).current_dir(folder.path()).output();
        output.unwrap().status.success()
    };
    assert!(check());
    assert!(milepost(&["new", "plan", "second"], folder.path()).status.success());
    assert!(!check(), "what is empty is not a mistake");
}
