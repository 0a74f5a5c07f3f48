//! Helpers for the wording of messages: quoted values, lists, counts, and the closest known name.

use std::fmt::{self, Write};

use crate::unicode;

/// The number of characters after which [`quote`] cuts a value.
const MAX_QUOTE_LENGTH: usize = 60;

/// Returns a value in backticks and on one line. A long value is cut, and characters that could
/// mislead a terminal, a log or a reader are escaped.
pub fn quote(value: &str) -> String {
    match value.char_indices().nth(MAX_QUOTE_LENGTH) {
        Some((end, _)) => format!("`{}…`", visible(&value[..end])),
        None => format!("`{}`", visible(value)),
    }
}

/// Returns a value in backticks and on one line, however long it is: the reader must type it.
pub fn quote_whole(value: &str) -> String {
    format!("`{}`", visible(value))
}

/// Puts a text between the first kind of TOML marks that needs no escapes.
pub fn in_marks(text: &str) -> String {
    match text {
        text if !text.contains(['"', '\\']) => format!("\"{text}\""),
        text if !text.contains('\'') => format!("'{text}'"),
        text if !text.contains("'''") && !text.ends_with('\'') => format!("'''{text}'''"),
        text => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// Whether a character is a quotation mark that TOML does not know.
pub fn is_curly_quote(character: char) -> bool {
    matches!(character, '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›' | '″' | '`')
}

/// Whether a character is a quotation mark of any kind.
pub fn is_mark(character: char) -> bool {
    matches!(character, '"' | '\'') || is_curly_quote(character)
}

/// Whether a character is a quotation mark that cannot be an apostrophe.
pub fn is_double_mark(character: char) -> bool {
    is_mark(character) && !matches!(character, '\'' | '‘' | '’' | '‚' | '‹' | '›' | '`')
}

/// Returns a text without the quotation marks around it. A text with marks around several of its parts, or
/// around its last words, keeps them.
pub fn without_marks(text: &str) -> &str {
    let Some(first) = text.chars().next().filter(|first| is_mark(*first)) else {
        let inner = text.strip_suffix(is_double_mark);
        return inner.filter(|inner| !inner.contains(is_double_mark)).unwrap_or(text);
    };
    let inner = text.trim_start_matches(first);
    let pair = [['“', '”'], ['«', '»']].into_iter().find(|pair| pair[0] == first);
    if let Some(pair) = pair
        && let Some(next) = inner.find(pair)
        && inner[next..].starts_with(pair[1])
        && inner[next..].contains(first)
    {
        return text;
    }
    let count = (text.len() - inner.len()) / first.len_utf8();
    (0..count).fold(inner, |inner, _| inner.strip_suffix(is_mark).unwrap_or(inner))
}

/// Splits a list at the separators outside quotation marks. Returns the names as they are written.
pub fn names_of(list: &str) -> Vec<&str> {
    let is_separator = |letter| matches!(letter, ',' | ';' | '\n');
    let is_around = |letter: char| letter.is_whitespace() || is_separator(letter);
    let mut names = Vec::new();
    let mut rest = list.trim_matches(is_around);
    while let Some(first) = rest.chars().next() {
        let ends = || rest.match_indices(is_separator).map(|(end, _)| end);
        // Marks end with the name. If they do not, the next name begins with a mark.
        let is_end = |end: &usize| {
            let name = rest[..*end].trim_end();
            let next = rest[end + 1..].trim_start_matches([' ', '\t']);
            (name.len() > first.len_utf8() && name.ends_with(is_mark)) || next.starts_with(is_mark)
        };
        let end = match is_mark(first) {
            true => {
                ends().find(is_end).or_else(|| ends().next().filter(|_| !rest.ends_with(is_mark)))
            }
            false => ends().next(),
        };
        let end = end.unwrap_or(rest.len());
        names.push(rest[..end].trim());
        rest = rest[end..].trim_start_matches(is_around);
    }
    names
}

/// Returns the text on one line, with invisible characters escaped (see [`is_invisible`]).
pub fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) {
            let _ = write!(visible, "\\u{{{:04X}}}", u32::from(character));
        } else {
            visible.push(character);
        }
    }
    visible
}

