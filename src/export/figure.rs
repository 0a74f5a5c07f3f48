//! The numbers behind a chart, as CSV.

use super::table::{Field, write_csv};
use crate::figure::Figure;

pub fn figure_csv(figure: &Figure) -> Vec<u8> {
    let rows = figure.records.iter();
    write_csv(
        figure.header.iter().copied(),
        rows.map(|row| row.iter().map(|field| Field::text(field.as_str()))),
    )
}
