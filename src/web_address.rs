//! Addresses on the web: the form in which programs exchange them, and the form in which people read
//! them.
//!
//! An editor may write a host or a path in any alphabet. Feeds, sitemaps and data need URIs (RFC 3986),
//! which are ASCII: a host in another alphabet has the form `xn--…` (RFC 5890), and a path is
//! percent-encoded. The rules for both are those of browsers (WHATWG URL Standard).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::{Position, Url};

/// Returns an address as a URI, or `None` if it is not an address, for example because no host can have
/// this name. What is ASCII stays as it is written.
pub fn uri(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    Some(if text.is_ascii() { text.to_owned() } else { url.into() })
}

/// Returns the address of a folder as a URI in the normal form of RFC 3986, section 6.2: the host in
/// small letters, no default port, no `..`, and one `/` at the end. Returns `None` if the address has a
/// query, a fragment, a file name or the name of a user, or is not on the web.
pub fn folder(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let has_more = url.query().is_some() || url.fragment().is_some();
    let has_user = !url.username().is_empty() || url.password().is_some();
    let is_page = [".html", ".htm", ".php"].iter().any(|ending| url.path().ends_with(ending));
    if !matches!(url.scheme(), "https" | "http") || has_more || has_user || is_page {
        return None;
    }
    // Browsers accept brackets in a path, RFC 3986 does not.
    let path = url.path().trim_end_matches('/').replace('[', "%5B").replace(']', "%5D");
    Some(format!("{}{path}/", &url[..Position::BeforePath]))
}

/// Returns the path of an address, which starts with `/`.
pub fn path(address: &str) -> String {
    Url::parse(address).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned())
}

/// Returns the host of an address for readers, in its own alphabet and without a port. Empty if there is
/// none, as in `mailto:` addresses.
pub fn readable_host(address: &str) -> String {
    let url = Url::parse(address).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
    url::quirks::domain_to_unicode(host)
}

/// Returns an address for readers: the host and the path in their own alphabet. A part that would be
/// ambiguous or invisible stays encoded.
pub fn readable(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return address.to_owned() };
    let host = url.host_str().unwrap_or_default();
    let is_readable = |part: &String| {
        part.chars().all(|letter| letter.is_alphanumeric() || "-._~".contains(letter))
    };
    let decode =
        |part: &str| percent_decoded(part).filter(is_readable).unwrap_or_else(|| part.to_owned());
    let path = url.path().split('/').map(decode).collect::<Vec<_>>().join("/");
    let before_host = &url[..Position::BeforeHost];
    let port = &url[Position::AfterHost..Position::BeforePath];
    format!(
        "{before_host}{}{port}{path}{}",
        url::quirks::domain_to_unicode(host),
        &url[Position::AfterPath..]
    )
}

/// Decodes the percent-encoded parts of an address (RFC 3986, 2.1); `None` if the result is not
/// UTF-8.
pub fn percent_decoded(address: &str) -> Option<String> {
    percent_decode_str(address).decode_utf8().ok().map(String::from)
}

/// Encodes a path for an address: everything except RFC 3986's unreserved characters and `/`.
pub fn percent_encoded(path: &str) -> String {
    const ENCODED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    utf8_percent_encode(path, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_as_it_was_encoded() {
        for path in ["files/тайлан 1.pdf", "a/b.c", "100%", "%zz", "%4"] {
            assert_eq!(percent_decoded(&percent_encoded(path)).as_deref(), Some(path));
        }
        assert_eq!(percent_decoded("%ff"), None);
    }

    #[test]
    fn a_path_is_encoded_for_an_address() {
        assert_eq!(
            percent_encoded("files/тайлан 1.pdf"),
            "files/%D1%82%D0%B0%D0%B9%D0%BB%D0%B0%D0%BD%201.pdf"
        );
    }
}
