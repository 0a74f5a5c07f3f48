//! Templates (minijinja): a view and a template become a page.
//!
//! Templates come from the theme and see nothing but the view they are given. Everything is escaped
//! unless it is markup of our own; what is undefined is a fault; a template that never ends is
//! stopped. Which pages there are is not known here.

mod parts;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Object, Serde, ValueKind, from_args};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, context,
    escape_formatter,
};
use serde::Serialize;

use crate::diagnostic::{Diagnostics, SourceLocation};
use crate::html::{Html, write_escaped};
use crate::language::{Argument, Language};
use crate::model::LanguageCode;
use crate::problems;
use crate::source::Span;
use crate::theme_files::ThemeFiles;

/// How much work a page may cost: some hundred times that of the largest page of our own.
const FUEL: u64 = 20_000_000;

/// How deep templates may call each other.
const RECURSION_LIMIT: usize = 50;

/// The compiled templates of a theme.
pub struct Theme {
    environment: Environment<'static>,
    files: ThemeFiles,
    /// What each language says, by its code.
    words: BTreeMap<LanguageCode, Value>,
}

/// Why a page could not be rendered.
#[derive(Debug)]
pub struct TemplateFailure {
    /// Where in the theme.
    pub location: SourceLocation,
    /// What the template engine says.
    pub reason: String,
    /// Whether it was stopped because it would not end.
    pub is_endless: bool,
}

impl Theme {
    /// Compiles every template of the theme, for pages in these languages. `None` if one has a syntax
    /// error.
    pub fn new(
        files: ThemeFiles,
        languages: &[Arc<Language>],
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut environment = Environment::new();
        environment.set_auto_escape_callback(|_| AutoEscape::Html);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(print);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(RECURSION_LIMIT);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.expect("the usual delimiters"));
        environment.set_debug(true);
        parts::add(&mut environment);
        let mut errors = Vec::new();
        for (name, _, source) in files.in_folder("templates") {
            let added = environment.add_template_owned(name.to_owned(), source.text.to_string());
            errors.extend(added.err());
        }
        let words = |it: &Arc<Language>| (it.code.clone(), Value::from_object(Words::new(it)));
        let theme = Theme { environment, files, words: languages.iter().map(words).collect() };
        for error in &errors {
            let fault = theme.fault(error);
            diagnostics.add(problems::template_syntax(fault.location, &fault.reason));
        }
        errors.is_empty().then_some(theme)
    }

    /// Renders `view` with a template, in one of the theme's languages.
    pub fn render(
        &self,
        template: &str,
        view: &impl Serialize,
        language: &Language,
    ) -> Result<Vec<u8>, TemplateFailure> {
        let words = &self.words[&language.code];
        let context = context! { view => Value::from(Serde(view)), t => words };
        let template = self.environment.get_template(template);
        let rendered = template.and_then(|it| it.render(context));
        rendered.map(String::into_bytes).map_err(|error| self.fault(&error))
    }

    fn fault(&self, error: &Error) -> TemplateFailure {
        // The innermost error is the one that names the line to mend.
        let mut innermost = error;
        let mut source = std::error::Error::source(error);
        while let Some(inner) = source {
            if let Some(inner) = inner.downcast_ref::<Error>()
                && inner.name().is_some()
            {
                innermost = inner;
            }
            source = inner.source();
        }
        let reason = match innermost.detail() {
            Some(detail) => detail.to_owned(),
            None => innermost.kind().to_string(),
        };
        let is_endless = innermost.kind() == ErrorKind::OutOfFuel;
        let name = innermost.name().unwrap_or_default();
        let path = format!("templates/{name}");
        let location = match self.files.find(&path) {
            Some((id, source)) => {
                let range = innermost.range().unwrap_or_else(|| {
                    let line = innermost.line().unwrap_or(1);
                    line_range(&source.text, line)
                });
                let end = range.end.min(source.text.len());
                SourceLocation::Span(Span::new(id, range.start.min(end)..end))
            }
            None => SourceLocation::Path(path),
        };
        TemplateFailure { location, reason, is_endless }
    }
}

fn line_range(text: &str, line: usize) -> std::ops::Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let length = text[start..].lines().next().map_or(0, str::len);
    start..start + length
}

/// Prints markup of our own as it is, and escapes everything else.
fn print(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if let Some(text) = value.as_str() {
        let printed = match value.is_safe() {
            true => out.write_str(text),
            false => write_escaped(out, text),
        };
        return printed.map_err(Error::from);
    }
    if let Some(markup) = markup_of(value) {
        return out.write_str(markup.as_str().unwrap_or_default()).map_err(Error::from);
    }
    escape_formatter(out, state, value)
}

/// The markup that a value is, where it is markup of our own.
fn markup_of(value: &Value) -> Option<Value> {
    let is_map = value.kind() == ValueKind::Map;
    is_map.then(|| value.get_attr(Html::KEY).ok()).flatten().filter(|it| it.as_str().is_some())
}

/// `t("key", count=3)`: the portal's own words in the page's language.
struct Words {
    language: Arc<Language>,
    /// What is said in the same words each time, which is most of it.
    plain: HashMap<String, Value>,
}

impl fmt::Debug for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "words of {}", self.language.code)
    }
}

impl Object for Words {
    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        if let [key] = args
            && let Some(said) = key.as_str().and_then(|key| self.plain.get(key))
        {
            return Ok(said.clone());
        }
        let (key, named): (&str, Kwargs) = from_args(args)?;
        let mut values = Vec::new();
        for name in named.args() {
            values.push((name, named.get::<Value>(name)?));
        }
        self.message(key, &values).map(Value::from)
    }
}

impl Words {
    fn new(language: &Arc<Language>) -> Self {
        let plain = language.plain().map(|(key, said)| (key.to_owned(), Value::from(said)));
        Words { language: Arc::clone(language), plain: plain.collect() }
    }

    fn message(&self, key: &str, values: &[(&str, Value)]) -> Result<String, Error> {
        let arguments: Vec<(&str, Argument<'_>)> = values
            .iter()
            .map(|(name, value)| match (value.as_str(), value.as_usize()) {
                (Some(text), _) => Ok((*name, Argument::Text(text))),
                (None, Some(number)) => Ok((*name, Argument::Number(number))),
                (None, None) => Err(Error::new(
                    ErrorKind::InvalidOperation,
                    format!("`{name}` must be text or a whole number"),
                )),
            })
            .collect::<Result<_, _>>()?;
        self.language.try_message(key, &arguments).ok_or_else(|| {
            let detail = format!("the language file has no message `{key}` with these arguments");
            Error::new(ErrorKind::InvalidOperation, detail)
        })
    }
}
