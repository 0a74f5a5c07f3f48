//! The markup that the preview adds to a page: a script that shows changes immediately, and a panel
//! with the errors. A published portal never contains it.

use super::snapshot::{Preview, Snapshot};
use crate::emit;
use crate::html::escape;

/// The path of the preview's own files.
pub(super) const PREVIEW_PATH: &str = "/__milepost/";

pub(super) const SCRIPT: &str = include_str!("preview.js");
pub(super) const STYLE: &str = include_str!("preview.css");

/// The largest number of errors in the panel.
const MAX_ERRORS: usize = 30;

/// Adds the script to the head of a page, and the panel to its end if the snapshot has errors. The
/// page's security policy then also allows the preview's files; everything else that it forbids
/// stays forbidden.
pub(super) fn decorate_page(
    html: Vec<u8>,
    snapshot: &Snapshot,
    preview: &Preview,
    host: &str,
) -> String {
    let mut html = String::from_utf8_lossy(&html).into_owned();
    const POLICY: &str = "http-equiv=\"Content-Security-Policy\" content=\"";
    if let Some(start) = html.find(POLICY).map(|offset| offset + POLICY.len())
        && let Some(end) = html[start..].find('"').map(|length| start + length)
    {
        let policy = allow_preview_files(&html[start..end], host);
        html.replace_range(start..end, &policy);
    }
    if let Some(offset) = html.find("</head>") {
        html.insert_str(offset, &head(snapshot));
    }
    if snapshot.has_errors() {
        let offset = html.rfind("</body>").unwrap_or(html.len());
        html.insert_str(offset, &panel(snapshot, preview));
    }
    html
}

fn head(snapshot: &Snapshot) -> String {
    format!(
        "<link rel=\"stylesheet\" href=\"{PREVIEW_PATH}preview.css\">\n\
         <script src=\"{PREVIEW_PATH}preview.js\" data-version=\"{}\" defer></script>\n",
        version(snapshot.version)
    )
}

/// The page for a site that has not built without errors yet.
pub(super) fn nothing_to_show(snapshot: &Snapshot, preview: &Preview) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Nothing to show yet</title>\n{}</head>\n<body>\n\
         <main class=\"milepost-empty\"><h1>Nothing to show yet</h1>\n\
         <p>The page appears here as soon as the errors below are fixed.</p></main>\n\
         {}</body>\n</html>\n",
        head(snapshot),
        panel_with(snapshot, preview, "")
    )
}

/// The panel with the errors over a page of the last good portal.
pub(super) fn panel(snapshot: &Snapshot, preview: &Preview) -> String {
    let remark = match snapshot.portal.as_ref().is_some_and(|portal| portal.is_partial) {
        true => ": the pages show what is right so far",
        false => ": this page shows the last good version",
    };
    panel_with(snapshot, preview, remark)
}

/// The panel with the errors. `remark` follows their number.
fn panel_with(snapshot: &Snapshot, preview: &Preview, remark: &str) -> String {
    let errors = snapshot.errors();
    let shown = &errors[..errors.len().min(MAX_ERRORS)];
    let items = emit::html(shown, &snapshot.sources, preview.editor_url.as_deref());
    let note = match errors.len() - shown.len() {
        0 => String::new(),
        hidden => format!("<p>… and {hidden} more</p>\n"),
    };
    format!(
        "<section id=\"milepost-panel\" role=\"alert\" aria-label=\"Errors\" lang=\"en\" dir=\"ltr\">\n\
         <h2>{}{remark}</h2>\n<ol>\n{items}</ol>\n{note}</section>\n",
        emit::summary(&errors)
    )
}

/// The server-sent event for a new snapshot: its version, the version before it, whether it has
/// errors, and the path of a changed style sheet.
pub(super) fn event(snapshot: &Snapshot) -> String {
    let style = snapshot.changed_stylesheet.as_deref().unwrap_or_default();
    let version = version(snapshot.version);
    let before = self::version(snapshot.version.saturating_sub(1));
    let errors = snapshot.has_errors();
    format!("data: {version} {before} {errors} {style}\n\n")
}

/// A version that no earlier run of the program used.
fn version(number: u64) -> String {
    format!("{}-{number}", std::process::id())
}

/// Adds the preview's files to a security policy.
fn allow_preview_files(policy: &str, host: &str) -> String {
    let host = escape(host).to_string();
    let mut directives: Vec<String> = policy
        .split(';')
        .map(|directive| directive.trim().to_owned())
        .filter(|directive| !directive.is_empty())
        .collect();
    for (name, file) in
        [("script-src", "preview.js"), ("style-src", "preview.css"), ("connect-src", "")]
    {
        let source = format!("http://{host}{PREVIEW_PATH}{file}");
        match directives.iter_mut().find(|directive| directive.split(' ').next() == Some(name)) {
            Some(directive) => *directive = format!("{directive} {source}"),
            None => directives.push(format!("{name} {source}")),
        }
    }
    directives.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_also_allows_the_files_of_the_preview_and_no_others() {
        let policy = "default-src 'none'; style-src 'self'; connect-src 'self'";
        let preview = "http://127.0.0.1:8000/__milepost/";
        assert_eq!(
            allow_preview_files(policy, "127.0.0.1:8000"),
            format!(
                "default-src 'none'; style-src 'self' {preview}preview.css; connect-src 'self' {preview}; \
                 script-src {preview}preview.js"
            )
        );
    }
}
