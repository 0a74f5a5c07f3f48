//! How a language writes dates, numbers and lists, and how it sorts names (ICU4X).
//!
//! ICU4X falls back to rules that belong to no language where it has none for a locale; its dates
//! would be "2014 M07 31". Then, dates have the form of ISO 8601.

use std::cmp::Ordering;

use icu::calendar::{Date, Gregorian};
use icu::casemap::TitlecaseMapper;
use icu::casemap::options::{TitlecaseOptions, TrailingCase};
use icu::collator::{CollatorBorrowed, options::CollatorOptions};
use icu::datetime::{FixedCalendarDateTimeFormatter, fieldsets};
use icu::decimal::{DecimalFormatter, input::Decimal};
use icu::list::{ListFormatter, options::ListFormatterOptions};
use icu::locale::{Direction, Locale, LocaleDirectionality, subtags::Region};
use icu_locale::names::{LanguageIdentifierDisplayName, RegionDisplayName};

use super::plural::Plurals;
use crate::html::escape;
use crate::model::{PartialDate, Quantity, natural_order};

/// Dates are in the Gregorian calendar, as they are written, also in a language with another calendar of
/// its own. A date that is known to the year cannot be converted: 2014 is parts of two Persian years.
type DateFormatter<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

const DATA: &str = "the program contains ICU4X's data";

/// The `lang` and `dir` attributes of a text in the language with this code, each after a space. Nothing
/// if the code is empty, because the text is in the page's language.
pub fn attributes(code: &str) -> String {
    if code.is_empty() {
        return String::new();
    }
    let direction = Locale::try_from_str(code).map_or("ltr", |language| direction_of(&language));
    format!(r#" lang="{}" dir="{direction}""#, escape(code))
}

/// The direction of writing of a language: `ltr` or `rtl`.
fn direction_of(language: &Locale) -> &'static str {
    match LocaleDirectionality::new_extended().get(&language.id) {
        Some(Direction::RightToLeft) => "rtl",
        _ => "ltr",
    }
}

pub(super) struct Format {
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Whether ICU4X knows how the language writes dates.
    pub has_data: bool,
    pub plurals: Plurals,
    locale: Locale,
    numbers: DecimalFormatter,
    days: DateFormatter<fieldsets::YMD>,
    months: DateFormatter<fieldsets::YM>,
    years: DateFormatter<fieldsets::Y>,
    lists: ListFormatter,
    collator: CollatorBorrowed<'static>,
}

impl Format {
    /// The format of a locale, for texts in `language`, which decides the direction of writing.
    pub(super) fn new(language: &Locale, locale: &Locale) -> Self {
        Format {
            direction: direction_of(language),
            has_data: has_data(locale),
            plurals: Plurals::new(locale),
            locale: locale.clone(),
            numbers: DecimalFormatter::try_new(locale.into(), Default::default()).expect(DATA),
            days: days(locale),
            months: months(locale),
            years: DateFormatter::try_new(locale.into(), fieldsets::Y::long()).expect(DATA),
            lists: ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default())
                .expect(DATA),
            collator: CollatorBorrowed::try_new(locale.into(), CollatorOptions::default())
                .expect(DATA),
        }
    }

    pub(super) fn number(&self, number: usize) -> String {
        self.numbers.format_to_string(&Decimal::from(number))
    }

    pub(super) fn quantity(&self, quantity: Quantity) -> String {
        let decimal = quantity.to_string().parse::<Decimal>().expect("a decimal number");
        self.numbers.format_to_string(&decimal)
    }

    /// A date with the precision that it was written with.
    pub(super) fn date(&self, date: PartialDate) -> String {
        if !self.has_data {
            return date.to_string();
        }
        let gregorian = gregorian(date);
        match date {
            PartialDate::Year(_) => self.years.format(&gregorian).to_string(),
            PartialDate::Month(..) => self.months.format(&gregorian).to_string(),
            PartialDate::Day(..) => self.days.format(&gregorian).to_string(),
        }
    }

    /// The name of a country; its code if CLDR has no name in the language.
    pub(super) fn country(&self, code: &str) -> String {
        let name = |region: Region| {
            let name = RegionDisplayName::new_light_with_fallback((&self.locale).into(), region);
            name.to_string()
        };
        code.parse().map_or_else(|_| code.to_owned(), name)
    }

    /// "a, b and c".
    pub(super) fn list(&self, items: &[String]) -> String {
        self.lists.format_to_string(items.iter())
    }

    /// The order of a dictionary.
    pub(super) fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b).then_with(|| natural_order(a, b))
    }
}

/// The name of a language in itself, with a capital letter if its script has them; its code if CLDR does not
/// know it.
pub(super) fn own_name(language: &Locale) -> String {
    let name = LanguageIdentifierDisplayName::try_new_light(
        language.into(),
        language.id.clone(),
        Default::default(),
    );
    let name = name.expect(DATA).as_borrowed().to_string();
    let mut options = TitlecaseOptions::default();
    // As in "Português (Brasil)".
    options.trailing_case = Some(TrailingCase::Unchanged);
    TitlecaseMapper::new().titlecase_segment_to_string(&name, &language.id, options).into_owned()
}

/// Whether ICU4X knows how a language writes dates, and does not fall back to rules of no language.
pub(super) fn has_data(locale: &Locale) -> bool {
    let example = gregorian(PartialDate::Year(2014));
    let shown = |locale: &Locale| days(locale).format(&example).to_string();
    shown(locale) != shown(&Locale::UNKNOWN)
}

fn days(locale: &Locale) -> DateFormatter<fieldsets::YMD> {
    DateFormatter::try_new(locale.into(), fieldsets::YMD::long()).expect(DATA)
}

fn months(locale: &Locale) -> DateFormatter<fieldsets::YM> {
    // ICU4X 2.4 does not load the numbers that it needs for `pt`. Portugal writes months in the same way.
    let portugal = "pt-PT".parse::<Locale>().expect("a locale");
    let locale = if locale.id.language == portugal.id.language { &portugal } else { locale };
    DateFormatter::try_new(locale.into(), fieldsets::YM::long()).expect(DATA)
}

fn gregorian(date: PartialDate) -> Date<Gregorian> {
    let (year, month, day) = date.earliest();
    Date::try_new_gregorian(i32::from(year), month, day).expect("a partial date is valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_name_themselves() {
        for (code, name) in [
            ("ka", "ქართული"),
            ("kk", "Қазақ тілі"),
            ("pt-BR", "Português (Brasil)"),
            ("uk", "Українська"),
            ("kaa", "Kaa"),
        ] {
            assert_eq!(own_name(&code.parse().unwrap()), name);
        }
    }
}
