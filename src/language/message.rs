//! Messages: the interface texts of the portal, with placeholders and plural forms.

use icu::plurals::PluralCategory;

use super::format::Format;
use super::plural::CATEGORIES;
use crate::document::{Table, Value};
use crate::format::PLURAL_FORMS;
use crate::problems;

/// A sentence with placeholders, in as many forms as the language has for different counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Message {
    Plain(Vec<Segment>),
    /// By the CLDR category of the argument `count`. The form `other` always exists.
    Plural(Vec<(PluralCategory, Vec<Segment>)>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    Literal(String),
    Placeholder(String),
}

impl Message {
    /// Reads an entry of `messages`: a text, or a table with the plural forms of the language.
    pub(super) fn read(value: Value<'_>, messages: &Table<'_>, format: &Format) -> Option<Message> {
        if !value.is_table() {
            return Some(Message::Plain(segments(value.line()?.text.trim())));
        }
        let table = messages.entry_table(value, &PLURAL_FORMS)?;
        let form = |&(key, category): &(&'static str, PluralCategory)| {
            let text = table.string(key)?;
            // A language without data may have any forms.
            if format.has_data && !format.plurals.has(category) {
                table.report(problems::unused_plural_form(text.span, key));
            }
            Some((category, segments(&text.value)))
        };
        let forms: Vec<_> = CATEGORIES.iter().filter_map(form).collect();
        for &(key, count) in &format.plurals.needed {
            // The table itself reports a missing `other`.
            if key != "other" && !table.has(key) {
                table.report(problems::missing_plural_form(value.span(), table.path(), key, count));
            }
        }
        let has_other = table.has("other");
        table.finish();
        has_other.then_some(Message::Plural(forms))
    }

    /// The segments of the form for a category, or of the form `other` if the language has none.
    pub(super) fn form(
        &self,
        category: impl FnOnce() -> Option<PluralCategory>,
    ) -> Option<&[Segment]> {
        match self {
            Message::Plain(segments) => Some(segments),
            Message::Plural(forms) => {
                let category = category()?;
                let form = |wanted| forms.iter().find(|(category, _)| *category == wanted);
                let (_, segments) = form(category).or_else(|| form(PluralCategory::Other))?;
                Some(segments)
            }
        }
    }

    /// The names of the placeholders in all forms, sorted. A message with plural forms needs
    /// `count`.
    pub(super) fn placeholders(&self) -> Vec<&str> {
        let forms: Vec<&Vec<Segment>> = match self {
            Message::Plain(segments) => vec![segments],
            Message::Plural(forms) => forms.iter().map(|(_, segments)| segments).collect(),
        };
        let mut names: Vec<&str> = forms
            .into_iter()
            .flatten()
            .filter_map(|segment| match segment {
                Segment::Placeholder(name) => Some(name.as_str()),
                Segment::Literal(_) => None,
            })
            .collect();
        if let Message::Plural(_) = self {
            names.push("count");
        }
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// Splits a sentence: `{name}` is a placeholder, everything else is literal text.
fn segments(text: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            segments.push(Segment::Literal(before.to_owned()));
        }
        segments.push(Segment::Placeholder(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        segments.push(Segment::Literal(rest.to_owned()));
    }
    segments
}
