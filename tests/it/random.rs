//! Faults and files at random: every fault is found, and nothing makes the program fail.
//!
//! The seed is fixed, so that a run can be repeated; `PROPTEST_CASES=100000 cargo test random` looks
//! further.

use std::collections::{BTreeMap, BTreeSet};

use milepost::testing::{Severity, SourceLocation};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::fixture::Site;

/// One way to spoil a line that begins in a certain way.
struct Fault {
    begins: &'static str,
    spoil: fn(&str) -> String,
    code: &'static str,
    is_syntax: bool,
}

fn value(line: &str) -> &str {
    line.split_once('=').unwrap().1.trim()
}

fn key(line: &str) -> &str {
    line.split_once('=').unwrap().0.trim()
}

const FAULTS: &[Fault] = &[
    Fault {
        begins: "lead = ",
        spoil: |_| "lead = \"ministry-of-nothing\"".into(),
        code: "unknown-agency",
        is_syntax: false,
    },
    Fault {
        begins: "level = ",
        spoil: |line| line.to_uppercase().replace("LEVEL", "level"),
        code: "unknown-completion-level",
        is_syntax: false,
    },
    Fault {
        begins: "end_date = ",
        spoil: |_| "end_date = \"31.12.2015\"".into(),
        code: "day-first-date",
        is_syntax: false,
    },
    Fault {
        begins: "chapter = ",
        spoil: |_| "chapter = \"9.9.9\"".into(),
        code: "unknown-chapter",
        is_syntax: false,
    },
    Fault {
        begins: "report = ",
        spoil: |line| line.replace(" = \"", " = \"no-such-"),
        code: "unknown-report",
        is_syntax: false,
    },
    Fault {
        begins: "email = ",
        spoil: |_| "email = \"nobody\"".into(),
        code: "not-an-address",
        is_syntax: false,
    },
    Fault {
        begins: "title = ",
        spoil: |_| "title = \" \"".into(),
        code: "empty-text",
        is_syntax: false,
    },
    Fault { begins: "name = ", spoil: |_| "name = 5".into(), code: "wrong-type", is_syntax: false },
    Fault {
        begins: "description = ",
        spoil: |_| "description = '''See [this](/nowhere/).'''".into(),
        code: "broken-link",
        is_syntax: false,
    },
    Fault {
        begins: "objective = ",
        spoil: |_| "objective = '''See <b>this</b'''".into(),
        code: "raw-html",
        is_syntax: false,
    },
    Fault {
        begins: "ogp_id = ",
        spoil: |line| line.replace("ogp_id", "ogpid"),
        code: "unknown-key",
        is_syntax: false,
    },
    Fault {
        begins: "lead = ",
        spoil: |line| line.replace('"', ""),
        code: "missing-quotes",
        is_syntax: true,
    },
    Fault {
        begins: "title = ",
        spoil: |line| format!("title = “{}”", value(line).trim_matches('"')),
        code: "smart-quotes",
        is_syntax: true,
    },
    Fault {
        begins: "chapter = ",
        spoil: |line| format!("{}: {}", key(line), value(line)),
        code: "colon",
        is_syntax: true,
    },
    Fault {
        begins: "end_date = ",
        spoil: |line| format!("{line},"),
        code: "trailing-comma",
        is_syntax: true,
    },
    Fault {
        begins: "level = ",
        spoil: |line| format!("level =\u{a0}{}", value(line)),
        code: "odd-space",
        is_syntax: true,
    },
    Fault {
        begins: "report = ",
        spoil: |_| "report = 31.12.2015".into(),
        code: "day-first-date",
        is_syntax: true,
    },
    Fault {
        begins: "email = ",
        spoil: |line| line.trim_end_matches('"').to_owned(),
        code: "unclosed-quote",
        is_syntax: true,
    },
    Fault {
        begins: "[contact]",
        spoil: |_| "[contact".into(),
        code: "broken-header",
        is_syntax: true,
    },
];

