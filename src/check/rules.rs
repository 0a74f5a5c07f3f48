//! The rules for a valid site that do not concern references: a flat list with one function per
//! rule. A violation is an error.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::Diagnostics;
use crate::draft::{CommitmentDraft, Drafts, RescheduleDraft, is_usable_name};
use crate::model::{ArticleId, EndDate, PartialDate, Text};
use crate::problems::{self, Noun};
use crate::source::{Span, Spanned};
use crate::unicode;

/// The rules for the whole site. To add a rule, add one function and one entry.
const RULES: &[fn(&Drafts, &mut Diagnostics)] = &[
    some_commitment,
    plans_end_after_they_start,
    addresses_differ,
    aliases_are_free,
    each_ogp_id_once,
    titles_differ,
    agency_names_differ,
    merges_end,
    references_are_public,
    agencies_change_in_order,
    successions_end,
];

/// The rules that concern a single commitment.
const COMMITMENT_RULES: &[fn(&CommitmentDraft, &mut Diagnostics)] =
    &[ends_after_it_starts, deadlines_follow, each_value_once, each_policy_area_once];

/// Checks a commitment against [`COMMITMENT_RULES`].
pub(super) fn check_commitment(commitment: &CommitmentDraft, diagnostics: &mut Diagnostics) {
    for rule in COMMITMENT_RULES {
        rule(commitment, diagnostics);
    }
}

/// Checks the drafts against [`RULES`].
pub(super) fn check_site(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    for rule in RULES {
        rule(drafts, diagnostics);
    }
}

fn some_commitment(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    if drafts.declared.commitments.is_empty() {
        diagnostics.add(problems::empty_site("content/commitments"));
    }
}

fn plans_end_after_they_start(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    for plan in &drafts.plans {
        in_order(plan.start_date, plan.end_date.map(|end| end.map(EndDate::On)), diagnostics);
    }
}

fn each_ogp_id_once(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    let ids = drafts.commitments.iter().filter_map(|commitment| commitment.ogp_id.as_ref());
    for (id, first) in repeated(ids.map(|id| (id.value.as_str(), id.span))) {
        diagnostics.add(problems::duplicate_ogp_id(id.span, id.value, first));
    }
}

fn titles_differ(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    let titles = drafts.commitments.iter().filter_map(|commitment| {
        let title = commitment.title.as_ref()?;
        Some(((&commitment.id.plan, folded(title)), title.original().first_line()))
    });
    for (title, first) in repeated(titles) {
        diagnostics.add(problems::same_title(title.span, first));
    }
}

fn agency_names_differ(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    let names = drafts.agencies.iter().filter_map(|agency| agency.name.as_ref());
    let names = names.map(|name| (folded(name), name.original().first_line()));
    for (name, first) in repeated(names) {
        diagnostics.add(problems::same_agency_name(name.span, first));
    }
}

/// Following `merged_into` from commitment to commitment ends.
fn merges_end(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    let references = drafts
        .commitments
        .iter()
        .map(|commitment| (commitment.id.to_string(), commitment.merged_into.iter().collect()));
    for first in circular(&references.collect()) {
        diagnostics.add(problems::merged_in_a_circle(first.span, &first.value));
    }
}

/// Returns the references from which following references leads back to where they are written.
/// `references` has those of each commitment or agency.
fn circular<'d>(
    references: &BTreeMap<String, Vec<&'d Spanned<String>>>,
) -> Vec<&'d Spanned<String>> {
    let leads_back = |start: &String, first: &Spanned<String>| {
        let mut seen = BTreeSet::new();
        let mut rest = vec![first.value.as_str()];
        while let Some(name) = rest.pop() {
            if seen.insert(name) {
                let next = references.get(name).into_iter().flatten();
                rest.extend(next.map(|next| next.value.as_str()));
            }
        }
        seen.contains(start.as_str())
    };
    let firsts =
        references.iter().flat_map(|(start, names)| names.iter().map(move |name| (start, *name)));
    firsts.filter(|(start, first)| leads_back(start, first)).map(|(_, first)| first).collect()
}

/// An agency was founded before it was abolished, and its former names are not its name.
fn agencies_change_in_order(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    for agency in &drafts.agencies {
        if let (Some(from), Some(until)) = (agency.from, agency.until)
            && until.value.is_before(from.value)
        {
            diagnostics.add(problems::end_before_start(["from", "until"], until.span, from.span));
        }
        let former = agency.former_names.iter().filter_map(|former| former.name.as_ref());
        let Some(name) = &agency.name else { continue };
        for former in former.filter(|former| folded(former) == folded(name)) {
            let (span, name) = (former.original().first_line(), name.original().first_line());
            diagnostics.add(problems::former_name_is_name(span, name));
        }
    }
}

