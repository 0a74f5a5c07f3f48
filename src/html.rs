//! Markup that is known to be safe, and the one function that makes text safe.
//!
//! An [`Html`] is markup that this program wrote itself, with everything foreign in it escaped.
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

/// Writes `text` as [`escape`] shows it.
///
/// # Errors
/// Those of `out`.
pub fn write_escaped(out: &mut impl fmt::Write, text: &str) -> fmt::Result {
    let mut rest = text;
    while let Some(offset) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..offset])?;
        out.write_str(match rest.as_bytes()[offset] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[offset + 1..];
    }
    out.write_str(rest)
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
