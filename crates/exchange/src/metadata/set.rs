//! The attributes of a sending in a registry (*lot de soumission*, XDS
//! SubmissionSet).

use std::fmt;

use serde::{Deserialize, Serialize};

use super::entry::{Author, Slot};
use crate::code::Code;
use crate::composite::Cx;

/// The attributes of a sending (*lot de soumission*).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct SubmissionSet {
    /// *entryUUID*.
    pub entry_uuid: String,
    /// *uniqueId*: an OID.
    pub unique_id: String,
    /// *sourceId*: OID of the sending system.
    pub source_id: String,
    /// *submissionTime*: DTM in UTC.
    pub submission_time: String,
    /// *availabilityStatus*: the registry's.
    pub availability_status: Option<String>,
    /// *Patient*: its INS.
    pub patient_id: Option<Cx>,
    /// *Auteurs*: who sends.
    pub authors: Vec<Author>,
    /// *Type d'activité* (`contentTypeCode`).
    pub activity: Option<Code>,
    /// *Titre*.
    pub title: Option<String>,
    /// *Commentaire*.
    pub comments: Option<String>,
    /// *Destinataires* (`intendedRecipient`).
    pub recipients: Vec<String>,
    /// Slots that this library does not know.
    pub other_slots: Vec<Slot>,
}

impl fmt::Debug for SubmissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubmissionSet")
            .field("unique_id", &self.unique_id)
            .field("submission_time", &self.submission_time)
            .finish_non_exhaustive()
    }
}
