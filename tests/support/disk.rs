//! Sites and portals in folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::fixture::{Site, text, walk};

/// Runs the program in a folder.
pub(crate) fn milepost(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_milepost"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The files of a folder by their relative paths, with their content.
pub(crate) fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let relative = |path: PathBuf| path.strip_prefix(folder).unwrap().to_owned();
    walk(folder).into_iter().map(|path| (relative(path.clone()), fs::read(path).unwrap())).collect()
}

pub(crate) fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Writes a site to a new folder.
pub(crate) fn site_of(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    Site::new(text).write_to(folder.path());
    folder
}

#[track_caller]
pub(crate) fn build(folder: &Path, arguments: &[&str]) -> String {
    let output = milepost(&[&["build"], arguments].concat(), folder);
    assert_eq!(text(&output.stderr), "");
    assert!(output.status.success());
    text(&output.stdout)
}

/// Writes a site with this number of commitments. It has no cards, because drawing them takes long.
pub(crate) fn large_site(folder: &Path, commitments: usize) {
    Site::new("\n//- site.toml\n…\ncards = false\n").write_to(folder);
    for number in 2..=commitments {
        let text = format!(
            "title = \"Promise {number}\"\nlead = \"finance\"\nobjective = \"Objective\"\n\
             description = \"Description\"\n"
        );
        fs::write(folder.join(format!("content/commitments/2014-2015/{number}.toml")), text)
            .unwrap();
    }
}

pub(crate) fn rename_site(folder: &Path, title: &str) {
    let settings = folder.join("site.toml");
    let text = fs::read_to_string(&settings).unwrap();
    let rest = text.split_once('\n').unwrap().1;
    fs::write(&settings, format!("title = \"{title}\"\n{rest}")).unwrap();
}
