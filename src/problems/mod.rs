//! The catalogue of problems: one function for each, and all of the wording.
//!
//! The messages are for editors who do not program. A message names the subject first and says what
//! is wrong; the help says what is allowed and gives one action. Both start in lower case, have no
//! final period, and quote the editor's text in backticks. This module does not decide whether
//! there is a problem: the module that detects one calls its function.

pub mod explain;
pub mod words;

use crate::diagnostic::{Code, Diagnostic, Severity, SourceLocation};
use crate::source::Span;
use words::{all_of, closest, count, one_of, quote, with_article};

/// The code of every kind of problem, sorted.
pub const CODES: &[&str] = &[
    "active-file",
    "address-clash",
    "alias-taken",
    "backslash",
    "broken-anchor",
    "broken-header",
    "broken-link",
    "colon",
    "control-character",
    "dashed-list",
    "day-first-date",
    "duplicate",
    "duplicate-key",
    "empty-site",
    "empty-text",
    "end-before-start",
    "file-too-large",
    "forbidden-link",
    "image",
    "impossible-date",
    "line-break",
    "merge-conflict",
    "misplaced-key",
    "missing-comma",
    "missing-file",
    "missing-key",
    "missing-quotes",
    "missing-value",
    "nested-too-deep",
    "no-evidence",
    "no-key",
    "no-results",
    "no-title",
    "no-words-for-language",
    "not-a-date",
    "not-a-language",
    "not-a-regular-file",
    "not-an-address",
    "not-earlier",
    "not-translated",
    "not-utf8",
    "odd-key",
    "odd-space",
    "one-of-two-keys",
    "out-of-range",
    "page-too-large",
    "personal-phone",
    "private-mailbox",
    "quote-in-text",
    "raw-html",
    "reserved-name",
    "second-title",
    "smart-quotes",
    "stale",
    "style-fault",
    "style-outside",
    "syntax",
    "template-fault",
    "template-syntax",
    "text-too-long",
    "title-too-long",
    "too-many-files",
    "trailing-comma",
    "translation-length",
    "translation-of-nothing",
    "two-on-a-line",
    "unclosed-list",
    "unclosed-quote",
    "unclosed-text",
    "unknown-agency",
    "unknown-assessor",
    "unknown-chapter",
    "unknown-choice",
    "unknown-commitment",
    "unknown-completion-level",
    "unknown-key",
    "unknown-language",
    "unknown-placeholder",
    "unknown-plan",
    "unknown-policy-area",
    "unknown-report",
    "unknown-theme",
    "unknown-value",
    "unquoted-date",
    "unreadable-file",
    "unusable-name",
    "utf-16",
    "wrong-level",
    "wrong-place",
    "wrong-report",
    "wrong-type",
];

fn error(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
    diagnostic(code, Severity::Error, SourceLocation::Span(span), message.into())
}

fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Diagnostic {
    diagnostic(code, Severity::Warning, SourceLocation::Span(span), message.into())
}

fn file_error(code: &'static str, path: &str, message: impl Into<String>) -> Diagnostic {
    diagnostic(code, Severity::Error, SourceLocation::Path(path.to_owned()), message.into())
}

fn diagnostic(
    code: &'static str,
    severity: Severity,
    location: SourceLocation,
    message: String,
) -> Diagnostic {
    Diagnostic { code: Code(code), severity, location, message, help: None, related: Vec::new() }
}

/// Returns "did you mean `x`?" if `written` is close to one of `names`, and `otherwise` if it is
/// not.
fn suggest<'a>(
    written: &str,
    names: impl IntoIterator<Item = &'a str> + Clone,
    otherwise: impl Into<String>,
) -> String {
    match closest(written, names) {
        Some(name) => format!("did you mean {}?", quote(name)),
        None => otherwise.into(),
    }
}

// ---- files -------------------------------------------------------------------------------------

/// A text file is not valid UTF-8. `span` starts at the first invalid byte, and `looks_like` is the
/// encoding that the bytes suggest.
pub fn not_utf8(span: Span, path: &str, wrong_byte: u8, looks_like: Option<&str>) -> Diagnostic {
    let message = format!(
        "{} is not saved as UTF-8: the text is unreadable from here on (byte {wrong_byte:#04X})",
        quote(path)
    );
    error("not-utf8", span, message).help(match looks_like {
        Some(encoding) => format!(
            "the file looks like {encoding}: open it in your editor with that encoding, and save \
             it as UTF-8"
        ),
        None => "save the file as UTF-8".to_owned(),
    })
}

