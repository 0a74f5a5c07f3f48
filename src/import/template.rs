//! OGP's Commitment Completion Template as text, as programs extract it from a printed report: the labels of its
//! table are broken into lines, and the columns of the completion level are spaces.

use std::collections::{BTreeMap, BTreeSet};

use super::date::{Bound, read_date};
use super::names::{Agencies, Match, Names};
use super::outcome::{Import, ImportError, Site};
use super::places::Doubts;
use super::section::Section;
use super::text;
use crate::draft::{ActionPlanDraft, is_usable_name};
use crate::format::Kind;
use crate::model::{CommitmentId, CompletionLevel, PlanId, is_private_mailbox};
use crate::problems::words::closest;
use crate::problems::{ImportProblem, ImportRefusal, Refusal, doubts};
use crate::source::Sources;
use crate::starter::NewFile;
use crate::unicode;

/// The plan and the report of the site that a text belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Target<'t> {
    /// The id of the plan.
    pub plan: &'t str,
    /// The id of the report.
    pub report: &'t str,
}

/// The line above each commitment.
const HEADING: &str = "Commitment Completion Template";

/// A label of the template.
struct Label {
    field: Field,
    /// The words, as the template prints them: its first ones are the name of the field.
    words: &'static str,
    /// The number of words in the name.
    name: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Lead,
    Name,
    Department,
    Email,
    Phone,
    Supporting,
    Partners,
    Objective,
    Description,
    Relevance,
    Ambition,
    Level,
    Results,
    EndDate,
    NextSteps,
    AdditionalInformation,
}

const fn label(field: Field, name: usize, words: &'static str) -> Label {
    Label { field, words, name }
}

/// The labels in the order of the template.
const LABELS: [Label; 16] = [
    label(Field::Lead, 3, "Lead implementing agency"),
    label(Field::Name, 4, "Name of responsible person from implementing agency"),
    label(Field::Department, 2, "Title, Department"),
    label(Field::Email, 1, "Email"),
    label(Field::Phone, 1, "Phone"),
    label(Field::Supporting, 1, "Other"),
    label(Field::Partners, 2, "CSOs, private sector, working groups, multilaterals"),
    label(Field::Objective, 2, "Main Objective"),
    label(Field::Description, 2, "Brief Description of Commitment (140 character limit)"),
    label(
        Field::Relevance,
        1,
        "Relevance Briefly describe the way in which this commitment is relevant to further advancing OGP \
         values of access to information, public accountability, civic participation, and technology and \
         innovation for openness and accountability",
    ),
    label(
        Field::Ambition,
        1,
        "Ambition Briefly describe the intended policy results of the commitment and how it will either make \
         government more open or improve government through more openness.",
    ),
    label(Field::Level, 2, "Completion level Not started Limited Substantial Completed"),
    label(
        Field::Results,
        4,
        "Descriptions of the results Include specific activities within the reporting period (first or second \
         year of the action plan) and, wherever possible, please indicate whether there has been evidence of \
         members of the public using the commitment or whether the commitment has had an effect.",
    ),
    label(Field::EndDate, 2, "End date"),
    label(Field::NextSteps, 2, "Next steps"),
    label(
        Field::AdditionalInformation,
        2,
        "Additional information (Description on what remains to be achieved and any risks or challenges to \
         implementing the commitment.)",
    ),
];

/// The labels of the cell of the other actors, beside *Other*.
const OTHER_ACTORS: [&str; 3] = ["actors", "involved", "Government"];

/// The fields without which a text is not in the template.
const REQUIRED: [Field; 6] = [
    Field::Lead,
    Field::Objective,
    Field::Description,
    Field::Level,
    Field::Results,
    Field::EndDate,
];

/// Words that address a person in Mongolian: they follow the name in a remark.
const VOCATIVES: [&str; 4] = ["аа", "ээ", "оо", "өө"];

