//! What Milepost writes for people who start: a new site, new files and sections of content, and copies of
//! the theme's files.
//!
//! Everything is a value: paths with texts. This module writes nothing, and does not know about the clock or
//! the terminal.

mod addition;
mod new_file;
mod site;
mod theme;

pub use addition::{Addition, Change, add};
pub use new_file::{NewFile, schema_path};
pub use site::{Answers, Host, default_title, site};
pub use theme::{copies, theme_files};
