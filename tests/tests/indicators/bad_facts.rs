//! Bad facts are all listed with their line, and counted nowhere.

use dcc_core::indicators::{ComputeOptions, FactStore, FactTable, Period, Scope, Source};

use crate::cube::tallies;

fn listed(aggregate: &FactStore) -> Vec<(String, &'static str, Option<String>)> {
    aggregate
        .problems()
        .into_iter()
        .map(|p| (p.path, p.code, p.found))
        .collect()
}

fn row(path: &str, code: &'static str, found: &str) -> (String, &'static str, Option<String>) {
    (
        path.to_owned(),
        code,
        (!found.is_empty()).then(|| found.to_owned()),
    )
}

const SESSIONS: &str = "id;rcp;date;status;quorum_reached;salle\n\
    S1;R1;2025-03-14;held;oui;B\n\
    S2;R1;30/02/2025;held;oui;B\n\
    S3;R1;1925-03-14;held;peut-être;B\n\
    S1;R1;2025-03-14;held;oui;B\n\
    S1;R2;2025-03-14;held;oui;B\n\
    S4;;2025-03-14T10:00;prévue;;B\n\
    S5;R1;2025-03-14\n\
    \"S6\";R1;14/03/2025;Réalisée;non;\"B\nC\"\n";

const FICHES: &str = "id,version,session,patient,validated\n\
    F1,1,S1,P1,true\n\
    F1,1,S1,P1,true\n\
    F1,1,S1,P2,true\n\
    F2,-1,S1,P1,true\n\
    F3,1.5,S1,P1,true\n\
    F4,1,S9,P1,true\n\
    F5,1,S2,P1,1\n\
    F6,99999999999,S1,,vraiment\n\
    F7,1,S6,P7,faux\n";

#[test]
fn every_bad_fact_is_listed_with_its_line() {
    let mut facts = FactStore::new();
    assert_eq!(
        facts.read(&mut Source::new(FactTable::Sessions, "sessions.csv").csv(SESSIONS.as_bytes())),
        4
    );
    assert_eq!(
        facts.read(&mut Source::new(FactTable::Fiches, "").csv(FICHES.as_bytes())),
        6
    );
    let s = |n: u32| format!("sessions.csv ligne {n}");
    let expected = [
        row("ligne 3", "FAIT-DOUBLON", "fiche F1 version 1"),
        row("ligne 4", "FAIT-CONFLIT", "fiche F1 version 1"),
        row("ligne 5", "FAIT-NEGATIF", "-1"),
        row("ligne 6", "FAIT-ENTIER", "1.5"),
        row("ligne 7", "FAIT-SESSION", "S9"),
        row("ligne 8", "FAIT-SESSION", "S2"),
        row("ligne 9", "FAIT-BOOLEEN", "vraiment"),
        row("ligne 9", "FAIT-ENTIER", "99999999999"),
        row("ligne 9", "FAIT-OBLIGATOIRE", ""),
        row(&s(1), "FAIT-COLONNE", "salle"),
        row(&s(3), "FAIT-DATE", "30/02/2025"),
        row(&s(4), "FAIT-BOOLEEN", "peut-être"),
        row(&s(5), "FAIT-DOUBLON", "session S1"),
        row(&s(6), "FAIT-CONFLIT", "session S1"),
        row(&s(7), "FAIT-DATE", "2025-03-14T10:00"),
        row(&s(7), "FAIT-OBLIGATOIRE", ""),
        row(&s(7), "FAIT-STATUT", "prévue"),
        row(&s(8), "FAIT-LIGNE", "3 valeurs"),
    ];
    assert_eq!(listed(&facts), expected);

    let indicators = facts.compute(Period::year(2025).unwrap(), &ComputeOptions::default());
    let n = |code| {
        indicators
            .value(code, &Scope::all())
            .unwrap()
            .numerator
            .unwrap()
    };
    assert_eq!(
        (n("ACT-01"), n("ACT-02"), n("ACT-04"), n("ACT-05")),
        (1, 1, 2, 2)
    );
    for (name, tally) in tallies(&indicators) {
        assert!(tally.is_complete(), "{name}: {tally:?}");
    }
    let t = indicators.tallies();
    assert_eq!(
        (
            t.sessions.received,
            t.sessions.refused,
            t.sessions.repeated,
            t.sessions.counted
        ),
        (8, 4, 2, 2)
    );
    assert_eq!(
        (
            t.fiches.received,
            t.fiches.refused,
            t.fiches.repeated,
            t.fiches.unknown_session
        ),
        (9, 3, 2, 2)
    );
}

#[test]
fn a_date_out_of_range_is_refused() {
    let mut facts = FactStore::new();
    let csv =
        "id,rcp,date,status\nS1,R,1999-12-31,held\nS2,R,2100-01-01,held\nS3,R,2000-01-01,held\n";
    assert_eq!(
        facts.read(&mut Source::new(FactTable::Sessions, "").csv(csv.as_bytes())),
        1
    );
    assert_eq!(
        listed(&facts),
        [
            row("ligne 2", "FAIT-DATE-BORNES", "1999-12-31"),
            row("ligne 3", "FAIT-DATE-BORNES", "2100-01-01")
        ]
    );
    let mut facts =
        FactStore::with_dates("2025-01-01".parse().unwrap(), "2025-12-31".parse().unwrap());
    let csv = "id,version,patient,validated_on\nQ1,1,P,2026-01-01\nQ2,1,P,\n";
    assert_eq!(
        facts.read(&mut Source::new(FactTable::Pps, "").csv(csv.as_bytes())),
        1
    );
    assert_eq!(
        listed(&facts),
        [row("ligne 2", "FAIT-DATE-BORNES", "2026-01-01")]
    );
}

