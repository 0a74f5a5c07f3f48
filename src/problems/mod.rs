//! The catalogue of problems: one function for each, and all of the wording.
//!
//! The messages are for editors who do not program. A message names the subject first and says what
//! is wrong; the help says what is allowed and gives one action. Both start in lower case, have no
//! final period, and quote the editor's text in backticks. This module does not decide whether
//! there is a problem: the module that detects one calls its function.

pub mod doubts;
pub mod explain;
mod failures;
mod labels;
mod numbers;
mod refusals;
pub mod templates;
pub mod words;
pub mod workbook;

use std::io;
use std::ops::RangeInclusive;

pub use doubts::{DateDoubt, Doubt, ImportProblem};
pub use failures::{Action, DiffFailure, Failure};
pub use numbers::number_of;
pub use refusals::{ImportRefusal, Refusal};
pub use workbook::{Conflict, WorkbookFailure};

use crate::diagnostic::{Code, Diagnostic, SourceLocation};
use crate::format::{
    Kind, SectionShape, TablePath, ValueType, all_keys, entry_keys, inner_section, is_decimal,
    is_list,
};
use crate::model::{ActionPlan, AssessedLevel, LanguageCode, PartialDate, Vocabulary};
use crate::source::{Span, Spanned};
use crate::web_address;
use words::{
    AllOf, Count, OneOf, boolean_of, closest, in_marks, is_curly_quote, lookalike, names_of, quote,
    quote_whole, without_marks,
};

/// A problem in a range of a text file.
fn at(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, SourceLocation::Span(span), message.into())
}

/// A problem of a whole file or folder.
fn in_file(code: Code, path: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, SourceLocation::Path(path.to_owned()), message.into())
}

/// Returns "did you mean `x`?" if `written` is close to one of `names`, and `otherwise` if it is
/// not.
fn suggest<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str> + Clone,
    otherwise: impl Into<String>,
) -> String {
    if let Some(help) = lookalike_help(written, names.clone()) {
        return help;
    }
    match closest(written, names) {
        Some(name) => format!("did you mean {}?", quote_whole(name)),
        None => otherwise.into(),
    }
}

/// How to correct a name that looks like one of `names`, but has letters of another alphabet.
fn lookalike_help<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let (name, letters) = lookalike(written, names)?;
    let is_greek = letters.iter().all(|letter| ('\u{370}'..='\u{3ff}').contains(letter));
    let alphabet = if is_greek { "Greek" } else { "Cyrillic" };
    let letters: Vec<String> = letters.iter().map(char::to_string).collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    let subject = match letters.as_slice() {
        [_] => format!("the letter {} is {alphabet} and only looks Latin", AllOf(&letters)),
        _ => format!("the letters {} are {alphabet} and only look Latin", AllOf(&letters)),
    };
    Some(format!("{subject}: write {}", quote_whole(name)))
}

// ---- files -------------------------------------------------------------------------------------

/// A text file is not valid UTF-8. `span` starts at the first invalid byte, and `looks_like` is the
/// encoding that the bytes suggest.
pub fn not_utf8(span: Span, path: &str, wrong_byte: u8, looks_like: Option<&str>) -> Diagnostic {
    let message = format!(
        "{} is not saved as UTF-8: the text is unreadable from this line on (byte {wrong_byte:#04X})",
        quote(path)
    );
    at(Code::NotUtf8, span, message).help(match looks_like {
        Some(encoding) => format!(
            "the file looks like {encoding}: open it in your editor with that encoding, and save \
             it as UTF-8"
        ),
        None => "save the file as UTF-8".to_owned(),
    })
}

pub fn utf16(path: &str) -> Diagnostic {
    in_file(Code::Utf16, path, format!("{} is saved as UTF-16, not as UTF-8", quote(path)))
        .help("open the file in your editor, and save it with UTF-8 as the encoding")
}

/// A file cannot be read. `error` is that of the system, if it gave one.
pub fn unreadable_file(path: &str, error: Option<&io::Error>) -> Diagnostic {
    let reason = match error.map(|error| (error.kind(), error)) {
        Some((io::ErrorKind::PermissionDenied, _)) => ": you do not have permission".to_owned(),
        Some((io::ErrorKind::NotFound, _)) => ": it no longer exists".to_owned(),
        Some((_, error)) => format!(": {error}"),
        None => String::new(),
    };
    in_file(Code::UnreadableFile, path, format!("{} cannot be read{reason}", quote(path)))
        .help("make the file readable")
}

/// Something that is not a regular file.
#[derive(Debug, Clone, Copy)]
pub enum SpecialFile {
    Link,
    Pipe,
    Socket,
    Device,
}

/// A symbolic link, device or similar is where a regular file is expected.
pub fn not_a_regular_file(path: &str, file: SpecialFile) -> Diagnostic {
    let kind = match file {
        SpecialFile::Link => "a link",
        SpecialFile::Pipe => "a pipe",
        SpecialFile::Socket => "a socket",
        SpecialFile::Device => "a device",
    };
    let message = format!("{} is {kind}; Milepost reads only regular files", quote(path));
    in_file(Code::NotARegularFile, path, message)
        .help("replace it with a regular file that holds the content itself")
}

/// A file exceeds the limit for its kind. `size` and `limit` are in bytes.
pub fn file_too_large(path: &str, size: u64, limit: u64) -> Diagnostic {
    let message =
        format!("{} is too large: {size} bytes, and the limit is {limit} bytes", quote(path));
    in_file(Code::FileTooLarge, path, message)
        .help("shorten the file, or move long documents to `content/files/` and link to them")
}

/// A folder contains more files than a site may have. The files above `limit` are not read.
pub fn too_many_files(path: &str, limit: usize) -> Diagnostic {
    let message = format!("{} contains more than {limit} files", quote(path));
    in_file(Code::TooManyFiles, path, message).help("remove the files that you do not need")
}

/// Why a file is in the wrong place.
#[derive(Debug, Clone, Copy)]
pub enum WrongPlace<'p> {
    /// It is in a folder of TOML files.
    NotToml,
    /// It is in the folder of articles.
    NotMarkdown,
    /// It is a commitment without the folder of its plan.
    NoPlan,
    /// It is an article in the default language, with the code of that language in its name.
    DefaultLanguage(&'p str),
    /// No kind of file belongs in its folder.
    Elsewhere,
}

/// If a file is probably meant as TOML, such as `3.1.toml.txt`, returns its name without the endings.
fn meant_as_toml(name: &str) -> Option<&str> {
    let endings = [".toml.txt", ".txt", ".tml", ".tom", ".TOML"];
    endings.iter().find_map(|ending| name.strip_suffix(ending))
}

/// The path of a file is not one that the file format defines.
pub fn wrong_place(path: &str, reason: WrongPlace<'_>) -> Diagnostic {
    let message = format!("{} is in the wrong folder or has the wrong name", quote(path));
    in_file(Code::WrongPlace, path, message).help(match reason {
        WrongPlace::NotToml => match path.rsplit('/').next().and_then(meant_as_toml) {
            Some(stem) if stem.is_ascii() && words::as_file_name(stem) != "…" => format!(
                "rename it to {}, because file names in this folder end in `.toml`; if it is evidence, move \
                 it to `content/files/`",
                quote_whole(&format!("{}.toml", words::as_file_name(stem)))
            ),
            _ => "file names in this folder must end in `.toml`: rename the file, or move it to \
                  `content/files/`"
                .to_owned(),
        },
        WrongPlace::NotMarkdown => {
            "the file name of an article must end in `.md`: rename the file, or move it to \
             `content/files/`"
                .to_owned()
        }
        WrongPlace::NoPlan => {
            format!("move it to the folder of its action plan: `{}`", Kind::Commitment.files())
        }
        WrongPlace::DefaultLanguage(name) => format!(
            "rename the file to `content/articles/{name}.md`: the site's default language has no \
             code in file names"
        ),
        WrongPlace::Elsewhere => format!(
            "commitments go to `{}`; agencies, reports and action plans to the folders of those \
             names; articles to `content/articles/` as `.md`; everything else to \
             `content/files/`",
            Kind::Commitment.files()
        ),
    })
}

/// A file in `content/files/` has a type that a browser or server might run.
pub fn active_file(path: &str) -> Diagnostic {
    let message = format!("{} is not of a type that is known to be safe for readers", quote(path));
    in_file(Code::ActiveFile, path, message).help(
        "save a document as PDF, a drawing as PNG and a table as CSV, or put the file in a ZIP file; \
         `milepost explain active-file` lists the allowed types",
    )
}

/// A file of `content/files/` is large for a reader with a phone.
pub fn large_file(path: &str, size: u64, limit: u64) -> Diagnostic {
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
    let message = format!(
        "{} is {} MB; a file of more than {} MB opens slowly on a phone",
        quote(path),
        megabytes(size),
        megabytes(limit)
    );
    in_file(Code::LargeFile, path, message)
        .help("save it in a smaller form, for example as a PDF with images of lower quality")
}

/// Another program left a file in `content/`.
pub fn left_over_file(path: &str) -> Diagnostic {
    let message = format!("{} is a temporary file of another program", quote(path));
    in_file(Code::LeftOverFile, path, message).help("delete it")
}

/// The name of a file or folder in `content/` begins with a dot, so it is not read.
pub fn hidden_file(path: &str) -> Diagnostic {
    let message = format!("{} is not published: its name begins with a dot", quote(path));
    in_file(Code::HiddenFile, path, message)
        .help("rename it without the dot to publish it; otherwise, delete it")
}

/// Windows keeps the name of a file or folder for a device.
pub fn device_name(path: &str, name: &str) -> Diagnostic {
    let message = format!("Windows cannot have a file named {}", quote(name));
    in_file(Code::UnusableName, path, message).help(
        "choose a name that does not begin with the name of a device and a dot; devices are `con`, \
         `prn`, `aux`, `nul`, `com0` to `com9` and `lpt0` to `lpt9`",
    )
}

/// The name of a file or folder cannot be part of an address. `ending` is that of the file; `None` for a
/// folder.
pub fn unusable_name(path: &str, name: &str, ending: Option<&str>) -> Diagnostic {
    let message = format!("the name {} cannot be part of an address", quote(name));
    let rule =
        "use only the letters a to z, digits, `-`, `.` and `_`, and start with a letter or a digit";
    in_file(Code::UnusableName, path, message).help(match (words::as_file_name(name), ending) {
        (meant, Some(ending)) if meant != "…" && name.is_ascii() => {
            format!("rename it to {}: {rule}", quote_whole(&format!("{meant}{ending}")))
        }
        _ => rule.to_owned(),
    })
}

/// A file name is not valid on some systems or is not Unicode.
pub fn unusable_file_name(path: &str, name: &str) -> Diagnostic {
    let message = format!("the name {} cannot be published on every host", quote(name));
    in_file(Code::UnusableName, path, message)
        .help("rename the file or folder without any of `\\ : * ? \" < > |`")
}

pub fn reserved_name(path: &str, name: &str) -> Diagnostic {
    let message = format!(
        "an article cannot be named {}: the portal has its own page at that address",
        quote(name)
    );
    in_file(Code::ReservedName, path, message)
        .help("give the file another name, such as `our-data.md`")
}

pub fn address_clash(path: &str, other: &str, address: &str) -> Diagnostic {
    let message = format!(
        "{} and {} would have the same address: {}",
        quote(path),
        quote(other),
        quote(address)
    );
    in_file(Code::AddressClash, path, message)
        .help("rename one of them; a difference in capital letters is not enough")
}

pub fn unusable_alias(span: Span, name: &str) -> Diagnostic {
    at(Code::UnusableName, span, format!("the alias {} cannot be part of an address", quote(name)))
        .help(
            "write the former file name, without `.toml`; names of devices, such as `con` or `com1`, \
             cannot be used",
        )
}

/// An alias is also an id or an earlier alias. `other` is the span of the earlier alias.
pub fn alias_taken(span: Span, name: &str, other: Option<Span>) -> Diagnostic {
    let problem =
        at(Code::AliasTaken, span, format!("the alias {} is already in use", quote(name)))
            .help("delete the alias: an address can lead to only one page");
    match other {
        Some(other) => problem.see(other, "first used here"),
        None => problem,
    }
}

/// Two files that the build writes have the same path, or one of them needs a folder where the
/// other is a file.
pub fn output_clash(first: &str, second: &str) -> Diagnostic {
    let message = match first == second {
        true => format!("two files would be published as {}", quote(first)),
        false => format!("{} and {} cannot both be published", quote(first), quote(second)),
    };
    in_file(Code::AddressClash, second, message)
        .help("rename one of the files that these pages come from")
}

// ---- syntax ------------------------------------------------------------------------------------

