//! PDSm: the transactions, and what the profiles ask of them.
#![allow(clippy::unwrap_used)]

mod support;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dcc_exchange::pdsm::{self, FhirAnswer, found, update};
use dcc_exchange::sending::{Device, Outgoing, Submitter};
use dcc_exchange::visibility::Visibility;
use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};
use support::{Fiche, codes, sample, sending};

const FICHE: &str = "CANCER-FRCP_2022.01_Transversale.xml";

fn body(request: &pdsm::FhirRequest) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{pointer}"))
}

/// What the profile `pdsm-comprehensive-document-reference` asks, by hand.
fn check_reference(resource: &Value, cda: &[u8]) {
    for pointer in [
        "/masterIdentifier/value",
        "/identifier/0/value",
        "/type/coding/0/code",
        "/category/0/coding/0/code",
        "/subject/reference",
        "/date",
        "/author/0/reference",
        "/custodian/reference",
        "/securityLabel/0/coding/0/code",
        "/content/0/attachment/contentType",
        "/content/0/attachment/title",
        "/content/0/attachment/hash",
        "/content/0/format/code",
        "/context/period/start",
        "/context/facilityType/coding/0/code",
        "/context/practiceSetting/coding/0/code",
        "/context/sourcePatientInfo/reference",
    ] {
        assert!(!text(resource, pointer).is_empty(), "{pointer}");
    }
    assert_eq!(text(resource, "/status"), "current");
    assert_eq!(resource["category"].as_array().unwrap().len(), 1);
    assert_eq!(resource["content"].as_array().unwrap().len(), 1);
    let attachment = &resource["content"][0]["attachment"];
    assert_eq!(attachment["size"], json!(cda.len()));
    let hash = STANDARD.encode(Sha1::digest(cda));
    assert_eq!(attachment["hash"], json!(hash));
    // every reference to a contained resource finds it, and all are used
    let contained: Vec<String> = resource["contained"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| format!("#{}", text(r, "/id")))
        .collect();
    let whole = resource.to_string();
    for id in &contained {
        assert!(
            whole.contains(&format!("\"reference\":\"{id}\"")),
            "{id} unused"
        );
    }
    for part in whole.split("\"reference\":\"#").skip(1) {
        let id = format!("#{}", part.split('"').next().unwrap());
        assert!(contained.contains(&id), "{id} not contained");
    }
}

#[test]
fn a_set_is_a_transaction_of_its_list_its_entries_and_its_documents() {
    let Some(cda) = sample(FICHE) else { return };
    let outgoing = [Outgoing::new(&cda, Visibility::before_announcement())];
    let request = pdsm::provide(&outgoing, &sending()).unwrap();
    assert_eq!((request.method, request.path.as_str()), ("POST", ""));
    let bundle = body(&request);
    assert_eq!(bundle["type"], "transaction");
    let entries = bundle["entry"].as_array().unwrap();
    let kinds: Vec<_> = entries
        .iter()
        .map(|e| text(e, "/resource/resourceType"))
        .collect();
    assert_eq!(kinds, ["List", "DocumentReference", "Binary"]);
    for entry in entries {
        assert!(text(entry, "/fullUrl").starts_with("urn:uuid:"));
        assert_eq!(text(entry, "/request/method"), "POST");
        assert_eq!(
            text(entry, "/request/url"),
            text(entry, "/resource/resourceType")
        );
    }
    let list = &entries[0]["resource"];
    assert_eq!(text(list, "/mode"), "working");
    assert_eq!(text(list, "/code/coding/0/code"), "submissionset");
    assert_eq!(text(list, "/date"), "2026-03-03T14:05:10Z");
    assert_eq!(
        text(list, "/extension/0/url"),
        "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-designationType"
    );
    assert_eq!(
        text(list, "/extension/0/valueCodeableConcept/coding/0/code"),
        "03"
    );
    assert_eq!(
        text(list, "/extension/1/valueIdentifier/value"),
        "urn:oid:1.2.250.1.999.1.1"
    );
    assert_eq!(
        text(list, "/entry/0/item/reference"),
        text(&entries[1], "/fullUrl")
    );
    let reference = &entries[1]["resource"];
    check_reference(reference, &cda);
    assert_eq!(
        text(reference, "/masterIdentifier/value"),
        "urn:oid:1.2.250.1.213.1.1.1.8.2022.2.1"
    );
    assert_eq!(text(reference, "/date"), "2019-02-18T09:49:14+01:00");
    assert_eq!(
        text(reference, "/context/period/start"),
        "2019-02-18T15:45:00+01:00"
    );
    assert_eq!(
        text(reference, "/content/0/attachment/url"),
        text(&entries[2], "/fullUrl")
    );
    assert_eq!(
        text(reference, "/securityLabel/1/coding/0/system"),
        "https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument"
    );
    assert_eq!(text(reference, "/contained/0/birthDate"), "1979-03-28");
    let data = text(&entries[2], "/resource/data");
    assert_eq!(STANDARD.decode(data).unwrap(), cda);
    // the same sending gives the same bytes
    assert_eq!(
        request.body,
        pdsm::provide(&outgoing, &sending()).unwrap().body
    );
}

