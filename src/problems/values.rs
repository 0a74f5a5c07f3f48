//! What is wrong with keys and with the form of their values.

use std::ops::RangeInclusive;

use super::labels;
use super::numbers::number_of;
use super::parts::{at, can_have, header, in_file, place_of_unit, suggest, write_line};
use super::words::{
    self, AllOf, Count, OneOf, boolean_of, closest, in_marks, quote, quote_whole, without_marks,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{SectionShape, TablePath, entry_keys, inner_section, is_decimal};
use crate::model::{AssessedLevel, LanguageCode, Vocabulary};
use crate::source::Span;

/// A table lacks required keys. One problem lists all of them.
pub fn missing_keys(span: Span, table: &TablePath, keys: &[&str]) -> Diagnostic {
    let message = format!("{} is missing {}", labels::table(table), AllOf(keys));
    let lines = |value: &str| -> Vec<String> {
        keys.iter().map(|key| format!("`{key} = {value}`")).collect()
    };
    let help = match (table.last(), keys) {
        (Some((_, SectionShape::Inline)), _) => {
            format!("add {} within the braces", lines("\"…\"").join(" and "))
        }
        (_, ["title"]) if table.to_string() == "[[milestones]]" => {
            "add a line `title = …`; if this is what a report says about a milestone, write \
             `[[assessments.milestones]]`, below the other keys of its `[[assessments]]`"
                .to_owned()
        }
        (_, [key]) => format!("add a line `{key} = …`"),
        _ => format!("add a line for each: {}", lines("…").join(", ")),
    };
    at(Code::MissingKey, span, message).help(help)
}

pub fn unknown_key(span: Span, table: &TablePath, key: &str, known: &[&str]) -> Diagnostic {
    let label = labels::table(table);
    at(Code::UnknownKey, span, format!("{label} has no key {}", quote(key))).help(suggest(
        key,
        known.iter().copied(),
        match known {
            [key] => format!("its only key is {}", quote(key)),
            known => meant_key(table, key, known)
                .unwrap_or_else(|| format!("its keys are {}", AllOf(known))),
        },
    ))
}

/// A file contains a section that it cannot contain. `known` are the keys and sections that it can, and
/// `written` is the header of the section with this `name`.
pub fn unknown_section(
    span: Span,
    table: &TablePath,
    (name, written): (&str, &str),
    known: &[&str],
) -> Diagnostic {
    let sections = known.iter().filter(|name| can_have(name, |value_type| value_type.is_section()));
    let headers: Vec<String> = sections.clone().map(|name| header(name)).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    if let Some(header) = inner_section(name) {
        return section_of_section(span, name, &header);
    }
    let help = match (closest(name, sections.copied()), headers.as_slice()) {
        (Some(name), _) => format!("did you mean `{}`?", header(name)),
        (None, []) => "delete this section, or move its lines to another file".to_owned(),
        (None, headers) => format!("its sections are {}", AllOf(headers)),
    };
    let label = labels::table(table);
    at(Code::UnknownKey, span, format!("{label} has no section {}", quote(written))).help(help)
}

/// A section has only the last part of its name. `header` is the whole.
pub fn section_of_section(span: Span, name: &str, header: &str) -> Diagnostic {
    let section = header.trim_start_matches('[').split('.').next().unwrap_or_default();
    let message = format!("the section {} belongs to `[[{section}]]`", quote(name));
    at(Code::MisplacedKey, span, message)
        .help(format!("write `{header}`, below the other keys of its `[[{section}]]`"))
}

/// What people call things for which the format has another key.
const OTHER_NAMES: [(&str, &[&str]); 5] = [
    ("level", &["status", "progress", "rating", "completion", "result"]),
    ("end_date", &["deadline", "due", "due_date", "until", "finish"]),
    ("start_date", &["begin", "from", "since"]),
    ("lead", &["responsible", "ministry", "agency", "owner", "institution"]),
    ("description", &["budget", "cost", "funding", "comment", "comments", "remark", "remarks"]),
];

/// What to do with a key that a table does not have, but for which there is a place elsewhere.
fn meant_key(table: &TablePath, key: &str, known: &[&str]) -> Option<String> {
    let key = key.to_lowercase();
    if key == "title" && table.to_string() == "[[assessments.milestones]]" {
        return Some("use `id`: the `id` of the milestone that the report assesses".to_owned());
    }
    if let Some((original, language)) = key.rsplit_once(['_', '-', '.'])
        && let Some(language) = LanguageCode::shortest(language)
        && known.contains(&original)
    {
        let place = table.translation(&language);
        return Some(format!("write `{original} = …` below `{place}`"));
    }
    let is_other_name = |(_, names): &&(&str, &[&str])| names.contains(&key.as_str());
    let meant = OTHER_NAMES.iter().find(is_other_name).map_or(key.as_str(), |(name, _)| *name);
    if known.contains(&meant) && meant == "description" {
        return Some(
            "write it in `description`, or put `#` before the line to keep it as a comment"
                .to_owned(),
        );
    }
    if known.contains(&meant) {
        return Some(format!("write {} in its place", quote(meant)));
    }
    let sections = table.kind.table().keys.iter().filter(|section| {
        let section = section.value_type.table().filter(|_| section.value_type.is_section());
        section.is_some_and(|section| section.key(meant).is_some())
    });
    let headers: Vec<String> = sections.map(|section| header(section.name)).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let what = if meant == key { "it".to_owned() } else { quote(meant) };
    (!headers.is_empty() && table.last().is_none())
        .then(|| format!("write {what} below the header {}", OneOf(&headers)))
}

/// A key belongs to the table `owner`, which is around the one that contains it. `lines` are those of the key
/// and its value, and `above` is the first header in `owner` with the number of its line.
pub fn misplaced_key(
    span: Span,
    key: &str,
    owner: &TablePath,
    lines: RangeInclusive<usize>,
    above: Option<(&str, usize)>,
) -> Diagnostic {
    let message = format!("{} belongs to {}", quote(key), labels::owner(owner));
    let what = match (lines.start(), lines.end()) {
        (first, last) if first == last => "the line".to_owned(),
        (first, last) => format!("lines {first} to {last}"),
    };
    let help = match above {
        Some((header, number)) => format!("move {what} above {} in line {number}", quote(header)),
        None => format!("move {what} to the top of the file"),
    };
    at(Code::MisplacedKey, span, message).help(help)
}

/// A table contains a table that belongs to a table around it.
pub fn misplaced_table(span: Span, name: &str, table: &TablePath) -> Diagnostic {
    if name == "rescheduled" {
        let message = "only the commitment's own deadline can have `[[rescheduled]]`";
        return at(Code::MisplacedKey, span, message).help(
            "if the deadline of the commitment moved, write `[[rescheduled]]`; if that of the milestone did, \
             correct its `end_date`, and say in its `description` what moved",
        );
    }
    let message = format!("{} is not a section of {}", quote(name), labels::table(table));
    at(Code::MisplacedKey, span, message).help(match table.language() {
        Some(language) => format!("write the names the other way round: `[{name}.{language}]`"),
        None => format!("write it as a section of its own: `{}`", header(name)),
    })
}

/// A section is a translation into the site's default language. `table` is what it translates.
pub fn header_for_default_language(span: Span, table: &TablePath, language: &str) -> Diagnostic {
    let message = format!(
        "{} is the site's default language, which has no section of its own",
        quote(language)
    );
    at(Code::UnknownLanguage, span, message).help(match table.last() {
        None => "move its texts to the top of the file, and delete this header".to_owned(),
        Some(_) => format!("move its lines to the end of `{table}`, and delete this header"),
    })
}

/// The type that a value must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Text,
    Date,
    Boolean,
    Number,
    List,
    /// A table below a header.
    Section,
    /// A list of tables, each below a header.
    Sections,
    /// A table in braces.
    InlineTable,
    /// A table in braces, as one element of a list.
    InlineElement,
    /// A list of tables in braces.
    InlineTables,
}

