//! The list of commitments, and the page of one commitment.

use std::sync::Arc;

use serde::Serialize;

use super::layout::Layout;
use super::search::FilterView;
use super::shared::{
    CommitmentReference, DateView, DownloadView, Link, LocalizedText, NumberedLink, PlanSection,
    Prose, ReportLine, StandingView, Texts,
};
use super::time_line::TimeLineView;
use super::viewer::Viewer;
use crate::chart;
use crate::html::Html;
use crate::language::Argument;
use crate::markdown::{self, ParentHeading};
use crate::model::{
    Agency, Assessment, Commitment, Contact, Correction, DatedQuantity, Evidence, Indicator,
    IndicatorValue, IrmCodes, Late, Milestone, Quantity, Reschedule, Standing, Track, Update,
    Withdrawal,
};
use crate::route::{Chart, Route};

#[derive(Debug, Serialize)]
pub struct CommitmentsView<'a> {
    pub page: Layout<'a>,
    /// For the script that filters the list; `None` on later pages.
    pub filter: Option<FilterView<'a>>,
    /// The newest plan first.
    pub plans: Vec<PlanSection<'a>>,
}

#[derive(Debug, Serialize)]
pub struct CommitmentView<'a> {
    pub page: Layout<'a>,
    pub number: &'a str,
    /// Empty if it is not known.
    pub ogp_id: &'a str,
    pub plan: Link<'a>,
    pub chapter: Option<NumberedLink<'a>>,
    pub standing: StandingView<'a>,
    /// What each body says: first the one whose newest assessment sets the standing, then the others,
    /// the newest first.
    pub tracks: Vec<TrackView<'a>>,
    /// The headline assessor, as in "The government".
    pub headline: String,
    /// Whether the first track is that of the headline assessor.
    pub has_headline: bool,
    /// Whether another assessor gives a different level.
    pub disagree: bool,
    /// `None` unless the government withdrew the commitment.
    pub withdrawn: Option<WithdrawnView<'a>>,
    #[serde(flatten)]
    pub schedule: Schedule<'a>,
    pub description: Prose<'a>,
    pub objective: Prose<'a>,
    /// The optional texts: `relevance` and so on.
    #[serde(flatten)]
    pub texts: Texts<'a>,
    /// The title as the adopted plan prints it.
    pub official_title: Option<LocalizedText<'a>>,
    /// OGP's values, in words.
    pub values: Vec<String>,
    pub policy_areas: Vec<Link<'a>>,
    pub indicators: Vec<IndicatorView<'a>>,
    pub milestones: Vec<MilestoneView<'a>>,
    /// How many milestones are completed, as a sentence with its source; empty if nobody says it.
    pub milestone_count: String,
    /// Newest first.
    pub updates: Vec<UpdateView<'a>>,
    /// Newest first.
    pub corrections: Vec<CorrectionView<'a>>,
    #[serde(flatten)]
    pub responsible: Responsible<'a>,
    #[serde(flatten)]
    pub references: References<'a>,
    /// Whether only the preview shows the page.
    pub is_draft: bool,
    /// A sentence if the page has texts in another language; otherwise empty.
    pub untranslated: String,
    /// `None` if there is not more than one assessment.
    pub time_line: Option<TimeLineView>,
    /// The level in each report, and the withdrawal, newest first.
    pub history: Vec<HistoryEntryView<'a>>,
    /// The fields that the newest headline assessment leaves out, as one sentence; empty if it has them
    /// all.
    pub missing_fields: String,
    /// A sentence with which to cite the page.
    pub citation: String,
    pub json: String,
    /// The address at which to edit the file; empty if `site.toml` has no `repository`.
    pub edit: String,
    pub previous: Option<CommitmentReference<'a>>,
    pub next: Option<CommitmentReference<'a>>,
    pub all: String,
}

/// When a commitment begins and is due.
#[derive(Debug, Serialize)]
pub struct Schedule<'a> {
    pub start_date: Option<DateView>,
    pub end_date: Option<DateView>,
    /// The first deadline, if it moved.
    pub original_end_date: Option<DateView>,
    /// The deadlines that moved, newest first.
    pub rescheduled: Vec<RescheduleView<'a>>,
    /// A sentence for each report in which the commitment is late.
    pub late: Vec<String>,
    /// The address of the page with what is late.
    pub deadlines: String,
}

