//! Share images (cards): the picture that other sites show with a link to a page. It is 1200 by 630
//! pixels and has the title, and the level or the bar with its source. In a language that is written from
//! right to left, it is mirrored.
//!
//! A card is first composed as a drawing (SVG), which takes almost no time, and converted to an
//! image (resvg) only if the image is needed. The image contains the hash of its drawing, so that a
//! later build can reuse it. A page with letters that no font has has no card. This module does not know
//! about templates or views.

mod fonts;
mod lines;
mod logo;
mod png;
mod segments;

use std::fmt::Write;
use std::sync::Arc;

use resvg::tiny_skia::Pixmap;
use unicode_bidi::Level;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::hash::ContentHash;
use crate::html::escape;
use crate::language::Language;
use crate::model::{
    ActionPlan, Colour, Commitment, Finding, PlanPart, Portal, Standing, Tally, Text,
};
use crate::problems;
use crate::route::{self, Route};
use crate::source::{Passage, Sources, Span};
use crate::unicode;
pub use fonts::FontSources;
use fonts::Fonts;
use lines::{cut_title, ellipsize, fit_title, wrap};
pub use logo::Logo;
use segments::{Segment, segments};

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;
/// The empty space on each side, in pixels.
const MARGIN: u32 = 72;
/// In pixels.
const MAX_LINE_WIDTH: f32 = (WIDTH - 2 * MARGIN) as f32;

/// A title up to this length in bytes fits in the smallest size, even in the widest letters.
const ALWAYS_FITS: usize = 120;

/// Increase this when the same drawing gives a different image, so that builds draw all cards
/// again.
const VERSION: u64 = 4;

/// What all cards of a portal have in common.
#[derive(Debug)]
pub struct CardDesign {
    pub logo: Option<Logo>,
    /// The colour of the line at the top.
    accent: Colour,
    fonts: Fonts,
}

/// The colour of the line at the top if the site has none.
const ACCENT: Colour = Colour([0x0b, 0x23, 0x40]);

impl CardDesign {
    pub fn new(logo: Option<Logo>, accent: Option<Colour>) -> Self {
        CardDesign { logo, accent: accent.unwrap_or(ACCENT), fonts: Fonts::built_in() }
    }

    /// Chooses the fonts for all cards of a portal. Reports files of `fonts/` that are not fonts.
    pub fn choose_fonts(
        &mut self,
        portal: &Portal,
        languages: &[Arc<Language>],
        sources: &Sources,
        from: FontSources,
        diagnostics: &mut Diagnostics,
    ) {
        let ids = portal.ids();
        let cards = languages.iter().flat_map(|language| {
            let cards =
                route::all(&ids).filter_map(|route| Card::compose(&route, portal, language));
            cards.map(|card| card.letters()).chain([words(language)])
        });
        let letters: Vec<String> = cards.collect();
        let letters = letters.iter().flat_map(|letters| letters.chars());
        self.fonts = Fonts::choose(letters, sources, from, diagnostics);
    }
}

/// A card as SVG, before it becomes an image.
#[derive(Debug)]
pub struct Drawing<'a> {
    svg: String,
    design: &'a CardDesign,
    is_mirrored: bool,
}

impl Drawing<'_> {
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// Identifies the drawing and the version of the conversion to an image.
    fn cache_key(&self) -> String {
        let CardDesign { logo, fonts, .. } = self.design;
        let logo = logo.as_ref().map_or("", |logo| logo.key.as_str());
        let all = format!("{VERSION}\n{}\n{logo}\n{}", self.svg, fonts.key);
        ContentHash::of(all.as_bytes()).short()
    }

    fn draw(&self) -> Pixmap {
        let mut image = png::rasterize(&self.svg, &self.design.fonts);
        if let Some(logo) = &self.design.logo {
            logo.draw_on(&mut image, MARGIN, self.is_mirrored);
        }
        image
    }
}

