//! Texts of tables and reports, as files of content can have them.

use crate::markdown;
use crate::problems::words::{is_harmful, is_invisible};
use crate::unicode;

/// The length of a brief description, in characters (OGP's Commitment Completion Template).
const MAX_BRIEF: usize = 140;

/// Returns a text on one line, without characters that readers cannot see.
pub(super) fn line(text: &str) -> String {
    let is_shown = |letter: &char| letter.is_whitespace() || !is_unreadable(*letter);
    let text: String = text.chars().filter(is_shown).collect();
    let words = text.split(|letter: char| letter.is_whitespace() || is_invisible(letter));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns a text of several lines as Markdown, without characters that readers cannot see. The bullets of
/// symbol fonts stay: Markdown reads them at the start of a line.
pub(super) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.trim().lines().map(|line| {
        let is_bullet = line.chars().next().is_some_and(unicode::has_no_glyph);
        let start = line.chars().next().filter(|_| is_bullet).map_or(0, char::len_utf8);
        let rest = line[start..].chars().filter(|letter| !is_unreadable(*letter));
        line[..start].chars().chain(rest).collect::<String>()
    });
    markdown::escaped(&lines.collect::<Vec<_>>().join("\n"))
}

/// Whether [`lines`] removes characters of a text.
pub(super) fn has_unreadable(text: &str) -> bool {
    let mut lines = text.lines();
    lines.any(|line| line.chars().skip(1).any(is_unreadable))
}

fn is_unreadable(letter: char) -> bool {
    (is_harmful(letter) && letter != '\r') || unicode::has_no_glyph(letter)
}

/// Returns the beginning of a text that fits into a brief description, as Markdown. The items of a list become
/// parts of a sentence.
pub(super) fn beginning(text: &str) -> String {
    let mut brief = String::new();
    for part in text.lines().map(|part| line(part.trim_start_matches(['-', '*', '•', '\u{f0b7}'])))
    {
        if !brief.is_empty() && !part.is_empty() {
            brief.push_str(if brief.ends_with(['.', ',', ';', ':']) { " " } else { "; " });
        }
        brief.push_str(&part);
    }
    let text = brief;
    let text = match text.char_indices().nth(MAX_BRIEF) {
        Some(_) => {
            let (end, _) = text.char_indices().nth(MAX_BRIEF - 1).unwrap_or_default();
            let end = text[..end].rfind(' ').unwrap_or(end);
            format!("{}…", text[..end].trim_end_matches([',', ';', ' ']))
        }
        None => text,
    };
    markdown::escaped(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_only_characters_that_readers_see() {
        assert_eq!(line(" a\u{202e}\r\n b\u{a0}c\u{f0b7} "), "a b c");
        assert_eq!(lines("\u{f0b7} a\r\n* b\u{7}*\r<c>\u{f0b7}"), "\u{f0b7} a\n* b\\*\n\\<c>");
        assert!(has_unreadable("a\u{f0b7}") && !has_unreadable("\u{f0b7} a\r\nb"));
    }

    #[test]
    fn a_brief_description_ends_with_a_word() {
        assert_eq!(beginning("\u{f0b7} a\n\u{f0b7} b*\nc."), "a; b\\*; c.");
        let brief = beginning(&"words, ".repeat(30));
        assert!(brief.chars().count() <= 140, "{brief}");
        assert!(brief.ends_with("words…"), "{brief}");
    }
}
