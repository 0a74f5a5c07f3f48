//! A TOML file that is read key by key.
//!
//! A reader asks a [`Table`] for the keys it knows and calls [`Table::finish`], which reports missing
//! and unknown keys. Each value checks its own type and reports a mismatch at its position. This
//! module does not know the keys of any file.

mod syntax;
mod table;
mod translated;

pub use table::{Document, Table, Value, is_folder_address};
pub use translated::Translated;