/// The type that a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Text,
    Date,
    Boolean,
    Number,
    List,
    /// A table in braces.
    Entry,
    /// A table below a header.
    Section,
}

/// A value has another type than its key requires. `written` is the value in the file.
pub fn wrong_type(
    span: Span,
    key: &str,
    expected: Expected,
    (found, written): (Found, &str),
) -> Diagnostic {
    let wanted = match expected {
        Expected::Text => "text in quotes",
        Expected::Date => "a date",
        Expected::Boolean => "`true` or `false`",
        Expected::Number => "a number",
        Expected::Sections if found == Found::Section => {
            let message = format!("{} must be in double brackets", quote(key));
            return at(Code::WrongType, span, message)
                .help(format!("write `[[{key}]]`: there can be several"));
        }
        Expected::Section if found == Found::List && written.starts_with("[[") => {
            let message = format!("{} must be in single brackets: there is only one", quote(key));
            return at(Code::WrongType, span, message)
                .help(value_of_type(key, expected, found, written));
        }
        Expected::List | Expected::InlineTables => "a list in `[` `]`",
        Expected::Section | Expected::Sections => "a section of its own",
        Expected::InlineTable | Expected::InlineElement => "an entry in `{` `}`",
    };
    let is = match found {
        Found::Text => "text",
        Found::Date => "a date",
        Found::Boolean => "`true` or `false`",
        Found::Number => "a number without quotation marks",
        Found::List => "a list",
        Found::Entry => "an entry",
        Found::Section => "a section",
    };
    let help = value_of_type(key, expected, found, written);
    at(Code::WrongType, span, format!("{} must be {wanted}, not {is}", quote(key))).help(help)
}

