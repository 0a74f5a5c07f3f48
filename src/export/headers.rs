//! Security headers: `_headers`, which Netlify, Cloudflare Pages and other hosts read. Pages also
//! contain a content security policy in a `meta` element, for hosts that do not read the file.

use crate::model::Site;

/// The headers of every response. `frame-ancestors` works only in a header. The policy allows
/// scripts here; the `meta` element of a page forbids them if the page has none.
pub const SECURITY: [(&str, &str); 5] = [
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src \
         'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// The content of `_headers`. `stylesheet` is the path of a file whose name changes with its
/// content.
pub fn headers(stylesheet: &str, site: &Site) -> Vec<u8> {
    let mut text = String::from("/*\n");
    for (name, value) in SECURITY {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    if site.noindex {
        text.push_str("  X-Robots-Tag: noindex\n");
    }
    text.push_str(&format!(
        "/{stylesheet}\n  Cache-Control: public, max-age=31536000, immutable\n"
    ));
    // Scripts of other sites may read the data.
    text.push_str("/data/*\n  Access-Control-Allow-Origin: *\n");
    text.into_bytes()
}
