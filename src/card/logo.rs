//! The logo of the portal: an SVG or PNG file of the site, which strangers may have made.
//!
//! An SVG file is published as it is, so it must not run or load anything, and it is drawn on cards, so
//! drawing it must not take long: it consists of a limited number of plain shapes.

use std::io::Cursor;

use png::{Decoder, Limits, Transformations};
use resvg::tiny_skia::{FilterQuality, IntSize, Pixmap, PixmapPaint, Transform};
use resvg::usvg::roxmltree::{Document, Node, NodeType, ParsingOptions};
use resvg::usvg::{Group, ImageHrefResolver, Options, Tree};

use super::fonts::Fonts;
use crate::diagnostic::Diagnostics;
use crate::hash::ContentHash;
use crate::model::ROOT_FOLDER;
use crate::problems::{self, LogoFault};
use crate::source::{Sources, Spanned};

/// The largest size on a page and on a card, in pixels.
const PAGE_BOX: (f32, f32) = (288.0, 48.0);
const CARD_BOX: (f32, f32) = (320.0, 80.0);
/// The space above the logo on a card, in pixels.
const CARD_TOP: u32 = 40;

/// The largest width and height of a PNG file, in pixels.
const MAX_SIDE: u32 = 2048;
/// The largest number of XML nodes, of `use` elements, and of shapes including those within clips.
const MAX_NODES: u32 = 10_000;
const MAX_USES: usize = 10;
const MAX_SHAPES: u32 = 20_000;

/// The elements of SVG that a logo can have: those without scripts, links, images and effects.
const ELEMENTS: [&str; 22] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "metadata",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "title",
    "tspan",
];
const USE: &str = "use";
const SVG: &str = "http://www.w3.org/2000/svg";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// A valid logo.
#[derive(Debug)]
pub struct Logo {
    /// The path relative to `content/`.
    path: String,
    /// The width and height on a page, in pixels.
    pub size: (u32, u32),
    /// As cards show it.
    image: Pixmap,
    /// Identifies the file.
    pub(super) key: String,
}

impl Logo {
    /// Reads the logo. Reports why a file cannot be a logo; that it does not exist is reported elsewhere.
    pub fn read(
        path: &Spanned<String>,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let file = format!("content/{}", path.value);
        let content = sources.content(&file)?;
        let is_type = |ending: &str| path.value.to_ascii_lowercase().ends_with(ending);
        let image = match () {
            () if is_type(".svg") => svg_image(content),
            () if is_type(".png") => png_image(content),
            () => Err(LogoFault::Type),
        };
        let logo = image.map(|(image, size)| Logo {
            path: path.value.clone(),
            size: fit(size, PAGE_BOX),
            image,
            key: ContentHash::of(content).short(),
        });
        logo.map_err(|fault| {
            diagnostics.add(problems::unusable_logo(path.span, &path.value, fault))
        })
        .ok()
    }
}

impl Logo {
    /// Returns the path relative to the portal's root.
    pub fn output_path(&self) -> &str {
        self.path.strip_prefix(ROOT_FOLDER).unwrap_or(&self.path)
    }

    /// The width on a card, in pixels.
    pub(super) fn card_width(&self) -> u32 {
        self.image.width()
    }

    /// Draws the logo on a card, at the end of the first line: on the right, or on the left if the card is
    /// mirrored.
    pub(super) fn draw_on(&self, card: &mut Pixmap, margin: u32, is_mirrored: bool) {
        let x = if is_mirrored { margin } else { card.width() - margin - self.image.width() };
        let y = CARD_TOP + (CARD_BOX.1 as u32 - self.image.height()) / 2;
        let paint = PixmapPaint::default();
        card.draw_pixmap(
            x as i32,
            y as i32,
            self.image.as_ref(),
            &paint,
            Transform::identity(),
            None,
        );
    }
}

/// The largest size within a box that keeps the proportions.
fn fit((width, height): (f32, f32), (max_width, max_height): (f32, f32)) -> (u32, u32) {
    let scale = (max_width / width).min(max_height / height);
    let side = |length: f32| ((length * scale).round() as u32).max(1);
    (side(width), side(height))
}

type Image = (Pixmap, (f32, f32));

fn svg_image(content: &[u8]) -> Result<Image, LogoFault> {
    let text = std::str::from_utf8(content).map_err(|_| LogoFault::Damaged)?;
    let options =
        ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|_| LogoFault::Damaged)?;
    match document.descendants().filter_map(refused_part).next() {
        Some(part) => return Err(LogoFault::Part(part)),
        None if document.descendants().filter(|node| node.has_tag_name(USE)).count() > MAX_USES => {
            return Err(LogoFault::Complex);
        }
        None => {}
    }
    let options = Options {
        fontdb: Fonts::built_in().database,
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_xmltree(&document, &options).map_err(|_| LogoFault::Damaged)?;
    let mut remaining = MAX_SHAPES;
    if !is_simple(tree.root(), &mut remaining) {
        return Err(LogoFault::Complex);
    }
    let size = (tree.size().width(), tree.size().height());
    let (width, height) = fit(size, CARD_BOX);
    let mut image = Pixmap::new(width, height).ok_or(LogoFault::Damaged)?;
    let scale = Transform::from_scale(width as f32 / size.0, height as f32 / size.1);
    resvg::render(&tree, scale, &mut image.as_mut());
    Ok((image, size))
}

