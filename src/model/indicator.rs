//! What a commitment counts: indicators with a baseline, a target and dated values.

use std::fmt;
use std::sync::Arc;

use super::date::PartialDate;
use super::report::Report;
use super::text::{KeyedText, Text, texts};

/// Something that a commitment counts or measures.
#[derive(Debug)]
pub struct Indicator {
    /// Unique within the commitment.
    pub id: String,
    pub title: Text,
    pub unit: Text,
    pub texts: IndicatorTexts,
    pub baseline: Option<DatedQuantity>,
    pub target: Option<DatedQuantity>,
    /// Sorted by date, oldest first.
    pub values: Box<[IndicatorValue]>,
}

texts! {
    /// The optional texts of an indicator, which are Markdown.
    pub struct IndicatorTexts {
        /// Where the numbers come from.
        source,
    }
}

/// A value of an indicator.
#[derive(Debug)]
pub struct IndicatorValue {
    pub date: PartialDate,
    pub quantity: Quantity,
    pub report: Option<Arc<Report>>,
    pub texts: IndicatorValueTexts,
}

texts! {
    /// The optional texts of a value, which are Markdown.
    pub struct IndicatorValueTexts {
        /// How exact the value is, or what it leaves out.
        note,
    }
}

/// A quantity, and the date on which it holds.
#[derive(Debug, Clone, Copy)]
pub struct DatedQuantity {
    pub quantity: Quantity,
    pub date: Option<PartialDate>,
}

/// A number with at most four decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity {
    ten_thousandths: i64,
}

impl Quantity {
    /// Parses a number as TOML writes it, such as `1_000` or `61.5`. Returns `None` for other texts, for
    /// more decimals, and for numbers above a million millions.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace('_', "");
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text.strip_prefix('+').unwrap_or(&text)),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(decimals) || whole.is_empty() || whole.len() > 12 {
            return None;
        }
        let decimals = decimals.trim_end_matches('0');
        let padded = format!("{decimals:0<4}");
        let number: i64 = format!("{whole}{padded}").parse().ok()?;
        (decimals.len() <= 4).then_some(Quantity { ten_thousandths: sign * number })
    }

    /// Returns how much more is needed to reach `target`; `None` if it is reached.
    pub fn needs_for(self, target: Quantity) -> Option<Self> {
        let rest = target.ten_thousandths - self.ten_thousandths;
        (rest > 0).then_some(Quantity { ten_thousandths: rest })
    }

    /// Returns the share of `whole`, in hundredths of a percent, from 0 to 10,000.
    pub fn share_of(self, whole: Quantity) -> i64 {
        let share = i128::from(self.ten_thousandths.max(0)) * 10_000;
        let share = share / i128::from(whole.ten_thousandths.max(1));
        i64::try_from(share.min(10_000)).unwrap_or(0)
    }
}

/// Writes the number with as many decimals as it needs, with a point.
impl fmt::Display for Quantity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.ten_thousandths < 0 { "-" } else { "" };
        let number = self.ten_thousandths.unsigned_abs();
        let decimals = format!("{:04}", number % 10_000);
        match decimals.trim_end_matches('0') {
            "" => write!(out, "{sign}{}", number / 10_000),
            decimals => write!(out, "{sign}{}.{decimals}", number / 10_000),
        }
    }
}

impl Indicator {
    /// Returns every text of the indicator with its key.
    pub fn all_texts(&self) -> impl Iterator<Item = KeyedText<'_>> {
        self.own_texts().chain(self.values.iter().flat_map(|value| value.texts.all()))
    }

    pub fn own_texts(&self) -> impl Iterator<Item = KeyedText<'_>> + Clone {
        let required = [("title", Some(&self.title)), ("unit", Some(&self.unit))];
        required.into_iter().chain(self.texts.all())
    }

    /// Whether there are two numbers to compare.
    pub fn is_comparable(&self) -> bool {
        self.values.len() + usize::from(self.baseline.is_some()) > 1 || self.target.is_some()
    }

    /// Returns how much is missing to the target, if there are a target and a value below it.
    pub fn missing(&self) -> Option<Quantity> {
        self.values.last()?.quantity.needs_for(self.target?.quantity)
    }

    /// Returns the largest number of the indicator, which sets the scale of its picture.
    pub fn largest(&self) -> Option<Quantity> {
        let dated = self.baseline.iter().chain(&self.target).map(|dated| dated.quantity);
        dated.chain(self.values.iter().map(|value| value.quantity)).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_exact() {
        for (text, shown) in
            [("1_000", "1000"), ("61.50", "61.5"), ("-0.25", "-0.25"), ("0", "0"), ("+7", "7")]
        {
            assert_eq!(Quantity::parse(text).unwrap().to_string(), shown);
        }
        for text in ["", "1e5", "0x10", "1.23456", "nan", "9999999999999"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
        let quantity = |text| Quantity::parse(text).unwrap();
        assert_eq!(quantity("108").needs_for(quantity("230")), Some(quantity("122")));
        assert_eq!(quantity("0.1").needs_for(quantity("0.3")), Some(quantity("0.2")));
        assert_eq!(quantity("230").needs_for(quantity("230")), None);
        assert_eq!(quantity("1").share_of(quantity("3")), 3333);
    }
}
