//! Bundles of the FHIR API of the directory.

mod common;

use common::*;
use dcc_directory::{DirectoryBuilder, MailboxKind, Source};
use serde_json::{Value, json};

fn tre(name: &str, code: &str) -> Value {
    json!({"system": format!("https://mos.esante.gouv.fr/NOS/TRE_{name}/FHIR/TRE-{name}").replace("TRE-", "TRE-"), "code": code})
}

fn secure(address: &str) -> Value {
    json!({"system": "email", "value": address, "extension": [{"url": "https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type", "valueCoding": tre("R256-TypeMessagerie", "MSSANTE")}]})
}

fn anna() -> Value {
    json!({"resourceType": "Practitioner", "id": "003-1", "active": true,
        "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.1", "value": "810099887761"}, {"system": "https://rpps.esante.gouv.fr", "value": "10099887761"}],
        "name": [{"family": "ESSAI", "given": ["Anna"], "prefix": ["MME"], "suffix": ["DR"]}],
        "telecom": [secure("anna.essai@exemple.mssante.fr")],
        "qualification": [
            {"code": {"coding": [tre("R48-DiplomeEtatFrancais", "DE09"), tre("R14-TypeDiplome", "DE")]}},
            {"code": {"coding": [tre("G15-ProfessionSante", "10"), tre("R09-CategorieProfessionnelle", "C")]}},
            {"code": {"coding": [tre("R04-TypeSavoirFaire", "S"), tre("R38-SpecialiteOrdinale", "SM36")]}},
            {"code": {"coding": [tre("R04-TypeSavoirFaire", "C"), tre("R39-Competence", "C35")]}}]})
}

fn role(practitioner: &str, organization: &str) -> Value {
    json!({"resourceType": "PractitionerRole", "id": "005-1", "active": true,
        "practitioner": {"reference": format!("Practitioner/{practitioner}")}, "organization": {"reference": format!("https://gateway.api.esante.gouv.fr/fhir/v2/Organization/{organization}/_history/2")},
        "code": [{"coding": [tre("R22-GenreActivite", "GENR01")]}, {"coding": [tre("R23-ModeExercice", "S")]}, {"coding": [tre("R21-Fonction", "FON-AU")]}]})
}

fn hospital() -> Value {
    json!({"resourceType": "Organization", "id": "001-1", "active": true, "name": "CH D'ESSAI",
        "identifier": [
            {"system": "urn:oid:1.2.250.1.71.4.2.2", "value": "1990000010", "type": {"coding": [{"code": "IDNST"}]}},
            {"system": "https://finess.esante.gouv.fr", "value": "990000010", "type": {"coding": [{"code": "FINEG"}]}},
            {"system": "https://rppsrang.esante.gouv.fr", "value": "F990000010", "type": {"coding": [{"code": "RPPSRG"}]}}],
        "type": [{"coding": [{"system": "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-3307", "code": "GEOGRAPHICAL-ENTITY"}]}, {"coding": [tre("R02-SecteurActivite", "SA01")]}],
        "telecom": [{"system": "phone", "value": "0450636363"}, {"system": "fax", "value": "0450455933"}, secure("oncologie@exemple.mssante.fr")],
        "address": [{"city": "PARIS", "postalCode": "75014", "extension": [{"url": "inseeCode", "valueCoding": tre("R13-Commune", "75114")}],
            "_line": [{"extension": [
                {"url": "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-houseNumber", "valueString": "96"},
                {"url": "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-streetNameType", "valueString": "R"},
                {"url": "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-streetNameBase", "valueString": "DIDOT"}]}]}]})
}

fn bundle(resources: &[Value]) -> String {
    let entries: Vec<Value> = resources.iter().map(|r| json!({"resource": r})).collect();
    json!({"resourceType": "Bundle", "type": "searchset", "entry": entries}).to_string()
}

