//! The file system: reads a site, and publishes a portal so that a reader sees the old one or the
//! new one, never a mixture.
//!
//! No other module opens, writes or deletes a file. This module does not know what the files say.

mod publish;
mod read;

pub use publish::Staging;
pub use read::{MAX_FILE_SIZE, MAX_FILES, open_attachment, read_site};
