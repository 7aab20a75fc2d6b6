//! FINESS: the CSV without header, the JSON of legal entities.

mod common;

use common::*;
use dcc_directory::{DirectoryBuilder, Source, StructureQuery};

fn cells(
    finess: &str,
    legal: &str,
    name: &str,
    department: &str,
    commune: &str,
    routing: &str,
) -> String {
    let mut cells = vec![""; 32];
    for (i, value) in [
        (0, "structureet"),
        (1, finess),
        (2, legal),
        (3, name),
        (4, "CENTRE HOSPITALIER LONG"),
        (7, "12"),
        (8, "R"),
        (9, "DES ESSAIS"),
        (12, commune),
        (13, department),
        (14, "MAINE ET LOIRE"),
        (15, routing),
        (16, "0241000000"),
        (18, "355"),
        (19, "Centre Hospitalier (C.H.)"),
        (20, "1102"),
        (22, "26490000000019"),
        (23, "8610Z"),
        (26, "1"),
        (28, "1979-02-06"),
        (29, "1900-01-01"),
        (30, "2026-05-11"),
        (31, "0490001A"),
    ] {
        cells[i] = value;
    }
    cells.join(";")
}

#[test]
fn the_csv_is_read_without_header_and_geolocations_are_passed_over() {
    let line = cells(
        "990000010",
        "990000028",
        "CH D'ESSAI",
        "49",
        "007",
        "49100 ANGERS CEDEX 9",
    );
    let overseas = cells("970000018", "", "CLINIQUE", "9A", "101", "97139 LES ABYMES");
    let corsica = cells("2A0000014", "", "CH", "2A", "004", "20000 AJACCIO");
    let letters = cells(
        "0B0172805",
        "1B0062023",
        "ESSAI",
        "01",
        "001",
        "01000 ESSAI",
    );
    let edition = format!(
        "finess;etalab;94;2026-05-12\n{line}\ngeolocalisation;990000010;1;2;x;2026-05-01\n{overseas}\n{corsica}\n{letters}\n"
    );
    let mut builder = DirectoryBuilder::default();
    let report = read(&mut builder, Source::FinessCsv, &edition);
    assert!(
        !told(&report).iter().any(|p| p.starts_with("FINESS-FORMAT")),
        "{:?}",
        told(&report)
    );
    assert_eq!((report.edition.lines, report.edition.refused), (4, 0));
    let file = builder.finish().expect("accepted");
    let directory = open(&file);
    let found = directory.structures("990000010").value;
    let ch = found[0];
    assert_eq!(
        (
            ch.name(),
            ch.long_name(),
            ch.street_number().as_deref(),
            ch.street()
        ),
        (
            "CH D'ESSAI",
            "CENTRE HOSPITALIER LONG",
            Some("12"),
            "DES ESSAIS"
        )
    );
    assert_eq!(
        (ch.category().code, ch.category().label),
        ("355", "Centre Hospitalier (C.H.)")
    );
    assert_eq!(
        (ch.postal_code(), ch.commune().code, ch.town()),
        ("49100", "49007", "ANGERS CEDEX 9")
    );
    assert_eq!(
        (
            ch.opened_on().as_deref(),
            ch.authorized_on(),
            ch.updated_on().as_deref()
        ),
        (Some("1979-02-06"), None, Some("2026-05-11"))
    );
    assert_eq!(
        (
            ch.siret().as_deref(),
            ch.phone().as_deref(),
            ch.ape().as_deref(),
            ch.school_number().as_deref()
        ),
        (
            Some("26490000000019"),
            Some("0241000000"),
            Some("8610Z"),
            Some("0490001A")
        )
    );
    assert_eq!(
        directory
            .structures_of_legal_entity("990000028")
            .value
            .len(),
        1
    );
    assert_eq!(directory.structures("26490000000019").value.len(), 4);
    assert_eq!(directory.structures_of_siren("264900000").value.len(), 4);
    assert_eq!(
        directory.structures("970000018").value[0].commune().code,
        "",
        "its own code of department is no COG code"
    );
    assert_eq!(
        directory.structures("2A0000014").value[0].commune().code,
        "2A004"
    );
    let mut query = StructureQuery::default();
    query.town = Some("Angers");
    assert_eq!(directory.search_structures(&query).value.found.len(), 1);
}

