//! The headers that make a portal safe on its host: `_headers`, which Netlify, Cloudflare Pages and
//! others read. Pages say the most important of it in a `meta` tag too, for all other hosts.

/// What every answer carries. `frame-ancestors` works as a header only; scripts are allowed here
/// because the pages that have one say so themselves, and all others forbid it.
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

/// `_headers`. `stylesheet` is a file whose name changes with its content.
pub fn headers(stylesheet: &str) -> Vec<u8> {
    let mut text = String::from("/*\n");
    for (name, value) in SECURITY {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    text.push_str(&format!(
        "/{stylesheet}\n  Cache-Control: public, max-age=31536000, immutable\n"
    ));
    // Anybody's page may read the data.
    text.push_str("/data/*\n  Access-Control-Allow-Origin: *\n");
    text.into_bytes()
}
