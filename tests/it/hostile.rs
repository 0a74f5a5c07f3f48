//! Content that is made to stop the program, to mislead it or to get past it.

use crate::fixture::{Site, check_site};
use crate::well_formed::assert_well_formed;

// --- aliases

#[test]
fn an_alias_may_begin_and_end_with_a_slash() {
    let outcome = Site::new(
        "\n//- content/articles/about.md\n+++\naliases = [\"/about-us/\"]\n+++\n# About\n\nText.\n\
         //- content/agencies/finance.toml\n…\naliases = [\"/treasury\"]\n\
         //- content/commitments/2014-2015/1.toml\n…\naliases = [\"1a/\"]\n",
    )
    .build();
    assert_eq!(outcome.diagnostics, "");
    for page in ["about-us", "agencies/treasury", "commitments/2014-2015/1a"] {
        assert!(outcome.text(&format!("{page}/index.html")).contains("http-equiv=\"refresh\""));
    }
}

#[test]
fn an_alias_that_cannot_be_an_address_is_a_problem_and_not_planned() {
    check_site(
        r#"
//- content/articles/about.md
+++
aliases = ["a/b", "../x", "x y", "index.html", "", "/", "c:x", "a\\b", "con"]
#          ^^^^^ unusable-name
#                 ^^^^^^ unusable-name
#                         ^^^^^ unusable-name
#                                ^^^^^^^^^^^^ unusable-name
#                                              ^^ empty-text
#                                                  ^^^ unusable-name
#                                                       ^^^^^ unusable-name
#                                                              ^^^^^^ unusable-name
#                                                                      ^^^^^ unusable-name
+++
# About
//- content/commitments/2014-2015/1.toml
…
aliases = ["a/b", "..", "a:b"]
#          ^^^^^ unusable-name
#                 ^^^^ unusable-name
#                       ^^^^^ unusable-name
//- content/agencies/finance.toml
…
aliases = ["../x", "A/B", "con"]
"#,
    );
}

// --- characters

/// A site with every text that content can have. `‡` is in those of the settings, `¶` in those that are
/// Markdown, and `¤` in all others.
const ALL_TEXTS: &str = r#"
//- site.toml
title = "Site ‡"
base_url = "https://example.org/"
language = "en"
languages = ["en", "mn"]
publisher = "Publisher ‡"
contact_fields = ["name", "role", "department"]
[mn]
title = "Сайт ‡"
publisher = "Хэвлэгч ‡"
translation_note = "Орчуулга ‡"
//- content/action-plans/2014-2015.toml
title = "Plan ¤"
start_date = "2014"
end_date = "2015"
[[chapters]]
number = "1"
title = "Chapter ¤"
//- content/agencies/finance.toml
name = "Ministry ¤"
short_name = "M ¤"
//- content/reports/midterm.toml
title = "Report ¤"
assessor = "government"
action_plan = "2014-2015"
date = "2015"
note = "Note ¶"
[[sections]]
title = "Section ¤"
text = "Text ¶"
//- content/articles/about.md
# About ¤

Text ¶
//- content/commitments/2014-2015/2.toml
title = "Withdrawn ¤"
lead = "finance"
objective = "Objective ¶"
description = "Description ¶"
[withdrawn]
date = "2015"
reason = "Reason ¶"
//- content/commitments/2014-2015/1.toml
title = "Promise ¤"
chapter = "1"
lead = "finance"
partners = ["Partner ¤"]
objective = "Objective ¶"
description = "Description ¶"
relevance = "Relevance ¶"
ambition = "Ambition ¶"
[contact]
name = "Name ¤"
role = "Role ¤"
department = "Department ¤"
[[milestones]]
title = "Milestone ¤"
description = "Description ¶"
[[assessments]]
report = "midterm"
level = "limited"
results = "Results ¶"
next_steps = "Next ¶"
additional_information = "More ¶"
note = "Note ¶"
evidence = [{ title = "Evidence ¤", url = "https://example.org/" }]
[[updates]]
date = "2015"
text = "Update ¶"
[mn]
title = "Амлалт ¤"
objective = "Зорилго ¶"
"#;

