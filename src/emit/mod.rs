//! Problems to text, for people and for programs. The wording itself is not made here.

mod human;
mod short;

pub use human::{Look, human};
pub use short::short;
