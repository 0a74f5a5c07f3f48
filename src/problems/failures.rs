//! Why a command cannot run: one line for each reason, with what the user can do.

use std::fmt;
use std::path::PathBuf;

use super::words::{quote, visible};

/// Why a command cannot run. The paths are those that the user gave.
#[derive(Debug)]
pub enum Failure {
    /// The system refused an action. The reason of the system follows.
    Cannot(Action, PathBuf),
    NoFolder(PathBuf),
    ContentIsFile(PathBuf),
    /// A folder does not contain the settings file with this name.
    NoSite(PathBuf, &'static str),
    /// The output folder is a link.
    OutputIsLink(PathBuf),
    OutputIsFile(PathBuf),
    OutputContainsSite(PathBuf),
    OutputIsHome(PathBuf),
    OutputIsPartOfSite(PathBuf),
    OutputIsOtherSite(PathBuf),
    OutputIsNotOurs(PathBuf),
    OutputHasNoName,
    /// The path goes up from a folder that does not exist.
    OutputIsUnclear(PathBuf),
    /// Another build writes to the same folder.
    Locked(PathBuf),
    /// A folder with the name of a temporary folder of Milepost has other content.
    NotOurs(PathBuf),
    /// The path of a temporary file of Milepost is a link, a pipe or a folder.
    NotRegular(PathBuf),
    /// A file that Milepost did not create has the path of a file of the portal.
    InTheWay(PathBuf),
    PortInUse(u16),
    CannotListen(String),
}

/// What a command does with a file or a folder.
#[derive(Debug, Clone, Copy)]
pub enum Action {
    CarryOver,
    Create,
    Find,
    Lock,
    MoveIntoPlace,
    Read,
    Remove,
    Replace,
    Restore,
    Write,
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, rest) = match self {
            Failure::NoFolder(path) => {
                return write!(out, "there is no folder `{}`", path.display());
            }
            Failure::NoSite(path, settings) => {
                return write!(
                    out,
                    "there is no `{settings}` in `{}`: run Milepost in your site's folder, or add \
                     the folder's name to the command; `milepost init` creates a site",
                    path.display()
                );
            }
            Failure::Locked(path) => {
                let path = path.display();
                return write!(out, "another build is writing `{path}`: wait until it finishes");
            }
            Failure::PortInUse(port) => {
                return write!(
                    out,
                    "port {port} is in use: stop the program that uses it, or choose another with \
                     `--port`"
                );
            }
            Failure::OutputHasNoName => return out.write_str("the output folder needs a name"),
            Failure::CannotListen(address) => return write!(out, "cannot listen on `{address}`"),
            Failure::Cannot(action, path) => (path, action.words()),
            Failure::OutputIsLink(path) => {
                (path, "is a link: use `--out` with the folder that it points to")
            }
            Failure::ContentIsFile(path) => (path, "is a file; it must be a folder"),
            Failure::OutputIsFile(path) => (path, "is a file: choose a folder with `--out`"),
            Failure::OutputContainsSite(path) => {
                (path, "contains the site itself: choose a separate folder with `--out`")
            }
            Failure::OutputIsHome(path) => {
                (path, "is your home folder: choose a folder inside it with `--out`")
            }
            Failure::OutputIsPartOfSite(path) => {
                (path, "is part of the site: choose a separate folder with `--out`")
            }
            Failure::OutputIsOtherSite(path) => {
                (path, "is the folder of another site: choose another folder with `--out`")
            }
            Failure::OutputIsNotOurs(path) => (
                path,
                "is not empty and was not created by Milepost: choose another folder with \
                 `--out`, or empty this one yourself",
            ),
            Failure::OutputIsUnclear(path) => (path, "goes through a folder that does not exist"),
            Failure::NotOurs(path) => (path, "was not created by Milepost: move it elsewhere"),
            Failure::NotRegular(path) => (path, "is not a regular file: delete it"),
            Failure::InTheWay(path) => {
                (path, "is in the way of a file of the portal: move it elsewhere")
            }
        };
        write!(out, "`{}` {rest}", path.display())
    }
}

impl Action {
    fn words(self) -> &'static str {
        match self {
            Action::CarryOver => "cannot be carried over",
            Action::Create => "cannot be created",
            Action::Find => "cannot be found",
            Action::Lock => "cannot be locked",
            Action::MoveIntoPlace => "cannot be moved into place",
            Action::Read => "cannot be read",
            Action::Remove => "cannot be removed",
            Action::Replace => "cannot be replaced",
            Action::Restore => "cannot be restored",
            Action::Write => "cannot be written",
        }
    }
}

/// Why two versions of a site cannot be compared. The paths are those that the user gave.
#[derive(Debug)]
pub enum DiffFailure {
    NeedsTwoVersions,
    /// The old version has errors that leave nothing to compare.
    OldVersionIsUnusable,
    /// Git cannot run.
    NoGit,
    /// The folder is in no Git repository, or Git does not trust it. With Git's reason.
    NoRepository(PathBuf, String),
    NoRevision(String),
    /// At a revision, a folder does not contain the settings file with this name.
    NoSite(PathBuf, String, &'static str),
    /// Git stopped, for this reason.
    GitStopped(String),
}

impl std::error::Error for DiffFailure {}

impl fmt::Display for DiffFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DiffFailure::NeedsTwoVersions => out.write_str(
                "name two versions: `milepost diff OLD NEW` compares two folders, and `milepost diff \
                 --git main` compares this folder with a branch",
            ),
            DiffFailure::OldVersionIsUnusable => out.write_str(
                "the old version has errors in `site.toml` or in its theme, and cannot be read",
            ),
            DiffFailure::NoGit => out.write_str(
                "cannot run `git`: install it, or compare two folders with `milepost diff OLD NEW`",
            ),
            DiffFailure::NoRepository(path, reason) => write!(
                out,
                "`{}` is in no Git repository that can be read: {}",
                path.display(),
                visible(reason)
            ),
            DiffFailure::NoRevision(revision) => write!(
                out,
                "the Git repository has no revision {}: name a branch, a tag or a commit, and fetch \
                 it if it is on a server",
                quote(revision)
            ),
            DiffFailure::NoSite(path, revision, settings) => write!(
                out,
                "there is no `{settings}` in `{}` at {}",
                path.display(),
                quote(revision)
            ),
            DiffFailure::GitStopped(reason) => write!(out, "`git` failed: {}", visible(reason)),
        }
    }
}
