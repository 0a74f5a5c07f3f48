//! Puts the answers into the files of the site. What the site already says stays, unless the workbook wins.

use std::collections::BTreeMap;

use super::answer::{Answered, Answers, Cell, Target};
use super::column::Question;
use super::sheet::Place;
use super::value::{Document, Value};
use crate::diagnostic::{Diagnostic, SourceLocation};
use crate::edit::{self, EditError, Section};
use crate::format::{self, Kind};
use crate::model::{
    Assessment, Commitment, DocumentLocation, Evidence, Milestone, Standing, Text, natural_order,
};
use crate::problems::workbook::advice_in_form;
use crate::problems::{Conflict, WorkbookFailure};
use crate::source::Sources;
use crate::starter::NewFile;

/// What holds if the site and the workbook differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Winner {
    /// The site keeps its value.
    Site,
    /// The workbook's value replaces it.
    Workbook,
}

/// What an import changes.
#[derive(Default)]
pub struct Merged {
    /// The files that change, with their whole new texts.
    pub files: Vec<NewFile>,
    /// The cells that differ from the site.
    pub conflicts: Vec<Conflict>,
    /// What is wrong with cells.
    pub problems: Vec<Diagnostic>,
    /// The number of answers that the files receive.
    pub written: usize,
    origins: BTreeMap<String, Vec<Origin>>,
}

/// The cell that a value in a file comes from.
struct Origin {
    section: Section<'static>,
    key: &'static str,
    place: Place,
}

/// Puts answers into the files of a site. `sources` must be those of the portal.
///
/// # Errors
/// If a file is written in a form that cannot be changed.
pub fn merge(
    answers: &Answers,
    target: Target<'_>,
    sources: &Sources,
    winner: Winner,
) -> Result<Merged, WorkbookFailure> {
    let mut merged = Merged::default();
    for (id, answered) in &answers.by_commitment {
        let commitment = target.portal.commitment(id).expect("answers are about commitments");
        let (_, source) = sources.find(&id.file()).expect("a commitment has a file");
        let mut editor = Editor {
            path: id.file(),
            text: source.text.to_string(),
            target,
            winner,
            origins: Vec::new(),
            merged: &mut merged,
        };
        editor.commitment(commitment, answered)?;
        let Editor { path, text, origins, .. } = editor;
        if *text != *source.text {
            merged.written += origins.len();
            merged.origins.insert(path.clone(), origins);
            merged.files.push(NewFile { path, text });
        }
    }
    merged.conflicts.sort_by(|a, b| natural_order(&a.place, &b.place));
    Ok(merged)
}

impl Merged {
    /// Returns a problem of the changed site at the cell that it comes from, if it comes from one.
    pub fn in_cells(
        &self,
        problems: Vec<Diagnostic>,
        sources: &Sources,
    ) -> Vec<(bool, Diagnostic)> {
        let mut known: BTreeMap<&str, Vec<Option<std::ops::Range<usize>>>> = BTreeMap::new();
        let locate = |mut problem: Diagnostic| {
            let origin = match &problem.location {
                SourceLocation::Span(span) => {
                    let path = sources.get(span.source).path.as_str();
                    self.origins.get(path).and_then(|origins| {
                        let ranges = known.entry(path).or_insert_with(|| {
                            let keys: Vec<_> =
                                origins.iter().map(|origin| (origin.section, origin.key)).collect();
                            edit::ranges_of_keys(&sources.get(span.source).text, &keys)
                        });
                        let start = span.start as usize;
                        let contains = |range: &Option<std::ops::Range<usize>>| {
                            range.as_ref().is_some_and(|range| range.contains(&start))
                        };
                        ranges.iter().position(contains).map(|index| &origins[index])
                    })
                }
                SourceLocation::Path(_) => None,
            };
            let is_in_cell = origin.is_some();
            if let Some(Origin { key, place, .. }) = origin {
                problem.location = SourceLocation::Path(place.to_string());
                // A form does not show the keys of the files.
                if let Some(rest) = problem.message.strip_prefix(&format!("`{key}` ")) {
                    problem.message = format!("the answer {rest}");
                }
                if let Some(advice) = advice_in_form(problem.code, key) {
                    problem = problem.help(advice);
                }
            }
            (is_in_cell, problem)
        };
        problems.into_iter().map(locate).collect()
    }
}

/// Changes the file of one commitment.
struct Editor<'e> {
    path: String,
    text: String,
    target: Target<'e>,
    winner: Winner,
    origins: Vec<Origin>,
    merged: &'e mut Merged,
}

