//! What can be asked of the records.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::capture::Capture;
use crate::device::DeviceCheck;
use crate::ins::DatedIns;
use crate::local_id::LocalId;
use crate::opaque::opaque;
use crate::record::{DmpConsent, RecordId};
use crate::status::Attributes;
use crate::traits::{Traits, UsedNames};

/// The identity of a record to create, as typed or read.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct NewIdentity {
    /// *Traits stricts*.
    pub traits: Traits,
    /// *Nom et prénom utilisés*.
    pub used: UsedNames,
    /// *Identifiants locaux*.
    pub local_ids: Vec<LocalId>,
    /// *Attributs*.
    pub attributes: Attributes,
    /// *Mode d'obtention*.
    pub capture: Capture,
}

impl NewIdentity {
    /// An identity of these traits.
    pub fn new(traits: Traits) -> Self {
        NewIdentity {
            traits,
            ..NewIdentity::default()
        }
    }

    /// The same identity with a local identifier.
    #[must_use]
    pub fn with_local_id(mut self, id: LocalId) -> Self {
        self.local_ids.push(id);
        self
    }
}

/// One identity found by INSi (answer `00`).
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct InsiFound {
    /// *INS active*.
    pub ins: DatedIns,
    /// *INS de l'historique*.
    #[serde(default)]
    pub history: Vec<DatedIns>,
    /// *Traits* of INSi. The first given name is often not given: it is then
    /// proposed from what was asked.
    pub traits: Traits,
    /// How INSi was called.
    pub mode: Capture,
}

impl InsiFound {
    /// An INS and its traits, obtained by traits.
    pub fn new(ins: impl Into<DatedIns>, traits: Traits) -> Self {
        InsiFound {
            ins: ins.into(),
            history: Vec::new(),
            traits,
            mode: Capture::Insi,
        }
    }

    /// The same, obtained in another way.
    #[must_use]
    pub fn by(mut self, mode: Capture) -> Self {
        self.mode = mode;
        self
    }
}

/// An identity received from another application, with its evidence.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ReceivedIdentity {
    /// *Traits stricts*.
    pub traits: Traits,
    /// *Nom et prénom utilisés*; none leaves those of the record.
    pub used: Option<UsedNames>,
    /// *Identifiants locaux*: added to those of the record.
    pub local_ids: Vec<LocalId>,
    /// *Attributs*.
    pub attributes: Attributes,
    /// *INS*, when the evidence received says that INSi gave it.
    pub ins: Option<DatedIns>,
    /// *Date de l'appel à INSi*.
    pub called_on: Option<NaiveDate>,
    /// *Dispositif d'identité*, when the identity is received as checked.
    pub device: Option<DeviceCheck>,
    /// True when no status at all was received (`VIDE`).
    pub unqualified: bool,
    /// *Mode d'obtention*.
    pub capture: Option<Capture>,
    /// *Date de naissance lunaire*, `AAAA-MM-JJ`.
    pub lunar_date: Option<String>,
    /// *Consentements et statut du DMP*.
    pub consent: Option<DmpConsent>,
    /// The application that sent it.
    pub origin: String,
}

opaque!(NewIdentity, InsiFound, ReceivedIdentity);

/// A command. In JSON, `{"type": "create_record", "record": "…"}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs)] // the fields say what the variants name
#[allow(clippy::large_enum_variant)] // a command is short-lived
#[non_exhaustive]
pub enum Command {
    /// *Créer un dossier*, with a provisional identity.
    CreateRecord {
        record: RecordId,
        identity: NewIdentity,
    },
    /// *Modifier les traits stricts*. Above provisional, `unlock` is needed: the
    /// evidence is withdrawn and the identity becomes provisional.
    EditTraits {
        record: RecordId,
        traits: Traits,
        #[serde(default)]
        unlock: bool,
    },
    /// *Modifier le nom et le prénom utilisés*.
    EditUsedNames { record: RecordId, used: UsedNames },
    /// *Poser ou lever les attributs*. Douteuse and fictive withdraw the evidence.
    SetAttributes {
        record: RecordId,
        attributes: Attributes,
    },
    /// *Contrôler l'identité sur un dispositif*.
    CheckDevice {
        record: RecordId,
        check: DeviceCheck,
    },
    /// *Retirer le contrôle d'identité*.
    WithdrawDevice { record: RecordId, reason: String },
    /// *Enregistrer une identité trouvée par INSi*. `accepted` is the agreement
    /// of a user who saw both sets of traits; a validated identity whose traits
    /// are strictly equal needs none.
    RecordInsi {
        record: RecordId,
        found: InsiFound,
        #[serde(default)]
        accepted: bool,
    },
    /// *Enregistrer un appel à INSi sans réponse utile*: code 01, 02 or an error.
    RecordInsiFailure { record: RecordId, code: String },
    /// *Invalider l'INS*: the source INSi is withdrawn.
    WithdrawInsi { record: RecordId, reason: String },
    /// *Remplacer l'INS* by another that an application sends; the record has one.
    ReplaceIns {
        record: RecordId,
        ins: DatedIns,
        origin: String,
    },
    /// *Recevoir une identité*: creates the record when it does not exist.
    ReceiveIdentity {
        record: RecordId,
        identity: ReceivedIdentity,
    },
    /// *Ajouter un identifiant local*.
    AddLocalId { record: RecordId, id: LocalId },
    /// *Retirer un identifiant local*.
    RemoveLocalId { record: RecordId, id: LocalId },
    /// *Changer un identifiant local*.
    ChangeLocalId {
        record: RecordId,
        old: LocalId,
        new: LocalId,
    },
    /// *Fusionner*: `eliminated` gives way to `survivor`, whose identity is kept as it is.
    MergeRecords {
        survivor: RecordId,
        eliminated: RecordId,
        #[serde(default)]
        confirmed: bool,
    },
    /// *Annuler une fusion*.
    UndoMerge {
        eliminated: RecordId,
        reason: String,
    },
    /// *Lier deux dossiers* of one patient, kept apart.
    LinkRecords { record: RecordId, other: RecordId },
    /// *Délier deux dossiers*.
    UnlinkRecords { record: RecordId, other: RecordId },
    /// *Écarter un doublon présumé*: two patients indeed.
    DeclareDistinct { record: RecordId, other: RecordId },
    /// *Désactiver un dossier*.
    DeactivateRecord {
        record: RecordId,
        reason: String,
        #[serde(default)]
        duplicate: bool,
    },
    /// *Réactiver un dossier*.
    ReactivateRecord { record: RecordId, reason: String },
}
