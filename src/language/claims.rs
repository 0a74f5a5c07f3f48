//! Sentences that name their source: an assessor, and the years of its reports.

use super::{Argument, Language};
use crate::model::{
    ActionPlan, Assessment, Assessor, Commitment, Finding, Late, PartialDate, PlanPart, Portal,
    Report, Standing, Tally,
};

impl Language {
    /// A sentence with the number of completed commitments, who reports it, and when.
    pub fn claim(&self, finding: &Finding<'_>) -> String {
        let unreported = finding.tally.count(Standing::NotReported);
        if finding.reports.is_empty() && unreported > 0 {
            let assessor = self.assessor(finding.assessor);
            let words =
                [("assessor", Argument::Text(&assessor)), ("count", Argument::Number(unreported))];
            return self.message("claim_unreported", &words);
        }
        self.attributed(finding, &self.summary(&finding.tally))
    }

    /// The claim about some commitments of a plan. It begins with the plan's title if the portal has
    /// several plans.
    pub fn claim_about(&self, part: &PlanPart<'_>, portal: &Portal) -> String {
        let claim = self.claim(&part.commitments.finding(&portal.site.headline));
        self.with_plan(part.plan, portal, claim)
    }

    /// Puts the title of a plan in front of a sentence about it, if the portal has several plans.
    pub fn with_plan(&self, plan: &ActionPlan, portal: &Portal, sentence: String) -> String {
        match portal.has_several_plans() {
            true => format!("{}: {sentence}", self.localized(&plan.title).0),
            false => sentence,
        }
    }

    /// Puts the source in front of a sentence. Returns the sentence alone if no report says anything.
    pub fn attributed(&self, finding: &Finding<'_>, sentence: &str) -> String {
        let is_partial = finding.reports.iter().any(|report| report.partial);
        let key = if is_partial { "claim_partial" } else { "claim" };
        match finding.dates() {
            Some(dates) => self.source_message(key, finding.assessor, dates, sentence),
            None => sentence.to_owned(),
        }
    }

    /// The source of a finding, as in "The government, 2015"; empty if no report says anything.
    pub fn attribution(&self, finding: &Finding<'_>) -> String {
        let source = |dates| self.source_message("attribution", finding.assessor, dates, "");
        finding.dates().map(source).unwrap_or_default()
    }

    /// The source of a level, as in "The government, 2015".
    pub fn source_of(&self, assessment: &Assessment) -> String {
        self.report_message("attribution", &assessment.report, "")
    }

    /// A level with its source, as in "The government, 2015: Limited".
    pub fn verdict(&self, assessment: &Assessment) -> String {
        self.report_message("verdict", &assessment.report, self.standing(assessment.level.into()))
    }

    /// A sentence that says since when something is late, and in whose report.
    pub fn late(&self, late: &Late<'_>) -> String {
        let due = self.date(late.due);
        let source = self.report_message("attribution", late.report, "");
        let (key, count) = match late.months() {
            0 => ("late_soon", 0),
            months => ("late", months),
        };
        let words = [
            ("due", Argument::Text(&due)),
            ("source", Argument::Text(&source)),
            ("count", Argument::Number(count.into())),
        ];
        self.message(key, &words)
    }

    /// A sentence for each other assessor that gives another level than the headline assessor, with the
    /// level and its source.
    pub fn other_levels(&self, commitment: &Commitment, headline: &Assessor) -> Vec<String> {
        let sentence = |assessment: &Assessment| {
            self.report_message("claim", &assessment.report, self.standing(assessment.level.into()))
        };
        commitment.other_levels(headline).into_iter().map(sentence).collect()
    }

    /// An interface text with the source of a report, and what it says.
    fn report_message(&self, key: &str, report: &Report, finding: &str) -> String {
        self.source_message(key, &report.assessor, (report.date, report.date), finding)
    }

    /// An interface text with an assessor, the dates of its oldest and newest report, and what it says.
    fn source_message(
        &self,
        key: &str,
        assessor: &Assessor,
        (oldest, newest): (PartialDate, PartialDate),
        finding: &str,
    ) -> String {
        let (assessor, years) = (self.assessor(assessor), self.years(oldest, newest));
        let words = [
            ("assessor", Argument::Text(&assessor)),
            ("years", Argument::Text(&years)),
            ("finding", Argument::Text(finding)),
        ];
        self.message(key, &words)
    }

    /// The years from one date to another, as in "2015" or "2015–2016".
    fn years(&self, oldest: PartialDate, newest: PartialDate) -> String {
        let year = |date: PartialDate| self.date(PartialDate::Year(date.earliest().0));
        let (oldest, newest) = (year(oldest), year(newest));
        if oldest == newest {
            return newest;
        }
        let words = [("from", Argument::Text(&oldest)), ("to", Argument::Text(&newest))];
        self.message("years", &words)
    }

    /// A sentence that says how many of the commitments are completed.
    pub fn summary(&self, tally: &Tally) -> String {
        let total = tally.total();
        let completed = tally.count(Standing::Completed);
        let all_are = |standing| total > 0 && tally.count(standing) == total;
        let key = match (completed, total) {
            _ if all_are(Standing::Withdrawn) => "summary_withdrawn",
            _ if all_are(Standing::NotReported) => "summary_no_level",
            (_, 0) => "summary_empty",
            (0, 1) => "summary_one_not_completed",
            (1, 1) => "summary_one_completed",
            (0, _) => "summary_none",
            _ if completed == total => "summary_all",
            _ => "summary_some",
        };
        let count = if completed > 0 { completed } else { total };
        let words = [("count", Argument::Number(count)), ("total", Argument::Number(total))];
        self.message(key, &words)
    }
}
