//! The tables of the data with their columns. To add a column, add one entry here, and its meaning
//! to the language files.
//!
//! The CSV files, `commitments.json`, their descriptions for programs, and the page that explains
//! the columns all use these lists. Texts are in the site's default language.

use std::borrow::Cow;

use super::address::{address, page_url};
use super::table::{Column, ColumnAbout, ColumnType, Context, CsvTable, Field, Object, Table};
use crate::model::{
    Agency, AssessedMilestone, Assessment, Commitment, Correction, Evidence, Indicator, Milestone,
    PartialDate, Portal, Quantity, Report, Reschedule, Text, Update, Vocabulary,
};
use crate::route::Route;

pub const TABLES: [CsvTable; 9] = [
    CsvTable::of::<Commitments>(),
    CsvTable::of::<Assessments>(),
    CsvTable::of::<Updates>(),
    CsvTable::of::<Milestones>(),
    CsvTable::of::<MilestoneLevels>(),
    CsvTable::of::<Rescheduled>(),
    CsvTable::of::<Corrections>(),
    CsvTable::of::<Indicators>(),
    CsvTable::of::<Agencies>(),
];

type Value<T> = for<'p> fn(<T as Table>::Record<'p>, &Context<'p>) -> Field<'p>;

/// A column whose meaning has the same key as the column.
const fn column<T: Table>(
    name: &'static str,
    column_type: ColumnType,
    value: Value<T>,
) -> Column<T> {
    Column { about: ColumnAbout { name, column_type, meaning: name }, value }
}

const fn column_with_meaning<T: Table>(
    name: &'static str,
    column_type: ColumnType,
    meaning: &'static str,
    value: Value<T>,
) -> Column<T> {
    Column { about: ColumnAbout { name, column_type, meaning }, value }
}

/// One record for each commitment. `commitments.json` has the same fields.
pub(super) struct Commitments;

impl Table for Commitments {
    const NAME: &'static str = "commitments";
    const KEY: &'static [&'static str] = &["plan", "id"];
    #[rustfmt::skip]
    const COLUMNS: &'static [Column<Self>] = &[
        column("plan", ColumnType::Text, |commitment, _| Field::text(commitment.id.plan.as_str())),
        column("id", ColumnType::Text, |commitment, _| Field::text(commitment.id.number())),
        column("ogp_id", ColumnType::OptionalText, |commitment, _| {
            Field::optional(commitment.ogp_id.as_deref())
        }),
        column("url", ColumnType::Address, |commitment, context| {
            let route = Route::Commitment(commitment.id.clone());
            Field::text(page_url(&route, context.portal, context.routes))
        }),
        column("chapter", ColumnType::OptionalText, |commitment, _| {
            Field::optional(commitment.chapter.as_ref().map(|chapter| chapter.number.as_str()))
        }),
        column("title", ColumnType::Text, |commitment, _| original(&commitment.title)),
        column("official_title", ColumnType::OptionalText, |commitment, _| {
            optional(commitment.official_title.as_ref())
        }),
        column("lead", ColumnType::Agency, |commitment, _| {
            Field::text(commitment.leads[0].id.as_str())
        }),
        column("leads", ColumnType::Texts, |commitment, _| {
            Field::list(commitment.leads.iter().map(|agency| agency.id.as_str()))
        }),
        column("supporting", ColumnType::Texts, |commitment, _| {
            Field::list(commitment.supporting.iter().map(|agency| agency.id.as_str()))
        }),
        column("partners", ColumnType::Texts, |commitment, _| {
            Field::list(commitment.partners.iter().map(Text::trimmed_original))
        }),
        column("values", ColumnType::Terms(Vocabulary::OgpValue), |commitment, _| {
            Field::list(commitment.values.iter().map(|value| value.name()))
        }),
        column("policy_areas", ColumnType::Terms(Vocabulary::PolicyArea), |commitment, _| {
            Field::list(commitment.policy_areas.iter().map(|area| area.name()))
        }),
        column("start_date", ColumnType::OptionalDate, |commitment, _| date(commitment.start_date)),
        column("end_date", ColumnType::OptionalEndDate, |commitment, _| date(commitment.end_date)),
        column("standing", ColumnType::Standing, |commitment, _| {
            Field::text(commitment.standing.name())
        }),
        column("late", ColumnType::Texts, |commitment, context| {
            let late = commitment.late(&context.portal.site.headline).into_iter();
            let late = late.filter(|late| late.milestone.is_none());
            Field::list(late.map(|late| late.report.id.as_str()))
        }),
        column("carried_from", ColumnType::Texts, |commitment, _| {
            Field::list(commitment.carried_from.iter().map(ToString::to_string))
        }),
        column("merged_into", ColumnType::OptionalText, |commitment, _| {
            Field::optional(commitment.merged_into.as_ref().map(ToString::to_string))
        }),
        column("assessments", ColumnType::Assessments, |commitment, _| {
            Field::Records(commitment.assessments.iter().map(assessment_record).collect())
        }),
        column("description", ColumnType::Text, |commitment, _| original(&commitment.description)),
    ];
    type Record<'p> = &'p Commitment;

    fn records(portal: &Portal) -> impl Iterator<Item = Self::Record<'_>> {
        portal.commitments.iter().map(AsRef::as_ref)
    }
}

