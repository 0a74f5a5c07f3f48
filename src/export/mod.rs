//! The portal as data, for programs.
//!
//! Names in the files are those of the file format. This module does not know about templates or
//! the appearance of pages.

mod address;
mod columns;
mod feed;
mod figure;
mod fold;
mod headers;
mod json;
mod ogp;
mod package;
mod schema;
mod search;
mod sitemap;
mod table;

pub use columns::TABLES;
pub use feed::feed;
pub use figure::figure_csv;
pub use headers::{SECURITY, headers};
pub use json::commitment_json;
pub use ogp::{ogp_country, ogp_policy_areas};
pub use search::{search_titles, search_words};
pub use sitemap::{MAX_ADDRESSES, MAX_LINKS, robots, sitemap, sitemap_index};
pub use table::Context;

use crate::language::Language;
use crate::route::DataFile;

/// The content of a data file. `language` is the site's default language; descriptions of columns
/// are in it.
pub fn data(file: DataFile, context: &Context<'_>, language: &Language) -> Vec<u8> {
    match file {
        DataFile::Json => json::commitments_json(context),
        DataFile::Schema => schema::commitments_schema(language),
        DataFile::Ogp => ogp::ogp_csv(context),
        DataFile::Package => package::data_package(context.portal, context.routes, language),
        DataFile::Commitments
        | DataFile::Assessments
        | DataFile::Updates
        | DataFile::Milestones
        | DataFile::MilestoneLevels
        | DataFile::Rescheduled
        | DataFile::Corrections
        | DataFile::Indicators
        | DataFile::Agencies => {
            let table = TABLES.iter().find(|table| table.file_name() == file.name());
            table.expect("each of these files has a table").csv(context)
        }
    }
}
