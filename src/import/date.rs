//! Dates as people write them in tables and reports.

use crate::model::{EndDate, PartialDate};
use crate::problems::DateDoubt;

/// Which end of a period a date is: "III quarter of 2021" begins in July and ends in September.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Start,
    End,
}

/// What a text says. A doubt is a question for a person.
pub(super) type ReadDate = (Option<EndDate>, Option<DateDoubt>);

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The days from which the serial dates of spreadsheets count: 1 January 1970 is day 25,569.
const UNIX_EPOCH: u32 = 25_569;
/// The serial dates that are taken for dates: the years 1990 to 2099.
const SERIAL_DATES: std::ops::RangeInclusive<u32> = 32_874..=73_050;

/// Reads a date. Without a date in it, a text is a doubt.
pub(super) fn read_date(text: &str, bound: Bound) -> ReadDate {
    let text = text.trim().trim_end_matches('.');
    let lower = text.to_lowercase();
    if text.is_empty() || text == "-" {
        return (None, None);
    }
    if let Some(date) = PartialDate::parse(text) {
        return (Some(EndDate::On(date)), None);
    }
    if matches!(lower.as_str(), "na" | "n/a" | "not applicable") {
        return match bound {
            Bound::Start => (None, None),
            Bound::End => (Some(EndDate::NotApplicable), None),
        };
    }
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if ["ongoing", "permanent", "continuous", "continuing"].iter().any(|word| words.contains(word))
    {
        let end = (bound == Bound::End).then_some(EndDate::NotApplicable);
        return (end, Some(DateDoubt::NoEnd));
    }
    let found = serial(text)
        .or_else(|| in_numbers(text))
        .or_else(|| quarter(&words, bound))
        .or_else(|| in_words(&words));
    match found {
        Some((date, doubt)) => (Some(EndDate::On(date)), doubt),
        None if text.parse::<f64>().is_ok() => (None, Some(DateDoubt::Spoilt)),
        None => (None, Some(DateDoubt::Unclear)),
    }
}

type Found = (PartialDate, Option<DateDoubt>);

/// A date as a spreadsheet counts it: 43525.
fn serial(text: &str) -> Option<Found> {
    let days = text.parse().ok().filter(|days| SERIAL_DATES.contains(days))?;
    Some((PartialDate::from_unix_days(days - UNIX_EPOCH), Some(DateDoubt::Serial)))
}

/// 31/12/2015, 6/30/20, 2018/1/9 or 3/2019. A date that can have two meanings is its year.
fn in_numbers(text: &str) -> Option<Found> {
    let parts: Vec<&str> = text.split(['/', '.', '-']).map(str::trim).collect();
    if let [month, year] = parts[..] {
        let date = PartialDate::parse(&format!("{year}-{month:0>2}"));
        return date.filter(|_| text.contains('/')).map(|date| (date, None));
    }
    let [first, second, third] = parts[..] else { return None };
    let is_number =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if ![first, second, third].iter().all(is_number) {
        return None;
    }
    let day = |year: &str, month: u8, day: u8| {
        let year: u16 = year.parse().ok()?;
        PartialDate::parse(&format!("{year:04}-{month:02}-{day:02}"))
    };
    if first.len() == 4 {
        return Some((day(first, second.parse().ok()?, third.parse().ok()?)?, None));
    }
    let (year, doubt) = match third.len() {
        4 => (third.to_owned(), None),
        2 => (format!("20{third}"), Some(DateDoubt::TwoDigitYear)),
        _ => return None,
    };
    let (a, b) = (first.parse().ok()?, second.parse().ok()?);
    match (day(&year, a, b), day(&year, b, a)) {
        (Some(one), Some(other)) if one != other => {
            Some((PartialDate::parse(&year)?, Some(DateDoubt::DayOrMonth)))
        }
        (Some(date), _) | (None, Some(date)) => Some((date, doubt)),
        (None, None) => None,
    }
}

