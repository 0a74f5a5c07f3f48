//! The pages in a real browser: `tests/browser/check.mjs` checks the built example site.

use std::path::Path;
use std::process::Command;

use crate::check_requirements;
use crate::disk::milepost;
use crate::fixture::{machine, repository, rich_folder, text};

/// Builds a site, and runs `check.mjs` on its portal with these arguments.
#[track_caller]
fn check_in_browser(site: &Path, arguments: &[&str]) {
    let _machine = machine();
    let folder = tempfile::tempdir().unwrap();
    let portal = folder.path().join("portal");
    let built = milepost(&["build", "--out", portal.to_str().unwrap()], site);
    assert!(built.status.success(), "{}", text(&built.stderr));
    let tests = repository().join("tests/browser");
    let mut command = Command::new("node");
    let output = command.arg("check.mjs").arg(&portal).args(arguments).current_dir(&tests).output();
    let output = output.expect("node");
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn every_kind_of_page_passes_the_checks() {
    check_requirements();
    check_in_browser(repository(), &[]);
    check_in_browser(&rich_folder(), &[]);
}

#[test]
fn readers_find_the_right_page() {
    check_requirements();
    let _machine = machine();
    let folder = tempfile::tempdir().unwrap();
    let portals = [
        (repository().to_owned(), folder.path().join("example")),
        (repository().join("tests/search/site"), folder.path().join("scripts")),
    ];
    for (site, portal) in &portals {
        let built = milepost(&["build", "--out", portal.to_str().unwrap()], site);
        assert!(built.status.success(), "{}", text(&built.stderr));
    }
    let mut command = Command::new("node");
    command.arg("search.mjs").args(portals.map(|(_, portal)| portal));
    let output = command.current_dir(repository().join("tests/browser")).output().expect("node");
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn each_check_finds_its_planted_error() {
    check_requirements();
    check_in_browser(repository(), &["--faults"]);
}
