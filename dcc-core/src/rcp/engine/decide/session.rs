//! Decisions on the running of a session and its attendance.

use super::Decision;
use crate::calendar::paris::{french_date, paris_date};
use crate::problem::Problem;
use crate::rcp::engine::attendance::Attendee;
use crate::rcp::engine::command::{CaseDisposal, Command};
use crate::rcp::engine::enrolment::EnrolmentStatus;
use crate::rcp::engine::event::Payload;
use crate::rcp::engine::ids::SessionId;
use crate::rcp::engine::rights::Action;
use crate::rcp::engine::session::{Session, from};
use crate::rcp::engine::state::is_permutation;
use crate::rcp::rules;

const PATH: &str = "/session";

impl<'a> Decision<'a> {
    pub(super) fn session_command(&mut self, command: &Command) {
        match command {
            Command::RescheduleSession {
                session: id,
                start,
                reason,
            } => {
                self.text(reason, "/reason");
                let Some(session) = self.session_for(id, Action::PlanSession, from::RESCHEDULE)
                else {
                    return;
                };
                let rcp = &session.plan.rcp;
                let Some(start) = self.start(*start, rcp, Some(id)) else {
                    return;
                };
                let Some(offer) = self.offer(rcp, PATH) else {
                    return;
                };
                self.payloads.push(Payload::SessionRescheduled {
                    session: id.clone(),
                    start,
                    enrolment_deadline: offer.deadline_of(start),
                    reason: reason.clone(),
                });
            }
            Command::OpenSession { session } => {
                self.session_for(session, Action::OpenSession, from::OPEN);
                self.payloads.push(Payload::SessionOpened {
                    session: session.clone(),
                });
            }
            Command::CloseSession { session } => {
                self.session_for(session, Action::OpenSession, from::CLOSE);
                self.payloads.push(Payload::SessionClosed {
                    session: session.clone(),
                });
            }
            Command::StartSession { session: id } => {
                let Some(session) = self.session_for(id, Action::RunSession, from::START) else {
                    return;
                };
                self.same_day(session);
                let Some(offer) = self.offer(&session.plan.rcp, PATH) else {
                    return;
                };
                let quorum = offer.quorum.judge(session.attendances.values());
                self.payloads.push(Payload::SessionStarted {
                    session: id.clone(),
                    quorum,
                });
            }
            Command::HoldSession { session: id } => {
                let Some(session) = self.session_for(id, Action::RunSession, from::HOLD) else {
                    return;
                };
                for case in self.pending(session) {
                    self.push(Problem::new(&rules::PENDING_CASE, PATH).found(case));
                }
                self.payloads.push(Payload::SessionHeld {
                    session: id.clone(),
                });
            }
            Command::CancelSession {
                session,
                reason,
                cases,
            } => {
                self.cancel(session, reason, cases);
            }
            Command::RecordAttendance { session, attendee } => self.attend(session, attendee),
            Command::RecordDeparture {
                session: id,
                professional,
            } => {
                let Some(session) = self.session(id, PATH) else {
                    return;
                };
                self.right(Action::RecordAttendance, &session.plan.rcp, &[professional]);
                self.session_in(session, from::ATTEND, PATH);
                let attendance = session.attendances.get(professional);
                if attendance.is_none_or(|a| a.left.is_some()) {
                    self.push(Problem::new(&rules::ABSENT, "/professional").found(professional));
                }
                self.payloads.push(Payload::DepartureRecorded {
                    session: id.clone(),
                    professional: professional.clone(),
                });
            }
            Command::OrderAgenda { session: id, order } => {
                let Some(session) = self.session_for(id, Action::OrderAgenda, from::ORDER) else {
                    return;
                };
                if !is_permutation(&session.agenda, order) {
                    let found: Vec<&str> = order.iter().map(|id| id.as_str()).collect();
                    self.push(
                        Problem::new(&rules::AGENDA, "/order")
                            .found(found.join(", "))
                            .allowed(&session.agenda),
                    );
                }
                self.payloads.push(Payload::AgendaOrdered {
                    session: id.clone(),
                    order: order.clone(),
                });
            }
            _ => {}
        }
    }

    /// The session, with the problems of right and status.
    fn session_for(
        &mut self,
        id: &SessionId,
        action: Action,
        allowed: &[crate::rcp::SessionStatus],
    ) -> Option<&'a Session> {
        let session = self.session(id, PATH)?;
        self.right(action, &session.plan.rcp, &[]);
        self.session_in(session, allowed, PATH);
        Some(session)
    }

    fn same_day(&mut self, session: &Session) {
        if paris_date(self.at) != session.date() {
            self.push(
                Problem::new(&rules::SESSION_DAY, PATH)
                    .found(french_date(self.at))
                    .allowed([french_date(session.plan.start)]),
            );
        }
    }

    /// Cases of the agenda without outcome.
    fn pending(&self, session: &'a Session) -> Vec<&'a crate::rcp::engine::ids::EnrolmentId> {
        let state = self.state;
        session
            .agenda
            .iter()
            .filter(|id| {
                state
                    .enrolment(id)
                    .is_some_and(|c| c.status == EnrolmentStatus::Enrolled)
            })
            .collect()
    }

    fn attend(&mut self, id: &SessionId, attendee: &Attendee) {
        let key = &attendee.professional;
        self.key(key, "/attendee/professional");
        self.text(&attendee.name, "/attendee/name");
        if let Some(specialty) = &attendee.specialty {
            self.key(specialty, "/attendee/specialty");
        }
        let Some(session) = self.session(id, PATH) else {
            return;
        };
        self.right(Action::RecordAttendance, &session.plan.rcp, &[key]);
        self.session_in(session, from::ATTEND, PATH);
        if session.started.is_none() {
            self.same_day(session);
        }
        if session
            .attendances
            .get(key)
            .is_some_and(|a| a.left.is_none())
        {
            self.push(Problem::new(&rules::PRESENT, "/attendee/professional").found(key));
        }
        self.payloads.push(Payload::AttendanceRecorded {
            session: id.clone(),
            attendee: attendee.clone(),
        });
    }

    fn cancel(&mut self, id: &SessionId, reason: &str, cases: &CaseDisposal) {
        self.text(reason, "/reason");
        let Some(session) = self.session_for(id, Action::CancelSession, from::CANCEL) else {
            return;
        };
        let pending = self.pending(session);
        if pending.len() < session.agenda.len() {
            self.push(Problem::new(&rules::DISCUSSED_CASE, PATH));
        }
        let to = match cases {
            CaseDisposal::MoveTo(to) => {
                self.destination(to, &session.plan.rcp, Some(id), &pending, "/cases/move_to");
                Some(to.clone())
            }
            CaseDisposal::ReturnToRequesters => None,
        };
        // Cases leave first, so that no cancelled session ever has one.
        for case in pending {
            self.payloads.push(Payload::CasePostponed {
                enrolment: case.clone(),
                to: to.clone(),
                reason: format!("session annulée : {reason}"),
            });
        }
        self.payloads.push(Payload::SessionCancelled {
            session: id.clone(),
            reason: reason.to_owned(),
        });
    }
}