/// Following `[[became]]` from agency to agency ends.
fn successions_end(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    let references = drafts.agencies.iter().map(|agency| {
        let successors = agency.became.iter().filter_map(|became| became.agency.as_ref());
        (agency.id.to_string(), successors.collect())
    });
    for first in circular(&references.collect()) {
        diagnostics.add(problems::became_in_a_circle(first.span, &first.value));
    }
}

/// Published commitments do not refer to drafts, and are not merged into withdrawn ones.
fn references_are_public(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    let commitments = drafts.commitments.iter();
    let commitments: HashMap<String, _> =
        commitments.map(|commitment| (commitment.id.to_string(), commitment)).collect();
    let target = |name: &Spanned<String>| commitments.get(&name.value);
    for commitment in drafts.commitments.iter().filter(|commitment| !commitment.is_draft) {
        for name in commitment.carried_from.iter().chain(&commitment.merged_into) {
            if target(name).is_some_and(|target| target.is_draft) {
                diagnostics.add(problems::reference_to_draft(name.span, &name.value));
            }
        }
    }
    for name in drafts.commitments.iter().filter_map(|commitment| commitment.merged_into.as_ref()) {
        if target(name).is_some_and(|target| target.withdrawn.is_some()) {
            diagnostics.add(problems::merged_into_withdrawn(name.span, &name.value));
        }
    }
}