pub fn utf16(path: &str) -> Diagnostic {
    file_error("utf-16", path, format!("{} is saved as UTF-16, not as UTF-8", quote(path)))
        .help("open the file in your editor, and save it with UTF-8 as the encoding")
}

/// A file cannot be read. `reason` is the error message of the operating system.
pub fn unreadable_file(path: &str, reason: &str) -> Diagnostic {
    file_error("unreadable-file", path, format!("{} cannot be read: {reason}", quote(path)))
        .help("make the file readable, or delete it")
}

/// A symbolic link, device or similar is where a regular file is expected. `kind` names it.
pub fn not_a_regular_file(path: &str, kind: &str) -> Diagnostic {
    let message = format!("{} is {kind}; Milepost reads only regular files", quote(path));
    file_error("not-a-regular-file", path, message)
        .help("replace it with a regular file that holds the content itself")
}

/// A file exceeds the limit for its kind. `size` and `limit` are in bytes.
pub fn file_too_large(path: &str, size: u64, limit: u64) -> Diagnostic {
    let message =
        format!("{} is too large: {size} bytes, and the limit is {limit} bytes", quote(path));
    file_error("file-too-large", path, message)
        .help("shorten the file, or move long documents to `content/files/` and link to them")
}

/// A folder contains more files than a site may have. The files above `limit` are not read.
pub fn too_many_files(path: &str, limit: usize) -> Diagnostic {
    let message = format!("{} contains more than {limit} files", quote(path));
    file_error("too-many-files", path, message).help("remove the files that you do not need")
}

/// The path of a file is not one that the file format defines.
pub fn wrong_place(path: &str, advice: &str) -> Diagnostic {
    let message = format!("{} is in the wrong folder or has the wrong name", quote(path));
    file_error("wrong-place", path, message).help(advice.to_owned())
}

/// A browser or server could execute a file of `content/files/`.
pub fn active_file(path: &str) -> Diagnostic {
    let message = format!("{} could run as a program in readers' browsers", quote(path));
    file_error("active-file", path, message)
        .help("publish the document as a PDF, an image or a CSV file, or put it in a ZIP file")
}

pub fn unusable_name(path: &str, name: &str) -> Diagnostic {
    let message = format!("the name {} cannot be part of an address", quote(name));
    file_error("unusable-name", path, message).help(
        "use only the letters a to z, digits, `-`, `.` and `_`, and start with a letter or a digit",
    )
}

/// A file name is not valid on some systems or is not Unicode.
pub fn unusable_file_name(path: &str, name: &str) -> Diagnostic {
    let message = format!("the name {} cannot be published on every host", quote(name));
    file_error("unusable-name", path, message)
        .help("rename the file or folder without any of `\\ : * ? \" < > |`")
}

pub fn reserved_name(path: &str, name: &str) -> Diagnostic {
    let message = format!(
        "an article cannot be named {}: the portal has its own page at that address",
        quote(name)
    );
    file_error("reserved-name", path, message)
        .help("give the file another name, such as `our-data.md`")
}

pub fn address_clash(path: &str, other: &str, address: &str) -> Diagnostic {
    let message = format!(
        "{} and {} would have the same address: {}",
        quote(path),
        quote(other),
        quote(address)
    );
    file_error("address-clash", path, message)
        .help("rename one of them; a difference in capital letters is not enough")
}

pub fn unusable_alias(span: Span, name: &str) -> Diagnostic {
    error("unusable-name", span, format!("the alias {} cannot be part of an address", quote(name)))
        .help("write the former file name, without `.toml`")
}

/// An alias is also an id or an earlier alias. `other` is the span of the earlier alias.
pub fn alias_taken(span: Span, name: &str, other: Option<Span>) -> Diagnostic {
    let problem =
        error("alias-taken", span, format!("the alias {} is already in use", quote(name)))
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
    file_error("address-clash", second, message).help("rename one of the files that they come from")
}

// ---- syntax ------------------------------------------------------------------------------------

