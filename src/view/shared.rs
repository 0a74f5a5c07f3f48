//! The parts that pages have in common.

use std::borrow::Cow;

use serde::Serialize;

use super::pagination::COMMITMENTS_PER_PAGE;
use super::viewer::Viewer;
use crate::chart::{self, BarHeight};
use crate::html::Html;
use crate::language::Argument;
use crate::markdown::{self, ParentHeading};
use crate::model::{
    Assessor, Commitment, DocumentLocation, EndDate, PartialDate, Report, Standing, Tally, Text,
};
use crate::route::Route;

/// A text, and its language where that is not the page's.
#[derive(Debug, Clone, Serialize)]
pub struct LocalizedText<'a> {
    /// The words.
    pub text: Cow<'a, str>,
    /// For the `lang` attribute; empty where the text is in the page's own language.
    pub lang: &'a str,
}

/// A text with markup, and its language where that is not the page's.
#[derive(Debug, Clone, Serialize)]
pub struct Prose<'a> {
    /// The markup.
    pub html: Html,
    /// For the `lang` attribute; empty where the text is in the page's own language.
    pub lang: &'a str,
    /// The name of that language in itself.
    pub language: &'a str,
}

/// Something to click on.
#[derive(Debug, Clone, Serialize)]
pub struct Link<'a> {
    /// The words.
    pub text: LocalizedText<'a>,
    /// Where it leads.
    pub href: String,
}

/// A date, in words and for machines.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// As the page's language writes it.
    pub text: String,
    /// ISO 8601, as exact as it is known; empty where it is no date.
    pub iso: String,
}

/// A standing, in words and as a picture.
#[derive(Debug, Clone, Serialize)]
pub struct StandingView<'a> {
    /// The name in addresses and classes.
    pub name: &'static str,
    /// The name in words.
    pub label: &'a str,
    /// What it means, in one sentence.
    pub meaning: &'a str,
    /// The picture.
    pub icon: Html,
    /// The page of all commitments that have it.
    pub href: String,
}

/// A chart, and the same in numbers.
#[derive(Debug, Clone, Serialize)]
pub struct ChartView<'a> {
    /// What is to be seen, as a sentence.
    pub summary: String,
    /// The picture.
    pub bar: Html,
    /// The numbers.
    pub rows: Vec<ChartRow<'a>>,
    /// How many there are in all.
    pub total: String,
    /// Whether the rows have shares: a percentage of fewer than 20 says less than the count.
    pub has_shares: bool,
}

/// One row of a chart's table.
#[derive(Debug, Clone, Serialize)]
pub struct ChartRow<'a> {
    /// The standing.
    pub standing: StandingView<'a>,
    /// Where the commitments behind the number are listed; empty if they are not.
    pub href: String,
    /// How many have it, as a number.
    pub number: usize,
    /// The same in words.
    pub count: String,
    /// The same in percent; all rows add up to 100.
    pub share: String,
}

/// A commitment in a list.
#[derive(Debug, Clone, Serialize)]
pub struct CommitmentRow<'a> {
    /// Its number in its plan.
    pub number: &'a str,
    /// Its title, and its page.
    pub link: Link<'a>,
    /// What the portal shows for it.
    pub standing: StandingView<'a>,
    /// Who carries it out.
    pub lead: Link<'a>,
    /// When it is due.
    pub end_date: Option<DateView>,
    /// That another assessor says something else, in words.
    pub disagreement: String,
}

/// A report where something refers to it.
#[derive(Debug, Clone, Serialize)]
pub struct ReportLine<'a> {
    /// Its name, and its page.
    pub link: Link<'a>,
    /// Who judges in it, as in "The government".
    pub assessor: String,
    /// When it was published.
    pub date: DateView,
    /// That only a part of it is entered here, in words; else empty.
    pub partial: String,
}

/// A chapter of a plan in a list.
#[derive(Debug, Serialize)]
pub struct ChapterRow<'a> {
    /// Its number; empty for the commitments without a chapter.
    pub number: &'a str,
    /// What it is about.
    pub title: LocalizedText<'a>,
    /// Its page and place.
    pub href: String,
    /// Its commitments in numbers.
    pub chart: ChartView<'a>,
}

