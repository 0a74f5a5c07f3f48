//! Unicode: composed letters to compare names, letters without accents for search (ICU4X), and kinds
//! of characters; where a line can end, and in which direction a text runs.

use std::borrow::Cow;

use icu::normalizer::{ComposingNormalizer, DecomposingNormalizer};
use icu::properties::props::{
    BidiClass, DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup, Script,
};
use icu::properties::{CodePointMapData, CodePointSetData};
use icu_segmenter::LineSegmenter;

/// Returns the composed form (NFC, Unicode Standard Annex 15): a letter and its combining mark
/// become one character where Unicode has one.
pub fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizer::new_nfc().normalize(text)
}

/// Removes accents and all other combining marks.
pub fn without_marks(text: &str) -> String {
    let categories = CodePointMapData::<GeneralCategory>::new();
    let is_mark = |letter: &char| GeneralCategoryGroup::Mark.contains(categories.get(*letter));
    let decomposed = DecomposingNormalizer::new_nfd().normalize(text);
    decomposed.chars().filter(|letter| !is_mark(letter)).collect()
}

/// Removes accents, and replaces Latin letters that have none to remove, such as `ø`, by those of English.
pub fn plain_latin(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in without_marks(text).chars() {
        match letter {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ð' | 'đ' => plain.push('d'),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            'ŋ' => plain.push('n'),
            'ə' => plain.push('e'),
            letter => plain.push(letter),
        }
    }
    plain
}

/// Whether the fonts of readers have no glyph for a character: a private-use character, as in the
/// symbol fonts of word processors, or a character that replaces a lost letter or an object.
pub fn has_no_glyph(character: char) -> bool {
    matches!(character,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffc}' | '\u{fffd}')
}

/// Whether a character has no form of its own, such as a joiner or a mark of direction.
pub fn is_invisible(character: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

/// Returns the script of a character. Signs that many scripts share have the first one.
pub fn script(character: char) -> impl Ord {
    CodePointMapData::<Script>::new().get(character)
}

/// Whether a text runs from right to left: the first letter decides (Unicode Standard Annex 9, P2).
pub fn is_right_to_left(text: &str) -> bool {
    let classes = CodePointMapData::<BidiClass>::new();
    let mut classes = text.chars().map(|character| classes.get(character));
    let is_strong = |class: &BidiClass| {
        [BidiClass::LeftToRight, BidiClass::RightToLeft, BidiClass::ArabicLetter].contains(class)
    };
    classes.find(is_strong).is_some_and(|class| class != BidiClass::LeftToRight)
}

/// Splits a text wherever a line can end (Unicode Standard Annex 14), also between the words of
/// scripts without spaces.
pub fn line_parts(text: &str) -> Vec<&str> {
    let segmenter = LineSegmenter::new_auto(Default::default());
    let ends: Vec<usize> = segmenter.segment_str(text).collect();
    ends.windows(2).map(|ends| &text[ends[0]..ends[1]]).collect()
}

/// Whether a character is punctuation in any script, such as `,`, `»` or `。`.
pub fn is_punctuation(character: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    GeneralCategoryGroup::Punctuation.contains(category)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_with_and_without_spaces() {
        for (text, expected) in [
            ("工作、计划", &["工", "作、", "计", "划"][..]),
            ("แผนปฏิบัติการ", &["แผน", "ปฏิบัติ", "การ"]),
            ("예산 공개", &["예", "산 ", "공", "개"]),
            ("", &[]),
        ] {
            assert_eq!(line_parts(text), expected);
        }
    }

    #[test]
    fn the_first_letter_decides_the_direction() {
        for text in ["الخطة 2022", "2022: الخطة (Plan)", "תוכנית"] {
            assert!(is_right_to_left(text), "{text}");
        }
        for text in ["Plan (الخطة)", "Төлөвлөгөө", "2022", ""] {
            assert!(!is_right_to_left(text), "{text}");
        }
    }
}
