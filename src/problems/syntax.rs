//! What is wrong with the syntax of a file.

use super::numbers::number_of;
use super::parts::{
    at, can_have, header, list_in_marks, list_of_names, lookalike_help, place_of_unit,
    write_in_place, write_line,
};
use super::values::{Expected, Found, wrong_type};
use super::words::{
    self, AllOf, boolean_of, closest, in_marks, is_curly_quote, names_of, quote, quote_whole,
    without_marks,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::{ValueType, all_keys, is_decimal, is_list};
use crate::model::LanguageCode;
use crate::source::Span;

/// A file does not follow TOML, and no more specific problem of this section describes the cause.
pub fn syntax(span: Span) -> Diagnostic {
    at(Code::Syntax, span, "Milepost cannot read the end of this line")
        .help("write one `key = \"value\"` per line; `content/README.md` shows every key")
}

/// How a key or section is written a second time. The numbers are those of the line of the first.
#[derive(Debug, Clone)]
pub enum Repeat {
    /// The line is the same as the first.
    SameLine(usize),
    /// The key has another value.
    OtherValue(usize),
    /// The first is in the same entry in braces.
    SameTable,
    /// The key has another name, and can have a list of names. The text is both, as they are written.
    Name(usize, String),
    /// A section of which there is at most one.
    Section(usize),
    /// A section of which there can be several, in single brackets.
    SingleBrackets(usize),
}

/// A key or section is written twice where it can occur only once.
pub fn repeated(span: Span, key: &str, repeat: Repeat) -> Diagnostic {
    let (message, help) = match repeat {
        Repeat::SameLine(first) => (
            format!("this line is the same as line {first}: {}", quote(key)),
            "delete this line".to_owned(),
        ),
        Repeat::OtherValue(first) => (
            format!("{} already has a different value in line {first}", quote(key)),
            "if both are needed, join them into one; otherwise, put `#` before each line of the one that \
             is wrong"
                .to_owned(),
        ),
        Repeat::Name(first, names) => (
            format!("{} already has a different value in line {first}", quote(key)),
            format!(
                "if both are right, write {} in line {first}, and delete this line",
                quote_whole(&format!("{key} = [{names}]"))
            ),
        ),
        Repeat::SameTable => {
            (format!("{} has two values", quote(key)), "join them into one".to_owned())
        }
        Repeat::Section(first) => (
            format!("there is already a section `[{key}]`, in line {first}"),
            format!("move the lines below it to the section in line {first}, and delete this header"),
        ),
        Repeat::SingleBrackets(first) => (
            format!("`[{key}]` appears twice, but single brackets allow only one section"),
            format!("write `[[{key}]]`, with two brackets, in this line and in line {first}"),
        ),
    };
    at(Code::DuplicateKey, span, message).help(help)
}

/// The lines of a second section, of which there can be several, follow the first without a header.
/// `line` is the number of its first line.
pub fn block_without_header(span: Span, section: &str, line: usize) -> Diagnostic {
    let noun = section.trim_end_matches('s');
    let message =
        format!("a second {noun} seems to begin in line {line}, but its header is missing");
    at(Code::MissingHeader, span, message)
        .help(format!("put `[[{section}]]` on a line of its own above line {line}"))
}

/// A file contains the markers of a Git merge conflict. `end` is the span of the last marker, and `markers` are
/// how the lines of all of them begin.
pub fn merge_conflict(start: Span, end: Option<Span>, markers: &[&str]) -> Diagnostic {
    let problem = at(
        Code::MergeConflict,
        start,
        "two people changed these lines, and the conflict is not resolved",
    )
    .help(format!(
        "keep what is right in each version, and delete the whole lines that begin with {}",
        AllOf(markers)
    ));
    match end {
        Some(end) => problem.see(end, "the conflict ends here"),
        None => problem,
    }
}

pub fn control_character(span: Span, character: char) -> Diagnostic {
    let message =
        format!("the text contains an invisible character: {}", quote(&character.to_string()));
    at(Code::ControlCharacter, span, message).help(match character {
        // Word's line break within a paragraph.
        '\u{b}' => "delete the character, and begin a new line in its place",
        _ => "delete the character, or retype the line",
    })
}

pub fn old_line_endings(span: Span) -> Diagnostic {
    at(Code::ControlCharacter, span, "the lines of this file end with only a carriage return")
        .help("save the file with Unix (LF) or Windows (CRLF) line endings")
}

/// Brackets are nested more deeply than the TOML parser allows.
pub fn nested_too_deep(span: Span) -> Diagnostic {
    at(Code::NestedTooDeep, span, "the brackets are nested too deeply: the limit is 80")
        .help("write a list with one pair of brackets: `supporting = [\"one\", \"two\"]`")
}

/// A key has more parts, with dots between them, than the TOML parser allows.
pub fn too_many_parts(span: Span) -> Diagnostic {
    at(Code::NestedTooDeep, span, "the key has too many parts: the limit is 80")
        .help("write a key without dots, such as `title`")
}

/// A character outside quotation marks looks like a space or is invisible, but TOML does not accept it. `before`
/// is what precedes it on its line.
pub fn odd_space(span: Span, before: &str, character: char) -> Diagnostic {
    let (what, help) = match character.is_whitespace() {
        true => (
            "a special space, such as a no-break space,",
            "replace it with a normal space; special spaces often come from copied text",
        ),
        false => {
            ("an invisible character", "delete it; such characters often come from copied text")
        }
    };
    let message = match before.trim() {
        "" => format!("{what} is at the beginning of this line"),
        before => format!("{what} follows {}", quote(before)),
    };
    at(Code::OddSpace, span, message).help(help)
}

/// The header of a section has wrong brackets. `name` is what is between them.
pub fn broken_header(span: Span, name: &str) -> Diagnostic {
    let sections = || all_keys().filter(|key| key.value_type.is_section()).map(|key| key.name);
    let words: Vec<&str> = name.split([' ', '.']).filter(|word| !word.is_empty()).collect();
    let first = words.first().map_or("", |first| first.trim_end_matches(':'));
    let message = match name.contains(' ') {
        true => "a section name has no spaces",
        false => "the brackets around the section name do not match",
    };
    let is_joined = |known: &&str| name.replace(' ', "").eq_ignore_ascii_case(known);
    let joined = sections().find(is_joined);
    let help = match (joined.or(closest(first, sections())), words.as_slice()) {
        (Some(known), [_, language]) if looks_like_language(language) => {
            format!("write `[{known}.{language}]`")
        }
        (Some(known), [_]) => format!("write `{}`", header(known)),
        (Some(known), [_, number]) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("write `{}`", header(known))
        }
        (Some(known), _) if joined.is_some() => format!("write `{}`", header(known)),
        (Some(known), _) if name.contains(' ') => format!(
            "put `{}` in place of this line, and the other words below it, as the value of a key",
            header(known)
        ),
        _ if name.contains(' ') => "write the name as `content/README.md` shows it".to_owned(),
        _ => "write as many brackets after the name as before it: `[contact]`, `[[assessments]]`"
            .to_owned(),
    };
    at(Code::BrokenHeader, span, message).help(help)
}