/// Makes the files of the commitments in a text.
///
/// # Errors
/// If the site has no such plan or report or already has a file, or if the text is not in the template.
pub fn template(text: &str, target: Target<'_>, sources: &Sources) -> Result<Import, ImportError> {
    let site = Site::read(sources)?;
    let plan = plan_of(&site, target)?;
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.trim_start_matches('\u{feff}').lines() {
        match line.split_whitespace().eq(HEADING.split(' ')) {
            true => blocks.push(Vec::new()),
            false => blocks.last_mut().expect("there is a first one").push(line),
        }
    }
    let before = blocks.remove(0).iter().filter(|line| !line.trim().is_empty()).count();
    if blocks.is_empty() {
        return Err(ImportRefusal::NoTemplate.into());
    }
    let mut reader = Reader {
        plan,
        target,
        script: main_script(text),
        agencies: Agencies::new(&site.drafts.agencies),
        doubts: Doubts::default(),
        problems: Vec::new(),
        files: BTreeMap::new(),
    };
    if before > 0 {
        reader.doubts.add("the beginning", doubts::before_first(before));
    }
    for block in &blocks {
        reader.read(&block.join("\n"));
    }
    reader.finish(sources)
}

fn plan_of<'s>(site: &'s Site, target: Target<'_>) -> Result<&'s ActionPlanDraft, Refusal> {
    let Target { plan, report } = target;
    let declared = &site.drafts.declared;
    let similar = |known: Vec<&str>, written| closest(written, known).map(str::to_owned);
    if !declared.plans.contains(&PlanId::new(plan)) {
        let known = declared.plans.iter().map(PlanId::as_str).collect();
        return Err(Refusal::NoPlan(plan.to_owned(), similar(known, plan)));
    }
    if !declared.reports.iter().any(|id| id.as_str() == report) {
        let known = declared.reports.iter().map(|id| id.as_str()).collect();
        return Err(ImportRefusal::NoReport(report.to_owned(), similar(known, report)).into());
    }
    let drafts = &site.drafts;
    let found = drafts.plans.iter().find(|draft| draft.id.as_str() == plan);
    let of_report = drafts.reports.iter().find(|draft| draft.id.as_str() == report);
    let (Some(found), Some(of_report)) = (found, of_report) else {
        return Err(ImportRefusal::SiteHasErrors.into());
    };
    match of_report.action_plan.as_ref().is_some_and(|of| of.value == plan) {
        true => Ok(found),
        false => Err(ImportRefusal::ReportOfOtherPlan(report.to_owned(), plan.to_owned()).into()),
    }
}

/// Returns a function that says whether a text has letters of the script that most of a text is in.
fn main_script(text: &str) -> Box<dyn Fn(&str) -> bool> {
    let mut counts = BTreeMap::new();
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        *counts.entry(unicode::script(letter)).or_insert(0) += 1;
    }
    let main = counts.into_iter().max_by_key(|(_, count)| *count).map(|(script, _)| script);
    Box::new(move |text| {
        let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
        letters.any(|letter| Some(unicode::script(letter)) == main)
    })
}

struct Reader<'s> {
    plan: &'s ActionPlanDraft,
    target: Target<'s>,
    script: Box<dyn Fn(&str) -> bool>,
    agencies: Agencies,
    doubts: Doubts,
    problems: Vec<ImportProblem>,
    /// By the number of the commitment.
    files: BTreeMap<String, Section>,
}

/// A commitment as text.
struct Block<'t> {
    number: String,
    /// The texts of the fields, with their line breaks, and with the words of the label that are missing.
    fields: BTreeMap<Field, (&'t str, String)>,
}

