//! Decisions on cases: enrolment, documents, moves, referral, discussion.

use std::collections::BTreeSet;

use super::Decision;
use crate::calendar::paris::french_date_time;
use crate::problem::Problem;
use crate::rcp::engine::command::Command;
use crate::rcp::engine::enrolment::{Enrolment, EnrolmentRequest, EnrolmentStatus, from};
use crate::rcp::engine::event::Payload;
use crate::rcp::engine::ids::{EnrolmentId, RcpId, SessionId};
use crate::rcp::engine::rights::Action;
use crate::rcp::engine::session::{self, Session, SessionStatus};
use crate::rcp::rules;

const PATH: &str = "/enrolment";

impl<'a> Decision<'a> {
    pub(super) fn case_command(&mut self, command: &Command) {
        match command {
            Command::EnrolCase { request } => self.enrol(request),
            Command::RequestDocument {
                enrolment,
                code,
                label,
            } => {
                self.key(code, "/code");
                self.text(label, "/label");
                let Some(case) = self.case_for(enrolment, Action::ManageDocuments, from::DOCUMENTS)
                else {
                    return;
                };
                if case.documents.contains_key(code) {
                    self.push(Problem::new(&rules::DOCUMENT, "/code").found(code));
                }
                self.payloads.push(Payload::DocumentRequested {
                    enrolment: enrolment.clone(),
                    code: code.clone(),
                    label: label.clone(),
                });
            }
            Command::ReceiveDocument { enrolment, code } => {
                let Some(case) = self.case_for(enrolment, Action::ManageDocuments, from::DOCUMENTS)
                else {
                    return;
                };
                if case.documents.get(code).is_none_or(|d| d.received) {
                    self.push(
                        Problem::new(&rules::DOCUMENT, "/code")
                            .message("Cette pièce n'est pas attendue, ou est déjà reçue")
                            .found(code)
                            .allowed(case.missing_documents().map(|(code, _)| code)),
                    );
                }
                self.payloads.push(Payload::DocumentReceived {
                    enrolment: enrolment.clone(),
                    code: code.clone(),
                });
            }
            Command::PostponeCase {
                enrolment,
                to,
                reason,
            } => {
                self.text(reason, "/reason");
                let Some(case) = self.case_for(enrolment, Action::PostponeCase, from::POSTPONE)
                else {
                    return;
                };
                if let Some(to) = to {
                    let target =
                        self.destination(to, &case.rcp, case.session.as_ref(), &[enrolment], "/to");
                    self.late(target, &case.rcp);
                }
                self.payloads.push(Payload::CasePostponed {
                    enrolment: enrolment.clone(),
                    to: to.clone(),
                    reason: reason.clone(),
                });
            }
            Command::PlaceCase { enrolment, session } => {
                let Some(case) = self.case_for(enrolment, Action::PostponeCase, from::PLACE) else {
                    return;
                };
                let target = self.destination(session, &case.rcp, None, &[enrolment], "/session");
                self.late(target, &case.rcp);
                self.payloads.push(Payload::CasePlaced {
                    enrolment: enrolment.clone(),
                    session: session.clone(),
                });
            }
            Command::WithdrawCase { enrolment, reason } => {
                self.text(reason, "/reason");
                self.case_for(enrolment, Action::WithdrawCase, from::WITHDRAW);
                self.payloads.push(Payload::CaseWithdrawn {
                    enrolment: enrolment.clone(),
                    reason: reason.clone(),
                });
            }
            Command::ReferCase {
                enrolment,
                rcp,
                new_enrolment,
                session,
                reason,
            } => {
                self.text(reason, "/reason");
                self.refer(enrolment, rcp, new_enrolment, session.as_ref());
                self.payloads.push(Payload::CaseReferred {
                    enrolment: enrolment.clone(),
                    rcp: rcp.clone(),
                    new_enrolment: new_enrolment.clone(),
                    session: session.clone(),
                    reason: reason.clone(),
                });
            }
            Command::DiscussCase { enrolment } => self.discuss(enrolment),
            _ => {}
        }
    }

