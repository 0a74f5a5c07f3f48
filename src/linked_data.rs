//! JsonLd about a page for search engines: JSON-LD in the words of schema.org. What the facts are, is
//! not decided here.
//!
//! Browsers do not run such a block, but validators hold the page's security policy against it: the
//! policy names each block by its SHA-256 (CSP level 3, 2.3.1).

use serde::Serialize;
use serde_json::{Value, json};

use crate::hash::ContentHash;
use crate::html::Html;

const CONTEXT: &str = "https://schema.org";

/// A block of facts.
#[derive(Debug, Serialize)]
pub struct JsonLd {
    /// The block.
    pub html: Html,
    /// How the page's security policy names it.
    pub policy: String,
}

/// A file that belongs to a data set.
pub struct Download {
    /// Its name.
    pub name: &'static str,
    /// Its whole address.
    pub url: String,
}

/// The path to a page from the home page: each page's name and whole address.
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

/// An agency of the government; its own site may be unknown.
pub fn agency(name: &str, url: &str, website: Option<&str>) -> JsonLd {
    block(&json!({
        "@context": CONTEXT,
        "@type": "GovernmentOrganization",
        "name": name,
        "url": website.unwrap_or(url),
        "mainEntityOfPage": url,
    }))
}

/// A data set with its files.
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
            let kind = if file.name.ends_with(".csv") { "text/csv" } else { "application/json" };
            json!({
                "@type": "DataDownload",
                "name": file.name,
                "contentUrl": file.url,
                "encodingFormat": kind,
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

/// A block of data, which browsers do not run. No text in it can close it.
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
    fn no_name_ends_the_block() {
        let html = agency("</script><script>alert(1)</script>", "https://x.example/", None).html;
        assert_eq!(html.as_str().matches('<').count(), 2, "{}", html.as_str());
        assert!(html.as_str().contains("\\u003c/script>"));
    }
}
