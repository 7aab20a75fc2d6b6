//! The objects from Rust: what they answer and how they refuse.

#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::thread;

use super::document::{Document, read_cda};
use super::export::{Dialect, ExportOptions};
use super::facts::{Facts, Table};
use super::indicators::{Cell, Value, indicator_definitions};
use super::library::{document_kinds, has_official, has_pdf, version};
use super::offer::{offers_from_csv, offers_from_json_lines};
use super::options::Options;
use super::problem::{DccException, Problem, Severity};
use super::rcp::{Rcp, rcp_journal};
use super::records::{AttendanceFact, FicheFact, OfferFact, PpsFact, SessionFact, SessionStatus};
use super::render::{cda_to_html, cda_to_pdf};
use super::rules::RuleBook;
use super::value_sets::{find_code, nearest_codes, search_codes, value_sets};

const FICHE: &str = include_str!("../../../dcc-core/examples/data/fiche_rcp_sein.json");
const PPS: &str = include_str!("../../../dcc-core/examples/data/pps_complet.json");

/// The status and the problems of a call that must be refused.
fn refused<T>(answer: Result<T, DccException>) -> (String, Vec<Problem>) {
    let Err(DccException::Refused {
        status,
        name,
        text,
        problems,
    }) = answer
    else {
        panic!("not refused");
    };
    assert!(status > 0 && !text.is_empty() && !problems.is_empty());
    assert!(problems.iter().all(|p| text.contains(&p.code)), "{text}");
    (name, problems)
}

fn session(id: &str, date: &str) -> SessionFact {
    SessionFact {
        id: id.to_owned(),
        rcp: "R".to_owned(),
        date: date.to_owned(),
        status: SessionStatus::Held,
        establishment: None,
        centre_3c: Some("3C-A".to_owned()),
        theme: None,
        quorum_reached: Some(true),
        line: 0,
    }
}

fn fiche(id: &str, session: &str) -> FicheFact {
    FicheFact {
        id: id.to_owned(),
        version: 1,
        session: session.to_owned(),
        patient: format!("P-{id}"),
        validated: true,
        attending_physician: None,
        attending_physician_mssante: false,
        g8: false,
        oncogeriatric_requested: false,
        fertility_preservation: false,
        trial_proposed: false,
        guideline_respected: None,
        line: 7,
    }
}

fn pps(id: &str, validated_on: Option<&str>) -> PpsFact {
    PpsFact {
        id: id.to_owned(),
        version: 1,
        patient: "P".to_owned(),
        validated_on: validated_on.map(str::to_owned),
        establishment: None,
        centre_3c: None,
        theme: None,
        line: 0,
    }
}

fn facts() -> Facts {
    let facts = Facts::new(None, None).unwrap();
    let sessions = vec![session("S1", "2025-03-14"), session("S2", "2025-04-14")];
    assert_eq!(facts.add_sessions(sessions, String::new()), Ok(2));
    let fiches = vec![fiche("F1", "S1"), fiche("F2", "S2")];
    assert_eq!(facts.add_fiches(fiches, String::new()), Ok(2));
    let present = AttendanceFact {
        session: "S1".to_owned(),
        professional: "D".to_owned(),
        specialty: None,
        line: 0,
    };
    assert_eq!(facts.add_attendances(vec![present], String::new()), Ok(1));
    let pps = vec![pps("X", Some("2025-03-20")), pps("Y", None)];
    assert_eq!(facts.add_pps(pps, String::new()), Ok(2));
    facts
}

fn total(facts: &Facts, code: &str) -> Option<f64> {
    let year = facts.compute("2025".to_owned(), 1, true, true, None);
    let value = year.unwrap().value(code.to_owned(), None, None, None, None);
    value.unwrap().value
}

