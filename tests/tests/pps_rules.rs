//! A PPS for each rule, which breaks it and no other.
//!
//! Each case changes the JSON of the full bundled PPS, which has no problem
//! at all, and tells every problem that follows.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use dcc_core::pps::Pps;
use serde_json::{Value, json};

fn bundled(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dcc-core/examples/data");
    serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
}

/// Sets the value at a pointer; null takes the field out.
fn set(pps: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match pps
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("{pointer}"))
    {
        Value::Object(fields) if value.is_null() => {
            fields.remove(name).unwrap_or_else(|| panic!("{pointer}"));
        }
        Value::Object(fields) => {
            fields.insert(name.to_owned(), value);
        }
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer}"),
    }
}

/// Checks a bundled PPS with changes, and expects these problems: code and path.
fn breaks(
    name: &str,
    changes: &[(&str, Value)],
    expected: &[(&str, &str)],
    seen: &mut BTreeSet<String>,
) {
    let mut pps = bundled(name);
    for (pointer, value) in changes {
        set(&mut pps, pointer, value.clone());
    }
    let pps =
        Pps::from_json(pps.to_string().as_bytes()).unwrap_or_else(|e| panic!("{changes:?}\n{e}"));
    let problems = pps.check();
    let mut found: Vec<_> = problems.iter().map(|p| (p.code, p.path.as_str())).collect();
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{changes:?}\n{problems}");
    for problem in &problems {
        assert!(!problem.message.is_empty());
        seen.insert(problem.code.to_owned());
    }
    // a blocking problem, and it alone, stops the document
    assert_eq!(pps.to_cda().is_err(), problems.has_blocking(), "{problems}");
}

#[test]
fn what_is_required() {
    let mut seen = BTreeSet::new();
    for path in [
        "/header/id/root",
        "/header/created",
        "/header/authors/0/time",
        "/context/establishment/facility_type",
        "/team/attending_physician",
        "/from_screening",
        "/paediatrics/paediatric",
        "/phase/phase",
        "/phase/progression",
        "/programme/treatments/0/kind",
        "/programme/treatments/1/state",
        "/programme/side_effect_management/0/kind",
        "/programme/measures/0/kind",
        "/programme/follow_up/0/kind",
        "/support/care/0/kind",
        "/support/social/0/kind",
        "/status/code",
        "/references/0/id/root",
    ] {
        breaks(
            "pps_complet.json",
            &[(path, Value::Null)],
            &[("REQUIS", path)],
            &mut seen,
        );
    }
}

#[test]
fn each_code_is_of_its_value_set() {
    let mut seen = BTreeSet::new();
    for path in [
        "/context/establishment/facility_type",
        "/tumours/0/topography/code",
        "/tumours/0/morphology/code",
        "/tumours/0/laterality",
        "/phase/phase",
        "/programme/treatments/0/kind",
        "/programme/treatments/3/route",
        "/programme/side_effect_management/0/kind",
        "/programme/side_effect_management/0/route",
        "/programme/measures/0/kind",
        "/programme/follow_up/0/kind",
        "/support/care/0/kind",
        "/support/social/0/kind",
        "/status/code",
        "/header/authors/0/professional/specialty",
    ] {
        breaks(
            "pps_complet.json",
            &[(path, json!("ZZZ-000"))],
            &[("JDV-CODE", path)],
            &mut seen,
        );
    }
    // a type of a fiche is not one of a PPS
    breaks(
        "pps_complet.json",
        &[("/programme/treatments/0/kind", json!("C547"))],
        &[("JDV-CODE", "/programme/treatments/0/kind")],
        &mut seen,
    );
    breaks(
        "pps_complet.json",
        &[("/support/care/2/tobacco/status", json!("ZZZ"))],
        &[("JDV-CODE", "/support/care/2/tobacco/status")],
        &mut seen,
    );
    breaks(
        "pps_version_2.json",
        &[("/update/reason", json!("ZZZ"))],
        &[("JDV-CODE", "/update/reason")],
        &mut seen,
    );
}

