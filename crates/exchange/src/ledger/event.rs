//! What happened to documents: the events of the ledger.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::door::Door;
use crate::visibility::Visibility;

/// What a sending asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// *Alimentation*, a replacement included.
    Feed,
    /// *Suppression*.
    Delete,
    /// *Changement de visibilité*.
    ChangeVisibility,
    /// *Archivage*.
    Archive,
    /// *Désarchivage*.
    Unarchive,
}

/// Which answer settles a sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settles {
    /// The answer of the registry (XDS.b, PDSm).
    Registry,
    /// The acknowledgement of the gateway, when no other is asked for.
    Gateway,
    /// The business acknowledgement of the DMP (ZAM^Z01).
    Business,
    /// None: a mail without acknowledgement, settled when it leaves.
    Nothing,
}

/// A document of a sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentDocument {
    /// *Identifiant* (`uniqueId`).
    pub unique_id: String,
    /// *Série des versions* (`setId` of the CDA).
    #[serde(default)]
    pub series: Option<String>,
    /// *Version*.
    #[serde(default)]
    pub version: Option<u32>,
    /// SHA-1 of the file; empty for an operation that sends no file.
    #[serde(default)]
    pub hash: String,
    /// The masks that it has once the sending is accepted.
    pub visibility: Visibility,
    /// *Document remplacé* (`uniqueId`).
    #[serde(default)]
    pub replaces: Option<String>,
}

/// How a document of a sending ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// *Accepté*.
    Accepted,
    /// *Refusé*, with the code and the text of the answer.
    Refused {
        /// *Code*.
        code: String,
        /// *Motif*.
        reason: String,
    },
}

/// Something that happened, in the order of the host's journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Event {
    /// *Envoi*: a set left.
    Sent {
        /// When.
        at: DateTime<Utc>,
        /// By which way.
        door: Door,
        /// Identifier of the set.
        set_id: String,
        /// Identifier of the message (HL7 v2).
        #[serde(default)]
        message_id: Option<String>,
        /// True when it goes to the DMP, false for a mail alone.
        to_dmp: bool,
        /// What it asks.
        operation: Operation,
        /// Which answer settles it.
        settles: Settles,
        /// Its documents.
        documents: Vec<SentDocument>,
    },
    /// *Prise en charge*: the gateway took the message; what becomes of the
    /// document is known later.
    Received {
        /// When.
        at: DateTime<Utc>,
        /// Identifier of the set.
        set_id: String,
    },
    /// *Réponse*: the fate of the documents of a set, in its order.
    Settled {
        /// When.
        at: DateTime<Utc>,
        /// Identifier of the set.
        set_id: String,
        /// One outcome a document.
        outcomes: Vec<Outcome>,
    },
    /// *Fiche connue*: the entry of a document in the registry (TD3.1).
    Registered {
        /// When.
        at: DateTime<Utc>,
        /// Identifier of the document.
        unique_id: String,
        /// *entryUUID* in the registry.
        entry_uuid: String,
        /// *logicalId* in the registry.
        #[serde(default)]
        logical_id: Option<String>,
    },
    /// *Accusé d'un courriel*: delivered or read by a recipient.
    Mailed {
        /// When.
        at: DateTime<Utc>,
        /// Identifier of the set.
        set_id: String,
        /// *Adresse*.
        address: String,
        /// True for read, false for delivered.
        read: bool,
        /// Delivered or read; false for a failure.
        success: bool,
    },
}
