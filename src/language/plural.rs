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
const LARGEST_COUNT: usize = 1000;

pub(super) struct Plurals(PluralRules);

impl Plurals {
    /// The rules of a locale. If CLDR has none, every count has the category *other*.
    pub(super) fn new(locale: &Locale) -> Self {
        Plurals(
            PluralRules::try_new_cardinal(locale.into())
                .expect("the program contains ICU4X's data"),
        )
    }

    pub(super) fn category(&self, count: usize) -> PluralCategory {
        self.0.category_for(count)
    }

    /// The keys of the categories that counts have in this language, each with the smallest such
    /// count.
    pub(super) fn needed(&self) -> Vec<(&'static str, usize)> {
        let smallest = |(key, category): (&'static str, PluralCategory)| {
            let count = (0..=LARGEST_COUNT).find(|&count| self.category(count) == category)?;
            Some((key, count))
        };
        CATEGORIES.into_iter().filter_map(smallest).collect()
    }

    /// Whether no number has this category in the language. Numbers with decimals count too. A language
    /// with the category *other* only may be one that CLDR does not know: it may have any.
    pub(super) fn lacks(&self, category: PluralCategory) -> bool {
        let mut categories = self.0.categories();
        self.0.categories().count() > 1 && !categories.any(|known| known == category)
    }
}
