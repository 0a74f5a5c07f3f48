//! Ids, which are the names of files and parts of addresses. Each kind of content has its own type.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::ogp::PolicyArea;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(name: &str) -> Self {
                $name(name.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                natural_order(&self.0, &other.0)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }
    };
}

id! {
    /// The file name of an agency: `ministry-of-finance`.
    AgencyId
}
id! {
    /// The file name of an assessor, or the word for a built-in one: `irm`.
    AssessorId
}
id! {
    /// The file name of an article: `about`.
    ArticleId
}
id! {
    /// The file name of an action plan: `2014-2015`.
    PlanId
}
id! {
    /// The file name of a report: `2015-midterm-self-assessment`.
    ReportId
}

/// A commitment's plan and its number in that plan: `2014-2015/3.3.1.3`. Ids sort by plan and then
/// in [`natural_order`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CommitmentId {
    pub plan: PlanId,
    number: Arc<str>,
}

impl Ord for CommitmentId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.plan.cmp(&other.plan).then_with(|| natural_order(&self.number, &other.number))
    }
}

impl PartialOrd for CommitmentId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl CommitmentId {
    pub fn new(plan: PlanId, number: &str) -> Self {
        CommitmentId { plan, number: number.into() }
    }

    /// Returns the path of the commitment's file, relative to the site folder.
    pub fn file(&self) -> String {
        format!("content/commitments/{}/{}.toml", self.plan, self.number)
    }

    /// Returns the number in the plan, which is also the file name: `3.3.1.3`.
    pub fn number(&self) -> &str {
        &self.number
    }
}

impl fmt::Display for CommitmentId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.plan, self.number)
    }
}

/// Compares two names and treats each run of digits as a number: `3.3.1.2` comes before `3.3.1.10`.
pub fn natural_order(a: &str, b: &str) -> Ordering {
    // The most frequent case: the plans of two commitments.
    if a == b {
        return Ordering::Equal;
    }
    let (mut left, mut right) = (a, b);
    while !left.is_empty() && !right.is_empty() {
        let (left_run, left_rest) = first_run(left);
        let (right_run, right_rest) = first_run(right);
        let order = match (is_number(left_run), is_number(right_run)) {
            (true, true) => {
                let (left, right) =
                    (without_leading_zeros(left_run), without_leading_zeros(right_run));
                left.len().cmp(&right.len()).then(left.cmp(right))
            }
            _ => left_run.cmp(right_run),
        };
        if order.is_ne() {
            return order;
        }
        (left, right) = (left_rest, right_rest);
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

fn first_run(text: &str) -> (&str, &str) {
    let begins_with_digit = is_number(text);
    let end = text.bytes().position(|byte| byte.is_ascii_digit() != begins_with_digit);
    text.split_at(end.unwrap_or(text.len()))
}

fn is_number(run: &str) -> bool {
    run.starts_with(|character: char| character.is_ascii_digit())
}

fn without_leading_zeros(digits: &str) -> &str {
    digits.trim_start_matches('0')
}

/// The id of content that has pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentId {
    Plan(PlanId),
    Agency(AgencyId),
    Assessor(AssessorId),
    Report(ReportId),
    Commitment(CommitmentId),
    Article(ArticleId),
}

/// Ids by kind of content, in the order in which they were added.
#[derive(Debug, Default)]
pub struct ContentIds {
    pub plans: Vec<PlanId>,
    pub agencies: Vec<AgencyId>,
    pub assessors: Vec<AssessorId>,
    pub reports: Vec<ReportId>,
    pub commitments: Vec<CommitmentId>,
    pub articles: Vec<ArticleId>,
    /// The policy areas that commitments have.
    pub policy_areas: Vec<PolicyArea>,
}

impl ContentIds {
    pub fn add(&mut self, id: ContentId) {
        match id {
            ContentId::Plan(id) => self.plans.push(id),
            ContentId::Agency(id) => self.agencies.push(id),
            ContentId::Assessor(id) => self.assessors.push(id),
            ContentId::Report(id) => self.reports.push(id),
            ContentId::Commitment(id) => self.commitments.push(id),
            ContentId::Article(id) => self.articles.push(id),
        }
    }

    pub fn contains(&self, id: &ContentId) -> bool {
        match id {
            ContentId::Plan(id) => self.plans.contains(id),
            ContentId::Agency(id) => self.agencies.contains(id),
            ContentId::Assessor(id) => self.assessors.contains(id),
            ContentId::Report(id) => self.reports.contains(id),
            ContentId::Commitment(id) => self.commitments.contains(id),
            ContentId::Article(id) => self.articles.contains(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_digits_compare_as_numbers() {
        let mut ids = ["3.3.1.10", "3.3.1.2", "3.3.1", "a", "3.3.1.2b", "10", "3.3.1.02"];
        ids.sort_by(|a, b| natural_order(a, b));
        assert_eq!(ids, ["3.3.1", "3.3.1.02", "3.3.1.2", "3.3.1.2b", "3.3.1.10", "10", "a"]);
    }
}
