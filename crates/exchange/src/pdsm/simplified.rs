//! ITI-105: one document in one resource.

use dcc_base::problem::{Problem, Problems};

use super::bundle::custodians;
use super::document_reference::document_reference;
use super::{FhirRequest, json, rules};
use crate::door::Door;
use crate::metadata::Submission;
use crate::metadata::submission::accepted;
use crate::sending::{Outgoing, Sending};

/// The profile of the resource.
const SIMPLIFIED: &str = "pdsm-simplified-publish";

/// Writes the simplified publication of a document: its bytes in the resource.
///
/// # Errors
/// All the problems of [`Submission::prepare`], when one is blocking;
/// `PDSM-CONSERVATION`, `PDSM-SIMPLIFIEE-REMPLACE`.
pub fn publish(document: &Outgoing<'_>, sending: &Sending) -> Result<FhirRequest, Problems> {
    let documents = std::slice::from_ref(document);
    let submission = Submission::prepare(documents, sending, Door::Pdsm)?;
    let mut problems = submission.warnings.clone();
    let mut own = custodians(&submission);
    let prepared = &submission.documents[0];
    if prepared.header.replaces().is_some() {
        let path = format!("/documents/0{}/relatedDocument", prepared.header.path);
        own.push(Problem::new(&rules::NO_REPLACEMENT, path));
    }
    problems.extend(accepted(own, &sending.accept));
    let mut resource = document_reference(prepared, SIMPLIFIED, None);
    // the profile has at most one act
    if let Some(events) = resource.pointer_mut("/context/event")
        && let Some(events) = events.as_array_mut()
    {
        events.truncate(1);
    }
    let request = FhirRequest {
        method: "POST",
        path: "DocumentReference".to_owned(),
        content_type: "application/fhir+json",
        body: json(&resource),
        warnings: problems.clone(),
    };
    problems.or(request)
}
