//! JSON in and out, every problem at once.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::json_value::{Error, Fault, Node};
use crate::problem::{Problem, Problems, rules};

const SOURCE: &str = "dcc, modèle d'entrée";

rules! {
    SYNTAX: Blocking "JSON-SYNTAXE" "Le texte n'est pas un JSON valide" SOURCE;
    FIELD: Blocking "JSON-CHAMP" "Le champ n'existe pas" SOURCE;
    VALUE: Blocking "JSON-VALEUR" "La valeur n'a pas la forme attendue" SOURCE;
    KIND: Blocking "JSON-DOCUMENT" "La nature du document n'est pas celle attendue" SOURCE;
}

/// Reads a document whose `"document"` key says `kind`.
///
/// # Errors
/// `JSON-SYNTAXE` with line and column; `JSON-DOCUMENT`; and for every field
/// that does not exist or has not the form expected, `JSON-CHAMP` or
/// `JSON-VALEUR` with its JSON pointer.
pub fn read<T: DeserializeOwned>(text: &[u8], kind: &str) -> Result<T, Problems> {
    let mut value = parse(text)?;
    let mut problems = Problems::new();
    match value.as_object_mut().map(|o| o.remove("document")) {
        Some(Some(Value::String(found))) if found == kind => {}
        found => {
            let found = found
                .flatten()
                .map_or_else(|| "absent".to_owned(), |v| v.to_string());
            problems.push(
                Problem::new(&KIND, "/document")
                    .found(found)
                    .allowed([format!("\"{kind}\"")]),
            );
        }
    }
    let read = from_value(value, &mut problems);
    if problems.is_empty() {
        read.ok_or(problems)
    } else {
        Err(problems)
    }
}

/// The kind that the `"document"` key of a JSON text states.
///
/// # Errors
/// As [`read`].
pub fn kind(text: &[u8]) -> Result<String, Problems> {
    match parse(text)?.get("document") {
        Some(Value::String(kind)) => Ok(kind.clone()),
        found => {
            let found = found.map_or_else(|| "absent".to_owned(), Value::to_string);
            Err(Problem::new(&KIND, "/document").found(found).into())
        }
    }
}

/// Parses a text into a JSON value.
///
/// # Errors
/// `JSON-SYNTAXE` with line and column.
pub fn parse(text: &[u8]) -> Result<Value, Problems> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    serde_json::from_slice(text).map_err(|e| {
        Problem::new(
            &SYNTAX,
            format!("ligne {}, colonne {}", e.line(), e.column()),
        )
        .found(e)
        .into()
    })
}

/// Reads a value; as serde stops at its first error, the part in fault is told,
/// taken out, and the rest read again, until nothing is left to tell.
pub fn from_value<T: DeserializeOwned>(mut value: Value, problems: &mut Problems) -> Option<T> {
    const MOST: usize = 200;
    for _ in 0..MOST {
        match T::deserialize(Node(&value)) {
            Ok(read) => return Some(read),
            Err(error) => {
                if !tell(error, &mut value, problems) {
                    return None;
                }
            }
        }
    }
    None
}

/// Tells one fault and takes its place out of the value; false when there is
/// nothing left to take out.
fn tell(Error(located): Error, value: &mut Value, problems: &mut Problems) -> bool {
    let mut steps = located.steps;
    steps.reverse();
    let problem = match located.fault {
        Fault::UnknownField { found, known } => {
            if steps.last() != Some(&found) {
                steps.push(found.clone());
            }
            Problem::new(&FIELD, path(&steps))
                .found(found)
                .allowed(known)
        }
        fault => {
            let mut problem = Problem::new(&VALUE, path(&steps)).message(fault.to_string());
            problem.found = get(value, &steps).map(|v| clip(&v.to_string()));
            if let Fault::UnknownVariant { known, .. } = fault {
                problem = problem.allowed(known);
            }
            problem
        }
    };
    problems.push(problem);
    remove(value, &steps)
}

/// Writes a document with its `"document"` key first.
pub fn write<T: Serialize>(document: &T, kind: &str) -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct Tagged<'a, T> {
        document: &'a str,
        #[serde(flatten)]
        content: &'a T,
    }
    serde_json::to_string_pretty(&Tagged {
        document: kind,
        content: document,
    })
}

fn path(steps: &[String]) -> String {
    steps
        .iter()
        .map(|s| format!("/{}", s.replace('~', "~0").replace('/', "~1")))
        .collect()
}

fn get<'v>(value: &'v Value, steps: &[String]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |v, step| match v {
        Value::Array(items) => items.get(step.parse::<usize>().ok()?),
        Value::Object(fields) => fields.get(step),
        _ => None,
    })
}

