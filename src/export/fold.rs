//! Folds texts for search: removes case and accents, and writes Cyrillic in Latin letters. A reader
//! finds `Өргөө` with `оргоо` and with `orgoo`.
//!
//! The search script (`assets/search.js`) folds the reader's query in the same way, with the same
//! list of replacements, which it reads from the index.

use crate::unicode;

/// Replacements, applied in this order: first the soft hyphen, which readers do not see, then
/// Cyrillic letters by the Latin letters that Mongolian most often uses for them (MNS 5217:2012, with
/// `h` for `kh`), then the Greek final sigma and the German ß, then variant spellings of a sound. `й`
/// and `ё` are missing, because without their marks they are `и` and `е`.
pub(super) const REPLACEMENTS: [(&str, &str); 40] = [
    ("\u{ad}", ""),
    ("а", "a"),
    ("б", "b"),
    ("в", "v"),
    ("г", "g"),
    ("д", "d"),
    ("е", "e"),
    ("ж", "j"),
    ("з", "z"),
    ("и", "i"),
    ("к", "k"),
    ("л", "l"),
    ("м", "m"),
    ("н", "n"),
    ("о", "o"),
    ("ө", "o"),
    ("п", "p"),
    ("р", "r"),
    ("с", "s"),
    ("т", "t"),
    ("у", "u"),
    ("ү", "u"),
    ("ф", "f"),
    ("х", "h"),
    ("ц", "ts"),
    ("ч", "ch"),
    ("ш", "sh"),
    ("щ", "sh"),
    ("ъ", ""),
    ("ы", "i"),
    ("ь", ""),
    ("э", "e"),
    ("ю", "yu"),
    ("я", "ya"),
    ("ς", "σ"),
    ("ß", "ss"),
    ("zh", "j"),
    ("kh", "h"),
    ("ye", "e"),
    ("w", "v"),
];

/// The folded words of a text. A word is a run of letters and digits.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let folded = fold(text);
    let tokens = folded.split(|character: char| !character.is_alphanumeric());
    tokens.filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

/// The folded words of a text, each after a space.
pub(super) fn folded_words(text: &str) -> String {
    tokens(text).iter().map(|token| format!(" {token}")).collect()
}

fn fold(text: &str) -> String {
    let mut text = unicode::without_marks(&text.to_lowercase());
    for (from, to) in REPLACEMENTS {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_alphabets_do_not_matter() {
        assert_eq!(folded_words("Өргөө, ҮЙЛС"), " orgoo uils");
        assert_eq!(folded_words("Оргоо Уилс"), " orgoo uils");
        assert_eq!(folded_words("Хөгжил / Khögjil"), " hogjil hogjil");
        assert_eq!(folded_words("Élan vital: 3.3.1.3"), " elan vital 3 3 1 3");
        assert_eq!(folded_words("Regi\u{ad}ster"), " register");
        assert_eq!(folded_words("  "), "");
    }
}
