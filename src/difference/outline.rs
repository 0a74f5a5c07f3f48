//! The content of a version as items with named facts, so that all kinds of content are compared in one
//! way.
//!
//! Each type of the model is taken apart with a full pattern: the compiler finds a new field that nobody
//! compares.

use std::sync::Arc;

use super::fact::{Fact, Item, ItemKind, Part, PartKind, lines, number, text_facts};
use crate::hash::ContentHash;
use crate::model::{
    ActionPlan, Agency, Article, AssessedMilestone, Assessment, Assessor, AssessorDetails,
    AssessorKind, Commitment, Contact, Correction, DatedQuantity, DocumentLocation, EndDate,
    Evidence, Indicator, IndicatorValue, IrmCodes, KeyedText, Licence, Milestone, PartialDate,
    Portal, Report, Reschedule, Site, Text, Update, Withdrawal,
};
use crate::settings::Settings;
use crate::source::Sources;

/// Returns the content, the settings and the files of a version.
pub(super) fn outline(portal: &Portal, settings: &Settings, sources: &Sources) -> Vec<Item> {
    let mut items: Vec<Item> =
        portal.commitments.iter().map(|commitment| of_commitment(commitment, portal)).collect();
    items.extend(portal.plans.iter().map(|plan| of_plan(plan)));
    items.extend(portal.reports.iter().map(|report| of_report(report)));
    items.extend(portal.agencies.iter().map(|agency| of_agency(agency, portal)));
    items.extend(portal.assessors.iter().filter_map(|assessor| of_assessor(assessor)));
    items.extend(portal.articles.iter().map(of_article));
    items.push(of_settings(settings));
    items.extend(sources.attachments().iter().map(|file| {
        let facts = vec![Fact::content("size", &format!("{} bytes", file.size))];
        Item { facts, ..Item::new(ItemKind::File, &file.path, &file.path) }
    }));
    let theme = sources.texts().filter(|(_, source)| source.path.starts_with("themes/"));
    items.extend(theme.map(|(_, source)| {
        let facts =
            vec![Fact::content("content", &ContentHash::of(source.text.as_bytes()).short())];
        Item { facts, ..Item::new(ItemKind::ThemeFile, &source.path, &source.path) }
    }));
    items
}

fn of_commitment(commitment: &Commitment, portal: &Portal) -> Item {
    #[rustfmt::skip]
    let Commitment {
        id, plan: _, chapter, ogp_id, title, leads, supporting, partners, values, policy_areas,
        start_date, end_date, objective: _, description: _, texts: _, official_title: _,
        carried_from, merged_into, is_draft: _, contacts, withdrawn, milestones, indicators,
        assessments, updates, rescheduled, corrections, aliases, standing,
    } = commitment;
    let target = merged_into.as_ref().map(|id| {
        let title = portal.commitment(id).map_or("", |target| original(&target.title));
        Fact::named("merged_into", &id.to_string(), &format!("{} {title}", id.number()))
    });
    let chapter = chapter.as_ref().map(|chapter| {
        let shown = format!("{} {}", chapter.number, original(&chapter.title));
        Fact::named("chapter", &chapter.number, &shown)
    });
    let mut facts = vec![Fact::code("standing", standing.name())];
    facts.extend(target);
    facts.extend(agencies("lead", leads));
    facts.extend(date("start_date", *start_date));
    facts.extend(end_date.map(deadline));
    facts.extend(text_facts(commitment.own_texts()));
    facts.extend(chapter);
    facts.extend(agencies("supporting", supporting));
    facts.extend(lines("values", values.iter().map(|value| value.name())));
    facts.extend(lines("policy_areas", policy_areas.iter().map(|area| area.name())));
    facts.extend(lines("carried_from", carried_from.iter().map(|id| id.to_string())));
    facts.extend(lines("ogp_id", ogp_id));
    facts.extend(lines("aliases", aliases));
    let mut parts: Vec<Part> = withdrawn.iter().map(of_withdrawal).collect();
    parts.extend(assessments.iter().map(|assessment| of_assessment(assessment, milestones)));
    parts.extend(rescheduled.iter().map(of_reschedule));
    parts.extend(milestones.iter().map(of_milestone));
    parts.extend(indicators.iter().map(of_indicator));
    parts.extend(updates.iter().map(of_update));
    parts.extend(corrections.iter().map(of_correction));
    parts.extend(partners.iter().map(of_partner));
    parts.extend(contacts.iter().enumerate().map(|(index, contact)| of_contact(index, contact)));
    let former_ids = aliases.iter().map(|alias| format!("{}/{alias}", id.plan)).collect();
    let number = match portal.has_several_plans() {
        true => id.to_string(),
        false => id.number().to_owned(),
    };
    let title = format!("{number} {}", original(title));
    let item = Item::new(ItemKind::Commitment, &id.to_string(), &title);
    Item { former_ids, facts, parts, ..item }
}

