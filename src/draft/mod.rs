//! The file format: what stands in each file of `content/`, as written and not yet judged.
//!
//! Each file is read for itself, in parallel. Whether an agency that is named exists, or whether two
//! files would have one address, is not known here.

mod article;
mod commitment;
mod links;
mod reference;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

pub use article::ArticleDraft;
pub use commitment::{
    AssessmentDraft, CommitmentDraft, ContactDraft, EvidenceDraft, LocationDraft, MilestoneDraft,
    UpdateDraft, WithdrawalDraft,
};
pub use reference::{ActionPlanDraft, AgencyDraft, ReportDraft};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Translated};
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

/// What a file is, by its path.
enum FileKind<'p> {
    Plan(&'p str),
    Agency(&'p str),
    Report(&'p str),
    Commitment(&'p str, &'p str),
    Article(&'p str, Option<&'p str>),
    /// The editors' guide, and files that other modules read: `site.toml`, the theme.
    NotContent,
}

/// A file after parsing.
#[derive(Clone)]
struct ParsedFile {
    content: FileContent,
    diagnostics: Diagnostics,
}

#[derive(Clone)]
enum FileContent {
    /// Nothing that the portal shows.
    Nothing,
    /// A file of an article, which has one for each language.
    Article { name: String, language: Option<String> },
    /// The id that the path declares, and the draft if the file has no syntax errors.
    Draft(DeclaredId, Option<Box<Draft>>),
}

#[derive(Clone)]
enum Draft {
    Plan(ActionPlanDraft),
    Agency(AgencyDraft),
    Report(ReportDraft),
    /// Shared with the cache, if there is one.
    Commitment(Arc<CommitmentDraft>),
}

/// The id of something that has a file.
#[derive(Clone)]
enum DeclaredId {
    Plan(PlanId),
    Agency(AgencyId),
    Report(ReportId),
    Commitment(CommitmentId),
}

/// The parsed files of the last call of [`read`], by path. A file is parsed again if its text, its
/// position in the list of files or the site's languages changed.
#[derive(Default)]
pub struct DraftCache {
    languages: Vec<LanguageCode>,
    files: HashMap<String, CachedFile>,
}

struct CachedFile {
    id: SourceId,
    source: Arc<Source>,
    parsed: ParsedFile,
}

impl DraftCache {
    fn parse_all(&mut self, sources: &Sources, languages: &[LanguageCode]) -> Vec<ParsedFile> {
        if self.languages != languages {
            self.files.clear();
            self.languages = languages.to_vec();
        }
        let last = std::mem::take(&mut self.files);
        let texts: Vec<(SourceId, &Arc<Source>)> = sources.texts().collect();
        let files: Vec<(String, CachedFile)> = texts
            .into_par_iter()
            .map(|(id, source)| {
                let is_hit = |file: &&CachedFile| file.id == id && file.source.text == source.text;
                let hit = last.get(&source.path).filter(is_hit).map(|file| file.parsed.clone());
                let parsed = hit.unwrap_or_else(|| parse_file(id, source, languages));
                (source.path.clone(), CachedFile { id, source: Arc::clone(source), parsed })
            })
            .collect();
        let parsed = files.iter().map(|(_, file)| file.parsed.clone()).collect();
        self.files = files.into_iter().collect();
        parsed
    }
}

/// Reads every file of `content/`. The first of `languages` is the site's default. With a `cache`,
/// only files that changed since the last call are parsed.
pub fn read(
    sources: &Sources,
    languages: &[LanguageCode],
    cache: Option<&mut DraftCache>,
    diagnostics: &mut Diagnostics,
) -> Drafts {
    let texts: Vec<(SourceId, &Arc<Source>)> = sources.texts().collect();
    let parsed: Vec<ParsedFile> = match cache {
        Some(cache) => cache.parse_all(sources, languages),
        None => texts.par_iter().map(|(id, source)| parse_file(*id, source, languages)).collect(),
    };
    let mut drafts = Drafts::default();
    let mut articles = Vec::new();
    for (file, (id, source)) in parsed.into_iter().zip(texts) {
        diagnostics.append(file.diagnostics);
        match file.content {
            FileContent::Nothing => {}
            FileContent::Article { name, language } => {
                drafts.declared.articles.push(ArticleId::new(&name));
                articles.push((id, source, name, language));
            }
            FileContent::Draft(id, draft) => {
                drafts.declared.add(&id);
                drafts.extend(draft.map(|draft| *draft));
            }
        }
    }
    drafts.files = read_attachments(sources, diagnostics);
    drafts.articles = article::read(&articles, languages, diagnostics);
    drafts
}

/// The files of `content/files/`; everything else that is not text is in the wrong place.
fn read_attachments(sources: &Sources, diagnostics: &mut Diagnostics) -> Vec<File> {
    let mut files = Vec::new();
    for attachment in sources.attachments() {
        match attachment.path.strip_prefix("content/") {
            Some(path) if path.starts_with("files/") => {
                if is_active(path) {
                    diagnostics.add(problems::active_file(&attachment.path));
                }
                files.push(File { path: path.to_owned(), size: attachment.size });
            }
            Some(path) => {
                let parts: Vec<&str> = path.split('/').collect();
                diagnostics.add(problems::wrong_place(&attachment.path, advice(&parts)));
            }
            None => {}
        }
    }
    files
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
fn kind_of(path: &str) -> Result<FileKind<'_>, Diagnostic> {
    let Some(inner) = path.strip_prefix("content/") else { return Ok(FileKind::NotContent) };
    let parts: Vec<&str> = inner.split('/').collect();
    let (kind, names) = match parts.as_slice() {
        // A file that cannot be read stands among the texts, and was told.
        ["README.md"] | ["files", ..] => return Ok(FileKind::NotContent),
        ["action-plans", file] => {
            file.strip_suffix(".toml").map(|name| (FileKind::Plan(name), vec![name]))
        }
        ["agencies", file] => {
            file.strip_suffix(".toml").map(|name| (FileKind::Agency(name), vec![name]))
        }
        ["reports", file] => {
            file.strip_suffix(".toml").map(|name| (FileKind::Report(name), vec![name]))
        }
        ["commitments", plan, file] => file
            .strip_suffix(".toml")
            .map(|name| (FileKind::Commitment(plan, name), vec![*plan, name])),
        ["articles", file] => file.strip_suffix(".md").map(|stem| match stem.split_once('.') {
            Some((name, language)) => (FileKind::Article(name, Some(language)), vec![name]),
            None => (FileKind::Article(stem, None), vec![stem]),
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

fn parse_file(id: SourceId, file: &Source, languages: &[LanguageCode]) -> ParsedFile {
    let without_problems = |content| ParsedFile { content, diagnostics: Diagnostics::default() };
    let kind = match kind_of(&file.path) {
        Ok(FileKind::NotContent) => return without_problems(FileContent::Nothing),
        Ok(FileKind::Article(name, language)) => {
            let (name, language) = (name.to_owned(), language.map(str::to_owned));
            return without_problems(FileContent::Article { name, language });
        }
        Ok(kind) => kind,
        Err(problem) => {
            let mut file_without_content = without_problems(FileContent::Nothing);
            // An unreadable file is reported already.
            if file.is_readable {
                file_without_content.diagnostics.add(problem);
            }
            return file_without_content;
        }
    };
    let (draft, diagnostics) = match Document::parse(id, file) {
        Ok(document) => {
            let mut found = Diagnostics::default();
            let draft = read_draft(&document, file, &kind, languages, &mut found);
            found.append(document.into_diagnostics());
            (Some(Box::new(draft)), found)
        }
        Err(diagnostics) => (None, diagnostics),
    };
    ParsedFile { content: FileContent::Draft(kind.id(), draft), diagnostics }
}

fn read_draft(
    document: &Document<'_>,
    file: &Source,
    kind: &FileKind<'_>,
    languages: &[LanguageCode],
    diagnostics: &mut Diagnostics,
) -> Draft {
    let root = |what| Translated::new(document.root(what), languages);
    let path = || file.path.clone();
    match kind {
        FileKind::Plan(name) => {
            Draft::Plan(reference::read_plan(PlanId::new(name), path(), root("the action plan")))
        }
        FileKind::Agency(name) => {
            Draft::Agency(reference::read_agency(AgencyId::new(name), path(), root("the agency")))
        }
        FileKind::Report(name) => {
            let id = ReportId::new(name);
            Draft::Report(reference::read_report(id, path(), root("the report"), diagnostics))
        }
        FileKind::Commitment(plan, number) => {
            let id = CommitmentId::new(PlanId::new(plan), number);
            let draft = commitment::read(id, root("the commitment"), diagnostics);
            Draft::Commitment(Arc::new(draft))
        }
        FileKind::Article(..) | FileKind::NotContent => unreachable!("not a TOML file"),
    }
}

impl FileKind<'_> {
    fn id(&self) -> DeclaredId {
        match self {
            FileKind::Plan(name) => DeclaredId::Plan(PlanId::new(name)),
            FileKind::Agency(name) => DeclaredId::Agency(AgencyId::new(name)),
            FileKind::Report(name) => DeclaredId::Report(ReportId::new(name)),
            FileKind::Commitment(plan, number) => {
                DeclaredId::Commitment(CommitmentId::new(PlanId::new(plan), number))
            }
            FileKind::Article(..) | FileKind::NotContent => unreachable!("not a TOML file"),
        }
    }
}

impl Declared {
    fn add(&mut self, id: &DeclaredId) {
        match id {
            DeclaredId::Plan(id) => self.plans.push(id.clone()),
            DeclaredId::Agency(id) => self.agencies.push(id.clone()),
            DeclaredId::Report(id) => self.reports.push(id.clone()),
            DeclaredId::Commitment(id) => self.commitments.push(id.clone()),
        }
    }
}
