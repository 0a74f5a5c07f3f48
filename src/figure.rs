//! A chart as a file of its own, for readers who show it elsewhere: a picture (SVG) that states its
//! title, source and licence, and the numbers behind it.
//!
//! The picture sets its colours itself: those of the light mode of the built-in theme. SVG does not
//! break lines, so this module does, by the usual width of letters. It does not know what the chart is
//! about.

use std::fmt::Write;

use crate::chart;
use crate::html::{Html, escape};

/// In pixels, as all lengths here.
const WIDTH: u32 = 720;
const MARGIN: u32 = 24;
const INNER_WIDTH: u32 = WIDTH - 2 * MARGIN;
const SQUARE: u32 = 24;
/// A square with the space after it.
const SQUARE_STEP: u32 = 28;

/// The colours of the light mode, for the classes of [`chart`].
const STYLE: &str = concat!(
    "text{font-family:system-ui,'Noto Sans',Arial,sans-serif;fill:#1b2126}",
    ".note,.axis text{fill:#4f5a63}.axis text{font-size:14px;text-anchor:middle}",
    ".edge{stroke:#1b2126;stroke-width:1.5}.edge:not(.lined){fill:none}",
    ".lined,.bar .not-reported,.bar .withdrawn,.bar .no-evidence{stroke:#6b7278;stroke-width:2}",
    ".hatch{stroke:#6b7278;stroke-width:1.5;fill:none}",
    ".bar .not-started{fill:none;stroke:#1b2126;stroke-width:2}",
    ".tick{fill:none;stroke:#ffffff;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}",
    ".completed{fill:#0b2340}.substantial{fill:#2f5aa8}.limited{fill:#85aee0}",
    ".columns rect{fill:#2f5aa8}",
    ".columns path{fill:none;stroke:#1b2126;stroke-width:2;stroke-dasharray:4 3}",
    ".axis rect{fill:#cfd6dc}.back{fill:#ffffff}",
    ".track line{stroke:#1b2126;stroke-width:2}.track circle{fill:#1b2126}",
    ".track .due{stroke-dasharray:3 4}.track .earlier{stroke:#6b7278;opacity:.6}",
);

