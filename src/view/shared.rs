//! The parts that several pages have in common: texts, links, standings, charts, and rows of lists.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::viewer::Viewer;
use crate::chart::{self, BarHeight};
use crate::html::Html;
use crate::language::Argument;
use crate::markdown::{self, ParentHeading};
use crate::model::{
    ActionPlan, Assessor, Commitment, DocumentLocation, EndDate, KeyedText, PartialDate, Report,
    Share, Standing, Tally, Text,
};
use crate::route::Route;
use crate::web_address;

/// A text, and its language if that is not the page's language.
#[derive(Debug, Clone, Serialize)]
pub struct LocalizedText<'a> {
    pub text: Cow<'a, str>,
    /// For the `lang` attribute; empty if the text is in the page's language.
    pub lang: &'a str,
}

/// A text with markup, and its language if that is not the page's language.
#[derive(Debug, Clone, Serialize)]
pub struct Prose<'a> {
    pub html: Html,
    /// For the `lang` attribute; empty if the text is in the page's language.
    pub lang: &'a str,
    /// The name of the text's language in that language.
    pub language: &'a str,
}

/// Optional texts by key. A template finds every key, with none as the value of a missing text.
#[derive(Debug, Clone)]
pub struct Texts<'a>(Vec<(&'static str, Option<Prose<'a>>)>);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, prose)| (key, prose)))
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Link<'a> {
    pub text: LocalizedText<'a>,
    pub href: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// In the format of the page's language.
    pub text: String,
    /// ISO 8601: a year, a month or a day, as exact as it is known; empty if this is not a date.
    pub iso: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct StandingView<'a> {
    /// For addresses and classes.
    pub name: &'static str,
    pub label: &'a str,
    pub meaning: &'a str,
    pub icon: Html,
    /// The address of the list of commitments with this standing.
    pub href: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ChartView<'a> {
    /// What the chart shows, as a sentence.
    pub summary: String,
    pub bar: Html,
    pub rows: Vec<ChartRow<'a>>,
    /// The number of commitments, in words.
    pub total: String,
    /// Whether to show shares: a percentage of fewer than 20 commitments says less than the count.
    pub has_shares: bool,
    /// A sentence if the rounded shares do not add up to 100; otherwise empty.
    pub shares_note: String,
}

/// One row of a chart's table.
#[derive(Debug, Clone, Serialize)]
pub struct ChartRow<'a> {
    pub standing: StandingView<'a>,
    /// The address of a list of these commitments; empty if there is none.
    pub href: String,
    pub number: usize,
    /// `number` in words.
    pub count: String,
    /// In whole percent, as in "48%" or "<1%".
    pub share: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct CommitmentRow<'a> {
    pub number: &'a str,
    pub link: Link<'a>,
    pub standing: StandingView<'a>,
    pub lead: Link<'a>,
    pub end_date: Option<DateView>,
    /// A sentence if another assessor gives a different level; otherwise empty.
    pub disagreement: String,
}

/// A reference to a report.
#[derive(Debug, Clone, Serialize)]
pub struct ReportLine<'a> {
    pub link: Link<'a>,
    /// As in "The government".
    pub assessor: String,
    pub date: DateView,
    /// A sentence if the site has only a part of the report; otherwise empty.
    pub partial: String,
}

/// A chapter of a plan in a list.
#[derive(Debug, Serialize)]
pub struct ChapterRow<'a> {
    /// Empty for the commitments without a chapter.
    pub number: &'a str,
    pub title: LocalizedText<'a>,
    /// The address of its heading on the plan's page.
    pub href: String,
    pub chart: ChartView<'a>,
}

/// The commitments of one plan in a list that covers several plans.
#[derive(Debug, Serialize)]
pub struct PlanSection<'a> {
    pub link: Link<'a>,
    pub commitments: Vec<CommitmentRow<'a>>,
}

/// An entry of a menu: an agency or a chapter.
#[derive(Debug, Serialize)]
pub struct Choice<'a> {
    /// The value of the parameter in addresses.
    pub value: String,
    /// Empty for an agency.
    pub number: &'a str,
    pub link: Link<'a>,
}

/// A chapter or a commitment that a commitment's page refers to.
#[derive(Debug, Serialize)]
pub struct NumberedLink<'a> {
    pub number: &'a str,
    pub link: Link<'a>,
}

/// The lists that the rows of a chart link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChartLinks {
    /// The page of each standing, if the chart counts the whole portal.
    LevelPages,
    /// The list below the chart, sorted by progress, at `#level-…`.
    SameList,
    /// The rows have no links.
    Nothing,
}

impl<'a> Viewer<'a> {
    /// An interface text without placeholders.
    pub(super) fn message(&self, key: &str) -> String {
        self.language.message(key, &[])
    }

