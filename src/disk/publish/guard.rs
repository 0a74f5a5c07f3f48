//! Refuses output folders that a portal must not replace: the site, the home folder, or another
//! site.

use std::env;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::files::failed;
use crate::disk::read::SITE_ENTRIES;
use crate::settings::SITE_FILE;

/// Checks that a portal can be written to `out`.
///
/// # Errors
/// If `out` is a link or a file, contains the site or the home folder, or is part of a site.
pub(super) fn refuse_dangerous_output(site: &Path, out: &Path) -> Result<()> {
    let shown = out.display();
    if out.symlink_metadata().is_ok_and(|out| out.is_symlink()) {
        bail!("`{shown}` is a link: use `--out` with the folder that it points to");
    }
    if out.exists() && !out.is_dir() {
        bail!("`{shown}` is a file: choose a folder with `--out`");
    }
    let absolute = absolute_path(out)?;
    let site = site.canonicalize().with_context(|| failed("be found", site))?;
    if absolute.parent().is_none() || site.starts_with(&absolute) {
        bail!("`{shown}` contains the site itself: choose a separate folder with `--out`");
    }
    let home = env::var_os("HOME").map(PathBuf::from);
    let home = home.and_then(|home| home.canonicalize().ok());
    if home.is_some_and(|home| home.starts_with(&absolute)) {
        bail!("`{shown}` is your home folder: choose a folder inside it with `--out`");
    }
    let inputs = SITE_ENTRIES.into_iter().chain([".git"]).map(|part| site.join(part));
    if inputs.into_iter().any(|part| absolute.starts_with(part)) {
        bail!("`{shown}` is part of the site: choose a separate folder with `--out`");
    }
    if out.join(SITE_FILE).exists() {
        bail!("`{shown}` is the folder of another site: choose another folder with `--out`");
    }
    Ok(())
}

/// The absolute path with all links resolved. Its last components need not exist.
fn absolute_path(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| failed("be found", path))?;
    let existing =
        path.ancestors().find(|ancestor| ancestor.exists()).context("there is no root folder")?;
    let missing = path.strip_prefix(existing).unwrap_or(Path::new(""));
    if missing.components().any(|part| !matches!(part, Component::Normal(_))) {
        bail!("`{}` goes through a folder that does not exist", path.display());
    }
    let existing = existing.canonicalize().with_context(|| failed("be found", existing))?;
    Ok(existing.join(missing))
}
