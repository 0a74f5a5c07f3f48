//! Tables of the data: what a column is, and how a table is written as CSV (RFC 4180) and as JSON
//! (RFC 8259).
//!
//! A CSV file is in UTF-8 and begins with a byte-order mark. Without it, Excel assumes an old code
//! page and shows Cyrillic text as nonsense. This module does not know which columns exist.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::model::{Portal, Vocabulary};
use crate::route::Routes;

/// A kind of record, with the columns that describe it.
pub trait Table: Sized + 'static {
    /// The name of the table, and of its file in `data/` without `.csv`.
    const NAME: &'static str;
    /// The columns that identify a record.
    const KEY: &'static [&'static str];
    const COLUMNS: &'static [Column<Self>];
    type Record<'p>: Copy;

    /// Returns the records in the order of the file. An iterator, because all fields together may
    /// take much memory.
    fn records(portal: &Portal) -> impl Iterator<Item = Self::Record<'_>>;
}

/// A column of a table.
pub struct Column<T: Table> {
    pub about: ColumnAbout,
    pub value: for<'p> fn(T::Record<'p>, &Context<'p>) -> Field<'p>,
}

/// What programs and readers need to know about a column.
#[derive(Debug, Clone, Copy)]
pub struct ColumnAbout {
    /// The name of the key in TOML, if the column contains the value of one.
    pub name: &'static str,
    pub column_type: ColumnType,
    /// The interface text `column_…` that explains the column. Columns with the same name can have
    /// different meanings.
    pub meaning: &'static str,
}

/// The values that a field may need besides its record.
pub struct Context<'p> {
    pub portal: &'p Portal,
    pub routes: &'p Routes,
}

/// The type of the fields in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    Text,
    OptionalText,
    Texts,
    /// An absolute URL.
    Address,
    OptionalAddress,
    /// A year, month or day (ISO 8601).
    Date,
    OptionalDate,
    /// A date, or `not-applicable`.
    OptionalEndDate,
    /// A value of a closed list.
    Term(Vocabulary),
    OptionalTerm(Vocabulary),
    Terms(Vocabulary),
    /// A completion level, `not-reported` or `no-evidence`.
    AssessedLevel,
    Standing,
    /// The plan of a commitment. With the column `id`, it refers to a row of `commitments`.
    Plan,
    /// The id of a row of `agencies`.
    Agency,
    /// The report, assessor, date and level of each assessment.
    Assessments,
}

/// The value of a column for one record.
pub enum Field<'p> {
    Missing,
    Text(Cow<'p, str>),
    List(Vec<Cow<'p, str>>),
    /// For each record its sentence in CSV, and its fields in JSON.
    Records(Vec<(String, Object<Field<'p>>)>),
}

impl<'p> Field<'p> {
    pub fn text(text: impl Into<Cow<'p, str>>) -> Self {
        Field::Text(text.into())
    }

    pub fn optional(text: Option<impl Into<Cow<'p, str>>>) -> Self {
        text.map_or(Field::Missing, Field::text)
    }

    pub fn list(items: impl Iterator<Item = impl Into<Cow<'p, str>>>) -> Self {
        Field::List(items.map(Into::into).collect())
    }

    /// The field in a CSV file. The items of a list are separated by `; `.
    fn to_csv(&self) -> Cow<'_, str> {
        match self {
            Field::Missing => Cow::Borrowed(""),
            Field::Text(text) => Cow::Borrowed(text),
            Field::List(items) => Cow::Owned(items.join("; ")),
            Field::Records(records) => {
                let sentences: Vec<&str> =
                    records.iter().map(|(sentence, _)| sentence.as_str()).collect();
                Cow::Owned(sentences.join("; "))
            }
        }
    }
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Field::Missing => serializer.serialize_none(),
            Field::Text(text) => serializer.serialize_str(text),
            Field::List(items) => serializer.collect_seq(items),
            Field::Records(records) => {
                serializer.collect_seq(records.iter().map(|(_, fields)| fields))
            }
        }
    }
}

/// Values with their names, as an object.
pub struct Object<V>(pub Vec<(&'static str, V)>);

impl<V: Serialize> Serialize for Object<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// All fields of a record, as an object.
pub struct RecordJson<'c, 'p, T: Table> {
    pub record: T::Record<'p>,
    pub context: &'c Context<'p>,
}

impl<T: Table> Serialize for RecordJson<'_, '_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(T::COLUMNS.len()))?;
        for column in T::COLUMNS {
            let field = (column.value)(self.record, self.context);
            map.serialize_entry(column.about.name, &field)?;
        }
        map.end()
    }
}

/// A table of any kind.
pub struct CsvTable {
    pub name: &'static str,
    pub key: &'static [&'static str],
    columns: fn() -> Vec<ColumnAbout>,
    csv: fn(&Context<'_>) -> Vec<u8>,
}

impl CsvTable {
    pub const fn of<T: Table>() -> Self {
        CsvTable { name: T::NAME, key: T::KEY, columns: columns::<T>, csv: csv::<T> }
    }

    pub fn file_name(&self) -> String {
        format!("{}.csv", self.name)
    }

    pub fn columns(&self) -> Vec<ColumnAbout> {
        (self.columns)()
    }

    /// The content of the file.
    pub(super) fn csv(&self, context: &Context<'_>) -> Vec<u8> {
        (self.csv)(context)
    }
}

/// The columns of a table.
pub(super) fn columns<T: Table>() -> Vec<ColumnAbout> {
    T::COLUMNS.iter().map(|column| column.about).collect()
}

fn csv<T: Table>(context: &Context<'_>) -> Vec<u8> {
    let header = T::COLUMNS.iter().map(|column| column.about.name);
    let rows = T::records(context.portal)
        .map(|record| T::COLUMNS.iter().map(move |column| (column.value)(record, context)));
    write_csv(header, rows)
}

/// Writes a table as CSV. No spreadsheet treats a field as a formula.
pub(super) fn write_csv<'p>(
    header: impl Iterator<Item = &'static str>,
    rows: impl Iterator<Item = impl Iterator<Item = Field<'p>>>,
) -> Vec<u8> {
    const BYTE_ORDER_MARK: &str = "\u{feff}";
    const IN_MEMORY: &str = "writing to memory does not fail";
    let bytes = BYTE_ORDER_MARK.as_bytes().to_vec();
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bytes);
    table.write_record(header).expect(IN_MEMORY);
    for row in rows {
        for field in row {
            table.write_field(escape_formula(&field.to_csv()).as_bytes()).expect(IN_MEMORY);
        }
        table.write_record(None::<&[u8]>).expect(IN_MEMORY);
    }
    table.into_inner().expect(IN_MEMORY)
}

/// Puts an apostrophe before a field that a spreadsheet could treat as a formula (OWASP, "CSV
/// injection").
fn escape_formula(field: &str) -> Cow<'_, str> {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{field}"))
    } else {
        Cow::Borrowed(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_is_a_formula() {
        for field in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(escape_formula(field), format!("'{field}"));
        }
        assert_eq!(escape_formula("3.3.1.3"), "3.3.1.3");
    }
}
