//! The record of a patient: traits, evidence, local identifiers.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;
use dcc_base::problem::Problems;
use serde::{Deserialize, Serialize};

use crate::capture::Capture;
use crate::device::DeviceCheck;
use crate::ins::{DatedIns, Ins};
use crate::local_id::LocalId;
use crate::opaque::opaque;
use crate::release::{self, Channel, ReleaseOptions};
use crate::status::{Attributes, Evidence, Status};
use crate::traits::{Traits, UsedNames};

/// Identifier of a record within the host (*identifiant de dossier*): opaque,
/// never shown to the patient.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(String);

impl RecordId {
    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when it can name a record.
    pub(crate) fn is_valid(&self) -> bool {
        let id = &self.0;
        !id.is_empty() && id.len() <= 128 && id.trim() == id && !id.chars().any(char::is_control)
    }
}

impl From<&str> for RecordId {
    fn from(id: &str) -> Self {
        RecordId(id.to_owned())
    }
}

impl From<String> for RecordId {
    fn from(id: String) -> Self {
        RecordId(id)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A standing call to INSi (*source INSi*).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct InsiSource {
    /// *INS active*.
    pub ins: DatedIns,
    /// How it was called: by traits, by Vitale card, by Vitale application.
    pub mode: Capture,
    /// *Date de l'appel* (ZFD-6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called_on: Option<NaiveDate>,
    /// The application that sent it, when this establishment did not call itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

/// A check of the identity on a device (*preuve*).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Proof {
    /// The device shown.
    pub check: DeviceCheck,
    /// *Date du contrôle*.
    pub checked_on: NaiveDate,
    /// True when it counts: high confidence by the policy of the day.
    pub high: bool,
    /// The application that sent it, when this establishment did not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

opaque!(InsiSource, Proof);

/// *Consentements et statut du DMP* (ZFA), as received: codes and dates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct DmpConsent {
    /// ZFA-1, *statut du DMP*: `ACTIF`, `FERME`, `INEXISTANT`…
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// ZFA-2, date of the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_date: Option<String>,
    /// ZFA-3, date of closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<String>,
    /// ZFA-4, *autorisation d'accès*, `Y` or `N`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// ZFA-5, its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_date: Option<String>,
    /// ZFA-6, *opposition au bris de glace*, `Y` or `N`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_emergency_access: Option<String>,
    /// ZFA-7, *opposition au centre 15*, `Y` or `N`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_call_centre_access: Option<String>,
    /// ZFA-8, date of the oppositions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oppositions_date: Option<String>,
    /// ZFA-9, *opposition à l'alimentation*: `IO` opposed, `INO` not opposed,
    /// `NA` not asked (read from samples of PAM France 2.11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feeding: Option<String>,
    /// ZFA-10, its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feeding_date: Option<String>,
    /// ZFA-11, *consentement à la consultation*: `IC`, `INC`, `NA`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
    /// ZFA-12, its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading_date: Option<String>,
}

/// What became of a record. Nothing is deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Life {
    /// *Actif*.
    Active,
    /// *Fusionné*: another record stands for it.
    Merged {
        /// The record kept.
        into: RecordId,
    },
    /// *Désactivé*, with the reason.
    Deactivated {
        /// Why.
        reason: String,
        /// True for a proven duplicate (`DOUA`).
        duplicate: bool,
    },
}

/// The record of a patient. Its status is computed: see [`Record::status`].
///
/// `Debug` shows its identifier and its status alone.
#[derive(Clone, PartialEq)]
pub struct Record {
    pub(crate) id: RecordId,
    pub(crate) traits: Traits,
    pub(crate) used: UsedNames,
    pub(crate) local_ids: Vec<LocalId>,
    pub(crate) attributes: Attributes,
    pub(crate) capture: Capture,
    pub(crate) source: Option<InsiSource>,
    pub(crate) proof: Option<Proof>,
    pub(crate) former_ins: Vec<DatedIns>,
    pub(crate) lunar_date: Option<String>,
    pub(crate) consent: Option<DmpConsent>,
    pub(crate) unqualified: bool,
    pub(crate) life: Life,
    pub(crate) links: BTreeSet<RecordId>,
    pub(crate) distinct: BTreeSet<RecordId>,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Record({}, {})", self.id, self.status().label())
    }
}

impl Record {
    /// Its identifier.
    pub fn id(&self) -> &RecordId {
        &self.id
    }

