//! `commitments.schema.json`: describes `commitments.json` for programs (JSON Schema, 2020-12).

use serde_json::{Map, Value, json};

use super::columns::{ASSESSMENT_FIELDS, Commitments};
use super::table::{ColumnType, columns};
use crate::language::Language;
use crate::model::{EndDate, PartialDate, Standing};

/// `data/commitments.schema.json`. `language` is the site's default language; descriptions are in
/// it.
pub(super) fn commitments_schema(language: &Language) -> Vec<u8> {
    let columns = columns::<Commitments>();
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let mut properties = Map::new();
    for column in &columns {
        let mut property = property(column.column_type);
        property["description"] =
            json!(language.message(&format!("column_{}", column.meaning), &[]));
        properties.insert(column.name.to_owned(), property);
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "commitments.json",
        "description": language.message("data_commitments_json", &[]),
        "type": "object",
        "required": ["commitments"],
        "properties": {
            "commitments": {
                "type": "array",
                "items": { "type": "object", "required": names, "properties": properties },
            },
        },
    });
    let mut bytes = serde_json::to_vec_pretty(&schema).expect("plain values become JSON");
    bytes.push(b'\n');
    bytes
}

/// What JSON Schema says about the values of a column.
fn property(column_type: ColumnType) -> Value {
    let mut property = match column_type {
        ColumnType::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        ColumnType::Terms(vocabulary) => {
            json!({ "type": "array", "items": { "enum": vocabulary.names() } })
        }
        ColumnType::Assessments => {
            let fields = ASSESSMENT_FIELDS.map(|field| field.name);
            let properties =
                ASSESSMENT_FIELDS.map(|field| (field.name.to_owned(), property(field.column_type)));
            let properties: Map<String, Value> = properties.into_iter().collect();
            json!({
                "type": "array",
                "items": { "type": "object", "required": fields, "properties": properties },
            })
        }
        ColumnType::OptionalText
        | ColumnType::OptionalAddress
        | ColumnType::OptionalDate
        | ColumnType::OptionalEndDate
        | ColumnType::OptionalTerm(_) => {
            json!({ "type": ["string", "null"] })
        }
        _ => json!({ "type": "string" }),
    };
    if let Some(pattern) = pattern(column_type) {
        property["pattern"] = json!(pattern);
    }
    if is_address(column_type) {
        property["format"] = json!("uri");
    }
    let values = allowed_values(column_type);
    if !values.is_empty() {
        property["enum"] = json!(values);
    }
    property
}

/// The regular expression of the values of a column.
pub(super) fn pattern(column_type: ColumnType) -> Option<&'static str> {
    match column_type {
        ColumnType::Date | ColumnType::OptionalDate => Some(PartialDate::PATTERN),
        ColumnType::OptionalEndDate => Some(EndDate::PATTERN),
        _ => None,
    }
}

pub(super) fn is_address(column_type: ColumnType) -> bool {
    matches!(column_type, ColumnType::Address | ColumnType::OptionalAddress)
}

/// The values that a column can have; empty if there is no closed list.
pub(super) fn allowed_values(column_type: ColumnType) -> Vec<&'static str> {
    match column_type {
        ColumnType::Term(vocabulary) | ColumnType::OptionalTerm(vocabulary) => vocabulary.names(),
        ColumnType::AssessedLevel => {
            let is_assessed =
                |standing: &Standing| !matches!(standing, Standing::Withdrawn | Standing::Merged);
            Standing::ALL.into_iter().filter(is_assessed).map(Standing::name).collect()
        }
        ColumnType::Standing => Standing::ALL.map(Standing::name).to_vec(),
        _ => Vec::new(),
    }
}
