//! OGP's public table of commitments: one row for each, in the columns of its dataset.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use csv::{ReaderBuilder, StringRecord};

use super::date::{Bound, ReadDate, read_date};
use super::names::{Agencies, Match, Names};
use super::outcome::{Import, ImportError, Site};
use super::places::{Doubts, of_rows};
use super::section::Section;
use super::text;
use crate::draft::{Drafts, is_usable_name};
use crate::export::{ogp_country, ogp_policy_areas};
use crate::format::Kind;
use crate::model::{
    CommitmentId, EndDate, OgpValue, PartialDate, PlanId, PolicyArea, ReportKind, Text, Vocabulary,
    natural_order,
};
use crate::problems::words::as_file_name;
use crate::problems::{ImportProblem, ImportRefusal, Refusal, doubts};
use crate::source::Sources;
use crate::starter::NewFile;

const IDENTIFIER: &str = "Commitment Unique Identifier";
const LOCALITY: &str = "Country/Locality";
const PLAN_NUMBER: &str = "Action Plan Number";
const NUMBER: &str = "Commitment Number";
const COUNTRY: &str = "Code";
const GOVERNMENT: &str = "National Or Local";
const START_YEAR: &str = "Year Of Submission";
const END_YEAR: &str = "Action Plan End Year";
const THEME: &str = "Theme";
const TITLE: &str = "Commitment Title";
const SHORT_TITLE: &str = "Short Title";
const FULL_TEXT: &str = "Full Text";
const START_DATE: &str = "Start Date";
const END_DATE: &str = "End Date";
const LEAD: &str = "Lead Institution";
const SUPPORTING: &str = "Supporting Institution(s)";
const VERIFIABLE: &str = "Verifiable";

/// The columns of the values to which a commitment is relevant.
const VALUES: [(&str, OgpValue); 4] = [
    ("OGP Value Access To Information", OgpValue::AccessToInformation),
    ("OGP Value Civic Participation", OgpValue::CivicParticipation),
    ("OGP Value Public Accountability", OgpValue::PublicAccountability),
    ("OGP Value Technology", OgpValue::Technology),
];

/// A report of the independent reviewers in OGP's table.
struct ReportColumns {
    kind: ReportKind,
    title: &'static str,
    year: &'static str,
    level: &'static str,
    starred: &'static str,
    /// The codes, with their keys.
    codes: &'static [(&'static str, &'static str, Vocabulary)],
}

/// The reports: the first one also says whether the commitment can be verified, and to which values it is
/// relevant.
static REPORTS: [ReportColumns; 2] = [
    ReportColumns {
        kind: ReportKind::Progress,
        title: "IRM progress report",
        year: "Report Publication Year (Progress Report)",
        level: "Completion (Progress Report)",
        starred: "Starred (Current Formula) Progress Report",
        codes: &[
            ("Specificity", "specificity", Vocabulary::Specificity),
            ("Potential Impact", "potential_impact", Vocabulary::PotentialImpact),
            ("Potential for Results", "potential_for_results", Vocabulary::PotentialForResults),
        ],
    },
    ReportColumns {
        kind: ReportKind::EndOfTerm,
        title: "IRM end-of-term report",
        year: "Report Publication Year (End Of Term)",
        level: "Completion (End Of Term)",
        starred: "Starred (Current Formula) End of Term",
        codes: &[
            (
                "Did It Open Government (Overall)",
                "did_it_open_government",
                Vocabulary::OpenedGovernment,
            ),
            ("Early Results", "early_results", Vocabulary::EarlyResults),
        ],
    },
];

/// The length of a cell in characters that spreadsheets allow.
const MAX_CELL: usize = 32_767;

/// The agency of commitments for which OGP's table names none.
const UNKNOWN_AGENCY: &str = "Agency not named";

