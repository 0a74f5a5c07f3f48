//! The editors' guide shows the keys that the program declares, and its examples are valid.

use std::fs;

use milepost::testing::{Kind, LanguageCode, example, file_type_list, policy_areas};

use crate::fixture::{Site, compare_with_file, repository};

/// The language of the translations in the guide.
fn mongolian() -> LanguageCode {
    LanguageCode::parse("mn").unwrap()
}

/// Replaces the first block in a section of the guide. `start` begins the section, and the block is
/// between the first `opening` after it and the next `closing`.
fn replace(guide: &str, start: &str, opening: &str, closing: &str, block: &str) -> String {
    let section = guide.find(start).unwrap_or_else(|| panic!("no section `{start}`"));
    let begin = section + guide[section..].find(opening).unwrap() + opening.len();
    let end = begin + guide[begin..].find(closing).unwrap_or(guide.len() - begin);
    [&guide[..begin], block, &guide[end..]].concat()
}

#[test]
fn it_shows_every_key_with_its_meaning() {
    let path = repository().join("content/README.md");
    let mut guide = fs::read_to_string(&path).unwrap();
    for kind in Kind::of_editors() {
        let start = match kind {
            Kind::Commitment => "\n## A commitment",
            Kind::ActionPlan => "\n## An action plan",
            Kind::Agency => "\n## An agency",
            Kind::Assessor => "\n## An assessor",
            Kind::Report => "\n## A report",
            _ => "\n## The settings",
        };
        let block = example(kind, &mongolian());
        guide = replace(&guide, start, "```toml\n", "```\n", &block);
    }
    guide = replace(&guide, "\n## OGP's policy areas", "\n\n", "\n\n", &policy_areas());
    guide =
        replace(&guide, "\n## Files for readers", "\n\n- ", "\n\n", file_type_list()[2..].trim());
    let difference = compare_with_file(&path, &guide);
    assert!(
        difference.is_none(),
        "the keys in content/README.md are not those of the program: \
         `UPDATE=1 cargo test editors_guide` updates them\n{}",
        difference.unwrap_or_default()
    );
}

/// A site with the example of each kind, and the content that they refer to.
fn site_of_examples() -> Site {
    let example = |kind| {
        let example = example(kind, &mongolian());
        example.replace("\"…\"", "\"Орчуулга\"").replace("'''…'''", "'''Орчуулга'''")
    };
    // A report can have only one of `url` and `file`.
    let report = example(Kind::Report);
    let report = report.split_inclusive('\n').filter(|line| !line.starts_with("file "));
    let report: String = report.collect();
    // The pages of a draft are not published.
    let commitment = example(Kind::Commitment).replace("draft = true", "draft = false");
    // Only a report of the IRM can have its codes.
    let (start, rest) = commitment.split_once("\n[assessments.irm]").unwrap();
    let commitment = format!("{start}\n[[{}", rest.split_once("\n[[").unwrap().1);
    Site::new(&format!(
        r#"
//- site.toml
{}
//- content/action-plans/2014-2015.toml
{}
//- content/agencies/ministry-of-finance.toml
{}
//- content/assessors/transparency-watch.toml
{}
//- content/reports/2015-scorecard.toml
title = "Scorecard"
assessor = "transparency-watch"
action_plan = "2014-2015"
date = "2015"
//- content/reports/2015-midterm-self-assessment.toml
{report}
//- content/commitments/2014-2015/3.3.1.3.toml
{commitment}
//- content/commitments/2014-2015/3.3.1.2.toml
title = "Larger promise"
lead = "ministry-of-finance"
objective = "Objective"
description = "Description"
//- content/action-plans/2012-2014.toml
title = "Earlier plan"
start_date = "2012"
end_date = "2014"
//- content/commitments/2012-2014/7.toml
title = "Earlier promise"
lead = "ministry-of-finance"
objective = "Objective"
description = "Description"
//- content/agencies/national-data-center.toml
name = "National Data Center"
//- content/files/budget.pdf
x
//- content/root/logo.svg
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>
"#,
        example(Kind::Site),
        example(Kind::ActionPlan),
        example(Kind::Agency),
        example(Kind::Assessor),
    ))
}

#[test]
fn its_examples_have_no_errors() {
    let diagnostics = site_of_examples().build().diagnostics;
    let errors: Vec<&str> = diagnostics.lines().filter(|line| line.contains(": error")).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn its_texts_are_on_a_page() {
    let outcome = site_of_examples().build();
    let pages: String = outcome
        .files
        .keys()
        .filter(|path| path.ends_with("index.html"))
        .map(|path| outcome.main(path))
        .collect();
    for kind in Kind::of_editors() {
        let example = example(kind, &mongolian());
        let texts = example.lines().filter_map(|line| line.split_once(" = '''"));
        for (key, text) in texts.filter(|(_, text)| !text.starts_with('…')) {
            let text = text.split("'''").next().unwrap();
            assert!(pages.contains(text), "no page shows `{key}`: `{text}`");
        }
    }
}