fn of_partner(partner: &Text) -> Part {
    let (facts, name) = (text_facts([("name", Some(partner))].into_iter()), original(partner));
    Part { facts, ..Part::new(PartKind::Partner, name, name) }
}

fn of_withdrawal(withdrawal: &Withdrawal) -> Part {
    let Withdrawal { date: day, texts } = withdrawal;
    let facts = date("date", *day).into_iter().chain(text_facts(texts.all())).collect();
    let title = day.map(|day| day.to_string()).unwrap_or_default();
    Part { facts, ..Part::new(PartKind::Withdrawal, "", &title) }
}

fn of_assessment(assessment: &Assessment, milestones: &[Milestone]) -> Part {
    let Assessment { report, level, texts, evidence, challenges, irm, milestones: assessed } =
        assessment;
    let title = format!("{}, {} report", assessor_name(&report.assessor), report.date);
    let mut facts = vec![Fact::code("level", level.name())];
    facts.extend(text_facts(texts.all()));
    facts.extend(lines("challenges", challenges.iter().map(|challenge| challenge.name())));
    facts.extend(irm.iter().flat_map(irm_facts));
    let milestone = |assessed: &AssessedMilestone| {
        let AssessedMilestone { index, level, texts } = assessed;
        let milestone = &milestones[*index];
        let level = Fact::code("level", level.name());
        let facts = std::iter::once(level).chain(text_facts(texts.all())).collect();
        let title = original(&milestone.title);
        Part { facts, ..Part::new(PartKind::AssessedMilestone, &milestone.id, title) }
    };
    let mut parts: Vec<Part> = assessed.iter().map(milestone).collect();
    parts.extend(evidence.iter().map(of_evidence));
    let id = report.id.as_str();
    Part { facts, parts, ..Part::new(PartKind::Assessment, id, &title) }
}

fn irm_facts(codes: &IrmCodes) -> Vec<Fact> {
    #[rustfmt::skip]
    let IrmCodes {
        verifiable, specificity, relevance, potential_impact, potential_for_results,
        did_it_open_government, early_results, starred,
    } = codes;
    let relevance = relevance.iter().flatten().map(|value| value.name());
    let facts = [
        flag("verifiable", *verifiable),
        specificity.map(|code| Fact::code("specificity", code.name())),
        lines("relevance", relevance),
        potential_impact.map(|code| Fact::code("potential_impact", code.name())),
        potential_for_results.map(|code| Fact::code("potential_for_results", code.name())),
        did_it_open_government.map(|code| Fact::code("did_it_open_government", code.name())),
        early_results.map(|code| Fact::code("early_results", code.name())),
        flag("starred", *starred),
    ];
    facts.into_iter().flatten().collect()
}

