//! Share images (cards): the picture that other sites show with a link to a page. It is 1200 by 630
//! pixels and has the title, and the level or the bar with its source.
//!
//! A card is first composed as a drawing (SVG), which takes almost no time, and converted to an
//! image (resvg) only if the image is needed. The image contains the hash of its drawing, so that a
//! later build can reuse it. The fonts are part of the program and have Latin and Cyrillic letters,
//! including those of Mongolian; a page with other letters has no card. This module does not know
//! about templates or views.

mod fonts;
mod png;

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use ttf_parser::Face;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::hash::ContentHash;
use crate::html::escape;
use crate::language::Language;
use crate::model::{ActionPlan, Commitment, Finding, PlanPart, Portal, Standing, Tally, Text};
use crate::problems;
use crate::route::Route;
use crate::source::{Passage, Span};
use crate::unicode;
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
const VERSION: u64 = 3;

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

/// What a card shows.
#[derive(Debug)]
pub struct Card<'a> {
    /// The title of the portal.
    site: &'a str,
    /// The action plan; empty if the portal has only one, except on the card of the home page.
    plan: &'a str,
    title: String,
    /// `None` if the agency leads no commitment.
    figure: Option<Figure<'a>>,
}

#[derive(Debug)]
enum Figure<'a> {
    Level {
        standing: Standing,
        label: &'a str,
        number: &'a str,
        /// The source of the level, and the levels that other assessors give.
        sources: Vec<String>,
    },
    Bar {
        tally: Tally,
        claim: String,
    },
}

impl<'a> Card<'a> {
    /// The card of the home page, an agency or a commitment. Returns `None` for other pages, and if
    /// the font lacks a character of the card.
    pub fn new(route: &Route, portal: &'a Portal, language: &'a Language) -> Option<Self> {
        let card = match route {
            Route::Home => {
                let newest = portal.newest_plan();
                let title = language.message("home_title", &[]);
                let card = Card::with_bar(title, newest, portal, language);
                Card { plan: newest.map_or("", |part| plan_title(part.plan, language)), ..card }
            }
            Route::Agency(id) => {
                let title = language.localized(&portal.agency(id)?.name).0.to_owned();
                Card::with_bar(title, portal.led_by(id).by_plan().next(), portal, language)
            }
            Route::Commitment(id) => Card::with_level(portal.commitment(id)?, portal, language),
            _ => return None,
        };
        let is_complete = card.texts().into_iter().all(|text| missing(text).is_none());
        is_complete.then_some(card)
    }

    fn with_bar(
        title: String,
        part: Option<PlanPart<'a>>,
        portal: &'a Portal,
        language: &'a Language,
    ) -> Self {
        let several = portal.has_several_plans();
        let plan = part.filter(|_| several).map_or("", |part| plan_title(part.plan, language));
        let bar = |finding: Finding<'_>| Figure::Bar {
            tally: finding.tally,
            claim: language.claim(&finding),
        };
        let finding = part.map(|part| part.commitments.finding(&portal.site.headline));
        Card { site: site_title(portal, language), plan, title, figure: finding.map(bar) }
    }

    fn with_level(commitment: &'a Commitment, portal: &'a Portal, language: &'a Language) -> Self {
        let headline = &portal.site.headline;
        let assessment = commitment.newest_assessment(headline);
        let assessment = assessment.filter(|_| !commitment.is_dropped());
        let source = assessment.map(|assessment| language.source_of(assessment));
        let others = language.other_levels(commitment, headline);
        let several = portal.has_several_plans();
        Card {
            site: site_title(portal, language),
            plan: if several { plan_title(&commitment.plan, language) } else { "" },
            title: language.localized(&commitment.title).0.to_owned(),
            figure: Some(Figure::Level {
                standing: commitment.standing,
                label: language.standing(commitment.standing),
                number: commitment.id.number(),
                sources: source.into_iter().chain(others).collect(),
            }),
        }
    }

    /// The texts that a card cannot do without.
    fn texts(&self) -> Vec<&str> {
        let mut texts = vec![self.title.as_str()];
        match &self.figure {
            Some(Figure::Level { label, number, sources, .. }) => {
                texts.extend([label, number]);
                texts.extend(sources.iter().map(String::as_str));
            }
            Some(Figure::Bar { claim, .. }) => texts.push(claim),
            None => {}
        }
        texts
    }

    pub fn draw(&self) -> Drawing {
        let mut svg = start_svg();
        // The picture also makes sense without these lines.
        for (line, y, size) in [(self.site, 66.0, 30.0), (self.plan, 106.0, 28.0)] {
            if missing(line).is_none() {
                svg.push_str(&text(&ellipsize(line, size), y, size, 400, GREY));
            }
        }
        write_title(&mut svg, &self.title);
        match &self.figure {
            Some(Figure::Level { standing, label, number, sources }) => {
                write_level(&mut svg, *standing, label, number);
                write_sources(&mut svg, sources);
            }
            Some(Figure::Bar { tally, claim }) => write_bar(&mut svg, tally, claim),
            None => {}
        }
        svg.push_str("</svg>");
        Drawing(svg)
    }
}

fn plan_title<'a>(plan: &'a ActionPlan, language: &'a Language) -> &'a str {
    language.localized(&plan.title).0
}