    /// *Statut de l'identité*, computed from the evidence and the attributes.
    pub fn status(&self) -> Status {
        Status::compute(self.evidence(), self.attributes)
    }

    /// The two facts behind the status.
    pub fn evidence(&self) -> Evidence {
        Evidence {
            insi: self.source.is_some(),
            device: self.proof.as_ref().is_some_and(|proof| proof.high),
        }
    }

    /// *Traits stricts*.
    pub fn traits(&self) -> &Traits {
        &self.traits
    }

    /// *Nom et prénom utilisés*.
    pub fn used_names(&self) -> &UsedNames {
        &self.used
    }

    /// *Identifiants locaux*.
    pub fn local_ids(&self) -> &[LocalId] {
        &self.local_ids
    }

    /// *Attributs*.
    pub fn attributes(&self) -> Attributes {
        self.attributes
    }

    /// *Mode d'obtention*.
    pub fn capture(&self) -> Capture {
        self.capture
    }

    /// The standing call to INSi, for the screens of the establishment. It holds
    /// the matricule of a retrieved identity too: what leaves is what
    /// [`Record::outgoing`] gives.
    pub fn insi_source(&self) -> Option<&InsiSource> {
        self.source.as_ref()
    }

    /// The standing check on a device.
    pub fn proof(&self) -> Option<&Proof> {
        self.proof.as_ref()
    }

    /// *Historique des INS* (EXI REC 08), latest last.
    pub fn former_ins(&self) -> &[DatedIns] {
        &self.former_ins
    }

    /// Date of birth of billing (*date lunaire*), `AAAA-MM-JJ`, kept apart from the sanitary one.
    pub fn lunar_date(&self) -> Option<&str> {
        self.lunar_date.as_deref()
    }

    /// *Consentements et statut du DMP*, as last received.
    pub fn dmp_consent(&self) -> Option<&DmpConsent> {
        self.consent.as_ref()
    }

    /// True for an identity received without any status (`VIDE`, « non encore
    /// qualifiée ») and not qualified since.
    pub fn is_unqualified(&self) -> bool {
        self.unqualified && self.status() == Status::Provisional
    }

    /// What became of the record.
    pub fn life(&self) -> &Life {
        &self.life
    }

    /// True when the record is neither merged nor deactivated.
    pub fn is_active(&self) -> bool {
        self.life == Life::Active
    }

    /// Records said to be of the same patient, kept apart.
    pub fn links(&self) -> impl Iterator<Item = &RecordId> {
        self.links.iter()
    }

    /// The active INS held, whatever the status.
    pub(crate) fn held(&self) -> Option<&Ins> {
        self.source.as_ref().map(|source| &source.ins.ins)
    }

    /// What leaves by a channel: the traits, and the INS when the identity is qualified.
    ///
    /// # Errors
    /// As for [`release::decide`].
    pub fn outgoing(
        &self,
        channel: Channel,
        options: &ReleaseOptions,
    ) -> Result<Outgoing, Problems> {
        let release = release::decide(self.status(), self.attributes, channel, options)?;
        let source = self.source.as_ref().filter(|_| release.matricule);
        Ok(Outgoing {
            status: self.status(),
            attributes: self.attributes,
            traits: self.traits.clone(),
            used: self.used.clone(),
            local_ids: self.local_ids.clone(),
            ins: source.map(|source| source.ins.clone()),
            warnings: release.warnings,
        })
    }
}

/// An identity that may leave, as it may leave. Only [`Record::outgoing`] makes one.
#[derive(Clone)]
#[non_exhaustive]
pub struct Outgoing {
    /// Status of the identity.
    pub status: Status,
    /// Its attributes.
    pub attributes: Attributes,
    /// *Traits stricts*.
    pub traits: Traits,
    /// *Nom et prénom utilisés*.
    pub used: UsedNames,
    /// *Identifiants locaux*.
    pub local_ids: Vec<LocalId>,
    /// *INS*: there only when the identity is qualified and the channel takes it.
    pub(crate) ins: Option<DatedIns>,
    /// What the sender should know.
    pub warnings: Problems,
}

impl Outgoing {
    /// *INS*: there only when the identity is qualified and the channel takes it.
    pub fn ins(&self) -> Option<&DatedIns> {
        self.ins.as_ref()
    }
}

opaque!(Outgoing);