/// Takes the value at `steps` out.
fn remove(value: &mut Value, steps: &[String]) -> bool {
    let Some((last, parents)) = steps.split_last() else {
        return false;
    };
    let parent = parents.iter().try_fold(&mut *value, |v, step| match v {
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        Value::Object(fields) => fields.get_mut(step),
        _ => None,
    });
    match parent {
        Some(Value::Object(fields)) => fields.remove(last).is_some() || remove(value, parents),
        // indices of the items that follow must not move: an object is emptied,
        // another item takes its whole array with it
        Some(Value::Array(items)) => {
            match last.parse::<usize>().ok().and_then(|i| items.get_mut(i)) {
                Some(item) if item.as_object().is_some_and(|o| !o.is_empty()) => {
                    *item = Value::Object(serde_json::Map::new());
                    true
                }
                _ => remove(value, parents),
            }
        }
        _ => remove(value, parents),
    }
}

fn clip(text: &str) -> String {
    if text.chars().count() <= 80 {
        return text.to_owned();
    }
    text.chars().take(79).chain(['…']).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::{Patient, Stated};

    #[test]
    fn every_fault_at_once() {
        let text = br#"{"document": "patient", "birth_nom": "X", "birth_date": "1979-02-30",
            "sex": 3, "telecoms": [{"uri": 4, "x": 1}, {"uri": true}], "identity_status": "peut-etre"}"#;
        let problems = read::<Patient>(text, "patient").unwrap_err();
        let mut told: Vec<_> = problems.iter().map(|p| (p.path.as_str(), p.code)).collect();
        told.sort_unstable();
        assert_eq!(
            told,
            [
                ("/birth_date", "JSON-VALEUR"),
                ("/birth_nom", "JSON-CHAMP"),
                ("/identity_status", "JSON-VALEUR"),
                ("/sex", "JSON-VALEUR"),
                ("/telecoms/0/uri", "JSON-VALEUR"),
                ("/telecoms/0/x", "JSON-CHAMP"),
                ("/telecoms/1/uri", "JSON-VALEUR"),
            ]
        );
    }

    #[test]
    fn the_path_goes_inside_a_stated_value_and_a_variant() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(rename_all = "snake_case", deny_unknown_fields)]
        #[allow(dead_code)]
        enum Kind {
            None,
            Named { name: String },
        }
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code)]
        struct Form {
            birth: Stated<Patient>,
            death: Stated<Patient>,
            why: Stated<Patient>,
            kind: Kind,
            other: Kind,
            at: chrono::DateTime<chrono::Utc>,
            count: u8,
        }
        let value = serde_json::json!({
            "birth": {"birth_name": 1}, "death": {"absent": "unknown", "x": 1},
            "why": {"absent": "because"}, "kind": {"named": {"name": []}}, "other": "some",
            "at": "2025-13-01", "count": 300,
        });
        let mut problems = Problems::new();
        assert!(from_value::<Form>(value, &mut problems).is_none());
        let mut told: Vec<_> = problems.iter().map(ToString::to_string).collect();
        told.sort_unstable();
        let starts = [
            "JSON-CHAMP /death/x : Le champ n'existe pas (trouvé : x",
            "JSON-VALEUR /at : date ou heure invalide",
            "JSON-VALEUR /birth/birth_name : type inattendu : un nombre entier, attendu : un texte",
            "JSON-VALEUR /count : valeur inattendue : un nombre entier, attendu : un nombre entier de 0 à 255",
            "JSON-VALEUR /kind/named/name : type inattendu : une liste, attendu : un texte",
            "JSON-VALEUR /other : valeur inconnue : some, attendu : none, named",
            "JSON-VALEUR /why/absent : valeur inconnue : because, attendu : unknown, not_applicable",
        ];
        for start in starts {
            assert!(
                told.iter().any(|t| t.starts_with(start)),
                "{start}\n{told:#?}"
            );
        }
    }

    #[test]
    fn a_list_is_no_object() {
        let mut problems = Problems::new();
        let list = serde_json::json!([["PAT-TEST", null]]);
        assert!(from_value::<Vec<Patient>>(list, &mut problems).is_none());
        let first = problems.iter().next().unwrap();
        assert_eq!(
            (first.path.as_str(), first.message.as_str()),
            ("/0", "type inattendu : une liste, attendu : un objet")
        );
    }

    #[test]
    fn syntax_and_kind() {
        let e = read::<Patient>(b"{\n \"a\": }", "patient").unwrap_err();
        assert!(e.iter().next().unwrap().path.starts_with("ligne 2"));
        let e = read::<Patient>(b"{\"document\": \"pps\"}", "patient").unwrap_err();
        assert_eq!(e.iter().next().unwrap().code, "JSON-DOCUMENT");
        assert_eq!(kind(b"\xEF\xBB\xBF{\"document\": \"pps\"}").unwrap(), "pps");
    }

    #[test]
    fn what_is_written_is_read() {
        let patient = Patient {
            birth_name: "PAT-TEST".into(),
            ..Patient::default()
        };
        let text = write(&patient, "patient").unwrap();
        assert_eq!(
            read::<Patient>(text.as_bytes(), "patient").unwrap(),
            patient
        );
        assert_eq!(
            text,
            "{\n  \"document\": \"patient\",\n  \"birth_name\": \"PAT-TEST\"\n}"
        );
    }
}
