//! Finds the answers in the sheets of a workbook: by the hidden keys, or else by the headers in any of the
//! site's languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column::{Column, Question};
use super::sheet::{CellIndex, Place, Sheet};
use super::write::is_label;
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::model::{Commitment, CommitmentId, Portal, Report};
use crate::problems::{self, WorkbookFailure};

/// The number of rows in which the headers can be.
const MAX_HEADER_ROWS: u32 = 30;

/// What the answers are for.
#[derive(Clone, Copy)]
pub struct Target<'p> {
    /// The portal of the site.
    pub portal: &'p Portal,
    /// The report that the answers are for.
    pub report: &'p Report,
    /// The site's languages.
    pub languages: &'p [Arc<Language>],
}

/// What a cell says.
#[derive(Debug)]
pub(super) struct Cell {
    pub text: String,
    pub place: Place,
}

/// The answers about one commitment.
#[derive(Debug, Default)]
pub(super) struct Answered {
    pub commitment: BTreeMap<Question, Cell>,
    /// By the index of the milestone.
    pub milestones: BTreeMap<usize, BTreeMap<Question, Cell>>,
    /// The dates and texts of updates.
    pub updates: Vec<(Cell, Cell)>,
}

/// The answers of a workbook.
#[derive(Default)]
pub struct Answers {
    pub(super) by_commitment: BTreeMap<CommitmentId, Answered>,
    /// The number of rows with answers.
    pub rows: usize,
    pub problems: Vec<Diagnostic>,
    /// The columns that are not read.
    pub unread: Vec<Place>,
}

/// Where the columns of a sheet are.
struct Layout {
    columns: BTreeMap<Column, u32>,
    headers: BTreeMap<u32, String>,
    first_row: u32,
}

/// Finds the answers in sheets.
///
/// # Errors
/// If no sheet has the columns of the form.
pub fn find_answers(sheets: &[Sheet], target: Target<'_>) -> Result<Answers, WorkbookFailure> {
    let mut answers = Answers::default();
    let mut has_form = false;
    for sheet in sheets {
        if let Some(layout) = layout(sheet, target.languages) {
            has_form = true;
            SheetReader { sheet, layout: &layout, target }.read(&mut answers);
        }
    }
    if has_form { Ok(answers) } else { Err(WorkbookFailure::NoForm) }
}

fn layout(sheet: &Sheet, languages: &[Arc<Language>]) -> Option<Layout> {
    let is_key = |column: Column, text: &str| column.key() == text;
    let is_header = |column: Column, text: &str| {
        languages.iter().any(|language| is_label(column, text, language))
    };
    let by_key = (0..MAX_HEADER_ROWS).find_map(|row| columns_in(sheet, row, is_key));
    let (row, columns) = match by_key {
        Some((row, columns)) => {
            // Somebody may have deleted the headers.
            let below = sheet.text((row + 1, columns[&Column::Commitment]));
            (if below.contains('/') { row } else { row + 1 }, columns)
        }
        None => (0..MAX_HEADER_ROWS).find_map(|row| columns_in(sheet, row, is_header))?,
    };
    let headers = cells_in(sheet, row).map(|((_, column), text)| (column, one_line(text)));
    Some(Layout { columns, headers: headers.collect(), first_row: row + 1 })
}

/// Returns the columns whose names are in a row, if they are those of a form.
fn columns_in(
    sheet: &Sheet,
    row: u32,
    is_name: impl Fn(Column, &str) -> bool,
) -> Option<(u32, BTreeMap<Column, u32>)> {
    let mut columns = BTreeMap::new();
    for ((_, index), text) in cells_in(sheet, row) {
        let text = one_line(text);
        if let Some(column) = Column::all().into_iter().find(|column| is_name(*column, &text)) {
            columns.entry(column).or_insert(index);
        }
    }
    let has_answers = columns.keys().any(|column| matches!(column, Column::Answer(_)));
    (columns.contains_key(&Column::Commitment) && has_answers).then_some((row, columns))
}

