//! Milepost
#![allow(missing_docs)]
pub mod source; pub mod html; pub mod output; pub mod diagnostic; pub mod model; pub mod problems; pub mod document; pub mod settings; pub mod draft; pub mod check;
pub mod theme_files; pub mod route; pub mod markdown; pub mod chart; pub mod stylesheet; pub mod language;
pub mod view;
pub mod theme; pub mod export; pub mod page; pub mod render;
pub mod pipeline; pub mod disk; pub mod emit; pub mod cli;
