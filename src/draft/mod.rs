//! The file format: what stands in each file of `content/`, as written and not yet judged.
//!
//! Each file is read for itself, in parallel. Whether an agency that is named exists, or whether two
//! files would have one address, is not known here.

mod article;
mod commitment;
mod reference;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

pub use article::ArticleDraft;
pub use commitment::{
    AssessmentDraft, CommitmentDraft, ContactDraft, EvidenceDraft, EvidenceLocation,
    MilestoneDraft, UpdateDraft, WithdrawalDraft,
};
pub use reference::{ActionPlanDraft, AgencyDraft, ChapterDraft, ReportDraft};

use crate::diagnostic::Problems;
use crate::document::{Document, Translated};
use crate::model::{AgencyId, ArticleId, CommitmentId, File, LanguageCode, PlanId, ReportId};
use crate::problems;
use crate::source::{Source, SourceId, Sources};

/// Whether files that did not change since they were last read are read again.
pub enum Memory {
    /// They are: the site is read once.
    Forgets,
    /// They are not: the site is read again and again.
    Keeps(Kept),
}

/// Every file as it was last read.
#[derive(Default)]
pub struct Kept {
    languages: Vec<LanguageCode>,
    files: HashMap<SourceId, (Arc<Source>, Arc<Read>)>,
}

/// What one file gave.
#[derive(Clone)]
struct Read {
    draft: Option<Draft>,
    problems: Problems,
}

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
    pub commitments: Vec<CommitmentDraft>,
    /// One for each article, in all its languages.
    pub articles: Vec<ArticleDraft>,
    /// The files of `content/files/`.
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
    Commitment(Box<CommitmentDraft>),
}

/// Reads every file of `content/`. The first of `languages` is the site's default.
pub fn read(
    sources: &Sources,
    languages: &[LanguageCode],
    memory: &mut Memory,
    problems: &mut Problems,
) -> Drafts {
    let mut drafts = Drafts::default();
    let mut to_read = Vec::new();
    let mut articles = Vec::new();
    for (id, file) in sources.texts() {
        match kind_of(&file.path) {
            Err(_) if !file.is_sound => {}
            Ok(Kind::NotContent) => {}
            Ok(Kind::Article(name, language)) => articles.push((id, file, name, language)),
            Ok(kind) => {
                drafts.declared.add(&kind);
                to_read.push((id, file, kind));
            }
            Err(problem) => problems.add(problem),
        }
    }
    for attachment in sources.attachments() {
        match attachment.path.strip_prefix("content/") {
            Some(path) if path.starts_with("files/") => {
                drafts.files.push(File { path: path.to_owned(), size: attachment.size });
            }
            Some(path) => {
                let parts: Vec<&str> = path.split('/').collect();
                problems.add(problems::wrong_place(&attachment.path, advice(&parts)));
            }
            None => {}
        }
    }
    let read: Vec<Read> = match memory {
        Memory::Forgets => to_read
            .par_iter()
            .map(|(id, file, kind)| read_file(*id, file, kind, languages))
            .collect(),
        Memory::Keeps(kept) => read_changed(&to_read, languages, kept),
    };
    for Read { draft, problems: found } in read {
        problems.append(found);
        match draft {
            Some(Draft::Plan(plan)) => drafts.plans.push(plan),
            Some(Draft::Agency(agency)) => drafts.agencies.push(agency),
            Some(Draft::Report(report)) => drafts.reports.push(report),
            Some(Draft::Commitment(commitment)) => drafts.commitments.push(*commitment),
            None => {}
        }
    }
    drafts.articles = article::read(&articles, languages, problems);
    drafts.declared.articles =
        articles.iter().map(|(_, _, name, _)| ArticleId::new(name)).collect();
    drafts
}

type ContentFile<'s> = (SourceId, &'s Arc<Source>, Kind<'s>);

/// Reads the files that are not kept as they are, and keeps what all gave. A file has its place in
/// the site as well as its text: problems point there.
fn read_changed(
    files: &[ContentFile<'_>],
    languages: &[LanguageCode],
    kept: &mut Kept,
) -> Vec<Read> {
    if kept.languages != languages {
        *kept = Kept { languages: languages.to_vec(), files: HashMap::new() };
    }
    let read_or_keep = |(id, file, kind): &ContentFile<'_>| {
        let known = kept.files.get(id).filter(|(source, _)| Arc::ptr_eq(source, file));
        let read = match known {
            Some((_, read)) => Arc::clone(read),
            None => Arc::new(read_file(*id, file, kind, languages)),
        };
        ((*id, (Arc::clone(file), Arc::clone(&read))), Read::clone(&read))
    };
    let (files, read): (HashMap<_, _>, Vec<_>) = files.par_iter().map(read_or_keep).unzip();
    kept.files = files;
    read
}

const ADVICE: &str = "commitments go to `content/commitments/<plan>/<number>.toml`, agencies, \
    reports and action plans to the folder of that name, articles to `content/articles/` as `.md`, \
    and everything else to `content/files/`";

/// What to do with a file that is at no place the portal knows, by the parts of its path below
/// `content/`.
fn advice(parts: &[&str]) -> &'static str {
    match parts {
        ["action-plans" | "agencies" | "reports", _] | ["commitments", _, _] => {
            "the name of a file in this folder ends in `.toml`: give it that ending, or move it to \
             `content/files/`"
        }
        ["articles", _] => {
            "the name of an article ends in `.md`: give it that ending, or move it to \
             `content/files/`"
        }
        ["commitments", _] => {
            "put it into the folder of its action plan: `content/commitments/<plan>/<number>.toml`"
        }
        _ => ADVICE,
    }
}

/// What the file at `path` is; or what is wrong with its place or name.
fn kind_of(path: &str) -> Result<Kind<'_>, crate::diagnostic::Diagnostic> {
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

fn read_file(id: SourceId, file: &Source, kind: &Kind<'_>, languages: &[LanguageCode]) -> Read {
    let document = match Document::parse(id, file) {
        Ok(document) => document,
        Err(problems) => return Read { draft: None, problems },
    };
    let root = |what| Translated::new(document.root(what), languages);
    let path = file.path.clone();
    let draft = match kind {
        Kind::Plan(name) => {
            Draft::Plan(reference::read_plan(PlanId::new(name), path, root("the action plan")))
        }
        Kind::Agency(name) => {
            Draft::Agency(reference::read_agency(AgencyId::new(name), path, root("the agency")))
        }
        Kind::Report(name) => {
            Draft::Report(reference::read_report(ReportId::new(name), path, root("the report")))
        }
        Kind::Commitment(plan, number) => {
            let id = CommitmentId::new(PlanId::new(plan), number);
            Draft::Commitment(Box::new(commitment::read(id, path, root("the commitment"))))
        }
        Kind::Article(..) | Kind::NotContent => unreachable!("not a TOML file"),
    };
    Read { draft: Some(draft), problems: document.into_problems() }
}

impl Declared {
    fn add(&mut self, kind: &Kind<'_>) {
        match kind {
            Kind::Plan(name) => self.plans.push(PlanId::new(name)),
            Kind::Agency(name) => self.agencies.push(AgencyId::new(name)),
            Kind::Report(name) => self.reports.push(ReportId::new(name)),
            Kind::Commitment(plan, number) => {
                self.commitments.push(CommitmentId::new(PlanId::new(plan), number));
            }
            Kind::Article(..) | Kind::NotContent => {}
        }
    }
}