/// A file does not follow TOML, and no more specific problem of this section describes the cause.
pub fn syntax(span: Span) -> Diagnostic {
    error("syntax", span, "Milepost cannot read this line from here on")
        .help("write one `key = \"value\"` per line; `content/README.md` shows every key")
}

pub fn duplicate_key(span: Span, key: &str) -> Diagnostic {
    error("duplicate-key", span, format!("{} appears twice in this section", quote(key)))
        .help("keep one, and delete the other")
}

/// A file contains the markers of a Git merge conflict. `end` is the span of the last marker.
pub fn merge_conflict(start: Span, end: Option<Span>) -> Diagnostic {
    let problem = error(
        "merge-conflict",
        start,
        "two people changed these lines, and the conflict is not resolved",
    )
    .help(
        "keep the right lines between the markers `<<<<<<<`, `=======` and `>>>>>>>`, and delete \
         the other lines and the markers",
    );
    match end {
        Some(end) => problem.see(end, "the conflict ends here"),
        None => problem,
    }
}

pub fn control_character(span: Span, character: char) -> Diagnostic {
    let message =
        format!("the text contains an invisible character: {}", quote(&character.to_string()));
    error("control-character", span, message).help("delete the character, or retype the line")
}

pub fn old_line_endings(span: Span) -> Diagnostic {
    error("control-character", span, "the lines of this file end with only a carriage return")
        .help("save the file with Unix (LF) or Windows (CRLF) line endings")
}

/// Brackets are nested more deeply than the TOML parser allows.
pub fn nested_too_deep(span: Span) -> Diagnostic {
    error("nested-too-deep", span, "the brackets are nested too deeply: the limit is 80")
        .help("write a list with one pair of brackets: [\"one\", \"two\"]")
}

/// A character outside a string looks like a space or is invisible, but TOML does not accept it.
pub fn odd_space(span: Span) -> Diagnostic {
    error("odd-space", span, "this is a special space, such as a no-break space")
        .help("replace it with a normal space; special spaces often come from copied text")
}

pub fn broken_header(span: Span) -> Diagnostic {
    error("broken-header", span, "the brackets around the section name do not match")
        .help("write as many brackets after the name as before it: [contact], [[assessments]]")
}

pub fn colon(span: Span, key: &str, value: &str) -> Diagnostic {
    let key = key.trim();
    error("colon", span, format!("the key {} must be followed by `=`, not `:`", quote(key)))
        .help(format!("write {}", quote(&format!("{key} = {}", in_quotes(value)))))
}

pub fn dashed_list(span: Span) -> Diagnostic {
    error("dashed-list", span, "a list cannot be written with dashes here")
        .help("write the list in brackets: key = [\"one\", \"two\"]")
}

pub fn missing_value(span: Span, key: &str) -> Diagnostic {
    error("missing-value", span, format!("the key {} has no value", quote(key)))
        .help(format!("write `{key} = \"…\"`, or delete the line"))
}

pub fn no_key(span: Span) -> Diagnostic {
    error("no-key", span, "this line has no key").help(
        "write `key = \"…\"`; put text of several lines between three single quotes, and start a \
         comment with `#`",
    )
}

/// A key contains a character that a bare key of TOML does not allow.
pub fn odd_key(span: Span, key: &str) -> Diagnostic {
    error("odd-key", span, format!("{} cannot be a key", quote(key)))
        .help("write the key in Latin letters, digits and `_`, as `content/README.md` shows it")
}

pub fn missing_comma(span: Span) -> Diagnostic {
    error("missing-comma", span, "a comma is missing here")
        .help("put `,` between the entries of a list: [\"one\", \"two\"]")
}

pub fn smart_quotes(span: Span, key: &str, inner: &str) -> Diagnostic {
    error("smart-quotes", span, "these quotation marks are curly; they must be straight")
        .help(format!("write {}", quote(&format!("{key} = \"{inner}\""))))
}

pub fn smart_quotes_in_list(span: Span, inner: &str) -> Diagnostic {
    error("smart-quotes", span, "these quotation marks are curly; they must be straight")
        .help(format!("write {}", quote(&format!("\"{inner}\""))))
}

