//! Problems to text, for people and for programs. The wording itself is not made here.
//!
//! Nothing that stands in a site's files can take over what shows the text: messages come with
//! everything invisible escaped, and here the same is done with paths and with the lines shown.

mod changes;
mod github;
mod human;
mod json;
mod short;

pub use changes::changes;
pub use github::github;
pub use human::{Style, human};
pub use json::{json, sarif};
pub use short::{short, summary};
