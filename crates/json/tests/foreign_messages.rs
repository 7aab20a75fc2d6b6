//! The texts of other crates that this one puts into French, each with the
//! version whose text it is. When one changes, the fault is still told, but in
//! the words of that crate: put the new ones into `parse.rs` or `fault.rs`.

#![allow(clippy::unwrap_used)]

use dcc_base::problem::Problems;
use dcc_json::{from_value, parse};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The versions whose texts were read.
const READ_AT: [(&str, &str); 3] = [
    ("chrono", "0.4.45"),
    ("serde", "1.0.229"),
    ("serde_json", "1.0.154"),
];

#[test]
fn the_versions_are_those_whose_texts_were_read() {
    let lock = include_str!("../../../Cargo.lock");
    for (name, version) in READ_AT {
        let stanza = format!("name = \"{name}\"\nversion = \"{version}\"");
        assert!(
            lock.contains(&stanza),
            "{name} is no longer {version}: when the other tests of this file pass, name its version here"
        );
    }
}

/// What serde_json says of a text, and what is told of it.
#[track_caller]
fn syntax(text: &str, foreign: &str, french: &str) {
    let told = serde_json::from_str::<Value>(text).unwrap_err().to_string();
    assert!(told.starts_with(foreign), "serde_json: {told}");
    let problems = parse(text.as_bytes()).unwrap_err();
    let message = &problems.iter().next().unwrap().message;
    assert!(message.ends_with(french), "{message}");
}

#[test]
fn faults_of_syntax() {
    syntax("[", "EOF while parsing", "s'arrête avant la fin");
    syntax("{\"a\" 1}", "expected `:`", "après le nom du champ");
    syntax("[1 2]", "expected `,` or `]`", "« , » ou « ] »");
    syntax("{\"a\": 1 2}", "expected `,` or `}`", "« , » ou « } »");
    syntax("[x]", "expected value", "une valeur est attendue");
    syntax("{1: 1}", "key must be a string", "entre guillemets");
    syntax("[1,]", "trailing comma", "une virgule est de trop");
    syntax("1 2", "trailing characters", "du texte suit la fin");
    syntax("\"\n\"", "control character", "est dans un texte");
    syntax("\"\\x\"", "invalid escape", "n'existe pas");
    syntax("01", "invalid number", "un nombre est mal formé");
    let deep = "[".repeat(200);
    syntax(&deep, "recursion limit", "trop de niveaux sont imbriqués");
}

/// What is told of the field `v` of a form.
fn told<T: DeserializeOwned>(value: Value) -> String {
    let mut problems = Problems::new();
    assert!(from_value::<T>(value, &mut problems).is_none());
    let problem = problems.iter().next().unwrap().clone();
    format!("{} ; {}", problem.message, problem.allowed.join(", "))
}

#[test]
fn faults_of_values() {
    macro_rules! of {
        ($type:ty, $value:tt) => {{
            #[derive(Debug, Deserialize)]
            #[allow(dead_code)]
            struct Form {
                v: $type,
            }
            told::<Form>(json!({ "v": $value }))
        }};
    }
    let kind = "type inattendu : ";
    assert_eq!(
        of!(bool, 1),
        format!("{kind}un nombre entier ; true ou false")
    );
    assert_eq!(of!(String, true), format!("{kind}un booléen ; un texte"));
    assert_eq!(
        of!(String, 1.5),
        format!("{kind}un nombre à virgule ; un texte")
    );
    assert_eq!(of!(String, null), format!("{kind}null ; un texte"));
    assert_eq!(of!(Vec<u8>, "a"), format!("{kind}un texte ; une liste"));
    assert_eq!(of!(String, []), format!("{kind}une liste ; un texte"));
    assert_eq!(of!(String, {}), format!("{kind}un objet ; un texte"));
    assert_eq!(of!((), 1), format!("{kind}un nombre entier ; null"));
    let map = of!(std::collections::BTreeMap<String, u8>, 1);
    assert_eq!(map, format!("{kind}un nombre entier ; un objet"));
    let value = "valeur inattendue ; ";
    assert_eq!(of!(u8, 300), format!("{value}un nombre entier de 0 à 255"));
    assert_eq!(
        of!(u16, 70000),
        format!("{value}un nombre entier de 0 à 65535")
    );
    assert_eq!(of!(u32, (-1)), format!("{value}un nombre entier positif"));
    assert_eq!(of!(i32, 5000000000u64), format!("{value}un nombre entier"));

    let date = "date ou heure invalide";
    for told in [
        of!(chrono::NaiveDate, "2025-13-01"),
        of!(chrono::NaiveDate, "2025-01-01x"),
        of!(chrono::NaiveDate, "2025-01"),
        of!(chrono::NaiveDate, "demain"),
        of!(chrono::NaiveDate, "2025-02-30"),
        of!(chrono::DateTime<chrono::Utc>, "2025-01-01"),
        of!(chrono::DateTime<chrono::Utc>, "2025-01-01T00:00:00Zx"),
        of!(chrono::NaiveTime, "25:00"),
    ] {
        assert!(told.starts_with(date), "{told}");
    }
}

#[test]
fn what_stands_in_for_the_types_of_chrono() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Form {
        day: chrono::NaiveDate,
        at: chrono::DateTime<chrono::Utc>,
        local: chrono::NaiveDateTime,
        time: chrono::NaiveTime,
        last: u8,
    }
    let mut problems = Problems::new();
    assert!(from_value::<Form>(json!({}), &mut problems).is_none());
    let absent: Vec<_> = problems.iter().flat_map(|p| p.allowed.clone()).collect();
    assert_eq!(absent, ["day", "at", "local", "time", "last"]);
}
