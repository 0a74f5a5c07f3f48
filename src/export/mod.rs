//! The portal as data: files for machines.
//!
//! Names are those of the file format. Nothing here knows how pages look.

mod feed;
mod fold;
mod headers;
mod ogp;
mod package;
mod search;
mod sitemap;
mod table;
mod tree;

pub use feed::feed;
pub use headers::{SECURITY, headers};
pub use search::{search_titles, search_words};
pub use sitemap::{MOST_ADDRESSES, MOST_LINKS, robots, sitemap, sitemap_index};
pub use table::{TABLES, Table};
pub use tree::commitment_json;

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::language::Language;
use crate::model::{Location, Portal};
use crate::route::{DataFile, Routes};

/// What `commitments.json` looks like; a test holds the example site against it.
const SCHEMA: &str = include_str!("commitments.schema.json");

/// Writes a file of data. `language` is the site's default, in whose words columns are explained.
///
/// # Errors
/// Those of `out`.
pub fn data(
    file: DataFile,
    portal: &Portal,
    routes: &Routes,
    language: &Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    match file {
        DataFile::Json => tree::commitments_json(portal, routes, out),
        DataFile::Schema => out.write_all(SCHEMA.as_bytes()),
        DataFile::Ogp => ogp::ogp_csv(portal, routes, out),
        DataFile::Package => out.write_all(&package::data_package(portal, routes, language)),
        DataFile::Commitments
        | DataFile::Assessments
        | DataFile::Updates
        | DataFile::Milestones
        | DataFile::Agencies => {
            let table = TABLES.iter().find(|table| table.file_name() == file.name());
            table.expect("each file has its table").csv(portal, routes, out)
        }
    }
}

/// A list of which each element is made when it is written: all of them together may be large.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// The whole address of a document.
fn address(location: &Location, routes: &Routes) -> String {
    match location {
        Location::Url(url) => url.clone(),
        Location::File { path, .. } => routes.absolute_file(path),
    }
}
