//! Writes the form as a workbook for spreadsheet programs, and as CSV.

use std::borrow::Cow;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, Note, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::column::{Column, Question};
use super::form::{Form, Row};
use crate::language::Argument;
use crate::model::{Challenge, CompletionLevel, Term};

/// The number of characters that a cell can have (Excel's specifications and limits).
const MAX_CELL: usize = 32_767;
/// The number of characters that the name of a sheet can have.
const MAX_SHEET_NAME: usize = 31;
/// The row of the keys, which is hidden, and that of the headers.
const KEYS: u32 = 0;
const HEADERS: u32 = 1;
const FIRST: u32 = 2;
const GREY: Color = Color::RGB(0x00E7_E6E6);

/// Returns the form as an `.xlsx` file. Equal forms give equal bytes.
pub fn xlsx(form: &Form<'_>) -> Vec<u8> {
    write(form).expect("everything is within the limits of a workbook")
}

fn write(form: &Form<'_>) -> Result<Vec<u8>, XlsxError> {
    let language = form.language;
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let [form_name, help_name] = sheet_names(
        ["workbook_form", "workbook_help"].map(|key| sheet_name(&language.message(key, &[]))),
    );
    let rows = form.rows();
    let mut help = Worksheet::new();
    help.set_name(&help_name)?;
    let lists = write_help(&mut help, form)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name(&form_name)?;
    write_form(sheet, form, &rows)?;
    let last = FIRST + rows.len().max(1) as u32 - 1;
    for (question, (start, end)) in lists {
        let list = format!("='{}'!$A${}:$A${}", help_name.replace('\'', "''"), start + 1, end + 1);
        let validation = DataValidation::new().allow_list_formula(Formula::new(list));
        let validation = match question {
            // Several can be written in one cell.
            Question::Challenges => validation.show_error_message(false),
            _ => validation.set_error_style(DataValidationErrorStyle::Stop),
        };
        let column = index_of(Column::Answer(question));
        sheet.add_data_validation(FIRST, column, last, column, &validation)?;
    }
    workbook.push_worksheet(help);
    workbook.save_to_buffer()
}

fn index_of(column: Column) -> u16 {
    let index = Column::all().into_iter().position(|other| other == column);
    index.expect("every column is in the list") as u16
}

/// Spreadsheet programs refuse some characters in the name of a sheet, and long names.
fn sheet_name(name: &str) -> String {
    let is_allowed =
        |letter: &char| !matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    name.chars().filter(is_allowed).take(MAX_SHEET_NAME).collect()
}

/// Replaces names that a workbook cannot have: blank ones, and two that differ only in case.
fn sheet_names(names: [String; 2]) -> [String; 2] {
    let [form, help] = &names;
    let is_usable = !form.trim().is_empty() && !help.trim().is_empty();
    match is_usable && form.to_lowercase() != help.to_lowercase() {
        true => names,
        false => ["Form".to_owned(), "Help".to_owned()],
    }
}

fn write_form(sheet: &mut Worksheet, form: &Form<'_>, rows: &[Row]) -> Result<(), XlsxError> {
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let cell = cell.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00BF_BFBF));
    // Text, so that no program turns a date into a number.
    let open = cell.clone().set_unlocked().set_num_format("@");
    let fixed = cell.clone().set_background_color(GREY).set_num_format("@");
    let commitment = fixed.clone().set_bold();
    let header = commitment.clone().set_background_color(Color::RGB(0x00D0_CECE));
    let question = header.clone().set_background_color(Color::RGB(0x00BD_D7EE));
    for (index, column) in Column::all().into_iter().enumerate() {
        let index = index as u16;
        sheet.write_string(KEYS, index, column.key())?;
        let (format, note) = match column {
            Column::Answer(asked) => (&question, asked.help(form.language)),
            _ => (&header, form.language.message("workbook_fixed", &[])),
        };
        sheet.write_string_with_format(HEADERS, index, column.label(form.language), format)?;
        let note = Note::new(note).add_author_prefix(false).set_width(260).set_height(110);
        sheet.insert_note(HEADERS, index, &note)?;
        sheet.set_column_width(index, width(column))?;
        for (row, line) in (FIRST..).zip(rows) {
            let text = line.cells[usize::from(index)].1.as_str();
            let format = match column {
                column if line.is_open(column) => &open,
                Column::Title if !line.is_milestone => &commitment,
                _ => &fixed,
            };
            match text.chars().count() {
                1..=MAX_CELL => sheet.write_string_with_format(row, index, text, format)?,
                _ => sheet.write_blank(row, index, format)?,
            };
        }
    }
    for (row, line) in (FIRST..).zip(rows) {
        sheet.set_row_height(row, height(line))?;
    }
    sheet.set_row_height(HEADERS, 3.0 * LINE)?.set_row_hidden(KEYS)?;
    sheet.set_column_hidden(index_of(Column::Report))?;
    sheet.set_freeze_panes(FIRST, index_of(Column::Lead))?;
    sheet.set_right_to_left(form.language.direction == "rtl");
    sheet.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADERS, HEADERS)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}

