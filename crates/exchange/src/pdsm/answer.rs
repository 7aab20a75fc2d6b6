//! Answers of a FHIR server.

use std::fmt;

use dcc_base::identity::oid::is_uuid;
use dcc_base::problem::{Problem, Problems};
use serde::Serialize;
use serde_json::Value;

use super::people::urn;
use super::{PROFILES, rules};
use crate::code::Code;
use crate::metadata::DocumentEntry;
use crate::tables::systems;
use crate::time::Timestamp;

/// One problem that the server reports (`OperationOutcome.issue`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Issue {
    /// *Gravité*: `fatal`, `error`, `warning`, `information`.
    pub severity: String,
    /// *Code*.
    pub code: String,
    /// *Texte*.
    pub text: String,
    /// *Endroits*: FHIRPath.
    pub expressions: Vec<String>,
}

/// The answer to one entry of a transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EntryAnswer {
    /// *Statut HTTP*, for instance `201 Created`.
    pub status: String,
    /// True for 200 to 299.
    pub is_success: bool,
    /// *Adresse* of the resource made.
    pub location: Option<String>,
    /// Problems that the server reports.
    pub issues: Vec<Issue>,
}

/// The answer of a server (*réponse FHIR*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FhirAnswer {
    /// The answer to a transaction: one answer an entry, in its order.
    Transaction(Vec<EntryAnswer>),
    /// A resource: the document published or changed.
    Document {
        /// Its identifier in the server.
        id: String,
    },
    /// Problems alone.
    Problems(Vec<Issue>),
}

impl FhirAnswer {
    /// Reads the answer to a transaction of `entries` entries, to a
    /// publication or to a PATCH.
    ///
    /// # Errors
    /// `PDSM-JSON`, `PDSM-RESSOURCE`, `PDSM-REPONSES`.
    pub fn read(body: &[u8], entries: usize) -> Result<FhirAnswer, Problems> {
        let value = parse(body)?;
        let kind = text(&value, "resourceType").unwrap_or_default();
        match kind {
            "OperationOutcome" => Ok(FhirAnswer::Problems(issues(&value))),
            "DocumentReference" => Ok(FhirAnswer::Document {
                id: text(&value, "id").unwrap_or_default().to_owned(),
            }),
            "Bundle" => {
                let answers: Vec<EntryAnswer> = list(&value, "entry").map(entry_answer).collect();
                if answers.len() != entries {
                    return Err(Problem::new(&rules::COUNT, "/entry")
                        .found(answers.len())
                        .allowed([entries])
                        .into());
                }
                Ok(FhirAnswer::Transaction(answers))
            }
            other => Err(Problem::new(&rules::RESOURCE, "/resourceType")
                .found(other)
                .into()),
        }
    }

    /// True when all was taken.
    pub fn is_success(&self) -> bool {
        match self {
            FhirAnswer::Transaction(answers) => answers.iter().all(|a| a.is_success),
            FhirAnswer::Document { .. } => true,
            FhirAnswer::Problems(issues) => issues
                .iter()
                .all(|i| !matches!(i.severity.as_str(), "fatal" | "error")),
        }
    }
}

/// A document that a search found.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct FoundDocument {
    /// Its identifier in the server (*entryUUID*).
    pub id: String,
    /// Its metadata, as XDS has them.
    pub entry: DocumentEntry,
    /// Where its bytes are (ITI-68).
    pub url: Option<String>,
    /// *Archivé*.
    pub is_archived: bool,
    /// The resource as the server gave it.
    pub resource: Value,
}

impl fmt::Debug for FoundDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FoundDocument").field(&self.entry).finish()
    }
}

/// The documents of a search (a `Bundle`) or of a read (a `DocumentReference`),
/// with what is doubtful in them.
///
/// # Errors
/// `PDSM-JSON`, `PDSM-RESSOURCE`.
pub fn found(body: &[u8]) -> Result<(Vec<FoundDocument>, Problems), Problems> {
    let value = parse(body)?;
    let mut problems = Problems::new();
    let documents = match text(&value, "resourceType").unwrap_or_default() {
        "DocumentReference" => vec![document(&value)],
        "Bundle" => {
            let mut documents = Vec::new();
            for (i, entry) in list(&value, "entry").enumerate() {
                let resource = entry.get("resource").unwrap_or(&Value::Null);
                match text(resource, "resourceType").unwrap_or_default() {
                    "DocumentReference" => documents.push(document(resource)),
                    other => {
                        let path = format!("/entry/{i}/resource");
                        problems.push(Problem::new(&rules::UNKNOWN, path).found(other));
                    }
                }
            }
            documents
        }
        other => {
            let problem = Problem::new(&rules::RESOURCE, "/resourceType").found(other);
            return Err(problem.into());
        }
    };
    Ok((documents, problems))
}