    /// An interface text as a heading or link.
    pub(super) fn interface_text(&self, text: String) -> LocalizedText<'a> {
        LocalizedText { text: Cow::Owned(text), lang: "" }
    }

    /// A text in the page's language, or in the default language if it is not translated.
    pub(super) fn localized(&self, text: &'a Text) -> LocalizedText<'a> {
        let (text, lang) = self.language.localized(text);
        LocalizedText { text: Cow::Borrowed(text), lang }
    }

    /// A Markdown text in the page's language, or in the default language if it is not translated.
    pub(super) fn prose(&self, text: &'a Text, parent: ParentHeading) -> Prose<'a> {
        let (passage, code) = text.in_language(&self.language.code);
        let html = markdown::render(passage, parent, |address| self.links.target(address));
        let language = self.languages.iter().find(|language| language.code == *code);
        let language = language.map_or("", |language| language.name.as_str());
        Prose { html, lang: self.language.lang_attribute(code), language }
    }

    /// Optional Markdown texts. Each is the content of an `h3`, except the note, which has no
    /// heading of its own.
    pub(super) fn fields(&self, texts: impl Iterator<Item = KeyedText<'a>>) -> Texts<'a> {
        let prose = |(key, text): KeyedText<'a>| {
            let parent = ParentHeading(if key == "note" { 1 } else { 3 });
            (key, text.map(|text| self.prose(text, parent)))
        };
        Texts(texts.map(prose).collect())
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

    pub(super) fn plan_link(&self, plan: &'a ActionPlan) -> Link<'a> {
        self.link(&plan.title, &Route::Plan(plan.id.clone()))
    }

    pub(super) fn row(&self, commitment: &'a Commitment) -> CommitmentRow<'a> {
        CommitmentRow {
            number: commitment.id.number(),
            link: self.commitment_link(commitment),
            standing: self.standing(commitment.standing),
            lead: self.agency_link(&commitment.lead),
            end_date: commitment.end_date.map(|date| self.end_date(date)),
            disagreement: self.language.disagreement(commitment, self.portal.site.headline),
        }
    }

    /// A chart of some commitments. It always has a row for each level and for *not reported*, and
    /// a row for another standing if a commitment has it.
    pub(super) fn chart(
        &self,
        tally: &Tally,
        height: BarHeight,
        links_to: ChartLinks,
    ) -> ChartView<'a> {
        let is_shown = |(standing, count): &(Standing, usize)| {
            *count > 0 || standing.level().is_some() || *standing == Standing::NotReported
        };
        let has_shares = tally.total() >= 20;
        let is_rounded = has_shares && tally.rounded_shares() != 100;
        let rows = tally.iter().filter(is_shown);
        let rows = rows.map(|(standing, count)| ChartRow {
            standing: self.standing(standing),
            href: match links_to {
                ChartLinks::LevelPages => self.links.page(&Route::Level(standing)),
                ChartLinks::SameList if count > 0 => {
                    let before = tally
                        .iter()
                        .filter(|(other, _)| other.progress_rank() < standing.progress_rank());
                    let first = before.map(|(_, count)| count).sum();
                    let page = self.route.list_and_page().0.clone();
                    let page = self.page_with(first, page);
                    format!("{page}#level-{}", standing.name())
                }
                ChartLinks::SameList | ChartLinks::Nothing => String::new(),
            },
            number: count,
            count: self.language.number(count),
            share: self.share(tally.share(standing)),
        });
        ChartView {
            summary: self.summary(tally),
            bar: chart::bar(tally, height, |standing| self.label(standing)),
            rows: rows.collect(),
            total: self.language.number(tally.total()),
            has_shares,
            shares_note: if is_rounded { self.message("shares_note") } else { String::new() },
        }
    }

    fn share(&self, share: Share) -> String {
        let (key, number) = match share {
            Share::LessThanOne => ("percent_less", 1),
            Share::Percent(number) => ("percent", number),
            Share::MoreThanNinetyNine => ("percent_more", 99),
        };
        self.language.message(key, &[("number", Argument::Number(number))])
    }

    /// The number of completed commitments, as a sentence.
    pub(super) fn summary(&self, tally: &Tally) -> String {
        self.language.summary(tally)
    }

    /// The size of a file, as in "340 KB".
    pub(super) fn size(&self, bytes: u64) -> String {
        let (key, number) = match bytes {
            0..1_000_000 => ("kilobytes", bytes.div_ceil(1000)),
            _ => ("megabytes", bytes.div_ceil(1_000_000)),
        };
        self.language.message(key, &[("number", Argument::Number(number as usize))])
    }

    /// The address of a document, and its type: "PDF, 340 KB", or the host of another site.
    pub(super) fn document(&self, location: &DocumentLocation) -> (String, String) {
        match location {
            DocumentLocation::Url(url) => (url.clone(), web_address::readable_host(url)),
            DocumentLocation::File { path, size } => {
                let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
                let file_type = format!("{}, {}", extension.to_uppercase(), self.size(*size));
                (self.links.file(path), file_type)
            }
        }
    }
}