impl Editor<'_> {
    fn commitment(
        &mut self,
        commitment: &Commitment,
        answered: &Answered,
    ) -> Result<(), WorkbookFailure> {
        let values = self.values(&answered.commitment);
        let mut levels = Vec::new();
        for (index, cells) in &answered.milestones {
            let milestone = &commitment.milestones[*index];
            let section = Section::new("milestones", *index);
            for (question, value, place) in self.values(cells) {
                match question {
                    Question::Level => levels.push((*index, value, place)),
                    question => {
                        let site = of_milestone(milestone, question);
                        self.set(section, question, site, value, place)?;
                    }
                }
            }
        }
        let report = &self.target.report.id;
        let mut assessments = commitment.assessments.iter();
        let assessment = assessments.find(|assessment| assessment.report.id == *report);
        match assessment {
            Some(assessment) => self.change_assessment(assessment, values)?,
            None if values.is_empty() && levels.is_empty() => {}
            None => self.add_assessment(values)?,
        }
        for (index, level, place) in levels {
            let known = assessment.and_then(|assessment| assessment.milestone(index));
            let known = known.map(|milestone| Value::Level(milestone.level.name()));
            self.set_milestone_level(&commitment.milestones[index], index, known, level, place)?;
        }
        let mut count = commitment.updates.len();
        for (date, text) in &answered.updates {
            if self.add_update(commitment, count, date, text)? {
                count += 1;
            }
        }
        Ok(())
    }

    /// Reads the values of cells. Reports those that cannot be read.
    fn values<'c>(
        &mut self,
        cells: &'c BTreeMap<Question, Cell>,
    ) -> Vec<(Question, Value, &'c Place)> {
        let mut values = Vec::new();
        for (question, cell) in cells {
            match Value::read(*question, cell, self.target.languages) {
                Ok(value) => values.push((*question, value, &cell.place)),
                Err(problem) => self.merged.problems.push(*problem),
            }
        }
        values
    }

    fn add_assessment(
        &mut self,
        values: Vec<(Question, Value, &Place)>,
    ) -> Result<(), WorkbookFailure> {
        let report = self.target.report.id.as_str();
        let mut block = format!("[[assessments]]\nreport = {}\n", edit::line(report));
        for key in keys_of("assessments") {
            if let Some((_, value, _)) = values.iter().find(|(question, ..)| question.key() == key)
            {
                block.push_str(&format!("{key} = {}\n", value.to_toml()));
            }
        }
        self.add("assessments", &block)?;
        let section = self.assessment()?;
        for (question, _, place) in values {
            self.remember(section, question.key(), place);
        }
        Ok(())
    }

    /// Returns the section of the report's assessment, which the file has.
    fn assessment(&self) -> Result<Section<'static>, WorkbookFailure> {
        let report = self.target.report.id.as_str();
        let index = edit::find_section(&self.text, None, "assessments", "report", report);
        let index = index.ok_or_else(|| self.cannot_edit("assessments"))?;
        Ok(Section::new("assessments", index))
    }

    fn change_assessment(
        &mut self,
        assessment: &Assessment,
        values: Vec<(Question, Value, &Place)>,
    ) -> Result<(), WorkbookFailure> {
        if values.is_empty() {
            return Ok(());
        }
        let section = self.assessment()?;
        for (question, value, place) in values {
            let site = of_assessment(assessment, question);
            self.set(section, question, site, value, place)?;
        }
        Ok(())
    }

    /// Sets what the report says about a milestone. `known` is what it says so far.
    fn set_milestone_level(
        &mut self,
        milestone: &Milestone,
        index: usize,
        known: Option<Value>,
        level: Value,
        place: &Place,
    ) -> Result<(), WorkbookFailure> {
        const NAME: &str = "milestones";
        let id = edit::line(&milestone.id);
        if edit::find_section(&self.text, None, NAME, "id", &milestone.id).is_none() {
            // Nobody has named the milestone. Its address stays.
            let changed = edit::set_key(&self.text, Section::new(NAME, index), "id", &[], &id);
            self.take(changed, "id")?;
        }
        let report = self.assessment()?;
        if known.is_none() {
            let level = level.to_toml();
            let block = format!("[[assessments.{NAME}]]\nid = {id}\nlevel = {level}\n");
            self.take(edit::add_inner_section(&self.text, report, &block), NAME)?;
        }
        let index = edit::find_section(&self.text, Some(report), NAME, "id", &milestone.id);
        let section = report.inner(NAME, index.ok_or_else(|| self.cannot_edit(NAME))?);
        if known.is_some() {
            return self.set(section, Question::Level, known, level, place);
        }
        self.remember(section, Question::Level.key(), place);
        Ok(())
    }

    /// Sets a key of a section, unless the site says the same or, without being overruled, something else.
    fn set(
        &mut self,
        section: Section<'static>,
        question: Question,
        site: Option<Value>,
        value: Value,
        place: &Place,
    ) -> Result<(), WorkbookFailure> {
        if let (Some(Value::Evidence(site)), Value::Evidence(documents)) = (&site, &value) {
            return self.add_evidence(section, site, documents, place);
        }
        // The checks of the site report what is not a date.
        if let Some(site) = site.filter(|_| value.is_valid()) {
            if value.is_same(&site) {
                return Ok(());
            }
            self.merged.conflicts.push(Conflict {
                place: place.to_string(),
                site: site.shown(),
                workbook: value.shown(),
            });
            if self.winner == Winner::Site {
                return Ok(());
            }
        }
        let key = question.key();
        let earlier: Vec<&str> =
            keys_of(section.name()).take_while(|other| *other != key).collect();
        let changed = edit::set_key(&self.text, section, key, &earlier, &value.to_toml());
        self.take(changed, key)?;
        self.remember(section, key, place);
        Ok(())
    }

    /// Adds the documents that the site does not have. Those that it has stay.
    fn add_evidence(
        &mut self,
        section: Section<'static>,
        site: &[Document],
        documents: &[Document],
        place: &Place,
    ) -> Result<(), WorkbookFailure> {
        let key = Question::Evidence.key();
        let is_new = |document: &&Document| !site.iter().any(|old| document.is_same(old));
        for document in documents.iter().filter(is_new) {
            let changed = edit::add_to_list(&self.text, section, key, &document.to_toml());
            self.take(changed, key)?;
            self.remember(section, key, place);
        }
        Ok(())
    }

    /// Adds an update, unless the site has it. Returns whether it did. `count` is the number of updates.
    fn add_update(
        &mut self,
        commitment: &Commitment,
        count: usize,
        date: &Cell,
        text: &Cell,
    ) -> Result<bool, WorkbookFailure> {
        let languages = self.target.languages;
        let read = |question, cell| {
            Value::read(question, cell, languages).expect("dates and texts are read as they are")
        };
        let (when, what) = (read(Question::UpdateDate, date), read(Question::Update, text));
        let is_known = commitment.updates.iter().any(|update| {
            when == Value::Date(update.date.to_string())
                && update
                    .text
                    .passages()
                    .any(|passage| what.is_same(&Value::Text(passage.text.to_string())))
        });
        if is_known {
            return Ok(false);
        }
        let (when, what) = (when.to_toml(), what.to_toml());
        self.add("updates", &format!("[[updates]]\ndate = {when}\ntext = {what}\n"))?;
        self.remember(Section::new("updates", count), "date", &date.place);
        self.remember(Section::new("updates", count), "text", &text.place);
        Ok(true)
    }

    fn add(&mut self, name: &'static str, block: &str) -> Result<(), WorkbookFailure> {
        let later = format::later_sections(Kind::Commitment, name);
        let added = edit::add_section(&self.text, name, &later, block);
        self.take(added.map(|(text, _)| text), name)
    }

    fn take(
        &mut self,
        changed: Result<String, EditError>,
        key: &'static str,
    ) -> Result<(), WorkbookFailure> {
        self.text = changed.map_err(|_| self.cannot_edit(key))?;
        Ok(())
    }

    fn cannot_edit(&self, key: &'static str) -> WorkbookFailure {
        WorkbookFailure::CannotEdit(self.path.clone(), key)
    }

    fn remember(&mut self, section: Section<'static>, key: &'static str, place: &Place) {
        self.origins.push(Origin { section, key, place: place.clone() });
    }
}

