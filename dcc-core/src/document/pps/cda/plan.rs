//! Programme, and supportive care.

use super::super::model::{EndOfTreatment, Programme, Support};
use super::super::templates;
use crate::cda::Codec;
use crate::cda::datatypes::NullFlavorPolicy;
use crate::cda::entry::ENTRY;
use crate::cda::narrative::{Narrative, dash, yes_no};
use crate::cda::slot::{Slot, slot};

impl Codec<'_> {
    pub(super) fn pps_programme(&mut self, mut p: Slot<'_, Programme>) {
        let terminology = self.terminology();
        self.section(&templates::S_PROGRAMME, true, |s| {
            s.narrative(|n| {
                templates::TREATMENTS.text(n, terminology, &p.treatments);
                templates::SIDE_EFFECT_MANAGEMENT.text(n, terminology, &p.side_effect_management);
                templates::MEASURES.text(n, terminology, &p.measures);
                templates::FOLLOW_UP.text(n, terminology, &p.follow_up);
                if let Some(end) = &p.end_of_treatment {
                    end_text(n, end);
                }
                if *p == Programme::default() {
                    n.table("Programme thérapeutique et de suivi", 1, |_| {});
                }
            });
            s.care_acts(&templates::TREATMENTS, slot!(p.treatments));
            s.care_acts(
                &templates::SIDE_EFFECT_MANAGEMENT,
                slot!(p.side_effect_management),
            );
            s.care_acts(&templates::MEASURES, slot!(p.measures));
            s.care_acts(&templates::FOLLOW_UP, slot!(p.follow_up));
            s.statement_option(
                ENTRY,
                &templates::END_OF_TREATMENT,
                slot!(p.end_of_treatment),
                |s, mut end| {
                    s.reference("text", "arret-commentaire", slot!(end.comment));
                    dash(slot!(end.comment));
                    s.status("completed");
                    s.time(
                        "effectiveTime",
                        slot!(end.date),
                        NullFlavorPolicy::Flavor("UNK"),
                    );
                    s.value_bool(slot!(end.stopped), NullFlavorPolicy::Flavor("UNK"));
                },
            );
        });
    }

    pub(super) fn pps_support(&mut self, mut p: Slot<'_, Support>) {
        let terminology = self.terminology();
        self.section(&templates::S_SUPPORT, true, |s| {
            s.narrative(|n| {
                templates::SUPPORTIVE_CARE.text(n, terminology, &p.care);
                templates::SOCIAL_SUPPORT.text(n, terminology, &p.social);
                if *p == Support::default() {
                    n.table(
                        "Soins oncologiques de support et accompagnements",
                        1,
                        |_| {},
                    );
                }
            });
            s.care_acts(&templates::SUPPORTIVE_CARE, slot!(p.care));
            s.care_acts(&templates::SOCIAL_SUPPORT, slot!(p.social));
        });
    }
}

fn end_text(n: &mut Narrative<'_>, end: &EndOfTreatment) {
    n.table("Situation d'arrêt des traitements", 2, |t| {
        t.fact(
            "Arrêt des traitements directement actifs contre le cancer et poursuite des autres soins",
            end.stopped.map_or("Inconnu", yes_no),
        );
        if let Some(date) = end.date {
            t.fact("Date d'arrêt", date.french());
        }
        t.field("Commentaire", "arret-commentaire", end.comment.as_deref().unwrap_or("-"));
    });
}
