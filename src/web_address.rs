//! Addresses on the web: the form in which programs exchange them, and the form in which people read
//! them.
//!
//! An editor may write a host or a path in any alphabet. Feeds, sitemaps and data need URIs (RFC 3986),
//! which are ASCII: a host in another alphabet has the form `xn--…` (RFC 5890), and a path is
//! percent-encoded. The rules for both are those of browsers (WHATWG URL Standard).

use std::net::Ipv4Addr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::{Host, Position, Url};

/// Returns an address as a URI, or `None` if it is not an address, for example because no host can have
/// this name. What is ASCII stays as it is written.
pub fn uri(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    if url.domain().is_some_and(|name| !is_host_name(name)) {
        return None;
    }
    Some(if text.is_ascii() { text.to_owned() } else { url.into() })
}

/// Whether a host can have this name: one to 253 characters, in parts of one to 63 characters that are
/// joined by dots (RFC 1035, 2.3.4), and made of letters, digits, `-` and `_`. Browsers accept more.
pub fn is_host_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_part = |part: &str| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        (1..=63).contains(&part.len()) && part.bytes().all(is_allowed)
    };
    name.len() <= 253 && name.split('.').all(is_part)
}

/// Whether only the editor's own computer or network can open an address: `localhost`, an IP address that is
/// not public (RFC 1918, 3927, 4193, 4291, 6598), or the name of a computer without a dot.
pub fn is_private(text: &str) -> bool {
    match Url::parse(text).ok().and_then(|url| url.host().map(|host| host.to_owned())) {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            !name.contains('.')
                || [".localhost", ".local", ".lan"].iter().any(|end| name.ends_with(end))
        }
        Some(Host::Ipv4(ip)) => is_private_ipv4(ip),
        Some(Host::Ipv6(ip)) => {
            ip.is_loopback()
                || ip.is_unique_local()
                || ip.is_unicast_link_local()
                || ip.is_unspecified()
                || ip.to_ipv4_mapped().is_some_and(is_private_ipv4)
        }
        None => false,
    }
}

fn is_private_ipv4(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    // The addresses that providers share among their customers, and those of "this network".
    let is_shared = first == 100 && (64..128).contains(&second);
    ip.is_private() || ip.is_loopback() || ip.is_link_local() || is_shared || first == 0
}

/// Returns an address with spaces and other characters that no URL contains percent-encoded, as browsers
/// do.
pub fn encoded(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    Some(
        String::from(url).replace(['[', '{'], "%5B").replace([']', '}'], "%5D").replace('|', "%7C"),
    )
}

/// Whether an address contains a user name or a password, which everyone could read.
pub fn has_password(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| !url.username().is_empty() || url.password().is_some())
}

/// Whether a text is an email address: a name, an `@`, and a domain with a dot. RFC 5321 allows more
/// forms, but offices do not use them. No character has a meaning in a `mailto:` address.
pub fn is_mailbox(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, domain)| {
        let is_plain = |letter: char| letter.is_alphanumeric() || "._+-".contains(letter);
        let has_dot = domain.trim_matches('.').contains('.') && !domain.ends_with('.');
        let is_name = !name.is_empty() && name.chars().all(is_plain);
        is_name && has_dot && domain.chars().all(is_plain)
    })
}

/// Returns the `https` or `http` address to which a reference on the page at `address` leads.
pub fn join(address: &str, reference: &str) -> Option<String> {
    let target = Url::parse(address).ok()?.join(reference).ok()?;
    matches!(target.scheme(), "http" | "https").then(|| target.to_string())
}

/// Whether a `mailto:` address (RFC 6068) leads to one mailbox, and sets nothing but the subject and the
/// text of the message. A line break in the subject would begin another header.
pub fn is_mailto(text: &str) -> bool {
    const SCHEME: &str = "mailto:";
    let scheme = text.get(..SCHEME.len());
    if !scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME)) {
        return false;
    }
    let (mailbox, fields) = match text[SCHEME.len()..].split_once('?') {
        Some((mailbox, fields)) => (mailbox, fields.split('&').collect()),
        None => (&text[SCHEME.len()..], Vec::new()),
    };
    let is_harmless = |field: &&str| {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        let Some(value) = percent_decoded(value) else { return false };
        match name.to_ascii_lowercase().as_str() {
            "subject" => !value.contains(char::is_control),
            "body" => !value.replace("\r\n", "").contains(char::is_control),
            _ => false,
        }
    };
    is_mailbox(mailbox) && fields.iter().all(is_harmless)
}

