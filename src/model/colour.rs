//! Colours of the screen (sRGB).

use std::fmt;

/// A colour by its red, green and blue parts. It is written as `#0b5394`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Returns the colour that `text` names, such as `#0b5394` or `#05a`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let digits: Vec<u8> = digits
            .chars()
            .map(|digit| digit.to_digit(16))
            .map(|digit| digit.map(|digit| digit as u8))
            .collect::<Option<_>>()?;
        match digits[..] {
            [r, g, b] => Some(Colour([r * 17, g * 17, b * 17])),
            [r1, r2, g1, g2, b1, b2] => Some(Colour([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2])),
            _ => None,
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_has_three_or_six_hexadecimal_digits() {
        let parse = |text: &str| Colour::parse(text).map(|colour| colour.to_string());
        assert_eq!(parse("#0b5394").as_deref(), Some("#0b5394"));
        assert_eq!(parse("#0B5394").as_deref(), Some("#0b5394"));
        assert_eq!(parse("#05a").as_deref(), Some("#0055aa"));
        for text in ["0b5394", "#0b539", "#0b53945", "#0b53é4", "#ggg", "#", "blue", "#0b5394ff"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