/// A text starts with a straight quotation mark and ends with a curly one.
pub fn mismatched_quotes(span: Span, mark: char) -> Diagnostic {
    error("smart-quotes", span, "the closing quotation mark is curly; it must be straight")
        .help(format!("replace it with a straight `{mark}`"))
}

pub fn missing_quotes(span: Span, value: &str) -> Diagnostic {
    error("missing-quotes", span, format!("the text {} needs quotation marks", quote(value)))
        .help(format!("write {}", quote(&in_quotes(value))))
}

pub fn unclosed_quote(span: Span, mark: char) -> Diagnostic {
    error("unclosed-quote", span, format!("the text starts with `{mark}` and is never closed"))
        .help(format!("put `{mark}` at the end; put text of several lines between `'''` and `'''`"))
}

pub fn quote_in_text(span: Span) -> Diagnostic {
    error(
        "quote-in-text",
        span,
        "the text ends at the second quotation mark, but more text follows",
    )
    .help("put the whole text between `'''` and `'''`, or write the inner marks as “ and ”")
}

pub fn trailing_comma(span: Span) -> Diagnostic {
    error("trailing-comma", span, "there is a comma after the value").help("delete the comma")
}

pub fn two_on_a_line(span: Span, second: &str) -> Diagnostic {
    error("two-on-a-line", span, "two keys are on one line")
        .help(format!("put {} on its own line", quote(second)))
}

pub fn backslash(span: Span) -> Diagnostic {
    error("backslash", span, "a `\\` in double quotes has a special meaning")
        .help("put the text in single quotes: 'C:\\folder'")
}

/// A text of several lines is never closed. `mark` is its opening delimiter.
pub fn unclosed_text(span: Span, mark: &str) -> Diagnostic {
    error("unclosed-text", span, format!("the text that starts here with `{mark}` is never closed"))
        .help(format!("put `{mark}` at the end of the text"))
}

/// A list or inline table is never closed. `mark` is its opening bracket.
pub fn unclosed_list(span: Span, mark: &str) -> Diagnostic {
    let (noun, end) = if mark == "[" { ("list", "]") } else { ("entry", "}") };
    error("unclosed-list", span, format!("the {noun} that starts here is never closed"))
        .help(format!("put `{end}` at the end of the {noun}"))
}

/// A boolean is not written as `true` or `false`, but for example as `True` or `yes`.
pub fn invalid_boolean(span: Span, written: &str) -> Diagnostic {
    let meant =
        if matches!(written.to_lowercase().as_str(), "true" | "yes") { "true" } else { "false" };
    error("missing-quotes", span, format!("{} is not a valid value", quote(written)))
        .help(format!("write `{meant}`, or {} if you mean the word", quote(&in_quotes(written))))
}

fn in_quotes(value: &str) -> String {
    let value = value.trim();
    if value.starts_with(['"', '\'', '[']) { value.to_owned() } else { format!("\"{value}\"") }
}

// ---- keys and values ---------------------------------------------------------------------------

/// A table lacks required keys. One problem lists all of them.
pub fn missing_keys(span: Span, label: &str, keys: &[&str]) -> Diagnostic {
    let message = format!("{label} is missing {}", all_of(keys.iter().copied()));
    let help = match keys {
        [key] => format!("add a line `{key} = …`"),
        keys => format!(
            "add a line for each: {}",
            keys.iter().map(|key| format!("`{key} = …`")).collect::<Vec<_>>().join(", ")
        ),
    };
    error("missing-key", span, message).help(help)
}

pub fn unknown_key(span: Span, label: &str, key: &str, known: &[&str]) -> Diagnostic {
    error("unknown-key", span, format!("{label} has no key {}", quote(key))).help(suggest(
        key,
        known.iter().copied(),
        format!("its keys are {}", all_of(known.iter().copied())),
    ))
}

/// A table contains a key that belongs to the table around it.
pub fn misplaced_key(span: Span, key: &str, table: &str) -> Diagnostic {
    let message = format!("{} is not a key of `{table}`, but is written below it", quote(key));
    error("misplaced-key", span, message)
        .help(format!("move the line up, above `{table}`: all lines below `{table}` belong to it"))
}

