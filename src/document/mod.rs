//! TOML files that are read key by key.
//!
//! A [`Table`] has the keys that `format` declares. The caller reads each of them, and then calls
//! [`Table::finish`], which reports missing and unknown keys. Each value checks its own type and
//! reports a mismatch with its span. This module does not know the keys of any file.

mod bare_text;
mod dates;
mod entries;
mod file;
mod lines;
mod repeats;
mod syntax;
mod table;
mod value;

pub use file::{Document, TextsOfTable, WrittenText};
pub use table::Table;
pub use value::{Value, folder_address};
