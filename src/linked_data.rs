//! Structured data for search engines: JSON-LD with the vocabulary of schema.org. This module
//! formats the values that it receives and knows neither the model nor the pages.
//!
//! Browsers do not execute a JSON-LD block, but validators check it against the page's Content
//! Security Policy, so the policy names each block by its SHA-256 (CSP Level 3, 2.3.1).

use serde::Serialize;
use serde_json::{Value, json};

use crate::hash::ContentHash;
use crate::html::Html;

const CONTEXT: &str = "https://schema.org";

#[derive(Debug, Serialize)]
pub struct JsonLd {
    /// The whole `<script>` element.
    pub html: Html,
    /// The source expression for the page's Content Security Policy, such as `sha256-…`.
    pub policy: String,
}

/// A file that belongs to a data set.
pub struct Download {
    pub name: &'static str,
    /// The absolute URL.
    pub url: String,
}

/// Describes the path from the home page to a page. `pages` contains each page's name and absolute
/// URL, the home page first.
pub fn breadcrumbs(pages: &[(String, String)]) -> JsonLd {
    let items: Vec<Value> = (1..)
        .zip(pages)
        .map(|(position, (name, url))| {
            let position: usize = position;
            json!({ "@type": "ListItem", "position": position, "name": name, "item": url })
        })
        .collect();
    block(&json!({ "@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items }))
}

/// Describes an agency. `url` is its page in the portal, `website` its own site if that is known.
pub fn agency(name: &str, url: &str, website: Option<&str>) -> JsonLd {
    block(&json!({
        "@context": CONTEXT,
        "@type": "GovernmentOrganization",
        "name": name,
        "url": website.unwrap_or(url),
        "mainEntityOfPage": url,
    }))
}

/// Describes a data set and the files that it can be downloaded as. `licence` is a URL.
pub fn dataset(
    name: &str,
    description: &str,
    url: &str,
    licence: Option<&str>,
    files: &[Download],
) -> JsonLd {
    let distribution: Vec<Value> = files
        .iter()
        .map(|file| {
            let media_type =
                if file.name.ends_with(".csv") { "text/csv" } else { "application/json" };
            json!({
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": file.url,
                "encodingFormat": media_type,
            })
        })
        .collect();
    let mut data = json!({
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": url,
        "isAccessibleForFree": true,
        "distribution": distribution,
    });
    if let Some(licence) = licence {
        data["license"] = json!(licence);
    }
    block(&data)
}

/// Wraps `data` in a `<script>` element. `<` is written as an escape sequence, so that no text can
/// end the element.
fn block(data: &Value) -> JsonLd {
    let text = data.to_string();
    let text = text.replace('<', "\\u003c");
    let hash = ContentHash::of(text.as_bytes()).base64();
    JsonLd {
        html: Html::trusted(format!("<script type=\"application/ld+json\">{text}</script>")),
        policy: format!("sha256-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_close_the_script_element() {
        let html = agency("</script><script>alert(1)</script>", "https://x.example/", None).html;
        assert_eq!(html.as_str().matches('<').count(), 2, "{}", html.as_str());
        assert!(html.as_str().contains("\\u003c/script>"));
    }
}
