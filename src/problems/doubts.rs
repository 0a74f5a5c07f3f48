//! What a person must decide after an import, and why a file cannot be imported: the wording.

use std::fmt;

use super::words::{AllOf, Count, OneOf, quote, quote_whole};

/// Why a date is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateDoubt {
    TwoDigitYear,
    /// A quarter of a year.
    Quarter,
    /// A number that counts days.
    Serial,
    /// The day and the month cannot be told apart.
    DayOrMonth,
    /// The work has no end.
    NoEnd,
    /// A number that is no date.
    Spoilt,
    /// No date that is known.
    Unclear,
}

/// A choice of the import that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Where it is in the imported file: "row 7, column `End Date`".
    pub place: String,
    /// What was decided, and what to do.
    pub text: String,
}

impl fmt::Display for Doubt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.text)
    }
}

pub fn doubtful_date(written: &str, key: &str, date: Option<&str>, doubt: DateDoubt) -> String {
    let written = quote(written);
    let result = match date {
        Some(date) => format!("`{key}` is `{date}`"),
        None => format!("`{key}` is left out"),
    };
    match doubt {
        DateDoubt::TwoDigitYear => format!("{written} has a year of two digits: {result}"),
        DateDoubt::Quarter => format!("{written} is a quarter: {result}"),
        DateDoubt::Serial => format!("{written} is how a spreadsheet counts days: {result}"),
        DateDoubt::DayOrMonth => {
            format!("{written} can be two days: {result}; write the day if you know it")
        }
        DateDoubt::NoEnd => format!("{written} has no date: {result}"),
        DateDoubt::Spoilt => format!("{written} is a number, not a date: {result}"),
        DateDoubt::Unclear => format!("{written} is no date that Milepost knows: {result}"),
    }
}

pub fn ends_before_it_starts(start: &str, end: &str) -> String {
    format!(
        "it ends ({}) before it starts ({}): `start_date` is left out",
        quote(end),
        quote(start)
    )
}

pub fn several_agencies(names: &[String]) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    format!("the text is read as {}: {}", Count(names.len(), "name"), AllOf(&names))
}

pub fn unclear_agencies(name: &str) -> String {
    format!("{} is read as one name; if it is several, separate them", quote_whole(name))
}

pub fn similar_agency(written: &str, file: &str) -> String {
    format!("{} is read as the agency `{file}`", quote_whole(written))
}

pub fn new_agency(name: &str, file: &str) -> String {
    format!(
        "the site has no agency {}: its file is new, `{file}`; if it is another name of one that the site has, \
         add it to the `aliases` of that one, and start again",
        quote_whole(name)
    )
}

pub fn no_lead(file: &str) -> String {
    format!("no agency leads it: `lead` is `{file}`, which stands for an unknown one")
}

pub fn new_partner(name: &str) -> String {
    format!(
        "{} is in `partners`: if it belongs to the government, move it to `supporting`",
        quote_whole(name)
    )
}

pub fn changed_number(written: &str, number: &str) -> String {
    format!("{} cannot be the name of a file: the number is `{number}`", quote(written))
}

pub fn spoilt_number(written: &str, number: &str) -> String {
    format!("a spreadsheet has changed {}: the number is `{number}`", quote(written))
}

pub fn number_twice(number: &str, other: &str) -> String {
    format!("the plan has a commitment `{number}` already: the number of this one is `{other}`")
}

pub fn identifier_twice(id: &str, first_row: usize) -> String {
    format!("row {first_row} has the identifier {} too: `ogp_id` is left out", quote(id))
}

pub fn identifier_elsewhere(id: &str, first_row: usize) -> String {
    format!("row {first_row}, of another country, has the identifier {} too", quote(id))
}

pub fn level_unclear(written: &str) -> String {
    format!("{} is not a completion level: `level` is left out", quote(written))
}

pub fn code_without_meaning(written: &str, key: &str) -> String {
    format!("{} has no code: `{key}` is left out", quote(written))
}

pub fn code_without_report(key: &str) -> String {
    format!("the row names no year of the report: `{key}` is left out")
}

pub fn withdrawn() -> String {
    "the commitment is withdrawn: write the date and the reason in `[withdrawn]`".to_owned()
}

