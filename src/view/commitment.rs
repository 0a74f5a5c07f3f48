//! The list of commitments, and the page of one commitment.

use serde::Serialize;

use super::layout::Layout;
use super::search::FilterView;
use super::shared::{
    CommitmentReference, DateView, Link, LocalizedText, NumberedLink, PlanSection, Prose,
    ReportLine, StandingView, Texts,
};
use super::viewer::Viewer;
use crate::language::Argument;
use crate::markdown::{self, ParentHeading};
use crate::model::{
    Assessment, Commitment, Contact, Evidence, Milestone, OgpValue, Standing, Update, Withdrawal,
};
use crate::route::Route;

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
    pub start_date: Option<DateView>,
    pub end_date: Option<DateView>,
    pub description: Prose<'a>,
    pub objective: Prose<'a>,
    /// The optional texts: `relevance` and so on.
    #[serde(flatten)]
    pub texts: Texts<'a>,
    /// OGP's values, in words.
    pub values: Vec<String>,
    /// OGP's identifiers, such as `open-contracting`.
    pub policy_areas: Vec<&'static str>,
    pub milestones: Vec<MilestoneView<'a>>,
    /// Newest first.
    pub updates: Vec<UpdateView<'a>>,
    pub leads: Vec<Link<'a>>,
    pub supporting: Vec<Link<'a>>,
    pub partners: Vec<LocalizedText<'a>>,
    pub contact: Option<ContactView<'a>>,
    /// The commitment of an earlier plan that it continues.
    pub carried_from: Option<CommitmentReference<'a>>,
    /// The commitments of later plans that continue it.
    pub continued_by: Vec<CommitmentReference<'a>>,
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
    pub report: ReportLine<'a>,
    /// The level, or a standing that says that the report gives none.
    pub standing: StandingView<'a>,
    /// The texts: `results` and so on.
    #[serde(flatten)]
    pub texts: Texts<'a>,
    pub evidence: Vec<EvidenceView<'a>>,
}

#[derive(Debug, Serialize)]
pub struct EvidenceView<'a> {
    pub link: Link<'a>,
    /// The type and size of a file, or the name of the other site; and the language if it is known.
    pub file_type: String,
}

#[derive(Debug, Serialize)]
pub struct MilestoneView<'a> {
    pub title: LocalizedText<'a>,
    pub start_date: Option<DateView>,
    pub end_date: Option<DateView>,
    pub standing: Option<StandingView<'a>>,
    pub description: Option<Prose<'a>>,
}

#[derive(Debug, Serialize)]
pub struct UpdateView<'a> {
    pub date: DateView,
    pub text: Prose<'a>,
    pub evidence: Vec<EvidenceView<'a>>,
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
        let headline = self.portal.site.headline;
        let title = self.localized(&commitment.title);
        let number = commitment.id.number();
        let (description, _) = commitment.description.in_language(&self.language.code);
        let (previous, next) = self.portal.neighbours(&commitment.id);
        let tracks = commitment.tracks(headline).into_iter().map(|track| TrackView {
            newest: self.assessment(track.newest),
            older: track.older.into_iter().map(|older| self.assessment(older)).collect(),
        });
        let milestones = commitment.milestones.iter().map(|milestone| self.milestone(milestone));
        let supporting = commitment.supporting.iter().map(|agency| self.agency_link(agency));
        let earlier = commitment.carried_from.as_ref().and_then(|id| self.portal.commitment(id));
        let continued_by = self.portal.continued_by(&commitment.id);
        let continued_by = continued_by.map(|later| self.reference(later));
        CommitmentView {
            number,
            ogp_id: commitment.ogp_id.as_deref().unwrap_or_default(),
            plan: self.plan_link(&commitment.plan),
            chapter: self.chapter_of(commitment),
            standing: self.standing(commitment.standing),
            tracks: tracks.collect(),
            headline: self.assessor(headline),
            has_headline: commitment.newest_assessment(headline).is_some(),
            disagree: commitment.is_disputed(headline),
            withdrawn: commitment.withdrawn.as_ref().map(|withdrawal| self.withdrawn(withdrawal)),
            start_date: commitment.start_date.map(|date| self.date(date)),
            end_date: commitment.end_date.map(|date| self.end_date(date)),
            description: self.prose(&commitment.description, ParentHeading(2)),
            objective: self.prose(&commitment.objective, ParentHeading(3)),
            texts: self.fields(commitment.texts.all()),
            values: commitment.values.iter().map(|value| self.value(*value)).collect(),
            policy_areas: commitment.policy_areas.iter().map(|area| area.name()).collect(),
            milestones: milestones.collect(),
            updates: commitment.updates.iter().rev().map(|update| self.update(update)).collect(),
            leads: commitment.leads.iter().map(|agency| self.agency_link(agency)).collect(),
            supporting: supporting.collect(),
            partners: commitment.partners.iter().map(|partner| self.localized(partner)).collect(),
            contact: commitment.contact.as_ref().map(|contact| self.contact(contact)),
            carried_from: earlier.map(|earlier| self.reference(earlier)),
            continued_by: continued_by.collect(),
            history: self.history(commitment),
            missing_fields: self.missing_fields(commitment),
            citation: self.citation(commitment),
            json: self.links.commitment_json(&commitment.id),
            edit: self.edit_address(commitment),
            previous: previous.map(|commitment| self.reference(commitment)),
            next: next.map(|commitment| self.reference(commitment)),
            all: self.links.page(&Route::Commitments),
            page: self.layout(title, markdown::plain_text(description)),
        }
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
            report: self.report_line(&assessment.report),
            standing: self.standing(assessment.level.into()),
            texts: self.fields(assessment.texts.all()),
            evidence: assessment.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
        }
    }

    fn evidence(&self, evidence: &'a Evidence) -> EvidenceView<'a> {
        let (href, mut file_type) = self.document(&evidence.location);
        if let Some(code) = &evidence.language {
            let known = self.languages.iter().find(|language| language.code == *code);
            let name = known.map_or(code.as_str(), |language| &language.name);
            file_type = format!("{file_type}, {name}");
        }
        EvidenceView { link: Link { text: self.localized(&evidence.title), href }, file_type }
    }

    fn milestone(&self, milestone: &'a Milestone) -> MilestoneView<'a> {
        MilestoneView {
            title: self.localized(&milestone.title),
            start_date: milestone.start_date.map(|date| self.date(date)),
            end_date: milestone.end_date.map(|date| self.end_date(date)),
            standing: milestone.level.map(|level| self.standing(level.into())),
            description: milestone
                .texts
                .description
                .as_ref()
                .map(|text| self.prose(text, ParentHeading(2))),
        }
    }

    fn update(&self, update: &'a Update) -> UpdateView<'a> {
        UpdateView {
            date: self.date(update.date),
            text: self.prose(&update.text, ParentHeading(3)),
            evidence: update.evidence.iter().map(|evidence| self.evidence(evidence)).collect(),
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

    fn value(&self, value: OgpValue) -> String {
        self.message(&format!("value_{}", value.name().replace('-', "_")))
    }

    /// The fields that the headline assessment leaves out, as one sentence.
    fn missing_fields(&self, commitment: &Commitment) -> String {
        let assessment = commitment.newest_assessment(self.portal.site.headline);
        // What is not entered here may be in the report.
        let Some(assessment) = assessment.filter(|assessment| !assessment.report.partial) else {
            return String::new();
        };
        let fields = [
            ("results", assessment.texts.results.is_none()),
            ("next_steps", assessment.texts.next_steps.is_none()),
            ("additional_information", assessment.texts.additional_information.is_none()),
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
