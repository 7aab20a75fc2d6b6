//! Journal of the actions (*journal des actions*): one line of French per
//! event, dated in Paris, for whoever must show later what was done, by whom
//! and with which proof of identity.
//!
//! ```text
//! 000042 03/03/2026 14:05:10 Dr TEST (carte CPS) : session démarrée, RCP
//! « Digestif » du 03/03/2026 à 14:00 ; quorum atteint, 4 médecins, 3 spécialités
//! ```
//! (on one line). Patients are named by their opaque key.

use std::fmt::Write;

use crate::calendar::paris::{french_date_time, paris};
use crate::problem::Problems;
use crate::quorum::QuorumJudgement;
use crate::rcp::engine::{
    EnrolmentId, Event, FicheId, Payload, RcpId, SessionId, SessionOrigin, State,
};

/// The lines of a whole log, in order.
///
/// # Errors
/// The first event that does not fit, as for [`State::replay`].
pub fn lines<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Vec<String>, Problems> {
    let mut state = State::new();
    let mut lines = Vec::new();
    for (i, event) in events.into_iter().enumerate() {
        state.apply_nth(i, event)?;
        lines.push(line(event, &state));
    }
    Ok(lines)
}

/// The line of one event. `state` names the RCPs, sessions and patients: the
/// state just after the event, or any later one. What it does not know is
/// named by its identifier.
pub fn line(event: &Event, state: &State) -> String {
    let Event {
        sequence,
        at,
        by,
        payload,
        ..
    } = event;
    let mut line = format!("{sequence:06} {} ", french_date_time(*at));
    let _ = write!(line, "{} ({}", by.name, by.authentication.label());
    if let Some(proof) = &by.proof {
        let _ = write!(line, ", {proof}");
    }
    let _ = write!(line, ") : {}", Names(state).describe(payload));
    // One event, one line, whatever the texts hold.
    line.chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

struct Names<'a>(&'a State);

