//! Compressed copies of text files, for hosts that send those: gzip (RFC 1952) and Brotli
//! (RFC 7932). The same bytes always give the same copy.

use std::io::Write;

use flate2::{Compression, GzBuilder};

/// Files up to this size in bytes get no copy: they fit into one network packet as they are.
const MIN_SIZE: usize = 1024;

/// Quality goes up to 11, which takes ten times as long as 9 for 3 % less.
const BROTLI_QUALITY: u32 = 9;

/// Brotli's usual window: 4 MB.
const BROTLI_WINDOW: u32 = 22;

const TEXT_EXTENSIONS: [&str; 11] = [
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

/// How a copy is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Gzip,
    Brotli,
}

impl Encoding {
    pub const ALL: [Encoding; 2] = [Encoding::Gzip, Encoding::Brotli];

    /// The extension that a copy adds to the name of its file.
    pub fn extension(self) -> &'static str {
        match self {
            Encoding::Gzip => ".gz",
            Encoding::Brotli => ".br",
        }
    }
}

/// Whether a file of this name is text, which is worth compressing.
pub fn is_text(path: &str) -> bool {
    TEXT_EXTENSIONS.iter().any(|extension| path.ends_with(extension))
}

/// The compressed bytes; `None` if they would not be smaller.
pub fn compressed(bytes: &[u8], encoding: Encoding) -> Option<Vec<u8>> {
    if bytes.len() <= MIN_SIZE {
        return None;
    }
    let compressed = match encoding {
        Encoding::Gzip => gzip(bytes),
        Encoding::Brotli => brotli(bytes),
    };
    (compressed.len() < bytes.len()).then_some(compressed)
}

const IN_MEMORY: &str = "writing to memory does not fail";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    // Without time and system in the header, the copy depends on the bytes alone.
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
    fn a_copy_contains_what_the_file_contains() {
        let text = "Амлалт promise ".repeat(200);
        let [gzip, brotli] =
            Encoding::ALL.map(|encoding| compressed(text.as_bytes(), encoding).unwrap());
        let mut unpacked = String::new();
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        unpacked.clear();
        brotli::Decompressor::new(brotli.as_slice(), 4096).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert!(compressed(b"short", Encoding::Gzip).is_none());
    }
}
