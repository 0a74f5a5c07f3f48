//! What Milepost reports to the editor, as values.
//!
//! A [`Diagnostic`] says what is wrong and where. [`Diagnostics`] collects them while the stages of
//! the pipeline continue. This module contains no wording (see `problems`) and prints nothing (see
//! `emit`).

use std::borrow::Cow;

use strum::{IntoStaticStr, VariantArray};

use crate::source::{Sources, Span};

/// Whether a diagnostic prevents publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The published page would be wrong or missing.
    Error,
    /// The published page would be correct but poor.
    Warning,
}

impl Severity {
    /// Returns the name that formats for programs use.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// The kind of a problem. Its name, such as `unknown-agency`, is stable: scripts use it. A new code
/// also needs a section in `problems/explain.md` and a folder in `tests/problems/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "`problems/explain.md` explains each code")]
pub enum Code {
    AbolishedAgency,
    ActiveFile,
    AddressClash,
    AgencyAsPartner,
    AliasTaken,
    AmbiguousNumber,
    Backslash,
    BrokenAnchor,
    BrokenEntry,
    BrokenHeader,
    BrokenLink,
    BrokenTable,
    Colon,
    ControlCharacter,
    DashedList,
    DateForm,
    DeadlinesDiffer,
    Duplicate,
    DuplicateKey,
    EditAddress,
    EmptySite,
    EmptyText,
    EndBeforeStart,
    FileTooLarge,
    ForbiddenLink,
    GoneLink,
    HiddenFile,
    Image,
    ImplausibleDate,
    ImpossibleDate,
    LargeFile,
    LeftOverFile,
    LevelsDiffer,
    LineBreak,
    LinkFromRoot,
    ListNumbers,
    ListTooLong,
    LowContrast,
    MergeConflict,
    MergedInACircle,
    MisplacedKey,
    MissingComma,
    MissingFile,
    MissingHeader,
    MissingKey,
    MissingPhrases,
    MissingQuotes,
    MissingStyles,
    MissingValue,
    MovedLink,
    NestedTooDeep,
    NoArchive,
    NoChallenges,
    NoEmptyLine,
    NoEvidence,
    NoKey,
    NoLocaleData,
    NoResults,
    NoShareImage,
    NoTitle,
    NoWords,
    NoWordsForLanguage,
    NotAColour,
    NotACountry,
    NotADate,
    NotAFont,
    NotALanguage,
    NotARegularFile,
    NotAnAddress,
    NotEarlier,
    NotTranslated,
    NotUtf8,
    OddKey,
    OddSpace,
    OneOfTwoKeys,
    OutOfRange,
    PageTooLarge,
    PagesAddress,
    PasswordInAddress,
    PersonalPhone,
    PrivateMailbox,
    QuoteInText,
    RawHtml,
    ReservedName,
    SameName,
    SecondTitle,
    SmartQuotes,
    Stale,
    StyleFault,
    StyleOutside,
    Syntax,
    TableWithTabs,
    TemplateFault,
    TemplateSyntax,
    TextTooLong,
    TitleTooLong,
    TooManyFiles,
    TrailingComma,
    TranslationLength,
    TranslationOfNothing,
    TwoOnALine,
    UncertainOrder,
    UnclearLink,
    UnclosedList,
    UnclosedQuote,
    UnclosedText,
    UnfinishedLink,
    UnknownAgency,
    UnknownAssessor,
    UnknownChapter,
    UnknownChoice,
    UnknownCommitment,
    UnknownCompletionLevel,
    UnknownKey,
    UnknownLanguage,
    UnknownMilestone,
    UnknownPlaceholder,
    UnknownPlan,
    UnknownPolicyArea,
    UnknownReport,
    UnknownTheme,
    UnknownValue,
    UnquotedDate,
    UnreadableCharacter,
    UnreadableFile,
    UntranslatedCopy,
    UnusableLogo,
    UnusableName,
    UnusedAssessor,
    #[strum(serialize = "utf-16")]
    Utf16,
    WrongLevel,
    WrongPlace,
    WrongReport,
    WrongType,
}

impl Code {
    /// Returns the name, as in `unknown-agency`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Returns whether problems of this kind prevent publication.
    pub fn severity(self) -> Severity {
        match self {
            Code::AgencyAsPartner
            | Code::AmbiguousNumber
            | Code::BrokenTable
            | Code::EditAddress
            | Code::HiddenFile
            | Code::ImplausibleDate
            | Code::LevelsDiffer
            | Code::ListNumbers
            | Code::LargeFile
            | Code::LowContrast
            | Code::MissingPhrases
            | Code::MissingStyles
            | Code::MovedLink
            | Code::NoArchive
            | Code::NoChallenges
            | Code::NoEmptyLine
            | Code::NoEvidence
            | Code::NoLocaleData
            | Code::NoResults
            | Code::NotTranslated
            | Code::PagesAddress
            | Code::PersonalPhone
            | Code::PrivateMailbox
            | Code::SameName
            | Code::Stale
            | Code::TableWithTabs
            | Code::TextTooLong
            | Code::TitleTooLong
            | Code::NoShareImage
            | Code::NotAFont
            | Code::UncertainOrder
            | Code::UnclearLink
            | Code::UnfinishedLink
            | Code::UnusedAssessor
            | Code::UntranslatedCopy => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Returns the name as a title, such as "Unknown agency".
    pub fn title(self) -> String {
        let mut title = self.name().replace('-', " ");
        for (word, usual) in [("utf 16", "UTF-16"), ("utf8", "UTF-8"), ("html", "HTML")] {
            title = title.replace(word, usual);
        }
        title[..1].make_ascii_uppercase();
        title
    }

    /// Returns every code, sorted by name.
    pub fn all() -> &'static [Code] {
        Code::VARIANTS
    }
}

/// What a diagnostic points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceLocation {
    /// A range of a text file.
    Span(Span),
    /// A whole file or folder, by its path relative to the site folder.
    Path(String),
}

impl SourceLocation {
    /// Returns the path of the file or folder.
    pub fn path<'a>(&'a self, sources: &'a Sources) -> &'a str {
        match self {
            SourceLocation::Span(span) => &sources.get(span.source).path,
            SourceLocation::Path(path) => path,
        }
    }
}

/// A second location that explains the first, as in "first used here".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The second location.
    pub span: Span,
    /// What the location contains, in a few words.
    pub text: String,
}

