//! JSON in and out, every problem at once.

use serde::Serialize;
use serde::de::{DeserializeOwned, DeserializeSeed};
use serde_json::Value;

use super::json_text::{Doubled, Once};
use super::json_value::{Error, Fault, Node, TAG, attempt, stand_in};
use dcc_base::text::clip;

use crate::problem::{Problem, Problems, rules};

const SOURCE: &str = "dcc, modèle d'entrée";

rules! {
    SYNTAX: Blocking "JSON-SYNTAXE" "Le texte n'est pas un JSON valide" SOURCE;
    FIELD: Blocking "JSON-CHAMP" "Le champ n'existe pas" SOURCE;
    VALUE: Blocking "JSON-VALEUR" "La valeur n'a pas la forme attendue" SOURCE;
    DOUBLE: Blocking "JSON-DOUBLON" "Le champ est donné deux fois" SOURCE;
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
    read.filter(|_| problems.is_empty()).ok_or(problems)
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
/// `JSON-SYNTAXE` with line and column; `JSON-DOUBLON` for each field given
/// twice in one object.
pub fn parse(text: &[u8]) -> Result<Value, Problems> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let place = |line, column| Problem::new(&SYNTAX, format!("ligne {line}, colonne {column}"));
    let text = std::str::from_utf8(text).map_err(|e| {
        let (before, rest) = text.split_at(e.valid_up_to());
        let lines = before.split(|&b| b == b'\n');
        let last = lines.clone().next_back().unwrap_or_default();
        let column = String::from_utf8_lossy(last).chars().count() + 1;
        place(lines.count(), column)
            .message("Le texte n'est pas en UTF-8")
            .found(format!(
                "octet {:02X}",
                rest.first().copied().unwrap_or_default()
            ))
    })?;
    let mut doubled = Doubled::default();
    let mut source = serde_json::Deserializer::from_str(text);
    let read = Once(&mut doubled).deserialize(&mut source);
    let value = read
        .and_then(|value| source.end().map(|()| value))
        .map_err(|e| {
            let line = text.split('\n').nth(e.line().saturating_sub(1));
            let line = line.unwrap_or_default();
            // the column of serde is in bytes, that of the fault or of the one before
            let at = match e.is_eof() {
                true => line.len(),
                false => line.floor_char_boundary(e.column().saturating_sub(1)),
            };
            let problem = place(e.line(), line[..at].chars().count() + 1).message(fault(&e));
            match line[at..].trim() {
                "" => problem,
                rest => problem.found(clip(rest)),
            }
        });
    let value = value.map_err(Problems::from)?;
    let told = doubled.found.iter();
    let told: Problems = told
        .map(|steps| Problem::new(&DOUBLE, path(steps)))
        .collect();
    match told.is_empty() {
        true => Ok(value),
        false => Err(told),
    }
}

/// What is wrong with a text that is no JSON, in French.
fn fault(error: &serde_json::Error) -> String {
    const FAULTS: [(&str, &str); 12] = [
        ("EOF while parsing", "le texte s'arrête avant la fin"),
        ("expected `:`", "il manque « : » après le nom du champ"),
        ("expected `,` or `]`", "il manque « , » ou « ] »"),
        ("expected `,` or `}`", "il manque « , » ou « } »"),
        ("expected value", "une valeur est attendue"),
        (
            "key must be a string",
            "le nom d'un champ est un texte entre guillemets",
        ),
        ("trailing comma", "une virgule est de trop"),
        ("trailing characters", "du texte suit la fin"),
        (
            "control character",
            "un caractère de contrôle est dans un texte",
        ),
        ("invalid escape", "une suite « \\ » n'existe pas"),
        ("invalid number", "un nombre est mal formé"),
        ("recursion limit", "trop de niveaux sont imbriqués"),
    ];
    let text = error.to_string();
    match FAULTS.iter().find(|(start, _)| text.starts_with(start)) {
        Some((_, fault)) => format!("{} : {fault}", SYNTAX.text),
        None => SYNTAX.text.to_owned(),
    }
}