/// Whether a word can be the code of a language in a header, such as `mn` or `pt-BR`.
fn looks_like_language(word: &str) -> bool {
    let first = word.split('-').next().unwrap_or_default();
    first.len() == 2 && LanguageCode::parse(word).is_some()
}

/// A key follows a header on its line.
pub fn key_after_header(span: Span, header: &str, rest: &str) -> Diagnostic {
    at(Code::TwoOnALine, span, format!("the header {} must be on a line of its own", quote(header)))
        .help(format!("put {} on its own line", quote_whole(rest)))
}

pub fn colon(span: Span, key: &str, value: &str) -> Diagnostic {
    let key = key.trim();
    at(Code::Colon, span, format!("the key {} must be followed by `=`, not `:`", quote(key))).help(
        match value {
            // A sign of YAML: the text is below this line.
            "" | "|" | ">" => format!("write `{key} =`"),
            value => write_line(&line_of(key, value), "write ` =` in place of `:`"),
        },
    )
}

pub fn dashed_list(span: Span) -> Diagnostic {
    at(Code::DashedList, span, "a list cannot be written with dashes")
        .help("write the list in brackets: `supporting = [\"one\", \"two\"]`")
}

/// A text of several lines has no opening marks: the lines after `key =`. `closing` are the marks after it.
pub fn text_without_marks(
    span: Span,
    key: &str,
    (first, last): (usize, usize),
    closing: Option<&str>,
) -> Diagnostic {
    let key_line = quote(&format!("{key} ="));
    match closing {
        Some(mark) => {
            let message =
                format!("the text ends with `{mark}` in line {last}, but does not begin with it");
            at(Code::UnclosedText, span, message)
                .help(format!("put `{mark}` after {key_line} in line {first}"))
        }
        None => {
            let message = format!("the lines of text after {key_line} need marks around them");
            at(Code::MissingQuotes, span, message).help(format!(
                "put `'''` after {key_line} in line {first}, and `'''` on a line of its own below line \
                 {last}"
            ))
        }
    }
}

