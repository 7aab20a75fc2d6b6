//! Characters that no way out can write: those that XML 1.0 forbids.

use dcc_base::problem::{Problem, Problems};
use dcc_xml::is_xml_char;
use serde::Serialize;
use serde_json::Value;

use super::rules;

/// Checks all the texts of a value, each under its JSON pointer.
pub(super) fn check(value: &impl Serialize, path: &str, problems: &mut Problems) {
    if let Ok(value) = serde_json::to_value(value) {
        walk(&value, path, problems);
    }
}

fn walk(value: &Value, path: &str, problems: &mut Problems) {
    match value {
        Value::String(text) => {
            if let Some(c) = text.chars().find(|&c| !is_xml_char(c)) {
                let shown = format!("U+{:04X}", u32::from(c));
                problems.push(Problem::new(&rules::CHARACTER, path).found(shown));
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                walk(item, &format!("{path}/{i}"), problems);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                walk(field, &format!("{path}/{name}"), problems);
            }
        }
        _ => {}
    }
}
