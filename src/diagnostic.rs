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
    found: Findings,
    /// Those of things that are kept together with their problems.
    shared: Vec<Arc<Findings>>,
    /// Warnings are counted, and nobody is told more of them.
    keeps_errors_only: bool,
}

/// The problems of one thing, to be kept together with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    kept: Vec<Diagnostic>,
    /// Warnings that were not kept.
    counted: usize,
}

impl Problems {
    /// For those who tell errors only: of a large site, warnings may take more room than all it says.
    pub fn of_errors() -> Self {
        Problems { keeps_errors_only: true, ..Problems::default() }
    }

    /// An empty list that keeps the same kinds.
    pub fn none_yet(&self) -> Self {
        Problems { keeps_errors_only: self.keeps_errors_only, ..Problems::default() }
    }

    /// Adds one problem.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        match diagnostic.severity {
            Severity::Warning if self.keeps_errors_only => self.found.counted += 1,
            _ => self.found.kept.push(diagnostic),
        }
    }

    /// Adds all the problems of another stage.
    pub fn append(&mut self, other: Problems) {
        self.found.counted += other.found.counted;
        other.found.kept.into_iter().for_each(|diagnostic| self.add(diagnostic));
        other.shared.iter().for_each(|found| self.share(found));
    }

    /// Adds the problems of something that keeps them too.
    pub fn share(&mut self, found: &Arc<Findings>) {
        if self.keeps_errors_only {
            self.found.counted += found.counted;
            found.kept.iter().for_each(|diagnostic| self.add(diagnostic.clone()));
        } else if **found != Findings::default() {
            self.shared.push(Arc::clone(found));
        }
    }

    /// Whether anything keeps the portal from being published.
    pub fn has_errors(&self) -> bool {
        self.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// How many were found.
    pub fn len(&self) -> usize {
        self.iter().count() + self.counted()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        let is_warning = |problem: &&Diagnostic| problem.severity == Severity::Warning;
        self.iter().filter(is_warning).count() + self.counted()
    }

    /// All problems that are kept, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings().flat_map(|found| &found.kept)
    }

    /// All problems that are kept, by path and place, each once.
    pub fn into_sorted(self, sources: &Sources) -> Vec<Diagnostic> {
        let mut found = self.into_findings().kept;
        found.sort_by(|a, b| sort_key(a, sources).cmp(&sort_key(b, sources)));
        found.dedup();
        found
    }

    /// Those found, to be kept together with what they were found in.
    pub fn into_findings(self) -> Findings {
        let counted = self.counted();
        let Problems { found: Findings { mut kept, .. }, shared, .. } = self;
        kept.extend(shared.iter().flat_map(|found| &found.kept).cloned());
        // There may be as many as commitments.
        kept.shrink_to_fit();
        Findings { kept, counted }
    }

    fn counted(&self) -> usize {
        self.findings().map(|found| found.counted).sum()
    }

    fn findings(&self) -> impl Iterator<Item = &Findings> {
        std::iter::once(&self.found).chain(self.shared.iter().map(Arc::as_ref))
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