/// Makes the files of the commitments of a country in OGP's table: plans, agencies, reports and commitments.
/// `country` is the code of ISO 3166 with two letters, or what the column `Code` has.
///
/// # Errors
/// If the text is not OGP's table or has no row of the country, the site already has a commitment of it, or a
/// cell has a value that OGP does not use.
pub fn table(text: &str, country: &str, sources: &Sources) -> Result<Import, ImportError> {
    let site = Site::read(sources)?;
    let (columns, records) = read_csv(text)?;
    let all: Vec<Row<'_>> = records
        .iter()
        .zip(2..)
        .map(|(record, number)| Row { number, record, columns: &columns })
        .collect();
    let code = ogp_country(&country.to_uppercase()).unwrap_or(country);
    let is_selected = |row: &&Row<'_>| {
        let letters = row.cell(IDENTIFIER).trim_end_matches(|letter: char| letter.is_ascii_digit());
        row.cell(COUNTRY).eq_ignore_ascii_case(code) || letters.eq_ignore_ascii_case(country)
    };
    let (rows, others): (Vec<&Row<'_>>, Vec<&Row<'_>>) = all.iter().partition(is_selected);
    if rows.is_empty() {
        let known: BTreeSet<String> = all.iter().map(|row| row.cell(COUNTRY).to_owned()).collect();
        return Err(
            ImportRefusal::NoCountry(country.to_owned(), known.into_iter().collect()).into()
        );
    }
    let mut importer = Importer {
        site: &site,
        agencies: Agencies::new(&site.drafts.agencies),
        areas: ogp_policy_areas(),
        plans: Vec::new(),
        plan_indices: HashMap::new(),
        reports: BTreeMap::new(),
        commitments: BTreeMap::new(),
        existing: site.drafts.declared.commitments.iter().map(CommitmentId::file).collect(),
        known: known_identifiers(&site.drafts),
        taken: site.drafts.declared.commitments.iter().map(|id| id.file().to_lowercase()).collect(),
        next: HashMap::new(),
        conflicts: BTreeSet::new(),
        identifiers: HashMap::new(),
        elsewhere: others.iter().map(|row| (row.cell(IDENTIFIER).to_owned(), row.number)).collect(),
        doubts: Doubts::default(),
        problems: BTreeMap::new(),
    };
    importer.country(code);
    importer.plans(&rows);
    for row in &rows {
        importer.row(row);
    }
    importer.finish(rows.len(), sources)
}

fn known_identifiers(drafts: &Drafts) -> HashMap<String, String> {
    let commitments = drafts.commitments.iter();
    let known = commitments.filter_map(|draft| Some((draft.ogp_id.as_ref()?, draft.id.file())));
    known.map(|(id, path)| (id.value.clone(), path)).collect()
}

/// The indices of the columns by name.
type Columns = HashMap<String, usize>;

fn read_csv(text: &str) -> Result<(Columns, Vec<StringRecord>), ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|_| ImportRefusal::NotCsv(1))?.clone();
    let columns: Columns =
        header.iter().zip(0..).map(|(name, index)| (name.trim().to_owned(), index)).collect();
    let missing = needed_columns().filter(|name| !columns.contains_key(*name));
    let missing: Vec<String> = missing.map(str::to_owned).collect();
    if !missing.is_empty() {
        return Err(ImportRefusal::NoColumns(missing).into());
    }
    let mut records = Vec::new();
    let mut problems = Vec::new();
    for (record, number) in reader.records().zip(2..) {
        let record = record.map_err(|_| ImportRefusal::NotCsv(number))?;
        if record.len() != header.len() {
            let message = doubts::cells_of_row(record.len(), header.len());
            problems.push(ImportProblem { place: format!("row {number}"), message });
        }
        for (cell, name) in record.iter().zip(&header) {
            if cell.len() > MAX_CELL && cell.chars().nth(MAX_CELL).is_some() {
                let place = of_rows(&[number], name);
                problems.push(ImportProblem { place, message: doubts::cell_too_long(MAX_CELL) });
            }
        }
        records.push(record);
    }
    match problems.is_empty() {
        true => Ok((columns, records)),
        false => Err(ImportError::Problems(problems)),
    }
}

