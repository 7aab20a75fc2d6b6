//! ITI-65: a set of documents in one transaction.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dcc_base::problem::{Problem, Problems};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::document_reference::{document_reference, replaced_reference};
use super::people::{Contained, concept, subject, uri_identifier, urn};
use super::{FhirRequest, MHD, PROFILES, json as bytes, rules};
use crate::door::Door;
use crate::metadata::submission::accepted;
use crate::metadata::{Prepared, Submission};
use crate::sending::{Outgoing, Sending};

/// The profiles of the entries.
const BUNDLE: &str = "pdsm-comprehensive-provide-document-bundle";
const SET: &str = "pdsm-submissionset-comprehensive";
pub(super) const DOCUMENT: &str = "pdsm-comprehensive-document-reference";

/// Writes the transaction that shares documents: the set (`List`), the entries
/// (`DocumentReference`), the documents (`Binary`), and for each replacement
/// the PATCH that makes the replaced entry *superseded*.
///
/// # Errors
/// All the problems of [`Submission::prepare`], when one is blocking;
/// `PDSM-CONSERVATION`.
pub fn provide(documents: &[Outgoing<'_>], sending: &Sending) -> Result<FhirRequest, Problems> {
    let submission = Submission::prepare(documents, sending, Door::Pdsm)?;
    let mut problems = submission.warnings.clone();
    problems.extend(accepted(custodians(&submission), &sending.accept));
    let mut entries = vec![entry(
        &submission.set.entry_uuid,
        set(&submission, sending),
        "POST",
        "List",
    )];
    let mut binaries = Vec::new();
    let mut patches = Vec::new();
    for document in &submission.documents {
        let binary = part_of(document, "binary");
        let reference = document_reference(document, DOCUMENT, Some(&binary));
        let uuid = &document.entry.entry_uuid;
        entries.push(entry(uuid, reference, "POST", "DocumentReference"));
        let content = json!({
            "resourceType": "Binary",
            "contentType": document.entry.mime_type,
            "data": STANDARD.encode(document.cda),
        });
        binaries.push(entry(&binary, content, "POST", "Binary"));
        if let (Some(replaced), Some(_)) =
            (&document.options.replaced_entry, document.header.replaces())
        {
            let patch = part_of(document, "patch");
            let target = replaced_reference(replaced);
            patches.push(entry(&patch, superseded(), "PATCH", &target));
        }
    }
    entries.extend(patches);
    entries.extend(binaries);
    let bundle = json!({
        "resourceType": "Bundle",
        "meta": {"profile": [format!("{PROFILES}/{BUNDLE}")]},
        "type": "transaction",
        "entry": entries,
    });
    let request = FhirRequest {
        method: "POST",
        path: String::new(),
        content_type: "application/fhir+json",
        body: bytes(&bundle),
        warnings: problems.clone(),
    };
    problems.or(request)
}

/// The profile asks for the organisation that keeps the document, which the
/// DMP's examples leave out.
pub(super) fn custodians(submission: &Submission<'_>) -> Problems {
    let lacks = |document: &Prepared<'_>| document.header.custodian.is_none();
    let documents = submission.documents.iter().enumerate();
    documents
        .filter(|(_, document)| lacks(document))
        .map(|(i, document)| {
            let path = format!("/documents/{i}{}/custodian", document.header.path);
            Problem::new(&rules::CUSTODIAN, path)
        })
        .collect()
}

/// A `urn:uuid:` for a part of a document.
fn part_of(document: &Prepared<'_>, part: &str) -> String {
    let name = format!("{}/{part}", document.entry.entry_uuid);
    format!(
        "urn:uuid:{}",
        Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
    )
}

fn entry(uuid: &str, resource: Value, method: &str, url: &str) -> Value {
    json!({
        "fullUrl": uuid,
        "resource": resource,
        "request": {"method": method, "url": url},
    })
}

/// The submission set.
fn set(submission: &Submission<'_>, sending: &Sending) -> Value {
    let set = &submission.set;
    let mut people = Contained::default();
    let first = submission.documents.first();
    let patient = first.map(|d| people.patient(&d.header.patient));
    let (mut source, organization) = people.submitter(&sending.submitter);
    if let Some(source) = source.as_object_mut() {
        let url = format!("{MHD}/StructureDefinition/ihe-authorOrg");
        let author_org = json!([{"url": url, "valueReference": organization}]);
        source.insert("extension".into(), author_org);
    }
    let mut extensions = Vec::new();
    let mut extension = |name: &str, kind: &str, value: Value| {
        let url = format!("{MHD}/StructureDefinition/{name}");
        let mut extension = Map::new();
        extension.insert("url".into(), url.into());
        extension.insert(kind.into(), value);
        extensions.push(Value::Object(extension));
    };
    if let Some(activity) = &set.activity {
        extension(
            "ihe-designationType",
            "valueCodeableConcept",
            concept(activity),
        );
    }
    let source_id = uri_identifier(&urn(&set.source_id));
    extension("ihe-sourceId", "valueIdentifier", source_id);
    if let Some(patient) = patient {
        extension("ihe-sourcePatientId", "valueReference", patient);
    }
    let mut unique = uri_identifier(&urn(&set.unique_id));
    let mut uuid = uri_identifier(&set.entry_uuid);
    for (identifier, kind) in [(&mut unique, "usual"), (&mut uuid, "official")] {
        if let Some(identifier) = identifier.as_object_mut() {
            identifier.insert("use".into(), kind.into());
        }
    }
    let items: Vec<Value> = submission
        .entries()
        .map(|entry| json!({"item": {"reference": entry.entry_uuid}}))
        .collect();
    let mut list = Map::new();
    let mut put = |name: &str, value: Value| list.insert(name.to_owned(), value);
    put("resourceType", "List".into());
    put("meta", json!({"profile": [format!("{PROFILES}/{SET}")]}));
    put("contained", Value::Array(people.resources));
    put("extension", Value::Array(extensions));
    put("identifier", json!([unique, uuid]));
    put("status", "current".into());
    put("mode", "working".into());
    let code = json!({"coding": [{
        "system": format!("{MHD}/CodeSystem/MHDlistTypes"),
        "code": "submissionset",
    }]});
    put("code", code);
    if let Some(first) = first {
        put("subject", subject(&first.header.patient));
    }
    let at = sending.at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    put("date", at.into());
    put("source", source);
    if let Some(title) = &set.title {
        put("title", title.as_str().into());
    }
    if let Some(comments) = &set.comments {
        put("note", json!([{"text": comments}]));
    }
    put("entry", Value::Array(items));
    Value::Object(list)
}

/// The FHIRPath patch that makes an entry *superseded*.
fn superseded() -> Value {
    json!({
        "resourceType": "Parameters",
        "parameter": [{"name": "operation", "part": [
            {"name": "type", "valueCode": "replace"},
            {"name": "path", "valueString": "DocumentReference.status"},
            {"name": "value", "valueCode": "superseded"},
        ]}],
    })
}