/// One problem: what is wrong, where, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: Code,
    /// The location of the problem.
    pub location: SourceLocation,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What is allowed, and the action that fixes the problem.
    pub help: Option<Cow<'static, str>>,
    /// Other locations that explain the problem.
    pub related: Vec<Related>,
}

impl Diagnostic {
    /// Creates a diagnostic without a help text and related locations.
    pub fn new(code: Code, location: SourceLocation, message: String) -> Self {
        Diagnostic { code, location, message, help: None, related: Vec::new() }
    }

    /// Whether the problem prevents publication.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    /// Sets the help text.
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a related location; `text` describes what it contains.
    pub fn see(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Related { span, text: text.into() });
        self
    }
}

/// The diagnostics found so far, in no particular order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one diagnostic.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all diagnostics of another stage.
    pub fn append(&mut self, other: Diagnostics) {
        self.0.extend(other.0);
    }

    /// Whether at least one diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Diagnostic::is_error)
    }

    /// Returns the number of diagnostics.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Iterates over the diagnostics in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Sorts the diagnostics by path and position, and removes duplicates.
    pub fn into_sorted(self, sources: &Sources) -> Vec<Diagnostic> {
        let mut sorted = self.0;
        sorted.sort_by(|a, b| sort_key(a, sources).cmp(&sort_key(b, sources)));
        sorted.dedup();
        sorted
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.0.extend(diagnostics);
    }
}

fn sort_key<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a Sources,
) -> (&'a str, u32, u32, Code, &'a str) {
    let path = diagnostic.location.path(sources);
    let (start, end) = match &diagnostic.location {
        SourceLocation::Span(span) => (span.start, span.end),
        SourceLocation::Path(_) => (0, 0),
    };
    (path, start, end, diagnostic.code, &diagnostic.message)
}