/// A table contains a table that belongs to the table around it.
pub fn misplaced_table(span: Span, name: &str, table: &str) -> Diagnostic {
    let inner = table.trim_matches(['[', ']']);
    let message = format!("{} is not a section of `{table}`", quote(name));
    error("misplaced-key", span, message)
        .help(format!("write the header the other way round: `[{name}.{inner}]`"))
}

pub fn header_for_default_language(span: Span, language: &str) -> Diagnostic {
    let message = format!(
        "{} is the site's default language, which has no section of its own",
        quote(language)
    );
    error("unknown-language", span, message)
        .help("move its texts to the top of the file, and delete this section")
}

/// A value has another type than `expected`. Both `expected` and `found` are one of the
/// descriptions that `document` uses.
pub fn wrong_type(span: Span, key: &str, expected: &str, found: &str) -> Diagnostic {
    let problem =
        error("wrong-type", span, format!("{} must be {expected}, not {found}", quote(key)));
    match expected {
        "a list in `[` `]`" if found == "a group of keys" => {
            problem.help(format!("write `[[{key}]]`, in double brackets: there can be several"))
        }
        "a list in `[` `]`" => problem.help(format!("write `{key} = [\"…\"]`")),
        "a group of keys" if key == "evidence" => {
            problem.help("write `{ title = \"…\", url = \"https://…\" }` for each")
        }
        "a group of keys" => {
            problem.help(format!("write `[{key}]`, in single brackets, on its own line"))
        }
        "text in quotes" => problem.help(format!("write `{key} = \"…\"`")),
        "`true` or `false`" => {
            problem.help(format!("write `{key} = true`, without quotation marks"))
        }
        "a date" => problem.help(format!("write the date in quotes: `{key} = \"2014-07-31\"`")),
        "a number" => problem.help(format!("write `{key} = 1`, without quotation marks")),
        _ => problem.help(format!("write {expected} after `{key} =`")),
    }
}

/// A text contains only white space and invisible characters.
pub fn empty_text(span: Span, key: &str) -> Diagnostic {
    error("empty-text", span, format!("{} is empty", quote(key)))
        .help("write the text, or delete the line")
}

pub fn line_break(span: Span, key: &str) -> Diagnostic {
    error("line-break", span, format!("{} must be on one line", quote(key)))
        .help("write it on one line, however long it is")
}

/// A value is not one of a closed list. `noun` names the list, such as "completion level".
pub fn unknown_choice(span: Span, noun: &str, written: &str, known: &[&str]) -> Diagnostic {
    let allowed = match known.len() {
        0..=7 => format!("write {}", one_of(known.iter().copied())),
        _ => "`content/README.md` lists all of them".to_owned(),
    };
    let is_other_script =
        written.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let allowed = match is_other_script {
        true => format!("these words are always in English: {allowed}"),
        false => allowed,
    };
    let code = match noun {
        "completion level" => "unknown-completion-level",
        "OGP value" => "unknown-value",
        "policy area" => "unknown-policy-area",
        "assessor" => "unknown-assessor",
        _ => "unknown-choice",
    };
    let problem = error(code, span, format!("{} is not {}", quote(written), with_article(noun)));
    // The closest level might be `not-started`, but a missing report does not mean that no work was
    // done.
    if code == "unknown-completion-level" && closest(written, ["not-reported"]).is_some() {
        return problem
            .help("delete the line: the portal shows a report without a level as not reported");
    }
    problem.help(suggest(written, known.iter().copied(), allowed))
}

pub fn not_a_date(span: Span, key: &str, written: &str) -> Diagnostic {
    let message = format!("{} is not a valid date: {}", quote(key), quote(written));
    error("not-a-date", span, message).help(
        "write the year first, as precisely as you know: \"2014\", \"2014-07\" or \"2014-07-31\"",
    )
}

/// The parts of a date are in another order or have other separators than in ISO 8601. `meant` is
/// the date in ISO 8601.
pub fn reordered_date(span: Span, written: &str, meant: &str) -> Diagnostic {
    let message = match written.starts_with(&meant[..4]) {
        true => format!("the numbers in the date {} must be joined by `-`", quote(written)),
        false => format!("the date {} must start with the year", quote(written)),
    };
    error("day-first-date", span, message).help(format!("write \"{meant}\""))
}

