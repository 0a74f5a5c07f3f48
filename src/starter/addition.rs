//! New files and sections of content, for editors to fill in.

use super::new_file::NewFile;
use crate::diagnostic::Diagnostics;
use crate::draft::{self, is_usable_name};
use crate::edit::{self, EditError};
use crate::format::{self, Kind, KnownValue};
use crate::language;
use crate::model::{CommitmentId, ContentIds, LanguageCode, PartialDate, PlanId};
use crate::problems::Refusal;
use crate::problems::words::{as_file_name, closest, in_marks, is_invisible, one_line};
use crate::settings::{self, DEFAULT_THEME};
use crate::source::{Sources, line_number};

/// What to add, as the user wrote it.
#[derive(Debug, Clone, Copy)]
pub enum Addition<'a> {
    /// By its id.
    Plan(&'a str),
    /// By its name or its id.
    Agency(&'a str),
    /// By its id.
    Report(&'a str),
    /// A language file of the site's theme, in which each text is a comment until somebody translates it.
    Language(&'a LanguageCode),
    /// By the plan and the number: `2014-2015/3.3.1.3`.
    Commitment(&'a str),
    /// By the commitment.
    Update(&'a str),
    /// By the commitment.
    Milestone(&'a str),
}

/// How a site changes.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// A file to create.
    Create(Kind, NewFile),
    /// A file that exists, with its whole new text, and the line of the new section in it.
    Edit(NewFile, usize),
}

/// Returns how a site changes if something is added to it.
///
/// # Errors
/// If what is added exists, its name cannot be used, or what it belongs to does not exist or has errors that
/// prevent the change.
pub fn add(
    addition: Addition<'_>,
    sources: &Sources,
    today: PartialDate,
) -> Result<Change, Refusal> {
    // `check` reports the problems of the site.
    let mut ignored = Diagnostics::default();
    let settings = settings::read(sources, &mut ignored);
    let (languages, theme) = match settings {
        Some(settings) => (settings.site.languages, settings.site.theme),
        None => (vec![LanguageCode::english()], DEFAULT_THEME.to_owned()),
    };
    let declared = draft::read(sources, &languages, None, &mut ignored).declared;
    let site = Site { sources, others: &languages[1..], declared };
    match addition {
        Addition::Plan(id) => {
            let known = plan_years(id);
            site.file(Kind::ActionPlan, format!("content/action-plans/{id}.toml"), id, &known)
        }
        Addition::Agency(written) => {
            let (id, known) = agency(written)?;
            site.file(Kind::Agency, format!("content/agencies/{id}.toml"), &id, &known)
        }
        Addition::Report(id) => {
            let mut known = vec![("assessor", in_marks("government"))];
            if let Some(plan) = plan_of_report(id, &site.declared.plans) {
                known.push(("action_plan", in_marks(plan.as_str())));
            }
            site.file(Kind::Report, format!("content/reports/{id}.toml"), id, &known)
        }
        Addition::Language(code) if language::is_built_in(code) => {
            Err(Refusal::HasLanguage(code.to_string()))
        }
        Addition::Language(code) => {
            let (path, text) = language::file_to_translate(code);
            site.create(Kind::Language, NewFile { path: format!("themes/{theme}/{path}"), text })
        }
        Addition::Commitment(written) => {
            let id = site.commitment_id(written)?;
            site.file(Kind::Commitment, id.file(), id.number(), &[])
        }
        Addition::Update(written) => {
            site.section(written, "updates", &[("date", in_marks(&today.to_string()))])
        }
        Addition::Milestone(written) => site.section(written, "milestones", &[]),
    }
}

/// What is known of the site.
struct Site<'s> {
    sources: &'s Sources,
    /// The languages besides the default.
    others: &'s [LanguageCode],
    declared: ContentIds,
}

impl Site<'_> {
    fn file(
        &self,
        kind: Kind,
        path: String,
        name: &str,
        known: &[KnownValue<'_>],
    ) -> Result<Change, Refusal> {
        if !is_usable_name(name) {
            return Err(Refusal::UnusableName(name.to_owned()));
        }
        let text = format::new_file(kind, known, self.others);
        self.create(kind, NewFile { path, text })
    }

    fn create(&self, kind: Kind, file: NewFile) -> Result<Change, Refusal> {
        match self.sources.find(&file.path) {
            Some(_) => Err(Refusal::Exists(vec![file.path])),
            None => Ok(Change::Create(kind, file)),
        }
    }

    /// Adds a section to the file of a commitment.
    fn section(
        &self,
        commitment: &str,
        name: &'static str,
        known: &[KnownValue<'_>],
    ) -> Result<Change, Refusal> {
        let id = self.commitment_id(commitment)?;
        let path = id.file();
        let Some((_, file)) = self.sources.find(&path) else {
            let known: Vec<String> =
                self.declared.commitments.iter().map(CommitmentId::to_string).collect();
            let meant = closest(commitment, known.iter().map(String::as_str)).map(str::to_owned);
            return Err(Refusal::NoCommitment(commitment.to_owned(), meant));
        };
        if !file.is_readable {
            return Err(Refusal::HasErrors(path));
        }
        let block = format::new_section(Kind::Commitment, name, known, self.others);
        let later = format::later_sections(Kind::Commitment, name);
        match edit::add_section(&file.text, name, &later, &block) {
            Ok((text, start)) => {
                let line = line_number(&text, start);
                Ok(Change::Edit(NewFile { path, text }, line))
            }
            Err(EditError::Syntax) => Err(Refusal::HasErrors(path)),
            Err(EditError::NotSections | EditError::NotAValue) => {
                Err(Refusal::NotSections(path, name))
            }
        }
    }

    /// Reads the plan, which must exist, and the number of a commitment.
    fn commitment_id(&self, written: &str) -> Result<CommitmentId, Refusal> {
        let plans = &self.declared.plans;
        let Some((plan, number)) = written.split_once('/') else {
            let plan = plans.iter().max().map_or("2024-2025", PlanId::as_str).to_owned();
            return Err(Refusal::NotACommitment(written.to_owned(), plan));
        };
        let id = PlanId::new(plan);
        if !plans.contains(&id) {
            let meant = closest(plan, plans.iter().map(PlanId::as_str)).map(str::to_owned);
            return Err(Refusal::NoPlan(plan.to_owned(), meant));
        }
        Ok(CommitmentId::new(id, number))
    }
}

/// The plan that a report is most likely about. A report comes after the start of its plan, so this is the
/// newest plan from before the year in the report's id, or of that year, or of all.
fn plan_of_report<'p>(id: &str, plans: &'p [PlanId]) -> Option<&'p PlanId> {
    let Some(year) = id.split('-').find(|part| is_year(part)) else { return plans.iter().max() };
    let earlier = plans.iter().filter(|plan| plan.as_str() < year).max();
    let of_year = || plans.iter().filter(|plan| plan.as_str().starts_with(year)).max();
    earlier.or_else(of_year).or_else(|| plans.iter().max())
}

/// The years in the id of a plan, such as `2024-2025`.
fn plan_years(id: &str) -> Vec<KnownValue<'static>> {
    let (start, end) = id.split_once('-').unwrap_or((id, ""));
    let dates = [("start_date", start), ("end_date", end)].into_iter();
    dates.filter(|(_, year)| is_year(year)).map(|(key, year)| (key, in_marks(year))).collect()
}

fn is_year(text: &str) -> bool {
    matches!(PartialDate::parse(text), Some(PartialDate::Year(_)))
}

/// Returns the id of an agency, and its name if that is not the id.
fn agency(written: &str) -> Result<(String, Vec<KnownValue<'static>>), Refusal> {
    let name = one_line(written);
    let file_name = as_file_name(&name);
    // As in "Justice & Home Affairs", without the `&`.
    let id = file_name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if !is_usable_name(&id) || name.contains(is_invisible) {
        return Err(Refusal::NoFileName(written.to_owned()));
    }
    let known = if id == name { Vec::new() } else { vec![("name", in_marks(&name))] };
    Ok((id, known))
}
