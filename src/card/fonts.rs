//! The fonts of cards. Noto Sans (SIL Open Font License 1.1, see `OFL.txt`), subset to Latin and Cyrillic
//! letters, is part of the program. For other letters, the fonts in `fonts/` of the site are used, and
//! those of the system if the site has none. All letters of a portal's cards are known before the first card
//! is drawn, so the choice does not depend on the order of the cards.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{self, Database, FaceInfo, ID, Source, Stretch, Style};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::{BoundingBox, GlyphMetrics};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::diagnostic::Diagnostics;
use crate::format::{FONTS_FOLDER, MAX_FONTS, is_font};
use crate::hash::ContentHash;
use crate::problems;
use crate::source::Sources;
use crate::unicode;

const REGULAR: &[u8] = include_bytes!("NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("NotoSans-Bold.ttf");

/// The weights of texts on cards.
const WEIGHTS: [u16; 2] = [700, 400];

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(BOLD, 0).expect("a font of the program"));

static BUILT_IN: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    [REGULAR, BOLD].into_iter().for_each(|font| database.load_font_data(font.to_vec()));
    Arc::new(database)
});

/// The fonts of the system. Listing them takes long, so this happens only for a portal that needs them.
static SYSTEM: LazyLock<Database> = LazyLock::new(|| {
    let mut database = Database::new();
    database.load_system_fonts();
    database
});

/// Where fonts come from, besides those of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontSources {
    /// The site's `fonts/`.
    Site,
    /// The site's `fonts/`, then the fonts of the system.
    SiteAndSystem,
}

/// The fonts that the cards of a portal need.
#[derive(Debug)]
pub struct Fonts {
    /// Those of the program, and the families that other letters need.
    pub(super) database: Arc<Database>,
    /// The name of the family of the program's fonts.
    pub(super) family: Arc<str>,
    /// The letters that the fonts of the program lack and another one has.
    letters: HashMap<char, Letter>,
    /// Identifies the fonts besides those of the program; empty if there are none.
    pub(super) key: String,
}

/// A letter in the font of another family.
#[derive(Debug)]
struct Letter {
    /// In ems.
    width: f32,
    family: Arc<str>,
}

impl Fonts {
    /// The fonts of the program.
    pub(super) fn built_in() -> Self {
        Fonts {
            database: Arc::clone(&BUILT_IN),
            family: "Noto Sans".into(),
            letters: HashMap::new(),
            key: String::new(),
        }
    }

    /// Chooses fonts for letters. Reports the files of `fonts/` that are not fonts.
    pub(super) fn choose(
        letters: impl Iterator<Item = char>,
        sources: &Sources,
        from: FontSources,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut fonts = Fonts::built_in();
        let site = site_fonts(sources, diagnostics);
        let mut missing: BTreeSet<char> =
            letters.filter(|&letter| fonts.width_of(letter).is_none()).collect();
        fonts.add_from(&site, &mut missing);
        if !missing.is_empty() && from == FontSources::SiteAndSystem {
            fonts.add_from(&SYSTEM, &mut missing);
        }
        fonts
    }

    /// Adds the fonts of `database` that have missing letters, and removes these letters from `missing`.
    /// Letters of one script come from as few fonts as possible.
    fn add_from(&mut self, database: &Database, missing: &mut BTreeSet<char>) {
        let mut scripts: BTreeMap<_, BTreeSet<char>> = BTreeMap::new();
        for &letter in missing.iter() {
            scripts.entry(unicode::script(letter)).or_default().insert(letter);
        }
        let mut faces: Vec<&FaceInfo> = database.faces().collect();
        faces.sort_by_key(|face| preference(face));
        // Signs that several scripts share come last: fonts of these scripts may have them.
        for mut letters in scripts.into_values().rev() {
            loop {
                letters.retain(|letter| missing.contains(letter));
                let count = |face: &&&FaceInfo| widths(database, face.id, &letters).len();
                let best = faces.iter().min_by_key(|face| Reverse(count(face)));
                let Some(face) = best.filter(|face| count(face) > 0) else { break };
                let family = self.add_family(database, face);
                for (letter, width) in widths(database, face.id, missing) {
                    missing.remove(&letter);
                    self.letters.insert(letter, Letter { width, family: Arc::clone(&family) });
                }
            }
        }
    }

    /// Adds a font in both weights, as far as its family has them. Returns the name that drawings use.
    fn add_family(&mut self, database: &Database, chosen: &FaceInfo) -> Arc<str> {
        let is_usable = |face: &&FaceInfo| {
            name(face) == name(chosen)
                && (face.style, face.stretch) == (chosen.style, chosen.stretch)
        };
        let family: Vec<&FaceInfo> = database.faces().filter(is_usable).collect();
        let nearest = |weight: u16| family.iter().min_by_key(|face| face.weight.0.abs_diff(weight));
        let faces: BTreeMap<ID, &FaceInfo> =
            WEIGHTS.into_iter().filter_map(nearest).map(|face| (face.id, *face)).collect();
        let target = Arc::make_mut(&mut self.database);
        let name: Arc<str> = format!("font{}", target.len()).into();
        for face in faces.into_values() {
            let key = |data: &[u8], index| format!("{}.{index} ", ContentHash::of(data).short());
            let key = database.with_face_data(face.id, key).unwrap_or_default();
            self.key += &key;
            let families = vec![(name.to_string(), fontdb::Language::English_UnitedStates)];
            target.push_face_info(FaceInfo { families, ..face.clone() });
        }
        name
    }

    /// The first letters of a text that no font has, at most four.
    pub(super) fn missing(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for letter in text.chars().filter(|&letter| self.width_of(letter).is_none()) {
            if !missing.contains(&letter) {
                missing.push(letter);
            }
            if missing.len() == 4 {
                break;
            }
        }
        missing
    }

