//! Reads each file of `content/` as a draft, which is content before validation.
//!
//! Each file is read independently and in parallel, with the keys that `format` declares. What one
//! file alone can decide about its texts is checked here: Markdown and translations. This module does
//! not know whether a name refers to something that exists or whether two files have the same
//! address; `check` does.

mod article;
mod commitment;
mod reference;
mod texts;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

pub use article::ArticleDraft;
pub use commitment::{
    AssessedMilestoneDraft, AssessmentDraft, CommitmentDraft, ContactDraft, CorrectionDraft,
    EvidenceDraft, IndicatorDraft, IndicatorValueDraft, LocationDraft, MilestoneDraft,
    RescheduleDraft, UpdateDraft, WithdrawalDraft,
};
pub use reference::{
    ActionPlanDraft, AgencyDraft, AssessorDraft, FormerNameDraft, ReportDraft, SuccessionDraft,
};
pub use texts::check as check_texts;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Table};
use crate::format::{Kind, is_device_name, is_harmless, is_host_file, is_left_over};
use crate::model::{
    AgencyId, ArticleId, AssessorId, AssessorKind, CommitmentId, ContentId, ContentIds, File,
    LanguageCode, PlanId, PolicyArea, ReportId, is_published_path,
};
use crate::problems::{self, WrongPlace};
use crate::source::{Source, SourceId, Sources, Spanned};

/// The content of all files of a site, in path order.
#[derive(Default)]
pub struct Drafts {
    pub plans: Vec<ActionPlanDraft>,
    pub agencies: Vec<AgencyDraft>,
    pub assessors: Vec<AssessorDraft>,
    pub reports: Vec<ReportDraft>,
    pub commitments: Vec<Arc<CommitmentDraft>>,
    pub articles: Vec<ArticleDraft>,
    /// The files of `content/files/`.
    pub files: Vec<File>,
    /// The links in Markdown texts, and the addresses of pages of other sites. A link to an address of this
    /// site begins with `/`.
    pub links: Vec<Spanned<String>>,
    /// The ids that have a file, including files with syntax errors. A reference to one of these is
    /// not a second problem. An article appears once for each of its files.
    pub declared: ContentIds,
}