/// What to write in place of a value of another type.
fn value_of_type(key: &str, expected: Expected, found: Found, written: &str) -> String {
    let word = without_marks(written.trim()).trim().to_lowercase();
    match expected {
        Expected::Text if matches!(found, Found::Number | Found::Boolean | Found::Date) => {
            write_line(&in_marks(written), "write it between quotation marks: `\"…\"`")
        }
        Expected::Text => "write it between quotation marks: `\"…\"`".to_owned(),
        Expected::Date => format!("write the date in quotes: `{key} = \"2014-07-31\"`"),
        Expected::Boolean => match boolean_of(&word) {
            Some(meant) => format!("write `{key} = {meant}`, without quotation marks"),
            None => format!("write `{key} = true` or `{key} = false`"),
        },
        Expected::Number
            if is_decimal(key)
                && let Some((number, unit)) = number_of(written) =>
        {
            let unit = place_of_unit(unit);
            format!("write `{key} = {number}`, without quotation marks{unit}")
        }
        Expected::Number => match word.parse::<u16>() {
            Ok(number) => format!("write `{key} = {number}`, without quotation marks"),
            Err(_) => format!("write a number, such as `{key} = 1`, without quotation marks"),
        },
        Expected::List => format!("write `{key} = [\"…\"]`"),
        Expected::Section if boolean_of(&word) == Some(false) && key == "withdrawn" => {
            "delete the line: a commitment without `[withdrawn]` is not withdrawn".to_owned()
        }
        Expected::Section | Expected::Sections if boolean_of(&word) == Some(false) => {
            "delete the line".to_owned()
        }
        Expected::Section if found == Found::List => {
            let header = written.trim_start_matches('[').split(']').next().unwrap_or(key);
            let header = if written.starts_with("[[") { header } else { key };
            format!("write `[{header}]`, in single brackets, on its own line")
        }
        Expected::Section | Expected::Sections => format!(
            "in place of this line, write `{}` on a line of its own at the end of the file, and its keys \
             below it",
            header(key)
        ),
        Expected::InlineTable => format!("write `{key} = {}`", entry_of(key, found, written)),
        Expected::InlineElement => format!("write `{}`", entry_of(key, found, written)),
        Expected::InlineTables if found == Found::Entry => {
            "put `[` before `{` and `]` after `}`: there can be several".to_owned()
        }
        Expected::InlineTables => format!("write `{key} = [{}]`", entry_of(key, found, written)),
    }
}