/// A chart with all that a reader needs to quote it.
#[derive(Debug)]
pub struct Figure {
    pub title: String,
    /// The code of the language of its texts.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    pub rows: Vec<FigureRow>,
    /// The standings that the squares of several rows stand for: the name and the label of each.
    pub key: Vec<(&'static str, String)>,
    /// The lines below the picture: the source, the licence and the address.
    pub notes: Vec<String>,
    /// The names of the columns of the table.
    pub header: Vec<&'static str>,
    pub records: Vec<Vec<String>>,
}

#[derive(Debug)]
pub struct FigureRow {
    pub label: String,
    pub picture: Picture,
    /// A sentence below the picture; may be empty.
    pub note: String,
}

#[derive(Debug)]
pub enum Picture {
    /// The number of squares of each standing, by the name of the standing.
    Squares(Vec<(&'static str, usize)>),
    /// A drawing of [`chart`] that begins on the left, and its height.
    Drawing(Html, u32),
    /// The same, if it has the direction of the language already.
    TimeLine(Html),
}

/// A size of text, with the number of columns that fit into the width. A wide letter, such as a Chinese
/// one, takes two columns.
struct TextStyle {
    size: u32,
    columns: usize,
    attributes: &'static str,
}

const TITLE: TextStyle = TextStyle { size: 22, columns: 54, attributes: r#" font-weight="700""# };
const LABEL: TextStyle = TextStyle { size: 16, columns: 76, attributes: "" };
const NOTE: TextStyle = TextStyle { size: 14, columns: 86, attributes: r#" class="note""# };

impl Figure {
    /// The picture, as an SVG file.
    pub fn svg(&self) -> Vec<u8> {
        let mut canvas = Canvas { svg: String::new(), y: MARGIN, is_rtl: self.direction == "rtl" };
        canvas.write_text(&self.title, &TITLE);
        for row in &self.rows {
            canvas.y += 12;
            canvas.write_text(&row.label, &LABEL);
            canvas.write_picture(&row.picture);
            canvas.write_text(&row.note, &NOTE);
        }
        canvas.y += 12;
        for (name, label) in &self.key {
            canvas.write_key(name, label);
        }
        for note in &self.notes {
            canvas.write_text(note, &NOTE);
        }
        let height = canvas.y + MARGIN;
        let svg = format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" "#,
                r#"viewBox="0 0 {width} {height}" lang="{language}" direction="{direction}" role="img">"#,
                "<title>{title}</title><style>{style}</style>",
                r##"<rect width="100%" height="100%" fill="#ffffff"/>"##,
                "{definitions}\n{body}</svg>\n"
            ),
            width = WIDTH,
            height = height,
            language = self.language,
            direction = self.direction,
            title = escape(&self.title),
            style = STYLE,
            definitions = chart::definitions().as_str(),
            body = canvas.svg,
        );
        svg.into_bytes()
    }
}

/// The body of the picture, written from top to bottom.
struct Canvas {
    svg: String,
    /// Where the next part begins.
    y: u32,
    is_rtl: bool,
}

impl Canvas {
    /// The left edge of a part whose beginning is `offset` from the beginning of a line.
    fn left(&self, offset: u32, width: u32) -> u32 {
        if self.is_rtl { WIDTH - MARGIN - offset - width } else { MARGIN + offset }
    }

    fn write_text(&mut self, text: &str, style: &TextStyle) {
        if !text.is_empty() {
            self.write_lines(text, style, 0);
        }
    }

    fn write_lines(&mut self, text: &str, style: &TextStyle, offset: u32) {
        let TextStyle { size, columns, attributes } = style;
        let x = self.left(offset, 0);
        for line in textwrap::wrap(text, *columns) {
            self.y += size;
            let (y, line) = (self.y, escape(&line).to_string());
            let _ = writeln!(
                self.svg,
                r#"<text x="{x}" y="{y}" font-size="{size}"{attributes}>{line}</text>"#
            );
            self.y += size / 2;
        }
    }

    fn write_picture(&mut self, picture: &Picture) {
        match picture {
            Picture::Squares(parts) => self.write_squares(parts),
            Picture::Drawing(drawing, height) => {
                let mirror = match self.is_rtl {
                    true => format!(r#" transform="translate({WIDTH} 0) scale(-1 1)""#),
                    false => String::new(),
                };
                self.write_drawing(drawing, *height, &mirror);
            }
            Picture::TimeLine(drawing) => self.write_drawing(drawing, chart::ROW_HEIGHT, ""),
        }
    }

    fn write_drawing(&mut self, drawing: &Html, height: u32, attributes: &str) {
        let (y, drawing) = (self.y + 4, drawing.as_str());
        let _ = writeln!(
            self.svg,
            concat!(
                r#"<g{}><svg x="{}" y="{}" width="{}" height="{}" overflow="visible">{}</svg></g>"#
            ),
            attributes, MARGIN, y, INNER_WIDTH, height, drawing
        );
        self.y = y + height + 4;
    }

    /// Writes a row of squares, and further rows if they do not fit, with a space between standings.
    fn write_squares(&mut self, parts: &[(&'static str, usize)]) {
        let mut offset = 0;
        let parts = parts.iter().filter(|(_, count)| *count > 0);
        for (name, count) in parts {
            for _ in 0..*count {
                if offset + SQUARE > INNER_WIDTH {
                    offset = 0;
                    self.y += SQUARE_STEP;
                }
                self.write_square(name, offset);
                offset += SQUARE_STEP;
            }
            offset += SQUARE_STEP - SQUARE;
        }
        if offset > 0 {
            self.y += SQUARE_STEP + 4;
        }
    }

    fn write_square(&mut self, name: &str, offset: u32) {
        let (x, y) = (self.left(offset, SQUARE), self.y);
        let _ = writeln!(
            self.svg,
            r##"<use href="#{name}" x="{x}" y="{y}" width="{SQUARE}" height="{SQUARE}"/>"##
        );
    }

    fn write_key(&mut self, name: &str, label: &str) {
        self.write_square(name, 0);
        self.y -= 1;
        self.write_lines(label, &LABEL, SQUARE_STEP + 4);
        self.y += 5;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(direction: &'static str) -> Figure {
        Figure {
            title: "Plan <1>".into(),
            language: "en".into(),
            direction,
            rows: vec![FigureRow {
                label: "Justice".into(),
                picture: Picture::Squares(vec![("completed", 1), ("limited", 0), ("withdrawn", 2)]),
                note: String::new(),
            }],
            key: vec![],
            notes: vec!["Source: Report".into()],
            header: vec![],
            records: vec![],
        }
    }

    /// The lines of the picture after its definitions.
    fn body(figure: &Figure) -> String {
        let svg = String::from_utf8(figure.svg()).unwrap();
        svg.split_once("</svg>\n").unwrap().1.to_owned()
    }

    #[test]
    fn a_picture_has_its_title_its_squares_and_its_source() {
        assert_eq!(
            body(&figure("ltr")),
            concat!(
                "<text x=\"24\" y=\"46\" font-size=\"22\" font-weight=\"700\">Plan &lt;1&gt;</text>\n",
                "<text x=\"24\" y=\"85\" font-size=\"16\">Justice</text>\n",
                "<use href=\"#completed\" x=\"24\" y=\"93\" width=\"24\" height=\"24\"/>\n",
                "<use href=\"#withdrawn\" x=\"56\" y=\"93\" width=\"24\" height=\"24\"/>\n",
                "<use href=\"#withdrawn\" x=\"84\" y=\"93\" width=\"24\" height=\"24\"/>\n",
                "<text x=\"24\" y=\"151\" font-size=\"14\" class=\"note\">Source: Report</text>\n",
                "</svg>\n",
            )
        );
    }

    #[test]
    fn a_picture_in_a_language_that_runs_right_to_left_begins_on_the_right() {
        let body = body(&figure("rtl"));
        assert!(body.contains(r#"<text x="696" y="46""#), "{body}");
        assert!(body.contains(r##"<use href="#completed" x="672""##), "{body}");
    }

    #[test]
    fn squares_that_do_not_fit_begin_a_new_row() {
        let mut figure = figure("ltr");
        figure.rows[0].picture = Picture::Squares(vec![("limited", 25)]);
        let body = body(&figure);
        assert!(body.contains(r#"x="668" y="93""#), "{body}");
        assert!(body.contains(r#"x="24" y="121""#), "{body}");
    }

    #[test]
    fn the_colours_are_those_of_the_light_mode() {
        let css = include_str!("../themes/plain/styles/main.css");
        let (light, _) = css.split_once("@media").unwrap();
        for (offset, _) in STYLE.match_indices('#') {
            let colour = &STYLE[offset..offset + 7];
            assert!(light.contains(colour), "{colour}");
        }
    }
}
