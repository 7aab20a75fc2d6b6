//! State of the RCPs of a 3C: the fold of its events.

mod case; // what events change in cases
mod fiche; // what events change in fiches
mod offer; // what events change in offers
mod session; // what events change in sessions

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::command::Command;
use super::enrolment::Enrolment;
use super::event::{Event, Fact, VERSION};
use super::fiche::Fiche;
use super::ids::{EnrolmentId, FicheId, RcpId, SessionId};
use super::offer::Offer;
use super::rules;
use super::session::{Cancellation, Session};
use crate::problem::{Problem, Problems};

pub(crate) use session::is_permutation;

/// State of the RCPs, sessions, cases and fiches.
///
/// A look-up or an event costs `O(log n)` (and the length of one agenda):
/// nothing is copied but what the event touches. It is itself a serde value,
/// so that a host can store it and replay only the events that follow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    offers: BTreeMap<RcpId, Offer>,
    closed: BTreeMap<RcpId, Cancellation>,
    sessions: BTreeMap<SessionId, Session>,
    /// Sessions not cancelled, by RCP and start.
    calendar: BTreeMap<RcpId, BTreeMap<DateTime<Utc>, SessionId>>,
    enrolments: BTreeMap<EnrolmentId, Enrolment>,
    fiches: BTreeMap<FicheId, Fiche>,
    sequence: u64,
    last: Option<DateTime<Utc>>,
}

fn misfit(path: &str) -> Problem {
    Problem::new(&rules::EVENT_STATE, path)
}

/// `Ok` when `status` is among `allowed`.
fn legal<T: PartialEq>(status: &T, allowed: &[T], path: &str) -> Result<(), Problem> {
    if allowed.contains(status) {
        Ok(())
    } else {
        Err(misfit(path))
    }
}

impl State {
    /// No event yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The state that events give, in order.
    ///
    /// # Errors
    /// The first event that does not fit, with its place (`/12/fact`).
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Self, Problems> {
        let mut state = State::new();
        for (i, event) in events.into_iter().enumerate() {
            state.apply(event).map_err(|mut problem| {
                problem.path = format!("/{i}{}", problem.path);
                Problems::from(problem)
            })?;
        }
        Ok(state)
    }

    /// Decides a command and applies its events, which the host stores.
    ///
    /// # Errors
    /// All the problems of the command; the state is then unchanged.
    pub fn execute(
        &mut self,
        command: &Command,
        actor: &Actor,
        at: DateTime<Utc>,
    ) -> Result<Vec<Event>, Problems> {
        let events = super::decide::decide(self, command, actor, at)?;
        for event in &events {
            self.apply(event)?;
        }
        Ok(events)
    }

    /// Offers, by identifier; closed ones included.
    pub fn offers(&self) -> impl Iterator<Item = &Offer> {
        self.offers.values()
    }

    /// One offer.
    pub fn offer(&self, id: &RcpId) -> Option<&Offer> {
        self.offers.get(id)
    }

    /// When and why an offer was closed, if it was.
    pub fn closing(&self, id: &RcpId) -> Option<&Cancellation> {
        self.closed.get(id)
    }

    /// Sessions, by identifier.
    pub fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    /// One session.
    pub fn session(&self, id: &SessionId) -> Option<&Session> {
        self.sessions.get(id)
    }

    /// Sessions of an RCP that are not cancelled, by start.
    pub fn calendar(&self, rcp: &RcpId) -> impl Iterator<Item = &Session> {
        self.calendar
            .get(rcp)
            .into_iter()
            .flatten()
            .filter_map(|(_, id)| self.sessions.get(id))
    }

    /// The session of an RCP, not cancelled, that starts at this instant.
    pub fn session_at(&self, rcp: &RcpId, start: DateTime<Utc>) -> Option<&Session> {
        self.sessions.get(self.calendar.get(rcp)?.get(&start)?)
    }

    /// Cases, by identifier.
    pub fn enrolments(&self) -> impl Iterator<Item = &Enrolment> {
        self.enrolments.values()
    }

    /// One case.
    pub fn enrolment(&self, id: &EnrolmentId) -> Option<&Enrolment> {
        self.enrolments.get(id)
    }

    /// Fiches, by identifier.
    pub fn fiches(&self) -> impl Iterator<Item = &Fiche> {
        self.fiches.values()
    }

    /// One fiche.
    pub fn fiche(&self, id: &FicheId) -> Option<&Fiche> {
        self.fiches.get(id)
    }

    /// The case of a fiche, and the session on whose agenda it is, if any.
    pub fn context_of(&self, fiche: &Fiche) -> Option<(&Enrolment, Option<&Session>)> {
        let enrolment = self.enrolments.get(&fiche.enrolment)?;
        Some((
            enrolment,
            enrolment
                .session
                .as_ref()
                .and_then(|id| self.sessions.get(id)),
        ))
    }

    /// Number of events applied: the sequence of the last.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Instant of the last event.
    pub fn last_instant(&self) -> Option<DateTime<Utc>> {
        self.last
    }

    /// Applies one event.
    ///
    /// # Errors
    /// An event of an unknown version, out of order, or that does not fit the
    /// state (not written by this library, or not on this log); the state is
    /// then unchanged.
    pub fn apply(&mut self, event: &Event) -> Result<(), Problem> {
        if event.version != VERSION {
            return Err(Problem::new(&rules::EVENT_VERSION, "/version")
                .found(event.version)
                .allowed([VERSION]));
        }
        let next = self.sequence + 1;
        if event.sequence != next {
            return Err(Problem::new(&rules::EVENT_ORDER, "/sequence")
                .found(event.sequence)
                .allowed([next]));
        }
        if self.last.is_some_and(|last| event.at < last) {
            return Err(Problem::new(&rules::INSTANT, "/at").found(event.at.to_rfc3339()));
        }
        self.change(event)?;
        self.sequence = next;
        self.last = Some(event.at);
        Ok(())
    }

    fn change(&mut self, event: &Event) -> Result<(), Problem> {
        match &event.fact {
            Fact::OfferCreated { .. } | Fact::OfferUpdated { .. } | Fact::OfferClosed { .. } => {
                self.change_offer(event)
            }
            Fact::SessionPlanned { plan } => self.plan(plan, event.at),
            Fact::SessionRescheduled { .. }
            | Fact::SessionOpened { .. }
            | Fact::SessionClosed { .. }
            | Fact::SessionStarted { .. }
            | Fact::SessionHeld { .. }
            | Fact::SessionCancelled { .. }
            | Fact::AttendanceRecorded { .. }
            | Fact::DepartureRecorded { .. }
            | Fact::AgendaOrdered { .. } => self.change_session(event),
            Fact::CaseEnrolled { request, late } => self.enrol(request, *late),
            Fact::DocumentRequested { .. }
            | Fact::DocumentReceived { .. }
            | Fact::CasePostponed { .. }
            | Fact::CasePlaced { .. }
            | Fact::CaseWithdrawn { .. }
            | Fact::CaseReferred { .. }
            | Fact::CaseDiscussed { .. } => self.change_case(event),
            Fact::FicheDrafted { .. }
            | Fact::FicheEdited { .. }
            | Fact::FicheCompleted { .. }
            | Fact::FicheValidated { .. }
            | Fact::FicheSent { .. }
            | Fact::FicheReplaced { .. } => self.change_fiche(event),
        }
    }
}