/// Whether a character has no visible form or changes how others are displayed: control characters,
/// line separators, directional formatting characters (Unicode TR 36), and every white space except
/// the plain space.
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{061c}' | '\u{00ad}' | '\u{180e}')
}

/// Returns a text with one space in place of each run of white space, and none around it.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text contains nothing that readers can see.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|character| character == ' ' || is_invisible(character))
}

/// Whether a character must not be published: control characters except line breaks and tabs,
/// characters that override the direction of the text after them, and those that Unicode reserves for
/// programs, which XML (1.0, 2.2) and HTML forbid.
pub fn is_harmful(character: char) -> bool {
    let is_layout = matches!(character, '\n' | '\r' | '\t');
    let code = u32::from(character);
    // The two last code points of each plane, and 32 others (Unicode Standard, 23.7).
    let is_noncharacter = code & 0xfffe == 0xfffe || matches!(character, '\u{fdd0}'..='\u{fdef}');
    (character.is_control() && !is_layout)
        || is_noncharacter
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Names to choose from, each whole. Displays as "`a`, `b` or `c`".
pub struct OneOf<'n>(pub &'n [&'n str]);

/// Displays as "`a`, `b` and `c`".
pub struct AllOf<'n>(pub &'n [&'n str]);

/// A number of things. Displays as "1 file", "2 files" or "2 agencies".
pub struct Count<'n>(pub usize, pub &'n str);

impl fmt::Display for OneOf<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&join(self.0, "or", quote_whole))
    }
}

impl fmt::Display for AllOf<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&join(self.0, "and", quote))
    }
}

fn join(names: &[&str], conjunction: &str, quote: fn(&str) -> String) -> String {
    let names: Vec<String> = names.iter().map(|name| quote(name)).collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
    }
}

impl fmt::Display for Count<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Count(number, singular) = self;
        match (number, singular.strip_suffix('y')) {
            (1, _) => write!(out, "1 {singular}"),
            (_, Some(stem)) => write!(out, "{number} {stem}ies"),
            (_, None) => write!(out, "{number} {singular}s"),
        }
    }
}

/// Returns the name that is closest to `written`, or `None` if none is close or several numbers are equally
/// close. A name is close if at most a third of the letters of `written` differ, and at least one may. Case
/// does not count, and a space and an underscore equal a dash.
pub fn closest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = normalize_name(written);
    let distance = |name: &str| strsim::damerau_levenshtein(&written, &normalize_name(name));
    let allowed = (written.chars().count() / 3).max(1);
    let mut near: Vec<_> = names
        .into_iter()
        .map(|name| (distance(name), name))
        .filter(|(distance, _)| *distance <= allowed)
        .collect();
    near.sort_by_key(|(distance, _)| *distance);
    let is_number = !written.contains(char::is_alphabetic);
    match *near {
        [(first, name), (second, other), ..] if is_number && first == second && name != other => {
            None
        }
        [(_, name), ..] => Some(name),
        [] => None,
    }
}

