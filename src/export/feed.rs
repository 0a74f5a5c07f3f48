//! Atom feeds (RFC 4287) of changes: of the whole portal, an agency, or a commitment.
//!
//! The id of an entry is the permanent address of its page with a fragment that comes from the entry
//! itself: no id depends on a title or on a position in a list. A tag URI (RFC 4151) would need a date on
//! which the publisher had the host; the content, which is often older than the portal, has none. Dates
//! come from the content: a build without changes gives the same feed.

use std::fmt::Write;

use crate::html::escape;
use crate::language::{Argument, Language};
use crate::markdown;
use crate::model::{
    Assessment, Change, ChangeKind, Commitment, PartialDate, PlanPart, Portal, Standing, Text,
};
use crate::route::{self, Route, Routes};

/// The largest number of entries in a feed, the newest ones. A reader that checks once a month
/// misses nothing.
const MAX_ENTRIES: usize = 50;

/// The feed of the home page, an agency or a commitment.
pub fn feed(route: &Route, portal: &Portal, routes: &Routes, language: &Language) -> Vec<u8> {
    let writer = FeedWriter { portal, routes, language };
    let mut changes: Vec<(&Commitment, Change<'_>)> = match route {
        Route::Commitment(id) => portal.commitment(id).into_iter().flat_map(changes_of).collect(),
        Route::Agency(id) => {
            let leads = portal.led_by(id).iter();
            leads.chain(portal.supported_by(id).iter()).flat_map(changes_of).collect()
        }
        _ => portal.changes(0..MAX_ENTRIES).collect(),
    };
    changes.sort_by(|(a, left), (b, right)| {
        // In the order of their times.
        let order = right.date.earliest().cmp(&left.date.earliest());
        order.then_with(|| a.id.cmp(&b.id)).then(left.index.cmp(&right.index))
    });
    changes.truncate(MAX_ENTRIES);
    writer.document(route, &changes)
}

fn changes_of(commitment: &Commitment) -> impl Iterator<Item = (&Commitment, Change<'_>)> {
    commitment.changes().map(move |change| (commitment, change))
}

struct FeedWriter<'a> {
    portal: &'a Portal,
    routes: &'a Routes,
    language: &'a Language,
}

