//! The data files and feeds, validated by independent programs.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::check_requirements;
use crate::fixture::{Outcome, Site, example, text};

/// Validates the files against their descriptions with independent programs, and returns what they
/// print about files that are not valid.
fn validate(folder: &Path) -> Result<(), String> {
    let script = r#"
import json, sys, jsonschema, frictionless
folder = sys.argv[1]
report = frictionless.validate(folder + "/datapackage.json")
for problem in report.flatten(["type", "message"]):
    print(problem)
read = lambda name: json.load(open(folder + "/" + name, encoding="utf-8"))
jsonschema.validate(read("commitments.json"), read("commitments.schema.json"))
sys.exit(0 if report.valid else 1)
"#;
    let output = Command::new("python3").args(["-c", script]).arg(folder).output().unwrap();
    let printed = || text(&output.stdout) + &text(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(printed()) }
}

#[test]
fn the_data_package_and_the_schema_describe_the_data() {
    check_requirements();
    let outcome = example();
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in &outcome.files {
        if let Some(name) = path.strip_prefix("data/").filter(|name| !name.ends_with(".html")) {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
    }
    assert_eq!(validate(folder.path()), Ok(()));
    // An unknown level, and a row that refers to an unknown commitment.
    let assessments = folder.path().join("assessments.csv");
    let valid = std::fs::read_to_string(&assessments).unwrap();
    for (from, to) in [(",limited,", ",halfway,"), ("3.3.1.1,", "9.9.9,")] {
        assert!(valid.contains(from));
        std::fs::write(&assessments, valid.replacen(from, to, 1)).unwrap();
        assert!(validate(folder.path()).is_err(), "`{to}` is accepted");
    }
}

/// A script that checks every feed of a folder against RFC 4287, and prints the number of feeds.
const CHECK_FEEDS: &str = r#"
import pathlib, re, sys
import xml.etree.ElementTree as tree
atom = "{http://www.w3.org/2005/Atom}"
timestamp = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
ids, count = {}, 0
for file in pathlib.Path(sys.argv[1]).rglob("feed.xml"):
    feed = tree.parse(file).getroot()
    assert feed.tag == atom + "feed", file
    assert feed.find(atom + "author/" + atom + "name").text, file
    assert any(link.get("rel") == "self" for link in feed.findall(atom + "link")), file
    for element in [feed] + feed.findall(atom + "entry"):
        for name in ["id", "title", "updated"]:
            texts = [child.text for child in element.findall(atom + name)]
            assert len(texts) == 1 and texts[0], (file, name)
        assert timestamp.match(element.find(atom + "updated").text), file
        assert re.match(r"^https://example\.org/\S*$", element.find(atom + "id").text), file
        for link in element.findall(atom + "link"):
            assert link.get("href").startswith("https://example.org/"), file
    entries = [entry.find(atom + "id").text for entry in feed.findall(atom + "entry")]
    assert len(entries) == len(set(entries)), file
    dates = [entry.find(atom + "updated").text for entry in feed.findall(atom + "entry")]
    assert dates == sorted(dates, reverse=True), file
    name = feed.find(atom + "id").text
    assert ids.setdefault(name, file) == file, name
    count += 1
print(count)
"#;

/// The number of feeds; `None` if one of them is not valid.
fn count_valid_feeds(outcome: &Outcome) -> Option<usize> {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in outcome.files.iter().filter(|(path, _)| path.ends_with("feed.xml")) {
        let to = folder.path().join(path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, bytes).unwrap();
    }
    let output =
        Command::new("python3").args(["-c", CHECK_FEEDS]).arg(folder.path()).output().unwrap();
    let count = String::from_utf8(output.stdout).unwrap();
    output.status.success().then(|| count.trim().parse().unwrap())
}

#[test]
fn every_feed_follows_the_standard() {
    check_requirements();
    let outcome = example();
    // The portal, 13 agencies and 21 commitments, in two languages.
    assert_eq!(count_valid_feeds(outcome), Some(70));
    let with_similar_entries = Site::new(
        r#"
//- content/commitments/2014-2015/1.toml
…
[[assessments]]
report = "midterm"
results = "Some *words* & <"
[[updates]]
date = "2016-02-29"
text = "One"
[[updates]]
date = "2016-02-29"
text = "Two"
"#,
    );
    assert_eq!(count_valid_feeds(&with_similar_entries.build()), Some(3));
    let faulty = outcome.text("feed.xml").replacen("<id>", "<ID>", 1).replacen("</id>", "</ID>", 1);
    let files = BTreeMap::from([("feed.xml".to_owned(), faulty.into_bytes())]);
    assert_eq!(count_valid_feeds(&Outcome { diagnostics: String::new(), files }), None);
}
