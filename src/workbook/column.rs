//! The columns of the form: their keys, which identify them whatever happens to their headers, and the
//! messages that head and explain them.

use crate::language::Language;
use crate::problems::words::one_line;

/// What a ministry answers about a commitment or a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    Level,
    CompletedDate,
    Results,
    NextSteps,
    AdditionalInformation,
    Challenges,
    Evidence,
    UpdateDate,
    Update,
}

impl Question {
    pub const ALL: [Question; 9] = [
        Question::Level,
        Question::CompletedDate,
        Question::Results,
        Question::NextSteps,
        Question::AdditionalInformation,
        Question::Challenges,
        Question::Evidence,
        Question::UpdateDate,
        Question::Update,
    ];

    /// Returns the key in the hidden row; and except for updates, in the files.
    pub fn key(self) -> &'static str {
        match self {
            Question::Level => "level",
            Question::CompletedDate => "completed_date",
            Question::Results => "results",
            Question::NextSteps => "next_steps",
            Question::AdditionalInformation => "additional_information",
            Question::Challenges => "challenges",
            Question::Evidence => "evidence",
            Question::UpdateDate => "update_date",
            Question::Update => "update",
        }
    }

    /// Whether milestones have the question.
    pub fn is_of_milestones(self) -> bool {
        matches!(self, Question::Level | Question::CompletedDate | Question::Evidence)
    }

    /// Whether commitments have the question.
    pub fn is_of_commitments(self) -> bool {
        self != Question::CompletedDate
    }

    /// Whether the answer is a text.
    pub(super) fn is_text(self) -> bool {
        use Question::{AdditionalInformation, NextSteps, Results, Update};
        matches!(self, Results | NextSteps | AdditionalInformation | Update)
    }

    /// Whether the form shows the last report's answer.
    pub(super) fn has_last(self) -> bool {
        use Question::{AdditionalInformation, Challenges, Level, NextSteps, Results};
        matches!(self, Level | Results | NextSteps | AdditionalInformation | Challenges)
    }

    /// Returns what to write, in one or two sentences.
    pub(super) fn help(self, language: &Language) -> String {
        language.message(&format!("workbook_help_{}", self.key()), &[])
    }

    fn label(self, language: &Language) -> String {
        let key = match self {
            Question::Level => "completion_level",
            Question::CompletedDate => "workbook_completed_date",
            Question::UpdateDate => "workbook_update_date",
            question => question.key(),
        };
        without_colon(&language.message(key, &[])).to_owned()
    }
}

/// A column of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Column {
    Commitment,
    Milestone,
    Title,
    Lead,
    EndDate,
    /// What the last report says.
    Last(Question),
    Answer(Question),
    /// The report that the form is for. Hidden.
    Report,
}

impl Column {
    /// Returns the columns in the order of the form.
    pub(super) fn all() -> Vec<Column> {
        use Column::{Answer, Commitment, EndDate, Last, Lead, Milestone, Report, Title};
        let mut columns = vec![Commitment, Milestone, Title, Lead, EndDate];
        for question in Question::ALL {
            if question.has_last() {
                columns.push(Last(question));
            }
            columns.push(Answer(question));
        }
        columns.push(Report);
        columns
    }

    pub(super) fn key(self) -> String {
        match self {
            Column::Commitment => "commitment".to_owned(),
            Column::Milestone => "milestone".to_owned(),
            Column::Title => "title".to_owned(),
            Column::Lead => "lead".to_owned(),
            Column::EndDate => "end_date".to_owned(),
            Column::Last(question) => format!("last_{}", question.key()),
            Column::Answer(question) => question.key().to_owned(),
            Column::Report => "report".to_owned(),
        }
    }

    pub(super) fn label(self, language: &Language) -> String {
        match self {
            Column::Commitment => language.message("workbook_id", &[]),
            Column::Milestone => language.message("milestone", &[]),
            Column::Title => language.message("workbook_title", &[]),
            Column::Lead => language.message("lead_agency", &[]),
            Column::EndDate => language.message("end_date", &[]),
            Column::Last(question) => {
                let last = language.message("workbook_last", &[]);
                format!("{} ({last})", question.label(language))
            }
            Column::Answer(question) => question.label(language),
            Column::Report => language.message("report", &[]),
        }
    }
}

/// Returns the text of a header without the differences that do not matter: capitals, white space and a
/// colon.
pub(super) fn normalized_header(text: &str) -> String {
    without_colon(&one_line(text)).to_lowercase()
}

fn without_colon(text: &str) -> &str {
    text.trim_end_matches([':', '\u{ff1a}']).trim_end()
}
