//! Small words for messages: quoted values, lists, counts, and "did you mean".

use std::fmt::Write;

/// The most characters of a value that a message repeats.
const MAX_QUOTE_LENGTH: usize = 60;

/// What somebody wrote, in backticks: cut when long, on one line, with everything escaped that a
/// terminal, a log or a reader's eye could be fooled by.
pub fn quote(value: &str) -> String {
    match value.char_indices().nth(MAX_QUOTE_LENGTH) {
        Some((end, _)) => format!("`{}…`", visible(&value[..end])),
        None => format!("`{}`", visible(value)),
    }
}

/// A text on one line, with everything escaped that [`is_invisible`].
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

/// Whether a character would not be seen, or would change how others are seen: control characters,
/// line separators, marks of direction (Unicode TR 36), and spaces that are no plain space.
pub fn is_invisible(character: char) -> bool {
    character.is_control()
        || (character.is_whitespace() && character != ' ')
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{061c}' | '\u{00ad}' | '\u{180e}')
}

/// Whether a character has no place in a published text: controls other than those of lines and
/// tabs, and marks that turn the direction of all that follows.
fn is_harmful(character: char) -> bool {
    let is_of_lines = matches!(character, '\n' | '\r' | '\t');
    (character.is_control() && !is_of_lines)
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The first such character of a text.
pub fn first_harmful(text: &str) -> Option<char> {
    text.chars().find(|character| is_harmful(*character))
}

/// "`a`, `b` or `c`".
pub fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    join(names, "or")
}

/// "`a`, `b` and `c`".
pub fn all_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    join(names, "and")
}

fn join<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let mut names: Vec<String> = names.into_iter().map(quote).collect();
    match names.pop() {
        None => String::new(),
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} {word} {last}", names.join(", ")),
    }
}

/// "a file", "an agency".
pub fn with_article(noun: &str) -> String {
    let is_vowel = |first: char| "aeiou".contains(first.to_ascii_lowercase());
    let article = if noun.starts_with(is_vowel) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// "1 file", "2 files".
pub fn count(number: usize, singular: &str) -> String {
    match number {
        1 => format!("1 {singular}"),
        _ => format!("{number} {singular}s"),
    }
}

/// The name that somebody most likely meant by `written`, if one is close enough: the same but for
/// case, spaces and underscores, or a few letters away.
pub fn closest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = fold(written);
    let distance = |name: &str| strsim::damerau_levenshtein(&written, &fold(name));
    let allowed = (written.chars().count() / 3).max(1);
    let (distance, name) = names
        .into_iter()
        .map(|name| (distance(name), name))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= allowed).then_some(name)
}

/// A name as the name of a file: small Latin letters, digits and dashes.
pub fn as_file_name(name: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-');
    let plain: String = fold(name).chars().filter(|it| is_plain(*it)).collect();
    match plain.trim_matches(['-', '.']) {
        "" => "…".to_owned(),
        plain => plain.to_owned(),
    }
}

fn fold(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_value_cannot_break_the_line_or_hide() {
        assert_eq!(
            quote("a\n::error::\u{202e}b\u{a0}"),
            "`a\\u{000A}::error::\\u{202E}b\\u{00A0}`"
        );
        assert_eq!(quote(&"ө".repeat(99)), format!("`{}…`", "ө".repeat(60)));
    }

    #[test]
    fn lists_and_counts_read_as_sentences() {
        assert_eq!(one_of(["a"]), "`a`");
        assert_eq!(one_of(["a", "b"]), "`a` or `b`");
        assert_eq!(all_of(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(with_article("OGP value"), "an OGP value");
        assert_eq!(with_article("policy area"), "a policy area");
        assert_eq!(count(1, "page"), "1 page");
        assert_eq!(count(0, "page"), "0 pages");
    }

    #[test]
    fn a_near_miss_is_recognised_and_a_far_one_is_not() {
        let levels = ["not-started", "limited", "substantial", "completed"];
        assert_eq!(closest("Not started", levels), Some("not-started"));
        assert_eq!(closest("substancial", levels), Some("substantial"));
        assert_eq!(closest("complete", levels), Some("completed"));
        assert_eq!(closest("done", levels), None);
    }
}
