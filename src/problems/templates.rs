//! Why a function that a template calls fails. `template_fault` reports the reason with the template
//! and its line.

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

/// A template uses the name of a built-in function for something else. `function` needs it.
pub fn replaced_function(function: &str, name: &str) -> String {
    format!("`{function}` needs the built-in `{name}`: give your own value another name")
}

pub fn not_an_argument(name: &str) -> String {
    format!("`{name}` must be text or a whole number")
}

pub fn no_message(key: &str) -> String {
    format!("the language file has no message `{key}` with these arguments")
}
