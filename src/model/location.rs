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

/// A file of `content/files/`, which is published unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path relative to `content/`, such as `files/decree.pdf`.
    pub path: String,
    /// The size in bytes.
    pub size: u64,
}
