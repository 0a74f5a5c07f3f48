//! Finds the answers in the sheets of a workbook: by the hidden keys, or else by the headers in any of the
//! site's languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column::{Column, Question};
use super::form::Form;
use super::sheet::{CellIndex, Place, Sheet};
use super::write::is_label;
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::model::{Commitment, CommitmentId, Milestone, Portal, Report, Text};
use crate::problems::workbook::Unread;
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
    /// The index of the form's language among those of the site.
    pub language: usize,
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
    /// What is not read.
    pub unread: Vec<Unread>,
}

/// Where the columns of a sheet are.
struct Layout {
    columns: BTreeMap<Column, u32>,
    headers: BTreeMap<u32, String>,
    first_row: u32,
    /// The index of the language of the headers among those of the site.
    language: usize,
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
    let find = |is_name: &dyn Fn(Column, &str) -> bool| {
        (0..MAX_HEADER_ROWS).find_map(|row| columns_in(sheet, row, is_name))
    };
    let by_header = find(&is_header);
    let (row, columns) = match (find(&is_key), by_header) {
        // Somebody may have deleted the headers, or changed all of them.
        (Some((keys, columns)), None) => {
            let below = sheet.text((keys + 1, columns[&Column::Commitment]));
            (if below.contains('/') { keys } else { keys + 1 }, columns)
        }
        (Some((keys, columns)), Some((headers, _))) => (keys.max(headers), columns),
        (None, by_header) => by_header?,
    };
    let headers: BTreeMap<u32, String> =
        cells_in(sheet, row).map(|((_, column), text)| (column, one_line(text))).collect();
    let matches = |language: &Language| {
        let is_label = |(column, index): (&Column, &u32)| {
            headers.get(index).is_some_and(|text| is_label(*column, text, language))
        };
        columns.iter().filter(|entry| is_label(*entry)).count()
    };
    // Of equal numbers, the first one counts.
    let language = (0..languages.len()).rev().max_by_key(|index| matches(&languages[*index]));
    Some(Layout { columns, headers, first_row: row + 1, language: language.unwrap_or_default() })
}

