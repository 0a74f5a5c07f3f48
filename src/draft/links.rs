//! The links in Markdown texts. Whether their targets exist is checked later, in `check`.

use crate::diagnostic::Diagnostics;
use crate::markdown::{self, TextKind};
use crate::model::Text;
use crate::source::Spanned;

/// Checks Markdown texts in every language and returns their links to addresses of this site.
pub(super) fn check_markdown<'t>(
    texts: impl Iterator<Item = &'t Text>,
    kind: TextKind,
    diagnostics: &mut Diagnostics,
) -> Vec<Spanned<String>> {
    texts
        .flat_map(Text::passages)
        .flat_map(|passage| markdown::check(passage, kind, diagnostics))
        .collect()
}
