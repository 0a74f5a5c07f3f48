//! Splits a line into segments that each have one font and one direction, from left to right, and
//! measures them. Letters are shaped as in the image: Arabic letters join, and marks take no space.

use std::sync::Arc;

use harfrust::{Direction, FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use resvg::usvg::fontdb::{Family, Query, Weight};
use unicode_bidi::{BidiInfo, Level};

use super::fonts::Fonts;

/// A part of a line in one font and one direction.
pub(super) struct Segment<'t> {
    pub text: &'t str,
    pub family: Arc<str>,
    pub is_right_to_left: bool,
}

/// The segments of a line in the order in which they are drawn. `level` is the direction of the whole
/// text.
pub(super) fn segments<'t>(line: &'t str, level: Level, fonts: &Fonts) -> Vec<Segment<'t>> {
    let bidi = BidiInfo::new(line, Some(level));
    let Some(paragraph) = bidi.paragraphs.first() else { return Vec::new() };
    let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
    let in_run = |run: std::ops::Range<usize>| {
        let is_right_to_left = levels[run.start].is_rtl();
        let segments = fonts.runs(&line[run]).into_iter().flat_map(|(family, text)| {
            let segment =
                move |text| Segment { text, family: Arc::clone(&family), is_right_to_left };
            spaces_apart(text).into_iter().map(segment)
        });
        let mut segments: Vec<_> = segments.collect();
        if is_right_to_left {
            segments.reverse();
        }
        segments
    };
    runs.into_iter().flat_map(in_run).collect()
}

/// Splits off the spaces at the start and the end: SVG would drop or move them.
fn spaces_apart(text: &str) -> Vec<&str> {
    let rest = text.trim_start();
    let (start, rest) = text.split_at(text.len() - rest.len());
    let (inside, end) = rest.split_at(rest.trim_end().len());
    [start, inside, end].into_iter().filter(|part| !part.is_empty()).collect()
}

impl Segment<'_> {
    /// The width in pixels.
    pub(super) fn width(&self, size: f32, weight: u16, fonts: &Fonts) -> f32 {
        let query = Query {
            families: &[Family::Name(&self.family)],
            weight: Weight(weight),
            ..Query::default()
        };
        let measure = |data: &[u8], index| {
            let font = FontRef::from_index(data, index).ok()?;
            let shaper_data = ShaperData::new(&font);
            let shaper = shaper_data.shaper(&font).build();
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(self.text);
            buffer.set_direction(match self.is_right_to_left {
                true => Direction::RightToLeft,
                false => Direction::LeftToRight,
            });
            buffer.guess_segment_properties();
            let glyphs = shaper.shape(buffer, ShapeOptions::new());
            let units: i32 = glyphs.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
            Some(units as f32 * size / shaper.units_per_em() as f32)
        };
        let face = fonts.database.query(&query);
        let width = face.and_then(|face| fonts.database.with_face_data(face, measure));
        width.flatten().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_in_the_order_of_the_picture() {
        let fonts = Fonts::built_in();
        let in_order = |line: &str, level: Level| {
            let segments = segments(line, level, &fonts);
            segments.iter().map(|segment| segment.text.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(in_order("Publish 2014–2015.", Level::ltr()), ["Publish 2014–2015."]);
        assert_eq!(in_order("الخطة (Plan).", Level::rtl()), [").", "Plan", "الخطة ("]);
        assert_eq!(in_order("Plan: الخطة.", Level::ltr()), ["Plan:", " ", "الخطة", "."]);
        assert_eq!(in_order("", Level::ltr()), [""; 0]);
    }

    #[test]
    fn a_segment_is_as_wide_as_its_letters() {
        let fonts = Fonts::built_in();
        let segment = &segments("nnnn", Level::ltr(), &fonts)[0];
        let width = segment.width(40.0, 700, &fonts);
        assert!((width - fonts.width("nnnn", 40.0)).abs() < 0.1, "{width}");
        assert!(segment.width(40.0, 400, &fonts) < width);
    }
}
