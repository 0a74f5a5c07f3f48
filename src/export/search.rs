//! The index of the search, one for each language: two files that a page loads only when a reader
//! searches.
//!
//! The first has the titles and what a result shows, the second the words of all other texts, each with
//! the commitments that have it. Both speak of a commitment by its place in the first.

use std::collections::HashMap;
use std::io::{self, Write};

use fnv::FnvHashMap;
use serde::Serialize;

use super::Each;
use super::fold::{LETTERS, fold, spellings};
use crate::language::Language;
use crate::model::{Commitment, Portal, Standing, Text};
use crate::route::{Links, Route, Routes};

/// What `search/titles.json` says. `assets/search.js` reads it by the places in each list.
#[derive(Serialize)]
struct Titles<'a, C> {
    letters: &'a [(&'a str, &'a str)],
    standings: [&'static str; Standing::ALL.len()],
    /// The id, the name, and its language where that is not the page's.
    agencies: Vec<(&'a str, &'a str, &'a str)>,
    /// The plan and the chapter's number, as in `2014-2015/3.3.1`.
    chapters: Vec<String>,
    commitments: C,
    pages: Vec<PageRow<'a>>,
}

/// A commitment.
#[derive(Serialize)]
struct Row<'a>(
    /// The address below that of the home page.
    String,
    /// The title.
    &'a str,
    /// The title's language, where that is not the page's.
    &'a str,
    /// The places of standing, agency and chapter.
    usize,
    usize,
    Option<usize>,
    /// That another assessor sees it differently.
    String,
    /// Number, OGP's number and title, folded.
    String,
);

/// Another page.
#[derive(Serialize)]
struct PageRow<'a>(
    /// The address below that of the home page.
    String,
    /// The title.
    &'a str,
    /// The title's language, where that is not the page's.
    &'a str,
    /// What kind of page it is, in words.
    String,
    /// The title, folded.
    String,
);

/// Writes `search/titles.json`.
///
/// # Errors
/// Those of `out`.
pub fn search_titles(
    portal: &Portal,
    routes: &Routes,
    language: &Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let maker = Maker { language, links: routes.links_from(&Route::Home, &language.code) };
    let places = portal.agencies.iter().enumerate();
    let agency_places: HashMap<_, _> = places.map(|(at, agency)| (&agency.id, at)).collect();
    let mut chapters = Vec::new();
    let mut first_chapters = HashMap::new();
    for plan in &portal.plans {
        first_chapters.insert(&plan.id, chapters.len());
        chapters.extend(plan.chapters.iter().map(|it| format!("{}/{}", plan.id, it.number)));
    }
    let rows = || {
        portal.newest_first().iter().map(|commitment| {
            let agency = agency_places[&commitment.lead.id];
            let first_chapter = first_chapters[&commitment.plan.id];
            let chapter = commitment.chapter_place().map(|at| first_chapter + at);
            maker.commitment(commitment, agency, chapter, portal)
        })
    };
    let agencies = portal
        .agencies
        .iter()
        .map(|agency| maker.page(&agency.name, "agency", &Route::Agency(agency.id.clone())));
    let articles = portal
        .articles
        .iter()
        .map(|article| maker.page(&article.title, "article", &Route::Article(article.id.clone())));
    let plans = portal
        .plans
        .iter()
        .map(|plan| maker.page(&plan.title, "action_plan", &Route::Plan(plan.id.clone())));
    let reports = portal
        .reports
        .iter()
        .map(|report| maker.page(&report.title, "report", &Route::Report(report.id.clone())));
    let titles = Titles {
        letters: &LETTERS,
        standings: Standing::ALL.map(Standing::name),
        agencies: portal
            .agencies
            .iter()
            .map(|agency| {
                let (name, lang) = language.said(&agency.name);
                (agency.id.as_str(), name, lang)
            })
            .collect(),
        chapters,
        commitments: Each(rows),
        pages: agencies.chain(plans).chain(reports).chain(articles).collect(),
    };
    Ok(serde_json::to_writer(out, &titles)?)
}

struct Maker<'a> {
    language: &'a Language,
    links: Links<'a>,
}

impl<'a> Maker<'a> {
    fn commitment(
        &self,
        commitment: &'a Commitment,
        agency: usize,
        chapter: Option<usize>,
        portal: &Portal,
    ) -> Row<'a> {
        let (title, lang) = self.language.said(&commitment.title);
        let ogp_id = commitment.ogp_id.as_deref().unwrap_or_default();
        Row(
            self.links.page(&Route::Commitment(commitment.id.clone())),
            title,
            lang,
            commitment.standing as usize,
            agency,
            chapter,
            self.language.disagreement(commitment, portal.site.headline),
            folded([commitment.id.number(), ogp_id, title]),
        )
    }

    fn page(&self, title: &'a Text, kind: &str, route: &Route) -> PageRow<'a> {
        let (title, lang) = self.language.said(title);
        let kind = self.language.say(kind, &[]);
        PageRow(self.links.page(route), title, lang, kind, folded([title]))
    }
}

fn folded<const N: usize>(texts: [&str; N]) -> String {
    let mut folded = Vec::new();
    texts.into_iter().for_each(|text| fold(text, &mut folded));
    String::from_utf8(folded).expect("letters become letters")
}

