//! The file format: what stands in each file of `content/`, as written and not yet judged.
//!
//! Each file is read for itself, in parallel. Whether an agency that is named exists, or whether two
//! files would have one address, is not known here.

mod article;
mod commitment;
mod reference;

use std::sync::Arc;

pub use article::ArticleDraft;
pub use commitment::{
    AssessmentDraft, CommitmentDraft, ContactDraft, EvidenceDraft, EvidenceLocation,
    MilestoneDraft, UpdateDraft, WithdrawalDraft,
};
pub use reference::{ActionPlanDraft, AgencyDraft, ChapterDraft, ReportDraft};

use crate::diagnostic::{Diagnostic, Findings, Problems};
use crate::document::{Document, Translated};
use crate::memory::Memory;
use crate::model::{AgencyId, ArticleId, CommitmentId, File, LanguageCode, PlanId, ReportId};
use crate::problems;
use crate::source::{Source, SourceId, Sources};

/// What the files say.
#[derive(Default)]
pub struct Drafts {
    /// One for each file of `content/action-plans/`.
    pub plans: Vec<ActionPlanDraft>,
    /// One for each file of `content/agencies/`.
    pub agencies: Vec<AgencyDraft>,
    /// One for each file of `content/reports/`.
    pub reports: Vec<ReportDraft>,
    /// One for each file of `content/commitments/`.
    pub commitments: Vec<Arc<CommitmentDraft>>,
    /// One for each article, in all its languages.
    pub articles: Vec<ArticleDraft>,
    /// The files of `content/files/`, in the order of their paths.
    pub files: Vec<File>,
    /// Everything that has a file, also where the file is faulty.
    pub declared: Declared,
}

/// The ids that have a file. A reference to one whose file is faulty is not a second mistake.
#[derive(Default)]
pub struct Declared {
    /// Action plans.
    pub plans: Vec<PlanId>,
    /// Agencies.
    pub agencies: Vec<AgencyId>,
    /// Reports.
    pub reports: Vec<ReportId>,
    /// Commitments.
    pub commitments: Vec<CommitmentId>,
    /// Articles.
    pub articles: Vec<ArticleId>,
}

