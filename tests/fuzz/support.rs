//! What the targets share. An input fails if the program panics, takes too long, cannot print a problem, reports
//! a bug of its own, or publishes a file that other programs cannot read.

#![allow(dead_code, reason = "each target uses a part")]

#[path = "../support/fixture.rs"]
pub(crate) mod fixture;
#[path = "../support/well_formed.rs"]
mod well_formed;

use fixture::Site;
use milepost::testing::{Diagnostic, Sources, Style, github, human, json, sarif, short};

/// Prints the problems in each form.
pub(crate) fn print(problems: &[Diagnostic], sources: &Sources) {
    let _ = human(problems, sources, Style { is_coloured: false, width: 80 });
    let _ = (json(problems, sources), sarif(problems, sources), github(problems, sources, ""));
    let lines = short(problems, sources);
    assert!(!lines.contains("bug in Milepost"), "{lines}");
}

/// Checks a site. Returns whether it can be published.
pub(crate) fn check(site: &Site) -> bool {
    let (problems, sources) = site.diagnostics();
    print(&problems, &sources);
    !problems.iter().any(Diagnostic::is_error)
}

/// Checks a site, and reads everything that is published of it.
pub(crate) fn check_and_build(site: &Site) {
    if check(site) {
        well_formed::assert_well_formed(&site.build(), "published");
    }
}