/// Returns an entry in braces with the first two keys that it can have, the first with the value that is
/// written in place of the entry.
fn entry_of(key: &str, found: Found, written: &str) -> String {
    let keys = entry_keys(key);
    let (first, second) = match keys.as_slice() {
        [first, second, ..] => (*first, *second),
        _ => ("title", "url"),
    };
    let value = match found {
        Found::Number if is_decimal(first) => written,
        Found::Text if !is_decimal(first) && !written.contains('\n') => written,
        _ if is_decimal(first) => "…",
        _ => "\"…\"",
    };
    let other = if second == "url" { "https://…" } else { "…" };
    format!("{{ {first} = {value}, {second} = \"{other}\" }}")
}

/// A text contains only white space and invisible characters.
/// Where a value is, which decides whether it can be left out.
#[derive(Debug, Clone, Copy)]
pub enum ValuePlace {
    RequiredKey,
    OptionalKey,
    /// An element of a list.
    Element,
}

/// A text is blank, or still the placeholder of an example.
pub fn empty_text(span: Span, key: &str, written: &str, place: ValuePlace) -> Diagnostic {
    let message = match words::is_blank(written) {
        true => format!("{} is empty", quote(key)),
        false => format!("{} has no text yet, only {}", quote(key), quote(written.trim())),
    };
    at(Code::EmptyText, span, message).help(match place {
        ValuePlace::RequiredKey => "write the text",
        ValuePlace::OptionalKey => "write the text, or delete the line",
        ValuePlace::Element => "write the text, or delete it from the list",
    })
}

pub fn line_break(span: Span, key: &str) -> Diagnostic {
    at(Code::LineBreak, span, format!("{} must be on one line", quote(key)))
        .help("write it on one line, however long it is")
}

/// A value is not in a closed list.
pub fn unknown_choice(span: Span, vocabulary: Vocabulary, written: &str) -> Diagnostic {
    let known = vocabulary.names();
    let no_evidence = AssessedLevel::NoEvidence.name();
    let listed: Vec<&str> = known.iter().copied().filter(|name| *name != no_evidence).collect();
    let allowed = match known.len() {
        0..=MAX_LISTED_CHOICES if listed.len() < known.len() => {
            format!("write {}; in an IRM report, also {}", OneOf(&listed), quote(no_evidence))
        }
        0..=MAX_LISTED_CHOICES => format!("write {}", OneOf(&known)),
        _ => {
            let is_part =
                |name: &&&str| name.split('-').any(|part| part.eq_ignore_ascii_case(written));
            let similar: Vec<&str> = known.iter().filter(is_part).copied().collect();
            match similar.as_slice() {
                [] => "`content/README.md` lists all of them".to_owned(),
                similar => {
                    format!("write {}; `content/README.md` lists all of them", OneOf(similar))
                }
            }
        }
    };
    let is_other_script =
        written.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let allowed = match is_other_script {
        true => format!("these words are always in English: {allowed}"),
        false => allowed,
    };
    let message = format!("{} is not {}", quote(written), labels::term(vocabulary));
    let problem = at(labels::unknown(vocabulary), span, message);
    // The closest level might be `not-started`, but a missing report does not mean that no work was
    // done.
    let is_level = matches!(vocabulary, Vocabulary::CompletionLevel | Vocabulary::AssessedLevel);
    if is_level && closest(written, [AssessedLevel::NotReported.name()]).is_some() {
        return problem
            .help("delete the line: the portal shows a report without a level as not reported");
    }
    problem.help(suggest(written, known.iter().copied(), allowed))
}

