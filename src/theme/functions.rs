//! The functions that templates call to print a part of a view: `{{ link(row.link) }}`.
//!
//! A page contains about a hundred of these small parts. With macros instead of functions, a build
//! executes an eighth more instructions. A template that needs other markup defines a macro with
//! the same name.

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, Value};

use super::value::markup_of;
use crate::html::write_escaped;
use crate::language;
use crate::problems::templates;

/// Adds the functions to the environment of the templates.
pub(super) fn add(environment: &mut Environment<'_>) {
    environment.add_function("lang", |value: &Value| markup(|out| lang(out, value)));
    environment.add_function("text", |value: &Value| markup(|out| text(out, value)));
    environment.add_function("link", |value: &Value| markup(|out| link(out, value)));
    environment.add_function("date", |value: &Value| markup(|out| date(out, value)));
    environment.add_function("standing", |value: &Value| markup(|out| standing(out, value)));
    environment.add_function("report", |value: &Value| markup(|out| report(out, value)));
    environment.add_function("prose", |value: &Value| markup(|out| prose(out, value)));
    environment.add_test("eq", |a: &Value, b: &Value| is_equal(a, b));
    environment.add_test("ne", |a: &Value, b: &Value| is_equal(a, b).map(|is_equal| !is_equal));
}

/// The longest text that can be compared with another, in bytes. The engine does not count that work.
const MAX_COMPARED_SIZE: usize = 0xffff;

/// Whether two short texts, two numbers or two of `true`, `false` and `none` are equal.
fn is_equal(a: &Value, b: &Value) -> Result<bool, Error> {
    for value in [a, b] {
        let is_comparable = match value.as_str() {
            Some(text) => text.len() <= MAX_COMPARED_SIZE,
            None => {
                matches!(value.kind(), ValueKind::Bool | ValueKind::Number | ValueKind::None)
            }
        };
        if !is_comparable {
            return Err(invalid(templates::not_comparable()));
        }
    }
    Ok(a == b)
}

type WriteResult = Result<(), Error>;

fn markup(write: impl FnOnce(&mut String) -> WriteResult) -> Result<Value, Error> {
    // Most parts fit in this capacity, in bytes.
    let mut out = String::with_capacity(240);
    write(&mut out)?;
    Ok(Value::from_safe_string(out))
}

/// The `lang` and `dir` attributes of a text, if the text is not in the page's language.
fn lang(out: &mut String, value: &Value) -> WriteResult {
    let lang = attribute(value, "lang")?;
    out.push_str(&language::attributes(lang.as_str().unwrap_or_default()));
    Ok(())
}

fn text(out: &mut String, value: &Value) -> WriteResult {
    if is_empty(value, "lang")? {
        return write_text(out, value, "text");
    }
    out.push_str("<span");
    lang(out, value)?;
    out.push('>');
    write_text(out, value, "text")?;
    out.push_str("</span>");
    Ok(())
}

fn link(out: &mut String, value: &Value) -> WriteResult {
    let text = attribute(value, "text")?;
    out.push_str("<a href=\"");
    write_text(out, value, "href")?;
    out.push('"');
    lang(out, &text)?;
    out.push('>');
    write_text(out, &text, "text")?;
    out.push_str("</a>");
    Ok(())
}

fn date(out: &mut String, value: &Value) -> WriteResult {
    if is_empty(value, "iso")? {
        return write_text(out, value, "text");
    }
    out.push_str("<time datetime=\"");
    write_text(out, value, "iso")?;
    out.push_str("\">");
    write_text(out, value, "text")?;
    out.push_str("</time>");
    Ok(())
}

fn standing(out: &mut String, value: &Value) -> WriteResult {
    out.push_str("<span class=\"standing\">");
    write_markup(out, value, "icon")?;
    out.push(' ');
    write_text(out, value, "label")?;
    out.push_str("</span>");
    Ok(())
}

/// A reference to a report: its assessor, title and date.
fn report(out: &mut String, value: &Value) -> WriteResult {
    out.push_str("<a href=\"");
    write_text(out, value, "assessor_href")?;
    out.push_str("\">");
    write_text(out, value, "assessor")?;
    out.push_str("</a> · ");
    link(out, &attribute(value, "link")?)?;
    out.push_str(" · ");
    date(out, &attribute(value, "date")?)?;
    if !is_empty(value, "partial")? {
        out.push_str(" · <span class=\"partial\">");
        write_text(out, value, "partial")?;
        out.push_str("</span>");
    }
    Ok(())
}

fn prose(out: &mut String, value: &Value) -> WriteResult {
    out.push_str("<div class=\"prose\"");
    lang(out, value)?;
    out.push('>');
    write_markup(out, value, "html")?;
    out.push_str("</div>");
    Ok(())
}

/// The attribute of a value with this name. An undefined or empty one is an error.
fn attribute(value: &Value, name: &str) -> Result<Value, Error> {
    let attribute = value.get_attr(name)?;
    if attribute.is_undefined() || attribute.is_none() {
        let detail = templates::no_attribute(name);
        return Err(Error::new(ErrorKind::UndefinedError, detail));
    }
    Ok(attribute)
}

fn is_empty(value: &Value, name: &str) -> Result<bool, Error> {
    let text = attribute(value, name)?;
    text.as_str().map(str::is_empty).ok_or_else(|| invalid(templates::not_text(name)))
}

/// Writes a text, and escapes it unless a template has marked it as safe.
fn write_text(out: &mut String, value: &Value, name: &str) -> WriteResult {
    let attribute = attribute(value, name)?;
    match attribute.as_str() {
        Some(markup) if attribute.is_safe() => out.push_str(markup),
        Some(text) => write_escaped(out, text)?,
        None => return Err(invalid(templates::not_text(name))),
    }
    Ok(())
}

fn write_markup(out: &mut String, value: &Value, name: &str) -> WriteResult {
    let markup = markup_of(&attribute(value, name)?);
    let markup = markup.ok_or_else(|| invalid(templates::not_markup(name)))?;
    out.push_str(markup.as_str().unwrap_or_default());
    Ok(())
}

fn invalid(detail: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, detail)
}