/// Returns the keys of a section of a commitment, in their order.
fn keys_of(section: &str) -> impl Iterator<Item = &'static str> {
    let section = Kind::Commitment.table().key(section).expect("a section of commitments");
    let table = section.value_type.table().expect("a section has keys");
    table.originals().map(|key| key.name)
}

fn of_assessment(assessment: &Assessment, question: Question) -> Option<Value> {
    let text = |text: &Option<Text>| {
        text.as_ref().map(|text| Value::Text(text.trimmed_original().to_owned()))
    };
    let texts = &assessment.texts;
    match question {
        Question::Level => match Standing::from(assessment.level) {
            Standing::NotReported => None,
            standing => Some(Value::Level(standing.name())),
        },
        Question::Results => text(&texts.results),
        Question::NextSteps => text(&texts.next_steps),
        Question::AdditionalInformation => text(&texts.additional_information),
        Question::Challenges if assessment.challenges.is_empty() => None,
        Question::Challenges => {
            let mut challenges = assessment.challenges.to_vec();
            challenges.sort_by_key(|challenge| *challenge as usize);
            let names = challenges.into_iter().map(|challenge| challenge.name());
            Some(Value::Challenges(names.collect()))
        }
        Question::Evidence => of_evidence(&assessment.evidence),
        Question::CompletedDate | Question::UpdateDate | Question::Update => None,
    }
}

fn of_milestone(milestone: &Milestone, question: Question) -> Option<Value> {
    match question {
        Question::CompletedDate => {
            milestone.completed_date.map(|date| Value::Date(date.to_string()))
        }
        Question::Evidence => of_evidence(&milestone.evidence),
        _ => None,
    }
}

fn of_evidence(evidence: &[Evidence]) -> Option<Value> {
    let document = |evidence: &Evidence| {
        let address = match &evidence.location {
            DocumentLocation::Url(url) => url.clone(),
            DocumentLocation::File { path, .. } => path.clone(),
        };
        Document { title: evidence.title.trimmed_original().to_owned(), address }
    };
    (!evidence.is_empty()).then(|| Value::Evidence(evidence.iter().map(document).collect()))
}
