//! The page of downloads: the data files, and the columns of each table.

use serde::Serialize;

use super::layout::Layout;
use super::shared::LocalizedText;
use super::viewer::Viewer;
use crate::linked_data::{self, Download};
use crate::route::DataFile;

#[derive(Debug, Serialize)]
pub struct DataView<'a> {
    pub page: Layout<'a>,
    pub downloads: Vec<DownloadView>,
    pub tables: Vec<TableView<'a>>,
}

/// What the page of downloads shows of the data.
pub struct DataFiles {
    /// The files with their sizes in bytes.
    pub files: Vec<(DataFile, usize)>,
    /// The tables by name, each with its columns: the name of a column, and the key of its meaning
    /// in the interface texts (without `column_`).
    pub tables: Vec<(&'static str, Vec<(&'static str, &'static str)>)>,
}

#[derive(Debug, Serialize)]
pub struct DownloadView {
    pub name: &'static str,
    pub description: String,
    /// In words, as in "12 KB".
    pub size: String,
    pub href: String,
}

#[derive(Debug, Serialize)]
pub struct TableView<'a> {
    pub name: &'static str,
    pub columns: Vec<ColumnView<'a>>,
}

#[derive(Debug, Serialize)]
pub struct ColumnView<'a> {
    pub name: &'static str,
    pub meaning: LocalizedText<'a>,
}

impl<'a> Viewer<'a> {
    pub(super) fn data(&self, data: &DataFiles) -> DataView<'a> {
        let DataFiles { files, tables } = data;
        let title = self.interface_text(self.message("data_title"));
        let download = |&(file, size): &(DataFile, usize)| DownloadView {
            name: file.name(),
            description: self.message(&format!("data_{}", file.name().replace('.', "_"))),
            size: self.size(size as u64),
            href: self.links.file(&file.path()),
        };
        let column = |&(name, meaning): &(&'static str, &str)| {
            let key = format!("column_{meaning}");
            let (text, lang) = (self.message(&key).into(), self.language.message_lang(&key));
            ColumnView { name, meaning: LocalizedText { text, lang } }
        };
        let table = |(name, columns): &(&'static str, Vec<(&'static str, &'static str)>)| {
            TableView { name, columns: columns.iter().map(column).collect() }
        };
        let site = &self.portal.site;
        let (name, description) = (self.localized(&site.title), self.message("data_description"));
        let file_downloads: Vec<Download> = files
            .iter()
            .map(|&(file, _)| Download {
                name: file.name(),
                url: self.routes.absolute_file(&file.path()),
            })
            .collect();
        let url = self.absolute(&self.language.code);
        let licence = site.licence.as_ref().map(|licence| licence.url.as_str());
        let facts = linked_data::dataset(&name.text, &description, &url, licence, &file_downloads);
        let mut page = self.layout(title, description);
        page.linked_data.push(facts);
        DataView {
            page,
            downloads: files.iter().map(download).collect(),
            tables: tables.iter().map(table).collect(),
        }
    }
}