fn export_options() -> ExportOptions {
    ExportOptions {
        producer: "3C de test".to_owned(),
        generated_at: "2026-01-05T08:00:00+01:00".to_owned(),
        finess: None,
        software: None,
        dialect: None,
        dashboard: true,
        replaces: None,
        accept: Vec::new(),
        threads: 1,
        small_counts: None,
    }
}

#[test]
fn bad_csv_tells_its_lines() {
    let facts = Facts::new(None, None).unwrap();
    let csv = "id;rcp;date;status\nS1;R;2025-03-14;held\n;R;2025-03-14;held\nS3;R;2025-02-30;held\nS4;R;2025-03-14;peut-être\n";
    let taken = facts.add_csv(Table::Sessions, csv.into(), "sessions.csv".to_owned());
    assert_eq!(taken, Ok(1));
    let lines = b"{\"id\": \"F\", \"version\": 1, \"session\": \"S1\", \"patient\": \"P\", \"validated\": true}\n{\"id\": 3\n";
    let taken = facts.add_json_lines(Table::Fiches, lines.to_vec(), "f.jsonl".to_owned());
    assert_eq!(taken, Ok(1));
    let told: Vec<_> = facts.problems().unwrap();
    let places: Vec<_> = told
        .iter()
        .map(|p| (p.path.as_str(), p.code.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            ("f.jsonl ligne 2", "FAIT-LIGNE"),
            ("sessions.csv ligne 3", "FAIT-OBLIGATOIRE"),
            ("sessions.csv ligne 4", "FAIT-DATE"),
            ("sessions.csv ligne 5", "FAIT-STATUT"),
        ]
    );
    assert!(told.iter().all(|p| p.severity == Severity::Blocking));
    assert!(told[3].allowed.iter().any(|a| a.contains("held")));
    assert_eq!(total(&facts, "ACT-01"), Some(1.0));
}

#[test]
fn a_batch_with_unreadable_dates_is_refused_whole() {
    let facts = Facts::new(None, None).unwrap();
    let batch = vec![
        session("A", "2025-03-14"),
        session("B", "14/03/2025"),
        session("C", "2025-02-30"),
    ];
    let (name, problems) = refused(facts.add_sessions(batch, String::new()));
    assert_eq!(name, "DCC_STATUS_BAD_VALUE");
    let told: Vec<_> = problems
        .iter()
        .map(|p| (p.path.as_str(), p.found.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("/1/date", Some("14/03/2025")),
            ("/2/date", Some("2025-02-30"))
        ]
    );
    let (_, problems) = refused(facts.add_pps(vec![pps("X", Some("hier"))], String::new()));
    assert_eq!(problems[0].path, "/0/validated_on");
    assert_eq!(total(&facts, "ACT-04"), Some(0.0));
    assert!(facts.problems().unwrap().is_empty());

    // readable, but without an id or out of bounds: left out, and told
    let facts = Facts::new(Some("2025-01-01".to_owned()), Some("2025-12-31".to_owned())).unwrap();
    let batch = vec![session("", "2025-03-14"), session("D", "2024-03-14")];
    assert_eq!(facts.add_sessions(batch, "lot".to_owned()), Ok(0));
    let codes: Vec<_> = facts
        .problems()
        .unwrap()
        .into_iter()
        .map(|p| p.code)
        .collect();
    assert_eq!(codes, ["FAIT-DATE-BORNES", "FAIT-OBLIGATOIRE"]);
    let (_, problems) = refused(Facts::new(None, Some("demain".to_owned())));
    assert_eq!(problems[0].path, "latest");
}

