//! Checks the drafts and converts them to the portal.
//!
//! [`resolve`] consumes the drafts and replaces every name with the thing that it refers to. A
//! draft that is incomplete or wrong is left out of the portal, with a problem that says why. This
//! module does not read files and does not know how pages look.

mod dates;
mod links;
mod milestones;
mod quality;
mod rules;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::draft::{
    ActionPlanDraft, AgencyDraft, ArticleDraft, AssessmentDraft, AssessorDraft, CommitmentDraft,
    ContactDraft, CorrectionDraft, Drafts, EvidenceDraft, FormerNameDraft, IndicatorDraft,
    IndicatorValueDraft, LocationDraft, MilestoneDraft, ReportDraft, RescheduleDraft,
    SuccessionDraft, UpdateDraft, WithdrawalDraft, is_usable_name,
};
use crate::hash::ContentHash;
use crate::model::{
    ActionPlan, Agency, AgencyId, Article, AssessedLevel, Assessment, Assessor, AssessorDetails,
    AssessorId, AssessorKind, Chapter, Commitment, CommitmentId, Contact, ContactField,
    ContactTexts, Content, ContentIds, Correction, DocumentLocation, Evidence, File, FormerName,
    Indicator, IndicatorValue, Milestone, PartialDate, PlanId, Portal, Report, ReportId,
    Reschedule, Site, Succession, Text, Update, Withdrawal, standing,
};
use crate::problems::{self, Noun};
use crate::route::Routes;
use crate::settings::Settings;
use crate::source::{Span, Spanned};
use dates::Dates;
use milestones::{MilestoneIds, free_id};

/// Checks the drafts and resolves every name to the thing that it refers to. Adds to `diagnostics`
/// why a draft is left out. `today` decides only about warnings: whether a commitment is stale, and
/// whether a date lies in the future.
pub fn resolve(
    settings: &Settings,
    mut drafts: Drafts,
    routes: &Routes,
    today: PartialDate,
    diagnostics: &mut Diagnostics,
) -> Portal {
    rules::check_site(&drafts, diagnostics);
    links::check_all(&drafts, routes, diagnostics);
    let commitment_drafts = std::mem::take(&mut drafts.commitments);
    let resolver = Resolver::new(&drafts, settings, diagnostics);
    let dates = Dates { plans: &resolver.plans, today };
    dates.check_plans(&drafts.plans, diagnostics);
    dates.check_reports(&drafts.reports, diagnostics);
    let months = settings.stale_after_months;
    let commitments = resolve_all(commitment_drafts, &resolver, &dates, months, diagnostics);
    let Resolver { plans, reports, agencies, assessors, headline, .. } = resolver;
    let Drafts { articles, files, .. } = drafts;
    let articles = articles
        .into_iter()
        .filter_map(|draft| resolve_article(draft, routes, diagnostics))
        .collect();
    let content = Content {
        plans: plans.into_values().collect(),
        agencies,
        assessors: with_page(assessors, &reports),
        reports: reports.into_values().collect(),
        commitments,
        articles,
        files,
    };
    Portal::new(Site { headline, ..settings.site.clone() }, content)
}

