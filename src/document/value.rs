//! The value of a key, which checks its own type.

use std::borrow::Cow;

use toml::de::DeValue;

use super::dates;
use super::file::Document;
use super::lines::range_of;
use crate::format::ValueType;
use crate::model::{EndDate, LanguageCode, PartialDate, Quantity, Term};
use crate::problems::{self, AddressPlace, AllowedAddress, Expected, Found, ValuePlace};
use crate::source::{Passage, Span, Spanned};
use crate::web_address;

/// The value of a key, or one element of its list. A method that returns `None` has reported why
/// the value is not of the requested kind.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) key: &'d str,
    pub(super) span: Span,
    pub(super) value: &'d DeValue<'d>,
    pub(super) place: ValuePlace,
}

impl<'d> Value<'d> {
    pub fn span(self) -> Span {
        self.span
    }

    /// Returns a text of one or more lines.
    pub(super) fn text(self) -> Option<Passage> {
        let DeValue::String(text) = self.value else { return self.wrong_type(Expected::Text) };
        if problems::words::is_blank(text) || is_placeholder(text) {
            self.document.report(problems::empty_text(self.span, self.key, text, self.place));
            return None;
        }
        if let Some(character) = text.chars().find(|letter| problems::words::is_harmful(*letter)) {
            self.document.report(problems::control_character(self.span, character));
            return None;
        }
        Some(match text {
            // The parser copies a text only if it contains escape sequences.
            Cow::Borrowed(text) => {
                let whole = self.document.text;
                let text = whole.part(range_of(whole, text));
                Passage { text, span: self.span, is_verbatim: true }
            }
            Cow::Owned(text) => {
                Passage { text: text.as_str().into(), span: self.span, is_verbatim: false }
            }
        })
    }

