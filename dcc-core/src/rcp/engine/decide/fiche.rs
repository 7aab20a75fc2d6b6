//! Decisions on fiches.

use super::Decision;
use crate::problem::Problem;
use crate::quorum::is_physician;
use crate::rcp::engine::command::Command;
use crate::rcp::engine::enrolment::{self, Enrolment};
use crate::rcp::engine::event::Payload;
use crate::rcp::engine::fiche::{FicheDraft, FicheStatus, FicheVersion, from};
use crate::rcp::engine::ids::FicheId;
use crate::rcp::engine::rights::Action;
use crate::rcp::rules;

impl<'a> Decision<'a> {
    pub(super) fn fiche_command(&mut self, command: &Command) {
        match command {
            Command::DraftFiche {
                fiche,
                enrolment,
                draft,
            } => {
                self.new_id(fiche.as_str(), self.state.fiche(fiche).is_some(), "/fiche");
                self.draft(draft);
                let Some(case) = self.case(enrolment) else {
                    return;
                };
                let owners = [&*case.requester, &*case.presenter, &*draft.physician];
                self.right(Action::DraftFiche, &case.rcp, &owners);
                self.case_in(case, enrolment::from::DRAFT, "/enrolment");
                if let Some(other) = &case.fiche {
                    self.push(Problem::new(&rules::FICHE_TWICE, "/enrolment").found(other));
                }
                self.payloads.push(Payload::FicheDrafted {
                    fiche: fiche.clone(),
                    enrolment: enrolment.clone(),
                    draft: draft.clone(),
                });
            }
            Command::EditFiche { fiche, draft } => {
                self.draft(draft);
                self.fiche_for(fiche, Action::DraftFiche, from::EDIT);
                self.payloads.push(Payload::FicheEdited {
                    fiche: fiche.clone(),
                    draft: draft.clone(),
                });
            }
            Command::CompleteFiche { fiche } => {
                let Some((version, case)) =
                    self.fiche_for(fiche, Action::CompleteFiche, from::COMPLETE)
                else {
                    return;
                };
                self.ready(version, case);
                let version = version.number;
                self.payloads.push(Payload::FicheCompleted {
                    fiche: fiche.clone(),
                    version,
                });
            }
            Command::ValidateFiche { fiche } => {
                let Some((version, case)) =
                    self.fiche_for(fiche, Action::ValidateFiche, from::VALIDATE)
                else {
                    return;
                };
                self.ready(version, case);
                let version = version.number;
                self.payloads.push(Payload::FicheValidated {
                    fiche: fiche.clone(),
                    version,
                });
            }
            Command::SendFiche { fiche, recipient } => {
                self.text(recipient, "/recipient");
                let Some((version, _)) = self.fiche_for(fiche, Action::SendFiche, from::SEND)
                else {
                    return;
                };
                self.payloads.push(Payload::FicheSent {
                    fiche: fiche.clone(),
                    version: version.number,
                    recipient: recipient.clone(),
                });
            }
            Command::ReplaceFiche {
                fiche,
                draft,
                reason,
            } => {
                self.text(reason, "/reason");
                self.draft(draft);
                let Some((version, _)) = self.fiche_for(fiche, Action::ReplaceFiche, from::REPLACE)
                else {
                    return;
                };
                if version.draft == *draft {
                    self.push(Problem::new(&rules::SAME_CONTENT, "/draft"));
                }
                self.payloads.push(Payload::FicheReplaced {
                    fiche: fiche.clone(),
                    version: version.number + 1,
                    draft: draft.clone(),
                    reason: reason.clone(),
                });
            }
            _ => {}
        }
    }

    fn draft(&mut self, draft: &FicheDraft) {
        self.problems.extend(draft.check("/draft"));
    }

    /// The last version and the case, with the problems of right and status.
    /// A validation is the own right of the physician in charge, and of no one
    /// else; the other actions concern the requester and the presenter too.
    fn fiche_for(
        &mut self,
        id: &FicheId,
        action: Action,
        allowed: &[FicheStatus],
    ) -> Option<(&'a FicheVersion, &'a Enrolment)> {
        let (_, version, case) = self.fiche(id)?;
        let physician = version.draft.physician.as_str();
        if action == Action::ValidateFiche {
            self.right(action, &case.rcp, &[physician]);
        } else {
            self.right(
                action,
                &case.rcp,
                &[physician, &case.requester, &case.presenter],
            );
        }
        self.fiche_in(version.status, allowed);
        Some((version, case))
    }

    /// The case is discussed, and the physician in charge attended.
    fn ready(&mut self, version: &FicheVersion, case: &Enrolment) {
        self.case_in(case, enrolment::from::COMPLETE, "/fiche");
        let Some(session) = case.session.as_ref().and_then(|id| self.state.session(id)) else {
            return;
        };
        let physician = &version.draft.physician;
        let attended = session
            .attendances
            .get(physician)
            .and_then(|attendance| attendance.attendee.specialty.as_deref())
            .is_some_and(is_physician);
        if !attended {
            self.push(Problem::new(&rules::PHYSICIAN, "/fiche").found(physician));
        }
    }
}
