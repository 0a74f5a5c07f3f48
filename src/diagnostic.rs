//! Something to tell the editor, as a value.
//!
//! A [`Diagnostic`] says what is wrong and where; [`Problems`] collects them while the stages go on.
//! The module contains no wording (that is `problems`) and prints nothing (that is `emit`).

use std::sync::Arc;

use crate::source::{Sources, Span};

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The published page would be wrong or missing.
    Error,
    /// The published page would be true but poor.
    Warning,
}

/// The stable name of a kind of problem, as in `unknown-agency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// What a problem is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A piece of a text file.
    Span(Span),
    /// A whole file or folder, by its path below the site folder.
    Path(String),
}

/// A second place that explains the first: "first used here".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// What is to be seen there.
    pub text: String,
}

/// One problem: what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: Code,
    /// Whether it keeps the portal from being published.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// The thing, and what is wrong with it.
    pub message: String,
    /// What is allowed, and the one action that mends it.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// Adds what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a second place.
    pub fn see(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Related { span, text: text.into() });
        self
    }
}

/// The problems found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    found: Vec<Diagnostic>,
    /// Those of things that are kept together with their problems.
    shared: Vec<Arc<[Diagnostic]>>,
}

impl Problems {
    /// Adds one problem.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds all the problems of another stage.
    pub fn append(&mut self, other: Problems) {
        self.found.extend(other.found);
        self.shared.extend(other.shared);
    }

    /// Adds the problems of something that keeps them too.
    pub fn share(&mut self, found: &Arc<[Diagnostic]>) {
        if !found.is_empty() {
            self.shared.push(Arc::clone(found));
        }
    }

    /// Whether anything keeps the portal from being published.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// How many were found.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.shared.is_empty()
    }

    /// How many there are of `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|problem| problem.severity == severity).count()
    }

    /// All problems, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter().chain(self.shared.iter().flat_map(|shared| shared.iter()))
    }

    /// All problems by path and place, each once.
    pub fn into_sorted(self, sources: &Sources) -> Vec<Diagnostic> {
        let Problems { mut found, shared } = self;
        found.extend(shared.iter().flat_map(|shared| shared.iter().cloned()));
        found.sort_by(|a, b| sort_key(a, sources).cmp(&sort_key(b, sources)));
        found.dedup();
        found
    }
}

/// Those found, to be kept together with what they were found in.
impl From<Problems> for Arc<[Diagnostic]> {
    fn from(problems: Problems) -> Self {
        let Problems { mut found, shared } = problems;
        found.extend(shared.iter().flat_map(|shared| shared.iter().cloned()));
        found.into()
    }
}

fn sort_key<'a>(
    problem: &'a Diagnostic,
    sources: &'a Sources,
) -> (&'a str, u32, u32, Code, &'a str) {
    let (path, start, end) = match &problem.place {
        Place::Span(span) => (sources.get(span.source).path.as_str(), span.start, span.end),
        Place::Path(path) => (path.as_str(), 0, 0),
    };
    (path, start, end, problem.code, &problem.message)
}