/// Writes `search/words.json`: every word of the texts, in the order of its letters, and for each the
/// places of the commitments that have it, each as its distance from the one before.
///
/// # Errors
/// Those of `out`.
pub fn search_words(portal: &Portal, language: &Language, out: &mut dyn Write) -> io::Result<()> {
    let mut words = Words::default();
    for (at, commitment) in portal.newest_first().iter().enumerate() {
        // A reader may look for a level by its name.
        words.add(language.standing(commitment.standing), at);
        for text in texts(commitment) {
            let (passage, _) = text.in_language(&language.code);
            let mut pieces = passage.text.split(']');
            words.add(pieces.next().unwrap_or_default(), at);
            for piece in pieces {
                // What follows `](` is the address of a link.
                let read = match piece.strip_prefix('(') {
                    Some(link) => link.split_once(')').map_or("", |(_, rest)| rest),
                    None => piece,
                };
                words.add(read, at);
            }
        }
    }
    words.write(out)
}

/// Words, and which commitments have them.
#[derive(Default)]
struct Words<'t> {
    /// What each spelling is folded to, by places in `places`: most come again and again, and only a new
    /// one has to be folded.
    spellings: FnvHashMap<&'t [u8], Box<[usize]>>,
    /// The place of each word in `places`.
    words: FnvHashMap<Box<[u8]>, usize>,
    places: Vec<Places>,
}

/// The commitments that have a word.
#[derive(Default)]
struct Places {
    last: Option<usize>,
    /// Each as its distance from the one before, in seven bits a byte and the lowest first (LEB128):
    /// most are one byte.
    distances: Vec<u8>,
}

impl<'t> Words<'t> {
    /// Adds the words of a text that the commitment at this place has.
    fn add(&mut self, text: &'t str, at: usize) {
        for spelling in spellings(text) {
            let words = match self.spellings.get(spelling) {
                Some(words) => words,
                None => {
                    let words = self.fold(spelling);
                    self.spellings.entry(spelling).or_insert(words)
                }
            };
            for &word in words {
                self.places[word].add(at);
            }
        }
    }

    /// The words that a spelling is folded to: one most often, none for a soft sign, and two where
    /// there is a sign between them that is not ASCII.
    fn fold(&mut self, spelling: &[u8]) -> Box<[usize]> {
        let text =
            str::from_utf8(spelling).expect("a part of a text that begins and ends at ASCII");
        let mut folded = Vec::new();
        fold(text, &mut folded);
        let words = folded.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
        let place_of = |word: &[u8]| match self.words.get(word) {
            Some(&place) => place,
            None => {
                let place = self.places.len();
                self.words.insert(word.into(), place);
                self.places.push(Places::default());
                place
            }
        };
        words.map(place_of).collect()
    }

    /// Writes two texts of letters, digits, commas and spaces, which JSON takes as they are.
    fn write(self, out: &mut dyn Write) -> io::Result<()> {
        drop(self.spellings);
        let mut words: Vec<_> = self.words.into_iter().collect();
        words.sort_unstable();
        let space = |at: usize| if at > 0 { " " } else { "" };
        write!(out, "[\"")?;
        for (at, (word, _)) in words.iter().enumerate() {
            out.write_all(space(at).as_bytes())?;
            out.write_all(word)?;
        }
        write!(out, "\",\"")?;
        for (at, (_, place)) in words.iter().enumerate() {
            out.write_all(space(at).as_bytes())?;
            self.places[*place].write(out)?;
        }
        write!(out, "\"]")
    }
}

impl Places {
    fn add(&mut self, at: usize) {
        if self.last == Some(at) {
            return;
        }
        let mut distance = at - self.last.unwrap_or(0);
        while distance >= 0x80 {
            self.distances.push(distance as u8 | 0x80);
            distance >>= 7;
        }
        self.distances.push(distance as u8);
        self.last = Some(at);
    }

    /// Writes the distances as numbers with commas between them.
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let (mut distance, mut bits) = (0, 0);
        for (at, byte) in self.distances.iter().enumerate() {
            distance |= usize::from(byte & 0x7f) << bits;
            bits += 7;
            if byte & 0x80 == 0 {
                out.write_all(itoa::Buffer::new().format(distance).as_bytes())?;
                out.write_all(if at + 1 < self.distances.len() { b"," } else { b"" })?;
                (distance, bits) = (0, 0);
            }
        }
        Ok(())
    }
}

/// What is written of a commitment, besides its title.
fn texts(commitment: &Commitment) -> impl Iterator<Item = &Text> {
    let reports = commitment.assessments.iter().map(|it| &it.report.title);
    let names = [&commitment.lead].into_iter().chain(&commitment.supporting).map(|it| &it.name);
    let own = [Some(&commitment.description), Some(&commitment.objective)];
    let optional = [commitment.relevance.as_ref(), commitment.ambition.as_ref()];
    let milestones =
        commitment.milestones.iter().flat_map(|it| [Some(&it.title), it.description.as_ref()]);
    let assessments = commitment.assessments.iter().flat_map(|it| {
        let evidence = it.evidence.iter().map(|it| Some(&it.title));
        let texts = [&it.results, &it.next_steps, &it.additional_information, &it.note];
        texts.map(Option::as_ref).into_iter().chain(evidence)
    });
    let updates = commitment.updates.iter().map(|it| Some(&it.text));
    let reason = commitment.withdrawn.iter().map(|it| it.reason.as_ref());
    let written = own.into_iter().chain(optional).chain(milestones).chain(assessments);
    let written = written.chain(updates).chain(reason).flatten();
    names.chain(reports).chain(&commitment.partners).chain(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_distances() {
        let mut places = Places::default();
        [0, 0, 127, 255, 256, 20_000].into_iter().for_each(|at| places.add(at));
        let mut written = Vec::new();
        places.write(&mut written).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "0,127,128,1,19744");
    }
}
