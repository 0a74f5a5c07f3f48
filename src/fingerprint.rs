//! Numbers that tell whether something is still the same: two texts with one fingerprint are one text,
//! for all that will ever happen. What is told apart by them is not known here.
//!
//! They are XXH3 (64 bits), which costs next to nothing and is the same on every machine. Who wants
//! two texts to look the same can make such texts: nothing that must be safe rests on it.

use std::fmt;
use std::io::{self, Read};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// What tells one thing from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// That of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Fingerprint(xxh3_64(bytes))
    }

    /// That of all that can still be read.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of_all(source: &mut impl Read) -> io::Result<Self> {
        let (mut mixer, mut buffer) = (Mixer::default(), vec![0; 1 << 16]);
        loop {
            match source.read(&mut buffer)? {
                0 => return Ok(mixer.finish()),
                read => mixer.0.update(&buffer[..read]),
            }
        }
    }

    /// That of this very program: of its source and the libraries that it is made of.
    pub fn of_program() -> Self {
        Fingerprint::of(env!("MILEPOST_SOURCE").as_bytes())
    }

    /// That of the same thing in one of two ways.
    pub fn with(self, choice: bool) -> Self {
        let mut mixer = Mixer::default();
        mixer.add(self);
        mixer.number(choice.into());
        mixer.finish()
    }

    /// Reads what [`Display`](fmt::Display) writes.
    pub fn parse(text: &str) -> Option<Self> {
        u64::from_str_radix(text, 16).ok().map(Fingerprint)
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// Makes one fingerprint of many things, in their order.
#[derive(Default)]
pub struct Mixer(Xxh3Default);

impl Mixer {
    /// Adds a text. Where it ends is told as well: `ab`, `c` is not `a`, `bc`.
    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.update(text.as_bytes());
    }

    /// Adds a number.
    pub fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }

    /// Adds what has a fingerprint of its own.
    pub fn add(&mut self, other: Fingerprint) {
        self.number(other.0);
    }

    /// The fingerprint of all that was added.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint(self.0.digest())
    }
}
