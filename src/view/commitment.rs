//! One promise and what became of it, and the list of all.

use serde::Serialize;

use super::layout::{Layout, PageKind};
use super::search::FilterView;
use super::shared::{
    DateView, Link, LocalizedText, NumberedLink, PlanSection, Prose, ReportLine, StandingView,
};
use super::viewer::Viewer;
use crate::language::Argument;
use crate::markdown::{self, ParentHeading};
use crate::model::{
    Assessment, Assessor, Commitment, Contact, Evidence, Milestone, OgpValue, Update, Withdrawal,
};
use crate::route::Route;

/// Every commitment.
#[derive(Debug, Serialize)]
pub struct CommitmentsView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// How many are completed, as a sentence.
    pub summary: String,
    /// What the script needs that filters the list; only on the first part of the page.
    pub filter: Option<FilterView<'a>>,
    /// The plans, newest first, each with its commitments.
    pub plans: Vec<PlanSection<'a>>,
}

/// One commitment.
#[derive(Debug, Serialize)]
pub struct CommitmentView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// Its number in its plan.
    pub number: &'a str,
    /// OGP's own identifier; empty if none is known.
    pub ogp_id: &'a str,
    /// The plan.
    pub plan: Link<'a>,
    /// The chapter of the plan.
    pub chapter: Option<NumberedLink<'a>>,
    /// What the portal shows for it.
    pub standing: StandingView<'a>,
    /// What the standing rests on: the headline assessor's newest assessment.
    pub assessment: Option<AssessmentView<'a>>,
    /// Who would have judged, where nobody did.
    pub headline: String,
    /// The newest assessment of each other assessor.
    pub other_assessments: Vec<AssessmentView<'a>>,
    /// That assessors give different levels.
    pub disagree: bool,
    /// That the government dropped it.
    pub withdrawn: Option<WithdrawnView<'a>>,
    /// When work begins.
    pub start_date: Option<DateView>,
    /// When it is due.
    pub end_date: Option<DateView>,
    /// What is promised, in short.
    pub description: Prose<'a>,
    /// What it is to achieve.
    pub objective: Prose<'a>,
    /// How it serves OGP's values.
    pub relevance: Option<Prose<'a>>,
    /// What will be better when it is done.
    pub ambition: Option<Prose<'a>>,
    /// OGP's values that it serves, in words.
    pub values: Vec<String>,
    /// OGP's policy areas that it belongs to.
    pub policy_areas: Vec<&'static str>,
    /// The dated steps.
    pub milestones: Vec<MilestoneView<'a>>,
    /// Notes on progress, newest first.
    pub updates: Vec<UpdateView<'a>>,
    /// Who carries it out.
    pub lead: Link<'a>,
    /// Agencies that help.
    pub supporting: Vec<Link<'a>>,
    /// Actors outside the government.
    pub partners: Vec<LocalizedText<'a>>,
    /// Who answers for it.
    pub contact: Option<ContactView<'a>>,
    /// The commitment of an earlier plan that it continues.
    pub carried_from: Option<Link<'a>>,
    /// What each report gave, newest first.
    pub history: Vec<HistoryEntryView<'a>>,
    /// What the source leaves out, as one sentence; empty if nothing.
    pub missing_fields: String,
    /// How to quote the page.
    pub citation: String,
    /// The page as data.
    pub json: String,
    /// Where the file can be edited; empty if the site does not say.
    pub edit: String,
    /// The commitment before it.
    pub previous: Option<NumberedLink<'a>>,
    /// The commitment after it.
    pub next: Option<NumberedLink<'a>>,
    /// The list of all.
    pub all: String,
}

/// The level that one report gives.
#[derive(Debug, Serialize)]
pub struct HistoryEntryView<'a> {
    /// The report.
    pub report: ReportLine<'a>,
    /// The level, or that it gives none.
    pub standing: StandingView<'a>,
}

/// What one report says.
#[derive(Debug, Serialize)]
pub struct AssessmentView<'a> {
    /// The report.
    pub report: ReportLine<'a>,
    /// The level, or that it gives none.
    pub standing: StandingView<'a>,
    /// What was done.
    pub results: Option<Prose<'a>>,
    /// What is to be done next.
    pub next_steps: Option<Prose<'a>>,
    /// What remains, what stands in the way.
    pub additional_information: Option<Prose<'a>>,
    /// How the portal came to show this.
    pub note: Option<Prose<'a>>,
    /// What shows it.
    pub evidence: Vec<EvidenceView<'a>>,
}

/// A titled link or file.
#[derive(Debug, Serialize)]
pub struct EvidenceView<'a> {
    /// What is to be seen there.
    pub link: Link<'a>,
    /// The kind and size of a file, or the other site's name; and the language.
    pub file_type: String,
}

