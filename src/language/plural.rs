//! The plural categories of a language (Unicode CLDR, "Language Plural Rules").

use icu::locale::Locale;
use icu::plurals::{PluralCategory, PluralRules};

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
    /// The keys of the categories that counts have in this language, each with the smallest such count.
    pub needed: Vec<(&'static str, usize)>,
}

impl Plurals {
    /// The rules of a locale. If CLDR has none, every count has the category *other*.
    pub(super) fn new(locale: &Locale) -> Self {
        let rules = PluralRules::try_new_cardinal(locale.into());
        let rules = rules.expect("the program contains ICU4X's data");
        let smallest = |(key, category): (&'static str, PluralCategory)| {
            let count = (0..=MAX_COUNT).find(|&count| rules.category_for(count) == category)?;
            Some((key, count))
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