/// The element, attribute or instruction that a logo cannot have.
fn refused_part(node: Node<'_, '_>) -> Option<String> {
    if node.node_type() == NodeType::PI {
        return Some("<?xml-stylesheet?>".to_owned());
    }
    let tag = node.tag_name();
    let is_refused = match tag.namespace() {
        Some(SVG) => tag.name() != USE && !ELEMENTS.contains(&tag.name()),
        Some(XHTML) | None => node.is_element(),
        // Programs that draw keep their notes in elements of their own.
        Some(_) => false,
    };
    if is_refused {
        return Some(format!("<{}>", tag.name()));
    }
    let is_in_clip = node.ancestors().any(|node| node.has_tag_name("clipPath"));
    let is_style =
        node.is_text() && node.parent().is_some_and(|parent| parent.has_tag_name("style"));
    let style = node.text().filter(|_| is_style).unwrap_or_default();
    if style.contains("clip-path") || style.contains("mask") || can_load(style) {
        return Some("<style>".to_owned());
    }
    let is_refused = |name: &str, value: &str| {
        name.starts_with("on")
            || (name == "href" && !value.starts_with('#'))
            || name == "base"
            || (name == "style" && can_load(value))
            || has_outer_url(value)
            // Clips within clips take time that grows with the power of their depth.
            || ((name == "clip-path" || value.contains("clip-path")) && is_in_clip)
    };
    let refused =
        node.attributes().find(|attribute| is_refused(attribute.name(), attribute.value()));
    refused.map(|attribute| attribute.name().to_owned())
}

/// Whether declarations of CSS can load something: with an address, an at-rule, a function for images, or a
/// name that is written with escapes.
fn can_load(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    ["@", "\\", "src(", "image", "cross-fade"].iter().any(|part| style.contains(part))
        || has_outer_url(&style)
}

