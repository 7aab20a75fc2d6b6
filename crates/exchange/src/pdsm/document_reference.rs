//! A document as a `DocumentReference`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::PROFILES;
use super::people::{Contained, coding, concept, insert, subject, uri_identifier, urn};
use crate::composite::Cx;
use crate::hash;
use crate::metadata::Prepared;

/// The resource of a document. `location` is where its bytes are: the `Binary`
/// of a transaction; none when the bytes go in the resource itself.
pub(super) fn document_reference(
    document: &Prepared<'_>,
    profile: &str,
    location: Option<&str>,
) -> Value {
    let (header, entry) = (&document.header, &document.entry);
    let mut people = Contained::default();
    let source_patient = people.patient(&header.patient);
    let authors: Vec<Value> = (1..)
        .zip(&header.authors)
        .map(|(rank, author)| people.participant(author, &format!("author{rank}")))
        .collect();
    let legal = header.legal_authenticator.as_ref();
    let authenticator = legal.map(|p| people.participant(p, "authenticator"));
    let custodian = header
        .custodian
        .as_ref()
        .map(|organization| people.structure(organization, "custodian"));
    let mut resource = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            resource.insert(name.to_owned(), value);
        }
    };
    put("resourceType", Some("DocumentReference".into()));
    put(
        "meta",
        Some(json!({"profile": [format!("{PROFILES}/{profile}")]})),
    );
    put("contained", Some(Value::Array(people.resources)));
    put(
        "masterIdentifier",
        Some(uri_identifier(&urn(&entry.unique_id))),
    );
    put(
        "identifier",
        Some(json!([uri_identifier(&entry.entry_uuid)])),
    );
    put("status", Some("current".into()));
    put("type", entry.type_code.as_ref().map(concept));
    let category = entry.class_code.as_ref().map(|code| json!([concept(code)]));
    put("category", category);
    put("subject", Some(subject(&header.patient)));
    let created = header.effective_time;
    put("date", created.map(|at| at.to_fhir_instant().into()));
    put(
        "author",
        Some(authors).filter(|a| !a.is_empty()).map(Value::Array),
    );
    put("authenticator", authenticator);
    put("custodian", custodian);
    if let Some(replaced) = header
        .replaces()
        .and(document.options.replaced_entry.as_deref())
    {
        let target = json!({"reference": replaced_reference(replaced)});
        put(
            "relatesTo",
            Some(json!([{"code": "replaces", "target": target}])),
        );
    }
    put("description", entry.comments.as_deref().map(Value::from));
    let labels: Vec<Value> = entry.confidentiality.iter().map(concept).collect();
    put(
        "securityLabel",
        Some(labels).filter(|l| !l.is_empty()).map(Value::Array),
    );
    put("content", Some(json!([content(document, location)])));
    put("context", Some(context(document, source_patient)));
    Value::Object(resource)
}

/// The reference of the document replaced, by its identifier in the server,
/// which is its *entryUUID*.
pub(super) fn replaced_reference(replaced: &str) -> String {
    let id = replaced.strip_prefix("urn:uuid:").unwrap_or(replaced);
    let id = id.strip_prefix("DocumentReference/").unwrap_or(id);
    format!("DocumentReference/{id}")
}

fn content(document: &Prepared<'_>, location: Option<&str>) -> Value {
    let (header, entry) = (&document.header, &document.entry);
    let mut attachment = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            attachment.insert(name.to_owned(), value);
        }
    };
    put("contentType", Some(entry.mime_type.as_str().into()));
    put("language", entry.language_code.as_deref().map(Value::from));
    match location {
        Some(url) => put("url", Some(url.into())),
        None => put("data", Some(STANDARD.encode(document.cda).into())),
    }
    put("size", entry.size.map(Value::from));
    // FHIR writes the same SHA-1 in base 64
    put("hash", Some(hash::base64(document.cda).into()));
    put("title", entry.title.as_deref().map(Value::from));
    put(
        "creation",
        header.effective_time.map(|at| at.to_fhir().into()),
    );
    let mut content = Map::new();
    content.insert("attachment".into(), Value::Object(attachment));
    if let Some(format) = &entry.format_code {
        content.insert("format".into(), coding(format));
    }
    Value::Object(content)
}

fn context(document: &Prepared<'_>, source_patient: Value) -> Value {
    let (header, entry) = (&document.header, &document.entry);
    let mut context = Map::new();
    let events: Vec<Value> = entry.event_codes.iter().map(concept).collect();
    insert(&mut context, "event", events);
    let event = header.main_event();
    let mut period = Map::new();
    for (name, at) in [
        ("start", event.and_then(|e| e.start)),
        ("end", event.and_then(|e| e.stop)),
    ] {
        if let Some(at) = at {
            period.insert(name.into(), at.to_fhir().into());
        }
    }
    if !period.is_empty() {
        context.insert("period".into(), Value::Object(period));
    }
    for (name, code) in [
        ("facilityType", &entry.facility_type),
        ("practiceSetting", &entry.practice_setting),
    ] {
        if let Some(code) = code {
            context.insert(name.into(), concept(code));
        }
    }
    context.insert("sourcePatientInfo".into(), source_patient);
    let related: Vec<Value> = entry.reference_ids.iter().map(related).collect();
    insert(&mut context, "related", related);
    Value::Object(context)
}

/// An order or another object: `id^^^&oid&ISO^type`.
fn related(id: &Cx) -> Value {
    json!({"identifier": {
        "type": {"coding": [{"system": "urn:ietf:rfc:3986", "code": id.kind()}]},
        "system": urn(&id.authority()),
        "value": id.id(),
    }})
}