/// III quarter of 2021, Quarter 4 2016, Q1 2020: the first or the last month.
fn quarter(words: &[&str], bound: Bound) -> Option<Found> {
    let number = |word: &&str| match word.trim_start_matches('q') {
        "i" | "1" | "1st" | "first" => Some(1),
        "ii" | "2" | "2nd" | "second" => Some(2),
        "iii" | "3" | "3rd" | "third" => Some(3),
        "iv" | "4" | "4th" | "fourth" => Some(4),
        _ => None,
    };
    let is_quarter = |word: &&&str| word.starts_with('q');
    words.iter().find(is_quarter)?;
    let quarter: u8 = words.iter().find_map(number)?;
    let month = match bound {
        Bound::Start => quarter * 3 - 2,
        Bound::End => quarter * 3,
    };
    Some((PartialDate::Month(year_in(words)?, month), Some(DateDoubt::Quarter)))
}

/// July 2014, 31 December 2015.
fn in_words(words: &[&str]) -> Option<Found> {
    let month = |word: &&str| {
        let is_start = |month: &&str| word.len() >= 3 && month.starts_with(*word);
        MONTHS.iter().position(is_start).map(|index| index as u8 + 1)
    };
    let (year, month) = (year_in(words)?, words.iter().find_map(month)?);
    let number = |word: &&str| word.trim_end_matches(char::is_alphabetic).parse::<u8>().ok();
    let date = match (words.len(), words.iter().find_map(number)) {
        (2, _) => Some(PartialDate::Month(year, month)),
        (3, Some(day)) => PartialDate::parse(&format!("{year}-{month:02}-{day:02}")),
        _ => None,
    };
    Some((date?, None))
}

fn year_in(words: &[&str]) -> Option<u16> {
    let is_year = |word: &&str| matches!(PartialDate::parse(word), Some(PartialDate::Year(_)));
    let mut years = words.iter().filter(|word| is_year(word));
    let year = years.next()?;
    years.next().is_none().then(|| year.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_tables_and_reports_are_read() {
        use DateDoubt::{DayOrMonth, NoEnd, Quarter, Serial, Spoilt, TwoDigitYear, Unclear};
        for (text, start, end, doubt) in [
            ("2015", "2015", "2015", None),
            ("2024-06-30", "2024-06-30", "2024-06-30", None),
            ("July 2014", "2014-07", "2014-07", None),
            ("31 Dec. 2015", "2015-12-31", "2015-12-31", None),
            ("31/12/2015", "2015-12-31", "2015-12-31", None),
            ("3/2019", "2019-03", "2019-03", None),
            ("1/1/2024", "2024-01-01", "2024-01-01", None),
            ("6/30/20", "2020-06-30", "2020-06-30", Some(TwoDigitYear)),
            ("9/1/2018", "2018", "2018", Some(DayOrMonth)),
            ("9/1/18", "2018", "2018", Some(DayOrMonth)),
            ("III quarter of 2021", "2021-07", "2021-09", Some(Quarter)),
            ("Quarter 4 2016", "2016-10", "2016-12", Some(Quarter)),
            ("Q1/2020", "2020-01", "2020-03", Some(Quarter)),
            ("43525", "2019-03-01", "2019-03-01", Some(Serial)),
            ("Ongoing", "", "not-applicable", Some(NoEnd)),
            ("Permanent activity", "", "not-applicable", Some(NoEnd)),
            ("Not applicable", "", "not-applicable", None),
            ("2.2000000000000002", "", "", Some(Spoilt)),
            ("31/13/2015", "", "", Some(Unclear)),
            ("2015 or 2016", "", "", Some(Unclear)),
            ("-", "", "", None),
        ] {
            for (bound, expected) in [(Bound::Start, start), (Bound::End, end)] {
                let (date, found) = read_date(text, bound);
                let date = date.map_or(String::new(), |date| date.to_string());
                assert_eq!((date.as_str(), found), (expected, doubt), "{text}");
            }
        }
    }
}
