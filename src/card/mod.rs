//! Share images (cards): the picture that other sites show with a link to a page. It is 1200 by 630
//! pixels and has the title, the level in words, and the bar.
//!
//! A card is first composed as a drawing (SVG), which takes almost no time, and converted to an
//! image (resvg) only if the image is needed. The image contains the hash of its drawing, so that a
//! later build can reuse it. The fonts are part of the program and have Latin and Cyrillic letters,
//! including those of Mongolian; a title with other letters has no card. This module does not know
//! about templates or views.

mod fonts;
mod png;

use std::fmt::Write;

use ttf_parser::Face;

use crate::diagnostic::Diagnostics;
use crate::hash::ContentHash;
use crate::html::escape;
use crate::language::Language;
use crate::model::{Portal, Standing, Tally, Text};
use crate::problems;
use crate::route::Route;
use fonts::BOLD;

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;
/// The empty space on each side, in pixels.
const MARGIN: u32 = 72;
/// In pixels.
const MAX_LINE_WIDTH: f32 = (WIDTH - 2 * MARGIN) as f32;

/// The font sizes of titles in pixels, largest first, each with the largest number of lines.
const TITLE_SIZES: [(f32, usize); 4] = [(64.0, 3), (54.0, 4), (46.0, 5), (38.0, 6)];

/// A title up to this length in bytes fits in the smallest size, even in the widest letters.
const ALWAYS_FITS: usize = 120;

/// Increase this when the same drawing gives a different image, so that builds draw all cards
/// again.
const VERSION: u64 = 2;

/// A card as SVG, before it becomes an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing(String);

impl Drawing {
    pub fn svg(&self) -> &str {
        &self.0
    }

    /// Identifies the drawing and the version of the conversion to an image.
    fn cache_key(&self) -> String {
        ContentHash::of(format!("{VERSION}\n{}", self.0).as_bytes()).short()
    }
}

/// Converts a drawing to PNG, or returns `previous`, the image of an earlier build, if it shows the
/// same drawing. The same drawing always gives the same bytes.
pub fn png(drawing: &Drawing, previous: Option<Vec<u8>>) -> Vec<u8> {
    let key = drawing.cache_key();
    match previous.filter(|image| png::has_key(image, &key)) {
        Some(image) => image,
        None => png::encode(&png::rasterize(drawing.svg()), &key),
    }
}

/// Whether the font has all characters of a title. A page has no card if it does not.
pub fn can_show(title: &str) -> bool {
    let face = face(BOLD);
    title
        .chars()
        .all(|character| character.is_whitespace() || face.glyph_index(character).is_some())
}

/// The card of the home page, an agency or a commitment.
pub fn draw(route: &Route, portal: &Portal, language: &Language) -> Drawing {
    let (site, _) = language.localized(&portal.site.title);
    let mut svg = start_svg(site);
    match route {
        Route::Commitment(id) => {
            let commitment = portal.commitment(id).expect("planned from the portal");
            write_title(&mut svg, language.localized(&commitment.title).0);
            let label = language.standing(commitment.standing);
            write_level(&mut svg, commitment.standing, label, commitment.id.number());
        }
        Route::Agency(id) => {
            let agency = portal.agency(id);
            let agency = agency.expect("planned from the portal");
            write_title(&mut svg, language.localized(&agency.name).0);
            let tally = portal.led_by(id).tally();
            if tally.total() > 0 {
                write_bar(&mut svg, &tally, &language.summary(&tally));
            }
        }
        _ => {
            let tally = portal.tally();
            write_title(&mut svg, &language.message("home_title", &[]));
            write_bar(&mut svg, &tally, &language.summary(&tally));
        }
    }
    svg.push_str("</svg>");
    Drawing(svg)
}

/// Warns about titles that do not fit on their card.
pub fn check_all(portal: &Portal, diagnostics: &mut Diagnostics) {
    let commitments = portal.commitments.iter().map(|commitment| &commitment.title);
    let agencies = portal.agencies.iter().map(|agency| &agency.name);
    for passage in commitments.chain(agencies).flat_map(Text::passages) {
        let title = passage.text.trim();
        if title.len() > ALWAYS_FITS && can_show(title) && fit_title(title).is_none() {
            diagnostics.add(problems::title_too_long(passage.span, title.chars().count()));
        }
    }
}

