//! What is wrong with files and folders, and with the addresses that their names give.

use std::io;

use super::parts::{at, in_file};
use super::words::{self, quote, quote_whole};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::Kind;
use crate::source::Span;

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