/// Every line of the example's commitments that a fault can spoil: file, line, fault.
fn places(site: &Site) -> Vec<(String, usize, &'static Fault)> {
    let mut places = Vec::new();
    let commitments = site.files().iter().filter(|(path, _)| path.contains("/commitments/"));
    for (path, text) in commitments {
        for (at, line) in text.lines().enumerate() {
            let fitting = FAULTS.iter().filter(|fault| line.starts_with(fault.begins));
            places.extend(fitting.map(|fault| (path.clone(), at, fault)));
        }
    }
    places
}

fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").map_or(cases, |it| it.parse().unwrap());
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(2015),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn random_faults_are_all_told_at_their_places(
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..=20)
    ) {
        let mut site = Site::example();
        let places = places(&site);
        let mut chosen: BTreeMap<(String, usize), &Fault> = BTreeMap::new();
        let mut has_syntax: BTreeMap<String, bool> = BTreeMap::new();
        for pick in picks {
            let (path, line, fault) = pick.get(&places);
            // A file with syntax errors tells of nothing else.
            if *has_syntax.entry(path.clone()).or_insert(fault.is_syntax) == fault.is_syntax {
                chosen.entry((path.clone(), *line)).or_insert(fault);
            }
        }
        for ((path, at), fault) in &chosen {
            site = site.with(path, |text| {
                let spoil = |(line, words): (usize, &str)| match line == *at {
                    true => (fault.spoil)(words),
                    false => words.to_owned(),
                };
                text.lines().enumerate().map(spoil).collect::<Vec<_>>().join("\n")
            });
        }
        let expected: BTreeSet<_> = chosen
            .iter()
            .map(|((path, at), fault)| (path.clone(), at + 1, fault.code))
            .collect();
        let (diagnostics, sources) = site.diagnostics();
        let found: BTreeSet<_> = diagnostics
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(|problem| match &problem.location {
                SourceLocation::Path(path) => (path.clone(), 0, problem.code.0),
                SourceLocation::Span(span) => {
                    let path = sources.get(span.source).path.clone();
                    (path, sources.position(*span).line, problem.code.0)
                }
            })
            .collect();
        prop_assert_eq!(found, expected);
    }
}

/// Pieces that files of a site are made of, and pieces that they should not be made of.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "title",
        "lead",
        "name",
        "end_date",
        "level",
        "report",
        "mn",
        "assessments",
        "contact",
        "evidence",
        "description",
        "=",
        " = ",
        ":",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\"",
        "'",
        "'''",
        "\"\"\"",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        ",",
        ".",
        "#",
        "# ",
        "## ",
        "\\",
        "\\u",
        "\u{feff}",
        "\u{a0}",
        "\u{0}",
        "2015",
        "2015-02-30",
        "31.12.2015",
        "true",
        "-",
        "- ",
        "<<<<<<< ",
        ">>>>>>> ",
        "Өө",
        "“",
        "«",
        "<b>",
        "](",
        "![",
        "[x](/about/)",
        "[x](javascript:1)",
        "https://x.mn",
        "\"limited\"",
        "\"finance\"",
        "{{ 1 }}",
        "&amp;",
        "_",
        "*",
        "`",
        "|",
        "~",
        "1",
        "e9999",
    ];
    let word = prop::sample::select(words.to_vec()).prop_map(str::to_owned);
    prop_oneof![9 => word, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn no_file_makes_the_program_fail(
        pieces in prop::collection::vec(piece(), 0..60),
        file in 0..5_usize,
        begins_sound in any::<bool>(),
    ) {
        let path = [
            "content/agencies/finance.toml",
            "content/commitments/2014-2015/1.toml",
            "content/reports/midterm.toml",
            "content/articles/about.md",
            "site.toml",
        ][file];
        let text = pieces.concat();
        let site = Site::new("\n//- content/articles/about.md\n# About\n");
        let site = site.with(path, |sound| if begins_sound { format!("{sound}{text}") } else { text.clone() });
        let (diagnostics, sources) = site.diagnostics();
        // Every place is one that can be shown.
        let look = milepost::testing::Style { is_coloured: false, width: 80 };
        let _ = milepost::testing::human(&diagnostics, &sources, look);
        let _ = milepost::testing::sarif(&diagnostics, &sources);
    }
}