/// A field of an assessment within `commitments.json`.
pub(super) struct AssessmentField {
    pub name: &'static str,
    pub column_type: ColumnType,
    value: for<'a> fn(&'a Assessment) -> Cow<'a, str>,
}

pub(super) const ASSESSMENT_FIELDS: [AssessmentField; 4] = [
    AssessmentField {
        name: "report",
        column_type: ColumnType::Text,
        value: |assessment| assessment.report.id.as_str().into(),
    },
    AssessmentField {
        name: "assessor",
        column_type: ColumnType::Text,
        value: |assessment| assessment.report.assessor.id.as_str().into(),
    },
    AssessmentField {
        name: "date",
        column_type: ColumnType::Date,
        value: |assessment| assessment.report.date.to_string().into(),
    },
    AssessmentField {
        name: "level",
        column_type: ColumnType::AssessedLevel,
        value: |assessment| assessment.level.name().into(),
    },
];

/// An assessment as a sentence, for CSV, and its fields, for JSON.
fn assessment_record(assessment: &Assessment) -> (String, Object<Field<'_>>) {
    let report = &assessment.report;
    let (assessor, level) = (report.assessor.id.as_str(), assessment.level.name());
    let sentence = format!("{} ({assessor}, {}): {level}", report.id, report.date);
    let field = |field: AssessmentField| (field.name, Field::Text((field.value)(assessment)));
    (sentence, Object(ASSESSMENT_FIELDS.map(field).into()))
}

/// One record for each assessment of a commitment by a report.
pub(super) struct Assessments;

impl Table for Assessments {
    const NAME: &'static str = "assessments";
    const KEY: &'static [&'static str] = &["plan", "id", "report"];
    #[rustfmt::skip]
    const COLUMNS: &'static [Column<Self>] = &[
        column("plan", ColumnType::Plan, |(commitment, _), _| plan(commitment)),
        column("id", ColumnType::Text, |(commitment, _), _| number(commitment)),
        column_with_meaning("report", ColumnType::Text, "report_id", |(_, assessment), _| {
            Field::text(assessment.report.id.as_str())
        }),
        column("assessor", ColumnType::Text, |(_, assessment), _| {
            Field::text(assessment.report.assessor.id.as_str())
        }),
        column("assessor_kind", ColumnType::Term(Vocabulary::AssessorKind), |(_, assessment), _| {
            Field::text(assessment.report.assessor.kind.name())
        }),
        column_with_meaning(
            "report_kind", ColumnType::OptionalTerm(Vocabulary::ReportKind), "report_kind",
            |(_, assessment), _| Field::optional(assessment.report.kind.map(|kind| kind.name())),
        ),
        column("report_date", ColumnType::Date, |(_, assessment), _| {
            date(Some(assessment.report.date))
        }),
        column_with_meaning(
            "level", ColumnType::AssessedLevel, "level_of_report",
            |(_, assessment), _| Field::text(assessment.level.name()),
        ),
        column("results", ColumnType::OptionalText, |(_, assessment), _| {
            optional(assessment.texts.results.as_ref())
        }),
        column("next_steps", ColumnType::OptionalText, |(_, assessment), _| {
            optional(assessment.texts.next_steps.as_ref())
        }),
        column("additional_information", ColumnType::OptionalText, |(_, assessment), _| {
            optional(assessment.texts.additional_information.as_ref())
        }),
        column("note", ColumnType::OptionalText, |(_, assessment), _| {
            optional(assessment.texts.note.as_ref())
        }),
        column("evidence", ColumnType::Texts, |(_, assessment), context| {
            evidence(&assessment.evidence, context)
        }),
        column("challenges", ColumnType::Terms(Vocabulary::Challenge), |(_, assessment), _| {
            Field::list(assessment.challenges.iter().map(|challenge| challenge.name()))
        }),
    ];
    type Record<'p> = (&'p Commitment, &'p Assessment);

    fn records(portal: &Portal) -> impl Iterator<Item = Self::Record<'_>> {
        portal.commitments.iter().flat_map(|commitment| {
            commitment.assessments.iter().map(move |assessment| (&**commitment, assessment))
        })
    }
}

