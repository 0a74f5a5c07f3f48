//! What is wrong with Markdown texts and with links.

use super::addresses::{AddressPlace, is_file_name, is_local_path, local_path_help};
use super::parts::{at, suggest};
use super::words::{self, quote, quote_whole};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

pub fn raw_html(span: Span, written: &str) -> Diagnostic {
    let message = format!("HTML is not published: {} would be left out", quote(written));
    at(Code::RawHtml, span, message)
        .help("write it in Markdown, or put a `\\` before the `<` if you mean the character itself")
}

pub fn forbidden_link(span: Span, written: &str) -> Diagnostic {
    let message = format!("a link cannot point to {}", quote(written));
    if is_local_path(written) {
        let help = local_path_help(AddressPlace::Link, written);
        return at(Code::ForbiddenLink, span, message).help(help);
    }
    if is_file_name(written) {
        return at(Code::ForbiddenLink, span, message).help(format!(
            "put the file in `content/files/`, and link to {}",
            quote_whole(&format!("/files/{written}"))
        ));
    }
    at(Code::ForbiddenLink, span, message).help(
        "start with `https://`, `http://`, `mailto:` or `tel:`, or with `/` for a page of this \
         site, such as `/about/`",
    )
}

/// A link leads to a host that cannot exist, or to a port that cannot.
pub fn impossible_link(span: Span, written: &str) -> Diagnostic {
    at(Code::NotAnAddress, span, format!("{} is not an address of a website", quote(written)))
        .help("open the page in your browser, and copy its whole address")
}

pub fn heading_without_words(span: Span) -> Diagnostic {
    at(Code::NoWords, span, "this heading has no words").help(
        "write its words after `#` and a space, or put a `\\` before `#` if you mean the sign",
    )
}

pub fn link_without_words(span: Span) -> Diagnostic {
    at(Code::NoWords, span, "this link has no words")
        .help("write between `[` and `]` what readers find there")
}

pub fn broken_link(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    at(Code::BrokenLink, span, format!("this site has no page {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        "write the part of the address that your browser shows after the name of the site",
    ))
}

/// A page of another site no longer exists. `reason` is what the server or the network says.
pub fn gone_link(span: Span, address: &str, reason: &str) -> Diagnostic {
    at(Code::GoneLink, span, format!("the page {} is gone: {reason}", quote(address))).help(
        "write its new address; if it has none, write that of a copy in a web archive, or put the file in \
         `content/files/`",
    )
}

/// A page of another site has moved for good.
pub fn moved_link(span: Span, address: &str, target: &str) -> Diagnostic {
    at(Code::MovedLink, span, format!("the page {} has moved for good", quote(address)))
        .help(format!("write its new address: {}", words::quote_whole(target)))
}

/// Whether a page of another site exists is not certain.
pub fn unclear_link(span: Span, address: &str, reason: &str) -> Diagnostic {
    let message = format!("the page {} could not be opened: {reason}", quote(address));
    at(Code::UnclearLink, span, message)
        .help("open it in your browser; if it does not open there either, ask again in a few days")
}

/// Evidence on the web has no copy that lasts.
pub fn no_archive(span: Span) -> Diagnostic {
    at(Code::NoArchive, span, "this evidence has no archived copy").help(
        "save the page in a web archive, such as https://web.archive.org/save, and add \
         `archived = \"https://…\"` within the braces",
    )
}

/// A part of a text was meant as a link or a footnote, but readers see its brackets.
pub fn unfinished_link(span: Span) -> Diagnostic {
    at(Code::UnfinishedLink, span, "readers see brackets here, not a link").help(
        "write `[words](https://…)`, with `%20` for a space in the address; a footnote cannot be shown: \
         write it in the sentence",
    )
}

pub fn broken_anchor(span: Span, written: &str) -> Diagnostic {
    at(
        Code::BrokenAnchor,
        span,
        format!("a link cannot point to a place within a page: {}", quote(written)),
    )
    .help("link to the whole page, without `#` and what follows")
}

pub fn image(span: Span) -> Diagnostic {
    at(Code::Image, span, "images in text are not supported")
        .help("put the image in `content/files/` and link to it: `[what it shows](/files/…)`")
}

/// The numbers of a list do not rise by one. `written` is the first one that does not.
pub fn list_numbers(span: Span, written: &str) -> Diagnostic {
    let message = format!("{} does not continue the numbers before it", quote(written));
    let (number, mark) = written.split_at(written.len() - 1);
    at(Code::ListNumbers, span, message).help(format!(
        "number a list 1., 2., 3.; for years, days or other numbers, write `{number}\\{mark}` (between \
         double quotes, `{number}\\\\{mark}`)"
    ))
}

/// A line belongs to the item, quotation or table above it only because no empty line is between them.
pub fn no_empty_line(span: Span) -> Diagnostic {
    at(Code::NoEmptyLine, span, "this line becomes a part of the item, quotation or table above it")
        .help("put an empty line before it; to continue the item, indent the line by two spaces")
}

/// A row of a table has more columns than the table. `span` covers the surplus.
pub fn surplus_cells(span: Span) -> Diagnostic {
    at(Code::BrokenTable, span, "this row has more columns than the first row of its table")
        .help("give each row as many columns as the first; for the character itself, write `\\|`")
}

/// Lines have columns with `|`, but are not a table. `span` is the first of them.
pub fn broken_table(span: Span) -> Diagnostic {
    at(Code::BrokenTable, span, "these lines look like a table, but are published as text")
        .help("put a line of dashes below the first line, with as many columns: `| --- | --- |`")
}

/// Lines have tabs between columns. `row` is the first of them.
pub fn table_with_tabs(span: Span, row: &str) -> Diagnostic {
    let cells: Vec<&str> = row.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let written = format!("| {} |", cells.join(" | "));
    let rule = format!("|{}", " --- |".repeat(cells.len()));
    at(Code::TableWithTabs, span, "these lines look like a table, but their columns are tabs").help(
        format!(
            "put `|` around each column, and a line of dashes below the first line: {} and {}",
            quote_whole(&written),
            quote_whole(&rule)
        ),
    )
}

/// A character of a text has no glyph in the fonts of readers.
pub fn unreadable_character(span: Span, character: char) -> Diagnostic {
    let code = u32::from(character);
    let message = format!("readers would see an empty box instead of the character U+{code:04X}");
    at(Code::UnreadableCharacter, span, message).help(match character {
        '\u{fffc}' => "delete it; it stands for an image or a table that was not copied",
        '\u{fffd}' => "retype the word: this letter was lost when the text was copied",
        _ => "delete it, or write what it shows; it is from a symbol font of a word processor",
    })
}

pub fn no_title(span: Span) -> Diagnostic {
    at(Code::NoTitle, span, "the article does not start with a title")
        .help("write the title on the first line, such as `# About this portal`")
}

/// The lines above the title of an article do not stand between two lines `+++`. `mark` is the first line.
pub fn broken_front_matter(span: Span, mark: &str) -> Diagnostic {
    let message =
        format!("the block above the title, which begins with {}, is not closed", quote(mark));
    at(Code::NoTitle, span, message)
        .help("put a line `+++` before them, and another one between them and the title")
}

pub fn second_title(span: Span) -> Diagnostic {
    at(Code::SecondTitle, span, "this is a second title, but an article has only one")
        .help("use `##` for a heading inside the article")
}