/// The height of a line, in points.
const LINE: f64 = 15.0;
/// The number of lines after which a row is cut on the screen: its cells still have their whole texts.
const MAX_LINES: usize = 14;

/// Returns the height for the longest text of a row, with room to write: not every spreadsheet program finds
/// it itself.
fn height(row: &Row) -> f64 {
    let lines = row.cells.iter().map(|(column, text)| {
        let per_line = width(*column) as usize;
        text.lines().map(|line| line.chars().count() / per_line + 1).sum()
    });
    LINE * lines.max().unwrap_or(0).clamp(3, MAX_LINES) as f64
}

/// Returns the width of a column, in characters.
fn width(column: Column) -> f64 {
    match column {
        Column::Commitment => 18.0,
        Column::Milestone | Column::EndDate => 12.0,
        Column::Title => 30.0,
        Column::Lead => 20.0,
        Column::Last(Question::Level) | Column::Answer(Question::Level) => 16.0,
        Column::Answer(Question::CompletedDate | Question::UpdateDate) => 14.0,
        Column::Last(Question::Challenges) | Column::Answer(Question::Challenges) => 22.0,
        Column::Last(_) => 32.0,
        Column::Answer(_) => 40.0,
        Column::Report => 20.0,
    }
}

/// The first and the last row of a list on the sheet that explains the form.
type Lists = [(Question, (u32, u32)); 2];

/// Explains the form in ten lines, with the closed lists below them.
fn write_help(sheet: &mut Worksheet, form: &Form<'_>) -> Result<Lists, XlsxError> {
    let language = form.language;
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let text = match language.direction {
        "rtl" => text.set_reading_direction(2),
        _ => text,
    };
    let label = text.clone().set_bold();
    sheet.set_column_width(0, 34)?.set_column_width(1, 100)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_row_height(0, 2.0 * LINE)?;
    sheet.set_right_to_left(language.direction == "rtl");
    sheet.write_string_with_format(
        0,
        0,
        form.site_language.localized(&form.plan.title).0,
        &label,
    )?;
    let intro = &[("language", Argument::Text(&form.site_language.name))];
    sheet.write_string_with_format(0, 1, language.message("workbook_intro", intro), &text)?;
    let mut row = 1;
    for question in Question::ALL {
        let name = Column::Answer(question).label(language);
        sheet.write_string_with_format(row, 0, name, &label)?;
        sheet.write_string_with_format(row, 1, question.help(language), &text)?;
        row += 1;
    }
    let levels = CompletionLevel::ALL.map(|level| {
        let standing = level.into();
        (language.standing(standing).to_owned(), language.meaning(standing).to_owned())
    });
    let challenges = Challenge::written().into_iter();
    let challenges = challenges.map(|name| (language.term(name), String::new())).collect();
    let lists = [(Question::Level, levels.to_vec()), (Question::Challenges, challenges)];
    let mut ranges = Vec::new();
    for (question, entries) in lists {
        row += 1;
        sheet.write_string_with_format(row, 0, Column::Answer(question).label(language), &label)?;
        let start = row + 1;
        for (name, meaning) in entries {
            row += 1;
            sheet.write_string_with_format(row, 0, name, &text)?;
            sheet.write_string_with_format(row, 1, meaning, &text)?;
        }
        ranges.push((question, (start, row)));
        row += 1;
    }
    sheet.protect();
    Ok([ranges[0], ranges[1]])
}

/// Returns the form as CSV: the keys, the headers, then the rows.
pub fn csv(form: &Form<'_>) -> Vec<u8> {
    const IN_MEMORY: &str = "writing to memory does not fail";
    let columns = Column::all();
    let keys = columns.iter().map(|column| column.key()).collect();
    let headers = columns.iter().map(|column| column.label(form.language)).collect();
    let rows = form.rows().into_iter();
    let rows = rows.map(|row| row.cells.into_iter().map(|(_, text)| text).collect::<Vec<_>>());
    // Spreadsheet programs know UTF-8 by the byte-order mark.
    let bytes = "\u{feff}".as_bytes().to_vec();
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bytes);
    for row in [keys, headers].into_iter().chain(rows) {
        let fields = row.iter().map(|text| without_formula(text));
        table.write_record(fields.map(|field| field.into_owned())).expect(IN_MEMORY);
    }
    table.into_inner().expect(IN_MEMORY)
}

/// Puts an apostrophe before a field that a spreadsheet could treat as a formula (OWASP, "CSV injection").
fn without_formula(field: &str) -> Cow<'_, str> {
    match field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{field}")),
        false => Cow::Borrowed(field),
    }
}
