//! The addresses of documents in cells, where people and forms write them among other words.

use crate::model::is_published_path;
use crate::web_address::percent_decoded;

/// Whether a word is an address, perhaps with punctuation around it.
pub(super) fn is_address(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '<', '[']);
    word.starts_with("https://") || word.starts_with("http://") || is_published_path(word)
}

/// Returns an address in one word, as a form shows it: spaces in the path of a file are encoded.
pub(super) fn one_word(address: &str) -> String {
    match is_published_path(address) {
        true => address.replace('%', "%25").replace(' ', "%20"),
        false => address.to_owned(),
    }
}

/// Removes the punctuation of the sentence after an address. A closing bracket belongs to the address if an
/// opening one in it has no other partner.
pub(super) fn without_punctuation(address: &str) -> &str {
    let mut address = address;
    while let Some(last) = address.chars().next_back() {
        let is_outside = match last {
            '.' | ',' | ';' | '>' => true,
            ')' => address.matches(')').count() > address.matches('(').count(),
            ']' => address.matches(']').count() > address.matches('[').count(),
            _ => false,
        };
        if !is_outside {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

/// Returns the address in a word of a cell, without the punctuation around it.
pub(super) fn from_word(word: &str) -> String {
    let address = without_punctuation(word.trim_start_matches(['(', '<', '[']));
    let file = is_published_path(address).then(|| percent_decoded(address)).flatten();
    file.unwrap_or_else(|| address.to_owned())
}
