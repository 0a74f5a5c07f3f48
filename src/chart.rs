//! Charts as inline SVG: a square for each commitment, bars of many commitments, the columns of an
//! indicator, and the icon of each standing.
//!
//! Attributes set the sizes and classes the colours, so that charts work with a strict content
//! security policy, any style sheet, and a printer. A chart is decorative: the page gives the
//! numbers in words and in a table. This module does not know the words or the colours.

use std::fmt::Write;
use std::sync::LazyLock;

use crate::html::{Html, escape};
use crate::model::Standing;

/// A commitment in a chart of squares.
#[derive(Debug)]
pub struct Square {
    pub href: String,
    /// What a pointer shows: the number and the title.
    pub title: String,
    /// The attributes that say in which language the title is; empty if it is in the page's language.
    pub language: Html,
}

/// One square for each commitment with a standing: the icon of the standing, which is a link for readers
/// with a pointer. The page has the same links in words. `label` is the name of the standing.
pub fn squares(standing: Standing, label: &str, squares: impl Iterator<Item = Square>) -> Html {
    let (name, label) = (standing.name(), escape(label).to_string());
    let mut html = String::from(r#"<span class="squares" aria-hidden="true">"#);
    for Square { href, title, language } in squares {
        let _ = write!(
            html,
            concat!(
                r##"<a href="{href}" tabindex="-1" title="{title}"{language}><svg width="24" "##,
                r##"height="24"><use class="{name}" data-level="{label}" href="#{name}"{pattern}/>"##,
                r##"</svg></a>"##
            ),
            href = escape(&href),
            title = escape(&title),
            language = language.as_str(),
            name = name,
            label = label,
            pattern = pattern_attribute(standing),
        );
    }
    html.push_str("</span>");
    Html::trusted(html)
}

/// The height of a bar, in CSS pixels.
pub const BAR_HEIGHT: u32 = 20;

/// A stacked bar of the standings in the tally, *completed* first, without those that no commitment
/// has. `longest` commitments fill the width. `label` returns the name of a standing in the reader's
/// language.
pub fn bar<'l>(
    parts: impl Iterator<Item = (Standing, usize)>,
    longest: usize,
    label: impl Fn(Standing) -> &'l str,
) -> Html {
    let longest = longest.max(1);
    let mut svg =
        format!(r#"<svg class="bar" width="100%" height="{BAR_HEIGHT}" aria-hidden="true">"#);
    let mut before = 0;
    for (standing, count) in parts.filter(|(_, count)| *count > 0) {
        let _ = write!(
            svg,
            concat!(
                r#"<svg x="{}%" width="{}%" height="{}">"#,
                r#"<rect class="{}" data-level="{}" width="100%" height="100%"{}/></svg>"#
            ),
            percent(before, longest),
            percent(count, longest),
            BAR_HEIGHT,
            standing.name(),
            escape(label(standing)),
            pattern_attribute(standing),
        );
        before += count;
    }
    svg.push_str("</svg>");
    Html::trusted(svg)
}

/// The icon of a standing: a box that fills up from *not started* to *completed*.
pub fn icon(standing: Standing) -> Html {
    Html::trusted(ICONS[standing as usize].as_str())
}

static ICONS: LazyLock<[String; Standing::ALL.len()]> = LazyLock::new(|| {
    Standing::ALL.map(|standing| {
        let name = standing.name();
        format!(
            r##"<svg class="icon" width="18" height="18" aria-hidden="true"><use href="#{name}"/></svg>"##
        )
    })
});

/// The patterns and symbols that bars and icons refer to. A page contains them once.
pub fn definitions() -> Html {
    Html::trusted(DEFINITIONS.as_str())
}

static DEFINITIONS: LazyLock<String> = LazyLock::new(|| {
    let mut svg = String::from(concat!(
        r#"<svg class="definitions" width="0" height="0" aria-hidden="true"><defs>"#,
        r#"<pattern id="lines" width="6" height="6" patternUnits="userSpaceOnUse">"#,
        r#"<path class="hatch" d="M-1 7 7-1M-1 1 1-1M5 7 7 5"/></pattern>"#,
        r#"<pattern id="crosses" width="6" height="6" patternUnits="userSpaceOnUse">"#,
        r#"<path class="hatch" d="M-1 7 7-1M-1-1 7 7"/></pattern>"#,
        r#"<pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse">"#,
        r#"<path class="hatch" d="M2 3h2"/></pattern></defs>"#,
    ));
    for standing in Standing::ALL {
        let name = standing.name();
        let _ = write!(svg, r#"<symbol id="{name}" viewBox="0 0 16 16">"#);
        if let Some(height) = filled_height(standing) {
            let top = 14 - height;
            let _ = write!(svg, r#"<path class="{name}" d="M2 {top}h12v{height}H2z"/>"#);
        }
        let pattern = pattern_attribute(standing);
        let lined = if pattern.is_empty() { "" } else { " lined" };
        let _ = write!(svg, r#"<path class="edge{lined}"{pattern} d="M2 2h12v12H2z"/>"#);
        if standing == Standing::Completed {
            svg.push_str(r#"<path class="tick" d="m4.5 8.5 2.5 2.5 4.5-5.5"/>"#);
        }
        svg.push_str("</symbol>");
    }
    svg.push_str("</svg>");
    svg
});

/// The height of the columns of an indicator, in CSS pixels.
pub const COLUMNS_HEIGHT: u32 = 104;

/// The values of an indicator as columns, oldest first, and a line at the height of the target. The numbers
/// are shares of the largest one, in hundredths of a percent. The table beside the picture has the values.
pub fn columns(values: &[i64], target: Option<i64>) -> Html {
    const WIDTH: usize = 28;
    const GAP: usize = 12;
    let height = |share: i64| format!("{}.{:02}", share / 100, share % 100);
    let width = values.len().max(1) * (WIDTH + GAP);
    // A margin above for the line of the target.
    let mut svg = format!(
        concat!(
            r#"<svg class="columns" width="{0}" height="{1}" viewBox="0 -3 {0} {1}" "#,
            r#"aria-hidden="true">"#
        ),
        width, COLUMNS_HEIGHT
    );
    for (index, share) in values.iter().enumerate() {
        let (x, top) = (index * (WIDTH + GAP) + GAP / 2, height(10_000 - share));
        let height = height(*share);
        let _ = write!(svg, r#"<rect x="{x}" y="{top}" width="{WIDTH}" height="{height}"/>"#);
    }
    if let Some(target) = target {
        let y = height(10_000 - target);
        let _ = write!(svg, r#"<path d="M0 {y}h{width}"/>"#);
    }
    svg.push_str("</svg>");
    Html::trusted(svg)
}

/// A place on a time line, from its beginning, in hundredths of a percent of its length.
pub type Position = u32;

/// The height of a row of a time line, in CSS pixels.
pub const ROW_HEIGHT: u32 = 36;

/// The years of a time line, each in its middle, and the period of the plan.
pub fn axis(years: &[(Position, String)], (start, end): (Position, Position)) -> Html {
    let (from, to) = (start.min(end), start.max(end));
    let mut svg = row("axis");
    let _ = write!(
        svg,
        r#"<rect x="{}%" y="24" width="{}%" height="8"/>"#,
        place(from),
        place(to - from)
    );
    for (position, year) in years {
        let _ = write!(svg, r#"<text x="{}%" y="16">{}</text>"#, place(*position), escape(year));
    }
    svg.push_str("</svg>");
    Html::trusted(svg)
}

/// The levels that one assessor gave, and the deadlines, of which the last one holds.
pub fn track(points: &[(Position, Standing)], deadlines: &[Position]) -> Html {
    let mut svg = row("track");
    write_deadlines(&mut svg, deadlines);
    if let [(first, _), .., (last, _)] = points {
        let (first, last) = (place(*first), place(*last));
        let _ = write!(svg, r#"<line x1="{first}%" x2="{last}%" y1="18" y2="18"/>"#);
    }
    for (position, standing) in points {
        let _ = write!(
            svg,
            concat!(
                r##"<svg x="{}%" overflow="visible"><rect class="back" x="-12" y="6" width="24" "##,
                r##"height="24"/><use x="-12" y="6" width="24" height="24" href="#{}"/></svg>"##
            ),
            place(*position),
            standing.name()
        );
    }
    svg.push_str("</svg>");
    Html::trusted(svg)
}

/// Dates as dots, and the deadlines, of which the last one holds.
pub fn dots(positions: &[Position], deadlines: &[Position]) -> Html {
    let mut svg = row("track");
    write_deadlines(&mut svg, deadlines);
    for position in positions {
        let _ = write!(svg, r#"<circle cx="{}%" cy="18" r="5"/>"#, place(*position));
    }
    svg.push_str("</svg>");
    Html::trusted(svg)
}

fn row(class: &str) -> String {
    format!(r#"<svg class="{class}" width="100%" height="{ROW_HEIGHT}" aria-hidden="true">"#)
}

fn write_deadlines(svg: &mut String, deadlines: &[Position]) {
    for (index, deadline) in deadlines.iter().enumerate() {
        let class = if index + 1 == deadlines.len() { "due" } else { "due earlier" };
        let x = place(*deadline);
        let _ =
            write!(svg, r#"<line class="{class}" x1="{x}%" x2="{x}%" y1="0" y2="{ROW_HEIGHT}"/>"#);
    }
}

fn place(position: Position) -> String {
    percent(position as usize, 10_000)
}

/// The height of the solid part of an icon, of 12 units within its edge; `None` if it has no solid part.
fn filled_height(standing: Standing) -> Option<u32> {
    match standing {
        Standing::Limited => Some(4),
        Standing::Substantial => Some(8),
        Standing::Completed => Some(12),
        Standing::NotStarted
        | Standing::NoEvidence
        | Standing::NotReported
        | Standing::Withdrawn
        | Standing::Merged => None,
    }
}

/// The attribute with the pattern of a standing that is not a level. The style sheet cannot name
/// the pattern, because addresses in a style sheet are relative to the style sheet.
fn pattern_attribute(standing: Standing) -> &'static str {
    match standing {
        Standing::NotReported => r#" fill="url(#lines)""#,
        Standing::Withdrawn | Standing::Merged => r#" fill="url(#crosses)""#,
        Standing::NoEvidence => r#" fill="url(#dots)""#,
        _ => "",
    }
}

/// A share in percent with up to two decimals. Integer arithmetic gives the same result on every
/// machine.
fn percent(count: usize, total: usize) -> String {
    let hundredths = count * 10_000 / total;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        0 => whole.to_string(),
        _ => format!("{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_begins_with_completed_and_omits_standings_without_commitments() {
        use Standing::{Completed, Limited, Substantial};
        let parts = [(Completed, 1), (Substantial, 0), (Limited, 2)];
        let svg = bar(parts.into_iter(), 4, |standing| match standing {
            Completed => "<Completed>",
            _ => "<Limited>",
        });
        let parts: Vec<&str> = svg.as_str().split("<svg x=").skip(1).collect();
        assert_eq!(
            parts,
            [
                r#""0%" width="25%" height="20"><rect class="completed" data-level="&lt;Completed&gt;" width="100%" height="100%"/></svg>"#,
                r#""25%" width="50%" height="20"><rect class="limited" data-level="&lt;Limited&gt;" width="100%" height="100%"/></svg></svg>"#,
            ]
        );
    }

    #[test]
    fn a_square_is_a_link_with_its_title() {
        let language = Html::trusted(r#" lang="mn""#);
        let square = Square { href: "c/1/".into(), title: "1 \"A\"".into(), language };
        assert_eq!(
            squares(Standing::Limited, "Limited", [square].into_iter()).as_str(),
            concat!(
                r##"<span class="squares" aria-hidden="true"><a href="c/1/" tabindex="-1" title="1 &quot;A&quot;" lang="mn">"##,
                r##"<svg width="24" height="24"><use class="limited" data-level="Limited" href="#limited"/></svg></a></span>"##
            )
        );
    }
}