/// What a file is, by its place.
enum Kind<'p> {
    Plan(&'p str),
    Agency(&'p str),
    Report(&'p str),
    Commitment(&'p str, &'p str),
    Article(&'p str, Option<&'p str>),
    /// The editors' guide, and what belongs to others: `site.toml`, the theme.
    NotContent,
}

/// One file, read.
#[derive(Clone)]
enum Draft {
    Plan(ActionPlanDraft),
    Agency(AgencyDraft),
    Report(ReportDraft),
    Commitment(Arc<CommitmentDraft>),
}

/// What one file gave.
pub struct ReadFile {
    content: FileContent,
    problems: Arc<Findings>,
}

enum FileContent {
    /// Nothing that the portal shows.
    Nothing,
    /// An article, which is put together from several files.
    Article { name: String, language: Option<String> },
    /// What the path promises, and what the file holds if it is sound.
    Draft(Id, Option<Draft>),
}

/// The name of something that has a file.
enum Id {
    Plan(PlanId),
    Agency(AgencyId),
    Report(ReportId),
    Commitment(CommitmentId),
}

/// Reads every file of `content/`. The first of `languages` is the site's default. `memory` holds
/// what the files gave that are the same as last time and at the same places.
pub fn read(
    sources: &Sources,
    languages: &[LanguageCode],
    memory: &mut Memory<Source, Arc<ReadFile>>,
    problems: &mut Problems,
) -> Drafts {
    let mut drafts = Drafts::default();
    let texts: Vec<(SourceId, &Arc<Source>)> = sources.texts().collect();
    let files: Vec<Arc<Source>> = texts.iter().map(|(_, file)| Arc::clone(file)).collect();
    let read_one =
        |at: usize, file: Arc<Source>| Arc::new(read_file(texts[at].0, &file, languages));
    let mut articles = Vec::new();
    for (read, (id, file)) in memory.make_all(files, read_one).iter().zip(&texts) {
        problems.share(&read.problems);
        match &read.content {
            FileContent::Nothing => {}
            FileContent::Article { name, language } => {
                drafts.declared.articles.push(ArticleId::new(name));
                articles.push((*id, *file, name.clone(), language.clone()));
            }
            FileContent::Draft(id, draft) => {
                drafts.declared.add(id);
                drafts.extend(draft.clone());
            }
        }
    }
    for attachment in sources.attachments() {
        match attachment.path.strip_prefix("content/") {
            Some(path) if path.starts_with("files/") => {
                if is_active(path) {
                    problems.add(problems::active_file(&attachment.path));
                }
                drafts.files.push(File { path: path.to_owned(), size: attachment.size });
            }
            Some(path) => {
                let parts: Vec<&str> = path.split('/').collect();
                problems.add(problems::wrong_place(&attachment.path, advice(&parts)));
            }
            None => {}
        }
    }
    drafts.articles = article::read(&articles, languages, problems);
    drafts
}

impl Drafts {
    fn extend(&mut self, draft: Option<Draft>) {
        match draft {
            Some(Draft::Plan(plan)) => self.plans.push(plan),
            Some(Draft::Agency(agency)) => self.agencies.push(agency),
            Some(Draft::Report(report)) => self.reports.push(report),
            Some(Draft::Commitment(commitment)) => self.commitments.push(commitment),
            None => {}
        }
    }
}

const ADVICE: &str = "commitments go to `content/commitments/<plan>/<number>.toml`; agencies, \
    reports and action plans to the folders of those names; articles to `content/articles/` as \
    `.md`; everything else to `content/files/`";

/// What to do with a file that is at no place the portal knows, by the parts of its path below
/// `content/`.
fn advice(parts: &[&str]) -> &'static str {
    match parts {
        ["action-plans" | "agencies" | "reports", _] | ["commitments", _, _] => {
            "file names in this folder must end in `.toml`: rename the file, or move it to \
             `content/files/`"
        }
        ["articles", _] => {
            "the file name of an article must end in `.md`: rename the file, or move it to \
             `content/files/`"
        }
        ["commitments", _] => {
            "move it to the folder of its action plan: `content/commitments/<plan>/<number>.toml`"
        }
        _ => ADVICE,
    }
}

/// What the file at `path` is; or what is wrong with its place or name.
fn kind_of(path: &str) -> Result<Kind<'_>, Diagnostic> {
    let Some(inner) = path.strip_prefix("content/") else { return Ok(Kind::NotContent) };
    let parts: Vec<&str> = inner.split('/').collect();
    let (kind, names) = match parts.as_slice() {
        // A file that cannot be read stands among the texts, and was told.
        ["README.md"] | ["files", ..] => return Ok(Kind::NotContent),
        ["action-plans", file] => {
            file.strip_suffix(".toml").map(|name| (Kind::Plan(name), vec![name]))
        }
        ["agencies", file] => {
            file.strip_suffix(".toml").map(|name| (Kind::Agency(name), vec![name]))
        }
        ["reports", file] => {
            file.strip_suffix(".toml").map(|name| (Kind::Report(name), vec![name]))
        }
        ["commitments", plan, file] => {
            file.strip_suffix(".toml").map(|name| (Kind::Commitment(plan, name), vec![*plan, name]))
        }
        ["articles", file] => file.strip_suffix(".md").map(|stem| match stem.split_once('.') {
            Some((name, language)) => (Kind::Article(name, Some(language)), vec![name]),
            None => (Kind::Article(stem, None), vec![stem]),
        }),
        _ => None,
    }
    .ok_or_else(|| problems::wrong_place(path, advice(&parts)))?;
    match names.iter().find(|name| !is_usable_name(name)) {
        Some(name) => Err(problems::unusable_name(path, name)),
        None => Ok(kind),
    }
}

