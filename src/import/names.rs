//! The agencies that a text names: those of the site, by any of their names, and new ones.
//!
//! This module does not know where a text comes from.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::section::Section;
use crate::draft::{AgencyDraft, is_usable_name};
use crate::format::Kind;
use crate::model::Text;
use crate::problems::words::{as_file_name, one_line};

/// The agencies of the site and of the import.
pub(super) struct Agencies {
    /// The id by each of its names, as [`folded`]; `None` if it is the name of several.
    ids: HashMap<String, Option<String>>,
    /// The names in lower case, as the site writes them.
    names: BTreeSet<String>,
    taken: BTreeSet<String>,
    /// The number to try next for an id that is taken.
    next: HashMap<String, usize>,
    /// The names of new agencies, by id.
    new: BTreeMap<String, String>,
}

/// How a name led to an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// It is a name of the agency.
    Same,
    /// It is a name of the agency, apart from case, small words and spelling.
    Similar,
    /// The agency is new.
    New,
}

/// Names in one text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Names {
    One(String),
    Several(Vec<String>),
    /// One name that may be several.
    Unclear(Vec<String>),
}

impl Names {
    pub(super) fn all(&self) -> &[String] {
        match self {
            Names::One(name) => std::slice::from_ref(name),
            Names::Several(names) | Names::Unclear(names) => names,
        }
    }
}

impl Agencies {
    /// The agencies of a site.
    pub(super) fn new(drafts: &[AgencyDraft]) -> Self {
        let mut agencies = Agencies {
            ids: HashMap::new(),
            names: BTreeSet::new(),
            taken: BTreeSet::new(),
            next: HashMap::new(),
            new: BTreeMap::new(),
        };
        for draft in drafts {
            let id = draft.id.as_str();
            let former = draft.former_names.iter().filter_map(|former| former.name.as_ref());
            let texts = draft.name.iter().chain(&draft.short_name).chain(former);
            let texts =
                texts.flat_map(Text::passages).map(|passage| passage.text.trim().to_owned());
            let aliases = draft.aliases.iter().map(|alias| alias.value.clone());
            for name in texts.chain(aliases).chain([id.to_owned()]) {
                agencies.learn(&name, id);
            }
            agencies.taken.insert(id.to_lowercase());
        }
        agencies
    }

    fn learn(&mut self, name: &str, id: &str) {
        self.names.insert(name.to_lowercase());
        let known = self.ids.entry(folded(name)).or_insert_with(|| Some(id.to_owned()));
        if known.as_deref() != Some(id) {
            *known = None;
        }
    }

    /// Returns the id of the agency with a name.
    pub(super) fn find(&self, name: &str) -> Option<(String, Match)> {
        let id = self.ids.get(&folded(name))?.clone()?;
        let is_same = self.names.contains(&name.to_lowercase());
        Some((id, if is_same { Match::Same } else { Match::Similar }))
    }

    /// Returns the id of the agency with a name. If there is none, it is new.
    pub(super) fn find_or_add(&mut self, name: &str) -> (String, Match) {
        if let Some(found) = self.find(name) {
            return found;
        }
        let id = self.free_id(name);
        self.taken.insert(id.clone());
        self.learn(name, &id);
        self.new.insert(id.clone(), name.to_owned());
        (id, Match::New)
    }

    fn free_id(&mut self, name: &str) -> String {
        let file_name = as_file_name(name);
        let parts: Vec<&str> =
            file_name.split(['-', '.']).filter(|part| !part.is_empty()).collect();
        let mut id = parts.join("-");
        id.truncate(80);
        let id = id.trim_end_matches('-');
        let id = if is_usable_name(id) { id } else { "agency" };
        let next = self.next.entry(id.to_owned()).or_insert(1);
        loop {
            let free = if *next == 1 { id.to_owned() } else { format!("{id}-{next}") };
            *next += 1;
            if !self.taken.contains(&free) {
                return free;
            }
        }
    }

    /// Returns the new agencies: their ids and files.
    pub(super) fn into_files(self) -> impl Iterator<Item = (String, Section)> {
        self.new.into_iter().map(|(id, name)| {
            let mut file = Section::of(Kind::Agency);
            file.text("name", name);
            (id, file)
        })
    }