/// A file does not follow TOML, and no more specific problem of this section describes the cause.
pub fn syntax(span: Span) -> Diagnostic {
    at(Code::Syntax, span, "Milepost cannot read the end of this line")
        .help("write one `key = \"value\"` per line; `content/README.md` shows every key")
}

/// How a key or section is written a second time. The numbers are those of the line of the first.
#[derive(Debug, Clone)]
pub enum Repeat {
    /// The line is the same as the first.
    SameLine(usize),
    /// The key has another value.
    OtherValue(usize),
    /// The first is in the same entry in braces.
    SameTable,
    /// The key has another name, and can have a list of names. The text is both, as they are written.
    Name(usize, String),
    /// A section of which there is at most one.
    Section(usize),
    /// A section of which there can be several, in single brackets.
    SingleBrackets(usize),
}

/// A key or section is written twice where it can occur only once.
pub fn repeated(span: Span, key: &str, repeat: Repeat) -> Diagnostic {
    let (message, help) = match repeat {
        Repeat::SameLine(first) => (
            format!("this line is the same as line {first}: {}", quote(key)),
            "delete this line".to_owned(),
        ),
        Repeat::OtherValue(first) => (
            format!("{} already has a different value in line {first}", quote(key)),
            "if both are needed, join them into one; otherwise, put `#` before each line of the one that \
             is wrong"
                .to_owned(),
        ),
        Repeat::Name(first, names) => (
            format!("{} already has a different value in line {first}", quote(key)),
            format!(
                "if both are right, write {} in line {first}, and delete this line",
                quote_whole(&format!("{key} = [{names}]"))
            ),
        ),
        Repeat::SameTable => {
            (format!("{} has two values", quote(key)), "join them into one".to_owned())
        }
        Repeat::Section(first) => (
            format!("there is already a section `[{key}]`, in line {first}"),
            format!("move the lines below it to the section in line {first}, and delete this header"),
        ),
        Repeat::SingleBrackets(first) => (
            format!("`[{key}]` appears twice, but single brackets allow only one section"),
            format!("write `[[{key}]]`, with two brackets, in this line and in line {first}"),
        ),
    };
    at(Code::DuplicateKey, span, message).help(help)
}

/// The lines of a second section, of which there can be several, follow the first without a header.
/// `line` is the number of its first line.
pub fn block_without_header(span: Span, section: &str, line: usize) -> Diagnostic {
    let noun = section.trim_end_matches('s');
    let message =
        format!("a second {noun} seems to begin in line {line}, but its header is missing");
    at(Code::MissingHeader, span, message)
        .help(format!("put `[[{section}]]` on a line of its own above line {line}"))
}

/// A file contains the markers of a Git merge conflict. `end` is the span of the last marker, and `markers` are
/// how the lines of all of them begin.
pub fn merge_conflict(start: Span, end: Option<Span>, markers: &[&str]) -> Diagnostic {
    let problem = at(
        Code::MergeConflict,
        start,
        "two people changed these lines, and the conflict is not resolved",
    )
    .help(format!(
        "keep what is right in each version, and delete the whole lines that begin with {}",
        AllOf(markers)
    ));
    match end {
        Some(end) => problem.see(end, "the conflict ends here"),
        None => problem,
    }
}

pub fn control_character(span: Span, character: char) -> Diagnostic {
    let message =
        format!("the text contains an invisible character: {}", quote(&character.to_string()));
    at(Code::ControlCharacter, span, message).help(match character {
        // Word's line break within a paragraph.
        '\u{b}' => "delete the character, and begin a new line in its place",
        _ => "delete the character, or retype the line",
    })
}

pub fn old_line_endings(span: Span) -> Diagnostic {
    at(Code::ControlCharacter, span, "the lines of this file end with only a carriage return")
        .help("save the file with Unix (LF) or Windows (CRLF) line endings")
}

/// Brackets are nested more deeply than the TOML parser allows.
pub fn nested_too_deep(span: Span) -> Diagnostic {
    at(Code::NestedTooDeep, span, "the brackets are nested too deeply: the limit is 80")
        .help("write a list with one pair of brackets: `supporting = [\"one\", \"two\"]`")
}

/// A key has more parts, with dots between them, than the TOML parser allows.
pub fn too_many_parts(span: Span) -> Diagnostic {
    at(Code::NestedTooDeep, span, "the key has too many parts: the limit is 80")
        .help("write a key without dots, such as `title`")
}

/// A character outside quotation marks looks like a space or is invisible, but TOML does not accept it. `before`
/// is what precedes it on its line.
pub fn odd_space(span: Span, before: &str, character: char) -> Diagnostic {
    let (what, help) = match character.is_whitespace() {
        true => (
            "a special space, such as a no-break space,",
            "replace it with a normal space; special spaces often come from copied text",
        ),
        false => {
            ("an invisible character", "delete it; such characters often come from copied text")
        }
    };
    let message = match before.trim() {
        "" => format!("{what} is at the beginning of this line"),
        before => format!("{what} follows {}", quote(before)),
    };
    at(Code::OddSpace, span, message).help(help)
}

/// The header of a section has wrong brackets. `name` is what is between them.
pub fn broken_header(span: Span, name: &str) -> Diagnostic {
    let sections = || all_keys().filter(|key| key.value_type.is_section()).map(|key| key.name);
    let words: Vec<&str> = name.split([' ', '.']).filter(|word| !word.is_empty()).collect();
    let first = words.first().map_or("", |first| first.trim_end_matches(':'));
    let message = match name.contains(' ') {
        true => "a section name has no spaces",
        false => "the brackets around the section name do not match",
    };
    let is_joined = |known: &&str| name.replace(' ', "").eq_ignore_ascii_case(known);
    let joined = sections().find(is_joined);
    let help = match (joined.or(closest(first, sections())), words.as_slice()) {
        (Some(known), [_, language]) if looks_like_language(language) => {
            format!("write `[{known}.{language}]`")
        }
        (Some(known), [_]) => format!("write `{}`", header(known)),
        (Some(known), [_, number]) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("write `{}`", header(known))
        }
        (Some(known), _) if joined.is_some() => format!("write `{}`", header(known)),
        (Some(known), _) if name.contains(' ') => format!(
            "put `{}` in place of this line, and the other words below it, as the value of a key",
            header(known)
        ),
        _ if name.contains(' ') => "write the name as `content/README.md` shows it".to_owned(),
        _ => "write as many brackets after the name as before it: `[contact]`, `[[assessments]]`"
            .to_owned(),
    };
    at(Code::BrokenHeader, span, message).help(help)
}

/// Whether a word can be the code of a language in a header, such as `mn` or `pt-BR`.
fn looks_like_language(word: &str) -> bool {
    let first = word.split('-').next().unwrap_or_default();
    first.len() == 2 && LanguageCode::parse(word).is_some()
}

/// Returns the header of a section: `[contact]` or `[[updates]]`.
fn header(name: &str) -> String {
    match can_have(name, |value_type| matches!(value_type, ValueType::Tables(_))) {
        true => format!("[[{name}]]"),
        false => format!("[{name}]"),
    }
}

/// Whether a key with this name, of any file or section, has a type.
fn can_have(name: &str, is_type: fn(ValueType) -> bool) -> bool {
    all_keys().any(|key| key.name == name && is_type(key.value_type))
}

/// A key follows a header on its line.
pub fn key_after_header(span: Span, header: &str, rest: &str) -> Diagnostic {
    at(Code::TwoOnALine, span, format!("the header {} must be on a line of its own", quote(header)))
        .help(format!("put {} on its own line", quote_whole(rest)))
}

pub fn colon(span: Span, key: &str, value: &str) -> Diagnostic {
    let key = key.trim();
    at(Code::Colon, span, format!("the key {} must be followed by `=`, not `:`", quote(key))).help(
        match value {
            // A sign of YAML: the text is below this line.
            "" | "|" | ">" => format!("write `{key} =`"),
            value => write_line(&line_of(key, value), "write ` =` in place of `:`"),
        },
    )
}

pub fn dashed_list(span: Span) -> Diagnostic {
    at(Code::DashedList, span, "a list cannot be written with dashes")
        .help("write the list in brackets: `supporting = [\"one\", \"two\"]`")
}

/// A text of several lines has no opening marks: the lines after `key =`. `closing` are the marks after it.
pub fn text_without_marks(
    span: Span,
    key: &str,
    (first, last): (usize, usize),
    closing: Option<&str>,
) -> Diagnostic {
    let key_line = quote(&format!("{key} ="));
    match closing {
        Some(mark) => {
            let message =
                format!("the text ends with `{mark}` in line {last}, but does not begin with it");
            at(Code::UnclosedText, span, message)
                .help(format!("put `{mark}` after {key_line} in line {first}"))
        }
        None => {
            let message = format!("the lines of text after {key_line} need marks around them");
            at(Code::MissingQuotes, span, message).help(format!(
                "put `'''` after {key_line} in line {first}, and `'''` on a line of its own below line \
                 {last}"
            ))
        }
    }
}

/// The value of a key is below the line of the key.
pub fn value_below_key(span: Span, key: &str, value: &str) -> Diagnostic {
    let message = format!("the value of {} must be on the same line", quote(key));
    at(Code::MissingValue, span, message).help(in_place_of_lines(
        &line_of(key, value),
        "write the value after `=`, on the same line",
    ))
}

/// A text of several lines is between marks for one line. Each mark has the number of its line; the closing
/// mark can be missing.
pub fn marks_of_one_line(
    span: Span,
    (opening, first): (&str, usize),
    (closing, last): (&str, usize),
) -> Diagnostic {
    let code = match opening.starts_with(['"', '\'']) {
        true => Code::UnclosedQuote,
        false => Code::SmartQuotes,
    };
    let message =
        format!("a text of several lines cannot be between marks such as {}", quote(opening));
    let end = match closing {
        "" => format!("and `'''` on a line of its own below line {last}"),
        closing => format!("and in place of {} in line {last}", quote(closing)),
    };
    at(code, span, message)
        .help(format!("write `'''` in place of {} in line {first}, {end}", quote(opening)))
}

/// A list is written as lines, for example with dashes.
pub fn list_of_lines(span: Span, key: &str, names: &[&str]) -> Diagnostic {
    at(Code::DashedList, span, format!("the list {} must be in brackets", quote(key))).help(
        in_place_of_lines(
            &format!("{key} = [{}]", list_of_names(names)),
            "put `[` before the first name and `]` after the last one, quotation marks around each in \
             place of its dash, and commas between them",
        ),
    )
}

/// The advice to write a line in place of several, or `otherwise` if the line is too long to show whole.
fn in_place_of_lines(line: &str, otherwise: &str) -> String {
    write_in_place(line, " in place of these lines", otherwise)
}

pub fn missing_value(span: Span, key: &str) -> Diagnostic {
    at(Code::MissingValue, span, format!("the key {} has no value", quote(key)))
        .help(format!("write `{key} = \"…\"`, or delete the line"))
}

pub fn no_key(span: Span) -> Diagnostic {
    at(Code::NoKey, span, "this line has no key").help(
        "if it continues the text above, put `'''` around the whole text; otherwise, begin it with `key =`, \
         or with `#` for a remark",
    )
}

pub fn missing_equals(span: Span, key: &str, value: &str) -> Diagnostic {
    at(Code::NoKey, span, format!("`=` is missing after {}", quote(key)))
        .help(write_line(&line_of(key, value), "write `=` between the key and its value"))
}

/// `=` is written twice between a key and its value.
pub fn two_equals(span: Span, key: &str, value: &str) -> Diagnostic {
    at(Code::Syntax, span, format!("`=` is written twice after {}", quote(key)))
        .help(write_line(&line_of(key, value), "delete one `=`"))
}

/// A key contains a character that a bare key of TOML does not allow.
pub fn odd_key(span: Span, key: &str) -> Diagnostic {
    let names = || all_keys().map(|key| key.name);
    let joined = words::as_file_name(key).replace('-', "_");
    let help = match names().find(|name| *name == joined && *name != key) {
        Some(name) => format!("write {}", quote(name)),
        None => lookalike_help(key, names()).unwrap_or_else(|| {
            "write the key in Latin letters, digits and `_`, as `content/README.md` shows it".into()
        }),
    };
    at(Code::OddKey, span, format!("{} cannot be a key", quote(key))).help(help)
}

/// A key has parts, such as `title.mn`, and `name` is the part that has a value already. `place` is the key of a
/// translation with the header of its section, if the other part is a language.
pub fn part_of_value(span: Span, name: &str, place: Option<(&str, &str)>) -> Diagnostic {
    let name = quote(name);
    at(Code::OddKey, span, format!("{name} has a value already, so nothing can belong to it")).help(
        match place {
            Some((key, header)) => format!("write `{key} = …` below `{header}`"),
            None => format!("write a key without a dot, or a section whose name is not {name}"),
        },
    )
}

