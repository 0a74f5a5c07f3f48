//! The home page, and the pages that are mostly one list or one text.

use serde::Serialize;

use super::Viewer;
use super::agency::AgencyRow;
use super::changes::ChangeGroup;
use super::layout::{LanguageView, Layout, PageKind};
use super::plan::{ChapterRow, PlanSection};
use super::shared::{
    ChartLinks, ChartView, CommitmentRow, Link, LocalizedText, Prose, ReportLine, StandingView,
};
use crate::chart::BarHeight;
use crate::language::Argument;
use crate::linked_data::{self, Download};
use crate::markdown::{self, ParentHeading};
use crate::model::{Article, Standing, Tally};
use crate::route::{DataFile, Route};

/// How many agencies the home page shows.
const MAX_AGENCIES: usize = 20;
/// How many disagreements.
const MAX_DISAGREEMENTS: usize = 5;

/// The answer to "what was promised, and was it done?"
#[derive(Debug, Serialize)]
pub struct HomeView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// All commitments.
    pub chart: ChartView<'a>,
    /// Who says so, as in "The government".
    pub headline: String,
    /// The newest report that the chart rests on.
    pub source: Option<ReportLine<'a>>,
    /// Commitments on which another assessor says something else.
    pub disagreements: Vec<CommitmentRow<'a>>,
    /// How many more of these there are.
    pub more_disagreements: usize,
    /// The list of all commitments.
    pub commitments: String,
    /// The plans, newest first, each with its chapters.
    pub plans: Vec<PlanSummary<'a>>,
    /// The agencies that lead a commitment, best first.
    pub agencies: Vec<AgencyRow<'a>>,
    /// How many more of these there are.
    pub more_agencies: usize,
    /// The list of all agencies.
    pub all_agencies: String,
    /// What changed last.
    pub changes: Vec<ChangeGroup<'a>>,
    /// All reports, newest first.
    pub reports: Vec<ReportLine<'a>>,
}

/// A plan on the home page.
#[derive(Debug, Serialize)]
pub struct PlanSummary<'a> {
    /// Its name, and its page.
    pub link: Link<'a>,
    /// Its chapters.
    pub chapters: Vec<ChapterRow<'a>>,
}

/// The commitments behind one number.
#[derive(Debug, Serialize)]
pub struct LevelView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// The standing.
    pub standing: StandingView<'a>,
    /// How many of how many, as a sentence.
    pub summary: String,
    /// They.
    pub plans: Vec<PlanSection<'a>>,
    /// Every standing, with the number of its commitments.
    pub others: Vec<LevelLink<'a>>,
}

/// Another standing.
#[derive(Debug, Serialize)]
pub struct LevelLink<'a> {
    /// The standing.
    pub standing: StandingView<'a>,
    /// How many have it.
    pub count: String,
    /// Whether it is the page's own.
    pub current: bool,
}

/// A free text.
#[derive(Debug, Serialize)]
pub struct ArticleView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// The text.
    pub body: Prose<'a>,
}

/// The downloads.
#[derive(Debug, Serialize)]
pub struct DataView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// The files.
    pub downloads: Vec<DownloadView>,
    /// What stands in the tables.
    pub tables: Vec<TableView>,
}

/// A file for machines.
#[derive(Debug, Serialize)]
pub struct DownloadView {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub description: String,
    /// How big it is.
    pub size: String,
    /// Its address.
    pub href: String,
}

/// A table of the data.
#[derive(Debug, Serialize)]
pub struct TableView {
    /// Its name.
    pub name: &'static str,
    /// Each column, and what it means.
    pub columns: Vec<ColumnView>,
}

/// A column of the data.
#[derive(Debug, Serialize)]
pub struct ColumnView {
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub meaning: String,
}

/// What a host shows for an address that does not exist.
#[derive(Debug, Serialize)]
pub struct NotFoundView<'a> {
    /// What is around it.
    pub page: Layout<'a>,
    /// The list of all commitments.
    pub commitments: String,
}

/// A page at an address that a page once had.
#[derive(Debug, Serialize)]
pub struct RedirectView<'a> {
    /// The page's language.
    pub language: LanguageView<'a>,
    /// The page now, by its whole address.
    pub href: String,
}

