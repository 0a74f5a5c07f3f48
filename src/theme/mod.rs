//! Templates (minijinja): a template and a view give a page.
//!
//! Templates come from the theme and read only the view and the interface texts. Everything except
//! our own markup is escaped; an undefined name is an error; a template that needs too much work or
//! memory is refused or stopped. This module does not know which pages or views exist.

mod assets;
mod functions;
mod limits;
mod literals;
mod messages;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, ValueKind};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, context,
    escape_formatter,
};
use serde::Serialize;

use crate::diagnostic::{Diagnostics, SourceLocation};
use crate::html::write_escaped;
use crate::language::Language;
use crate::model::LanguageCode;
use crate::problems::{self, templates};
use crate::source::{Source, SourceId, Span};
use crate::stylesheet;
use crate::theme_files::{ThemeFiles, built_in};
use assets::{AssetFunction, Assets};
use messages::MessageFunction;
use value::markup_of;

/// The most work for a page of the default theme: instructions, and one for each 64 bytes of text.
const BUILT_IN_FUEL: u64 = 20_000_000;

/// The most work for a page if the site has templates of its own: 25 times the largest page of a site
/// with 3,000 commitments. It also limits the texts of a page to 64 MB.
const FUEL: u64 = 1_000_000;

/// The most work for all pages together, and for each page on average, of templates of the site: a few
/// seconds.
const TOTAL_FUEL: u64 = 20_000_000;
const MEAN_FUEL: u64 = 50_000;

/// The largest size of all templates together, in bytes.
const MAX_TOTAL_SIZE: usize = 1 << 20;

/// Filters that can use much more memory or time than the engine counts, and filters that build lists.
const REMOVED_FILTERS: [&str; 26] = [
    "attr",
    "batch",
    "chain",
    "dictsort",
    "format",
    "groupby",
    "indent",
    "items",
    "join",
    "lines",
    "list",
    "map",
    "max",
    "min",
    "pprint",
    "reject",
    "rejectattr",
    "reverse",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "sum",
    "unique",
    "zip",
];

/// Tests that compare or search texts and lists of any size. The engine does not count that work.
const REMOVED_TESTS: [&str; 24] = [
    "==",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "divisibleby",
    "endingwith",
    "eq",
    "equalto",
    "ge",
    "greaterthan",
    "gt",
    "in",
    "le",
    "lessthan",
    "lower",
    "lt",
    "ne",
    "sameas",
    "startingwith",
    "upper",
    "filter",
    "test",
];

/// Functions that build lists, or objects that can contain themselves.
const REMOVED_FUNCTIONS: [&str; 3] = ["debug", "dict", "namespace"];

/// The maximum depth of calls between templates.
const RECURSION_LIMIT: usize = 50;

