//! Status, reason for the update, date of the RCP, handover to the patient.

use super::super::model::{Handover, Pps, Update};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::entry::{ENTRY, SUBJ_TRUE};
use crate::cda::narrative::Rows;
use crate::cda::slot::{Slot, local, slot};
use crate::model::PartialDateTime;
use crate::terminology::{Jdv, Terminology};
use crate::xml::{NodeId, Tree};

const REASON: Binding = Binding::Set(Jdv::MotifMiseAJour);

impl Rows<'_> {
    fn update(&mut self, terminology: &Terminology, update: &Update) {
        let reason = update
            .reason
            .as_ref()
            .map_or_else(|| "-".to_owned(), |c| REASON.label(terminology, c));
        self.field("Motif de mise à jour", "motif-maj", reason);
        self.field_option(
            "Précision sur le motif de mise à jour",
            "motif-maj-precision",
            update.detail.as_ref(),
        );
        if let Some(date) = update.date {
            self.fact("Date de mise à jour", date.french());
        }
    }

    fn handover(&mut self, handover: &Handover) {
        if let Some(date) = handover.announcement {
            self.fact("Date de la consultation d'annonce", date.french());
        }
        let mut text = handover
            .date
            .map_or_else(|| "Non remis".to_owned(), |d| d.french().to_string());
        if let Some(professional) = &handover.professional {
            text.push_str(&format!(" par {}", professional.display()));
        }
        self.field("Date de remise du document au patient", "remise", text);
    }
}

impl Codec<'_> {
    pub(super) fn pps_status(&mut self, mut p: Slot<'_, Pps>) {
        let terminology = self.terminology();
        self.section(&templates::S_STATUS, true, |s| {
            s.narrative(|n| {
                n.table("Statut du document", 2, |t| {
                    t.status(terminology, &p.status, "Commentaire sur le document");
                    if let Some(update) = &p.update {
                        t.update(terminology, update);
                    }
                    t.field(
                        "Date de la RCP",
                        "date-rcp",
                        p.rcp_date
                            .map_or_else(|| "Inconnue".to_owned(), |d| d.french().to_string()),
                    );
                    t.handover(&p.handover);
                });
            });
            s.status_entry(slot!(p.status), SUBJ_TRUE);
            s.statement_option(
                ENTRY,
                &templates::UPDATE,
                slot!(p.update),
                |s, mut update| {
                    s.pointer("motif-maj");
                    s.status("completed");
                    s.time(
                        "effectiveTime",
                        slot!(update.date),
                        NullFlavorPolicy::Flavor("UNK"),
                    );
                    s.value_code(
                        slot!(update.reason),
                        REASON,
                        NullFlavorPolicy::Flavor("UNK"),
                    );
                    s.comment(SUBJ_TRUE, "motif-maj-precision", slot!(update.detail));
                },
            );
            s.statement(ENTRY, &templates::RCP_DATE, true, |s| {
                s.pointer("date-rcp");
                s.status("completed");
                s.rcp_date(slot!(p.rcp_date));
            });
            s.statement(ENTRY, &templates::HANDOVER, true, |s| {
                s.handover(slot!(p.handover))
            });
        });
    }

    /// The date of the RCP, said twice: the second stays unread when it differs.
    fn rcp_date(&mut self, mut date: Slot<'_, Option<PartialDateTime>>) {
        self.time("effectiveTime", date.by(), NullFlavorPolicy::Flavor("UNK"));
        let known = *date;
        let same = |tree: &Tree<'_>, n: NodeId| {
            tree.peek(n, "value")
                .and_then(PartialDateTime::from_hl7)
                .is_none_or(|m| known.is_none_or(|d| d == m))
        };
        let mut again = known;
        self.element_where(true, "value", same, |s| s.time_value(local(&mut again)));
        date.set(known.or(again));
    }

    fn handover(&mut self, mut h: Slot<'_, Handover>) {
        self.pointer("remise");
        self.status("completed");
        self.time(
            "effectiveTime",
            slot!(h.date),
            NullFlavorPolicy::Flavor("UNK"),
        );
        self.value_time(slot!(h.announcement));
        self.option("performer", slot!(h.professional), |s, p| {
            s.ignore(&["typeCode"]);
            s.assigned_entity(p);
        });
    }
}
