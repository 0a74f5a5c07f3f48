//! Runs before the program is compiled: gives it a name for its own source, `MILEPOST_SOURCE`, by which
//! a later build knows whether a page was made by the same program.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    let mut files = vec![PathBuf::from("Cargo.lock"), PathBuf::from("Cargo.toml")];
    add_files(Path::new("src"), &mut files);
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        file.hash(&mut hasher);
        fs::read(file).expect("a file of the source can be read").hash(&mut hasher);
    }
    println!("cargo::rustc-env=MILEPOST_SOURCE={:016x}", hasher.finish());
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-changed=Cargo.toml");
}

fn add_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the source can be read") {
        let path = entry.expect("an entry can be read").path();
        match path.is_dir() {
            true => add_files(&path, files),
            false => files.push(path),
        }
    }
}
