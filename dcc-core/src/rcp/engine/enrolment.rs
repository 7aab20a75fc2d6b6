//! Enrolment of a patient's case to a session (*inscription d'un dossier*).
//!
//! ```text
//! enrolled ⇄ waiting (postponed, session cancelled, referred to this RCP)
//!    ├→ discussed      (may still be referred: a new case is born elsewhere)
//!    ├→ withdrawn      (also from waiting)
//!    └→ referred       (also from waiting)
//! ```

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ids::{EnrolmentId, FicheId, RcpId, SessionId};
use crate::quorum::QuorumJudgement;

/// Urgency of a case.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// *Urgent*: comes first on a suggested agenda.
    Urgent,
    /// *Rapide*: next session.
    Soon,
    /// *Habituel*.
    #[default]
    Routine,
}

impl Urgency {
    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            Urgency::Urgent => "urgent",
            Urgency::Soon => "rapide",
            Urgency::Routine => "habituel",
        }
    }
}

/// A document that the discussion needs (*pièce du dossier*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CaseDocument {
    /// French name, for example `compte rendu d'anatomopathologie`.
    pub label: String,
    /// Whether it is to hand.
    #[serde(default)]
    pub received: bool,
}

impl CaseDocument {
    /// A document that is not to hand yet.
    pub fn new(label: impl Into<String>) -> Self {
        CaseDocument {
            label: label.into(),
            received: false,
        }
    }
}

/// A case to enrol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct EnrolmentRequest {
    /// Identifier of the case.
    pub id: EnrolmentId,
    /// Session on whose agenda it goes.
    pub session: SessionId,
    /// Opaque key of the patient.
    pub patient: String,
    /// Key of the professional who asks (*demandeur*).
    pub requester: String,
    /// Key of the professional who presents (*présentateur*).
    pub presenter: String,
    /// Question put to the RCP.
    pub question: String,
    /// Urgency.
    #[serde(default)]
    pub urgency: Urgency,
    /// Documents that the discussion needs, by code (for example LOINC).
    #[serde(default)]
    pub documents: BTreeMap<String, CaseDocument>,
}

impl EnrolmentRequest {
    /// A routine case, presented by its requester, that needs no document.
    /// The patient and the requester are named by their opaque keys.
    pub fn new(
        id: impl Into<EnrolmentId>,
        session: impl Into<SessionId>,
        patient: impl Into<String>,
        requester: impl Into<String>,
        question: impl Into<String>,
    ) -> Self {
        let requester = requester.into();
        EnrolmentRequest {
            id: id.into(),
            session: session.into(),
            patient: patient.into(),
            presenter: requester.clone(),
            requester,
            question: question.into(),
            urgency: Urgency::default(),
            documents: BTreeMap::new(),
        }
    }
}

/// Status of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrolmentStatus {
    /// *Inscrit*: on the agenda of a session.
    Enrolled,
    /// *En attente d'une session*: postponed, returned to its requester when a
    /// session was cancelled, or referred to this RCP.
    Waiting,
    /// *Discuté*.
    Discussed,
    /// *Retiré*.
    Withdrawn,
    /// *Orienté vers une RCP de recours* before being discussed.
    Referred,
}

impl EnrolmentStatus {
    /// French name.
    pub fn label(self) -> &'static str {
        match self {
            EnrolmentStatus::Enrolled => "inscrit",
            EnrolmentStatus::Waiting => "en attente d'une session",
            EnrolmentStatus::Discussed => "discuté",
            EnrolmentStatus::Withdrawn => "retiré",
            EnrolmentStatus::Referred => "orienté vers une RCP de recours",
        }
    }
}

/// From which statuses a step is legal.
pub(crate) mod from {
    use super::EnrolmentStatus::{self, Discussed, Enrolled, Waiting};

    pub(crate) const DOCUMENTS: &[EnrolmentStatus] = &[Enrolled, Waiting];
    pub(crate) const POSTPONE: &[EnrolmentStatus] = &[Enrolled];
    pub(crate) const PLACE: &[EnrolmentStatus] = &[Waiting];
    pub(crate) const WITHDRAW: &[EnrolmentStatus] = &[Enrolled, Waiting];
    pub(crate) const REFER: &[EnrolmentStatus] = &[Enrolled, Waiting, Discussed];
    pub(crate) const DISCUSS: &[EnrolmentStatus] = &[Enrolled];
    pub(crate) const DRAFT: &[EnrolmentStatus] = &[Enrolled, Waiting, Discussed];
    pub(crate) const COMPLETE: &[EnrolmentStatus] = &[Discussed];
}

/// Discussion of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discussion {
    /// When.
    pub at: DateTime<Utc>,
    /// Quorum at that instant: a case may be discussed without it.
    pub quorum: QuorumJudgement,
    /// Codes of the documents that were missing.
    pub missing_documents: Vec<String>,
}

/// Referral to a recourse RCP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// When.
    pub at: DateTime<Utc>,
    /// The recourse RCP.
    pub rcp: RcpId,
    /// The case born there.
    pub enrolment: EnrolmentId,
    /// Reason.
    pub reason: String,
}

/// A case and its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// Identifier.
    pub id: EnrolmentId,
    /// RCP.
    pub rcp: RcpId,
    /// Session whose agenda holds the case; none unless enrolled or discussed.
    pub session: Option<SessionId>,
    /// Status.
    pub status: EnrolmentStatus,
    /// Opaque key of the patient.
    pub patient: String,
    /// Key of the requester.
    pub requester: String,
    /// Key of the presenter.
    pub presenter: String,
    /// Question put to the RCP.
    pub question: String,
    /// Urgency.
    pub urgency: Urgency,
    /// Whether it was enrolled after the deadline.
    pub late: bool,
    /// Documents, by code.
    pub documents: BTreeMap<String, CaseDocument>,
    /// Case of another RCP that was referred here.
    pub origin: Option<EnrolmentId>,
    /// Times that it was moved from one session to another or left waiting.
    pub moves: u32,
    /// Discussion, once it took place.
    pub discussion: Option<Discussion>,
    /// Referral to a recourse RCP, if any.
    pub referral: Option<Referral>,
    /// Its fiche, once drafted.
    pub fiche: Option<FicheId>,
}

impl Enrolment {
    /// Documents that are missing: code and French name, in order.
    pub fn missing_documents(&self) -> impl Iterator<Item = (&str, &str)> {
        self.documents
            .iter()
            .filter(|(_, d)| !d.received)
            .map(|(c, d)| (&**c, &*d.label))
    }

    /// True when no document is missing (*dossier complet*).
    pub fn is_complete(&self) -> bool {
        self.missing_documents().next().is_none()
    }
}