/// The columns without which a table is not OGP's. It gains and loses policy areas.
fn needed_columns() -> impl Iterator<Item = &'static str> {
    let single = [
        IDENTIFIER,
        LOCALITY,
        PLAN_NUMBER,
        NUMBER,
        COUNTRY,
        GOVERNMENT,
        START_YEAR,
        END_YEAR,
        THEME,
        TITLE,
        SHORT_TITLE,
        FULL_TEXT,
        START_DATE,
        END_DATE,
        LEAD,
        SUPPORTING,
        VERIFIABLE,
    ];
    let values = VALUES.iter().map(|(column, _)| *column);
    let reports = REPORTS.iter().flat_map(|report| {
        let codes = report.codes.iter().map(|(column, ..)| *column);
        [report.year, report.level, report.starred].into_iter().chain(codes)
    });
    single.into_iter().chain(values).chain(reports)
}

struct Row<'r> {
    /// As a spreadsheet counts it.
    number: usize,
    record: &'r StringRecord,
    columns: &'r Columns,
}

impl Row<'_> {
    fn cell(&self, column: &str) -> &str {
        self.columns
            .get(column)
            .and_then(|index| self.record.get(*index))
            .unwrap_or_default()
            .trim()
    }

    /// Returns what a cell says; `None` if it says that there is nothing.
    fn value(&self, column: &str) -> Option<&str> {
        let cell = self.cell(column);
        let is_nothing = ["", "ND", "NR", "NA", "N/A", "Not Applicable", "-"]
            .iter()
            .any(|nothing| cell.eq_ignore_ascii_case(nothing));
        (!is_nothing).then_some(cell)
    }

    /// Returns the locality of a local commitment, such as `Newtown` for `Newtown, Examplia`.
    fn locality(&self) -> Option<&str> {
        let is_national = self.cell(GOVERNMENT).eq_ignore_ascii_case("national");
        let locality = self.cell(LOCALITY).split(',').next().unwrap_or_default();
        (!is_national && !self.cell(GOVERNMENT).is_empty()).then_some(locality)
    }
}

/// An action plan in the table.
struct Plan {
    /// The locality, the number and the years, as in the table.
    key: [String; 4],
    id: String,
    /// The numbers of the chapters, by title.
    chapters: HashMap<String, String>,
    /// Whether the site has no file of it.
    is_new: bool,
}