/// Returns the name that looks the same as `written`, with the letters of another alphabet that only look
/// Latin.
pub fn lookalike<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<(&'a str, Vec<char>)> {
    let mut letters: Vec<char> = Vec::new();
    for letter in written.chars().filter(|letter| latin_twin(*letter).is_some()) {
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    let latin: String =
        written.chars().map(|letter| latin_twin(letter).unwrap_or(letter)).collect();
    let name = names.into_iter().find(|name| normalize_name(name) == normalize_name(&latin))?;
    (!letters.is_empty()).then_some((name, letters))
}

/// Returns the Latin letter that a Cyrillic or Greek letter looks like (Unicode TR 39).
fn latin_twin(letter: char) -> Option<char> {
    const TWINS: [(&str, &str); 2] = [
        ("аеорсхуіјѕԁһкмтвАВЕЅІЈКМНОРСТХУ", "aeopcxyijsdhkmtbABESIJKMHOPCTXY"),
        ("αονρτικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aovptikABEZHIKMNOPTYX"),
    ];
    TWINS.iter().find_map(|(twins, latin)| {
        twins.chars().zip(latin.chars()).find(|(twin, _)| *twin == letter).map(|(_, latin)| latin)
    })
}

/// Converts a name to a file name of lower-case Latin letters without accents, digits, dots and dashes; all
/// other characters are removed. Returns `…` if none is left.
pub fn as_file_name(name: &str) -> String {
    let is_allowed = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    let plain = unicode::plain_latin(&normalize_name(name));
    let file_name: String = plain.chars().filter(is_allowed).collect();
    match file_name.trim_matches(['-', '.']) {
        "" => "…".to_owned(),
        file_name => file_name.to_owned(),
    }
}

fn normalize_name(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}

/// Returns what people mean by a word in place of `true` or `false`.
pub fn boolean_of(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_value_has_one_line_and_no_invisible_characters() {
        assert_eq!(
            quote("a\n::error::\u{202e}b\u{a0}"),
            "`a\\u{000A}::error::\\u{202E}b\\u{00A0}`"
        );
        assert_eq!(quote(&"ө".repeat(99)), format!("`{}…`", "ө".repeat(60)));
    }

    #[test]
    fn lists_and_counts_read_as_sentences() {
        let cases = [
            (OneOf(&["a"]).to_string(), "`a`"),
            (OneOf(&["a", "b"]).to_string(), "`a` or `b`"),
            (AllOf(&["a", "b", "c"]).to_string(), "`a`, `b` and `c`"),
            (Count(1, "page").to_string(), "1 page"),
            (Count(0, "page").to_string(), "0 pages"),
            (Count(2, "agency").to_string(), "2 agencies"),
        ];
        for (displayed, expected) in cases {
            assert_eq!(displayed, expected);
        }
    }

    #[test]
    fn marks_around_a_text_need_no_escapes_if_possible() {
        for (text, expected) in [
            ("Law", "\"Law\""),
            ("The \"law\"", "'The \"law\"'"),
            ("The \"people's\" law", "'''The \"people's\" law'''"),
            ("The \"law\" of 'all'", "\"The \\\"law\\\" of 'all'\""),
            ("C:\\a '''", "\"C:\\\\a '''\""),
        ] {
            assert_eq!(in_marks(text), expected);
        }
    }

    #[test]
    fn only_marks_around_a_whole_text_are_removed() {
        for (text, expected) in [
            ("“Law”", "Law"),
            ("“The «law»”", "The «law»"),
            ("Law on \"Budget\"", "Law on \"Budget\""),
            ("“The law” of “budget”", "“The law” of “budget”"),
            ("''Law''", "Law"),
            ("Law\"", "Law"),
            ("The workers’", "The workers’"),
            ("‘Workers’ Union’", "Workers’ Union"),
        ] {
            assert_eq!(without_marks(text), expected);
        }
    }

    #[test]
    fn a_list_is_split_outside_marks() {
        for (list, expected) in [
            ("a, b; c", vec!["a", "b", "c"]),
            ("\"a, b\", 'c'", vec!["\"a, b\"", "'c'"]),
            ("«a», «b, c»,", vec!["«a»", "«b, c»"]),
            ("\"a, \"b\"", vec!["\"a", "\"b\""]),
            ("\"a, b", vec!["\"a", "b"]),
            ("\na,\n  b\n", vec!["a", "b"]),
        ] {
            assert_eq!(names_of(list), expected);
        }
    }

    #[test]
    fn a_file_name_keeps_the_letters_of_a_name() {
        for (name, expected) in [
            ("Ministry of Finance", "ministry-of-finance"),
            ("Ministerio de Educación", "ministerio-de-educacion"),
            ("Økonomi & Straße Œuvre Łódź", "okonomi--strasse-oeuvre-lodz"),
            ("Təhsil Bakanlığı", "tehsil-bakanligi"),
            ("Сангийн яам", "…"),
        ] {
            assert_eq!(as_file_name(name), expected);
        }
    }

    #[test]
    fn only_a_close_name_is_suggested() {
        let levels = ["not-started", "limited", "substantial", "completed"];
        assert_eq!(closest("Not started", levels), Some("not-started"));
        assert_eq!(closest("substancial", levels), Some("substantial"));
        assert_eq!(closest("complete", levels), Some("completed"));
        assert_eq!(closest("done", levels), None);
        assert_eq!(closest("9.1", ["1.1", "1.2", "2.1"]), None);
        assert_eq!(closest("1.1", ["1.1", "1.2", "2.1"]), Some("1.1"));
    }
}