/// Who carries out a commitment.
#[derive(Debug, Serialize)]
pub struct Responsible<'a> {
    pub leads: Vec<Link<'a>>,
    pub supporting: Vec<Link<'a>>,
    pub partners: Vec<LocalizedText<'a>>,
    pub contacts: Vec<ContactView<'a>>,
}

/// The other commitments that have to do with a commitment.
#[derive(Debug, Serialize)]
pub struct References<'a> {
    /// The commitments of earlier plans that it continues.
    pub carried_from: Vec<CommitmentReference<'a>>,
    /// The commitments of later plans that continue it.
    pub continued_by: Vec<CommitmentReference<'a>>,
    /// The commitment that includes it now.
    pub merged_into: Option<CommitmentReference<'a>>,
    /// The commitments that it includes now.
    pub merged: Vec<CommitmentReference<'a>>,
}

/// The assessments by one body.
#[derive(Debug, Serialize)]
pub struct TrackView<'a> {
    pub newest: AssessmentView<'a>,
    /// Newest first.
    pub older: Vec<AssessmentView<'a>>,
}

#[derive(Debug, Serialize)]
pub struct HistoryEntryView<'a> {
    /// `None` if it is not known when the commitment was withdrawn.
    pub date: Option<DateView>,
    /// The level, or a standing that says that the report gives none.
    pub standing: StandingView<'a>,
    /// `None` for the withdrawal.
    pub report: Option<ReportLine<'a>>,
    /// The address of what the report says about the commitment; empty for the withdrawal.
    pub sheet: String,
}

#[derive(Debug, Serialize)]
pub struct AssessmentView<'a> {
    /// Who gives which level and when, as in "The government, 2015: Limited".
    pub verdict: String,
    pub report: ReportLine<'a>,
    /// The level, or a standing that says that the report gives none.
    pub standing: StandingView<'a>,
    /// The texts: `results` and so on.
    #[serde(flatten)]
    pub texts: Texts<'a>,
    pub evidence: Vec<EvidenceView<'a>>,
    /// What stands in the way, in words.
    pub challenges: Vec<String>,
    /// OGP's codes, in words.
    pub irm: Vec<CodeView>,
}

/// One of OGP's codes.
#[derive(Debug, Serialize)]
pub struct CodeView {
    pub label: String,
    pub value: String,
}

#[derive(Debug, Serialize)]
pub struct IndicatorView<'a> {
    /// The `id` of the indicator on the page.
    pub anchor: String,
    pub title: LocalizedText<'a>,
    pub unit: LocalizedText<'a>,
    pub source: Option<Prose<'a>>,
    pub picture: Html,
    /// The picture as files; `None` if there is no picture.
    pub download: Option<DownloadView>,
    /// The baseline, the values, oldest first, and the target.
    pub rows: Vec<IndicatorRow<'a>>,
    /// How much is missing to the target, as a sentence; empty if it is reached or not known.
    pub missing: String,
}

#[derive(Debug, Serialize)]
pub struct IndicatorRow<'a> {
    /// "Baseline" or "Target"; empty for a value.
    pub label: String,
    pub date: Option<DateView>,
    pub value: String,
    /// The report that gives it.
    pub report: Option<ReportLine<'a>>,
    pub note: Option<Prose<'a>>,
}

#[derive(Debug, Serialize)]
pub struct EvidenceView<'a> {
    pub link: Link<'a>,
    /// The type and size of a file, or the name of the other site; and the language if it is known.
    pub file_type: String,
    /// The absolute address, for paper.
    pub address: String,
    /// The address of a permanent copy; empty if there is none.
    pub archived: &'a str,
    /// When somebody saw the document at its address.
    pub accessed: Option<DateView>,
}

#[derive(Debug, Serialize)]
pub struct RescheduleView<'a> {
    pub date: DateView,
    pub from: DateView,
    pub to: DateView,
    pub reason: Option<Prose<'a>>,
}

