//! FR-Statut-du-document: status of the document.

use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::entry::{ActRelationship, ENTRY};
use crate::cda::narrative::Rows;
use crate::cda::slot::{Slot, slot};
use crate::model::{AbsentReason, DocumentStatus};
use crate::terminology::{Jdv, Terminology};

const STATUS: Binding = Binding::Set(Jdv::StatutDoc);
const STATUS_ID: &str = "statut-document";
const COMMENT_ID: &str = "commentaire-fiche";

impl Rows<'_> {
    /// The rows that [`Codec::status_entry`] points to.
    pub(crate) fn status(
        &mut self,
        terminology: &Terminology,
        status: &DocumentStatus,
        comment: &str,
    ) {
        let shown = status.code.as_ref().map_or_else(
            || AbsentReason::Unknown.label().to_owned(),
            |c| STATUS.label(terminology, c),
        );
        self.field("Statut du document", STATUS_ID, shown);
        if let Some(date) = status.date {
            self.fact("Date du statut du document", date.french());
        }
        self.field_option(comment, COMMENT_ID, status.comment.as_ref());
    }
}

impl Codec<'_> {
    /// FR-Statut-document.
    pub(crate) fn status_entry(
        &mut self,
        mut status: Slot<'_, DocumentStatus>,
        comment: ActRelationship,
    ) {
        self.statement(ENTRY, &templates::STATUS, true, |s| {
            s.pointer(STATUS_ID);
            s.status("completed");
            s.time(
                "effectiveTime",
                slot!(status.date),
                NullFlavorPolicy::Flavor("UNK"),
            );
            s.value_code(slot!(status.code), STATUS, NullFlavorPolicy::Flavor("UNK"));
            s.comment(comment, COMMENT_ID, slot!(status.comment));
        });
    }
}
