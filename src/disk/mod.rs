//! The file system: reads and extends a site, and publishes a portal so that readers see either the old portal
//! or the new one, never a mixture.
//!
//! No other module opens, writes or deletes a file. This module prints nothing, and does not know
//! about commands or formats of problems.

mod git;
mod open;
mod publish;
mod read;
mod repository;
mod write;

pub use git::read_site_at;
pub use publish::Staging;
pub use read::{MAX_FILE_SIZE, MAX_FILES, open_attachment, read_site};
pub use repository::{append, folder_in_repository, read_bounded, read_list};
pub use write::{create_file, create_files, has_file, read_import, replace_file, replace_files};
