//! What is wrong with share images, their fonts, the logo and the colour of a portal.

use super::parts::{at, in_file};
use super::words::quote;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::LanguageCode;
use crate::source::Span;

/// No font has some letters of the language, so that its pages have no share image.
pub fn no_cards_in(span: Span, language: &LanguageCode, missing: &[char]) -> Diagnostic {
    let (language, missing) = (quote(language.as_str()), quoted_letters(missing));
    let message = format!("share images cannot show the letters of {language}, such as {missing}");
    at(Code::NoShareImage, span, message).help(
        "put a font (TTF or OTF) with these letters in the folder `fonts/` beside `content/`; without \
         one, pages in this language have no share image",
    )
}

/// No font has some characters of a title.
pub fn title_without_card(span: Span, missing: &[char]) -> Diagnostic {
    at(Code::NoShareImage, span, format!("share images cannot show {}", quoted_letters(missing))).help(
        "put a font (TTF or OTF) that has it in the folder `fonts/` beside `content/`, or write the \
         title without it; without a font, the page uses the share image of the home page",
    )
}

fn quoted_letters(letters: &[char]) -> String {
    let letters: Vec<String> = letters.iter().map(|letter| quote(&letter.to_string())).collect();
    letters.join(", ")
}

/// A file in `fonts/` is not a font that share images can use.
pub fn not_a_font(path: &str) -> Diagnostic {
    in_file(Code::NotAFont, path, format!("{} is not a TTF or OTF font", quote(path)))
        .help("put the font in the folder as a `.ttf` or `.otf` file, or delete the file")
}

/// `fonts/` has more fonts than `limit`. This one is the first that is not used.
pub fn too_many_fonts(path: &str, limit: usize) -> Diagnostic {
    let message = format!("{} is not used: `fonts/` has more than {limit} fonts", quote(path));
    in_file(Code::NotAFont, path, message).help("delete the fonts that share images do not need")
}

/// Text in the colour of the site would be hard to read. `contrast` is that with light backgrounds, and
/// `tone` is what the portal uses.
pub fn low_contrast(span: Span, colour: &str, contrast: f32, tone: &str) -> Diagnostic {
    // Rounded down: 4.49 is not 4.5.
    let contrast = (contrast * 10.0).floor() / 10.0;
    let message = format!(
        "{} is too light for text on a light background: its contrast is {contrast:.1}:1, and text needs \
         4.5:1",
        quote(colour)
    );
    at(Code::LowContrast, span, message).help(format!(
        "write a darker colour, such as \"{tone}\", which the portal uses in its place"
    ))
}

pub fn not_a_colour(span: Span, written: &str) -> Diagnostic {
    at(Code::NotAColour, span, format!("{} is not a colour", quote(written))).help(
        "write `#` and six digits from 0 to 9 or letters from a to f, such as \"#0b5394\"; programs \
         that draw show it as HEX",
    )
}

/// Why a file cannot be a logo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogoFault {
    /// It is neither SVG nor PNG.
    Type,
    /// It cannot be read as what its name says.
    Damaged,
    /// It has an element or attribute that can run, load or animate something.
    Part(String),
    /// Drawing it takes too long.
    Complex,
    /// It is wider or higher than this number of pixels.
    Pixels(u32),
}

pub fn unusable_logo(span: Span, path: &str, fault: LogoFault) -> Diagnostic {
    let path = quote(path);
    let (message, help) = match fault {
        LogoFault::Type => {
            (format!("{path} is neither an SVG nor a PNG file"), "save the logo as SVG or PNG")
        }
        LogoFault::Damaged => (
            format!("{path} is damaged, or not of the type that its name says"),
            "save the logo again, as SVG or PNG",
        ),
        LogoFault::Part(part) => (
            format!("{path} contains {}, which is not a plain shape", quote(&part)),
            "save the logo as plain SVG without scripts, links, images, patterns and masks, or as PNG",
        ),
        LogoFault::Complex => (
            format!("{path} takes too long to draw"),
            "save the logo as simple shapes, without filters and dashed lines, or as PNG",
        ),
        LogoFault::Pixels(limit) => (
            format!("{path} is wider or higher than {limit} pixels"),
            "make the picture smaller: pages show it 48 pixels high",
        ),
    };
    at(Code::UnusableLogo, span, message).help(help)
}
