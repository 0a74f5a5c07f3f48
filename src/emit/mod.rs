//! Problems to text, for people and for programs. The wording itself is not made here.

mod human;

pub use human::{Look, human};