/// The value of a list is written without brackets. `written` is the value.
pub fn list_without_brackets(span: Span, key: &str, written: &str) -> Diagnostic {
    at(Code::WrongType, span, format!("the list {} needs brackets", quote(key))).help(write_line(
        &format!("{key} = [{}]", list_in_marks(written)),
        "put `[` before the first name and `]` after the last one, and quotation marks around each",
    ))
}

/// The names in a list have no, wrong or unpaired quotation marks. `written` is the list.
pub fn list_without_marks(span: Span, key: &str, written: &str) -> Diagnostic {
    let list = written.trim_matches(['[', ']']);
    let (code, message) = match names_of(list).iter().any(|name| name.starts_with(is_curly_quote)) {
        true => (Code::SmartQuotes, format!("the list {} has curly quotation marks", quote(key))),
        false => (
            Code::MissingQuotes,
            format!("each name in the list {} needs quotation marks around it", quote(key)),
        ),
    };
    let line = format!("{key} = [{}]", list_in_marks(list));
    let otherwise = "put `\"` before and after each name, and a comma between them";
    at(code, span, message).help(match written.contains('\n') {
        true => in_place_of_lines(&line, otherwise),
        false => write_line(&line, otherwise),
    })
}

/// Curly quotation marks and an invisible or special space are on one line. `inner` is the text between
/// the marks.
pub fn copied_line(span: Span, key: &str, inner: &str) -> Diagnostic {
    at(
        Code::SmartQuotes,
        span,
        "the quotation marks are curly, and a space is a special one, such as a no-break space",
    )
    .help(write_line(
        &format!("{key} = {}", in_marks(inner)),
        &format!("{}, and a normal space in place of the special one", straight_marks(inner)),
    ))
}

/// An entry in braces has a mistake. `meant` is how it should be written.
pub fn broken_entry(span: Span, key: &str, written: &str, meant: &str) -> Diagnostic {
    let written = written.trim();
    let key = quote(key);
    let message = match () {
        () if !written.starts_with('{') => format!("this entry of {key} does not begin with `{{`"),
        () if !written.ends_with('}') => format!("this entry of {key} does not end with `}}`"),
        () if written.contains(is_curly_quote) && !meant.contains(is_curly_quote) => {
            format!("this entry of {key} has curly quotation marks")
        }
        () if written.contains(';') && !meant.contains(';') => {
            format!("this entry of {key} has `;` in place of a comma")
        }
        () => format!("a quotation mark, comma or `=` is missing or wrong in this entry of {key}"),
    };
    at(Code::BrokenEntry, span, message).help(write_in_place(
        meant,
        " in place of it",
        "begin it with `{`, end it with `}`, put quotation marks around each text, and put a comma \
         between its keys",
    ))
}

/// A bracket around a list of entries is missing or is the wrong one. `bracket` is the right one, with what is
/// written in its place, in line `line`.
pub fn list_bracket(
    span: Span,
    key: &str,
    (bracket, written): (char, &str),
    line: usize,
) -> Diagnostic {
    let message = match bracket {
        '[' => format!("the list {} does not begin with `[`", quote(key)),
        _ => format!("the list {} does not end with `]`", quote(key)),
    };
    at(Code::UnclosedList, span, message).help(match (bracket, written) {
        ('[', "") => format!("put `[` after `{key} =` in line {line}"),
        (_, "") => format!("put `]` on a line of its own below line {line}"),
        (_, written) => format!("write `{bracket}` in place of {} in line {line}", quote(written)),
    })
}

/// Two entries of a list have no comma between them, but `between`.
pub fn missing_comma_after(span: Span, between: &str) -> Diagnostic {
    at(Code::MissingComma, span, "a comma is missing after this entry of the list").help(
        match between {
            ";" => "write `,` in place of `;` after the `}` that ends this entry",
            _ => "put `,` after the `}` that ends this entry",
        },
    )
}

pub fn missing_comma(span: Span) -> Diagnostic {
    at(Code::MissingComma, span, "a comma is missing between two entries of this list")
        .help("put `,` between the entries of a list: `supporting = [\"one\", \"two\"]`")
}

pub fn smart_quotes(span: Span, key: &str, inner: &str) -> Diagnostic {
    at(Code::SmartQuotes, span, "these quotation marks are curly; they must be straight")
        .help(write_line(&format!("{key} = {}", in_marks(inner)), &straight_marks(inner)))
}

/// The advice to put straight marks around a text that has curly ones.
fn straight_marks(inner: &str) -> String {
    let mark = if inner.contains(['"', '\\']) { "'''" } else { "\"" };
    match inner.starts_with(is_curly_quote) {
        true => format!("put `{mark}` before the first mark and after the last one"),
        false => format!("write `{mark}` in place of the first and the last mark"),
    }
}

/// The largest number of characters of a line that a message asks to write.
const MAX_LENGTH_TO_WRITE: usize = 200;

/// The advice to write a line, or `otherwise` if the line is too long to show whole.
fn write_line(line: &str, otherwise: &str) -> String {
    write_in_place(line, "", otherwise)
}

/// The same with the words that say in place of what.
fn write_in_place(line: &str, place: &str, otherwise: &str) -> String {
    match line.chars().count() <= MAX_LENGTH_TO_WRITE {
        true => format!("write {}{place}", quote_whole(line)),
        false => otherwise.to_owned(),
    }
}

pub fn smart_quotes_in_list(span: Span, inner: &str) -> Diagnostic {
    at(Code::SmartQuotes, span, "these quotation marks are curly; they must be straight")
        .help(write_line(&in_marks(inner), &straight_marks(inner)))
}

/// A text starts with a straight quotation mark and ends with a curly one.
pub fn mismatched_quotes(span: Span, mark: char) -> Diagnostic {
    at(Code::SmartQuotes, span, "the closing quotation mark is curly; it must be straight")
        .help(format!("replace it with a straight `{mark}`"))
}

pub fn missing_quotes(span: Span, value: &str) -> Diagnostic {
    at(Code::MissingQuotes, span, format!("the text {} needs quotation marks", quote(value))).help(
        write_line(&in_quotes(value), "put `'''` before the first word and after the last one"),
    )
}

pub fn unclosed_quote(span: Span, mark: char) -> Diagnostic {
    at(Code::UnclosedQuote, span, format!("the text starts with `{mark}` and is never closed"))
        .help(format!("put `{mark}` at the end; put text of several lines between `'''` and `'''`"))
}

pub fn quote_in_text(span: Span) -> Diagnostic {
    at(Code::QuoteInText, span, "the text ends at the second quotation mark, but more text follows")
        .help(
            "put the whole text between `'''` and `'''`, or write the inner marks as “ and ”, and an \
             apostrophe as ’",
        )
}

/// A text of one line is between pairs of marks, as in `''text''`.
pub fn doubled_quotes(span: Span, inner: &str) -> Diagnostic {
    at(Code::QuoteInText, span, "the marks around the text are doubled").help(write_line(
        &in_marks(inner),
        "write one `\"` before the first word and one after the last",
    ))
}

/// A comma or another mark follows a value.
pub fn mark_after_value(span: Span, mark: &str) -> Diagnostic {
    at(Code::TrailingComma, span, format!("there is `{mark}` after the value"))
        .help(format!("delete the last `{mark}`"))
}

pub fn two_on_a_line(span: Span, second: &str) -> Diagnostic {
    at(Code::TwoOnALine, span, "two keys are on one line")
        .help(format!("put {} on its own line", quote_whole(second)))
}

pub fn backslash(span: Span) -> Diagnostic {
    at(Code::Backslash, span, "a `\\` in double quotes has a special meaning")
        .help("put the text in single quotes: 'C:\\folder'")
}

/// A backslash is in a text of several lines between `"""`.
pub fn backslash_in_lines(span: Span) -> Diagnostic {
    at(Code::Backslash, span, "a `\\` between `\"\"\"` has a special meaning")
        .help("write `'''` in place of `\"\"\"`, before and after the text")
}

/// A number after `\\u` or `\\U` is not that of a character.
pub fn no_such_character(span: Span) -> Diagnostic {
    at(Code::Backslash, span, "no character has this number").help("write the character itself")
}

/// A text of several lines is never closed. `mark` is its opening delimiter.
pub fn unclosed_text(span: Span, mark: &str) -> Diagnostic {
    at(
        Code::UnclosedText,
        span,
        format!("the text that starts with `{mark}` in this line is never closed"),
    )
    .help(format!("put `{mark}` on a line of its own below the last line of the text"))
}

/// A list or inline table is never closed. `mark` is its opening bracket.
pub fn unclosed_list(span: Span, mark: &str) -> Diagnostic {
    let (noun, end) = if mark == "[" { ("list", "]") } else { ("entry", "}") };
    at(Code::UnclosedList, span, format!("the {noun} that starts in this line is never closed"))
        .help(format!("put `{end}` at the end of the {noun}"))
}

/// A boolean is not written as `true` or `false`, but for example as `True` or `yes`.
pub fn invalid_boolean(span: Span, key: &str, written: &str) -> Diagnostic {
    let meant = boolean_of(written).unwrap_or_default();
    let is_boolean = can_have(key, |value_type| matches!(value_type, ValueType::Boolean));
    let message = format!("{} is not a valid value", quote(written));
    at(Code::MissingQuotes, span, message).help(match is_boolean {
        true => format!("write `{meant}`"),
        false => format!("write `{meant}`, or {} if you mean the word", quote(&in_quotes(written))),
    })
}

/// A number is written as people write it, not as TOML does. `line` is the line with the number that is
/// meant, and `unit` the words after it.
pub fn number_in_other_form(span: Span, written: &str, line: &str, unit: &str) -> Diagnostic {
    let message = format!("{} must be only digits, with a point for decimals", quote(written));
    let unit = place_of_unit(unit);
    at(Code::WrongType, span, message).help(format!("write {}{unit}", quote_whole(line)))
}

/// What to do with the words after a number.
fn place_of_unit(unit: &str) -> String {
    match unit {
        "" => String::new(),
        unit => format!(", and put {} in `unit`", quote(unit)),
    }
}

/// A number has a point and three digits after it, so that the point could be a thousands separator.
pub fn ambiguous_number(span: Span, key: &str, written: &str) -> Diagnostic {
    let message = format!("the point in {} could be a thousands separator", quote(written));
    let whole = written.replace('.', "");
    let exact = match written.trim_end_matches('0') {
        decimal if decimal.len() < written.len() => decimal.trim_end_matches('.').to_owned(),
        _ => format!("{written}0"),
    };
    at(Code::AmbiguousNumber, span, message)
        .help(format!("write `{key} = {whole}`, or, if the digits are decimals, `{key} = {exact}`"))
}

fn in_quotes(value: &str) -> String {
    let value = value.trim();
    if value.starts_with(['"', '\'', '[', '{']) {
        value.to_owned()
    } else {
        in_marks(without_marks(value))
    }
}

/// Returns the line for a key and a value that lacks the right marks.
fn line_of(key: &str, value: &str) -> String {
    let key = key.trim();
    let is_bare = match value {
        "true" | "false" => can_have(key, |value_type| matches!(value_type, ValueType::Boolean)),
        _ => {
            value.bytes().all(|byte| byte.is_ascii_digit())
                && can_have(key, |value_type| matches!(value_type, ValueType::Number(..)))
        }
    };
    match () {
        () if is_decimal(key)
            && let Some((number, _)) = number_of(value) =>
        {
            format!("{key} = {number}")
        }
        () if is_bare => format!("{key} = {value}"),
        () if is_list(key) && !value.starts_with('[') => {
            format!("{key} = [{}]", list_in_marks(value))
        }
        () => format!("{key} = {}", in_quotes(value)),
    }
}

// ---- keys and values ---------------------------------------------------------------------------

/// A table lacks required keys. One problem lists all of them.
pub fn missing_keys(span: Span, table: &TablePath, keys: &[&str]) -> Diagnostic {
    let message = format!("{} is missing {}", labels::table(table), AllOf(keys));
    let lines = |value: &str| -> Vec<String> {
        keys.iter().map(|key| format!("`{key} = {value}`")).collect()
    };
    let help = match (table.last(), keys) {
        (Some((_, SectionShape::Inline)), _) => {
            format!("add {} within the braces", lines("\"…\"").join(" and "))
        }
        (_, ["title"]) if table.to_string() == "[[milestones]]" => {
            "add a line `title = …`; if this is what a report says about a milestone, write \
             `[[assessments.milestones]]`, below the other keys of its `[[assessments]]`"
                .to_owned()
        }
        (_, [key]) => format!("add a line `{key} = …`"),
        _ => format!("add a line for each: {}", lines("…").join(", ")),
    };
    at(Code::MissingKey, span, message).help(help)
}

