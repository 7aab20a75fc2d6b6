//! Every fault of an input at once, each at its place.

#![allow(clippy::unwrap_used)]

use std::str::FromStr;

use dcc_base::problem::Problems;
use dcc_json::key_or::{self, KeyOr};
use dcc_json::{from_value, parse};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

/// A day, read from one text.
#[derive(Debug)]
struct Day;

impl FromStr for Day {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "1979-03-12" | "2000-01-01" => Ok(Day),
            _ => Err("date invalide"),
        }
    }
}
dcc_json::read_from_text!(Day, "2000-01-01", "un jour entre guillemets");

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(dead_code)]
struct Patient {
    birth_name: String,
    birth_date: Option<Day>,
    sex: Option<String>,
    telecoms: Vec<Telecom>,
    identity_status: Option<Status>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(dead_code)]
struct Telecom {
    uri: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Qualified,
}

/// A value, or why there is none.
#[derive(Debug)]
#[allow(dead_code)]
struct Stated<T>(KeyOr<Absent, T>);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Absent {
    absent: Reason,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code)]
enum Reason {
    Unknown,
    NotApplicable,
}

impl<'de, T: serde::de::DeserializeOwned> Deserialize<'de> for Stated<T> {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        key_or::read(dcc_json::key_or!("absent"), source).map(Stated)
    }
}

/// A text or an object, whichever stands there.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Code {
    Bare(String),
    Whole { code: String },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    remote = "Self",
    rename = "dcc::Tagged",
    rename_all = "snake_case",
    deny_unknown_fields
)]
enum Command {
    Close {
        id: String,
    },
    Plan {
        id: String,
        at: chrono::DateTime<chrono::Utc>,
        patient: Named,
    },
}
dcc_json::internally_tagged!(Command);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    birth_name: String,
}

#[test]
fn every_fault_at_once() {
    let text = br#"{"birth_nom": "X", "birth_date": "1979-02-30",
        "sex": 3, "telecoms": [{"uri": 4, "x": 1}, {"uri": true}], "identity_status": "peut-etre"}"#;
    let mut problems = Problems::new();
    assert!(from_value::<Patient>(parse(text).unwrap(), &mut problems).is_none());
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
    let value = json!({
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
        code: Code,
        known: Stated<bool>,
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
        c: Day,
    }
    #[derive(Debug, serde::Deserialize)]
    #[allow(dead_code)]
    enum Kind {
        One(Inner),
        Two,
    }
    let mut problems = Problems::new();
    assert!(from_value::<Form>(json!({}), &mut problems).is_none());
    let absent: Vec<_> = problems.iter().flat_map(|p| p.allowed.clone()).collect();
    assert_eq!(
        absent,
        [
            "name", "day", "at", "code", "known", "inner", "many", "kind", "pair"
        ]
    );
    assert!(problems.iter().all(|p| p.path.is_empty()));

    let value = json!({
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
    let read = |value: Value| {
        let mut problems = Problems::new();
        let read = from_value::<Command>(value, &mut problems);
        assert_eq!(read.is_some(), problems.is_empty());
        let told: Vec<_> = problems.iter().map(|p| p.path.clone()).collect();
        (read, told)
    };
    let close = json!({"type": "close", "id": "S1"});
    let (command, told) = read(close.clone());
    assert_eq!(told, Vec::<String>::new());
    let command = command.unwrap();
    assert_eq!(
        serde_json::to_string(&command).unwrap(),
        r#"{"type":"close","id":"S1"}"#
    );
    assert_eq!(serde_json::from_value::<Command>(close).unwrap(), command);
    let text = r#"{"id":"S1","type":"close"}"#;
    assert_eq!(serde_json::from_str::<Command>(text).unwrap(), command);

    for (value, paths) in [
        (json!({"type": "shut"}), vec!["/type"]),
        (json!({"id": "S1"}), vec!["/type"]),
        (json!({"type": 3}), vec!["/type"]),
        (json!("close"), vec![""]),
        (
            json!({"type": "close", "id": 3, "colour": 1}),
            vec!["/colour", "/id"],
        ),
        (
            json!({"type": "plan", "id": [], "at": "soon"}),
            vec!["/at", "/id", ""],
        ),
        (
            json!({"type": "plan", "id": "S1", "at": "2025-01-01T00:00:00Z",
                "patient": {"birth_name": 3, "x": 1}}),
            vec!["/patient/birth_name", "/patient/x"],
        ),
    ] {
        let (_, told) = read(value.clone());
        assert_eq!(told, paths, "{value}");
    }
}

#[test]
fn a_field_given_twice_is_told_wherever_it_stands() {
    let text = br#"{"a": 1, "b": [{"c": 1, "d": {"e/f": 1, "e/f": 2}}, {"c": 2, "c": 3}], "a": 2}"#;
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
    let list = json!([["PAT-TEST", null]]);
    assert!(from_value::<Vec<Patient>>(list, &mut problems).is_none());
    let first = problems.iter().next().unwrap();
    assert_eq!(
        (first.path.as_str(), first.message.as_str()),
        ("/0", "type inattendu : une liste")
    );
}

#[test]
fn what_is_no_json_is_told_with_its_line_and_column() {
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
    // a byte order mark is no fault
    assert!(parse(b"\xEF\xBB\xBF{}").is_ok());
}

#[test]
fn faults_of_a_large_value_are_told_up_to_a_bound() {
    let items: Vec<Value> = (0..100_000).map(|_| json!({"uri": 1})).collect();
    let mut problems = Problems::new();
    assert!(from_value::<Vec<Telecom>>(items.into(), &mut problems).is_none());
    let last = problems.iter().last().unwrap();
    assert_eq!(last.code, "JSON-SUITE");
    assert!(
        problems.len() > 50 && problems.len() < 1000,
        "{}",
        problems.len()
    );
}

#[test]
fn a_fault_is_told_in_other_formats_too() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Form {
        day: Day,
        known: Stated<u8>,
    }
    let read = |text| serde_json::from_str::<Form>(text).map_err(|e| e.to_string());
    assert!(read(r#"{"day": "1979-03-12", "known": 3}"#).is_ok());
    assert!(read(r#"{"day": "1979-03-12", "known": {"absent": "unknown"}}"#).is_ok());
    let told = read(r#"{"day": "1979", "known": 3}"#).unwrap_err();
    assert!(told.starts_with("date invalide"), "{told}");
    let told = read(r#"{"day": "1979-03-12", "known": {"absent": "because"}}"#).unwrap_err();
    assert!(told.starts_with("/absent : valeur inconnue"), "{told}");
}