    /// Splits a text into names: at semicolons, bars and line breaks, and at the commas between names that
    /// begin with the same word or are those of agencies. A name can have commas.
    pub(super) fn split(&self, text: &str) -> Names {
        if self.find(text).is_some() {
            return Names::One(one_line(text));
        }
        let bullets = ['-', '–', '•', '*', '\u{f0b7}'];
        let parts = text.split([';', '|', '\n']).map(|part| {
            let part = part.trim().trim_start_matches(bullets);
            one_line(part)
        });
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        let is_several = parts.len() > 1;
        let mut names = Vec::new();
        let mut is_unclear = false;
        for part in parts {
            match self.at_commas(&part) {
                Some(inner) => names.extend(inner),
                None => {
                    let marks = [", ", " / ", " with "];
                    is_unclear |=
                        self.find(&part).is_none() && marks.iter().any(|mark| part.contains(mark));
                    names.push(part);
                }
            }
        }
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(folded(name)));
        match names.len() {
            _ if is_unclear => Names::Unclear(names),
            1 if !is_several => Names::One(names.remove(0)),
            _ => Names::Several(names),
        }
    }

    fn at_commas(&self, text: &str) -> Option<Vec<String>> {
        if self.find(text).is_some() {
            return None;
        }
        let names: Vec<String> =
            text.split(',').map(one_line).filter(|name| !name.is_empty()).collect();
        let first_word = |name: &String| name.split(' ').next().map(str::to_lowercase);
        let is_alike = names.iter().all(|name| first_word(name) == first_word(&names[0]));
        let is_known = names.iter().all(|name| self.find(name).is_some());
        (names.len() > 1 && (is_alike || is_known)).then_some(names)
    }
}

/// A name without case, marks, small words, and the differences between British and American spelling.
fn folded(name: &str) -> String {
    const SMALL: [&str; 5] = ["the", "of", "and", "for", "government"];
    let name = name.to_lowercase();
    let words: Vec<&str> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let large: Vec<&str> = words.iter().copied().filter(|word| !SMALL.contains(word)).collect();
    let words = if large.is_empty() { words } else { large };
    words.join(" ").replace("isation", "ization")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_names_in_one_text_are_split() {
        let mut agencies = Agencies::new(&[]);
        agencies.find_or_add("Ministry of Water, Land and Forests");
        agencies.find_or_add("City Mayor");
        agencies.find_or_add("Governors");
        let split = |text| match agencies.split(text) {
            Names::One(name) => format!("= {name}"),
            Names::Several(names) => format!("+ {}", names.join(" + ")),
            Names::Unclear(names) => format!("? {}", names.join(" + ")),
        };
        for (text, expected) in [
            ("Ministry of  Finance", "= Ministry of Finance"),
            ("Ministry of Water, Land, and Forests", "= Ministry of Water, Land, and Forests"),
            ("A; B | C\n- D", "+ A + B + C + D"),
            (
                "Ministry of Health, Ministry of Science",
                "+ Ministry of Health + Ministry of Science",
            ),
            ("City mayor, governors", "+ City mayor + governors"),
            ("Ministry of Art, Sport and Youth", "? Ministry of Art, Sport and Youth"),
            ("Agency A / Agency B", "? Agency A / Agency B"),
            ("A; a", "+ A"),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn an_agency_has_one_file_however_it_is_spelled() {
        let mut agencies = Agencies::new(&[]);
        for (name, expected, found) in [
            ("Ministry of Finance", "ministry-of-finance", Match::New),
            ("ministry of finance", "ministry-of-finance", Match::Same),
            ("The Ministry Finance", "ministry-of-finance", Match::Similar),
            ("Ministry of Science", "ministry-of-science", Match::New),
            ("Ministry: of Science!", "ministry-of-science", Match::Similar),
            ("Хууль зүйн яам", "agency", Match::New),
            ("Сангийн яам", "agency-2", Match::New),
        ] {
            assert_eq!(agencies.find_or_add(name), (expected.to_owned(), found), "{name}");
        }
    }
}
