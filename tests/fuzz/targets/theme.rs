//! A stranger's theme. An input with a tag of a template is the template of one page, any other is the
//! style sheet.

#![no_main]

#[path = "../support.rs"]
mod support;

use libfuzzer_sys::fuzz_target;
use support::fixture::Site;

fuzz_target!(|text: &str| {
    let is_template = ["{{", "{%", "{#"].iter().any(|tag| text.contains(tag));
    let path = if is_template { "templates/not-found.html" } else { "styles/main.css" };
    // The name of a file of the fixture has no meaning in a theme.
    let text = text.replace("//- ", "");
    support::check(&Site::new(&format!("\n//- themes/plain/{path}\n{text}")));
});
