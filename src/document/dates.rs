//! Explains dates in other forms than ISO 8601, with the date that the editor most likely means.

use crate::diagnostic::Diagnostic;
use crate::model::PartialDate;
use crate::problems::{self, DateForm};
use crate::source::Span;

/// Explains the value of a key that is not a date in quotation marks. Returns `None` if it does not look
/// like a date. Words are a date only for a key whose name says so.
pub(super) fn explain(span: Span, key: &str, written: &str) -> Option<Diagnostic> {
    let text = written.trim().trim_end_matches('.').replace(['–', '—', '−', '‑'], "-");
    if PartialDate::parse(written).is_some() {
        return Some(problems::unquoted_date(span, key, written));
    }
    let meant = |form, date: PartialDate| {
        Some(problems::date_in_other_form(span, written, form, &date.to_string()))
    };
    if is_date_key(key) {
        if let Some(date) = month_in_words(&text) {
            return meant(DateForm::Words, date);
        }
        let month = if key.starts_with("start") { 1 } else { 3 };
        if let Some(date) = quarter(&text, month) {
            return meant(DateForm::Quarter, date);
        }
        if let Some((first, last)) = two_years(&text) {
            let year = if key.starts_with("start") { first } else { last };
            return meant(DateForm::TwoYears, PartialDate::Year(year));
        }
        if let Some(date) = spreadsheet_day(&text) {
            return meant(DateForm::SpreadsheetNumber, date);
        }
        if let Some(date) = buddhist_date(&text) {
            return meant(DateForm::Buddhist, date);
        }
        if let Some(year) = solar_hijri_year(&text) {
            return meant(DateForm::SolarHijri, PartialDate::Year(year));
        }
    }
    numbers(span, key, written, &text)
}

fn is_date_key(key: &str) -> bool {
    key == "date" || key.ends_with("_date")
}

/// Explains two or three numbers in another order, or with other separators. Only a number of four digits makes
/// them a date if the name of the key does not.
fn numbers(span: Span, key: &str, written: &str, text: &str) -> Option<Diagnostic> {
    let numbers: Vec<&str> = text.split(['.', '-', '/']).map(str::trim).collect();
    let are_numbers =
        numbers.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let is_date = is_date_key(key) || numbers.iter().any(|part| part.len() == 4);
    if !are_numbers || !is_date || !matches!(numbers.len(), 2 | 3) {
        return None;
    }
    let in_order = |parts: &[&str]| {
        let parts: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
        PartialDate::parse(&parts.join("-"))
    };
    let reversed: Vec<&str> = numbers.iter().rev().copied().collect();
    let (mut month_first, mut short) = (Vec::new(), Vec::new());
    let year = numbers.last().map(|year| format!("20{year}")).unwrap_or_default();
    if let [first, second, last] = *numbers.as_slice() {
        month_first = vec![last, first, second];
        if last.len() == 2 && first.len() <= 2 {
            // Which number is the day is certain only if it is above 12.
            let day_first = first.parse::<u8>().is_ok_and(|first| first > 12);
            short = match day_first {
                true => vec![year.as_str(), second, first],
                false => vec![year.as_str(), first, second],
            };
        }
    }
    let orders = [&reversed, &numbers, &month_first, &short];
    if let Some(date) = orders.into_iter().find_map(|order| in_order(order)) {
        let meant = date.to_string();
        let is_padded = text.contains('-') && in_order(&numbers) == Some(date) && text == written;
        return Some(match is_padded {
            true => problems::date_in_other_form(span, written, DateForm::OneDigit, &meant),
            false => {
                let other =
                    swapped(date).filter(|_| numbers[0].len() <= 2).map(|date| date.to_string());
                problems::reordered_date(span, written, &meant, other.as_deref())
            }
        });
    }
    let has_year = numbers[0].len() == 4 || numbers[numbers.len() - 1].len() == 4;
    has_year.then(|| problems::impossible_date(span, written))
}