fn of_evidence(evidence: &Evidence) -> Part {
    let Evidence { title, location, language, archived, accessed } = evidence;
    let mut facts = text_facts(evidence.own_texts());
    facts.push(address(location));
    facts.extend(lines("language", language.as_ref().map(|language| language.as_str())));
    facts.extend(archived.iter().map(|address| Fact::address("archived", address)));
    facts.extend(date("accessed", *accessed));
    let id = address(location).value;
    Part { facts, ..Part::new(PartKind::Evidence, &id, original(title)) }
}

fn of_reschedule(moved: &Reschedule) -> Part {
    let Reschedule { date: day, from, to, texts } = moved;
    let mut facts: Vec<Fact> =
        [("from", *from), ("to", *to), ("date", *day)].map(|(key, day)| number(key, day)).into();
    facts.extend(text_facts(texts.all()));
    let title = format!("{from} → {to}");
    Part { facts, ..Part::new(PartKind::Reschedule, &format!("{day} {title}"), &title) }
}

fn of_milestone(milestone: &Milestone) -> Part {
    #[rustfmt::skip]
    let Milestone {
        id, title, leads, start_date, end_date, completed_date, level, texts: _, evidence,
    } = milestone;
    let mut facts: Vec<Fact> =
        level.map(|level| Fact::code("level", level.name())).into_iter().collect();
    facts.extend(date("start_date", *start_date));
    facts.extend(end_date.map(deadline));
    facts.extend(date("completed_date", *completed_date));
    facts.extend(text_facts(milestone.own_texts()));
    facts.extend(agencies("lead", leads));
    let parts = evidence.iter().map(of_evidence).collect();
    Part { facts, parts, ..Part::new(PartKind::Milestone, id, original(title)) }
}

fn of_indicator(indicator: &Indicator) -> Part {
    let Indicator { id, title, unit: _, texts: _, baseline, target, values } = indicator;
    let dated = |DatedQuantity { quantity, date }: &DatedQuantity| match date {
        Some(date) => format!("{quantity} ({date})"),
        None => quantity.to_string(),
    };
    let mut facts: Vec<Fact> = [("baseline", baseline), ("target", target)]
        .into_iter()
        .filter_map(|(key, quantity)| Some(number(key, dated(quantity.as_ref()?))))
        .collect();
    facts.extend(text_facts(indicator.own_texts()));
    let value = |value: &IndicatorValue| {
        let IndicatorValue { date, quantity, report, texts } = value;
        let mut facts = vec![number("value", quantity), number("date", date)];
        let report = report.as_ref().map(|report| report.id.as_str());
        facts.extend(lines("report", report));
        facts.extend(text_facts(texts.all()));
        let date = date.to_string();
        Part { facts, ..Part::new(PartKind::IndicatorValue, &date, &date) }
    };
    let parts = values.iter().map(value).collect();
    Part { facts, parts, ..Part::new(PartKind::Indicator, id, original(title)) }
}

fn of_update(update: &Update) -> Part {
    let Update { id, date, text: _, evidence, challenges } = update;
    let mut facts = vec![number("date", date)];
    facts.extend(text_facts(update.own_texts()));
    facts.extend(lines("challenges", challenges.iter().map(|challenge| challenge.name())));
    let parts = evidence.iter().map(of_evidence).collect();
    Part { facts, parts, ..Part::new(PartKind::Update, id, &date.to_string()) }
}

fn of_correction(correction: &Correction) -> Part {
    let Correction { id, date, text: _ } = correction;
    let mut facts = vec![number("date", date)];
    facts.extend(text_facts(correction.own_texts()));
    Part { facts, ..Part::new(PartKind::Correction, id, &date.to_string()) }
}

fn of_contact(index: usize, contact: &Contact) -> Part {
    let Contact { texts, email, phone } = contact;
    let mut facts = text_facts(texts.all());
    facts.extend(email.iter().map(|email| Fact::address("email", email)));
    facts.extend(lines("phone", phone));
    Part { facts, ..Part::new(PartKind::Contact, &index.to_string(), "") }
}

