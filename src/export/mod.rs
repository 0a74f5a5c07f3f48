//! The portal as data: files for machines.
//!
//! Names are those of the file format. Nothing here knows how pages look.

mod headers;
mod sitemap;
mod table;
mod tree;

pub use headers::{SECURITY, headers};
pub use sitemap::{robots, sitemap};
pub use table::{COMMITMENT_COLUMNS, commitments_csv};
pub use tree::{commitment_json, commitments_json};
