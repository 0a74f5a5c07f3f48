//! What the portal shows in languages of OGP's members: dates, numbers, plural forms. The data are
//! Unicode CLDR's; `tests/languages/` holds what a reader of the language can judge.

use std::fs;

use crate::fixture::{Site, compare_with_file, repository, texts_between};

/// Languages with the plural categories that whole numbers have in them (Unicode CLDR, "Language
/// Plural Rules").
const LANGUAGES: [(&str, &[&str]); 16] = [
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
    ("en", &["one", "other"]),
    ("es", &["one", "other"]),
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
    ("pt", &["one", "other"]),
    ("th", &["other"]),
    ("uk", &["one", "few", "many", "other"]),
];

/// The language file of a theme: the English texts, each with `¤` before it as if it were translated, and
/// with these plural forms. `head` is its first lines.
pub(crate) fn language_file(head: &str, forms: &[&str]) -> String {
    let english = repository().join("themes/plain/languages/en.toml");
    let english = fs::read_to_string(english).unwrap();
    let messages = english.split_once("[messages]").unwrap().1;
    let mut file = format!("{head}\n[messages]");
    for line in messages.replace("= \"", "= \"¤").lines() {
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

#[test]
fn a_language_that_cldr_does_not_know_has_iso_dates_and_one_warning() {
    for code in ["crh", "kaa", "mnw"] {
        let site = site_in(code, "name = \"Name\"", &["one", "other"], UPDATES);
        let expected = ["2014", "2014-07", "2014-07-31"].map(|date| (date.into(), date.into()));
        assert_eq!(dates(&site), expected, "{code}");
        let diagnostics = site.build().diagnostics;
        let expected = format!(
            "site.toml:3:12: warning[no-locale-data]: Milepost does not know how the language \
             `{code}` writes dates\n"
        );
        assert_eq!(diagnostics, expected);
    }
}

#[test]
fn a_language_file_can_set_the_locale_of_dates_and_plural_forms() {
    let head = "name = \"Qaraqalpaq\"\nlocale = \"ru\"";
    let site = site_in("kaa", head, &["one", "few", "many", "other"], UPDATES);
    assert_eq!(site.build().diagnostics, "");
    assert_eq!(dates(&site)[2].1, "31 июля 2014\u{202f}г.");
    let site = site_in("en", "name = \"English\"\nlocale = \"en-GB\"", &["one", "other"], UPDATES);
    assert_eq!(dates(&site)[2].1, "31 July 2014");
    // A calendar in the locale changes nothing: dates are Gregorian.
    let head = "name = \"فارسی\"\nlocale = \"fa-u-ca-persian\"";
    let site = site_in("fa", head, &["one", "other"], UPDATES);
    assert_eq!(dates(&site)[0].1, "۲۰۱۴");
}

#[test]
fn a_language_file_has_the_plural_forms_of_its_language_and_no_other() {
    const ALL: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    for (code, forms) in LANGUAGES {
        assert_eq!(site_in(code, "name = \"Name\"", forms, "").build().diagnostics, "", "{code}");
        for form in ALL {
            let other = match forms.contains(&form) {
                true => forms.iter().copied().filter(|other| *other != form).collect(),
                false => ALL.into_iter().filter(|f| *f == form || forms.contains(f)).collect(),
            };
            let other: Vec<&str> = other;
            let diagnostics = site_in(code, "name = \"Name\"", &other, "").build().diagnostics;
            let problem = match forms.contains(&form) {
                true => "warning[missing-phrases]",
                false => "error[unknown-key]",
            };
            let is_reported = diagnostics.contains(problem);
            // These languages have `many`, but only for millions.
            let is_optional = ["es", "fr", "pt"].contains(&code) && form == "many";
            assert_eq!(is_reported, !is_optional, "{code} {form}");
        }
    }
}

#[test]
fn missing_plural_forms_are_one_warning_with_numbers_that_need_them() {
    let site = site_in("uk", "name = \"Name\"", &["one", "other"], "");
    let problems = site.diagnostics().0;
    assert_eq!(problems.len(), 1, "{problems:?}");
    let message = &problems[0].message;
    let english = fs::read_to_string(repository().join("themes/plain/languages/en.toml")).unwrap();
    let count = english.matches(" = { one = ").count();
    assert!(
        message.starts_with(&format!(
            "`uk`: {count} phrases lack plural forms: `claim_unreported` (`few` and `many`), "
        )),
        "{message}"
    );
    assert_eq!(
        problems[0].help.as_deref().unwrap(),
        "add within the braces: `few = \"…\"`, for numbers such as 2; `many = \"…\"`, for numbers \
         such as 0"
    );
    // A number whose form is missing gets the form `other`, or else the last one.
    for form in ["one", "many", "other"] {
        let site = site_in(
            "uk",
            "name = \"Name\"",
            &[form],
            "\n//- content/commitments/2014-2015/2.toml\ntitle = \"P\"\nlead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n",
        );
        let site = site.with("themes/plain/languages/uk.toml", |file| {
            let text = format!("{form}: {{count}}");
            let file = file.replace("¤{count} commitment not reported", &text);
            file.replace("¤{count} commitments not reported", &text)
        });
        assert!(site.build().main("index.html").contains(&format!("{form}: 2")), "{form}");
    }
}

#[test]
fn missing_phrases_are_one_warning_and_shown_in_english() {
    let site = |file: &str| {
        Site::new(&format!(
            "\n//- site.toml\ntitle = \"Test site\"\nbase_url = \"https://example.org/\"\n\
             language = \"ka\"\n//- themes/plain/languages/ka.toml\n{file}"
        ))
        .build()
    };
    let outcome = site("name = \"ქართული\"\n[messages]\nmenu = \"მენიუ\"\n");
    let problem = outcome.diagnostics.trim_end();
    let start = "themes/plain/languages/ka.toml:2:1: warning[missing-phrases]: `ka`: ";
    assert!(problem.starts_with(start) && problem.lines().count() == 1, "{problem}");
    assert!(problem.contains(" phrases are missing: `abolished`, `about_rating`, "), "{problem}");
    assert!(problem.ends_with(" more"), "{problem}");
    let page = outcome.text("index.html");
    assert!(page.contains("aria-label=\"მენიუ\"") && page.contains(">Commitments</a>"), "{page}");
    // A file with a name alone is enough.
    let outcome = site("name = \"ქართული\"\n");
    let start = "themes/plain/languages/ka.toml:1:1: warning[missing-phrases]: `ka`: ";
    assert!(outcome.diagnostics.starts_with(start), "{}", outcome.diagnostics);
    assert!(outcome.text("index.html").contains("<html lang=\"ka\""));
}

#[test]
fn counts_have_the_plural_form_of_the_language() {
    let forms = ["one", "few", "many", "other"];
    let commitments = |count: usize| -> String {
        let file = |number| {
            format!(
                "//- content/commitments/2014-2015/{number}.toml\ntitle = \"P{number}\"\n\
                 lead = \"finance\"\nobjective = \"O\"\ndescription = \"D\"\n"
            )
        };
        (2..=count).map(file).collect()
    };
    for (count, form) in [(1, "one"), (2, "few"), (5, "many"), (11, "many"), (21, "one")] {
        let site = site_in("uk", "name = \"Name\"", &forms, &format!("\n{}", commitments(count)));
        let site = site.with("themes/plain/languages/uk.toml", |file| {
            let line = |line: &str| match line.starts_with("summary_no_level") {
                true => "summary_no_level = { one = \"{count}-one\", few = \"{count}-few\", \
                         many = \"{count}-many\", other = \"{count}-other\" }\n"
                    .to_owned(),
                false => format!("{line}\n"),
            };
            file.lines().map(line).collect()
        });
        let outcome = site.build();
        assert!(outcome.main("index.html").contains(&format!("{count}-{form}")), "{count}");
    }
}

#[test]
fn a_language_can_lack_the_descriptions_of_columns_or_have_some() {
    let site = |columns: &str| {
        let columns = format!("\n//- themes/plain/languages/uk.columns.toml\n{columns}");
        site_in("uk", "name = \"Name\"", &["one", "few", "many", "other"], &columns).build()
    };
    let without = site_in("uk", "name = \"Name\"", &["one", "few", "many", "other"], "").build();
    assert_eq!(without.diagnostics, "");
    assert!(without.main("data/index.html").contains("The action plan."));
    let outcome = site("[messages]\ncolumn_plan = \"План дій.\"\n");
    assert_eq!(outcome.diagnostics, "");
    let page = outcome.main("data/index.html");
    assert!(page.contains("План дій.") && page.contains("Agencies that help."), "{page}");
    let outcome = site("[messages]\ncolumn_plam = \"План дій.\"\n");
    let problem = "themes/plain/languages/uk.columns.toml:2:1: error[unknown-key]: ";
    assert!(outcome.diagnostics.starts_with(problem), "{}", outcome.diagnostics);
    // Not a language.
    let site = site_in("uk", "name = \"Name\"", &["one", "few", "many", "other"], "");
    let site =
        site.with("site.toml", |text| format!("{text}languages = [\"uk\", \"en.columns\"]\n"));
    let diagnostics = site.build().diagnostics;
    assert!(diagnostics.contains("error[not-a-language]: `en.columns` is not"), "{diagnostics}");
}

#[test]
fn a_copy_of_the_english_file_that_is_not_translated_is_one_warning() {
    let copy = |code: &str, from: &str, to: &str| {
        let site = site_in(code, "name = \"Name\"", &["one", "other"], "");
        let path = format!("themes/plain/languages/{code}.toml");
        site.with(&path, |file| file.replace('¤', "").replace(from, to)).build().diagnostics
    };
    let expected = |code: &str, copied: usize, total: usize| {
        format!(
            "themes/plain/languages/{code}.toml:2:1: warning[untranslated-copy]: `{code}`: the file is an \
             untranslated copy of the English one: {copied} of {total} sentences are the same\n"
        )
    };
    let diagnostics = copy("mn", "{", "{");
    let total = diagnostics.split(" sentences").next().unwrap().rsplit(' ').next().unwrap();
    let total: usize = total.parse().unwrap_or_else(|_| panic!("{diagnostics}"));
    assert_eq!(diagnostics, expected("mn", total, total));
    assert_eq!(copy("mn", "Main menu", "Үндсэн цэс"), expected("mn", total - 1, total));
    // One word may be the same in two languages, and half of the sentences are translated here.
    assert_eq!(copy("mn", " the ", " энэ "), "");
    // English of another country may be the same.
    assert_eq!(copy("en-GB", "{", "{"), "");
}

#[test]
fn a_copy_of_the_english_file_cannot_keep_its_locale() {
    let head = "name = \"Українська\"\nlocale = \"en-GB\"";
    let diagnostics = site_in("uk", head, &["one", "few", "many", "other"], "").build().diagnostics;
    assert_eq!(
        diagnostics,
        "themes/plain/languages/uk.toml:2:10: error[not-a-language]: `en-GB` is not a locale of the \
         language `uk`\n"
    );
}

#[test]
fn the_direction_of_writing_is_that_of_the_language_and_not_of_its_locale() {
    let direction = |code: &str, head: &str, forms: &[&str]| {
        let outcome = site_in(code, head, forms, "").build();
        let page = outcome.text("index.html");
        texts_between(page, "dir=\"", "\"")[0].to_owned()
    };
    for (code, forms) in LANGUAGES {
        let is_rtl = ["ar", "fa", "fa-AF", "he", "ps"].contains(&code);
        let expected = if is_rtl { "rtl" } else { "ltr" };
        assert_eq!(direction(code, "name = \"Name\"", forms), expected, "{code}");
    }
    // Hazaragi, which CLDR does not know.
    let head = "name = \"آزرگی\"\nlocale = \"en\"";
    assert_eq!(direction("haz", head, &["one", "other"]), "rtl");
    assert_eq!(direction("uz-Arab", "name = \"Name\"", &["one", "other"]), "rtl");
}

#[test]
fn every_language_of_the_program_is_complete() {
    let folder = repository().join("themes/plain/languages");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    let codes = names.iter().filter_map(|name| name.strip_suffix(".toml"));
    let codes: Vec<&str> = codes.filter(|name| !name.ends_with(".columns")).collect();
    assert_eq!(codes.len(), 7, "{codes:?}");
    for code in codes {
        let site = Site::new("").with("site.toml", |file| {
            file.replace("language = \"en\"", &format!("language = \"{code}\""))
        });
        let diagnostics = site.build().diagnostics;
        assert!(!diagnostics.contains("languages/"), "{code}: {diagnostics}");
    }
}

/// After an Arabic letter, the parts of `2015-07-31` are shown in the opposite order, as in `31-07-2015`, unless a
/// mark stands before it.
#[test]
fn dates_and_addresses_in_arabic_texts_keep_their_order() {
    let file = repository().join("themes/plain/languages/ar.toml");
    let messages: toml::Table = fs::read_to_string(file).unwrap().parse().unwrap();
    let texts = messages["messages"].as_table().unwrap().values();
    let text: String = texts.filter_map(toml::Value::as_str).collect();
    for part in ["2015-", "https:", ".xlsx"] {
        assert!(text.contains(part), "{part}");
        let unmarked = text.rsplit(part).skip(1).find(|before| !before.ends_with('\u{200e}'));
        assert_eq!(unmarked, None, "{part}");
    }
}
