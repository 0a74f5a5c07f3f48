//! The attributes that a template contains literally, as in `class="chart"`, and the classes that a style
//! sheet names.

use std::collections::{BTreeSet, HashSet};

/// The tags of templates and the comments: what is between them is not literal text.
const TAGS: [(&str, &str); 4] = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<!--", "-->")];

/// Stands for a byte of a tag or comment.
const TAG: char = '\0';

/// The text of a template, with [`TAG`] instead of each byte of a tag or comment: positions stay the same.
pub(super) fn without_tags(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['{', '<']) {
        let tag = TAGS.iter().find(|(open, _)| rest[start..].starts_with(open));
        let end = match tag.map(|(_, close)| (rest[start..].find(close), close)) {
            None => start + 1,
            Some((None, _)) => rest.len(),
            Some((Some(end), close)) => start + end + close.len(),
        };
        let text_end = if tag.is_some() { start } else { end };
        literal.push_str(&rest[..text_end]);
        literal.extend(std::iter::repeat_n(TAG, end - text_end));
        rest = &rest[end..];
    }
    literal + rest
}

/// The values of an attribute in a text [`without_tags`], each with its position.
pub(super) fn values<'t>(text: &'t str, attribute: &str) -> Vec<(usize, &'t str)> {
    let mut values = Vec::new();
    let mut end = 0;
    for (start, name) in text.match_indices(attribute) {
        let is_name = start >= end
            && text[..start].ends_with(|before: char| {
                before.is_ascii_whitespace() || matches!(before, TAG | '"' | '\'')
            });
        let after = text[start + name.len()..].trim_ascii_start();
        let Some(value) = after.strip_prefix('=').filter(|_| is_name) else { continue };
        let value = value.trim_ascii_start();
        let (value, length) = match value.strip_prefix(['"', '\'']) {
            Some(quoted) => (quoted, quoted.find(value.as_bytes()[0] as char)),
            None => {
                (value, value.find(|letter: char| letter.is_ascii_whitespace() || letter == '>'))
            }
        };
        let position = text.len() - value.len();
        let value = &value[..length.unwrap_or(value.len())];
        end = position + value.len();
        values.push((position, value));
    }
    values
}

/// The names of the classes that a template contains literally.
pub(super) fn classes(template: &str) -> BTreeSet<String> {
    let text = without_tags(template);
    let lists = values(&text, "class").into_iter();
    let names = lists.flat_map(|(_, names)| names.split_ascii_whitespace());
    names.filter(|name| !name.contains(TAG)).map(str::to_owned).collect()
}

/// The words after a dot in a style sheet: the names of classes, and numbers.
pub(super) fn classes_of_selectors(css: &str) -> HashSet<&str> {
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let names = css.split('.').skip(1);
    names.map(|rest| rest.split(|letter| !is_name(letter)).next().unwrap_or_default()).collect()
}

/// The part of a value before its first tag.
pub(super) fn before_tag(value: &str) -> &str {
    value.split(TAG).next().unwrap_or_default()
}
