//! Why a function that a template calls fails. `template_fault` reports the reason with the template
//! and its line.

use super::words::{closest, quote};

/// A function needs a value with an attribute that this value does not have.
pub fn no_attribute(name: &str) -> String {
    format!("this function needs a value that has `{name}`")
}

pub fn not_text(name: &str) -> String {
    format!("`{name}` is not text")
}

pub fn not_markup(name: &str) -> String {
    format!("`{name}` is not markup")
}

pub fn not_an_argument(name: &str) -> String {
    format!("`{name}` must be text or a whole number")
}

pub fn no_message(key: &str) -> String {
    format!("the language file has no message `{key}` with these arguments")
}

/// A template links to a file that is not in the theme's `assets/`.
pub fn no_asset<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let file = quote(&format!("assets/{name}"));
    match closest(name, known) {
        Some(known) => format!("the theme has no file {file}: did you mean {}?", quote(known)),
        None => format!("the theme has no file {file}"),
    }
}

pub fn control_character(character: char) -> String {
    format!("a template cannot contain the invisible character U+{:04X}", u32::from(character))
}

pub fn too_large(size: usize, limit: usize) -> String {
    format!("it has {size} bytes, and the limit is {limit}")
}

pub fn too_many_bytes(limit: usize) -> String {
    format!("the templates of the theme have more than {limit} bytes together")
}

pub fn too_long(limit: usize) -> String {
    format!("more than {limit} words and symbols between two delimiters: use several tags")
}

pub fn too_many_elif(limit: usize) -> String {
    format!("more than {limit} `elif` in one template")
}

/// A template uses a symbol or a word that Milepost's templates do not have.
pub fn refused(symbol: &str) -> String {
    format!("a template cannot use `{symbol}`: it cannot build lists, maps or repetitions")
}

pub fn refused_import() -> String {
    "write `{% from \"file.html\" import name %}`: a template cannot import a whole file".to_owned()
}

pub fn refused_sum() -> String {
    "`+` needs a whole number after it, as in `loop.index + 1`; `~` joins texts".to_owned()
}

pub fn refused_comparison() -> String {
    "a comparison needs a text or number after it, as in `x == \"a\"`; to compare two values, write \
     `x is eq(y)` or `x is ne(y)`"
        .to_owned()
}

pub fn refused_in() -> String {
    "`in` needs a list of texts or numbers after it, as in `x in [\"a\", \"b\"]`".to_owned()
}

pub fn not_comparable() -> String {
    "only texts, numbers and yes/no values can be compared".to_owned()
}

/// A value that is neither text nor a number is printed or joined to a text.
pub fn not_printable(kind: &str) -> String {
    format!("a {kind} cannot be printed: print one of its values")
}

pub fn too_much_work() -> String {
    "the templates of the theme need too much work for all pages together".to_owned()
}

pub fn refused_name() -> String {
    "the name of another template is a text in quotation marks, and nothing else".to_owned()
}

pub fn refused_index() -> String {
    "between brackets is a text in quotation marks or a number up to 1000".to_owned()
}

/// A style sheet is nested too deeply.
pub fn nested_too_deep(limit: usize) -> String {
    format!("more than {limit} brackets within each other")
}

pub fn too_many_sheets(limit: usize) -> String {
    format!("the theme has more than {limit} style sheets")
}

pub fn sheets_too_large(limit: usize) -> String {
    format!("the style sheets of the theme have more than {limit} bytes together")
}

pub fn style_backslash() -> String {
    "`\\` is allowed only between quotation marks".to_owned()
}