impl FeedWriter<'_> {
    fn document(&self, route: &Route, changes: &[(&Commitment, Change<'_>)]) -> Vec<u8> {
        let code = &self.language.code;
        let site = self.localized(&self.portal.site.title);
        let subject = match route {
            Route::Commitment(id) => self.portal.commitment(id).map(|commitment| &commitment.title),
            Route::Agency(id) => self.portal.agency(id).map(|agency| &agency.name),
            _ => None,
        };
        let title = match subject {
            Some(subject) => {
                let subject = self.localized(subject);
                let arguments =
                    [("about", Argument::Text(&subject)), ("site", Argument::Text(&site))];
                self.language.message("feed_title_about", &arguments)
            }
            None => self.language.message("feed_title", &[("site", Argument::Text(&site))]),
        };
        let first_plan = self.portal.plans.last().map(|plan| plan.start_date);
        // Without changes: the start of the first plan, or the day on which OGP was founded.
        let start = first_plan.unwrap_or(PartialDate::Day(2011, 9, 20));
        let updated = changes.iter().map(|(.., change)| timestamp(change.date)).max();
        let updated = updated.unwrap_or_else(|| timestamp(start));
        let publisher =
            self.portal.site.publisher.as_ref().map(|publisher| self.localized(publisher));
        let path = route::feed(route, code, self.routes);
        let address = self.routes.absolute_file(path.as_str());
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{code}\">\n\
             <id>{}</id>\n<title>{}</title>\n{}<updated>{}</updated>\n\
             <author><name>{}</name></author>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
            escape(&address),
            escape(&title),
            self.subtitle(route),
            updated,
            escape(publisher.as_ref().unwrap_or(&site)),
            escape(&address),
            escape(&self.routes.absolute(route, code)),
        );
        for (commitment, change) in changes {
            self.entry(&mut xml, commitment, change);
        }
        xml.push_str("</feed>\n");
        xml.into_bytes()
    }

    /// What the chart of the home page or of an agency says; empty for a commitment.
    fn subtitle(&self, route: &Route) -> String {
        let part = match route {
            Route::Home => self.portal.newest_plan(),
            Route::Agency(id) => self.portal.led_by(id).by_plan().next(),
            _ => None,
        };
        let claim = |part: PlanPart<'_>| {
            let claim = self.language.claim_about(&part, self.portal);
            format!("<subtitle>{}</subtitle>\n", escape(&claim))
        };
        part.map(claim).unwrap_or_default()
    }

    fn entry(&self, xml: &mut String, commitment: &Commitment, change: &Change<'_>) {
        let route = Route::Commitment(commitment.id.clone());
        let (name, title, summary) = self.content(commitment, change);
        let address = self.routes.absolute(&route, &self.language.code);
        let _ = write!(
            xml,
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
             <summary>{}</summary>\n</entry>\n",
            escape(&format!("{address}#{name}")),
            escape(&title),
            timestamp(change.date),
            escape(&address),
            escape(&summary),
        );
    }

    /// The fragment of the entry's id, its title and its summary.
    fn content(&self, commitment: &Commitment, change: &Change<'_>) -> (String, String, String) {
        match &change.kind {
            ChangeKind::Assessed { assessment, from } => {
                self.assessed(commitment, assessment, *from)
            }
            ChangeKind::Updated(update) => {
                let title = self.title("feed_updated", commitment, &[]);
                (format!("update-{}", update.id), title, self.first_paragraph(&update.text))
            }
            ChangeKind::Completed(milestone) => {
                let name = self.localized(&milestone.title);
                let title = self.title("feed_milestone", commitment, &[("milestone", &name)]);
                (milestone.anchor(), title, name)
            }
            ChangeKind::Rescheduled(moved) => {
                let (from, to) = (self.language.date(moved.from), self.language.date(moved.to));
                let dates = [("from", from.as_str()), ("to", to.as_str())];
                let title = self.title("feed_rescheduled", commitment, &dates);
                let reason = moved.texts.reason.as_ref().map(|text| self.first_paragraph(text));
                (format!("deadline-{}-{}", moved.date, moved.to), title, reason.unwrap_or(to))
            }
            ChangeKind::Corrected(correction) => {
                let title = self.title("feed_corrected", commitment, &[]);
                (correction.anchor(), title, self.first_paragraph(&correction.text))
            }
            ChangeKind::Withdrawn(withdrawal) => {
                let level = self.language.standing(Standing::Withdrawn);
                let title = self.title("feed_withdrawn", commitment, &[("level", level)]);
                let reason =
                    withdrawal.texts.reason.as_ref().map(|text| self.first_paragraph(text));
                ("withdrawn".to_owned(), title, reason.unwrap_or_else(|| level.to_owned()))
            }
        }
    }

    fn assessed(
        &self,
        commitment: &Commitment,
        assessment: &Assessment,
        from: Option<Standing>,
    ) -> (String, String, String) {
        let level = self.language.standing(assessment.level.into());
        let source = self.language.source_of(assessment);
        let title = match from {
            Some(from) => {
                let from = self.language.standing(from);
                let levels = [("from", from), ("level", level), ("source", &source)];
                self.title("feed_moved", commitment, &levels)
            }
            None => {
                let level = [("level", level), ("source", &source)];
                self.title("feed_level", commitment, &level)
            }
        };
        let report = &assessment.report;
        let assessor = self.language.assessor(&report.assessor);
        let results = assessment.texts.results.as_ref().map(|text| self.first_paragraph(text));
        let results = results.map_or(String::new(), |results| format!(". {results}"));
        let summary = format!("{assessor}: {}{results}", self.localized(&report.title));
        (format!("report-{}", report.id), title, summary)
    }

    /// The title of an entry: the interface text `key` with the commitment's number and title, and
    /// with `texts`.
    fn title(&self, key: &str, commitment: &Commitment, texts: &[(&str, &str)]) -> String {
        let title = self.localized(&commitment.title);
        let number = match self.portal.has_several_plans() {
            true => {
                format!("{}, {}", self.localized(&commitment.plan.title), commitment.id.number())
            }
            false => commitment.id.number().to_owned(),
        };
        let mut arguments =
            vec![("number", Argument::Text(&number)), ("title", Argument::Text(&title))];
        arguments.extend(texts.iter().map(|(name, text)| (*name, Argument::Text(text))));
        self.language.message(key, &arguments)
    }

    fn localized(&self, text: &Text) -> String {
        self.language.localized(text).0.to_owned()
    }

    /// The first paragraph of a text, without Markdown. The page has the whole text.
    fn first_paragraph(&self, text: &Text) -> String {
        markdown::first_paragraph(text.in_language(&self.language.code).0)
    }
}

/// The first day that a date can mean, at midnight UTC, in the format of RFC 3339. The last day of a year
/// lies in the future for most of that year, and no entry was updated in the future (RFC 4287, 4.2.15).
fn timestamp(date: PartialDate) -> String {
    let (year, month, day) = date.earliest();
    format!("{year:04}-{month:02}-{day:02}T00:00:00Z")
}
