//! The pages in a real browser: `tests/browser/check.mjs` looks at the built example site.

use std::process::Command;

use crate::fixture::{machine, milepost, repository, text};

/// Looks at the example site.
#[track_caller]
fn look(arguments: &[&str]) {
    let _machine = machine();
    let folder = tempfile::tempdir().unwrap();
    let portal = folder.path().join("portal");
    let built = milepost(&["build", "--out", portal.to_str().unwrap()], repository());
    assert!(built.status.success(), "{}", text(&built.stderr));
    let tests = repository().join("tests/browser");
    let is_ready = tests.join("node_modules/playwright-core").exists();
    assert!(is_ready, "`npm ci --prefix tests/browser` brings what drives the browser");
    let mut command = Command::new("node");
    let output = command.arg("check.mjs").arg(&portal).args(arguments).current_dir(&tests).output();
    let output = output.expect("node");
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn readers_get_every_page_in_every_way() {
    look(&[]);
}

#[test]
fn each_check_of_the_browser_sees_its_fault() {
    look(&["--faults"]);
}
