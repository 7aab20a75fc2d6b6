//! A fiche for each rule, which breaks it and no other.
//!
//! Each case changes the JSON of the full bundled fiche, which has no problem
//! at all, and tells every problem that follows.

use std::collections::BTreeSet;
use std::path::Path;

use dcc_core::fiche_rcp::FicheRcp;
use serde_json::{Value, json};

/// The full bundled fiche.
pub(crate) fn full() -> Value {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../dcc-core/examples/data/fiche_rcp_sein.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// Sets the value at a pointer; null takes the field out.
fn set(fiche: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match fiche
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

/// Checks the full fiche with changes, and expects these problems: code and path.
fn breaks(changes: &[(&str, Value)], expected: &[(&str, &str)], seen: &mut BTreeSet<String>) {
    let mut fiche = full();
    for (pointer, value) in changes {
        set(&mut fiche, pointer, value.clone());
    }
    let fiche = FicheRcp::from_json(fiche.to_string().as_bytes())
        .unwrap_or_else(|e| panic!("{changes:?}\n{e}"));
    let problems = fiche.check();
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
    assert_eq!(
        fiche.to_cda().is_err(),
        problems.has_blocking(),
        "{problems}"
    );
}

/// One change, one problem.
macro_rules! one {
    ($seen:ident; $($pointer:literal = $value:tt => $code:literal $path:literal;)*) => {
        $( breaks(&[($pointer, json!($value))], &[($code, $path)], &mut $seen); )*
    };
}

#[test]
fn the_full_fiche_has_no_problem() {
    breaks(&[], &[], &mut BTreeSet::new());
}

#[test]
fn what_is_required() {
    let mut seen = BTreeSet::new();
    for path in [
        "/header/id/root",
        "/header/set_id/root",
        "/header/created",
        "/header/authors",
        "/header/authors/0/time",
        "/header/authors/0/function",
        "/header/authors/0/professional/ids",
        "/header/authors/0/professional/name/family",
        "/header/patient/birth_name",
        "/header/patient/sex",
        "/header/patient/birth_date",
        "/header/patient/local_ids/0/extension",
        "/header/patient/guardians/0/name/family",
        "/header/patient/trusted_persons/0/name/family",
        "/header/legal_authenticator/time",
        "/header/legal_authenticator/professional/ids",
        "/rcp/name",
        "/rcp/date",
        "/rcp/local_ids/0/root",
        "/rcp/enrolment/id/root",
        "/rcp/establishment/name",
        "/rcp/establishment/facility_type",
        "/rcp/establishment/address",
        "/participants/attending_physician",
        "/participants/quorum/0/professional/name/family",
        "/discussion/nature",
        "/discussion/recourse",
        "/discussion/paediatric",
        "/reason/diagnostic_opinion",
        "/reason/treatment_proposal",
        "/reason/recourse",
        "/reason/paediatric",
        "/reason/case_status",
        "/from_screening",
        "/tumours/0/other_classifications/0/value",
        "/history/0/text",
        "/comorbidities/0/text",
        "/exams/0/name",
        "/functional_status/performance/0/grade",
        "/phase/phase",
        "/phase/progression",
        "/phase/progression/present",
        "/past_treatments/0/kind",
        "/past_treatments/0/status",
        "/operative_report/entries/0/text",
        "/operative_report/entries/0/performers/0/professional/ids",
        "/molecular_reports/0/entries/0/text",
        "/synthesis/case",
        "/file_status/complete",
        "/file_status/quorum",
        "/proposal/requests/0/text",
        "/proposal/treatments/0/kind",
        "/status/code",
    ] {
        breaks(&[(path, Value::Null)], &[("REQUIS", path)], &mut seen);
    }
    one!(seen;
        "/functional_status/pain" = {} => "REQUIS" "/functional_status/pain/severity";
        "/rcp/topographies" = [{}] => "REQUIS" "/rcp/topographies/0/code";
        "/rcp/performer" = {"name": {"family": "ESSAI"}, "organization": {"sector": "ETABLISSEMENT"}, "ids": [{"local": {"root": "2.999.1"}}]}
            => "REQUIS" "/rcp/performer/ids/0/local/extension";
    );
    breaks(
        &[("/header/patient/ins", Value::Null)],
        &[("REQUIS", "/header/patient/ins")],
        &mut seen,
    );
}

#[test]
fn every_rule_is_reached() {
    let mut seen = BTreeSet::from(["REQUIS".to_owned()]);
    let same =
        || json!([{"root": "1.2.3.4", "extension": "A"}, {"root": "1.2.3.4", "extension": "A"}]);
    one!(seen;
        // texts
        "/exams_comment" = "" => "TXT-VIDE" "/exams_comment";
        "/exams_comment" = " \n\t" => "TXT-VIDE" "/exams_comment";
        "/exams_comment" = "\n" => "TXT-VIDE" "/exams_comment";
        "/header/patient/addresses/0" = {"usage": "H"} => "TXT-VIDE" "/header/patient/addresses/0";
        "/exams_comment" = "a\u{1}b" => "TXT-CARACTERE" "/exams_comment";
        "/tumours/0/comment" = "a\u{FFFE}" => "TXT-CARACTERE" "/tumours/0/comment";
        "/exams_comment" = "-" => "TXT-TIRET" "/exams_comment";
        "/discussion/nature" = {"code": "ORG-117", "label": "deux\nlignes"} => "LIBELLE-LIGNE" "/discussion/nature/label";
        "/tumours/0/tnm/t/label" = "a\tb" => "LIBELLE-LIGNE" "/tumours/0/tnm/t/label";
        "/tumours/0/tnm/stage" = "I B" => "CODE-FORME" "/tumours/0/tnm/stage";
        "/tumours/0/tnm/stage" = {"code": "IB", "system": "TNM"} => "CODE-FORME" "/tumours/0/tnm/stage";
        "/tumours/0/tnm/edition" = "8 e" => "CODE-FORME" "/tumours/0/tnm/edition";
        // no place in the document
        "/header/custodian/sector" = "ETABLISSEMENT" => "NON-PORTE" "/header/custodian/sector";
        "/header/custodian/siret" = "10000000000008" => "NON-PORTE" "/header/custodian/siret";
        "/header/custodian/telecoms" = [{"uri": "tel:1"}, {"uri": "tel:2"}] => "NON-PORTE" "/header/custodian/telecoms/1";
        "/header/custodian/addresses" = [{"city": "A"}, {"city": "B"}] => "NON-PORTE" "/header/custodian/addresses/1";
        "/header/patient/guardians/0/name/suffix" = "DR" => "NON-PORTE" "/header/patient/guardians/0/name/suffix";
        "/header/patient/persons_to_contact/0/name/suffix" = "DR" => "NON-PORTE" "/header/patient/persons_to_contact/0/name/suffix";
        "/header/authors/0/professional/organization/other_ids" = [{"root": "2.999.1", "extension": "1"}]
            => "NON-PORTE" "/header/authors/0/professional/organization/other_ids/0";
        "/participants/requester/professional/ids" = [{"rpps": "10000000025"}, {"adeli": "491234567"}]
            => "NON-PORTE" "/participants/requester/professional/ids/1";
        "/participants/coordinator/professional/organization/other_ids" = [{"root": "2.999.1", "extension": "1"}]
            => "NON-PORTE" "/participants/coordinator/professional/organization/other_ids/0";
        "/rcp/establishment/other_id" = {"root": "2.999.1"} => "NON-PORTE" "/rcp/establishment/other_id";
        "/phase/comment" = null => "NON-PORTE" "/phase/comment_date";
        "/proposal/comment" = null => "NON-PORTE" "/proposal/comment_date";
        "/pathology_report/entries/0/sampler/professional/organization/sector" = "ETABLISSEMENT"
            => "NON-PORTE" "/pathology_report/entries/0/sampler/professional/organization/sector";
        "/pathology_report/entries/0/sampler/professional/organization/addresses" = [{"city": "A"}]
            => "NON-PORTE" "/pathology_report/entries/0/sampler/professional/organization/addresses";
        "/pathology_report/entries/0/sampler/professional/organization/telecoms" = [{"uri": "tel:1"}]
            => "NON-PORTE" "/pathology_report/entries/0/sampler/professional/organization/telecoms";
        "/from_screening" = {"absent": "not_applicable"} => "ABSENCE" "/from_screening";
        "/tumours/0/diagnosed" = {"absent": "refused"} => "ABSENCE" "/tumours/0/diagnosed";
        "/tumours/0/tnm/n" = {"absent": "refused"} => "ABSENCE" "/tumours/0/tnm/n";
        // identifiers and versions
        "/rcp/local_ids/0/root" = "abc" => "ID-RACINE" "/rcp/local_ids/0/root";
        "/header/id/root" = "1.02" => "ID-RACINE" "/header/id/root";
        "/rcp/network_id" = ("5".repeat(65)) => "ID-LONGUEUR" "/rcp/network_id";
        "/header/patient/local_ids/0/extension" = ("é".repeat(65)) => "ID-LONGUEUR" "/header/patient/local_ids/0/extension";
        "/header/set_id/root" = (format!("1.{}", "2.".repeat(80) + "1")) => "ID-LONGUEUR" "/header/set_id/root";
        "/rcp/local_ids" = (same()) => "DOUBLON" "/rcp/local_ids/1";
        "/rcp/local_ids" = [{"root": "1.2.3.4", "extension": "A"}, {"root": "1.2.3.4"}] => "DOUBLON" "/rcp/local_ids/1";
        "/header/patient/local_ids" = (same()) => "DOUBLON" "/header/patient/local_ids/1";
        "/header/authors/0/professional/ids" = [{"rpps": "10000000017"}, {"national": "810000000017"}]
            => "DOUBLON" "/header/authors/0/professional/ids/1";
        "/header/patient/addresses" = [{"city": "A"}, {"city": "A"}] => "DOUBLON" "/header/patient/addresses/1";
        "/header/patient/telecoms" = [{"uri": "tel:1", "usage": "H"}, {"uri": "tel:1", "usage": "H"}] => "DOUBLON" "/header/patient/telecoms/1";
        "/header/version" = 0 => "VERSION" "/header/version";
        "/header/version" = 2 => "VERSION-REMPLACE" "/header/replaces";
        "/header/replaces" = {"id": {"root": "1.2.3"}} => "VERSION-REMPLACE" "/header/replaces";
        "/header/language" = "français" => "LANGUE" "/header/language";
        // dates
        "/exams/0/date" = "2025-02-15T10:00" => "DATE-FUSEAU" "/exams/0/date";
        "/rcp/end" = "2025-02-18T18:00" => "DATE-FUSEAU" "/rcp/end";
        "/past_treatments/0/period/end" = "2025-02-15T10:00" => "DATE-FUSEAU" "/past_treatments/0/period/end";
        "/header/created" = "2025-02-19" => "DATE-HEURE" "/header/created";
        "/past_treatments/0/period/end" = "2024-10-02" => "DATE-ORDRE" "/past_treatments/0/period/end";
        "/rcp/end" = "2025-02-18T15:45:00+01:00" => "DATE-ORDRE" "/rcp/end";
        // later as it is written, sooner as the time goes
        "/rcp/end" = "2025-02-18T15:50:00+11:00" => "DATE-ORDRE" "/rcp/end";
        "/exams/0/date" = "2025-02-19" => "DATE-FUTURE" "/exams/0/date";
        "/header/patient/birth_date" = "2025-02-19T00:00+01:00" => "DATE-FUTURE" "/header/patient/birth_date";
        "/exams/0/date" = "1978" => "DATE-NAISSANCE" "/exams/0/date";
        // contacts and names
        "/header/patient/telecoms/0/uri" = "0144534551" => "TELECOM" "/header/patient/telecoms/0/uri";
        "/header/patient/telecoms/0/uri" = "tel:01 44" => "TELECOM" "/header/patient/telecoms/0/uri";
        "/header/patient/telecoms/0/uri" = "mailto:é@a.fr" => "TELECOM" "/header/patient/telecoms/0/uri";
        "/header/patient/telecoms/0/usage" = "HOME" => "TELECOM-USAGE" "/header/patient/telecoms/0/usage";
        "/header/patient/addresses/0/usage" = "X" => "ADRESSE-USAGE" "/header/patient/addresses/0/usage";
        "/header/patient/addresses/0/lines" = ["1 rue A"] => "ADRESSE-LIGNES" "/header/patient/addresses/0/lines";
        "/header/patient/addresses" = [{"lines": ["1", "2", "3", "4", "5", "6", "7", "8"]}] => "ADRESSE-LIGNES" "/header/patient/addresses/0/lines";
        "/header/patient/guardians/0/name/prefix" = "Madame" => "NOM-TITRE" "/header/patient/guardians/0/name/prefix";
        "/header/authors/0/professional/name/suffix" = "Docteur" => "NOM-TITRE" "/header/authors/0/professional/name/suffix";
        // identity
        "/header/patient/birth_place_insee" = null => "INS-TRAITS" "/header/patient/birth_place_insee";
        "/header/patient/birth_given_names" = null => "INS-TRAITS" "/header/patient/birth_given_names";
        "/header/patient/first_birth_given_name" = null => "INS-TRAITS" "/header/patient/first_birth_given_name";
        "/header/patient/doubtful" = true => "INS-ATTRIBUT" "/header/patient/identity_status";
        "/header/patient/fictitious" = true => "INS-ATTRIBUT" "/header/patient/identity_status";
        "/header/patient/telecoms/0/uri" = "mailto:279035121518989@PATIENT.mssante.fr" => "INS-MESSAGERIE" "/header/patient/telecoms/0/uri";
        "/header/patient/local_ids/0/root" = "1.2.250.1.213.1.4.8" => "INS-LOCAL" "/header/patient/local_ids/0/root";
        "/header/patient/mssante" = "279035121518989@exemple.fr" => "MSSANTE-CITOYEN" "/header/patient/mssante";
        "/header/patient/birth_place_insee" = "512" => "INSEE-FORMAT" "/header/patient/birth_place_insee";
        "/header/patient/ins/matricule" = "27903512151898" => "INS-FORMAT" "/header/patient/ins/matricule";
        "/header/patient/ins/matricule" = "279035121518988" => "INS-CLE" "/header/patient/ins/matricule";
        "/participants/requester/professional/ids" = [{"rpps": "1000000002"}] => "RPPS-FORMAT" "/participants/requester/professional/ids/0/rpps";
        "/participants/requester/professional/ids" = [{"rpps": "10000000026"}] => "RPPS-CLE" "/participants/requester/professional/ids/0/rpps";
        "/participants/requester/professional/ids" = [{"adeli": "1"}] => "ADELI-FORMAT" "/participants/requester/professional/ids/0/adeli";
        "/participants/requester/professional/ids" = [{"national": "9123"}] => "PS-IDNAT" "/participants/requester/professional/ids/0/national";
        "/rcp/establishment/finess" = "49000004" => "FINESS-FORMAT" "/rcp/establishment/finess";
        "/rcp/establishment/finess" = "490000048" => "FINESS-CLE" "/rcp/establishment/finess";
        "/participants/requester/professional/organization/siret" = "123" => "SIRET-FORMAT" "/participants/requester/professional/organization/siret";
        "/participants/requester/professional/organization/siret" = "10000000000009" => "SIRET-CLE" "/participants/requester/professional/organization/siret";
        "/header/custodian/finess" = null => "STRUCTURE-IDENTIFIANT" "/header/custodian/finess";
        // coded values
        "/discussion/organ_system" = "XYZ" => "JDV-CODE" "/discussion/organ_system";
        "/tumours/0/topography/code" = {"code": "C50.2", "system": "1.2.3"} => "JDV-SYSTEME" "/tumours/0/topography/code";
        // the volet
        "/rcp/network_id" = null => "FRCP-IDENTIFIANTS" "/rcp/network_id";
        "/rcp/manager_id" = null => "FRCP-IDENTIFIANTS" "/rcp/manager_id";
        "/rcp/rcp_id" = null => "FRCP-IDENTIFIANTS" "/rcp/rcp_id";
        "/discussion/organ_system" = null => "FRCP-APPAREIL" "/discussion/organ_system";
        "/discussion/organs" = [] => "FRCP-APPAREIL" "/discussion/organs";
        "/tumours" = [] => "TUMEUR" "/tumours";
        "/tumours/0/diagnosed" = null => "TUMEUR" "/tumours/0/diagnosed";
        "/tumours/0/morphology" = {} => "TUMEUR" "/tumours/0/morphology";
        "/tumours/0/topography" = {} => "TUMEUR" "/tumours/0/topography";
        "/tumours/0/tnm" = {} => "TNM" "/tumours/0/tnm";
        "/tumours/0/tnm/t" = null => "TNM" "/tumours/0/tnm/t";
        "/tumours/0/tnm/t/value" = "N1" => "TNM-VALEUR" "/tumours/0/tnm/t/value";
        "/tumours/0/tnm/t/value" = "cT1" => "TNM-VALEUR" "/tumours/0/tnm/t/value";
        "/tumours/0/tnm/m/value" = "M" => "TNM-VALEUR" "/tumours/0/tnm/m/value";
        "/phase/progression/local" = null => "PROGRESSION" "/phase/progression/local";
        "/phase/progression/regional" = null => "PROGRESSION" "/phase/progression/regional";
        "/phase/progression/distant" = null => "PROGRESSION" "/phase/progression/distant";
        "/past_treatments/1/detail" = null => "FRCP-AUTRE-TRAITEMENT" "/past_treatments/1/detail";
        "/proposal/treatments/1/name" = null => "FRCP-AUTRE-TRAITEMENT" "/proposal/treatments/1/name";
        "/proposal/treatments/0/intention" = 0 => "FRCP-INTENTION" "/proposal/treatments/0/intention";
        "/frame/guidelines" = [] => "FRCP-REFERENTIEL" "/frame/guidelines";
        "/frame/guidelines/0/name" = null => "FRCP-REFERENTIEL" "/frame/guidelines/0/name";
        "/operative_report/entries" = [] => "FRCP-CONCLUSION" "/operative_report/entries";
        "/participants/coordinator" = null => "FRCP-EXECUTANT" "/participants/coordinator";
        "/participants/coordinator/professional/organization/sector" = null
            => "FRCP-EXECUTANT" "/participants/coordinator/professional/organization/sector";
        "/file_status/quorum" = "ORG-133" => "FRCP-QUORUM" "/file_status/quorum";
        "/participants/quorum/1/professional/ids" = [{"rpps": "10000000017"}] => "FRCP-QUORUM-DOUBLE" "/participants/quorum/1";
        "/functional_status/geriatric/0/score" = 18 => "FRCP-G8-SCORE" "/functional_status/geriatric/0/score";
        "/status/date" = null => "FRCP-STATUT-DATE" "/status/date";
        "/indicators/g8_done" = false => "FRCP-INDICATEUR" "/indicators/g8_done";
        "/frame/guidelines/0/not_followed" = "Refus de la patiente" => "FRCP-INDICATEUR" "/indicators/guideline_respected";
    );

    let mut several =
        |changes: &[(&str, Value)], expected: &[(&str, &str)]| breaks(changes, expected, &mut seen);
    several(
        &[
            ("/header/version", json!(2)),
            ("/header/replaces", json!({"id": full()["header"]["id"]})),
        ],
        &[("VERSION-IDENTIFIANT", "/header/replaces/id")],
    );
    several(
        &[
            ("/header/version", json!(2)),
            (
                "/header/replaces",
                json!({"id": {"root": "1.2.3"}, "set_id": {"root": "1.2.4"}, "version": 2}),
            ),
        ],
        &[
            ("VERSION-IDENTIFIANT", "/header/replaces/set_id"),
            ("VERSION", "/header/replaces/version"),
        ],
    );
    several(
        &[("/header/patient/identity_status", json!("validated"))],
        &[
            ("INS-NON-QUALIFIEE", "/header/patient/ins"),
            ("INS-NON-QUALIFIEE", "/header/patient/mssante"),
        ],
    );
    several(
        &[
            ("/header/patient/ins", Value::Null),
            ("/header/patient/identity_status", Value::Null),
            ("/header/patient/mssante", Value::Null),
            ("/header/patient/local_ids", json!([])),
        ],
        &[("PATIENT-IDENTIFIANT", "/header/patient/local_ids")],
    );
    several(
        &[
            ("/participants/requester/time", json!("2025-02-18")),
            (
                "/participants/requester/period",
                json!({"start": "2025-02-18"}),
            ),
        ],
        &[("PARTICIPATION", "/participants/requester/period")],
    );
    several(
        &[("/discussion/nature", json!("ORG-132"))],
        &[
            ("FRCP-APPAREIL", "/discussion/care"),
            ("FRCP-APPAREIL", "/discussion/organ_system"),
            ("FRCP-APPAREIL", "/discussion/organs"),
        ],
    );
    several(
        &[
            ("/header/patient/birth_date", json!("1950-02-18")),
            ("/functional_status/geriatric", json!([])),
        ],
        &[("FRCP-G8", "/functional_status/geriatric")],
    );
    several(
        &[
            ("/header/patient/birth_date", json!("2007-02-19")),
            ("/header/patient/guardians", json!([])),
            ("/history", json!([])),
        ],
        &[("FRCP-MINEUR", "/header/patient/guardians")],
    );
    let second = full()["tumours"][0].clone();
    let mut listed = second.clone();
    listed["listed"] = json!("2025-01-30");
    several(
        &[("/tumours", json!([second, listed]))],
        &[("NON-PORTE", "/tumours/1/listed")],
    );

    let listed: BTreeSet<String> = [
        dcc_core::fiche_rcp::rules::RULES,
        dcc_core::model::rules::RULES,
        dcc_core::identity::rules::RULES,
    ]
    .into_iter()
    .flatten()
    .map(|rule| rule.code.to_owned())
    // the context of the care, which other documents have
    .filter(|code| {
        !["ACTE-PRINCIPAL", "CODE-NOMENCLATURE", "INTERVENANT-CLASSE"].contains(&code.as_str())
    })
    .collect();
    let missing: Vec<_> = listed.difference(&seen).collect();
    assert!(missing.is_empty(), "no case breaks {missing:?}");
    assert!(seen.is_superset(&["JDV-CODE", "JDV-SYSTEME"].map(str::to_owned).into()));
}
