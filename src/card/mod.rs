//! The picture that other sites show of a page that somebody shares: 1200 by 630 pixels, with the
//! title, how far it has come in words, and the bar.
//!
//! A card is composed as a drawing (SVG), which costs nothing, and drawn (resvg) only where the
//! picture is needed. The picture says of which drawing it is, so that it need not be drawn again.
//! The font is a part of the program and has Latin and Cyrillic letters, those of Mongolian included;
//! a title in other letters gets no card.

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
/// What is left free at each side.
const MARGIN: u32 = 72;
/// How wide a line of text may be.
const LINE: f32 = (WIDTH - 2 * MARGIN) as f32;

/// The sizes in which a title is tried, each with the lines that there is room for.
const SIZES: [(f32, usize); 4] = [(64.0, 3), (54.0, 4), (46.0, 5), (38.0, 6)];

/// A title up to this long fits in the smallest size, even in the widest letters.
const SURELY_FITS: usize = 120;

/// Counts up when the same drawing becomes another image, so that builds draw all cards again.
const VERSION: u64 = 2;

/// A card that is not drawn yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing(String);

impl Drawing {
    /// The drawing as SVG.
    pub fn svg(&self) -> &str {
        &self.0
    }

    /// Identifies the drawing and the way in which it becomes an image.
    fn cache_key(&self) -> String {
        ContentHash::of(format!("{VERSION}\n{}", self.0).as_bytes()).short()
    }
}

/// The image of a drawing as PNG. `previous` is the image of an earlier build: if it shows the same
/// drawing, it is returned. The same drawing always gives the same bytes.
pub fn png(drawing: &Drawing, previous: Option<Vec<u8>>) -> Vec<u8> {
    let key = drawing.cache_key();
    match previous.filter(|image| png::has_key(image, &key)) {
        Some(image) => image,
        None => png::encode(&png::rasterize(drawing.svg()), &key),
    }
}

/// Whether the page that `title` is the title of can have a card: not in letters that the font lacks.
pub fn can_show(title: &str) -> bool {
    let face = face(BOLD);
    title.chars().all(|it| it.is_whitespace() || face.glyph_index(it).is_some())
}

