//! Formats problems as text, for people and for programs. The wording comes from `problems`, and
//! this module does not know where the text goes.
//!
//! Content cannot take over the terminal or program that shows the text: messages have all
//! invisible characters escaped, and the formats escape paths and source lines.

mod changes;
mod github;
mod html;
mod human;
mod json;
mod parts;
mod review;
mod short;

pub use changes::changes;
pub use github::{github, github_summary};
pub use html::html;
pub use human::{Style, human};
pub use json::{json, sarif};
pub use review::{difference_json, difference_markdown, new_errors_json, new_errors_markdown};
pub use short::{sentences, short, summary};