impl<'a> Viewer<'a> {
    /// The home page.
    pub fn home(&self) -> HomeView<'a> {
        let portal = self.portal;
        let tally = portal.tally();
        let title = self.interface_text(self.message("home_title"));
        let headline = portal.site.headline;
        let mut reports = portal.reports.iter().rev();
        let source = reports
            .find(|report| report.assessor == headline && !portal.judged_by(&report.id).is_empty());
        let disagree =
            portal.commitments.iter().filter(|it| it.disagreements(headline).next().is_some());
        let disagreements = disagree.clone().count();
        let mut agencies = self.leading_agencies();
        let more_agencies = agencies.len().saturating_sub(MAX_AGENCIES);
        agencies.truncate(MAX_AGENCIES);
        HomeView {
            page: self.layout(PageKind::Home, title, self.summary(&tally)),
            chart: self.chart(&tally, BarHeight::Large, ChartLinks::LevelPages),
            headline: self.assessor(headline),
            source: source.map(|report| self.report_line(report)),
            disagreements: disagree
                .take(MAX_DISAGREEMENTS)
                .map(|commitment| self.row(commitment))
                .collect(),
            more_disagreements: disagreements.saturating_sub(MAX_DISAGREEMENTS),
            commitments: self.links.page(&Route::Commitments),
            plans: portal
                .plans
                .iter()
                .rev()
                .map(|plan| PlanSummary {
                    link: self.link(&plan.title, &Route::Plan(plan.id.clone())),
                    chapters: self.chapters(plan),
                })
                .collect(),
            agencies: agencies.into_iter().map(|it| self.agency_row(it)).collect(),
            more_agencies,
            all_agencies: self.links.page(&Route::Agencies),
            changes: self.newest_changes(),
            reports: portal.reports.iter().rev().map(|report| self.report_line(report)).collect(),
        }
    }

    /// The page of one standing.
    pub fn level(&self, standing: Standing) -> LevelView<'a> {
        let tally = self.portal.tally();
        let view = self.standing(standing);
        let summary = self.language.message(
            "level_summary",
            &[
                ("count", Argument::Number(tally.count(standing))),
                ("total", Argument::Number(tally.total())),
            ],
        );
        let description = format!("{}: {} {summary}", view.label, view.meaning);
        LevelView {
            page: self.layout(
                PageKind::Level,
                self.interface_text(view.label.to_owned()),
                description,
            ),
            standing: view,
            summary,
            plans: self.by_plan(self.portal.standing_at(standing)),
            others: self.level_links(&tally, Some(standing)),
        }
    }

    /// The pages of all standings.
    pub(super) fn level_links(
        &self,
        tally: &Tally,
        current: Option<Standing>,
    ) -> Vec<LevelLink<'a>> {
        let link = |(standing, count)| LevelLink {
            standing: self.standing(standing),
            count: self.language.number(count),
            current: current == Some(standing),
        };
        tally.iter().map(link).collect()
    }

    /// The page of an article.
    pub fn article(&self, article: &'a Article) -> ArticleView<'a> {
        let (title, code) = article.title.in_language(&self.language.code);
        let title = LocalizedText {
            text: markdown::plain_text(title).into(),
            lang: self.language.lang_attribute(code),
        };
        let (body, _) = article.body.in_language(&self.language.code);
        ArticleView {
            page: self.layout(PageKind::Article, title, markdown::first_paragraph(body)),
            body: self.prose(&article.body, ParentHeading(1)),
        }
    }

    /// The page of the downloads: the files with their sizes, and for each table its columns, by
    /// name and by the key of what they mean.
    pub fn data(
        &self,
        files: &[(DataFile, usize)],
        tables: &[(&'static str, Vec<(&'static str, &'static str)>)],
    ) -> DataView<'a> {
        let title = self.interface_text(self.message("data_title"));
        let download = |&(file, size): &(DataFile, usize)| DownloadView {
            name: file.name(),
            description: self.message(&format!("data_{}", file.name().replace('.', "_"))),
            size: self.size(size as u64),
            href: self.links.file(&file.path()),
        };
        let column = |&(name, meaning): &(&'static str, &str)| ColumnView {
            name,
            meaning: self.message(&format!("column_{meaning}")),
        };
        let table = |(name, columns): &(&'static str, Vec<(&'static str, &'static str)>)| {
            TableView { name, columns: columns.iter().map(column).collect() }
        };
        let site = &self.portal.site;
        let (name, description) = (self.localized(&site.title), self.message("data_description"));
        let files_of_set: Vec<Download> = files
            .iter()
            .map(|&(file, _)| Download {
                name: file.name(),
                url: self.routes.absolute_file(&file.path()),
            })
            .collect();
        let url = self.routes.absolute(self.route, &self.language.code);
        let licence = site.licence.as_ref().map(|licence| licence.url.as_str());
        let facts = linked_data::dataset(&name.text, &description, &url, licence, &files_of_set);
        let mut page = self.layout(PageKind::Data, title, description);
        page.linked_data.push(facts);
        DataView {
            page,
            downloads: files.iter().map(download).collect(),
            tables: tables.iter().map(table).collect(),
        }
    }

    /// The page that leads on to the viewer's own.
    pub fn redirect(&self) -> RedirectView<'a> {
        RedirectView {
            language: self.language_view(),
            href: self.routes.absolute(self.route, &self.language.code),
        }
    }

    /// The page for an address that does not exist.
    pub fn not_found(&self) -> NotFoundView<'a> {
        let title = self.interface_text(self.message("not_found_title"));
        NotFoundView {
            page: self.layout(PageKind::NotFound, title, self.message("not_found_description")),
            commitments: self.links.page(&Route::Commitments),
        }
    }
}
