//! Addresses on the web: the form in which programs exchange them, and the form in which people read
//! them.
//!
//! An editor may write a host or a path in any alphabet. Feeds, sitemaps and data need URIs (RFC 3986),
//! which are ASCII: a host in another alphabet has the form `xn--…` (RFC 5890), and a path is
//! percent-encoded. The rules for both are those of browsers (WHATWG URL Standard).

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
