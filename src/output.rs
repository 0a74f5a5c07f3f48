//! The paths of the files that a build writes. An [`OutputPath`] cannot point outside the output
//! folder.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A path relative to the output folder, separated by `/`. No part of it is empty, `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Creates a path from parts that were already validated.
    ///
    /// # Panics
    /// Panics if the path could point outside the output folder. Ids are validated when they are
    /// read, so such a path is a bug in Milepost.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        let path = path.into();
        let is_safe =
            |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0', ':']);
        assert!(path.split('/').all(is_safe), "unsafe output path `{path}`");
        OutputPath(path)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Paths are found in a map by their text.
impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_outside_the_output_folder_is_rejected() {
        for path in ["../a", "/a", "a//b", "a/./b", "a\\b", "", "c:/a", "a\0"] {
            assert!(
                std::panic::catch_unwind(|| OutputPath::new(path)).is_err(),
                "`{path}` was accepted"
            );
        }
        assert_eq!(OutputPath::new("mn/a.b/index.html").as_str(), "mn/a.b/index.html");
    }
}
