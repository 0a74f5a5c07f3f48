//! What people install: the crate and the package for Debian.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::check_requirements;
use crate::fixture::{Site, repository, text};

#[track_caller]
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

/// The crate has everything that a build needs, and nothing that it does not.
#[test]
fn the_crate_builds_from_its_own_files() {
    check_requirements();
    let folder = tempfile::tempdir().unwrap();
    let list = || {
        let mut package = Command::new("cargo");
        package.args(["package", "--allow-dirty", "--list"]).current_dir(repository());
        run(&mut package)
    };
    for path in list().lines() {
        if path == ".cargo_vcs_info.json" || path == "Cargo.toml.orig" {
            continue;
        }
        let target = folder.path().join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(repository().join(path), target).unwrap();
    }
    assert!(folder.path().join("src/card/NotoSans-Bold.ttf").is_file());
    assert!(!folder.path().join("tests").exists());
    let mut check = Command::new("cargo");
    // The target folder of this build has the dependencies.
    let target = Path::new(env!("CARGO_BIN_EXE_milepost")).parent().unwrap().parent().unwrap();
    check.args(["check", "--locked", "--bins"]).current_dir(folder.path());
    run(check.env("CARGO_TARGET_DIR", target.join("package")));
}

#[test]
fn the_package_for_debian_can_be_installed_and_runs() {
    check_requirements();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let package = folder.join("milepost.deb");
    // The program of this test run, in the place from which a release is packed.
    let mut build = Command::new("cargo");
    build.args(["deb", "--no-build", "--no-strip", "--profile", "dev", "--output"]);
    run(build.arg(&package).current_dir(repository()));
    let root = folder.join("root");
    for name in ["info", "updates", "triggers"] {
        fs::create_dir_all(root.join("var/lib/dpkg").join(name)).unwrap();
    }
    fs::write(root.join("var/lib/dpkg/status"), "").unwrap();
    let mut install = Command::new("dpkg");
    install.arg(format!("--root={}", root.display()));
    let options = ["--force-not-root", "--force-depends", "--force-bad-path", "--install"];
    run(install.args(options).arg(&package));
    let site = folder.join("site");
    Site::new("").write_to(&site);
    let mut milepost = Command::new(root.join("usr/bin/milepost"));
    run(milepost.arg("build").current_dir(&site));
    assert!(site.join("public/index.html").is_file());
}
