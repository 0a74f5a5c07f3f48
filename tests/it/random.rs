//! Random errors and random files: every error is reported, and no file makes the program fail.
//!
//! The seed is fixed, so that a run is reproducible; `PROPTEST_CASES=100000 cargo test random`
//! tries more cases.

use std::collections::{BTreeMap, BTreeSet};

use milepost::testing::SourceLocation;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::fixture::Site;

/// An error that a line with a certain start can get.
struct Fault {
    start: &'static str,
    apply: fn(&str) -> String,
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
        start: "lead = ",
        apply: |_| "lead = \"ministry-of-nothing\"".into(),
        code: "unknown-agency",
        is_syntax: false,
    },
    Fault {
        start: "level = ",
        apply: |line| line.to_uppercase().replace("LEVEL", "level"),
        code: "unknown-completion-level",
        is_syntax: false,
    },
    Fault {
        start: "end_date = ",
        apply: |_| "end_date = \"31.12.2015\"".into(),
        code: "date-form",
        is_syntax: false,
    },
    Fault {
        start: "chapter = ",
        apply: |_| "chapter = \"9.9.9\"".into(),
        code: "unknown-chapter",
        is_syntax: false,
    },
    Fault {
        start: "report = ",
        apply: |line| line.replace(" = \"", " = \"no-such-"),
        code: "unknown-report",
        is_syntax: false,
    },
    Fault {
        start: "email = ",
        apply: |_| "email = \"nobody\"".into(),
        code: "not-an-address",
        is_syntax: false,
    },
    Fault {
        start: "title = ",
        apply: |_| "title = \" \"".into(),
        code: "empty-text",
        is_syntax: false,
    },
    Fault { start: "name = ", apply: |_| "name = 5".into(), code: "wrong-type", is_syntax: false },
    Fault {
        start: "description = ",
        apply: |_| "description = '''See [this](/nowhere/).'''".into(),
        code: "broken-link",
        is_syntax: false,
    },
    Fault {
        start: "objective = ",
        apply: |_| "objective = '''See <b>this</b'''".into(),
        code: "raw-html",
        is_syntax: false,
    },
    Fault {
        start: "ogp_id = ",
        apply: |line| line.replace("ogp_id", "ogpid"),
        code: "unknown-key",
        is_syntax: false,
    },
    Fault {
        start: "lead = ",
        apply: |line| line.replace('"', ""),
        code: "missing-quotes",
        is_syntax: true,
    },
    Fault {
        start: "title = ",
        apply: |line| format!("title = “{}”", value(line).trim_matches('"')),
        code: "smart-quotes",
        is_syntax: true,
    },
    Fault {
        start: "chapter = ",
        apply: |line| format!("{}: {}", key(line), value(line)),
        code: "colon",
        is_syntax: true,
    },
    Fault {
        start: "end_date = ",
        apply: |line| format!("{line},"),
        code: "trailing-comma",
        is_syntax: true,
    },
    Fault {
        start: "level = ",
        apply: |line| format!("level =\u{a0}{}", value(line)),
        code: "odd-space",
        is_syntax: true,
    },
    Fault {
        start: "report = ",
        apply: |_| "report = 31.12.2015".into(),
        code: "date-form",
        is_syntax: true,
    },
    Fault {
        start: "email = ",
        apply: |line| line.trim_end_matches('"').to_owned(),
        code: "unclosed-quote",
        is_syntax: true,
    },
    Fault {
        start: "[contact]",
        apply: |_| "[contact".into(),
        code: "broken-header",
        is_syntax: true,
    },
];

/// The lines of the example's commitments that an error can change: file, index of the line, error.
fn candidates(site: &Site) -> Vec<(String, usize, &'static Fault)> {
    let mut candidates = Vec::new();
    let commitments = site.files().iter().filter(|(path, _)| path.contains("/commitments/"));
    for (path, text) in commitments {
        for (index, line) in text.lines().enumerate() {
            let faults = FAULTS.iter().filter(|fault| line.starts_with(fault.start));
            candidates.extend(faults.map(|fault| (path.clone(), index, fault)));
        }
    }
    candidates
}

pub(crate) fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").map_or(cases, |value| value.parse().unwrap());
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
    fn random_errors_are_all_reported_at_their_positions(
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..=20)
    ) {
        let mut site = Site::example();
        let candidates = candidates(&site);
        let mut chosen: BTreeMap<(String, usize), &Fault> = BTreeMap::new();
        let mut has_syntax: BTreeMap<String, bool> = BTreeMap::new();
        for pick in picks {
            let (path, line, fault) = pick.get(&candidates);
            // A file with syntax errors is not checked for other errors.
            if *has_syntax.entry(path.clone()).or_insert(fault.is_syntax) == fault.is_syntax {
                chosen.entry((path.clone(), *line)).or_insert(fault);
            }
        }
        for ((path, line_index), fault) in &chosen {
            site = site.with(path, |text| {
                let apply = |(index, line): (usize, &str)| match index == *line_index {
                    true => (fault.apply)(line),
                    false => line.to_owned(),
                };
                text.lines().enumerate().map(apply).collect::<Vec<_>>().join("\n")
            });
        }
        let expected: BTreeSet<_> = chosen
            .iter()
            .map(|((path, index), fault)| (path.clone(), index + 1, fault.code))
            .collect();
        let (diagnostics, sources) = site.diagnostics();
        let found: BTreeSet<_> = diagnostics
            .iter()
            .filter(|problem| problem.is_error())
            .map(|problem| match &problem.location {
                SourceLocation::Path(path) => (path.clone(), 0, problem.code.name()),
                SourceLocation::Span(span) => {
                    let path = sources.get(span.source).path.clone();
                    (path, sources.position(*span).line, problem.code.name())
                }
            })
            .collect();
        prop_assert_eq!(found, expected);
    }
}

/// Pieces of text that occur in the files of a site, and pieces that should not occur.
fn piece() -> impl Strategy<Value = String> {
    let known = [
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
    let known = prop::sample::select(known.to_vec()).prop_map(str::to_owned);
    prop_oneof![9 => known, 1 => any::<String>()]
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn no_file_makes_the_program_fail(
        pieces in prop::collection::vec(piece(), 0..60),
        file in 0..5_usize,
        is_appended in any::<bool>(),
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
        let site = site.with(path, |valid| if is_appended { format!("{valid}{text}") } else { text.clone() });
        let (diagnostics, sources) = site.diagnostics();
        // Every position can be printed.
        let style = milepost::testing::Style { is_coloured: false, width: 80 };
        let _ = milepost::testing::human(&diagnostics, &sources, style);
        let _ = milepost::testing::sarif(&diagnostics, &sources);
    }
}
