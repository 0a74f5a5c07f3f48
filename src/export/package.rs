//! `datapackage.json`: describes the tables for programs (Frictionless Data Package, version 2).

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::address::page_url;
use super::columns::TABLES;
use super::schema::{allowed_values, is_address, pattern};
use super::table::{ColumnAbout, ColumnType, CsvTable};
use crate::language::Language;
use crate::model::{Portal, Report};
use crate::route::{Route, Routes};

/// `data/datapackage.json`. `language` is the site's default language; descriptions are in it.
pub(super) fn data_package(portal: &Portal, routes: &Routes, language: &Language) -> Vec<u8> {
    let site = &portal.site;
    let resources: Vec<Value> = TABLES.iter().map(|table| resource(table, language)).collect();
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "commitments",
        "title": site.title.trimmed_original(),
        "homepage": site.base_url,
        "resources": resources,
    });
    if !portal.reports.is_empty() {
        let source = |report: &Arc<Report>| {
            let path = page_url(&Route::Report(report.id.clone()), portal, routes);
            json!({ "title": report.title.trimmed_original(), "path": path })
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
    let columns = table.columns();
    let fields: Vec<Value> = columns.iter().map(|column| field(column, table, language)).collect();
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
    });
    if !table.key.is_empty() {
        schema["primaryKey"] = json!(table.key);
    }
    let references: Vec<Value> = columns.iter().filter_map(reference).collect();
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

/// The table that a column refers to.
fn reference(column: &ColumnAbout) -> Option<Value> {
    match column.column_type {
        ColumnType::Plan => Some(json!({
            "fields": ["plan", "id"],
            "reference": { "resource": "commitments", "fields": ["plan", "id"] },
        })),
        ColumnType::Agency => Some(json!({
            "fields": [column.name],
            "reference": { "resource": "agencies", "fields": ["id"] },
        })),
        _ => None,
    }
}

fn field(column: &ColumnAbout, table: &CsvTable, language: &Language) -> Value {
    let column_type = column.column_type;
    let mut field = json!({
        "name": column.name,
        "type": "string",
        "description": language.message(&format!("column_{}", column.meaning), &[]),
    });
    let mut constraints = Map::new();
    if let Some(pattern) = pattern(column_type) {
        constraints.insert("pattern".to_owned(), json!(pattern));
    }
    let values = allowed_values(column_type);
    if !values.is_empty() {
        constraints.insert("enum".to_owned(), json!(values));
    }
    if table.key.contains(&column.name) {
        constraints.insert("required".to_owned(), json!(true));
    }
    if is_address(column_type) {
        field["format"] = json!("uri");
    }
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}
