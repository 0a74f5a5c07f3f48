//! Templates (minijinja): a template and a view give a page.
//!
//! Templates come from the theme and read only the view and the interface texts. Everything except
//! our own markup is escaped; an undefined name is an error; a template that does not end is
//! stopped. This module does not know which pages or views exist.

mod functions;
mod messages;
mod value;

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, context,
    escape_formatter,
};
use serde::Serialize;

use crate::diagnostic::{Diagnostics, SourceLocation};
use crate::html::write_escaped;
use crate::language::Language;
use crate::model::LanguageCode;
use crate::problems;
use crate::source::Span;
use crate::theme_files::ThemeFiles;
use messages::MessageFunction;
use value::markup_of;

/// The largest number of instructions that a page may execute: about a hundred times as many as the
/// largest page of the default theme needs.
const FUEL: u64 = 20_000_000;

/// The maximum depth of calls between templates.
const RECURSION_LIMIT: usize = 50;

/// The compiled templates of a theme.
pub struct Theme {
    environment: Environment<'static>,
    files: ThemeFiles,
    /// The function `t` of each language.
    messages: BTreeMap<LanguageCode, Value>,
}

/// Why a page could not be rendered.
#[derive(Debug)]
pub struct TemplateFailure {
    pub location: SourceLocation,
    /// The message of the template engine.
    pub reason: String,
    /// Whether the template was stopped because it did not end.
    pub is_endless: bool,
}

impl Theme {
    /// Compiles the templates of the theme, for pages in these languages. `None` if a template has
    /// a syntax error.
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
        functions::add(&mut environment);
        let mut errors = Vec::new();
        for (name, _, source) in files.in_folder("templates") {
            let added = environment.add_template_owned(name.to_owned(), source.text.to_string());
            errors.extend(added.err());
        }
        let messages = |language: &Arc<Language>| {
            (language.code.clone(), Value::from_object(MessageFunction::new(language)))
        };
        let theme =
            Theme { environment, files, messages: languages.iter().map(messages).collect() };
        for error in &errors {
            let failure = theme.failure(error);
            diagnostics.add(problems::template_syntax(failure.location, &failure.reason));
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
        let messages = &self.messages[&language.code];
        let context = context! { view => Value::from(Serde(view)), t => messages };
        let template = self.environment.get_template(template);
        let rendered = template.and_then(|template| template.render(context));
        rendered.map(String::into_bytes).map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &Error) -> TemplateFailure {
        // The innermost error names the line that must be fixed.
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

/// Prints our own markup unchanged, and escapes everything else.
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
