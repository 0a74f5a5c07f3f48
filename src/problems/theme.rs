//! What is wrong with a theme: its languages, templates and style sheets.

use super::parts::{at, in_file, suggest};
use super::words::{AllOf, Count, quote, quote_whole};
use crate::diagnostic::{Code, Diagnostic, SourceLocation};
use crate::model::LanguageCode;
use crate::source::Span;

/// The theme is neither a folder of the site nor a built-in theme.
pub fn unknown_theme(span: Span, written: &str, known: &[&str]) -> Diagnostic {
    at(Code::UnknownTheme, span, format!("there is no theme {}", quote(written))).help(suggest(
        written,
        known.iter().copied(),
        format!("create the folder {}", quote_whole(&format!("themes/{written}/"))),
    ))
}

/// The theme has no message file for a language of the site.
pub fn no_messages_for_language(span: Span, language: &str, path: &str) -> Diagnostic {
    let message = format!("the theme is not translated into {}", quote(language));
    let spoken = LanguageCode::of_country(language).filter(|code| code.as_str() != language);
    if let Some(code) = spoken {
        let (language, code) = (quote(language), quote(code.as_str()));
        return at(Code::NoWordsForLanguage, span, message).help(format!(
            "did you mean {code}? {language} is the code of a country, {code} that of its language"
        ));
    }
    at(Code::NoWordsForLanguage, span, message).help(format!(
        "remove it from `languages`, or create the file {} with `milepost new language {language}`",
        quote(path)
    ))
}

/// A value is not a language tag in its usual form. `usual` is that form, if it is a tag.
pub fn not_a_language(span: Span, written: &str, usual: Option<&str>) -> Diagnostic {
    let message = format!("{} is not a language code", quote(written));
    at(Code::NotALanguage, span, message).help(match usual {
        Some(usual) => format!("write {}", quote(usual)),
        None => "write a language code, such as \"en\", \"mn\" or \"pt-BR\"".to_owned(),
    })
}

/// A message of the theme contains a placeholder that is never replaced.
pub fn unknown_placeholder(span: Span, key: &str, placeholder: &str, known: &[&str]) -> Diagnostic {
    let message = format!("{} has no placeholder {}", quote(key), quote(placeholder));
    at(Code::UnknownPlaceholder, span, message).help(match known {
        [] => "write the sentence without placeholders".to_owned(),
        known => format!("use only {}", AllOf(known)),
    })
}

/// The `locale` of a language file is that of another language.
pub fn locale_of_another_language(span: Span, locale: &str, language: &str) -> Diagnostic {
    let message = format!("{} is not a locale of the language {}", quote(locale), quote(language));
    at(Code::NotALanguage, span, message)
        .help("delete the line: readers would see dates in the other language")
}

/// A language file lacks phrases. One problem names the first few.
pub fn missing_phrases(span: Span, language: &str, missing: &[&str], total: usize) -> Diagnostic {
    let named: Vec<String> = missing.iter().map(|key| quote(key)).collect();
    let verb = if missing.len() == 1 { "is" } else { "are" };
    let message = format!(
        "{}: {} of {} {verb} missing: {}",
        quote(language),
        missing.len(),
        Count(total, "phrase"),
        first_few(&named)
    );
    at(Code::MissingPhrases, span, message)
        .help("copy their lines from `en.toml` and translate them; until then, they are in English")
}

/// A form of a text for some numbers, such as `few`, and the smallest whole number of that form, if
/// there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluralForm {
    pub name: &'static str,
    pub example: Option<usize>,
}

