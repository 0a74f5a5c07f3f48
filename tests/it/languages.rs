//! What the portal shows in languages of OGP's members: dates, numbers, plural forms. The data are
//! Unicode CLDR's; `tests/languages/` holds what a reader of the language can judge.

use std::fs;

use crate::fixture::{Site, compare_with_file, repository, texts_between};

/// Languages with the plural categories that whole numbers have in them (Unicode CLDR, "Language
/// Plural Rules").
const LANGUAGES: [(&str, &[&str]); 14] = [
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
    ("en", &["one", "other"]),
    ("fa", &["one", "other"]),
    ("fa-AF", &["one", "other"]),
    ("fr", &["one", "other"]),
    ("he", &["one", "two", "other"]),
    ("hy", &["one", "other"]),
    ("ka", &["one", "other"]),
    ("ko", &["other"]),
    ("lv", &["zero", "one", "other"]),
    ("mn", &["one", "other"]),
    ("ps", &["one", "other"]),
    ("th", &["other"]),
    ("uk", &["one", "few", "many", "other"]),
];

/// The language file of a theme: the English texts, with these plural forms. `head` is its first lines.
fn language_file(head: &str, forms: &[&str]) -> String {
    let english = repository().join("themes/plain/languages/en.toml");
    let english = fs::read_to_string(english).unwrap();
    let messages = english.split_once("[messages]").unwrap().1;
    let mut file = format!("{head}\n[messages]");
    for line in messages.lines() {
        match line.split_once(" = { one = ") {
            Some((key, rest)) => {
                let text = rest.split_once(", other = ").unwrap().1.trim_end_matches(" }");
                let forms: Vec<String> =
                    forms.iter().map(|form| format!("{form} = {text}")).collect();
                file += &format!("{key} = {{ {} }}\n", forms.join(", "));
            }
            None => file += &format!("{line}\n"),
        }
    }
    file
}

/// A site in one language. `text` is added to its commitment and may contain more files.
fn site_in(code: &str, head: &str, forms: &[&str], text: &str) -> Site {
    Site::new(&format!(
        "\n//- site.toml\ntitle = \"Test site\"\nbase_url = \"https://example.org/\"\n\
         language = \"{code}\"\n\
         //- themes/plain/languages/{code}.toml\n{}\n\
         //- content/commitments/2014-2015/1.toml\n…\n{text}",
        language_file(head, forms)
    ))
}

const UPDATES: &str = r#"
[[updates]]
date = "2014"
text = "News"
[[updates]]
date = "2014-07"
text = "News"
[[updates]]
date = "2014-07-31"
text = "News"
"#;

/// The dates of [`UPDATES`] as a page shows them, oldest first.
fn dates(site: &Site) -> Vec<(String, String)> {
    let outcome = site.build();
    let page = outcome.main("commitments/2014-2015/1/index.html");
    let mut dates: Vec<(String, String)> = texts_between(page, "<time datetime=\"", "</time>")
        .iter()
        .map(|date| date.split_once("\">").unwrap())
        .map(|(iso, shown)| (iso.to_owned(), shown.to_owned()))
        .collect();
    dates.sort();
    dates.dedup();
    dates
}

#[test]
fn dates_are_gregorian_as_written_in_every_language() {
    let mut text = String::new();
    for (code, forms) in LANGUAGES {
        text += &format!("{code}\n");
        for (iso, shown) in dates(&site_in(code, "name = \"Name\"", forms, UPDATES)) {
            text += &format!("  {iso:12}{shown}\n");
        }
    }
    let different = compare_with_file(&repository().join("tests/languages/dates.txt"), &text);
    assert_eq!(different, None, "read the dates; then `UPDATE=1 cargo test languages`");
}