/// Converts a drawing to PNG, or returns `previous`, the image of an earlier build, if it shows the
/// same drawing. The same drawing always gives the same bytes.
pub fn png(drawing: &Drawing<'_>, previous: Option<Vec<u8>>) -> Vec<u8> {
    let key = drawing.cache_key();
    match previous.filter(|image| png::has_key(image, &key)) {
        Some(image) => image,
        None => png::encode(&drawing.draw(), &key),
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
    /// Whether the language is written from right to left.
    is_mirrored: bool,
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
    /// the fonts lack a character of the card.
    pub fn new(
        route: &Route,
        portal: &'a Portal,
        language: &'a Language,
        design: &CardDesign,
    ) -> Option<Self> {
        let card = Card::compose(route, portal, language)?;
        let is_complete = |text: &str| design.fonts.missing(text).is_empty();
        card.texts().into_iter().all(is_complete).then_some(card)
    }

    fn compose(route: &Route, portal: &'a Portal, language: &'a Language) -> Option<Self> {
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
        Some(Card { is_mirrored: language.direction == "rtl", ..card })
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
            claim: without_isolates(&language.claim(&finding)),
        };
        let finding = part.map(|part| part.commitments.finding(&portal.site.headline));
        let figure = finding.map(bar);
        Card { site: site_title(portal, language), plan, title, figure, is_mirrored: false }
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
                sources: source
                    .into_iter()
                    .chain(others)
                    .map(|text| without_isolates(&text))
                    .collect(),
            }),
            is_mirrored: false,
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

    /// All texts in one.
    fn letters(&self) -> String {
        [&[self.site, self.plan], &self.texts()[..]].concat().concat()
    }

    pub fn draw<'d>(&self, design: &'d CardDesign) -> Drawing<'d> {
        let logo_width = design.logo.as_ref().map_or(0, |logo| logo.card_width() + 24) as f32;
        let fonts = &design.fonts;
        let mut canvas =
            Canvas { svg: start_svg(design.accent), fonts, is_mirrored: self.is_mirrored };
        // The picture also makes sense without these lines.
        for (line, y, size) in [(self.site, 66.0, 30.0), (self.plan, 106.0, 28.0)] {
            if fonts.missing(line).is_empty() {
                let line = ellipsize(line, size, MAX_LINE_WIDTH - logo_width, fonts);
                canvas.line(&line, &line, y, LineStyle { size, weight: 400, colour: GREY });
            }
        }
        canvas.title(&self.title);
        match &self.figure {
            Some(Figure::Level { standing, label, number, sources }) => {
                canvas.level(*standing, label, number);
                canvas.sources(sources);
            }
            Some(Figure::Bar { tally, claim }) => canvas.bar(tally, claim),
            None => {}
        }
        Drawing { svg: canvas.svg + "</svg>", design, is_mirrored: self.is_mirrored }
    }
}

/// A sentence without the marks that isolate names (see [`Language::isolated`]): the segments of a line have
/// their own directions, and spaces at their ends must be apart.
fn without_isolates(sentence: &str) -> String {
    sentence.replace(['\u{2067}', '\u{2068}', '\u{2069}'], "")
}

fn plan_title<'a>(plan: &'a ActionPlan, language: &'a Language) -> &'a str {
    language.localized(&plan.title).0
}

fn site_title<'a>(portal: &'a Portal, language: &'a Language) -> &'a str {
    language.localized(&portal.site.title).0
}

/// The texts of all levels.
fn words(language: &Language) -> String {
    Standing::ALL.map(|standing| language.standing(standing)).join(" ")
}

/// Warns about languages and titles that cards cannot show, and about titles that do not fit on
/// their card. `languages` are those of the portal, each with its place in the settings.
pub fn check_all(
    portal: &Portal,
    languages: &[(Arc<Language>, Span)],
    design: &CardDesign,
    diagnostics: &mut Diagnostics,
) {
    let commitments = portal.commitments.iter().map(|commitment| &commitment.title);
    let agencies = portal.agencies.iter().map(|agency| &agency.name);
    let titles: Vec<&Text> = commitments.chain(agencies).collect();
    for (language, span) in languages {
        let missing = design.fonts.missing(&words(language));
        if !missing.is_empty() {
            diagnostics.add(problems::no_cards_in(*span, &language.code, &missing));
            continue;
        }
        for passage in titles.iter().filter_map(|title| title.passage_in(&language.code)) {
            diagnostics.extend(title_problem(passage, &design.fonts));
        }
    }
}