/// Returns the columns whose names are in a row, if they are those of a form.
fn columns_in(
    sheet: &Sheet,
    row: u32,
    is_name: &dyn Fn(Column, &str) -> bool,
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
        self.report_columns(answers);
        let mut rows: Vec<u32> = self.sheet.cells.range((first, 0)..).map(|(at, _)| at.0).collect();
        rows.dedup();
        for row in rows {
            if let Err(problem) = self.read_row(row, answers) {
                answers.problems.push(*problem);
            }
        }
    }

    /// Reports merged cells, and cells that a formula or a number fills.
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
        for (_, column) in self.answer_columns().filter(|(question, _)| question.is_text()) {
            let cells = self.sheet.numbers.range((first, 0)..);
            for index in cells.filter(|(_, of_cell)| *of_cell == column) {
                let (place, text) = (self.place(*index).to_string(), self.sheet.text(*index));
                answers.problems.push(problems::workbook::number_as_text(&place, text));
            }
        }
    }

    /// Reports columns that are not read, and those with the header of another one.
    fn report_columns(&self, answers: &mut Answers) {
        let Layout { columns, headers, first_row, .. } = self.layout;
        for (column, header) in headers {
            if columns.values().any(|known| known == column) {
                continue;
            }
            let below = self.sheet.cells.range((*first_row, 0)..);
            let cells = below.filter(|(index, _)| index.1 == *column).count();
            if cells == 0 {
                continue;
            }
            let place = self.place((first_row - 1, *column)).to_string();
            let same = columns.values().find(|known| headers.get(known) == Some(header));
            match same {
                Some(same) => {
                    let first = self.place((first_row - 1, *same)).to_string();
                    answers.problems.push(problems::workbook::column_twice(&place, &first));
                }
                None => answers.unread.push(Unread::Column { place, cells }),
            }
        }
    }

    fn read_row(&self, row: u32, answers: &mut Answers) -> Result<(), Box<Diagnostic>> {
        let mut cells: Vec<(Question, Cell)> = Vec::new();
        for (question, column) in self.answer_columns() {
            cells.extend(self.answer(question, (row, column), answers)?);
        }
        let first = cells.first().map(|(_, cell)| cell.place.clone());
        answers.rows += usize::from(first.is_some());
        // A row without answers is of no use, but somebody may have changed its grey cells.
        let commitment = match (self.commitment(row, first.as_ref()), &first) {
            (Ok(commitment), _) => commitment,
            (Err(_), None) => return Ok(()),
            (Err(problem), Some(_)) => return Err(problem),
        };
        let report = self.fixed(Column::Report, row).unwrap_or_default();
        if !report.is_empty() && report != self.target.report.id.as_str() {
            let Some(place) = first else { return Ok(()) };
            let id = self.target.report.id.as_str();
            let place = place.to_string();
            return Err(problems::workbook::row_of_other_report(&place, report, id).into());
        }
        let milestone = match self.milestone(row, commitment) {
            Err(_) if first.is_none() => return Ok(()),
            milestone => milestone?,
        };
        let of_row = milestone.map(|index| &commitment.milestones[index]);
        self.check_fixed(row, commitment, of_row, answers)?;
        if first.is_some() {
            take_answers(commitment, milestone, cells, answers);
        }
        Ok(())
    }

    fn answer_columns(&self) -> impl Iterator<Item = (Question, u32)> {
        self.layout.columns.iter().filter_map(|(column, index)| match column {
            Column::Answer(question) => Some((*question, *index)),
            _ => None,
        })
    }

    /// Returns the answer in a cell, if there is one.
    fn answer(
        &self,
        question: Question,
        index: CellIndex,
        answers: &mut Answers,
    ) -> Result<Option<(Question, Cell)>, Box<Diagnostic>> {
        let mut text = clean(self.sheet.text(index));
        let place = self.place(index);
        if text.is_empty() {
            return Ok(None);
        }
        if says_nothing(&text, question) {
            let place = place.to_string();
            answers.unread.push(Unread::Nothing { place, written: text });
            return Ok(None);
        }
        if let (Question::Evidence, Some(target)) = (question, self.sheet.links.get(&index))
            && !text.contains(target.trim_end_matches('/'))
        {
            if text.contains("://") {
                let place = place.to_string();
                return Err(problems::workbook::link_differs(&place, target).into());
            }
            text = format!("{text} {target}");
        }
        Ok(Some((question, Cell { text, place, language: self.layout.language })))
    }

    /// Compares the grey cells of a row with the site, in any of its languages.
    fn check_fixed(
        &self,
        row: u32,
        commitment: &Commitment,
        milestone: Option<&Milestone>,
        answers: &mut Answers,
    ) -> Result<(), Box<Diagnostic>> {
        for column in [Column::Title, Column::Lead, Column::EndDate] {
            let Some(&index) = self.layout.columns.get(&column) else { continue };
            let written = clean(self.sheet.text((row, index)));
            let known: Vec<String> =
                self.forms().map(|form| form.fixed(column, commitment, milestone)).collect();
            if written.is_empty() || known.iter().any(|known| is_same(known, &written)) {
                continue;
            }
            let place = self.place((row, index)).to_string();
            if column == Column::Title
                && let Some(owner) = self.owner_of(&written)
            {
                let number = number_of(commitment, milestone);
                return Err(problems::workbook::title_of_other(&place, &number, &owner).into());
            }
            let site = known.into_iter().nth(self.layout.language).unwrap_or_default();
            answers.unread.push(Unread::Grey { place, site, written });
        }
        Ok(())
    }

    /// The form in each of the site's languages.
    fn forms(&self) -> impl Iterator<Item = Form<'_>> {
        let Target { portal, report, languages } = self.target;
        languages.iter().map(move |language| Form {
            portal,
            plan: &report.plan,
            report: Some(report),
            agency: None,
            language,
            site_language: &languages[0],
        })
    }

    /// Returns the number of the commitment or the milestone that has a title.
    fn owner_of(&self, title: &str) -> Option<String> {
        let has_title = |text: &Text| text.passages().any(|passage| is_same(&passage.text, title));
        self.target.portal.of_plan(&self.target.report.plan.id).iter().find_map(|commitment| {
            if has_title(&commitment.title) {
                return Some(number_of(commitment, None));
            }
            let milestone = commitment.milestones.iter().find(|step| has_title(&step.title))?;
            Some(number_of(commitment, Some(milestone)))
        })
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
    fn commitment(&self, row: u32, first: Option<&Place>) -> Result<&Commitment, Box<Diagnostic>> {
        let Target { portal, report, .. } = self.target;
        let written = self.fixed(Column::Commitment, row).unwrap_or_default();
        if written.is_empty() {
            let place = first.map(Place::to_string).unwrap_or_default();
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

/// Adds the answers of a row to those of its commitment. `milestone` is the index of the row's milestone.
fn take_answers(
    commitment: &Commitment,
    milestone: Option<usize>,
    cells: Vec<(Question, Cell)>,
    answers: &mut Answers,
) {
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
}

/// Returns the text of a cell with plain line ends, and without the white space around its lines.
fn clean(text: &str) -> String {
    let text = text.replace("_x000D_", "").replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim().to_owned()
}

/// Whether two texts differ only in white space and capitals.
fn is_same(a: &str, b: &str) -> bool {
    one_line(a).to_lowercase() == one_line(b).to_lowercase()
}

/// Whether an answer only says that there is none, such as `n/a` or `–`.
fn says_nothing(text: &str, question: Question) -> bool {
    let plain = text.to_lowercase().replace(['.', ' '], "");
    let is_none = matches!(plain.as_str(), "none" | "nil" | "no");
    !text.contains(char::is_alphanumeric)
        || matches!(plain.as_str(), "n/a" | "na" | "tbd" | "tbc")
        || (is_none && !question.is_text())
}

/// Names a row: by the number of its commitment, and that of the milestone.
fn number_of(commitment: &Commitment, milestone: Option<&Milestone>) -> String {
    match milestone {
        Some(milestone) => format!("{}, milestone {}", commitment.id, milestone.id),
        None => commitment.id.to_string(),
    }
}
