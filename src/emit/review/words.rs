//! The words that changed in a text, in Markdown: ~~old~~ **new**.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::escape::escape;
use crate::problems::words::one_line;
use crate::unicode::line_parts;

/// The number of changed places to show in one text.
const MAX_PLACES: usize = 8;
/// The number of characters to show of words that were removed or added.
const MAX_CHANGED: usize = 200;
/// The number of unchanged words around a changed place.
const CONTEXT: usize = 6;

/// Returns the changed words with those around them.
pub(super) fn marked(old: &str, new: &str) -> String {
    let [old, new] = [old, new].map(one_line);
    let [old, new] = [&old, &new].map(|text| line_parts(text));
    let bare = |parts: &[&str]| -> Vec<String> {
        parts.iter().map(|part| part.trim_end().to_owned()).collect()
    };
    let operations = capture_diff_slices(Algorithm::Patience, &bare(&old), &bare(&new)).into_iter();
    let mut places: Vec<(Range<usize>, Range<usize>)> = operations
        .filter(|operation| operation.tag() != DiffTag::Equal)
        .map(|operation| (operation.old_range(), operation.new_range()))
        .collect();
    let hidden = places.len().saturating_sub(MAX_PLACES);
    places.truncate(MAX_PLACES);
    if places.is_empty() {
        return "only in white space".to_owned();
    }
    let mut pieces = Vec::new();
    let mut shown = 0;
    for (index, (removed, added)) in places.iter().enumerate() {
        let next = places.get(index + 1).map_or(new.len(), |(_, next)| next.start);
        let from = added.start.saturating_sub(CONTEXT).max(shown);
        if from > shown {
            pieces.push("…".to_owned());
        }
        pieces.push(escape(&new[from..added.start].concat(), MAX_CHANGED));
        pieces.push(mark("~~", &old[removed.clone()].concat()));
        pieces.push(mark("**", &new[added.clone()].concat()));
        shown = (added.end + CONTEXT).min(next);
        pieces.push(escape(&new[added.end..shown].concat(), MAX_CHANGED));
    }
    if shown < new.len() {
        pieces.push("…".to_owned());
    }
    if hidden > 0 {
        pieces.push(format!("(and {hidden} more)"));
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces.join(" ")
}

/// Marks words. With white space around it, a mark counts as one, whatever the words begin and end with.
fn mark(mark: &str, words: &str) -> String {
    match words.trim() {
        "" => String::new(),
        words => format!("{mark}{}{mark}", escape(words, MAX_CHANGED)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_words_are_marked_between_spaces() {
        for (old, new, expected) in [
            ("The old words.", "The new words.", "The ~~old~~ **new** words."),
            ("Pay (now).", "Pay (*soon*).", "Pay ~~\\(now\\).~~ **\\(\\*soon\\*\\).**"),
            ("a b", "a b c", "a b **c**"),
            ("a\n\nb", "a b", "only in white space"),
            ("工作计划", "工作方划", "工作 ~~计~~ **方** 划"),
            (
                "1 2 3 4 5 6 7 8 9 a b c d e f g h i",
                "1 2 3 4 5 6 7 8 X a b c d e f g h i",
                "… 3 4 5 6 7 8 ~~9~~ **X** a b c d e f …",
            ),
        ] {
            assert_eq!(marked(old, new), expected);
        }
    }

    #[test]
    fn many_changed_places_are_counted() {
        let text = |word: &str| -> String {
            (0..20).map(|number| format!("{word} same {number} ")).collect()
        };
        let marked = marked(&text("old"), &text("new"));
        assert_eq!(marked.matches("**new**").count(), MAX_PLACES);
        assert!(marked.ends_with("… (and 12 more)"), "{marked}");
    }
}