/// The compiled templates of a theme.
pub struct Theme {
    environment: Environment<'static>,
    files: ThemeFiles,
    /// The function `t` of each language.
    messages: BTreeMap<LanguageCode, Value>,
    assets: Assets,
    /// Whether every template is the default theme's.
    is_built_in: bool,
    /// The work of all pages so far.
    used_fuel: AtomicU64,
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
        let templates = files.in_folder("templates");
        let is_built_in = templates.iter().all(|(name, _, source)| is_default(name, source));
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        let syntax = syntax.expect("the usual delimiters");
        let fuel = if is_built_in { BUILT_IN_FUEL } else { FUEL };
        if !is_built_in && !are_within_limits(&templates, &syntax, diagnostics) {
            return None;
        }
        templates.iter().for_each(|(_, id, source)| report_links(*id, source, diagnostics));
        let mut environment = environment(syntax, fuel);
        let mut errors = Vec::new();
        for (name, _, source) in templates {
            let added = environment.add_template_owned(name.to_owned(), source.text.to_string());
            errors.extend(added.err());
        }
        let messages = |language: &Arc<Language>| {
            (language.code.clone(), Value::from_object(MessageFunction::new(language)))
        };
        let messages = languages.iter().map(messages).collect();
        let (assets, used_fuel) = (assets::assets(&files), AtomicU64::new(0));
        let theme = Theme { environment, files, messages, assets, is_built_in, used_fuel };
        for error in &errors {
            let failure = theme.failure(error);
            diagnostics.add(problems::template_syntax(failure.location, &failure.reason));
        }
        errors.is_empty().then_some(theme)
    }

    /// Reports a style sheet of the site's own that has no rules for most classes of the templates. `css`
    /// is the text of all style sheets.
    pub fn check_styles(&self, css: &str, diagnostics: &mut Diagnostics) {
        let main = format!("styles/{}", stylesheet::MAIN);
        let Some((id, sheet)) = self.files.find(&main) else { return };
        if built_in(&main).is_some_and(|default| default.text == sheet.text) {
            return;
        }
        let mut used = BTreeSet::new();
        for (_, _, template) in self.files.in_folder("templates") {
            used.append(&mut literals::classes(&template.text));
        }
        let styled = literals::classes_of_selectors(css);
        let missing: Vec<&str> =
            used.iter().map(String::as_str).filter(|class| !styled.contains(class)).collect();
        if missing.len() * 2 > used.len() {
            let span = Span::new(id, line_range(&sheet.text, 1));
            diagnostics.add(problems::missing_styles(span, &missing, used.len()));
        }
    }

    /// Renders `view` with a template, in one of the theme's languages. `root` is the address of the
    /// portal's root, relative to the page.
    pub fn render(
        &self,
        template: &str,
        view: &impl Serialize,
        language: &Language,
        root: String,
    ) -> Result<Vec<u8>, TemplateFailure> {
        let messages = &self.messages[&language.code];
        let asset = Value::from_object(AssetFunction { assets: Arc::clone(&self.assets), root });
        let context = context! { view => Value::from(Serde(view)), t => messages, asset => asset };
        let template = self.environment.get_template(template);
        let rendered = template.and_then(|template| template.render_captured(context));
        let captured = rendered.map_err(|error| {
            self.used_fuel.fetch_add(FUEL, Ordering::Relaxed);
            self.failure(&error)
        })?;
        let (used, _) = captured.state().fuel_levels().unwrap_or_default();
        self.used_fuel.fetch_add(used, Ordering::Relaxed);
        Ok(captured.into_output().into_bytes())
    }

    /// The work of all pages that were rendered so far.
    pub fn used_fuel(&self) -> u64 {
        self.used_fuel.load(Ordering::Relaxed)
    }

    /// The most work for a page on average, and for this number of pages together; `None` if there is no
    /// limit, because all templates are the default theme's.
    pub fn fuel_limits(&self, pages: usize) -> Option<(u64, u64)> {
        (!self.is_built_in).then_some((MEAN_FUEL, TOTAL_FUEL + MEAN_FUEL * pages as u64))
    }

    /// The problem that all pages together need too much work. `name` is a template that needs more than
    /// others.
    pub fn too_much_work(&self, name: &str) -> TemplateFailure {
        let path = format!("templates/{name}");
        let location = match self.files.find(&path) {
            Some((id, source)) => SourceLocation::Span(Span::new(id, line_range(&source.text, 1))),
            None => SourceLocation::Path(path),
        };
        TemplateFailure { location, reason: templates::too_much_work(), is_endless: true }
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
                // A range of the template engine can begin or end within a character.
                let start = source.text.floor_char_boundary(range.start);
                let end = source.text.ceil_char_boundary(range.end);
                SourceLocation::Span(Span::new(id, start..end.max(start)))
            }
            None => SourceLocation::Path(path),
        };
        TemplateFailure { location, reason, is_endless }
    }
}

fn environment(syntax: SyntaxConfig, fuel: u64) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(print);
    environment.set_fuel(Some(fuel));
    environment.set_recursion_limit(RECURSION_LIMIT);
    environment.set_syntax(syntax);
    environment.set_debug(true);
    REMOVED_FILTERS.iter().for_each(|name| environment.remove_filter(name));
    REMOVED_TESTS.iter().for_each(|name| environment.remove_test(name));
    REMOVED_FUNCTIONS.iter().for_each(|name| environment.remove_global(name));
    functions::add(&mut environment);
    environment
}

/// Whether a template is the default theme's, unchanged.
fn is_default(name: &str, source: &Source) -> bool {
    built_in(&format!("templates/{name}")).is_some_and(|default| default.text == source.text)
}

/// Reports templates that could use unlimited time, memory or stack.
fn are_within_limits(
    templates: &[(&str, SourceId, &Source)],
    syntax: &SyntaxConfig,
    diagnostics: &mut Diagnostics,
) -> bool {
    let (mut total, mut is_within) = (0, true);
    for (_, id, source) in templates {
        total += source.text.len();
        let excess = match total > MAX_TOTAL_SIZE {
            true => Some((0..0, templates::too_many_bytes(MAX_TOTAL_SIZE))),
            false => limits::excess(&source.text, syntax),
        };
        if let Some((range, reason)) = excess {
            let location = SourceLocation::Span(Span::new(*id, range));
            diagnostics.add(problems::template_syntax(location, &reason));
            is_within = false;
        }
    }
    is_within
}

/// Reports links that begin with `/`: they leave a portal that is in a folder of its host.
fn report_links(id: SourceId, template: &Source, diagnostics: &mut Diagnostics) {
    let text = literals::without_tags(&template.text);
    for (start, value) in ["href", "src"].iter().flat_map(|name| literals::values(&text, name)) {
        if value.starts_with('/') && !value.starts_with("//") {
            let link = literals::before_tag(value);
            let span = Span::new(id, start..start + link.len());
            diagnostics.add(problems::link_from_root(span, link));
        }
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
    if matches!(value.kind(), ValueKind::Seq | ValueKind::Map | ValueKind::Iterable) {
        let detail = templates::not_printable(&value.kind().to_string());
        return Err(Error::new(ErrorKind::InvalidOperation, detail));
    }
    escape_formatter(out, state, value)
}