/// Whether browsers run a file of this name, or servers do: content is data.
fn is_active(path: &str) -> bool {
    const ENDINGS: [&str; 20] = [
        "asp", "cgi", "hta", "htm", "html", "js", "jsp", "mht", "mhtml", "mjs", "php", "phtml",
        "shtml", "svg", "svgz", "swf", "xht", "xhtml", "xml", "xsl",
    ];
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|active| ending.eq_ignore_ascii_case(active))
}

/// Whether a name can be a part of an address on every host: no letters that have to be escaped,
/// nothing that a file system treats in a special way.
pub fn is_usable_name(name: &str) -> bool {
    // What Windows keeps for devices, and what stands in each page's folder.
    const TAKEN: [&str; 8] =
        ["con", "prn", "aux", "nul", "com1", "lpt1", "index.html", "index.json"];
    name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && !name.ends_with('.')
        && name.len() <= 100
        && name.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '.' | '_'))
        && !TAKEN.iter().any(|taken| name.eq_ignore_ascii_case(taken))
}

fn read_file(id: SourceId, file: &Source, languages: &[LanguageCode]) -> ReadFile {
    let nothing = |problems: Problems| ReadFile {
        content: FileContent::Nothing,
        problems: Arc::new(problems.into_findings()),
    };
    let kind = match kind_of(&file.path) {
        Ok(Kind::NotContent) => return nothing(Problems::default()),
        Ok(Kind::Article(name, language)) => {
            let (name, language) = (name.to_owned(), language.map(str::to_owned));
            let content = FileContent::Article { name, language };
            return ReadFile { content, ..nothing(Problems::default()) };
        }
        Ok(kind) => kind,
        Err(problem) => {
            let mut problems = Problems::default();
            // One that is no text at all was told.
            if file.is_sound {
                problems.add(problem);
            }
            return nothing(problems);
        }
    };
    let (draft, problems) = match Document::parse(id, file) {
        Ok(document) => {
            let draft = read_draft(&document, file, &kind, languages);
            (Some(draft), document.into_problems())
        }
        Err(problems) => (None, problems),
    };
    ReadFile {
        content: FileContent::Draft(kind.id(), draft),
        problems: Arc::new(problems.into_findings()),
    }
}

fn read_draft(
    document: &Document<'_>,
    file: &Source,
    kind: &Kind<'_>,
    languages: &[LanguageCode],
) -> Draft {
    let root = |what| Translated::new(document.root(what), languages);
    let path = || file.path.clone();
    match kind {
        Kind::Plan(name) => {
            Draft::Plan(reference::read_plan(PlanId::new(name), path(), root("the action plan")))
        }
        Kind::Agency(name) => {
            Draft::Agency(reference::read_agency(AgencyId::new(name), path(), root("the agency")))
        }
        Kind::Report(name) => {
            Draft::Report(reference::read_report(ReportId::new(name), path(), root("the report")))
        }
        Kind::Commitment(plan, number) => {
            let id = CommitmentId::new(PlanId::new(plan), number);
            Draft::Commitment(Arc::new(commitment::read(id, root("the commitment"))))
        }
        Kind::Article(..) | Kind::NotContent => unreachable!("not a TOML file"),
    }
}

impl Kind<'_> {
    fn id(&self) -> Id {
        match self {
            Kind::Plan(name) => Id::Plan(PlanId::new(name)),
            Kind::Agency(name) => Id::Agency(AgencyId::new(name)),
            Kind::Report(name) => Id::Report(ReportId::new(name)),
            Kind::Commitment(plan, number) => {
                Id::Commitment(CommitmentId::new(PlanId::new(plan), number))
            }
            Kind::Article(..) | Kind::NotContent => unreachable!("not a TOML file"),
        }
    }
}

impl Declared {
    fn add(&mut self, id: &Id) {
        match id {
            Id::Plan(id) => self.plans.push(id.clone()),
            Id::Agency(id) => self.agencies.push(id.clone()),
            Id::Report(id) => self.reports.push(id.clone()),
            Id::Commitment(id) => self.commitments.push(id.clone()),
        }
    }
}
