//! The plural categories of a language (Unicode CLDR, "Language Plural Rules").

use icu::locale::Locale;
use icu::plurals::{PluralCategory, PluralRules};

use crate::problems::PluralForm;

/// The categories with their keys in a language file.
pub(super) const CATEGORIES: [(&str, PluralCategory); 6] = [
    ("zero", PluralCategory::Zero),
    ("one", PluralCategory::One),
    ("two", PluralCategory::Two),
    ("few", PluralCategory::Few),
    ("many", PluralCategory::Many),
    ("other", PluralCategory::Other),
];

/// The largest count that decides which categories a language needs. The rules of almost all languages
/// repeat after 100. Categories that only millions have, such as *many* in French, are not needed.
const MAX_COUNT: usize = 1000;

pub(super) struct Plurals {
    rules: PluralRules,
    /// The forms that a text needs: those for counts in this language, and `other`.
    pub needed: Vec<PluralForm>,
}

impl Plurals {
    /// The rules of a locale. If CLDR has none, every count has the category *other*.
    pub(super) fn new(locale: &Locale) -> Self {
        let rules = PluralRules::try_new_cardinal(locale.into());
        let rules = rules.expect("the program contains ICU4X's data");
        let smallest = |(name, category): (&'static str, PluralCategory)| {
            let example = (0..=MAX_COUNT).find(|&count| rules.category_for(count) == category);
            (example.is_some() || name == "other").then_some(PluralForm { name, example })
        };
        let needed = CATEGORIES.into_iter().filter_map(smallest).collect();
        Plurals { rules, needed }
    }

    pub(super) fn category(&self, count: usize) -> PluralCategory {
        self.rules.category_for(count)
    }

    /// Whether a number can have this category in the language. Numbers with decimals count too.
    pub(super) fn has(&self, category: PluralCategory) -> bool {
        self.rules.categories().any(|known| known == category)
    }
}
