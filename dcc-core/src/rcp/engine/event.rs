//! What happened, as the host stores it.
//!
//! Events are serde values with a version: a host reads back, in order, what
//! it stored, and [`State::replay`](super::State::replay) gives the state.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::actor::Stamp;
use super::attendance::Attendee;
use super::enrolment::EnrolmentRequest;
use super::fiche::FicheDraft;
use super::ids::{EnrolmentId, FicheId, RcpId, SessionId};
use super::offer::Offer;
use super::session::SessionPlan;
use crate::quorum::QuorumJudgement;

/// Version of the events that this library writes.
pub const VERSION: u16 = 1;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Event {
    /// Version of the form of the event, [`VERSION`].
    pub version: u16,
    /// Rank in the log, from 1, without gap.
    pub sequence: u64,
    /// Instant.
    pub at: DateTime<Utc>,
    /// Who, with which proof of identity.
    pub by: Stamp,
    /// What happened; `fact` in JSON.
    #[serde(rename = "fact", alias = "payload")]
    pub payload: Payload,
}

impl Event {
    /// The type of its payload, as in its JSON: `offer_created`. For a column
    /// of the host's store.
    pub fn kind(&self) -> &'static str {
        self.payload.kind()
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    remote = "Self",
    rename = "dcc::Tagged",
    rename_all = "snake_case",
    deny_unknown_fields
)]
#[allow(missing_docs)] // the variants name what their fields are
#[allow(clippy::large_enum_variant)] // an offer is rare, and events go to the host
#[non_exhaustive]
pub enum Payload {
    /// *Offre créée*.
    OfferCreated { offer: Offer },
    /// *Offre modifiée*.
    OfferUpdated { offer: Offer },
    /// *Offre fermée*.
    OfferClosed { rcp: RcpId, reason: String },
    /// *Session planifiée*.
    SessionPlanned { plan: SessionPlan },
    /// *Date de session changée*.
    SessionRescheduled {
        session: SessionId,
        start: DateTime<Utc>,
        enrolment_deadline: DateTime<Utc>,
        reason: String,
    },
    /// *Inscriptions ouvertes*.
    SessionOpened { session: SessionId },
    /// *Inscriptions closes*.
    SessionClosed { session: SessionId },
    /// *Session démarrée*.
    SessionStarted {
        session: SessionId,
        quorum: QuorumJudgement,
    },
    /// *Session tenue*.
    SessionHeld { session: SessionId },
    /// *Session annulée*; its cases have left it by the events before.
    SessionCancelled { session: SessionId, reason: String },
    /// *Présence*.
    AttendanceRecorded {
        session: SessionId,
        attendee: Attendee,
    },
    /// *Départ*.
    DepartureRecorded {
        session: SessionId,
        professional: String,
    },
    /// *Dossier inscrit*.
    CaseEnrolled {
        request: EnrolmentRequest,
        late: bool,
    },
    /// *Pièce demandée*.
    DocumentRequested {
        enrolment: EnrolmentId,
        code: String,
        label: String,
    },
    /// *Pièce reçue*.
    DocumentReceived {
        enrolment: EnrolmentId,
        code: String,
    },
    /// *Ordre du jour ordonné*.
    AgendaOrdered {
        session: SessionId,
        order: Vec<EnrolmentId>,
    },
    /// *Dossier reporté*: left its session, to another or to wait for one.
    CasePostponed {
        enrolment: EnrolmentId,
        to: Option<SessionId>,
        reason: String,
    },
    /// *Dossier en attente placé* on a session.
    CasePlaced {
        enrolment: EnrolmentId,
        session: SessionId,
    },
    /// *Dossier retiré*.
    CaseWithdrawn {
        enrolment: EnrolmentId,
        reason: String,
    },
    /// *Dossier orienté vers une RCP de recours*.
    CaseReferred {
        enrolment: EnrolmentId,
        rcp: RcpId,
        new_enrolment: EnrolmentId,
        session: Option<SessionId>,
        reason: String,
    },
    /// *Dossier discuté*.
    CaseDiscussed {
        enrolment: EnrolmentId,
        quorum: QuorumJudgement,
        missing_documents: Vec<String>,
    },
    /// *Fiche rédigée*.
    FicheDrafted {
        fiche: FicheId,
        enrolment: EnrolmentId,
        draft: FicheDraft,
    },
    /// *Fiche modifiée*.
    FicheEdited { fiche: FicheId, draft: FicheDraft },
    /// *Fiche complète*.
    FicheCompleted { fiche: FicheId, version: u32 },
    /// *Fiche validée*; the version before, if any, is replaced.
    FicheValidated { fiche: FicheId, version: u32 },
    /// *Fiche envoyée*.
    FicheSent {
        fiche: FicheId,
        version: u32,
        recipient: String,
    },
    /// *Nouvelle version rédigée*.
    FicheReplaced {
        fiche: FicheId,
        version: u32,
        draft: FicheDraft,
        reason: String,
    },
}

dcc_json::internally_tagged!(Payload);

impl Payload {
    /// The name of the variant, as the `type` of its JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Payload::OfferCreated { .. } => "offer_created",
            Payload::OfferUpdated { .. } => "offer_updated",
            Payload::OfferClosed { .. } => "offer_closed",
            Payload::SessionPlanned { .. } => "session_planned",
            Payload::SessionRescheduled { .. } => "session_rescheduled",
            Payload::SessionOpened { .. } => "session_opened",
            Payload::SessionClosed { .. } => "session_closed",
            Payload::SessionStarted { .. } => "session_started",
            Payload::SessionHeld { .. } => "session_held",
            Payload::SessionCancelled { .. } => "session_cancelled",
            Payload::AttendanceRecorded { .. } => "attendance_recorded",
            Payload::DepartureRecorded { .. } => "departure_recorded",
            Payload::CaseEnrolled { .. } => "case_enrolled",
            Payload::DocumentRequested { .. } => "document_requested",
            Payload::DocumentReceived { .. } => "document_received",
            Payload::AgendaOrdered { .. } => "agenda_ordered",
            Payload::CasePostponed { .. } => "case_postponed",
            Payload::CasePlaced { .. } => "case_placed",
            Payload::CaseWithdrawn { .. } => "case_withdrawn",
            Payload::CaseReferred { .. } => "case_referred",
            Payload::CaseDiscussed { .. } => "case_discussed",
            Payload::FicheDrafted { .. } => "fiche_drafted",
            Payload::FicheEdited { .. } => "fiche_edited",
            Payload::FicheCompleted { .. } => "fiche_completed",
            Payload::FicheValidated { .. } => "fiche_validated",
            Payload::FicheSent { .. } => "fiche_sent",
            Payload::FicheReplaced { .. } => "fiche_replaced",
        }
    }
}