/// Checks and resolves the commitments. `months` is the time without news after which one is stale.
fn resolve_all(
    drafts: Vec<Arc<CommitmentDraft>>,
    resolver: &Resolver<'_>,
    dates: &Dates<'_>,
    months: u16,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<Commitment>> {
    type Resolved = (Vec<Arc<Commitment>>, Diagnostics);
    let resolve = |(mut commitments, mut found): Resolved, draft: Arc<CommitmentDraft>| {
        rules::check_commitment(&draft, &mut found);
        dates.check_commitment(&draft, &mut found);
        quality::check_draft(&draft, &mut found);
        let draft = Arc::unwrap_or_clone(draft);
        let written = draft.assessments.len() + draft.updates.len();
        let levels = level_spans(&draft);
        if let Some(commitment) = resolver.resolve_commitment(draft, &mut found) {
            // News with errors is news.
            if commitment.assessments.len() + commitment.updates.len() == written {
                let headline = &resolver.headline;
                quality::has_recent_news(&commitment, dates.today, months, headline, &mut found);
            }
            let headline = &resolver.headline;
            quality::says_what_prevents(&commitment, &levels, dates.today, headline, &mut found);
            commitments.push(Arc::new(commitment));
        }
        (commitments, found)
    };
    let join = |(mut commitments, mut found): Resolved, (more, more_found): Resolved| {
        commitments.extend(more);
        found.append(more_found);
        (commitments, found)
    };
    let (commitments, found) =
        drafts.into_par_iter().fold(Resolved::default, resolve).reduce(Resolved::default, join);
    diagnostics.append(found);
    commitments
}

/// The spans of the levels of a commitment, by the report that gives them.
fn level_spans(draft: &CommitmentDraft) -> BTreeMap<String, Span> {
    let span = |assessment: &AssessmentDraft| {
        Some((assessment.report.as_ref()?.value.clone(), assessment.level?.span))
    };
    draft.assessments.iter().filter_map(span).collect()
}

/// Everything that a name can refer to.
struct Resolver<'s> {
    declared: &'s ContentIds,
    /// The aliases in the files of agencies that have no valid name. A reference to one is not
    /// reported.
    faulty_aliases: BTreeSet<&'s str>,
    commitments: HashSet<&'s CommitmentId>,
    /// Sorted by path.
    files: &'s [File],
    plans: BTreeMap<PlanId, Arc<ActionPlan>>,
    /// The plans with an invalid chapter. Because its number may be unknown, references to the
    /// chapters of these plans are not reported.
    plans_with_faulty_chapters: BTreeSet<PlanId>,
    agencies: Vec<Arc<Agency>>,
    /// By id and by alias.
    agencies_by_name: BTreeMap<String, Arc<Agency>>,
    reports: BTreeMap<ReportId, Arc<Report>>,
    /// The dates of the reports, as written.
    report_dates: BTreeMap<ReportId, Spanned<PartialDate>>,
    contact_fields: &'s [ContactField],
    headline: Arc<Assessor>,
    /// Those with a file, and the built-in ones.
    assessors: BTreeMap<AssessorId, Arc<Assessor>>,
}

