//! Copies of the files of the default theme, for a site that changes some of them.

use super::new_file::NewFile;
use crate::problems::{Refusal, words};
use crate::theme_files;

/// The paths of the text files of the default theme, relative to its folder, sorted.
pub fn theme_files() -> Vec<&'static str> {
    theme_files::built_in_paths()
}

/// Returns copies of files of the default theme, for the site's own `theme`. `names` are paths as in
/// [`theme_files`].
///
/// # Errors
/// If the default theme has no such file.
pub fn copies(theme: &str, names: &[String]) -> Result<Vec<NewFile>, Refusal> {
    let copy = |name: &String| match theme_files::built_in(name) {
        Some(file) => {
            Ok(NewFile { path: format!("themes/{theme}/{name}"), text: file.text.to_string() })
        }
        None => {
            let meant = words::closest(name, theme_files());
            Err(Refusal::NoThemeFile(name.clone(), meant))
        }
    };
    names.iter().map(copy).collect()
}