pub fn not_a_date(span: Span, key: &str, written: &str) -> Diagnostic {
    let message = match words::is_blank(written) {
        true => format!("{} is empty", quote(key)),
        false => format!("{} is not a valid date: {}", quote(key), quote(written)),
    };
    at(Code::NotADate, span, message).help(
        "write the year first, as precisely as you know: \"2014\", \"2014-07\" or \"2014-07-31\"",
    )
}

/// A form of dates other than ISO 8601.
#[derive(Debug, Clone, Copy)]
pub enum DateForm {
    /// The month or the day has one digit.
    OneDigit,
    /// The month is a word.
    Words,
    Quarter,
    /// A financial year, or a range of years.
    TwoYears,
    /// The number of the day in a spreadsheet.
    SpreadsheetNumber,
    /// The year is of the Solar Hijri calendar, whose years begin in March.
    SolarHijri,
    /// The year is of the Buddhist calendar, whose months and days are the Gregorian ones.
    Buddhist,
}

/// A date has another form than ISO 8601. `meant` is the date in ISO 8601.
pub fn date_in_other_form(span: Span, written: &str, form: DateForm, meant: &str) -> Diagnostic {
    let written = quote(written);
    let message = match form {
        DateForm::OneDigit => {
            format!("the month and the day in the date {written} need two digits")
        }
        DateForm::Words => format!("the date {written} must be in digits"),
        DateForm::Quarter => format!("{written} is a quarter, not a month"),
        DateForm::TwoYears => format!("{written} is two years, not one date"),
        DateForm::SpreadsheetNumber => {
            format!("{written} is how a spreadsheet stores a day, not a date that readers know")
        }
        DateForm::SolarHijri | DateForm::Buddhist => {
            format!("the date {written} is not in the Gregorian calendar")
        }
    };
    let more = match form {
        DateForm::TwoYears => ", or the month, if you know it",
        DateForm::SolarHijri => ", or the next year, if the date is late in that year",
        _ => "",
    };
    at(Code::NotADate, span, message).help(format!("write \"{meant}\"{more}"))
}

/// Words in place of an end date say that there is no end.
pub fn end_in_words(span: Span, written: &str) -> Diagnostic {
    at(Code::NotADate, span, format!("`end_date` is not a valid date: {}", quote(written)))
        .help("write \"not-applicable\" if there is no end, or the date until which it is promised")
}

/// The parts of a date are in another order or have other separators than in ISO 8601. `meant` is
/// the date in ISO 8601.
///
/// `other` is the date if the day and the month are the other way round, and both orders are possible.
pub fn reordered_date(span: Span, written: &str, meant: &str, other: Option<&str>) -> Diagnostic {
    let message = match written.starts_with(&meant[..4]) {
        true => format!("the numbers in the date {} must be joined by `-`", quote(written)),
        false => format!("the date {} must start with the year", quote(written)),
    };
    at(Code::DateForm, span, message).help(match other {
        Some(other) => format!("write \"{meant}\" or \"{other}\", whichever is meant"),
        None => format!("write \"{meant}\""),
    })
}

pub fn unquoted_date(span: Span, key: &str, written: &str) -> Diagnostic {
    at(Code::UnquotedDate, span, format!("the date {} needs quotation marks", quote(written)))
        .help(format!("write {}", quote(&format!("{key} = \"{written}\""))))
}

pub fn impossible_date(span: Span, written: &str) -> Diagnostic {
    at(Code::ImpossibleDate, span, format!("the date {} does not exist", quote(written)))
        .help("correct the date; if you know only the month, write the year and the month")
}

/// Of two dates, the second is before the first. The keys are in the order of the dates.
pub fn end_before_start([first, second]: [&str; 2], end: Span, start: Span) -> Diagnostic {
    at(Code::EndBeforeStart, end, format!("`{second}` is before `{first}`"))
        .help("correct the one that is wrong")
        .see(start, format!("`{first}` is here"))
}