pub fn unknown_key(span: Span, table: &TablePath, key: &str, known: &[&str]) -> Diagnostic {
    let label = labels::table(table);
    at(Code::UnknownKey, span, format!("{label} has no key {}", quote(key))).help(suggest(
        key,
        known.iter().copied(),
        match known {
            [key] => format!("its only key is {}", quote(key)),
            known => meant_key(table, key, known)
                .unwrap_or_else(|| format!("its keys are {}", AllOf(known))),
        },
    ))
}

/// A file contains a section that it cannot contain. `known` are the keys and sections that it can, and
/// `written` is the header of the section with this `name`.
pub fn unknown_section(
    span: Span,
    table: &TablePath,
    (name, written): (&str, &str),
    known: &[&str],
) -> Diagnostic {
    let sections = known.iter().filter(|name| can_have(name, |value_type| value_type.is_section()));
    let headers: Vec<String> = sections.clone().map(|name| header(name)).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    if let Some(header) = inner_section(name) {
        return section_of_section(span, name, &header);
    }
    let help = match (closest(name, sections.copied()), headers.as_slice()) {
        (Some(name), _) => format!("did you mean `{}`?", header(name)),
        (None, []) => "delete this section, or move its lines to another file".to_owned(),
        (None, headers) => format!("its sections are {}", AllOf(headers)),
    };
    let label = labels::table(table);
    at(Code::UnknownKey, span, format!("{label} has no section {}", quote(written))).help(help)
}

/// A section has only the last part of its name. `header` is the whole.
pub fn section_of_section(span: Span, name: &str, header: &str) -> Diagnostic {
    let section = header.trim_start_matches('[').split('.').next().unwrap_or_default();
    let message = format!("the section {} belongs to `[[{section}]]`", quote(name));
    at(Code::MisplacedKey, span, message)
        .help(format!("write `{header}`, below the other keys of its `[[{section}]]`"))
}

/// What people call things for which the format has another key.
const OTHER_NAMES: [(&str, &[&str]); 5] = [
    ("level", &["status", "progress", "rating", "completion", "result"]),
    ("end_date", &["deadline", "due", "due_date", "until", "finish"]),
    ("start_date", &["begin", "from", "since"]),
    ("lead", &["responsible", "ministry", "agency", "owner", "institution"]),
    ("description", &["budget", "cost", "funding", "comment", "comments", "remark", "remarks"]),
];

/// What to do with a key that a table does not have, but for which there is a place elsewhere.
fn meant_key(table: &TablePath, key: &str, known: &[&str]) -> Option<String> {
    let key = key.to_lowercase();
    if key == "title" && table.to_string() == "[[assessments.milestones]]" {
        return Some("use `id`: the `id` of the milestone that the report assesses".to_owned());
    }
    if let Some((original, language)) = key.rsplit_once(['_', '-', '.'])
        && let Some(language) = LanguageCode::shortest(language)
        && known.contains(&original)
    {
        let place = table.translation(&language);
        return Some(format!("write `{original} = …` below `{place}`"));
    }
    let is_other_name = |(_, names): &&(&str, &[&str])| names.contains(&key.as_str());
    let meant = OTHER_NAMES.iter().find(is_other_name).map_or(key.as_str(), |(name, _)| *name);
    if known.contains(&meant) && meant == "description" {
        return Some(
            "write it in `description`, or put `#` before the line to keep it as a comment"
                .to_owned(),
        );
    }
    if known.contains(&meant) {
        return Some(format!("write {} in its place", quote(meant)));
    }
    let sections = table.kind.table().keys.iter().filter(|section| {
        let section = section.value_type.table().filter(|_| section.value_type.is_section());
        section.is_some_and(|section| section.key(meant).is_some())
    });
    let headers: Vec<String> = sections.map(|section| header(section.name)).collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let what = if meant == key { "it".to_owned() } else { quote(meant) };
    (!headers.is_empty() && table.last().is_none())
        .then(|| format!("write {what} below the header {}", OneOf(&headers)))
}

/// A key belongs to the table `owner`, which is around the one that contains it. `lines` are those of the key
/// and its value, and `above` is the first header in `owner` with the number of its line.
pub fn misplaced_key(
    span: Span,
    key: &str,
    owner: &TablePath,
    lines: RangeInclusive<usize>,
    above: Option<(&str, usize)>,
) -> Diagnostic {
    let message = format!("{} belongs to {}", quote(key), labels::owner(owner));
    let what = match (lines.start(), lines.end()) {
        (first, last) if first == last => "the line".to_owned(),
        (first, last) => format!("lines {first} to {last}"),
    };
    let help = match above {
        Some((header, number)) => format!("move {what} above {} in line {number}", quote(header)),
        None => format!("move {what} to the top of the file"),
    };
    at(Code::MisplacedKey, span, message).help(help)
}

/// A table contains a table that belongs to a table around it.
pub fn misplaced_table(span: Span, name: &str, table: &TablePath) -> Diagnostic {
    if name == "rescheduled" {
        let message = "only the commitment's own deadline can have `[[rescheduled]]`";
        return at(Code::MisplacedKey, span, message).help(
            "if the deadline of the commitment moved, write `[[rescheduled]]`; if that of the milestone did, \
             correct its `end_date`, and say in its `description` what moved",
        );
    }
    let message = format!("{} is not a section of {}", quote(name), labels::table(table));
    at(Code::MisplacedKey, span, message).help(match table.language() {
        Some(language) => format!("write the names the other way round: `[{name}.{language}]`"),
        None => format!("write it as a section of its own: `{}`", header(name)),
    })
}

/// A section is a translation into the site's default language. `table` is what it translates.
pub fn header_for_default_language(span: Span, table: &TablePath, language: &str) -> Diagnostic {
    let message = format!(
        "{} is the site's default language, which has no section of its own",
        quote(language)
    );
    at(Code::UnknownLanguage, span, message).help(match table.last() {
        None => "move its texts to the top of the file, and delete this header".to_owned(),
        Some(_) => format!("move its lines to the end of `{table}`, and delete this header"),
    })
}

/// The type that a value must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    Text,
    Date,
    Boolean,
    Number,
    List,
    /// A table below a header.
    Section,
    /// A list of tables, each below a header.
    Sections,
    /// A table in braces.
    InlineTable,
    /// A table in braces, as one element of a list.
    InlineElement,
    /// A list of tables in braces.
    InlineTables,
}

/// The type that a value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Text,
    Date,
    Boolean,
    Number,
    List,
    /// A table in braces.
    Entry,
    /// A table below a header.
    Section,
}

/// A value has another type than its key requires. `written` is the value in the file.
pub fn wrong_type(
    span: Span,
    key: &str,
    expected: Expected,
    (found, written): (Found, &str),
) -> Diagnostic {
    let wanted = match expected {
        Expected::Text => "text in quotes",
        Expected::Date => "a date",
        Expected::Boolean => "`true` or `false`",
        Expected::Number => "a number",
        Expected::Sections if found == Found::Section => {
            let message = format!("{} must be in double brackets", quote(key));
            return at(Code::WrongType, span, message)
                .help(format!("write `[[{key}]]`: there can be several"));
        }
        Expected::Section if found == Found::List && written.starts_with("[[") => {
            let message = format!("{} must be in single brackets: there is only one", quote(key));
            return at(Code::WrongType, span, message)
                .help(value_of_type(key, expected, found, written));
        }
        Expected::List | Expected::InlineTables => "a list in `[` `]`",
        Expected::Section | Expected::Sections => "a section of its own",
        Expected::InlineTable | Expected::InlineElement => "an entry in `{` `}`",
    };
    let is = match found {
        Found::Text => "text",
        Found::Date => "a date",
        Found::Boolean => "`true` or `false`",
        Found::Number => "a number without quotation marks",
        Found::List => "a list",
        Found::Entry => "an entry",
        Found::Section => "a section",
    };
    let help = value_of_type(key, expected, found, written);
    at(Code::WrongType, span, format!("{} must be {wanted}, not {is}", quote(key))).help(help)
}

/// What to write in place of a value of another type.
fn value_of_type(key: &str, expected: Expected, found: Found, written: &str) -> String {
    let word = without_marks(written.trim()).trim().to_lowercase();
    match expected {
        Expected::Text if matches!(found, Found::Number | Found::Boolean | Found::Date) => {
            write_line(&in_marks(written), "write it between quotation marks: `\"…\"`")
        }
        Expected::Text => "write it between quotation marks: `\"…\"`".to_owned(),
        Expected::Date => format!("write the date in quotes: `{key} = \"2014-07-31\"`"),
        Expected::Boolean => match boolean_of(&word) {
            Some(meant) => format!("write `{key} = {meant}`, without quotation marks"),
            None => format!("write `{key} = true` or `{key} = false`"),
        },
        Expected::Number
            if is_decimal(key)
                && let Some((number, unit)) = number_of(written) =>
        {
            let unit = place_of_unit(unit);
            format!("write `{key} = {number}`, without quotation marks{unit}")
        }
        Expected::Number => match word.parse::<u16>() {
            Ok(number) => format!("write `{key} = {number}`, without quotation marks"),
            Err(_) => format!("write a number, such as `{key} = 1`, without quotation marks"),
        },
        Expected::List => format!("write `{key} = [\"…\"]`"),
        Expected::Section if boolean_of(&word) == Some(false) && key == "withdrawn" => {
            "delete the line: a commitment without `[withdrawn]` is not withdrawn".to_owned()
        }
        Expected::Section | Expected::Sections if boolean_of(&word) == Some(false) => {
            "delete the line".to_owned()
        }
        Expected::Section if found == Found::List => {
            let header = written.trim_start_matches('[').split(']').next().unwrap_or(key);
            let header = if written.starts_with("[[") { header } else { key };
            format!("write `[{header}]`, in single brackets, on its own line")
        }
        Expected::Section | Expected::Sections => format!(
            "in place of this line, write `{}` on a line of its own at the end of the file, and its keys \
             below it",
            header(key)
        ),
        Expected::InlineTable => format!("write `{key} = {}`", entry_of(key, found, written)),
        Expected::InlineElement => format!("write `{}`", entry_of(key, found, written)),
        Expected::InlineTables if found == Found::Entry => {
            "put `[` before `{` and `]` after `}`: there can be several".to_owned()
        }
        Expected::InlineTables => format!("write `{key} = [{}]`", entry_of(key, found, written)),
    }
}

/// Returns an entry in braces with the first two keys that it can have, the first with the value that is
/// written in place of the entry.
fn entry_of(key: &str, found: Found, written: &str) -> String {
    let keys = entry_keys(key);
    let (first, second) = match keys.as_slice() {
        [first, second, ..] => (*first, *second),
        _ => ("title", "url"),
    };
    let value = match found {
        Found::Number if is_decimal(first) => written,
        Found::Text if !is_decimal(first) && !written.contains('\n') => written,
        _ if is_decimal(first) => "…",
        _ => "\"…\"",
    };
    let other = if second == "url" { "https://…" } else { "…" };
    format!("{{ {first} = {value}, {second} = \"{other}\" }}")
}

/// The address of a document is written where an entry with a title is expected, or a list of them.
pub fn address_without_title(span: Span, key: &str, url: &str, expected: Expected) -> Diagnostic {
    let entry = format!("{{ title = \"…\", url = \"{url}\" }}");
    let entry = if expected == Expected::InlineTables { format!("[{entry}]") } else { entry };
    at(Code::WrongType, span, format!("an entry of {} needs a title and an address", quote(key)))
        .help(format!("write {}, with the title in place of `…`", quote_whole(&entry)))
}

/// A text contains only white space and invisible characters.
pub fn empty_text(span: Span, key: &str) -> Diagnostic {
    at(Code::EmptyText, span, format!("{} is empty", quote(key)))
        .help("write the text, or delete the line")
}

pub fn line_break(span: Span, key: &str) -> Diagnostic {
    at(Code::LineBreak, span, format!("{} must be on one line", quote(key)))
        .help("write it on one line, however long it is")
}