pub fn unquoted_date(span: Span, key: &str, written: &str) -> Diagnostic {
    error("unquoted-date", span, format!("the date {} needs quotation marks", quote(written)))
        .help(format!("write {}", quote(&format!("{key} = \"{written}\""))))
}

pub fn impossible_date(span: Span, written: &str) -> Diagnostic {
    error("impossible-date", span, format!("the date {} does not exist", quote(written)))
        .help("correct the date; if you know only the month, write the year and the month")
}

pub fn end_before_start(end: Span, start: Span) -> Diagnostic {
    error("end-before-start", end, "`end_date` is before `start_date`")
        .help("correct the one that is wrong")
        .see(start, "`start_date` is here")
}

/// A value is not an address of an allowed kind. `allowed` describes these kinds.
pub fn not_an_address(span: Span, key: &str, written: &str, allowed: &str) -> Diagnostic {
    error(
        "not-an-address",
        span,
        format!("{} is not a valid address: {}", quote(key), quote(written)),
    )
    .help(format!("write {allowed}"))
}

pub fn number_out_of_range(span: Span, key: &str, lowest: i64, highest: i64) -> Diagnostic {
    error("out-of-range", span, format!("{} must be between {lowest} and {highest}", quote(key)))
        .help("correct the number")
}

pub fn neither_key(span: Span, label: &str, keys: [&str; 2]) -> Diagnostic {
    error("one-of-two-keys", span, format!("{label} has neither `{}` nor `{}`", keys[0], keys[1]))
        .help("add one of them")
}

pub fn both_keys(span: Span, label: &str, keys: [&str; 2]) -> Diagnostic {
    error("one-of-two-keys", span, format!("{label} has both {}", all_of(keys)))
        .help("delete one of them")
}

pub fn duplicate(span: Span, noun: &str, name: &str, first: Span) -> Diagnostic {
    error("duplicate", span, format!("the {noun} {} is listed twice", quote(name)))
        .help("delete one of them")
        .see(first, "first used here")
}

pub fn unknown_language(span: Span, language: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the site has no language {}", quote(language));
    error("unknown-language", span, message).help(format!(
        "`languages` in `site.toml` lists {}: add the language there, or delete the translation",
        all_of(known.iter().copied())
    ))
}

pub fn translation_of_nothing(span: Span, key: &str, language: &str) -> Diagnostic {
    let message =
        format!("{} is translated into {}, but has no original", quote(key), quote(language));
    error("translation-of-nothing", span, message).help(format!(
        "write `{key}` in the site's default language too, or delete the translation"
    ))
}

/// A translated list has another number of entries than the original.
pub fn translation_length(span: Span, key: &str, original: usize, translated: usize) -> Diagnostic {
    let message = format!(
        "{} has {} here, but the original has {original}",
        quote(key),
        count(translated, "entry")
    );
    error("translation-length", span, message).help("translate each entry, in the same order")
}

// ---- references --------------------------------------------------------------------------------

/// A value names something that has no file. `kind` is the noun in the message and `folder` the
/// folder of such files below `content/`.
fn unknown_reference(
    code: &'static str,
    span: Span,
    (kind, folder): (&str, &str),
    written: &str,
    known: &[&str],
) -> Diagnostic {
    let message = format!("there is no {kind} {}", quote(written));
    let file_name = words::as_file_name(written);
    let make = format!("create the file {}", quote(&format!("content/{folder}/{file_name}.toml")));
    error(code, span, message).help(match closest(written, known.iter().copied()) {
        Some(name) => format!("did you mean {}? If not, {make}", quote(name)),
        None => make,
    })
}

pub fn unknown_agency(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference("unknown-agency", span, ("agency", "agencies"), written, known)
}

/// A value is an agency's name, not its id.
pub fn agency_by_name(span: Span, written: &str, id: &str) -> Diagnostic {
    error("unknown-agency", span, format!("there is no agency {}", quote(written)))
        .help(format!("write {}: the file name of the agency with this name", quote(id)))
}

pub fn unknown_report(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference("unknown-report", span, ("report", "reports"), written, known)
}

pub fn unknown_plan(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference("unknown-plan", span, ("action plan", "action-plans"), written, known)
}

