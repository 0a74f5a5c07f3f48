//! Locations of documents: on the web, or among the site's own files.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentLocation {
    /// An `http` or `https` URL of another site.
    Url(String),
    File {
        /// The path relative to `content/`, such as `files/decree.pdf`.
        path: String,
        /// The size in bytes.
        size: u64,
    },
}

/// The folder in `content/` whose files are published at the root of the portal.
pub const ROOT_FOLDER: &str = "root/";

/// Whether a path relative to `content/` is that of a file that is published unchanged.
pub fn is_published_path(path: &str) -> bool {
    path.starts_with("files/") || path.starts_with(ROOT_FOLDER)
}

/// A file of `content/files/` or `content/root/`, which is published unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path relative to `content/`, such as `files/decree.pdf`.
    pub path: String,
    /// The size in bytes.
    pub size: u64,
}

impl File {
    /// Returns the path relative to the portal's root.
    pub fn output_path(&self) -> &str {
        self.path.strip_prefix(ROOT_FOLDER).unwrap_or(&self.path)
    }
}