/// A value is not in a closed list.
pub fn unknown_choice(span: Span, vocabulary: Vocabulary, written: &str) -> Diagnostic {
    let known = vocabulary.names();
    let no_evidence = AssessedLevel::NoEvidence.name();
    let listed: Vec<&str> = known.iter().copied().filter(|name| *name != no_evidence).collect();
    let allowed = match known.len() {
        0..=MAX_LISTED_CHOICES if listed.len() < known.len() => {
            format!("write {}; in an IRM report, also {}", OneOf(&listed), quote(no_evidence))
        }
        0..=MAX_LISTED_CHOICES => format!("write {}", OneOf(&known)),
        _ => {
            let is_part =
                |name: &&&str| name.split('-').any(|part| part.eq_ignore_ascii_case(written));
            let similar: Vec<&str> = known.iter().filter(is_part).copied().collect();
            match similar.as_slice() {
                [] => "`content/README.md` lists all of them".to_owned(),
                similar => {
                    format!("write {}; `content/README.md` lists all of them", OneOf(similar))
                }
            }
        }
    };
    let is_other_script =
        written.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let allowed = match is_other_script {
        true => format!("these words are always in English: {allowed}"),
        false => allowed,
    };
    let message = format!("{} is not {}", quote(written), labels::term(vocabulary));
    let problem = at(labels::unknown(vocabulary), span, message);
    // The closest level might be `not-started`, but a missing report does not mean that no work was
    // done.
    let is_level = matches!(vocabulary, Vocabulary::CompletionLevel | Vocabulary::AssessedLevel);
    if is_level && closest(written, [AssessedLevel::NotReported.name()]).is_some() {
        return problem
            .help("delete the line: the portal shows a report without a level as not reported");
    }
    problem.help(suggest(written, known.iter().copied(), allowed))
}

pub fn not_a_date(span: Span, key: &str, written: &str) -> Diagnostic {
    let message = match words::is_blank(written) {
        true => format!("{} is empty", quote(key)),
        false => format!("{} is not a valid date: {}", quote(key), quote(written)),
    };
    at(Code::NotADate, span, message).help(
        "write the year first, as precisely as you know: \"2014\", \"2014-07\" or \"2014-07-31\"",
    )
}

/// A form of dates other than ISO 8601.
#[derive(Debug, Clone, Copy)]
pub enum DateForm {
    /// The month or the day has one digit.
    OneDigit,
    /// The month is a word.
    Words,
    Quarter,
    /// A financial year, or a range of years.
    TwoYears,
    /// The number of the day in a spreadsheet.
    SpreadsheetNumber,
    /// The year is of the Solar Hijri calendar, whose years begin in March.
    SolarHijri,
    /// The year is of the Buddhist calendar, whose months and days are the Gregorian ones.
    Buddhist,
}

/// A date has another form than ISO 8601. `meant` is the date in ISO 8601.
pub fn date_in_other_form(span: Span, written: &str, form: DateForm, meant: &str) -> Diagnostic {
    let written = quote(written);
    let message = match form {
        DateForm::OneDigit => {
            format!("the month and the day in the date {written} need two digits")
        }
        DateForm::Words => format!("the date {written} must be in digits"),
        DateForm::Quarter => format!("{written} is a quarter, not a month"),
        DateForm::TwoYears => format!("{written} is two years, not one date"),
        DateForm::SpreadsheetNumber => {
            format!("{written} is how a spreadsheet stores a day, not a date that readers know")
        }
        DateForm::SolarHijri | DateForm::Buddhist => {
            format!("the date {written} is not in the Gregorian calendar")
        }
    };
    let more = match form {
        DateForm::TwoYears => ", or the month, if you know it",
        DateForm::SolarHijri => ", or the next year, if the date is late in that year",
        _ => "",
    };
    at(Code::NotADate, span, message).help(format!("write \"{meant}\"{more}"))
}

/// Words in place of an end date say that there is no end.
pub fn end_in_words(span: Span, written: &str) -> Diagnostic {
    at(Code::NotADate, span, format!("`end_date` is not a valid date: {}", quote(written)))
        .help("write \"not-applicable\" if there is no end, or the date until which it is promised")
}

/// The parts of a date are in another order or have other separators than in ISO 8601. `meant` is
/// the date in ISO 8601.
///
/// `other` is the date if the day and the month are the other way round, and both orders are possible.
pub fn reordered_date(span: Span, written: &str, meant: &str, other: Option<&str>) -> Diagnostic {
    let message = match written.starts_with(&meant[..4]) {
        true => format!("the numbers in the date {} must be joined by `-`", quote(written)),
        false => format!("the date {} must start with the year", quote(written)),
    };
    at(Code::DateForm, span, message).help(match other {
        Some(other) => format!("write \"{meant}\" or \"{other}\", whichever is meant"),
        None => format!("write \"{meant}\""),
    })
}

pub fn unquoted_date(span: Span, key: &str, written: &str) -> Diagnostic {
    at(Code::UnquotedDate, span, format!("the date {} needs quotation marks", quote(written)))
        .help(format!("write {}", quote(&format!("{key} = \"{written}\""))))
}

pub fn impossible_date(span: Span, written: &str) -> Diagnostic {
    at(Code::ImpossibleDate, span, format!("the date {} does not exist", quote(written)))
        .help("correct the date; if you know only the month, write the year and the month")
}

/// Of two dates, the second is before the first. The keys are in the order of the dates.
pub fn end_before_start([first, second]: [&str; 2], end: Span, start: Span) -> Diagnostic {
    at(Code::EndBeforeStart, end, format!("`{second}` is before `{first}`"))
        .help("correct the one that is wrong")
        .see(start, format!("`{first}` is here"))
}

/// The addresses that a key allows.
#[derive(Debug, Clone, Copy)]
pub enum AllowedAddress {
    /// A URL with one of these schemes.
    Schemes(&'static [&'static str]),
    /// The URL of a folder, to which paths can be appended.
    HomePage,
    Email,
    /// A URL with one of these schemes, where `mailto:` is one.
    Contact(&'static [&'static str]),
}

/// An address contains a user name or a password.
pub fn password_in_address(span: Span) -> Diagnostic {
    at(Code::PasswordInAddress, span, "this address contains a user name or a password").help(
        "delete everything between `//` and `@`, and change the password: everyone could read it",
    )
}

/// A link to an email address leads to more than one mailbox, or to none.
pub fn forbidden_mailbox(span: Span, written: &str) -> Diagnostic {
    let message = format!("{} is not a link to an email address", quote(written));
    at(Code::ForbiddenLink, span, message)
        .help("write `mailto:office@ministry.gov.mn`; only `?subject=` and `&body=` can follow")
}

/// Where an address is.
#[derive(Debug, Clone, Copy)]
pub enum AddressPlace<'k> {
    /// It is the value of a key.
    Key(&'k str),
    /// It is a link in a text.
    Link,
}

/// Only the editor's own computer or network can open an address.
pub fn private_address(span: Span, place: AddressPlace<'_>, written: &str) -> Diagnostic {
    let message =
        format!("only your own computer or network can open the address {}", quote(written));
    let file = match place {
        AddressPlace::Key("url") => {
            ", or put the file in `content/files/` and write `file = \"files/…\"`"
        }
        AddressPlace::Key(_) => ", or delete the line",
        AddressPlace::Link => ", or put the file in `content/files/` and link to `/files/…`",
    };
    at(Code::NotAnAddress, span, message)
        .help(format!("write the address that everyone can open{file}"))
}

/// Whether a text is the path of a file on the editor's own computer, as Windows, macOS or a browser show it.
fn is_local_path(written: &str) -> bool {
    let lower = written.to_ascii_lowercase();
    let after_drive = lower.strip_prefix(|letter: char| letter.is_ascii_alphabetic());
    after_drive.is_some_and(|rest| rest.starts_with(":\\") || rest.starts_with(":/"))
        || ["file:", "\\", "~/", "/users/", "/home/"].iter().any(|start| lower.starts_with(start))
}

/// A path on the editor's own computer, in a text that the parser cannot read. Returns `None` if it is none.
pub fn path_on_a_computer(span: Span, key: &str, written: &str) -> Option<Diagnostic> {
    let message = format!("{} is a path on your own computer: {}", quote(key), quote(written));
    is_local_path(written).then(|| {
        at(Code::NotAnAddress, span, message).help(local_path_help(AddressPlace::Key(key), written))
    })
}

/// Whether a text is the name of a file without a folder, such as `plan.docx`.
fn is_file_name(written: &str) -> bool {
    let ending = written.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_ending = (2..=4).contains(&ending.len()) && ending.is_ascii();
    is_ending && !written.contains(['/', '\\', ':', '?', '#', ' '])
}

/// What to do with a path on the editor's own computer.
fn local_path_help(place: AddressPlace<'_>, written: &str) -> String {
    let name = written.rsplit(['/', '\\']).next().unwrap_or_default();
    let use_file = match place {
        AddressPlace::Key("url" | "file") => {
            format!("write {}", quote_whole(&format!("file = \"files/{name}\"")))
        }
        AddressPlace::Key(_) => {
            return "readers cannot open a file on your computer: write the address that everyone can open, \
                    or delete the line"
                .to_owned();
        }
        AddressPlace::Link => format!("link to {}", quote_whole(&format!("/files/{name}"))),
    };
    format!(
        "readers cannot open a file on your computer: put it in `content/files/`, and {use_file}"
    )
}

/// A value is not an address of an allowed kind.
pub fn not_an_address(span: Span, key: &str, written: &str, allowed: AllowedAddress) -> Diagnostic {
    let message = format!("{} is not a valid address: {}", quote(key), quote(written));
    let schemes = match allowed {
        AllowedAddress::Schemes(schemes) | AllowedAddress::Contact(schemes) => schemes,
        AllowedAddress::HomePage | AllowedAddress::Email => &[],
    };
    let has_scheme = schemes.iter().any(|scheme| written.starts_with(scheme));
    if written.matches("://").count() > 1 && written.contains([' ', ',', ';']) {
        return at(Code::NotAnAddress, span, message)
            .help("write one address; give each other address an entry of its own");
    }
    if let (AllowedAddress::Email, Some(mailbox)) = (allowed, written.strip_prefix("mailto:")) {
        return at(Code::NotAnAddress, span, message).help(format!("write \"{mailbox}\""));
    }
    if !schemes.is_empty() && is_local_path(written) {
        return at(Code::NotAnAddress, span, message)
            .help(local_path_help(AddressPlace::Key(key), written));
    }
    if let Some(encoded) = web_address::encoded(written).filter(|_| has_scheme) {
        return at(Code::NotAnAddress, span, message)
            .help(format!(
                "an address cannot contain spaces or characters such as `{{`, `|` or `<`: write \"{encoded}\""
            ));
    }
    if !schemes.is_empty() && written.starts_with("www.") && web_address::is_host_name(written) {
        return at(Code::NotAnAddress, span, message)
            .help(format!("write {}", quote_whole(&format!("https://{written}"))));
    }
    at(Code::NotAnAddress, span, message).help(match allowed {
        AllowedAddress::Schemes(schemes) => {
            format!("write an address that starts with {}", OneOf(schemes))
        }
        AllowedAddress::Contact(schemes) => format!(
            "write an address that starts with {}; after `mailto:`, one email address, and then only \
             `?subject=` and `&body=`",
            OneOf(schemes)
        ),
        AllowedAddress::HomePage => {
            "write the address of the portal's home page, without `?`, `#` or a file name"
                .to_owned()
        }
        AllowedAddress::Email => {
            "write an email address, such as \"office@ministry.gov.mn\"".to_owned()
        }
    })
}

pub fn number_out_of_range(span: Span, key: &str, lowest: u16, highest: u16) -> Diagnostic {
    at(Code::OutOfRange, span, format!("{} must be between {lowest} and {highest}", quote(key)))
        .help("correct the number")
}

/// A number has more decimals or digits than Milepost shows exactly.
pub fn not_a_quantity(span: Span, key: &str, written: &str) -> Diagnostic {
    let message =
        format!("{} is not a number that readers can compare: {}", quote(key), quote(written));
    at(Code::OutOfRange, span, message)
        .help("write only digits, at most 12, and at most 4 decimals, with a point: `61.5`")
}

/// A list has more values than Milepost reads.
pub fn list_too_long(span: Span, key: &str, length: usize, limit: usize) -> Diagnostic {
    let message = format!("the list {} has {length} values, more than {limit}", quote(key));
    at(Code::ListTooLong, span, message).help("keep the values that belong to this file only")
}

/// A table has neither of two keys, one of which is required.
pub fn neither_key(span: Span, table: &TablePath, keys: [&str; 2]) -> Diagnostic {
    let message = format!("{} has neither `{}` nor `{}`", labels::table(table), keys[0], keys[1]);
    at(Code::OneOfTwoKeys, span, message).help("add one of them")
}

