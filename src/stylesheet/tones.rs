//! Derives from one colour a darker tone for text on light backgrounds and a lighter one for text on
//! dark backgrounds (lightningcss).

use lightningcss::values::color::{ColorGamut, OKLCH, RGBA, SRGB, SRGBLinear};

use crate::model::Colour;

/// The smallest contrast of text (WCAG 2.2, 1.4.3).
const MIN_CONTRAST: f32 = 4.5;

/// The backgrounds on which the plain theme has links, of which text needs the strongest tone:
/// `--soft`, light and dark.
const LIGHT_BACKGROUND: Colour = Colour([0xf3, 0xf5, 0xf7]);
const DARK_BACKGROUND: Colour = Colour([0x1d, 0x23, 0x29]);

/// A colour for text on light and on dark backgrounds.
#[derive(Debug, Clone, Copy)]
pub struct Tones {
    pub light: Colour,
    pub dark: Colour,
    /// The contrast of the colour itself with light backgrounds, if text would be hard to read.
    pub poor_contrast: Option<f32>,
}

impl Tones {
    pub fn of(colour: Colour) -> Self {
        let contrast = contrast(colour, LIGHT_BACKGROUND);
        Tones {
            light: readable(colour, LIGHT_BACKGROUND, -STEP),
            dark: readable(colour, DARK_BACKGROUND, STEP),
            poor_contrast: (contrast < MIN_CONTRAST).then_some(contrast),
        }
    }

    /// The tones as variables of the plain theme. Print stays black.
    pub(super) fn css(&self) -> String {
        let variables = |tone: Colour| format!(":root {{ --accent: {tone}; --link: {tone} }}");
        format!(
            "@media screen {{ {} }}\n@media screen and (prefers-color-scheme: dark) {{ {} }}\n",
            variables(self.light),
            variables(self.dark)
        )
    }
}

/// The difference in lightness between two tones, of the range 0 to 1.
const STEP: f32 = 0.005;

/// The nearest tone with enough contrast: lightness changes in steps, hue stays, and colourfulness too
/// as far as screens can show it.
fn readable(colour: Colour, background: Colour, step: f32) -> Colour {
    let mut tone = OKLCH::from(srgb(colour));
    let mut nearest = colour;
    while contrast(nearest, background) < MIN_CONTRAST {
        tone.l = (tone.l + step).clamp(0.0, 1.0);
        nearest = shown(tone);
    }
    nearest
}

/// The colour on a screen, less colourful if the screen cannot show it.
fn shown(mut tone: OKLCH) -> Colour {
    let mut colour = SRGB::from(tone);
    while !colour.in_gamut() && tone.c > 0.001 {
        tone.c *= 0.95;
        colour = SRGB::from(tone);
    }
    let RGBA { red, green, blue, .. } = RGBA::from(colour.clip());
    Colour([red, green, blue])
}

fn srgb(Colour([red, green, blue]): Colour) -> SRGB {
    SRGB::from(RGBA::new(red, green, blue, 1.0))
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(a: Colour, b: Colour) -> f32 {
    let luminance = |colour: Colour| {
        let SRGBLinear { r, g, b, .. } = SRGBLinear::from(srgb(colour));
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_web_content_accessibility_guidelines() {
        let contrast = |a: &str, b: &str| {
            format!("{:.2}", contrast(Colour::parse(a).unwrap(), Colour::parse(b).unwrap()))
        };
        assert_eq!(contrast("#ffffff", "#000000"), "21.00");
        assert_eq!(contrast("#767676", "#ffffff"), "4.54");
        assert_eq!(contrast("#0b5394", "#0b5394"), "1.00");
    }

    #[test]
    fn tones_keep_the_colour_where_it_is_readable_and_change_it_as_little_as_needed_elsewhere() {
        let tones = |text: &str| {
            let Tones { light, dark, poor_contrast } = Tones::of(Colour::parse(text).unwrap());
            format!("{light} {dark} {poor_contrast:.1?}")
        };
        let colours = ["#0b5394", "#ffee00", "#000000", "#ffffff", "#808080", "#ff0000"];
        assert_eq!(
            colours.map(tones),
            [
                "#0b5394 #4c8cd2 None",
                "#7a7209 #ffee00 Some(1.1)",
                "#000000 #898989 None",
                "#707070 #ffffff Some(1.1)",
                "#707070 #898989 Some(3.6)",
                "#e10804 #fc4536 Some(3.7)"
            ]
        );
    }

    #[test]
    fn every_tone_is_readable_on_its_background() {
        for colour in (0..=0xff_ffff_u32).step_by(0x05_1f37) {
            let [_, red, green, blue] = colour.to_be_bytes();
            let tones = Tones::of(Colour([red, green, blue]));
            assert!(contrast(tones.light, LIGHT_BACKGROUND) >= MIN_CONTRAST, "{tones:?}");
            assert!(contrast(tones.dark, DARK_BACKGROUND) >= MIN_CONTRAST, "{tones:?}");
        }
    }

    #[test]
    fn the_backgrounds_are_those_of_the_plain_theme() {
        let css = include_str!("../../themes/plain/styles/main.css");
        let soft: Vec<&str> =
            css.lines().filter_map(|line| line.trim().strip_prefix("--soft: ")).collect();
        let expected = [LIGHT_BACKGROUND, DARK_BACKGROUND].map(|colour| format!("{colour};"));
        assert_eq!(soft[..2], expected);
    }
}