/// The card of the home page, an agency or a commitment.
pub fn draw(route: &Route, portal: &Portal, language: &Language) -> Drawing {
    let site = words(&portal.site.title, language);
    let mut svg = begin(&site);
    match route {
        Route::Commitment(id) => {
            let commitment = portal.commitment(id).expect("planned from the portal");
            write_title(&mut svg, &words(&commitment.title, language));
            let label = language.standing(commitment.standing);
            write_level(&mut svg, commitment.standing, label, commitment.id.number());
        }
        Route::Agency(id) => {
            let agency = portal.agency(id);
            let agency = agency.expect("planned from the portal");
            write_title(&mut svg, &words(&agency.name, language));
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

/// Warns of titles that do not fit on their card.
pub fn check_all(portal: &Portal, diagnostics: &mut Diagnostics) {
    let commitments = portal.commitments.iter().map(|it| &it.title);
    let agencies = portal.agencies.iter().map(|it| &it.name);
    for passage in commitments.chain(agencies).flat_map(Text::passages) {
        let title = passage.text.trim();
        if title.len() > SURELY_FITS && can_show(title) && fitting(title).is_none() {
            diagnostics.add(problems::title_too_long(passage.span, title.chars().count()));
        }
    }
}

fn words(text: &Text, language: &Language) -> String {
    text.in_language(&language.code).0.text.trim().to_owned()
}

fn begin(site: &str) -> String {
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
    ) + &text(cut(site, 30.0).as_str(), 92.0, 30.0, 400, "#4f5a63")
}

fn text(words: &str, y: f32, size: f32, weight: u16, colour: &str) -> String {
    format!(
        r#"<text x="{MARGIN}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">{}</text>"#,
        escape(words)
    )
}

/// The title, as large as it fits. One that does not fit, which `check` tells, ends in `…`.
fn write_title(svg: &mut String, title: &str) {
    let (size, lines) = fitting(title).unwrap_or_else(|| {
        let (size, most) = SIZES[SIZES.len() - 1];
        let mut lines = broken(title, size);
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = cut(&format!("{last} …"), size);
        }
        (size, lines)
    });
    for (at, line) in (1_u8..).zip(lines) {
        let y = 110.0 + f32::from(at) * size * 1.25;
        svg.push_str(&text(&line, y, size, 700, "#1b2126"));
    }
}

/// The largest size in which a title fits, and its lines.
fn fitting(title: &str) -> Option<(f32, Vec<String>)> {
    SIZES.iter().find_map(|&(size, most)| {
        let lines = broken(title, size);
        let fits = lines.len() <= most && lines.iter().all(|line| width(line, size) <= LINE);
        fits.then_some((size, lines))
    })
}

/// A text in lines, broken between words.
fn broken(text: &str, size: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(" ", size) + width(word, size) <= LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// As much of a text as fits on one line.
fn cut(text: &str, size: f32) -> String {
    let mut text = text.to_owned();
    while width(&text, size) > LINE {
        let mut kept: Vec<char> = text.trim_end_matches('…').chars().collect();
        kept.pop();
        text = kept.into_iter().collect::<String>().trim_end().to_owned() + "…";
    }
    text
}

fn face(font: &'static [u8]) -> Face<'static> {
    Face::parse(font, 0).expect("a font of the program")
}

/// How wide a text is in bold letters, in pixels.
fn width(text: &str, size: f32) -> f32 {
    let face = face(BOLD);
    let advance = |letter| {
        face.glyph_index(letter).and_then(|glyph| face.glyph_hor_advance(glyph)).unwrap_or(1000)
    };
    let units: u32 = text.chars().map(|letter| u32::from(advance(letter))).sum();
    units as f32 * size / f32::from(face.units_per_em())
}

/// How a standing is filled in.
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

fn edge(standing: Standing) -> &'static str {
    match standing {
        Standing::NotStarted => "#1b2126",
        Standing::NoEvidence | Standing::NotReported | Standing::Withdrawn => "#6b7278",
        other => fill(other),
    }
}

/// The box that fills up, the level in words, and the commitment's number.
fn write_level(svg: &mut String, standing: Standing, label: &str, number: &str) {
    let (x, y, side) = (MARGIN, HEIGHT - 150, 72);
    let filled = match standing {
        Standing::Limited => side / 3,
        Standing::Substantial => side * 2 / 3,
        _ => side,
    };
    let fill = fill(standing);
    let edge = if standing.level().is_some() { "#1b2126" } else { edge(standing) };
    let _ = write!(
        svg,
        concat!(
            r#"<rect x="{x}" y="{y}" width="{filled}" height="{side}" fill="{fill}"/>"#,
            r#"<rect x="{x}" y="{y}" width="{side}" height="{side}" fill="none" stroke="{edge}" stroke-width="6"/>"#,
            r##"<text x="{label_x}" y="{label_y}" font-size="52" font-weight="700" fill="#1b2126">{label}</text>"##,
            r##"<text x="{end}" y="{label_y}" font-size="36" fill="#4f5a63" text-anchor="end">{number}</text>"##,
        ),
        x = x,
        y = y,
        side = side,
        filled = filled,
        fill = fill,
        edge = edge,
        label_x = x + side + 28,
        label_y = y + 54,
        label = escape(label),
        end = WIDTH - MARGIN,
        number = escape(number),
    );
}

/// The bar of all standings, and what it shows as a sentence.
fn write_bar(svg: &mut String, tally: &Tally, summary: &str) {
    let (width, height, y) = (WIDTH - 2 * MARGIN, 64, HEIGHT - 136);
    svg.push_str(&text(&cut(summary, 40.0), (y - 32) as f32, 40.0, 700, "#1b2126"));
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
            edge(standing),
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
    fn a_title_is_broken_between_words_and_made_smaller_until_it_fits() {
        let (size, lines) = fitting("Publish the budget").unwrap();
        assert_eq!((size, lines.len()), (64.0, 1));
        let long = "Transparent account of public money ".repeat(4);
        let (smaller, lines) = fitting(&long).unwrap();
        assert!(smaller < size && lines.len() > 2);
        assert_eq!(lines.join(" "), long.trim());
        assert!(fitting(&long.repeat(4)).is_none());
    }
}