/// A dated step.
#[derive(Debug, Serialize)]
pub struct MilestoneView<'a> {
    /// The step.
    pub title: LocalizedText<'a>,
    /// When it begins.
    pub start_date: Option<DateView>,
    /// When it is due.
    pub end_date: Option<DateView>,
    /// How far it has come.
    pub standing: Option<StandingView<'a>>,
    /// More about it.
    pub description: Option<Prose<'a>>,
}

/// A note on progress.
#[derive(Debug, Serialize)]
pub struct UpdateView<'a> {
    /// When.
    pub date: DateView,
    /// What happened.
    pub text: Prose<'a>,
    /// What shows it.
    pub evidence: Vec<EvidenceView<'a>>,
}

/// That the government dropped a commitment.
#[derive(Debug, Serialize)]
pub struct WithdrawnView<'a> {
    /// When.
    pub date: Option<DateView>,
    /// Why.
    pub reason: Option<Prose<'a>>,
}

/// Who answers for a commitment.
#[derive(Debug, Serialize)]
pub struct ContactView<'a> {
    /// The person.
    pub name: Option<LocalizedText<'a>>,
    /// What they do.
    pub role: Option<LocalizedText<'a>>,
    /// Where in the agency.
    pub department: Option<LocalizedText<'a>>,
    /// The mailbox; may be empty.
    pub email: &'a str,
    /// The telephone; may be empty.
    pub phone: &'a str,
    /// The same as an address (RFC 3966).
    pub phone_href: String,
}

