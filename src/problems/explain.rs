//! The longer story of each kind of problem: what it means, why readers of the portal care, how to
//! mend it, and an example. The texts are in `explain.md`, where a writer can read them in one go.

/// A section `## code` for each kind of problem, after a rule.
const TEXTS: &str = include_str!("explain.md");

/// The story of a kind of problem.
pub fn explain(code: &str) -> Option<String> {
    let (code, story) = sections().find(|(name, _)| *name == code)?;
    Some(format!("{code}\n\n{}\n", story.trim()))
}

/// Every code with the first sentence of its story, one on a line.
pub fn list() -> String {
    let longest = sections().map(|(code, _)| code.len()).max().unwrap_or_default();
    sections()
        .map(|(code, text)| {
            let first = text.trim_start().lines().next().unwrap_or_default();
            format!("{code:longest$}  {first}\n")
        })
        .collect()
}

/// Each code and what follows its heading.
fn sections() -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXTS.split("\n---\n\n## ").skip(1).filter_map(|section| section.split_once('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problems::CODES;

    #[test]
    fn every_kind_of_problem_has_its_story_and_an_example() {
        let told: Vec<&str> = sections().map(|(code, _)| code).collect();
        assert_eq!(told, CODES, "src/problems/explain.md has a section for each, sorted");
        for (code, text) in sections() {
            for part in ["**Why it matters.**", "**How to fix it.**", "Before:", "After:"] {
                assert!(text.contains(part), "`{code}` has no `{part}`");
            }
        }
    }
}