#[test]
fn a_replacement_makes_the_old_entry_superseded() {
    let cda = Fiche {
        id: "1.2.250.1.999.5.2".into(),
        replaces: Some("1.2.250.1.999.5.1".into()),
        ..Fiche::default()
    }
    .cda();
    let mut outgoing = Outgoing::new(&cda, Visibility::before_announcement());
    assert_eq!(
        codes(&pdsm::provide(&[outgoing.clone()], &sending()).unwrap_err()),
        ["ENVOI-REMPLACE"]
    );
    outgoing.options.replaced_entry = Some("urn:uuid:22222222-2222-4222-8222-222222222222".into());
    let bundle = body(&pdsm::provide(&[outgoing.clone()], &sending()).unwrap());
    let entries = bundle["entry"].as_array().unwrap();
    assert_eq!(entries.len(), 4);
    let old = "DocumentReference/22222222-2222-4222-8222-222222222222";
    assert_eq!(
        text(&entries[1], "/resource/relatesTo/0/target/reference"),
        old
    );
    assert_eq!(text(&entries[2], "/request/method"), "PATCH");
    assert_eq!(text(&entries[2], "/request/url"), old);
    assert_eq!(
        text(&entries[2], "/resource/parameter/0/part/2/valueCode"),
        "superseded"
    );
    let refused = pdsm::publish(&outgoing, &sending()).unwrap_err();
    assert_eq!(codes(&refused), ["PDSM-SIMPLIFIEE-REMPLACE"]);
}

#[test]
fn a_simplified_publication_holds_its_bytes() {
    let Some(cda) = sample(FICHE) else { return };
    let mut sending = sending();
    let device = Device {
        id: "1490000049/DCC".into(),
        name: "DCC".into(),
        model: "1".into(),
    };
    sending.submitter = Submitter::device(device, sending.submitter.structure.clone());
    let outgoing = Outgoing::new(&cda, Visibility::before_announcement());
    let request = pdsm::publish(&outgoing, &sending).unwrap();
    assert_eq!(request.path, "DocumentReference");
    let resource = body(&request);
    check_reference(&resource, &cda);
    let attachment = &resource["content"][0]["attachment"];
    assert!(attachment.get("url").is_none());
    assert_eq!(STANDARD.decode(text(attachment, "/data")).unwrap(), cda);
    assert_eq!(resource["context"]["event"].as_array().unwrap().len(), 1);
    let bundle = body(&pdsm::provide(&[outgoing], &sending).unwrap());
    assert_eq!(
        text(&bundle, "/entry/0/resource/source/reference"),
        "#source"
    );
}

/// The fiche as a server gives it back.
fn served(visibility: Visibility) -> Option<Vec<u8>> {
    let cda = sample(FICHE)?;
    let outgoing = [Outgoing::new(&cda, visibility)];
    let bundle = body(&pdsm::provide(&outgoing, &sending()).unwrap());
    let mut resource = bundle["entry"][1]["resource"].clone();
    resource["id"] = json!("33333333-3333-4333-8333-333333333333");
    resource["meta"]["versionId"] = json!("2");
    resource["content"][0]["attachment"]["url"] = json!("https://dmp.example/Binary/1");
    let set = json!({"resourceType": "Bundle", "type": "searchset", "entry": [
        {"resource": resource}, {"resource": {"resourceType": "OperationOutcome", "issue": []}},
    ]});
    Some(set.to_string().into_bytes())
}

