//! Fits texts into the width of a card.

use super::fonts::Fonts;

/// The font sizes of titles in pixels, largest first, each with the largest number of lines.
const TITLE_SIZES: [(f32, usize); 4] = [(64.0, 3), (54.0, 4), (46.0, 5), (38.0, 6)];

/// The largest size in which a title fits, and its lines; `None` if it fits in no size.
pub(super) fn fit_title(title: &str, max_width: f32, fonts: &Fonts) -> Option<(f32, Vec<String>)> {
    TITLE_SIZES.iter().find_map(|&(size, max_lines)| {
        let lines = wrap(title, size, max_width, max_lines, fonts);
        let fits = lines.len() <= max_lines
            && lines.iter().all(|line| fonts.width(line, size) <= max_width);
        fits.then_some((size, lines))
    })
}

/// The title in the smallest size, with `…` at the end.
pub(super) fn cut_title(title: &str, max_width: f32, fonts: &Fonts) -> (f32, Vec<String>) {
    let (size, max_lines) = TITLE_SIZES[TITLE_SIZES.len() - 1];
    let mut lines = wrap(title, size, max_width, max_lines, fonts);
    lines.truncate(max_lines);
    if let Some(last) = lines.last_mut() {
        last.push_str(" …");
    }
    // A word can be longer than a line.
    for line in &mut lines {
        *line = ellipsize(line, size, max_width, fonts);
    }
    (size, lines)
}

/// Splits a text into lines, between words, but not at no-break spaces. Ends with the first line after
/// `max_lines`: a title can have any length.
pub(super) fn wrap(
    text: &str,
    size: f32,
    max_width: f32,
    max_lines: usize,
    fonts: &Fonts,
) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let width = |text: &str| fonts.width(text, size);
    let is_space =
        |letter: char| letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}');
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        for (index, part) in fonts.parts_of(word).into_iter().enumerate() {
            if lines.len() > max_lines {
                return lines;
            }
            let space = if index == 0 { " " } else { "" };
            match lines.last_mut() {
                Some(line) if width(line) + width(space) + width(part) <= max_width => {
                    line.push_str(space);
                    line.push_str(part);
                }
                _ => lines.push(part.to_owned()),
            }
        }
    }
    lines
}

/// Shortens a text to one line, with `…` at the end if it is too long.
pub(super) fn ellipsize(text: &str, size: f32, max_width: f32, fonts: &Fonts) -> String {
    if fonts.width(text, size) <= max_width {
        return text.to_owned();
    }
    let mut width = fonts.width("…", size);
    let fits = |letter: &char| {
        width += fonts.width(letter.encode_utf8(&mut [0; 4]), size);
        width <= max_width
    };
    text.chars().take_while(fits).collect::<String>().trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX_WIDTH: f32 = 1056.0;

    #[test]
    fn a_title_is_split_between_words_in_the_largest_size_that_fits() {
        let fonts = Fonts::built_in();
        let fit_title = |title: &str| fit_title(title, MAX_WIDTH, &fonts);
        let (size, lines) = fit_title("Publish the budget").unwrap();
        assert_eq!((size, lines.len()), (64.0, 1));
        let long = "Transparent account of public money ".repeat(4);
        let (smaller, lines) = fit_title(&long).unwrap();
        assert!(smaller < size && lines.len() > 2);
        assert_eq!(lines.join(" "), long.trim());
        assert!(fit_title(&long.repeat(4)).is_none());
        let (_, lines) =
            fit_title("The government says (2015): 1\u{a0}of\u{a0}21 completed").unwrap();
        assert_eq!(lines, ["The government says (2015):", "1\u{a0}of\u{a0}21 completed"]);
    }

    #[test]
    fn no_line_of_a_title_is_wider_than_the_card() {
        let fonts = Fonts::built_in();
        let (size, lines) = cut_title(&format!("{} Law", "W".repeat(99)), MAX_WIDTH, &fonts);
        assert!(lines.iter().all(|line| fonts.width(line, size) <= MAX_WIDTH), "{lines:?}");
    }

    #[test]
    fn a_long_text_is_cut_to_the_width_of_a_line() {
        let fonts = Fonts::built_in();
        let width = |text: &str| fonts.width(text, 40.0);
        let long = "Transparent account of public money ".repeat(20);
        let short = ellipsize(&long, 40.0, MAX_WIDTH, &fonts);
        assert!(short.ends_with('…') && width(&short) <= MAX_WIDTH);
        let next = long.chars().nth(short.chars().count()).unwrap();
        assert!(width(&format!("{short}{next}")) > MAX_WIDTH - width("W"));
        assert_eq!(ellipsize("Short", 40.0, MAX_WIDTH, &fonts), "Short");
    }
}
