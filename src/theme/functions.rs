//! The functions that templates call to show a view: `{{ link(row.link) }}`.
//!
//! A page contains about a hundred of these small parts. With macros instead of functions, a build
//! executes an eighth more instructions. A template that needs other markup defines a macro of the
//! same name.

use minijinja::{Environment, Error, ErrorKind, State, Value};

use super::messages::MessageFunction;
use super::value::markup_of;
use crate::html::write_escaped;

/// Gives templates the functions.
pub(super) fn add(environment: &mut Environment<'_>) {
    environment.add_function("lang", |it: &Value| markup(|out| lang(out, it)));
    environment.add_function("text", |it: &Value| markup(|out| text(out, it)));
    environment.add_function("link", |it: &Value| markup(|out| link(out, it)));
    environment.add_function("date", |it: &Value| markup(|out| date(out, it)));
    environment.add_function("standing", |it: &Value| markup(|out| standing(out, it)));
    environment.add_function("report", |it: &Value| markup(|out| report(out, it)));
    environment
        .add_function("prose", |state: &State, it: &Value| markup(|out| prose(out, it, state)));
}

type Written = Result<(), Error>;

fn markup(write: impl FnOnce(&mut String) -> Written) -> Result<Value, Error> {
    // Room for most of them.
    let mut out = String::with_capacity(240);
    write(&mut out)?;
    Ok(Value::from_safe_string(out))
}

/// The `lang` attribute of a text, where it is not in the page's language.
fn lang(out: &mut String, it: &Value) -> Written {
    if !is_empty(it, "lang")? {
        out.push_str(" lang=\"");
        write_text(out, it, "lang")?;
        out.push('"');
    }
    Ok(())
}

fn text(out: &mut String, it: &Value) -> Written {
    if is_empty(it, "lang")? {
        return write_text(out, it, "text");
    }
    out.push_str("<span");
    lang(out, it)?;
    out.push('>');
    write_text(out, it, "text")?;
    out.push_str("</span>");
    Ok(())
}

fn link(out: &mut String, it: &Value) -> Written {
    let words = part(it, "text")?;
    out.push_str("<a href=\"");
    write_text(out, it, "href")?;
    out.push('"');
    lang(out, &words)?;
    out.push('>');
    write_text(out, &words, "text")?;
    out.push_str("</a>");
    Ok(())
}

fn date(out: &mut String, it: &Value) -> Written {
    if is_empty(it, "iso")? {
        return write_text(out, it, "text");
    }
    out.push_str("<time datetime=\"");
    write_text(out, it, "iso")?;
    out.push_str("\">");
    write_text(out, it, "text")?;
    out.push_str("</time>");
    Ok(())
}

fn standing(out: &mut String, it: &Value) -> Written {
    out.push_str("<span class=\"standing\">");
    write_html(out, it, "icon")?;
    out.push(' ');
    write_text(out, it, "label")?;
    out.push_str("</span>");
    Ok(())
}

/// Who judged where and when.
fn report(out: &mut String, it: &Value) -> Written {
    write_text(out, it, "assessor")?;
    out.push_str(" · ");
    link(out, &part(it, "link")?)?;
    out.push_str(" · ");
    date(out, &part(it, "date")?)?;
    if !is_empty(it, "partial")? {
        out.push_str(" · <span class=\"partial\">");
        write_text(out, it, "partial")?;
        out.push_str("</span>");
    }
    Ok(())
}

/// A long text; where it is not in the page's language, it says so first.
fn prose(out: &mut String, it: &Value, state: &State<'_, '_>) -> Written {
    if !is_empty(it, "lang")? {
        let words = state.lookup("t");
        let words = words.as_ref().and_then(|words| words.downcast_object_ref::<MessageFunction>());
        let taken = || invalid("`prose` needs the built-in `t`: give your own value another name");
        let said = words
            .ok_or_else(taken)?
            .message("untranslated", &[("language", part(it, "language")?)])?;
        out.push_str("<p class=\"untranslated\">");
        write_escaped(out, &said)?;
        out.push_str("</p>");
    }
    out.push_str("<div class=\"prose\"");
    lang(out, it)?;
    out.push('>');
    write_html(out, it, "html")?;
    out.push_str("</div>");
    Ok(())
}

/// What a part consists of, by name.
fn part(it: &Value, name: &str) -> Result<Value, Error> {
    let found = it.get_attr(name)?;
    if found.is_undefined() || found.is_none() {
        let detail = format!("this function needs a value that has `{name}`");
        return Err(Error::new(ErrorKind::UndefinedError, detail));
    }
    Ok(found)
}

fn is_empty(it: &Value, name: &str) -> Result<bool, Error> {
    let words = part(it, name)?;
    words.as_str().map(str::is_empty).ok_or_else(|| invalid(&format!("`{name}` is not text")))
}

/// Escapes a text, unless it is what a template wrote itself.
fn write_text(out: &mut String, it: &Value, name: &str) -> Written {
    let words = part(it, name)?;
    match words.as_str() {
        Some(markup) if words.is_safe() => out.push_str(markup),
        Some(words) => write_escaped(out, words)?,
        None => return Err(invalid(&format!("`{name}` is not text"))),
    }
    Ok(())
}

fn write_html(out: &mut String, it: &Value, name: &str) -> Written {
    let markup = markup_of(&part(it, name)?);
    let markup = markup.ok_or_else(|| invalid(&format!("`{name}` is not markup")))?;
    out.push_str(markup.as_str().unwrap_or_default());
    Ok(())
}

fn invalid(detail: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, detail.to_owned())
}
