//! Type and reason of the meeting, way of discovery.

use super::super::model::{Answer, Discussion, FicheRcp, Reason};
use super::super::shapes;
use super::at;
use crate::cda::Scribe;
use crate::cda::datatypes::{Codes, Null};
use crate::cda::entry::{ENTRY, REFR, SUBJ, Wrap};
use crate::cda::narrative::{Rows, yes_no};
use crate::cda::templates::Shape;
use crate::model::{Absence, Stated};
use crate::terminology::Jdv;

const NATURE: Codes = Codes::Set(Jdv::NatureDiscussion);
const ORGAN_SYSTEM: Codes = Codes::Set(Jdv::RcpAppareil);
const ORGAN: Codes = Codes::Set(Jdv::RcpOrgane);
const CARE: Codes = Codes::Set(Jdv::TraitementSoinsFrcp);
const CASE_STATUS: Codes = Codes::Set(Jdv::StatutCasPresente);

impl Rows<'_> {
    fn answer(&mut self, label: &str, id: &str, answer: Option<Answer>) {
        if let Some(answer) = answer {
            match answer.date {
                None => self.field(label, id, yes_no(answer.value)),
                Some(date) => self.row(|r| {
                    r.cell(label);
                    r.at(id, yes_no(answer.value));
                    r.cell(date.french());
                }),
            }
        }
    }
}