fn cells_in(sheet: &Sheet, row: u32) -> impl Iterator<Item = (CellIndex, &str)> {
    let cells = sheet.cells.range((row, 0)..(row + 1, 0));
    cells.map(|(index, text)| (*index, text.as_str()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct SheetReader<'s> {
    sheet: &'s Sheet,
    layout: &'s Layout,
    target: Target<'s>,
}

impl SheetReader<'_> {
    fn read(&self, answers: &mut Answers) {
        let first = self.layout.first_row;
        self.report_cells(answers);
        let mut rows: Vec<u32> = self.sheet.cells.range((first, 0)..).map(|(at, _)| at.0).collect();
        rows.dedup();
        for row in rows {
            if let Err(problem) = self.read_row(row, answers) {
                answers.problems.push(*problem);
            }
        }
    }

    /// Reports merged cells, formulas without a value, and columns that are not read.
    fn report_cells(&self, answers: &mut Answers) {
        let first = self.layout.first_row;
        let is_answer = |column: u32| self.answer_columns().any(|(_, index)| index == column);
        for (start, end) in &self.sheet.merged {
            let has_answer =
                (start.1..=end.1).any(is_answer) && !self.sheet.text(*start).is_empty();
            if start.0 >= first && end.0 > start.0 && has_answer {
                let place = self.place(*start).to_string();
                answers.problems.push(problems::workbook::merged_cells(&place));
            }
        }
        for (index, error) in self.sheet.errors.range((first, 0)..) {
            if is_answer(index.1) {
                let place = self.place(*index).to_string();
                answers.problems.push(problems::workbook::formula_error(&place, error));
            }
        }
        for column in self.layout.headers.keys() {
            let is_known = self.layout.columns.values().any(|known| known == column);
            let mut below = self.sheet.cells.range((first, 0)..);
            if !is_known && below.any(|(index, _)| index.1 == *column) {
                answers.unread.push(self.place((first - 1, *column)));
            }
        }
    }

    fn read_row(&self, row: u32, answers: &mut Answers) -> Result<(), Box<Diagnostic>> {
        let cells: Vec<(Question, Cell)> = self
            .answer_columns()
            .filter_map(|(question, column)| self.answer(question, (row, column)))
            .collect();
        let Some((_, first)) = cells.first() else { return Ok(()) };
        let commitment = self.commitment(row, &first.place)?;
        let report = self.fixed(Column::Report, row).unwrap_or_default();
        if !report.is_empty() && report != self.target.report.id.as_str() {
            let place = first.place.to_string();
            let id = self.target.report.id.as_str();
            return Err(problems::workbook::row_of_other_report(&place, report, id).into());
        }
        let milestone = self.milestone(row, commitment)?;
        answers.rows += 1;
        let entry = answers.by_commitment.entry(commitment.id.clone()).or_default();
        let known = match milestone {
            Some(index) => entry.milestones.entry(index).or_default(),
            None => &mut entry.commitment,
        };
        let (mut date, mut update) = (None, None);
        for (question, cell) in cells {
            let place = cell.place.to_string();
            match (question, milestone) {
                (question, Some(_)) if !question.is_of_milestones() => {
                    answers.problems.push(problems::workbook::only_of_commitments(&place));
                }
                (question, None) if !question.is_of_commitments() => {
                    answers.problems.push(problems::workbook::only_of_milestones(&place));
                }
                (Question::UpdateDate, _) => date = Some(cell),
                (Question::Update, _) => update = Some(cell),
                (question, _) => match known.get(&question) {
                    Some(first) if first.text != cell.text => {
                        let first = first.place.to_string();
                        answers.problems.push(problems::workbook::answered_twice(&place, &first));
                    }
                    Some(_) => {}
                    None => drop(known.insert(question, cell)),
                },
            }
        }
        match (date, update) {
            (Some(date), Some(update)) => entry.updates.push((date, update)),
            (Some(date), None) => {
                let place = date.place.to_string();
                answers.problems.push(problems::workbook::update_without_text(&place));
            }
            (None, Some(update)) => {
                let place = update.place.to_string();
                answers.problems.push(problems::workbook::update_without_date(&place));
            }
            (None, None) => {}
        }
        Ok(())
    }

    fn answer_columns(&self) -> impl Iterator<Item = (Question, u32)> {
        self.layout.columns.iter().filter_map(|(column, index)| match column {
            Column::Answer(question) => Some((*question, *index)),
            _ => None,
        })
    }

    fn answer(&self, question: Question, index: CellIndex) -> Option<(Question, Cell)> {
        let text = clean(self.sheet.text(index));
        (!text.is_empty()).then(|| (question, Cell { text, place: self.place(index) }))
    }

    /// Returns a cell that identifies the row.
    fn fixed(&self, column: Column, row: u32) -> Option<&str> {
        let index = self.layout.columns.get(&column)?;
        Some(self.sheet.text((row, *index)).trim())
    }

    fn place(&self, index: CellIndex) -> Place {
        let header = self.layout.headers.get(&index.1).map_or("", String::as_str);
        self.sheet.place(index, header)
    }

    /// Returns the commitment of a row. `first` is its first answer.
    fn commitment(&self, row: u32, first: &Place) -> Result<&Commitment, Box<Diagnostic>> {
        let Target { portal, report, .. } = self.target;
        let written = self.fixed(Column::Commitment, row).unwrap_or_default();
        if written.is_empty() {
            let place = first.to_string();
            return Err(problems::workbook::row_without_commitment(&place).into());
        }
        let place = self.place((row, self.layout.columns[&Column::Commitment])).to_string();
        let (plan, number) = match written.split_once('/') {
            Some((plan, number)) => (plan.trim(), number.trim()),
            None => (report.plan.id.as_str(), written),
        };
        let plan = &crate::model::PlanId::new(plan);
        let found = portal.commitment(&CommitmentId::new(plan.clone(), number));
        if found.is_some() && *plan != report.plan.id {
            let wanted = report.plan.id.as_str();
            return Err(
                problems::workbook::commitment_of_other_plan(&place, written, wanted).into()
            );
        }
        found.ok_or_else(|| problems::workbook::no_such_commitment(&place, written).into())
    }

    /// Returns the index of the milestone of a row; `None` in the row of a commitment.
    fn milestone(
        &self,
        row: u32,
        commitment: &Commitment,
    ) -> Result<Option<usize>, Box<Diagnostic>> {
        let written = self.fixed(Column::Milestone, row).unwrap_or_default();
        if written.is_empty() {
            return Ok(None);
        }
        let mut milestones = commitment.milestones.iter();
        match milestones.position(|milestone| milestone.id == written) {
            Some(index) => Ok(Some(index)),
            None => {
                let place = self.place((row, self.layout.columns[&Column::Milestone])).to_string();
                Err(problems::workbook::no_such_milestone(&place, written).into())
            }
        }
    }
}

/// Returns the text of a cell with plain line ends, and without the white space around its lines.
fn clean(text: &str) -> String {
    let text = text.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}
