//! Safe HTML, and the function that escapes text.
//!
//! An [`Html`] contains markup that Milepost generated; all text from the site's files is escaped
//! in it. Templates escape their values with the same function, but this module does not know them.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

/// Markup that a page can include without escaping it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(Cow<'static, str>);

impl Html {
    /// The only key of the map that an `Html` is serialized as. Text from a site's files cannot
    /// contain this key, so it cannot pass for markup.
    pub const KEY: &str = "\u{1}html";

    /// Marks `markup` as safe. The caller must have escaped every text in it that comes from a
    /// file.
    pub fn trusted(markup: impl Into<Cow<'static, str>>) -> Self {
        Html(markup.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromIterator<Html> for Html {
    fn from_iter<I: IntoIterator<Item = Html>>(parts: I) -> Self {
        Html::trusted(parts.into_iter().fold(String::new(), |all, part| all + part.as_str()))
    }
}

/// Serializes the markup as a map with one key, by which `theme` distinguishes it from text that it
/// must escape.
impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(Html::KEY, self.as_str())?;
        map.end()
    }
}

/// Displays `text` with `&`, `<`, `>`, `"` and `'` replaced by character references, which makes it
/// safe in HTML, XML and quoted attributes.
pub fn escape(text: &str) -> impl fmt::Display + '_ {
    Escaped(text)
}

/// Writes `text` escaped as by [`escape`].
///
/// # Errors
/// Fails only if writing to `out` fails.
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
