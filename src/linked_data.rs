//! Facts about a page for search engines: JSON-LD in the words of schema.org. What the facts are, is
//! not decided here.
//!
//! Browsers do not run such a block, but validators hold the page's security policy against it: the
//! policy names each block by its SHA-256 (CSP level 3, 2.3.1).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::html::Html;

const CONTEXT: &str = "https://schema.org";

/// A block of facts.
#[derive(Debug, Serialize)]
pub struct Facts {
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

/// The way to a page, from the home page: names and whole addresses.
pub fn breadcrumbs(way: &[(String, String)]) -> Facts {
    /// Almost every page has one: it is written without a tree of values.
    #[derive(Serialize)]
    struct Breadcrumbs<'a> {
        #[serde(rename = "@context")]
        context: &'static str,
        #[serde(rename = "@type")]
        kind: &'static str,
        #[serde(rename = "itemListElement")]
        items: Vec<Item<'a>>,
    }
    #[derive(Serialize)]
    struct Item<'a> {
        #[serde(rename = "@type")]
        kind: &'static str,
        item: &'a str,
        name: &'a str,
        position: usize,
    }
    let items = (1..).zip(way).map(|(position, (name, url))| Item {
        kind: "ListItem",
        item: url,
        name,
        position,
    });
    block(&Breadcrumbs { context: CONTEXT, kind: "BreadcrumbList", items: items.collect() })
}

/// An agency of the government; its own site may be unknown.
pub fn agency(name: &str, url: &str, website: Option<&str>) -> Facts {
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
) -> Facts {
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
fn block(data: &impl Serialize) -> Facts {
    let text = serde_json::to_string(data).expect("plain values become JSON");
    let text = text.replace('<', "\\u003c");
    let sum = STANDARD.encode(Sha256::digest(text.as_bytes()));
    Facts {
        html: Html::trusted(format!("<script type=\"application/ld+json\">{text}</script>")),
        policy: format!("sha256-{sum}"),
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
