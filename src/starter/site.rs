//! A new site with an example of everything, which looks right at once.

use include_dir::{Dir, include_dir};

use super::new_file::{NewFile, schema_path};
use crate::format::{self, Kind, KnownValue};
use crate::git_host;
use crate::language;
use crate::model::{LanguageCode, PartialDate};
use crate::problems::words::in_marks;
use crate::settings::{DEFAULT_THEME, SITE_FILE};

/// What a new site needs to know.
#[derive(Debug)]
pub struct Answers {
    pub title: String,
    /// Two capital letters of ISO 3166-1.
    pub country: Option<String>,
    /// The default language comes first.
    pub languages: Vec<LanguageCode>,
    /// The URL of a folder.
    pub base_url: String,
    pub host: Host,
}

/// Where the repository of a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    GitHub,
    GitLab,
    Other,
}

static GITHUB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/github");
static GITLAB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/starter/gitlab");

/// The example content: path, kind if it is TOML, and text. In both texts, `{…}` is a placeholder.
const CONTENT: [(&str, Option<Kind>, &str); 7] = [
    ("content/action-plans/{plan}.toml", Some(Kind::ActionPlan), include_str!("site/plan.toml")),
    (
        "content/agencies/example-ministry.toml",
        Some(Kind::Agency),
        include_str!("site/lead-agency.toml"),
    ),
    (
        "content/agencies/example-office.toml",
        Some(Kind::Agency),
        include_str!("site/supporting-agency.toml"),
    ),
    (
        "content/commitments/{plan}/1.toml",
        Some(Kind::Commitment),
        include_str!("site/commitment.toml"),
    ),
    ("content/reports/{report}.toml", Some(Kind::Report), include_str!("site/report.toml")),
    ("content/articles/about.md", None, include_str!("site/about.md")),
    ("content/articles/how-we-assess.md", None, include_str!("site/how-we-assess.md")),
];

impl Host {
    /// The host that publishes pages at an address, as far as the address says so.
    pub fn of_pages(base_url: &str) -> Option<Self> {
        let edit = git_host::edit_address_of_pages(base_url)?;
        Some(if edit.contains("/-/") { Host::GitLab } else { Host::GitHub })
    }

    /// How to change a page on this host, in Markdown.
    fn guide(self) -> &'static str {
        match self {
            Host::GitHub => include_str!("readme/github.md"),
            Host::GitLab => include_str!("readme/gitlab.md"),
            Host::Other => include_str!("readme/other.md"),
        }
    }

    /// The form of the addresses at which the host edits files.
    fn edit_address(self) -> &'static str {
        match self {
            Host::GitHub => "https://github.com/OWNER/NAME/edit/main/",
            Host::GitLab => "https://gitlab.com/GROUP/NAME/-/edit/main/",
            Host::Other => "https://git.example.org/ogp/edit/main/",
        }
    }

    /// The files that the host reads, such as its workflows.
    fn files(self) -> Vec<NewFile> {
        let mut files = Vec::new();
        match self {
            Host::GitHub => add_files(&GITHUB, &mut files),
            Host::GitLab => add_files(&GITLAB, &mut files),
            Host::Other => {}
        }
        files
    }
}

fn add_files(folder: &Dir<'_>, files: &mut Vec<NewFile>) {
    for file in folder.files() {
        let parts: Vec<_> = file.path().iter().map(|part| part.to_string_lossy()).collect();
        let text = file.contents_utf8().expect("the files of hosts are texts").to_owned();
        files.push(NewFile { path: parts.join("/"), text });
    }
    for folder in folder.dirs() {
        add_files(folder, files);
    }
}

/// Returns the title of a portal for which nobody has chosen one.
pub fn default_title(country: Option<&str>) -> String {
    match country {
        Some(code) => {
            format!("Open Government Progress: {}", language::english_name_of_country(code))
        }
        None => "Open Government Progress".to_owned(),
    }
}

/// Returns the files of a new site. The example content has the dates of this year.
pub fn site(answers: &Answers, today: PartialDate) -> Vec<NewFile> {
    let (year, ..) = today.earliest();
    let plan = format!("{year}-{}", year + 1);
    let placeholders = [
        // Texts that people chose come last: they are not searched for placeholders.
        ("{how}", answers.host.guide().trim_end().to_owned() + "\n"),
        ("{year}", year.to_string()),
        ("{next_year}", (year + 1).to_string()),
        ("{plan}", plan),
        ("{report}", format!("{year}-self-assessment")),
        ("{today}", today.to_string()),
        ("{base_url}", answers.base_url.clone()),
        ("{title}", answers.title.clone()),
    ];
    let fill = |text: &str| {
        placeholders.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    };
    let file = |path: &str, text: String| NewFile { path: path.to_owned(), text };
    let mut files = vec![
        file(".gitattributes", include_str!("site/gitattributes").to_owned()),
        file(".gitignore", include_str!("site/gitignore").to_owned()),
        file("README.md", fill(include_str!("site/README.md"))),
        file(SITE_FILE, settings(answers)).with_schema_line(Kind::Site),
        file("content/README.md", include_str!("../../content/README.md").to_owned()),
    ];
    for (path, kind, text) in CONTENT {
        let new = NewFile { path: fill(path), text: fill(text) };
        files.push(match kind {
            Some(kind) => new.with_schema_line(kind),
            None => new,
        });
    }
    for language in answers.languages.iter().filter(|code| !language::is_built_in(code)) {
        let (path, text) = language::file_to_translate(language);
        files.push(NewFile { path: format!("themes/{DEFAULT_THEME}/{path}"), text });
    }
    for kind in Kind::of_editors() {
        files.push(NewFile {
            path: schema_path(kind),
            text: format!("{:#}\n", format::schema(kind)),
        });
    }
    files.extend(answers.host.files());
    files
}

/// Returns the text of `site.toml`.
fn settings(answers: &Answers) -> String {
    let Answers { title, country, languages, base_url, host: _ } = answers;
    let (default, others) = languages.split_first().expect("a site has a language");
    let mut known: Vec<KnownValue<'_>> = vec![
        ("title", in_marks(title)),
        ("base_url", in_marks(base_url)),
        ("language", in_marks(default.as_str())),
    ];
    if !others.is_empty() {
        let codes: Vec<String> = languages.iter().map(|code| in_marks(code.as_str())).collect();
        known.push(("languages", format!("[{}]", codes.join(", "))));
    }
    if let Some(country) = country {
        known.push(("country", in_marks(country)));
    }
    if let Some(repository) = git_host::edit_address_of_pages(base_url) {
        known.push(("repository", in_marks(&repository)));
    }
    let keys = format::new_file(Kind::Site, &known, others);
    let keys = keys.replace("https://git.example.org/ogp/edit/main/", answers.host.edit_address());
    format!(
        "# The settings of the portal. To use a line that begins with `# `, delete the `# `. Where a key is \
         missing,\n# the value in [ ] applies.\n{keys}"
    )
}
