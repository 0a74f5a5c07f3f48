//! Resolves commitments with all their sections.

use std::collections::BTreeMap;

use super::milestones::{MilestoneIds, free_id};
use super::quality;
use super::reference::usable_names;
use super::resolver::Resolver;
use crate::diagnostic::Diagnostics;
use crate::draft::{
    AssessmentDraft, CommitmentDraft, ContactDraft, CorrectionDraft, IndicatorDraft,
    IndicatorValueDraft, MilestoneDraft, RescheduleDraft, UpdateDraft, WithdrawalDraft,
    is_usable_name,
};
use crate::hash::ContentHash;
use crate::model::{
    AssessedLevel, Assessment, AssessorKind, Commitment, Contact, ContactField, ContactTexts,
    Correction, Indicator, IndicatorValue, Milestone, PlanId, ReportId, Reschedule, Text, Update,
    Withdrawal, standing,
};
use crate::problems::{self, Noun};
use crate::source::{Span, Spanned};

impl Resolver<'_> {
    pub(super) fn resolve_commitment(
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
            if !is_usable_name(&id.value) {
                let example = "a short name, such as \"trained-people\"";
                diagnostics.add(problems::unusable_id(id.span, &id.value, example));
                continue;
            }
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