pub fn brief_texts() -> String {
    "OGP's table has no objective and no brief description: `objective` is the title, and `description` the \
     beginning of the text; write your own"
        .to_owned()
}

pub fn new_plans() -> String {
    "OGP's table has only the years of a plan: correct the titles and the dates of the new plans"
        .to_owned()
}

pub fn new_reports() -> String {
    "OGP's table has only the year of a report: correct the titles, kinds and dates of the new reports"
        .to_owned()
}

pub fn chapter_numbers() -> String {
    "OGP's table has no numbers of chapters: they are in the order of the rows; correct them in the plans"
        .to_owned()
}

pub fn no_chapter(title: &str, plan: &str) -> String {
    format!("`{plan}` has no chapter {}: `chapter` is left out", quote(title))
}

pub fn other_country(site: &str, country: &str) -> String {
    format!("`country` is {} there, and {} in the rows", quote(site), quote(country))
}

pub fn local_plan(locality: &str) -> String {
    format!("this is a commitment of {}: a portal is for one government", quote(locality))
}

pub fn removed_characters() -> String {
    "characters that readers cannot see were removed".to_owned()
}

pub fn private_mailbox_left_out(address: &str) -> String {
    format!("{} is a private mailbox: it is left out", quote_whole(address))
}

pub fn not_an_address(written: &str) -> String {
    format!("{} is not an email address: it is left out", quote(written))
}

pub fn phone_left_out(number: &str) -> String {
    format!("{} is left out: publish only the number of an office", quote_whole(number))
}

pub fn not_report_text(text: &str) -> String {
    format!("{} is not text of the report: it is left out", quote_whole(text))
}

pub fn page_footer(text: &str) -> String {
    format!("{} is the foot of a page: it is left out", quote_whole(text))
}

pub fn before_first(lines: usize) -> String {
    format!("{} before the first commitment: nothing of it is imported", Count(lines, "line"))
}

pub fn missing_text(key: &str) -> String {
    format!("there is no text: `{key}` is the title")
}

pub fn label_missing(label: &str) -> String {
    format!("the label {} is missing: check what is in the field", quote_whole(label))
}

pub fn label_displaced(words: &str) -> String {
    format!("the words {} of a label stand in the text: they are left out", quote_whole(words))
}

pub fn mark_outside(mark: &str) -> String {
    format!("{} stands beside the columns: `level` is left out", quote(mark))
}

pub fn several_marks() -> String {
    "there are several marks: `level` is left out".to_owned()
}

pub fn no_mark() -> String {
    "there is no mark: the commitment is *not reported*".to_owned()
}

/// A cell or a part of an imported file that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportProblem {
    /// Where it is in the imported file.
    pub place: String,
    /// What is wrong, and what is allowed.
    pub message: String,
}

impl fmt::Display for ImportProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.message)
    }
}

pub fn not_a_level(written: &str, levels: &[&str]) -> String {
    format!("{} is not a completion level: write {}", quote(written), OneOf(levels))
}

pub fn not_a_code(written: &str, codes: &[&str]) -> String {
    format!("{} is not one of OGP's values: write {}", quote(written), OneOf(codes))
}

pub fn not_a_year(written: &str) -> String {
    format!("{} is not a year: write one such as `2014`", quote(written))
}

pub fn not_a_plan_number(written: &str) -> String {
    format!("{} is not the number of a plan: write a number from 1 to 99", quote(written))
}

pub fn no_value() -> String {
    "the cell has no value".to_owned()
}

pub fn cells_of_row(found: usize, expected: usize) -> String {
    format!("the row has {}, and the first row {expected}", Count(found, "cell"))
}

pub fn cell_too_long(limit: usize) -> String {
    format!("the cell has more than {limit} characters")
}

pub fn label_not_found(label: &str) -> String {
    format!("there is no label {} in a line of its own", quote_whole(label))
}

pub fn no_commitment_number(written: &str) -> String {
    format!("{} does not begin with the number of a commitment", quote(written))
}

pub fn commitment_twice(number: &str) -> String {
    format!("the report has the commitment {} twice", quote(number))
}
