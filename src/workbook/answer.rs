//! Finds the answers in the sheets of a workbook: by the hidden keys, or else by the headers in any of the
//! site's languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::column::{Column, Question, normalized_header};
use super::form::Form;
use super::sheet::{CellIndex, Place, Sheet};
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::model::{Commitment, CommitmentId, Milestone, Portal, Report, Text};
use crate::problems::words::one_line;
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
    let names = Names::new(target.languages);
    let owners = owners_of_titles(target);
    for sheet in sheets {
        if let Some(layout) = names.layout(sheet) {
            has_form = true;
            SheetReader { sheet, layout: &layout, target, owners: &owners }.read(&mut answers);
        }
    }
    if has_form { Ok(answers) } else { Err(WorkbookFailure::NoForm) }
}

/// How the columns can be named in a sheet.
struct Names<'l> {
    /// The columns by the keys of the hidden row.
    keys: BTreeMap<String, Column>,
    /// The columns by their normalized headers in any of the site's languages.
    headers: BTreeMap<String, Column>,
    languages: &'l [Arc<Language>],
}

impl<'l> Names<'l> {
    fn new(languages: &'l [Arc<Language>]) -> Self {
        let keys = Column::all().into_iter().map(|column| (column.key(), column)).collect();
        let mut headers = BTreeMap::new();
        for column in Column::all() {
            for language in languages {
                let header = normalized_header(&column.label(language));
                headers.entry(header).or_insert(column);
            }
        }
        Names { keys, headers, languages }
    }

    fn layout(&self, sheet: &Sheet) -> Option<Layout> {
        let by_key = find_columns(sheet, |text| self.keys.get(&one_line(text)));
        let by_header = find_columns(sheet, |text| self.headers.get(&normalized_header(text)));
        let (row, columns) = match (by_key, by_header) {
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
        let count = |language: &Language| {
            let is_in_language = |(column, index): &(&Column, &u32)| {
                let label = normalized_header(&column.label(language));
                headers.get(index).is_some_and(|text| normalized_header(text) == label)
            };
            columns.iter().filter(is_in_language).count()
        };
        // Of equal numbers, the first one counts.
        let languages = (0..self.languages.len()).rev();
        let language = languages.max_by_key(|index| count(&self.languages[*index]));
        let language = language.unwrap_or_default();
        Some(Layout { columns, headers, first_row: row + 1, language })
    }
}

/// Returns the first row whose cells name the columns of a form, and the columns.
fn find_columns<'n>(
    sheet: &Sheet,
    column_of: impl Fn(&str) -> Option<&'n Column>,
) -> Option<(u32, BTreeMap<Column, u32>)> {
    (0..MAX_HEADER_ROWS).find_map(|row| {
        let mut columns = BTreeMap::new();
        for ((_, index), text) in cells_in(sheet, row) {
            if let Some(column) = column_of(text) {
                columns.entry(*column).or_insert(index);
            }
        }
        let has_answers = columns.keys().any(|column| matches!(column, Column::Answer(_)));
        (columns.contains_key(&Column::Commitment) && has_answers).then_some((row, columns))
    })
}

fn cells_in(sheet: &Sheet, row: u32) -> impl Iterator<Item = (CellIndex, &str)> {
    let cells = sheet.cells.range((row, 0)..(row + 1, 0));
    cells.map(|(index, text)| (*index, text.as_str()))
}

/// The numbers of the commitments and milestones of the report's plan, by their titles in plain form.
fn owners_of_titles(target: Target<'_>) -> BTreeMap<String, String> {
    let mut owners = BTreeMap::new();
    let mut add = |title: &Text, number: &str| {
        for passage in title.passages() {
            owners.entry(plain(&passage.text)).or_insert_with(|| number.to_owned());
        }
    };
    for commitment in target.portal.of_plan(&target.report.plan.id).iter() {
        add(&commitment.title, &number_of(commitment, None));
        for milestone in &commitment.milestones {
            add(&milestone.title, &number_of(commitment, Some(milestone)));
        }
    }
    owners
}

