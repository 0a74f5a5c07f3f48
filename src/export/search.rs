//! The search index of one language: two files, which a page loads only when a reader searches.
//!
//! The first file has the titles and the facts that results show, the second the words of all other
//! texts, each with the commitments that contain it. Both identify a commitment by its index in the
//! first file.

use std::collections::HashMap;
use std::fmt::Write;

use serde::Serialize;

use super::fold::{REPLACEMENTS, folded_words, tokens};
use crate::language::Language;
use crate::markdown;
use crate::model::{Agency, Commitment, PolicyArea, Portal, Standing, Text, TextKind};
use crate::route::{Links, Route, Routes};

/// The content of `search/titles.json`. `assets/search.js` reads the fields of a row by position.
#[derive(Serialize)]
struct TitleIndex<'a> {
    letters: &'a [(&'a str, &'a str)],
    standings: [&'static str; Standing::ALL.len()],
    /// The id, the name, and the language of the name (empty if it is the language of the index).
    agencies: Vec<(&'a str, &'a str, &'a str)>,
    /// The id, the title, and the language of the title; empty if there is only one plan.
    plans: Vec<(&'a str, &'a str, &'a str)>,
    /// The plan and the number of the chapter, as in `2014-2015/3.3.1`.
    chapters: Vec<String>,
    /// The policy areas of the commitments.
    areas: Vec<&'static str>,
    commitments: Vec<TitleRow<'a>>,
    pages: Vec<PageRow<'a>>,
}

/// A commitment.
#[derive(Serialize)]
struct TitleRow<'a>(
    /// The address, relative to the home page.
    String,
    /// The title.
    &'a str,
    /// The language of the title; empty if it is the language of the index.
    &'a str,
    /// The index of the standing.
    usize,
    /// The indices of the lead agencies.
    Vec<usize>,
    /// The index of the chapter.
    Option<usize>,
    /// Which other assessors give a different level, and when; otherwise empty.
    String,
    /// The number, OGP's number, the title and the official title, folded.
    String,
    /// The indices of the policy areas.
    Vec<usize>,
);

/// Another page.
#[derive(Serialize)]
struct PageRow<'a>(
    /// The address, relative to the home page.
    String,
    /// The title.
    &'a str,
    /// The language of the title; empty if it is the language of the index.
    &'a str,
    /// The kind of page, in words.
    String,
    /// The title, other names and initials, folded.
    String,
);

/// `search/titles.json`: the titles, and the facts that results show.
pub fn search_titles(portal: &Portal, routes: &Routes, language: &Language) -> Vec<u8> {
    let builder = RowBuilder { language, links: routes.links_from(&Route::Home, &language.code) };
    let agency_indices: HashMap<_, _> =
        portal.agencies.iter().enumerate().map(|(index, agency)| (&agency.id, index)).collect();
    let mut chapters = Vec::new();
    let mut first_chapters = HashMap::new();
    for plan in &portal.plans {
        first_chapters.insert(&plan.id, chapters.len());
        chapters
            .extend(plan.chapters.iter().map(|chapter| format!("{}/{}", plan.id, chapter.number)));
    }
    let areas: Vec<_> = portal.policy_areas().collect();
    let rows = portal.commitments.iter().map(|commitment| {
        let agencies = commitment.leads.iter().map(|agency| agency_indices[&agency.id]);
        let first_chapter = first_chapters[&commitment.plan.id];
        let chapter = commitment.chapter_index().map(|index| first_chapter + index);
        builder.commitment(commitment, agencies.collect(), chapter, &areas, portal)
    });
    let agencies = portal.agencies.iter().map(|agency| builder.agency(agency));
    let articles = portal.articles.iter().map(|article| {
        builder.page(&article.title, "article", &Route::Article(article.id.clone()))
    });
    let plans = portal
        .plans
        .iter()
        .map(|plan| builder.page(&plan.title, "action_plan", &Route::Plan(plan.id.clone())));
    let reports = portal
        .reports
        .iter()
        .map(|report| builder.page(&report.title, "report", &Route::Report(report.id.clone())));
    let titles = TitleIndex {
        letters: &REPLACEMENTS,
        standings: Standing::ALL.map(Standing::name),
        agencies: portal
            .agencies
            .iter()
            .map(|agency| {
                let (name, lang) = language.localized(&agency.name);
                (agency.id.as_str(), name, lang)
            })
            .collect(),
        plans: match portal.has_several_plans() {
            true => portal
                .plans
                .iter()
                .map(|plan| {
                    let (title, lang) = language.localized(&plan.title);
                    (plan.id.as_str(), title, lang)
                })
                .collect(),
            false => Vec::new(),
        },
        chapters,
        areas: areas.iter().map(|area| area.name()).collect(),
        commitments: rows.collect(),
        pages: agencies.chain(plans).chain(reports).chain(articles).collect(),
    };
    serde_json::to_vec(&titles).expect("plain values become JSON")
}

struct RowBuilder<'a> {
    language: &'a Language,
    links: Links<'a>,
}

