//! The parts that several pages have in common: texts, links, standings, charts, and rows of lists.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::pagination::range_from;
use super::viewer::Viewer;
use crate::chart::{self, Square};
use crate::html::Html;
use crate::language::{self, Argument, Language};
use crate::markdown::{self, ParentHeading};
use crate::model::{
    ActionPlan, Assessor, Commitment, DocumentLocation, EndDate, Finding, KeyedText, PartialDate,
    PlanPart, Report, Selection, Share, Standing, Tally, Term, Text,
};
use crate::route::{Chart, ChartFormat, Route};
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
    /// What the chart shows, as a sentence that says who says so and when.
    pub claim: String,
    /// The same without who and when, for a chart below one with the same source.
    pub summary: String,
    /// Who says so and when, as in "The government, 2015"; empty if no report says anything.
    pub attribution: String,
    /// The reports that the levels come from, newest first; empty on the page of a report.
    pub sources: Vec<SourceView<'a>>,
    /// The whole chart in one line, for a row of a table; empty if each of `rows` has its picture.
    pub picture: Html,
    pub rows: Vec<ChartRow<'a>>,
    /// The number of commitments, in words.
    pub total: String,
    /// Whether to show shares: a percentage of fewer than 20 commitments says less than the count.
    pub has_shares: bool,
    /// A sentence if the rounded shares do not add up to 100; otherwise empty.
    pub shares_note: String,
    /// The chart as files; `None` if it has none of its own.
    pub download: Option<DownloadView>,
}

/// The files of a chart.
#[derive(Debug, Clone, Serialize)]
pub struct DownloadView {
    /// The address of the picture.
    pub picture: String,
    /// The address of the table.
    pub table: String,
}

/// A report that a chart's levels come from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView<'a> {
    pub report: ReportLine<'a>,
    /// How the portal reads the report.
    pub note: Option<Prose<'a>>,
}

/// One row of a chart's table.
#[derive(Debug, Clone, Serialize)]
pub struct ChartRow<'a> {
    pub standing: StandingView<'a>,
    /// Squares or a bar; empty in a chart with one picture.
    pub picture: Html,
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
    /// The lead agencies.
    pub leads: Vec<Link<'a>>,
    pub end_date: Option<DateView>,
    /// Whether only the preview shows it.
    pub is_draft: bool,
    /// A sentence for each report in which it is late.
    pub late: Vec<String>,
    /// A sentence for each other assessor that gives another level than the headline assessor.
    pub other_levels: Vec<String>,
}

/// A reference to a commitment.
#[derive(Debug, Clone, Serialize)]
pub struct CommitmentReference<'a> {
    pub number: &'a str,
    pub link: Link<'a>,
    /// `None` if the portal has only one plan.
    pub plan: Option<LocalizedText<'a>>,
}

/// A reference to a report.
#[derive(Debug, Clone, Serialize)]
pub struct ReportLine<'a> {
    pub link: Link<'a>,
    /// As in "The government".
    pub assessor: String,
    /// The address of the assessor's page.
    pub assessor_href: String,
    pub date: DateView,
    /// A sentence if the site has only a part of the report; otherwise empty.
    pub partial: String,
}

impl ReportLine<'_> {
    /// The title, the assessor and the date.
    pub(super) fn citation(&self) -> String {
        format!("{} ({}, {})", self.link.text.text, self.assessor, self.date.text)
    }
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

/// The commitments of one plan in a list that may cover several plans.
#[derive(Debug, Serialize)]
pub struct PlanSection<'a> {
    /// The `id` of its heading.
    pub anchor: String,
    pub link: Link<'a>,
    /// How many of the plan's commitments are in question, and who says so; empty if `chart` says it
    /// or there is nothing to count.
    pub claim: String,
    /// `None` in lists without charts, and on later pages of the plan's list.
    pub chart: Option<ChartView<'a>>,
    pub commitments: Vec<CommitmentRow<'a>>,
}

/// An entry of a menu: an agency or a chapter.
#[derive(Debug, Serialize)]
pub struct Choice<'a> {
    /// The value of the parameter in addresses.
    pub value: String,
    /// Empty for an agency.
    pub number: &'a str,
    /// The plan of a chapter; `None` if the portal has only one plan.
    pub plan: Option<LocalizedText<'a>>,
    pub link: Link<'a>,
}

/// A chapter that a commitment's page refers to.
#[derive(Debug, Serialize)]
pub struct NumberedLink<'a> {
    pub number: &'a str,
    pub link: Link<'a>,
}

/// The pictures of a chart.
#[derive(Debug, Clone, Copy)]
pub(super) enum ChartForm {
    /// A picture for each level.
    Levels,
    /// One line of squares.
    Squares,
    /// One bar, in a table whose longest bar stands for this number of commitments.
    Bar { longest: usize },
}

impl ChartForm {
    /// The most commitments that are drawn as squares. More would make the page heavy and hard to read.
    pub(super) const MAX_SQUARES: usize = 150;