impl Reader<'_> {
    fn read(&mut self, block: &str) {
        let (found, missing) = find_labels(block);
        let start = found.first().map_or(block.len(), |found| found.start);
        let heading = text::line(&block[..start]);
        let end = heading.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
        let (number, title) = heading.split_at(end.unwrap_or(heading.len()));
        let number = number.trim_end_matches('.').to_owned();
        if !is_usable_name(&number) {
            let message = doubts::no_commitment_number(&heading);
            self.problems.push(ImportProblem { place: HEADING.to_owned(), message });
            return;
        }
        let place = format!("commitment {number}");
        let is_required = |label: &&&Label| REQUIRED.contains(&label.field);
        for label in missing.iter().filter(is_required) {
            let message = doubts::label_not_found(&name_of(label));
            self.problems.push(ImportProblem { place: place.clone(), message });
        }
        for label in missing.iter().filter(|label| !REQUIRED.contains(&label.field)) {
            self.doubts.add(place.clone(), doubts::label_missing(&name_of(label)));
        }
        let ends = found.iter().skip(1).map(|next| next.start).chain([block.len()]);
        let fields = found
            .iter()
            .zip(ends)
            .map(|(found, end)| (found.field, (&block[found.end..end], found.missing.clone())));
        let block = Block { number: number.clone(), fields: fields.collect() };
        let file = self.commitment(&block, title.trim().trim_end_matches('.').trim_end());
        if self.files.insert(number.clone(), file).is_some() {
            let message = doubts::commitment_twice(&number);
            self.problems.push(ImportProblem { place, message });
        }
    }

    fn commitment(&mut self, block: &Block<'_>, title: &str) -> Section {
        let mut file = Section::of(Kind::Commitment);
        file.text("title", title);
        let chapters = self.plan.chapters.iter().filter_map(|chapter| chapter.number.as_ref());
        let chapters = chapters.filter(|chapter| {
            let rest = block.number.strip_prefix(chapter.value.as_str());
            rest.is_some_and(|rest| rest.starts_with('.'))
        });
        if let Some(chapter) = chapters.max_by_key(|chapter| chapter.value.len()) {
            file.text("chapter", chapter.value.clone());
        }
        let lead = self.one_line(block, Field::Lead);
        file.one_or_more("lead", self.agencies_in(block, Field::Lead, &lead));
        let supporting = self.other_actors(block);
        file.list("supporting", self.agencies_in(block, Field::Supporting, &supporting));
        let partners = self.one_line(block, Field::Partners);
        if !partners.is_empty() {
            file.list("partners", self.agencies.split(&partners).all().to_vec());
        }
        self.end_date(block, &mut file);
        for (key, field) in [("objective", Field::Objective), ("description", Field::Description)] {
            let mut text = self.text(block, field);
            if text.is_empty() {
                self.doubt(block, field, doubts::missing_text(key));
                text = text::lines(title);
            }
            file.text(key, text);
        }
        file.text("relevance", self.text(block, Field::Relevance));
        file.text("ambition", self.text(block, Field::Ambition));
        let contact = self.contact(block, file.inner("contact"));
        if !contact.is_empty() {
            file.section("contact", contact);
        }
        let mut assessment = file.inner("assessments");
        assessment.text("report", self.target.report);
        if let Some(level) = self.level(block) {
            assessment.text("level", level.name());
        }
        assessment.text("results", self.text(block, Field::Results));
        assessment.text("next_steps", self.text(block, Field::NextSteps));
        assessment.text("additional_information", self.text(block, Field::AdditionalInformation));
        file.sections("assessments", vec![assessment]);
        file
    }

    fn doubt(&mut self, block: &Block<'_>, field: Field, text: String) {
        let label = LABELS.iter().find(|label| label.field == field).expect("each field has one");
        self.doubts.add(format!("commitment {}, `{}`", block.number, name_of(label)), text);
    }

    /// Returns what a field says in a text of several lines.
    fn text(&mut self, block: &Block<'_>, field: Field) -> String {
        let Some((written, missing)) = block.fields.get(&field) else { return String::new() };
        let mut lines: Vec<String> = written.lines().map(text::line).collect();
        if !missing.is_empty()
            && let Some(line) = lines.iter_mut().find(|line| line.starts_with(missing.as_str()))
        {
            *line = line[missing.len()..].trim_start().to_owned();
            self.doubt(block, field, doubts::label_displaced(missing));
        }
        if let Some(footer) = remove_footer(&mut lines) {
            self.doubt(block, field, doubts::page_footer(&footer));
        }
        let text = paragraphs(&lines);
        if text.is_empty() || text == "-" {
            return String::new();
        }
        let is_addressed =
            text.split_whitespace().next_back().is_some_and(|last| VOCATIVES.contains(&last));
        if !(self.script)(&text) || is_addressed {
            self.doubt(block, field, doubts::not_report_text(&text::line(&text)));
            return String::new();
        }
        text::lines(&text)
    }

    /// Returns what a field says on one line.
    fn one_line(&self, block: &Block<'_>, field: Field) -> String {
        let text = block.fields.get(&field).map_or(String::new(), |(text, _)| text::line(text));
        if text == "-" { String::new() } else { text }
    }

    /// Returns the government bodies among the other actors: what is in the cell beside its labels.
    fn other_actors(&mut self, block: &Block<'_>) -> String {
        let Some((written, _)) = block.fields.get(&Field::Supporting) else { return String::new() };
        let mut labels = OTHER_ACTORS.to_vec();
        let mut names = Vec::new();
        for line in written.lines() {
            let mut words = line.split_whitespace().peekable();
            while let Some(index) =
                words.peek().and_then(|word| labels.iter().position(|label| label == word))
            {
                labels.remove(index);
                words.next();
            }
            names.extend(words);
        }
        if !labels.is_empty() {
            self.doubt(block, Field::Supporting, doubts::label_missing(&labels.join(" ")));
            // The cell beside can have the place of the label.
            let (left, right) = names.split_at(names.len() / 2);
            if left == right {
                names.truncate(left.len());
            }
        }
        if names == ["-"] { String::new() } else { names.join(" ") }
    }

    /// Returns the ids of the agencies that a text names.
    fn agencies_in(&mut self, block: &Block<'_>, field: Field, written: &str) -> Vec<String> {
        if written.is_empty() {
            return Vec::new();
        }
        let names = self.agencies.split(written);
        match &names {
            Names::Several(names) if field == Field::Lead => {
                self.doubt(block, field, doubts::several_agencies(names));
            }
            Names::Unclear(names) => {
                for name in names {
                    self.doubt(block, field, doubts::unclear_agencies(name));
                }
            }
            Names::One(_) | Names::Several(_) => {}
        }
        let mut ids = Vec::new();
        for name in names.all() {
            let (id, found) = self.agencies.find_or_add(name);
            match found {
                Match::Same => {}
                Match::Similar => self.doubt(block, field, doubts::similar_agency(name, &id)),
                Match::New => {
                    self.doubt(block, field, doubts::new_agency(name, &path_of_agency(&id)));
                }
            }
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    fn end_date(&mut self, block: &Block<'_>, file: &mut Section) {
        let written = self.one_line(block, Field::EndDate);
        let (date, doubt) = read_date(&written, Bound::End);
        let date = date.map(|date| date.to_string());
        if let Some(doubt) = doubt {
            let text = doubts::doubtful_date(&written, "end_date", date.as_deref(), doubt);
            self.doubt(block, Field::EndDate, text);
        }
        file.text("end_date", date.unwrap_or_default());
    }

    /// Fills in who is responsible. A private mailbox and telephone numbers are left out.
    fn contact(&mut self, block: &Block<'_>, mut contact: Section) -> Section {
        let name = self.one_line(block, Field::Name);
        let (name, role) = name.split_once(", ").unwrap_or((&name, ""));
        contact.text("name", name);
        contact.text("role", role.trim_end_matches('.'));
        contact.text("department", self.one_line(block, Field::Department));
        let email = self.one_line(block, Field::Email);
        if is_private_mailbox(&email) {
            self.doubt(block, Field::Email, doubts::private_mailbox_left_out(&email));
        } else if email.contains('@') && !email.contains(' ') {
            contact.text("email", email);
        } else if !email.is_empty() {
            self.doubt(block, Field::Email, doubts::not_an_address(&email));
        }
        let phone = self.one_line(block, Field::Phone);
        if !phone.is_empty() {
            self.doubt(block, Field::Phone, doubts::phone_left_out(&phone));
        }
        contact
    }

    /// Returns the level whose column the mark is in: each is two spaces wide.
    fn level(&mut self, block: &Block<'_>) -> Option<CompletionLevel> {
        let (written, _) = block.fields.get(&Field::Level)?;
        let mut marks = written.lines().filter(|line| matches!(line.trim(), "x" | "+"));
        let (Some(mark), None) = (marks.next(), marks.next()) else {
            let has_marks = written.lines().any(|line| matches!(line.trim(), "x" | "+"));
            let text = if has_marks { doubts::several_marks() } else { doubts::no_mark() };
            self.doubt(block, Field::Level, text);
            return None;
        };
        let spaces = mark.len() - mark.trim_start().len();
        let level = CompletionLevel::ALL.get(spaces / 2).copied();
        if level.is_none() {
            self.doubt(block, Field::Level, doubts::mark_outside(mark.trim()));
        }
        level
    }

    fn finish(self, sources: &Sources) -> Result<Import, ImportError> {
        if !self.problems.is_empty() {
            return Err(ImportError::Problems(self.problems));
        }
        let commitments = self.files.len();
        let commitment = |(number, file): (String, Section)| {
            let path = CommitmentId::new(self.plan.id.clone(), &number).file();
            (Kind::Commitment, NewFile { path, text: file.to_toml() })
        };
        let agency = |(id, file): (String, Section)| {
            (Kind::Agency, NewFile { path: path_of_agency(&id), text: file.to_toml() })
        };
        let agencies = self.agencies.into_files().map(agency);
        let files: Vec<_> = agencies.chain(self.files.into_iter().map(commitment)).collect();
        let paths: BTreeSet<&str> =
            sources.texts().map(|(_, source)| source.path.as_str()).collect();
        let paths = files.iter().filter(|(_, file)| paths.contains(file.path.as_str()));
        let existing: Vec<String> = paths.map(|(_, file)| file.path.clone()).collect();
        match existing.is_empty() {
            true => Ok(Import { files, commitments, doubts: self.doubts.into_list() }),
            false => Err(Refusal::Exists(existing).into()),
        }
    }
}

fn path_of_agency(id: &str) -> String {
    format!("content/agencies/{id}.toml")
}

/// Returns the first words of a label.
fn name_of(label: &Label) -> String {
    label.words.split(' ').take(label.name).collect::<Vec<_>>().join(" ")
}

/// A label in a text.
struct FoundLabel {
    field: Field,
    /// The offset of its first word.
    start: usize,
    /// The offset after its last word.
    end: usize,
    /// The last words, if they are not there.
    missing: String,
}

/// Finds the labels in their order, each at the start of a line. Only that of the partners can follow another
/// one. Also returns the labels that are missing.
fn find_labels(text: &str) -> (Vec<FoundLabel>, Vec<&'static Label>) {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    let mut offset = 0;
    for label in &LABELS {
        let words: Vec<&str> = label.words.split(' ').collect();
        let starts = match label.field {
            Field::Partners => word_starts(text, offset),
            _ => line_starts(text, offset),
        };
        let matches = starts.into_iter().find_map(|start| {
            let (count, end) = match_words(text, start, &words, label.name);
            (count >= label.name).then_some((start, count, end))
        });
        match matches {
            Some((start, count, end)) => {
                let missing = words[count..].join(" ");
                found.push(FoundLabel { field: label.field, start, end, missing });
                offset = end;
            }
            None => missing.push(label),
        }
    }
    (found, missing)
}

/// Returns the offsets of the first words of lines that start at an offset or after it.
fn line_starts(text: &str, offset: usize) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut start = offset;
    for line in text[offset..].split_inclusive('\n') {
        let indentation = line.len() - line.trim_start().len();
        if indentation < line.len() && (start > offset || offset == 0) {
            starts.push(start + indentation);
        }
        start += line.len();
    }
    starts
}