#[test]
fn bad_periods_and_codes_are_refused() {
    let facts = facts();
    for (period, code) in [
        ("hier", "INDIC-PERIODE-TEXTE"),
        ("2025-03..2025-02", "INDIC-PERIODE"),
    ] {
        let (name, problems) = refused(facts.compute(period.to_owned(), 1, true, true, None));
        assert_eq!(name, "DCC_STATUS_INVALID_PERIOD");
        assert_eq!(
            (problems[0].path.as_str(), problems[0].code.as_str()),
            ("period", code)
        );
        let (name, _) = refused(facts.export(period.to_owned(), export_options(), Vec::new()));
        assert_eq!(name, "DCC_STATUS_INVALID_PERIOD");
    }
    let year = facts
        .compute("2025".to_owned(), 1, true, true, None)
        .unwrap();
    let (_, problems) = refused(year.value("ACT-99".to_owned(), None, None, None, None));
    assert_eq!(problems[0].path, "code");
    assert_eq!(problems[0].allowed.len(), indicator_definitions().len());
    let month = Some("mars".to_owned());
    let (_, problems) = refused(year.value("ACT-01".to_owned(), month, None, None, None));
    assert_eq!(
        (problems[0].path.as_str(), problems[0].code.as_str()),
        ("month", "INDIC-MOIS")
    );
}

#[test]
fn merges_come_to_the_same() {
    let whole = facts();
    let (one, two) = (Facts::new(None, None).unwrap(), Arc::new(facts()));
    one.merge(Arc::clone(&two)).unwrap();
    assert_eq!(one.to_bytes(), whole.to_bytes());
    // both ways at once, in threads: neither waits for ever
    let (a, b) = (Arc::new(facts()), Arc::new(facts()));
    thread::scope(|scope| {
        for (to, from) in [(&a, &b), (&b, &a)] {
            scope.spawn(move || (0..20).for_each(|_| to.merge(Arc::clone(from)).unwrap()));
        }
    });
    two.merge(Arc::clone(&two)).unwrap();
    for twice in [&a, &two] {
        assert_eq!(total(twice, "ACT-01"), Some(2.0));
        assert!(
            twice
                .problems()
                .unwrap()
                .iter()
                .any(|p| p.code == "FAIT-DOUBLON")
        );
    }
    let read = Facts::from_bytes(whole.to_bytes().unwrap()).unwrap();
    assert_eq!(read.to_bytes(), whole.to_bytes());
    let (name, problems) = refused(Facts::from_bytes(b"rien".to_vec()));
    assert_eq!(name, "DCC_STATUS_INVALID_AGGREGATE");
    assert_eq!(problems[0].code, "INDIC-OCTETS");
}

#[test]
fn every_cell_answers_as_a_lookup() {
    let facts = facts();
    let year = facts
        .compute("2025".to_owned(), 2, true, true, None)
        .unwrap();
    assert_eq!(year.period(), "2025");
    let cells = year.cells();
    assert_eq!((&cells[0].month, cells[0].theme.as_str()), (&None, "tous"));
    let codes: Vec<_> = indicator_definitions()
        .into_iter()
        .map(|d| d.code)
        .collect();
    for Cell {
        month,
        establishment,
        centre_3c,
        theme,
        values,
    } in &cells
    {
        assert!(values.iter().map(|v| &v.code).eq(&codes));
        for value in values {
            let found = year.value(
                value.code.clone(),
                month.clone(),
                Some(establishment.clone()),
                Some(centre_3c.clone()),
                Some(theme.clone()),
            );
            assert_eq!(found.as_ref(), Ok(value));
        }
    }
    let march = Some("2025-03".to_owned());
    let Ok(Value { numerator, .. }) = year.value("ACT-01".to_owned(), march, None, None, None)
    else {
        panic!("no value");
    };
    assert_eq!(numerator, Some(1));
    let sessions = year.sessions();
    assert_eq!(sessions.len(), 2);
    assert_eq!(
        (
            sessions[0].session.as_str(),
            sessions[0].date.as_str(),
            sessions[0].cell.centre_3c.as_str()
        ),
        ("S1", "2025-03-14", "3C-A")
    );
    assert_eq!(year.specialties()[0].specialty, "non renseigné");
    let tallies = year.tallies();
    assert_eq!((tallies.fiches.counted, tallies.pps.not_concerned), (2, 1));
    // what is not asked for is not given, and small counts are masked
    let year = facts
        .compute("2025".to_owned(), 1, false, false, Some(5))
        .unwrap();
    assert!(year.sessions().is_empty() && year.specialties().is_empty());
    let masked = year
        .value("ACT-01".to_owned(), None, None, None, None)
        .unwrap();
    assert!(masked.masked && masked.numerator.is_none() && masked.value.is_none());
}