/// One record for each update of a commitment.
pub(super) struct Updates;

impl Table for Updates {
    const NAME: &'static str = "updates";
    const KEY: &'static [&'static str] = &[];
    #[rustfmt::skip]
    const COLUMNS: &'static [Column<Self>] = &[
        column("plan", ColumnType::Plan, |(commitment, _), _| plan(commitment)),
        column("id", ColumnType::Text, |(commitment, _), _| number(commitment)),
        column_with_meaning("date", ColumnType::Date, "date_of_update", |(_, update), _| {
            date(Some(update.date))
        }),
        column_with_meaning("text", ColumnType::Text, "text_of_update", |(_, update), _| {
            original(&update.text)
        }),
        column("evidence", ColumnType::Texts, |(_, update), context| {
            evidence(&update.evidence, context)
        }),
        column("challenges", ColumnType::Terms(Vocabulary::Challenge), |(_, update), _| {
            Field::list(update.challenges.iter().map(|challenge| challenge.name()))
        }),
    ];
    type Record<'p> = (&'p Commitment, &'p Update);

    fn records(portal: &Portal) -> impl Iterator<Item = Self::Record<'_>> {
        portal.commitments.iter().flat_map(|commitment| {
            commitment.updates.iter().map(move |update| (&**commitment, update))
        })
    }
}

/// One record for each milestone of a commitment.
pub(super) struct Milestones;

impl Table for Milestones {
    const NAME: &'static str = "milestones";
    const KEY: &'static [&'static str] = &["plan", "id", "milestone"];
    #[rustfmt::skip]
    const COLUMNS: &'static [Column<Self>] = &[
        column("plan", ColumnType::Plan, |(commitment, _), _| plan(commitment)),
        column("id", ColumnType::Text, |(commitment, _), _| number(commitment)),
        column("milestone", ColumnType::Text, |(_, step), _| Field::text(step.id.as_str())),
        column_with_meaning("title", ColumnType::Text, "title_of_milestone", |(_, step), _| {
            original(&step.title)
        }),
        column_with_meaning("leads", ColumnType::Texts, "leads_of_milestone", |(_, step), _| {
            Field::list(step.leads.iter().map(|agency| agency.id.as_str()))
        }),
        column("start_date", ColumnType::OptionalDate, |(_, step), _| date(step.start_date)),
        column("end_date", ColumnType::OptionalEndDate, |(_, step), _| date(step.end_date)),
        column("completed_date", ColumnType::OptionalDate, |(_, step), _| {
            date(step.completed_date)
        }),
        column_with_meaning(
            "level", ColumnType::OptionalTerm(Vocabulary::CompletionLevel), "level_of_milestone",
            |(_, step), _| Field::optional(step.level.map(|level| level.name())),
        ),
        column_with_meaning(
            "description", ColumnType::OptionalText, "description_of_milestone",
            |(_, step), _| optional(step.texts.description.as_ref()),
        ),
        column_with_meaning("late", ColumnType::Texts, "late", |(commitment, step), context| {
            let late = commitment.late(&context.portal.site.headline).into_iter();
            let late = late.filter(|late| late.milestone.is_some_and(|late| late.id == step.id));
            Field::list(late.map(|late| late.report.id.as_str()))
        }),
        column("evidence", ColumnType::Texts, |(_, step), context| {
            evidence(&step.evidence, context)
        }),
    ];
    type Record<'p> = (&'p Commitment, &'p Milestone);

    fn records(portal: &Portal) -> impl Iterator<Item = Self::Record<'_>> {
        portal.commitments.iter().flat_map(|commitment| {
            commitment.milestones.iter().map(move |step| (&**commitment, step))
        })
    }
}

/// One record for what a report says about a milestone.
pub(super) struct MilestoneLevels;

