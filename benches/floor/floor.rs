//! The floor: the least that a program can do which reads the same files and writes as many bytes.
//!
//!     floor INPUT MANIFEST OUTPUT
//!
//! The program reads every file below `INPUT`. For each line `SIZE<TAB>PATH` of `MANIFEST` it then
//! writes a file of `SIZE` bytes to `OUTPUT/PATH`. It parses nothing and renders nothing.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::io::{Read, Result};
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [input, manifest, output] = arguments.as_slice() else {
        panic!("usage: floor INPUT MANIFEST OUTPUT");
    };
    read_all(input, &mut Vec::new())?;
    write_all(&files_to_write(manifest, output)?)
}

/// Reads every file below `folder`, one after the other, into the same buffer.
fn read_all(folder: &Path, buffer: &mut Vec<u8>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            read_all(&entry.path(), buffer)?;
        } else {
            buffer.clear();
            File::open(entry.path())?.read_to_end(buffer)?;
        }
    }
    Ok(())
}

fn files_to_write(manifest: &Path, output: &Path) -> Result<Vec<(usize, PathBuf)>> {
    let text = fs::read_to_string(manifest)?;
    let files = text.lines().map(|line| {
        let (size, path) = line.split_once('\t').expect("a line is SIZE<TAB>PATH");
        (size.parse().expect("SIZE is a number of bytes"), output.join(path))
    });
    Ok(files.collect())
}

fn write_all(files: &[(usize, PathBuf)]) -> Result<()> {
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(_, path)| path.parent()).collect();
    for folder in folders {
        fs::create_dir_all(folder)?;
    }
    let largest = files.iter().map(|(size, _)| *size).max().unwrap_or(0);
    let bytes = vec![b'x'; largest];
    for (size, path) in files {
        fs::write(path, &bytes[..*size])?;
    }
    Ok(())
}