impl Names<'_> {
    fn rcp(&self, id: &RcpId) -> String {
        match self.0.offer(id) {
            Some(offer) => format!("RCP « {} »", offer.name),
            None => format!("RCP {id}"),
        }
    }

    fn session(&self, id: &SessionId) -> String {
        match self.0.session(id) {
            Some(session) => format!(
                "{} du {}",
                self.rcp(&session.plan.rcp),
                paris(session.plan.start).format("%d/%m/%Y à %H:%M")
            ),
            None => format!("session {id}"),
        }
    }

    fn case(&self, id: &EnrolmentId) -> String {
        match self.0.enrolment(id) {
            Some(case) => format!("dossier {id} (patient {})", case.patient),
            None => format!("dossier {id}"),
        }
    }

    fn fiche(&self, id: &FicheId, version: u32) -> String {
        let case = self
            .0
            .fiche(id)
            .and_then(|f| self.0.enrolment(&f.enrolment));
        match case {
            Some(case) => format!("fiche {id} version {version} (patient {})", case.patient),
            None => format!("fiche {id} version {version}"),
        }
    }

    fn professional(&self, session: &SessionId, key: &str) -> String {
        let attendance = self.0.session(session).and_then(|s| s.attendances.get(key));
        attendance.map_or_else(|| key.to_owned(), |a| a.attendee.name.clone())
    }

    fn latest(&self, id: &FicheId) -> u32 {
        self.0
            .fiche(id)
            .and_then(|f| f.latest())
            .map_or(1, |v| v.number)
    }

    fn describe(&self, payload: &Payload) -> String {
        match payload {
            Payload::OfferCreated { offer } => {
                format!("offre créée, RCP « {} » ({})", offer.name, offer.id)
            }
            Payload::OfferUpdated { offer } => {
                format!("offre modifiée, RCP « {} » ({})", offer.name, offer.id)
            }
            Payload::OfferClosed { rcp, reason } => {
                format!("offre fermée, {} ; motif : {reason}", self.rcp(rcp))
            }
            Payload::SessionPlanned { plan } => {
                let start = paris(plan.start).format("%d/%m/%Y à %H:%M");
                let how = match plan.origin {
                    SessionOrigin::Manual => "à la main".to_owned(),
                    SessionOrigin::Recurrence { moved_from: None } => {
                        "d'après la récurrence".to_owned()
                    }
                    SessionOrigin::Recurrence {
                        moved_from: Some(date),
                    } => format!(
                        "d'après la récurrence, déplacée du {} (jour férié)",
                        date.format("%d/%m/%Y")
                    ),
                };
                format!(
                    "session planifiée {how}, {} du {start}",
                    self.rcp(&plan.rcp)
                )
            }
            Payload::SessionRescheduled {
                session,
                start,
                reason,
                ..
            } => {
                let start = paris(*start).format("%d/%m/%Y à %H:%M");
                let rcp = self.0.session(session).map(|s| self.rcp(&s.plan.rcp));
                let name = rcp.unwrap_or_else(|| format!("session {session}"));
                format!("date de session changée pour le {start}, {name} ; motif : {reason}")
            }
            Payload::SessionOpened { session } => {
                format!("inscriptions ouvertes, {}", self.session(session))
            }
            Payload::SessionClosed { session } => {
                format!("inscriptions closes, {}", self.session(session))
            }
            Payload::SessionStarted { session, quorum } => {
                format!(
                    "session démarrée, {} ; {}",
                    self.session(session),
                    quorum_text(quorum)
                )
            }
            Payload::SessionHeld { session } => {
                format!("session terminée, {}", self.session(session))
            }
            Payload::SessionCancelled { session, reason } => {
                format!(
                    "session annulée, {} ; motif : {reason}",
                    self.session(session)
                )
            }
            Payload::AttendanceRecorded { session, attendee } => {
                let specialty = attendee.specialty.as_deref().unwrap_or("sans spécialité");
                format!(
                    "présence de {} ({specialty}) {}, {}",
                    attendee.name,
                    attendee.mode.label(),
                    self.session(session)
                )
            }
            Payload::DepartureRecorded {
                session,
                professional,
            } => format!(
                "départ de {}, {}",
                self.professional(session, professional),
                self.session(session)
            ),
            Payload::AgendaOrdered { session, order } => format!(
                "ordre du jour fixé ({} dossiers), {}",
                order.len(),
                self.session(session)
            ),
            _ => self.describe_case(payload),
        }
    }

    fn describe_case(&self, payload: &Payload) -> String {
        match payload {
            Payload::CaseEnrolled { request, late } => {
                let late = if *late { " hors délai" } else { "" };
                format!(
                    "dossier {} (patient {}) inscrit{late} (urgence : {}), {} ; question : {}",
                    request.id,
                    request.patient,
                    request.urgency.label(),
                    self.session(&request.session),
                    request.question
                )
            }
            Payload::DocumentRequested {
                enrolment, label, ..
            } => {
                format!("pièce demandée « {label} », {}", self.case(enrolment))
            }
            Payload::DocumentReceived { enrolment, code } => {
                let label = self
                    .0
                    .enrolment(enrolment)
                    .and_then(|c| c.documents.get(code));
                let label = label.map_or(code.as_str(), |document| &document.label);
                format!("pièce reçue « {label} », {}", self.case(enrolment))
            }
            Payload::CasePostponed {
                enrolment,
                to,
                reason,
            } => {
                let to = match to {
                    Some(to) => format!("reporté à la session {}", self.session(to)),
                    None => "rendu au demandeur, en attente d'une session".to_owned(),
                };
                format!("{} {to} ; motif : {reason}", self.case(enrolment))
            }
            Payload::CasePlaced { enrolment, session } => {
                format!("{} placé, {}", self.case(enrolment), self.session(session))
            }
            Payload::CaseWithdrawn { enrolment, reason } => {
                format!("{} retiré ; motif : {reason}", self.case(enrolment))
            }
            Payload::CaseReferred {
                enrolment,
                rcp,
                new_enrolment,
                session,
                reason,
            } => {
                let to = match session {
                    Some(session) => self.session(session),
                    None => format!("{}, en attente d'une session", self.rcp(rcp)),
                };
                format!(
                    "{} orienté vers une RCP de recours, {to}, dossier {new_enrolment} ; \
                     motif : {reason}",
                    self.case(enrolment)
                )
            }
            Payload::CaseDiscussed {
                enrolment,
                quorum,
                missing_documents,
            } => {
                let missing = match missing_documents.len() {
                    0 => String::new(),
                    _ => format!(" ; pièces manquantes : {}", missing_documents.join(", ")),
                };
                let case = self.case(enrolment);
                format!("{case} discuté ; {}{missing}", quorum_text(quorum))
            }
            Payload::FicheDrafted { fiche, .. } => format!("{} rédigée", self.fiche(fiche, 1)),
            Payload::FicheEdited { fiche, .. } => {
                format!("{} modifiée", self.fiche(fiche, self.latest(fiche)))
            }
            Payload::FicheCompleted { fiche, version } => {
                format!("{} déclarée complète", self.fiche(fiche, *version))
            }
            Payload::FicheValidated { fiche, version } => {
                format!("{} validée", self.fiche(fiche, *version))
            }
            Payload::FicheSent {
                fiche,
                version,
                recipient,
            } => {
                format!(
                    "{} envoyée, destinataire : {recipient}",
                    self.fiche(fiche, *version)
                )
            }
            Payload::FicheReplaced {
                fiche,
                version,
                reason,
                ..
            } => format!(
                "{} rédigée pour remplacer la version {} ; motif : {reason}",
                self.fiche(fiche, *version),
                version.saturating_sub(1)
            ),
            // Those of sessions are described above.
            _ => String::new(),
        }
    }
}

fn quorum_text(quorum: &QuorumJudgement) -> String {
    if quorum.reached {
        format!(
            "quorum atteint, {} médecins, {} spécialités",
            quorum.physicians,
            quorum.specialties.len()
        )
    } else {
        format!("sans quorum ({})", quorum.missing.join(" ; "))
    }
}