/// Reads a value. As serde stops at its first error, what is in fault or
/// absent is told, a stand-in takes its place, and the rest is read again until
/// all is told: `None` then.
pub fn from_value<T: DeserializeOwned>(mut value: Value, problems: &mut Problems) -> Option<T> {
    const MOST: usize = 1000;
    let before = problems.len();
    refuse_nul(&mut value, &mut Vec::new(), problems);
    for _ in 0..MOST {
        match T::deserialize(Node(&value)) {
            Ok(read) => return (problems.len() == before).then_some(read),
            Err(error) => {
                if !tell(error, &mut value, problems) {
                    return None;
                }
            }
        }
    }
    None
}

/// Tells every text that holds U+0000, and puts a stand-in in its place: no
/// document can hold that character, and stand-ins are known by it.
fn refuse_nul(value: &mut Value, steps: &mut Vec<String>, problems: &mut Problems) {
    match value {
        Value::String(text) if text.contains('\0') => {
            problems.push(
                Problem::new(&VALUE, path(steps))
                    .message("Le texte contient le caractère U+0000")
                    .found(clip(&Value::String(text.clone()).to_string())),
            );
            *value = stand_in(0).unwrap_or_default();
        }
        Value::Array(items) => {
            for (i, item) in items.iter_mut().enumerate() {
                steps.push(i.to_string());
                refuse_nul(item, steps, problems);
                steps.pop();
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                steps.push(name.clone());
                refuse_nul(field, steps, problems);
                steps.pop();
            }
        }
        _ => {}
    }
}

/// Tells one fault and puts a stand-in in its place; false when there is no
/// place left for one.
fn tell(Error(located): Error, value: &mut Value, problems: &mut Problems) -> bool {
    let mut steps = located.steps;
    steps.reverse();
    // a stand-in that does not do: its next try
    for depth in 0..=steps.len() {
        let Some(place) = get_mut(value, &steps[..depth]) else {
            break;
        };
        if let Some(attempt) = attempt(place) {
            return match stand_in(attempt + 1) {
                Some(next) => {
                    *place = next;
                    true
                }
                // what holds it cannot be read
                None => depth > 1 && replace(value, &steps[..depth - 1]),
            };
        }
    }
    let fault = located.fault;
    let mut at = steps.clone();
    if matches!(fault, Fault::Variant { .. }) {
        at.push(TAG.to_owned());
    }
    match &fault {
        Fault::UnknownField { found, .. } => {
            if steps.last() != Some(found) {
                steps.push(found.clone());
            }
            problems.push(
                Problem::new(&FIELD, path(&steps))
                    .found(clip(found))
                    .allowed(fault.allowed()),
            );
            let (parents, last) = steps.split_at(steps.len() - 1);
            match get_mut(value, parents) {
                Some(Value::Object(fields)) => fields.remove(&last[0]).is_some(),
                _ => false,
            }
        }
        Fault::MissingField(field) => {
            problems.push(
                Problem::new(&VALUE, path(&steps))
                    .message(fault.message())
                    .allowed(fault.allowed()),
            );
            match get_mut(value, &steps) {
                Some(Value::Object(fields)) => {
                    fields.insert((*field).to_owned(), stand_in(0).unwrap_or_default());
                    true
                }
                _ => false,
            }
        }
        fault => {
            let mut problem = Problem::new(&VALUE, path(&at))
                .message(fault.message())
                .allowed(fault.allowed());
            problem.found = get_mut(value, &at).map(|v| clip(&v.to_string()).into_owned());
            problems.push(problem);
            !steps.is_empty() && replace(value, &steps)
        }
    }
}