/// The commitments of one plan in a list that goes over several.
#[derive(Debug, Serialize)]
pub struct PlanSection<'a> {
    /// The plan.
    pub link: Link<'a>,
    /// The commitments.
    pub commitments: Vec<CommitmentRow<'a>>,
}

/// Something to choose.
#[derive(Debug, Serialize)]
pub struct Choice<'a> {
    /// Its name in addresses.
    pub value: String,
    /// Its number; empty for an agency.
    pub number: &'a str,
    /// Its name, and its page.
    pub link: Link<'a>,
}

/// A chapter or a commitment of a plan, where a commitment's page names it.
#[derive(Debug, Serialize)]
pub struct NumberedLink<'a> {
    /// Its number in the plan.
    pub number: &'a str,
    /// Its title, and its page or its place on the plan's.
    pub link: Link<'a>,
}

/// Where the commitments behind a chart's numbers are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChartLinks {
    /// On the page of each standing: the chart counts the whole portal.
    LevelPages,
    /// In the list of the same page, those furthest behind first, from `#level-…` on.
    SameList,
    /// Nowhere by themselves.
    Nothing,
}

impl<'a> Viewer<'a> {
    /// The portal's own words.
    pub(super) fn message(&self, key: &str) -> String {
        self.language.message(key, &[])
    }