    /// The form of each row of a table, from the numbers of commitments in its rows: all rows have one
    /// scale.
    pub(super) fn of_rows(counts: impl Iterator<Item = usize>) -> Self {
        let add = |(total, longest): (usize, usize), count| (total + count, longest.max(count));
        match counts.fold((0, 0), add) {
            (0..=Self::MAX_SQUARES, _) => ChartForm::Squares,
            (_, longest) => ChartForm::Bar { longest },
        }
    }
}

/// The lists that the rows of a chart link to.
#[derive(Debug, Clone, Copy)]
pub(super) enum ChartLinks<'a> {
    /// The section of a plan on the page of each standing, for a chart of the whole plan.
    LevelPages(&'a ActionPlan),
    /// The list below the chart, sorted by progress: a part of the page's list.
    SameList(PlanPart<'a>),
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
        Prose { html, lang: self.language.lang_attribute(code) }
    }

    /// A sentence that names the language of the texts that are not in the page's language; empty if
    /// there are none.
    pub(super) fn untranslated<'t>(&self, mut texts: impl Iterator<Item = &'t Text>) -> String {
        let other = texts.find_map(|text| {
            let (_, code) = text.in_language(&self.language.code);
            self.languages.iter().find(|other| other.code == *code && *code != self.language.code)
        });
        let words = |other: &Language| {
            self.language.message("untranslated", &[("language", Argument::Text(&other.name))])
        };
        other.map(|other| words(other)).unwrap_or_default()
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

    /// The name of a value of a closed list, in words.
    pub(super) fn term<T: Term>(&self, term: T) -> String {
        self.language.term(term)
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

    pub(super) fn assessor(&self, assessor: &Assessor) -> String {
        self.language.assessor(assessor)
    }

    pub(super) fn report_line(&self, report: &'a Report) -> ReportLine<'a> {
        ReportLine {
            link: self.link(&report.title, &Route::Report(report.id.clone())),
            assessor: self.assessor(&report.assessor),
            assessor_href: self.links.page(&Route::Assessor(report.assessor.id.clone())),
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

    /// The plan of a commitment, if its number alone does not identify it.
    pub(super) fn plan_name(&self, plan: &'a ActionPlan) -> Option<LocalizedText<'a>> {
        self.portal.has_several_plans().then(|| self.localized(&plan.title))
    }

    pub(super) fn reference(&self, commitment: &'a Commitment) -> CommitmentReference<'a> {
        CommitmentReference {
            number: commitment.id.number(),
            link: self.commitment_link(commitment),
            plan: self.plan_name(&commitment.plan),
        }
    }

    pub(super) fn row(&self, commitment: &'a Commitment) -> CommitmentRow<'a> {
        let late = commitment.late(&self.portal.site.headline).into_iter();
        let late = late.filter(|late| late.milestone.is_none());
        CommitmentRow {
            number: commitment.id.number(),
            link: self.commitment_link(commitment),
            standing: self.standing(commitment.standing),
            leads: commitment.leads.iter().map(|agency| self.agency_link(agency)).collect(),
            end_date: commitment.end_date.map(|date| self.end_date(date)),
            is_draft: commitment.is_draft,
            late: late.map(|late| self.language.late(&late)).collect(),
            other_levels: self.language.other_levels(commitment, &self.portal.site.headline),
        }
    }

    /// A sentence that says how many of some commitments count with several lead agencies; empty if there
    /// are none.
    pub(super) fn shared_leads(&self, commitments: Selection<'a>) -> String {
        match commitments.shared_count() {
            0 => String::new(),
            count => {
                self.language.message("shared_commitments", &[("count", Argument::Number(count))])
            }
        }
    }

    /// What the headline assessor says about some commitments of one plan.
    pub(super) fn finding(&self, commitments: Selection<'a>) -> Finding<'a> {
        commitments.finding(&self.portal.site.headline)
    }

    pub(super) fn download(&self, chart: &Chart) -> DownloadView {
        let code = &self.language.code;
        DownloadView {
            picture: self.links.chart(chart, ChartFormat::Picture, code),
            table: self.links.chart(chart, ChartFormat::Table, code),
        }
    }

    /// A chart with a picture for each level, which readers can download as `file`.
    pub(super) fn level_chart(
        &self,
        finding: &Finding<'a>,
        links_to: ChartLinks<'a>,
        file: &Chart,
    ) -> ChartView<'a> {
        let chart = self.chart(finding, ChartForm::Levels, links_to);
        ChartView { download: Some(self.download(file)), ..chart }
    }

    /// A chart of some commitments of one plan. It always has a row for each level and for *not
    /// reported*, and a row for another standing if a commitment has it.
    pub(super) fn chart(
        &self,
        finding: &Finding<'a>,
        form: ChartForm,
        links_to: ChartLinks<'a>,
    ) -> ChartView<'a> {
        let tally = &finding.tally;
        let is_shown = |(standing, count): &(Standing, usize)| {
            *count > 0 || standing.level().is_some() || *standing == Standing::NotReported
        };
        let has_shares = tally.total() >= 20;
        let is_rounded = has_shares && tally.rounded_shares() != 100;
        let rows = tally.iter().filter(is_shown);
        let rows = rows.map(|(standing, count)| ChartRow {
            standing: self.standing(standing),
            picture: match form {
                ChartForm::Levels => self.level_picture(finding, standing),
                ChartForm::Squares | ChartForm::Bar { .. } => Html::default(),
            },
            href: match count {
                0 => String::new(),
                _ => self.chart_link(links_to, standing, tally),
            },
            number: count,
            count: self.language.number(count),
            share: self.share(tally.share(standing)),
        });
        ChartView {
            claim: self.language.claim(finding),
            summary: self.language.summary(tally),
            attribution: self.language.attribution(finding),
            sources: finding.reports.iter().map(|report| self.source(report)).collect(),
            picture: match form {
                ChartForm::Levels => Html::default(),
                ChartForm::Squares => {
                    tally.iter().map(|(standing, _)| self.squares(finding, standing)).collect()
                }
                ChartForm::Bar { longest } => {
                    chart::bar(tally.iter(), longest, |standing| self.label(standing))
                }
            },
            rows: rows.collect(),
            total: self.language.number(tally.total()),
            has_shares,
            shares_note: if is_rounded { self.message("shares_note") } else { String::new() },
            download: None,
        }
    }

    /// The commitments with one level: squares, or a bar if the chart has too many commitments.
    fn level_picture(&self, finding: &Finding<'a>, standing: Standing) -> Html {
        let tally = &finding.tally;
        if tally.total() <= ChartForm::MAX_SQUARES {
            return self.squares(finding, standing);
        }
        let longest = tally.iter().map(|(_, count)| count).max().unwrap_or_default();
        let part = [(standing, tally.count(standing))].into_iter();
        chart::bar(part, longest, |standing| self.label(standing))
    }

    /// A square for each commitment with a standing; empty if there are none.
    fn squares(&self, finding: &Finding<'a>, standing: Standing) -> Html {
        if finding.tally.count(standing) == 0 {
            return Html::default();
        }
        let of_standing = finding.standings.iter().filter(|(_, other)| *other == standing);
        let squares = of_standing.map(|(commitment, _)| {
            let link = self.commitment_link(commitment);
            Square {
                href: link.href,
                title: format!("{} {}", commitment.id.number(), link.text.text),
                language: Html::trusted(language::attributes(link.text.lang)),
            }
        });
        chart::squares(standing, self.label(standing), squares)
    }

    pub(super) fn source(&self, report: &'a Report) -> SourceView<'a> {
        let note = report.texts.note.as_ref();
        SourceView {
            report: self.report_line(report),
            note: note.map(|note| self.prose(note, ParentHeading(2))),
        }
    }

    /// The address of the commitments that a row of a chart counts; empty if it has no link.
    fn chart_link(&self, links_to: ChartLinks<'a>, standing: Standing, tally: &Tally) -> String {
        match links_to {
            ChartLinks::LevelPages(plan) => {
                let mut parts = self.portal.with_standing(standing).by_plan();
                let part = parts.find(|part| part.plan.id == plan.id);
                let page =
                    self.page_with(part.map_or(0, |part| part.start), Route::Level(standing));
                format!("{page}#{}", plan_anchor(plan))
            }
            ChartLinks::SameList(part) => {
                let before = tally
                    .iter()
                    .filter(|(other, _)| other.progress_rank() < standing.progress_rank());
                let first = part.start + before.map(|(_, count)| count).sum::<usize>();
                let page = self.page_with(first, self.route.list_and_page().0.clone());
                format!("{page}#{}-{}", plan_anchor(part.plan), standing.name())
            }
            ChartLinks::Nothing => String::new(),
        }
    }

    /// The sections of the plans that are on this page of a list. `start` is the index of the
    /// selection's first commitment in the list. `claim` says what a section counts.
    pub(super) fn plan_sections(
        &self,
        selection: Selection<'a>,
        start: usize,
        claim: impl Fn(&PlanPart<'a>) -> String,
    ) -> Vec<PlanSection<'a>> {
        let range = self.page_range();
        let section = |part: PlanPart<'a>| PlanSection {
            anchor: plan_anchor(part.plan),
            link: self.plan_link(part.plan),
            claim: claim(&part),
            chart: None,
            commitments: part
                .commitments
                .range(range_from(&range, start + part.start))
                .map(|commitment| self.row(commitment))
                .collect(),
        };
        let sections = selection.by_plan().map(section);
        sections.filter(|section| !section.commitments.is_empty()).collect()
    }

    fn share(&self, share: Share) -> String {
        let (key, number) = match share {
            Share::LessThanOne => ("percent_less", 1),
            Share::Percent(number) => ("percent", number),
            Share::MoreThanNinetyNine => ("percent_more", 99),
        };
        self.language.message(key, &[("number", Argument::Number(number))])
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

    /// The absolute address of a document.
    pub(super) fn document_address(&self, location: &DocumentLocation) -> String {
        match location {
            DocumentLocation::Url(url) => url.clone(),
            DocumentLocation::File { path, .. } => self.routes.absolute_file(path),
        }
    }
}

/// The `id` of a plan's heading in a list.
pub(super) fn plan_anchor(plan: &ActionPlan) -> String {
    format!("plan-{}", plan.id)
}
