//! The doubts of an import, with the places that they concern.

use std::collections::HashMap;

use crate::problems::Doubt;

/// The number of rows of a doubt to name.
const MAX_ROWS: usize = 5;

/// Doubts in the order in which they were found. One that concerns several rows of a table is listed once.
#[derive(Default)]
pub(super) struct Doubts {
    list: Vec<(Place, String)>,
    /// The index in the list, by column and text.
    indices: HashMap<(&'static str, String), usize>,
}

enum Place {
    Named(String),
    /// The rows of a table, with the column.
    Rows(Vec<usize>, &'static str),
}

impl Doubts {
    pub(super) fn add(&mut self, place: impl Into<String>, text: String) {
        self.list.push((Place::Named(place.into()), text));
    }

    pub(super) fn add_row(&mut self, row: usize, column: &'static str, text: String) {
        let next = self.list.len();
        let index = *self.indices.entry((column, text.clone())).or_insert(next);
        match self.list.get_mut(index) {
            Some((Place::Rows(rows, _), _)) if rows.last() != Some(&row) => rows.push(row),
            Some(_) => {}
            None => self.list.push((Place::Rows(vec![row], column), text)),
        }
    }

    pub(super) fn into_list(self) -> Vec<Doubt> {
        let doubt = |(place, text)| match place {
            Place::Named(place) => Doubt { place, text },
            Place::Rows(rows, column) => Doubt { place: of_rows(&rows, column), text },
        };
        self.list.into_iter().map(doubt).collect()
    }
}

/// Returns the place of a cell, as a spreadsheet counts rows: the first row has the names of the columns.
pub(super) fn of_rows(rows: &[usize], column: &str) -> String {
    let noun = if rows.len() == 1 { "row" } else { "rows" };
    let named: Vec<String> = rows.iter().take(MAX_ROWS).map(usize::to_string).collect();
    let more = rows.len().saturating_sub(MAX_ROWS);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{noun} {}{rest}, column `{column}`", named.join(", "))
}
