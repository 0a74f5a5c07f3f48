//! `datapackage.json`: describes the tables for programs (Frictionless Data Package, version 2).

use std::sync::Arc;

use serde_json::{Value, json};

use super::address::page_url;
use super::json::original;
use super::table::{Column, ColumnType, CsvTable, TABLES, allowed_values};
use crate::language::Language;
use crate::model::{Portal, Report};
use crate::route::{Route, Routes};

/// The patterns of dates: a year, a month or a day.
const DATE: &str = r"^\d{4}(-\d{2}(-\d{2})?)?$";
const END_DATE: &str = r"^(\d{4}(-\d{2}(-\d{2})?)?|not-applicable)$";

/// `data/datapackage.json`. `language` is the site's default language; descriptions are in it.
pub(super) fn data_package(portal: &Portal, routes: &Routes, language: &Language) -> Vec<u8> {
    let site = &portal.site;
    let resources: Vec<Value> = TABLES.iter().map(|table| resource(table, language)).collect();
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "commitments",
        "title": original(&site.title),
        "homepage": site.base_url,
        "resources": resources,
    });
    if !portal.reports.is_empty() {
        let source = |report: &Arc<Report>| {
            let path = page_url(&Route::Report(report.id.clone()), portal, routes);
            json!({ "title": original(&report.title), "path": path })
        };
        package["sources"] = portal.reports.iter().map(source).collect();
    }
    if let Some(licence) = &site.licence {
        package["licenses"] = json!([{ "title": licence.title, "path": licence.url }]);
    }
    let mut bytes = serde_json::to_vec_pretty(&package).expect("plain values become JSON");
    bytes.push(b'\n');
    bytes
}

fn resource(table: &CsvTable, language: &Language) -> Value {
    let fields: Vec<Value> =
        table.columns.iter().map(|column| field(column, table, language)).collect();
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
    });
    if !table.key.is_empty() {
        schema["primaryKey"] = json!(table.key);
    }
    let mut references = Vec::new();
    if table.columns.iter().any(|column| column.column_type == ColumnType::Plan) {
        references.push(json!({
            "fields": ["plan", "id"],
            "reference": { "resource": "commitments", "fields": ["plan", "id"] },
        }));
    }
    for column in table.columns.iter().filter(|column| column.column_type == ColumnType::Agency) {
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

fn field(column: &Column, table: &CsvTable, language: &Language) -> Value {
    let mut field = json!({
        "name": column.name,
        "type": if column.column_type == ColumnType::Number { "integer" } else { "string" },
        "description": language.message(&format!("column_{}", column.meaning), &[]),
    });
    let values = allowed_values(column.column_type);
    let mut constraints = match column.column_type {
        ColumnType::Date => json!({ "pattern": DATE }),
        ColumnType::EndDate => json!({ "pattern": END_DATE }),
        _ if !values.is_empty() => json!({ "enum": values }),
        _ => json!({}),
    };
    if column.column_type == ColumnType::Address {
        field["format"] = json!("uri");
    }
    if table.key.contains(&column.name) {
        constraints["required"] = json!(true);
    }
    if constraints.as_object().is_some_and(|constraints| !constraints.is_empty()) {
        field["constraints"] = constraints;
    }
    field
}
