//! Every fault of a JSON at once.

use dcc_core::fiche_rcp::FicheRcp;
use serde_json::{Value, json};

use super::rules::full;

fn told(text: &[u8]) -> Vec<(String, &'static str)> {
    let problems = FicheRcp::from_json(text).unwrap_err();
    let mut told: Vec<_> = problems.iter().map(|p| (p.path.clone(), p.code)).collect();
    told.sort_unstable();
    told
}

#[test]
fn unknown_fields_wrong_types_and_bad_dates_at_once() {
    let mut fiche = full();
    let mut set = |pointer: &str, value: Value| *fiche.pointer_mut(pointer).unwrap() = value;
    set("/header/version", json!("un"));
    set("/rcp/date", json!("18/02/2025"));
    set("/tumours/0/diagnosed", json!("2025-02-30"));
    set(
        "/discussion/recourse",
        json!({"value": true, "jour": "2025"}),
    );
    set("/past_treatments/0/status", json!("fini"));
    set("/proposal/treatments/0/intention", json!(-1));
    set("/from_screening", json!({"absent": "inconnu"}));
    set(
        "/exams/0",
        json!({"name": 3, "date": "2025-13", "resultat": "x"}),
    );
    set("/participants/attending_physician", json!("personne"));
    fiche["motif"] = json!("x");
    fiche["header"]["patient"]["nom"] = json!("x");
    assert_eq!(
        told(fiche.to_string().as_bytes()),
        [
            ("/discussion/recourse/jour".to_owned(), "JSON-CHAMP"),
            ("/exams/0/date".to_owned(), "JSON-VALEUR"),
            ("/exams/0/name".to_owned(), "JSON-VALEUR"),
            ("/exams/0/resultat".to_owned(), "JSON-CHAMP"),
            ("/from_screening/absent".to_owned(), "JSON-VALEUR"),
            ("/header/patient/nom".to_owned(), "JSON-CHAMP"),
            ("/header/version".to_owned(), "JSON-VALEUR"),
            ("/motif".to_owned(), "JSON-CHAMP"),
            (
                "/participants/attending_physician".to_owned(),
                "JSON-VALEUR"
            ),
            ("/past_treatments/0/status".to_owned(), "JSON-VALEUR"),
            ("/proposal/treatments/0/intention".to_owned(), "JSON-VALEUR"),
            ("/rcp/date".to_owned(), "JSON-VALEUR"),
            ("/tumours/0/diagnosed".to_owned(), "JSON-VALEUR"),
        ]
    );
}

#[test]
fn what_is_not_a_fiche() {
    assert_eq!(
        told(b"{\n  \"document\": \"fiche_rcp\",\n  \"header\": {,}\n}"),
        [("ligne 3, colonne 14".to_owned(), "JSON-SYNTAXE")]
    );
    assert_eq!(
        told(b"{\"document\": \"pps\"}"),
        [("/document".to_owned(), "JSON-DOCUMENT")]
    );
    assert_eq!(told(b"{}"), [("/document".to_owned(), "JSON-DOCUMENT")]);
    assert!(FicheRcp::from_json(b"[]").is_err());
    assert!(FicheRcp::from_json(b"").is_err());
    // nothing but the kind is a fiche, which has everything to say yet
    let empty = FicheRcp::from_json(b"{\"document\": \"fiche_rcp\"}").unwrap();
    assert!(empty.check().len() > 25);
}
