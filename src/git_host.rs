//! What is known of the sites that host repositories: where they let people edit a file, and where they
//! publish pages.
//!
//! This module does not know what an address is used for.

use crate::web_address;

/// A site that hosts repositories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GitHost {
    GitHub,
    GitLab,
    Forgejo,
}

impl GitHost {
    fn of(host: &str) -> Option<Self> {
        match host {
            "github.com" | "www.github.com" => Some(GitHost::GitHub),
            "codeberg.org" => Some(GitHost::Forgejo),
            _ if host.split('.').any(|part| part == "gitlab") => Some(GitHost::GitLab),
            _ => None,
        }
    }

    /// What stands between the address of a repository and the branch, where files are edited.
    fn edit(self) -> &'static str {
        match self {
            GitHost::GitHub => "edit",
            GitHost::GitLab => "-/edit",
            GitHost::Forgejo => "_edit",
        }
    }
}

/// The address of a repository on a known host.
struct Repository {
    host: GitHost,
    /// The name of the host.
    name: String,
    /// The owner, and the name of the repository.
    path: Vec<String>,
    /// What follows, such as `edit/main`.
    rest: Vec<String>,
}

impl Repository {
    fn parse(address: &str) -> Option<Self> {
        let (name, segments) = web_address::host_and_path(address)?;
        let host = GitHost::of(&name)?;
        let length = match host {
            // Groups can be in groups.
            GitHost::GitLab => {
                segments.iter().position(|segment| segment == "-").unwrap_or(segments.len())
            }
            GitHost::GitHub | GitHost::Forgejo => 2,
        };
        if segments.len() < 2 {
            return None;
        }
        let (path, rest) = segments.split_at(length);
        let mut path = path.to_vec();
        let last = path.last_mut()?;
        *last = last.strip_suffix(".git").unwrap_or(last).to_owned();
        Some(Repository { host, name, path, rest: rest.to_vec() })
    }
}

/// Returns where the files of a repository are edited, if `address` is another page of it; `None` if it is
/// the right one, or the host is not known.
pub fn edit_address(address: &str) -> Option<String> {
    let repository = Repository::parse(address)?;
    let edit = repository.host.edit();
    let rest = repository.rest.join("/");
    if rest.strip_prefix(edit).is_some_and(|rest| rest.len() > 1 && rest.starts_with('/')) {
        return None;
    }
    // As in `tree/main/site` and `-/blob/main/site`.
    let mut rest = repository.rest.iter().skip_while(|segment| *segment == "-");
    let is_page = rest.next().is_some_and(|page| ["tree", "blob", "src"].contains(&page.as_str()));
    let branch: Vec<&str> = match is_page {
        true => rest.filter(|segment| *segment != "branch").map(String::as_str).collect(),
        false => vec!["main"],
    };
    let path = repository.path.join("/");
    Some(format!("https://{}/{path}/{edit}/{}/", repository.name, branch.join("/")))
}

/// Returns where the host publishes the pages of a repository, by the address at which its files are edited,
/// if `address` is on the host's domain for its owner but elsewhere.
pub fn pages_address(edit_address: &str, address: &str) -> Option<String> {
    let Repository { host, path, .. } = Repository::parse(edit_address)?;
    let (owner, names) = path.split_first()?;
    let domain = match host {
        GitHost::GitHub => "github.io",
        GitHost::GitLab => "gitlab.io",
        GitHost::Forgejo => return None,
    };
    let domain = format!("{}.{domain}", owner.to_lowercase());
    let (name, segments) = web_address::host_and_path(address)?;
    let is_whole_domain = names.join("/").eq_ignore_ascii_case(&domain);
    let expected: &[String] = if is_whole_domain { &[] } else { names };
    if name != domain || segments == expected {
        return None;
    }
    let path = expected.iter().map(|segment| format!("{segment}/")).collect::<String>();
    Some(format!("https://{domain}/{path}"))
}

/// Returns where the files of a repository are edited, by the address at which its host publishes its pages;
/// `None` if the address does not name the repository.
pub fn edit_address_of_pages(address: &str) -> Option<String> {
    let (domain, segments) = web_address::host_and_path(address)?;
    let (owner, host, name) = match domain.strip_suffix(".github.io") {
        Some(owner) => (owner, GitHost::GitHub, "github.com"),
        None => (domain.strip_suffix(".gitlab.io")?, GitHost::GitLab, "gitlab.com"),
    };
    let repository = match segments.join("/") {
        path if path.is_empty() => domain.clone(),
        path => path,
    };
    (!owner.contains('.')).then(|| {
        let edit = host.edit();
        format!("https://{name}/{owner}/{repository}/{edit}/main/")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_repository_is_not_where_its_files_are_edited() {
        let edit = |address: &str| edit_address(address).unwrap_or_default();
        assert_eq!(edit("https://github.com/o/r"), "https://github.com/o/r/edit/main/");
        assert_eq!(edit("https://github.com/o/r.git"), "https://github.com/o/r/edit/main/");
        assert_eq!(edit("https://github.com/o/r/edit/"), "https://github.com/o/r/edit/main/");
        assert_eq!(
            edit("https://github.com/o/r/tree/dev/site"),
            "https://github.com/o/r/edit/dev/site/"
        );
        assert_eq!(edit("https://gitlab.com/g/h/p"), "https://gitlab.com/g/h/p/-/edit/main/");
        assert_eq!(
            edit("https://gitlab.gov.example/g/p/-/tree/main"),
            "https://gitlab.gov.example/g/p/-/edit/main/"
        );
        assert_eq!(
            edit("https://codeberg.org/o/r/src/branch/main"),
            "https://codeberg.org/o/r/_edit/main/"
        );
        for right in [
            "https://github.com/o/r/edit/main/",
            "https://github.com/o/r/edit/main/site",
            "https://gitlab.com/g/p/-/edit/main/",
            "https://codeberg.org/o/r/_edit/main/",
            "https://git.example.org/ogp/edit/main/",
            "https://github.com/",
        ] {
            assert_eq!(edit_address(right), None, "{right}");
        }
    }

    #[test]
    fn a_host_publishes_a_repository_in_a_folder_with_its_name() {
        let pages = |repository: &str, address: &str| pages_address(repository, address);
        let github = "https://github.com/Org/progress/edit/main/";
        let right = "https://org.github.io/progress/";
        assert_eq!(pages(github, "https://org.github.io/").as_deref(), Some(right));
        assert_eq!(pages(github, right), None);
        assert_eq!(pages(github, "https://progress.gov.example/"), None);
        let whole = "https://github.com/org/org.github.io/edit/main/";
        assert_eq!(pages(whole, "https://org.github.io/"), None);
        let gitlab = "https://gitlab.com/group/progress/-/edit/main/";
        assert_eq!(
            pages(gitlab, "https://group.gitlab.io/").as_deref(),
            Some("https://group.gitlab.io/progress/")
        );
    }

    #[test]
    fn the_address_of_pages_names_the_repository() {
        let edit = |address: &str| edit_address_of_pages(address).unwrap_or_default();
        assert_eq!(
            edit("https://org.github.io/progress/"),
            "https://github.com/org/progress/edit/main/"
        );
        assert_eq!(
            edit("https://org.github.io/"),
            "https://github.com/org/org.github.io/edit/main/"
        );
        assert_eq!(
            edit("https://group.gitlab.io/progress/"),
            "https://gitlab.com/group/progress/-/edit/main/"
        );
        for other in ["https://progress.gov.example/", "https://a.b.github.io/"] {
            assert_eq!(edit_address_of_pages(other), None, "{other}");
        }
    }
}
