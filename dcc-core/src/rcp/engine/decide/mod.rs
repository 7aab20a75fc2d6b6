//! Command + actor + instant → events, or all the problems found.

mod case; // enrolment, documents, moves, discussion
mod fiche; // drafting, validation, sending, replacement
mod offer; // offers and the planning of sessions
mod session; // running of sessions and attendance

use chrono::{DateTime, Utc};

use super::actor::Actor;
use super::command::Command;
use super::enrolment::{Enrolment, EnrolmentStatus};
use super::event::{Event, Payload, VERSION};
use super::fiche::{Fiche, FicheStatus, FicheVersion};
use super::ids::{EnrolmentId, FicheId, RcpId, SessionId, is_valid_id};
use super::offer::Offer;
use super::rights::{self, Action};
use super::session::{Session, SessionStatus};
use super::state::State;
use crate::calendar::paris::french_date_time;
use crate::problem::{Problem, Problems, Rule};
use crate::rcp::rules;

/// The decision on one command, while it is taken.
struct Decision<'a> {
    state: &'a State,
    actor: &'a Actor,
    at: DateTime<Utc>,
    problems: Problems,
    payloads: Vec<Payload>,
}

/// Decides one command: the events to store, or all that is wrong with it.
///
/// Nothing is changed: [`State::apply`] does that, or [`State::execute`] in
/// one go. No event at all (`PlanSessions` over a period already planned) is
/// a success.
///
/// # Errors
/// All the problems: rights, authentication, instant, states (a refusal lists
/// which states allow the command), unknown or taken identifiers, values.
/// Paths are JSON pointers in the command.
pub fn decide(
    state: &State,
    command: &Command,
    actor: &Actor,
    at: DateTime<Utc>,
) -> Result<Vec<Event>, Problems> {
    let mut decision = Decision {
        state,
        actor,
        at,
        problems: Problems::new(),
        payloads: Vec::new(),
    };
    if let Some(last) = state.last_instant().filter(|last| at < *last) {
        decision.push(
            Problem::new(&rules::INSTANT, "")
                .found(french_date_time(at))
                .allowed([format!("{} ou après", french_date_time(last))]),
        );
    }
    decision.look_at(command);
    let before = state.sequence();
    if before.checked_add(decision.payloads.len() as u64).is_none() {
        decision.push(Problem::new(&rules::EVENT_ORDER, "").found(before));
    }
    if !decision.problems.is_empty() {
        return Err(decision.problems);
    }
    Ok((1..)
        .zip(decision.payloads)
        .map(|(i, payload)| Event {
            version: VERSION,
            sequence: before + i,
            at,
            by: actor.stamp(),
            payload,
        })
        .collect())
}

impl<'a> Decision<'a> {
    fn look_at(&mut self, command: &Command) {
        match command {
            Command::CreateOffer { .. }
            | Command::UpdateOffer { .. }
            | Command::CloseOffer { .. }
            | Command::PlanSessions { .. }
            | Command::PlanSession { .. } => self.offer_command(command),
            Command::RescheduleSession { .. }
            | Command::OpenSession { .. }
            | Command::CloseSession { .. }
            | Command::StartSession { .. }
            | Command::HoldSession { .. }
            | Command::CancelSession { .. }
            | Command::RecordAttendance { .. }
            | Command::RecordDeparture { .. }
            | Command::OrderAgenda { .. } => self.session_command(command),
            Command::EnrolCase { .. }
            | Command::RequestDocument { .. }
            | Command::ReceiveDocument { .. }
            | Command::PostponeCase { .. }
            | Command::PlaceCase { .. }
            | Command::WithdrawCase { .. }
            | Command::ReferCase { .. }
            | Command::DiscussCase { .. } => self.case_command(command),
            Command::DraftFiche { .. }
            | Command::EditFiche { .. }
            | Command::CompleteFiche { .. }
            | Command::ValidateFiche { .. }
            | Command::SendFiche { .. }
            | Command::ReplaceFiche { .. } => self.fiche_command(command),
        }
    }

