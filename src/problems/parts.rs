//! What problems share: their location, suggestions for names that nobody knows, and lines as they should be
//! written.

use super::words::{
    AllOf, closest, in_marks, lookalike, names_of, quote, quote_whole, without_marks,
};
use crate::diagnostic::{Code, Diagnostic, SourceLocation};
use crate::format::{ValueType, all_keys};
use crate::source::Span;

/// A problem in a range of a text file.
pub(super) fn at(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, SourceLocation::Span(span), message.into())
}

/// A problem of a whole file or folder.
pub(super) fn in_file(code: Code, path: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, SourceLocation::Path(path.to_owned()), message.into())
}

/// Returns "did you mean `x`?" if `written` is close to one of `names`, and `otherwise` if it is
/// not.
pub(super) fn suggest<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str> + Clone,
    otherwise: impl Into<String>,
) -> String {
    if let Some(help) = lookalike_help(written, names.clone()) {
        return help;
    }
    match closest(written, names) {
        Some(name) => format!("did you mean {}?", quote_whole(name)),
        None => otherwise.into(),
    }
}

/// How to correct a name that looks like one of `names`, but has letters of another alphabet.
pub(super) fn lookalike_help<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let (name, letters) = lookalike(written, names)?;
    let is_greek = letters.iter().all(|letter| ('\u{370}'..='\u{3ff}').contains(letter));
    let alphabet = if is_greek { "Greek" } else { "Cyrillic" };
    let letters: Vec<String> = letters.iter().map(char::to_string).collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    let subject = match letters.as_slice() {
        [_] => format!("the letter {} is {alphabet} and only looks Latin", AllOf(&letters)),
        _ => format!("the letters {} are {alphabet} and only look Latin", AllOf(&letters)),
    };
    Some(format!("{subject}: write {}", quote_whole(name)))
}

/// Returns the header of a section: `[contact]` or `[[updates]]`.
pub(super) fn header(name: &str) -> String {
    match can_have(name, |value_type| matches!(value_type, ValueType::Tables(_))) {
        true => format!("[[{name}]]"),
        false => format!("[{name}]"),
    }
}

/// Whether a key with this name, of any file or section, has a type.
pub(super) fn can_have(name: &str, is_type: fn(ValueType) -> bool) -> bool {
    all_keys().any(|key| key.name == name && is_type(key.value_type))
}

/// Puts each name of a list between the marks of TOML.
pub(super) fn list_in_marks(written: &str) -> String {
    let names: Vec<&str> = names_of(written).into_iter().map(without_marks).collect();
    list_of_names(&names)
}

pub(super) fn list_of_names(names: &[&str]) -> String {
    names.iter().map(|name| in_marks(name)).collect::<Vec<_>>().join(", ")
}

/// The largest number of characters of a line that a message asks to write.
const MAX_LENGTH_TO_WRITE: usize = 200;

/// The advice to write a line, or `otherwise` if the line is too long to show whole.
pub(super) fn write_line(line: &str, otherwise: &str) -> String {
    write_in_place(line, "", otherwise)
}

/// The advice to write a line in place of another; `place` says which.
pub(super) fn write_in_place(line: &str, place: &str, otherwise: &str) -> String {
    match line.chars().count() <= MAX_LENGTH_TO_WRITE {
        true => format!("write {}{place}", quote_whole(line)),
        false => otherwise.to_owned(),
    }
}

/// What to do with the words after a number.
pub(super) fn place_of_unit(unit: &str) -> String {
    match unit {
        "" => String::new(),
        unit => format!(", and put {} in `unit`", quote(unit)),
    }
}