fn start_svg(site: &str) -> String {
    format!(
        concat!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" "##,
            r##"viewBox="0 0 {width} {height}"><defs>"##,
            r##"<pattern id="lines" width="16" height="16" patternUnits="userSpaceOnUse">"##,
            r##"<path d="M-2 18 18-2M-2 2 2-2M14 18 18 14" stroke="#6b7278" stroke-width="3"/></pattern>"##,
            r##"<pattern id="crosses" width="16" height="16" patternUnits="userSpaceOnUse">"##,
            r##"<path d="M-2 18 18-2M-2-2 18 18" stroke="#6b7278" stroke-width="3"/></pattern>"##,
            r##"<pattern id="dots" width="16" height="16" patternUnits="userSpaceOnUse">"##,
            r##"<path d="M6 8h4" stroke="#6b7278" stroke-width="4"/></pattern></defs>"##,
            r##"<path fill="#ffffff" d="M0 0h{width}v{height}H0z"/>"##,
            r##"<path fill="#0b2340" d="M0 0h{width}v16H0z"/>"##,
        ),
        width = WIDTH,
        height = HEIGHT
    ) + &text(ellipsize(site, 30.0).as_str(), 92.0, 30.0, 400, "#4f5a63")
}

fn text(text: &str, y: f32, size: f32, weight: u16, colour: &str) -> String {
    format!(
        r#"<text x="{MARGIN}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">{}</text>"#,
        escape(text)
    )
}

/// Writes the title in the largest size that fits. A title that does not fit ends with `…`;
/// [`check_all`] warns about it.
fn write_title(svg: &mut String, title: &str) {
    let (size, lines) = fit_title(title).unwrap_or_else(|| {
        let (size, max_lines) = TITLE_SIZES[TITLE_SIZES.len() - 1];
        let mut lines = wrap(title, size);
        lines.truncate(max_lines);
        if let Some(last) = lines.last_mut() {
            *last = ellipsize(&format!("{last} …"), size);
        }
        (size, lines)
    });
    for (number, line) in (1_u8..).zip(lines) {
        let y = 110.0 + f32::from(number) * size * 1.25;
        svg.push_str(&text(&line, y, size, 700, "#1b2126"));
    }
}

/// The largest size in which a title fits, and its lines; `None` if it fits in no size.
fn fit_title(title: &str) -> Option<(f32, Vec<String>)> {
    TITLE_SIZES.iter().find_map(|&(size, max_lines)| {
        let lines = wrap(title, size);
        let fits = lines.len() <= max_lines
            && lines.iter().all(|line| width(line, size) <= MAX_LINE_WIDTH);
        fits.then_some((size, lines))
    })
}

/// Splits a text into lines, between words.
fn wrap(text: &str, size: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line)
                if width(line, size) + width(" ", size) + width(word, size) <= MAX_LINE_WIDTH =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Shortens a text to one line, with `…` at the end if it is too long.
fn ellipsize(text: &str, size: f32) -> String {
    if width(text, size) <= MAX_LINE_WIDTH {
        return text.to_owned();
    }
    let face = face(BOLD);
    let max_units = MAX_LINE_WIDTH * f32::from(face.units_per_em()) / size;
    let mut units = advance(&face, '…');
    let fits = |character: &char| {
        units += advance(&face, *character);
        units as f32 <= max_units
    };
    text.chars().take_while(fits).collect::<String>().trim_end().to_owned() + "…"
}

fn face(font: &'static [u8]) -> Face<'static> {
    Face::parse(font, 0).expect("a font of the program")
}

/// The width of a character, in units of the font.
fn advance(face: &Face<'_>, character: char) -> u32 {
    let glyph = face.glyph_index(character);
    glyph.and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(1000).into()
}

/// The width of a text in bold letters, in pixels.
fn width(text: &str, size: f32) -> f32 {
    let face = face(BOLD);
    let units: u32 = text.chars().map(|character| advance(&face, character)).sum();
    units as f32 * size / f32::from(face.units_per_em())
}

/// The fill of a standing: a colour, or a pattern of the drawing.
fn fill(standing: Standing) -> &'static str {
    match standing {
        Standing::Completed => "#0b2340",
        Standing::Substantial => "#2f5aa8",
        Standing::Limited => "#c76e00",
        Standing::NotStarted => "#ffffff",
        Standing::NoEvidence => "url(#dots)",
        Standing::NotReported => "url(#lines)",
        Standing::Withdrawn => "url(#crosses)",
    }
}