fn site_title<'a>(portal: &'a Portal, language: &'a Language) -> &'a str {
    language.localized(&portal.site.title).0
}

/// The first character of a text that the font lacks.
fn missing(text: &str) -> Option<char> {
    let is_missing =
        |character: &char| !character.is_whitespace() && FACE.glyph_index(*character).is_none();
    text.chars().find(is_missing)
}

/// Warns about languages and titles that cards cannot show, and about titles that do not fit on
/// their card. `languages` are those of the portal, each with its place in the settings.
pub fn check_all(
    portal: &Portal,
    languages: &[(Arc<Language>, Span)],
    diagnostics: &mut Diagnostics,
) {
    let commitments = portal.commitments.iter().map(|commitment| &commitment.title);
    let agencies = portal.agencies.iter().map(|agency| &agency.name);
    let titles: Vec<&Text> = commitments.chain(agencies).collect();
    for (language, span) in languages {
        let words = Standing::ALL.map(|standing| language.standing(standing)).join(" ");
        if let Some(character) = missing(&words) {
            diagnostics.add(problems::no_cards_in(*span, &language.code, character));
            continue;
        }
        for passage in titles.iter().filter_map(|title| title.passage_in(&language.code)) {
            diagnostics.extend(title_problem(passage));
        }
    }
}

fn title_problem(passage: &Passage) -> Option<Diagnostic> {
    let title = passage.text.trim();
    match missing(title) {
        // An error of the text itself.
        Some(character) if unicode::has_no_glyph(character) => None,
        Some(character) => {
            let start = passage.text.find(character)?;
            let span = passage.span_of(start..start + character.len_utf8());
            Some(problems::title_without_card(span, character))
        }
        None if title.len() > ALWAYS_FITS && fit_title(title).is_none() => {
            Some(problems::title_too_long(passage.span, title.chars().count()))
        }
        None => None,
    }
}

const GREY: &str = "#4f5a63";

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(BOLD, 0).expect("a font of the program"));

fn start_svg() -> String {
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
    )
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
        let mut lines = wrap(title, size, max_lines);
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
        let lines = wrap(title, size, max_lines);
        let fits = lines.len() <= max_lines
            && lines.iter().all(|line| width(line, size) <= MAX_LINE_WIDTH);
        fits.then_some((size, lines))
    })
}

/// Splits a text into lines, between words. Ends with the first line after `max_lines`: a title can have
/// any length.
fn wrap(text: &str, size: f32, max_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if lines.len() > max_lines {
            break;
        }
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
    let max_units = MAX_LINE_WIDTH * f32::from(FACE.units_per_em()) / size;
    let mut units = advance('…');
    let fits = |character: &char| {
        units += advance(*character);
        units as f32 <= max_units
    };
    text.chars().take_while(fits).collect::<String>().trim_end().to_owned() + "…"
}

/// The width of a character, in units of the font.
fn advance(character: char) -> u32 {
    let glyph = FACE.glyph_index(character);
    glyph.and_then(|glyph| FACE.glyph_hor_advance(glyph)).unwrap_or(1000).into()
}

/// The width of a text in bold letters, in pixels.
fn width(text: &str, size: f32) -> f32 {
    let units: u32 = text.chars().map(advance).sum();
    units as f32 * size / f32::from(FACE.units_per_em())
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
        Standing::Withdrawn | Standing::Merged => "url(#crosses)",
    }
}

fn stroke(standing: Standing) -> &'static str {
    match standing {
        Standing::NotStarted => "#1b2126",
        Standing::NoEvidence | Standing::NotReported | Standing::Withdrawn | Standing::Merged => {
            "#6b7278"
        }
        other => fill(other),
    }
}

/// Writes a box that is filled according to the level, the level in words, and the commitment's
/// number.
fn write_level(svg: &mut String, standing: Standing, label: &str, number: &str) {
    let (x, y, side) = (MARGIN, 424, 72);
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

/// Writes the source of the level, and on the next line the levels that other assessors give.
fn write_sources(svg: &mut String, sources: &[String]) {
    let (size, mut y) = (30.0, 542.0);
    if let Some((source, dissent)) = sources.split_first() {
        for line in [source.clone(), dissent.join(" · ")] {
            svg.push_str(&text(&ellipsize(&line, size), y, size, 400, GREY));
            y += 44.0;
        }
    }
}

/// Writes the bar of all standings, and a sentence of at most two lines that says what it shows.
fn write_bar(svg: &mut String, tally: &Tally, claim: &str) {
    let (width, height, y) = (WIDTH - 2 * MARGIN, 56, HEIGHT - 110);
    let size = 34.0;
    let mut lines = wrap(claim, size, 2);
    if lines.len() > 2 {
        let rest = lines.split_off(1).join(" ");
        lines.push(ellipsize(&rest, size));
    }
    for (line, above) in lines.iter().rev().zip([24.0, 66.0]) {
        svg.push_str(&text(line, y as f32 - above, size, 700, "#1b2126"));
    }
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
        assert_eq!(missing("Өргөн чөлөө, үзүүр № 5 – 100 ₮ «Ил тод»"), None);
        assert_eq!(missing("№ 工作"), Some('工'));
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