/// Returns the offsets of the words that start after an offset.
fn word_starts(text: &str, offset: usize) -> Vec<usize> {
    let mut is_after_space = offset == 0;
    let mut starts = Vec::new();
    for (index, letter) in text[offset..].char_indices() {
        if is_after_space && !letter.is_whitespace() {
            starts.push(offset + index);
        }
        is_after_space = letter.is_whitespace();
    }
    starts
}

/// Matches words from an offset on, without regard to white space and case. After the first `name` words, one
/// that is missing between two others is skipped. Returns the number of words that match and the offset after them.
fn match_words(text: &str, start: usize, words: &[&str], name: usize) -> (usize, usize) {
    let mut end = start;
    let mut count = 0;
    while count < words.len() {
        let next = words.get(count + 1).filter(|_| count >= name);
        if let Some(after) = match_word(text, end, words[count]) {
            (count, end) = (count + 1, after);
        } else if let Some(after) = next.and_then(|next| match_word(text, end, next)) {
            (count, end) = (count + 2, after);
        } else {
            break;
        }
    }
    (count, end)
}

/// Matches a word, which can be broken into parts. Returns the offset after it.
fn match_word(text: &str, start: usize, word: &str) -> Option<usize> {
    let mut letters = text[start..].char_indices().filter(|(_, letter)| !letter.is_whitespace());
    let mut end = start;
    for expected in word.chars() {
        let (offset, letter) = letters.next()?;
        if !letter.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
        end = start + offset + letter.len_utf8();
    }
    Some(end)
}