#[test]
fn exports_are_made_or_refused() {
    let facts = facts();
    let offers = offers_from_csv(
        b"id;name;recourse;closed_on\nR;RCP de test;non;2025-12-31\nQ;;oui;\nP;P;oui;jamais\n"
            .to_vec(),
        "offre.csv".to_owned(),
    );
    assert_eq!(offers.offers[0].closed_on.as_deref(), Some("2025-12-31"));
    assert!(
        offers
            .problems
            .iter()
            .any(|p| p.path == "offre.csv ligne 4" && p.code == "FAIT-DATE")
    );
    let lines = offers_from_json_lines(b"{\"id\": \"R\", \"name\": \"RCP de test\", \"recourse\": false, \"closed_on\": \"2025-12-31\"}".to_vec(), String::new());
    assert_eq!(lines.offers, offers.offers[..1]);

    let made = facts
        .export("2025".to_owned(), export_options(), lines.offers.clone())
        .unwrap();
    let names: Vec<_> = made.files.iter().map(|f| f.name.as_str()).collect();
    let all = [
        "offre_rcp.csv",
        "indicateurs.csv",
        "specialites.csv",
        "dashboard.html",
        "manifest.json",
    ];
    assert_eq!(names, all);
    let offer = String::from_utf8(made.files[0].content.clone()).unwrap();
    assert!(offer.contains("RCP de test"));
    let bare = ExportOptions {
        dashboard: false,
        dialect: Some(Dialect::Rfc4180),
        threads: 0,
        ..export_options()
    };
    let bare = facts.export("2025".to_owned(), bare, Vec::new()).unwrap();
    assert_eq!(bare.files.len(), 4);
    assert_ne!(bare.files[1], made.files[1]);

    // every problem at once: options, offers, facts
    let lost = vec![fiche("F9", "inconnue")];
    assert_eq!(facts.add_fiches(lost, "lot".to_owned()), Ok(1));
    let wrong = ExportOptions {
        producer: String::new(),
        generated_at: "hier".to_owned(),
        ..export_options()
    };
    let (name, problems) = refused(facts.export("2025".to_owned(), wrong, Vec::new()));
    assert_eq!(name, "DCC_STATUS_EXPORT_REFUSED");
    let paths: Vec<_> = problems.iter().map(|p| p.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/options/generated_at",
            "/options/producer/name",
            "lot ligne 7"
        ]
    );
    let accepting = ExportOptions {
        accept: vec!["FAIT-SESSION".to_owned()],
        ..export_options()
    };
    let made = facts
        .export("2025".to_owned(), accepting, Vec::new())
        .unwrap();
    assert_eq!(made.problems[0].code, "FAIT-SESSION");
    let closed = OfferFact {
        closed_on: Some("bientôt".to_owned()),
        ..lines.offers[0].clone()
    };
    let offers = vec![lines.offers[0].clone(), closed];
    let (_, problems) = refused(facts.export("2025".to_owned(), export_options(), offers.clone()));
    assert_eq!(problems[0].path, "/offers/1/closed_on");
    // all is wrong: all is told, with the status of the first
    let wrong = ExportOptions {
        generated_at: "hier".to_owned(),
        accept: vec!["FAIT-SESION".to_owned()],
        ..export_options()
    };
    let (name, problems) = refused(facts.export("2025-13".to_owned(), wrong, offers));
    assert_eq!(name, "DCC_STATUS_BAD_VALUE");
    let paths: Vec<_> = problems.iter().map(|p| p.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/offers/1/closed_on",
            "period",
            "/options/accept",
            "/options/generated_at"
        ]
    );
    assert_eq!(problems[2].allowed[0], "FAIT-SESSION");
}

