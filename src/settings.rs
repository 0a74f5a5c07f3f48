//! The settings of a site, read from `site.toml`.
//!
//! This module validates everything that `site.toml` alone can decide. It does not know whether the
//! theme exists or has messages in each language; a later stage checks that.

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Table, Translated, Value, is_folder_address};
use crate::model::{Assessor, ContactField, LanguageCode, Licence, Site, Text};
use crate::problems;
use crate::source::{Passage, Sources, Span, Spanned};

/// The name of the settings file. A folder that contains it is a site.
pub const SITE_FILE: &str = "site.toml";

/// The theme of a site whose settings name no theme.
pub const DEFAULT_THEME: &str = "plain";

/// The settings, and the spans that later stages need to report problems.
pub struct Settings {
    pub site: Site,
    /// The fields of a contact that the site publishes.
    pub contact_fields: Vec<ContactField>,
    /// The number of months without news after which a commitment is stale. OGP asks for news twice
    /// a year.
    pub stale_after_months: u16,
    /// The span of each language's code, in the order of `site.languages`.
    pub language_spans: Vec<Span>,
    /// The span of the theme's name, or the start of the file if it names no theme.
    pub theme_span: Span,
}

/// Reads `site.toml`. For a missing or invalid key, adds an error to `diagnostics` and uses a
/// default, so that the remaining problems of the site are reported in the same run.
///
/// Returns `None` if the file does not exist, cannot be read or does not follow TOML. Reading the
/// folder has already reported the first two.
pub fn read(sources: &Sources, diagnostics: &mut Diagnostics) -> Option<Settings> {
    let (id, file) = sources.find(SITE_FILE)?;
    let document = match Document::parse(id, file) {
        Ok(document) => document,
        Err(errors) => {
            diagnostics.append(errors);
            return None;
        }
    };
    let languages = read_languages(&document.root("`site.toml`"));
    let settings = read_rest(document.root("`site.toml`"), &languages);
    diagnostics.append(document.into_diagnostics());
    Some(settings)
}

/// Returns the site's languages, the default first.
fn read_languages(root: &Table<'_>) -> Vec<Spanned<LanguageCode>> {
    let Some(default) = root.optional("language").and_then(read_language) else {
        return Vec::new();
    };
    let mut languages = vec![default];
    let mut lists_default = false;
    let list = root.optional("languages");
    for language in list.map(Value::list).unwrap_or_default() {
        let Some(language) = read_language(language) else { continue };
        let earlier = languages.iter().position(|known| known.value == language.value);
        match earlier {
            // `languages` may repeat the default language once.
            Some(0) if !lists_default => lists_default = true,
            Some(earlier) => root.report(problems::duplicate(
                language.span,
                "language",
                language.value.as_str(),
                languages[earlier].span,
            )),
            None => languages.push(language),
        }
    }
    languages
}

fn read_language(value: Value<'_>) -> Option<Spanned<LanguageCode>> {
    Some(value.name()?.map(|code| LanguageCode::new(&code)))
}

fn read_rest(root: Table<'_>, languages: &[Spanned<LanguageCode>]) -> Settings {
    let mut codes: Vec<_> = languages.iter().map(|language| language.value.clone()).collect();
    if codes.is_empty() {
        codes.push(LanguageCode::new("en"));
    }
    let known = codes.clone();
    let root = Translated::new(root, &known);
    let table = &root.table;

    let title = root.required_line("title");
    let base_url = table.required("base_url").and_then(Value::folder_address);
    let base_url = base_url.as_ref();
    table.required("language");
    table.optional("languages");
    let headline = table.optional("headline").and_then(|value| {
        value.choice("assessor", &Assessor::ALL.map(|assessor| (assessor.name(), assessor)))
    });
    let theme = table.optional("theme").and_then(Value::name);
    let repository = table.optional("repository").and_then(Value::web_address);
    let report_mistakes = table
        .optional("report_mistakes")
        .and_then(|value| value.address(&["https://", "http://", "mailto:"]));
    let publisher = root.line("publisher");
    let contact_fields = read_contact_fields(table);
    let stale_after_months =
        table.optional("stale_after_months").and_then(|value| value.number(1, 120));
    let cards = table.optional("cards").and_then(Value::boolean).unwrap_or(true);
    let translation_notes = root.line_in_translations("translation_note");
    let licence = table.table("licence").and_then(read_licence);
    let file_span = table.span();
    let theme_span = theme.as_ref().map_or(file_span, |theme| theme.span);
    root.finish();

    let empty = Passage { text: "".into(), span: file_span, is_verbatim: false };
    let site = Site {
        title: title.unwrap_or_else(|| Text::new(codes[0].clone(), empty, Vec::new())),
        base_url: with_trailing_slash(base_url.map_or("https://example.org", |url| &url.value)),
        languages: codes,
        headline: headline.map_or(Assessor::Government, |headline| headline.value),
        theme: theme.map_or_else(|| DEFAULT_THEME.to_owned(), |theme| theme.value),
        repository: repository.map(|address| address.value),
        report_mistakes: report_mistakes.map(|address| address.value),
        publisher,
        licence,
        cards,
        translation_notes: translation_notes
            .into_iter()
            .map(|(code, note)| (code, note.text.to_string()))
            .collect(),
    };
    let language_spans = languages.iter().map(|language| language.span).collect();
    let stale_after_months = stale_after_months.map_or(6, |months| months as u16);
    Settings { site, contact_fields, stale_after_months, language_spans, theme_span }
}

/// Returns the fields of a contact to publish. The default leaves out telephone numbers.
fn read_contact_fields(table: &Table<'_>) -> Vec<ContactField> {
    use ContactField::{Department, Email, Name, Role};

    let Some(fields) = table.optional("contact_fields") else {
        return vec![Name, Role, Department, Email];
    };
    let fields = fields.list().into_iter();
    let fields = fields.filter_map(|field| field.choice("contact field", &ContactField::ALL));
    fields.map(|field| field.value).collect()
}

/// Validates a portal's address from the command line and ends it with `/`. Returns `None` if it is
/// not the URL of a folder.
pub fn base_url(text: &str) -> Option<String> {
    is_folder_address(text).then(|| with_trailing_slash(text))
}

fn with_trailing_slash(address: &str) -> String {
    format!("{}/", address.trim_end_matches('/'))
}

fn read_licence(table: Table<'_>) -> Option<Licence> {
    let title = table.required("title").and_then(Value::name);
    let url = table.required("url").and_then(Value::web_address);
    table.finish();
    Some(Licence { title: title?.value, url: url?.value })
}
