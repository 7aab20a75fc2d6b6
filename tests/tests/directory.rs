//! Documents beside the national directory: parts filled, identities checked.
#![allow(clippy::unwrap_used)]

use dcc_core::directory::{
    Choice, Directory, DirectoryBuilder, EditionDate, Source, check, organization, professional,
};
use dcc_core::fiche_rcp::FicheRcp;
use dcc_core::model::{Header, Participant, ProfessionalId};

const HEADER: &str = "Identification nationale PP|Code civilité d'exercice|Code civilité|Nom d'exercice|Prénom d'exercice|Code profession|Code catégorie professionnelle|Code savoir-faire|Numéro SIRET site|Numéro FINESS site|Identifiant technique de la structure|Raison sociale site";
const MAILBOXES: &str =
    "Type de BAL|Adresse BAL|Identification nationale PP|Identification Structure";

fn file(lines: &[&str], boxes: &[&str], finess: &str) -> Vec<u8> {
    let date = EditionDate::parse("2026-08-26").unwrap();
    let mut builder = DirectoryBuilder::default();
    let text = format!("{HEADER}\n{}\n", lines.join("\n"));
    builder
        .read(Source::Activities, date, text.as_bytes())
        .unwrap();
    if !boxes.is_empty() {
        let text = format!("{MAILBOXES}\n{}\n", boxes.join("\n"));
        builder
            .read(Source::Mailboxes, date, text.as_bytes())
            .unwrap();
    }
    if !finess.is_empty() {
        builder
            .read(Source::FinessCsv, date, finess.as_bytes())
            .unwrap();
    }
    builder.finish().unwrap()
}

const MULLER: &str = "810000000017|DR|M|MULLER|Charles|10|C|SM36||490000049|F490000049|CH D'ANGERS";

fn finess() -> String {
    let mut cells = vec![""; 32];
    for (i, v) in [
        (0, "structureet"),
        (1, "490000049"),
        (2, "490000031"),
        (3, "CHU ANGERS"),
        (7, "4"),
        (8, "R"),
        (9, "LARREY"),
        (12, "007"),
        (13, "49"),
        (15, "49933 ANGERS CEDEX 9"),
        (16, "0241353637"),
        (22, "26490003600017"),
    ] {
        cells[i] = v;
    }
    format!("finess;etalab;94;2026-08-26\n{}\n", cells.join(";"))
}

#[test]
fn a_participant_is_filled_from_an_identifier() {
    let boxes = [
        "PER|charles.muller@essai.mssante.fr|810000000017|",
        "ORG|rcp@essai.mssante.fr||490000049",
    ];
    let bytes = file(&[MULLER], &boxes, &finess());
    let directory = Directory::open(&bytes).unwrap();
    let filled = professional(&directory, "810000000017", &Choice::default()).unwrap();
    assert_eq!(filled.edition.to_string(), "2026-08-26");
    assert!(filled.problems.is_empty(), "{}", filled.problems);
    let p = filled.value;
    assert_eq!(p.ids, [ProfessionalId::Rpps("10000000017".into())]);
    assert_eq!(
        (
            p.name.family.as_str(),
            p.name.given.as_deref(),
            p.name.prefix.as_deref(),
            p.name.suffix.as_deref()
        ),
        ("MULLER", Some("Charles"), Some("M"), Some("DR"))
    );
    assert_eq!(p.specialty.as_ref().unwrap().code, "G15_10/SM36");
    let uris: Vec<&str> = p.telecoms.iter().map(|t| t.uri.as_str()).collect();
    assert_eq!(uris, ["mailto:charles.muller@essai.mssante.fr"]);
    let place = p.organization.clone().unwrap();
    assert_eq!(
        (
            place.finess.as_deref(),
            place.siret.as_deref(),
            place.name.as_deref()
        ),
        (
            Some("490000049"),
            Some("26490003600017"),
            Some("CHU ANGERS")
        )
    );
    assert_eq!(
        (
            place.addresses[0].house_number.as_deref(),
            place.addresses[0].insee.as_deref()
        ),
        (Some("4"), Some("49007"))
    );
    assert_eq!(place.telecoms[0].uri, "tel:0241353637");

    // what was filled is a participant that the document accepts
    let fiche = FicheRcp {
        header: Header {
            recipients: vec![p.clone()],
            ..Header::default()
        },
        ..FicheRcp::default()
    };
    let about: Vec<String> = fiche
        .check()
        .iter()
        .filter(|x| x.path.starts_with("/header/recipients"))
        .map(ToString::to_string)
        .collect();
    assert_eq!(about, [] as [&str; 0]);
    let _ = Participant {
        professional: p,
        ..Participant::default()
    };
    let unknown = professional(&directory, "810000000025", &Choice::default()).unwrap_err();
    assert!(
        unknown
            .iter()
            .any(|p| p.code == "ANNUAIRE-PS-INCONNU"
                && p.message.ends_with("(édition du 2026-08-26)"))
    );
    assert_eq!(
        organization(&directory, "1490000049")
            .unwrap()
            .value
            .name
            .as_deref(),
        Some("CHU ANGERS")
    );
    assert!(organization(&directory, "990000010").is_err());
}

