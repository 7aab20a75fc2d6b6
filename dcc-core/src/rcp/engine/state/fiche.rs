//! What events change in fiches.

use super::{State, legal, misfit};
use crate::problem::Problem;
use crate::rcp::engine::enrolment;
use crate::rcp::engine::event::{Event, Payload};
use crate::rcp::engine::fiche::{Fiche, FicheDraft, FicheStatus, FicheVersion, Sending, from};
use crate::rcp::engine::ids::FicheId;

impl State {
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

    pub(super) fn change_fiche(&mut self, event: &Event) -> Result<(), Problem> {
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
        match &event.payload {
            Payload::FicheDrafted {
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
            Payload::FicheEdited { fiche, draft } => {
                let (fiche, last) = self.fiche_from(fiche, from::EDIT)?;
                let version = &mut fiche.versions[last];
                version.draft.clone_from(draft);
                version.status = FicheStatus::Drafted;
                version.completed = None;
            }
            Payload::FicheCompleted { fiche, version } => {
                let version = self.version_from(fiche, *version, from::COMPLETE)?;
                version.status = FicheStatus::Completed;
                version.completed = Some(stamp());
            }
            Payload::FicheValidated { fiche: id, version } => {
                let found = self.version_from(id, *version, from::VALIDATE)?;
                found.status = FicheStatus::Validated;
                found.validated = Some(stamp());
                let (fiche, last) = self.fiche_from(id, &[FicheStatus::Validated])?;
                for former in &mut fiche.versions[..last] {
                    former.status = FicheStatus::Replaced;
                }
            }
            Payload::FicheSent {
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
            Payload::FicheReplaced {
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
