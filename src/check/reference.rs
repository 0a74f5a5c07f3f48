//! Resolves the plans, agencies, assessors and articles.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::draft::{
    ActionPlanDraft, AgencyDraft, ArticleDraft, AssessorDraft, FormerNameDraft, SuccessionDraft,
    is_usable_name,
};
use crate::model::{
    ActionPlan, Agency, AgencyId, Article, Assessor, AssessorDetails, AssessorId, AssessorKind,
    Chapter, FormerName, Succession,
};
use crate::problems::{self, Noun};
use crate::route::Routes;
use crate::source::Spanned;

/// Resolves the assessors with a file, and adds the built-in ones.
pub(super) fn resolve_assessors(drafts: &[AssessorDraft]) -> BTreeMap<AssessorId, Arc<Assessor>> {
    let with_file = drafts.iter().filter_map(|draft| {
        let AssessorDraft { id, file, name, kind, website, span: _ } = draft.clone();
        let website = website.map(|website| website.value);
        let details = Some(AssessorDetails { file, name: name?, website });
        Some(Assessor { id, kind: kind?.value, details })
    });
    let built_in = AssessorKind::BUILT_IN.into_iter().map(Assessor::built_in);
    let all = built_in.chain(with_file);
    all.map(|assessor| (assessor.id.clone(), Arc::new(assessor))).collect()
}

pub(super) fn resolve_plan(
    draft: ActionPlanDraft,
    diagnostics: &mut Diagnostics,
) -> Option<ActionPlan> {
    let ActionPlanDraft {
        id,
        file,
        title,
        number,
        start_date,
        end_date,
        next_report_due,
        chapters,
    } = draft;
    let mut resolved: Vec<Chapter> = Vec::new();
    let mut first_spans: Vec<Spanned<String>> = Vec::new();
    for chapter in chapters {
        let (Some(number), Some(title)) = (chapter.number, chapter.title) else { continue };
        match first_spans.iter().find(|first| first.value == number.value) {
            Some(first) => {
                let problem =
                    problems::duplicate(number.span, Noun::Chapter, &number.value, first.span);
                diagnostics.add(problem);
            }
            None => {
                resolved.push(Chapter { number: number.value.clone(), title });
                first_spans.push(number);
            }
        }
    }
    Some(ActionPlan {
        id,
        file,
        title: title?,
        number,
        start_date: start_date?.value,
        end_date: end_date?.value,
        next_report_due: next_report_due.map(|date| date.value),
        chapters: resolved,
    })
}

pub(super) fn resolve_agency(
    draft: AgencyDraft,
    by_name: &mut BTreeMap<String, Arc<Agency>>,
) -> Option<Arc<Agency>> {
    let AgencyDraft {
        id,
        file,
        name,
        short_name,
        website,
        aliases,
        from,
        until,
        former_names,
        became,
    } = draft;
    let names: Vec<String> = aliases.iter().map(|alias| alias.value.clone()).collect();
    let former_name =
        |draft: FormerNameDraft| Some(FormerName { name: draft.name?, until: draft.until?.value });
    let succession = |draft: SuccessionDraft| {
        let agency = AgencyId::new(&draft.agency?.value);
        Some(Succession {
            agency,
            date: draft.date?.value,
            kind: draft.kind.map(|kind| kind.value),
        })
    };
    let mut former_names: Vec<_> = former_names.into_iter().filter_map(former_name).collect();
    former_names.sort_by_key(|former| former.until);
    let agency = Arc::new(Agency {
        id,
        file,
        name: name?,
        short_name,
        website: website.map(|website| website.value),
        // An alias may also be another spelling of the name, which need not be usable in an address.
        aliases: usable_names(aliases),
        from: from.map(|date| date.value),
        until: until.map(|date| date.value),
        former_names,
        became: became.into_iter().filter_map(succession).collect(),
    });
    by_name.insert(agency.id.as_str().to_owned(), Arc::clone(&agency));
    for name in names {
        by_name.entry(name).or_insert_with(|| Arc::clone(&agency));
    }
    Some(agency)
}

/// Returns the aliases that can be part of an address. The others are reported by a rule.
pub(super) fn usable_names(aliases: Vec<Spanned<String>>) -> Vec<String> {
    let names = aliases.into_iter().map(|alias| alias.value);
    names.filter(|name| is_usable_name(name)).collect()
}

pub(super) fn resolve_article(
    draft: ArticleDraft,
    routes: &Routes,
    diagnostics: &mut Diagnostics,
) -> Option<Article> {
    let ArticleDraft { id, file, title, body, aliases, links: _ } = draft;
    if routes.is_reserved(id.as_str()) {
        diagnostics.add(problems::reserved_name(&file, id.as_str()));
        return None;
    }
    for alias in aliases.iter().filter(|alias| routes.is_reserved(&alias.value)) {
        diagnostics.add(problems::alias_taken(alias.span, &alias.value, None));
    }
    let mut aliases = usable_names(aliases);
    aliases.retain(|alias| !routes.is_reserved(alias));
    Some(Article { id, file, title, body, aliases })
}
