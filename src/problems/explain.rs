//! The explanation of each kind of problem, which `milepost explain` prints: what the problem
//! means, why it matters to readers, how to fix it, and an example. The texts are in `explain.md`,
//! so that a writer can edit them together.

use crate::format::file_type_list;

/// One section per code, each with the heading `## code` and a horizontal rule above it.
const TEXTS: &str = include_str!("explain.md");

/// Where an explanation lists the types of files that may be published.
const FILE_TYPES: &str = "{file types}";

/// Returns the explanation of a code, or `None` if there is no such code.
pub fn explain(code: &str) -> Option<String> {
    let (code, explanation) = all().find(|(section, _)| *section == code)?;
    Some(format!("{code}\n\n{explanation}\n"))
}

/// Lists every code with the first line of its explanation, one per line.
pub fn list() -> String {
    let longest = sections().map(|(code, _)| code.len()).max().unwrap_or_default();
    sections()
        .map(|(code, explanation)| {
            let summary = explanation.trim_start().lines().next().unwrap_or_default();
            format!("{code:longest$}  {summary}\n")
        })
        .collect()
}

/// Returns each code with its explanation in Markdown.
pub fn all() -> impl Iterator<Item = (&'static str, String)> {
    let with_types = |text: &str| text.trim().replace(FILE_TYPES, file_type_list().trim());
    sections().map(move |(code, text)| (code, with_types(text)))
}

/// Iterates over the codes and the text below each heading.
fn sections() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXTS.split("\n---\n\n## ").skip(1).filter_map(|section| section.split_once('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn every_code_has_an_explanation_and_an_example() {
        let explained: Vec<&str> = sections().map(|(code, _)| code).collect();
        let codes: Vec<&str> = Code::all().iter().map(|code| code.name()).collect();
        assert_eq!(explained, codes, "src/problems/explain.md has a section for each code, sorted");
        for (code, text) in sections() {
            for part in ["**Why it matters.**", "**How to fix it.**", "Before:", "After:"] {
                assert!(text.contains(part), "`{code}` has no `{part}`");
            }
        }
    }
}
