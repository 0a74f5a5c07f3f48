//! Markup that is known to be safe, and the one function that makes text safe.
//!
//! An [`Html`] is markup that this program wrote itself, with everything foreign in it escaped;
//! [`has_byte`] tells cheaply that a text has nothing in it that needs care.
//! The module knows nothing of templates, which escape by the same function.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

/// Markup that may stand in a page as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(Cow<'static, str>);

impl Html {
    /// The one key of the map that markup becomes when it is handed to a template: no text of a
    /// site can be such a map.
    pub const KEY: &str = "\u{1}html";

    /// Vouches for `markup`: the caller wrote it, and escaped what came from elsewhere.
    pub fn trusted(markup: impl Into<Cow<'static, str>>) -> Self {
        Html(markup.into())
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Serialized as a map of one key that `theme` knows: markup is printed as it is, text is escaped.
impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(Html::KEY, self.as_str())?;
        map.end()
    }
}

/// Shows `text` with the five characters that mean something in HTML, XML and quoted attributes
/// written as references.
pub fn escape(text: &str) -> impl fmt::Display + '_ {
    Escaped(text)
}

/// Writes `text` in that way.
///
/// # Errors
/// Those of `out`.
pub fn write_escaped(out: &mut impl fmt::Write, text: &str) -> fmt::Result {
    // Most texts have none, and are written at once.
    if !has_byte(text, is_sign) {
        return out.write_str(text);
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_sign) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

/// Whether a text has a byte of a kind. It looks at many without stopping at the first, so that the
/// processor can take them at once: `is_one` must cost little and change nothing.
pub fn has_byte(text: &str, is_one: impl Fn(u8) -> bool) -> bool {
    let has_one = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | is_one(*byte));
    text.as_bytes().chunks(128).any(has_one)
}

fn is_sign(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

struct Escaped<'t>(&'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_escaped(out, self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_text_cannot_leave_an_attribute_or_open_a_tag() {
        assert_eq!(escape(r#"a<b>&"c'ө"#).to_string(), "a&lt;b&gt;&amp;&quot;c&#39;ө");
    }
}