#[derive(Debug, Serialize)]
pub struct CorrectionView<'a> {
    /// The `id` of the correction on the page.
    pub anchor: String,
    pub date: DateView,
    pub text: Prose<'a>,
}

#[derive(Debug, Serialize)]
pub struct MilestoneView<'a> {
    /// The `id` of the milestone on the page.
    pub anchor: String,
    pub title: LocalizedText<'a>,
    /// The agencies that carry it out, if they are not the leads of the commitment.
    pub leads: Vec<Link<'a>>,
    pub start_date: Option<DateView>,
    pub end_date: Option<DateView>,
    pub completed_date: Option<DateView>,
    /// The level that the lead agency gives.
    pub standing: Option<StandingView<'a>>,
    /// What the reports say about it, newest first.
    pub assessments: Vec<AssessedMilestoneView<'a>>,
    /// A sentence for each report in which it is late.
    pub late: Vec<String>,
    pub description: Option<Prose<'a>>,
    pub evidence: Vec<EvidenceView<'a>>,
}

/// What a report says about a milestone.
#[derive(Debug, Serialize)]
pub struct AssessedMilestoneView<'a> {
    pub standing: StandingView<'a>,
    /// Who says so and when, as in "The government, 2015".
    pub source: String,
    pub note: Option<Prose<'a>>,
}

#[derive(Debug, Serialize)]
pub struct UpdateView<'a> {
    pub date: DateView,
    pub text: Prose<'a>,
    pub evidence: Vec<EvidenceView<'a>>,
    /// What stands in the way, in words.
    pub challenges: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct WithdrawnView<'a> {
    pub date: Option<DateView>,
    pub reason: Option<Prose<'a>>,
}

#[derive(Debug, Serialize)]
pub struct ContactView<'a> {
    pub name: Option<LocalizedText<'a>>,
    pub role: Option<LocalizedText<'a>>,
    pub department: Option<LocalizedText<'a>>,
    /// Empty if it is not known.
    pub email: &'a str,
    /// As written in the file; empty if it is not known.
    pub phone: &'a str,
    /// A `tel:` address (RFC 3966); empty if `phone` has no digits.
    pub phone_href: String,
}