/// Whether a value contains an address that is not that of a part of the same file.
fn has_outer_url(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    // An escape can stand for a letter: `u\72l(`.
    let is_escaped = value.contains('\\') && value.contains('(');
    let mut addresses = value.split("url(").skip(1);
    is_escaped || addresses.any(|rest| !rest.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

/// Whether a group has no filters and at most `remaining` shapes, including those of its clips, each time
/// that they are drawn.
fn is_simple(group: &Group, remaining: &mut u32) -> bool {
    if !group.filters().is_empty() {
        return false;
    }
    group.children().iter().all(|node| {
        let Some(rest) = remaining.checked_sub(1) else { return false };
        *remaining = rest;
        let mut is_simple_inside = match node {
            resvg::usvg::Node::Group(group) => is_simple(group, remaining),
            // Dashes are many small shapes.
            resvg::usvg::Node::Path(path) => {
                path.stroke().is_none_or(|stroke| stroke.dasharray().is_none())
            }
            _ => true,
        };
        node.subroots(|root| is_simple_inside = is_simple_inside && is_simple(root, remaining));
        is_simple_inside
    })
}

fn png_image(content: &[u8]) -> Result<Image, LogoFault> {
    let bytes = (MAX_SIDE * MAX_SIDE * 8) as usize;
    let mut decoder = Decoder::new_with_limits(Cursor::new(content), Limits { bytes });
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(|_| LogoFault::Damaged)?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width.max(height) > MAX_SIDE {
        return Err(LogoFault::Pixels(MAX_SIDE));
    }
    let mut pixels = vec![0; reader.output_buffer_size().ok_or(LogoFault::Damaged)?];
    let frame = reader.next_frame(&mut pixels).map_err(|_| LogoFault::Damaged)?;
    let rgba: Vec<u8> = pixels[..frame.buffer_size()]
        .chunks_exact(frame.color_type.samples())
        .flat_map(|pixel| match *pixel {
            [grey, alpha] => premultiply([grey, grey, grey, alpha]),
            [red, green, blue, alpha] => premultiply([red, green, blue, alpha]),
            _ => unreachable!("the transformations give these two types"),
        })
        .collect();
    let size = IntSize::from_wh(width, height).ok_or(LogoFault::Damaged)?;
    let image = Pixmap::from_vec(rgba, size).ok_or(LogoFault::Damaged)?;
    let size = (width as f32, height as f32);
    Ok((shrink(image, fit(size, CARD_BOX)), size))
}

fn premultiply([red, green, blue, alpha]: [u8; 4]) -> [u8; 4] {
    let part = |colour: u8| (u16::from(colour) * u16::from(alpha) / 255) as u8;
    [part(red), part(green), part(blue), alpha]
}

/// Scales an image. Halves it first as often as possible, so that every pixel counts.
fn shrink(mut image: Pixmap, (width, height): (u32, u32)) -> Pixmap {
    loop {
        let next = match (image.width() / 2, image.height() / 2) {
            half if half.0 > width && half.1 > height => half,
            _ => (width, height),
        };
        let mut scaled = Pixmap::new(next.0, next.1).expect("neither side is zero");
        let (x, y) = (next.0 as f32 / image.width() as f32, next.1 as f32 / image.height() as f32);
        let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
        scaled.draw_pixmap(0, 0, image.as_ref(), &paint, Transform::from_scale(x, y), None);
        if next == (width, height) {
            return scaled;
        }
        image = scaled;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(content: &str) -> Result<(u32, u32), LogoFault> {
        let text = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="10">{content}</svg>"#
        );
        svg_image(text.as_bytes()).map(|(image, _)| (image.width(), image.height()))
    }

    #[test]
    fn a_logo_of_plain_shapes_is_drawn_to_fit() {
        assert_eq!(svg(r#"<rect width="20" height="10" fill="red"/>"#), Ok((160, 80)));
        assert_eq!(fit((1000.0, 10.0), PAGE_BOX), (288, 3));
        let styles = r##"<style>.a{fill:url("#b");stroke:#fff}</style><path class="a" style="fill:url(#b)" fill="url( '#b')" d="M0 0h9"/>"##;
        assert!(svg(styles).is_ok());
        let notes = r#"<metadata><rdf:RDF xmlns:rdf="urn:rdf"/></metadata><path d="M0 0h9"/>"#;
        assert!(svg(notes).is_ok());
    }

    #[test]
    fn a_logo_runs_and_loads_nothing() {
        for (content, part) in [
            ("<script>alert(1)</script>", "<script>"),
            (r#"<rect onclick="alert(1)"/>"#, "onclick"),
            (r#"<a href="javascript:alert(1)"/>"#, "<a>"),
            (r#"<use href="other.svg#a"/>"#, "href"),
            (r#"<use xlink:href="https://other.example/a.svg#a"/>"#, "href"),
            (r#"<image href="/etc/passwd"/>"#, "<image>"),
            ("<foreignObject/>", "<foreignObject>"),
            (r#"<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>"#, "<script>"),
            (r#"<set attributeName="href"/>"#, "<set>"),
            ("<?xml-stylesheet href='a.xsl'?>", "<?xml-stylesheet?>"),
            ("<style>@import url(\"https://other.example/a.css\")</style>", "<style>"),
            ("<style>/**/<!-- -->@import 'https://other.example/a.css'</style>", "<style>"),
            ("<style><![CDATA[rect{background:image-set('a.png' 1x)}]]></style>", "<style>"),
            ("<style>rect{background:u\\72l(a.png)}</style>", "<style>"),
            (r#"<rect style="background:URL(https://other.example/a.gif)"/>"#, "style"),
            (r#"<rect style="background:src('a.gif')"/>"#, "style"),
            (r#"<rect fill="url( 'https://other.example/a.svg#b')"/>"#, "fill"),
            (r#"<rect fill="u\72l(https://other.example/a.svg#b)"/>"#, "fill"),
            (r##"<g xml:base="https://other.example/"><use href="#a"/></g>"##, "base"),
        ] {
            assert_eq!(svg(content), Err(LogoFault::Part(part.to_owned())), "{content}");
        }
    }

    #[test]
    fn a_logo_that_takes_long_to_draw_is_refused() {
        let level = |n: usize| {
            let inside = format!(r##"<use href="#g{}"/>"##, n + 1).repeat(10);
            format!(r#"<g id="g{n}">{inside}</g>"#)
        };
        let uses: String = (0..9).map(level).collect();
        assert_eq!(svg(&uses), Err(LogoFault::Complex));
        let clips = r##"<clipPath id="a"><path clip-path="url(#b)" d="M0 0h9"/></clipPath>"##;
        assert_eq!(svg(clips), Err(LogoFault::Part("clip-path".to_owned())));
        assert_eq!(svg("<mask/>"), Err(LogoFault::Part("<mask>".to_owned())));
        let blur = r#"<rect style="filter: blur(9999px)" width="9" height="9"/>"#;
        assert_eq!(svg(blur), Err(LogoFault::Complex));
        let dashes = r#"<path d="M0 0h9" stroke="red" stroke-dasharray="0.0001"/>"#;
        assert_eq!(svg(dashes), Err(LogoFault::Complex));
        assert_eq!(svg("<g>"), Err(LogoFault::Damaged));
        assert!(matches!(png_image(b"\x89PNG\r\n\x1a\n\0\0"), Err(LogoFault::Damaged)));
    }
}
