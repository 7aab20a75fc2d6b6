//! FR-Note-de-progression: phase and progression of the cancer.

use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Binding, NullFlavorPolicy};
use crate::cda::entry::{COMP, ENTRY, SUBJ_TRUE};
use crate::cda::narrative::yes_no;
use crate::cda::slot::{Slot, slot, slots};
use crate::cda::templates::EntryTemplate;
use crate::model::{AbsentReason, Phase, Progression};
use crate::terminology::Jdv;

const PHASE: Binding = Binding::Set(Jdv::PhaseCancer);

impl Codec<'_> {
    pub(crate) fn phase(&mut self, present: bool, mut p: Slot<'_, Phase>) -> bool {
        let terminology = self.terminology();
        self.section(&templates::S_PHASE, present, |s| {
            s.narrative(|n| {
                n.table("Phase et progression du cancer", 3, |t| {
                    t.row(|r| {
                        r.cell("Phase");
                        r.at(
                            "phase",
                            p.phase.as_ref().map_or_else(
                                || AbsentReason::Unknown.label().to_owned(),
                                |c| PHASE.label(terminology, c),
                            ),
                        );
                        if let Some(date) = p.date {
                            r.cell(date.french());
                        }
                    });
                    if let Some(progression) = &p.progression {
                        t.row(|r| {
                            r.cell("Progression");
                            r.at(
                                "progression",
                                progression.present.map_or("Inconnue", yes_no),
                            );
                            if let Some(date) = progression.date {
                                r.cell(date.french());
                            }
                        });
                        t.field_option(
                            "Progression locale",
                            "progression-locale",
                            progression.local.map(yes_no),
                        );
                        t.field_option(
                            "Progression régionale",
                            "progression-regionale",
                            progression.regional.map(yes_no),
                        );
                        t.field_option(
                            "Progression à distance",
                            "progression-distance",
                            progression.distant.map(yes_no),
                        );
                    }
                    t.row(|r| {
                        if let Some(comment) = &p.comment {
                            r.cell("Commentaire");
                            r.at("commentaire-phase", comment);
                            if let Some(date) = p.comment_date {
                                r.cell(date.french());
                            }
                        } else {
                            r.cell("-");
                        }
                    });
                });
            });
            s.statement(ENTRY, &templates::PHASE, true, |s| {
                s.pointer("phase");
                s.status("completed");
                s.time(
                    "effectiveTime",
                    slot!(p.date),
                    NullFlavorPolicy::Flavor("UNK"),
                );
                s.value_code(slot!(p.phase), PHASE, NullFlavorPolicy::Flavor("UNK"));
                let (comment, date) = slots!(p.comment, p.comment_date);
                s.comment_dated(SUBJ_TRUE, "commentaire-phase", comment, date);
            });
            s.statement_option(
                ENTRY,
                &templates::PROGRESSION,
                slot!(p.progression),
                Self::progression,
            );
        })
    }

    fn progression(&mut self, mut p: Slot<'_, Progression>) {
        self.pointer("progression");
        self.status("completed");
        self.time(
            "effectiveTime",
            slot!(p.date),
            NullFlavorPolicy::Flavor("UNK"),
        );
        self.value_bool(slot!(p.present), NullFlavorPolicy::Flavor("UNK"));
        let date = p.date;
        let part =
            |s: &mut Self, shape: &EntryTemplate, id: &str, value: Slot<'_, Option<bool>>| {
                s.statement(COMP, shape, value.is_some(), |s| {
                    s.pointer(id);
                    s.status("completed");
                    s.untimed("NAV", date);
                    s.value_bool(value, NullFlavorPolicy::Flavor("UNK"));
                });
            };
        use templates::{DISTANT_PROGRESSION, LOCAL_PROGRESSION, REGIONAL_PROGRESSION};
        part(
            self,
            &LOCAL_PROGRESSION,
            "progression-locale",
            slot!(p.local),
        );
        part(
            self,
            &REGIONAL_PROGRESSION,
            "progression-regionale",
            slot!(p.regional),
        );
        part(
            self,
            &DISTANT_PROGRESSION,
            "progression-distance",
            slot!(p.distant),
        );
    }
}
