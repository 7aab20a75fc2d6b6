//! JSON in and out, every problem at once.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

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
        let error = match serde_path_to_error::deserialize::<_, T>(value.clone()) {
            Ok(read) => return Some(read),
            Err(error) => error,
        };
        let mut steps = pointer(error.path());
        let message = error.inner().to_string();
        if let Some(field) = message.strip_prefix("unknown field `") {
            let (field, rest) = field.split_once('`').unwrap_or((field, ""));
            if steps.last().map(String::as_str) != Some(field) {
                steps.push(field.to_owned());
            }
            let known = rest.split('`').skip(1).step_by(2);
            problems.push(
                Problem::new(&FIELD, path(&steps))
                    .found(field)
                    .allowed(known),
            );
        } else {
            let found = get(&value, &steps).map(|v| clip(&v.to_string()));
            let mut problem = Problem::new(&VALUE, path(&steps)).message(french(&message));
            problem.found = found;
            problems.push(problem);
        }
        if !remove(&mut value, &steps) {
            return None;
        }
    }
    None
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

fn pointer(path: &serde_path_to_error::Path) -> Vec<String> {
    use serde_path_to_error::Segment;
    path.iter()
        .filter_map(|s| match s {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
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

/// serde's messages, in French.
fn french(message: &str) -> String {
    let names = [
        ("a boolean", "true ou false"),
        ("boolean", "un booléen"),
        ("a string", "un texte"),
        ("string", "un texte"),
        ("integer", "un nombre entier"),
        ("floating point number", "un nombre à virgule"),
        ("floating point", "un nombre à virgule"),
        ("null", "null"),
        ("a sequence", "une liste"),
        ("sequence", "une liste"),
        ("a map", "un objet"),
        ("map", "un objet"),
        ("unit", "null"),
        ("u32", "un nombre entier positif"),
        ("u8", "un nombre entier de 0 à 255"),
        ("i32", "un nombre entier"),
    ];
    let name = |text: &str| {
        let bare = text
            .split(" `")
            .next()
            .unwrap_or(text)
            .split(" \"")
            .next()
            .unwrap_or(text);
        names.iter().find(|n| n.0 == bare).map_or_else(
            || {
                bare.strip_prefix("struct ")
                    .map_or_else(|| text.to_owned(), |_| "un objet".to_owned())
            },
            |n| n.1.to_owned(),
        )
    };
    for (start, text) in [
        ("invalid type: ", "type inattendu"),
        ("invalid value: ", "valeur inattendue"),
    ] {
        if let Some((found, expected)) = message
            .strip_prefix(start)
            .and_then(|m| m.split_once(", expected "))
        {
            return format!("{text} : {}, attendu : {}", name(found), name(expected));
        }
    }
    if let Some(rest) = message.strip_prefix("unknown variant `") {
        let (found, rest) = rest.split_once('`').unwrap_or((rest, ""));
        let known: Vec<_> = rest.split('`').skip(1).step_by(2).collect();
        return format!("valeur inconnue : {found}, attendu : {}", known.join(", "));
    }
    if let Some(field) = message.strip_prefix("missing field `") {
        return format!("champ obligatoire absent : {}", field.trim_end_matches('`'));
    }
    if let Some(field) = message.strip_prefix("duplicate field `") {
        return format!("champ donné deux fois : {}", field.trim_end_matches('`'));
    }
    message.to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::Patient;

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