    fn push(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn right(&mut self, action: Action, rcp: &RcpId, owners: &[&str]) {
        self.problems
            .extend(rights::check(self.actor, action, rcp, owners));
    }

    /// A text that may not be blank.
    fn text(&mut self, value: &str, path: &str) {
        if value.trim().is_empty() {
            self.push(Problem::new(&rules::TEXT, path));
        }
    }

    /// An identifier or key given by the caller.
    fn key(&mut self, value: &str, path: &str) {
        if !is_valid_id(value) {
            self.push(Problem::new(&rules::ID, path).found(value));
        }
    }

    /// A new identifier.
    fn new_id(&mut self, value: &str, taken: bool, path: &str) {
        self.key(value, path);
        if taken {
            self.push(Problem::new(&rules::ID_TAKEN, path).found(value));
        }
    }

    fn offer(&mut self, id: &RcpId, path: &str) -> Option<&'a Offer> {
        let state = self.state;
        self.known(state.offer(id), &rules::UNKNOWN_OFFER, id.as_str(), path)
    }

    fn session(&mut self, id: &SessionId, path: &str) -> Option<&'a Session> {
        let state = self.state;
        self.known(
            state.session(id),
            &rules::UNKNOWN_SESSION,
            id.as_str(),
            path,
        )
    }

    fn case(&mut self, id: &EnrolmentId) -> Option<&'a Enrolment> {
        let state = self.state;
        self.known(
            state.enrolment(id),
            &rules::UNKNOWN_CASE,
            id.as_str(),
            "/enrolment",
        )
    }

    /// A fiche, its last version and its case.
    fn fiche(&mut self, id: &FicheId) -> Option<(&'a Fiche, &'a FicheVersion, &'a Enrolment)> {
        let state = self.state;
        let found = state
            .fiche(id)
            .and_then(|fiche| Some((fiche, fiche.latest()?, state.enrolment(&fiche.enrolment)?)));
        self.known(found, &rules::UNKNOWN_FICHE, id.as_str(), "/fiche")
    }

    fn known<T>(
        &mut self,
        found: Option<T>,
        rule: &'static Rule,
        id: &str,
        path: &str,
    ) -> Option<T> {
        if found.is_none() {
            self.push(Problem::new(rule, path).found(id));
        }
        found
    }

    fn session_in(&mut self, session: &Session, allowed: &[SessionStatus], path: &str) {
        let status = session.status;
        if !allowed.contains(&status) {
            self.push(
                Problem::new(&rules::SESSION_STATE, path)
                    .message(format!(
                        "La session est {}, ce qui ne permet pas cette action",
                        status.label()
                    ))
                    .found(status.label())
                    .allowed(allowed.iter().map(|s| s.label())),
            );
        }
    }

    fn case_in(&mut self, case: &Enrolment, allowed: &[EnrolmentStatus], path: &str) {
        let status = case.status;
        if !allowed.contains(&status) {
            self.push(
                Problem::new(&rules::CASE_STATE, path)
                    .message(format!(
                        "Le dossier est {}, ce qui ne permet pas cette action",
                        status.label()
                    ))
                    .found(status.label())
                    .allowed(allowed.iter().map(|s| s.label())),
            );
        }
    }

    fn fiche_in(&mut self, status: FicheStatus, allowed: &[FicheStatus]) {
        if !allowed.contains(&status) {
            self.push(
                Problem::new(&rules::FICHE_STATE, "/fiche")
                    .message(format!(
                        "La dernière version de la fiche est à l'état « {} », ce qui ne permet \
                         pas cette action",
                        status.label()
                    ))
                    .found(status.label())
                    .allowed(allowed.iter().map(|s| s.label())),
            );
        }
    }

    /// The offer, when it is known and not closed.
    fn live_offer(&mut self, id: &RcpId, path: &str) -> Option<&'a Offer> {
        let offer = self.offer(id, path)?;
        if let Some(closing) = self.state.closing(id) {
            self.push(
                Problem::new(&rules::OFFER_STATE, path)
                    .message("L'offre est fermée, ce qui ne permet pas cette action")
                    .found(format!("fermée le {}", french_date_time(closing.at)))
                    .allowed(["ouverte"]),
            );
        }
        Some(offer)
    }
}