/// Phrases of a language file lack plural forms that the language has. One problem names the first few.
pub fn missing_plural_forms(
    span: Span,
    language: &str,
    phrases: &[(&str, Vec<PluralForm>)],
) -> Diagnostic {
    let names = |forms: &[PluralForm]| forms.iter().map(|form| form.name).collect::<Vec<_>>();
    let named: Vec<String> = phrases
        .iter()
        .map(|(key, forms)| format!("{} ({})", quote(key), AllOf(&names(forms))))
        .collect();
    let verb = if phrases.len() == 1 { "lacks" } else { "lack" };
    let message = format!(
        "{}: {} {verb} plural forms: {}",
        quote(language),
        Count(phrases.len(), "phrase"),
        first_few(&named)
    );
    let mut forms: Vec<&PluralForm> = Vec::new();
    for form in phrases.iter().flat_map(|(_, forms)| forms) {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    let line = |form: &&PluralForm| match form.example {
        Some(example) => format!("`{} = \"…\"`, for numbers such as {example}", form.name),
        None => format!("`{} = \"…\"`, for all other numbers", form.name),
    };
    let lines: Vec<String> = forms.iter().map(line).collect();
    at(Code::MissingPhrases, span, message)
        .help(format!("add within the braces: {}", lines.join("; ")))
}

/// Nearly all sentences of a language file are the English ones.
pub fn untranslated_copy(span: Span, language: &str, copied: usize, total: usize) -> Diagnostic {
    let message = format!(
        "{}: the file is an untranslated copy of the English one: {copied} of {} are the same",
        quote(language),
        Count(total, "sentence")
    );
    at(Code::UntranslatedCopy, span, message).help(
        "translate the texts after `=`, or delete the lines that you do not translate: readers see \
         those in English either way",
    )
}

/// The first three things of a list, and how many more there are.
fn first_few(things: &[String]) -> String {
    match things {
        [first, second, third, _, rest @ ..] => {
            format!("{first}, {second}, {third} and {} more", rest.len() + 1)
        }
        things => things.join(", "),
    }
}

/// A message has a form for a plural category that its language does not have.
pub fn unused_plural_form(span: Span, form: &str) -> Diagnostic {
    let message = format!("no number has the form {} in this language", quote(form));
    at(Code::UnknownKey, span, message).help("delete it: readers would never see it")
}

/// ICU has no data for a language. `path` is its language file.
pub fn no_locale_data(span: Span, language: &str, path: &str) -> Diagnostic {
    let message =
        format!("Milepost does not know how the language {} writes dates", quote(language));
    at(Code::NoLocaleData, span, message).help(format!(
        "readers see dates such as 2014-07-31; to change that, set `locale` in {} to a language that \
         its readers know, such as `locale = \"ru\"`",
        quote(path)
    ))
}

pub fn template_syntax(location: SourceLocation, reason: &str) -> Diagnostic {
    let message = format!("the template cannot be read: {reason}");
    Diagnostic::new(Code::TemplateSyntax, location, message)
        .help("close each `{{` with `}}`, each `{%` with `%}`, and each `block` with `endblock`")
}

/// A link in a template begins with `/`.
pub fn link_from_root(span: Span, written: &str) -> Diagnostic {
    let message =
        format!("the link {} breaks if the portal is in a folder of its host", quote(written));
    let asset = written.strip_prefix("/assets/").unwrap_or("logo.svg");
    at(Code::LinkFromRoot, span, message).help(format!(
        "write `{{{{ asset(\"{asset}\") }}}}` for a file in `assets/`, and an address of `view` for a page, \
         such as `{{{{ view.page.home }}}}`"
    ))
}

/// A template failed at run time. `page` is the page that was rendered, and `content` the file that
/// the page shows.
pub fn template_fault(
    location: SourceLocation,
    reason: &str,
    page: &str,
    content: Option<&str>,
) -> Diagnostic {
    let from = content.map(|file| format!(", from {}", quote(file))).unwrap_or_default();
    let message =
        format!("the template failed: {reason}, while rendering the page {}{from}", quote(page));
    Diagnostic::new(Code::TemplateFault, location, message)
        .help("`themes/README.md` lists what each template can use")
}

/// A rendered page exceeds `limit` bytes.
pub fn page_too_large(path: &str, size: usize, limit: usize) -> Diagnostic {
    let message = format!(
        "the page {} is too large: {} MB, and the limit is {} MB",
        quote(path),
        size >> 20,
        limit >> 20
    );
    in_file(Code::PageTooLarge, path, message).help("show less on the page")
}

/// The site's own style sheet has no rules for most of the classes that the templates use. One problem
/// names the first few.
pub fn missing_styles(span: Span, missing: &[&str], total: usize) -> Diagnostic {
    let named: Vec<String> = missing.iter().map(|class| quote(&format!(".{class}"))).collect();
    let message = format!(
        "the style sheet lacks rules for {} of the {total} classes that the templates use: {}",
        missing.len(),
        first_few(&named)
    );
    at(Code::MissingStyles, span, message).help(
        "rename the file to `custom.css` to add its rules to the theme's own styles; as `main.css`, it \
         replaces them, and readers see pages without a design",
    )
}

/// A style sheet refers to a file outside the theme.
pub fn style_outside(location: SourceLocation, written: &str) -> Diagnostic {
    let message = format!("the style sheet uses {}, which is not in the theme", quote(written));
    Diagnostic::new(Code::StyleOutside, location, message).help(
        "put the file in the theme's `assets/` folder, and write its name without a folder: \
         url(flag.svg)",
    )
}

pub fn style_fault(location: SourceLocation, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::StyleFault, location, format!("the style sheet has an error: {reason}"))
}
