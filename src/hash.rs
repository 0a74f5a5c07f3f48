//! A hash of bytes: names files by their content, and names scripts in a security policy.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes.
pub struct ContentHash([u8; 32]);

impl ContentHash {
    pub fn of(bytes: &[u8]) -> Self {
        ContentHash(Sha256::digest(bytes).into())
    }

    /// The first 64 bits as sixteen hexadecimal digits: enough to tell the versions of one file
    /// apart.
    pub fn short(&self) -> String {
        self.0[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The whole hash in Base64, as a Content Security Policy wants it (CSP Level 3, 2.3.1).
    pub fn base64(&self) -> String {
        STANDARD.encode(self.0)
    }
}