/// The kind and the id that the path of a file declares.
enum FileKind<'p> {
    Plan(&'p str),
    Agency(&'p str),
    Assessor(&'p str),
    Report(&'p str),
    Commitment(&'p str, &'p str),
    Article(&'p str, Option<&'p str>),
    /// A file that this module does not read: the editors' guide, `site.toml` or a file of the
    /// theme.
    NotContent,
}

#[derive(Clone)]
struct ParsedFile {
    content: FileContent,
    /// The links in Markdown texts, and the addresses of pages of other sites.
    links: Vec<Spanned<String>>,
    diagnostics: Diagnostics,
}

#[derive(Clone)]
enum FileContent {
    /// The file is not content, or its path is wrong.
    Nothing,
    /// The path is wrong, and this is most likely the id that is meant.
    Refused(ContentId),
    /// One of the files of an article. They are read later, when all of them are known.
    Article { name: String, language: Option<String> },
    /// The id that the path declares, and the draft if the file has no syntax errors.
    Draft(ContentId, Option<Draft>),
}

#[derive(Clone)]
enum Draft {
    Plan(Box<ActionPlanDraft>),
    Agency(Box<AgencyDraft>),
    Assessor(Box<AssessorDraft>),
    Report(Box<ReportDraft>),
    /// The draft is shared with the cache, if there is one.
    Commitment(Arc<CommitmentDraft>),
}

/// The parsed files of the last call of [`read`]. A file is parsed again if its text, its id or the
/// site's languages changed.
#[derive(Default)]
pub struct DraftCache {
    languages: Vec<LanguageCode>,
    /// By id.
    files: HashMap<SourceId, (Arc<Source>, ParsedFile)>,
}

impl DraftCache {
    fn parse_all(
        &mut self,
        texts: &[(SourceId, &Arc<Source>)],
        languages: &[LanguageCode],
    ) -> Vec<ParsedFile> {
        if self.languages != languages {
            self.files.clear();
            self.languages = languages.to_vec();
        }
        let parse = |&(id, source): &(SourceId, &Arc<Source>)| match self.files.get(&id) {
            Some((cached, parsed)) if cached == source => parsed.clone(),
            _ => parse_file(id, source, languages),
        };
        let parsed: Vec<ParsedFile> = texts.par_iter().map(parse).collect();
        let entries = texts.iter().zip(&parsed);
        let entries =
            entries.map(|((id, source), parsed)| (*id, (Arc::clone(source), parsed.clone())));
        self.files = entries.collect();
        parsed
    }
}

/// Reads every file of `content/`. The first of `languages` is the site's default language. With a
/// `cache`, only files that changed since the last call are parsed.
pub fn read(
    sources: &Sources,
    languages: &[LanguageCode],
    cache: Option<&mut DraftCache>,
    diagnostics: &mut Diagnostics,
) -> Drafts {
    let texts: Vec<(SourceId, &Arc<Source>)> = sources.texts().collect();
    let parsed: Vec<ParsedFile> = match cache {
        Some(cache) => cache.parse_all(&texts, languages),
        None => texts.par_iter().map(|(id, source)| parse_file(*id, source, languages)).collect(),
    };
    let mut drafts = Drafts::default();
    let (mut articles, mut refused) = (Vec::new(), Vec::new());
    for (file, (id, source)) in parsed.into_iter().zip(texts) {
        diagnostics.append(file.diagnostics);
        drafts.links.extend(file.links);
        match file.content {
            FileContent::Nothing => {}
            FileContent::Refused(id) => refused.push(id),
            FileContent::Article { name, language } => {
                drafts.declared.add(ContentId::Article(ArticleId::new(&name)));
                articles.push((id, source, name, language));
            }
            FileContent::Draft(id, draft) => {
                drafts.declared.add(id);
                if let Some(draft) = draft {
                    drafts.add(draft);
                }
            }
        }
    }
    drafts.files = read_attachments(sources, &mut refused, diagnostics);
    for id in refused {
        if !drafts.declared.contains(&id) {
            drafts.declared.add(id);
        }
    }
    drafts.declare_built_in_assessors();
    drafts.declare_policy_areas();
    drafts.articles = article::read(&articles, languages, diagnostics);
    drafts.links.extend(drafts.articles.iter().flat_map(|article| article.links.iter().cloned()));
    drafts
}

/// The size from which a file of `content/files/` is large, in bytes.
const LARGE_FILE_SIZE: u64 = 10_000_000;

/// Returns the files of `content/files/` and `content/root/`. Any other attachment in `content/` is in the
/// wrong place.
fn read_attachments(
    sources: &Sources,
    refused: &mut Vec<ContentId>,
    diagnostics: &mut Diagnostics,
) -> Vec<File> {
    let mut files = Vec::new();
    for attachment in sources.attachments() {
        match attachment.path.strip_prefix("content/") {
            Some(path) if is_published_path(path) => {
                let name = path.rsplit('/').next().unwrap_or(path);
                // A logo is checked where it is drawn.
                let is_logo = sources.content(&attachment.path).is_some();
                if path.split('/').any(is_left_over) {
                    diagnostics.add(problems::left_over_file(&attachment.path));
                } else if !is_harmless(name) && !is_host_file(path) && !is_logo {
                    diagnostics.add(problems::active_file(&attachment.path));
                } else if attachment.size > LARGE_FILE_SIZE {
                    let size = attachment.size;
                    diagnostics.add(problems::large_file(&attachment.path, size, LARGE_FILE_SIZE));
                }
                files.push(File { path: path.to_owned(), size: attachment.size });
            }
            Some(path) if path.split('/').any(is_left_over) => {
                diagnostics.add(problems::left_over_file(&attachment.path));
            }
            Some(path) if is_notes(path) => {}
            Some(path) => {
                let parts: Vec<&str> = path.split('/').collect();
                refused.extend(refused_id(path));
                diagnostics.add(problems::wrong_place(&attachment.path, why_wrong(&parts)));
            }
            None => {}
        }
    }
    files
}

impl Drafts {
    /// Declares the assessors without a file that have a report.
    fn declare_built_in_assessors(&mut self) {
        for kind in AssessorKind::BUILT_IN {
            let has_report = self.reports.iter().any(|report| {
                report.assessor.as_ref().is_some_and(|assessor| assessor.value == kind.name())
            });
            let id = AssessorId::new(kind.name());
            if has_report && !self.declared.assessors.contains(&id) {
                self.declared.assessors.push(id);
            }
        }
    }

    /// Declares the policy areas that commitments have.
    fn declare_policy_areas(&mut self) {
        let areas = self.commitments.iter().flat_map(|commitment| &commitment.policy_areas);
        let areas: BTreeSet<PolicyArea> = areas.map(|area| area.value).collect();
        self.declared.policy_areas = areas.into_iter().collect();
    }

    fn add(&mut self, draft: Draft) {
        match draft {
            Draft::Plan(plan) => self.plans.push(*plan),
            Draft::Agency(agency) => self.agencies.push(*agency),
            Draft::Assessor(assessor) => self.assessors.push(*assessor),
            Draft::Report(report) => self.reports.push(*report),
            Draft::Commitment(commitment) => self.commitments.push(commitment),
        }
    }
}

/// Returns why a file is in the wrong place, by the parts of its path below `content/`.
fn why_wrong(parts: &[&str]) -> WrongPlace<'static> {
    match parts {
        ["action-plans" | "agencies" | "assessors" | "reports", _] | ["commitments", _, _] => {
            WrongPlace::NotToml
        }
        ["articles", _] => WrongPlace::NotMarkdown,
        ["commitments", _] => WrongPlace::NoPlan,
        _ => WrongPlace::Elsewhere,
    }
}

/// Returns the kind of the file at `path`.
///
/// # Errors
/// Returns a problem if the file is in the wrong folder or its name cannot be part of an address.
fn kind_of(path: &str) -> Result<FileKind<'_>, Diagnostic> {
    let Some(inner) = path.strip_prefix("content/") else { return Ok(FileKind::NotContent) };
    let parts: Vec<&str> = inner.split('/').collect();
    let (kind, names) = match parts.as_slice() {
        // A file of `content/files/` is a text only if it could not be read, which is reported.
        ["files" | "root", ..] => return Ok(FileKind::NotContent),
        _ if is_notes(inner) => return Ok(FileKind::NotContent),
        ["action-plans", file] => {
            file.strip_suffix(".toml").map(|name| (FileKind::Plan(name), vec![name]))
        }
        ["agencies", file] => {
            file.strip_suffix(".toml").map(|name| (FileKind::Agency(name), vec![name]))
        }
        ["assessors", file] => {
            file.strip_suffix(".toml").map(|name| (FileKind::Assessor(name), vec![name]))
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
    .ok_or_else(|| problems::wrong_place(path, why_wrong(&parts)))?;
    match names.iter().find(|name| !is_usable_name(name)) {
        Some(name) if is_device_name(name) => Err(problems::device_name(path, name)),
        Some(name) => {
            let ending = path.rsplit('/').next().and_then(|file| file.strip_prefix(*name));
            Err(problems::unusable_name(path, name, ending))
        }
        None => Ok(kind),
    }
}

/// Returns the id that is most likely meant by a path below `content/` that is wrong, so that references to
/// it are not further problems.
fn refused_id(path: &str) -> Option<ContentId> {
    let stem = |name: &str| {
        let lower = name.to_lowercase();
        let end = lower.find(".toml").or_else(|| lower.rfind('.')).unwrap_or(lower.len());
        problems::words::as_file_name(&lower[..end])
    };
    match *path.split('/').collect::<Vec<_>>() {
        ["action-plans", file] => Some(ContentId::Plan(PlanId::new(&stem(file)))),
        ["agencies", file] => Some(ContentId::Agency(AgencyId::new(&stem(file)))),
        ["assessors", file] => Some(ContentId::Assessor(AssessorId::new(&stem(file)))),
        ["reports", file] => Some(ContentId::Report(ReportId::new(&stem(file)))),
        ["commitments", plan, file] => {
            let plan = PlanId::new(&problems::words::as_file_name(plan));
            Some(ContentId::Commitment(CommitmentId::new(plan, &stem(file))))
        }
        _ => None,
    }
}

/// Whether a file is a README for editors, which any folder can have.
fn is_notes(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    matches!(name.as_str(), "readme" | "readme.md" | "readme.txt")
}

/// Whether a name can be part of an address on every host: no character needs escaping, and no file
/// system treats the name in a special way.
pub fn is_usable_name(name: &str) -> bool {
    // The files in the folder of each page.
    const RESERVED: [&str; 2] = ["index.html", "index.json"];
    name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && !name.ends_with('.')
        && name.len() <= 100
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._".contains(letter))
        && !is_device_name(name)
        && !RESERVED.iter().any(|reserved| name.eq_ignore_ascii_case(reserved))
}

fn parse_file(id: SourceId, file: &Source, languages: &[LanguageCode]) -> ParsedFile {
    let only =
        |content| ParsedFile { content, links: Vec::new(), diagnostics: Diagnostics::default() };
    let kind = match kind_of(&file.path) {
        Ok(FileKind::NotContent) => return only(FileContent::Nothing),
        Ok(FileKind::Article(name, language)) => {
            let (name, language) = (name.to_owned(), language.map(str::to_owned));
            return only(FileContent::Article { name, language });
        }
        Ok(kind) => kind,
        Err(problem) => {
            let inner = file.path.strip_prefix("content/").unwrap_or_default();
            let meant = refused_id(inner).map_or(FileContent::Nothing, FileContent::Refused);
            let mut parsed = only(meant);
            // Reading the folder has already reported an unreadable file.
            if file.is_readable {
                parsed.diagnostics.add(problem);
            }
            return parsed;
        }
    };
    match Document::parse(id, file) {
        Ok(document) => {
            let draft = read_draft(&document, file, &kind, languages);
            let addresses = document.take_addresses();
            let (mut diagnostics, texts) = document.into_parts();
            let mut links = check_texts(&texts, languages, &mut diagnostics);
            links.extend(addresses);
            let content = FileContent::Draft(kind.id(), Some(draft));
            ParsedFile { content, links, diagnostics }
        }
        Err(diagnostics) => ParsedFile { diagnostics, ..only(FileContent::Draft(kind.id(), None)) },
    }
}

fn read_draft(
    document: &Document<'_>,
    file: &Source,
    kind: &FileKind<'_>,
    languages: &[LanguageCode],
) -> Draft {
    let table = |kind| -> Table<'_> { document.root(kind, languages) };
    let path = || file.path.clone();
    match kind {
        FileKind::Plan(name) => {
            let draft = reference::read_plan(PlanId::new(name), path(), table(Kind::ActionPlan));
            Draft::Plan(Box::new(draft))
        }
        FileKind::Agency(name) => {
            let draft = reference::read_agency(AgencyId::new(name), path(), table(Kind::Agency));
            Draft::Agency(Box::new(draft))
        }
        FileKind::Assessor(name) => {
            let id = AssessorId::new(name);
            let draft = reference::read_assessor(id, path(), table(Kind::Assessor));
            Draft::Assessor(Box::new(draft))
        }
        FileKind::Report(name) => {
            let draft = reference::read_report(ReportId::new(name), path(), table(Kind::Report));
            Draft::Report(Box::new(draft))
        }
        FileKind::Commitment(plan, number) => {
            let id = CommitmentId::new(PlanId::new(plan), number);
            Draft::Commitment(Arc::new(commitment::read(id, table(Kind::Commitment))))
        }
        FileKind::Article(..) | FileKind::NotContent => unreachable!("not a TOML file"),
    }
}

impl FileKind<'_> {
    fn id(&self) -> ContentId {
        match self {
            FileKind::Plan(name) => ContentId::Plan(PlanId::new(name)),
            FileKind::Agency(name) => ContentId::Agency(AgencyId::new(name)),
            FileKind::Assessor(name) => ContentId::Assessor(AssessorId::new(name)),
            FileKind::Report(name) => ContentId::Report(ReportId::new(name)),
            FileKind::Commitment(plan, number) => {
                ContentId::Commitment(CommitmentId::new(PlanId::new(plan), number))
            }
            FileKind::Article(..) | FileKind::NotContent => unreachable!("not a TOML file"),
        }
    }
}