fn title_problem(passage: &Passage, fonts: &Fonts) -> Option<Diagnostic> {
    let title = passage.text.trim();
    let missing = fonts.missing(title);
    match missing.first() {
        // An error of the text itself.
        Some(character) if unicode::has_no_glyph(*character) => None,
        Some(character) => {
            let start = passage.text.find(*character)?;
            let span = passage.span_of(start..start + character.len_utf8());
            Some(problems::title_without_card(span, &missing))
        }
        None if title.len() > ALWAYS_FITS && fit_title(title, MAX_LINE_WIDTH, fonts).is_none() => {
            Some(problems::title_too_long(passage.span, title.chars().count()))
        }
        None => None,
    }
}

const BLACK: &str = "#1b2126";
const GREY: &str = "#4f5a63";

fn start_svg(accent: Colour) -> String {
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
            r##"<path fill="{accent}" d="M0 0h{width}v16H0z"/>"##,
        ),
        accent = accent,
        width = WIDTH,
        height = HEIGHT
    )
}

/// The fill of a standing: a colour, or a pattern of the drawing.
fn fill(standing: Standing) -> &'static str {
    match standing {
        Standing::Completed => "#0b2340",
        Standing::Substantial => "#2f5aa8",
        Standing::Limited => "#85aee0",
        Standing::NotStarted => "#ffffff",
        Standing::NoEvidence => "url(#dots)",
        Standing::NotReported => "url(#lines)",
        Standing::Withdrawn | Standing::Merged => "url(#crosses)",
    }
}

fn stroke(standing: Standing) -> &'static str {
    match standing {
        Standing::NoEvidence | Standing::NotReported | Standing::Withdrawn | Standing::Merged => {
            "#6b7278"
        }
        _ => "#1b2126",
    }
}

/// A drawing in progress.
struct Canvas<'f> {
    svg: String,
    fonts: &'f Fonts,
    /// Whether the right side is where lines start.
    is_mirrored: bool,
}

/// Start and end a text that runs from right to left (Unicode Standard Annex 9).
const RIGHT_TO_LEFT: (char, char) = ('\u{202b}', '\u{202c}');

/// The side of a line that is at a position.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// How a line looks.
#[derive(Clone, Copy)]
struct LineStyle {
    /// In pixels.
    size: f32,
    weight: u16,
    colour: &'static str,
}