impl Table for MilestoneLevels {
    const NAME: &'static str = "milestone_levels";
    const KEY: &'static [&'static str] = &["plan", "id", "milestone", "report"];
    #[rustfmt::skip]
    const COLUMNS: &'static [Column<Self>] = &[
        column("plan", ColumnType::Plan, |(commitment, ..), _| plan(commitment)),
        column("id", ColumnType::Text, |(commitment, ..), _| number(commitment)),
        column("milestone", ColumnType::Text, |(commitment, _, step), _| {
            Field::text(commitment.milestones[step.index].id.as_str())
        }),
        column_with_meaning("report", ColumnType::Text, "report_id", |(_, assessment, _), _| {
            Field::text(assessment.report.id.as_str())
        }),
        column("assessor", ColumnType::Text, |(_, assessment, _), _| {
            Field::text(assessment.report.assessor.id.as_str())
        }),
        column("report_date", ColumnType::Date, |(_, assessment, _), _| {
            date(Some(assessment.report.date))
        }),
        column_with_meaning(
            "level", ColumnType::Term(Vocabulary::CompletionLevel), "level_of_report",
            |(.., step), _| Field::text(step.level.name()),
        ),
        column_with_meaning("note", ColumnType::OptionalText, "note_on_milestone", |(.., step), _| {
            optional(step.texts.note.as_ref())
        }),
    ];
    type Record<'p> = (&'p Commitment, &'p Assessment, &'p AssessedMilestone);

    fn records(portal: &Portal) -> impl Iterator<Item = Self::Record<'_>> {
        Assessments::records(portal).flat_map(|(commitment, assessment)| {
            assessment.milestones.iter().map(move |step| (commitment, assessment, step))
        })
    }
}

/// One record for each deadline that moved.
pub(super) struct Rescheduled;

impl Table for Rescheduled {
    const NAME: &'static str = "rescheduled";
    const KEY: &'static [&'static str] = &[];
    #[rustfmt::skip]
    const COLUMNS: &'static [Column<Self>] = &[
        column("plan", ColumnType::Plan, |(commitment, _), _| plan(commitment)),
        column("id", ColumnType::Text, |(commitment, _), _| number(commitment)),
        column_with_meaning("date", ColumnType::Date, "date_of_move", |(_, moved), _| {
            date(Some(moved.date))
        }),
        column("from", ColumnType::Date, |(_, moved), _| date(Some(moved.from))),
        column("to", ColumnType::Date, |(_, moved), _| date(Some(moved.to))),
        column("reason", ColumnType::OptionalText, |(_, moved), _| {
            optional(moved.texts.reason.as_ref())
        }),
    ];
    type Record<'p> = (&'p Commitment, &'p Reschedule);

    fn records(portal: &Portal) -> impl Iterator<Item = Self::Record<'_>> {
        portal.commitments.iter().flat_map(|commitment| {
            commitment.rescheduled.iter().map(move |moved| (&**commitment, moved))
        })
    }
}

/// One record for each correction.
pub(super) struct Corrections;

impl Table for Corrections {
    const NAME: &'static str = "corrections";
    const KEY: &'static [&'static str] = &[];
    #[rustfmt::skip]
    const COLUMNS: &'static [Column<Self>] = &[
        column("plan", ColumnType::Plan, |(commitment, _), _| plan(commitment)),
        column("id", ColumnType::Text, |(commitment, _), _| number(commitment)),
        column_with_meaning("date", ColumnType::Date, "date_of_correction", |(_, item), _| {
            date(Some(item.date))
        }),
        column_with_meaning("text", ColumnType::Text, "text_of_correction", |(_, item), _| {
            original(&item.text)
        }),
    ];
    type Record<'p> = (&'p Commitment, &'p Correction);

    fn records(portal: &Portal) -> impl Iterator<Item = Self::Record<'_>> {
        portal.commitments.iter().flat_map(|commitment| {
            commitment.corrections.iter().map(move |item| (&**commitment, item))
        })
    }
}

/// One record for each number of an indicator.
pub(super) struct Indicators;

/// A number of an indicator, with its role and its report.
type IndicatorNumber<'p> = (
    &'p Commitment,
    &'p Indicator,
    (&'static str, Option<PartialDate>, Quantity, Option<&'p Report>),
);