    /// Returns a text of one line.
    pub fn line(self) -> Option<Passage> {
        let passage = self.text()?;
        if passage.text.trim_end().contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
            self.document.report(problems::line_break(self.span, self.key));
            return None;
        }
        Some(passage)
    }

    /// Returns a text of one line without the white space around it.
    pub(super) fn name(self) -> Option<Spanned<String>> {
        let passage = self.line()?;
        Some(Spanned { value: passage.text.trim().to_owned(), span: self.span })
    }

    /// Returns a value as it is written, for a value of the wrong type.
    pub(super) fn written(self) -> Spanned<String> {
        Spanned { value: self.document.text[self.span.range()].to_owned(), span: self.span }
    }

    /// Returns a value of a closed list.
    pub(super) fn choice<T: Term>(self) -> Option<Spanned<T>> {
        let written = self.name()?;
        match T::written().into_iter().find(|term| term.name() == written.value) {
            Some(term) => Some(Spanned { value: term, span: self.span }),
            None => {
                let problem = problems::unknown_choice(self.span, T::VOCABULARY, &written.value);
                self.document.report(problem);
                None
            }
        }
    }

    /// Returns a BCP 47 language tag in its usual form. Reports any other form.
    pub(super) fn language_code(self) -> Option<Spanned<LanguageCode>> {
        let written = self.name()?;
        let code = LanguageCode::parse(&written.value);
        let usual = code.as_ref().map(LanguageCode::as_str);
        if usual != Some(written.value.as_str()) {
            self.document.report(problems::not_a_language(self.span, &written.value, usual));
        }
        Some(Spanned { value: code?, span: self.span })
    }

    /// Returns a text of one line that has the form which `value_type` requires.
    pub(super) fn string(self, value_type: ValueType) -> Option<Spanned<String>> {
        match value_type {
            ValueType::WebAddress => self.public_address(&WEB_SCHEMES),
            ValueType::ContactAddress => self.contact_address(),
            ValueType::FolderAddress => self.folder_address(),
            ValueType::EmailAddress => self.email_address(),
            _ => self.name(),
        }
    }

    /// Returns a year, month or day from a text or a TOML date.
    pub(super) fn date(self) -> Option<Spanned<PartialDate>> {
        let written = match self.value {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            _ => return self.wrong_type(Expected::Date),
        };
        let is_number = matches!(self.value, DeValue::Integer(_));
        let problem = match PartialDate::parse(&written) {
            Some(date) if !is_number => return Some(Spanned { value: date, span: self.span }),
            _ => dates::explain(self.span, self.key, &written)
                .unwrap_or_else(|| problems::not_a_date(self.span, self.key, &written)),
        };
        self.document.report(problem);
        None
    }

    /// Returns a date, or [`EndDate::NotApplicable`] for the text `not-applicable`.
    pub(super) fn end_date(self) -> Option<Spanned<EndDate>> {
        match self.value {
            DeValue::String(text) if text == "not-applicable" => {
                Some(Spanned { value: EndDate::NotApplicable, span: self.span })
            }
            DeValue::String(text) if is_without_end(text) => {
                self.document.report(problems::end_in_words(self.span, text.trim()));
                None
            }
            _ => self.date().map(|date| date.map(EndDate::On)),
        }
    }

    pub(super) fn boolean(self) -> Option<bool> {
        match self.value {
            DeValue::Boolean(value) => Some(*value),
            _ => self.wrong_type(Expected::Boolean),
        }
    }

    pub(super) fn decimal(self) -> Option<Spanned<Quantity>> {
        let written = match self.value {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return self.wrong_type(Expected::Number),
        };
        let quantity = Quantity::parse(written);
        if quantity.is_none() {
            self.document.report(problems::not_a_quantity(self.span, self.key, written));
        } else if written.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) {
            self.document.report(problems::ambiguous_number(self.span, self.key, written));
        }
        Some(Spanned { value: quantity?, span: self.span })
    }

    /// Returns an integer between `lowest` and `highest`, inclusive.
    pub(super) fn number(self, lowest: u16, highest: u16) -> Option<u16> {
        let DeValue::Integer(number) = self.value else { return self.wrong_type(Expected::Number) };
        let digits = number.as_str().replace('_', "");
        let number = u16::from_str_radix(&digits, number.radix()).ok();
        let in_range = number.filter(|number| (lowest..=highest).contains(number));
        if in_range.is_none() {
            let problem = problems::number_out_of_range(self.span, self.key, lowest, highest);
            self.document.report(problem);
        }
        in_range
    }

    /// Returns the URL of a folder; see [`folder_address`].
    fn folder_address(self) -> Option<Spanned<String>> {
        let written = self.address(&WEB_SCHEMES)?;
        match folder_address(&written.value) {
            Some(address) => Some(Spanned { value: address, span: self.span }),
            None => self.not_an_address(&written.value, AllowedAddress::HomePage),
        }
    }

    /// Returns an address that readers can open and that starts with one of `schemes`, as a URI.
    fn public_address(self, schemes: &'static [&'static str]) -> Option<Spanned<String>> {
        let address = self.address(schemes)?;
        if web_address::is_private(&address.value) {
            let place = AddressPlace::Key(self.key);
            self.document.report(problems::private_address(self.span, place, &address.value));
            return None;
        }
        Some(address)
    }

    /// Returns an address that starts with one of `schemes`, such as `https://`, as a URI.
    fn address(self, schemes: &'static [&'static str]) -> Option<Spanned<String>> {
        let written = self.name()?;
        if web_address::has_password(&written.value) {
            self.document.report(problems::password_in_address(self.span));
            return None;
        }
        let uri = web_address::uri(&written.value).filter(|_| is_address(&written.value, schemes));
        match uri {
            Some(uri) => Some(Spanned { value: uri, span: written.span }),
            None => self.not_an_address(&written.value, AllowedAddress::Schemes(schemes)),
        }
    }

    /// Returns an address at which readers can reach the office: a URL, or a `mailto:` address.
    fn contact_address(self) -> Option<Spanned<String>> {
        let address = self.public_address(&CONTACT_SCHEMES)?;
        if address.value.starts_with("mailto:") && !web_address::is_mailto(&address.value) {
            let allowed = AllowedAddress::Contact(&CONTACT_SCHEMES);
            return self.not_an_address(&address.value, allowed);
        }
        Some(address)
    }

    /// Returns an email address.
    fn email_address(self) -> Option<Spanned<String>> {
        let written = self.name()?;
        if !web_address::is_mailbox(&written.value) {
            return self.not_an_address(&written.value, AllowedAddress::Email);
        }
        Some(written)
    }

    fn not_an_address<T>(self, written: &str, allowed: AllowedAddress) -> Option<T> {
        self.document.report(problems::not_an_address(self.span, self.key, written, allowed));
        None
    }

    /// Returns the elements of a list, or `None` if the value is not a list.
    pub(super) fn list(self, expected: Expected) -> Option<Vec<Value<'d>>> {
        let elements = match self.value {
            DeValue::Array(elements) => elements,
            DeValue::String(text) if expected == Expected::List => {
                let problem = problems::list_without_brackets(self.span, self.key, text);
                self.document.report(problem);
                return None;
            }
            _ => return self.wrong_type(expected),
        };
        let element = |value: &'d toml::Spanned<DeValue<'d>>| Value {
            span: self.document.span(value.span()),
            value: value.get_ref(),
            place: ValuePlace::Element,
            ..self
        };
        if elements.len() > MAX_LIST_LENGTH {
            let length = elements.len();
            let problem = problems::list_too_long(self.span, self.key, length, MAX_LIST_LENGTH);
            self.document.report(problem);
        }
        Some(elements.iter().take(MAX_LIST_LENGTH).map(element).collect())
    }

    pub(super) fn is_list(self) -> bool {
        self.value.is_array()
    }

    pub fn is_table(self) -> bool {
        self.value.is_table()
    }

    pub(super) fn wrong_type<T>(self, expected: Expected) -> Option<T> {
        if let DeValue::String(text) = self.value
            && is_address(text, &WEB_SCHEMES)
            && matches!(expected, Expected::InlineTables | Expected::InlineElement)
        {
            let problem = problems::address_without_title(self.span, self.key, text, expected);
            self.document.report(problem);
            return None;
        }
        let is_header = |element: &&toml::Spanned<DeValue<'_>>| element.get_ref().is_table();
        let span = match self.value {
            DeValue::Array(elements)
                if let Some(first) = elements.iter().next().filter(is_header) =>
            {
                self.document.span(first.span())
            }
            _ => self.span,
        };
        let written = &self.document.text[span.range()];
        let found = match self.value {
            DeValue::String(_) => Found::Text,
            DeValue::Integer(_) | DeValue::Float(_) => Found::Number,
            DeValue::Boolean(_) => Found::Boolean,
            DeValue::Datetime(_) => Found::Date,
            DeValue::Array(_) => Found::List,
            DeValue::Table(_) if written.starts_with('[') => Found::Section,
            DeValue::Table(_) => Found::Entry,
        };
        let problem = problems::wrong_type(span, self.key, expected, (found, written));
        self.document.report(problem);
        None
    }
}

