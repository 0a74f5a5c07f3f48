//! The small parts that every page is full of, as functions of templates: `{{ link(it) }}`.
//!
//! Macros could write them as well, but there are a hundred on a page, and calling a macro costs ten
//! times what these do. A template that wants them otherwise defines a macro of the same name.

use std::fmt::{self, Write};

use minijinja::{Environment, Error, ErrorKind, State, Value};

use super::{Words, markup_of};
use crate::html::escape;

/// Gives templates the functions.
pub(super) fn add(environment: &mut Environment<'_>) {
    environment.add_function("lang", |it: &Value| markup(|out| lang(out, it)));
    environment.add_function("said", |it: &Value| markup(|out| said(out, it)));
    environment.add_function("link", |it: &Value| markup(|out| link(out, it)));
    environment.add_function("date", |it: &Value| markup(|out| date(out, it)));
    environment.add_function("standing", |it: &Value| markup(|out| standing(out, it)));
    environment.add_function("report", |it: &Value| markup(|out| report(out, it)));
    environment
        .add_function("prose", |state: &State, it: &Value| markup(|out| prose(out, it, state)));
}

type Written = Result<(), Error>;

fn markup(write: impl FnOnce(&mut String) -> Written) -> Result<Value, Error> {
    let mut out = String::new();
    write(&mut out)?;
    Ok(Value::from_safe_string(out))
}

/// The `lang` attribute of a text, where it is not in the page's language.
fn lang(out: &mut String, it: &Value) -> Written {
    let lang = text(it, "lang")?;
    if !lang.is_empty() {
        write!(out, r#" lang="{lang}""#)?;
    }
    Ok(())
}

fn said(out: &mut String, it: &Value) -> Written {
    let (lang, words) = (text(it, "lang")?, text(it, "text")?);
    if lang.is_empty() {
        write!(out, "{words}")?;
    } else {
        write!(out, r#"<span lang="{lang}">{words}</span>"#)?;
    }
    Ok(())
}

fn link(out: &mut String, it: &Value) -> Written {
    let words = part(it, "text")?;
    write!(out, r#"<a href="{}""#, text(it, "href")?)?;
    lang(out, &words)?;
    write!(out, ">{}</a>", text(&words, "text")?)?;
    Ok(())
}

fn date(out: &mut String, it: &Value) -> Written {
    let (iso, words) = (text(it, "iso")?, text(it, "words")?);
    if iso.is_empty() {
        write!(out, "{words}")?;
    } else {
        write!(out, r#"<time datetime="{iso}">{words}</time>"#)?;
    }
    Ok(())
}

fn standing(out: &mut String, it: &Value) -> Written {
    let icon = html(it, "icon")?;
    write!(out, r#"<span class="standing">{icon} {}</span>"#, text(it, "label")?)?;
    Ok(())
}

/// Who judged where and when.
fn report(out: &mut String, it: &Value) -> Written {
    write!(out, "{} · ", text(it, "assessor")?)?;
    link(out, &part(it, "link")?)?;
    out.push_str(" · ");
    date(out, &part(it, "date")?)?;
    let partial = text(it, "partial")?;
    if !partial.is_empty() {
        write!(out, r#" · <span class="partial">{partial}</span>"#)?;
    }
    Ok(())
}

/// A long text; where it is not in the page's language, it says so first.
fn prose(out: &mut String, it: &Value, state: &State<'_, '_>) -> Written {
    if !text(it, "lang")?.is_empty() {
        let words = state.lookup("t");
        let words = words.as_ref().and_then(|words| words.downcast_object_ref::<Words>());
        let language = part(it, "language")?;
        let said = words.and_then(|it| it.say("untranslated", &[("language", language)]).ok());
        write!(out, r#"<p class="untranslated">{}</p>"#, escape(&said.unwrap_or_default()))?;
    }
    out.push_str(r#"<div class="prose""#);
    lang(out, it)?;
    write!(out, ">{}</div>", html(it, "html")?)?;
    Ok(())
}

/// What a part consists of, by name.
fn part(it: &Value, name: &str) -> Result<Value, Error> {
    let found = it.get_attr(name)?;
    if found.is_undefined() || found.is_none() {
        let detail = format!("this needs a value that has `{name}`");
        return Err(Error::new(ErrorKind::UndefinedError, detail));
    }
    Ok(found)
}

/// A text that is escaped where it is written.
struct Text(Value);

impl Text {
    fn is_empty(&self) -> bool {
        self.0.as_str().is_none_or(str::is_empty)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(self.0.as_str().unwrap_or_default()).fmt(out)
    }
}

fn text(it: &Value, name: &str) -> Result<Text, Error> {
    part(it, name).map(Text)
}

fn html(it: &Value, name: &str) -> Result<Value, Error> {
    let found = part(it, name)?;
    let is_no_markup = || Error::new(ErrorKind::InvalidOperation, format!("`{name}` is no markup"));
    markup_of(&found).ok_or_else(is_no_markup)
}