    /// The portal's own words as a heading or link.
    pub(super) fn interface_text(&self, words: String) -> LocalizedText<'a> {
        LocalizedText { text: Cow::Owned(words), lang: "" }
    }

    /// A text in the page's language, or else as it was first written.
    pub(super) fn localized(&self, text: &'a Text) -> LocalizedText<'a> {
        let (text, lang) = self.language.localized(text);
        LocalizedText { text: Cow::Borrowed(text), lang }
    }

    /// A Markdown text in the page's language, or else as it was first written.
    pub(super) fn prose(&self, text: &'a Text, parent: ParentHeading) -> Prose<'a> {
        let (passage, code) = text.in_language(&self.language.code);
        let html = markdown::render(passage, parent, |address| self.links.target(address));
        let language = self.languages.iter().find(|it| it.code == *code);
        let language = language.map_or("", |it| it.name.as_str());
        Prose { html, lang: self.language.lang_attribute(code), language }
    }

    /// The same for a text that may be left out.
    pub(super) fn field(&self, text: Option<&'a Text>) -> Option<Prose<'a>> {
        text.map(|text| self.prose(text, ParentHeading(3)))
    }

    pub(super) fn link(&self, text: &'a Text, route: &Route) -> Link<'a> {
        Link { text: self.localized(text), href: self.links.page(route) }
    }

    pub(super) fn date(&self, date: PartialDate) -> DateView {
        DateView { text: self.language.date(date), iso: date.to_string() }
    }

    pub(super) fn end_date(&self, date: EndDate) -> DateView {
        match date {
            EndDate::On(date) => self.date(date),
            EndDate::NotApplicable => {
                DateView { text: self.message("no_end_date"), iso: String::new() }
            }
        }
    }

    pub(super) fn standing(&self, standing: Standing) -> StandingView<'a> {
        StandingView {
            name: standing.name(),
            label: self.label(standing),
            meaning: self.language.meaning(standing),
            icon: chart::icon(standing),
            href: self.links.page(&Route::Level(standing)),
        }
    }

    pub(super) fn label(&self, standing: Standing) -> &'a str {
        self.language.standing(standing)
    }

    pub(super) fn assessor(&self, assessor: Assessor) -> String {
        self.language.assessor(assessor)
    }

    pub(super) fn report_line(&self, report: &'a Report) -> ReportLine<'a> {
        ReportLine {
            link: self.link(&report.title, &Route::Report(report.id.clone())),
            assessor: self.assessor(report.assessor),
            date: self.date(report.date),
            partial: if report.partial { self.message("partial_report") } else { String::new() },
        }
    }

    pub(super) fn commitment_link(&self, commitment: &'a Commitment) -> Link<'a> {
        self.link(&commitment.title, &Route::Commitment(commitment.id.clone()))
    }

    pub(super) fn row(&self, commitment: &'a Commitment) -> CommitmentRow<'a> {
        CommitmentRow {
            number: commitment.id.number(),
            link: self.commitment_link(commitment),
            standing: self.standing(commitment.standing),
            lead: self.link(&commitment.lead.name, &Route::Agency(commitment.lead.id.clone())),
            end_date: commitment.end_date.map(|date| self.end_date(date)),
            disagreement: self.language.disagreement(commitment, self.portal.site.headline),
        }
    }

    /// A chart of some commitments. Rows of levels are always there; of the other standings, those
    /// that somebody has, and *not reported*.
    pub(super) fn chart(
        &self,
        tally: &Tally,
        height: BarHeight,
        links_to: ChartLinks,
    ) -> ChartView<'a> {
        let shares = shares(tally);
        let is_shown = |(standing, count): &(Standing, usize)| {
            *count > 0 || standing.level().is_some() || *standing == Standing::NotReported
        };
        let rows = tally.iter().zip(shares).filter(|(entry, _)| is_shown(entry));
        let rows = rows.map(|((standing, count), share)| ChartRow {
            standing: self.standing(standing),
            href: match links_to {
                ChartLinks::LevelPages => self.links.page(&Route::Level(standing)),
                ChartLinks::SameList if count > 0 => {
                    let before = tally
                        .iter()
                        .filter(|(it, _)| it.progress_rank() < standing.progress_rank());
                    let first = before.map(|(_, count)| count).sum();
                    let page = self.route.list_and_page().0.clone();
                    let page = self.page_with(first, COMMITMENTS_PER_PAGE, page);
                    format!("{page}#level-{}", standing.name())
                }
                ChartLinks::SameList | ChartLinks::Nothing => String::new(),
            },
            number: count,
            count: self.language.number(count),
            share: self.language.message("percent", &[("number", Argument::Number(share))]),
        });
        ChartView {
            summary: self.summary(tally),
            bar: chart::bar(tally, height, |standing| self.label(standing)),
            rows: rows.collect(),
            total: self.language.number(tally.total()),
            has_shares: tally.total() >= 20,
        }
    }

    /// How many are completed, as a sentence.
    pub(super) fn summary(&self, tally: &Tally) -> String {
        self.language.summary(tally)
    }

    /// How big a file is.
    pub(super) fn size(&self, bytes: u64) -> String {
        let (key, number) = match bytes {
            0..1_000_000 => ("kilobytes", bytes.div_ceil(1000)),
            _ => ("megabytes", bytes.div_ceil(1_000_000)),
        };
        self.language.message(key, &[("number", Argument::Number(number as usize))])
    }

    /// Where a document is, and what kind of file: "PDF, 340 KB".
    pub(super) fn document(&self, location: &DocumentLocation) -> (String, String) {
        match location {
            DocumentLocation::Url(url) => {
                let host = url.split_once("://").map_or("", |(_, rest)| rest);
                let host = host.split(['/', '?', '#']).next().unwrap_or_default();
                (url.clone(), host.to_owned())
            }
            DocumentLocation::File { path, size } => {
                let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
                let kind = format!("{}, {}", ending.to_uppercase(), self.size(*size));
                (self.links.file(path), kind)
            }
        }
    }
}

/// Each standing's share in whole percent. They add up to 100: what rounding down leaves over goes
/// to those that lost most (the largest-remainder method).
fn shares(tally: &Tally) -> Vec<usize> {
    let total = tally.total().max(1);
    let counts: Vec<usize> = tally.iter().map(|(_, count)| count).collect();
    let mut shares: Vec<usize> = counts.iter().map(|count| count * 100 / total).collect();
    let mut by_loss: Vec<usize> = (0..counts.len()).collect();
    by_loss.sort_by_key(|&at| std::cmp::Reverse(counts[at] * 100 % total));
    let left_over = if tally.total() == 0 { 0 } else { 100 - shares.iter().sum::<usize>() };
    for &at in by_loss.iter().take(left_over) {
        shares[at] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_a_hundred() {
        use Standing::{Completed, Limited, NotReported, NotStarted, Substantial};
        let counts =
            [(Completed, 1), (Substantial, 10), (Limited, 8), (NotStarted, 1), (NotReported, 1)];
        let tally: Tally =
            counts.iter().flat_map(|&(standing, count)| vec![standing; count]).collect();
        let shares = shares(&tally);
        assert_eq!(shares, [5, 47, 38, 5, 0, 5, 0]);
        assert_eq!(shares.iter().sum::<usize>(), 100);
    }
}
