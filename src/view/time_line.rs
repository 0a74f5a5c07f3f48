//! The time line of a commitment: a row for each assessor, and rows for updates and milestones.

use serde::Serialize;

use super::shared::DownloadView;
use super::viewer::Viewer;
use crate::chart::{self, Position};
use crate::html::Html;
use crate::model::{Commitment, EndDate, PartialDate, Standing, Track};
use crate::route::Chart;

#[derive(Debug, Serialize)]
pub struct TimeLineView {
    /// The years and the period of the plan.
    pub axis: Html,
    pub rows: Vec<TimeLineRow>,
    /// Whether the rows show deadlines.
    pub has_deadline: bool,
    pub download: DownloadView,
    /// The same as a table: what it is, its date, and its level.
    #[serde(skip)]
    pub records: Vec<Vec<String>>,
}

#[derive(Debug, Serialize)]
pub struct TimeLineRow {
    pub name: String,
    pub picture: Html,
}

/// The years that a picture shows, from the beginning of the first to the end of the last.
struct Years {
    first: u16,
    last: u16,
    direction: &'static str,
}

impl Years {
    /// The place of a day. Every month counts 31 days, which no reader can see.
    fn place(&self, (year, month, day): (u16, u8, u8)) -> Position {
        let days = |year: u16| u32::from(year - self.first) * 372;
        let day = days(year) + u32::from(month - 1) * 31 + u32::from(day - 1);
        let place = day * 10_000 / days(self.last + 1);
        if self.direction == "rtl" { 10_000 - place } else { place }
    }

    /// The middle of the days that a date can mean.
    fn middle(&self, date: PartialDate) -> Position {
        u32::midpoint(self.place(date.earliest()), self.place(date.latest()))
    }
}

impl<'a> Viewer<'a> {
    /// `None` if there is not more than one assessment to show.
    pub(super) fn time_line(&self, commitment: &'a Commitment) -> Option<TimeLineView> {
        if !commitment.has_history() {
            return None;
        }
        let plan = &commitment.plan;
        let deadlines: Vec<PartialDate> = deadlines(commitment);
        let updates = commitment.updates.iter().map(|update| update.date);
        let milestones = commitment.milestones.iter().filter_map(|item| item.completed_date);
        let reports = commitment.assessments.iter().map(|assessment| assessment.report.date);
        let dates = || {
            let plan = [plan.start_date, plan.end_date].into_iter();
            let notes = updates.clone().chain(milestones.clone());
            plan.chain(deadlines.iter().copied()).chain(reports.clone()).chain(notes)
        };
        let years = Years {
            first: dates().map(|date| date.earliest().0).min()?,
            last: dates().map(|date| date.latest().0).max()?,
            direction: self.language.direction,
        };
        let marks: Vec<Position> =
            deadlines.iter().map(|date| years.place(date.latest())).collect();
        let track = |track: Track<'a>| {
            let assessments = track.older.iter().rev().chain([&track.newest]);
            let points: Vec<_> = assessments
                .map(|item| (years.middle(item.report.date), Standing::from(item.level)))
                .collect();
            let name = self.assessor(&track.newest.report.assessor);
            TimeLineRow { name, picture: chart::track(&points, &marks) }
        };
        let notes = |name: &str, dates: Vec<PartialDate>| {
            let places: Vec<_> = dates.into_iter().map(|date| years.middle(date)).collect();
            let picture = chart::dots(&places, &marks);
            (!places.is_empty()).then(|| TimeLineRow { name: self.message(name), picture })
        };
        let tracks = commitment.tracks(&self.portal.site.headline).into_iter().map(track);
        let notes = [
            notes("updates", updates.clone().collect()),
            notes("milestones", milestones.clone().collect()),
        ];
        let labels: Vec<_> = (years.first..=years.last)
            .map(|year| {
                let date = PartialDate::Year(year);
                (years.middle(date), self.language.date(date))
            })
            .collect();
        let period = (years.place(plan.start_date.earliest()), years.place(plan.end_date.latest()));
        Some(TimeLineView {
            axis: chart::axis(&labels, period),
            rows: tracks.chain(notes.into_iter().flatten()).collect(),
            has_deadline: !deadlines.is_empty(),
            download: self.download(&Chart::TimeLine(commitment.id.clone())),
            records: self.time_line_records(commitment),
        })
    }

    fn time_line_records(&self, commitment: &'a Commitment) -> Vec<Vec<String>> {
        let assessments = commitment.assessments.iter().map(|item| {
            let level = self.label(Standing::from(item.level));
            (self.assessor(&item.report.assessor), item.report.date, level)
        });
        let dated = |name: &str, date: PartialDate| (self.message(name), date, "");
        let updates = commitment.updates.iter().map(|update| dated("updates", update.date));
        let milestones = commitment.milestones.iter().filter_map(|item| item.completed_date);
        let milestones = milestones.map(|date| dated("milestones", date));
        let deadlines = deadlines(commitment).into_iter().map(|date| dated("end_date", date));
        let records = assessments.chain(updates).chain(milestones).chain(deadlines);
        records.map(|(name, date, level)| vec![name, date.to_string(), level.to_owned()]).collect()
    }
}

/// The deadlines of a commitment, the one that holds last.
fn deadlines(commitment: &Commitment) -> Vec<PartialDate> {
    let earlier = commitment.rescheduled.iter().map(|moved| moved.from);
    earlier.chain(commitment.end_date.and_then(EndDate::date)).collect()
}
