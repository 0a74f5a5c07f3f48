//! `datapackage.json`: the tables described for programs (Frictionless Data Package, version 2).

use serde_json::{Value, json};

use super::table::{Column, ColumnType, TABLES, Table, words_of};
use crate::language::Language;
use crate::model::Portal;
use crate::route::{Route, Routes};

/// A year, month or day, and what a commitment without an end has in its place.
const DATE: &str = r"^\d{4}(-\d{2}(-\d{2})?)?$";
const END_DATE: &str = r"^(\d{4}(-\d{2}(-\d{2})?)?|not-applicable)$";

/// `data/datapackage.json`, in the words of the site's default language.
pub(super) fn data_package(portal: &Portal, routes: &Routes, language: &Language) -> Vec<u8> {
    let site = &portal.site;
    let title = site.title.original().text.trim();
    let resources: Vec<Value> = TABLES.iter().map(|table| resource(table, language)).collect();
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "commitments",
        "title": title,
        "homepage": site.base_url,
        "resources": resources,
        "sources": portal
            .reports
            .iter()
            .map(|report| {
                let route = Route::Report(report.id.clone());
                json!({
                    "title": report.title.original().text.trim(),
                    "path": routes.absolute(&route, site.default_language()),
                })
            })
            .collect::<Vec<Value>>(),
    });
    if let Some(licence) = &site.licence {
        package["licenses"] = json!([{ "title": licence.title, "path": licence.url }]);
    }
    // A package without sources says nothing of them.
    if portal.reports.is_empty()
        && let Some(package) = package.as_object_mut()
    {
        package.remove("sources");
    }
    let mut bytes = serde_json::to_vec_pretty(&package).expect("plain values become JSON");
    bytes.push(b'\n');
    bytes
}

fn resource(table: &Table, language: &Language) -> Value {
    let fields: Vec<Value> = table.columns.iter().map(|it| field(it, table, language)).collect();
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
    });
    if !table.key.is_empty() {
        schema["primaryKey"] = json!(table.key);
    }
    let mut references = Vec::new();
    if table.columns.iter().any(|it| it.kind == ColumnType::Plan) {
        references.push(json!({
            "fields": ["plan", "id"],
            "reference": { "resource": "commitments", "fields": ["plan", "id"] },
        }));
    }
    for column in table.columns.iter().filter(|it| it.kind == ColumnType::Agency) {
        references.push(json!({
            "fields": [column.name],
            "reference": { "resource": "agencies", "fields": ["id"] },
        }));
    }
    if !references.is_empty() {
        schema["foreignKeys"] = json!(references);
    }
    json!({
        "name": table.name,
        "path": table.file_name(),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": language.message(&format!("data_{}_csv", table.name), &[]),
        "schema": schema,
    })
}

fn field(column: &Column, table: &Table, language: &Language) -> Value {
    let mut field = json!({
        "name": column.name,
        "type": if column.kind == ColumnType::Number { "integer" } else { "string" },
        "description": language.message(&format!("column_{}", column.meaning), &[]),
    });
    let words = words_of(column.kind);
    let mut constraints = match column.kind {
        ColumnType::Date => json!({ "pattern": DATE }),
        ColumnType::EndDate => json!({ "pattern": END_DATE }),
        _ if !words.is_empty() => json!({ "enum": words }),
        _ => json!({}),
    };
    if column.kind == ColumnType::Address {
        field["format"] = json!("uri");
    }
    if table.key.contains(&column.name) {
        constraints["required"] = json!(true);
    }
    if constraints.as_object().is_some_and(|it| !it.is_empty()) {
        field["constraints"] = constraints;
    }
    field
}
