//! The pages in a real browser: `tests/browser/check.mjs` checks the built example site.

use std::process::Command;

use crate::check_requirements;
use crate::fixture::{machine, milepost, repository, text};

/// Builds the example site, and runs `check.mjs` on it with these arguments.
#[track_caller]
fn check_in_browser(arguments: &[&str]) {
    let _machine = machine();
    let folder = tempfile::tempdir().unwrap();
    let portal = folder.path().join("portal");
    let built = milepost(&["build", "--out", portal.to_str().unwrap()], repository());
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
    check_in_browser(&[]);
}

#[test]
fn each_check_finds_its_planted_error() {
    check_requirements();
    check_in_browser(&["--faults"]);
}
