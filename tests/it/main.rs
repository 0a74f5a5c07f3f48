//! The tests that need only Rust, in one binary, so that it is linked once. `tests/external/` has
//! those that need other programs.

mod build;
mod catalogue;
mod data;
mod diff;
mod editors;
mod editors_guide;
mod emit;
mod example;
mod format;
mod golden;
mod hostile;
mod import;
mod languages;
mod links;
mod pages;
mod plans;
mod publish;
mod random;
mod rules;
mod serve;
mod specifications;
mod standards;
mod starter;
#[path = "../support/mod.rs"]
mod support;
mod syntax;
mod themes;
mod tidy;
mod workbook;
mod years;

use support::{disk, fixture, http, preview, well_formed};
