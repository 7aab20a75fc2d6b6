//! State of the RCPs of a 3C: the fold of its events.

mod case; // what events change in cases
mod fiche; // what events change in fiches
mod offer; // what events change in offers
mod session; // what events change in sessions

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::enrolment::Enrolment;
use super::event::{Event, Payload, VERSION};
use super::fiche::Fiche;
use super::ids::{EnrolmentId, FicheId, RcpId, SessionId};
use super::offer::Offer;
use super::session::{Cancellation, Session};
use crate::problem::{Problem, Problems};
use crate::rcp::rules;

pub(crate) use session::is_permutation;

/// State of the RCPs, sessions, cases and fiches.
///
/// A look-up or an event costs `O(log n)` (and the length of one agenda):
/// nothing is copied but what the event touches. It is itself a serde value,
/// so that a host can store it and replay only the events that follow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    #[serde(default)]
    version: SnapshotVersion,
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

/// Version of the form of a state as a serde value: another one is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct SnapshotVersion;

impl SnapshotVersion {
    const NUMBER: u16 = 1;
}

impl Serialize for SnapshotVersion {
    fn serialize<S: Serializer>(&self, sink: S) -> Result<S::Ok, S::Error> {
        Self::NUMBER.serialize(sink)
    }
}

impl<'de> Deserialize<'de> for SnapshotVersion {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        match u16::deserialize(source)? {
            Self::NUMBER => Ok(SnapshotVersion),
            other => Err(D::Error::custom(format!(
                "la version {other} d'un état n'est pas connue (attendu : {})",
                Self::NUMBER
            ))),
        }
    }
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
            state.apply_nth(i, event)?;
        }
        Ok(state)
    }

    /// Offers, by identifier; closed ones included.
    pub fn offers(&self) -> impl Iterator<Item = &Offer> {
        self.offers.values()
    }

    /// One offer.
    pub fn offer(&self, id: impl AsRef<str>) -> Option<&Offer> {
        self.offers.get(id.as_ref())
    }

    /// When and why an offer was closed, if it was.
    pub fn closing(&self, id: impl AsRef<str>) -> Option<&Cancellation> {
        self.closed.get(id.as_ref())
    }

    /// Sessions, by identifier.
    pub fn sessions(&self) -> impl Iterator<Item = &Session> {
        self.sessions.values()
    }

    /// One session.
    pub fn session(&self, id: impl AsRef<str>) -> Option<&Session> {
        self.sessions.get(id.as_ref())
    }

    /// Sessions of an RCP that are not cancelled, by start.
    pub fn calendar(&self, rcp: impl AsRef<str>) -> impl Iterator<Item = &Session> {
        self.calendar
            .get(rcp.as_ref())
            .into_iter()
            .flatten()
            .filter_map(|(_, id)| self.sessions.get(id))
    }

    /// The session of an RCP, not cancelled, that starts at this instant.
    pub fn session_at(&self, rcp: impl AsRef<str>, start: DateTime<Utc>) -> Option<&Session> {
        self.sessions
            .get(self.calendar.get(rcp.as_ref())?.get(&start)?)
    }

    /// Cases, by identifier.
    pub fn enrolments(&self) -> impl Iterator<Item = &Enrolment> {
        self.enrolments.values()
    }

    /// One case.
    pub fn enrolment(&self, id: impl AsRef<str>) -> Option<&Enrolment> {
        self.enrolments.get(id.as_ref())
    }

    /// Fiches, by identifier.
    pub fn fiches(&self) -> impl Iterator<Item = &Fiche> {
        self.fiches.values()
    }

    /// One fiche.
    pub fn fiche(&self, id: impl AsRef<str>) -> Option<&Fiche> {
        self.fiches.get(id.as_ref())
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

    /// An order for the agenda of a session: discussed cases stay first, then
    /// urgent ones, complete before incomplete, otherwise as they stand. Empty
    /// when the session is unknown.
    pub fn suggested_agenda(&self, session: impl AsRef<str>) -> Vec<EnrolmentId> {
        let mut order: Vec<EnrolmentId> = self
            .session(session)
            .map(|s| s.agenda.clone())
            .unwrap_or_default();
        order.sort_by_key(|id| {
            self.enrolment(id)
                .map(|e| (e.discussion.is_none(), e.urgency, !e.is_complete()))
        });
        order
    }

    /// Applies one event.
    ///
    /// # Errors
    /// An event of an unknown version, out of order, or that does not fit the
    /// state (not written by this library, or not on this log); the state is
    /// then unchanged.
    pub fn apply(&mut self, event: &Event) -> Result<(), Problems> {
        Ok(self.try_apply(event)?)
    }

    /// As [`State::apply`], for the event at that place of a list.
    pub(crate) fn apply_nth(&mut self, place: usize, event: &Event) -> Result<(), Problems> {
        self.try_apply(event).map_err(|mut problem| {
            problem.path = format!("/{place}{}", problem.path);
            problem.into()
        })
    }

    fn try_apply(&mut self, event: &Event) -> Result<(), Problem> {
        if event.version != VERSION {
            return Err(Problem::new(&rules::EVENT_VERSION, "/version")
                .found(event.version)
                .allowed([VERSION]));
        }
        let next = self.sequence.checked_add(1);
        if next != Some(event.sequence) {
            return Err(Problem::new(&rules::EVENT_ORDER, "/sequence")
                .found(event.sequence)
                .allowed(next));
        }
        if self.last.is_some_and(|last| event.at < last) {
            return Err(Problem::new(&rules::INSTANT, "/at").found(event.at.to_rfc3339()));
        }
        self.change(event)?;
        self.sequence = event.sequence;
        self.last = Some(event.at);
        Ok(())
    }

    fn change(&mut self, event: &Event) -> Result<(), Problem> {
        match &event.payload {
            Payload::OfferCreated { .. }
            | Payload::OfferUpdated { .. }
            | Payload::OfferClosed { .. } => self.change_offer(event),
            Payload::SessionPlanned { plan } => self.plan(plan, event.at),
            Payload::SessionRescheduled { .. }
            | Payload::SessionOpened { .. }
            | Payload::SessionClosed { .. }
            | Payload::SessionStarted { .. }
            | Payload::SessionHeld { .. }
            | Payload::SessionCancelled { .. }
            | Payload::AttendanceRecorded { .. }
            | Payload::DepartureRecorded { .. }
            | Payload::AgendaOrdered { .. } => self.change_session(event),
            Payload::CaseEnrolled { request, late } => self.enrol(request, *late),
            Payload::DocumentRequested { .. }
            | Payload::DocumentReceived { .. }
            | Payload::CasePostponed { .. }
            | Payload::CasePlaced { .. }
            | Payload::CaseWithdrawn { .. }
            | Payload::CaseReferred { .. }
            | Payload::CaseDiscussed { .. } => self.change_case(event),
            Payload::FicheDrafted { .. }
            | Payload::FicheEdited { .. }
            | Payload::FicheCompleted { .. }
            | Payload::FicheValidated { .. }
            | Payload::FicheSent { .. }
            | Payload::FicheReplaced { .. } => self.change_fiche(event),
        }
    }
}