impl<'a> RowBuilder<'a> {
    fn commitment(
        &self,
        commitment: &'a Commitment,
        agencies: Vec<usize>,
        chapter: Option<usize>,
        areas: &[PolicyArea],
        portal: &Portal,
    ) -> TitleRow<'a> {
        let (title, lang) = self.language.localized(&commitment.title);
        let official = commitment.official_title.as_ref();
        let official = official.map_or("", |title| self.language.localized(title).0);
        let area_index = |area: &PolicyArea| areas.iter().position(|other| other == area);
        let ogp_id = commitment.ogp_id.as_deref().unwrap_or_default();
        TitleRow(
            self.links.page(&Route::Commitment(commitment.id.clone())),
            title,
            lang,
            commitment.standing as usize,
            agencies,
            chapter,
            self.language.other_levels(commitment, &portal.site.headline).join(" · "),
            [commitment.id.number(), ogp_id, title, official].map(folded_words).concat(),
            commitment.policy_areas.iter().filter_map(area_index).collect(),
        )
    }

    /// Readers also find an agency by its other names and former addresses.
    fn agency(&self, agency: &'a Agency) -> PageRow<'a> {
        let mut row = self.page(&agency.name, "agency", &Route::Agency(agency.id.clone()));
        for name in names(agency).skip(1) {
            row.4 += &folded_words(self.language.localized(name).0);
        }
        row.4.extend(agency.aliases.iter().map(|alias| folded_words(alias)));
        row
    }

    /// Readers also find a page by the initials of its title.
    fn page(&self, title: &'a Text, kind: &str, route: &Route) -> PageRow<'a> {
        let (title, lang) = self.language.localized(title);
        let kind = self.language.message(kind, &[]);
        let words = folded_words(title) + &initials(title);
        PageRow(self.links.page(route), title, lang, kind, words)
    }
}

/// The folded initials of a title, with and without its short words: ` mof mf` for `Ministry of
/// Finance`.
fn initials(title: &str) -> String {
    let words = title.split(|character: char| !character.is_alphabetic());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let initials_of = |min_letters: usize| -> String {
        let words = words.iter().filter(|word| word.chars().count() >= min_letters);
        words.filter_map(|word| word.chars().next()).collect()
    };
    let mut all = vec![initials_of(1), initials_of(4)];
    all.dedup();
    let all = all.iter().filter(|initials| initials.chars().count() > 1);
    all.map(|initials| folded_words(initials)).collect()
}

/// `search/words.json`: the words of the texts in alphabetical order, and for each the commitments
/// that contain it. Each list is one string, which `assets/search.js` splits.
pub fn search_words(portal: &Portal, language: &Language) -> Vec<u8> {
    let mut index = InvertedIndex::default();
    for (document, commitment) in (0..).zip(&portal.commitments) {
        // Readers may search for the name of a level.
        index.add(language.standing(commitment.standing), document);
        for text in names_in(commitment) {
            index.add(&text.in_language(&language.code).0.text, document);
        }
        // The title is in the other file.
        let texts = commitment.texts().filter(|(_, text)| *text != &commitment.title);
        for (_, text) in texts {
            let passage = text.in_language(&language.code).0;
            match text.kind() {
                TextKind::Line => index.add(&passage.text, document),
                TextKind::Markdown | TextKind::Article => {
                    index.add(&markdown::plain_text(passage), document);
                }
            }
        }
    }
    index.to_json()
}

/// Words with their postings: the documents that contain them, in ascending order.
#[derive(Default)]
struct InvertedIndex {
    postings: HashMap<String, Vec<u32>>,
}

impl InvertedIndex {
    /// Adds the words of a text. Documents must be added in ascending order.
    fn add(&mut self, text: &str, document: u32) {
        for token in tokens(text) {
            let postings = self.postings.entry(token).or_default();
            if postings.last() != Some(&document) {
                postings.push(document);
            }
        }
    }

    /// Two strings: the words, and their postings as distances from one document to the next.
    fn to_json(&self) -> Vec<u8> {
        let mut entries: Vec<_> = self.postings.iter().collect();
        entries.sort_unstable();
        let words: Vec<&str> = entries.iter().map(|(word, _)| word.as_str()).collect();
        let postings: Vec<String> =
            entries.iter().map(|(_, documents)| distances(documents)).collect();
        serde_json::to_vec(&(words.join(" "), postings.join(" "))).expect("strings become JSON")
    }
}

fn distances(documents: &[u32]) -> String {
    let mut distances = String::new();
    let mut last = 0;
    for document in documents {
        let comma = if distances.is_empty() { "" } else { "," };
        write!(distances, "{comma}{}", document - last).expect("writing to a string does not fail");
        last = *document;
    }
    distances
}

/// The names of the agencies and reports that a commitment refers to.
fn names_in(commitment: &Commitment) -> impl Iterator<Item = &Text> {
    let agencies = commitment.leads.iter().chain(&commitment.supporting);
    let reports = commitment.assessments.iter().map(|assessment| &assessment.report.title);
    agencies.flat_map(|agency| names(agency)).chain(reports)
}

/// The name of an agency, its short name and the names that it had.
fn names(agency: &Agency) -> impl Iterator<Item = &Text> {
    let former = agency.former_names.iter().map(|former| &former.name);
    [&agency.name].into_iter().chain(&agency.short_name).chain(former)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_all_words_and_of_long_words() {
        assert_eq!(initials("Ministry of Finance"), " mof mf");
        assert_eq!(initials("National Action Plan 2014–2015"), " nap");
        assert_eq!(initials("Сангийн яам"), " sia");
        assert_eq!(initials("Ministries"), "");
    }

    #[test]
    fn postings_are_written_as_distances() {
        assert_eq!(distances(&[0, 127, 255, 256, 20_000]), "0,127,128,1,19744");
    }
}
