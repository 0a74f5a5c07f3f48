//! Checks that the links in Markdown texts lead to addresses that exist.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::draft::Drafts;
use crate::model::{CommitmentId, PolicyArea};
use crate::problems;
use crate::route::{Route, Routes, Target};

/// Reports the links whose target is neither a page nor a file of the portal, or is a draft.
pub(super) fn check_all(drafts: &Drafts, routes: &Routes, diagnostics: &mut Diagnostics) {
    let unpublished = drafts.commitments.iter().filter(|commitment| commitment.is_draft);
    let sources = unpublished.clone().filter_map(|draft| draft.title.as_ref());
    let sources: Vec<_> = sources.map(|title| title.original().span.source).collect();
    let unpublished: BTreeSet<&CommitmentId> = unpublished.map(|draft| &draft.id).collect();
    let published = drafts.commitments.iter().filter(|commitment| !commitment.is_draft);
    let published_areas: BTreeSet<PolicyArea> =
        published.flat_map(|draft| &draft.policy_areas).map(|area| area.value).collect();
    // Only `milepost links` asks for pages of other sites.
    for link in drafts.links.iter().filter(|link| link.value.starts_with('/')) {
        let target = routes.target(&link.value);
        let is_draft = match target {
            Some(Target::Page(Route::Commitment(id))) => unpublished.contains(id),
            Some(Target::Page(Route::PolicyArea(area))) => !published_areas.contains(area),
            _ => false,
        };
        if is_draft && !sources.contains(&link.span.source) {
            diagnostics.add(problems::link_to_draft(link.span, &link.value));
        }
        if target.is_none() {
            let known = routes.known();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            diagnostics.add(problems::broken_link(link.span, &link.value, &known));
        }
    }
}