/// Returns the date whose day and month are those of `date` the other way round, if it is another date.
fn swapped(date: PartialDate) -> Option<PartialDate> {
    let text = date.to_string();
    let [year, month, day] = *text.split('-').collect::<Vec<_>>() else { return None };
    PartialDate::parse(&format!("{year}-{day}-{month}")).filter(|other| *other != date)
}

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

/// Parses a date such as "June 2025", "30 Sept. 2025" or "June 30, 2025". Returns `None` for two dates.
fn month_in_words(text: &str) -> Option<PartialDate> {
    let (mut day, mut month, mut year) = (None, None, None);
    let words = text.split([' ', ',', '.', '-', '/']).filter(|word| !word.is_empty());
    for word in words {
        let lower = word.to_lowercase();
        let is_month = |month: &&str| lower.len() >= 3 && month.starts_with(&lower);
        let (place, number) = match MONTHS.iter().position(is_month) {
            Some(index) => (&mut month, index as u16 + 1),
            None => {
                let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
                (if digits.len() == 4 { &mut year } else { &mut day }, digits.parse().ok()?)
            }
        };
        if place.replace(number).is_some() {
            return None;
        }
    }
    let month = format!("{}-{:02}", year?, month?);
    PartialDate::parse(&match day {
        Some(day) => format!("{month}-{day:02}"),
        None => month,
    })
}

/// Parses a quarter, such as "2025-Q3" or "III quarter of 2025". `month` is the one that is meant, from 1 to 3.
fn quarter(text: &str, month: usize) -> Option<PartialDate> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|letter: char| !letter.is_alphanumeric()).collect();
    let is_year = |word: &&&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let year = words.iter().find(is_year)?;
    let names: [&[&str]; 4] = [
        &["q1", "1q", "i", "1st", "first", "1"],
        &["q2", "2q", "ii", "2nd", "second", "2"],
        &["q3", "3q", "iii", "3rd", "third", "3"],
        &["q4", "4q", "iv", "4th", "fourth", "4"],
    ];
    let has_word = lower.contains("quarter") || lower.contains("qtr");
    let is_named = |names: &[&str]| {
        words.iter().any(|word| names.contains(word) && (has_word || word.contains('q')))
    };
    let index = names.iter().position(|names| is_named(names))?;
    let month = index * 3 + month;
    PartialDate::parse(&format!("{year}-{month:02}"))
}

/// Parses two years that follow each other, such as "2024/25" or "2024-2025".
fn two_years(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once(['/', '-'])?;
    let (first, last) = (first.trim(), last.trim());
    let year: u16 = first.parse().ok().filter(|_| first.len() == 4)?;
    let next: u16 = last.parse().ok()?;
    let is_next = match last.len() {
        2 => next == (year + 1) % 100 && next > 12,
        4 => next > year,
        _ => false,
    };
    is_next.then_some((year, if last.len() == 2 { year + 1 } else { next }))
}

/// Parses the number of a day as spreadsheets store it: 45838 is 30 June 2025. Only numbers of the years
/// from 1995 to 2064 are taken for days.
fn spreadsheet_day(text: &str) -> Option<PartialDate> {
    let number: u32 = text.parse().ok().filter(|number| (34_700..60_500).contains(number))?;
    // 1 January 1970 has the number 25569.
    Some(PartialDate::from_unix_days(number - 25_569))
}

/// Converts a date of the Buddhist calendar, whose years are those of the Gregorian calendar plus 543.
fn buddhist_date(text: &str) -> Option<PartialDate> {
    let year: u16 = text.get(..4)?.parse().ok().filter(|year| (2400..=2700).contains(year))?;
    PartialDate::parse(&format!("{}{}", year - 543, text[4..].replace(['.', '/'], "-")))
}

/// Returns the Gregorian year in which a year of the Solar Hijri calendar begins, in March.
fn solar_hijri_year(text: &str) -> Option<u16> {
    let year: u16 = text.get(..4)?.parse().ok().filter(|year| (1300..=1500).contains(year))?;
    (!text[4..].starts_with(char::is_alphanumeric)).then_some(year + 621)
}
