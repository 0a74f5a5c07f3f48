//! Unicode forms (ICU4X): composed letters for comparing names, letters without accents for search.

use std::borrow::Cow;

use icu::normalizer::{ComposingNormalizer, DecomposingNormalizer};
use icu::properties::CodePointMapData;
use icu::properties::props::{GeneralCategory, GeneralCategoryGroup};

/// The composed form (Unicode Standard Annex 15, NFC): one letter where a letter and a mark make it.
pub fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizer::new_nfc().normalize(text)
}

/// The letters without their accents and other marks.
pub fn without_marks(text: &str) -> String {
    let categories = CodePointMapData::<GeneralCategory>::new();
    let is_mark = |letter: &char| GeneralCategoryGroup::Mark.contains(categories.get(*letter));
    let decomposed = DecomposingNormalizer::new_nfd().normalize(text);
    decomposed.chars().filter(|letter| !is_mark(letter)).collect()
}
