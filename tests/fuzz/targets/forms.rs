//! Forms that come from elsewhere: OGP's completion template, OGP's table, and the forms of ministries.

#![no_main]

#[path = "../support.rs"]
mod support;

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use milepost::testing::{
    Diagnostics, FormTarget, Import, ImportError, Sources, Target, Winner, assemble, check_import,
    find_answers, merge, read_form, table, template,
};
use support::fixture::{Site, build_options};

static SOURCES: LazyLock<Arc<Sources>> = LazyLock::new(|| Site::rich().sources());

/// Checks and prints what an import would write.
fn check(import: Result<Import, ImportError>, sources: &Arc<Sources>) {
    let Ok(import) = import else { return };
    if let Ok((all, problems)) = check_import(sources, &import.files, &build_options()) {
        support::print(&problems.into_sorted(&all), &all);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let sources = &*SOURCES;
    if let Ok(text) = std::str::from_utf8(bytes) {
        let target = Target { plan: "2022-2024", report: "2023-midterm" };
        check(template(text, target, sources), sources);
        check(table(text, "MN", sources), sources);
    }
    let Ok(sheets) = read_form(bytes) else { return };
    let mut diagnostics = Diagnostics::default();
    let Some(renderer) = assemble(sources, &build_options(), None, |_| (), &mut diagnostics) else {
        panic!("the site has errors")
    };
    let portal = &renderer.portal;
    let target = FormTarget {
        portal,
        report: portal.reports.last().unwrap(),
        languages: &renderer.bundle.languages,
    };
    let Ok(answers) = find_answers(&sheets, target) else { return };
    let _ = merge(&answers, target, sources, Winner::Workbook);
});