/// Puts a stand-in at a place.
fn replace(value: &mut Value, steps: &[String]) -> bool {
    match get_mut(value, steps) {
        Some(place) => {
            *place = stand_in(0).unwrap_or_default();
            true
        }
        None => false,
    }
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

fn get_mut<'v>(value: &'v mut Value, steps: &[String]) -> Option<&'v mut Value> {
    steps.iter().try_fold(value, |v, step| match v {
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        Value::Object(fields) => fields.get_mut(step),
        _ => None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::{OrAbsent, Patient};

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
            birth: OrAbsent<Patient>,
            death: OrAbsent<Patient>,
            why: OrAbsent<Patient>,
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
            "JSON-VALEUR /birth/birth_name : type inattendu : un nombre entier (trouvé : 1 ; attendu : un texte)",
            "JSON-VALEUR /count : valeur inattendue (trouvé : 300 ; attendu : un nombre entier de 0 à 255)",
            "JSON-VALEUR /kind/named/name : type inattendu : une liste (trouvé : [] ; attendu : un texte)",
            "JSON-VALEUR /other : valeur inconnue (trouvé : \"some\" ; attendu : none, named)",
            "JSON-VALEUR /why/absent : valeur inconnue (trouvé : \"because\" ; attendu : unknown, not_applicable",
        ];
        assert_eq!(told.len(), starts.len(), "{told:#?}");
        for (told, start) in told.iter().zip(starts) {
            assert!(told.starts_with(start), "{start}\n{told}");
        }
    }

    #[test]
    fn all_that_is_absent_is_told_at_once() {
        #[derive(Debug, serde::Deserialize)]
        #[allow(dead_code)]
        struct Form {
            name: String,
            day: chrono::NaiveDate,
            at: chrono::DateTime<chrono::Utc>,
            code: crate::terminology::Code,
            known: OrAbsent<bool>,
            inner: Inner,
            many: Vec<Inner>,
            kind: Kind,
            pair: (u8, u8),
        }
        #[derive(Debug, serde::Deserialize)]
        #[allow(dead_code)]
        struct Inner {
            a: bool,
            b: Option<u32>,
            c: crate::model::PartialDateTime,
        }
        #[derive(Debug, serde::Deserialize)]
        #[allow(dead_code)]
        enum Kind {
            One(Inner),
            Two,
        }
        let mut problems = Problems::new();
        assert!(from_value::<Form>(serde_json::json!({}), &mut problems).is_none());
        let absent: Vec<_> = problems.iter().flat_map(|p| p.allowed.clone()).collect();
        assert_eq!(
            absent,
            [
                "name", "day", "at", "code", "known", "inner", "many", "kind", "pair"
            ]
        );
        assert!(problems.iter().all(|p| p.path.is_empty()));

        let value = serde_json::json!({
            "name": "a\0b", "inner": {"b": -1}, "many": [{}, {"a": 1, "c": 3}], "kind": {"One": {}},
            "pair": [1], "known": true, "code": 7, "at": "2025-01-01", "day": "31/12/2025",
        });
        let mut problems = Problems::new();
        assert!(from_value::<Form>(value, &mut problems).is_none());
        let mut told: Vec<_> = problems
            .iter()
            .map(|p| {
                let absent = p.message.strip_prefix("champ obligatoire absent : ");
                format!("{} {}", p.path, absent.unwrap_or_default())
            })
            .collect();
        told.sort_unstable();
        assert_eq!(
            told,
            [
                "/at ",
                "/code ",
                "/day ",
                "/inner a",
                "/inner c",
                "/inner/b ",
                "/kind/One a",
                "/kind/One c",
                "/many/0 a",
                "/many/0 c",
                "/many/1/a ",
                "/many/1/c ",
                "/name ",
                "/pair ",
            ]
        );
    }

    #[test]
    fn a_tagged_enumeration_keeps_the_path() {
        use crate::rcp::Command;
        let read = |value: Value| {
            let mut problems = Problems::new();
            let read = from_value::<Command>(value, &mut problems);
            assert_eq!(read.is_some(), problems.is_empty());
            let told: Vec<_> = problems.iter().map(|p| p.path.clone()).collect();
            (read, told)
        };
        let open = serde_json::json!({"type": "open_session", "session": "S1"});
        let (command, told) = read(open.clone());
        assert_eq!(told, Vec::<String>::new());
        let command = command.unwrap();
        assert_eq!(
            serde_json::to_string(&command).unwrap(),
            r#"{"type":"open_session","session":"S1"}"#
        );
        assert_eq!(serde_json::from_value::<Command>(open).unwrap(), command);
        let text = r#"{"session":"S1","type":"open_session"}"#;
        assert_eq!(serde_json::from_str::<Command>(text).unwrap(), command);

        for (value, paths) in [
            (serde_json::json!({"type": "open"}), vec!["/type"]),
            (serde_json::json!({"session": "S1"}), vec!["/type"]),
            (serde_json::json!({"type": 3}), vec!["/type"]),
            (serde_json::json!("open_session"), vec![""]),
            (
                serde_json::json!({"type": "open_session", "session": 3, "colour": 1}),
                vec!["/colour", "/session"],
            ),
            (
                serde_json::json!({"type": "plan_session", "start": "soon", "id": []}),
                vec!["/id", "/start", ""],
            ),
            (
                serde_json::json!({"type": "record_attendance", "session": "S1",
                    "attendee": {"professional": 3, "x": 1}}),
                vec![
                    "/attendee/professional",
                    "/attendee/x",
                    "/attendee",
                    "/attendee",
                ],
            ),
        ] {
            let (_, told) = read(value.clone());
            assert_eq!(told, paths, "{value}");
        }
    }

    #[test]
    fn a_field_given_twice_is_told_wherever_it_stands() {
        let text =
            br#"{"a": 1, "b": [{"c": 1, "d": {"e/f": 1, "e/f": 2}}, {"c": 2, "c": 3}], "a": 2}"#;
        let problems = parse(text).unwrap_err();
        let told: Vec<_> = problems.iter().map(|p| (p.code, p.path.as_str())).collect();
        assert_eq!(
            told,
            [
                ("JSON-DOUBLON", "/b/0/d/e~1f"),
                ("JSON-DOUBLON", "/b/1/c"),
                ("JSON-DOUBLON", "/a"),
            ]
        );
    }

    #[test]
    fn a_text_is_read_as_the_json_library_reads_it() {
        let text = r#"{"a": [null, true, -3, 18446744073709551615, 2.5e3, "é\n", {}, []], "": ""}"#;
        let expected: Value = serde_json::from_str(text).unwrap();
        assert_eq!(parse(text.as_bytes()).unwrap(), expected);
        let deep = "[".repeat(200) + &"]".repeat(200);
        let told = parse(deep.as_bytes()).unwrap_err().to_string();
        assert!(told.contains("trop de niveaux"), "{told}");
    }

    #[test]
    fn a_list_is_no_object() {
        let mut problems = Problems::new();
        let list = serde_json::json!([["PAT-TEST", null]]);
        assert!(from_value::<Vec<Patient>>(list, &mut problems).is_none());
        let first = problems.iter().next().unwrap();
        assert_eq!(
            (first.path.as_str(), first.message.as_str()),
            ("/0", "type inattendu : une liste")
        );
    }

    #[test]
    fn syntax_and_kind() {
        for (text, told) in [
            (
                &b"{\n \"a\": }"[..],
                "ligne 2, colonne 7 : Le texte n'est pas un JSON valide : une valeur est attendue (trouvé : })",
            ),
            (
                "{\"é\": \"è\" \"b\": 1}".as_bytes(),
                "ligne 1, colonne 11 : Le texte n'est pas un JSON valide : il manque « , » ou « } » (trouvé : \"b\": 1})",
            ),
            (
                b"{\"a\": 1",
                "ligne 1, colonne 8 : Le texte n'est pas un JSON valide : le texte s'arrête avant la fin",
            ),
            (
                b"",
                "ligne 1, colonne 1 : Le texte n'est pas un JSON valide : le texte s'arrête avant la fin",
            ),
            (
                b"{\"a\": 1,}",
                "ligne 1, colonne 9 : Le texte n'est pas un JSON valide : une virgule est de trop (trouvé : })",
            ),
            (
                b"{} x",
                "ligne 1, colonne 4 : Le texte n'est pas un JSON valide : du texte suit la fin (trouvé : x)",
            ),
            (
                b"{\n\"nom\": \"Ren\xE9\"}",
                "ligne 2, colonne 12 : Le texte n'est pas en UTF-8 (trouvé : octet E9)",
            ),
        ] {
            let problems = parse(text).unwrap_err();
            let first = problems.iter().next().unwrap().to_string();
            assert_eq!(first.strip_prefix("JSON-SYNTAXE ").unwrap(), told);
        }
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
