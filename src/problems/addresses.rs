//! What is wrong with the addresses of pages, files and mailboxes.

use super::parts::at;
use super::words::{OneOf, quote, quote_whole};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::web_address;

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
pub(super) fn is_local_path(written: &str) -> bool {
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
pub(super) fn is_file_name(written: &str) -> bool {
    let ending = written.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_ending = (2..=4).contains(&ending.len()) && ending.is_ascii();
    is_ending && !written.contains(['/', '\\', ':', '?', '#', ' '])
}

/// What to do with a path on the editor's own computer.
pub(super) fn local_path_help(place: AddressPlace<'_>, written: &str) -> String {
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