/// A table has two keys, of which only one is allowed.
pub fn both_keys(span: Span, table: &TablePath, keys: [&str; 2]) -> Diagnostic {
    at(Code::OneOfTwoKeys, span, format!("{} has both {}", labels::table(table), AllOf(&keys)))
        .help(match table.last() {
            None => "keep the one that readers should open, and put `#` before the other",
            Some(_) => {
                "keep the one that readers should open, and give the other an entry of its own"
            }
        })
}

/// What is listed twice.
#[derive(Debug, Clone, Copy)]
pub enum Noun {
    Agency,
    Chapter,
    Language,
    Milestone,
    OgpValue,
    PolicyArea,
    Report,
}

pub fn duplicate(span: Span, noun: Noun, name: &str, first: Span) -> Diagnostic {
    // The key to correct if another one is meant.
    let (noun, key) = match noun {
        Noun::Agency => ("agency", None),
        Noun::Chapter => ("chapter", Some("number")),
        Noun::Language => ("language", None),
        Noun::Milestone => ("milestone", Some("id")),
        Noun::OgpValue => ("OGP value", None),
        Noun::PolicyArea => ("policy area", None),
        Noun::Report => ("report", Some("name")),
    };
    let message = format!("the {noun} {} is listed twice", quote(name));
    at(Code::Duplicate, span, message)
        .help(match key {
            Some(key) => format!(
                "if another {noun} is meant, correct the {key}; if the two sections say the same, delete \
                 this one; otherwise, join them"
            ),
            None => "delete one of them".to_owned(),
        })
        .see(first, "first used here")
}

/// Two milestones or indicators have the same id. `free` is one that no other has.
pub fn duplicate_id(span: Span, noun: &str, id: &str, free: &str, first: Span) -> Diagnostic {
    let message = format!("another {noun} already has the id {}", quote(id));
    at(Code::Duplicate, span, message)
        .help(format!("give this one another id, such as {}", quote_whole(free)))
        .see(first, "first used here")
}

/// Two commitments have the same identifier of OGP.
pub fn duplicate_ogp_id(span: Span, id: &str, first: Span) -> Diagnostic {
    let message = format!("another commitment also has the `ogp_id` {}", quote(id));
    at(Code::Duplicate, span, message)
        .help("correct the one that is wrong, or leave it out until you know it")
        .see(first, "first used here")
}

/// Two commitments of one plan have the same title.
pub fn same_title(span: Span, first: Span) -> Diagnostic {
    at(Code::SameName, span, "another commitment of this plan has the same title")
        .help(
            "if one file is a copy of the other, keep the file that is right; otherwise, make the \
             titles different",
        )
        .see(first, "the same title is here")
}

/// Two agencies have the same name.
pub fn same_agency_name(span: Span, first: Span) -> Diagnostic {
    at(Code::SameName, span, "another agency has the same name")
        .help(
            "if both are one agency, keep one file, and list the other file name in its `aliases`; \
             otherwise, make the names different",
        )
        .see(first, "the same name is here")
}

/// A former name of an agency is its present name.
pub fn former_name_is_name(span: Span, name: Span) -> Diagnostic {
    at(Code::SameName, span, "this former name is also the present name")
        .help("write the name that it had before; a new name belongs to `name`")
        .see(name, "the present name is here")
}

pub fn unknown_language(span: Span, language: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the site has no language {}", quote(language));
    let usual = LanguageCode::shortest(language);
    if let Some(usual) = usual.filter(|usual| known.contains(&usual.as_str())) {
        return at(Code::UnknownLanguage, span, message)
            .help(format!("did you mean {}?", quote(usual.as_str())));
    }
    at(Code::UnknownLanguage, span, message).help(format!(
        "`languages` in `site.toml` lists {}: add the language there; until then, put `#` before each line \
         of the translation",
        AllOf(known)
    ))
}

/// An article is in a language that the site does not have.
pub fn article_in_unknown_language(path: &str, language: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the site has no language {}", quote(language));
    in_file(Code::UnknownLanguage, path, message).help(format!(
        "`languages` in `site.toml` lists {}: add the language there; until then, move this file out of \
         `content/`",
        AllOf(known)
    ))
}

/// A section that can occur several times exists only as a translation: `[milestones.mn]`.
pub fn translation_without_section(span: Span, key: &str, language: &str) -> Diagnostic {
    let message =
        format!("`[{key}.{language}]` translates nothing: there is no `[[{key}]]` above it");
    at(Code::TranslationOfNothing, span, message).help(format!(
        "write `[[{key}]]` above it, and below that the texts in the site's default language"
    ))
}

pub fn translation_of_nothing(span: Span, key: &str, language: &str) -> Diagnostic {
    let message =
        format!("{} is translated into {}, but has no original", quote(key), quote(language));
    at(Code::TranslationOfNothing, span, message).help(format!(
        "write `{key}` in the site's default language too; until then, put `#` before the translation"
    ))
}

/// A translated list has another number of entries than the original.
pub fn translation_length(span: Span, key: &str, original: usize, translated: usize) -> Diagnostic {
    let message = format!(
        "{} has {} in this language, but the original has {original}",
        quote(key),
        Count(translated, "entry")
    );
    at(Code::TranslationLength, span, message).help("translate each entry, in the same order")
}

// ---- references --------------------------------------------------------------------------------

/// A value names something that has no file. `kind` is the noun in the message and `folder` the
/// folder of such files below `content/`.
fn unknown_reference(
    code: Code,
    span: Span,
    (kind, folder): (&str, &str),
    written: &str,
    known: &[&str],
) -> Diagnostic {
    let message = format!("there is no {kind} {}", quote(written));
    let file_name = words::as_file_name(written);
    let path = format!("content/{folder}/{file_name}.toml");
    let make = format!("create the file {}", quote_whole(&path));
    if let Some(help) = lookalike_help(written, known.iter().copied()) {
        return at(code, span, message).help(help);
    }
    at(code, span, message).help(match closest(written, known.iter().copied()) {
        Some(name) => format!("did you mean {}? If not, {make}", quote_whole(name)),
        None if (1..=MAX_LISTED_NAMES).contains(&known.len()) => {
            format!("write {}; if you mean none of these, {make}", OneOf(known))
        }
        None => make,
    })
}

/// The number of values of a closed list up to which a message lists all of them.
const MAX_LISTED_CHOICES: usize = 12;

/// The number of known names up to which a message lists all of them.
const MAX_LISTED_NAMES: usize = 7;

pub fn unknown_agency(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference(Code::UnknownAgency, span, ("agency", "agencies"), written, known)
}

/// The only name of a key is those of several agencies.
pub fn several_agencies(span: Span, key: &str, ids: &[&str]) -> Diagnostic {
    let message = format!("{} names several agencies", quote(key));
    let line = format!("{key} = [{}]", list_of_names(ids));
    at(Code::UnknownAgency, span, message).help(format!("write {}", quote_whole(&line)))
}

/// One name of a list is those of several agencies.
pub fn names_in_one(span: Span, ids: &[&str]) -> Diagnostic {
    let names = quote_whole(&list_of_names(ids));
    at(Code::UnknownAgency, span, "this names several agencies")
        .help(format!("put each in quotation marks of its own: {names}"))
}

/// Puts each name of a list between the marks of TOML.
fn list_in_marks(written: &str) -> String {
    let names: Vec<&str> = names_of(written).into_iter().map(without_marks).collect();
    list_of_names(&names)
}

fn list_of_names(names: &[&str]) -> String {
    names.iter().map(|name| in_marks(name)).collect::<Vec<_>>().join(", ")
}

/// A value is an agency's name, not its id.
pub fn agency_by_name(span: Span, written: &str, id: &str) -> Diagnostic {
    called_by_name(Code::UnknownAgency, span, ("agency", "name"), written, id)
}

/// A partner outside the government is the file name of an agency.
pub fn agency_as_partner(span: Span, written: &str) -> Diagnostic {
    at(Code::AgencyAsPartner, span, format!("{} is the file name of an agency", quote(written)))
        .help("write it in `supporting`; `partners` has the names of actors outside the government")
}

/// A value is a report's title, not its id.
pub fn report_by_title(span: Span, written: &str, id: &str) -> Diagnostic {
    called_by_name(Code::UnknownReport, span, ("report", "title"), written, id)
}

/// A value is what a thing is called, not its id. `kind` and `key` are the nouns for both in the message.
fn called_by_name(
    code: Code,
    span: Span,
    (kind, key): (&str, &str),
    written: &str,
    id: &str,
) -> Diagnostic {
    at(code, span, format!("there is no {kind} {}", quote(written)))
        .help(format!("write {}: the file name of the {kind} with this {key}", quote(id)))
}

/// A value is an assessor's name, not its id.
pub fn assessor_by_name(span: Span, written: &str, id: &str) -> Diagnostic {
    called_by_name(Code::UnknownAssessor, span, ("assessor", "name"), written, id)
}

/// An agency is the file name of an assessor.
pub fn assessor_as_agency(span: Span, written: &str) -> Diagnostic {
    at(Code::UnknownAgency, span, format!("{} is an assessor, not an agency", quote(written)))
        .help("write its name in `partners` of the commitment, and an agency here")
}

pub fn unknown_assessor(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference(Code::UnknownAssessor, span, ("assessor", "assessors"), written, known)
}

/// No report names an assessor that has a file.
pub fn unused_assessor(span: Span, name: &str) -> Diagnostic {
    at(Code::UnusedAssessor, span, format!("no report is by the assessor {}", quote(name))).help(
        format!("write `assessor = \"{name}\"` in the files of its reports, or delete this file"),
    )
}

/// An agency that leads a commitment did not exist any more when the plan began.
pub fn abolished_lead(span: Span, written: &str, until: PartialDate) -> Diagnostic {
    let message = format!("the agency {} was abolished before this plan began", quote(written));
    at(Code::AbolishedAgency, span, message).help(format!(
        "write the agency that took over its work, or correct `until` in its file, which is {until}"
    ))
}

pub fn not_a_country(span: Span, written: &str) -> Diagnostic {
    at(Code::NotACountry, span, format!("{} is not the code of a country", quote(written)))
        .help("write two capital letters of ISO 3166, such as \"MN\" for Mongolia")
}

/// `repository` is a page of a repository on which nobody can edit a file.
pub fn edit_address(span: Span, written: &str, right: &str) -> Diagnostic {
    let message = format!("the links \"Edit this page\" do not work with {}", quote(written));
    at(Code::EditAddress, span, message).help(format!("write \"{right}\""))
}

/// `base_url` is on the domain of a host, but not where the host publishes the repository.
pub fn pages_address(span: Span, written: &str, right: &str) -> Diagnostic {
    let message = format!("the host does not publish this repository at {}", quote(written));
    at(Code::PagesAddress, span, message).help(format!("write \"{right}\""))
}

pub fn unknown_report(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference(Code::UnknownReport, span, ("report", "reports"), written, known)
}

pub fn unknown_plan(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference(Code::UnknownPlan, span, ("action plan", "action-plans"), written, known)
}

/// The folder of a commitment is not the id of an action plan.
pub fn folder_without_plan(path: &str, plan: &str) -> Diagnostic {
    let message = format!("there is no action plan {} for this commitment", quote(plan));
    in_file(Code::UnknownPlan, path, message).help(format!(
        "create the file {}, or move the commitment to the folder of its plan",
        quote_whole(&format!("content/action-plans/{plan}.toml"))
    ))
}

/// A value names a commitment that has no file. `meant` is the one that is certainly meant.
pub fn unknown_commitment(
    span: Span,
    written: &str,
    known: &[&str],
    meant: Option<&str>,
) -> Diagnostic {
    let message = format!("there is no commitment {}", quote(written));
    at(Code::UnknownCommitment, span, message).help(match meant {
        Some(meant) => format!("write {}: the plan, `/`, and the number", quote_whole(meant)),
        None => suggest(
            written,
            known.iter().copied(),
            "write the plan and the number, such as \"2012-2014/7\"",
        ),
    })
}

pub fn not_earlier(span: Span, written: &str) -> Diagnostic {
    at(Code::NotEarlier, span, format!("{} is not in an earlier action plan", quote(written))).help(
        "write the commitment of the earlier plan that this one continues; until you know it, put `#` before \
         the line",
    )
}

pub fn unknown_chapter(span: Span, written: &str, plan: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the action plan {} has no chapter {}", quote(plan), quote(written));
    let plan_file = quote_whole(&format!("content/action-plans/{plan}.toml"));
    at(Code::UnknownChapter, span, message).help(match known {
        [] => format!("add the chapter to {plan_file}"),
        known => {
            format!("write {}, or add the chapter to {plan_file}", OneOf(known))
        }
    })
}

