//! FR-Statut-du-document: status of the document.

use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Codes, Null};
use crate::cda::entry::{ENTRY, Wrap};
use crate::cda::narrative::Rows;
use crate::model::{AbsentReason, DocumentStatus};
use crate::terminology::{Jdv, Terminology};

const STATUS: Codes = Codes::Set(Jdv::StatutDoc);
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
    pub(crate) fn status_entry(&mut self, status: &mut DocumentStatus, comment: Wrap) {
        self.statement(ENTRY, &templates::STATUS, true, |s| {
            s.pointer(STATUS_ID);
            s.status("completed");
            s.time("effectiveTime", &mut status.date, Null::Flavor("UNK"));
            s.value_code(&mut status.code, STATUS, Null::Flavor("UNK"));
            s.comment(comment, COMMENT_ID, &mut status.comment);
        });
    }
}