fn of_plan(plan: &ActionPlan) -> Item {
    let ActionPlan {
        id,
        file: _,
        title,
        number: place,
        start_date,
        end_date,
        next_report_due,
        chapters,
    } = plan;
    let mut facts = text_facts([("title", Some(title))].into_iter());
    facts.extend(place.map(|place| number("number", place)));
    facts.push(number("start_date", start_date));
    facts.push(number("end_date", end_date));
    facts.extend(date("next_report_due", *next_report_due));
    let chapters = chapters.iter().map(|chapter| {
        let facts = text_facts([("title", Some(&chapter.title))].into_iter());
        let title = format!("{} {}", chapter.number, original(&chapter.title));
        Part { facts, ..Part::new(PartKind::Chapter, &chapter.number, &title) }
    });
    let parts = chapters.collect();
    let item = Item::new(ItemKind::ActionPlan, id.as_str(), original(title));
    Item { facts, parts, ..item }
}

fn of_report(report: &Report) -> Item {
    #[rustfmt::skip]
    let Report {
        id, file: _, title, assessor, kind, plan, date, location, partial, texts, sections,
    } = report;
    let mut facts = vec![
        Fact::named("assessor", assessor.id.as_str(), &assessor_name(assessor)),
        number("date", date),
    ];
    facts.extend(text_facts([("title", Some(title))].into_iter().chain(texts.all())));
    facts.extend(kind.map(|kind| Fact::code("kind", kind.name())));
    facts.push(Fact::named("action_plan", plan.id.as_str(), original(&plan.title)));
    facts.extend(location.as_ref().map(address));
    facts.extend(flag("partial", partial.then_some(true)));
    let sections = sections.iter().map(|section| {
        let texts = [("title", Some(&section.title)), ("text", section.text.as_ref())];
        let (facts, title) = (text_facts(texts.into_iter()), original(&section.title));
        Part { facts, ..Part::new(PartKind::Section, title, title) }
    });
    let parts = sections.collect();
    let item = Item::new(ItemKind::Report, id.as_str(), original(title));
    Item { facts, parts, ..item }
}

fn of_agency(agency: &Agency, portal: &Portal) -> Item {
    #[rustfmt::skip]
    let Agency {
        id, file: _, name, short_name, website, aliases, from, until, former_names, became,
    } = agency;
    let names = [("name", Some(name)), ("short_name", short_name.as_ref())];
    let mut facts = text_facts(names.into_iter());
    facts.extend(website.iter().map(|address| Fact::address("website", address)));
    facts.extend(date("from", *from));
    facts.extend(date("until", *until));
    facts.extend(lines("aliases", aliases));
    let mut parts: Vec<Part> = Vec::new();
    parts.extend(former_names.iter().map(|former| {
        let mut facts = text_facts([("name", Some(&former.name))].into_iter());
        facts.push(number("until", former.until));
        let name = original(&former.name);
        Part { facts, ..Part::new(PartKind::FormerName, name, name) }
    }));
    parts.extend(became.iter().map(|succession| {
        let mut facts = vec![number("date", succession.date)];
        facts.extend(succession.kind.map(|kind| Fact::code("kind", kind.name())));
        let id = &succession.agency;
        let name = portal.agency(id).map_or(id.as_str(), |agency| original(&agency.name));
        Part { facts, ..Part::new(PartKind::Succession, id.as_str(), name) }
    }));
    let item = Item::new(ItemKind::Agency, id.as_str(), original(name));
    Item { former_ids: aliases.clone(), facts, parts, ..item }
}

/// Returns `None` for a built-in assessor, which no file describes.
fn of_assessor(assessor: &Assessor) -> Option<Item> {
    let Assessor { id, kind, details } = assessor;
    let AssessorDetails { file: _, name, website } = details.as_ref()?;
    let mut facts = text_facts([("name", Some(name))].into_iter());
    facts.push(Fact::code("kind", kind.name()));
    facts.extend(website.iter().map(|address| Fact::address("website", address)));
    Some(Item { facts, ..Item::new(ItemKind::Assessor, id.as_str(), original(name)) })
}

