//! What templates see: plain values that are ready to be shown.
//!
//! These structs are the contract of `themes/README.md`. Everything that a template could get wrong is
//! decided here: which words, which order, which address, which language a text is in. This module
//! does not know what a page looks like.

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