/// The value of a key is below the line of the key.
pub fn value_below_key(span: Span, key: &str, value: &str) -> Diagnostic {
    let message = format!("the value of {} must be on the same line", quote(key));
    at(Code::MissingValue, span, message).help(in_place_of_lines(
        &line_of(key, value),
        "write the value after `=`, on the same line",
    ))
}

/// A text of several lines is between marks for one line. Each mark has the number of its line; the closing
/// mark can be missing.
pub fn marks_of_one_line(
    span: Span,
    (opening, first): (&str, usize),
    (closing, last): (&str, usize),
) -> Diagnostic {
    let code = match opening.starts_with(['"', '\'']) {
        true => Code::UnclosedQuote,
        false => Code::SmartQuotes,
    };
    let message =
        format!("a text of several lines cannot be between marks such as {}", quote(opening));
    let end = match closing {
        "" => format!("and `'''` on a line of its own below line {last}"),
        closing => format!("and in place of {} in line {last}", quote(closing)),
    };
    at(code, span, message)
        .help(format!("write `'''` in place of {} in line {first}, {end}", quote(opening)))
}

/// A list is written as lines, for example with dashes.
pub fn list_of_lines(span: Span, key: &str, names: &[&str]) -> Diagnostic {
    at(Code::DashedList, span, format!("the list {} must be in brackets", quote(key))).help(
        in_place_of_lines(
            &format!("{key} = [{}]", list_of_names(names)),
            "put `[` before the first name and `]` after the last one, quotation marks around each in \
             place of its dash, and commas between them",
        ),
    )
}

/// The advice to write a line in place of several, or `otherwise` if the line is too long to show whole.
fn in_place_of_lines(line: &str, otherwise: &str) -> String {
    write_in_place(line, " in place of these lines", otherwise)
}

pub fn missing_value(span: Span, key: &str) -> Diagnostic {
    at(Code::MissingValue, span, format!("the key {} has no value", quote(key)))
        .help(format!("write `{key} = \"…\"`, or delete the line"))
}

pub fn no_key(span: Span) -> Diagnostic {
    at(Code::NoKey, span, "this line has no key").help(
        "if it continues the text above, put `'''` around the whole text; otherwise, begin it with `key =`, \
         or with `#` for a remark",
    )
}

pub fn missing_equals(span: Span, key: &str, value: &str) -> Diagnostic {
    at(Code::NoKey, span, format!("`=` is missing after {}", quote(key)))
        .help(write_line(&line_of(key, value), "write `=` between the key and its value"))
}

/// `=` is written twice between a key and its value.
pub fn two_equals(span: Span, key: &str, value: &str) -> Diagnostic {
    at(Code::Syntax, span, format!("`=` is written twice after {}", quote(key)))
        .help(write_line(&line_of(key, value), "delete one `=`"))
}

