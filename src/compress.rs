//! Compressed copies of text files, for hosts that serve them: gzip (RFC 1952) and Brotli
//! (RFC 7932). The same bytes always give the same copy.

use std::io::Write;

use flate2::{Compression, GzBuilder};

/// Files up to this size in bytes get no copy: uncompressed, they fit into one network packet.
const MIN_SIZE: usize = 1024;

/// The quality, of at most 11. Quality 11 takes ten times as long as 9 and saves another 3 %.
const BROTLI_QUALITY: u32 = 9;

/// The base-2 logarithm of the window size in bytes. 22, Brotli's default, means 4 MB.
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Gzip,
    Brotli,
}

impl Encoding {
    pub const ALL: [Encoding; 2] = [Encoding::Gzip, Encoding::Brotli];

    /// Returns the extension that a copy appends to the file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Encoding::Gzip => ".gz",
            Encoding::Brotli => ".br",
        }
    }
}

/// Whether the extension is that of a text file. Other formats are already compressed.
pub fn is_text(path: &str) -> bool {
    TEXT_EXTENSIONS.iter().any(|extension| path.ends_with(extension))
}

/// Compresses `bytes`. Returns `None` if they have at most [`MIN_SIZE`] bytes or the result would
/// not be smaller.
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
    // The header has no time and no operating system (255 is "unknown"), so that the copy depends
    // only on the bytes.
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
    fn decompressing_a_copy_returns_the_original() {
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
