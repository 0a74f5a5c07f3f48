//! Atom feeds (RFC 4287) of what changed: of the whole portal, of an agency, of a commitment.
//!
//! Ids are tag URIs (RFC 4151) made of the names of files, so that they stay when a title or an
//! address changes. Dates are those of the content: nothing moves when nothing was said.

use std::fmt::Write;

use crate::html::escape;
use crate::language::{Argument, Language};
use crate::markdown;
use crate::model::{Change, ChangeKind, Commitment, PartialDate, Portal, Standing, Text};
use crate::route::{self, Route, Routes};

/// The most entries of a feed, the newest: a reader that comes once a month misses nothing.
const MAX_ENTRIES: usize = 50;

/// The feed of a page: of the home page, an agency or a commitment.
pub fn feed(of: &Route, portal: &Portal, routes: &Routes, language: &Language) -> Vec<u8> {
    let writer = FeedWriter { portal, routes, language };
    let mut changes: Vec<(&Commitment, Change<'_>)> = match of {
        Route::Commitment(id) => portal.commitment(id).into_iter().flat_map(all_of).collect(),
        Route::Agency(id) => {
            let leads = portal.led_by(id).iter();
            leads.chain(portal.supported_by(id).iter()).flat_map(all_of).collect()
        }
        _ => portal.changes(0..MAX_ENTRIES).collect(),
    };
    changes.sort_by(|(a, left), (b, right)| {
        right.date.cmp(&left.date).then_with(|| a.id.cmp(&b.id)).then(left.index.cmp(&right.index))
    });
    changes.truncate(MAX_ENTRIES);
    writer.document(of, &changes)
}

fn all_of(commitment: &Commitment) -> impl Iterator<Item = (&Commitment, Change<'_>)> {
    commitment.changes().into_iter().map(move |change| (commitment, change))
}

struct FeedWriter<'a> {
    portal: &'a Portal,
    routes: &'a Routes,
    language: &'a Language,
}

impl FeedWriter<'_> {
    fn document(&self, of: &Route, changes: &[(&Commitment, Change<'_>)]) -> Vec<u8> {
        let code = &self.language.code;
        let site = self.words(&self.portal.site.title);
        let about = match of {
            Route::Commitment(id) => self.portal.commitment(id).map(|it| &it.title),
            Route::Agency(id) => self.portal.agency(id).map(|it| &it.name),
            _ => None,
        };
        let title = match about {
            Some(about) => {
                let about = self.words(about);
                let words = [("about", Argument::Text(&about)), ("site", Argument::Text(&site))];
                self.language.message("feed_title_about", &words)
            }
            None => self.language.message("feed_title", &[("site", Argument::Text(&site))]),
        };
        let first_plan = self.portal.plans.first().map(|plan| plan.start_date);
        let begin = first_plan.map_or(PartialDate::Day(2011, 9, 20), |date| {
            let (year, month, day) = date.earliest();
            PartialDate::Day(year, month, day)
        });
        let newest = changes.first().map_or(begin, |(.., change)| change.date);
        let publisher = self.portal.site.publisher.as_ref().map(|it| self.words(it));
        let own = route::feed(of, code, self.routes);
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{code}\">\n\
             <id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
             <author><name>{}</name></author>\n\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n",
            escape(&self.tag(begin, own.as_str())),
            escape(&title),
            moment(newest),
            escape(publisher.as_ref().unwrap_or(&site)),
            escape(&self.routes.absolute_file(own.as_str())),
            escape(&self.routes.absolute(of, code)),
        );
        for (commitment, change) in changes {
            self.entry(&mut xml, commitment, change);
        }
        xml.push_str("</feed>\n");
        xml.into_bytes()
    }

    fn entry(&self, xml: &mut String, commitment: &Commitment, change: &Change<'_>) {
        let route = Route::Commitment(commitment.id.clone());
        let (name, title, summary) = match &change.kind {
            ChangeKind::Assessed { assessment, from } => {
                let level = self.language.standing(assessment.level.into());
                let title = match from {
                    Some(from) => {
                        let from = self.language.standing(*from);
                        let more = [("from", from), ("level", level)];
                        self.title("feed_moved", commitment, &more)
                    }
                    None => self.title("feed_level", commitment, &[("level", level)]),
                };
                let report = &assessment.report;
                let assessor = self.language.assessor(report.assessor);
                let results = assessment.results.as_ref().map(|it| self.beginning(it));
                let results = results.map_or(String::new(), |it| format!(". {it}"));
                let summary = format!("{assessor}: {}{results}", self.words(&report.title));
                (report.id.as_str().to_owned(), title, summary)
            }
            ChangeKind::Updated(update) => {
                let title = self.title("feed_updated", commitment, &[]);
                // The place among the changes: two notes may have one date.
                let nth = change.index - commitment.assessments.len() + 1;
                (format!("update-{nth}"), title, self.beginning(&update.text))
            }
            ChangeKind::Withdrawn(withdrawal) => {
                let level = self.language.standing(Standing::Withdrawn);
                let title = self.title("feed_level", commitment, &[("level", level)]);
                let reason = withdrawal.reason.as_ref().map(|it| self.beginning(it));
                ("withdrawn".to_owned(), title, reason.unwrap_or_else(|| level.to_owned()))
            }
        };
        let folder = route::feed(&route, &self.language.code, self.routes);
        let folder = folder.as_str().trim_end_matches("feed.xml");
        let _ = write!(
            xml,
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
             <summary>{}</summary>\n</entry>\n",
            escape(&self.tag(change.date, &format!("{folder}{name}"))),
            escape(&title),
            moment(change.date),
            escape(&self.routes.absolute(&route, &self.language.code)),
            escape(&summary),
        );
    }

    /// A title in the page's words: the commitment's number and title, and what is new.
    fn title(&self, key: &str, commitment: &Commitment, more: &[(&str, &str)]) -> String {
        let title = self.words(&commitment.title);
        let mut words = vec![
            ("number", Argument::Text(commitment.id.number())),
            ("title", Argument::Text(&title)),
        ];
        words.extend(more.iter().map(|(name, text)| (*name, Argument::Text(text))));
        self.language.message(key, &words)
    }

    fn words(&self, text: &Text) -> String {
        self.language.localized(text).0.to_owned()
    }

    /// The beginning of a text: the page has all of it.
    fn beginning(&self, text: &Text) -> String {
        markdown::first_paragraph(text.in_language(&self.language.code).0)
    }

    fn tag(&self, date: PartialDate, path: &str) -> String {
        format!("tag:{},{}:{path}", self.routes.host(), date.latest().0)
    }
}

/// The end of a date as RFC 3339 wants it: a day has no time, so it is midnight at Greenwich.
fn moment(date: PartialDate) -> String {
    let (year, month, day) = date.latest();
    format!("{year:04}-{month:02}-{day:02}T00:00:00Z")
}