/// A key contains a character that a bare key of TOML does not allow.
pub fn odd_key(span: Span, key: &str) -> Diagnostic {
    let names = || all_keys().map(|key| key.name);
    let joined = words::as_file_name(key).replace('-', "_");
    let help = match names().find(|name| *name == joined && *name != key) {
        Some(name) => format!("write {}", quote(name)),
        None => lookalike_help(key, names()).unwrap_or_else(|| {
            "write the key in Latin letters, digits and `_`, as `content/README.md` shows it".into()
        }),
    };
    at(Code::OddKey, span, format!("{} cannot be a key", quote(key))).help(help)
}

/// A key has parts, such as `title.mn`, and `name` is the part that has a value already. `place` is the key of a
/// translation with the header of its section, if the other part is a language.
pub fn part_of_value(span: Span, name: &str, place: Option<(&str, &str)>) -> Diagnostic {
    let name = quote(name);
    at(Code::OddKey, span, format!("{name} has a value already, so nothing can belong to it")).help(
        match place {
            Some((key, header)) => format!("write `{key} = …` below `{header}`"),
            None => format!("write a key without a dot, or a section whose name is not {name}"),
        },
    )
}

/// The value of a list is written without brackets. `written` is the value.
pub fn list_without_brackets(span: Span, key: &str, written: &str) -> Diagnostic {
    at(Code::WrongType, span, format!("the list {} needs brackets", quote(key))).help(write_line(
        &format!("{key} = [{}]", list_in_marks(written)),
        "put `[` before the first name and `]` after the last one, and quotation marks around each",
    ))
}

/// The names in a list have no, wrong or unpaired quotation marks. `written` is the list.
pub fn list_without_marks(span: Span, key: &str, written: &str) -> Diagnostic {
    let list = written.trim_matches(['[', ']']);
    let (code, message) = match names_of(list).iter().any(|name| name.starts_with(is_curly_quote)) {
        true => (Code::SmartQuotes, format!("the list {} has curly quotation marks", quote(key))),
        false => (
            Code::MissingQuotes,
            format!("each name in the list {} needs quotation marks around it", quote(key)),
        ),
    };
    let line = format!("{key} = [{}]", list_in_marks(list));
    let otherwise = "put `\"` before and after each name, and a comma between them";
    at(code, span, message).help(match written.contains('\n') {
        true => in_place_of_lines(&line, otherwise),
        false => write_line(&line, otherwise),
    })
}

/// Curly quotation marks and an invisible or special space are on one line. `inner` is the text between
/// the marks.
pub fn copied_line(span: Span, key: &str, inner: &str) -> Diagnostic {
    at(
        Code::SmartQuotes,
        span,
        "the quotation marks are curly, and a space is a special one, such as a no-break space",
    )
    .help(write_line(
        &format!("{key} = {}", in_marks(inner)),
        &format!("{}, and a normal space in place of the special one", straight_marks(inner)),
    ))
}

/// An entry in braces has a mistake. `meant` is how it should be written.
pub fn broken_entry(span: Span, key: &str, written: &str, meant: &str) -> Diagnostic {
    let written = written.trim();
    let key = quote(key);
    let message = match () {
        () if !written.starts_with('{') => format!("this entry of {key} does not begin with `{{`"),
        () if !written.ends_with('}') => format!("this entry of {key} does not end with `}}`"),
        () if written.contains(is_curly_quote) && !meant.contains(is_curly_quote) => {
            format!("this entry of {key} has curly quotation marks")
        }
        () if written.contains(';') && !meant.contains(';') => {
            format!("this entry of {key} has `;` in place of a comma")
        }
        () => format!("a quotation mark, comma or `=` is missing or wrong in this entry of {key}"),
    };
    at(Code::BrokenEntry, span, message).help(write_in_place(
        meant,
        " in place of it",
        "begin it with `{`, end it with `}`, put quotation marks around each text, and put a comma \
         between its keys",
    ))
}

/// A bracket around a list of entries is missing or is the wrong one. `bracket` is the right one, with what is
/// written in its place, in line `line`.
pub fn list_bracket(
    span: Span,
    key: &str,
    (bracket, written): (char, &str),
    line: usize,
) -> Diagnostic {
    let message = match bracket {
        '[' => format!("the list {} does not begin with `[`", quote(key)),
        _ => format!("the list {} does not end with `]`", quote(key)),
    };
    at(Code::UnclosedList, span, message).help(match (bracket, written) {
        ('[', "") => format!("put `[` after `{key} =` in line {line}"),
        (_, "") => format!("put `]` on a line of its own below line {line}"),
        (_, written) => format!("write `{bracket}` in place of {} in line {line}", quote(written)),
    })
}

