//! FR-Note-de-progression: phase and progression of the cancer.

use super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::{Codes, Null};
use crate::cda::entry::{COMP, ENTRY, SUBJ_TRUE};
use crate::cda::narrative::yes_no;
use crate::model::{AbsentReason, Phase, Progression};
use crate::terminology::Jdv;

const PHASE: Codes = Codes::Set(Jdv::PhaseCancer);

impl Codec<'_> {
    pub(crate) fn phase(&mut self, present: bool, p: &mut Phase) -> bool {
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
                s.time("effectiveTime", &mut p.date, Null::Flavor("UNK"));
                s.value_code(&mut p.phase, PHASE, Null::Flavor("UNK"));
                s.comment_dated(
                    SUBJ_TRUE,
                    "commentaire-phase",
                    &mut p.comment,
                    &mut p.comment_date,
                );
            });
            let present = p.progression.is_some();
            let mut read = p.progression.take().unwrap_or_default();
            let found = s.statement(ENTRY, &templates::PROGRESSION, present, |s| {
                s.progression(&mut read)
            });
            p.progression = found.then_some(read);
        })
    }

    fn progression(&mut self, p: &mut Progression) {
        self.pointer("progression");
        self.status("completed");
        self.time("effectiveTime", &mut p.date, Null::Flavor("UNK"));
        self.value_bool(&mut p.present, Null::Flavor("UNK"));
        let date = p.date;
        for (shape, id, value) in [
            (
                &templates::LOCAL_PROGRESSION,
                "progression-locale",
                &mut p.local,
            ),
            (
                &templates::REGIONAL_PROGRESSION,
                "progression-regionale",
                &mut p.regional,
            ),
            (
                &templates::DISTANT_PROGRESSION,
                "progression-distance",
                &mut p.distant,
            ),
        ] {
            self.statement(COMP, shape, value.is_some(), |s| {
                s.pointer(id);
                s.status("completed");
                s.untimed("NAV", date);
                s.value_bool(value, Null::Flavor("UNK"));
            });
        }
    }
}