impl<'a> Viewer<'a> {
    /// The list of all commitments.
    pub fn commitments(&self) -> CommitmentsView<'a> {
        let title = self.interface_text(self.message("commitments"));
        let page =
            self.layout(PageKind::Commitments, title, self.message("commitments_description"));
        CommitmentsView {
            summary: self.summary(&self.portal.tally()),
            filter: page.is_first_page.then(|| self.filter()),
            plans: self.by_plan(self.portal.newest_first()),
            page,
        }
    }

    /// The page of a commitment.
    pub fn commitment(&self, commitment: &'a Commitment) -> CommitmentView<'a> {
        let headline = self.portal.site.headline;
        let title = self.localized(&commitment.title);
        let number = commitment.id.number();
        let (description, _) = commitment.description.in_language(&self.language.code);
        let (previous, next) = self.portal.neighbours(&commitment.id);
        let plan_page = self.links.page(&Route::Plan(commitment.id.plan.clone()));
        let chapter = commitment.chapter.as_ref().zip(commitment.chapter_index());
        let assessment = commitment.newest_assessment(headline);
        let others = Assessor::ALL.into_iter().filter(|it| *it != headline);
        let others = others.filter_map(|assessor| commitment.newest_assessment(assessor));
        CommitmentView {
            number,
            ogp_id: commitment.ogp_id.as_deref().unwrap_or_default(),
            plan: Link { text: self.localized(&commitment.plan.title), href: plan_page.clone() },
            chapter: chapter.map(|(chapter, at)| NumberedLink {
                number: &chapter.number,
                link: Link {
                    text: self.localized(&chapter.title),
                    href: self.chapter_href(&commitment.plan, at),
                },
            }),
            standing: self.standing(commitment.standing),
            assessment: assessment.map(|assessment| self.assessment(assessment)),
            headline: self.assessor(headline),
            other_assessments: others.map(|assessment| self.assessment(assessment)).collect(),
            disagree: commitment.disagreements(headline).next().is_some(),
            withdrawn: commitment.withdrawn.as_ref().map(|withdrawal| self.withdrawn(withdrawal)),
            start_date: commitment.start_date.map(|date| self.date(date)),
            end_date: commitment.end_date.map(|date| self.end_date(date)),
            description: self.prose(&commitment.description, ParentHeading(2)),
            objective: self.prose(&commitment.objective, ParentHeading(3)),
            relevance: self.field(commitment.relevance.as_ref()),
            ambition: self.field(commitment.ambition.as_ref()),
            values: commitment.values.iter().map(|value| self.value(*value)).collect(),
            policy_areas: commitment.policy_areas.iter().map(|area| area.0).collect(),
            milestones: commitment.milestones.iter().map(|it| self.milestone(it)).collect(),
            updates: commitment.updates.iter().rev().map(|it| self.update(it)).collect(),
            lead: self.agency_link(&commitment.lead),
            supporting: commitment.supporting.iter().map(|it| self.agency_link(it)).collect(),
            partners: commitment.partners.iter().map(|partner| self.localized(partner)).collect(),
            contact: commitment.contact.as_ref().map(|contact| self.contact(contact)),
            carried_from: commitment
                .carried_from
                .as_ref()
                .and_then(|id| self.portal.commitment(id))
                .map(|earlier| self.commitment_link(earlier)),
            history: commitment.assessments.iter().rev().map(|it| self.history_entry(it)).collect(),
            missing_fields: self.missing_fields(commitment),
            citation: self.citation(commitment),
            json: self.links.commitment_json(&commitment.id),
            edit: self.edit_address(commitment),
            previous: previous.map(|commitment| self.neighbour(commitment)),
            next: next.map(|commitment| self.neighbour(commitment)),
            all: self.links.page(&Route::Commitments),
            page: self.layout(PageKind::Commitment, title, markdown::plain_text(description)),
        }
    }

    fn withdrawn(&self, withdrawal: &'a Withdrawal) -> WithdrawnView<'a> {
        WithdrawnView {
            date: withdrawal.date.map(|date| self.date(date)),
            reason: withdrawal.reason.as_ref().map(|text| self.prose(text, ParentHeading(1))),
        }
    }

    /// Where the commitment's file can be edited; empty if the site does not say.
    fn edit_address(&self, commitment: &Commitment) -> String {
        let repository = self.portal.site.repository.as_deref();
        let address = |repository: &str| {
            format!("{}/{}", repository.trim_end_matches('/'), commitment.id.file())
        };
        repository.map(address).unwrap_or_default()
    }

    fn neighbour(&self, commitment: &'a Commitment) -> NumberedLink<'a> {
        NumberedLink { number: commitment.id.number(), link: self.commitment_link(commitment) }
    }

    fn history_entry(&self, assessment: &'a Assessment) -> HistoryEntryView<'a> {
        HistoryEntryView {
            report: self.report_line(&assessment.report),
            standing: self.level_view(assessment.level),
        }
    }

    pub(super) fn assessment(&self, assessment: &'a Assessment) -> AssessmentView<'a> {
        AssessmentView {
            report: self.report_line(&assessment.report),
            standing: self.level_view(assessment.level),
            results: self.field(assessment.results.as_ref()),
            next_steps: self.field(assessment.next_steps.as_ref()),
            additional_information: self.field(assessment.additional_information.as_ref()),
            note: assessment.note.as_ref().map(|it| self.prose(it, ParentHeading(1))),
            evidence: assessment.evidence.iter().map(|it| self.evidence(it)).collect(),
        }
    }

    fn evidence(&self, evidence: &'a Evidence) -> EvidenceView<'a> {
        let (href, mut file_type) = self.document(&evidence.location);
        if let Some(code) = &evidence.language {
            let known = self.languages.iter().find(|it| it.code == *code);
            file_type = format!("{file_type}, {}", known.map_or(code.as_str(), |it| &it.name));
        }
        EvidenceView { link: Link { text: self.localized(&evidence.title), href }, file_type }
    }

    fn milestone(&self, milestone: &'a Milestone) -> MilestoneView<'a> {
        MilestoneView {
            title: self.localized(&milestone.title),
            start_date: milestone.start_date.map(|date| self.date(date)),
            end_date: milestone.end_date.map(|date| self.end_date(date)),
            standing: milestone.level.map(|level| self.standing(level.into())),
            description: milestone.description.as_ref().map(|it| self.prose(it, ParentHeading(2))),
        }
    }

    fn update(&self, update: &'a Update) -> UpdateView<'a> {
        UpdateView {
            date: self.date(update.date),
            text: self.prose(&update.text, ParentHeading(3)),
            evidence: update.evidence.iter().map(|it| self.evidence(it)).collect(),
        }
    }

    pub(super) fn contact(&self, contact: &'a Contact) -> ContactView<'a> {
        let phone = contact.phone.as_deref().unwrap_or_default();
        let digits: String = phone.chars().filter(|it| it.is_ascii_digit() || *it == '+').collect();
        ContactView {
            name: contact.name.as_ref().map(|name| self.localized(name)),
            role: contact.role.as_ref().map(|role| self.localized(role)),
            department: contact.department.as_ref().map(|department| self.localized(department)),
            email: contact.email.as_deref().unwrap_or_default(),
            phone,
            phone_href: if digits.is_empty() { String::new() } else { format!("tel:{digits}") },
        }
    }

    fn value(&self, value: OgpValue) -> String {
        self.message(&format!("value_{}", value.name().replace('-', "_")))
    }

    /// What the headline assessor's report does not say of the commitment, as one sentence.
    fn missing_fields(&self, commitment: &Commitment) -> String {
        let Some(assessment) = commitment.newest_assessment(self.portal.site.headline) else {
            return String::new();
        };
        let fields = [
            ("results", assessment.results.is_none()),
            ("next_steps", assessment.next_steps.is_none()),
            ("additional_information", assessment.additional_information.is_none()),
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
        let address = self.routes.absolute(self.route, &self.language.code);
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
