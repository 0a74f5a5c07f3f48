//! The catalogue of problems: one function for each, and all of the wording.
//!
//! Written for people who do not program: the thing first, then what is wrong, what is allowed, and
//! one action. Lower case, no final period, what they wrote in backticks. The module does not decide
//! whether there is a problem; whoever knows the fact calls the function.

pub mod explain;
pub mod words;

use crate::diagnostic::{Code, Diagnostic, Severity, SourceLocation};
use crate::source::Span;
use words::{all_of, closest, count, one_of, quote, with_article};

/// Every kind of problem, sorted.
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

fn error(code: &'static str, at: Span, message: impl Into<String>) -> Diagnostic {
    diagnostic(code, Severity::Error, SourceLocation::Span(at), message.into())
}

fn warning(code: &'static str, at: Span, message: impl Into<String>) -> Diagnostic {
    diagnostic(code, Severity::Warning, SourceLocation::Span(at), message.into())
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

/// "did you mean `x`?", or else what is allowed.
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

/// A file that is not UTF-8. `bytes` are its first wrong ones, `before` the text up to there.
pub fn not_utf8(at: Span, path: &str, wrong_byte: u8, looks_like: Option<&str>) -> Diagnostic {
    let message = format!(
        "{} is not saved as UTF-8: the text is unreadable from here on (byte {wrong_byte:#04X})",
        quote(path)
    );
    error("not-utf8", at, message).help(match looks_like {
        Some(encoding) => format!(
            "the file looks like {encoding}: open it in your editor with that encoding, and save \
             it as UTF-8"
        ),
        None => "save the file as UTF-8".to_owned(),
    })
}

/// A file of two bytes a letter.
pub fn utf16(path: &str) -> Diagnostic {
    file_error("utf-16", path, format!("{} is saved as UTF-16, not as UTF-8", quote(path)))
        .help("open the file in your editor, and save it with UTF-8 as the encoding")
}

/// A file that cannot be read, with the reason that the system gives.
pub fn unreadable_file(path: &str, reason: &str) -> Diagnostic {
    file_error("unreadable-file", path, format!("{} cannot be read: {reason}", quote(path)))
        .help("make the file readable, or delete it")
}

/// A link, a device or the like, where a file is expected.
pub fn not_a_regular_file(path: &str, kind: &str) -> Diagnostic {
    let message = format!("{} is {kind}; Milepost reads only regular files", quote(path));
    file_error("not-a-regular-file", path, message)
        .help("replace it with a regular file that holds the content itself")
}

/// A file over the limit of its kind.
pub fn file_too_large(path: &str, size: u64, limit: u64) -> Diagnostic {
    let message =
        format!("{} is too large: {size} bytes, and the limit is {limit} bytes", quote(path));
    file_error("file-too-large", path, message)
        .help("shorten the file, or move long documents to `content/files/` and link to them")
}

/// More files than a site may have. The rest is not read.
pub fn too_many_files(path: &str, limit: usize) -> Diagnostic {
    let message = format!("{} contains more than {limit} files", quote(path));
    file_error("too-many-files", path, message).help("remove the files that you do not need")
}

/// A file at a place, or with an ending, that the portal does not know.
pub fn wrong_place(path: &str, advice: &str) -> Diagnostic {
    let message = format!("{} is in the wrong folder or has the wrong name", quote(path));
    file_error("wrong-place", path, message).help(advice)
}

/// Evidence that a browser would run as a page of the portal.
pub fn active_file(path: &str) -> Diagnostic {
    let message = format!("{} could run as a program in readers' browsers", quote(path));
    file_error("active-file", path, message)
        .help("publish the document as a PDF, an image or a CSV file, or put it in a ZIP file")
}

/// A file name that cannot become an address.
pub fn unusable_name(path: &str, name: &str) -> Diagnostic {
    let message = format!("the name {} cannot be part of an address", quote(name));
    file_error("unusable-name", path, message).help(
        "use only the letters a to z, digits, `-`, `.` and `_`, and start with a letter or a digit",
    )
}

/// A name that some systems refuse, or that is no text.
pub fn unusable_file_name(path: &str, name: &str) -> Diagnostic {
    let message = format!("the name {} cannot be published on every host", quote(name));
    file_error("unusable-name", path, message)
        .help("rename the file or folder without any of `\\ : * ? \" < > |`")
}

/// A file name whose address the portal needs for itself.
pub fn reserved_name(path: &str, name: &str) -> Diagnostic {
    let message = format!(
        "an article cannot be named {}: the portal has its own page at that address",
        quote(name)
    );
    file_error("reserved-name", path, message)
        .help("give the file another name, such as `our-data.md`")
}

/// Two files that would be published at one address.
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

/// A former name that cannot have been a part of an address.
pub fn unusable_alias(at: Span, name: &str) -> Diagnostic {
    error("unusable-name", at, format!("the alias {} cannot be part of an address", quote(name)))
        .help("write the former file name, without `.toml`")
}

/// A former name that something else has now.
pub fn alias_taken(at: Span, name: &str, other: Option<Span>) -> Diagnostic {
    let problem = error("alias-taken", at, format!("the alias {} is already in use", quote(name)))
        .help("delete the alias: an address can lead to only one page");
    match other {
        Some(other) => problem.see(other, "first used here"),
        None => problem,
    }
}

/// Two files of the portal of which one would take the other's place.
pub fn output_clash(first: &str, second: &str) -> Diagnostic {
    let message = match first == second {
        true => format!("two files would be published as {}", quote(first)),
        false => format!("{} and {} cannot both be published", quote(first), quote(second)),
    };
    file_error("address-clash", second, message).help("rename one of the files that they come from")
}

// ---- syntax ------------------------------------------------------------------------------------

/// A place where the file does not follow TOML, and none of the causes below is found.
pub fn syntax(at: Span) -> Diagnostic {
    error("syntax", at, "Milepost cannot read this line from here on")
        .help("write one `key = \"value\"` per line; `content/README.md` shows every key")
}

/// The same key or header twice in one table.
pub fn duplicate_key(at: Span, key: &str) -> Diagnostic {
    error("duplicate-key", at, format!("{} appears twice in this section", quote(key)))
        .help("keep one, and delete the other")
}

/// The marks of a merge that nobody finished.
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

/// A character that no text has.
pub fn control_character(at: Span, character: char) -> Diagnostic {
    let message =
        format!("the text contains an invisible character: {}", quote(&character.to_string()));
    error("control-character", at, message).help("delete the character, or retype the line")
}

/// Lines that end as they did on very old computers.
pub fn old_line_ends(at: Span) -> Diagnostic {
    error("control-character", at, "the lines of this file end with only a carriage return")
        .help("save the file with Unix (LF) or Windows (CRLF) line endings")
}

/// A list in a list in a list.
pub fn nested_too_deep(at: Span) -> Diagnostic {
    error("nested-too-deep", at, "the brackets are nested too deeply: the limit is 80")
        .help("write a list with one pair of brackets: [\"one\", \"two\"]")
}

/// A space that looks like one and is none.
pub fn odd_space(at: Span) -> Diagnostic {
    error("odd-space", at, "this is a special space, such as a no-break space")
        .help("replace it with a normal space; special spaces often come from copied text")
}

/// A header without its brackets.
pub fn broken_header(at: Span) -> Diagnostic {
    error("broken-header", at, "the brackets around the section name do not match")
        .help("write as many brackets after the name as before it: [contact], [[assessments]]")
}

/// A colon in place of `=`, as in YAML.
pub fn colon(at: Span, key: &str, value: &str) -> Diagnostic {
    let key = key.trim();
    error("colon", at, format!("the key {} must be followed by `=`, not `:`", quote(key)))
        .help(format!("write {}", quote(&format!("{key} = {}", in_quotes(value)))))
}

/// A list as in YAML or Markdown.
pub fn dashed_list(at: Span) -> Diagnostic {
    error("dashed-list", at, "a list cannot be written with dashes here")
        .help("write the list in brackets: key = [\"one\", \"two\"]")
}

/// A key without a value.
pub fn missing_value(at: Span, key: &str) -> Diagnostic {
    error("missing-value", at, format!("the key {} has no value", quote(key)))
        .help(format!("write `{key} = \"…\"`, or delete the line"))
}

/// Words that belong to no key.
pub fn no_key(at: Span) -> Diagnostic {
    error("no-key", at, "this line has no key").help(
        "write `key = \"…\"`; put text of several lines between three single quotes, and start a \
         comment with `#`",
    )
}

/// A key with letters that keys do not have.
pub fn odd_key(at: Span, key: &str) -> Diagnostic {
    error("odd-key", at, format!("{} cannot be a key", quote(key)))
        .help("write the key in Latin letters, digits and `_`, as `content/README.md` shows it")
}

/// Elements of a list without a comma between them.
pub fn missing_comma(at: Span) -> Diagnostic {
    error("missing-comma", at, "a comma is missing here")
        .help("put `,` between the entries of a list: [\"one\", \"two\"]")
}

/// Quotes of a word processor.
pub fn smart_quotes(at: Span, key: &str, inner: &str) -> Diagnostic {
    error("smart-quotes", at, "these quotation marks are curly; they must be straight")
        .help(format!("write {}", quote(&format!("{key} = \"{inner}\""))))
}

/// The same within a list.
pub fn smart_quotes_in_list(at: Span, inner: &str) -> Diagnostic {
    error("smart-quotes", at, "these quotation marks are curly; they must be straight")
        .help(format!("write {}", quote(&format!("\"{inner}\""))))
}

/// A text that begins with a straight mark and ends with a curved one.
pub fn curved_end(at: Span, mark: char) -> Diagnostic {
    error("smart-quotes", at, "the closing quotation mark is curly; it must be straight")
        .help(format!("replace it with a straight `{mark}`"))
}

/// Words without quotes.
pub fn missing_quotes(at: Span, value: &str) -> Diagnostic {
    error("missing-quotes", at, format!("the text {} needs quotation marks", quote(value)))
        .help(format!("write {}", quote(&in_quotes(value))))
}

/// A quote that is not closed on its line.
pub fn unclosed_quote(at: Span, mark: char) -> Diagnostic {
    error("unclosed-quote", at, format!("the text starts with `{mark}` and is never closed"))
        .help(format!("put `{mark}` at the end; put text of several lines between `'''` and `'''`"))
}

/// Quotation marks within quotation marks.
pub fn quote_in_text(at: Span) -> Diagnostic {
    error("quote-in-text", at, "the text ends at the second quotation mark, but more text follows")
        .help("put the whole text between `'''` and `'''`, or write the inner marks as “ and ”")
}

/// A comma after a value.
pub fn trailing_comma(at: Span) -> Diagnostic {
    error("trailing-comma", at, "there is a comma after the value").help("delete the comma")
}

/// Two keys on one line.
pub fn two_on_a_line(at: Span, second: &str) -> Diagnostic {
    error("two-on-a-line", at, "two keys are on one line")
        .help(format!("put {} on its own line", quote(second)))
}

/// A backslash in double quotes.
pub fn backslash(at: Span) -> Diagnostic {
    error("backslash", at, "a `\\` in double quotes has a special meaning")
        .help("put the text in single quotes: 'C:\\folder'")
}

/// A text of several lines that is never closed.
pub fn unclosed_text(at: Span, mark: &str) -> Diagnostic {
    error("unclosed-text", at, format!("the text that starts here with `{mark}` is never closed"))
        .help(format!("put `{mark}` at the end of the text"))
}

/// A list that is never closed.
pub fn unclosed_list(at: Span, mark: &str) -> Diagnostic {
    let (what, end) = if mark == "[" { ("list", "]") } else { ("entry", "}") };
    error("unclosed-list", at, format!("the {what} that starts here is never closed"))
        .help(format!("put `{end}` at the end of the {what}"))
}

/// A truth in capitals or in other words.
pub fn capital_truth(at: Span, written: &str) -> Diagnostic {
    let meant =
        if matches!(written.to_lowercase().as_str(), "true" | "yes") { "true" } else { "false" };
    error("missing-quotes", at, format!("{} is not a valid value", quote(written)))
        .help(format!("write `{meant}`, or {} if you mean the word", quote(&in_quotes(written))))
}

fn in_quotes(value: &str) -> String {
    let value = value.trim();
    if value.starts_with(['"', '\'', '[']) { value.to_owned() } else { format!("\"{value}\"") }
}

// ---- keys and values ---------------------------------------------------------------------------

/// Keys that a table must have and has not, all of them at once.
pub fn missing_keys(at: Span, what: &str, keys: &[&str]) -> Diagnostic {
    let message = format!("{what} is missing {}", all_of(keys.iter().copied()));
    let help = match keys {
        [key] => format!("add a line `{key} = …`"),
        keys => format!(
            "add a line for each: {}",
            keys.iter().map(|key| format!("`{key} = …`")).collect::<Vec<_>>().join(", ")
        ),
    };
    error("missing-key", at, message).help(help)
}

/// A key that the table does not know.
pub fn unknown_key(at: Span, what: &str, key: &str, known: &[&str]) -> Diagnostic {
    error("unknown-key", at, format!("{what} has no key {}", quote(key))).help(suggest(
        key,
        known.iter().copied(),
        format!("its keys are {}", all_of(known.iter().copied())),
    ))
}

/// A key that belongs to the table around this one.
pub fn misplaced_key(at: Span, key: &str, table: &str) -> Diagnostic {
    let message = format!("{} is not a key of `{table}`, but is written below it", quote(key));
    error("misplaced-key", at, message)
        .help(format!("move the line up, above `{table}`: all lines below `{table}` belong to it"))
}

/// A part that belongs to the table around this one.
pub fn misplaced_table(at: Span, name: &str, table: &str) -> Diagnostic {
    let inner = table.trim_matches(['[', ']']);
    let message = format!("{} is not a section of `{table}`", quote(name));
    error("misplaced-key", at, message)
        .help(format!("write the header the other way round: `[{name}.{inner}]`"))
}

/// A header for the language that needs none.
pub fn header_of_first_language(at: Span, language: &str) -> Diagnostic {
    let message = format!(
        "{} is the site's default language, which has no section of its own",
        quote(language)
    );
    error("unknown-language", at, message)
        .help("move its texts to the top of the file, and delete this section")
}

/// A value of the wrong type.
pub fn wrong_type(at: Span, key: &str, expected: &str, found: &str) -> Diagnostic {
    let problem =
        error("wrong-type", at, format!("{} must be {expected}, not {found}", quote(key)));
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

/// A text without a letter in it.
pub fn empty_text(at: Span, key: &str) -> Diagnostic {
    error("empty-text", at, format!("{} is empty", quote(key)))
        .help("write the text, or delete the line")
}

/// A title that goes over several lines.
pub fn line_break(at: Span, key: &str) -> Diagnostic {
    error("line-break", at, format!("{} must be on one line", quote(key)))
        .help("write it on one line, however long it is")
}

/// A word that is not in a closed list.
pub fn unknown_choice(at: Span, what: &str, written: &str, known: &[&str]) -> Diagnostic {
    let allowed = match known.len() {
        0..=7 => format!("write {}", one_of(known.iter().copied())),
        _ => "`content/README.md` lists all of them".to_owned(),
    };
    let is_foreign = written.chars().any(|it| it.is_alphabetic() && !it.is_ascii());
    let allowed = match is_foreign {
        true => format!("these words are always in English: {allowed}"),
        false => allowed,
    };
    let code = match what {
        "completion level" => "unknown-completion-level",
        "OGP value" => "unknown-value",
        "policy area" => "unknown-policy-area",
        "assessor" => "unknown-assessor",
        _ => "unknown-choice",
    };
    let problem = error(code, at, format!("{} is not {}", quote(written), with_article(what)));
    // Silence is not inaction: nobody is told to write `not-started` in its place.
    if code == "unknown-completion-level" && closest(written, ["not-reported"]).is_some() {
        return problem
            .help("delete the line: the portal shows a report without a level as not reported");
    }
    problem.help(suggest(written, known.iter().copied(), allowed))
}

/// Something that is not a date.
pub fn not_a_date(at: Span, key: &str, written: &str) -> Diagnostic {
    error("not-a-date", at, format!("{} is not a valid date: {}", quote(key), quote(written))).help(
        "write the year first, as precisely as you know: \"2014\", \"2014-07\" or \"2014-07-31\"",
    )
}

/// A date in another order, or with other signs between its numbers.
pub fn other_date(at: Span, written: &str, meant: &str) -> Diagnostic {
    let message = match written.starts_with(&meant[..4]) {
        true => format!("the numbers in the date {} must be joined by `-`", quote(written)),
        false => format!("the date {} must start with the year", quote(written)),
    };
    error("day-first-date", at, message).help(format!("write \"{meant}\""))
}

/// A date without the quotation marks that it needs.
pub fn unquoted_date(at: Span, key: &str, written: &str) -> Diagnostic {
    error("unquoted-date", at, format!("the date {} needs quotation marks", quote(written)))
        .help(format!("write {}", quote(&format!("{key} = \"{written}\""))))
}

/// A day that no calendar has.
pub fn impossible_date(at: Span, written: &str) -> Diagnostic {
    error("impossible-date", at, format!("the date {} does not exist", quote(written)))
        .help("correct the date; if you know only the month, write the year and the month")
}

/// An end that comes before its beginning.
pub fn end_before_start(end: Span, start: Span) -> Diagnostic {
    error("end-before-start", end, "`end_date` is before `start_date`")
        .help("correct the one that is wrong")
        .see(start, "`start_date` is here")
}

/// Something that is not an address on the web.
pub fn not_an_address(at: Span, key: &str, written: &str, allowed: &str) -> Diagnostic {
    error(
        "not-an-address",
        at,
        format!("{} is not a valid address: {}", quote(key), quote(written)),
    )
    .help(format!("write {allowed}"))
}

/// A number out of its range.
pub fn number_out_of_range(at: Span, key: &str, lowest: i64, highest: i64) -> Diagnostic {
    error("out-of-range", at, format!("{} must be between {lowest} and {highest}", quote(key)))
        .help("correct the number")
}

/// Neither of two keys of which one is needed.
pub fn neither_key(at: Span, what: &str, keys: [&str; 2]) -> Diagnostic {
    error("one-of-two-keys", at, format!("{what} has neither `{}` nor `{}`", keys[0], keys[1]))
        .help("add one of them")
}

/// Both of two keys of which one is needed.
pub fn both_keys(at: Span, what: &str, keys: [&str; 2]) -> Diagnostic {
    error("one-of-two-keys", at, format!("{what} has both {}", all_of(keys)))
        .help("delete one of them")
}

/// The same thing twice in a list.
pub fn duplicate(at: Span, what: &str, name: &str, first: Span) -> Diagnostic {
    error("duplicate", at, format!("the {what} {} is listed twice", quote(name)))
        .help("delete one of them")
        .see(first, "first used here")
}

/// A translation into a language that the site does not have.
pub fn unknown_language(at: Span, language: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the site has no language {}", quote(language));
    error("unknown-language", at, message).help(format!(
        "`languages` in `site.toml` lists {}: add the language there, or delete the translation",
        all_of(known.iter().copied())
    ))
}

/// A translation of something that was never written.
pub fn translation_of_nothing(at: Span, key: &str, language: &str) -> Diagnostic {
    let message =
        format!("{} is translated into {}, but has no original", quote(key), quote(language));
    error("translation-of-nothing", at, message).help(format!(
        "write `{key}` in the site's default language too, or delete the translation"
    ))
}

/// A translated list of another length than the original.
pub fn translation_length(at: Span, key: &str, original: usize, translated: usize) -> Diagnostic {
    let message = format!(
        "{} has {} here, but the original has {original}",
        quote(key),
        count(translated, "entry").replace("entrys", "entries")
    );
    error("translation-length", at, message).help("translate each entry, in the same order")
}

// ---- what refers to what -----------------------------------------------------------------------

/// A name that should be a file of the site. `kind` is a word of the catalogue, as in "agency".
fn unknown_reference(
    code: &'static str,
    at: Span,
    (kind, folder): (&str, &str),
    written: &str,
    known: &[&str],
) -> Diagnostic {
    let message = format!("there is no {kind} {}", quote(written));
    let file_name = words::as_file_name(written);
    let make = format!("create the file {}", quote(&format!("content/{folder}/{file_name}.toml")));
    error(code, at, message).help(match closest(written, known.iter().copied()) {
        Some(name) => format!("did you mean {}? If not, {make}", quote(name)),
        None => make,
    })
}

/// An agency without a file.
pub fn unknown_agency(at: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference("unknown-agency", at, ("agency", "agencies"), written, known)
}

/// An agency that is named by its title, not by the name of its file.
pub fn agency_by_its_name(at: Span, written: &str, id: &str) -> Diagnostic {
    error("unknown-agency", at, format!("there is no agency {}", quote(written)))
        .help(format!("write {}: the file name of the agency with this name", quote(id)))
}

/// A report without a file.
pub fn unknown_report(at: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference("unknown-report", at, ("report", "reports"), written, known)
}

/// An action plan without a file.
pub fn unknown_plan(at: Span, written: &str, known: &[&str]) -> Diagnostic {
    unknown_reference("unknown-plan", at, ("action plan", "action-plans"), written, known)
}

/// A folder of commitments whose plan has no file.
pub fn folder_without_plan(path: &str, plan: &str) -> Diagnostic {
    let message = format!("there is no action plan {} for this commitment", quote(plan));
    file_error("unknown-plan", path, message).help(format!(
        "create the file {}, or move the commitment to the folder of its plan",
        quote(&format!("content/action-plans/{plan}.toml"))
    ))
}

/// A commitment that is carried on but does not exist.
pub fn unknown_commitment(at: Span, written: &str, known: &[&str]) -> Diagnostic {
    error("unknown-commitment", at, format!("there is no commitment {}", quote(written))).help(
        suggest(
            written,
            known.iter().copied(),
            "write the plan and the number, such as \"2012-2014/7\"",
        ),
    )
}

/// A commitment that is carried on from a plan that is not earlier.
pub fn not_earlier(at: Span, written: &str) -> Diagnostic {
    error("not-earlier", at, format!("{} is not in an earlier action plan", quote(written))).help(
        "write the commitment of the earlier plan that this one continues, or delete the line",
    )
}

/// A chapter that the plan does not have.
pub fn unknown_chapter(at: Span, written: &str, plan: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the action plan {} has no chapter {}", quote(plan), quote(written));
    let plan_file = quote(&format!("content/action-plans/{plan}.toml"));
    error("unknown-chapter", at, message).help(match known {
        [] => format!("add the chapter to {plan_file}"),
        known => {
            format!("write {}, or add the chapter to {plan_file}", one_of(known.iter().copied()))
        }
    })
}

/// A report on one plan that judges a commitment of another.
pub fn report_on_another_plan(at: Span, report: &str, its_plan: &str, plan: &str) -> Diagnostic {
    let message = format!(
        "the report {} covers the action plan {}, but this commitment belongs to {}",
        quote(report),
        quote(its_plan),
        quote(plan)
    );
    error("wrong-report", at, message).help(
        "use a report on this commitment's plan, or correct `action_plan` in that report's file",
    )
}

/// A level that only the Independent Reporting Mechanism gives.
pub fn no_evidence_is_for_irm(at: Span) -> Diagnostic {
    error("wrong-level", at, "the level `no-evidence` is only for IRM reports").help(
        "delete the line if the report gives no level: the portal then shows it as not reported",
    )
}

/// Evidence that is not there.
pub fn missing_file(at: Span, written: &str, known: &[&str]) -> Diagnostic {
    error("missing-file", at, format!("there is no file {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        "put the file in `content/files/`, and write its path, such as \"files/decree.pdf\"",
    ))
}

/// A site without a single commitment, plan or agency to show.
pub fn empty_site(path: &str) -> Diagnostic {
    file_error("empty-site", path, "the site has no commitments")
        .help("create a file in `content/commitments/`, in the folder of its action plan")
}

/// A commitment of a running plan that nobody has spoken of for too long.
pub fn stale(at: Span, since: Option<&str>, months: u16) -> Diagnostic {
    let message = match since {
        Some(since) => format!("this commitment has had no news since {since}"),
        None => "this commitment has had no news yet".to_owned(),
    };
    warning("stale", at, message).help(format!(
        "OGP asks for news at least every {months} months while the plan runs: add an \
         `[[updates]]` section with a `date` and a `text`"
    ))
}

/// A level that nothing shows.
pub fn no_evidence(at: Span) -> Diagnostic {
    warning("no-evidence", at, "this level has no evidence").help(
        "OGP asks for a link to it: add `evidence = [{ title = \"…\", url = \"https://…\" }]`",
    )
}

/// A level without a word on what was done.
pub fn no_results(at: Span) -> Diagnostic {
    warning("no-results", at, "this level has no explanation of what was done")
        .help("add `results`: one or two sentences about what was done")
}

/// Texts that are not there in one of the site's languages.
pub fn not_translated(at: Span, keys: &[&str], language: &str, header: &str) -> Diagnostic {
    let (verb, it) = if keys.len() == 1 { ("is", "it") } else { ("are", "them") };
    let message =
        format!("{} {verb} not translated into {}", all_of(keys.iter().copied()), quote(language));
    warning("not-translated", at, message).help(format!(
        "add {it} below `{header}`: until then, readers see {it} in another language"
    ))
}

/// A mailbox at a provider for everybody.
pub fn private_mailbox(at: Span, mailbox: &str) -> Diagnostic {
    let message = format!("{} looks like a private email address", quote(mailbox));
    warning("private-mailbox", at, message)
        .help("write the office's email address, or delete the line")
}

/// A number that rings in somebody's pocket.
pub fn personal_phone(at: Span, phone: &str) -> Diagnostic {
    let message = format!("{} looks like a personal mobile number", quote(phone));
    warning("personal-phone", at, message)
        .help("write the office's phone number, or delete the line")
}

/// A title that does not fit on the picture for those who share the page.
pub fn title_too_long(at: Span, length: usize) -> Diagnostic {
    let message = format!("the title has {length} characters, too many for the share image");
    warning("title-too-long", at, message)
        .help("shorten the title: the share image cuts off the rest")
}

/// A text longer than OGP allows.
pub fn text_too_long(at: Span, key: &str, length: usize, limit: usize) -> Diagnostic {
    let message = format!("{} has {length} characters, but OGP allows only {limit}", quote(key));
    warning("text-too-long", at, message).help(format!(
        "shorten the text by {}: the marked part is over the limit",
        count(length - limit, "character")
    ))
}

// ---- Markdown ----------------------------------------------------------------------------------

/// Tags in Markdown.
pub fn raw_html(at: Span, written: &str) -> Diagnostic {
    let message = format!("HTML is not published: {} would be left out", quote(written));
    error("raw-html", at, message)
        .help("write it in Markdown, or put a `\\` before the `<` if you mean the character itself")
}

/// A link that leads neither to the web nor into the site.
pub fn forbidden_link(at: Span, written: &str) -> Diagnostic {
    let message = format!("a link cannot point to {}", quote(written));
    error("forbidden-link", at, message).help(
        "start with `https://`, `http://`, `mailto:` or `tel:`, or with `/` for a page of this \
         site, such as `/about/`",
    )
}

/// A link to a page of this site that does not exist.
pub fn broken_link(at: Span, written: &str, known: &[&str]) -> Diagnostic {
    error("broken-link", at, format!("this site has no page {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        "write the part of the address that your browser shows after the name of the site",
    ))
}

/// A link to a place within a page.
pub fn broken_anchor(at: Span, written: &str) -> Diagnostic {
    error(
        "broken-anchor",
        at,
        format!("a link cannot point to a place within a page: {}", quote(written)),
    )
    .help("link to the whole page, without `#` and what follows")
}

/// A picture in a text.
pub fn image(at: Span) -> Diagnostic {
    error("image", at, "images in text are not supported")
        .help("put the image in `content/files/` and link to it: `[what it shows](/files/…)`")
}

/// An article that does not begin with its title.
pub fn no_title(at: Span) -> Diagnostic {
    error("no-title", at, "the article does not start with a title")
        .help("write the title on the first line, such as `# About this portal`")
}

/// A second title in an article.
pub fn second_title(at: Span) -> Diagnostic {
    error("second-title", at, "this is a second title, but an article has only one")
        .help("use `##` for a heading inside the article")
}

// ---- theme -------------------------------------------------------------------------------------

/// A theme that is neither in the site nor built in.
pub fn unknown_theme(at: Span, written: &str, known: &[&str]) -> Diagnostic {
    error("unknown-theme", at, format!("there is no theme {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        format!("create the folder {}", quote(&format!("themes/{written}/"))),
    ))
}

/// A language without a file of words in the theme.
pub fn no_words_for_language(at: Span, language: &str, path: &str) -> Diagnostic {
    let message = format!("the theme is not translated into {}", quote(language));
    error("no-words-for-language", at, message).help(format!(
        "remove it from `languages`, or create the file {} with the keys of `en.toml`",
        quote(path)
    ))
}

/// A tag that names no language.
pub fn not_a_language(at: Span, written: &str) -> Diagnostic {
    error("not-a-language", at, format!("{} is not a language code", quote(written)))
        .help("write a language code, such as \"en\", \"mn\" or \"pt-BR\"")
}

/// A word of the theme that uses a place-holder which is never filled.
pub fn unknown_placeholder(at: Span, key: &str, placeholder: &str, known: &[&str]) -> Diagnostic {
    let message = format!("{} has no placeholder {}", quote(key), quote(placeholder));
    error("unknown-placeholder", at, message).help(match known {
        [] => "write the sentence without placeholders".to_owned(),
        known => format!("use only {}", all_of(known.iter().copied())),
    })
}

/// A template that cannot be read.
pub fn template_syntax(location: SourceLocation, said: &str) -> Diagnostic {
    let message = format!("the template cannot be read: {said}");
    diagnostic("template-syntax", Severity::Error, location, message)
        .help("close each `{{` with `}}`, each `{%` with `%}`, and each `block` with `endblock`")
}

/// A template that cannot be rendered. `page` is the page being made, `content` its file.
pub fn template_fault(
    location: SourceLocation,
    said: &str,
    page: &str,
    content: Option<&str>,
) -> Diagnostic {
    let from = content.map(|file| format!(", from {}", quote(file))).unwrap_or_default();
    let message =
        format!("the template failed: {said}, while rendering the page {}{from}", quote(page));
    diagnostic("template-fault", Severity::Error, location, message)
        .help("`themes/README.md` lists what each template can use")
}

/// A page that no phone could load.
pub fn page_too_large(path: &str, size: usize, limit: usize) -> Diagnostic {
    let message = format!(
        "the page {} is too large: {} MB, and the limit is {} MB",
        quote(path),
        size >> 20,
        limit >> 20
    );
    file_error("page-too-large", path, message).help("show less on the page")
}

/// A style sheet that reaches out of the theme.
pub fn style_outside(location: SourceLocation, written: &str) -> Diagnostic {
    let message = format!("the style sheet uses {}, which is not in the theme", quote(written));
    diagnostic("style-outside", Severity::Error, location, message).help(
        "put the file in the theme's `assets/` folder, and write its name without a folder: \
         url(flag.svg)",
    )
}

/// A style sheet that cannot be read.
pub fn style_fault(location: SourceLocation, said: &str) -> Diagnostic {
    diagnostic(
        "style-fault",
        Severity::Error,
        location,
        format!("the style sheet has an error: {said}"),
    )
}
