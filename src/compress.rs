//! Small copies of text files beside the files themselves, for hosts that send those: gzip
//! (RFC 1952) and Brotli (RFC 7932). The same bytes always give the same copies.

use std::io::Write;

use flate2::{Compression, GzBuilder};

/// Files up to this size gain nothing: they fit into one packet as they are.
const SMALLEST: usize = 1024;

/// The steps of Brotli's quality go to 11, which takes ten times as long as this for 3 % less.
const BROTLI_QUALITY: u32 = 9;

/// Brotli's usual window: 4 MB.
const BROTLI_WINDOW: u32 = 22;

/// The endings of the names of copies.
pub const COPIES: [&str; 2] = [".gz", ".br"];

const ENDINGS: [&str; 11] = [
    ".html",
    ".css",
    ".js",
    ".json",
    ".xml",
    ".svg",
    ".csv",
    ".txt",
    ".md",
    ".geojson",
    ".webmanifest",
];

/// Whether a file of this name is text, which is worth compressing.
pub fn is_text(path: &str) -> bool {
    ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// The copies, each with the ending of its name. None of a file that would not become smaller.
pub fn copies(bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    if bytes.len() <= SMALLEST {
        return Vec::new();
    }
    let copies = COPIES.into_iter().zip([gzip(bytes), brotli(bytes)]);
    copies.filter(|(_, copy)| copy.len() < bytes.len()).collect()
}

const IN_MEMORY: &str = "writing to memory does not fail";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    // No time and no system in the header, so that the copy depends on the bytes alone.
    let mut encoder = GzBuilder::new().operating_system(255).write(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect(IN_MEMORY);
    encoder.finish().expect(IN_MEMORY)
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut copy = Vec::new();
    let buffer = bytes.len().min(1 << 16);
    let mut encoder =
        brotli::CompressorWriter::new(&mut copy, buffer, BROTLI_QUALITY, BROTLI_WINDOW);
    encoder.write_all(bytes).expect(IN_MEMORY);
    drop(encoder);
    copy
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_copy_holds_what_the_file_holds() {
        let text = "Амлалт promise ".repeat(200);
        let copies = copies(text.as_bytes());
        let [(".gz", gzip), (".br", brotli)] = copies.as_slice() else {
            panic!("{}", copies.len())
        };
        let mut unpacked = String::new();
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        unpacked.clear();
        brotli::Decompressor::new(brotli.as_slice(), 4096).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert!(super::copies(b"short").is_empty());
    }
}