pub fn number_out_of_range(span: Span, key: &str, lowest: u16, highest: u16) -> Diagnostic {
    at(Code::OutOfRange, span, format!("{} must be between {lowest} and {highest}", quote(key)))
        .help("correct the number")
}

/// A number has more decimals or digits than Milepost shows exactly.
pub fn not_a_quantity(span: Span, key: &str, written: &str) -> Diagnostic {
    let message =
        format!("{} is not a number that readers can compare: {}", quote(key), quote(written));
    at(Code::OutOfRange, span, message)
        .help("write only digits, at most 12, and at most 4 decimals, with a point: `61.5`")
}

/// A list has more values than Milepost reads.
pub fn list_too_long(span: Span, key: &str, length: usize, limit: usize) -> Diagnostic {
    let message = format!("the list {} has {length} values, more than {limit}", quote(key));
    at(Code::ListTooLong, span, message).help("keep the values that belong to this file only")
}

/// A table has neither of two keys, one of which is required.
pub fn neither_key(span: Span, table: &TablePath, keys: [&str; 2]) -> Diagnostic {
    let message = format!("{} has neither `{}` nor `{}`", labels::table(table), keys[0], keys[1]);
    at(Code::OneOfTwoKeys, span, message).help("add one of them")
}

/// A table has two keys, of which only one is allowed.
pub fn both_keys(span: Span, table: &TablePath, keys: [&str; 2]) -> Diagnostic {
    at(Code::OneOfTwoKeys, span, format!("{} has both {}", labels::table(table), AllOf(&keys)))
        .help(match table.last() {
            None => "keep the one that readers should open, and put `#` before the other",
            Some(_) => {
                "keep the one that readers should open, and give the other an entry of its own"
            }
        })
}

/// What is listed twice.
#[derive(Debug, Clone, Copy)]
pub enum Noun {
    Agency,
    Chapter,
    Language,
    Milestone,
    OgpValue,
    PolicyArea,
    Report,
}

pub fn duplicate(span: Span, noun: Noun, name: &str, first: Span) -> Diagnostic {
    // The key to correct if another one is meant.
    let (noun, key) = match noun {
        Noun::Agency => ("agency", None),
        Noun::Chapter => ("chapter", Some("number")),
        Noun::Language => ("language", None),
        Noun::Milestone => ("milestone", Some("id")),
        Noun::OgpValue => ("OGP value", None),
        Noun::PolicyArea => ("policy area", None),
        Noun::Report => ("report", Some("name")),
    };
    let message = format!("the {noun} {} is listed twice", quote(name));
    at(Code::Duplicate, span, message)
        .help(match key {
            Some(key) => format!(
                "if another {noun} is meant, correct the {key}; if the two sections say the same, delete \
                 this one; otherwise, join them"
            ),
            None => "delete one of them".to_owned(),
        })
        .see(first, "first used here")
}

/// Two milestones or indicators have the same id. `free` is one that no other has.
pub fn duplicate_id(span: Span, noun: &str, id: &str, free: &str, first: Span) -> Diagnostic {
    let message = format!("another {noun} already has the id {}", quote(id));
    at(Code::Duplicate, span, message)
        .help(format!("give this one another id, such as {}", quote_whole(free)))
        .see(first, "first used here")
}

/// Two commitments have the same identifier of OGP.
pub fn duplicate_ogp_id(span: Span, id: &str, first: Span) -> Diagnostic {
    let message = format!("another commitment also has the `ogp_id` {}", quote(id));
    at(Code::Duplicate, span, message)
        .help("correct the one that is wrong, or leave it out until you know it")
        .see(first, "first used here")
}

/// Two commitments of one plan have the same title.
pub fn same_title(span: Span, first: Span) -> Diagnostic {
    at(Code::SameName, span, "another commitment of this plan has the same title")
        .help(
            "if one file is a copy of the other, keep the file that is right; otherwise, make the \
             titles different",
        )
        .see(first, "the same title is here")
}