#[test]
fn faults_of_the_csv_have_their_line_and_latin_1_is_read() {
    let wrong_key = cells("990000011", "", "CH", "49", "007", "49100 ANGERS");
    let mut bytes = format!("{wrong_key}\nstructureet;1;2\nautre;x\n").into_bytes();
    bytes.extend(
        cells(
            "990000010",
            "",
            "H\u{d4}PITAL D'\u{c9}T\u{c9} \u{92}\u{80}",
            "49",
            "007",
            "49100 ANGERS",
        )
        .chars()
        .map(|c| c as u8),
    );
    bytes.push(b'\n');
    let mut builder = DirectoryBuilder::default();
    let report = builder
        .read(Source::FinessCsv, date("2026-05-12"), bytes.as_slice())
        .expect("memory");
    assert_eq!(
        told(&report),
        [
            "ANNUAIRE-FINESS-ENTETE ligne 1",
            "FINESS-CLE ligne 1, cellule 2",
            "ANNUAIRE-CELLULES ligne 2",
            "ANNUAIRE-FINESS-LIGNE ligne 3",
            "ANNUAIRE-WINDOWS-1252 ligne 4"
        ]
    );
    let file = builder.finish().expect("accepted");
    assert_eq!(
        open(&file).structures("990000010").value[0].name(),
        "HÔPITAL D'ÉTÉ ’€"
    );
}

#[test]
fn the_json_is_read_element_by_element() {
    let edition = r#"{"gco":{"pmej":[]},"pmej":[
      {"informationsGeneralesPmej":{"pm_smsseId":"1","numFinessPm":"AB00000X8","siren":"264900000","denominationPm":"CH D'ESSAI","dateCreation":"1950-01-01","etatObjet":{"code":"ACTIF","system":"x"},"statutJuridique":{"code":"13"}},
       "ege":[{"informationsGeneralesEGE":{"numFinessEge":"990000010","nomEgeCourt":"SITE \"NORD\"","nomEgeLong":"SITE NORD DU CH"},"siret":"26490000000019","categorieEntiteGeographiqueExercice":{"code":"355"},
               "adresse":[{"numeroVoie":"3","typeVoie":"R","libelleVoie":"DES ESSAIS","cogCommune":"49007","codePostal":"49000","ligneAcheminement":"49000 ANGERS"}],"dateDerniereMaj":"2026-07-20"},
              {"dateFermeture":"2025-01-01","NUMFINESSEGE":"990000028"},
              {"nomEgeCourt":"SANS NUMERO"}]},
      {"informationsGeneralesPmej":{}, "ege":[]},
      7
    ],"gcc":[]}"#;
    let mut builder = DirectoryBuilder::default();
    let mut reader = builder.begin(Source::FinessJson, date("2026-07-20"));
    edition
        .as_bytes()
        .chunks(3)
        .for_each(|piece| reader.push(piece));
    let report = reader.end();
    assert_eq!(
        told(&report),
        [
            "ANNUAIRE-FINESS-ELEMENT /pmej/0/ege/2",
            "ANNUAIRE-FINESS-ELEMENT /pmej/1",
            "ANNUAIRE-FINESS-ELEMENT /pmej/2"
        ]
    );
    let file = builder.finish().expect("accepted");
    let directory = open(&file);
    let site = directory.structures("990000010").value[0];
    assert_eq!(
        (
            site.name(),
            site.legal_finess().as_deref(),
            site.commune().code,
            site.category().code
        ),
        ("SITE \"NORD\"", Some("AB00000X8"), "49007", "355")
    );
    assert_eq!(site.edition().to_string(), "2026-07-20");
    assert!(directory.structures("990000028").value[0].is_deactivated() && !site.is_deactivated());
    let legal = directory.structures("AB00000X8").value[0];
    assert_eq!(
        (
            legal.name(),
            legal.siren().as_deref(),
            legal.legal_status().code,
            legal.state().code
        ),
        ("CH D'ESSAI", Some("264900000"), "13", "ACTIF")
    );
    assert_eq!(
        directory
            .structures_of_legal_entity("AB00000X8")
            .value
            .len(),
        2
    );
    assert_eq!(directory.structures_of_siren("264900000").value.len(), 2);
}

#[test]
fn a_cut_or_foreign_json_is_refused() {
    let codes = |text: &str| {
        let mut builder = DirectoryBuilder::default();
        read(&mut builder, Source::FinessJson, text);
        builder
            .finish()
            .expect_err("refused")
            .iter()
            .map(|p| p.code)
            .collect::<Vec<_>>()
    };
    let one = r#"{"pmej":[{"informationsGeneralesPmej":{"numFinessPm":"990000028"}}"#;
    assert_eq!(codes(one), ["ANNUAIRE-COUPEE"]);
    assert_eq!(codes(r#"{"autre":[]}"#), ["ANNUAIRE-FINESS-JSON"]);
    assert_eq!(codes("<html>"), ["ANNUAIRE-FINESS-JSON"]);
    assert_eq!(codes(r#"{"pmej":[]}"#), ["ANNUAIRE-VIDE"]);
}