fn stroke(standing: Standing) -> &'static str {
    match standing {
        Standing::NotStarted => "#1b2126",
        Standing::NoEvidence | Standing::NotReported | Standing::Withdrawn => "#6b7278",
        other => fill(other),
    }
}

/// Writes a box that is filled according to the level, the level in words, and the commitment's
/// number.
fn write_level(svg: &mut String, standing: Standing, label: &str, number: &str) {
    let (x, y, side) = (MARGIN, HEIGHT - 150, 72);
    let filled = match standing {
        Standing::Limited => side / 3,
        Standing::Substantial => side * 2 / 3,
        _ => side,
    };
    let fill = fill(standing);
    let stroke = if standing.level().is_some() { "#1b2126" } else { stroke(standing) };
    let _ = write!(
        svg,
        concat!(
            r#"<rect x="{x}" y="{y}" width="{filled}" height="{side}" fill="{fill}"/>"#,
            r#"<rect x="{x}" y="{y}" width="{side}" height="{side}" fill="none" stroke="{stroke}" stroke-width="6"/>"#,
            r##"<text x="{label_x}" y="{label_y}" font-size="52" font-weight="700" fill="#1b2126">{label}</text>"##,
            r##"<text x="{end}" y="{label_y}" font-size="36" fill="#4f5a63" text-anchor="end">{number}</text>"##,
        ),
        x = x,
        y = y,
        side = side,
        filled = filled,
        fill = fill,
        stroke = stroke,
        label_x = x + side + 28,
        label_y = y + 54,
        label = escape(label),
        end = WIDTH - MARGIN,
        number = escape(number),
    );
}

/// Writes the bar of all standings, and a sentence that says what it shows.
fn write_bar(svg: &mut String, tally: &Tally, summary: &str) {
    let (width, height, y) = (WIDTH - 2 * MARGIN, 64, HEIGHT - 136);
    svg.push_str(&text(&ellipsize(summary, 40.0), (y - 32) as f32, 40.0, 700, "#1b2126"));
    let total = tally.total() as u32;
    let mut before = 0;
    for (standing, count) in tally.iter().filter(|(_, count)| *count > 0) {
        let count = count as u32;
        let (start, end) = (width * before / total, width * (before + count) / total);
        let _ = write!(
            svg,
            concat!(
                r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="4"/>"#,
            ),
            MARGIN + start + 4,
            y,
            (end - start).saturating_sub(8).max(1),
            height,
            fill(standing),
            stroke(standing),
        );
        before += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_the_letters_of_mongolian_and_no_others() {
        assert!(can_show("Өргөн чөлөө, үзүүр № 5 – 100 ₮ «Ил тод»"));
        assert!(!can_show("工作"));
    }

    #[test]
    fn a_title_is_split_between_words_in_the_largest_size_that_fits() {
        let (size, lines) = fit_title("Publish the budget").unwrap();
        assert_eq!((size, lines.len()), (64.0, 1));
        let long = "Transparent account of public money ".repeat(4);
        let (smaller, lines) = fit_title(&long).unwrap();
        assert!(smaller < size && lines.len() > 2);
        assert_eq!(lines.join(" "), long.trim());
        assert!(fit_title(&long.repeat(4)).is_none());
    }

    #[test]
    fn a_long_text_is_cut_to_the_width_of_a_line() {
        let long = "Transparent account of public money ".repeat(20);
        let short = ellipsize(&long, 40.0);
        assert!(short.ends_with('…') && width(&short, 40.0) <= MAX_LINE_WIDTH);
        let next = long.chars().nth(short.chars().count()).unwrap();
        assert!(width(&format!("{short}{next}"), 40.0) > MAX_LINE_WIDTH - width("W", 40.0));
        assert_eq!(ellipsize("Short", 40.0), "Short");
    }
}
