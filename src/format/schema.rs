//! JSON Schema (draft-07) of a kind of file, for the programs in which editors write.

use serde_json::{Map, Value, json};

use super::declaration::Kind;
use super::key::{Key, TableFormat, ValueType};
use crate::model::{EndDate, PartialDate};

const LANGUAGE_CODE: &str = "^[a-z]{2,3}(-[A-Za-z0-9]+)*$";

/// Returns the schema of the files of a kind.
pub fn schema(kind: Kind) -> Value {
    let mut schema = table(kind.table());
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(kind.files());
    schema
}

fn table(format: &TableFormat) -> Value {
    let mut properties = Map::new();
    for key in format.originals() {
        properties.insert(key.name.to_owned(), property(key));
    }
    let required: Vec<&str> =
        format.keys.iter().filter(|key| key.is_required).map(|key| key.name).collect();
    let translated: Map<String, Value> =
        format.translated().map(|key| (key.name.to_owned(), property(key))).collect();
    // Every other key is a language, whose code the schema cannot know.
    let others = match translated.is_empty() {
        true => json!(false),
        false => json!({
            "type": "object",
            "description": "the same texts in another language",
            "properties": translated,
            "additionalProperties": false,
        }),
    };
    let mut schema = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": others,
    });
    let names: Vec<&str> = format.originals().map(|key| key.name).collect();
    schema["propertyNames"] = json!({ "anyOf": [{ "enum": names }, { "pattern": LANGUAGE_CODE }] });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn property(key: &Key) -> Value {
    let mut property = value(key.value_type);
    property["description"] = json!(key.meaning);
    property["$comment"] = json!(format!("since Milepost {}", key.since));
    property
}

fn value(value_type: ValueType) -> Value {
    let list = |items: Value| json!({ "type": "array", "items": items });
    let text = json!({ "type": "string", "pattern": r"\S" });
    let line = json!({ "type": "string", "pattern": r"^[^\r\n]*\S[^\r\n]*\s*$" });
    let language_code = json!({ "type": "string", "pattern": LANGUAGE_CODE });
    match value_type {
        ValueType::Line | ValueType::LineOfTranslations | ValueType::Name | ValueType::File => line,
        ValueType::Lines | ValueType::Names => list(line),
        ValueType::OneOrMoreNames => json!({ "oneOf": [line, list(line)] }),
        ValueType::Markdown => text,
        ValueType::Choice(vocabulary) => json!({ "enum": vocabulary.names() }),
        ValueType::Choices(vocabulary) => list(json!({ "enum": vocabulary.names() })),
        ValueType::LanguageCode => language_code,
        ValueType::LanguageCodes => list(language_code),
        ValueType::Date => json!({ "type": "string", "pattern": PartialDate::PATTERN }),
        ValueType::EndDate => json!({ "type": "string", "pattern": EndDate::PATTERN }),
        ValueType::Boolean => json!({ "type": "boolean" }),
        ValueType::Decimal => json!({ "type": "number" }),
        ValueType::Number(lowest, highest) => {
            json!({ "type": "integer", "minimum": lowest, "maximum": highest })
        }
        ValueType::WebAddress => json!({ "type": "string", "pattern": "^https?://[^/]" }),
        ValueType::FolderAddress => {
            json!({ "type": "string", "pattern": "^https?://[^/][^?#]*$" })
        }
        ValueType::ContactAddress => {
            json!({ "type": "string", "pattern": "^(https?://|mailto:)[^/]" })
        }
        ValueType::EmailAddress => {
            json!({ "type": "string", "pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$" })
        }
        ValueType::Table(format) | ValueType::InlineTable(format) => table(format),
        ValueType::Tables(format) | ValueType::InlineTables(format) => list(table(format)),
        ValueType::OneOrMoreTables(format) => {
            json!({ "oneOf": [table(format), list(table(format))] })
        }
        ValueType::Entries => json!({ "type": "object" }),
    }
}
