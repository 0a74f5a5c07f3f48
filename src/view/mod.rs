//! The data that templates receive: plain values, ready to print.
//!
//! These structs are the contract of `themes/README.md`, which documents each name. Everything that
//! a template could get wrong is decided here: which text, which order, which address, which
//! language a text is in. This module does not know about templates or the appearance of a page.

mod agency;
mod article;
mod changes;
mod commitment;
mod data;
mod home;
mod layout;
mod level;
mod not_found;
mod pagination;
mod plan;
mod report;
mod search;
mod shared;
mod viewer;

pub use pagination::page_count;
pub use viewer::Viewer;