/// Removes the foot of a page from a text, and returns it: lines of one or two words, such as "OGP", "Mongolia",
/// "self-assessment" and the number of the page.
fn remove_footer(lines: &mut Vec<String>) -> Option<String> {
    let start = lines.iter().position(|line| line.as_str() == "OGP" || line.starts_with("OGP "))?;
    let is_end =
        |line: &&String| !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    let length = lines[start..].iter().take(8).position(|line| is_end(&line))?;
    let footer: Vec<String> = lines.drain(start..=start + length).collect();
    Some(text::line(&footer.join(" ")))
}

/// Joins the lines of a printed page to paragraphs and lists, as Markdown has them.
fn paragraphs(lines: &[String]) -> String {
    let mut text = String::new();
    let mut is_after_empty = false;
    let mut is_in_list = false;
    for line in lines {
        if line.is_empty() {
            is_after_empty = true;
            continue;
        }
        let (line, is_item) = match item(line) {
            Some(item) => (item, true),
            None => (line.trim_end_matches(" -").to_owned(), false),
        };
        let ends_sentence = text.ends_with(['.', ':', '!', '?']);
        let starts_sentence = line.starts_with(|first: char| first.is_uppercase() || first == '“');
        let separator = match text.is_empty() {
            true => "",
            false if is_item && is_in_list => "\n",
            false if is_item => "\n\n",
            false if is_after_empty && ends_sentence && starts_sentence => "\n\n",
            false => " ",
        };
        is_in_list = is_item || (is_in_list && separator == " ");
        is_after_empty = false;
        text.push_str(separator);
        text.push_str(&line);
    }
    text
}