fn of_article(article: &Article) -> Item {
    let Article { id, file: _, title, body, aliases } = article;
    let mut facts = text_facts([("title", Some(title)), ("text", Some(body))].into_iter());
    facts.extend(lines("aliases", aliases));
    let item = Item::new(ItemKind::Article, id.as_str(), original(title));
    Item { former_ids: aliases.clone(), facts, ..item }
}

fn of_settings(settings: &Settings) -> Item {
    #[rustfmt::skip]
    let Settings {
        site, contact_fields, stale_after_months, headline: _, logo, accent, language_spans: _,
        theme_span: _,
    } = settings;
    #[rustfmt::skip]
    let Site {
        title, base_url, languages, headline, country, level_of_government, theme, repository,
        report_mistakes, publisher, licence, cards, links, noindex: _, translation_notes,
    } = site;
    let texts: [KeyedText<'_>; 2] = [("title", Some(title)), ("publisher", publisher.as_ref())];
    let mut facts = text_facts(texts.into_iter());
    facts.push(Fact::address("base_url", base_url));
    facts.extend(lines("languages", languages));
    facts.push(Fact::named("headline", headline.id.as_str(), &assessor_name(headline)));
    facts.extend(lines("country", country));
    facts.extend(level_of_government.map(|level| Fact::code("level_of_government", level.name())));
    facts.extend(lines("theme", [theme]));
    facts.extend(repository.iter().map(|address| Fact::address("repository", address)));
    facts.extend(report_mistakes.iter().map(|address| Fact::address("report_mistakes", address)));
    if let Some(Licence { title, url }) = licence {
        facts.extend([number("licence", title), Fact::address("licence_url", url)]);
    }
    facts.extend(flag("cards", Some(*cards)));
    facts.push(Fact::code("links", links.name()));
    let notes = translation_notes.iter().map(|(language, note)| format!("{language}: {note}"));
    facts.extend(lines("translation_note", notes));
    facts.extend(lines("contact_fields", contact_fields.iter().map(|field| field.name())));
    facts.push(number("stale_after_months", stale_after_months));
    facts.extend(lines("logo", logo.iter().map(|logo| &logo.value)));
    facts.extend(accent.iter().map(|accent| number("accent", accent.value)));
    Item { facts, ..Item::new(ItemKind::Settings, "site", "Settings") }
}

/// Returns the name of an assessor within a sentence.
pub(super) fn assessor_name(assessor: &Assessor) -> String {
    match (&assessor.details, assessor.kind) {
        (Some(details), _) => original(&details.name).to_owned(),
        (None, AssessorKind::Irm) => "IRM".to_owned(),
        (None, kind) => kind.name().replace('-', " "),
    }
}

fn original(text: &Text) -> &str {
    text.trimmed_original()
}

fn agencies(key: &'static str, agencies: &[Arc<Agency>]) -> Option<Fact> {
    let ids: Vec<&str> = agencies.iter().map(|agency| agency.id.as_str()).collect();
    let names: Vec<&str> = agencies.iter().map(|agency| original(&agency.name)).collect();
    (!ids.is_empty()).then(|| Fact::named(key, &ids.join(", "), &names.join(", ")))
}

fn date(key: &'static str, date: Option<PartialDate>) -> Option<Fact> {
    date.map(|date| number(key, date))
}

fn deadline(end: EndDate) -> Fact {
    match end {
        EndDate::On(date) => number("end_date", date),
        EndDate::NotApplicable => Fact::code("end_date", "not-applicable"),
    }
}

fn address(location: &DocumentLocation) -> Fact {
    match location {
        DocumentLocation::Url(url) => Fact::address("url", url),
        DocumentLocation::File { path, size: _ } => Fact::address("file", path),
    }
}

fn flag(key: &'static str, value: Option<bool>) -> Option<Fact> {
    value.map(|value| Fact::code(key, if value { "yes" } else { "no" }))
}
