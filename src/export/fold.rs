//! Folds texts for search: without case or accents, and with Cyrillic in Latin letters, so that a
//! reader finds `Өргөө` with `оргоо` and with `orgoo`.
//!
//! The script of the pages (`assets/search.js`) folds what the reader types in the same way, with the
//! same list of letters, which the index contains.

use crate::unicode;

/// Replacements, in this order: Cyrillic letters by the Latin ones that are most often written for
/// them in Mongolian (MNS 5217:2012, with `h` for `kh`), and last some spellings of one sound.
pub(super) const LETTERS: [(&str, &str); 39] = [
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
    let tokens = folded.split(|letter: char| !letter.is_alphanumeric());
    tokens.filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

/// The folded words of a text, each after a space.
pub(super) fn folded_words(text: &str) -> String {
    tokens(text).iter().map(|token| format!(" {token}")).collect()
}

fn fold(text: &str) -> String {
    let mut text = unicode::without_marks(&text.to_lowercase());
    for (from, to) in LETTERS {
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
    fn case_accents_and_alphabets_are_alike() {
        assert_eq!(folded_words("Өргөө, ҮЙЛС"), " orgoo uils");
        assert_eq!(folded_words("Оргоо Уилс"), " orgoo uils");
        assert_eq!(folded_words("Хөгжил / Khögjil"), " hogjil hogjil");
        assert_eq!(folded_words("Élan vital: 3.3.1.3"), " elan vital 3 3 1 3");
        assert_eq!(folded_words("  "), "");
    }
}
