//! JSON Schema (draft 2020-12) of what the library takes as JSON (feature
//! `schema`): documents, and whatever else a vendor writes.
//!
//! Derived from the types by schemars, then told in French: the description
//! of a field is the *French term* of its doc comment, and a field whose doc
//! comment names a value set lists its codes when there are few of them. So a
//! field is described once, where it is declared.
//!
//! - [`kind`](self): the kinds, and their schema
//! - `french`: descriptions and codes put into a derived schema
//!
//! What a schema accepts is read without a `JSON-…` problem; what the values
//! mean together is judged by the checks of the document.

mod french;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::document::Document;
use crate::facts;
use crate::unstructured::UnstructuredDocument;

/// One kind of input that has a schema.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Name, for example `fiche_rcp`.
    pub name: &'static str,
    /// French name.
    pub title: &'static str,
    derive: fn(SchemaGenerator) -> Schema,
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Kind").field(&self.name).finish()
    }
}

const fn kind<T: JsonSchema>(name: &'static str, title: &'static str) -> Kind {
    Kind {
        name,
        title,
        derive: SchemaGenerator::into_root_schema_for::<T>,
    }
}

macro_rules! list {
    (
        documents { $($(#[$meta:meta])* $variant:ident: $module:ident, $kind:literal, $french:literal;)* }
        level_one { $($rest:tt)* }
    ) => {
        /// Every kind, documents first.
        pub static KINDS: &[Kind] = &[
            $( kind::<crate::document::$module::$variant>($kind, $french), )*
            kind::<UnstructuredDocument>("level_one", "Document de niveau 1 (PDF)"),
            kind::<facts::SessionFact>("session_fact", "Fait : session de RCP"),
            kind::<facts::AttendanceFact>("attendance_fact", "Fait : présence à une session"),
            kind::<facts::FicheFact>("fiche_fact", "Fait : version d'une fiche RCP"),
            kind::<facts::PpsFact>("pps_fact", "Fait : version d'un PPS"),
            kind::<facts::OfferFact>("offer_fact", "Fait : ligne de l'offre RCP"),
        ];
    };
}
crate::document::kinds!(list);

/// The schema of a kind; none when it is unknown.
pub fn schema(name: &str) -> Option<Value> {
    let kind = KINDS.iter().find(|kind| kind.name == name)?;
    let settings = SchemaSettings::draft2020_12();
    let mut schema = (kind.derive)(SchemaGenerator::new(settings)).to_value();
    french::tell(&mut schema);
    let root = schema.as_object_mut()?;
    root.insert("$id".into(), format!("urn:dcc:schema:{name}").into());
    root.insert("title".into(), kind.title.into());
    if Document::KINDS.contains(&name) {
        let tag = json!({ "const": name, "description": "Nature du document" });
        if let Some(Value::Object(properties)) = root.get_mut("properties") {
            properties.insert("document".into(), tag);
        }
        root.insert("required".into(), json!(["document"]));
    }
    Some(schema)
}

/// The schema of a kind as its file holds it; none when it is unknown.
pub fn text(name: &str) -> Option<String> {
    let mut text = serde_json::to_string_pretty(&schema(name)?).ok()?;
    text.push('\n');
    Some(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// `cargo run -p dcc-core --features schema --example schemas` writes them.
    #[test]
    fn the_committed_schemas_are_those_of_the_types() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
        let mut files: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|f| f.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        let mut names: Vec<String> = KINDS
            .iter()
            .map(|k| format!("{}.schema.json", k.name))
            .collect();
        names.sort();
        assert_eq!(files, names);
        for kind in KINDS {
            let file = folder.join(format!("{}.schema.json", kind.name));
            let committed = std::fs::read_to_string(file).unwrap();
            assert!(Some(committed) == text(kind.name), "{} is stale", kind.name);
        }
    }

    #[test]
    fn every_document_has_a_schema() {
        for name in Document::KINDS {
            let schema = schema(name).unwrap_or_else(|| panic!("no schema for {name}"));
            assert_eq!(schema["properties"]["document"]["const"], *name);
            assert_eq!(
                schema["$schema"],
                "https://json-schema.org/draft/2020-12/schema"
            );
        }
        assert_eq!(schema("autre"), None);
    }

    /// Walks every property of a schema.
    fn properties(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    if key == "properties"
                        && let Value::Object(properties) = value
                    {
                        for (name, property) in properties {
                            found.push((format!("{path}/{name}"), property.clone()));
                        }
                    }
                    properties(value, &format!("{path}/{key}"), found);
                }
            }
            Value::Array(items) => {
                for item in items {
                    properties(item, path, found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_field_is_described_in_french() {
        let mut missing = Vec::new();
        for kind in KINDS {
            let mut found = Vec::new();
            properties(&schema(kind.name).unwrap(), kind.name, &mut found);
            assert!(found.len() > 2, "{}", kind.name);
            missing.extend(
                found
                    .into_iter()
                    .filter(|(_, property)| {
                        property["description"].as_str().is_none_or(str::is_empty)
                    })
                    .map(|(path, _)| path),
            );
        }
        missing.sort();
        missing.dedup();
        assert!(
            missing.is_empty(),
            "no *French term* in the doc comments of {missing:#?}"
        );
    }

    #[test]
    fn small_value_sets_are_listed() {
        let schema = schema("fiche_rcp").unwrap();
        let listed = &schema["$defs"]["JDV_PhaseCancer_CISIS"];
        assert_eq!(listed["anyOf"][0]["enum"], json!(["MED-268", "MED-244"]));
        let said = listed["description"].as_str().unwrap();
        assert!(said.contains("MED-244 : Rechute"), "{said}");
        // 724 codes are named, not listed
        assert!(schema["$defs"].get("JDV_Tumeur_CISIS").is_none());
    }
}