/// A text in the site's default language, without differences in case and white space.
fn folded(text: &Text) -> String {
    let words: Vec<&str> = text.original().text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// Returns each value that occurred before, with the span of its first occurrence.
fn repeated<T: Ord + Clone>(values: impl Iterator<Item = (T, Span)>) -> Vec<(Spanned<T>, Span)> {
    let mut first_spans = BTreeMap::new();
    let mut repeated = Vec::new();
    for (value, span) in values {
        match first_spans.get(&value) {
            Some(&first) => repeated.push((Spanned { value, span }, first)),
            None => {
                first_spans.insert(value, span);
            }
        }
    }
    repeated
}

fn ends_after_it_starts(commitment: &CommitmentDraft, diagnostics: &mut Diagnostics) {
    in_order(commitment.start_date, commitment.end_date, diagnostics);
    for milestone in &commitment.milestones {
        in_order(milestone.start_date, milestone.end_date, diagnostics);
    }
}

/// Each moved deadline begins where the one before ends, and the last is the deadline that holds now.
fn deadlines_follow(commitment: &CommitmentDraft, diagnostics: &mut Diagnostics) {
    let moved = &commitment.rescheduled;
    for (from, to) in moved.iter().filter_map(|moved| moved.from.zip(moved.to)) {
        if from.value == to.value {
            diagnostics.add(problems::deadline_stays(to.span, from.span));
        }
    }
    for (index, later) in moved.iter().enumerate() {
        let is_newer = |earlier: &&RescheduleDraft| {
            let dates = later.date.zip(earlier.date);
            dates.is_some_and(|(date, earlier)| date.value.is_before(earlier.value))
        };
        if let (Some(newer), Some(date)) = (moved[..index].iter().find(is_newer), later.date) {
            diagnostics.add(problems::rescheduled_order(date.span, later.line, newer.line));
            return;
        }
    }
    for pair in moved.windows(2) {
        if let (Some(to), Some(from)) = (pair[0].to, pair[1].from)
            && to.value != from.value
        {
            diagnostics.add(problems::deadlines_differ(from.span, "from", from.value, to));
        }
    }
    let last = moved.last().and_then(|moved| moved.to);
    if let (Some(to), Some(Spanned { value: EndDate::On(end), span })) = (last, commitment.end_date)
        && to.value != end
    {
        diagnostics.add(problems::deadlines_differ(span, "end_date", end, to));
    }
}

fn in_order(
    start: Option<Spanned<PartialDate>>,
    end: Option<Spanned<EndDate>>,
    diagnostics: &mut Diagnostics,
) {
    let (Some(start), Some(Spanned { value: EndDate::On(end), span })) = (start, end) else {
        return;
    };
    if end.is_before(start.value) {
        diagnostics.add(problems::end_before_start(["start_date", "end_date"], span, start.span));
    }
}

fn each_value_once(commitment: &CommitmentDraft, diagnostics: &mut Diagnostics) {
    let names = commitment.values.iter().map(|value| value.map(|value| value.name()));
    each_once(Noun::OgpValue, names, diagnostics);
}

fn each_policy_area_once(commitment: &CommitmentDraft, diagnostics: &mut Diagnostics) {
    let names = commitment.policy_areas.iter().map(|area| area.map(|area| area.name()));
    each_once(Noun::PolicyArea, names, diagnostics);
}

fn each_once(
    noun: Noun,
    names: impl Iterator<Item = Spanned<&'static str>>,
    diagnostics: &mut Diagnostics,
) {
    for (name, first) in repeated(names.map(|name| (name.value, name.span))) {
        diagnostics.add(problems::duplicate(name.span, noun, name.value, first));
    }
}

/// Reports files whose paths would clash on some hosts. Some file systems and hosts ignore case, or
/// the difference between an accented letter and a letter followed by a combining accent (the
/// Unicode normalisation forms NFC and NFD).
fn addresses_differ(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    let declared = &drafts.declared;
    let in_folder = |folder: &str, name: &str, ending: &str| format!("{folder}/{name}{ending}");
    let mut paths: Vec<String> = Vec::new();
    paths.extend(declared.plans.iter().map(|id| in_folder("action-plans", id.as_str(), ".toml")));
    paths.extend(declared.agencies.iter().map(|id| in_folder("agencies", id.as_str(), ".toml")));
    paths.extend(declared.reports.iter().map(|id| in_folder("reports", id.as_str(), ".toml")));
    paths.extend(
        declared.commitments.iter().map(|id| in_folder("commitments", &id.to_string(), ".toml")),
    );
    paths.extend(originals(&declared.articles).map(|id| in_folder("articles", id.as_str(), ".md")));
    paths.extend(drafts.files.iter().map(|file| file.path.clone()));
    let mut first_paths: HashMap<String, &str> = HashMap::with_capacity(paths.len());
    for path in &paths {
        let folded = match path.is_ascii() {
            true => path.to_ascii_lowercase(),
            false => unicode::nfc(path).to_lowercase(),
        };
        match first_paths.get(&folded) {
            Some(other) => diagnostics.add(problems::address_clash(
                &format!("content/{path}"),
                &format!("content/{other}"),
                &folded,
            )),
            None => {
                first_paths.insert(folded, path);
            }
        }
    }
}

/// Reports aliases that are also an id or an earlier alias, and aliases that no address can
/// contain.
fn aliases_are_free(drafts: &Drafts, diagnostics: &mut Diagnostics) {
    let declared = &drafts.declared;
    let has_aliases = drafts.agencies.iter().any(|agency| !agency.aliases.is_empty())
        || drafts.commitments.iter().any(|commitment| !commitment.aliases.is_empty())
        || drafts.articles.iter().any(|article| !article.aliases.is_empty());
    if !has_aliases {
        return;
    }
    let mut taken: BTreeMap<String, Option<Span>> = BTreeMap::new();
    taken
        .extend(declared.agencies.iter().map(|id| (format!("agencies/{id}").to_lowercase(), None)));
    taken.extend(
        declared.commitments.iter().map(|id| (format!("commitments/{id}").to_lowercase(), None)),
    );
    taken.extend(declared.articles.iter().map(|id| (format!("/{id}").to_lowercase(), None)));
    let articles = drafts
        .articles
        .iter()
        .flat_map(|article| article.aliases.iter().map(|alias| (String::new(), alias, false)));
    // An agency's alias may be another spelling of its name, which need not be usable in an
    // address.
    let agencies = drafts
        .agencies
        .iter()
        .flat_map(|agency| agency.aliases.iter().map(|alias| ("agencies".to_owned(), alias, true)));
    let commitments = drafts.commitments.iter().flat_map(|commitment| {
        let folder = format!("commitments/{}", commitment.id.plan);
        commitment.aliases.iter().map(move |alias| (folder.clone(), alias, false))
    });
    for (folder, alias, may_be_a_spelling) in agencies.chain(commitments).chain(articles) {
        if !is_usable_name(&alias.value) && !may_be_a_spelling {
            diagnostics.add(problems::unusable_alias(alias.span, &alias.value));
            continue;
        }
        let address = format!("{folder}/{}", alias.value).to_lowercase();
        match taken.get(&address) {
            Some(other) => diagnostics.add(problems::alias_taken(alias.span, &alias.value, *other)),
            None => {
                taken.insert(address, Some(alias.span));
            }
        }
    }
}

/// Returns each article once, although its id is declared once per language. Equal ids must be
/// adjacent.
fn originals(articles: &[ArticleId]) -> impl Iterator<Item = &ArticleId> {
    let mut last = None;
    articles.iter().filter(move |id| last.replace(id.as_str()) != Some(id.as_str()))
}
