//! Reads the cells of a workbook or a CSV file that others have had in their hands: within limits, and only
//! cells with something in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Cursor, Read};

use calamine::{DataRef, Dimensions, Reader, SheetType, Xlsx};
use zip::ZipArchive;

use crate::problems::WorkbookFailure;

/// The largest file, in bytes.
pub const MAX_FILE: u64 = 20 << 20;
/// The largest size of everything in a workbook together, in bytes.
const MAX_UNPACKED: u64 = 128 << 20;
/// The number of parts in a workbook.
const MAX_PARTS: usize = 2_000;
/// The number of cells with something in them.
const MAX_CELLS: usize = 2_000_000;

/// A row and a column. The first is 0.
pub(super) type CellIndex = (u32, u32);

/// A cell, for people. Displays as "sheet *Finance*, cell D7 (*Completion level*)".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `None` in a CSV file.
    pub sheet: Option<String>,
    pub cell: String,
    /// The header of the column; empty if it has none.
    pub column: String,
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            write!(out, "sheet *{sheet}*, ")?;
        }
        write!(out, "cell {}", self.cell)?;
        match self.column.as_str() {
            "" => Ok(()),
            column => write!(out, " (*{column}*)"),
        }
    }
}

/// The cells of a sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// `None` for a CSV file.
    pub(super) name: Option<String>,
    pub(super) cells: BTreeMap<CellIndex, String>,
    /// What stands in place of the value of a formula: an error such as `#REF!`, the formula itself if it was
    /// typed as text, or nothing if no program has computed it.
    pub(super) errors: BTreeMap<CellIndex, String>,
    /// The cells that contain a number. A program may show it in another form, such as 0.85 as 85 %.
    pub(super) numbers: BTreeSet<CellIndex>,
    /// The addresses to which whole cells are linked.
    pub(super) links: BTreeMap<CellIndex, String>,
    /// The first and the last cell of each group of merged cells.
    pub(super) merged: Vec<(CellIndex, CellIndex)>,
}

impl Sheet {
    /// Adds a cell, if there is something in it.
    fn add(
        &mut self,
        cell: CellIndex,
        text: &str,
        budget: &mut Budget,
    ) -> Result<(), WorkbookFailure> {
        if text.trim().is_empty() {
            return Ok(());
        }
        budget.take(text)?;
        match is_formula(text) {
            true => self.errors.insert(cell, text.to_owned()),
            false => self.cells.insert(cell, text.to_owned()),
        };
        Ok(())
    }

    pub(super) fn text(&self, cell: CellIndex) -> &str {
        self.cells.get(&cell).map_or("", String::as_str)
    }

    pub(super) fn place(&self, (row, column): CellIndex, header: &str) -> Place {
        let cell = format!("{}{}", column_name(column), row + 1);
        Place { sheet: self.name.clone(), cell, column: header.to_owned() }
    }
}

/// Returns the name of a column, such as `AA` for 26.
fn column_name(index: u32) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", column_name(more - 1)),
    }
}

/// Reads the sheets of a workbook, or the one of a CSV file.
///
/// # Errors
/// If the bytes are neither, if they exceed a limit, or if the workbook contains macros.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookFailure> {
    match bytes {
        [b'P', b'K', 3 | 5, ..] => {
            check_archive(bytes)?;
            read_xlsx(bytes)
        }
        // The old format, and every workbook with a password.
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(WorkbookFailure::OldFormat),
        _ => read_csv(bytes).map(|sheet| vec![sheet]),
    }
}

/// Measures everything in a workbook, whatever its own table of contents says, and refuses macros.
fn check_archive(bytes: &[u8]) -> Result<(), WorkbookFailure> {
    let broken = |_| WorkbookFailure::Broken;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MAX_PARTS {
        return Err(WorkbookFailure::TooLarge);
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?.to_ascii_lowercase();
        if name.ends_with("vbaproject.bin") {
            return Err(WorkbookFailure::Macros);
        }
        if name == "mimetype" {
            return Err(WorkbookFailure::OldFormat);
        }
        let size = io::copy(&mut part.take(left + 1), &mut io::sink());
        let size = size.map_err(|_| WorkbookFailure::Broken)?;
        left = left.checked_sub(size).ok_or(WorkbookFailure::TooLarge)?;
    }
    Ok(())
}

fn read_xlsx(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookFailure> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| WorkbookFailure::Broken)?;
    let is_table = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let names = workbook.sheets_metadata().iter().filter(is_table);
    let names: Vec<String> = names.map(|sheet| sheet.name.clone()).collect();
    let mut budget = Budget { cells: MAX_CELLS, bytes: MAX_UNPACKED as usize };
    let mut sheets = Vec::new();
    for name in names {
        let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let merged = merged.iter().map(|Dimensions { start, end }| (*start, *end)).collect();
        let links = workbook.hyperlinks_by_sheet_name(&name).unwrap_or_default().into_iter();
        let links = links.filter_map(|link| Some((link.range.start, link.target?))).collect();
        let mut sheet = Sheet { name: Some(name.clone()), merged, links, ..Sheet::default() };
        let broken = |_| WorkbookFailure::Broken;
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(broken)?;
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(broken)? {
            let text = text_of(&cell.value);
            match &cell.value {
                DataRef::Error(error) => drop(sheet.errors.insert(cell.pos, error.to_string())),
                DataRef::Int(_) | DataRef::Float(_) => drop(sheet.numbers.insert(cell.pos)),
                _ if cell.formula.is_some() && text.is_empty() => {
                    sheet.errors.insert(cell.pos, String::new());
                }
                _ => {}
            }
            sheet.add(cell.pos, &text, &mut budget)?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Whether a text is a formula that calls a function, such as `=SUM(A1:A9)`. In a cell for text, programs do
/// not compute it.
fn is_formula(text: &str) -> bool {
    let Some((name, _)) = text.strip_prefix('=').and_then(|text| text.split_once('(')) else {
        return false;
    };
    !name.is_empty() && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '.')
}

/// A text can be in many cells of a workbook and only once in its file.
struct Budget {
    cells: usize,
    bytes: usize,
}

impl Budget {
    fn take(&mut self, text: &str) -> Result<(), WorkbookFailure> {
        let take = |left: usize, size| left.checked_sub(size).ok_or(WorkbookFailure::TooLarge);
        self.cells = take(self.cells, 1)?;
        self.bytes = take(self.bytes, text.len())?;
        Ok(())
    }
}

/// A value as people write it. A formula has the value that the program which saved it computed.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(duration) => duration.as_f64().to_string(),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn read_csv(bytes: &[u8]) -> Result<Sheet, WorkbookFailure> {
    let text = std::str::from_utf8(bytes).map_err(|_| WorkbookFailure::NotUtf8)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    // Spreadsheet programs write what is usual in the country.
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    let separator = [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(separator);
    let mut budget = Budget { cells: MAX_CELLS, bytes: MAX_UNPACKED as usize };
    let mut sheet = Sheet::default();
    for (row, record) in (0..).zip(reader.from_reader(text.as_bytes()).into_records()) {
        let record = record.map_err(|_| WorkbookFailure::Broken)?;
        for (column, field) in (0..).zip(&record) {
            // The apostrophe that an export puts before what looks like a formula.
            let field = match field.strip_prefix('\'') {
                Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
                _ => field,
            };
            sheet.add((row, column), field, &mut budget)?;
        }
    }
    Ok(sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_names_of_spreadsheets() {
        let names = [0, 25, 26, 701, 702, 16_383].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }
}
