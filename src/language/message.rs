//! Messages: the interface texts of the portal, with placeholders and plural forms.

use icu::plurals::PluralCategory;

use super::format::Format;
use super::plural::CATEGORIES;
use crate::document::{Table, Value};
use crate::format::PLURAL_FORMS;
use crate::problems::{self, PluralForm};
use crate::source::Passage;

/// A sentence with placeholders, in as many forms as the language has for different counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Message {
    Plain(Vec<Segment>),
    /// By the CLDR category of the argument `count`. There is at least one form.
    Plural(Vec<(PluralCategory, Vec<Segment>)>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    Literal(String),
    Placeholder(String),
}

impl Message {
    /// Reads an entry of `messages`: a text, or a table with the plural forms of the language. Also
    /// returns the forms that the language needs and the table lacks.
    pub(super) fn read(
        value: Value<'_>,
        messages: &Table<'_>,
        format: &Format,
    ) -> (Option<Message>, Vec<PluralForm>) {
        if !value.is_table() {
            let plain = |line: Passage| Message::Plain(segments(line.text.trim()));
            return (value.line().map(plain), Vec::new());
        }
        let Some(table) = messages.entry_table(value, &PLURAL_FORMS) else {
            return (None, Vec::new());
        };
        let form = |&(key, category): &(&'static str, PluralCategory)| {
            let text = table.string(key)?;
            // A language without data may have any forms.
            if format.has_data && !format.plurals.has(category) {
                table.report(problems::unused_plural_form(text.span, key));
            }
            Some((category, segments(&text.value)))
        };
        let forms: Vec<_> = CATEGORIES.iter().filter_map(form).collect();
        let needed = format.plurals.needed.iter();
        let missing = needed.filter(|form| !table.has(form.name)).cloned().collect();
        table.finish();
        ((!forms.is_empty()).then_some(Message::Plural(forms)), missing)
    }

    /// The segments of the form for a category. If the message does not have it, those of the form
    /// `other`, or else of the last form.
    pub(super) fn form(
        &self,
        category: impl FnOnce() -> Option<PluralCategory>,
    ) -> Option<&[Segment]> {
        match self {
            Message::Plain(segments) => Some(segments),
            Message::Plural(forms) => {
                let category = category()?;
                let form = |wanted| forms.iter().find(|(category, _)| *category == wanted);
                let other = || form(PluralCategory::Other).or(forms.last());
                let (_, segments) = form(category).or_else(other)?;
                Some(segments)
            }
        }
    }

    fn usual_form(&self) -> Option<&[Segment]> {
        self.form(|| Some(PluralCategory::Other))
    }

    /// Whether the message has more than one word, not counting placeholders.
    pub(super) fn is_sentence(&self) -> bool {
        let literals = self.usual_form().into_iter().flatten().map(|segment| match segment {
            Segment::Literal(text) => {
                text.split_whitespace().filter(|word| has_letter(word)).count()
            }
            Segment::Placeholder(_) => 0,
        });
        literals.sum::<usize>() > 1
    }

    /// Whether readers see the same for most counts.
    pub(super) fn is_same_as(&self, other: &Message) -> bool {
        self.usual_form() == other.usual_form()
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

fn has_letter(word: &str) -> bool {
    word.chars().any(char::is_alphabetic)
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