pub fn report_on_another_plan(span: Span, report: &str, its_plan: &str, plan: &str) -> Diagnostic {
    let message = format!(
        "the report {} covers the action plan {}, but this commitment belongs to {}",
        quote(report),
        quote(its_plan),
        quote(plan)
    );
    at(Code::WrongReport, span, message).help(
        "use a report on this commitment's plan, or correct `action_plan` in that report's file",
    )
}

pub fn no_evidence_is_for_irm(span: Span) -> Diagnostic {
    at(Code::WrongLevel, span, "the level `no-evidence` is only for IRM reports").help(
        "write the level that the report gives; if it gives none, put `#` before the line: the portal then \
         shows it as not reported",
    )
}

/// A report that is not by the Independent Reporting Mechanism has its codes.
pub fn codes_are_for_irm(span: Span) -> Diagnostic {
    at(Code::WrongReport, span, "the codes of `[assessments.irm]` are only for IRM reports").help(
        "move them to the assessment by the IRM report that gives them, or put `#` before each line",
    )
}

/// A value is dated after the report that gives it.
pub fn value_after_report(
    span: Span,
    date: PartialDate,
    report: &str,
    published: PartialDate,
) -> Diagnostic {
    let message = format!(
        "{} is after the report that gives this value: {} is of {published}",
        quote(&date.to_string()),
        quote(report)
    );
    at(Code::ImplausibleDate, span, message)
        .help("write the date on which the number was counted, or the report that gives it")
}

/// The id of a milestone cannot be part of an address.
pub fn unusable_milestone_id(span: Span, written: &str) -> Diagnostic {
    let message = format!("the id {} cannot be part of an address", quote(written));
    at(Code::UnusableName, span, message).help("write its number, such as \"1\" or \"2.1\"")
}

/// An assessment names a milestone that the commitment does not have.
pub fn unknown_milestone(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    let message = format!("this commitment has no milestone with the id {}", quote(written));
    at(Code::UnknownMilestone, span, message).help(match known {
        [] => format!("write `id = \"{written}\"` in the `[[milestones]]` that is meant"),
        known => suggest(written, known.iter().copied(), format!("write {}", OneOf(known))),
    })
}

/// Two dates that are the same deadline differ. `to` is the deadline since the last move.
pub fn deadlines_differ(
    span: Span,
    key: &str,
    written: PartialDate,
    to: Spanned<PartialDate>,
) -> Diagnostic {
    let message = format!(
        "{} is {written}, but the deadline moved to {}",
        quote(key),
        quote(&to.value.to_string())
    );
    at(Code::DeadlinesDiffer, span, message)
        .help("write the same date in both, and one `[[rescheduled]]` for each time it moved, oldest first")
        .see(to.span, "the deadline moved here")
}

/// Moved deadlines are not listed oldest first. The numbers are the lines of the section that is too low, and of
/// the one before which it belongs.
pub fn rescheduled_order(span: Span, line: usize, before: usize) -> Diagnostic {
    at(Code::DeadlinesDiffer, span, "these moved deadlines are in the wrong order: the oldest comes first")
        .help(format!(
            "put the `[[rescheduled]]` of line {line}, with the lines below it, before the one of line {before}"
        ))
}

/// A deadline moved to the date that it had.
pub fn deadline_stays(to: Span, from: Span) -> Diagnostic {
    at(Code::EndBeforeStart, to, "`to` is the same date as `from`, so no deadline moved")
        .help("correct the one that is wrong")
        .see(from, "`from` is here")
}

/// A low level in a running plan does not say what stands in the way.
pub fn no_challenges(span: Span) -> Diagnostic {
    at(Code::NoChallenges, span, "this level does not say what stands in the way").help(
        "add `challenges`, such as `challenges = [\"funding\"]`; if nothing does, say so in \
         `additional_information`",
    )
}

/// A report says that a commitment is completed, and that one of its milestones is not.
pub fn levels_differ(span: Span, milestone: &str, level: Span) -> Diagnostic {
    let message =
        format!("the level is `completed`, but that of the milestone {} is not", quote(milestone));
    at(Code::LevelsDiffer, span, message)
        .help("compare both with the report; if it says both, say so in a `note`")
        .see(level, "the level of the milestone is here")
}

/// A chain of `merged_into` leads back to its start.
pub fn merged_in_a_circle(span: Span, written: &str) -> Diagnostic {
    let message = format!("{} leads back to this commitment", quote(written));
    at(Code::MergedInACircle, span, message)
        .help("write the commitment that goes on; it has no `merged_into` itself")
}

/// A chain of `[[became]]` leads back to its start.
pub fn became_in_a_circle(span: Span, written: &str) -> Diagnostic {
    let message = format!("{} leads back to this agency", quote(written));
    at(Code::MergedInACircle, span, message).help(
        "write the agency that took over the work; if this agency only has a new name, change `name`, and \
         add the old one to `former_names`",
    )
}

/// A published text links to a commitment that is not published.
pub fn link_to_draft(span: Span, written: &str) -> Diagnostic {
    let message = format!("{} is a draft, which is not published", quote(written));
    at(Code::BrokenLink, span, message)
        .help("remove the link until the commitment has no line `draft = true`")
}

/// A key of a published commitment names a commitment that is not published.
pub fn reference_to_draft(span: Span, written: &str) -> Diagnostic {
    let message = format!("{} is a draft, which is not published", quote(written));
    at(Code::BrokenLink, span, message).help(
        "put `#` before this line until the other commitment has no line `draft = true`; readers would \
         find nothing there",
    )
}

/// A commitment is merged into one that the government dropped.
pub fn merged_into_withdrawn(span: Span, written: &str) -> Diagnostic {
    let message =
        format!("{} is withdrawn, so this commitment cannot continue in it", quote(written));
    at(Code::MergedInACircle, span, message).help(
        "write the commitment that goes on; if the government dropped this one too, write `[withdrawn]` \
         in place of `merged_into`",
    )
}

pub fn missing_file(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    if is_local_path(written) {
        let message = format!("{} is not a path in this site", quote(written));
        let help = local_path_help(AddressPlace::Key("file"), written);
        return at(Code::MissingFile, span, message).help(help);
    }
    at(Code::MissingFile, span, format!("there is no file {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        "put the file in `content/files/`, and write its path, such as \"files/decree.pdf\"",
    ))
}

pub fn empty_site(path: &str) -> Diagnostic {
    in_file(Code::EmptySite, path, "the site has no commitments")
        .help("create a file in `content/commitments/`, in the folder of its action plan")
}

/// A commitment of a running plan has had no news for more than `months` months. `since` is the
/// date of its latest news.
pub fn stale(span: Span, since: Option<&str>, months: u16) -> Diagnostic {
    let message = match since {
        Some(since) => format!("this commitment has had no news since {since}"),
        None => "this commitment has had no news yet".to_owned(),
    };
    at(Code::Stale, span, message).help(format!(
        "OGP asks for news at least every {months} months while the plan runs: add an \
         `[[updates]]` section with a `date` and a `text`"
    ))
}

pub fn no_evidence(span: Span) -> Diagnostic {
    at(Code::NoEvidence, span, "this level has no evidence").help(
        "OGP asks for a link to it: add `evidence = [{ title = \"…\", url = \"https://…\" }]`",
    )
}

pub fn no_results(span: Span) -> Diagnostic {
    at(Code::NoResults, span, "this level has no explanation of what was done").help(
        "add `results`: one or two sentences about what was done; if the report has none, say so \
             in a `note`",
    )
}

