//! The downloads.

use serde::Serialize;

use super::layout::{Layout, PageKind};
use super::viewer::Viewer;
use crate::linked_data::{self, Download};
use crate::route::DataFile;

/// The downloads.
#[derive(Debug, Serialize)]
pub struct DataView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// The files.
    pub downloads: Vec<DownloadView>,
    /// What stands in the tables.
    pub tables: Vec<TableView>,
}

/// A file for machines.
#[derive(Debug, Serialize)]
pub struct DownloadView {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub description: String,
    /// How big it is.
    pub size: String,
    /// Its address.
    pub href: String,
}

/// A table of the data.
#[derive(Debug, Serialize)]
pub struct TableView {
    /// Its name.
    pub name: &'static str,
    /// Each column, and what it means.
    pub columns: Vec<ColumnView>,
}

/// A column of the data.
#[derive(Debug, Serialize)]
pub struct ColumnView {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub meaning: String,
}

impl<'a> Viewer<'a> {
    /// The page of the downloads: the files with their sizes, and for each table its columns, by
    /// name and by the key of what they mean.
    pub fn data(
        &self,
        files: &[(DataFile, usize)],
        tables: &[(&'static str, Vec<(&'static str, &'static str)>)],
    ) -> DataView<'a> {
        let title = self.interface_text(self.message("data_title"));
        let download = |&(file, size): &(DataFile, usize)| DownloadView {
            name: file.name(),
            description: self.message(&format!("data_{}", file.name().replace('.', "_"))),
            size: self.size(size as u64),
            href: self.links.file(&file.path()),
        };
        let column = |&(name, meaning): &(&'static str, &str)| ColumnView {
            name,
            meaning: self.message(&format!("column_{meaning}")),
        };
        let table = |(name, columns): &(&'static str, Vec<(&'static str, &'static str)>)| {
            TableView { name, columns: columns.iter().map(column).collect() }
        };
        let site = &self.portal.site;
        let (name, description) = (self.localized(&site.title), self.message("data_description"));
        let files_of_set: Vec<Download> = files
            .iter()
            .map(|&(file, _)| Download {
                name: file.name(),
                url: self.routes.absolute_file(&file.path()),
            })
            .collect();
        let url = self.routes.absolute(self.route, &self.language.code);
        let licence = site.licence.as_ref().map(|licence| licence.url.as_str());
        let facts = linked_data::dataset(&name.text, &description, &url, licence, &files_of_set);
        let mut page = self.layout(PageKind::Data, title, description);
        page.linked_data.push(facts);
        DataView {
            page,
            downloads: files.iter().map(download).collect(),
            tables: tables.iter().map(table).collect(),
        }
    }
}
