//! Numbers as people write them.

use super::words::without_marks;
use crate::model::Quantity;

/// The marks that people put between thousands, apart from a comma and a point.
const SPACES: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\'', '’', '_'];

/// Reads a number as people write it, such as `1,100`, `3,5` or `~36 %`. Returns the number as TOML writes it,
/// and the words after it.
pub fn number_of(written: &str) -> Option<(String, &str)> {
    let text = without_marks(written.trim()).trim_start_matches(['~', '≈', '+', ' ']);
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |text| ("-", text));
    let is_part =
        |letter: char| letter.is_ascii_digit() || ",.".contains(letter) || SPACES.contains(&letter);
    let end = text.find(|letter: char| !is_part(letter)).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    if unit.contains(|letter: char| letter.is_ascii_digit() || letter == '=') {
        return None;
    }
    let number = number.trim_matches(|letter: char| !letter.is_ascii_digit());
    let number = without_thousands(number, &SPACES)?;
    let number = with_point(&number)?;
    let whole = number.split('.').next().unwrap_or_default().len();
    let zeros = number.len() - number.trim_start_matches('0').len();
    let number = format!("{sign}{}", &number[zeros.min(whole.saturating_sub(1))..]);
    Quantity::parse(&number).map(|_| (number, unit.trim()))
}

/// Removes marks between thousands. Returns `None` if they are elsewhere.
fn without_thousands(number: &str, marks: &[char]) -> Option<String> {
    let whole = number.split([',', '.'].as_slice()).next().unwrap_or_default();
    let whole = if marks.contains(&',') || marks.contains(&'.') { number } else { whole };
    let are_thousands = whole.split(marks).skip(1).all(|group| group.len() == 3);
    are_thousands.then(|| number.replace(marks, ""))
}

/// Returns a number with a point for its decimals and without marks between thousands.
fn with_point(number: &str) -> Option<String> {
    let (commas, points) = (number.matches(',').count(), number.matches('.').count());
    if commas > 0 && points > 0 {
        let is_comma = number.rfind(',') > number.rfind('.');
        let (decimal, thousands) = if is_comma { (',', '.') } else { ('.', ',') };
        let (whole, decimals) = number.rsplit_once(decimal)?;
        return Some(format!("{}.{decimals}", without_thousands(whole, &[thousands])?));
    }
    let after = number.rsplit(',').next().unwrap_or_default().len();
    match (commas, points) {
        (0, 0 | 1) => Some(number.to_owned()),
        (1, 0) if after != 3 || number.starts_with('0') => Some(number.replace(',', ".")),
        _ => without_thousands(number, &[',', '.']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (written, number, unit) in [
            ("1,100", "1100", ""),
            ("1 100", "1100", ""),
            ("1.100.000", "1100000", ""),
            ("1.100,5", "1100.5", ""),
            ("1,100.5", "1100.5", ""),
            ("3,5", "3.5", ""),
            ("36%", "36", "%"),
            ("\"36 %\"", "36", "%"),
            ("\"1 100 courts\"", "1100", "courts"),
            ("~11", "11", ""),
            ("011", "11", ""),
            ("0,125", "0.125", ""),
            ("-3,5", "-3.5", ""),
        ] {
            assert_eq!(number_of(written), Some((number.to_owned(), unit)), "{written}");
        }
        for written in ["2015-06", "11 12", "many", "1/3", "", "1,2,3"] {
            assert_eq!(number_of(written), None, "{written}");
        }
    }
}
