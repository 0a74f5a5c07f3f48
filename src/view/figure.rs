//! The charts as files of their own, with the same numbers as on the pages.

use super::commitment::columns;
use super::plan::chapter_name;
use super::shared::{ChartForm, ChartLinks, ChartRow, ChartView};
use super::viewer::{PLANNED, Viewer};
use crate::chart::{BAR_HEIGHT, COLUMNS_HEIGHT};
use crate::figure::{Figure, FigureRow, Picture};
use crate::language::Argument;
use crate::model::{ActionPlan, Commitment, Finding, Indicator, Report, Standing, Text};
use crate::route::Chart;

/// A chart of standings in a figure: what it is about, and its view.
type Group<'a> = (String, ChartView<'a>);

/// The last columns of every table. The first one is the title.
const SOURCE_COLUMNS: [&str; 4] = ["source", "report_date", "licence", "url"];

impl<'a> Viewer<'a> {
    /// A chart as a file of its own. The viewer's route is the page of the chart.
    pub fn figure(&self, chart: &Chart) -> Figure {
        let portal = self.portal;
        let plan = |id| portal.plan(id).expect(PLANNED);
        match chart {
            Chart::Plan(id) => {
                let finding = self.finding(portal.of_plan(id));
                self.levels_figure(&plan(id).title, &finding)
            }
            Chart::Agency(agency, id) => {
                let part = portal.led_in_plan(agency, id).expect(PLANNED);
                let finding = self.finding(part.commitments);
                self.levels_figure(&portal.agency(agency).expect(PLANNED).name, &finding)
            }
            Chart::Report(id) => {
                let report = portal.report(id).expect(PLANNED);
                self.levels_figure(&report.title, &portal.finding_of(report))
            }
            Chart::Chapters(id) => {
                let chapters = self.chapters(plan(id)).into_iter();
                let groups = chapters.map(|row| (chapter_name(&row), row.chart));
                self.plan_figure("by_chapter", plan(id), groups.collect())
            }
            Chart::Agencies(id) => {
                let leading = self.by_progress(&portal.leads_of_plan(id));
                let rows = self.agency_rows(leading).into_iter();
                let groups = rows.map(|row| (row.link.text.text.into_owned(), row.chart));
                self.plan_figure("by_agency", plan(id), groups.collect())
            }
            Chart::History(id) => {
                let rows = self.report_history(plan(id)).into_iter();
                let groups = rows.map(|row| (row.report.citation(), row.chart));
                let reports = portal.report_history(plan(id));
                let figure = self.groups_figure("report_by_report", plan(id), groups.collect());
                self.with_sources(figure, &reports)
            }
            Chart::TimeLine(id) => self.time_line_figure(portal.commitment(id).expect(PLANNED)),
            Chart::Indicator(id, indicator) => {
                let commitment = portal.commitment(id).expect(PLANNED);
                let mut indicators = commitment.indicators.iter();
                let indicator = indicators.find(|item| item.id == *indicator).expect(PLANNED);
                self.indicator_figure(commitment, indicator)
            }
        }
    }

