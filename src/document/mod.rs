//! TOML files that are read key by key.
//!
//! The caller requests the keys that it knows from a [`Table`] and then calls [`Table::finish`],
//! which reports missing and unknown keys. Each value checks its own type and reports a mismatch
//! with its span. This module does not know the keys of any file.

mod syntax;
mod table;
mod translated;

pub use table::{Document, Table, Value, is_folder_address};
pub use translated::Translated;