#[test]
fn documents_tell_their_facts() {
    let fiche = Document::from_json(FICHE.to_owned()).unwrap();
    assert!(document_kinds().contains(&fiche.kind()));
    assert_eq!(fiche.text_at("/document".to_owned()), Some(fiche.kind()));
    assert_eq!(fiche.text_at("/rien".to_owned()), None);
    assert!(fiche.text_at("/rcp".to_owned()).unwrap().starts_with('{'));
    let fact = fiche.fiche_fact("S".to_owned(), "P".to_owned()).unwrap();
    assert_eq!((fact.id, fact.version), (fiche.set_id(), fiche.version()));
    assert_ne!(fiche.id(), fiche.set_id());
    assert_eq!(fiche.pps_fact("P".to_owned()), None);
    let pps = Document::from_json(PPS.to_owned()).unwrap();
    assert_eq!(pps.fiche_fact("S".to_owned(), "P".to_owned()), None);
    let fact = pps.pps_fact("P".to_owned()).unwrap();
    assert_eq!(fact.id, pps.set_id());
    let facts = Facts::new(None, None).unwrap();
    assert_eq!(facts.add_pps(vec![fact], String::new()), Ok(1));
    assert!(facts.problems().unwrap().is_empty());
}

#[test]
fn documents_are_written_read_and_refused() {
    let fiche = Document::from_json(FICHE.to_owned()).unwrap();
    assert!(fiche == Document::from_json(fiche.to_json().unwrap()).unwrap());
    assert!(fiche != Document::from_json(PPS.to_owned()).unwrap());
    let cda = fiche.to_cda(None).unwrap();
    let reading = read_cda(cda.clone(), None).unwrap();
    // what is read is written again the same
    assert_eq!(reading.document.to_cda(None).unwrap(), cda);
    assert!(reading.unread.iter().all(|u| !u.path.is_empty()));
    let page = cda_to_html(cda.clone(), Some("Établissement de test".to_owned()), None).unwrap();
    assert!(page.html.contains("Établissement de test") && page.problems.is_empty());
    let pdf = cda_to_pdf(cda, None, None);
    if has_pdf() {
        let level1 = fiche.to_cda_level1(pdf.unwrap().pdf, None).unwrap();
        assert!(String::from_utf8_lossy(&level1).contains("<nonXMLBody"));
    } else {
        assert_eq!(refused(pdf).0, "DCC_STATUS_NOT_BUILT_IN");
    }
    let (name, _) = refused(fiche.to_cda_level1(b"rien".to_vec(), None));
    assert_eq!(name, "DCC_STATUS_DOCUMENT_REFUSED");
    assert_eq!(
        refused(Document::from_json("{}".to_owned())).0,
        "DCC_STATUS_INVALID_JSON"
    );
    assert_eq!(
        refused(read_cda(b"<a/>".to_vec(), None)).0,
        "DCC_STATUS_INVALID_CDA"
    );

    // a wrong key of the INS: refused, unless its code is accepted
    let wrong = FICHE.replace("279035121518989", "279035121518988");
    let wrong = Document::from_json(wrong).unwrap();
    let (name, problems) = refused(wrong.to_cda(None));
    assert_eq!(name, "DCC_STATUS_DOCUMENT_REFUSED");
    assert_eq!(wrong.check(None).unwrap(), problems);
    let key = problems.iter().find(|p| p.code == "INS-CLE").unwrap();
    assert_eq!(key.severity, Severity::Blocking);
    let there = wrong.text_at(key.path.clone()).unwrap();
    assert!(there.contains("279035121518988"), "{there}");
    let options = Arc::new(Options::new());
    for problem in &problems {
        options.accept(problem.code.clone()).unwrap();
    }
    assert!(wrong.to_cda(Some(Arc::clone(&options))).is_ok());
    // strict: the codes accepted still pass, a warning no more
    options.set_strict(true).unwrap();
    let strict = fiche.to_cda(Some(Arc::clone(&options))).is_ok();
    assert_eq!(strict, fiche.check(None).unwrap().is_empty());
    options.set_max_bytes(10).unwrap();
    let (_, problems) = refused(read_cda(fiche.to_cda(None).unwrap(), Some(options)));
    assert!(problems[0].code.starts_with("XML"), "{problems:?}");
}

