//! Content within Markdown. Nothing in it has an effect: no markup, link, image, HTML, formula, or mention of
//! people and issues, on GitHub and on GitLab.

use crate::problems::words::is_invisible;

/// The number of characters of a title to show.
pub(super) const MAX_TITLE: usize = 120;

/// Breaks what sites link in the text that readers see, after they have read the Markdown: `@user`, `#12`,
/// `!34`, addresses. The mark has no width.
const WORD_JOINER: char = '\u{2060}';

/// Returns a text of at most `max` characters as Markdown on one line.
pub(super) fn escape(text: &str, max: usize) -> String {
    let mut escaped = String::with_capacity(text.len());
    let line = one_line(text);
    let line = clip(&line, max);
    let mut letters = line.chars().peekable();
    let mut before = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // GitHub reads formulas before it reads other markup.
            '$' => escaped.push_str("&#36;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~'
            | '@' | '^' => escaped.extend(['\\', letter]),
            letter => escaped.push(letter),
        }
        before.push(letter.to_ascii_lowercase());
        let next = letters.peek().copied().unwrap_or(' ');
        let is_reference = matches!(letter, '@' | '#' | '!' | '$' | '%' | '&' | '~' | '^' | ':')
            && !next.is_whitespace();
        let is_prefix = before.ends_with("www") || before.ends_with("gh");
        if is_reference || (is_prefix && matches!(next, '.' | '-')) {
            escaped.push(WORD_JOINER);
        }
    }
    escaped
}

/// Returns a text of at most `max` characters as a code span, in which nothing has a meaning.
pub(super) fn code(text: &str, max: usize) -> String {
    let text = one_line(text).replace('`', "'");
    format!("`{}`", clip(&text, max))
}

/// Makes line breaks and other white space plain spaces, and invisible characters visible.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut line = String::with_capacity(text.len());
    for letter in words.join(" ").chars() {
        // Some scripts need joiners within words.
        let is_joiner = matches!(letter, '\u{200c}' | '\u{200d}');
        match is_invisible(letter) && !is_joiner {
            true => line.push_str(&format!("U+{:04X}", u32::from(letter))),
            false => line.push(letter),
        }
    }
    line
}

/// Cuts a text after `max` characters.
fn clip(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_one_line_without_effect() {
        for (text, expected) in [
            ("Law (draft) no. 5, 50 %", "Law \\(draft\\) no. 5, 50 %"),
            ("a\n# b\r\n\tc\u{2028}d", "a \\# b c d"),
            ("\u{202e}txt\u{2069}", "U+202EtxtU+2069"),
            ("@me #1", "\\@\u{2060}me \\#\u{2060}1"),
            ("www.a.b GH-1 x://y", "www\u{2060}.a.b GH\u{2060}-1 x:\u{2060}//y"),
            ("<b>&$", "&lt;b&gt;&amp;\u{2060}&#36;"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ] {
            assert_eq!(escape(text, 100), expected);
        }
        assert_eq!(escape("Өө өө", 3), "Өө…");
        assert_eq!(code("a`b\n@c", 100), "`a'b @c`");
    }
}
