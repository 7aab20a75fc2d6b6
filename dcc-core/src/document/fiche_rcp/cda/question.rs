//! Type and reason of the meeting, way of discovery.

use super::super::model::{Discussion, FicheRcp, Reason};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::entry::{ENTRY, REFR, SUBJ};
use crate::cda::narrative::{at, dash};
use crate::cda::slot::{Slot, slot};
use crate::terminology::Jdv;

const NATURE: Binding = Binding::Set(Jdv::NatureDiscussion);
const ORGAN_SYSTEM: Binding = Binding::Set(Jdv::RcpAppareil);
const ORGAN: Binding = Binding::Set(Jdv::RcpOrgane);
const CARE: Binding = Binding::Set(Jdv::TraitementSoinsFrcp);
const CASE_STATUS: Binding = Binding::Set(Jdv::StatutCasPresente);

impl Codec<'_> {
    pub(super) fn frcp_question(&mut self, mut f: Slot<'_, FicheRcp>) {
        self.section(&templates::S_REASON, true, |s| {
            s.frcp_question_text(&f);
            s.statement(ENTRY, &templates::NATURE, true, |s| {
                s.pointer("nature-discussion");
                s.status("completed");
                s.untimed("NAV", None);
                s.value_code(
                    slot!(f.discussion.nature),
                    NATURE,
                    NullFlavorPolicy::Flavor("UNK"),
                );
                s.frcp_kind(slot!(f.discussion));
                s.frcp_reason(slot!(f.reason));
            });
            s.statement(ENTRY, &templates::PROBLEM, true, |s| {
                s.pointer("raison");
                s.status("completed");
                s.low_or_unknown("effectiveTime", slot!(f.reason.problem_date));
                s.element("value", |s| {
                    s.xsi_type("CD");
                    s.null_is("NA");
                    s.reference("originalText", "raison", slot!(f.reason.problem));
                });
                dash(slot!(f.reason.problem));
            });
        });
    }

    fn frcp_question_text(&mut self, f: &FicheRcp) {
        let terminology = self.terminology();
        self.narrative(|n| {
            let d = &f.discussion;
            n.table("Type de RCP", 2, |t| {
                t.field_option(
                    "Nature de la discussion",
                    "nature-discussion",
                    d.nature.as_ref().map(|c| NATURE.label(terminology, c)),
                );
                t.field_option(
                    "Appareil",
                    "appareil",
                    d.organ_system
                        .as_ref()
                        .map(|c| ORGAN_SYSTEM.label(terminology, c)),
                );
                for (i, organ) in d.organs.iter().enumerate() {
                    t.field("Organe", &at("organe", i), ORGAN.label(terminology, organ));
                }
                t.field_option(
                    "Traitement / Soins",
                    "traitement-soins",
                    d.care.as_ref().map(|c| CARE.label(terminology, c)),
                );
                t.answer("RCP de recours", "rcp-recours", d.recourse);
                t.answer("RCP pédiatrique", "rcp-pediatrique", d.paediatric);
                t.field_option("Commentaire", "commentaire-type-rcp", d.comment.as_ref());
            });
            let r = &f.reason;
            n.table_at("motif-rcp", "Motif de la RCP", 2, |t| {
                t.answer(
                    "Avis diagnostique",
                    "avis-diagnostique",
                    r.diagnostic_opinion,
                );
                t.answer(
                    "Proposition de traitement (dont ajustement et surveillance)",
                    "proposition-traitement",
                    r.treatment_proposal,
                );
                t.answer("Recours", "motif-recours", r.recourse);
                t.answer("Pédiatrie", "motif-pediatrie", r.paediatric);
                t.field_option(
                    "Statut du cas présenté",
                    "statut-cas",
                    r.case_status
                        .as_ref()
                        .map(|c| CASE_STATUS.label(terminology, c)),
                );
                t.field_option("Commentaire", "commentaire-motif-rcp", r.comment.as_ref());
                t.row(|row| {
                    row.cell("Problème");
                    row.at("raison", r.problem.as_deref().unwrap_or("-"));
                    if let Some(date) = r.problem_date {
                        row.cell(date.french());
                    }
                });
            });
        });
    }

    /// Type of meeting: organ system and organs, or care; then recourse, paediatrics, comment.
    fn frcp_kind(&mut self, mut d: Slot<'_, Discussion>) {
        let rest = |s: &mut Self, mut d: Slot<'_, Discussion>| {
            s.answer(
                REFR,
                &templates::RECOURSE_RCP,
                "rcp-recours",
                slot!(d.recourse),
            );
            s.answer(
                REFR,
                &templates::PAEDIATRIC_RCP,
                "rcp-pediatrique",
                slot!(d.paediatric),
            );
            s.comment(SUBJ, "commentaire-type-rcp", slot!(d.comment));
        };
        let by_care = d.care.is_some();
        self.statement(SUBJ, &templates::ORGAN_SYSTEM, !by_care, |s| {
            s.pointer("appareil");
            s.status("completed");
            s.untimed("NAV", None);
            s.value_code(
                slot!(d.organ_system),
                ORGAN_SYSTEM,
                NullFlavorPolicy::Flavor("UNK"),
            );
            s.through(
                slot!(d.organs),
                |organs| organs.iter().cloned().map(Some).collect(),
                |organs, read: Vec<_>| *organs = read.into_iter().flatten().collect(),
                |s, organs| {
                    s.statements(REFR, &templates::ORGAN, organs, |s, i, organ| {
                        s.pointer(&at("organe", i));
                        s.status("completed");
                        s.untimed("NAV", None);
                        s.value_code(organ, ORGAN, NullFlavorPolicy::Flavor("UNK"));
                    });
                },
            );
            rest(s, d.by());
        });
        self.statement(SUBJ, &templates::CARE, by_care, |s| {
            s.pointer("traitement-soins");
            s.status("completed");
            s.untimed("NAV", None);
            s.value_code(slot!(d.care), CARE, NullFlavorPolicy::Flavor("UNK"));
            rest(s, d);
        });
    }

    fn frcp_reason(&mut self, mut r: Slot<'_, Reason>) {
        self.statement(SUBJ, &templates::REASON, true, |s| {
            s.pointer("motif-rcp");
            s.status("completed");
            s.untimed("NAV", None);
            s.element("value", |s| {
                s.xsi_type("CD");
                s.null_is("NA");
            });
            s.answer(
                REFR,
                &templates::DIAGNOSTIC_OPINION,
                "avis-diagnostique",
                slot!(r.diagnostic_opinion),
            );
            s.answer(
                REFR,
                &templates::TREATMENT_PROPOSAL,
                "proposition-traitement",
                slot!(r.treatment_proposal),
            );
            s.answer(
                REFR,
                &templates::RECOURSE,
                "motif-recours",
                slot!(r.recourse),
            );
            s.answer(
                REFR,
                &templates::PAEDIATRIC,
                "motif-pediatrie",
                slot!(r.paediatric),
            );
            let has_status = r.case_status.is_some();
            s.statement(REFR, &templates::CASE_STATUS, has_status, |s| {
                s.pointer("statut-cas");
                s.status("completed");
                s.untimed("NAV", None);
                s.value_code(
                    slot!(r.case_status),
                    CASE_STATUS,
                    NullFlavorPolicy::Flavor("UNK"),
                );
            });
            s.comment(SUBJ, "commentaire-motif-rcp", slot!(r.comment));
            // the official cross-cutting sample holds the reason twice, one in the other
            if !s.is_writing() {
                s.frcp_reason(r.by());
            }
        });
    }
}
