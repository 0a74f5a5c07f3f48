//! Folds texts for search: removes case and accents, and writes Cyrillic in Latin letters. A reader
//! finds `Өргөө` with `оргоо` and with `orgoo`.
//!
//! The search script (`assets/search.js`) folds the reader's query in the same way, with the same
//! list of replacements, which it reads from the index.

use crate::unicode;

/// Replacements, applied in this order:
///
/// * the soft hyphen, which readers do not see;
/// * apostrophes inside Ukrainian, Belarusian and Uzbek words; others separate words;
/// * Cyrillic letters by the Latin letters that Mongolian most often uses for them (MNS 5217:2012,
///   with `h` for `kh`), or that readers type for letters that their keyboard does not have. `й`, `ё`
///   and `ї` are missing, because without their marks they are `и`, `е` and `і`;
/// * Latin, Greek and Arabic letters that have no mark to remove;
/// * variant spellings of a sound, and British by American ones.
pub(super) const REPLACEMENTS: [(&str, &str); 87] = [
    ("\u{ad}", ""),
    ("'", "’"),
    ("`", "’"),
    ("ʼ", "’"),
    ("ʻ", "’"),
    ("‘", "’"),
    ("’е", "е"),
    ("’є", "є"),
    ("’і", "і"),
    ("’ю", "ю"),
    ("’я", "я"),
    ("g’", "g"),
    ("o’", "o"),
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
    ("ә", "a"),
    ("ғ", "g"),
    ("ґ", "g"),
    ("є", "e"),
    ("җ", "j"),
    ("ҷ", "j"),
    ("қ", "k"),
    ("ң", "n"),
    ("ұ", "u"),
    ("ҳ", "h"),
    ("һ", "h"),
    ("і", "i"),
    ("ј", "j"),
    ("æ", "ae"),
    ("đ", "d"),
    ("ð", "d"),
    ("ə", "e"),
    ("ħ", "h"),
    ("ı", "i"),
    ("ł", "l"),
    ("ø", "o"),
    ("œ", "oe"),
    ("þ", "th"),
    ("ς", "σ"),
    ("ß", "ss"),
    ("ة", "ه"),
    ("ى", "ي"),
    ("ی", "ي"),
    ("ک", "ك"),
    ("zh", "j"),
    ("kh", "h"),
    ("ye", "e"),
    ("w", "v"),
    ("x", "h"),
    ("y", "i"),
    ("abour", "abor"),
    ("centre", "center"),
    ("defens", "defenc"),
    ("isation", "ization"),
    ("licens", "licenc"),
    ("programme", "program"),
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
        assert_eq!(folded_words("Жогорку Кеңеш, жемқорлық"), " jogorku kenesh jemkorlik");
        assert_eq!(folded_words("Łódź, Đà Nẵng, Ærø"), " lodz da nang aero");
        assert_eq!(folded_words("Regi\u{ad}ster"), " register");
        assert_eq!(folded_words("  "), "");
    }

    #[test]
    fn only_an_apostrophe_inside_a_word_joins_letters() {
        assert_eq!(folded_words("здоров’я здоров'я здоровʼя здоровя"), " zdorovia".repeat(4));
        assert_eq!(folded_words("o‘zbek oʻzbek"), " ozbek".repeat(2));
        assert_eq!(folded_words("l’information"), " l information");
    }

    #[test]
    fn british_and_american_spellings_are_the_same() {
        let american = folded_words("organization, license, program, center, labor");
        assert_eq!(folded_words("organisation, licence, programme, centre, labour"), american);
    }
}
