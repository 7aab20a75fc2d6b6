//! ITI-57: what changes after a document is in the registry.
//!
//! Each call starts from the entry that the registry gives (see
//! [`find_by_id`](super::find_by_id)): its identifiers are known nowhere else.
//! Behind a gateway none of this is possible: the document is replaced.

use dcc_base::problem::{Problem, Problems};
use dcc_xml::XmlWriter;
use serde::{Deserialize, Serialize};

use super::rules;
use super::soap::{Request, Service, SoapOptions, envelope};
use crate::ebrim::vocabulary::{association, status};
use crate::ebrim::{self, Association, Objects, RIM_NAMESPACES};
use crate::metadata::DocumentEntry;
use crate::metadata::submission::{accepted, check_set, new_entry, set_of};
use crate::sending::Sending;
use crate::visibility::{Mask, Visibility};

/// SOAP action of ITI-57.
const ACTION: &str = "urn:ihe:iti:2010:UpdateDocumentSet";

/// A change of the availability of a document (*statut*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusChange {
    /// *Suppression*. Only the author may.
    Delete,
    /// *Archivage*.
    Archive,
    /// *Désarchivage*.
    Unarchive,
}

impl StatusChange {
    /// The status before and after.
    fn statuses(self) -> (&'static str, &'static str) {
        match self {
            StatusChange::Delete => (status::APPROVED, status::DELETED),
            StatusChange::Archive => (status::APPROVED, status::ARCHIVED),
            StatusChange::Unarchive => (status::ARCHIVED, status::APPROVED),
        }
    }
}

/// Deletes, archives or unarchives a document.
///
/// # Errors
/// `XDS-FICHE`, `XDS-STATUT`, and the problems of the sending (`ENVOI-…`).
pub fn update_status(
    entry: &DocumentEntry,
    change: StatusChange,
    sending: &Sending,
    options: &SoapOptions,
) -> Result<Request, Problems> {
    let mut problems = check(entry, sending);
    let (before, after) = change.statuses();
    if let Some(now) = &entry.availability_status
        && now != before
    {
        problems.push(
            Problem::new(&rules::STATUS, "/availability_status")
                .found(now)
                .allowed([before]),
        );
    }
    let set = set_of(sending, entry);
    let mut objects = Objects::default();
    let link = Association::new(
        objects.next_id(),
        association::UPDATE_STATUS,
        &set.entry_uuid,
        &entry.entry_uuid,
    );
    objects
        .associations
        .push(link.slot("OriginalStatus", before).slot("NewStatus", after));
    objects.sets.push(set);
    finish(objects, sending, options, problems)
}

/// Changes the masks of a document. To be visible by the legal representatives
/// is for ever: `confirmed` states that the user confirmed it.
///
/// # Errors
/// `XDS-FICHE`, `XDS-FICHE-VERSION`, `XDS-INVISIBLE-APRES`,
/// `XDS-CONFIRMATION`, `XDS-INCHANGE`, and the problems of the sending.
pub fn update_visibility(
    entry: &DocumentEntry,
    visibility: Visibility,
    confirmed: bool,
    sending: &Sending,
    options: &SoapOptions,
) -> Result<Request, Problems> {
    let mut problems = check(entry, sending);
    for (is_missing, path) in [
        (entry.logical_id.is_none(), "/logical_id"),
        (entry.version.is_none(), "/version"),
    ] {
        if is_missing {
            problems.push(Problem::new(&rules::LOGICAL, path));
        }
    }
    let now = entry.visibility();
    for (mask, path) in [
        (Mask::Patient, "/hidden_from_patient"),
        (Mask::Representatives, "/hidden_from_representatives"),
    ] {
        if visibility.has(mask) && !now.has(mask) {
            problems.push(Problem::new(&rules::HIDING, path));
        }
    }
    let shows = now.has(Mask::Representatives) && !visibility.has(Mask::Representatives);
    if shows && !confirmed {
        let path = "/hidden_from_representatives";
        problems.push(Problem::new(&rules::CONFIRM, path));
    }
    if Mask::ALL
        .iter()
        .all(|mask| visibility.has(*mask) == now.has(*mask))
    {
        problems.push(Problem::new(&rules::UNCHANGED, ""));
    }
    let set = set_of(sending, entry);
    let previous = entry.version.clone().unwrap_or_default();
    let mut changed = entry.clone().with_visibility(visibility);
    // a new version of the metadata: same logicalId, new entryUUID, no status
    changed.entry_uuid = new_entry(&sending.set_id, &entry.entry_uuid);
    changed.availability_status = None;
    let mut objects = Objects::default();
    objects.add_member(&set, &changed);
    if let Some(member) = objects.associations.last_mut() {
        *member = member.clone().slot("PreviousVersion", previous);
    }
    objects.entries.push(changed);
    objects.sets.push(set);
    finish(objects, sending, options, problems)
}

/// The second step after an announcement: a document that left invisible is
/// now visible by the patient, and by the legal representatives when
/// `to_representatives` (which is for ever, and confirmed by the user).
///
/// # Errors
/// As for [`update_visibility`].
pub fn make_visible(
    entry: &DocumentEntry,
    to_representatives: bool,
    sending: &Sending,
    options: &SoapOptions,
) -> Result<Request, Problems> {
    let mut visibility = entry.visibility();
    visibility.hidden_from_patient = false;
    if to_representatives {
        visibility.hidden_from_representatives = Some(false);
    }
    update_visibility(entry, visibility, to_representatives, sending, options)
}

fn check(entry: &DocumentEntry, sending: &Sending) -> Problems {
    let mut problems = check_set(sending);
    for (is_missing, path) in [
        (entry.entry_uuid.is_empty(), "/entry_uuid"),
        (entry.patient_id.is_none(), "/patient_id"),
    ] {
        if is_missing {
            problems.push(Problem::new(&rules::ENTRY, path));
        }
    }
    problems
}

fn finish(
    objects: Objects,
    sending: &Sending,
    options: &SoapOptions,
    problems: Problems,
) -> Result<Request, Problems> {
    let problems = accepted(problems, &sending.accept);
    let envelope = envelope(ACTION, options, &sending.set_id, |w| request(w, &objects));
    let request = Request {
        service: Service::Registry,
        action: ACTION.to_owned(),
        envelope,
        parts: Vec::new(),
        warnings: problems.clone(),
    };
    problems.or(request)
}

fn request(w: &mut XmlWriter, objects: &Objects) {
    w.start("lcm:SubmitObjectsRequest");
    for (name, uri) in RIM_NAMESPACES {
        w.attr(name, uri);
    }
    ebrim::objects(w, objects);
    w.end("lcm:SubmitObjectsRequest");
}
