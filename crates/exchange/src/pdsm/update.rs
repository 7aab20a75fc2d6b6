//! PATCH of an entry: masks, archiving, status. The server takes nothing else
//! (405).
//!
//! The guides write paths such as `/extension[url:…]`, which no JSON Pointer
//! is: the paths are made here of the resource as the server gave it.

use dcc_base::problem::{Problem, Problems};
use serde_json::{Value, json};

use super::answer::FoundDocument;
use super::people::concept;
use super::{FhirRequest, PROFILES, json as bytes, rules};
use crate::metadata::DocumentEntry;
use crate::visibility::{Mask, Visibility};

/// Changes the masks of an entry. The level stays; no mask is the level alone.
///
/// # Errors
/// `PDSM-ID`, `PDSM-INCHANGE`.
pub fn visibility(found: &FoundDocument, wanted: Visibility) -> Result<FhirRequest, Problems> {
    let now = found.entry.visibility();
    if Mask::ALL
        .iter()
        .all(|mask| wanted.has(*mask) == now.has(*mask))
    {
        return Err(Problem::new(&rules::UNCHANGED, "/securityLabel").into());
    }
    let changed: DocumentEntry = found.entry.clone().with_visibility(wanted);
    let labels: Vec<Value> = changed.confidentiality.iter().map(concept).collect();
    let has_labels = found.resource.get("securityLabel").is_some();
    let operation = if has_labels { "replace" } else { "add" };
    patch(
        found,
        json!([{"op": operation, "path": "/securityLabel", "value": labels}]),
    )
}

/// The second step after an announcement: the entry is now visible by the
/// patient, and by the legal representatives when `to_representatives`.
///
/// # Errors
/// As for [`visibility`].
pub fn make_visible(
    found: &FoundDocument,
    to_representatives: bool,
) -> Result<FhirRequest, Problems> {
    let mut wanted = found.entry.visibility();
    wanted.hidden_from_patient = false;
    if to_representatives {
        wanted.hidden_from_representatives = Some(false);
    }
    visibility(found, wanted)
}

/// Archives or unarchives an entry.
///
/// # Errors
/// `PDSM-ID`, `PDSM-INCHANGE`.
pub fn archive(found: &FoundDocument, archived: bool) -> Result<FhirRequest, Problems> {
    if found.is_archived == archived {
        return Err(Problem::new(&rules::UNCHANGED, "/extension").into());
    }
    let url = format!("{PROFILES}/pdsm-ext-is-archived");
    let extensions = found.resource.get("extension").and_then(Value::as_array);
    let place = extensions.and_then(|all| {
        all.iter()
            .position(|e| e.get("url").and_then(Value::as_str) == Some(&url))
    });
    let extension = json!({"url": url, "valueBoolean": archived});
    let operation = match (extensions, place) {
        (_, Some(rank)) => {
            let path = format!("/extension/{rank}/valueBoolean");
            json!({"op": "replace", "path": path, "value": archived})
        }
        (Some(_), None) => json!({"op": "add", "path": "/extension/-", "value": extension}),
        (None, None) => json!({"op": "add", "path": "/extension", "value": [extension]}),
    };
    patch(found, json!([operation]))
}

/// Deletes an entry, as `entered-in-error`: an open question of the DMP's
/// guide, which IHE MHD does not foresee. The request has a warning.
///
/// # Errors
/// `PDSM-ID`.
pub fn delete(found: &FoundDocument) -> Result<FhirRequest, Problems> {
    let operation = json!([{"op": "replace", "path": "/status", "value": "entered-in-error"}]);
    let mut request = patch(found, operation)?;
    request
        .warnings
        .push(Problem::new(&rules::DELETION, "/status"));
    Ok(request)
}

fn patch(found: &FoundDocument, operations: Value) -> Result<FhirRequest, Problems> {
    let identifier = found.resource.get("masterIdentifier");
    let part = |name: &str| identifier.and_then(|i| i.get(name)?.as_str());
    let path = match (part("system"), part("value")) {
        (Some(system), Some(value)) => {
            let token = format!("{system}|{value}");
            format!(
                "DocumentReference?identifier={}",
                super::search::encode(&token)
            )
        }
        _ if !found.id.is_empty() => format!("DocumentReference/{}", found.id),
        _ => return Err(Problem::new(&rules::ID, "/masterIdentifier").into()),
    };
    Ok(FhirRequest {
        method: "PATCH",
        path,
        content_type: "application/json-patch+json",
        body: bytes(&operations),
        warnings: Problems::new(),
    })
}
