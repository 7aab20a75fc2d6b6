//! ITI-66 and ITI-67: searches of sets and documents.

use serde::{Deserialize, Serialize};

/// A search of documents (ITI-67). The patient and the status are always
/// asked.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct DocumentSearch {
    /// *INS*: OID and matricule.
    pub patient: (String, String),
    /// *Statuts*; `current` when empty.
    pub status: Vec<String>,
    /// *Types*: `system|code`.
    pub types: Vec<String>,
    /// *Classes*: `system|code`.
    pub categories: Vec<String>,
    /// *Identifiant du document* (`uniqueId`).
    pub identifier: Option<String>,
    /// *Création* from this date (FHIR `date`).
    pub created_from: Option<String>,
    /// *Création* to this date.
    pub created_to: Option<String>,
    /// *Actes*: `system|code`.
    pub events: Vec<String>,
    /// *Formats*: `system|code`.
    pub formats: Vec<String>,
    /// *Masques et niveaux*: `system|code`.
    pub security_labels: Vec<String>,
    /// *Fiches archivées*, or not.
    pub archived: Option<bool>,
}

/// `Debug` shows no value: the patient is among them.
impl std::fmt::Debug for DocumentSearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DocumentSearch(…)")
    }
}

impl DocumentSearch {
    /// The current documents of a patient: OID of the INS, matricule.
    pub fn of(oid: impl Into<String>, matricule: impl Into<String>) -> Self {
        DocumentSearch {
            patient: (oid.into(), matricule.into()),
            ..DocumentSearch::default()
        }
    }

    /// Path and query of the GET.
    pub fn path(&self) -> String {
        let (oid, matricule) = &self.patient;
        let mut query = Query::new("DocumentReference");
        query.add("patient.identifier", &format!("urn:oid:{oid}|{matricule}"));
        query.list("status", &self.status, "current");
        query.list("type", &self.types, "");
        query.list("category", &self.categories, "");
        if let Some(id) = &self.identifier {
            query.add("identifier", &format!("urn:ietf:rfc:3986|urn:oid:{id}"));
        }
        for (bound, date) in [("ge", &self.created_from), ("le", &self.created_to)] {
            if let Some(date) = date {
                query.add("creation", &format!("{bound}{date}"));
            }
        }
        query.list("event", &self.events, "");
        query.list("format", &self.formats, "");
        query.list("security-label", &self.security_labels, "");
        if let Some(archived) = self.archived {
            query.add("isArchived", if archived { "true" } else { "false" });
        }
        query.text
    }
}

/// Path and query of the GET of the submission sets of a patient (ITI-66).
pub fn sets(oid: &str, matricule: &str, status: &str) -> String {
    let mut query = Query::new("List");
    query.add("patient.identifier", &format!("urn:oid:{oid}|{matricule}"));
    let kind = "https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes|submissionset";
    query.add("code", kind);
    query.add("status", if status.is_empty() { "current" } else { status });
    query.text
}

struct Query {
    text: String,
    is_empty: bool,
}

impl Query {
    fn new(resource: &str) -> Self {
        Query {
            text: resource.to_owned(),
            is_empty: true,
        }
    }

    fn add(&mut self, name: &str, value: &str) {
        self.text.push(if self.is_empty { '?' } else { '&' });
        self.is_empty = false;
        self.text.push_str(name);
        self.text.push('=');
        self.text.push_str(&encode(value));
    }

    /// Values of which one is enough: `a,b`.
    fn list(&mut self, name: &str, values: &[String], default: &str) {
        if values.is_empty() {
            if !default.is_empty() {
                self.add(name, default);
            }
            return;
        }
        // a comma inside a value is escaped, those between values are not
        let escaped: Vec<String> = values.iter().map(|v| v.replace(',', "\\,")).collect();
        self.add(name, &escaped.join(","));
    }
}

/// A value in a query (RFC 3986): all but the unreserved characters encoded.
pub(super) fn encode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_asks_for_patient_and_status_at_least() {
        let mut search = DocumentSearch::of("1.2.250.1.213.1.4.10", "279035121518989");
        assert_eq!(
            search.path(),
            "DocumentReference?patient.identifier=urn%3Aoid%3A1.2.250.1.213.1.4.10%7C279035121518989&status=current"
        );
        search.types = vec!["http://loinc.org|34794-8".into(), "x|a,b".into()];
        search.created_from = Some("2026-03-03".into());
        search.archived = Some(false);
        assert!(search.path().ends_with(
            "&status=current&type=http%3A%2F%2Floinc.org%7C34794-8,x%7Ca%5C,b&creation=ge2026-03-03&isArchived=false"
        ));
        assert!(
            sets("1.2", "3", "").starts_with("List?patient.identifier=urn%3Aoid%3A1.2%7C3&code=")
        );
    }
}