/// Two entries of a list have no comma between them, but `between`.
pub fn missing_comma_after(span: Span, between: &str) -> Diagnostic {
    at(Code::MissingComma, span, "a comma is missing after this entry of the list").help(
        match between {
            ";" => "write `,` in place of `;` after the `}` that ends this entry",
            _ => "put `,` after the `}` that ends this entry",
        },
    )
}

pub fn missing_comma(span: Span) -> Diagnostic {
    at(Code::MissingComma, span, "a comma is missing between two entries of this list")
        .help("put `,` between the entries of a list: `supporting = [\"one\", \"two\"]`")
}

pub fn smart_quotes(span: Span, key: &str, inner: &str) -> Diagnostic {
    at(Code::SmartQuotes, span, "these quotation marks are curly; they must be straight")
        .help(write_line(&format!("{key} = {}", in_marks(inner)), &straight_marks(inner)))
}

/// The advice to put straight marks around a text that has curly ones.
fn straight_marks(inner: &str) -> String {
    let mark = if inner.contains(['"', '\\']) { "'''" } else { "\"" };
    match inner.starts_with(is_curly_quote) {
        true => format!("put `{mark}` before the first mark and after the last one"),
        false => format!("write `{mark}` in place of the first and the last mark"),
    }
}

pub fn smart_quotes_in_list(span: Span, inner: &str) -> Diagnostic {
    at(Code::SmartQuotes, span, "these quotation marks are curly; they must be straight")
        .help(write_line(&in_marks(inner), &straight_marks(inner)))
}

/// A text starts with a straight quotation mark and ends with a curly one.
pub fn mismatched_quotes(span: Span, mark: char) -> Diagnostic {
    at(Code::SmartQuotes, span, "the closing quotation mark is curly; it must be straight")
        .help(format!("replace it with a straight `{mark}`"))
}

pub fn missing_quotes(span: Span, value: &str) -> Diagnostic {
    at(Code::MissingQuotes, span, format!("the text {} needs quotation marks", quote(value))).help(
        write_line(&in_quotes(value), "put `'''` before the first word and after the last one"),
    )
}

pub fn unclosed_quote(span: Span, mark: char) -> Diagnostic {
    at(Code::UnclosedQuote, span, format!("the text starts with `{mark}` and is never closed"))
        .help(format!("put `{mark}` at the end; put text of several lines between `'''` and `'''`"))
}

pub fn quote_in_text(span: Span) -> Diagnostic {
    at(Code::QuoteInText, span, "the text ends at the second quotation mark, but more text follows")
        .help(
            "put the whole text between `'''` and `'''`, or write the inner marks as “ and ”, and an \
             apostrophe as ’",
        )
}

/// A text of one line is between pairs of marks, as in `''text''`.
pub fn doubled_quotes(span: Span, inner: &str) -> Diagnostic {
    at(Code::QuoteInText, span, "the marks around the text are doubled").help(write_line(
        &in_marks(inner),
        "write one `\"` before the first word and one after the last",
    ))
}

/// A comma or another mark follows a value.
pub fn mark_after_value(span: Span, mark: &str) -> Diagnostic {
    at(Code::TrailingComma, span, format!("there is `{mark}` after the value"))
        .help(format!("delete the last `{mark}`"))
}

pub fn two_on_a_line(span: Span, second: &str) -> Diagnostic {
    at(Code::TwoOnALine, span, "two keys are on one line")
        .help(format!("put {} on its own line", quote_whole(second)))
}

pub fn backslash(span: Span) -> Diagnostic {
    at(Code::Backslash, span, "a `\\` in double quotes has a special meaning")
        .help("put the text in single quotes: 'C:\\folder'")
}