/// Nesting is bounded by the reader of JSON, size by the bytes themselves.
fn parse(body: &[u8]) -> Result<Value, Problems> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    serde_json::from_slice(body).map_err(|fault| {
        let place = format!("ligne {}, colonne {}", fault.line(), fault.column());
        Problem::new(&rules::JSON, place).into()
    })
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str()
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn owned(value: &Value, pointer: &str) -> Option<String> {
    value.pointer(pointer)?.as_str().map(str::to_owned)
}

fn issues(outcome: &Value) -> Vec<Issue> {
    list(outcome, "issue")
        .map(|issue| Issue {
            severity: text(issue, "severity").unwrap_or_default().to_owned(),
            code: text(issue, "code").unwrap_or_default().to_owned(),
            text: text(issue, "diagnostics")
                .map(str::to_owned)
                .or_else(|| owned(issue, "/details/text"))
                .unwrap_or_default(),
            expressions: list(issue, "expression")
                .filter_map(|e| e.as_str().map(str::to_owned))
                .collect(),
        })
        .collect()
}

fn entry_answer(entry: &Value) -> EntryAnswer {
    let response = entry.get("response").unwrap_or(&Value::Null);
    let status = text(response, "status").unwrap_or_default().to_owned();
    EntryAnswer {
        is_success: status.starts_with('2'),
        status,
        location: text(response, "location").map(str::to_owned),
        issues: response.get("outcome").map(issues).unwrap_or_default(),
    }
}

/// The first code of a `CodeableConcept`.
fn code(concept: Option<&Value>) -> Option<Code> {
    coding(list(concept?, "coding").next()?)
}

fn coding(coding: &Value) -> Option<Code> {
    Some(Code::new(
        text(coding, "code")?,
        systems::oid_of(text(coding, "system").unwrap_or_default()),
        text(coding, "display").unwrap_or_default(),
    ))
}

fn codes(value: &Value, name: &str) -> Vec<Code> {
    list(value, name)
        .filter_map(|concept| code(Some(concept)))
        .collect()
}

/// Without the `urn:` before it.
fn bare(urn: &str) -> String {
    let bare = urn
        .strip_prefix("urn:oid:")
        .or(urn.strip_prefix("urn:uuid:"));
    bare.unwrap_or(urn).to_owned()
}

fn document(resource: &Value) -> FoundDocument {
    let id = text(resource, "id").unwrap_or_default().to_owned();
    let none = Value::Null;
    let content = list(resource, "content").next().unwrap_or(&none);
    let attachment = content.get("attachment").unwrap_or(&none);
    let context = resource.get("context").unwrap_or(&none);
    let hash = text(attachment, "hash").and_then(hexadecimal);
    let entry = DocumentEntry {
        // an identifier of FHIR is an entryUUID when it has the form of one
        entry_uuid: if is_uuid(&id) { urn(&id) } else { id.clone() },
        unique_id: owned(resource, "/masterIdentifier/value")
            .map(|value| bare(&value))
            .unwrap_or_default(),
        logical_id: list(resource, "identifier")
            .find_map(|identifier| text(identifier, "value").map(str::to_owned)),
        version: owned(resource, "/meta/versionId"),
        availability_status: text(resource, "status").map(str::to_owned),
        mime_type: text(attachment, "contentType")
            .unwrap_or_default()
            .to_owned(),
        hash,
        size: attachment.get("size").and_then(Value::as_u64),
        title: text(attachment, "title").map(str::to_owned),
        comments: text(resource, "description").map(str::to_owned),
        language_code: text(attachment, "language").map(str::to_owned),
        creation_time: text(resource, "date").and_then(xds_time),
        service_start_time: owned(context, "/period/start")
            .as_deref()
            .and_then(xds_time),
        service_stop_time: owned(context, "/period/end").as_deref().and_then(xds_time),
        class_code: list(resource, "category")
            .next()
            .and_then(|c| code(Some(c))),
        type_code: code(resource.get("type")),
        format_code: content.get("format").and_then(coding),
        facility_type: code(context.get("facilityType")),
        practice_setting: code(context.get("practiceSetting")),
        confidentiality: codes(resource, "securityLabel"),
        event_codes: codes(context, "event"),
        ..DocumentEntry::default()
    };
    let archived = format!("{PROFILES}/pdsm-ext-is-archived");
    let is_archived = list(resource, "extension").any(|extension| {
        text(extension, "url") == Some(&archived)
            && extension.get("valueBoolean") == Some(&Value::Bool(true))
    });
    FoundDocument {
        id,
        entry,
        url: text(attachment, "url").map(str::to_owned),
        is_archived,
        resource: resource.clone(),
    }
}

/// A SHA-1 in base 64 to hexadecimal.
fn hexadecimal(hash: &str) -> Option<String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(hash)
        .ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A `dateTime` or an `instant` to the DTM of XDS.
fn xds_time(text: &str) -> Option<String> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let time = time
        .strip_suffix('Z')
        .map_or_else(|| time.to_owned(), |t| format!("{t}+0000"));
    let digits = format!("{}{}", date.replace('-', ""), time.replace(':', ""));
    Timestamp::parse(&digits).map(|at| at.to_xds())
}
