//! The portal as data: files for machines.
//!
//! Names are those of the file format. Nothing here knows how pages look.

mod address;
mod feed;
mod fold;
mod headers;
mod json;
mod ogp;
mod package;
mod search;
mod sitemap;
mod table;

pub use feed::feed;
pub use headers::{SECURITY, headers};
pub use json::commitment_json;
pub use search::{search_titles, search_words};
pub use sitemap::{MAX_ADDRESSES, MAX_LINKS, robots, sitemap, sitemap_index};
pub use table::TABLES;

use crate::language::Language;
use crate::model::Portal;
use crate::route::{DataFile, Routes};

/// What `commitments.json` looks like; a test holds the example site against it.
const SCHEMA: &str = include_str!("commitments.schema.json");

/// A data file. `language` is the site's default, in whose words columns are explained.
pub fn data(file: DataFile, portal: &Portal, routes: &Routes, language: &Language) -> Vec<u8> {
    match file {
        DataFile::Json => json::commitments_json(portal, routes),
        DataFile::Schema => SCHEMA.as_bytes().to_vec(),
        DataFile::Ogp => ogp::ogp_csv(portal, routes),
        DataFile::Package => package::data_package(portal, routes, language),
        DataFile::Commitments
        | DataFile::Assessments
        | DataFile::Updates
        | DataFile::Milestones
        | DataFile::Agencies => {
            let table = TABLES.iter().find(|table| table.file_name() == file.name());
            table.expect("each of these files has a table").csv(portal, routes)
        }
    }
}
