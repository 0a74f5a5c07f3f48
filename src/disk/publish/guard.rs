//! Refuses output folders that a portal must not replace: the site, the home folder, or another
//! site.

use std::env;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::files::failed;
use crate::disk::read::SITE_ENTRIES;
use crate::problems::{Action, Failure};
use crate::settings::SITE_FILE;

/// Checks that a portal can be written to `out`.
///
/// # Errors
/// If `out` is a link or a file, contains the site or the home folder, or is part of a site.
pub(super) fn refuse_dangerous_output(site: &Path, out: &Path) -> Result<()> {
    if out.symlink_metadata().is_ok_and(|out| out.is_symlink()) {
        bail!(Failure::OutputIsLink(out.to_owned()));
    }
    if out.exists() && !out.is_dir() {
        bail!(Failure::OutputIsFile(out.to_owned()));
    }
    let absolute = absolute_path(out)?;
    let site = site.canonicalize().with_context(|| failed(Action::Find, site))?;
    if absolute.parent().is_none() || site.starts_with(&absolute) {
        bail!(Failure::OutputContainsSite(out.to_owned()));
    }
    let home = env::var_os("HOME").map(PathBuf::from);
    let home = home.and_then(|home| home.canonicalize().ok());
    if home.is_some_and(|home| home.starts_with(&absolute)) {
        bail!(Failure::OutputIsHome(out.to_owned()));
    }
    let inputs = SITE_ENTRIES.into_iter().chain([".git"]).map(|part| site.join(part));
    if inputs.into_iter().any(|part| absolute.starts_with(part)) {
        bail!(Failure::OutputIsPartOfSite(out.to_owned()));
    }
    if out.join(SITE_FILE).exists() {
        bail!(Failure::OutputIsOtherSite(out.to_owned()));
    }
    Ok(())
}

/// The absolute path with all links resolved. Its last components need not exist.
fn absolute_path(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| failed(Action::Find, path))?;
    let mut ancestors = path.ancestors();
    let existing = ancestors.find(|ancestor| ancestor.exists()).expect("the root exists");
    let missing = path.strip_prefix(existing).unwrap_or(Path::new(""));
    if missing.components().any(|part| !matches!(part, Component::Normal(_))) {
        bail!(Failure::OutputIsUnclear(path));
    }
    let existing = existing.canonicalize().with_context(|| failed(Action::Find, existing))?;
    Ok(existing.join(missing))
}
