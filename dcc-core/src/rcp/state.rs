//! State of the RCPs of a 3C: the fold of its events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::attendance::Attendance;
use super::command::Command;
use super::enrolment::{self, Discussion, Enrolment, EnrolmentRequest, EnrolmentStatus, Referral};
use super::event::{Event, Fact, VERSION};
use super::fiche::{self, Fiche, FicheDraft, FicheStatus, FicheVersion, Sending};
use super::ids::{EnrolmentId, FicheId, RcpId, SessionId};
use super::offer::Offer;
use super::rules;
use super::session::{self, Cancellation, Session, SessionPlan, SessionStatus};
use crate::problem::{Problem, Problems};

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
        let events = super::decide(self, command, actor, at)?;
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

    fn change_offer(&mut self, event: &Event) -> Result<(), Problem> {
        match &event.fact {
            Fact::OfferCreated { offer } => {
                if self.offers.contains_key(&offer.id) {
                    return Err(misfit("/fact/offer/id"));
                }
                self.offers.insert(offer.id.clone(), offer.clone());
            }
            Fact::OfferUpdated { offer } => {
                let known = self
                    .offers
                    .get_mut(&offer.id)
                    .ok_or_else(|| misfit("/fact/offer/id"))?;
                known.clone_from(offer);
            }
            Fact::OfferClosed { rcp, reason } => {
                if !self.offers.contains_key(rcp) || self.closed.contains_key(rcp) {
                    return Err(misfit("/fact/rcp"));
                }
                let closing = Cancellation {
                    at: event.at,
                    reason: reason.clone(),
                };
                self.closed.insert(rcp.clone(), closing);
            }
            _ => return Err(misfit("/fact")),
        }
        Ok(())
    }

    fn plan(&mut self, plan: &SessionPlan, at: DateTime<Utc>) -> Result<(), Problem> {
        if self.sessions.contains_key(&plan.id) || !self.offers.contains_key(&plan.rcp) {
            return Err(misfit("/fact/plan"));
        }
        if self.session_at(&plan.rcp, plan.start).is_some() {
            return Err(misfit("/fact/plan/start"));
        }
        let dates = self.calendar.entry(plan.rcp.clone()).or_default();
        dates.insert(plan.start, plan.id.clone());
        let session = Session {
            plan: plan.clone(),
            status: SessionStatus::Planned,
            agenda: Vec::new(),
            attendances: BTreeMap::new(),
            started: None,
            quorum: None,
            held: None,
            cancelled: None,
            revision: 0,
            modified: at,
        };
        self.sessions.insert(plan.id.clone(), session);
        Ok(())
    }

    /// The session, when its status allows the step.
    fn session_from(
        &mut self,
        id: &SessionId,
        allowed: &[SessionStatus],
    ) -> Result<&mut Session, Problem> {
        let session = self
            .sessions
            .get_mut(id)
            .ok_or_else(|| misfit("/fact/session"))?;
        legal(&session.status, allowed, "/fact/session")?;
        Ok(session)
    }

    fn change_session(&mut self, event: &Event) -> Result<(), Problem> {
        use session::from;
        match &event.fact {
            Fact::SessionRescheduled {
                session: id,
                start,
                enrolment_deadline,
                ..
            } => {
                let session = self.session_from(id, from::RESCHEDULE)?;
                let (rcp, old) = (session.plan.rcp.clone(), session.plan.start);
                if self
                    .session_at(&rcp, *start)
                    .is_some_and(|other| other.plan.id != *id)
                {
                    return Err(misfit("/fact/start"));
                }
                let dates = self.calendar.entry(rcp).or_default();
                dates.remove(&old);
                dates.insert(*start, id.clone());
                let session = self.session_from(id, from::RESCHEDULE)?;
                session.plan.start = *start;
                session.plan.enrolment_deadline = *enrolment_deadline;
                session.revision += 1;
                session.modified = event.at;
            }
            Fact::SessionOpened { session } => {
                self.session_from(session, from::OPEN)?.status = SessionStatus::Open;
            }
            Fact::SessionClosed { session } => {
                self.session_from(session, from::CLOSE)?.status = SessionStatus::Closed;
            }
            Fact::SessionStarted { session, quorum } => {
                let session = self.session_from(session, from::START)?;
                session.status = SessionStatus::Started;
                session.started = Some(event.at);
                session.quorum = Some(quorum.clone());
            }
            Fact::SessionHeld { session } => {
                let session = self.session_from(session, from::HOLD)?;
                session.status = SessionStatus::Held;
                session.held = Some(event.at);
            }
            Fact::SessionCancelled {
                session: id,
                reason,
            } => {
                let session = self.session_from(id, from::CANCEL)?;
                if !session.agenda.is_empty() {
                    return Err(misfit("/fact/session"));
                }
                session.status = SessionStatus::Cancelled;
                session.cancelled = Some(Cancellation {
                    at: event.at,
                    reason: reason.clone(),
                });
                session.revision += 1;
                session.modified = event.at;
                let (rcp, start) = (session.plan.rcp.clone(), session.plan.start);
                if let Some(dates) = self.calendar.get_mut(&rcp) {
                    dates.remove(&start);
                }
            }
            Fact::AttendanceRecorded { session, attendee } => {
                let session = self.session_from(session, from::ATTEND)?;
                let key = attendee.professional.clone();
                let attendance = session
                    .attendances
                    .entry(key)
                    .or_insert_with(|| Attendance {
                        attendee: attendee.clone(),
                        arrived: event.at,
                        left: None,
                    });
                attendance.attendee.clone_from(attendee);
                attendance.left = None;
            }
            Fact::DepartureRecorded {
                session,
                professional,
            } => {
                let session = self.session_from(session, from::ATTEND)?;
                let attendance = session
                    .attendances
                    .get_mut(professional)
                    .ok_or_else(|| misfit("/fact/professional"))?;
                attendance.left = Some(event.at);
            }
            Fact::AgendaOrdered { session, order } => {
                let session = self.session_from(session, from::ORDER)?;
                if !is_permutation(&session.agenda, order) {
                    return Err(misfit("/fact/order"));
                }
                session.agenda.clone_from(order);
            }
            _ => return Err(misfit("/fact")),
        }
        Ok(())
    }

    fn enrol(&mut self, request: &EnrolmentRequest, late: bool) -> Result<(), Problem> {
        if self.enrolments.contains_key(&request.id) {
            return Err(misfit("/fact/request/id"));
        }
        let session = self.session_from(&request.session, session::from::ENROL)?;
        session.agenda.push(request.id.clone());
        let rcp = session.plan.rcp.clone();
        let enrolment = Enrolment {
            id: request.id.clone(),
            rcp,
            session: Some(request.session.clone()),
            status: EnrolmentStatus::Enrolled,
            patient: request.patient.clone(),
            requester: request.requester.clone(),
            presenter: request.presenter.clone(),
            question: request.question.clone(),
            urgency: request.urgency,
            late,
            documents: request.documents.clone(),
            origin: None,
            moves: 0,
            discussion: None,
            referral: None,
            fiche: None,
        };
        self.enrolments.insert(request.id.clone(), enrolment);
        Ok(())
    }

    fn case_from(
        &mut self,
        id: &EnrolmentId,
        allowed: &[EnrolmentStatus],
    ) -> Result<&mut Enrolment, Problem> {
        let case = self
            .enrolments
            .get_mut(id)
            .ok_or_else(|| misfit("/fact/enrolment"))?;
        legal(&case.status, allowed, "/fact/enrolment")?;
        Ok(case)
    }

    /// Takes a case off its agenda, and gives the case.
    fn take_off(
        &mut self,
        id: &EnrolmentId,
        allowed: &[EnrolmentStatus],
    ) -> Result<&mut Enrolment, Problem> {
        let session = self.case_from(id, allowed)?.session.take();
        if let Some(session) = session.and_then(|s| self.sessions.get_mut(&s)) {
            session.agenda.retain(|case| case != id);
        }
        self.case_from(id, allowed)
    }

    /// The case will not be discussed here: its draft, if any, is abandoned.
    fn abandon_fiche(&mut self, id: &EnrolmentId) {
        let fiche = self.enrolments.get(id).and_then(|case| case.fiche.as_ref());
        let fiche = fiche.and_then(|fiche| self.fiches.get_mut(fiche));
        if let Some(version) = fiche.and_then(|fiche| fiche.versions.last_mut())
            && fiche::from::EDIT.contains(&version.status)
        {
            version.status = FicheStatus::Abandoned;
        }
    }

    fn change_case(&mut self, event: &Event) -> Result<(), Problem> {
        use enrolment::from;
        match &event.fact {
            Fact::DocumentRequested {
                enrolment,
                code,
                label,
            } => {
                let case = self.case_from(enrolment, from::DOCUMENTS)?;
                let document = enrolment::Document {
                    label: label.clone(),
                    received: false,
                };
                case.documents.insert(code.clone(), document);
            }
            Fact::DocumentReceived { enrolment, code } => {
                let case = self.case_from(enrolment, from::DOCUMENTS)?;
                let document = case
                    .documents
                    .get_mut(code)
                    .ok_or_else(|| misfit("/fact/code"))?;
                document.received = true;
            }
            Fact::CasePostponed { enrolment, to, .. } => {
                self.case_from(enrolment, from::POSTPONE)?;
                if let Some(to) = to {
                    self.session_from(to, session::from::RECEIVE)?;
                }
                let case = self.take_off(enrolment, from::POSTPONE)?;
                case.moves += 1;
                case.session.clone_from(to);
                case.status = match to {
                    Some(_) => EnrolmentStatus::Enrolled,
                    None => EnrolmentStatus::Waiting,
                };
                if let Some(to) = to {
                    let session = self.session_from(to, session::from::RECEIVE)?;
                    session.agenda.push(enrolment.clone());
                }
            }
            Fact::CasePlaced { enrolment, session } => {
                self.case_from(enrolment, from::PLACE)?;
                let target = self.session_from(session, session::from::RECEIVE)?;
                target.agenda.push(enrolment.clone());
                let case = self.case_from(enrolment, from::PLACE)?;
                case.session = Some(session.clone());
                case.status = EnrolmentStatus::Enrolled;
            }
            Fact::CaseWithdrawn { enrolment, .. } => {
                self.take_off(enrolment, from::WITHDRAW)?.status = EnrolmentStatus::Withdrawn;
                self.abandon_fiche(enrolment);
            }
            Fact::CaseReferred {
                enrolment,
                rcp,
                new_enrolment,
                session,
                reason,
            } => {
                let known = self.offers.contains_key(rcp);
                if !known || self.enrolments.contains_key(new_enrolment) {
                    return Err(misfit("/fact/new_enrolment"));
                }
                let case = self.case_from(enrolment, from::REFER)?;
                let born = Enrolment {
                    id: new_enrolment.clone(),
                    rcp: rcp.clone(),
                    session: session.clone(),
                    status: match session {
                        Some(_) => EnrolmentStatus::Enrolled,
                        None => EnrolmentStatus::Waiting,
                    },
                    late: false,
                    origin: Some(enrolment.clone()),
                    moves: 0,
                    discussion: None,
                    referral: None,
                    fiche: None,
                    ..case.clone()
                };
                if let Some(session) = session {
                    let target = self.session_from(session, session::from::RECEIVE)?;
                    target.agenda.push(new_enrolment.clone());
                }
                self.enrolments.insert(new_enrolment.clone(), born);
                let referral = Referral {
                    at: event.at,
                    rcp: rcp.clone(),
                    enrolment: new_enrolment.clone(),
                    reason: reason.clone(),
                };
                let case = self.case_from(enrolment, from::REFER)?;
                case.referral = Some(referral);
                if case.status != EnrolmentStatus::Discussed {
                    self.take_off(enrolment, from::REFER)?.status = EnrolmentStatus::Referred;
                    self.abandon_fiche(enrolment);
                }
            }
            Fact::CaseDiscussed {
                enrolment,
                quorum,
                missing_documents,
            } => {
                let case = self.case_from(enrolment, from::DISCUSS)?;
                let session = case
                    .session
                    .clone()
                    .ok_or_else(|| misfit("/fact/enrolment"))?;
                self.session_from(&session, session::from::DISCUSS)?;
                let case = self.case_from(enrolment, from::DISCUSS)?;
                case.status = EnrolmentStatus::Discussed;
                case.discussion = Some(Discussion {
                    at: event.at,
                    quorum: quorum.clone(),
                    missing_documents: missing_documents.clone(),
                });
            }
            _ => return Err(misfit("/fact")),
        }
        Ok(())
    }

    /// The fiche, when the status of its last version allows the step.
    fn fiche_from(
        &mut self,
        id: &FicheId,
        allowed: &[FicheStatus],
    ) -> Result<(&mut Fiche, usize), Problem> {
        let fiche = self
            .fiches
            .get_mut(id)
            .ok_or_else(|| misfit("/fact/fiche"))?;
        let last = fiche
            .versions
            .len()
            .checked_sub(1)
            .ok_or_else(|| misfit("/fact/fiche"))?;
        legal(&fiche.versions[last].status, allowed, "/fact/fiche")?;
        Ok((fiche, last))
    }

    /// The last version, when its number is `version` and its status allows
    /// the step.
    fn version_from(
        &mut self,
        id: &FicheId,
        version: u32,
        allowed: &[FicheStatus],
    ) -> Result<&mut FicheVersion, Problem> {
        let (fiche, last) = self.fiche_from(id, allowed)?;
        let found = &mut fiche.versions[last];
        if found.number == version {
            Ok(found)
        } else {
            Err(misfit("/fact/version"))
        }
    }

    fn change_fiche(&mut self, event: &Event) -> Result<(), Problem> {
        use fiche::from;
        let stamp = || (event.at, event.by.clone());
        let new = |number: u32, draft: &FicheDraft, reason: Option<&String>| FicheVersion {
            number,
            status: FicheStatus::Drafted,
            draft: draft.clone(),
            reason: reason.cloned(),
            drafted: stamp(),
            completed: None,
            validated: None,
            sent: Vec::new(),
        };
        match &event.fact {
            Fact::FicheDrafted {
                fiche,
                enrolment,
                draft,
            } => {
                if self.fiches.contains_key(fiche) {
                    return Err(misfit("/fact/fiche"));
                }
                let case = self.case_from(enrolment, enrolment::from::DRAFT)?;
                if case.fiche.is_some() {
                    return Err(misfit("/fact/enrolment"));
                }
                case.fiche = Some(fiche.clone());
                let versions = vec![new(1, draft, None)];
                let value = Fiche {
                    id: fiche.clone(),
                    enrolment: enrolment.clone(),
                    versions,
                };
                self.fiches.insert(fiche.clone(), value);
            }
            Fact::FicheEdited { fiche, draft } => {
                let (fiche, last) = self.fiche_from(fiche, from::EDIT)?;
                let version = &mut fiche.versions[last];
                version.draft.clone_from(draft);
                version.status = FicheStatus::Drafted;
                version.completed = None;
            }
            Fact::FicheCompleted { fiche, version } => {
                let version = self.version_from(fiche, *version, from::COMPLETE)?;
                version.status = FicheStatus::Completed;
                version.completed = Some(stamp());
            }
            Fact::FicheValidated { fiche: id, version } => {
                let found = self.version_from(id, *version, from::VALIDATE)?;
                found.status = FicheStatus::Validated;
                found.validated = Some(stamp());
                let (fiche, last) = self.fiche_from(id, &[FicheStatus::Validated])?;
                for former in &mut fiche.versions[..last] {
                    former.status = FicheStatus::Replaced;
                }
            }
            Fact::FicheSent {
                fiche,
                version,
                recipient,
            } => {
                let version = self.version_from(fiche, *version, from::SEND)?;
                version.status = FicheStatus::Sent;
                version.sent.push(Sending {
                    at: event.at,
                    by: event.by.clone(),
                    recipient: recipient.clone(),
                });
            }
            Fact::FicheReplaced {
                fiche,
                version,
                draft,
                reason,
            } => {
                let (fiche, last) = self.fiche_from(fiche, from::REPLACE)?;
                if *version != fiche.versions[last].number + 1 {
                    return Err(misfit("/fact/version"));
                }
                fiche.versions.push(new(*version, draft, Some(reason)));
            }
            _ => return Err(misfit("/fact")),
        }
        Ok(())
    }
}

/// True when `order` has the cases of `agenda`, each once.
pub(crate) fn is_permutation(agenda: &[EnrolmentId], order: &[EnrolmentId]) -> bool {
    let set: BTreeSet<_> = order.iter().collect();
    set.len() == order.len()
        && order.len() == agenda.len()
        && agenda.iter().all(|case| set.contains(case))
}
