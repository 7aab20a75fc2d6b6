//! What happened, as the host stores it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::command::{NewIdentity, ReceivedIdentity};
use crate::ins::DatedIns;
use crate::local_id::LocalId;
use crate::record::{InsiSource, Proof, RecordId};
use crate::status::Attributes;
use crate::traits::{Traits, UsedNames};

/// Version of the events that this library writes.
pub const VERSION: u16 = 1;

/// Who acts (*agent*): a person of the front desk, or an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// Opaque key of the person or application.
    pub key: String,
    /// Name as shown in the journal.
    pub name: String,
}

impl Agent {
    /// A person or an application.
    pub fn new(key: impl Into<String>, name: impl Into<String>) -> Self {
        Agent {
            key: key.into(),
            name: name.into(),
        }
    }
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Version of the form of the event, [`VERSION`].
    pub version: u16,
    /// Rank in the log, from 1, without gap.
    pub sequence: u64,
    /// Instant.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: Agent,
    /// What.
    pub fact: Fact,
}

/// What happened to a record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs)] // the fields say what the variants name
#[allow(clippy::large_enum_variant)] // events go to the host
#[non_exhaustive]
pub enum Fact {
    /// *Dossier créé*.
    RecordCreated {
        record: RecordId,
        identity: NewIdentity,
    },
    /// *Traits stricts modifiés*; evidence, if any, is withdrawn.
    TraitsEdited { record: RecordId, traits: Traits },
    /// *Nom et prénom utilisés modifiés*.
    UsedNamesEdited { record: RecordId, used: UsedNames },
    /// *Attributs posés ou levés*.
    AttributesSet {
        record: RecordId,
        attributes: Attributes,
    },
    /// *Identité contrôlée sur un dispositif*.
    DeviceChecked { record: RecordId, proof: Proof },
    /// *Contrôle d'identité retiré*.
    DeviceWithdrawn { record: RecordId, reason: String },
    /// *Identité trouvée par INSi et acceptée*. `automatic` when no user had to.
    InsiObtained {
        record: RecordId,
        source: InsiSource,
        history: Vec<DatedIns>,
        traits: Traits,
        automatic: bool,
    },
    /// *Appel à INSi sans réponse utile*.
    InsiFailed { record: RecordId, code: String },
    /// *INS invalidé*.
    InsiWithdrawn { record: RecordId, reason: String },
    /// *Identité reçue d'une autre application*, with the evidence that counts.
    IdentityReceived {
        record: RecordId,
        identity: ReceivedIdentity,
        source: Option<InsiSource>,
        proof: Option<Proof>,
    },
    /// *Identifiant local ajouté*.
    LocalIdAdded { record: RecordId, id: LocalId },
    /// *Identifiant local retiré*.
    LocalIdRemoved { record: RecordId, id: LocalId },
    /// *Identifiant local changé*.
    LocalIdChanged {
        record: RecordId,
        old: LocalId,
        new: LocalId,
    },
    /// *Dossiers fusionnés*.
    RecordsMerged {
        survivor: RecordId,
        eliminated: RecordId,
    },
    /// *Fusion annulée*.
    MergeUndone {
        eliminated: RecordId,
        reason: String,
    },
    /// *Dossiers liés*.
    RecordsLinked { record: RecordId, other: RecordId },
    /// *Dossiers déliés*.
    RecordsUnlinked { record: RecordId, other: RecordId },
    /// *Doublon présumé écarté*.
    DeclaredDistinct { record: RecordId, other: RecordId },
    /// *Dossier désactivé*.
    RecordDeactivated {
        record: RecordId,
        reason: String,
        duplicate: bool,
    },
    /// *Dossier réactivé*.
    RecordReactivated { record: RecordId, reason: String },
}
