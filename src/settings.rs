//! The settings of a site, read from `site.toml`.
//!
//! This module validates everything that `site.toml` alone can decide. It does not know whether the
//! theme exists or has messages in each language; a later stage checks that.

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Table, folder_address};
use crate::draft::check_texts;
use crate::format::Kind;
use crate::git_host;
use crate::model::{
    Assessor, AssessorKind, Colour, ContactField, LanguageCode, Licence, LinkStyle, Site, Text,
    TextKind,
};
use crate::problems::{self, Noun};
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
    /// The name of the headline assessor, which may be that of a file.
    pub headline: Option<Spanned<String>>,
    /// The path of the logo, relative to `content/`.
    pub logo: Option<Spanned<String>>,
    /// The colour of links, buttons and lines.
    pub accent: Option<Spanned<Colour>>,
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
    let languages = read_languages(&document.root(Kind::Site, &[]));
    let spans = languages.iter().map(|language| language.span).collect();
    let mut languages: Vec<_> = languages.into_iter().map(|language| language.value).collect();
    if languages.is_empty() {
        languages.push(LanguageCode::english());
    }
    let settings = read_settings(document.root(Kind::Site, &languages), languages.clone(), spans);
    let (found, texts) = document.into_parts();
    diagnostics.append(found);
    check_texts(&texts, &languages, diagnostics);
    Some(settings)
}

/// Returns the site's languages, the default first. If the default is missing or invalid, returns the
/// others, so that not every translation is a problem too.
fn read_languages(table: &Table<'_>) -> Vec<Spanned<LanguageCode>> {
    let default = table.language_code("language");
    let mut lists_default = default.is_none();
    let mut languages: Vec<Spanned<LanguageCode>> = default.into_iter().collect();
    for language in table.language_codes("languages") {
        let earlier = languages.iter().position(|known| known.value == language.value);
        match earlier {
            // `languages` may repeat the default language once.
            Some(0) if !lists_default => lists_default = true,
            Some(earlier) => table.report(problems::duplicate(
                language.span,
                Noun::Language,
                language.value.as_str(),
                languages[earlier].span,
            )),
            None => languages.push(language),
        }
    }
    languages
}

/// Reads the settings. `languages` are those of the table itself.
fn read_settings(
    table: Table<'_>,
    languages: Vec<LanguageCode>,
    language_spans: Vec<Span>,
) -> Settings {
    let title = table.text("title");
    let base_url = table.string("base_url");
    table.mark_read(&["language", "languages"]);
    let headline = table.string("headline");
    let theme = table.string("theme");
    let translation_notes = table.line_of_translations("translation_note").into_iter();
    let file_span = table.span();
    let empty = || {
        let passage = Passage { text: "".into(), span: file_span, is_verbatim: false };
        Text::new(TextKind::Line, languages[0].clone(), passage, Vec::new())
    };
    let repository = table.string("repository");
    check_addresses(&table, base_url.as_ref(), repository.as_ref());
    let base_url = base_url.map_or_else(|| "https://example.org/".to_owned(), |url| url.value);
    let settings = Settings {
        theme_span: theme.as_ref().map_or(file_span, |theme| theme.span),
        language_spans,
        contact_fields: read_contact_fields(&table),
        stale_after_months: table.number("stale_after_months").unwrap_or(6),
        headline,
        logo: table.string("logo"),
        accent: read_accent(&table),
        site: Site {
            title: title.unwrap_or_else(empty),
            base_url,
            headline: Assessor::built_in(AssessorKind::Government).into(),
            country: read_country(&table),
            level_of_government: table.choice("level_of_government").map(|level| level.value),
            theme: theme.map_or_else(|| DEFAULT_THEME.to_owned(), |theme| theme.value),
            repository: repository.map(|address| address.value),
            report_mistakes: table.string("report_mistakes").map(|address| address.value),
            publisher: table.text("publisher"),
            licence: table.table("licence").and_then(read_licence),
            cards: table.boolean("cards").unwrap_or(true),
            links: table.choice("links").map_or(LinkStyle::Folders, |links| links.value),
            noindex: false,
            translation_notes: translation_notes
                .map(|(code, note)| (code, note.text.to_string()))
                .collect(),
            languages,
        },
    };
    table.finish();
    settings
}

/// Warns about addresses that do not fit the host of the repository.
fn check_addresses(
    table: &Table<'_>,
    base_url: Option<&Spanned<String>>,
    repository: Option<&Spanned<String>>,
) {
    let Some(repository) = repository else { return };
    if let Some(right) = git_host::edit_address(&repository.value) {
        table.report(problems::edit_address(repository.span, &repository.value, &right));
    }
    let Some(base_url) = base_url else { return };
    if let Some(right) = git_host::pages_address(&repository.value, &base_url.value) {
        table.report(problems::pages_address(base_url.span, &base_url.value, &right));
    }
}

/// Returns the path of the file that the logo is, relative to `content/`. Reports nothing.
pub fn logo_path(sources: &Sources) -> Option<String> {
    let (id, file) = sources.find(SITE_FILE)?;
    let document = Document::parse(id, file).ok()?;
    let logo = document.root(Kind::Site, &[]).string("logo");
    logo.map(|logo| logo.value)
}

fn read_accent(table: &Table<'_>) -> Option<Spanned<Colour>> {
    let accent = table.string("accent")?;
    let colour = Colour::parse(&accent.value);
    if colour.is_none() {
        table.report(problems::not_a_colour(accent.span, &accent.value));
    }
    colour.map(|value| Spanned { value, span: accent.span })
}

/// Returns the fields of a contact to publish. The default leaves out telephone numbers.
fn read_contact_fields(table: &Table<'_>) -> Vec<ContactField> {
    use ContactField::{Department, Email, Name, Role};

    let fields = table.choices("contact_fields").into_iter().map(|field| field.value);
    match table.has("contact_fields") {
        true => fields.collect(),
        false => vec![Name, Role, Department, Email],
    }
}

/// Returns the code of the country. Reports what is not two letters of ISO 3166-1.
fn read_country(table: &Table<'_>) -> Option<String> {
    let country = table.string("country")?;
    if !is_country(&country.value) {
        table.report(problems::not_a_country(country.span, &country.value));
        return None;
    }
    Some(country.value)
}

/// Whether a text is the code of a country: two capital letters of ISO 3166-1.
pub fn is_country(code: &str) -> bool {
    code.len() == 2
        && LanguageCode::of_country(code).is_some()
        && code.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Validates a portal's address from the command line. Returns `None` if it is not the URL of a folder.
pub fn base_url(text: &str) -> Option<String> {
    folder_address(text)
}

fn read_licence(table: Table<'_>) -> Option<Licence> {
    let (title, url) = (table.string("title"), table.string("url"));
    table.finish();
    Some(Licence { title: title?.value, url: url?.value })
}