/// Returns the address of a folder as a URI in the normal form of RFC 3986, section 6.2: the host in
/// small letters, no default port, no `..`, and one `/` at the end. Returns `None` if the address has a
/// query, a fragment, a file name or the name of a user, or is not on the web.
pub fn folder(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let has_more = url.query().is_some() || url.fragment().is_some();
    let is_page = [".html", ".htm", ".php"].iter().any(|ending| url.path().ends_with(ending));
    if !matches!(url.scheme(), "https" | "http") || has_more || has_password(text) || is_page {
        return None;
    }
    // Browsers accept brackets in a path, RFC 3986 does not.
    let path = url.path().trim_end_matches('/').replace('[', "%5B").replace(']', "%5D");
    Some(format!("{}{path}/", &url[..Position::BeforePath]))
}

/// Returns the host of an address in small letters, and the parts of its path that are not empty.
pub fn host_and_path(address: &str) -> Option<(String, Vec<String>)> {
    let url = Url::parse(address).ok()?;
    let segments = url.path_segments()?.filter(|segment| !segment.is_empty());
    Some((url.host_str()?.to_lowercase(), segments.map(str::to_owned).collect()))
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
    fn an_address_has_a_host_that_can_exist() {
        let long = format!("https://{}.mn/", "a".repeat(63));
        let letters = "https://яам.мон/";
        let known =
            ["https://ogp.mn", "http://a_b.mn./x", "https://192.0.2.1:81/", "https://[::1]/"];
        for address in known.into_iter().chain([&*long, letters, "tel:+97612345"]) {
            assert!(uri(address).is_some(), "{address}");
        }
        let longer = format!("https://{}.mn/", "a".repeat(64));
        let longest = format!("https://{}mn/", "abc.".repeat(63));
        let impossible =
            ["https://../", "https://.mn/", "https://a..mn/", "https://a b/", "https://"];
        let more = ["https://a,b/", "https://a.mn:99999/", "https://1.2.3.400/", "https://(x).mn/"];
        let more = more.into_iter().chain([&*longer, &*longest]);
        for address in impossible.into_iter().chain(more) {
            assert_eq!(uri(address), None, "{address}");
        }
    }

    #[test]
    fn an_address_of_a_computer_or_a_network_is_private() {
        for address in [
            "http://localhost/",
            "http://printer/",
            "http://nas.local./",
            "http://10.0.0.1/",
            "http://0x7f.1/",
            "http://0.0.0.0/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.100.0.1/",
            "http://[::1]/",
            "http://[fe80::1]/",
            "http://[fd00::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:a9fe:a9fe]/",
        ] {
            assert!(is_private(address), "{address}");
        }
        for address in [
            "https://ogp.mn/",
            "https://192.0.2.1/",
            "https://100.1.1.1/",
            "https://[2001:db8::1]/",
        ] {
            assert!(!is_private(address), "{address}");
        }
    }

    #[test]
    fn a_mailto_address_leads_to_one_mailbox() {
        for address in [
            "mailto:ogp@example.org",
            "MAILTO:o.g-p+1@gov.mn",
            "mailto:ogp@example.org?subject=A%20mistake&body=Line%201%0D%0ALine%202",
        ] {
            assert!(is_mailto(address), "{address}");
        }
        for address in [
            "mailto:",
            "mailto:ogp",
            "mailto:a%0abcc@example.org",
            "mailto:a%0Dbcc:b@example.org",
            "mailto:a@example.org,b@example.org",
            "mailto:a@example.org?bcc=b@example.org",
            "mailto:a@example.org?%62cc=b@example.org",
            "mailto:a@example.org?subject=x%0d%0abcc:b@example.org",
            "mailto:a@example.org?subject=x&cc=b@example.org",
            "mailto:?to=b@example.org",
        ] {
            assert!(!is_mailto(address), "{address}");
        }
    }

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
