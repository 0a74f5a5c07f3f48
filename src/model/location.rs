//! Where documents are: on the web or among the site's own files.

/// Where a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentLocation {
    /// On another site, `http` or `https`.
    Url(String),
    /// In the site's own `content/files/`, by its path below `content/`, with its size in bytes.
    File {
        /// As in `files/decree.pdf`.
        path: String,
        /// In bytes.
        size: u64,
    },
}

/// A file of `content/files/`, published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path below `content/`, as in `files/decree.pdf`.
    pub path: String,
    /// In bytes.
    pub size: u64,
}