#[test]
fn codes_are_found() {
    let sets = value_sets(None).unwrap();
    assert!(sets.len() > 10 && sets.iter().all(|s| s.len > 0));
    let name = || sets[0].name.clone();
    let all = search_codes(name(), None, None).unwrap();
    assert_eq!(all.len() as u64, sets[0].len);
    let first = &all[0];
    let same = search_codes(sets[0].oid.clone(), Some(first.label.clone()), None).unwrap();
    assert!(same.contains(first));
    let found = find_code(name(), first.code.clone(), Some(first.system.clone()), None);
    assert_eq!(found, Ok(Some(first.clone())));
    assert_eq!(
        find_code(name(), "rien du tout".to_owned(), None, None),
        Ok(None)
    );
    assert!(
        nearest_codes(name(), first.code.clone(), 3, None)
            .unwrap()
            .contains(first)
    );
    let (name, problems) = refused(search_codes("JDV_inconnu".to_owned(), None, None));
    assert_eq!(
        (name.as_str(), problems[0].code.as_str()),
        ("DCC_STATUS_UNKNOWN_VALUE_SET", "API-JDV")
    );
    let (name, _) = refused(Options::new().add_value_set(b"rien".to_vec()));
    assert_eq!(name, "DCC_STATUS_INVALID_VALUE_SET");
}

#[test]
fn rcps_refuse_what_does_not_follow() {
    let rcp = Rcp::new();
    assert!(Rcp::from_json(rcp.to_json().unwrap()).unwrap().to_json() == rcp.to_json());
    let at = || "2025-03-14T08:00:00Z".to_owned();
    let actor = || r#"{"key": "A", "name": "Test", "grants": [], "authentication": {}}"#.to_owned();
    let open = || r#"{"type": "open_session", "session": "S"}"#.to_owned();
    assert_eq!(
        refused(rcp.execute("{".to_owned(), actor(), at())).0,
        "DCC_STATUS_INVALID_JSON"
    );
    let (name, problems) = refused(rcp.decide(open(), "{}".to_owned(), at()));
    assert_eq!(name, "DCC_STATUS_INVALID_JSON");
    assert!(problems.iter().all(|p| p.path.starts_with("/actor")));
    assert!(rcp.execute(open(), actor(), "hier".to_owned()).is_err());
    assert!(rcp.apply("[{}]".to_owned()).is_err());
    let domain = || "exemple.test".to_owned();
    let (name, _) = refused(rcp.session_calendar("S".to_owned(), at(), domain()));
    assert_eq!(name, "DCC_STATUS_UNKNOWN_IN_RCP");
    assert!(
        rcp.year_calendar(None, 2025, at(), domain())
            .unwrap()
            .contains("VCALENDAR")
    );
    assert_eq!(rcp_journal("[]".to_owned()), Ok(Vec::new()));
    assert!(!version().is_empty());
}

#[test]
fn rules_that_are_not_there_are_refused() {
    let (name, problems) = refused(RuleBook::load("absent".to_owned()));
    let expected = if has_official() {
        ("DCC_STATUS_INVALID_RULES", "REGLES-LECTURE")
    } else {
        ("DCC_STATUS_NOT_BUILT_IN", "API-ABSENT")
    };
    assert_eq!((name.as_str(), problems[0].code.as_str()), expected);
}
