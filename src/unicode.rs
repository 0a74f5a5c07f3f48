//! Unicode: composed letters to compare names, letters without accents for search (ICU4X), and kinds
//! of characters.

use std::borrow::Cow;

use icu::normalizer::{ComposingNormalizer, DecomposingNormalizer};
use icu::properties::CodePointMapData;
use icu::properties::props::{GeneralCategory, GeneralCategoryGroup};

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

/// Whether the fonts of readers have no glyph for a character: a private-use character, as in the
/// symbol fonts of word processors, or a character that replaces a lost letter or an object.
pub fn has_no_glyph(character: char) -> bool {
    matches!(character,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffc}' | '\u{fffd}')
}

/// Whether a character is punctuation in any script, such as `,`, `»` or `。`.
pub fn is_punctuation(character: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    GeneralCategoryGroup::Punctuation.contains(category)
}
