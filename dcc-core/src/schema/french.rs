//! A derived schema told in French, with the codes of its value sets.

use serde_json::{Map, Value, json};

use crate::terminology::{Terminology, ValueSet};

/// The most codes that a schema lists.
const MOST_CODES: usize = 60;

/// Keys whose value names things of the vendor's, not schemas.
const NAMED: [&str; 2] = ["properties", "$defs"];

/// Puts every description into French, lists the codes of small value sets,
/// and leaves out what says nothing to a reader.
pub(super) fn tell(schema: &mut Value) {
    let mut sets = Map::new();
    walk(schema, &mut sets);
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        definitions.extend(sets);
    }
}

fn walk(value: &mut Value, sets: &mut Map<String, Value>) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, sets)),
        Value::Object(fields) => {
            // a default of these types only says "not stated"
            fields.remove("default");
            bound_numbers(fields);
            describe(fields, sets);
            describe_variant(fields);
            for (key, value) in fields {
                match value {
                    Value::Object(named) if NAMED.contains(&key.as_str()) => {
                        named.values_mut().for_each(|v| walk(v, sets));
                    }
                    _ => walk(value, sets),
                }
            }
        }
        _ => {}
    }
}

/// `int32` and its like are not formats of JSON Schema: their bounds are said.
fn bound_numbers(fields: &mut Map<String, Value>) {
    let bounds = match fields.get("format").and_then(Value::as_str) {
        Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        Some("uint8") => (0, i64::from(u8::MAX)),
        Some("uint32") => (0, i64::from(u32::MAX)),
        _ => return,
    };
    fields.remove("format");
    fields.insert("minimum".into(), bounds.0.into());
    fields.insert("maximum".into(), bounds.1.into());
}

/// One schema: its description, and the codes of the value set it names.
fn describe(fields: &mut Map<String, Value>, sets: &mut Map<String, Value>) {
    let Some(Value::String(doc)) = fields.remove("description") else {
        return;
    };
    let mut told = french_of(&doc);
    if let Some(set) = value_set(&doc) {
        if !told.is_empty() {
            told.push_str(", ");
        }
        told.push_str(&format!(
            "jeu de valeurs {} ({} codes)",
            set.name(),
            set.len()
        ));
        if set.len() <= MOST_CODES && bind(fields, set) {
            sets.entry(set.name()).or_insert_with(|| listed(set));
        }
    }
    if !told.is_empty() {
        fields.insert("description".into(), told.into());
    }
}

/// The one field of a variant has the description of the variant.
fn describe_variant(fields: &mut Map<String, Value>) {
    let told = fields.get("description").cloned();
    if let (Some(told), Some(Value::Object(properties))) = (told, fields.get_mut("properties"))
        && properties.len() == 1
    {
        for property in properties.values_mut().filter_map(Value::as_object_mut) {
            // an italic term, as the walk that follows reads it
            let told = format!("*{}*", told.as_str().unwrap_or_default());
            property.entry("description").or_insert(told.into());
        }
    }
}

/// The French of a doc comment: its first term in italics, and those that
/// "or" joins to it. Empty when there is none.
fn french_of(doc: &str) -> String {
    let doc = doc.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts = doc.split('*');
    let mut told = parts.nth(1).unwrap_or_default().to_owned();
    while let (Some(" or "), Some(term)) = (parts.next(), parts.next()) {
        told.push_str(" ou ");
        told.push_str(term);
    }
    let mut letters = told.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The value set that a doc comment names.
fn value_set(doc: &str) -> Option<&'static ValueSet> {
    let at = doc.find("JDV_")?;
    let end = doc[at..]
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .map_or(doc.len(), |n| at + n);
    Terminology::embedded().get(&doc[at..end])
}

/// Binds the coded value of a field, if it has one, to a value set.
fn bind(fields: &mut Map<String, Value>, set: &ValueSet) -> bool {
    let reference = json!(format!("#/$defs/{}", set.name()));
    if fields.get("$ref").and_then(Value::as_str) == Some("#/$defs/Code") {
        fields.insert("$ref".into(), reference);
        return true;
    }
    let mut bound = false;
    if let Some(Value::Object(items)) = fields.get_mut("items") {
        bound |= bind(items, set);
    }
    if let Some(Value::Array(choices)) = fields.get_mut("anyOf") {
        for choice in choices {
            if let Value::Object(choice) = choice {
                bound |= bind(choice, set);
            }
        }
    }
    bound
}

/// The codes of a value set, as a code alone or as an object.
fn listed(set: &ValueSet) -> Value {
    let mut codes: Vec<&str> = Vec::new();
    let mut told = Vec::new();
    for concept in set.iter() {
        if !codes.contains(&&*concept.code) {
            codes.push(&concept.code);
        }
        let end = concept
            .valid_to
            .map(|day| format!(" (retiré le {})", day.format("%d/%m/%Y")))
            .unwrap_or_default();
        told.push(format!("{} : {}{end}", concept.code, concept.label));
    }
    json!({
        "description": format!("{} ({}). {}", set.name(), set.oid(), told.join(" ; ")),
        "anyOf": [
            { "enum": codes },
            {
                "type": "object",
                "properties": {
                    "code": { "enum": codes, "description": "Code" },
                    "system": { "type": ["string", "null"], "description": "OID du système de codage" },
                    "label": { "type": ["string", "null"], "description": "Libellé" }
                },
                "required": ["code"],
                "additionalProperties": false
            }
        ]
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_french_term_is_taken() {
        for (doc, told) in [
            (
                "*Contexte de la RCP*: which meeting,\nwhere.",
                "Contexte de la RCP",
            ),
            ("An author (*auteur*).", "Auteur"),
            (
                "*Nom d'exercice* or *nom utilisé*.",
                "Nom d'exercice ou nom utilisé",
            ),
            ("An exam.", ""),
        ] {
            assert_eq!(french_of(doc), told);
        }
    }

    #[test]
    fn a_field_is_bound_to_its_value_set() {
        let mut schema = json!({
            "$defs": { "Code": true },
            "properties": {
                "description": { "type": "string", "description": "*Texte*" },
                "phase": {
                    "description": "*Phase*, value set JDV_PhaseCancer_CISIS: `MED-268`.",
                    "anyOf": [{ "$ref": "#/$defs/Code" }, { "type": "null" }],
                    "default": null
                },
                "n": { "type": "integer", "format": "uint8", "minimum": 0 }
            }
        });
        tell(&mut schema);
        let properties = &schema["properties"];
        assert_eq!(properties["description"]["description"], "Texte");
        let phase = &properties["phase"];
        assert_eq!(phase["anyOf"][0]["$ref"], "#/$defs/JDV_PhaseCancer_CISIS");
        assert_eq!(
            phase["description"],
            "Phase, jeu de valeurs JDV_PhaseCancer_CISIS (2 codes)"
        );
        assert!(phase.get("default").is_none());
        let n = json!({ "type": "integer", "minimum": 0, "maximum": 255 });
        assert_eq!(properties["n"], n);
        assert!(schema["$defs"].get("JDV_PhaseCancer_CISIS").is_some());
    }
}