#[test]
fn pages_become_the_same_records_as_the_extraction() {
    // the role comes on a page of its own, before what it refers to
    let pages = [
        bundle(&[role("003-1", "001-1")]),
        bundle(&[anna(), hospital()]),
    ]
    .join("\n");
    let mut builder = DirectoryBuilder::default();
    let report = read(&mut builder, Source::Fhir, &pages);
    assert_eq!(told(&report), [] as [&str; 0]);
    assert_eq!(report.edition.lines, 3);
    let file = builder.finish().expect("accepted");
    let directory = open(&file);
    let anna = directory.professional("810099887761").value.expect("found");
    assert_eq!(
        (anna.surname(), anna.given(), anna.is_deactivated()),
        ("ESSAI", "Anna", false)
    );
    let lines: Vec<_> = anna
        .activities()
        .map(|a| {
            (
                a.profession().code,
                a.category().code,
                a.skill().code,
                a.mode().code,
                a.role().code,
                a.kind().code,
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("10", "C", "SM36", "S", "FON-AU", "GENR01"),
            ("10", "C", "C35", "S", "FON-AU", "GENR01")
        ]
    );
    let first = anna.activities().next().expect("one");
    assert_eq!(
        (first.practice_civility().code, first.civility().code),
        ("DR", "MME")
    );
    let site = first.structure().expect("linked");
    assert_eq!(
        (
            site.finess().as_deref(),
            site.national_id().as_deref(),
            site.technical_id().as_deref()
        ),
        (Some("990000010"), Some("1990000010"), Some("F990000010"))
    );
    assert_eq!(
        (
            site.name(),
            site.street_number().as_deref(),
            site.street_type().code,
            site.street()
        ),
        ("CH D'ESSAI", Some("96"), "R", "DIDOT")
    );
    assert_eq!(
        (
            site.postal_code(),
            site.commune().code,
            site.commune().label,
            site.sector().code
        ),
        ("75014", "75114", "PARIS", "SA01")
    );
    assert_eq!(
        (site.phone().as_deref(), site.fax().as_deref()),
        (Some("0450636363"), Some("0450455933"))
    );
    assert_eq!(anna.diplomas().next().expect("one").diploma.code, "DE09");
    assert_eq!(
        anna.mailboxes().value[0].address,
        "anna.essai@exemple.mssante.fr"
    );
    let boxes = directory.mailboxes_of_structure("990000010").value;
    assert_eq!(
        (boxes[0].address.as_str(), boxes[0].kind),
        ("oncologie@exemple.mssante.fr", MailboxKind::Organizational)
    );
    let codes: Vec<String> = anna
        .author_specialties()
        .into_iter()
        .map(|s| s.code)
        .collect();
    assert_eq!(codes, ["G15_10/SM36", "G15_10/C35"]);
}

#[test]
fn deactivated_resources_keep_their_identifier_alone() {
    let person = json!({"resourceType": "Practitioner", "id": "003-2", "active": false, "identifier": [{"system": "https://rpps.esante.gouv.fr", "value": "10099887761"}]});
    let place = json!({"resourceType": "Organization", "id": "001-2", "active": false, "name": "FERME", "identifier": [{"system": "https://finess.esante.gouv.fr", "value": "990000028", "type": {"coding": [{"code": "FINEJ"}]}}]});
    let mut closed = role("003-1", "001-1");
    closed["active"] = json!(false);
    let mut builder = DirectoryBuilder::default();
    let report = read(
        &mut builder,
        Source::Fhir,
        &bundle(&[person, place, closed]),
    );
    assert_eq!(
        told(&report),
        ["ANNUAIRE-FHIR-FERMEE page 1, /entry/2/resource"]
    );
    let file = builder.finish().expect("accepted");
    let directory = open(&file);
    assert!(
        directory
            .professional("810099887761")
            .value
            .expect("known")
            .is_deactivated()
    );
    assert!(directory.structures("990000028").value[0].is_deactivated());
}

#[test]
fn what_cannot_be_linked_or_read_is_told() {
    let lost = role("003-9", "001-9");
    let elsewhere = role("003-1", "001-9");
    let nameless = json!({"resourceType": "Practitioner", "id": "x"});
    let device = json!({"resourceType": "Device", "id": "d"});
    let text = format!(
        "{}\n{}",
        bundle(&[anna(), lost, elsewhere, nameless, device]),
        r#"{"resourceType":"OperationOutcome"}"#
    );
    let mut builder = DirectoryBuilder::default();
    let report = read(&mut builder, Source::Fhir, &text);
    assert_eq!(
        told(&report),
        [
            "ANNUAIRE-FHIR-IDENTIFIANT page 1, /entry/3/resource",
            "ANNUAIRE-FHIR-RESSOURCE page 1, /entry/4/resource",
            "ANNUAIRE-FHIR page 2",
            "ANNUAIRE-FHIR-REFERENCE page 1, /entry/1/resource/practitioner",
            "ANNUAIRE-FHIR-REFERENCE page 1, /entry/2/resource/organization",
        ]
    );
    assert!(builder.finish().is_err());
    let mut cut = DirectoryBuilder::default();
    let whole = bundle(&[anna()]);
    assert!(
        read(&mut cut, Source::Fhir, &whole[..whole.len() - 9])
            .problems
            .has_blocking()
    );
}

#[test]
fn a_practice_without_a_role_is_an_activity_without_a_structure() {
    let mut builder = DirectoryBuilder::default();
    read(&mut builder, Source::Fhir, &bundle(&[anna()]));
    let file = builder.finish().expect("accepted");
    let directory = open(&file);
    let anna = directory.professional("810099887761").value.expect("found");
    assert!(anna.activities().count() == 2 && anna.activities().all(|a| a.structure().is_none()));
}