impl<'a> Viewer<'a> {
    pub fn commitments(&self) -> CommitmentsView<'a> {
        let title = self.interface_text(self.message("commitments"));
        let page = self.layout(title, self.message("commitments_description"));
        CommitmentsView {
            filter: page.is_first_page.then(|| self.filter()),
            plans: self.plan_sections(self.portal.everything(), 0, |part| {
                self.language.claim(&self.finding(part.commitments))
            }),
            page,
        }
    }

    pub fn commitment(&self, commitment: &'a Commitment) -> CommitmentView<'a> {
        let headline = &self.portal.site.headline;
        let title = self.localized(&commitment.title);
        let number = commitment.id.number();
        let (description, _) = commitment.description.in_language(&self.language.code);
        let (previous, next) = self.portal.neighbours(&commitment.id);
        let late = commitment.late(headline);
        let corrections = commitment.corrections.iter().rev();
        CommitmentView {
            page: self.layout(title, markdown::plain_text(description)),
            number,
            ogp_id: commitment.ogp_id.as_deref().unwrap_or_default(),
            plan: self.plan_link(&commitment.plan),
            chapter: self.chapter_of(commitment),
            standing: self.standing(commitment.standing),
            tracks: self.tracks(commitment),
            headline: self.assessor(headline),
            has_headline: commitment.newest_assessment(headline).is_some(),
            disagree: commitment.is_disputed(headline),
            withdrawn: commitment.withdrawn.as_ref().map(|withdrawal| self.withdrawn(withdrawal)),
            schedule: self.schedule(commitment, &late),
            description: self.prose(&commitment.description, ParentHeading(2)),
            objective: self.prose(&commitment.objective, ParentHeading(3)),
            texts: self.fields(commitment.texts.all()),
            official_title: commitment.official_title.as_ref().map(|title| self.localized(title)),
            values: commitment.values.iter().map(|value| self.term(*value)).collect(),
            policy_areas: commitment
                .policy_areas
                .iter()
                .map(|area| self.area_link(*area))
                .collect(),
            indicators: commitment
                .indicators
                .iter()
                .map(|item| self.indicator(commitment, item))
                .collect(),
            milestones: self.milestones(commitment, &late),
            milestone_count: self.milestone_count(commitment),
            updates: commitment.updates.iter().rev().map(|update| self.update(update)).collect(),
            corrections: corrections.map(|item| self.correction(item, ParentHeading(3))).collect(),
            responsible: self.responsible(commitment),
            references: self.references(commitment),
            is_draft: commitment.is_draft,
            untranslated: self.untranslated(commitment.texts().map(|(_, text)| text)),
            time_line: self.time_line(commitment),
            history: self.history(commitment),
            missing_fields: self.missing_fields(commitment),
            citation: self.citation(commitment),
            json: self.links.commitment_json(&commitment.id),
            edit: self.edit_address(commitment),
            previous: previous.map(|commitment| self.reference(commitment)),
            next: next.map(|commitment| self.reference(commitment)),
            all: self.links.page(&Route::Commitments),
        }
    }

    fn schedule(&self, commitment: &'a Commitment, late: &[Late<'_>]) -> Schedule<'a> {
        let late = late.iter().filter(|late| late.milestone.is_none());
        let rescheduled = commitment.rescheduled.iter();
        let first = rescheduled.clone().next();
        let moved = |moved| self.reschedule(moved, ParentHeading(3));
        Schedule {
            start_date: commitment.start_date.map(|date| self.date(date)),
            end_date: commitment.end_date.map(|date| self.end_date(date)),
            original_end_date: first.map(|first| self.date(first.from)),
            rescheduled: rescheduled.rev().map(moved).collect(),
            late: late.map(|late| self.language.late(late)).collect(),
            deadlines: self.links.page(&Route::Deadlines),
        }
    }

    fn responsible(&self, commitment: &'a Commitment) -> Responsible<'a> {
        let links = |agencies: &'a [Arc<Agency>]| {
            agencies.iter().map(|agency| self.agency_link(agency)).collect()
        };
        Responsible {
            leads: links(&commitment.leads),
            supporting: links(&commitment.supporting),
            partners: commitment.partners.iter().map(|partner| self.localized(partner)).collect(),
            contacts: commitment.contacts.iter().map(|contact| self.contact(contact)).collect(),
        }
    }

    fn references(&self, commitment: &'a Commitment) -> References<'a> {
        let find = |id| self.portal.commitment(id).map(|commitment| self.reference(commitment));
        let reference = |other: &'a Commitment| self.reference(other);
        References {
            carried_from: commitment.carried_from.iter().filter_map(find).collect(),
            continued_by: self.portal.continued_by(&commitment.id).map(reference).collect(),
            merged_into: commitment.merged_into.as_ref().and_then(find),
            merged: self.portal.merged_into(&commitment.id).map(reference).collect(),
        }
    }

    fn tracks(&self, commitment: &'a Commitment) -> Vec<TrackView<'a>> {
        let tracks = commitment.tracks(&self.portal.site.headline).into_iter();
        let view = |track: Track<'a>| TrackView {
            newest: self.assessment(track.newest),
            older: track.older.into_iter().map(|older| self.assessment(older)).collect(),
        };
        tracks.map(view).collect()
    }

    /// A deadline that moved; the reason is the content of a heading.
    pub(super) fn reschedule(
        &self,
        moved: &'a Reschedule,
        parent: ParentHeading,
    ) -> RescheduleView<'a> {
        RescheduleView {
            date: self.date(moved.date),
            from: self.date(moved.from),
            to: self.date(moved.to),
            reason: moved.texts.reason.as_ref().map(|text| self.prose(text, parent)),
        }
    }

    /// A correction; its text is the content of a heading.
    pub(super) fn correction(
        &self,
        correction: &'a Correction,
        parent: ParentHeading,
    ) -> CorrectionView<'a> {
        CorrectionView {
            anchor: correction.anchor(),
            date: self.date(correction.date),
            text: self.prose(&correction.text, parent),
        }
    }

    /// How many milestones are completed, as a sentence with its source.
    fn milestone_count(&self, commitment: &Commitment) -> String {
        let Some(count) = commitment.milestone_count(&self.portal.site.headline) else {
            return String::new();
        };
        let source = match count.source {
            Some(assessment) => self.language.source_of(assessment),
            None => self.message("source_lead_agency"),
        };
        let words = [
            ("count", Argument::Number(count.completed)),
            ("total", Argument::Number(count.total)),
            ("source", Argument::Text(&source)),
        ];
        self.language.message("milestone_count", &words)
    }

    fn chapter_of(&self, commitment: &'a Commitment) -> Option<NumberedLink<'a>> {
        let (chapter, index) = commitment.chapter.as_ref().zip(commitment.chapter_index())?;
        let href = self.chapter_href(&commitment.plan, index);
        let link = Link { text: self.localized(&chapter.title), href };
        Some(NumberedLink { number: &chapter.number, link })
    }

    fn withdrawn(&self, withdrawal: &'a Withdrawal) -> WithdrawnView<'a> {
        WithdrawnView {
            date: withdrawal.date.map(|date| self.date(date)),
            reason: withdrawal.texts.reason.as_ref().map(|text| self.prose(text, ParentHeading(1))),
        }
    }

    /// The address at which to edit the commitment's file; empty if `site.toml` has no
    /// `repository`.
    fn edit_address(&self, commitment: &Commitment) -> String {
        let repository = self.portal.site.repository.as_deref();
        let address = |repository: &str| {
            format!("{}/{}", repository.trim_end_matches('/'), commitment.id.file())
        };
        repository.map(address).unwrap_or_default()
    }

    fn history(&self, commitment: &'a Commitment) -> Vec<HistoryEntryView<'a>> {
        let newest_first = commitment.assessments.iter().rev();
        let entry = |assessment| self.history_entry(commitment, assessment);
        let mut entries: Vec<_> = newest_first.clone().map(entry).collect();
        if let Some(withdrawal) = &commitment.withdrawn {
            let later = |date| newest_first.take_while(|later| later.report.date > date).count();
            let entry = HistoryEntryView {
                date: withdrawal.date.map(|date| self.date(date)),
                standing: self.standing(Standing::Withdrawn),
                report: None,
                sheet: String::new(),
            };
            entries.insert(withdrawal.date.map_or(0, later), entry);
        }
        entries
    }

    fn history_entry(
        &self,
        commitment: &'a Commitment,
        assessment: &'a Assessment,
    ) -> HistoryEntryView<'a> {
        HistoryEntryView {
            date: Some(self.date(assessment.report.date)),
            standing: self.standing(assessment.level.into()),
            report: Some(self.report_line(&assessment.report)),
            sheet: self.sheet_address(&assessment.report, commitment),
        }
    }

    pub(super) fn assessment(&self, assessment: &'a Assessment) -> AssessmentView<'a> {
        AssessmentView {
            verdict: self.language.verdict(assessment),
            report: self.report_line(&assessment.report),
            standing: self.standing(assessment.level.into()),
            texts: self.fields(assessment.texts.all()),
            evidence: assessment.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
            challenges: assessment.challenges.iter().map(|term| self.term(*term)).collect(),
            irm: assessment.irm.as_ref().map(|codes| self.irm_codes(codes)).unwrap_or_default(),
        }
    }

    fn evidence(&self, evidence: &'a Evidence) -> EvidenceView<'a> {
        let (href, mut file_type) = self.document(&evidence.location);
        if let Some(code) = &evidence.language {
            let known = self.languages.iter().find(|language| language.code == *code);
            let name = known.map_or(code.as_str(), |language| &language.name);
            file_type = format!("{file_type}, {name}");
        }
        EvidenceView {
            link: Link { text: self.localized(&evidence.title), href },
            file_type,
            address: self.document_address(&evidence.location),
            archived: evidence.archived.as_deref().unwrap_or_default(),
            accessed: evidence.accessed.map(|date| self.date(date)),
        }
    }

    fn irm_codes(&self, codes: &IrmCodes) -> Vec<CodeView> {
        let yes_or_no = |is_so: bool| self.message(if is_so { "yes" } else { "no" });
        let relevance = codes.relevance.as_ref().map(|values| {
            let values: Vec<String> = values.iter().map(|value| self.term(*value)).collect();
            if values.is_empty() { self.message("no") } else { self.language.list(&values) }
        });
        let values = [
            ("irm_verifiable", codes.verifiable.map(yes_or_no)),
            ("irm_specificity", codes.specificity.map(|code| self.term(code))),
            ("irm_relevance", relevance),
            ("irm_potential_impact", codes.potential_impact.map(|code| self.term(code))),
            ("irm_potential_for_results", codes.potential_for_results.map(|code| self.term(code))),
            ("irm_opened", codes.did_it_open_government.map(|code| self.term(code))),
            ("irm_early_results", codes.early_results.map(|code| self.term(code))),
            ("irm_starred", codes.starred.map(yes_or_no)),
        ];
        let code = |(label, value): (&str, Option<String>)| {
            Some(CodeView { label: self.message(label), value: value? })
        };
        values.into_iter().filter_map(code).collect()
    }

    pub(super) fn indicator(
        &self,
        commitment: &Commitment,
        indicator: &'a Indicator,
    ) -> IndicatorView<'a> {
        let row = |label: &str, dated: &DatedQuantity| IndicatorRow {
            label: self.message(label),
            date: dated.date.map(|date| self.date(date)),
            value: self.language.quantity(dated.quantity),
            report: None,
            note: None,
        };
        let value = |value: &'a IndicatorValue| IndicatorRow {
            label: String::new(),
            date: Some(self.date(value.date)),
            value: self.language.quantity(value.quantity),
            report: value.report.as_ref().map(|report| self.report_line(report)),
            note: value.texts.note.as_ref().map(|note| self.prose(note, ParentHeading(3))),
        };
        let baseline = indicator.baseline.iter().map(|dated| row("baseline", dated));
        let target = indicator.target.iter().map(|dated| row("target", dated));
        let missing = indicator.missing().map(|quantity| {
            let number = self.language.quantity(quantity);
            let unit = self.localized(&indicator.unit).text;
            let words = [("number", Argument::Text(&number)), ("unit", Argument::Text(&unit))];
            self.language.message("indicator_missing", &words)
        });
        IndicatorView {
            anchor: format!("indicator-{}", indicator.id),
            title: self.localized(&indicator.title),
            unit: self.localized(&indicator.unit),
            source: indicator.texts.source.as_ref().map(|text| self.prose(text, ParentHeading(3))),
            picture: columns(indicator),
            download: indicator.is_comparable().then(|| {
                self.download(&Chart::Indicator(commitment.id.clone(), indicator.id.clone()))
            }),
            rows: baseline.chain(indicator.values.iter().map(value)).chain(target).collect(),
            missing: missing.unwrap_or_default(),
        }
    }

    fn milestones(&self, commitment: &'a Commitment, late: &[Late<'_>]) -> Vec<MilestoneView<'a>> {
        let milestones = commitment.milestones.iter().enumerate();
        let view = |(index, milestone): (usize, &'a Milestone)| {
            let late = late
                .iter()
                .filter(|late| late.milestone.is_some_and(|late| late.id == milestone.id));
            let description = milestone.texts.description.as_ref();
            let evidence = milestone.evidence.iter();
            MilestoneView {
                anchor: milestone.anchor(),
                title: self.localized(&milestone.title),
                leads: milestone.leads.iter().map(|agency| self.agency_link(agency)).collect(),
                start_date: milestone.start_date.map(|date| self.date(date)),
                end_date: milestone.end_date.map(|date| self.end_date(date)),
                completed_date: milestone.completed_date.map(|date| self.date(date)),
                standing: milestone.level.map(|level| self.standing(level.into())),
                assessments: self.assessments_of_milestone(commitment, index),
                late: late.map(|late| self.language.late(late)).collect(),
                description: description.map(|text| self.prose(text, ParentHeading(2))),
                evidence: evidence.map(|evidence| self.evidence(evidence)).collect(),
            }
        };
        milestones.map(view).collect()
    }

    fn assessments_of_milestone(
        &self,
        commitment: &'a Commitment,
        index: usize,
    ) -> Vec<AssessedMilestoneView<'a>> {
        let assessed = commitment.assessments.iter().rev().filter_map(|assessment| {
            let milestone = assessment.milestone(index)?;
            let note = milestone.texts.note.as_ref();
            Some(AssessedMilestoneView {
                standing: self.standing(milestone.level.into()),
                source: self.language.source_of(assessment),
                note: note.map(|text| self.prose(text, ParentHeading(2))),
            })
        });
        assessed.collect()
    }

    fn update(&self, update: &'a Update) -> UpdateView<'a> {
        UpdateView {
            date: self.date(update.date),
            text: self.prose(&update.text, ParentHeading(3)),
            evidence: update.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
            challenges: update.challenges.iter().map(|term| self.term(*term)).collect(),
        }
    }

    pub(super) fn contact(&self, contact: &'a Contact) -> ContactView<'a> {
        let phone = contact.phone.as_deref().unwrap_or_default();
        let is_dialled = |character: &char| character.is_ascii_digit() || *character == '+';
        let digits: String = phone.chars().filter(is_dialled).collect();
        ContactView {
            name: contact.texts.name.as_ref().map(|name| self.localized(name)),
            role: contact.texts.role.as_ref().map(|role| self.localized(role)),
            department: contact
                .texts
                .department
                .as_ref()
                .map(|department| self.localized(department)),
            email: contact.email.as_deref().unwrap_or_default(),
            phone,
            phone_href: if digits.is_empty() { String::new() } else { format!("tel:{digits}") },
        }
    }

    /// The fields that the headline assessment leaves out, as one sentence.
    fn missing_fields(&self, commitment: &Commitment) -> String {
        let assessment = commitment.newest_assessment(&self.portal.site.headline);
        // What is not entered here may be in the report.
        let Some(assessment) = assessment.filter(|assessment| !assessment.report.partial) else {
            return String::new();
        };
        let says_nothing_on_obstacles =
            assessment.texts.additional_information.is_none() && assessment.challenges.is_empty();
        let fields = [
            ("results", assessment.texts.results.is_none()),
            ("next_steps", assessment.texts.next_steps.is_none()),
            ("additional_information", says_nothing_on_obstacles),
        ];
        let missing: Vec<String> = fields
            .into_iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(key, _)| self.message(&format!("nothing_on_{key}")))
            .collect();
        if missing.is_empty() {
            return String::new();
        }
        self.language
            .message("left_out", &[("what", Argument::Text(&self.language.list(&missing)))])
    }

    fn citation(&self, commitment: &Commitment) -> String {
        let title = self.localized(&commitment.title);
        let site = &self.portal.site;
        let site_title = self.localized(&site.title);
        let address = self.absolute(&self.language.code);
        self.language.message(
            "citation",
            &[
                ("title", Argument::Text(&title.text)),
                ("number", Argument::Text(commitment.id.number())),
                ("site", Argument::Text(&site_title.text)),
                ("address", Argument::Text(&address)),
            ],
        )
    }
}

/// The picture of an indicator: its baseline and values as columns, and its target as a line. Empty if
/// there is nothing to compare.
pub(super) fn columns(indicator: &Indicator) -> Html {
    if !indicator.is_comparable() {
        return Html::default();
    }
    let largest = indicator.largest();
    let share = |quantity: Quantity| largest.map_or(0, |largest| quantity.share_of(largest));
    let baseline = indicator.baseline.iter().map(|dated| dated.quantity);
    let values = baseline.chain(indicator.values.iter().map(|value| value.quantity));
    let values: Vec<i64> = values.map(share).collect();
    chart::columns(&values, indicator.target.map(|target| share(target.quantity)))
}