struct Importer<'s> {
    site: &'s Site,
    agencies: Agencies,
    areas: Vec<(&'static str, PolicyArea)>,
    plans: Vec<Plan>,
    /// The index of each plan by its key.
    plan_indices: HashMap<[String; 4], usize>,
    /// The new reports, by id.
    reports: BTreeMap<String, Section>,
    /// By path.
    commitments: BTreeMap<String, Section>,
    /// The paths of the commitments of the site.
    existing: BTreeSet<String>,
    /// The files of the site by OGP's identifier.
    known: HashMap<String, String>,
    /// The paths of commitments, in lower case: some hosts ignore case.
    taken: BTreeSet<String>,
    /// The number to try next for a commitment whose path is taken.
    next: HashMap<String, usize>,
    /// The files of the site that have a commitment of the table.
    conflicts: BTreeSet<String>,
    /// The first row with an identifier.
    identifiers: HashMap<String, usize>,
    /// The same in the rows of other countries.
    elsewhere: HashMap<String, usize>,
    doubts: Doubts,
    /// By row and column.
    problems: BTreeMap<(usize, &'static str), String>,
}

impl Importer<'_> {
    fn doubt(&mut self, row: &Row<'_>, column: &'static str, text: String) {
        self.doubts.add_row(row.number, column, text);
    }

    fn problem(&mut self, row: &Row<'_>, column: &'static str, message: String) {
        self.problems.entry((row.number, column)).or_insert(message);
    }

    fn country(&mut self, code: &str) {
        let Some(country) = &self.site.settings.site.country else { return };
        let of_site = ogp_country(country).unwrap_or(country);
        if !of_site.eq_ignore_ascii_case(code) {
            self.doubts.add("site.toml", doubts::other_country(of_site, code));
        }
    }

    /// Finds the plans of all rows, and gives each an id.
    fn plans(&mut self, rows: &[&Row<'_>]) {
        for row in rows {
            let key = key_of_plan(row);
            if self.plan_indices.contains_key(&key) {
                continue;
            }
            self.plan_indices.insert(key.clone(), self.plans.len());
            self.check_plan(row);
            if let Some(locality) = row.locality() {
                self.doubt(row, GOVERNMENT, doubts::local_plan(locality));
            }
            let plan = self.existing_plan(&key).unwrap_or_else(|| {
                let [locality, _, start, end] = &key;
                let parts = [as_file_name(locality), start.clone(), end.clone()];
                let parts = parts.iter().filter(|part| part.as_str() != "…" && !part.is_empty());
                let id = parts.map(String::as_str).collect::<Vec<_>>().join("-");
                Plan { key: key.clone(), id, chapters: HashMap::new(), is_new: true }
            });
            self.plans.push(plan);
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        for plan in &self.plans {
            *counts.entry(plan.id.clone()).or_default() += 1;
        }
        for plan in self.plans.iter_mut().filter(|plan| plan.is_new) {
            if counts[&plan.id] > 1 && !plan.key[1].is_empty() {
                plan.id = format!("{}-{}", plan.id, plan.key[1]);
            }
        }
        if self.plans.iter().any(|plan| plan.is_new) {
            self.doubts.add("`content/action-plans/`", doubts::new_plans());
        }
    }

    fn check_plan(&mut self, row: &Row<'_>) {
        for column in [START_YEAR, END_YEAR] {
            let cell = row.cell(column);
            if !matches!(PartialDate::parse(cell), Some(PartialDate::Year(_))) {
                self.problem(row, column, doubts::not_a_year(cell));
            }
        }
        if let Some(number) = row.value(PLAN_NUMBER)
            && !number.parse().is_ok_and(|number| (1..=99).contains(&number))
        {
            self.problem(row, PLAN_NUMBER, doubts::not_a_plan_number(number));
        }
    }

    /// Returns the plan of the site with the number and the first year of a plan in the table.
    fn existing_plan(&self, key: &[String; 4]) -> Option<Plan> {
        let [locality, number, start, _] = key;
        let mut drafts = self.site.drafts.plans.iter().filter(|_| locality.is_empty());
        let draft = drafts.find(|draft| {
            let year = draft.start_date.map(|date| date.value.earliest().0.to_string());
            let is_number = draft.number.is_some_and(|of_site| of_site.to_string() == *number);
            is_number && year.as_ref() == Some(start)
        })?;
        let chapters = draft.chapters.iter().filter_map(|chapter| {
            let title = chapter.title.as_ref().map(Text::trimmed_original)?;
            Some((title.to_owned(), chapter.number.as_ref()?.value.clone()))
        });
        let (id, chapters) = (draft.id.to_string(), chapters.collect());
        Some(Plan { key: key.clone(), id, chapters, is_new: false })
    }

    fn row(&mut self, row: &Row<'_>) {
        let key = key_of_plan(row);
        let index = self.plan_indices[&key];
        let plan = self.plans[index].id.clone();
        let path = self.path(row, &plan);
        let mut file = Section::of(Kind::Commitment);
        self.titles(row, &mut file);
        if let Some(theme) = row.value(THEME) {
            let number = self.chapter(row, index, &text::line(theme));
            file.text("chapter", number.unwrap_or_default());
        }
        self.institutions(row, &mut file);
        let areas = self.areas.iter().filter(|(column, _)| row.cell(column) == "1");
        let areas: Vec<String> = areas.map(|(_, area)| area.name().to_owned()).collect();
        file.list("policy_areas", areas);
        let id = self.identifier(row);
        file.text("ogp_id", id.unwrap_or_default());
        self.dates(row, &mut file);
        self.assessments(row, &plan, &mut file);
        self.commitments.insert(path, file);
    }

    /// Returns the path of a commitment, whose number is the name of its file.
    fn path(&mut self, row: &Row<'_>, plan: &str) -> String {
        let written = row.cell(NUMBER);
        let mut number = written.to_owned();
        let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        if let (true, Ok(value)) = (decimals > 9, written.parse::<f64>()) {
            number = ((value * 1e6).round() / 1e6).to_string();
            self.doubt(row, NUMBER, doubts::spoilt_number(written, &number));
        } else if !is_usable_name(written) {
            let name = as_file_name(written);
            number = match is_usable_name(&name) {
                true => name,
                false => as_file_name(row.cell(IDENTIFIER)),
            };
            self.doubt(row, NUMBER, doubts::changed_number(written, &number));
        }
        let path = |number: &str| CommitmentId::new(PlanId::new(plan), number).file();
        let first = path(&number);
        if self.existing.contains(&first) {
            self.conflicts.insert(first.clone());
            return first;
        }
        let next = self.next.entry(first.to_lowercase()).or_insert(1);
        let free = loop {
            let free = if *next == 1 { number.clone() } else { format!("{number}-{next}") };
            *next += 1;
            if !self.taken.contains(&path(&free).to_lowercase()) {
                break free;
            }
        };
        if free != number {
            self.doubt(row, NUMBER, doubts::number_twice(&number, &free));
        }
        self.taken.insert(path(&free).to_lowercase());
        path(&free)
    }

    fn titles(&mut self, row: &Row<'_>, file: &mut Section) {
        let title = text::line(row.value(TITLE).unwrap_or_default());
        if title.is_empty() {
            self.problem(row, TITLE, doubts::no_value());
            return;
        }
        let short = row.value(SHORT_TITLE).map(text::line).unwrap_or_default();
        // OGP's short title is the start of the title unless somebody wrote another one.
        match short.is_empty() || title.starts_with(&short) {
            true => file.text("title", title.clone()),
            false => {
                file.text("title", short);
                file.text("official_title", title.clone());
            }
        }
        let full = row.value(FULL_TEXT).unwrap_or_default();
        if text::has_unreadable(full) {
            self.doubt(row, FULL_TEXT, doubts::removed_characters());
        }
        file.text("official_text", text::lines(full));
        file.text("objective", text::beginning(&title));
        let brief = text::beginning(full);
        file.text("description", if brief.is_empty() { text::beginning(&title) } else { brief });
        self.doubt(row, FULL_TEXT, doubts::brief_texts());
    }

    /// Returns the number of a chapter, which OGP's table does not have.
    fn chapter(&mut self, row: &Row<'_>, plan: usize, title: &str) -> Option<String> {
        let Plan { id, chapters, is_new, .. } = &mut self.plans[plan];
        if let Some(number) = chapters.get(title) {
            return Some(number.clone());
        }
        if !*is_new {
            let path = path_of_plan(id);
            self.doubt(row, THEME, doubts::no_chapter(title, &path));
            return None;
        }
        let number = (chapters.len() + 1).to_string();
        chapters.insert(title.to_owned(), number.clone());
        self.doubt(row, THEME, doubts::chapter_numbers());
        Some(number)
    }

    fn institutions(&mut self, row: &Row<'_>, file: &mut Section) {
        let names = row.value(LEAD).map(|cell| self.names(row, LEAD, cell)).unwrap_or_default();
        let mut leads = Vec::new();
        for name in names {
            let (id, found) = self.agencies.find_or_add(&name);
            if found == Match::Similar {
                self.doubt(row, LEAD, doubts::similar_agency(&name, &id));
            }
            if !leads.contains(&id) {
                leads.push(id);
            }
        }
        if leads.is_empty() {
            let (id, _) = self.agencies.find_or_add(UNKNOWN_AGENCY);
            self.doubt(row, LEAD, doubts::no_lead(&id));
            leads.push(id);
        }
        let names = row.value(SUPPORTING).map(|cell| self.names(row, SUPPORTING, cell));
        let (mut supporting, mut partners) = (Vec::new(), Vec::new());
        for name in names.unwrap_or_default() {
            match self.agencies.find(&name) {
                Some((id, _)) if leads.contains(&id) || supporting.contains(&id) => {}
                Some((id, _)) => supporting.push(id),
                None => {
                    self.doubt(row, SUPPORTING, doubts::new_partner(&name));
                    partners.push(name);
                }
            }
        }
        file.one_or_more("lead", leads);
        file.list("supporting", supporting);
        file.list("partners", partners);
    }

    fn names(&mut self, row: &Row<'_>, column: &'static str, cell: &str) -> Vec<String> {
        let lines: Vec<String> = cell.lines().map(text::line).collect();
        let names = self.agencies.split(&lines.join("\n"));
        match &names {
            Names::Several(names) if column == LEAD => {
                self.doubt(row, column, doubts::several_agencies(names));
            }
            Names::Unclear(names) => {
                for name in names {
                    self.doubt(row, column, doubts::unclear_agencies(name));
                }
            }
            Names::One(_) | Names::Several(_) => {}
        }
        names.all().to_vec()
    }

    /// Returns OGP's identifier, unless another row or a file of the site has it.
    fn identifier(&mut self, row: &Row<'_>) -> Option<String> {
        let id = text::line(row.value(IDENTIFIER)?);
        if let Some(path) = self.known.get(&id) {
            self.conflicts.insert(path.clone());
        }
        if let Some(&first) = self.elsewhere.get(&id) {
            self.doubt(row, IDENTIFIER, doubts::identifier_elsewhere(&id, first));
        }
        match self.identifiers.get(&id) {
            Some(&first) => {
                self.doubt(row, IDENTIFIER, doubts::identifier_twice(&id, first));
                None
            }
            None => {
                self.identifiers.insert(id.clone(), row.number);
                Some(id)
            }
        }
    }

    fn dates(&mut self, row: &Row<'_>, file: &mut Section) {
        let start = self.date(row, START_DATE, Bound::Start).and_then(EndDate::date);
        let end = self.date(row, END_DATE, Bound::End);
        if let Some(end) = end {
            file.text("end_date", end.to_string());
        }
        let Some(start) = start else { return };
        match end.and_then(EndDate::date) {
            Some(end) if end.is_before(start) => {
                let text = doubts::ends_before_it_starts(&start.to_string(), &end.to_string());
                self.doubt(row, START_DATE, text);
            }
            _ => file.text("start_date", start.to_string()),
        }
    }

    fn date(&mut self, row: &Row<'_>, column: &'static str, bound: Bound) -> Option<EndDate> {
        let cell = row.cell(column);
        if matches!(cell, "ND" | "NR") {
            return None;
        }
        let (date, doubt): ReadDate = read_date(cell, bound);
        if let Some(doubt) = doubt {
            let key = if bound == Bound::Start { "start_date" } else { "end_date" };
            let written = date.map(|date| date.to_string());
            let text = doubts::doubtful_date(cell, key, written.as_deref(), doubt);
            self.doubt(row, column, text);
        }
        date
    }

    fn assessments(&mut self, row: &Row<'_>, plan: &str, file: &mut Section) {
        let mut assessments = Vec::new();
        let mut is_withdrawn = false;
        for columns in &REPORTS {
            let mut assessment = file.inner("assessments");
            if self.level(row, columns.level, &mut assessment) {
                self.doubt(row, columns.level, doubts::withdrawn());
                is_withdrawn = true;
            }
            let irm = self.irm(row, columns, assessment.inner("irm"));
            let has_findings = !assessment.is_empty() || !irm.is_empty();
            if !irm.is_empty() {
                assessment.section("irm", irm);
            }
            match self.year_of_report(row, columns.year) {
                Some(year) => {
                    assessment.text("report", self.report(plan, columns, year));
                    assessments.push(assessment);
                }
                None if has_findings => {
                    self.doubt(row, columns.year, doubts::code_without_report("assessments"));
                }
                None => {}
            }
        }
        if is_withdrawn {
            let withdrawn = file.inner("withdrawn");
            file.section("withdrawn", withdrawn);
        }
        file.sections("assessments", assessments);
    }

    /// Sets the level. Returns whether the commitment is withdrawn.
    fn level(&mut self, row: &Row<'_>, column: &'static str, assessment: &mut Section) -> bool {
        const LEVELS: [&str; 6] =
            ["Withdrawn", "Unclear", "Not Started", "Limited", "Substantial", "Complete"];
        let Some(cell) = row.value(column) else { return false };
        match cell.to_lowercase().as_str() {
            "withdrawn" => return true,
            "unclear" | "no evidence available" => assessment.text("level", "no-evidence"),
            "not started" => assessment.text("level", "not-started"),
            level @ ("limited" | "substantial") => assessment.text("level", level),
            "complete" | "completed" => assessment.text("level", "completed"),
            "in progress" | "ongoing" => self.doubt(row, column, doubts::level_unclear(cell)),
            _ => {
                let levels: Vec<&str> = LEVELS.into_iter().chain(["ND"]).collect();
                self.problem(row, column, doubts::not_a_level(cell, &levels));
            }
        }
        false
    }

    /// Fills in OGP's codes of a report.
    fn irm(&mut self, row: &Row<'_>, columns: &'static ReportColumns, mut irm: Section) -> Section {
        for (column, key, vocabulary) in columns.codes {
            let Some(cell) = row.value(column) else { continue };
            let name = cell.to_lowercase().replace(' ', "-");
            let names = vocabulary.names();
            match name.as_str() {
                name if names.contains(&name) => irm.text(key, name),
                "no-early-results-to-report-yet" => {
                    self.doubt(row, column, doubts::code_without_meaning(cell, key));
                }
                _ => {
                    let codes: Vec<String> =
                        names.iter().map(|name| name.replace('-', " ")).collect();
                    let codes: Vec<&str> = codes.iter().map(String::as_str).chain(["ND"]).collect();
                    self.problem(row, column, doubts::not_a_code(cell, &codes));
                }
            }
        }
        if let Some(starred) = self.boolean(row, columns.starred, ["0", "1"]) {
            irm.boolean("starred", starred);
        }
        if columns.kind == ReportKind::Progress {
            if let Some(verifiable) = self.boolean(row, VERIFIABLE, ["No", "Yes"]) {
                irm.boolean("verifiable", verifiable);
            }
            let values = VALUES.iter().filter_map(|(column, value)| {
                let is_relevant = self.boolean(row, column, ["0", "1"])?;
                Some(is_relevant.then(|| value.name().to_owned()))
            });
            let values: Vec<Option<String>> = values.collect();
            // None of them is a finding too.
            if !values.is_empty() {
                irm.whole_list("relevance", values.into_iter().flatten().collect());
            }
        }
        irm
    }

    fn boolean(&mut self, row: &Row<'_>, column: &'static str, words: [&str; 2]) -> Option<bool> {
        let cell = row.value(column)?;
        let value = words.iter().position(|word| word.eq_ignore_ascii_case(cell));
        if value.is_none() {
            self.problem(row, column, doubts::not_a_code(cell, &[words[0], words[1], "ND"]));
        }
        value.map(|index| index == 1)
    }

    fn year_of_report(&mut self, row: &Row<'_>, column: &'static str) -> Option<u16> {
        let cell = row.value(column)?;
        match PartialDate::parse(cell) {
            Some(PartialDate::Year(year)) => Some(year),
            _ => {
                self.problem(row, column, doubts::not_a_year(cell));
                None
            }
        }
    }

    /// Returns the id of a report: one of the site, or a new one.
    fn report(&mut self, plan: &str, columns: &ReportColumns, year: u16) -> String {
        let mut drafts = self.site.drafts.reports.iter();
        let known = drafts.find(|draft| {
            let is_year = draft.date.is_some_and(|date| date.value.latest().0 == year);
            let is_plan = draft.action_plan.as_ref().is_some_and(|of| of.value == plan);
            let is_kind = draft.kind.is_some_and(|kind| kind.value == columns.kind);
            let is_irm = draft.assessor.as_ref().is_some_and(|assessor| assessor.value == "irm");
            is_year && is_plan && is_kind && is_irm
        });
        if let Some(draft) = known {
            return draft.id.to_string();
        }
        let id = format!("{plan}-irm-{}-{year}", columns.kind.name());
        if !self.reports.contains_key(&id) {
            let mut file = Section::of(Kind::Report);
            file.text("title", format!("{} {year}", columns.title));
            file.text("assessor", "irm");
            file.text("kind", columns.kind.name());
            file.text("action_plan", plan);
            file.text("date", year.to_string());
            file.boolean("partial", true);
            if self.reports.is_empty() {
                self.doubts.add("`content/reports/`", doubts::new_reports());
            }
            self.reports.insert(id.clone(), file);
        }
        id
    }

    fn finish(self, commitments: usize, sources: &Sources) -> Result<Import, ImportError> {
        if !self.problems.is_empty() {
            let problem = |((row, column), message): ((usize, &'static str), String)| {
                ImportProblem { place: of_rows(&[row], column), message }
            };
            return Err(ImportError::Problems(self.problems.into_iter().map(problem).collect()));
        }
        let mut files: Vec<(Kind, String, Section)> = Vec::new();
        for plan in self.plans.iter().filter(|plan| plan.is_new) {
            files.push((Kind::ActionPlan, path_of_plan(&plan.id), file_of_plan(plan)));
        }
        let known = self.agencies.into_files();
        files.extend(
            known.map(|(id, file)| (Kind::Agency, format!("content/agencies/{id}.toml"), file)),
        );
        files.extend(
            self.reports.into_iter().map(|(id, file)| (Kind::Report, path_of_report(&id), file)),
        );
        files.extend(
            self.commitments.into_iter().map(|(path, file)| (Kind::Commitment, path, file)),
        );
        let existing: BTreeSet<&str> =
            sources.texts().map(|(_, source)| source.path.as_str()).collect();
        let mut conflicts = self.conflicts;
        let paths = files.iter().map(|(_, path, _)| path.clone());
        conflicts.extend(paths.filter(|path| existing.contains(path.as_str())));
        if !conflicts.is_empty() {
            return Err(Refusal::Exists(conflicts.into_iter().collect()).into());
        }
        let mut files: Vec<(Kind, NewFile)> = files
            .into_iter()
            .map(|(kind, path, file)| (kind, NewFile { path, text: file.to_toml() }))
            .collect();
        files.sort_by(|(_, a), (_, b)| a.path.cmp(&b.path));
        Ok(Import { files, commitments, doubts: self.doubts.into_list() })
    }
}

fn key_of_plan(row: &Row<'_>) -> [String; 4] {
    let number = row.value(PLAN_NUMBER).unwrap_or_default();
    let parts =
        [row.locality().unwrap_or_default(), number, row.cell(START_YEAR), row.cell(END_YEAR)];
    parts.map(str::to_owned)
}

fn file_of_plan(plan: &Plan) -> Section {
    let [locality, number, start, end] = &plan.key;
    let mut file = Section::of(Kind::ActionPlan);
    let of_locality = if locality.is_empty() { String::new() } else { format!("{locality}: ") };
    file.text("title", format!("{of_locality}Action plan {start}–{end}"));
    if let Ok(number) = number.parse() {
        file.number("number", number);
    }
    file.text("start_date", start.clone());
    file.text("end_date", end.clone());
    let mut chapters: Vec<(&String, &String)> = plan.chapters.iter().collect();
    chapters.sort_by(|(_, a), (_, b)| natural_order(a, b));
    let chapters = chapters.into_iter().map(|(title, number)| {
        let mut chapter = file.inner("chapters");
        chapter.text("number", number.as_str());
        chapter.text("title", title.as_str());
        chapter
    });
    let chapters = chapters.collect();
    file.sections("chapters", chapters);
    file
}

fn path_of_plan(id: &str) -> String {
    format!("content/action-plans/{id}.toml")
}

fn path_of_report(id: &str) -> String {
    format!("content/reports/{id}.toml")
}