/// The site with a text in each place of the marks, and nothing in the other places.
fn site_with(text: &str, marks: &[char]) -> Site {
    let all = ['‡', '¤', '¶'];
    let fill = |site: String, mark: &char| {
        site.replace(*mark, if marks.contains(mark) { text } else { "" })
    };
    Site::new(&all.iter().fold(ALL_TEXTS.to_owned(), fill))
}

/// The paths of the files of the site that contain one of the marks.
fn paths_with(marks: &[char]) -> Vec<&'static str> {
    let files = ALL_TEXTS.split("//- ").skip(1).map(|file| file.split_once('\n').unwrap());
    files.filter(|(_, text)| text.contains(marks)).map(|(path, _)| path).collect()
}

/// Asserts that a site is refused with an error in each of the files, or is published well-formed.
#[track_caller]
fn assert_refused_or_well_formed(site: &Site, paths: &[&str], about: &str) {
    let outcome = site.build();
    let mut errors = outcome.diagnostics.lines().filter(|line| line.contains(": error["));
    if errors.clone().next().is_none() {
        return assert_well_formed(&outcome, about);
    }
    for path in paths {
        let has_position = |line: &str| {
            let rest = line.strip_prefix(path).and_then(|rest| rest.strip_prefix(':'));
            rest.is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()))
        };
        assert!(errors.clone().any(has_position), "{about}: {path}\n{}", outcome.diagnostics);
    }
    assert!(errors.all(|line| !line.contains("bug in Milepost")), "{about}");
}

/// The characters that XML, HTML, JSON or CSV forbid or change, those that change how others are
/// displayed, and those that no font has.
fn special_characters() -> impl Iterator<Item = char> {
    let ranges = [
        0x00..=0x2f,
        0x3a..=0x40,
        0x5b..=0x60,
        0x7b..=0xa0,
        0xad..=0xad,
        0x61c..=0x61c,
        0x180e..=0x180e,
        0x200b..=0x200f,
        0x2028..=0x202f,
        0x2060..=0x206f,
        0xe000..=0xe001,
        0xf8ff..=0xf8ff,
        0xfdcf..=0xfdf0,
        0xfe0f..=0xfe0f,
        0xfeff..=0xfeff,
        0xfff8..=0x1_0000,
        0x1_fffe..=0x1_ffff,
        0x2_fffe..=0x2_ffff,
        0xe_0001..=0xe_0001,
        0xe_0020..=0xe_0021,
        0xf_fffe..=0xf_ffff,
        0x10_fffe..=0x10_ffff,
    ];
    ranges.into_iter().flatten().filter_map(char::from_u32)
}

#[test]
fn no_character_makes_a_file_that_programs_cannot_read() {
    let content = paths_with(&['¤', '¶']);
    // An article has no escapes.
    let toml: Vec<&str> = content.iter().copied().filter(|path| path.ends_with("toml")).collect();
    for character in special_characters() {
        let about = format!("U+{:04X}", u32::from(character));
        let plain = character.to_string();
        let escaped = format!("\\U{:08X}", u32::from(character));
        let commitment = ["content/commitments/2014-2015/1.toml"];
        assert_refused_or_well_formed(&site_with(&plain, &['¤', '¶']), &commitment, &about);
        assert_refused_or_well_formed(&site_with(&escaped, &['¤', '¶']), &toml, &about);
        assert_refused_or_well_formed(&site_with(&escaped, &['‡']), &["site.toml"], &about);
    }
}

#[test]
fn no_reference_in_markdown_makes_a_file_that_programs_cannot_read() {
    let paths = paths_with(&['¶']);
    for character in special_characters() {
        let code = u32::from(character);
        let reference = match code % 3 {
            0 => format!("&#{code};"),
            1 => format!("a&#x{code:x};b"),
            _ => format!("`a` &#X{code:X};"),
        };
        let about = format!("{reference} (U+{code:04X})");
        assert_refused_or_well_formed(&site_with(&reference, &['¶']), &paths, &about);
    }
}