    /// The levels of some commitments, a row for each level.
    fn levels_figure(&self, subject: &'a Text, finding: &Finding<'a>) -> Figure {
        let chart = self.chart(finding, ChartForm::Levels, ChartLinks::Nothing);
        let subject = self.localized(subject).text;
        let is_squares = finding.tally.total() <= ChartForm::MAX_SQUARES;
        let row = |row: &ChartRow<'a>| FigureRow {
            label: format!("{}: {}", row.standing.label, row.count),
            picture: match is_squares {
                true => Picture::Squares(vec![(row.standing.name, row.number)]),
                false => Picture::Drawing(row.picture.clone(), BAR_HEIGHT),
            },
            note: String::new(),
        };
        let mut figure = self.empty_figure(format!("{subject}: {}", chart.claim));
        figure.rows = chart.rows.iter().map(row).collect();
        figure.header = vec!["row", "level", "commitments"];
        let record = |row: &ChartRow<'a>| {
            vec![subject.to_string(), row.standing.label.to_owned(), row.number.to_string()]
        };
        figure.records = chart.rows.iter().map(record).collect();
        self.with_sources(figure, &finding.reports)
    }

    /// A row for each group of commitments of a plan.
    fn plan_figure(&self, title: &str, plan: &'a ActionPlan, groups: Vec<Group<'a>>) -> Figure {
        let finding = self.finding(self.portal.of_plan(&plan.id));
        let figure = self.groups_figure(title, plan, groups);
        self.with_sources(figure, &finding.reports)
    }

    fn groups_figure(&self, title: &str, plan: &'a ActionPlan, groups: Vec<Group<'a>>) -> Figure {
        let title = format!("{}: {}", self.localized(&plan.title).text, self.message(title));
        let total = |(_, chart): &Group<'a>| chart.rows.iter().map(|row| row.number).sum();
        let form = ChartForm::of_rows(groups.iter().map(total));
        let mut figure = self.empty_figure(title);
        figure.key = self.key(|standing| {
            let mut rows = groups.iter().flat_map(|(_, chart)| &chart.rows);
            rows.any(|row| row.number > 0 && row.standing.name == standing.name())
        });
        figure.header = vec!["row", "level", "commitments"];
        for (label, chart) in groups {
            for row in &chart.rows {
                let record = [&label, row.standing.label, &row.number.to_string()];
                figure.records.push(record.map(str::to_owned).to_vec());
            }
            let parts = chart.rows.iter().map(|row| (row.standing.name, row.number)).collect();
            let picture = match form {
                ChartForm::Bar { .. } => Picture::Drawing(chart.picture, BAR_HEIGHT),
                ChartForm::Squares | ChartForm::Levels => Picture::Squares(parts),
            };
            figure.rows.push(FigureRow { label, picture, note: chart.summary });
        }
        figure
    }

    fn time_line_figure(&self, commitment: &'a Commitment) -> Figure {
        let time_line = self.time_line(commitment).expect(PLANNED);
        let title = self.localized(&commitment.title).text;
        let mut figure = self.empty_figure(format!("{} {title}", commitment.id.number()));
        let axis = FigureRow {
            label: String::new(),
            picture: Picture::TimeLine(time_line.axis),
            note: String::new(),
        };
        let rows = time_line.rows.into_iter().map(|row| FigureRow {
            label: row.name,
            picture: Picture::TimeLine(row.picture),
            note: String::new(),
        });
        figure.rows = [axis].into_iter().chain(rows).collect();
        figure.header = vec!["row", "date", "level"];
        figure.records = time_line.records;
        let reports: Vec<&Report> =
            commitment.assessments.iter().map(|item| &*item.report).collect();
        figure.key = self.key(|standing| {
            commitment.assessments.iter().any(|item| Standing::from(item.level) == standing)
        });
        figure.notes.push(self.message("time_line_plan"));
        if time_line.has_deadline {
            figure.notes.push(self.message("time_line_due"));
        }
        self.with_sources(figure, &reports)
    }

    fn indicator_figure(&self, commitment: &'a Commitment, indicator: &'a Indicator) -> Figure {
        let view = self.indicator(commitment, indicator);
        let title = format!("{} ({})", view.title.text, view.unit.text);
        let mut figure = self.empty_figure(title);
        figure.header = vec!["row", "date", "value"];
        let values: Vec<String> = view
            .rows
            .iter()
            .map(|row| {
                let date = row.date.as_ref().map_or("", |date| date.text.as_str());
                [row.label.as_str(), date, row.value.as_str()].join(" ").trim().to_owned()
            })
            .collect();
        figure.rows.push(FigureRow {
            label: String::new(),
            picture: Picture::Drawing(columns(indicator), COLUMNS_HEIGHT),
            note: values.join(" · "),
        });
        figure.records = self.indicator_records(indicator);
        let reports = indicator.values.iter().filter_map(|value| value.report.as_deref());
        let reports: Vec<&Report> = reports.collect();
        self.with_sources(figure, &reports)
    }

    fn indicator_records(&self, indicator: &'a Indicator) -> Vec<Vec<String>> {
        let baseline = indicator.baseline.iter().map(|item| ("baseline", item.date, item.quantity));
        let values =
            indicator.values.iter().map(|value| ("number", Some(value.date), value.quantity));
        let target = indicator.target.iter().map(|item| ("target", item.date, item.quantity));
        let rows = baseline.chain(values).chain(target);
        rows.map(|(kind, date, quantity)| {
            let date = date.map(|date| date.to_string()).unwrap_or_default();
            vec![self.message(kind), date, quantity.to_string()]
        })
        .collect()
    }

    /// The standings that a figure shows: the name and the label of each.
    fn key(&self, is_shown: impl Fn(Standing) -> bool) -> Vec<(&'static str, String)> {
        let shown = Standing::ALL.into_iter().filter(|standing| is_shown(*standing));
        shown.map(|standing| (standing.name(), self.label(standing).to_owned())).collect()
    }

    fn empty_figure(&self, title: String) -> Figure {
        Figure {
            title,
            language: self.language.code.to_string(),
            direction: self.language.direction,
            rows: Vec::new(),
            key: Vec::new(),
            notes: Vec::new(),
            header: Vec::new(),
            records: Vec::new(),
        }
    }

    /// Adds the reports that a figure rests on, the licence and the address of the page, to the picture
    /// and to every record of the table.
    fn with_sources(&self, mut figure: Figure, reports: &[&'a Report]) -> Figure {
        let mut citations: Vec<String> = Vec::new();
        for report in reports.iter().rev() {
            let citation = self.report_line(report).citation();
            if !citations.contains(&citation) {
                citations.push(citation);
            }
        }
        for citation in &citations {
            let source = [("report", Argument::Text(citation))];
            figure.notes.push(self.language.message("chart_source", &source));
        }
        let licence = self.portal.site.licence.as_ref();
        let licence = licence.map(|licence| format!("{}, {}", licence.title, licence.url));
        if let Some(licence) = &licence {
            let licence = [("licence", Argument::Text(licence))];
            figure.notes.push(self.language.message("chart_licence", &licence));
        }
        let url = self.absolute(&self.language.code);
        figure.notes.push(self.language.isolated(&url).into_owned());
        let newest = reports.iter().map(|report| report.date).max();
        let newest = newest.map(|date| date.to_string()).unwrap_or_default();
        let source = [citations.join("; "), newest, licence.unwrap_or_default(), url];
        figure.header.insert(0, "title");
        figure.header.extend(SOURCE_COLUMNS);
        for record in &mut figure.records {
            record.insert(0, figure.title.clone());
            record.extend(source.iter().cloned());
        }
        figure
    }
}
