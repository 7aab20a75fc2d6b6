//! What events change in sessions.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{State, legal, misfit};
use crate::problem::Problem;
use crate::rcp::engine::attendance::Attendance;
use crate::rcp::engine::event::{Event, Payload};
use crate::rcp::engine::ids::{EnrolmentId, SessionId};
use crate::rcp::engine::session::{Cancellation, Session, SessionPlan, SessionStatus, from};

impl State {
    pub(super) fn plan(&mut self, plan: &SessionPlan, at: DateTime<Utc>) -> Result<(), Problem> {
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
    pub(super) fn session_from(
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

    pub(super) fn change_session(&mut self, event: &Event) -> Result<(), Problem> {
        match &event.payload {
            Payload::SessionRescheduled {
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
            Payload::SessionOpened { session } => {
                self.session_from(session, from::OPEN)?.status = SessionStatus::Open;
            }
            Payload::SessionClosed { session } => {
                self.session_from(session, from::CLOSE)?.status = SessionStatus::Closed;
            }
            Payload::SessionStarted { session, quorum } => {
                let session = self.session_from(session, from::START)?;
                session.status = SessionStatus::Started;
                session.started = Some(event.at);
                session.quorum = Some(quorum.clone());
            }
            Payload::SessionHeld { session } => {
                let session = self.session_from(session, from::HOLD)?;
                session.status = SessionStatus::Held;
                session.held = Some(event.at);
            }
            Payload::SessionCancelled {
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
            Payload::AttendanceRecorded { session, attendee } => {
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
            Payload::DepartureRecorded {
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
            Payload::AgendaOrdered { session, order } => {
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
}

/// True when `order` has the cases of `agenda`, each once.
pub(crate) fn is_permutation(agenda: &[EnrolmentId], order: &[EnrolmentId]) -> bool {
    let set: BTreeSet<_> = order.iter().collect();
    set.len() == order.len()
        && order.len() == agenda.len()
        && agenda.iter().all(|case| set.contains(case))
}
