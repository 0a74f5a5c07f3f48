//! What each file of the portal is made of, as one fingerprint: as long as it is the same, the file is.
//!
//! A file is made of everything that is not a commitment's (settings, theme, plans, agencies, reports,
//! articles, evidence, this program), of the order and the counts of all commitments, and of the
//! commitments that it shows. What is done with a file that is the same is not known here.

use std::collections::HashMap;

use crate::fingerprint::{Fingerprint, Mixer};
use crate::model::{Commitment, CommitmentId, Portal, Standing};
use crate::page::{Content, Page};
use crate::source::Sources;
use crate::view;

/// Where the files of commitments are.
const COMMITMENTS: &str = "content/commitments/";

/// What the files of a portal are made of.
pub struct Ingredients<'p> {
    portal: &'p Portal,
    /// What every file is made of.
    common: Fingerprint,
    commitments: HashMap<&'p CommitmentId, Fingerprint>,
    everything: Fingerprint,
}

impl<'p> Ingredients<'p> {
    /// Looks at what the portal was read from.
    pub fn new(sources: &Sources, portal: &'p Portal) -> Self {
        let mut common = Mixer::default();
        common.add(Fingerprint::of_program());
        // It may be another than `site.toml` says.
        common.text(&portal.site.base_url);
        for (_, source) in sources.texts().filter(|(_, it)| !it.path.starts_with(COMMITMENTS)) {
            common.text(&source.path);
            common.text(&source.text);
        }
        for attachment in sources.attachments() {
            common.text(&attachment.path);
            common.number(attachment.size);
        }
        portal.commitments.iter().for_each(|commitment| place(commitment, &mut common));
        common.text(&portal.newest_date.map_or(String::new(), |date| date.to_string()));
        let common = common.finish();
        let mut everything = Mixer::default();
        everything.add(common);
        let mut commitments = HashMap::with_capacity(portal.commitments.len());
        for commitment in &portal.commitments {
            let (_, source) = sources.find(&commitment.id.file()).expect("it was read from a file");
            let text = Fingerprint::of(source.text.as_bytes());
            everything.add(text);
            commitments.insert(&commitment.id, text);
        }
        Ingredients { portal, common, commitments, everything: everything.finish() }
    }

    /// What a file is made of; `None` of one that is a copy, which is compared with the original.
    pub fn of(&self, page: &Page) -> Option<Fingerprint> {
        let shown = match &page.content {
            Content::Copy(_) => return None,
            Content::Html(route, _) | Content::Card(route, _) => view::shown(route, self.portal),
            Content::Feed(route, _) => view::told(route, self.portal),
            Content::CommitmentJson(id) => self.portal.commitment(id).map(|it| vec![it]),
            // The site map has the newest date of each.
            Content::Data(_) | Content::Index(..) | Content::Sitemap | Content::SitemapPart(_) => {
                None
            }
            Content::Redirect(..)
            | Content::Robots
            | Content::Stylesheet
            | Content::ThemeFile(_)
            | Content::Headers
            | Content::Empty => Some(Vec::new()),
        };
        let Some(shown) = shown else { return Some(self.everything) };
        let mut mixer = Mixer::default();
        mixer.add(self.common);
        shown.into_iter().for_each(|it| mixer.add(self.commitments[&it.id]));
        Some(mixer.finish())
    }
}

/// Adds what decides where a commitment is listed and counted, and that others refer to it.
fn place(commitment: &Commitment, mixer: &mut Mixer) {
    mixer.text(commitment.id.plan.as_str());
    mixer.text(commitment.id.number());
    mixer.text(commitment.lead.id.as_str());
    mixer.number(commitment.supporting.len() as u64);
    commitment.supporting.iter().for_each(|agency| mixer.text(agency.id.as_str()));
    mixer.text(commitment.chapter.as_ref().map_or("", |chapter| &chapter.number));
    mixer.text(commitment.standing.name());
    mixer.number(commitment.assessments.len() as u64);
    for assessment in &commitment.assessments {
        mixer.text(assessment.report.id.as_str());
        mixer.text(Standing::from(assessment.finding).name());
    }
    mixer.number(commitment.updates.len() as u64);
    let dropped = commitment.withdrawn.iter().filter_map(|it| it.date);
    mixer.number(dropped.clone().count() as u64);
    for date in commitment.updates.iter().map(|it| it.date).chain(dropped) {
        mixer.text(&date.to_string());
    }
    commitment.aliases.iter().for_each(|alias| mixer.text(alias));
}