#[test]
fn nothing_is_chosen_for_anyone() {
    let second = "810000000017|DR|M|MULLER|Charles|10|C|SM26||490000056|F490000056|CLINIQUE";
    let bytes = file(&[MULLER, second], &[], "");
    let directory = Directory::open(&bytes).unwrap();
    let codes = |choice: &Choice<'_>| {
        let filled = professional(&directory, "810000000017", choice).unwrap();
        let told: Vec<String> = filled
            .problems
            .iter()
            .map(|p| format!("{} {}", p.code, p.allowed.join(" ")))
            .collect();
        (
            filled.value.specialty.map(|c| c.code),
            filled.value.organization.and_then(|o| o.finess),
            told,
        )
    };
    let (specialty, place, told) = codes(&Choice::default());
    assert_eq!((specialty, place), (None, None));
    assert_eq!(
        told,
        [
            "ANNUAIRE-SPECIALITE-CHOIX G15_10/SM36 G15_10/SM26",
            "ANNUAIRE-STRUCTURE-CHOIX 490000049 490000056"
        ]
    );
    let (specialty, place, told) = codes(&Choice {
        specialty: Some("G15_10/SM26"),
        structure: Some("490000056"),
    });
    assert_eq!(
        (specialty.as_deref(), place.as_deref(), told.len()),
        (Some("G15_10/SM26"), Some("490000056"), 0)
    );
    let (_, _, told) = codes(&Choice {
        specialty: Some("G15_21/A"),
        structure: Some("990000010"),
    });
    assert_eq!(
        told.iter()
            .filter(|t| t.starts_with("ANNUAIRE-CHOIX "))
            .count(),
        2
    );
}

#[test]
fn identities_of_a_fiche_are_checked() {
    let json =
        std::fs::read(dcc_tests::tools::root().join("dcc-core/examples/data/fiche_rcp_sein.json"))
            .unwrap();
    let fiche = FicheRcp::from_json(&json).unwrap();
    let line = |id: &str, name: &str, skill: &str| {
        format!("{id}|DR|M|{name}|X|10|C|{skill}||490000049|F490000049|CH")
    };
    // every professional of the example, but one is unknown, one has another name, one another specialty
    let people = [
        ("810000000017", "Müller", "SM36"),
        ("810000000025", "PRENT", "SM45"),
        ("810000000033", "DECOURT", "SM01"),
        ("810000000041", "ZENBERGER", "SM05"),
        ("810000000058", "MAGNE", "SM26"),
        ("810000000066", "AUTRE", "SM21"),
        ("810000000074", "LEGRAND", "SM54"),
        ("810000000082", "DUCOUT", "SM03"),
        ("810000000090", "ROUSSEAU", "SM05"),
    ];
    let lines: Vec<String> = people
        .iter()
        .map(|(id, name, skill)| line(id, name, skill))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let bytes = file(&lines, &["PER|x@essai.mssante.fr|810000000017|"], "");
    let directory = Directory::open(&bytes).unwrap();
    let problems = check(&fiche, &directory);
    assert!(!problems.has_blocking());
    let at = |code: &str| {
        problems
            .iter()
            .filter(|p| p.code == code)
            .map(|p| p.path.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        at("ANNUAIRE-PS-INCONNU"),
        ["/participants/others/0/professional/ids/0"]
    );
    assert_eq!(
        at("ANNUAIRE-PS-NOM"),
        ["/participants/correspondents/0/professional/name/family"]
    );
    let specialties = at("ANNUAIRE-PS-SPECIALITE");
    assert!(!specialties.is_empty() && specialties.iter().all(|p| p.starts_with("/pathology_report/entries/0/") && p.ends_with("/specialty")), "{specialties:?}");
    assert_eq!(at("ANNUAIRE-STRUCTURE-INCONNUE"), [] as [&str; 0]);
    // no name of anyone in the messages
    assert!(problems.iter().all(|p| !p.message.contains("FABRE")));

    let empty = file(
        &["810099887761|DR|M|ESSAI|X|10|C|SM36||990000010|F990000010|CH"],
        &[],
        "",
    );
    let problems = check(&fiche, &Directory::open(&empty).unwrap());
    assert!(
        problems
            .iter()
            .any(|p| p.code == "ANNUAIRE-STRUCTURE-INCONNUE"
                && p.path == "/rcp/establishment/finess")
    );
}
