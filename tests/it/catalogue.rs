//! `tests/problems/<code>/`: a site with one problem, and how Milepost prints it. Read this folder
//! to review the wording of problems; `UPDATE=1 cargo test catalogue` updates it.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use milepost::testing::{
    Code, Diagnostic, MAX_FILES, Sources, Span, Style, assemble, gone_link, human, moved_link,
    no_archive, read_site, too_many_files, unclear_link, unreadable_file,
};

use crate::fixture::{Site, build_options, compare_with_file, repository};
use crate::languages::language_file;

/// The problems that a fixture cannot contain, such as those of files that are not text.
fn without_fixture(code: &str) -> Option<(Vec<Diagnostic>, Arc<Sources>)> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    Site::new("").write_to(root);
    let agency = root.join("content/agencies/finance.toml");
    match code {
        "not-utf8" => fs::write(&agency, b"name = \"\xd1\xe0\xed\xe3\xe8\xe9\xed \xff\xe0\xec\"\n"),
        "utf-16" => fs::write(&agency, b"\xff\xfen\0a\0m\0e\0"),
        "file-too-large" => fs::write(&agency, vec![b'#'; (256 << 10) + 1]),
        "large-file" => {
            fs::create_dir(root.join("content/files")).unwrap();
            fs::File::create(root.join("content/files/decree.pdf")).unwrap().set_len(24_000_001)
        }
        "not-a-regular-file" => {
            fs::remove_file(&agency).unwrap();
            symlink(Path::new("/etc/passwd"), &agency)
        }
        "hidden-file" => {
            fs::create_dir(root.join("content/files")).unwrap();
            fs::write(root.join("content/files/.decree.pdf"), "x")
        }
        "empty-site" => {
            return Some(
                Site::new("").without("content/commitments/2014-2015/1.toml").diagnostics(),
            );
        }
        "unknown-placeholder" => {
            // The whole language file, with an unknown placeholder.
            let path = repository().join("themes/plain/languages/mn.toml");
            let messages = fs::read_to_string(path).unwrap();
            let messages =
                messages.replace("{total} амлалтаас {count}", "{total} амлалтаас {number}");
            return Some(with_language_file(code, "mn", &messages));
        }
        "no-locale-data" => {
            let file = language_file("name = \"Qaraqalpaqsha\"", &["one", "other"]);
            return Some(with_language_file(code, "kaa", &file));
        }
        "untranslated-copy" => {
            let file = language_file("name = \"Français\"", &["one", "other"]).replace('¤', "");
            return Some(with_language_file(code, "fr", &file));
        }
        "unreadable-file" => {
            let problem = unreadable_file(
                "content/agencies/finance.toml",
                Some(&std::io::ErrorKind::PermissionDenied.into()),
            );
            return Some((vec![problem], Arc::default()));
        }
        // Only `milepost links` reports these.
        "gone-link" | "moved-link" | "no-archive" | "unclear-link" => return Some(link(code)),
        "too-many-files" => {
            let problem = too_many_files("content", MAX_FILES);
            return Some((vec![problem], Arc::default()));
        }
        _ => return None,
    }
    .unwrap();
    let (sources, mut diagnostics) = read_site(root).unwrap();
    if code == "large-file" {
        let _ = assemble(&sources, &build_options(), None, |_| (), &mut diagnostics);
    }
    Some((diagnostics.into_sorted(&sources), sources))
}

/// The problem of a link to a page of another site.
fn link(code: &str) -> (Vec<Diagnostic>, Arc<Sources>) {
    const ADDRESS: &str = "https://example.org/decree";
    let path = "content/commitments/2014-2015/1.toml";
    let site = Site::new(&format!("\n//- {path}\nrelevance = \"See {ADDRESS}\"\n"));
    let sources = site.sources();
    let (id, source) = sources.find(path).unwrap();
    let start = source.text.find(ADDRESS).unwrap();
    let span = Span::new(id, start..start + ADDRESS.len());
    let problem = match code {
        "gone-link" => gone_link(span, ADDRESS, "404 Not Found"),
        "moved-link" => moved_link(span, ADDRESS, "https://example.org/decrees/1"),
        "no-archive" => no_archive(span),
        _ => unclear_link(span, ADDRESS, "it did not answer in time"),
    };
    (vec![problem], sources)
}

/// The problems of the fixture of a code, with a whole language file.
fn with_language_file(code: &str, language: &str, file: &str) -> (Vec<Diagnostic>, Arc<Sources>) {
    let fixture = repository().join("tests/problems").join(code).join("site.txt");
    let fixture = fs::read_to_string(fixture).unwrap();
    Site::new(&format!("{fixture}\n//- themes/plain/languages/{language}.toml\n{file}"))
        .diagnostics()
}

#[cfg(unix)]
fn symlink(target: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[test]
fn every_kind_of_problem_is_printed_as_in_the_catalogue() {
    let mut different = Vec::new();
    for code in Code::all().iter().map(|code| code.name()) {
        let folder = repository().join("tests/problems").join(code);
        let (diagnostics, sources) = without_fixture(code).unwrap_or_else(|| {
            let fixture = fs::read_to_string(folder.join("site.txt"));
            Site::new(&fixture.unwrap_or_else(|_| panic!("no fixture for `{code}`"))).diagnostics()
        });
        assert!(!diagnostics.is_empty(), "the fixture of `{code}` has no problem");
        for problem in &diagnostics {
            assert_eq!(
                problem.code.name(),
                code,
                "in the fixture of `{code}`: {}",
                problem.message
            );
        }
        let printed = human(&diagnostics, &sources, Style { is_coloured: false, width: 100 });
        different.extend(compare_with_file(&folder.join("expected.txt"), &printed));
    }
    assert!(
        different.is_empty(),
        "printed differently than in tests/problems: `UPDATE=1 cargo test catalogue` updates it\n{}",
        different.join("\n")
    );
}

#[test]
fn the_catalogue_contains_only_known_codes() {
    for entry in fs::read_dir(repository().join("tests/problems")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            Code::all().iter().any(|code| code.name() == name),
            "tests/problems/{name} is not a code"
        );
    }
}