#[test]
fn json_lines_say_the_same() {
    let mut facts = FactStore::new();
    let sessions = r#"{"id":"S1","rcp":"R","date":"2025-03-14","status":"held","attendances":[{"professional":"D1","specialty":"SM1"},{"professional":"D1","specialty":"SM1"}]}

{"id":"S2","rcp":7,"date":"2025-03-15","status":"planned","salle":"B"}
{"id":"S3","rcp":"R","date":20250315,"status":"held","attendances":[{"nom":"D1"}]}
pas du JSON
"#;
    assert_eq!(
        facts.read(&mut Source::new(FactTable::Sessions, "").json_lines(sessions.as_bytes())),
        2
    );
    let listed = listed(&facts);
    let codes: Vec<_> = listed
        .iter()
        .map(|(path, code, _)| (path.as_str(), *code))
        .collect();
    assert_eq!(
        codes,
        [
            ("ligne 1", "FAIT-DOUBLON"),
            ("ligne 3", "FAIT-COLONNE"),
            ("ligne 4", "FAIT-DATE"),
            ("ligne 4", "FAIT-LIGNE"),
            ("ligne 5", "FAIT-LIGNE"),
        ]
    );
    let indicators = facts.compute(Period::year(2025).unwrap(), &ComputeOptions::default());
    assert_eq!(
        indicators.value("ACT-06", &Scope::all()).unwrap().numerator,
        Some(1)
    );
    assert_eq!(indicators.tallies().attendances.repeated, 1);
}

#[test]
fn a_line_that_is_no_object_says_where_and_why() {
    let mut facts = FactStore::new();
    let lines = "{\"session\": \"S\", }\n7\n{\"session\": \"S\", \"professional\": \"P\", \"session\": \"T\"}\n";
    let taken = facts
        .read(&mut Source::new(FactTable::Attendances, "p.jsonl").json_lines(lines.as_bytes()));
    assert_eq!(taken, 0);
    let told: Vec<_> = facts
        .problems()
        .iter()
        .map(|p| format!("{} {}", p.path, p.message))
        .collect();
    assert_eq!(
        told,
        [
            "p.jsonl ligne 1 Le texte n'est pas un JSON valide : une virgule est de trop (colonne 18)",
            "p.jsonl ligne 2 La ligne se lit dans le format annoncé",
            "p.jsonl ligne 3 Le champ est donné deux fois (/session)",
        ]
    );
}

#[test]
fn a_missing_column_is_said_once_and_its_lines_are_counted_as_refused() {
    let mut facts = FactStore::new();
    let csv = "id;version;patient;validated\nF1;1;P;oui\nF2;1;P;oui\n";
    assert_eq!(
        facts.read(&mut Source::new(FactTable::Fiches, "").csv(csv.as_bytes())),
        0
    );
    assert_eq!(listed(&facts), [row("ligne 1", "FAIT-OBLIGATOIRE", "")]);
    let indicators = facts.compute(Period::year(2025).unwrap(), &ComputeOptions::default());
    assert_eq!(
        (
            indicators.tallies().fiches.received,
            indicators.tallies().fiches.refused
        ),
        (2, 2)
    );
}

#[test]
fn windows_1252_and_byte_order_marks_are_read() {
    let mut facts = FactStore::new();
    let latin = b"id;rcp;date;status;theme\nS1;R;2025-03-14;r\xe9alis\xe9e;S\xe9nologie\n";
    assert_eq!(
        facts.read(&mut Source::new(FactTable::Sessions, "").csv(latin)),
        1
    );
    let mark = "\u{feff}id\trcp\tdate\tstatus\ttheme\nS2\tR\t2025-03-14\theld\tSénologie\n";
    assert_eq!(
        facts.read(&mut Source::new(FactTable::Sessions, "").csv(mark.as_bytes())),
        1
    );
    assert!(facts.problems().is_empty(), "{}", facts.problems());
    let indicators = facts.compute(Period::year(2025).unwrap(), &ComputeOptions::default());
    assert_eq!(indicators.themes(), [Some("Sénologie".to_owned())]);
}

#[test]
fn the_words_of_totals_and_absence_are_no_values() {
    let mut facts = FactStore::new();
    let csv =
        "id,rcp,date,status,theme\nS1,R,2025-03-14,held,tous\nS2,R,2025-03-14,held,non renseigné\n";
    assert_eq!(
        facts.read(&mut Source::new(FactTable::Sessions, "").csv(csv.as_bytes())),
        1
    );
    assert_eq!(
        listed(&facts),
        [row("ligne 2", "FAIT-RESERVE", "theme : tous")]
    );
    let indicators = facts.compute(Period::year(2025).unwrap(), &ComputeOptions::default());
    assert_eq!(indicators.themes(), [None]);
}
