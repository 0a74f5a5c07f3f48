//! Dates with the precision of a day, a month or a year.
//!
//! A date has no time and no time zone, so that it is the same for every reader. This module does
//! not know the current date.

use std::fmt;

use icu::calendar::types::RataDie;
use icu::calendar::{Date, Iso};

/// A date that may be known only to the month or the year. It is displayed with the precision with
/// which it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// `2014`
    Year(u16),
    /// `2014-07`
    Month(u16, u8),
    /// `2014-07-31`
    Day(u16, u8, u8),
}

impl PartialDate {
    /// The years that Milepost accepts. A year outside this range is almost certainly a typing
    /// error.
    pub const YEARS: std::ops::RangeInclusive<u16> = 1900..=2199;

    /// A regular expression of the dates that [`PartialDate::parse`] accepts. It does not know the
    /// lengths of the months.
    pub const PATTERN: &str = r"^(19|20|21)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$";

    /// Parses an ISO 8601 calendar date: `2014`, `2014-07` or `2014-07-31`. Returns `None` if the
    /// text has another form or the day does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, rest) = leading_number(text, 4)?;
        if !Self::YEARS.contains(&year) {
            return None;
        }
        if rest.is_empty() {
            return Some(PartialDate::Year(year));
        }
        let (month, rest) = leading_number(rest.strip_prefix('-')?, 2)?;
        let month = month as u8;
        if !(1..=12).contains(&month) {
            return None;
        }
        if rest.is_empty() {
            return Some(PartialDate::Month(year, month));
        }
        let (day, rest) = leading_number(rest.strip_prefix('-')?, 2)?;
        let day = day as u8;
        let is_a_day = rest.is_empty() && (1..=days_in(year, month)).contains(&day);
        is_a_day.then_some(PartialDate::Day(year, month, day))
    }

    /// Returns the day that is `days` days after 1 January 1970.
    pub fn from_unix_days(days: u32) -> Self {
        /// 1 January 1970 as ICU4X counts days: 1 January of the year 1 is day 1.
        const UNIX_EPOCH: i64 = 719_163;
        let date = Date::from_rata_die(RataDie::new(UNIX_EPOCH + i64::from(days)), Iso);
        let year = date.year().extended_year();
        PartialDate::Day(year as u16, date.month().ordinal, date.day_of_month().0)
    }

    /// Returns the day that is `months` months after [`PartialDate::latest`]. If that month has no
    /// such day, returns the last day of the month.
    pub fn months_later(self, months: u16) -> Self {
        let (year, month, day) = self.latest();
        let months = year * 12 + u16::from(month) - 1 + months;
        let (year, month) = (months / 12, (months % 12) as u8 + 1);
        PartialDate::Day(year, month, day.min(days_in(year, month)))
    }

    /// Whether every day that the date can mean is before every day that `other` can mean. A year and
    /// a month in it cannot be ordered.
    pub fn is_before(self, other: PartialDate) -> bool {
        self.latest() < other.earliest()
    }

    /// Returns the first day that the date can mean, as year, month and day.
    pub fn earliest(self) -> (u16, u8, u8) {
        match self {
            PartialDate::Year(year) => (year, 1, 1),
            PartialDate::Month(year, month) => (year, month, 1),
            PartialDate::Day(year, month, day) => (year, month, day),
        }
    }

    /// Returns the last day that the date can mean, as year, month and day.
    pub fn latest(self) -> (u16, u8, u8) {
        match self {
            PartialDate::Year(year) => (year, 12, 31),
            PartialDate::Month(year, month) => (year, month, days_in(year, month)),
            PartialDate::Day(year, month, day) => (year, month, day),
        }
    }
}

/// Dates sort by the last day that they can mean. If that is equal, the less precise date comes
/// last: 2015 comes after December 2015, which comes after 31 December 2015.
impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.latest().cmp(&other.latest()).then(other.earliest().cmp(&self.earliest()))
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Writes the date in ISO 8601, with the precision of the date.
impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Year(year) => write!(out, "{year:04}"),
            PartialDate::Month(year, month) => write!(out, "{year:04}-{month:02}"),
            PartialDate::Day(year, month, day) => write!(out, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// The date by which a commitment or milestone is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndDate {
    On(PartialDate),
    /// The work continues without an end. It is written `not-applicable`, as in OGP's template.
    NotApplicable,
}

impl EndDate {
    /// A regular expression of a date or `not-applicable`; see [`PartialDate::PATTERN`].
    pub const PATTERN: &str =
        r"^((19|20|21)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|not-applicable)$";

    /// Returns the date, unless the work continues without an end.
    pub fn date(self) -> Option<PartialDate> {
        match self {
            EndDate::On(date) => Some(date),
            EndDate::NotApplicable => None,
        }
    }
}

impl fmt::Display for EndDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EndDate::On(date) => date.fmt(out),
            EndDate::NotApplicable => out.write_str("not-applicable"),
        }
    }
}

fn leading_number(text: &str, digits: usize) -> Option<(u16, &str)> {
    let number = text.get(..digits)?;
    let all_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| (number.parse().expect("four digits at most"), &text[digits..]))
}

fn days_in(year: u16, month: u8) -> u8 {
    let first = Date::try_new_iso(year.into(), month, 1).expect("the month is from 1 to 12");
    first.days_in_month()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_precision() {
        for text in ["2014", "2014-07", "2014-07-31", "2016-02-29", "2000-02-29"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn days_and_months_follow_the_calendar() {
        for (days, date) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (16_692, "2015-09-14"),
            (20_780, "2026-11-23"),
        ] {
            assert_eq!(PartialDate::from_unix_days(days).to_string(), date);
        }
        let later =
            |date, months| PartialDate::parse(date).unwrap().months_later(months).to_string();
        assert_eq!(later("2015-08-31", 6), "2016-02-29");
        assert_eq!(later("2015", 6), "2016-06-30");
        assert_eq!(later("2015-07", 5), "2015-12-31");
    }

    #[test]
    fn an_invalid_date_is_rejected() {
        for text in [
            "",
            "14",
            "2014-7",
            "2014-13",
            "2014-00",
            "2014-02-30",
            "2015-02-29",
            "1900-02-29",
            "2014-07-31x",
            "31.12.2015",
            "0215",
            "2014-",
            "2014-07-",
            "２０１４",
            "2014/07",
        ] {
            assert_eq!(PartialDate::parse(text), None, "`{text}` was accepted");
        }
    }

    #[test]
    fn a_less_precise_date_sorts_after_the_days_in_it() {
        let date = |text| PartialDate::parse(text).unwrap();
        assert!(date("2015-07") < date("2015"));
        assert!(date("2015-07-31") < date("2015-07"));
        assert!(date("2014") < date("2015-01-01"));
    }
}
