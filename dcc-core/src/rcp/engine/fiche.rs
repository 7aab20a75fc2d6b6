//! Life cycle of a fiche RCP: who drafted, completed, validated, sent it, and
//! by which version it was replaced.
//!
//! ```text
//! drafted ⇄ completed → validated → sent
//!    └→ abandoned           └────────┴→ replaced, when the next version is
//!                                       validated
//! ```
//!
//! The content is a [`ContentRef`], opaque here: the host keeps the model and
//! the document. A validated version never changes: a correction is a new
//! version, which counts once validated.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::actor::Stamp;
use super::ids::{EnrolmentId, FicheId};
use crate::facts::FicheFlags;
use crate::problem::{Problem, Problems};
use crate::rcp::rules;

/// Content of a version, kept by the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ContentRef {
    /// SHA-256 of the content, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Where the host keeps it; opaque.
    pub reference: String,
}

impl ContentRef {
    /// A content, by its SHA-256 and the place where the host keeps it.
    pub fn new(sha256: impl Into<String>, reference: impl Into<String>) -> Self {
        ContentRef {
            sha256: sha256.into(),
            reference: reference.into(),
        }
    }
}

/// What a draft sets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct FicheDraft {
    /// Content.
    pub content: ContentRef,
    /// Key of the physician in charge (*médecin responsable*), who validates.
    pub physician: String,
    /// What the indicators ask.
    #[serde(default)]
    pub flags: FicheFlags,
}

impl FicheDraft {
    /// A draft that states nothing to the indicators.
    pub fn new(content: ContentRef, physician: impl Into<String>) -> Self {
        FicheDraft {
            content,
            physician: physician.into(),
            flags: FicheFlags::default(),
        }
    }

    /// The same draft with these flags.
    #[must_use]
    pub fn with_flags(mut self, flags: FicheFlags) -> Self {
        self.flags = flags;
        self
    }

    /// The problems of the draft; `path` is its JSON pointer.
    pub fn check(&self, path: &str) -> Problems {
        let mut problems = Problems::new();
        let digest = &self.content.sha256;
        let hex = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        if digest.len() != 64 || !digest.bytes().all(hex) {
            problems
                .push(Problem::new(&rules::DIGEST, format!("{path}/content/sha256")).found(digest));
        }
        let mut text = |value: &str, field: &str| {
            if value.trim().is_empty() {
                problems.push(Problem::new(&rules::TEXT, format!("{path}/{field}")));
            }
        };
        text(&self.content.reference, "content/reference");
        text(&self.physician, "physician");
        if let Some(attending) = &self.flags.attending_physician {
            text(attending, "flags/attending_physician");
        } else if self.flags.attending_physician_mssante {
            problems.push(Problem::new(
                &rules::FLAGS,
                format!("{path}/flags/attending_physician_mssante"),
            ));
        }
        problems
    }
}

/// Status of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FicheStatus {
    /// *Brouillon*.
    Drafted,
    /// *Complète*, to be validated.
    Completed,
    /// *Validée*.
    Validated,
    /// *Envoyée* (validated, and sent at least once).
    Sent,
    /// *Remplacée* by a later version, itself validated.
    Replaced,
    /// *Abandonnée*: its case was withdrawn, or referred before discussion.
    Abandoned,
}

impl FicheStatus {
    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            FicheStatus::Drafted => "brouillon",
            FicheStatus::Completed => "complète",
            FicheStatus::Validated => "validée",
            FicheStatus::Sent => "envoyée",
            FicheStatus::Replaced => "remplacée",
            FicheStatus::Abandoned => "abandonnée",
        }
    }

    /// Validated, sent or not.
    pub fn is_validated(self) -> bool {
        matches!(self, FicheStatus::Validated | FicheStatus::Sent)
    }
}

/// From which statuses of the last version a step is legal.
pub(crate) mod from {
    use super::FicheStatus::{self, Completed, Drafted, Sent, Validated};

    pub(crate) const EDIT: &[FicheStatus] = &[Drafted, Completed];
    pub(crate) const COMPLETE: &[FicheStatus] = &[Drafted];
    pub(crate) const VALIDATE: &[FicheStatus] = &[Completed];
    pub(crate) const SEND: &[FicheStatus] = &[Validated, Sent];
    pub(crate) const REPLACE: &[FicheStatus] = &[Validated, Sent];
}

/// One sending of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sending {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Stamp,
    /// To whom: DMP, an MSSanté address, a registry…
    pub recipient: String,
}

/// One version of a fiche.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FicheVersion {
    /// Number, from 1.
    pub number: u32,
    /// Status.
    pub status: FicheStatus,
    /// Content, physician in charge and flags.
    pub draft: FicheDraft,
    /// Why it replaces the version before; none for the first.
    pub reason: Option<String>,
    /// Who drafted it, and when.
    pub drafted: (DateTime<Utc>, Stamp),
    /// Who completed it.
    pub completed: Option<(DateTime<Utc>, Stamp)>,
    /// Who validated it, with which proof of identity.
    pub validated: Option<(DateTime<Utc>, Stamp)>,
    /// To whom it was sent.
    pub sent: Vec<Sending>,
}

/// A fiche RCP and its versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fiche {
    /// Identifier, the same for all versions.
    pub id: FicheId,
    /// Its case, and so its patient, its RCP and its session.
    pub enrolment: EnrolmentId,
    /// Versions, oldest first; never empty.
    pub versions: Vec<FicheVersion>,
}

impl Fiche {
    /// Last version, validated or not.
    pub fn latest(&self) -> Option<&FicheVersion> {
        self.versions.last()
    }

    /// The version that counts: the last validated one, otherwise the last.
    pub fn in_force(&self) -> Option<&FicheVersion> {
        self.versions
            .iter()
            .rev()
            .find(|v| v.status.is_validated())
            .or_else(|| self.latest())
    }
}
