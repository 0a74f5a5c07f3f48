//! The rows of the form: one for each commitment and one for each milestone, with what the site says.

use super::address::one_word;
use super::column::{Column, Question};
use crate::language::Language;
use crate::model::{
    ActionPlan, Agency, Assessment, Commitment, CompletionLevel, DocumentLocation, EndDate,
    Evidence, Milestone, Portal, Report, Standing,
};

/// What a form is about, and for whom.
pub struct Form<'p> {
    pub portal: &'p Portal,
    pub plan: &'p ActionPlan,
    /// The report that the answers are for; `None` if the site does not have it yet.
    pub report: Option<&'p Report>,
    /// Whose commitments and milestones the form has; `None` for all.
    pub agency: Option<&'p Agency>,
    pub language: &'p Language,
    /// The site's default language, in which the texts are written.
    pub site_language: &'p Language,
}

/// A row, by the columns.
pub(super) struct Row {
    pub is_milestone: bool,
    pub cells: Vec<(Column, String)>,
}

impl Row {
    /// Whether a cell is for an answer.
    pub(super) fn is_open(&self, column: Column) -> bool {
        match column {
            Column::Answer(question) if self.is_milestone => question.is_of_milestones(),
            Column::Answer(question) => question.is_of_commitments(),
            _ => false,
        }
    }
}

impl Form<'_> {
    /// Returns the rows by the number of the commitment, without those that were withdrawn or merged.
    pub(super) fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for commitment in self.portal.of_plan(&self.plan.id).iter() {
            if commitment.is_dropped() {
                continue;
            }
            let is_led = self.is_own(&commitment.leads);
            let milestones = commitment.milestones.iter().enumerate();
            let milestones: Vec<(usize, &Milestone)> = milestones
                .filter(|(_, milestone)| is_led || self.leads_milestone(milestone))
                .collect();
            if is_led || !milestones.is_empty() {
                rows.push(self.commitment_row(commitment));
            }
            for (index, milestone) in milestones {
                rows.push(self.milestone_row(commitment, index, milestone));
            }
        }
        rows
    }

    fn is_own(&self, leads: &[std::sync::Arc<Agency>]) -> bool {
        self.agency.is_none_or(|agency| leads.iter().any(|lead| lead.id == agency.id))
    }

    fn leads_milestone(&self, milestone: &Milestone) -> bool {
        !milestone.leads.is_empty() && self.is_own(&milestone.leads)
    }

    fn commitment_row(&self, commitment: &Commitment) -> Row {
        let current = self.current(commitment);
        let last = self.last(commitment);
        let cell = |column: Column| match column {
            Column::Commitment => commitment.id.to_string(),
            Column::Last(question) => self.answer(question, last),
            Column::Answer(question) => self.answer(question, current),
            column => self.fixed(column, commitment, None),
        };
        self.row(cell, Kind::Commitment)
    }

    fn milestone_row(&self, commitment: &Commitment, index: usize, milestone: &Milestone) -> Row {
        let level = |assessment: Option<&Assessment>| {
            assessment.and_then(|assessment| assessment.milestone(index)).map(|said| said.level)
        };
        let name = |level: Option<CompletionLevel>| {
            level.map_or("", |level| self.language.standing(level.into())).to_owned()
        };
        let cell = |column: Column| match column {
            Column::Commitment => commitment.id.to_string(),
            Column::Milestone => milestone.id.clone(),
            Column::Last(Question::Level) => name(level(self.last(commitment)).or(milestone.level)),
            Column::Answer(Question::Level) => name(level(self.current(commitment))),
            Column::Answer(Question::CompletedDate) => {
                milestone.completed_date.map(|date| date.to_string()).unwrap_or_default()
            }
            column => self.fixed(column, commitment, Some(milestone)),
        };
        self.row(cell, Kind::Milestone)
    }

    fn row(&self, cell: impl Fn(Column) -> String, kind: Kind) -> Row {
        let cell = |column| match (column, self.report) {
            (Column::Report, Some(report)) => report.id.to_string(),
            _ => cell(column),
        };
        let cells = Column::all().into_iter().map(|column| (column, cell(column))).collect();
        Row { is_milestone: kind == Kind::Milestone, cells }
    }

    /// Returns a cell that ministries do not change, of a commitment or one of its milestones.
    pub(super) fn fixed(
        &self,
        column: Column,
        commitment: &Commitment,
        milestone: Option<&Milestone>,
    ) -> String {
        let title = milestone.map_or(&commitment.title, |milestone| &milestone.title);
        let leads = milestone.map(|milestone| &milestone.leads).filter(|leads| !leads.is_empty());
        let date = milestone.map_or(commitment.end_date, |milestone| milestone.end_date);
        match column {
            Column::Title => self.language.localized(title).0.to_owned(),
            Column::Lead => self.names(leads.unwrap_or(&commitment.leads)),
            Column::EndDate => self.date(date),
            _ => String::new(),
        }
    }

    /// Returns what the report of the form says.
    fn current<'c>(&self, commitment: &'c Commitment) -> Option<&'c Assessment> {
        let report = self.report?;
        commitment.assessments.iter().find(|assessment| assessment.report.id == report.id)
    }

    /// Returns what the report before this one, of the same assessor, says.
    fn last<'c>(&self, commitment: &'c Commitment) -> Option<&'c Assessment> {
        let is_earlier = |assessment: &&Assessment| match self.report {
            Some(report) => {
                assessment.report.id != report.id
                    && assessment.report.assessor.id == report.assessor.id
                    && !report.date.is_before(assessment.report.date)
            }
            None => assessment.report.assessor.id == self.portal.site.headline.id,
        };
        commitment.assessments.iter().rfind(is_earlier)
    }

    fn answer(&self, question: Question, assessment: Option<&Assessment>) -> String {
        let Some(assessment) = assessment else { return String::new() };
        let texts = &assessment.texts;
        let text = match question {
            Question::Level => {
                let standing = Standing::from(assessment.level);
                return match standing {
                    Standing::NotReported => String::new(),
                    standing => self.language.standing(standing).to_owned(),
                };
            }
            Question::Challenges => {
                let names = assessment.challenges.iter().map(|name| self.language.term(*name));
                return names.collect::<Vec<_>>().join("; ");
            }
            Question::Evidence => return evidence_text(&assessment.evidence),
            Question::Results => &texts.results,
            Question::NextSteps => &texts.next_steps,
            Question::AdditionalInformation => &texts.additional_information,
            Question::CompletedDate | Question::UpdateDate | Question::Update => &None,
        };
        text.as_ref().map(|text| text.trimmed_original().to_owned()).unwrap_or_default()
    }

    fn names(&self, agencies: &[std::sync::Arc<Agency>]) -> String {
        let names = agencies.iter().map(|agency| self.language.localized(&agency.name).0);
        names.collect::<Vec<_>>().join("; ")
    }

    fn date(&self, date: Option<EndDate>) -> String {
        match date {
            Some(EndDate::NotApplicable) => self.language.message("no_end_date", &[]),
            Some(EndDate::On(date)) => date.to_string(),
            None => String::new(),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Commitment,
    Milestone,
}

/// One document per line: its title, then its address.
fn evidence_text(evidence: &[Evidence]) -> String {
    let line = |evidence: &Evidence| {
        let address = match &evidence.location {
            DocumentLocation::Url(url) => url,
            DocumentLocation::File { path, .. } => path,
        };
        format!("{} {}", evidence.title.trimmed_original(), one_word(address))
    };
    evidence.iter().map(line).collect::<Vec<_>>().join("\n")
}