/// The folder of a commitment is not the id of an action plan.
pub fn folder_without_plan(path: &str, plan: &str) -> Diagnostic {
    let message = format!("there is no action plan {} for this commitment", quote(plan));
    file_error("unknown-plan", path, message).help(format!(
        "create the file {}, or move the commitment to the folder of its plan",
        quote(&format!("content/action-plans/{plan}.toml"))
    ))
}

pub fn unknown_commitment(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    error("unknown-commitment", span, format!("there is no commitment {}", quote(written))).help(
        suggest(
            written,
            known.iter().copied(),
            "write the plan and the number, such as \"2012-2014/7\"",
        ),
    )
}

pub fn not_earlier(span: Span, written: &str) -> Diagnostic {
    error("not-earlier", span, format!("{} is not in an earlier action plan", quote(written))).help(
        "write the commitment of the earlier plan that this one continues, or delete the line",
    )
}

pub fn unknown_chapter(span: Span, written: &str, plan: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the action plan {} has no chapter {}", quote(plan), quote(written));
    let plan_file = quote(&format!("content/action-plans/{plan}.toml"));
    error("unknown-chapter", span, message).help(match known {
        [] => format!("add the chapter to {plan_file}"),
        known => {
            format!("write {}, or add the chapter to {plan_file}", one_of(known.iter().copied()))
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
    error("wrong-report", span, message).help(
        "use a report on this commitment's plan, or correct `action_plan` in that report's file",
    )
}

pub fn no_evidence_is_for_irm(span: Span) -> Diagnostic {
    error("wrong-level", span, "the level `no-evidence` is only for IRM reports").help(
        "delete the line if the report gives no level: the portal then shows it as not reported",
    )
}

pub fn missing_file(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    error("missing-file", span, format!("there is no file {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        "put the file in `content/files/`, and write its path, such as \"files/decree.pdf\"",
    ))
}

pub fn empty_site(path: &str) -> Diagnostic {
    file_error("empty-site", path, "the site has no commitments")
        .help("create a file in `content/commitments/`, in the folder of its action plan")
}

/// A commitment of a running plan has had no news for more than `months` months. `since` is the
/// date of its latest news.
pub fn stale(span: Span, since: Option<&str>, months: u16) -> Diagnostic {
    let message = match since {
        Some(since) => format!("this commitment has had no news since {since}"),
        None => "this commitment has had no news yet".to_owned(),
    };
    warning("stale", span, message).help(format!(
        "OGP asks for news at least every {months} months while the plan runs: add an \
         `[[updates]]` section with a `date` and a `text`"
    ))
}

pub fn no_evidence(span: Span) -> Diagnostic {
    warning("no-evidence", span, "this level has no evidence").help(
        "OGP asks for a link to it: add `evidence = [{ title = \"…\", url = \"https://…\" }]`",
    )
}

pub fn no_results(span: Span) -> Diagnostic {
    warning("no-results", span, "this level has no explanation of what was done")
        .help("add `results`: one or two sentences about what was done")
}

/// Texts are not translated into one of the site's languages. `header` is the header of the table
/// to which their translations belong.
pub fn not_translated(span: Span, keys: &[&str], language: &str, header: &str) -> Diagnostic {
    let (verb, it) = if keys.len() == 1 { ("is", "it") } else { ("are", "them") };
    let message =
        format!("{} {verb} not translated into {}", all_of(keys.iter().copied()), quote(language));
    warning("not-translated", span, message).help(format!(
        "add {it} below `{header}`: until then, readers see {it} in another language"
    ))
}

pub fn private_mailbox(span: Span, mailbox: &str) -> Diagnostic {
    let message = format!("{} looks like a private email address", quote(mailbox));
    warning("private-mailbox", span, message)
        .help("write the office's email address, or delete the line")
}

pub fn personal_phone(span: Span, phone: &str) -> Diagnostic {
    let message = format!("{} looks like a personal mobile number", quote(phone));
    warning("personal-phone", span, message)
        .help("write the office's phone number, or delete the line")
}

pub fn title_too_long(span: Span, length: usize) -> Diagnostic {
    let message = format!("the title has {length} characters, too many for the share image");
    warning("title-too-long", span, message)
        .help("shorten the title: the share image cuts off the rest")
}

/// A text is longer than OGP allows. `span` covers the part that exceeds `limit` characters.
pub fn text_too_long(span: Span, key: &str, length: usize, limit: usize) -> Diagnostic {
    let message = format!("{} has {length} characters, but OGP allows only {limit}", quote(key));
    warning("text-too-long", span, message).help(format!(
        "shorten the text by {}: the marked part is over the limit",
        count(length - limit, "character")
    ))
}

// ---- Markdown ----------------------------------------------------------------------------------

pub fn raw_html(span: Span, written: &str) -> Diagnostic {
    let message = format!("HTML is not published: {} would be left out", quote(written));
    error("raw-html", span, message)
        .help("write it in Markdown, or put a `\\` before the `<` if you mean the character itself")
}

pub fn forbidden_link(span: Span, written: &str) -> Diagnostic {
    let message = format!("a link cannot point to {}", quote(written));
    error("forbidden-link", span, message).help(
        "start with `https://`, `http://`, `mailto:` or `tel:`, or with `/` for a page of this \
         site, such as `/about/`",
    )
}

pub fn broken_link(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    error("broken-link", span, format!("this site has no page {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        "write the part of the address that your browser shows after the name of the site",
    ))
}

pub fn broken_anchor(span: Span, written: &str) -> Diagnostic {
    error(
        "broken-anchor",
        span,
        format!("a link cannot point to a place within a page: {}", quote(written)),
    )
    .help("link to the whole page, without `#` and what follows")
}

pub fn image(span: Span) -> Diagnostic {
    error("image", span, "images in text are not supported")
        .help("put the image in `content/files/` and link to it: `[what it shows](/files/…)`")
}

pub fn no_title(span: Span) -> Diagnostic {
    error("no-title", span, "the article does not start with a title")
        .help("write the title on the first line, such as `# About this portal`")
}

pub fn second_title(span: Span) -> Diagnostic {
    error("second-title", span, "this is a second title, but an article has only one")
        .help("use `##` for a heading inside the article")
}

// ---- theme -------------------------------------------------------------------------------------

/// The theme is neither a folder of the site nor a built-in theme.
pub fn unknown_theme(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    error("unknown-theme", span, format!("there is no theme {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        format!("create the folder {}", quote(&format!("themes/{written}/"))),
    ))
}

/// The theme has no message file for a language of the site.
pub fn no_messages_for_language(span: Span, language: &str, path: &str) -> Diagnostic {
    let message = format!("the theme is not translated into {}", quote(language));
    error("no-words-for-language", span, message).help(format!(
        "remove it from `languages`, or create the file {} with the keys of `en.toml`",
        quote(path)
    ))
}

pub fn not_a_language(span: Span, written: &str) -> Diagnostic {
    error("not-a-language", span, format!("{} is not a language code", quote(written)))
        .help("write a language code, such as \"en\", \"mn\" or \"pt-BR\"")
}

/// A message of the theme contains a placeholder that is never replaced.
pub fn unknown_placeholder(span: Span, key: &str, placeholder: &str, known: &[&str]) -> Diagnostic {
    let message = format!("{} has no placeholder {}", quote(key), quote(placeholder));
    error("unknown-placeholder", span, message).help(match known {
        [] => "write the sentence without placeholders".to_owned(),
        known => format!("use only {}", all_of(known.iter().copied())),
    })
}

pub fn template_syntax(location: SourceLocation, reason: &str) -> Diagnostic {
    let message = format!("the template cannot be read: {reason}");
    diagnostic("template-syntax", Severity::Error, location, message)
        .help("close each `{{` with `}}`, each `{%` with `%}`, and each `block` with `endblock`")
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
    diagnostic("template-fault", Severity::Error, location, message)
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
    file_error("page-too-large", path, message).help("show less on the page")
}

/// A style sheet refers to a file outside the theme.
pub fn style_outside(location: SourceLocation, written: &str) -> Diagnostic {
    let message = format!("the style sheet uses {}, which is not in the theme", quote(written));
    diagnostic("style-outside", Severity::Error, location, message).help(
        "put the file in the theme's `assets/` folder, and write its name without a folder: \
         url(flag.svg)",
    )
}

pub fn style_fault(location: SourceLocation, reason: &str) -> Diagnostic {
    diagnostic(
        "style-fault",
        Severity::Error,
        location,
        format!("the style sheet has an error: {reason}"),
    )
}
