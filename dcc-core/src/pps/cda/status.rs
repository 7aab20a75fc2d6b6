//! Status, reason for the update, date of the RCP, handover to the patient.

use super::super::model::{Handover, Pps, Update};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Codes, Null};
use crate::cda::entry::{ENTRY, SUBJ_TRUE};
use crate::cda::narrative::Rows;
use crate::model::PartialDateTime;
use crate::terminology::{Jdv, Terminology};

const REASON: Codes = Codes::Set(Jdv::MotifMiseAJour);

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
    pub(super) fn pps_status(&mut self, p: &mut Pps) {
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
            s.status_entry(&mut p.status, SUBJ_TRUE);
            let present = p.update.is_some();
            let mut update = p.update.take().unwrap_or_default();
            let found = s.statement(ENTRY, &templates::UPDATE, present, |s| {
                s.pointer("motif-maj");
                s.status("completed");
                s.time("effectiveTime", &mut update.date, Null::Flavor("UNK"));
                s.value_code(&mut update.reason, REASON, Null::Flavor("UNK"));
                s.comment(SUBJ_TRUE, "motif-maj-precision", &mut update.detail);
            });
            p.update = found.then_some(update);
            s.statement(ENTRY, &templates::RCP_DATE, true, |s| {
                s.pointer("date-rcp");
                s.status("completed");
                s.rcp_date(&mut p.rcp_date);
            });
            s.statement(ENTRY, &templates::HANDOVER, true, |s| {
                s.handover(&mut p.handover)
            });
        });
    }

    /// The date of the RCP, said twice: the second stays unread when it differs.
    fn rcp_date(&mut self, date: &mut Option<PartialDateTime>) {
        self.time("effectiveTime", date, Null::Flavor("UNK"));
        let mut again = *date;
        if self.is_writing() {
            self.value_time(&mut again);
            return;
        }
        let same = |tree: &crate::xml::Tree<'_>, n: crate::xml::NodeId| {
            tree.peek(n, "value")
                .and_then(PartialDateTime::from_hl7)
                .is_none_or(|m| date.is_none_or(|d| d == m))
        };
        if let Some(node) = self.child("value", same) {
            self.inside(node, |s| s.time_value(&mut again));
            *date = date.or(again);
        }
    }

    fn handover(&mut self, h: &mut Handover) {
        self.pointer("remise");
        self.status("completed");
        self.time("effectiveTime", &mut h.date, Null::Flavor("UNK"));
        self.value_time(&mut h.announcement);
        self.option("performer", &mut h.professional, |s, p| {
            s.ignore(&["typeCode"]);
            s.assigned_entity(p);
        });
    }
}