    /// The width of a text in bold letters, in pixels. Letters that join are at most as wide as they are
    /// alone.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        let ems: f32 = text.chars().map(|letter| self.width_of(letter).unwrap_or(1.0)).sum();
        ems * size
    }

    /// The width of a letter in ems; `None` if no font has it.
    fn width_of(&self, letter: char) -> Option<f32> {
        if let Some(width) = FACE.glyph(letter).and_then(|glyph| FACE.width(glyph)) {
            return Some(width);
        }
        if unicode::is_invisible(letter) || letter.is_whitespace() {
            return Some(0.0);
        }
        self.letters.get(&letter).map(|letter| letter.width)
    }

    /// Splits a line into parts that one font can draw, each with the name of the font's family. A letter
    /// and the marks that modify it stay together.
    pub(super) fn runs<'t>(&self, line: &'t str) -> Vec<(Arc<str>, &'t str)> {
        let family =
            |letter: char| self.letters.get(&letter).map_or(&self.family, |letter| &letter.family);
        let mut runs: Vec<(Arc<str>, usize)> = Vec::new();
        for (start, letter) in line.char_indices() {
            let continues = |(last, _): &(Arc<str>, usize)| {
                unicode::is_invisible(letter) || last == family(letter)
            };
            if !runs.last().is_some_and(continues) {
                runs.push((Arc::clone(family(letter)), start));
            }
        }
        let ends: Vec<usize> =
            runs.iter().skip(1).map(|(_, start)| *start).chain([line.len()]).collect();
        runs.into_iter()
            .zip(ends)
            .map(|((family, start), end)| (family, &line[start..end]))
            .collect()
    }

    /// Splits a word wherever a line can end, if its script has no spaces between words.
    pub(super) fn parts_of<'t>(&self, word: &'t str) -> Vec<&'t str> {
        match word.chars().any(|letter| self.letters.contains_key(&letter)) {
            true => unicode::line_parts(word),
            false => vec![word],
        }
    }
}

/// The fonts in the site's `fonts/`, in the order of their paths.
fn site_fonts(sources: &Sources, diagnostics: &mut Diagnostics) -> Database {
    let mut database = Database::new();
    let folder = format!("{FONTS_FOLDER}/");
    let files = sources.attachments().iter().filter(|file| file.path.starts_with(&folder));
    let is_text = |path: &str| [".txt", ".md"].iter().any(|ending| path.ends_with(ending));
    let mut count = 0;
    for path in files.map(|file| file.path.as_str()).filter(|path| !is_text(path)) {
        count += usize::from(is_font(path));
        if !is_font(path) {
            diagnostics.add(problems::not_a_font(path));
        } else if count > MAX_FONTS {
            diagnostics.add(problems::too_many_fonts(path, MAX_FONTS));
        } else if let Some(content) = sources.content(path) {
            let faces = database.load_font_source(Source::Binary(Arc::new(Arc::clone(content))));
            let is_font = |face: &ID| {
                database.with_face_data(*face, |data, index| Face::parse(data, index).is_some())
            };
            if !faces.iter().any(|face| is_font(face) == Some(true)) {
                diagnostics.add(problems::not_a_font(path));
            }
        }
    }
    database
}

/// Sorts fonts: upright, without serifs and bold first.
fn preference(face: &FaceInfo) -> impl Ord {
    (
        Reverse(face.style == Style::Normal && face.stretch == Stretch::Normal),
        face.monospaced,
        !name(face).starts_with("Noto Sans"),
        face.weight.0.abs_diff(WEIGHTS[0]),
        name(face).to_owned(),
        face.post_script_name.clone(),
    )
}

/// The name of a font's family.
fn name(face: &FaceInfo) -> &str {
    face.families.first().map_or("", |(name, _)| name)
}

/// A font whose letters are outlines, not images.
struct Face<'d> {
    glyphs: Charmap<'d>,
    metrics: GlyphMetrics<'d>,
    units_per_em: f32,
}

impl<'d> Face<'d> {
    fn parse(data: &'d [u8], index: u32) -> Option<Self> {
        let font = FontRef::from_index(data, index).ok()?;
        font.outline_glyphs().format()?;
        let (size, location) = (Size::unscaled(), LocationRef::default());
        Some(Face {
            glyphs: font.charmap(),
            metrics: font.glyph_metrics(size, location),
            units_per_em: font.metrics(size, location).units_per_em.into(),
        })
    }

    fn glyph(&self, letter: char) -> Option<GlyphId> {
        self.glyphs.map(letter)
    }

    /// Whether a glyph has an outline. Some fonts have empty glyphs for the letters that they lack.
    fn is_visible(&self, glyph: GlyphId) -> bool {
        self.metrics.bounds(glyph).is_some_and(|bounds| bounds != BoundingBox::default())
    }

    /// The width of a glyph in ems.
    fn width(&self, glyph: GlyphId) -> Option<f32> {
        Some(self.metrics.advance_width(glyph)? / self.units_per_em)
    }
}

/// The letters that a font can draw, with their widths in ems.
fn widths(database: &Database, face: ID, letters: &BTreeSet<char>) -> HashMap<char, f32> {
    let measure = |data: &[u8], index| {
        let face = Face::parse(data, index)?;
        let width = |&letter: &char| {
            let glyph = face.glyph(letter).filter(|glyph| face.is_visible(*glyph))?;
            Some((letter, face.width(glyph)?))
        };
        Some(letters.iter().filter_map(width).collect())
    };
    database.with_face_data(face, measure).flatten().unwrap_or_default()
}