/// A backslash is in a text of several lines between `"""`.
pub fn backslash_in_lines(span: Span) -> Diagnostic {
    at(Code::Backslash, span, "a `\\` between `\"\"\"` has a special meaning")
        .help("write `'''` in place of `\"\"\"`, before and after the text")
}

/// A number after `\\u` or `\\U` is not that of a character.
pub fn no_such_character(span: Span) -> Diagnostic {
    at(Code::Backslash, span, "no character has this number").help("write the character itself")
}

/// A text of several lines is never closed. `mark` is its opening delimiter.
pub fn unclosed_text(span: Span, mark: &str) -> Diagnostic {
    at(
        Code::UnclosedText,
        span,
        format!("the text that starts with `{mark}` in this line is never closed"),
    )
    .help(format!("put `{mark}` on a line of its own below the last line of the text"))
}

/// A list or inline table is never closed. `mark` is its opening bracket.
pub fn unclosed_list(span: Span, mark: &str) -> Diagnostic {
    let (noun, end) = if mark == "[" { ("list", "]") } else { ("entry", "}") };
    at(Code::UnclosedList, span, format!("the {noun} that starts in this line is never closed"))
        .help(format!("put `{end}` at the end of the {noun}"))
}

/// A boolean is not written as `true` or `false`, but for example as `True` or `yes`.
pub fn invalid_boolean(span: Span, key: &str, written: &str) -> Diagnostic {
    if can_have(key, |value_type| matches!(value_type, ValueType::Table(_))) {
        return wrong_type(span, key, Expected::Section, (Found::Boolean, written));
    }
    let meant = boolean_of(written).unwrap_or_default();
    let is_boolean = can_have(key, |value_type| matches!(value_type, ValueType::Boolean));
    let message = format!("{} is not a valid value", quote(written));
    at(Code::MissingQuotes, span, message).help(match is_boolean {
        true => format!("write `{meant}`"),
        false => format!("write `{meant}`, or {} if you mean the word", quote(&in_quotes(written))),
    })
}

/// A number is written as people write it, not as TOML does. `line` is the line with the number that is
/// meant, and `unit` the words after it.
pub fn number_in_other_form(span: Span, written: &str, line: &str, unit: &str) -> Diagnostic {
    let message = format!("{} must be only digits, with a point for decimals", quote(written));
    let unit = place_of_unit(unit);
    at(Code::WrongType, span, message).help(format!("write {}{unit}", quote_whole(line)))
}

/// A number has a point and three digits after it, so that the point could be a thousands separator.
pub fn ambiguous_number(span: Span, key: &str, written: &str) -> Diagnostic {
    let message = format!("the point in {} could be a thousands separator", quote(written));
    let whole = written.replace('.', "");
    let exact = match written.trim_end_matches('0') {
        decimal if decimal.len() < written.len() => decimal.trim_end_matches('.').to_owned(),
        _ => format!("{written}0"),
    };
    at(Code::AmbiguousNumber, span, message)
        .help(format!("write `{key} = {whole}`, or, if the digits are decimals, `{key} = {exact}`"))
}

fn in_quotes(value: &str) -> String {
    let value = value.trim();
    if value.starts_with(['"', '\'', '[', '{']) {
        value.to_owned()
    } else {
        in_marks(without_marks(value))
    }
}

/// Returns the line for a key and a value that lacks the right marks.
fn line_of(key: &str, value: &str) -> String {
    let key = key.trim();
    let is_bare = match value {
        "true" | "false" => can_have(key, |value_type| matches!(value_type, ValueType::Boolean)),
        _ => {
            value.bytes().all(|byte| byte.is_ascii_digit())
                && can_have(key, |value_type| matches!(value_type, ValueType::Number(..)))
        }
    };
    match () {
        () if is_decimal(key)
            && let Some((number, _)) = number_of(value) =>
        {
            format!("{key} = {number}")
        }
        () if is_bare => format!("{key} = {value}"),
        () if is_list(key) && !value.starts_with('[') => {
            format!("{key} = [{}]", list_in_marks(value))
        }
        () => format!("{key} = {}", in_quotes(value)),
    }
}
