//! Checks the drafts and converts them to the portal.
//!
//! [`resolve`] consumes the drafts and replaces every name with the thing that it refers to. A
//! draft that is incomplete or wrong is left out of the portal, with a problem that says why. This
//! module does not read files and does not know how pages look.

mod commitment;
mod dates;
mod links;
mod milestones;
mod quality;
mod reference;
mod resolver;
mod rules;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::draft::{AssessmentDraft, CommitmentDraft, Drafts};
use crate::model::{
    Assessor, AssessorId, Commitment, Content, PartialDate, Portal, Report, ReportId, Site,
};
use crate::route::Routes;
use crate::settings::Settings;
use crate::source::Span;
use dates::Dates;
use reference::resolve_article;
use resolver::Resolver;

/// Checks the drafts and resolves every name to the thing that it refers to. Adds to `diagnostics`
/// why a draft is left out. `today` decides only about warnings: whether a commitment is stale, and
/// whether a date lies in the future.
pub fn resolve(
    settings: &Settings,
    mut drafts: Drafts,
    routes: &Routes,
    today: PartialDate,
    diagnostics: &mut Diagnostics,
) -> Portal {
    rules::check_site(&drafts, diagnostics);
    links::check_all(&drafts, routes, diagnostics);
    let commitment_drafts = std::mem::take(&mut drafts.commitments);
    let resolver = Resolver::new(&drafts, settings, diagnostics);
    let dates = Dates { plans: &resolver.plans, today };
    dates.check_plans(&drafts.plans, diagnostics);
    dates.check_reports(&drafts.reports, diagnostics);
    let commitments = resolve_all(commitment_drafts, &resolver, &dates, settings, diagnostics);
    let Resolver { plans, reports, agencies, assessors, headline, .. } = resolver;
    let Drafts { articles, files, .. } = drafts;
    let articles = articles
        .into_iter()
        .filter_map(|draft| resolve_article(draft, routes, diagnostics))
        .collect();
    let content = Content {
        plans: plans.into_values().collect(),
        agencies,
        assessors: with_page(assessors, &reports),
        reports: reports.into_values().collect(),
        commitments,
        articles,
        files,
    };
    Portal::new(Site { headline, ..settings.site.clone() }, content)
}

/// Checks and resolves the commitments.
fn resolve_all(
    drafts: Vec<Arc<CommitmentDraft>>,
    resolver: &Resolver<'_>,
    dates: &Dates<'_>,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<Commitment>> {
    let months = settings.stale_after_months;
    let country = settings.site.country.as_deref();
    type Resolved = (Vec<Arc<Commitment>>, Diagnostics);
    let resolve = |(mut commitments, mut found): Resolved, draft: Arc<CommitmentDraft>| {
        rules::check_commitment(&draft, &mut found);
        dates.check_commitment(&draft, &mut found);
        quality::check_draft(&draft, &mut found);
        quality::phone_is_official(&draft, country, &mut found);
        let draft = Arc::unwrap_or_clone(draft);
        let written = draft.assessments.len() + draft.updates.len();
        let levels = level_spans(&draft);
        if let Some(commitment) = resolver.resolve_commitment(draft, &mut found) {
            // News with errors is news.
            if commitment.assessments.len() + commitment.updates.len() == written {
                let headline = &resolver.headline;
                quality::has_recent_news(&commitment, dates.today, months, headline, &mut found);
            }
            let headline = &resolver.headline;
            quality::says_what_prevents(&commitment, &levels, dates.today, headline, &mut found);
            commitments.push(Arc::new(commitment));
        }
        (commitments, found)
    };
    let join = |(mut commitments, mut found): Resolved, (more, more_found): Resolved| {
        commitments.extend(more);
        found.append(more_found);
        (commitments, found)
    };
    let (commitments, found) =
        drafts.into_par_iter().fold(Resolved::default, resolve).reduce(Resolved::default, join);
    diagnostics.append(found);
    commitments
}

/// The spans of the levels of a commitment, by the report that gives them.
fn level_spans(draft: &CommitmentDraft) -> BTreeMap<String, Span> {
    let span = |assessment: &AssessmentDraft| {
        Some((assessment.report.as_ref()?.value.clone(), assessment.level?.span))
    };
    draft.assessments.iter().filter_map(span).collect()
}

/// Returns the assessors that have a page: those with a file or a report.
fn with_page(
    assessors: BTreeMap<AssessorId, Arc<Assessor>>,
    reports: &BTreeMap<ReportId, Arc<Report>>,
) -> Vec<Arc<Assessor>> {
    let has_page = |assessor: &Arc<Assessor>| {
        assessor.details.is_some()
            || reports.values().any(|report| report.assessor.id == assessor.id)
    };
    assessors.into_values().filter(has_page).collect()
}