#[test]
fn each_rule_has_a_pps_that_breaks_it() {
    let mut seen = BTreeSet::new();
    let mut one = |name: &str, changes: &[(&str, Value)], code: &str, path: &str| {
        breaks(name, changes, &[(code, path)], &mut seen);
    };
    let full = "pps_complet.json";
    let second = "pps_version_2.json";
    let end = "pps_fin_de_traitement.json";
    let child = "pps_pediatrique.json";
    let none = Value::Null;
    one(
        full,
        &[("/team/coordination_centre", none.clone())],
        "PPS-3C",
        "/team/coordination_centre",
    );
    one(
        full,
        &[(
            "/team/local/0/professional",
            json!({"specialty": "G15_21/A"}),
        )],
        "PPS-INTERVENANT",
        "/team/local/0/professional",
    );
    one(
        full,
        &[(
            "/header/authors/0/professional/organization/sector",
            none.clone(),
        )],
        "PPS-EXECUTANT",
        "/header/authors/0/professional",
    );
    one(
        full,
        &[("/programme/treatments/3/detail", none.clone())],
        "PPS-AUTRE",
        "/programme/treatments/3/detail",
    );
    one(
        full,
        &[("/programme/treatments/3/route_detail", none.clone())],
        "PPS-AUTRE",
        "/programme/treatments/3/route_detail",
    );
    one(
        full,
        &[("/programme/measures/1/detail", none.clone())],
        "PPS-AUTRE",
        "/programme/measures/1/detail",
    );
    one(
        full,
        &[("/support/social/1/detail", none.clone())],
        "PPS-AUTRE",
        "/support/social/1/detail",
    );
    for (list, other) in [
        ("/programme/side_effect_management", "GEN-092.04.12"),
        ("/programme/follow_up", "GEN-092.04.06"),
        ("/support/care", "GEN-092.04.07"),
    ] {
        let (kind, detail) = (format!("{list}/0/kind"), format!("{list}/0/detail"));
        one(full, &[(&kind, json!(other))], "PPS-AUTRE", &detail);
    }
    one(
        second,
        &[
            ("/update/reason", json!("GEN-092.08.02")),
            ("/update/detail", none.clone()),
        ],
        "PPS-AUTRE",
        "/update/detail",
    );
    one(
        full,
        &[("/programme/treatments/0/detail", json!("Radiothérapie"))],
        "PPS-REDITE",
        "/programme/treatments/0/detail",
    );
    one(
        full,
        &[("/references/0/kind", json!("Document"))],
        "PPS-REDITE",
        "/references/0/kind",
    );
    one(
        full,
        &[(
            "/personal_data_notice",
            json!(dcc_core::pps::PROVIDER_NOTICE),
        )],
        "PPS-REDITE",
        "/personal_data_notice",
    );
    one(
        full,
        &[("/programme/treatments/0/confirmed", none.clone())],
        "PPS-REALISE-DATE",
        "/programme/treatments/0/confirmed",
    );
    one(
        second,
        &[("/update", none.clone())],
        "PPS-MISE-A-JOUR",
        "/update",
    );
    one(
        full,
        &[("/update", json!({"reason": "MED-560"}))],
        "PPS-PREMIERE-VERSION",
        "/update",
    );
    one(
        full,
        &[("/rcp_date", none.clone())],
        "PPS-DATE-RCP",
        "/rcp_date",
    );
    one(
        full,
        &[("/handover/date", json!("2021-01-12"))],
        "PPS-REMISE-ORDRE",
        "/handover/date",
    );
    one(
        full,
        &[
            ("/handover/announcement", Value::Null),
            ("/handover/date", json!("2021-01-09")),
        ],
        "PPS-REMISE-ORDRE",
        "/handover/date",
    );
    one(
        full,
        &[("/handover/date", none.clone())],
        "PPS-REMISE",
        "/handover/date",
    );
    one(
        full,
        &[("/handover/professional", none.clone())],
        "PPS-REMISE",
        "/handover/professional",
    );
    one(
        full,
        &[("/status/date", none.clone())],
        "PPS-STATUT-DATE",
        "/status/date",
    );
    one(
        full,
        &[("/references", json!([]))],
        "PPS-REFERENCE",
        "/references",
    );
    one(
        full,
        &[("/references/0/id", bundled(full)["header"]["id"].clone())],
        "PPS-REFERENCE-SOI",
        "/references/0/id",
    );
    one(
        full,
        &[("/programme/end_of_treatment/stopped", none.clone())],
        "PPS-ARRET",
        "/programme/end_of_treatment/stopped",
    );
    one(
        end,
        &[("/programme/end_of_treatment/date", none.clone())],
        "PPS-ARRET",
        "/programme/end_of_treatment/date",
    );
    one(
        end,
        &[("/programme/treatments/2/state", json!("ongoing"))],
        "PPS-APRES-ARRET",
        "/programme/treatments/2/state",
    );
    one(
        full,
        &[("/support/care/1/weight/value", json!(-3))],
        "PPS-POIDS",
        "/support/care/1/weight/value",
    );
    one(
        full,
        &[("/support/care/1/weight/unit", json!("livres"))],
        "PPS-POIDS",
        "/support/care/1/weight/unit",
    );
    one(
        full,
        &[("/support/care/2/tobacco/text", none.clone())],
        "PPS-TABAC",
        "/support/care/2/tobacco/status",
    );
    one(
        "pps_minimal.json",
        &[("/programme", none.clone())],
        "PPS-VIDE",
        "/programme/treatments",
    );
    one(
        child,
        &[("/header/patient/guardians", none.clone())],
        "PPS-MINEUR",
        "/header/patient/guardians",
    );
    one(
        child,
        &[("/paediatrics/paediatric", json!(false))],
        "PPS-PEDIATRIE",
        "/paediatrics/paediatric",
    );
    // rules shared with the fiche
    let mut performer = bundled(full)["header"]["authors"][0]["professional"].clone();
    performer["ids"]
        .as_array_mut()
        .unwrap()
        .push(json!({"adeli": "490000000"}));
    one(
        full,
        &[("/context/performer", performer)],
        "NON-PORTE",
        "/context/performer/ids/1",
    );
    let twice = json!([{"root": "1.2.3"}, {"root": "1.2.3"}]);
    one(
        full,
        &[("/context/encounter_ids", twice)],
        "DOUBLON",
        "/context/encounter_ids/1",
    );
    one(full, &[("/tumours", json!([]))], "TUMEUR", "/tumours");
    one(
        full,
        &[("/tumours/0/tnm/t", none.clone())],
        "TNM",
        "/tumours/0/tnm/t",
    );
    one(
        full,
        &[("/phase/progression/local", none.clone())],
        "PROGRESSION",
        "/phase/progression/local",
    );
    one(
        full,
        &[
            ("/rcp_date", json!("2031-01-01")),
            ("/handover/date", json!("2031-01-02")),
        ],
        "DATE-FUTURE",
        "/rcp_date",
    );
    one(
        full,
        &[(
            "/programme/treatments/1/planned",
            json!({"start": "2019-10-04", "end": "2019-10-01"}),
        )],
        "DATE-ORDRE",
        "/programme/treatments/1/planned/end",
    );
    one(
        full,
        &[("/support/care/1/comment", json!("une cloche \u{7}"))],
        "TXT-CARACTERE",
        "/support/care/1/comment",
    );
    one(
        second,
        &[("/header/replaces", none)],
        "VERSION-REMPLACE",
        "/header/replaces",
    );

    let untold: Vec<_> = dcc_core::pps::rules::RULES
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !seen.contains(*code))
        .collect();
    // those speak of a fiche, or of a version to be: their tests are with `from_fiche` and `new_version`
    assert_eq!(
        untold,
        ["PPS-REPRISE", "PPS-VERSION-STATUT", "PPS-VERSION-DATE"]
    );
}

#[test]
fn every_problem_at_once() {
    let mut pps = bundled("pps_complet.json");
    set(&mut pps, "/rcp_date", Value::Null);
    set(&mut pps, "/references", json!([]));
    set(&mut pps, "/programme/treatments/0/kind", json!("X"));
    let refused = Pps::from_json(pps.to_string().as_bytes())
        .unwrap()
        .to_cda()
        .unwrap_err();
    let mut codes: Vec<_> = refused.iter().map(|p| p.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["JDV-CODE", "PPS-DATE-RCP", "PPS-REFERENCE"]);
    for problem in &refused {
        assert!(problem.to_string().contains(&problem.path));
    }
}