/// Why a date is probably a typing error.
#[derive(Debug, Clone, Copy)]
pub enum Implausible<'p> {
    /// A report, an update or a withdrawal lies in the future. The date is today's.
    AfterToday(PartialDate),
    /// A report, an update or a withdrawal is older than its plan.
    BeforePlan(&'p ActionPlan),
    /// A commitment or milestone starts or ends more than `years` years before its plan.
    LongBeforePlan { years: u16, plan: &'p ActionPlan },
    /// A commitment or milestone starts or ends more than `years` years after its plan.
    LongAfterPlan { years: u16, plan: &'p ActionPlan },
    /// A plan starts more than `years` years after today.
    StartsTooLate { years: u16, today: PartialDate },
    /// A plan ends more than `years` years after its start.
    LastsTooLong { years: u16, start: Spanned<PartialDate> },
}

/// A date does not fit today's date or the dates of its action plan.
pub fn implausible_date(span: Span, date: PartialDate, reason: Implausible<'_>) -> Diagnostic {
    let date = quote(&date.to_string());
    let message = match reason {
        Implausible::AfterToday(today) => format!("{date} is in the future: today is {today}"),
        Implausible::BeforePlan(plan) => {
            let id = quote(plan.id.as_str());
            format!("{date} is before the start of the action plan {id}: {}", plan.start_date)
        }
        Implausible::LongBeforePlan { years, plan } => {
            let (id, start) = (quote(plan.id.as_str()), plan.start_date);
            format!(
                "{date} is more than {years} years before the start of the action plan {id}: {start}"
            )
        }
        Implausible::LongAfterPlan { years, plan } => {
            let (id, end) = (quote(plan.id.as_str()), plan.end_date);
            format!(
                "{date} is more than {years} years after the end of the action plan {id}: {end}"
            )
        }
        Implausible::StartsTooLate { years, today } => {
            format!("{date} is more than {years} years in the future: today is {today}")
        }
        Implausible::LastsTooLong { years, start } => {
            format!(
                "{date} is more than {years} years after the start of the plan: {}",
                start.value
            )
        }
    };
    let problem = at(Code::ImplausibleDate, span, message).help("check the year");
    match reason {
        Implausible::LastsTooLong { start, .. } => problem.see(start.span, "the plan starts here"),
        _ => problem,
    }
}

/// A deadline moved to an earlier date.
pub fn moved_back(to: Spanned<PartialDate>, from: Spanned<PartialDate>) -> Diagnostic {
    let message = format!(
        "{} is before the deadline that moved: {}",
        quote(&to.value.to_string()),
        from.value
    );
    at(Code::ImplausibleDate, to.span, message)
        .help("check both dates: `from` is the deadline before, `to` the one since then")
        .see(from.span, "`from` is here")
}

/// Two reports of one assessor give a commitment different levels, and their dates have no certain order.
/// `date` is the less precise date, and `other` the other report with its date and the span of that.
pub fn uncertain_order(
    date: Spanned<PartialDate>,
    other: &str,
    other_date: Spanned<PartialDate>,
) -> Diagnostic {
    let message = format!(
        "{} may be before or after {}, the date of the report {}",
        quote(&date.value.to_string()),
        quote(&other_date.value.to_string()),
        quote(other)
    );
    let unit = if matches!(date.value, PartialDate::Year(_)) { "month" } else { "day" };
    at(Code::UncertainOrder, date.span, message)
        .help(format!("write the {unit} too: readers see the level of the newest report"))
        .see(other_date.span, "the other date is here")
}

/// Texts of a table are not translated into one of the site's languages. `keys` is not empty.
pub fn not_translated(
    span: Span,
    keys: &[&str],
    table: &TablePath,
    language: &LanguageCode,
) -> Diagnostic {
    let (verb, it) = if keys.len() == 1 { ("is", "it") } else { ("are", "them") };
    let language_name = quote(language.as_str());
    let message = format!("{} {verb} not translated into {language_name}", AllOf(keys));
    let place = match table.last() {
        Some((_, SectionShape::Inline)) => {
            format!("add `{language} = {{ {} = \"…\" }}` within the braces", keys[0])
        }
        _ => format!("add {it} below `{}`", table.translation(language)),
    };
    at(Code::NotTranslated, span, message)
        .help(format!("{place}: until then, readers see {it} in another language"))
}

pub fn private_mailbox(span: Span, mailbox: &str) -> Diagnostic {
    let message = format!("{} looks like a private email address", quote(mailbox));
    at(Code::PrivateMailbox, span, message)
        .help("write the office's email address, or delete the line")
}

pub fn personal_phone(span: Span, phone: &str) -> Diagnostic {
    let message = format!("{} looks like a personal mobile number", quote(phone));
    at(Code::PersonalPhone, span, message)
        .help("write the office's phone number, or delete the line")
}

pub fn title_too_long(span: Span, length: usize) -> Diagnostic {
    let message = format!("the title has {length} characters, too many for the share image");
    at(Code::TitleTooLong, span, message)
        .help("shorten the title: the share image cuts off the rest")
}

/// No font has some letters of the language, so that its pages have no share image.
pub fn no_cards_in(span: Span, language: &LanguageCode, missing: &[char]) -> Diagnostic {
    let (language, missing) = (quote(language.as_str()), quoted_letters(missing));
    let message = format!("share images cannot show the letters of {language}, such as {missing}");
    at(Code::NoShareImage, span, message).help(
        "put a font (TTF or OTF) with these letters in the folder `fonts/` beside `content/`; without \
         one, pages in this language have no share image",
    )
}

/// No font has some characters of a title.
pub fn title_without_card(span: Span, missing: &[char]) -> Diagnostic {
    at(Code::NoShareImage, span, format!("share images cannot show {}", quoted_letters(missing))).help(
        "put a font (TTF or OTF) that has it in the folder `fonts/` beside `content/`, or write the \
         title without it; without a font, the page uses the share image of the home page",
    )
}

fn quoted_letters(letters: &[char]) -> String {
    let letters: Vec<String> = letters.iter().map(|letter| quote(&letter.to_string())).collect();
    letters.join(", ")
}

/// A file in `fonts/` is not a font that share images can use.
pub fn not_a_font(path: &str) -> Diagnostic {
    in_file(Code::NotAFont, path, format!("{} is not a TTF or OTF font", quote(path)))
        .help("put the font in the folder as a `.ttf` or `.otf` file, or delete the file")
}

/// `fonts/` has more fonts than `limit`. This one is the first that is not used.
pub fn too_many_fonts(path: &str, limit: usize) -> Diagnostic {
    let message = format!("{} is not used: `fonts/` has more than {limit} fonts", quote(path));
    in_file(Code::NotAFont, path, message).help("delete the fonts that share images do not need")
}

/// Text in the colour of the site would be hard to read. `contrast` is that with light backgrounds, and
/// `tone` is what the portal uses.
pub fn low_contrast(span: Span, colour: &str, contrast: f32, tone: &str) -> Diagnostic {
    // Rounded down: 4.49 is not 4.5.
    let contrast = (contrast * 10.0).floor() / 10.0;
    let message = format!(
        "{} is too light for text on a light background: its contrast is {contrast:.1}:1, and text needs \
         4.5:1",
        quote(colour)
    );
    at(Code::LowContrast, span, message).help(format!(
        "write a darker colour, such as \"{tone}\", which the portal uses in its place"
    ))
}

pub fn not_a_colour(span: Span, written: &str) -> Diagnostic {
    at(Code::NotAColour, span, format!("{} is not a colour", quote(written))).help(
        "write `#` and six digits from 0 to 9 or letters from a to f, such as \"#0b5394\"; programs \
         that draw show it as HEX",
    )
}

/// Why a file cannot be a logo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogoFault {
    /// It is neither SVG nor PNG.
    Type,
    /// It cannot be read as what its name says.
    Damaged,
    /// It has an element or attribute that can run, load or animate something.
    Part(String),
    /// Drawing it takes too long.
    Complex,
    /// It is wider or higher than this number of pixels.
    Pixels(u32),
}

pub fn unusable_logo(span: Span, path: &str, fault: LogoFault) -> Diagnostic {
    let path = quote(path);
    let (message, help) = match fault {
        LogoFault::Type => {
            (format!("{path} is neither an SVG nor a PNG file"), "save the logo as SVG or PNG")
        }
        LogoFault::Damaged => (
            format!("{path} is damaged, or not of the type that its name says"),
            "save the logo again, as SVG or PNG",
        ),
        LogoFault::Part(part) => (
            format!("{path} contains {}, which is not a plain shape", quote(&part)),
            "save the logo as plain SVG without scripts, links, images, patterns and masks, or as PNG",
        ),
        LogoFault::Complex => (
            format!("{path} takes too long to draw"),
            "save the logo as simple shapes, without filters and dashed lines, or as PNG",
        ),
        LogoFault::Pixels(limit) => (
            format!("{path} is wider or higher than {limit} pixels"),
            "make the picture smaller: pages show it 48 pixels high",
        ),
    };
    at(Code::UnusableLogo, span, message).help(help)
}

/// A text is longer than OGP allows. `span` covers the part that exceeds `limit` characters.
pub fn text_too_long(span: Span, key: &str, length: usize, limit: usize) -> Diagnostic {
    let message = format!("{} has {length} characters, but OGP allows only {limit}", quote(key));
    at(Code::TextTooLong, span, message).help(format!(
        "shorten the text by {}: the marked part is over the limit",
        Count(length - limit, "character")
    ))
}

// ---- Markdown ----------------------------------------------------------------------------------

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

// ---- theme -------------------------------------------------------------------------------------

/// The theme is neither a folder of the site nor a built-in theme.
pub fn unknown_theme(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    at(Code::UnknownTheme, span, format!("there is no theme {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        format!("create the folder {}", quote_whole(&format!("themes/{written}/"))),
    ))
}

/// The theme has no message file for a language of the site.
pub fn no_messages_for_language(span: Span, language: &str, path: &str) -> Diagnostic {
    let message = format!("the theme is not translated into {}", quote(language));
    let spoken = LanguageCode::of_country(language).filter(|code| code.as_str() != language);
    if let Some(code) = spoken {
        let (language, code) = (quote(language), quote(code.as_str()));
        return at(Code::NoWordsForLanguage, span, message).help(format!(
            "did you mean {code}? {language} is the code of a country, {code} that of its language"
        ));
    }
    at(Code::NoWordsForLanguage, span, message).help(format!(
        "remove it from `languages`, or create the file {} with `milepost new language {language}`",
        quote(path)
    ))
}

/// A value is not a language tag in its usual form. `usual` is that form, if it is a tag.
pub fn not_a_language(span: Span, written: &str, usual: Option<&str>) -> Diagnostic {
    let message = format!("{} is not a language code", quote(written));
    at(Code::NotALanguage, span, message).help(match usual {
        Some(usual) => format!("write {}", quote(usual)),
        None => "write a language code, such as \"en\", \"mn\" or \"pt-BR\"".to_owned(),
    })
}

/// A message of the theme contains a placeholder that is never replaced.
pub fn unknown_placeholder(span: Span, key: &str, placeholder: &str, known: &[&str]) -> Diagnostic {
    let message = format!("{} has no placeholder {}", quote(key), quote(placeholder));
    at(Code::UnknownPlaceholder, span, message).help(match known {
        [] => "write the sentence without placeholders".to_owned(),
        known => format!("use only {}", AllOf(known)),
    })
}

/// The `locale` of a language file is that of another language.
pub fn locale_of_another_language(span: Span, locale: &str, language: &str) -> Diagnostic {
    let message = format!("{} is not a locale of the language {}", quote(locale), quote(language));
    at(Code::NotALanguage, span, message)
        .help("delete the line: readers would see dates in the other language")
}

/// A language file lacks phrases. One problem names the first few.
pub fn missing_phrases(span: Span, language: &str, missing: &[&str], total: usize) -> Diagnostic {
    let named: Vec<String> = missing.iter().map(|key| quote(key)).collect();
    let verb = if missing.len() == 1 { "is" } else { "are" };
    let message = format!(
        "{}: {} of {} {verb} missing: {}",
        quote(language),
        missing.len(),
        Count(total, "phrase"),
        first_few(&named)
    );
    at(Code::MissingPhrases, span, message)
        .help("copy their lines from `en.toml` and translate them; until then, they are in English")
}

/// A form of a text for some numbers, such as `few`, and the smallest whole number of that form, if
/// there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluralForm {
    pub name: &'static str,
    pub example: Option<usize>,
}

/// Phrases of a language file lack plural forms that the language has. One problem names the first few.
pub fn missing_plural_forms(
    span: Span,
    language: &str,
    phrases: &[(&str, Vec<PluralForm>)],
) -> Diagnostic {
    let names = |forms: &[PluralForm]| forms.iter().map(|form| form.name).collect::<Vec<_>>();
    let named: Vec<String> = phrases
        .iter()
        .map(|(key, forms)| format!("{} ({})", quote(key), AllOf(&names(forms))))
        .collect();
    let verb = if phrases.len() == 1 { "lacks" } else { "lack" };
    let message = format!(
        "{}: {} {verb} plural forms: {}",
        quote(language),
        Count(phrases.len(), "phrase"),
        first_few(&named)
    );
    let mut forms: Vec<&PluralForm> = Vec::new();
    for form in phrases.iter().flat_map(|(_, forms)| forms) {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    let line = |form: &&PluralForm| match form.example {
        Some(example) => format!("`{} = \"…\"`, for numbers such as {example}", form.name),
        None => format!("`{} = \"…\"`, for all other numbers", form.name),
    };
    let lines: Vec<String> = forms.iter().map(line).collect();
    at(Code::MissingPhrases, span, message)
        .help(format!("add within the braces: {}", lines.join("; ")))
}

/// Nearly all sentences of a language file are the English ones.
pub fn untranslated_copy(span: Span, language: &str, copied: usize, total: usize) -> Diagnostic {
    let message = format!(
        "{}: the file is an untranslated copy of the English one: {copied} of {} are the same",
        quote(language),
        Count(total, "sentence")
    );
    at(Code::UntranslatedCopy, span, message).help(
        "translate the texts after `=`, or delete the lines that you do not translate: readers see \
         those in English either way",
    )
}

/// The first three things of a list, and how many more there are.
fn first_few(things: &[String]) -> String {
    match things {
        [first, second, third, _, rest @ ..] => {
            format!("{first}, {second}, {third} and {} more", rest.len() + 1)
        }
        things => things.join(", "),
    }
}

/// A message has a form for a plural category that its language does not have.
pub fn unused_plural_form(span: Span, form: &str) -> Diagnostic {
    let message = format!("no number has the form {} in this language", quote(form));
    at(Code::UnknownKey, span, message).help("delete it: readers would never see it")
}

/// ICU has no data for a language. `path` is its language file.
pub fn no_locale_data(span: Span, language: &str, path: &str) -> Diagnostic {
    let message =
        format!("Milepost does not know how the language {} writes dates", quote(language));
    at(Code::NoLocaleData, span, message).help(format!(
        "readers see dates such as 2014-07-31; to change that, set `locale` in {} to a language that \
         its readers know, such as `locale = \"ru\"`",
        quote(path)
    ))
}

pub fn template_syntax(location: SourceLocation, reason: &str) -> Diagnostic {
    let message = format!("the template cannot be read: {reason}");
    Diagnostic::new(Code::TemplateSyntax, location, message)
        .help("close each `{{` with `}}`, each `{%` with `%}`, and each `block` with `endblock`")
}

/// A link in a template begins with `/`.
pub fn link_from_root(span: Span, written: &str) -> Diagnostic {
    let message =
        format!("the link {} breaks if the portal is in a folder of its host", quote(written));
    let asset = written.strip_prefix("/assets/").unwrap_or("logo.svg");
    at(Code::LinkFromRoot, span, message).help(format!(
        "write `{{{{ asset(\"{asset}\") }}}}` for a file in `assets/`, and an address of `view` for a page, \
         such as `{{{{ view.page.home }}}}`"
    ))
}

/// A template failed at run time. `page` is the page that was rendered, and `content` the file that
/// the page shows.
pub fn template_fault(
    location: SourceLocation,
    reason: &str,
    page: &str,
    content: Option<&str>,
) -> Diagnostic {
    let from = content.map(|file| format!(", from {}", quote(file))).unwrap_or_default();
    let message =
        format!("the template failed: {reason}, while rendering the page {}{from}", quote(page));
    Diagnostic::new(Code::TemplateFault, location, message)
        .help("`themes/README.md` lists what each template can use")
}

/// A rendered page exceeds `limit` bytes.
pub fn page_too_large(path: &str, size: usize, limit: usize) -> Diagnostic {
    let message = format!(
        "the page {} is too large: {} MB, and the limit is {} MB",
        quote(path),
        size >> 20,
        limit >> 20
    );
    in_file(Code::PageTooLarge, path, message).help("show less on the page")
}

/// The site's own style sheet has no rules for most of the classes that the templates use. One problem
/// names the first few.
pub fn missing_styles(span: Span, missing: &[&str], total: usize) -> Diagnostic {
    let named: Vec<String> = missing.iter().map(|class| quote(&format!(".{class}"))).collect();
    let message = format!(
        "the style sheet lacks rules for {} of the {total} classes that the templates use: {}",
        missing.len(),
        first_few(&named)
    );
    at(Code::MissingStyles, span, message).help(
        "rename the file to `custom.css` to add its rules to the theme's own styles; as `main.css`, it \
         replaces them, and readers see pages without a design",
    )
}

/// A style sheet refers to a file outside the theme.
pub fn style_outside(location: SourceLocation, written: &str) -> Diagnostic {
    let message = format!("the style sheet uses {}, which is not in the theme", quote(written));
    Diagnostic::new(Code::StyleOutside, location, message).help(
        "put the file in the theme's `assets/` folder, and write its name without a folder: \
         url(flag.svg)",
    )
}

pub fn style_fault(location: SourceLocation, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::StyleFault, location, format!("the style sheet has an error: {reason}"))
}
