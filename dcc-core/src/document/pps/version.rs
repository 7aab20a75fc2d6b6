//! A new version of a PPS, that replaces the old.

use super::model::{DocumentReference, Handover, Pps, Update};
use super::rules;
use crate::model::header::Replaced;
use crate::model::{Code, DocumentStatus, Identifier, PartialDateTime};
use crate::problem::{Problem, Problems};

/// *Approuvé* and *réalisé*, of the value set JDV_StatutDoc_CISIS.
const VALIDATED: [&str; 2] = [DocumentStatus::APPROVED, DocumentStatus::DONE];

impl Pps {
    /// True when the status is one of a validated PPS: approved, or done.
    pub fn is_validated(&self) -> bool {
        VALIDATED.iter().any(|code| self.status.is(code))
    }

    /// The next version of a validated PPS: it keeps the `set_id`, takes the
    /// next number, and replaces this one (`relatedDocument` `RPLC`), which it
    /// also references. It is *en cours*: to be signed and handed to the
    /// patient again. `created` dates the update when `update` does not.
    ///
    /// # Errors
    /// `PPS-VERSION-STATUT` the PPS is not validated; `PPS-VERSION-DATE` the
    /// instant is before this version; `VERSION-IDENTIFIANT` the identifier is
    /// this version's.
    pub fn new_version(
        &self,
        id: Identifier,
        created: PartialDateTime,
        update: Update,
    ) -> Result<Pps, Problems> {
        let mut problems = Problems::new();
        if !self.is_validated() {
            let status = self.status.code.as_ref().map(|c| c.code.as_str());
            problems.push(
                Problem::new(&rules::VERSION_STATUS, "/status/code")
                    .found(status.unwrap_or("absent"))
                    .allowed(VALIDATED),
            );
        }
        if self
            .header
            .created
            .is_some_and(|old| created.is_before(old))
        {
            problems.push(Problem::new(&rules::VERSION_DATE, "/header/created").found(created));
        }
        if id == self.header.id {
            problems.push(Problem::new(&crate::model::rules::SAME_ID, "/header/id").found(&id));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut next = self.clone();
        let old = &self.header;
        next.header.id = id;
        next.header.version = old.version + 1;
        next.header.created = Some(created);
        next.header.replaces = Some(Replaced {
            id: old.id.clone(),
            // the minimal structure has no place for it
            set_id: None,
            version: Some(old.version),
        });
        next.header.legal_authenticator.time = None;
        next.context.act_start = None;
        next.context.act_end = None;
        next.update = Some(Update {
            date: update.date.or(Some(created)),
            ..update
        });
        next.status = DocumentStatus {
            code: Some(Code::new(DocumentStatus::IN_PROGRESS)),
            date: Some(created),
            comment: None,
        };
        next.handover = Handover {
            announcement: self.handover.announcement,
            ..Handover::default()
        };
        if !next.references.iter().any(|r| r.id == old.id) {
            next.references.push(DocumentReference {
                kind: Some("PPS".to_owned()),
                id: old.id.clone(),
                text: None,
            });
        }
        Ok(next)
    }
}