impl Scribe<'_> {
    pub(super) fn frcp_question(&mut self, f: &mut FicheRcp) {
        self.section(&shapes::S_REASON, true, |s| {
            s.frcp_question_text(f);
            s.statement(ENTRY, &shapes::NATURE, true, |s| {
                s.pointer("nature-discussion");
                s.status("completed");
                s.time("effectiveTime", &mut None, Null::Flavor("NAV"));
                s.value_code(&mut f.discussion.nature, NATURE, Null::Flavor("UNK"));
                s.frcp_kind(&mut f.discussion);
                s.frcp_reason(&mut f.reason);
            });
            s.statement(ENTRY, &shapes::PROBLEM, true, |s| {
                s.pointer("raison");
                s.status("completed");
                s.low_or_unknown("effectiveTime", &mut f.reason.problem_date);
                s.element("value", |s| {
                    s.xsi_type("CD");
                    s.null_is("NA");
                    s.reference("originalText", "raison", &mut f.reason.problem);
                });
                dash(&mut f.reason.problem);
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
    fn frcp_kind(&mut self, d: &mut Discussion) {
        let rest = |s: &mut Self, d: &mut Discussion| {
            s.answer(REFR, &shapes::RECOURSE_RCP, "rcp-recours", &mut d.recourse);
            s.answer(
                REFR,
                &shapes::PAEDIATRIC_RCP,
                "rcp-pediatrique",
                &mut d.paediatric,
            );
            s.comment(SUBJ, "commentaire-type-rcp", &mut d.comment);
        };
        let by_care = d.care.is_some();
        self.statement(SUBJ, &shapes::ORGAN_SYSTEM, !by_care, |s| {
            s.pointer("appareil");
            s.status("completed");
            s.time("effectiveTime", &mut None, Null::Flavor("NAV"));
            s.value_code(&mut d.organ_system, ORGAN_SYSTEM, Null::Flavor("UNK"));
            let mut organs: Vec<_> = d.organs.iter().cloned().map(Some).collect();
            s.statements(REFR, &shapes::ORGAN, &mut organs, |s, i, organ| {
                s.pointer(&at("organe", i));
                s.status("completed");
                s.time("effectiveTime", &mut None, Null::Flavor("NAV"));
                s.value_code(organ, ORGAN, Null::Flavor("UNK"));
            });
            d.organs = organs.into_iter().flatten().collect();
            rest(s, d);
        });
        self.statement(SUBJ, &shapes::CARE, by_care, |s| {
            s.pointer("traitement-soins");
            s.status("completed");
            s.time("effectiveTime", &mut None, Null::Flavor("NAV"));
            s.value_code(&mut d.care, CARE, Null::Flavor("UNK"));
            rest(s, d);
        });
    }

    fn frcp_reason(&mut self, r: &mut Reason) {
        self.statement(SUBJ, &shapes::REASON, true, |s| {
            s.pointer("motif-rcp");
            s.status("completed");
            s.time("effectiveTime", &mut None, Null::Flavor("NAV"));
            s.value_code(&mut None, CASE_STATUS, Null::Flavor("NA"));
            s.answer(
                REFR,
                &shapes::DIAGNOSTIC_OPINION,
                "avis-diagnostique",
                &mut r.diagnostic_opinion,
            );
            s.answer(
                REFR,
                &shapes::TREATMENT_PROPOSAL,
                "proposition-traitement",
                &mut r.treatment_proposal,
            );
            s.answer(REFR, &shapes::RECOURSE, "motif-recours", &mut r.recourse);
            s.answer(
                REFR,
                &shapes::PAEDIATRIC,
                "motif-pediatrie",
                &mut r.paediatric,
            );
            let has_status = r.case_status.is_some();
            s.statement(REFR, &shapes::CASE_STATUS, has_status, |s| {
                s.pointer("statut-cas");
                s.status("completed");
                s.time("effectiveTime", &mut None, Null::Flavor("NAV"));
                s.value_code(&mut r.case_status, CASE_STATUS, Null::Flavor("UNK"));
            });
            s.comment(SUBJ, "commentaire-motif-rcp", &mut r.comment);
            // the official cross-cutting sample holds the reason twice, one in the other
            if !s.is_writing() {
                s.frcp_reason(r);
            }
        });
    }

    pub(super) fn frcp_screening(&mut self, f: &mut FicheRcp) {
        self.section(&shapes::S_EVENTS, true, |s| {
            let text = match &f.from_screening {
                Some(Stated::Known(answer)) => yes_no(answer.value),
                Some(Stated::Absent(absence)) => absence.label(),
                None => Absence::Unknown.label(),
            };
            let date = f
                .from_screening
                .as_ref()
                .and_then(|a| a.known())
                .and_then(|a| a.date);
            s.narrative(|n| {
                n.table("Mode de découverte du cancer", 2, |t| {
                    t.row(|r| {
                        r.cell("Patient issu du dépistage");
                        r.at("depistage", text);
                        if let Some(date) = date {
                            r.cell(date.french());
                        }
                    });
                });
            });
            s.statement(ENTRY, &shapes::SCREENING, true, |s| {
                s.pointer("depistage");
                s.status("completed");
                let known = f.from_screening.as_ref().and_then(|a| a.known().copied());
                let (mut value, mut date) = (known.map(|a| a.value), known.and_then(|a| a.date));
                s.low("effectiveTime", &mut date, Null::Flavor("UNK"));
                let mut absence = f
                    .from_screening
                    .as_ref()
                    .and_then(Stated::absence)
                    .or(Some(Absence::Unknown));
                s.element("value", |s| {
                    s.xsi_type("BL");
                    if !s.is_writing() {
                        absence = s.peek_null().and_then(|f| Absence::from_null_flavor(&f));
                    }
                    s.boolean(
                        &mut value,
                        Null::Flavor(absence.map_or("UNK", Absence::null_flavor)),
                    );
                });
                if !s.is_writing() {
                    f.from_screening = match (value, absence) {
                        (Some(value), _) => Some(Stated::Known(Answer { value, date })),
                        (None, Some(absence)) => Some(Stated::Absent(absence)),
                        (None, None) => None,
                    };
                }
            });
        });
    }

    /// A simple observation that answers yes or no.
    fn answer(&mut self, wrap: Wrap, shape: &Shape, id: &str, answer: &mut Option<Answer>) {
        self.statement(wrap, shape, answer.is_some(), |s| {
            s.pointer(id);
            s.status("completed");
            let (mut value, mut date) = (answer.map(|a| a.value), answer.and_then(|a| a.date));
            s.low("effectiveTime", &mut date, Null::Flavor("NAV"));
            s.value_bool(&mut value, Null::Flavor("UNK"));
            *answer = value.map(|value| Answer { value, date });
        });
    }
}

/// A dash of the narrative stands for nothing.
pub(super) fn dash(text: &mut Option<String>) {
    if text.as_deref() == Some("-") {
        *text = None;
    }
}
