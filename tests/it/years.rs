//! What a portal needs that lives for years: several lead agencies, milestones, deadlines that move,
//! chains of commitments, and agencies that change.

use crate::fixture::{Outcome, Site};

/// Builds a site of which `files` are a part, without errors.
#[track_caller]
fn build(files: &str) -> Outcome {
    let outcome = Site::new(files).build();
    assert!(!outcome.diagnostics.contains("error["), "{}", outcome.diagnostics);
    outcome
}

/// Checks that the main part of a page contains texts, in order, whatever the tags between them.
#[track_caller]
fn assert_shows(outcome: &Outcome, path: &str, texts: &[&str]) {
    let words = words(outcome.main(path));
    let mut rest = words.as_str();
    for text in texts {
        let position = rest.find(text);
        let position = position.unwrap_or_else(|| panic!("{path}: no `{text}` in:\n{rest}"));
        rest = &rest[position + text.len()..];
    }
}

/// The words of a page without its tags, with one space between them.
fn words(html: &str) -> String {
    let texts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text = texts.collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_commitment_counts_once_in_the_total_and_once_with_each_lead() {
    let outcome = build(
        r#"
//- content/agencies/justice.toml
name = "Ministry of Justice"
//- content/commitments/2014-2015/1.toml
title = "Promise"
lead = ["finance", "justice"]
objective = "Objective"
description = "Description"
"#,
    );
    let sentence = "1 commitment has several lead agencies and counts with each of them.";
    assert_shows(&outcome, "index.html", &["All 1", sentence]);
    assert_shows(&outcome, "agencies/index.html", &["Ministry of Finance", sentence]);
    for agency in ["finance", "justice"] {
        let path = format!("agencies/{agency}/index.html");
        let names = "Ministry of Finance, Ministry of Justice";
        assert_shows(&outcome, &path, &["All 1", "Promise", names]);
    }
    assert_shows(
        &outcome,
        "commitments/2014-2015/1/index.html",
        &[
            "Lead agencies Ministry of Finance Ministry of Justice",
            "counts once in the total, and once with each of its lead agencies",
        ],
    );
    let csv = outcome.text("data/commitments.csv");
    assert!(csv.contains(",finance,finance; justice,"), "{csv}");
    assert!(outcome.text("data/ogp.csv").contains("Ministry of Finance; Ministry of Justice"));
    let json = outcome.text("data/commitments.json");
    assert!(json.contains(r#""lead":"finance","leads":["finance","justice"]"#), "{json}");
    assert!(outcome.text("search/titles.json").contains(r#"[0,1],null"#));
}