/// The number of values in a list after which the rest is not read. Each may need a suggestion, which takes
/// long.
const MAX_LIST_LENGTH: usize = 1_000;

/// Whether a text is only the dots that stand for a text in examples.
fn is_placeholder(text: &str) -> bool {
    matches!(text.trim(), "…" | "...")
}

/// Whether words say that something has no end.
fn is_without_end(text: &str) -> bool {
    let words = [
        "ongoing",
        "continuous",
        "continuing",
        "permanent",
        "indefinite",
        "always",
        "none",
        "no end",
        "n/a",
        "na",
        "n.a.",
        "not applicable",
        "unlimited",
        "open-ended",
        "-",
        "—",
        "–",
    ];
    words.contains(&text.trim().to_lowercase().as_str())
}

const WEB_SCHEMES: [&str; 2] = ["https://", "http://"];
const CONTACT_SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// Returns the `https` or `http` URL of a folder, to which paths can be appended, in its normal form.
/// Returns `None` if the text is not the URL of a folder.
pub fn folder_address(text: &str) -> Option<String> {
    web_address::folder(text).filter(|_| is_address(text, &WEB_SCHEMES))
}

/// Whether a text starts with one of `schemes`, and has no white space or other character that no URL
/// contains.
fn is_address(text: &str, schemes: &[&str]) -> bool {
    let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !text.contains(is_forbidden_in_url)
    })
}

/// Whether a character is not allowed in a URL (RFC 3986) and could end the text around the URL,
/// such as an attribute or a Markdown link.
fn is_forbidden_in_url(character: char) -> bool {
    character.is_whitespace()
        || problems::words::is_invisible(character)
        || matches!(character, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^')
}
