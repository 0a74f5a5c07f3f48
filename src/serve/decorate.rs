//! What the preview adds to a page: a script that shows changes at once, and a panel with what is
//! wrong. Nothing of it is ever in a portal that is published.

use super::snapshot::Snapshot;
use crate::emit::{self, Style};
use crate::html::escape;

/// Below this, addresses are the preview's own.
pub(super) const OWN: &str = "/__milepost/";

pub(super) const SCRIPT: &str = include_str!("preview.js");
pub(super) const STYLE: &str = include_str!("preview.css");

/// How many characters fit on a line of the panel.
const WIDTH: usize = 96;

/// How many mistakes the panel shows.
const MAX_SHOWN: usize = 30;

/// The page with the script in its head, and the panel at its end if something is wrong. The page's
/// own security policy is widened by just the preview's files, so that whatever else it forbids is
/// forbidden here too.
pub(super) fn page(html: Vec<u8>, snapshot: &Snapshot, host: &str) -> String {
    let mut html = String::from_utf8_lossy(&html).into_owned();
    const POLICY: &str = "http-equiv=\"Content-Security-Policy\" content=\"";
    if let Some(start) = html.find(POLICY).map(|at| at + POLICY.len())
        && let Some(end) = html[start..].find('"').map(|length| start + length)
    {
        let widened = widened(&html[start..end], host);
        html.replace_range(start..end, &widened);
    }
    if let Some(at) = html.find("</head>") {
        html.insert_str(at, &head(snapshot));
    }
    if snapshot.has_errors() {
        let at = html.rfind("</body>").unwrap_or(html.len());
        html.insert_str(at, &panel(snapshot));
    }
    html
}

fn head(snapshot: &Snapshot) -> String {
    let number = snapshot.version;
    format!(
        "<link rel=\"stylesheet\" href=\"{OWN}preview.css\">\n\
         <script src=\"{OWN}preview.js\" data-version=\"{}\" defer></script>\n",
        version(number)
    )
}

/// A page for a site of which there is nothing to show yet.
pub(super) fn nothing_to_show(snapshot: &Snapshot) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Nothing to show yet</title>\n{}</head>\n<body>\n\
         <main class=\"milepost-empty\"><h1>Nothing to show yet</h1>\n\
         <p>The page appears here as soon as the errors below are fixed.</p></main>\n\
         {}</body>\n</html>\n",
        head(snapshot),
        panel(snapshot)
    )
}

/// What is wrong, as `check` prints it.
pub(super) fn panel(snapshot: &Snapshot) -> String {
    let errors = snapshot.errors();
    let shown = &errors[..errors.len().min(MAX_SHOWN)];
    let told = emit::human(shown, &snapshot.sources, Style { is_coloured: false, width: WIDTH });
    let more = match errors.len() - shown.len() {
        0 => String::new(),
        more => format!("… and {more} more\n"),
    };
    format!(
        "<section id=\"milepost-panel\" role=\"alert\" aria-label=\"Errors\">\n\
         <h2>{}{}</h2>\n<pre>{}{more}</pre>\n</section>\n",
        emit::summary(&errors),
        if snapshot.portal.is_some() { ": this page shows the last good version" } else { "" },
        escape(&told)
    )
}

/// What a page hears of a new snapshot.
pub(super) fn event(snapshot: &Snapshot) -> String {
    let style = snapshot.changed_stylesheet.as_deref().unwrap_or_default();
    let version = version(snapshot.version);
    let before = self::version(snapshot.version.saturating_sub(1));
    let errors = snapshot.has_errors();
    format!("data: {version} {before} {errors} {style}\n\n")
}

/// A number that an earlier run of the program did not have.
fn version(number: u64) -> String {
    format!("{}-{number}", std::process::id())
}

/// The policy that allows the preview's files besides.
fn widened(policy: &str, host: &str) -> String {
    let host = escape(host).to_string();
    let mut directives: Vec<String> =
        policy.split(';').map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect();
    for (name, file) in
        [("script-src", "preview.js"), ("style-src", "preview.css"), ("connect-src", "")]
    {
        let source = format!("http://{host}{OWN}{file}");
        match directives.iter_mut().find(|it| it.split(' ').next() == Some(name)) {
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
    fn a_policy_is_widened_by_the_previews_files_only() {
        let policy = "default-src 'none'; style-src 'self'; connect-src 'self'";
        let own = "http://127.0.0.1:8000/__milepost/";
        assert_eq!(
            widened(policy, "127.0.0.1:8000"),
            format!(
                "default-src 'none'; style-src 'self' {own}preview.css; connect-src 'self' {own}; \
                 script-src {own}preview.js"
            )
        );
    }
}
