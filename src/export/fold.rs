//! Words as the search compares them: without case or accents, and Cyrillic as in Latin letters, so
//! that a reader finds `Өргөө` with `оргоо` and with `orgoo`.
//!
//! The search of the pages (`assets/search.js`) does the same to what the reader types, with the same
//! list of letters, which the index hands to it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is written for what, one after the other: Cyrillic letters as Mongolian is most often written
/// in Latin ones (MNS 5217:2012, with `h` for `kh`), and last some spellings of one sound.
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

/// The pieces of a text that are folded each by itself: what stands between two signs of ASCII that are
/// neither letters nor digits.
pub(super) fn spellings(text: &str) -> impl Iterator<Item = &[u8]> {
    let is_between = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    text.as_bytes().split(is_between).filter(|spelling| !spelling.is_empty())
}

/// Appends the words of a text, folded, each with a space before it, as UTF-8. A word is a run of
/// letters and digits.
pub(super) fn fold(text: &str, folded: &mut Vec<u8>) {
    folded.reserve(text.len() + 1);
    let mut is_in_word = false;
    for letter in text.chars() {
        if letter.is_ascii() {
            if letter.is_ascii_alphanumeric() {
                begin_word(&mut is_in_word, folded);
                add(letter.to_ascii_lowercase() as u8, folded);
            } else {
                is_in_word = false;
            }
            continue;
        }
        for part in letter.to_lowercase().nfd().filter(|it| !is_combining_mark(*it)) {
            if !part.is_alphanumeric() {
                is_in_word = false;
                continue;
            }
            begin_word(&mut is_in_word, folded);
            let mut buffer = [0; 4];
            let part: &str = part.encode_utf8(&mut buffer);
            let latin = LETTERS.iter().find(|(from, _)| *from == part).map(|(_, to)| *to);
            latin.unwrap_or(part).bytes().for_each(|it| add(it, folded));
        }
    }
}

fn begin_word(is_in_word: &mut bool, folded: &mut Vec<u8>) {
    if !*is_in_word {
        folded.push(b' ');
        *is_in_word = true;
    }
}

/// Appends a letter, or a byte of one. Where it makes one of the spellings at the end of `LETTERS`,
/// the other follows.
fn add(letter: u8, folded: &mut Vec<u8>) {
    let letter = match (letter, folded.last()) {
        (b'w', _) => return folded.push(b'v'),
        (b'h', Some(b'z')) => b'j',
        (b'h', Some(b'k')) => b'h',
        (b'e', Some(b'y')) => b'e',
        _ => return folded.push(letter),
    };
    folded.pop();
    folded.push(letter);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut folded = Vec::new();
        fold(text, &mut folded);
        String::from_utf8(folded).unwrap()
    }

    /// The same, step by step, as the script of the pages does it.
    fn folded_by_steps(text: &str) -> String {
        let lower = text.to_lowercase();
        let mut text: String = lower.nfd().filter(|it| !is_combining_mark(*it)).collect();
        for (from, to) in LETTERS {
            text = text.replace(from, to);
        }
        let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
        words.map(|word| format!(" {word}")).collect()
    }

    #[test]
    fn case_accents_and_alphabets_are_alike() {
        assert_eq!(folded("Өргөө, ҮЙЛС"), " orgoo uils");
        assert_eq!(folded("Оргоо Уилс"), " orgoo uils");
        assert_eq!(folded("Хөгжил / Khögjil"), " hogjil hogjil");
        assert_eq!(folded("Élan vital: 3.3.1.3"), " elan vital 3 3 1 3");
        assert_eq!(folded("  "), "");
    }

    #[test]
    fn the_steps_of_the_script_give_the_same() {
        let pieces =
            ["k", "h", "z", "y", "e", "w", "ж", "х", "з", "е", "я", "ü", "Ө", "й", " ", "-"];
        // Every sequence of four.
        for number in 0..pieces.len().pow(4) {
            let places = (0..4).map(|at| number / pieces.len().pow(at) % pieces.len());
            let text: String = places.map(|at| pieces[at]).collect();
            assert_eq!(folded(&text), folded_by_steps(&text), "{text:?}");
            let by_spelling = spellings(&text).map(|it| folded(str::from_utf8(it).unwrap()));
            assert_eq!(folded(&text), by_spelling.collect::<String>(), "{text:?}");
        }
    }
}