/// Returns a line that is an item of a list, as Markdown has it.
fn item(line: &str) -> Option<String> {
    let (mark, rest) = line.split_once(' ')?;
    let is_number = |mark: &str| {
        let digits = mark.strip_suffix(['.', ')']).unwrap_or_default();
        !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    match mark {
        "-" | "-\u{2010}" | "–" | "•" => Some(format!("- {rest}")),
        mark if is_number(mark) => Some(line.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_page_become_paragraphs_and_lists() {
        let lines = [
            "Some text",
            "",
            "goes on.",
            "",
            "New one:",
            "-\u{2010} a",
            "",
            "b",
            "- c.",
            "",
            "End",
        ];
        let lines = lines.map(str::to_owned);
        assert_eq!(paragraphs(&lines), "Some text goes on.\n\nNew one:\n\n- a b\n- c.\n\nEnd");
        assert_eq!(paragraphs(&["-".to_owned()]), "-");
    }

    #[test]
    fn words_match_across_breaks_and_gaps() {
        let words = ["Not", "started", "Substantial", "using", "the", "commitment", "or"];
        let text = "Not \n\n started  Substantia\nl using the or more";
        assert_eq!(match_words(text, 0, &words, 2), (7, text.len() - 5));
        assert_eq!(match_words(text, 0, &words, 6), (5, text.find(" or").unwrap()));
        assert_eq!(match_words("not  x", 0, &words, 2), (1, 3));
        assert_eq!(match_words("started", 0, &words, 2), (0, 0));
    }
}
