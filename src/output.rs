//! The paths of the portal's files. An [`OutputPath`] cannot point outside the output folder.

use std::fmt;
use std::sync::Arc;

/// A path below the output folder: `/` between its parts, none of them empty, `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Takes a path that was put together from checked parts.
    ///
    /// # Panics
    /// If the path could lead out of the output folder: ids are checked when they are read, so that
    /// is a mistake in this program.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        let path = path.into();
        let is_safe = |part: &str| {
            !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']) && !part.contains(':')
        };
        assert!(path.split('/').all(is_safe), "unsafe output path `{path}`");
        OutputPath(path)
    }

    /// The path with `/` between its parts.
    pub fn as_str(&self) -> &str {
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
    fn a_path_that_leads_out_is_refused() {
        for path in ["../a", "/a", "a//b", "a/./b", "a\\b", "", "c:/a", "a\0"] {
            assert!(
                std::panic::catch_unwind(|| OutputPath::new(path)).is_err(),
                "`{path}` was taken"
            );
        }
        assert_eq!(OutputPath::new("mn/a.b/index.html").as_str(), "mn/a.b/index.html");
    }
}
