//! What can be asked of the RCP.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::attendance::Attendee;
use super::enrolment::EnrolmentRequest;
use super::fiche::FicheDraft;
use super::ids::{EnrolmentId, FicheId, RcpId, SessionId};
use super::offer::Offer;

/// What becomes of the cases of a session that is cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseDisposal {
    /// They move to another upcoming session of the same RCP.
    MoveTo(SessionId),
    /// They are returned to their requesters, and wait for a session.
    ReturnToRequesters,
}

/// A command. In JSON, `{"type": "open_session", "session": "…"}`.
///
/// Wall-clock times (`start`) are those of Paris.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    remote = "Self",
    rename = "dcc::Tagged",
    rename_all = "snake_case",
    deny_unknown_fields
)]
#[allow(missing_docs)] // the variants name what their fields are
#[allow(clippy::large_enum_variant)] // an offer is rare, a command is short-lived
#[non_exhaustive]
pub enum Command {
    /// *Créer une offre RCP*.
    CreateOffer { offer: Offer },
    /// *Modifier une offre*: sessions already planned do not change.
    UpdateOffer { offer: Offer },
    /// *Fermer une offre*: no session may be upcoming or running.
    CloseOffer { rcp: RcpId, reason: String },
    /// *Planifier d'après la récurrence*, from `from` to `to` included. Dates
    /// already planned, even cancelled since, are left alone.
    PlanSessions {
        rcp: RcpId,
        from: NaiveDate,
        to: NaiveDate,
    },
    /// *Planifier une session à la main*. Duration, capacity and establishment
    /// are those of the offer unless given.
    PlanSession {
        id: SessionId,
        rcp: RcpId,
        start: NaiveDateTime,
        #[serde(default)]
        duration_minutes: Option<u32>,
        #[serde(default)]
        capacity: Option<u32>,
        #[serde(default)]
        establishment: Option<String>,
    },
    /// *Changer la date d'une session*.
    RescheduleSession {
        session: SessionId,
        start: NaiveDateTime,
        reason: String,
    },
    /// *Ouvrir (ou rouvrir) aux inscriptions*.
    OpenSession { session: SessionId },
    /// *Clore les inscriptions*.
    CloseSession { session: SessionId },
    /// *Démarrer la session*: the quorum is judged.
    StartSession { session: SessionId },
    /// *Terminer la session*: it is held.
    HoldSession { session: SessionId },
    /// *Annuler la session*.
    CancelSession {
        session: SessionId,
        reason: String,
        cases: CaseDisposal,
    },
    /// *Enregistrer une présence*, on the day of the session.
    RecordAttendance {
        session: SessionId,
        attendee: Attendee,
    },
    /// *Enregistrer un départ* before the end.
    RecordDeparture {
        session: SessionId,
        professional: String,
    },
    /// *Inscrire un dossier*.
    EnrolCase { request: EnrolmentRequest },
    /// *Demander une pièce*.
    RequestDocument {
        enrolment: EnrolmentId,
        code: String,
        label: String,
    },
    /// *Recevoir une pièce*.
    ReceiveDocument {
        enrolment: EnrolmentId,
        code: String,
    },
    /// *Ordonner l'ordre du jour*: all its cases, in the order wished.
    OrderAgenda {
        session: SessionId,
        order: Vec<EnrolmentId>,
    },
    /// *Reporter un dossier*, to another session or until one is chosen.
    PostponeCase {
        enrolment: EnrolmentId,
        #[serde(default)]
        to: Option<SessionId>,
        reason: String,
    },
    /// *Placer un dossier en attente* on the agenda of a session.
    PlaceCase {
        enrolment: EnrolmentId,
        session: SessionId,
    },
    /// *Retirer un dossier*.
    WithdrawCase {
        enrolment: EnrolmentId,
        reason: String,
    },
    /// *Orienter vers une RCP de recours*: a new case is born there, enrolled
    /// to `session` or waiting for one.
    ReferCase {
        enrolment: EnrolmentId,
        rcp: RcpId,
        new_enrolment: EnrolmentId,
        #[serde(default)]
        session: Option<SessionId>,
        reason: String,
    },
    /// *Discuter un dossier*: the quorum is judged.
    DiscussCase { enrolment: EnrolmentId },
    /// *Rédiger une fiche*.
    DraftFiche {
        fiche: FicheId,
        enrolment: EnrolmentId,
        draft: FicheDraft,
    },
    /// *Modifier une fiche* not yet validated; it is a draft again.
    EditFiche { fiche: FicheId, draft: FicheDraft },
    /// *Déclarer une fiche complète*.
    CompleteFiche { fiche: FicheId },
    /// *Valider une fiche*, by the physician in charge.
    ValidateFiche { fiche: FicheId },
    /// *Envoyer une fiche* validated.
    SendFiche { fiche: FicheId, recipient: String },
    /// *Remplacer une fiche validée* by a new version, to be validated in turn.
    ReplaceFiche {
        fiche: FicheId,
        draft: FicheDraft,
        reason: String,
    },
}

dcc_json::internally_tagged!(Command);

impl Command {
    /// The name of the variant, as the `type` of its JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Command::CreateOffer { .. } => "create_offer",
            Command::UpdateOffer { .. } => "update_offer",
            Command::CloseOffer { .. } => "close_offer",
            Command::PlanSessions { .. } => "plan_sessions",
            Command::PlanSession { .. } => "plan_session",
            Command::RescheduleSession { .. } => "reschedule_session",
            Command::OpenSession { .. } => "open_session",
            Command::CloseSession { .. } => "close_session",
            Command::StartSession { .. } => "start_session",
            Command::HoldSession { .. } => "hold_session",
            Command::CancelSession { .. } => "cancel_session",
            Command::RecordAttendance { .. } => "record_attendance",
            Command::RecordDeparture { .. } => "record_departure",
            Command::EnrolCase { .. } => "enrol_case",
            Command::RequestDocument { .. } => "request_document",
            Command::ReceiveDocument { .. } => "receive_document",
            Command::OrderAgenda { .. } => "order_agenda",
            Command::PostponeCase { .. } => "postpone_case",
            Command::PlaceCase { .. } => "place_case",
            Command::WithdrawCase { .. } => "withdraw_case",
            Command::ReferCase { .. } => "refer_case",
            Command::DiscussCase { .. } => "discuss_case",
            Command::DraftFiche { .. } => "draft_fiche",
            Command::EditFiche { .. } => "edit_fiche",
            Command::CompleteFiche { .. } => "complete_fiche",
            Command::ValidateFiche { .. } => "validate_fiche",
            Command::SendFiche { .. } => "send_fiche",
            Command::ReplaceFiche { .. } => "replace_fiche",
        }
    }
}