/// Two agencies have the same name.
pub fn same_agency_name(span: Span, first: Span) -> Diagnostic {
    at(Code::SameName, span, "another agency has the same name")
        .help(
            "if both are one agency, keep one file, and list the other file name in its `aliases`; \
             otherwise, make the names different",
        )
        .see(first, "the same name is here")
}

/// A former name of an agency is its present name.
pub fn former_name_is_name(span: Span, name: Span) -> Diagnostic {
    at(Code::SameName, span, "this former name is also the present name")
        .help("write the name that it had before; a new name belongs to `name`")
        .see(name, "the present name is here")
}

pub fn unknown_language(span: Span, language: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the site has no language {}", quote(language));
    let usual = LanguageCode::shortest(language);
    if let Some(usual) = usual.filter(|usual| known.contains(&usual.as_str())) {
        return at(Code::UnknownLanguage, span, message)
            .help(format!("did you mean {}?", quote(usual.as_str())));
    }
    at(Code::UnknownLanguage, span, message).help(format!(
        "`languages` in `site.toml` lists {}: add the language there; until then, put `#` before each line \
         of the translation",
        AllOf(known)
    ))
}

/// An article is in a language that the site does not have.
pub fn article_in_unknown_language(path: &str, language: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the site has no language {}", quote(language));
    in_file(Code::UnknownLanguage, path, message).help(format!(
        "`languages` in `site.toml` lists {}: add the language there; until then, move this file out of \
         `content/`",
        AllOf(known)
    ))
}

/// An article exists only in another language than the site's default one.
pub fn article_without_original(path: &str, language: &str, default: &str) -> Diagnostic {
    let original = path.replacen(&format!(".{language}.md"), ".md", 1);
    let message = format!("there is no {} that this file translates", quote_whole(&original));
    in_file(Code::TranslationOfNothing, path, message).help(format!(
        "write {} too, with the text in the site's default language, `{default}`; if this text is in \
         `{default}`, rename this file",
        quote_whole(&original)
    ))
}

/// A section that can occur several times exists only as a translation: `[milestones.mn]`.
pub fn translation_without_section(span: Span, key: &str, language: &str) -> Diagnostic {
    let message =
        format!("`[{key}.{language}]` translates nothing: there is no `[[{key}]]` above it");
    at(Code::TranslationOfNothing, span, message).help(format!(
        "write `[[{key}]]` above it, and below that the texts in the site's default language"
    ))
}

pub fn translation_of_nothing(span: Span, key: &str, language: &str) -> Diagnostic {
    let message =
        format!("{} is translated into {}, but has no original", quote(key), quote(language));
    at(Code::TranslationOfNothing, span, message).help(format!(
        "write `{key}` in the site's default language too; until then, put `#` before the translation"
    ))
}

/// A translated list has another number of entries than the original.
pub fn translation_length(span: Span, key: &str, original: usize, translated: usize) -> Diagnostic {
    let message = format!(
        "{} has {} in this language, but the original has {original}",
        quote(key),
        Count(translated, "entry")
    );
    at(Code::TranslationLength, span, message).help("translate each entry, in the same order")
}

/// The number of values of a closed list up to which a message lists all of them.
const MAX_LISTED_CHOICES: usize = 12;

/// The address of a document is written where an entry with a title is expected, or a list of them.
pub fn address_without_title(span: Span, key: &str, url: &str, expected: Expected) -> Diagnostic {
    let entry = format!("{{ title = \"…\", url = \"{url}\" }}");
    let entry = if expected == Expected::InlineTables { format!("[{entry}]") } else { entry };
    at(Code::WrongType, span, format!("an entry of {} needs a title and an address", quote(key)))
        .help(format!("write {}, with the title in place of `…`", quote_whole(&entry)))
}
