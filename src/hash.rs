//! SHA-256 hashes: in file names, so that a name changes with the content; in the Content Security
//! Policy, to name a script; and as the key of a card.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

#[derive(Debug, PartialEq, Eq)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    pub fn of(bytes: &[u8]) -> Self {
        ContentHash(Sha256::digest(bytes).into())
    }

    /// Returns the first 64 bits as sixteen hexadecimal digits, which is enough to distinguish the
    /// versions of one file.
    pub fn short(&self) -> String {
        self.0[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Returns the whole hash in Base64, as required in a Content Security Policy (CSP Level 3,
    /// 2.3.1).
    pub fn base64(&self) -> String {
        STANDARD.encode(self.0)
    }
}
