//! A file to create.

use crate::format::Kind;

/// A file to create. The path is relative to the site folder, with `/` between its parts.
#[derive(Debug, PartialEq, Eq)]
pub struct NewFile {
    pub path: String,
    pub text: String,
}

/// The path of the schema of a kind of file in a site.
pub fn schema_path(kind: Kind) -> String {
    format!("schemas/{}.schema.json", kind.name())
}

impl NewFile {
    /// The same file, with a first line that tells editors' programs where the schema of its kind is.
    pub fn with_schema_line(self, kind: Kind) -> Self {
        let up = "../".repeat(self.path.matches('/').count());
        let text = format!("#:schema {up}{}\n{}", schema_path(kind), self.text);
        NewFile { text, ..self }
    }
}