impl Table for Indicators {
    const NAME: &'static str = "indicators";
    const KEY: &'static [&'static str] = &[];
    #[rustfmt::skip]
    const COLUMNS: &'static [Column<Self>] = &[
        column("plan", ColumnType::Plan, |(commitment, ..), _| plan(commitment)),
        column("id", ColumnType::Text, |(commitment, ..), _| number(commitment)),
        column("indicator", ColumnType::Text, |(_, indicator, _), _| {
            Field::text(indicator.id.as_str())
        }),
        column_with_meaning("title", ColumnType::Text, "title_of_indicator", |(_, item, _), _| {
            original(&item.title)
        }),
        column("unit", ColumnType::Text, |(_, item, _), _| original(&item.unit)),
        column("role", ColumnType::Text, |(.., (role, ..)), _| Field::text(role)),
        column_with_meaning(
            "date", ColumnType::OptionalDate, "date_of_value", |(.., (_, on, ..)), _| date(on),
        ),
        column("value", ColumnType::Text, |(.., (_, _, quantity, _)), _| {
            Field::text(quantity.to_string())
        }),
        column_with_meaning(
            "report", ColumnType::OptionalText, "report_of_value", |(.., (_, _, _, report)), _| {
                Field::optional(report.map(|report| report.id.as_str()))
            },
        ),
    ];
    type Record<'p> = IndicatorNumber<'p>;

    fn records(portal: &Portal) -> impl Iterator<Item = Self::Record<'_>> {
        portal.commitments.iter().flat_map(|commitment| {
            let commitment = commitment.as_ref();
            commitment.indicators.iter().flat_map(move |indicator| {
                let record = move |number| (commitment, indicator, number);
                let baseline = indicator.baseline.iter();
                let baseline = baseline.map(|dated| ("baseline", dated.date, dated.quantity, None));
                let values = indicator.values.iter().map(|value| {
                    ("value", Some(value.date), value.quantity, value.report.as_deref())
                });
                let target = indicator.target.iter();
                let target = target.map(|dated| ("target", dated.date, dated.quantity, None));
                baseline.chain(values).chain(target).map(record)
            })
        })
    }
}

/// One record for each agency.
pub(super) struct Agencies;

impl Table for Agencies {
    const NAME: &'static str = "agencies";
    const KEY: &'static [&'static str] = &["id"];
    #[rustfmt::skip]
    const COLUMNS: &'static [Column<Self>] = &[
        column_with_meaning("id", ColumnType::Text, "id_of_agency", |agency, _| {
            Field::text(agency.id.as_str())
        }),
        column_with_meaning("name", ColumnType::Text, "name_of_agency", |agency, _| {
            original(&agency.name)
        }),
        column("short_name", ColumnType::OptionalText, |agency, _| {
            optional(agency.short_name.as_ref())
        }),
        column("website", ColumnType::OptionalAddress, |agency, _| {
            Field::optional(agency.website.as_deref())
        }),
        column_with_meaning("url", ColumnType::Address, "url_of_agency", |agency, context| {
            let route = Route::Agency(agency.id.clone());
            Field::text(page_url(&route, context.portal, context.routes))
        }),
        column("aliases", ColumnType::Texts, |agency, _| {
            Field::list(agency.aliases.iter().map(String::as_str))
        }),
        column_with_meaning("from", ColumnType::OptionalDate, "agency_from", |agency, _| {
            date(agency.from)
        }),
        column_with_meaning("until", ColumnType::OptionalDate, "agency_until", |agency, _| {
            date(agency.until)
        }),
        column("former_names", ColumnType::Texts, |agency, _| {
            Field::list(agency.former_names.iter().map(|former| {
                format!("{} ({})", former.name.trimmed_original(), former.until)
            }))
        }),
        column("became", ColumnType::Texts, |agency, _| {
            Field::list(agency.became.iter().map(|other| format!("{} ({})", other.agency, other.date)))
        }),
    ];
    type Record<'p> = &'p Agency;

    fn records(portal: &Portal) -> impl Iterator<Item = Self::Record<'_>> {
        portal.agencies.iter().map(AsRef::as_ref)
    }
}

fn plan(commitment: &Commitment) -> Field<'_> {
    Field::text(commitment.id.plan.as_str())
}

fn number(commitment: &Commitment) -> Field<'_> {
    Field::text(commitment.id.number())
}

fn original(text: &Text) -> Field<'_> {
    Field::text(text.trimmed_original())
}

fn optional(text: Option<&Text>) -> Field<'_> {
    Field::optional(text.map(Text::trimmed_original))
}

fn date<'p>(date: Option<impl ToString>) -> Field<'p> {
    Field::optional(date.map(|date| date.to_string()))
}

/// `title <address>` for each document.
fn evidence<'p>(evidence: &'p [Evidence], context: &Context<'_>) -> Field<'p> {
    Field::list(evidence.iter().map(|item| -> Cow<'p, str> {
        let address = address(&item.location, context.routes);
        format!("{} <{address}>", item.title.trimmed_original()).into()
    }))
}