struct SheetReader<'s> {
    sheet: &'s Sheet,
    layout: &'s Layout,
    target: Target<'s>,
    owners: &'s BTreeMap<String, String>,
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
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for ((_, column), _) in self.sheet.cells.range((*first_row, 0)..) {
            *counts.entry(*column).or_default() += 1;
        }
        let is_read = |column: &u32| columns.values().any(|read| read == column);
        for (column, header) in headers.iter().filter(|(column, _)| !is_read(column)) {
            let Some(&cells) = counts.get(column) else { continue };
            let place = self.place((first_row - 1, *column)).to_string();
            match columns.values().find(|read| headers.get(read) == Some(header)) {
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
            let cell = self.answer(question, (row, column), answers);
            cells.extend(cell.map(|cell| (question, cell)));
        }
        let first = cells.first().map(|(_, cell)| cell.place.to_string());
        answers.rows += usize::from(first.is_some());
        let owner = self.owner(row, first.as_deref().unwrap_or_default());
        let (commitment, milestone) = match owner {
            Ok(owner) => owner,
            // What the row is about does not matter.
            Err(_) if first.is_none() => return Ok(()),
            Err(problem) => return Err(problem),
        };
        let of_row = milestone.map(|index| &commitment.milestones[index]);
        self.check_fixed(row, commitment, of_row, answers)?;
        if first.is_some() {
            take_answers(commitment, milestone, cells, answers);
        }
        Ok(())
    }

    /// Returns the commitment of a row, and the index of its milestone if the row is about one. `first` is the
    /// place of the first answer.
    fn owner(
        &self,
        row: u32,
        first: &str,
    ) -> Result<(&Commitment, Option<usize>), Box<Diagnostic>> {
        let commitment = self.commitment(row, first)?;
        let report = self.fixed(Column::Report, row).unwrap_or_default();
        let wanted = self.target.report.id.as_str();
        if !report.is_empty() && report != wanted {
            return Err(problems::workbook::row_of_other_report(first, report, wanted).into());
        }
        Ok((commitment, self.milestone(row, commitment)?))
    }

    fn answer_columns(&self) -> impl Iterator<Item = (Question, u32)> {
        self.layout.columns.iter().filter_map(|(column, index)| match column {
            Column::Answer(question) => Some((*question, *index)),
            _ => None,
        })
    }

    /// Returns the answer in a cell, if there is one.
    fn answer(&self, question: Question, index: CellIndex, answers: &mut Answers) -> Option<Cell> {
        let mut text = clean(self.sheet.text(index));
        if text.is_empty() {
            return None;
        }
        let place = self.place(index);
        if says_nothing(&text, question) {
            answers.unread.push(Unread::Nothing { place: place.to_string(), written: text });
            return None;
        }
        if let (Question::Evidence, Some(target)) = (question, self.sheet.links.get(&index))
            && !text.contains(target.trim_end_matches('/'))
        {
            if text.contains("://") {
                let problem = problems::workbook::link_differs(&place.to_string(), target);
                answers.problems.push(problem);
                return None;
            }
            text = format!("{text} {target}");
        }
        Some(Cell { text, place, language: self.layout.language })
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
            let plain_text = plain(&written);
            let known: Vec<String> =
                self.forms().map(|form| form.fixed(column, commitment, milestone)).collect();
            if written.is_empty() || known.iter().any(|known| plain(known) == plain_text) {
                continue;
            }
            let place = self.place((row, index)).to_string();
            if let (Column::Title, Some(owner)) = (column, self.owners.get(&plain_text)) {
                let number = number_of(commitment, milestone);
                return Err(problems::workbook::title_of_other(&place, &number, owner).into());
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

    /// Returns a cell that identifies the row.
    fn fixed(&self, column: Column, row: u32) -> Option<&str> {
        let index = self.layout.columns.get(&column)?;
        Some(self.sheet.text((row, *index)).trim())
    }

    fn place(&self, index: CellIndex) -> Place {
        let header = self.layout.headers.get(&index.1).map_or("", String::as_str);
        self.sheet.place(index, header)
    }

    /// Returns the commitment of a row. `first` is the place of its first answer.
    fn commitment(&self, row: u32, first: &str) -> Result<&Commitment, Box<Diagnostic>> {
        let Target { portal, report, .. } = self.target;
        let written = self.fixed(Column::Commitment, row).unwrap_or_default();
        if written.is_empty() {
            return Err(problems::workbook::row_without_commitment(first).into());
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
        (Some(date), Some(update)) => {
            // A row can be copied.
            let is_same =
                |(when, what): &(Cell, Cell)| when.text == date.text && what.text == update.text;
            if !entry.updates.iter().any(is_same) {
                entry.updates.push((date, update));
            }
        }
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

/// Returns a text of a grey cell without the differences that do not matter: capitals and white space.
fn plain(text: &str) -> String {
    one_line(text).to_lowercase()
}

/// Whether an answer only says that there is none, such as `n/a` or `–`.
fn says_nothing(text: &str, question: Question) -> bool {
    let word = text.to_lowercase().replace(['.', ' '], "");
    let is_none = matches!(word.as_str(), "none" | "nil" | "no");
    !text.contains(char::is_alphanumeric)
        || matches!(word.as_str(), "n/a" | "na" | "tbd" | "tbc")
        || (is_none && !question.is_text())
}

/// Names a row: by the number of its commitment, and that of the milestone.
fn number_of(commitment: &Commitment, milestone: Option<&Milestone>) -> String {
    match milestone {
        Some(milestone) => format!("{}, milestone {}", commitment.id, milestone.id),
        None => commitment.id.to_string(),
    }
}
