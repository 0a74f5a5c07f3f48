//! Converts drawings (SVG) to images (PNG), and recognises the images of earlier builds.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::Arc;

use png::{BitDepth, ColorType, Compression, Decoder, Encoder};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8, Transform};
use resvg::usvg::{FontResolver, Options, Tree};

use super::fonts::Fonts;

/// The keyword of the text chunk that contains the cache key (PNG, 11.3.3).
const KEYWORD: &str = "Source";

/// Draws an SVG at its own size.
pub(super) fn rasterize(svg: &str, fonts: &Fonts) -> Pixmap {
    let options = Options {
        fontdb: Arc::clone(&fonts.database),
        font_family: fonts.family.to_string(),
        font_resolver: FontResolver {
            // The drawing names the font of each letter.
            select_fallback: Box::new(|_, _, _| None),
            ..FontResolver::default()
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).expect("Milepost wrote the drawing");
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).expect("the size is not zero");
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels
}

/// Encodes an image with a palette. `key` identifies the drawing.
pub(super) fn encode(pixels: &Pixmap, key: &str) -> Vec<u8> {
    const IN_MEMORY: &str = "writing to memory does not fail";
    let (palette, indices) = reduce_colours(pixels);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(Compression::Fast);
    encoder.add_text_chunk(KEYWORD.to_owned(), key.to_owned()).expect("the text is short");
    let mut writer = encoder.write_header().expect(IN_MEMORY);
    writer.write_image_data(&indices).expect(IN_MEMORY);
    drop(writer);
    bytes
}

/// Whether an image is complete, undamaged, and has this key.
pub(super) fn has_key(image: &[u8], key: &str) -> bool {
    let decoder = Decoder::new(Cursor::new(image));
    let Ok(mut reader) = decoder.read_info() else { return false };
    let texts = &reader.info().uncompressed_latin1_text;
    let has_key = texts.iter().any(|text| text.keyword == KEYWORD && text.text == key);
    let Some(size) = reader.output_buffer_size().filter(|_| has_key) else { return false };
    // Reading to the end verifies the checksums.
    reader.next_frame(&mut vec![0; size]).is_ok() && reader.finish().is_ok()
}

/// A palette of at most 256 colours, and for each pixel an index into it. The palette has the most
/// frequent colours; every other colour becomes the nearest of them.
fn reduce_colours(pixels: &Pixmap) -> (Vec<u8>, Vec<u8>) {
    let runs = || pixels.pixels().chunk_by(|a, b| a == b);
    let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
    for run in runs() {
        *counts.entry(rgb(run[0])).or_default() += run.len();
    }
    let mut by_count: Vec<([u8; 3], usize)> = counts.into_iter().collect();
    by_count.sort_by_key(|&(colour, count)| (std::cmp::Reverse(count), colour));
    let kept = &by_count[..by_count.len().min(256)];
    let nearest = |colour: [u8; 3]| {
        let distance = |index: &usize| squared_distance(kept[*index].0, colour);
        (0..kept.len()).min_by_key(distance).expect("an image has a colour") as u8
    };
    let index_of: HashMap<[u8; 3], u8> =
        by_count.iter().map(|&(colour, _)| (colour, nearest(colour))).collect();
    let mut indices = Vec::with_capacity(pixels.pixels().len());
    for run in runs() {
        indices.resize(indices.len() + run.len(), index_of[&rgb(run[0])]);
    }
    (kept.iter().flat_map(|(colour, _)| *colour).collect(), indices)
}

/// Cards have no transparent pixels.
fn rgb(pixel: PremultipliedColorU8) -> [u8; 3] {
    [pixel.red(), pixel.green(), pixel.blue()]
}

fn squared_distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_of_an_earlier_build_is_recognised_only_if_it_is_intact() {
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#123456"/></svg>"##;
        let pixels = rasterize(svg, &Fonts::built_in());
        let image = encode(&pixels, "key");
        assert_eq!(image, encode(&pixels, "key"));
        assert!(has_key(&image, "key") && !has_key(&image, "another"));
        let mut damaged = image.clone();
        let middle = damaged.len() / 2;
        damaged[middle] ^= 1;
        assert!(!has_key(&damaged, "key"));
        assert!(!has_key(&image[..middle], "key"));
    }
}
