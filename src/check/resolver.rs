//! Everything that a name in the content can refer to. A name that refers to nothing is reported.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::reference::{resolve_agency, resolve_assessors, resolve_plan};
use crate::diagnostic::Diagnostics;
use crate::draft::{
    ActionPlanDraft, AgencyDraft, AssessorDraft, Drafts, EvidenceDraft, LocationDraft, ReportDraft,
};
use crate::model::{
    ActionPlan, Agency, AgencyId, Assessor, AssessorId, Chapter, CommitmentId, ContactField,
    ContentIds, DocumentLocation, Evidence, File, PartialDate, PlanId, Report, ReportId, Text,
};
use crate::problems::{self, Noun};
use crate::settings::Settings;
use crate::source::{Span, Spanned};

/// Everything that a name can refer to.
pub(super) struct Resolver<'s> {
    declared: &'s ContentIds,
    /// The aliases in the files of agencies that have no valid name. A reference to one is not
    /// reported.
    faulty_aliases: BTreeSet<&'s str>,
    commitments: HashSet<&'s CommitmentId>,
    /// Sorted by path.
    files: &'s [File],
    pub(super) plans: BTreeMap<PlanId, Arc<ActionPlan>>,
    /// The plans with an invalid chapter. Because its number may be unknown, references to the
    /// chapters of these plans are not reported.
    plans_with_faulty_chapters: BTreeSet<PlanId>,
    pub(super) agencies: Vec<Arc<Agency>>,
    /// By id and by alias.
    agencies_by_name: BTreeMap<String, Arc<Agency>>,
    pub(super) reports: BTreeMap<ReportId, Arc<Report>>,
    /// The dates of the reports, as written.
    pub(super) report_dates: BTreeMap<ReportId, Spanned<PartialDate>>,
    pub(super) contact_fields: &'s [ContactField],
    pub(super) headline: Arc<Assessor>,
    /// Those with a file, and the built-in ones.
    pub(super) assessors: BTreeMap<AssessorId, Arc<Assessor>>,
}

impl<'s> Resolver<'s> {
    pub(super) fn new(
        drafts: &'s Drafts,
        settings: &'s Settings,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let is_faulty = |plan: &&ActionPlanDraft| {
            plan.chapters.iter().any(|chapter| chapter.number.is_none() || chapter.title.is_none())
        };
        let plans =
            drafts.plans.iter().filter_map(|draft| resolve_plan(draft.clone(), diagnostics));
        let plans = plans.map(|plan| (plan.id.clone(), Arc::new(plan))).collect();
        let faulty_agencies = drafts.agencies.iter().filter(|agency| agency.name.is_none());
        let faulty_aliases = faulty_agencies.flat_map(|agency| &agency.aliases);
        let mut agencies_by_name = BTreeMap::new();
        let agencies = drafts
            .agencies
            .iter()
            .filter_map(|draft| resolve_agency(draft.clone(), &mut agencies_by_name))
            .collect();
        let mut resolver = Resolver {
            declared: &drafts.declared,
            faulty_aliases: faulty_aliases.map(|alias| alias.value.as_str()).collect(),
            commitments: drafts.declared.commitments.iter().collect(),
            files: &drafts.files,
            plans,
            plans_with_faulty_chapters: drafts
                .plans
                .iter()
                .filter(is_faulty)
                .map(|plan| plan.id.clone())
                .collect(),
            agencies,
            agencies_by_name,
            reports: BTreeMap::new(),
            report_dates: drafts
                .reports
                .iter()
                .filter_map(|draft| Some((draft.id.clone(), draft.date?)))
                .collect(),
            contact_fields: &settings.contact_fields,
            headline: Arc::clone(&settings.site.headline),
            assessors: resolve_assessors(&drafts.assessors),
        };
        if let Some(name) = &settings.headline
            && let Some(headline) = resolver.assessor(name, diagnostics)
        {
            resolver.headline = headline;
        }
        if let Some(logo) = &settings.logo {
            resolver.location(LocationDraft::File(logo.clone()), diagnostics);
        }
        resolver.check_assessors(&drafts.assessors, &drafts.reports, diagnostics);
        resolver.check_successors(&drafts.agencies, diagnostics);
        let reports = drafts.reports.iter();
        resolver.reports = reports
            .filter_map(|draft| resolver.resolve_report(draft.clone(), diagnostics))
            .map(|report| (report.id.clone(), Arc::new(report)))
            .collect();
        resolver
    }
}