impl<'s> Resolver<'s> {
    fn new(drafts: &'s Drafts, settings: &'s Settings, diagnostics: &mut Diagnostics) -> Self {
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

/// Returns the assessors that have a page: those with a file or a report.
fn with_page(
    assessors: BTreeMap<AssessorId, Arc<Assessor>>,
    reports: &BTreeMap<ReportId, Arc<Report>>,
) -> Vec<Arc<Assessor>> {
    let has_page = |assessor: &Arc<Assessor>| {
        assessor.details.is_some()
            || reports.values().any(|report| report.assessor.id == assessor.id)
    };
    assessors.into_values().filter(has_page).collect()
}

/// Resolves the assessors with a file, and adds the built-in ones.
fn resolve_assessors(drafts: &[AssessorDraft]) -> BTreeMap<AssessorId, Arc<Assessor>> {
    let with_file = drafts.iter().filter_map(|draft| {
        let AssessorDraft { id, file, name, kind, website, span: _ } = draft.clone();
        let website = website.map(|website| website.value);
        let details = Some(AssessorDetails { file, name: name?, website });
        Some(Assessor { id, kind: kind?.value, details })
    });
    let built_in = AssessorKind::BUILT_IN.into_iter().map(Assessor::built_in);
    let all = built_in.chain(with_file);
    all.map(|assessor| (assessor.id.clone(), Arc::new(assessor))).collect()
}

fn resolve_plan(draft: ActionPlanDraft, diagnostics: &mut Diagnostics) -> Option<ActionPlan> {
    let ActionPlanDraft {
        id,
        file,
        title,
        number,
        start_date,
        end_date,
        next_report_due,
        chapters,
    } = draft;
    let mut resolved: Vec<Chapter> = Vec::new();
    let mut first_spans: Vec<Spanned<String>> = Vec::new();
    for chapter in chapters {
        let (Some(number), Some(title)) = (chapter.number, chapter.title) else { continue };
        match first_spans.iter().find(|first| first.value == number.value) {
            Some(first) => {
                let problem =
                    problems::duplicate(number.span, Noun::Chapter, &number.value, first.span);
                diagnostics.add(problem);
            }
            None => {
                resolved.push(Chapter { number: number.value.clone(), title });
                first_spans.push(number);
            }
        }
    }
    Some(ActionPlan {
        id,
        file,
        title: title?,
        number,
        start_date: start_date?.value,
        end_date: end_date?.value,
        next_report_due: next_report_due.map(|date| date.value),
        chapters: resolved,
    })
}

fn resolve_agency(
    draft: AgencyDraft,
    by_name: &mut BTreeMap<String, Arc<Agency>>,
) -> Option<Arc<Agency>> {
    let AgencyDraft {
        id,
        file,
        name,
        short_name,
        website,
        aliases,
        from,
        until,
        former_names,
        became,
    } = draft;
    let names: Vec<String> = aliases.iter().map(|alias| alias.value.clone()).collect();
    let former_name =
        |draft: FormerNameDraft| Some(FormerName { name: draft.name?, until: draft.until?.value });
    let succession = |draft: SuccessionDraft| {
        let agency = AgencyId::new(&draft.agency?.value);
        Some(Succession {
            agency,
            date: draft.date?.value,
            kind: draft.kind.map(|kind| kind.value),
        })
    };
    let mut former_names: Vec<_> = former_names.into_iter().filter_map(former_name).collect();
    former_names.sort_by_key(|former| former.until);
    let agency = Arc::new(Agency {
        id,
        file,
        name: name?,
        short_name,
        website: website.map(|website| website.value),
        // An alias may also be another spelling of the name, which need not be usable in an address.
        aliases: usable_names(aliases),
        from: from.map(|date| date.value),
        until: until.map(|date| date.value),
        former_names,
        became: became.into_iter().filter_map(succession).collect(),
    });
    by_name.insert(agency.id.as_str().to_owned(), Arc::clone(&agency));
    for name in names {
        by_name.entry(name).or_insert_with(|| Arc::clone(&agency));
    }
    Some(agency)
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

    fn resolve_commitment(
        &self,
        draft: CommitmentDraft,
        diagnostics: &mut Diagnostics,
    ) -> Option<Commitment> {
        // With one field per line, these patterns would fill the screen.
        #[rustfmt::skip]
        let CommitmentDraft {
            id, title, chapter, leads, supporting, partners, values, policy_areas, ogp_id,
            start_date, end_date, objective, description, texts, official_title, carried_from,
            merged_into, is_draft, contacts, withdrawn, milestones, indicators, assessments, updates,
            rescheduled, corrections, aliases,
        } = draft;
        let plan = self.plan_of(&id, diagnostics);
        let chapter = plan.as_deref().zip(chapter);
        let chapter = chapter.and_then(|(plan, name)| self.chapter(plan, &name, diagnostics));
        let mut listed = BTreeMap::new();
        if let Some(plan) = &plan {
            self.check_leads(&leads, plan, diagnostics);
        }
        let leads = self.agencies("lead", leads, &mut listed, diagnostics);
        let supporting = self.agencies("supporting", supporting, &mut listed, diagnostics);
        self.check_partners(&partners, diagnostics);
        let carried_from = self.earlier(carried_from, plan.as_deref(), diagnostics);
        let merged_into =
            merged_into.and_then(|name| self.merge_target(&name, &id.plan, diagnostics));
        let (milestones, ids) = self.resolve_milestones(milestones, diagnostics);
        let assessments = self.resolve_assessments(&id.plan, assessments, &ids, diagnostics);
        let updates = self.resolve_updates(updates, diagnostics);
        let withdrawn = withdrawn.map(|WithdrawalDraft { date, texts }| Withdrawal {
            date: date.map(|date| date.value),
            texts,
        });
        let standing =
            standing(merged_into.as_ref(), withdrawn.as_ref(), &assessments, &self.headline);
        #[rustfmt::skip]
        let commitment = Commitment {
            plan: plan?,
            ogp_id: ogp_id.map(|id| id.value),
            title: title?,
            leads: Some(leads).filter(|leads| !leads.is_empty())?.into(),
            supporting: supporting.into(),
            partners: partners.into(),
            values: values.into_iter().map(|value| value.value).collect(),
            policy_areas: policy_areas.into_iter().map(|area| area.value).collect(),
            start_date: start_date.map(|date| date.value),
            end_date: end_date.map(|date| date.value),
            objective: objective?,
            description: description?,
            contacts: contacts.into_iter().filter_map(|contact| self.published(contact)).collect(),
            assessments: assessments.into(),
            indicators: self.resolve_indicators(indicators, diagnostics),
            rescheduled: resolve_reschedules(rescheduled),
            corrections: resolve_corrections(corrections),
            aliases: usable_names(aliases).into(),
            id, chapter, texts, official_title, carried_from, merged_into, is_draft, withdrawn,
            milestones, updates, standing,
        };
        Some(commitment)
    }

    fn plan_of(&self, id: &CommitmentId, diagnostics: &mut Diagnostics) -> Option<Arc<ActionPlan>> {
        let plan = self.plans.get(&id.plan).cloned();
        if plan.is_none() && !self.declared.plans.contains(&id.plan) {
            diagnostics.add(problems::folder_without_plan(&id.file(), id.plan.as_str()));
        }
        plan
    }

    fn chapter(
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

    /// Resolves the milestones. Also returns their ids, for the assessments that refer to them.
    fn resolve_milestones(
        &self,
        drafts: Vec<MilestoneDraft>,
        diagnostics: &mut Diagnostics,
    ) -> (Box<[Milestone]>, MilestoneIds) {
        let mut milestones: Vec<Milestone> = Vec::new();
        let mut ids = MilestoneIds::new(&drafts);
        for draft in drafts {
            #[rustfmt::skip]
            let MilestoneDraft {
                id, title, leads, start_date, end_date, completed_date, level, texts, evidence,
            } = draft;
            let leads = self.agencies("lead", leads, &mut BTreeMap::new(), diagnostics);
            let evidence = self.evidence(evidence, diagnostics);
            ids.add(id.as_ref(), title.as_ref(), diagnostics);
            let Some(title) = title else { continue };
            // Programs for tables would read a hash that has only digits as a number.
            let id = id.map_or_else(|| format!("m-{}", short_hash(&title)), |id| id.value);
            milestones.push(Milestone {
                id,
                title,
                leads: leads.into(),
                start_date: start_date.map(|date| date.value),
                end_date: end_date.map(|date| date.value),
                completed_date: completed_date.map(|date| date.value),
                level: level.map(|level| level.value),
                texts,
                evidence,
            });
        }
        make_unique(milestones.iter_mut().map(|milestone| &mut milestone.id));
        (milestones.into(), ids)
    }

    /// Resolves the indicators, and sorts the values of each by date, oldest first.
    fn resolve_indicators(
        &self,
        drafts: Vec<IndicatorDraft>,
        diagnostics: &mut Diagnostics,
    ) -> Box<[Indicator]> {
        let ids = drafts.iter().filter_map(|draft| draft.id.as_ref());
        let mut written: Vec<String> = ids.map(|id| id.value.clone()).collect();
        let mut first_spans: BTreeMap<String, Span> = BTreeMap::new();
        let mut indicators = Vec::new();
        for draft in drafts {
            let IndicatorDraft { id, title, unit, texts, baseline, target, values } = draft;
            let values = values.into_iter();
            let values = values.filter_map(|value| self.resolve_value(value, diagnostics));
            let mut values: Vec<IndicatorValue> = values.collect();
            values.sort_by_key(|value| value.date);
            let (Some(id), Some(title), Some(unit)) = (id, title, unit) else { continue };
            if let Some(&first) = first_spans.get(&id.value) {
                let free = free_id(&id.value, &written);
                diagnostics.add(problems::duplicate_id(
                    id.span,
                    "indicator",
                    &id.value,
                    &free,
                    first,
                ));
                written.push(free);
                continue;
            }
            first_spans.insert(id.value.clone(), id.span);
            let values = values.into();
            indicators.push(Indicator {
                id: id.value,
                title,
                unit,
                texts,
                baseline,
                target,
                values,
            });
        }
        indicators.into()
    }

    fn resolve_value(
        &self,
        draft: IndicatorValueDraft,
        diagnostics: &mut Diagnostics,
    ) -> Option<IndicatorValue> {
        let IndicatorValueDraft { date, quantity, report, texts } = draft;
        let source = report.as_ref().and_then(|name| self.report(name, diagnostics));
        if let (Some(date), Some(source)) = (date, &source)
            && source.date.is_before(date.value)
        {
            let (id, published) = (source.id.as_str(), source.date);
            diagnostics.add(problems::value_after_report(date.span, date.value, id, published));
        }
        let (date, quantity) = (date?.value, quantity?.value);
        Some(IndicatorValue { date, quantity, report: source, texts })
    }

    /// Resolves the updates and sorts them by date, oldest first.
    fn resolve_updates(
        &self,
        drafts: Vec<UpdateDraft>,
        diagnostics: &mut Diagnostics,
    ) -> Box<[Update]> {
        let mut updates: Vec<Update> = drafts
            .into_iter()
            .filter_map(|UpdateDraft { date, text, evidence, challenges }| {
                let evidence = self.evidence(evidence, diagnostics);
                let challenges = challenges.into_iter().map(|challenge| challenge.value).collect();
                let (date, text) = (date?.value, text?);
                let id = format!("{date}-{}", short_hash(&text));
                Some(Update { id, date, text, evidence, challenges })
            })
            .collect();
        updates.sort_by_key(|update| update.date);
        make_unique(updates.iter_mut().map(|update| &mut update.id));
        updates.into()
    }

    /// Resolves the assessments and sorts them by the date of their report, oldest first.
    fn resolve_assessments(
        &self,
        plan: &PlanId,
        drafts: Vec<AssessmentDraft>,
        ids: &MilestoneIds,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Assessment> {
        let mut first_spans: Vec<Spanned<String>> = Vec::new();
        let mut assessments: Vec<Assessment> = Vec::new();
        for draft in drafts {
            let report = draft.report.as_ref();
            let report = report.and_then(|name| self.reports.get(&ReportId::new(&name.value)));
            quality::level_is_supported(&draft, report.map(AsRef::as_ref), diagnostics);
            #[rustfmt::skip]
            let AssessmentDraft {
                report, level, texts, evidence, challenges, milestones, irm,
            } = draft;
            let evidence = self.evidence(evidence, diagnostics);
            let milestones = ids.assessed(milestones, diagnostics);
            let challenges = challenges.into_iter().map(|challenge| challenge.value).collect();
            let Some(name) = report else { continue };
            if let Some(first) = first_spans.iter().find(|first| first.value == name.value) {
                let first = first.span;
                diagnostics.add(problems::duplicate(name.span, Noun::Report, &name.value, first));
                continue;
            }
            let report = self.report(&name, diagnostics);
            first_spans.push(name.clone());
            let Some(report) = report else { continue };
            if report.plan.id != *plan {
                let its_plan = report.plan.id.as_str();
                let (span, plan) = (name.span, plan.as_str());
                let problem = problems::report_on_another_plan(span, &name.value, its_plan, plan);
                diagnostics.add(problem);
                continue;
            }
            if let Some(Spanned { value: AssessedLevel::NoEvidence, span }) = level
                && report.assessor.kind != AssessorKind::Irm
            {
                diagnostics.add(problems::no_evidence_is_for_irm(span));
            }
            if let Some(irm) = &irm
                && report.assessor.kind != AssessorKind::Irm
            {
                diagnostics.add(problems::codes_are_for_irm(irm.span));
            }
            let irm = irm.map(|irm| irm.value);
            let level = level.map_or(AssessedLevel::NotReported, |level| level.value);
            let assessment =
                Assessment { report, level, texts, evidence, challenges, irm, milestones };
            // Assessments stay in the order of the file unless one report is certainly newer.
            // "2015" and "2015-07" have no certain order.
            let date = assessment.report.date;
            let is_newer = |other: &Assessment| other.report.date.earliest() > date.latest();
            let index = assessments.iter().position(is_newer).unwrap_or(assessments.len());
            assessments.insert(index, assessment);
        }
        quality::order_is_certain(&assessments, &self.report_dates, diagnostics);
        assessments
    }

    fn plan(
        &self,
        name: &Spanned<String>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<ActionPlan>> {
        let id = PlanId::new(&name.value);
        if !self.declared.plans.contains(&id) {
            let known: Vec<_> = self.declared.plans.iter().map(PlanId::as_str).collect();
            diagnostics.add(problems::unknown_plan(name.span, &name.value, &known));
        }
        self.plans.get(&id).cloned()
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
    fn check_partners(&self, partners: &[Text], diagnostics: &mut Diagnostics) {
        for partner in partners {
            let (name, span) = (partner.trimmed_original(), partner.original().span);
            if self.agencies_by_name.contains_key(name) {
                diagnostics.add(problems::agency_as_partner(span, name));
            }
        }
    }

    /// Resolves the agencies that a key names. Reports an agency that is listed twice, under any of its
    /// names. `listed` has those of the keys above, and where they are named.
    fn agencies(
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

    /// Resolves the commitments that `names` refer to, which must belong to earlier plans than `plan`.
    fn earlier(
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
    fn check_leads(
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

    fn report(&self, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Arc<Report>> {
        let id = ReportId::new(&name.value);
        if !self.declared.reports.contains(&id) {
            let known: Vec<_> = self.declared.reports.iter().map(ReportId::as_str).collect();
            let has_title = |report: &&Arc<Report>| report.title.has_version(&name.value);
            diagnostics.add(match self.reports.values().find(has_title) {
                Some(report) => {
                    problems::report_by_title(name.span, &name.value, report.id.as_str())
                }
                None => problems::unknown_report(name.span, &name.value, &known),
            });
        }
        self.reports.get(&id).cloned()
    }

    /// Resolves the commitment into which one of `plan` is merged. A number alone is one of the same plan.
    fn merge_target(
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

    fn evidence(
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

    /// Returns the fields of a contact that the site publishes, or `None` if there are none.
    fn published(&self, contact: ContactDraft) -> Option<Contact> {
        let ContactDraft { texts, email, phone } = contact;
        let shows = |field| self.contact_fields.contains(&field);
        let ContactTexts { name, role, department } = texts;
        let contact = Contact {
            texts: ContactTexts {
                name: name.filter(|_| shows(ContactField::Name)),
                role: role.filter(|_| shows(ContactField::Role)),
                department: department.filter(|_| shows(ContactField::Department)),
            },
            email: email.filter(|_| shows(ContactField::Email)).map(|email| email.value),
            phone: phone.filter(|_| shows(ContactField::Phone)).map(|phone| phone.value),
        };
        (!contact.is_empty()).then_some(contact)
    }
}

/// Returns the aliases that can be part of an address. The others are reported by a rule.
fn usable_names(aliases: Vec<Spanned<String>>) -> Vec<String> {
    let names = aliases.into_iter().map(|alias| alias.value);
    names.filter(|name| is_usable_name(name)).collect()
}

fn resolve_article(
    draft: ArticleDraft,
    routes: &Routes,
    diagnostics: &mut Diagnostics,
) -> Option<Article> {
    let ArticleDraft { id, file, title, body, aliases, links: _ } = draft;
    if routes.is_reserved(id.as_str()) {
        diagnostics.add(problems::reserved_name(&file, id.as_str()));
        return None;
    }
    for alias in aliases.iter().filter(|alias| routes.is_reserved(&alias.value)) {
        diagnostics.add(problems::alias_taken(alias.span, &alias.value, None));
    }
    let mut aliases = usable_names(aliases);
    aliases.retain(|alias| !routes.is_reserved(alias));
    Some(Article { id, file, title, body, aliases })
}

/// Resolves the moved deadlines and sorts them by date, oldest first.
fn resolve_reschedules(drafts: Vec<RescheduleDraft>) -> Box<[Reschedule]> {
    let resolve = |RescheduleDraft { line: _, date, from, to, texts }| {
        Some(Reschedule { date: date?.value, from: from?.value, to: to?.value, texts })
    };
    let mut rescheduled: Vec<Reschedule> = drafts.into_iter().filter_map(resolve).collect();
    rescheduled.sort_by_key(|moved| moved.date);
    rescheduled.into()
}

/// Resolves the corrections and sorts them by date, oldest first.
fn resolve_corrections(drafts: Vec<CorrectionDraft>) -> Box<[Correction]> {
    let resolve = |CorrectionDraft { date, text }| {
        let (date, text) = (date?.value, text?);
        Some(Correction { id: format!("{date}-{}", short_hash(&text)), date, text })
    };
    let mut corrections: Vec<Correction> = drafts.into_iter().filter_map(resolve).collect();
    corrections.sort_by_key(|correction| correction.date);
    make_unique(corrections.iter_mut().map(|correction| &mut correction.id));
    corrections.into()
}

/// Returns eight hexadecimal digits that identify a text in a list of texts.
fn short_hash(text: &Text) -> String {
    let mut hash = ContentHash::of(text.trimmed_original().as_bytes()).short();
    hash.truncate(8);
    hash
}

/// Appends a number to each id that occurred before: two items may say the same.
fn make_unique<'i>(ids: impl Iterator<Item = &'i mut String>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in ids {
        let count = counts.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            *id += &format!("-{count}");
        }
    }
}