#[test]
fn a_search_result_is_read_as_metadata() {
    let Some(bytes) = served(Visibility::before_announcement()) else {
        return;
    };
    let (documents, problems) = found(&bytes).unwrap();
    assert_eq!(codes(&problems), ["PDSM-INCONNU"]);
    let document = &documents[0];
    assert_eq!(
        document.url.as_deref(),
        Some("https://dmp.example/Binary/1")
    );
    let entry = &document.entry;
    assert_eq!(
        entry.entry_uuid,
        "urn:uuid:33333333-3333-4333-8333-333333333333"
    );
    assert_eq!(entry.unique_id, "1.2.250.1.213.1.1.1.8.2022.2.1");
    assert_eq!(
        entry.class_code.as_ref().unwrap().system,
        "1.2.250.1.213.1.1.4.1"
    );
    assert_eq!(entry.creation_time.as_deref(), Some("20190218084914"));
    assert_eq!(entry.service_start_time.as_deref(), Some("20190218144500"));
    assert_eq!(entry.hash.as_deref().map(str::len), Some(40));
    assert_eq!(entry.visibility(), Visibility::before_announcement());
    assert!(!document.is_archived);
}

#[test]
fn an_entry_is_made_visible_archived_or_deleted_by_patch() {
    let Some(bytes) = served(Visibility::before_announcement()) else {
        return;
    };
    let document = &found(&bytes).unwrap().0[0];
    let request = update::make_visible(document, true).unwrap();
    assert_eq!(request.method, "PATCH");
    assert_eq!(
        request.path,
        "DocumentReference?identifier=urn%3Aietf%3Arfc%3A3986%7Curn%3Aoid%3A1.2.250.1.213.1.1.1.8.2022.2.1"
    );
    assert_eq!(
        body(&request),
        json!([{"op": "replace", "path": "/securityLabel", "value": [{"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
            "code": "N", "display": "Normal"}]}]}])
    );
    let request = update::archive(document, true).unwrap();
    assert_eq!(text(&body(&request), "/0/path"), "/extension");
    assert_eq!(
        codes(&update::archive(document, false).unwrap_err()),
        ["PDSM-INCHANGE"]
    );
    let request = update::delete(document).unwrap();
    assert_eq!(codes(&request.warnings), ["PDSM-SUPPRESSION"]);
    // an archived one, whose extension is the second
    let mut value: Value = serde_json::from_slice(&bytes).unwrap();
    value["entry"][0]["resource"]["extension"] = json!([
        {"url": "urn:x", "valueCode": "a"},
        {"url": "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived", "valueBoolean": true},
    ]);
    let archived = &found(value.to_string().as_bytes()).unwrap().0[0];
    assert!(archived.is_archived);
    let request = update::archive(archived, false).unwrap();
    assert_eq!(
        text(&body(&request), "/0/path"),
        "/extension/1/valueBoolean"
    );
}

#[test]
fn answers_are_read_entry_by_entry() {
    let bundle = json!({"resourceType": "Bundle", "type": "transaction-response", "entry": [
        {"response": {"status": "201 Created", "location": "List/1"}},
        {"response": {"status": "422", "outcome": {"resourceType": "OperationOutcome", "issue": [
            {"severity": "error", "code": "invalid", "details": {"text": "type inconnu"}, "expression": ["DocumentReference.type"]}]}}},
    ]});
    let answer = FhirAnswer::read(bundle.to_string().as_bytes(), 2).unwrap();
    assert!(!answer.is_success());
    let FhirAnswer::Transaction(entries) = &answer else {
        panic!("a transaction")
    };
    assert_eq!(entries[0].location.as_deref(), Some("List/1"));
    assert_eq!(entries[1].issues[0].text, "type inconnu");
    assert_eq!(entries[1].issues[0].expressions, ["DocumentReference.type"]);
    assert_eq!(
        codes(&FhirAnswer::read(bundle.to_string().as_bytes(), 3).unwrap_err()),
        ["PDSM-REPONSES"]
    );
    let outcome = json!({"resourceType": "OperationOutcome", "issue": [{"severity": "fatal", "code": "security", "diagnostics": "x"}]});
    let answer = FhirAnswer::read(outcome.to_string().as_bytes(), 1).unwrap();
    assert!(!answer.is_success());
    let made = json!({"resourceType": "DocumentReference", "id": "7"});
    let answer = FhirAnswer::read(made.to_string().as_bytes(), 1).unwrap();
    assert_eq!(answer, FhirAnswer::Document { id: "7".into() });
    for (bytes, code) in [
        (&b"{"[..], "PDSM-JSON"),
        (b"[1]", "PDSM-RESSOURCE"),
        (b"{\"resourceType\":\"Patient\"}", "PDSM-RESSOURCE"),
    ] {
        assert_eq!(codes(&FhirAnswer::read(bytes, 1).unwrap_err()), [code]);
    }
    let deep = "[".repeat(100_000);
    assert_eq!(codes(&found(deep.as_bytes()).unwrap_err()), ["PDSM-JSON"]);
}