impl Resolver<'_> {
    fn resolve_report(&self, draft: ReportDraft, diagnostics: &mut Diagnostics) -> Option<Report> {
        let ReportDraft {
            id,
            file,
            title,
            assessor,
            kind,
            action_plan,
            date,
            location,
            partial,
            texts,
            sections,
        } = draft;
        let plan = action_plan.and_then(|name| self.plan(&name, diagnostics));
        let assessor = assessor.and_then(|name| self.assessor(&name, diagnostics));
        let location = location.and_then(|location| self.location(location, diagnostics));
        Some(Report {
            id,
            file,
            title: title?,
            assessor: assessor?,
            kind: kind.map(|kind| kind.value),
            plan: plan?,
            date: date?.value,
            location,
            partial,
            texts,
            sections,
        })
    }

    fn plan(
        &self,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<ActionPlan>> {
        let id = PlanId::new(&name.value);
        let plan = self.plans.get(&id);
        if plan.is_none() && !self.declared.plans.contains(&id) {
            let known: Vec<_> = self.declared.plans.iter().map(PlanId::as_str).collect();
            diagnostics.add(problems::unknown_plan(name.span, &name.value, &known));
        }
        plan.cloned()
    }

    fn agency(&self, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Arc<Agency>> {
        let agency = self.agencies_by_name.get(&name.value);
        let is_declared = || {
            self.declared.agencies.contains(&AgencyId::new(&name.value))
                || self.faulty_aliases.contains(name.value.as_str())
        };
        if agency.is_none() && !is_declared() {
            let known: Vec<_> = self.declared.agencies.iter().map(AgencyId::as_str).collect();
            diagnostics.add(match self.agency_called(&name.value) {
                None if self.assessors.contains_key(&AssessorId::new(&name.value)) => {
                    problems::assessor_as_agency(name.span, &name.value)
                }
                Some(id) => problems::agency_by_name(name.span, &name.value, id.as_str()),
                None => problems::unknown_agency(name.span, &name.value, &known),
            });
        }
        agency.cloned()
    }

    /// Returns the id of the agency with a name or short name.
    fn agency_called(&self, name: &str) -> Option<&AgencyId> {
        let has_name = |agency: &&Arc<Agency>| {
            let short_name = agency.short_name.as_ref();
            agency.name.has_version(name)
                || short_name.is_some_and(|short_name| short_name.has_version(name))
        };
        self.agencies.iter().find(has_name).map(|agency| &agency.id)
    }

    /// Returns the ids of the agencies that a text names, if it is no name itself and names at least two.
    fn several_agencies(&self, text: &str) -> Option<Vec<&str>> {
        if self.agencies_by_name.contains_key(text) || self.agency_called(text).is_some() {
            return None;
        }
        let parts =
            text.split([',', ';', '/', '|', '&', '\n']).flat_map(|part| part.split(" and "));
        let id = |name: &str| match self.agencies_by_name.get(name) {
            Some(agency) => Some(agency.id.as_str()),
            None => self.agency_called(name).map(AgencyId::as_str),
        };
        let ids: Vec<&str> = parts.map(|part| id(part.trim())).collect::<Option<_>>()?;
        (ids.len() > 1).then_some(ids)
    }

    /// Reports the partners that are the file name of an agency.
    pub(super) fn check_partners(&self, partners: &[Text], diagnostics: &mut Diagnostics) {
        for partner in partners {
            let (name, span) = (partner.trimmed_original(), partner.original().span);
            if self.agencies_by_name.contains_key(name) {
                diagnostics.add(problems::agency_as_partner(span, name));
            }
        }
    }

    /// Resolves the agencies that a key names. Reports an agency that is listed twice, under any of its
    /// names. `listed` has those of the keys above, and where they are named.
    pub(super) fn agencies(
        &self,
        key: &str,
        names: Vec<Spanned<String>>,
        listed: &mut BTreeMap<AgencyId, Span>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Arc<Agency>> {
        let is_only = names.len() == 1;
        let mut agencies = Vec::new();
        for name in names {
            if let Some(ids) = self.several_agencies(&name.value) {
                diagnostics.add(match is_only {
                    true => problems::several_agencies(name.span, key, &ids),
                    false => problems::names_in_one(name.span, &ids),
                });
                continue;
            }
            let Some(agency) = self.agency(&name, diagnostics) else { continue };
            if let Some(&first) = listed.get(&agency.id) {
                let problem = problems::duplicate(name.span, Noun::Agency, &name.value, first);
                diagnostics.add(problem);
                continue;
            }
            listed.insert(agency.id.clone(), name.span);
            agencies.push(agency);
        }
        agencies
    }

    fn assessor(
        &self,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<Assessor>> {
        let id = AssessorId::new(&name.value);
        let assessor = self.assessors.get(&id);
        if assessor.is_none() && !self.declared.assessors.contains(&id) {
            let known: Vec<_> = self.assessors.keys().map(AssessorId::as_str).collect();
            let is_called = |assessor: &&Arc<Assessor>| {
                assessor.details.as_ref().is_some_and(|it| it.name.has_version(&name.value))
            };
            diagnostics.add(match self.assessors.values().find(is_called) {
                Some(assessor) => {
                    problems::assessor_by_name(name.span, &name.value, assessor.id.as_str())
                }
                None => problems::unknown_assessor(name.span, &name.value, &known),
            });
        }
        assessor.cloned()
    }

    /// Reports the files of assessors that no report names.
    fn check_assessors(
        &self,
        assessors: &[AssessorDraft],
        reports: &[ReportDraft],
        diagnostics: &mut Diagnostics,
    ) {
        for draft in assessors {
            let is_named = |report: &ReportDraft| {
                report.assessor.as_ref().is_some_and(|name| name.value == draft.id.as_str())
            };
            if !reports.iter().any(is_named) {
                diagnostics.add(problems::unused_assessor(draft.span, draft.id.as_str()));
            }
        }
    }

    /// Reports the lead agencies that were abolished before the plan began.
    pub(super) fn check_leads(
        &self,
        names: &[Spanned<String>],
        plan: &ActionPlan,
        diagnostics: &mut Diagnostics,
    ) {
        for name in names {
            let agency = self.agencies_by_name.get(&name.value);
            let until = agency.and_then(|agency| agency.until);
            if let Some(until) = until.filter(|until| until.is_before(plan.start_date)) {
                diagnostics.add(problems::abolished_lead(name.span, &name.value, until));
            }
        }
    }

    /// Reports the successors of agencies that do not exist.
    fn check_successors(&self, agencies: &[AgencyDraft], diagnostics: &mut Diagnostics) {
        let successions = agencies.iter().flat_map(|agency| &agency.became);
        for name in successions.filter_map(|succession| succession.agency.as_ref()) {
            self.agency(name, diagnostics);
        }
    }

    pub(super) fn report(
        &self,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<Report>> {
        let id = ReportId::new(&name.value);
        let report = self.reports.get(&id);
        if report.is_none() && !self.declared.reports.contains(&id) {
            let known: Vec<_> = self.declared.reports.iter().map(ReportId::as_str).collect();
            let has_title = |report: &&Arc<Report>| report.title.has_version(&name.value);
            diagnostics.add(match self.reports.values().find(has_title) {
                Some(report) => {
                    problems::report_by_title(name.span, &name.value, report.id.as_str())
                }
                None => problems::unknown_report(name.span, &name.value, &known),
            });
        }
        report.cloned()
    }

    /// Resolves a reference to a commitment. `plan` is the plan of the commitment that contains the
    /// reference: only commitments of earlier plans are suggested.
    fn commitment(
        &self,
        name: &Spanned<String>,
        plan: Option<&ActionPlan>,
        diagnostics: &mut Diagnostics,
    ) -> Option<CommitmentId> {
        let id = name.value.split_once('/');
        let id = id.map(|(plan, number)| CommitmentId::new(PlanId::new(plan), number));
        let id = id.filter(|id| self.commitments.contains(id));
        if id.is_none() {
            let is_earlier = |id: &&CommitmentId| {
                let start = self.plans.get(&id.plan).map(|plan| plan.start_date.earliest());
                start.zip(plan).is_some_and(|(start, plan)| start < plan.start_date.earliest())
            };
            let earlier = self.declared.commitments.iter().filter(is_earlier);
            let known: Vec<String> = earlier.map(CommitmentId::to_string).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let problem = problems::unknown_commitment(name.span, &name.value, &known, None);
            diagnostics.add(problem);
        }
        id
    }

    fn location(
        &self,
        location: LocationDraft,
        diagnostics: &mut Diagnostics,
    ) -> Option<DocumentLocation> {
        match location {
            LocationDraft::Url(url) => Some(DocumentLocation::Url(url.value)),
            LocationDraft::File(path) => {
                let index = self.files.binary_search_by(|file| file.path.as_str().cmp(&path.value));
                let file = index.ok().map(|index| &self.files[index]);
                if file.is_none() {
                    let known: Vec<_> = self.files.iter().map(|file| file.path.as_str()).collect();
                    diagnostics.add(problems::missing_file(path.span, &path.value, &known));
                }
                file.map(|file| DocumentLocation::File { path: path.value, size: file.size })
            }
        }
    }

    pub(super) fn evidence(
        &self,
        drafts: Vec<EvidenceDraft>,
        diagnostics: &mut Diagnostics,
    ) -> Box<[Evidence]> {
        let resolve = |draft| {
            let EvidenceDraft { title, location, language, archived, accessed } = draft;
            let location = location.and_then(|location| self.location(location, diagnostics));
            let archived = archived.map(|archived| archived.value);
            let accessed = accessed.map(|accessed| accessed.value);
            Some(Evidence { title: title?, location: location?, language, archived, accessed })
        };
        drafts.into_iter().filter_map(resolve).collect()
    }

    pub(super) fn plan_of(
        &self,
        id: &CommitmentId,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<ActionPlan>> {
        let plan = self.plans.get(&id.plan).cloned();
        if plan.is_none() && !self.declared.plans.contains(&id.plan) {
            diagnostics.add(problems::folder_without_plan(&id.file(), id.plan.as_str()));
        }
        plan
    }

    pub(super) fn chapter(
        &self,
        plan: &ActionPlan,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Chapter> {
        if self.plans_with_faulty_chapters.contains(&plan.id) {
            return None;
        }
        let chapter = plan.chapters.iter().find(|chapter| chapter.number == name.value);
        if chapter.is_none() {
            let known: Vec<_> =
                plan.chapters.iter().map(|chapter| chapter.number.as_str()).collect();
            let plan = plan.id.as_str();
            diagnostics.add(problems::unknown_chapter(name.span, &name.value, plan, &known));
        }
        chapter.cloned()
    }

    /// Resolves the commitments that `names` refer to, which must belong to earlier plans than `plan`.
    pub(super) fn earlier(
        &self,
        names: Vec<Spanned<String>>,
        plan: Option<&ActionPlan>,
        diagnostics: &mut Diagnostics,
    ) -> Box<[CommitmentId]> {
        let mut earlier: Vec<CommitmentId> = Vec::new();
        for name in names {
            let Some(id) = self.commitment(&name, plan, diagnostics) else { continue };
            let Some((its_plan, plan)) = self.plans.get(&id.plan).zip(plan) else { continue };
            if its_plan.start_date.earliest() >= plan.start_date.earliest() {
                diagnostics.add(problems::not_earlier(name.span, &name.value));
            } else if !earlier.contains(&id) {
                earlier.push(id);
            }
        }
        earlier.into()
    }

    /// Resolves the commitment into which one of `plan` is merged. A number alone is one of the same plan.
    pub(super) fn merge_target(
        &self,
        name: &Spanned<String>,
        plan: &PlanId,
        diagnostics: &mut Diagnostics,
    ) -> Option<CommitmentId> {
        let id = CommitmentId::new(plan.clone(), &name.value);
        if !name.value.contains('/') && self.commitments.contains(&id) {
            let id = id.to_string();
            diagnostics.add(problems::unknown_commitment(name.span, &name.value, &[], Some(&id)));
            return None;
        }
        self.commitment(name, None, diagnostics)
    }
}
