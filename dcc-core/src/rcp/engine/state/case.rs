//! What events change in cases.

use super::{State, legal, misfit};
use crate::problem::Problem;
use crate::rcp::engine::enrolment::{
    CaseDocument, Discussion, Enrolment, EnrolmentRequest, EnrolmentStatus, Referral, from,
};
use crate::rcp::engine::event::{Event, Payload};
use crate::rcp::engine::fiche::{self, FicheStatus};
use crate::rcp::engine::ids::EnrolmentId;
use crate::rcp::engine::session;

impl State {
    pub(super) fn enrol(&mut self, request: &EnrolmentRequest, late: bool) -> Result<(), Problem> {
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

    pub(super) fn case_from(
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

    pub(super) fn change_case(&mut self, event: &Event) -> Result<(), Problem> {
        match &event.payload {
            Payload::DocumentRequested {
                enrolment,
                code,
                label,
            } => {
                let case = self.case_from(enrolment, from::DOCUMENTS)?;
                let document = CaseDocument {
                    label: label.clone(),
                    received: false,
                };
                case.documents.insert(code.clone(), document);
            }
            Payload::DocumentReceived { enrolment, code } => {
                let case = self.case_from(enrolment, from::DOCUMENTS)?;
                let document = case
                    .documents
                    .get_mut(code)
                    .ok_or_else(|| misfit("/fact/code"))?;
                document.received = true;
            }
            Payload::CasePostponed { enrolment, to, .. } => {
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
            Payload::CasePlaced { enrolment, session } => {
                self.case_from(enrolment, from::PLACE)?;
                let target = self.session_from(session, session::from::RECEIVE)?;
                target.agenda.push(enrolment.clone());
                let case = self.case_from(enrolment, from::PLACE)?;
                case.session = Some(session.clone());
                case.status = EnrolmentStatus::Enrolled;
            }
            Payload::CaseWithdrawn { enrolment, .. } => {
                self.take_off(enrolment, from::WITHDRAW)?.status = EnrolmentStatus::Withdrawn;
                self.abandon_fiche(enrolment);
            }
            Payload::CaseReferred {
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
            Payload::CaseDiscussed {
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
}