impl Canvas<'_> {
    /// Writes a line at the start of lines. `whole` is the text that the line is a part of: its first
    /// letter decides about the direction.
    fn line(&mut self, line: &str, whole: &str, y: f32, style: LineStyle) {
        let (x, side) = self.start(MARGIN);
        self.text(line, whole, (x, y), side, style);
    }

    /// The position that is `x` pixels from where lines start, and the side of a line that starts there.
    fn start(&self, x: u32) -> (f32, Side) {
        match self.is_mirrored {
            true => ((WIDTH - x) as f32, Side::Right),
            false => (x as f32, Side::Left),
        }
    }

    fn text(&mut self, line: &str, whole: &str, at: (f32, f32), side: Side, style: LineStyle) {
        let level = if unicode::is_right_to_left(whole) { Level::rtl() } else { Level::ltr() };
        let segments = segments(line, level, self.fonts);
        if let [only] = &segments[..] {
            return self.segment(only, at, side, style);
        }
        let widths: Vec<f32> = segments
            .iter()
            .map(|segment| segment.width(style.size, style.weight, self.fonts))
            .collect();
        let (mut x, y) = at;
        if side == Side::Right {
            x -= widths.iter().sum::<f32>();
        }
        for (segment, width) in segments.iter().zip(widths) {
            self.segment(segment, (x, y), Side::Left, style);
            x += width;
        }
    }

    fn segment(&mut self, segment: &Segment<'_>, (x, y): (f32, f32), side: Side, style: LineStyle) {
        if segment.text.trim().is_empty() {
            return;
        }
        let LineStyle { size, weight, colour } = style;
        let anchor = if side == Side::Right { r#" text-anchor="end""# } else { "" };
        let _ = write!(
            self.svg,
            r#"<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}"{anchor}"#,
        );
        if segment.family != self.fonts.family {
            let _ = write!(self.svg, r#" font-family="{}""#, segment.family);
        }
        let text = escape(segment.text);
        let _ = match segment.is_right_to_left {
            true => write!(self.svg, ">{}{text}{}</text>", RIGHT_TO_LEFT.0, RIGHT_TO_LEFT.1),
            false => write!(self.svg, ">{text}</text>"),
        };
    }

    /// The left side of a box that is `x` pixels from where lines start.
    fn left(&self, x: u32, width: u32) -> u32 {
        if self.is_mirrored { WIDTH - x - width } else { x }
    }

    /// Writes the title in the largest size that fits. A title that does not fit ends with `…`;
    /// [`check_all`] warns about it.
    fn title(&mut self, title: &str) {
        let (size, lines) = fit_title(title, MAX_LINE_WIDTH, self.fonts)
            .unwrap_or_else(|| cut_title(title, MAX_LINE_WIDTH, self.fonts));
        for (number, line) in (1_u8..).zip(lines) {
            let y = 110.0 + f32::from(number) * size * 1.25;
            self.line(&line, title, y, LineStyle { size, weight: 700, colour: BLACK });
        }
    }

    /// Writes a box that is filled according to the level, the level in words, and the commitment's
    /// number.
    fn level(&mut self, standing: Standing, label: &str, number: &str) {
        let (y, side) = (424, 72);
        let filled = match standing {
            Standing::Limited => side / 3,
            Standing::Substantial => side * 2 / 3,
            _ => side,
        };
        let stroke = if standing.level().is_some() { "#1b2126" } else { stroke(standing) };
        let _ = write!(
            self.svg,
            concat!(
                r#"<rect x="{filled_x}" y="{y}" width="{filled}" height="{side}" fill="{fill}"/>"#,
                r#"<rect x="{x}" y="{y}" width="{side}" height="{side}" fill="none" stroke="{stroke}" stroke-width="6"/>"#,
            ),
            x = self.left(MARGIN, side),
            y = y,
            side = side,
            filled_x = self.left(MARGIN, filled),
            filled = filled,
            fill = fill(standing),
            stroke = stroke,
        );
        let base = (y + 54) as f32;
        let (x, start) = self.start(MARGIN + side + 28);
        let style = LineStyle { size: 52.0, weight: 700, colour: BLACK };
        self.text(label, label, (x, base), start, style);
        let (x, _) = self.start(WIDTH - MARGIN);
        let end = if start == Side::Left { Side::Right } else { Side::Left };
        let style = LineStyle { size: 36.0, weight: 400, colour: GREY };
        self.text(number, number, (x, base), end, style);
    }

    /// Writes the source of the level, and on the next line the levels that other assessors give.
    fn sources(&mut self, sources: &[String]) {
        let (size, mut y) = (30.0, 542.0);
        if let Some((source, dissent)) = sources.split_first() {
            for line in [source.clone(), dissent.join(" · ")] {
                let short = ellipsize(&line, size, MAX_LINE_WIDTH, self.fonts);
                self.line(&short, &line, y, LineStyle { size, weight: 400, colour: GREY });
                y += 44.0;
            }
        }
    }

    /// Writes the bar of all standings, and a sentence of at most two lines that says what it shows.
    fn bar(&mut self, tally: &Tally, claim: &str) {
        let (width, height, y) = (WIDTH - 2 * MARGIN, 56, HEIGHT - 110);
        let size = 34.0;
        let mut lines = wrap(claim, size, MAX_LINE_WIDTH, 2, self.fonts);
        if lines.len() > 2 {
            let rest = lines.split_off(1).join(" ");
            lines.push(ellipsize(&rest, size, MAX_LINE_WIDTH, self.fonts));
        }
        for (line, above) in lines.iter().rev().zip([24.0, 66.0]) {
            let style = LineStyle { size, weight: 700, colour: BLACK };
            self.line(line, claim, y as f32 - above, style);
        }
        let total = tally.total() as u32;
        let mut before = 0;
        for (standing, count) in tally.iter().filter(|(_, count)| *count > 0) {
            let count = count as u32;
            let (start, end) = (width * before / total, width * (before + count) / total);
            let width = (end - start).saturating_sub(8).max(1);
            let _ = write!(
                self.svg,
                concat!(
                    r#"<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="4"/>"#,
                ),
                self.left(MARGIN + start + 4, width),
                y,
                width,
                height,
                fill(standing),
                stroke(standing),
            );
            before += count;
        }
    }
}
