//! The tests that need other programs or take long: a web server, a browser, an office program, validators, a full
//! disk, and 200 builds that are killed. Run them with `cargo test --test external`.
#![cfg(target_os = "linux")]

mod browser;
mod data;
mod growth;
mod hostile;
mod hosting;
mod links;
mod packages;
mod publish;
mod requirements;
mod schema;
mod serve;
#[path = "../support/mod.rs"]
mod support;
mod workbook;
mod workflows;

use requirements::check_requirements;
use support::{disk, fixture, http, preview};
