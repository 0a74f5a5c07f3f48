//! Unicode normalisation (ICU4X): composed letters to compare names, and letters without accents
//! for search.

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

/// Whether a character is punctuation in any script, such as `,`, `»` or `。`.
pub fn is_punctuation(character: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    GeneralCategoryGroup::Punctuation.contains(category)
}
