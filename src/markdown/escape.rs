//! Plain text as Markdown that shows it as it is, and back.
//!
//! Lists and bare addresses stay what they are: [`super::check`] and [`super::render`] read them in text from
//! other programs.

/// Returns Markdown that shows a plain text: characters that are markup get a backslash.
pub fn escaped(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    let mut before = '\n';
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        if is_markup(before, character, after) {
            markdown.push('\\');
        }
        markdown.push(character);
        (before, rest) = (character, after);
    }
    markdown
}

/// Whether a character would be markup, between the character `before` and the text `after`.
fn is_markup(before: char, character: char, after: &str) -> bool {
    let next = after.chars().next().unwrap_or('\n');
    match character {
        '\\' => next.is_ascii_punctuation() || next == '\n',
        '`' | '[' | ']' => true,
        // A line that begins with it and a space is an item of a list.
        '*' => before != '\n' || next != ' ',
        '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
        '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
        '&' => next == '#' || next.is_ascii_alphabetic(),
        '#' | '>' => before == '\n',
        _ => false,
    }
}

/// Returns Markdown without the backslashes before characters that are not markup.
pub fn unescaped(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut characters = markdown.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some(next)) if next.is_ascii_punctuation() => {
                text.extend(characters.next());
            }
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_gets_a_backslash_and_loses_it_again() {
        for (text, markdown) in [
            ("a < b & c", "a < b & c"),
            ("<b>&lt;", "\\<b>\\&lt;"),
            ("*a* _b_ c_d [e](f)", "\\*a\\* \\_b\\_ c_d \\[e\\](f)"),
            ("# a\n> b\n* c\n- d\n1. e", "\\# a\n\\> b\n* c\n- d\n1. e"),
            ("C:\\a \\* `b`", "C:\\a \\\\\\* \\`b\\`"),
            ("http://a.example/b_c#d=1", "http://a.example/b_c#d=1"),
            ("a\\", "a\\\\"),
        ] {
            assert_eq!(escaped(text), markdown);
            assert_eq!(unescaped(markdown), text);
        }
    }
}
