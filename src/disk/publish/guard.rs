//! Where a portal must not be written: over the site, the home folder, or another site.

use std::env;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::files::failed;
use crate::disk::read::SITE_ENTRIES;
use crate::settings::SITE_FILE;

/// Refuses an output folder in which the portal would replace something that people work with.
///
/// # Errors
/// If `out` is such a folder.
pub(super) fn refuse_dangerous_output(site: &Path, out: &Path) -> Result<()> {
    let shown = out.display();
    if out.symlink_metadata().is_ok_and(|out| out.is_symlink()) {
        bail!("`{shown}` is a link: use `--out` with the folder that it points to");
    }
    if out.exists() && !out.is_dir() {
        bail!("`{shown}` is a file: choose a folder with `--out`");
    }
    let whole = whole_path(out)?;
    let site = site.canonicalize().with_context(|| failed("be found", site))?;
    if whole.parent().is_none() || site.starts_with(&whole) {
        bail!("`{shown}` contains the site itself: choose a separate folder with `--out`");
    }
    let home = env::var_os("HOME").map(PathBuf::from);
    let home = home.and_then(|home| home.canonicalize().ok());
    if home.is_some_and(|home| home.starts_with(&whole)) {
        bail!("`{shown}` is your home folder: choose a folder inside it with `--out`");
    }
    let inputs = SITE_ENTRIES.into_iter().chain([".git"]).map(|part| site.join(part));
    if inputs.into_iter().any(|part| whole.starts_with(part)) {
        bail!("`{shown}` is part of the site: choose a separate folder with `--out`");
    }
    if out.join(SITE_FILE).exists() {
        bail!("`{shown}` is the folder of another site: choose another folder with `--out`");
    }
    Ok(())
}

/// The absolute path with all links resolved. Its last components need not exist.
fn whole_path(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| failed("be found", path))?;
    let existing = path.ancestors().find(|it| it.exists()).context("there is no root folder")?;
    let missing = path.strip_prefix(existing).unwrap_or(Path::new(""));
    if missing.components().any(|part| !matches!(part, Component::Normal(_))) {
        bail!("`{}` goes through a folder that does not exist", path.display());
    }
    let existing = existing.canonicalize().with_context(|| failed("be found", existing))?;
    Ok(existing.join(missing))
}