    /// The case, with the problems of right and status.
    fn case_for(
        &mut self,
        id: &EnrolmentId,
        action: Action,
        allowed: &[EnrolmentStatus],
    ) -> Option<&'a Enrolment> {
        let case = self.case(id)?;
        self.right(action, &case.rcp, &[&case.requester, &case.presenter]);
        self.case_in(case, allowed, PATH);
        Some(case)
    }

    fn enrol(&mut self, request: &EnrolmentRequest) {
        let taken = self.state.enrolment(&request.id).is_some();
        self.new_id(request.id.as_str(), taken, "/request/id");
        self.key(&request.patient, "/request/patient");
        self.key(&request.requester, "/request/requester");
        self.key(&request.presenter, "/request/presenter");
        self.text(&request.question, "/request/question");
        for (i, (code, document)) in request.documents.iter().enumerate() {
            self.key(code, &format!("/request/documents/{i}"));
            self.text(&document.label, &format!("/request/documents/{i}/label"));
        }
        let path = "/request/session";
        let Some(session) = self.session(&request.session, path) else {
            return;
        };
        let rcp = &session.plan.rcp;
        self.right(
            Action::EnrolCase,
            rcp,
            &[&request.requester, &request.presenter],
        );
        self.session_in(session, session::from::ENROL, path);
        let late = self.late(Some(session), rcp);
        self.room(session, 1, path);
        self.patients(session, [request.patient.as_str()], "/request/patient");
        self.payloads.push(Payload::CaseEnrolled {
            request: request.clone(),
            late,
        });
    }

    /// Whether a case comes late to a session; that asks for a right of its
    /// own, and a refusal explains why.
    fn late(&mut self, session: Option<&Session>, rcp: &RcpId) -> bool {
        let Some(session) = session else { return false };
        let deadline = session.plan.enrolment_deadline;
        let passed = self.at > deadline;
        if !passed && session.status != SessionStatus::Closed {
            return false;
        }
        let before = self.problems.len();
        self.right(Action::EnrolLate, rcp, &[]);
        if self.problems.len() > before && passed {
            self.push(
                Problem::new(&rules::DEADLINE, "")
                    .found(french_date_time(self.at))
                    .allowed([format!("jusqu'au {}", french_date_time(deadline))]),
            );
        }
        true
    }

    fn room(&mut self, session: &Session, cases: usize, path: &str) {
        if session.places_left().is_some_and(|left| left < cases) {
            let capacity = session.plan.capacity.unwrap_or_default();
            self.push(
                Problem::new(&rules::CAPACITY, path)
                    .found(format!(
                        "{} inscrits et {cases} de plus",
                        session.agenda.len()
                    ))
                    .allowed([format!("{capacity} dossiers au plus")]),
            );
        }
    }

    /// No patient is twice on an agenda.
    fn patients<'p>(
        &mut self,
        session: &Session,
        new: impl IntoIterator<Item = &'p str>,
        path: &str,
    ) {
        let state = self.state;
        let mut patients: BTreeSet<&str> = session
            .agenda
            .iter()
            .filter_map(|id| state.enrolment(id).map(|case| case.patient.as_str()))
            .collect();
        for patient in new {
            if !patients.insert(patient) {
                self.push(Problem::new(&rules::PATIENT_TWICE, path).found(patient));
            }
        }
    }

    /// The session to which cases move: another one of the RCP, upcoming, with
    /// room, without their patients.
    pub(super) fn destination(
        &mut self,
        id: &SessionId,
        rcp: &RcpId,
        leaving: Option<&SessionId>,
        cases: &[&EnrolmentId],
        path: &str,
    ) -> Option<&'a Session> {
        let session = self.session(id, path)?;
        self.session_in(session, session::from::RECEIVE, path);
        if session.plan.rcp != *rcp || Some(id) == leaving || session.plan.start <= self.at {
            self.push(Problem::new(&rules::DESTINATION, path).found(id));
            return Some(session);
        }
        self.room(session, cases.len(), path);
        let state = self.state;
        let patients = cases
            .iter()
            .filter_map(|c| state.enrolment(c))
            .map(|c| c.patient.as_str());
        self.patients(session, patients, path);
        Some(session)
    }

    fn refer(
        &mut self,
        id: &EnrolmentId,
        rcp: &RcpId,
        new: &EnrolmentId,
        session: Option<&SessionId>,
    ) {
        self.new_id(
            new.as_str(),
            self.state.enrolment(new).is_some(),
            "/new_enrolment",
        );
        let offer = self.live_offer(rcp, "/rcp");
        let Some(case) = self.case_for(id, Action::ReferCase, from::REFER) else {
            return;
        };
        if case.referral.is_some() && case.status == EnrolmentStatus::Discussed {
            self.push(Problem::new(&rules::REFERRED, PATH).found(id));
        }
        if *rcp == case.rcp || offer.is_some_and(|offer| !offer.recourse) {
            self.push(Problem::new(&rules::RECOURSE, "/rcp").found(rcp));
        }
        if let Some(session) = session {
            let target = self.destination(session, rcp, None, &[id], "/session");
            self.late(target, rcp);
        }
    }

    fn discuss(&mut self, id: &EnrolmentId) {
        let Some(case) = self.case_for(id, Action::DiscussCase, from::DISCUSS) else {
            return;
        };
        let Some(session) = case.session.as_ref().and_then(|id| self.session(id, PATH)) else {
            return;
        };
        self.session_in(session, session::from::DISCUSS, PATH);
        let Some(offer) = self.offer(&session.plan.rcp, PATH) else {
            return;
        };
        self.payloads.push(Payload::CaseDiscussed {
            enrolment: id.clone(),
            quorum: offer.quorum.judge(session.attendances.values()),
            missing_documents: case
                .missing_documents()
                .map(|(c, _)| c.to_owned())
                .collect(),
        });
    }
}
